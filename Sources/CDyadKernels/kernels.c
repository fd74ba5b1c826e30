#include "CDyadKernels.h"

#include <stdlib.h>
#include <string.h>
#if defined(__x86_64__)
#include <immintrin.h>
#elif defined(__aarch64__)
#include <arm_neon.h>
#endif

#pragma clang fp contract(fast)

// The most rows any level handles at once; row buffers are padded to it.
#define DYAD_MAX_ROWS 8

// ---------------------------------------------------------------- portable, and NEON

#define DYAD_LANES 4
#define DYAD_ZERO 128
#if defined(__x86_64__)
#define DYAD_ROWS 3
#else
#define DYAD_ROWS 4
#endif
#define DYAD_PANELS 1
#define DYAD_NAME(f) f##_portable

#if defined(__aarch64__)
// Activations become signed before they are multiplied, so their sums carry no offset.
#define DYAD_OFFSET 0

static inline void tile_portable(const int8_t *w, const uint8_t *a, int32_t k, int32_t rows, int32_t panels,
                                 int32_t *sums) {
    (void)panels;
    const uint8_t *row[4];
    for (int r = 0; r < 4; r++) row[r] = a + (size_t)(r < rows ? r : 0) * k;
    int32x4_t acc[4][4];
    for (int r = 0; r < 4; r++)
        for (int c = 0; c < 4; c++) acc[r][c] = vdupq_n_s32(0);
    for (int32_t i = 0; i < k; i += 4) {
        int8x16_t v[4];
        for (int c = 0; c < 4; c++) v[c] = vld1q_s8(w + (size_t)i * 16 + c * 16);
#pragma clang loop unroll(full)
        for (int r = 0; r < 4; r++) {
            uint32_t bytes;
            memcpy(&bytes, row[r] + i, 4);
            int8x8_t x = vreinterpret_s8_u32(vdup_n_u32(bytes ^ 0x80808080u));
            for (int c = 0; c < 4; c++) {
                int16x8_t low = vmull_s8(x, vget_low_s8(v[c])), high = vmull_s8(x, vget_high_s8(v[c]));
                acc[r][c] = vaddq_s32(acc[r][c], vpaddq_s32(vpaddlq_s16(low), vpaddlq_s16(high)));
            }
        }
    }
    for (int r = 0; r < rows; r++)
        for (int c = 0; c < 4; c++) vst1q_s32(sums + r * 16 + c * 4, acc[r][c]);
}

#elif defined(__x86_64__)
#define DYAD_OFFSET 128

// Pairs of 16-bit products are added to 32 bits at once (pmaddwd): nothing can overflow. Half a panel of eight columns
// and three rows keep twelve sums in the sixteen registers that every x86-64 processor has.
static inline __attribute__((always_inline)) void half_tile(const int8_t *w, const uint8_t *const row[3], int32_t k,
                                                            int32_t *sums, int32_t rows) {
    __m128i acc[3][4];
    for (int r = 0; r < 3; r++)
        for (int c = 0; c < 4; c++) acc[r][c] = _mm_setzero_si128();
    for (int32_t i = 0; i < k; i += 4) {
        __m128i x[3];
#pragma clang loop unroll(full)
        for (int r = 0; r < 3; r++) {
            int32_t bytes;
            memcpy(&bytes, row[r] + i, 4);
            __m128i wide = _mm_unpacklo_epi8(_mm_cvtsi32_si128(bytes), _mm_setzero_si128());
            x[r] = _mm_unpacklo_epi64(wide, wide);
        }
#pragma clang loop unroll(full)
        for (int c = 0; c < 4; c++) {
            __m128i pair = _mm_loadl_epi64((const __m128i *)(w + (size_t)i * 16 + c * 8));
            __m128i v = _mm_srai_epi16(_mm_unpacklo_epi8(pair, pair), 8);
#pragma clang loop unroll(full)
            for (int r = 0; r < 3; r++) acc[r][c] = _mm_add_epi32(acc[r][c], _mm_madd_epi16(v, x[r]));
        }
    }
    // Each sum holds two columns, each in two parts.
    for (int r = 0; r < rows; r++)
        for (int c = 0; c < 4; c += 2) {
            __m128 low = _mm_castsi128_ps(acc[r][c]), high = _mm_castsi128_ps(acc[r][c + 1]);
            __m128i even = _mm_castps_si128(_mm_shuffle_ps(low, high, 0x88));
            __m128i odd = _mm_castps_si128(_mm_shuffle_ps(low, high, 0xDD));
            _mm_storeu_si128((__m128i *)(sums + r * 16 + c * 2), _mm_add_epi32(even, odd));
        }
}

static inline void tile_portable(const int8_t *w, const uint8_t *a, int32_t k, int32_t rows, int32_t panels,
                                 int32_t *sums) {
    (void)panels;
    const uint8_t *row[3];
    for (int r = 0; r < 3; r++) row[r] = a + (size_t)(r < rows ? r : 0) * k;
    half_tile(w, row, k, sums, rows);
    half_tile(w + 32, row, k, sums + 8, rows);
}

#else
#define DYAD_OFFSET 128

static inline void tile_portable(const int8_t *w, const uint8_t *a, int32_t k, int32_t rows, int32_t panels,
                                 int32_t *sums) {
    (void)panels;
    for (int32_t r = 0; r < rows; r++) {
        int32_t acc[16] = {0};
        for (int32_t i = 0; i < k; i += 4) {
            const int8_t *v = w + (size_t)i * 16;
            const uint8_t *x = a + (size_t)r * k + i;
            for (int j = 0; j < 16; j++)
                acc[j] += x[0] * v[j * 4] + x[1] * v[j * 4 + 1] + x[2] * v[j * 4 + 2] + x[3] * v[j * 4 + 3];
        }
        memcpy(sums + r * 16, acc, sizeof acc);
    }
}
#endif

#include "body.h"
#undef DYAD_LANES
#undef DYAD_ZERO
#undef DYAD_OFFSET
#undef DYAD_ROWS
#undef DYAD_PANELS
#undef DYAD_NAME

#if defined(__x86_64__)
// ---------------------------------------------------------------- AVX2: 7-bit activations, so that pairs never saturate

#pragma clang attribute push(__attribute__((target("avx2,fma"))), apply_to = function)
#define DYAD_LANES 8
#define DYAD_ZERO 64
#define DYAD_OFFSET 64
#define DYAD_ROWS 4
#define DYAD_PANELS 1
#define DYAD_NAME(f) f##_avx2

static inline void tile_avx2(const int8_t *w, const uint8_t *a, int32_t k, int32_t rows, int32_t panels,
                             int32_t *sums) {
    (void)panels;
    const __m256i ones = _mm256_set1_epi16(1);
    __m256i acc[4][2];
    for (int r = 0; r < 4; r++) acc[r][0] = acc[r][1] = _mm256_setzero_si256();
    const uint8_t *row[4];
    for (int r = 0; r < 4; r++) row[r] = a + (size_t)(r < rows ? r : 0) * k;
    for (int32_t i = 0; i < k; i += 4) {
        __m256i w0 = _mm256_loadu_si256((const __m256i *)(w + (size_t)i * 16));
        __m256i w1 = _mm256_loadu_si256((const __m256i *)(w + (size_t)i * 16 + 32));
#pragma clang loop unroll(full)
        for (int r = 0; r < 4; r++) {
            int32_t bytes;
            memcpy(&bytes, row[r] + i, 4);
            __m256i x = _mm256_set1_epi32(bytes);
            acc[r][0] = _mm256_add_epi32(acc[r][0], _mm256_madd_epi16(_mm256_maddubs_epi16(x, w0), ones));
            acc[r][1] = _mm256_add_epi32(acc[r][1], _mm256_madd_epi16(_mm256_maddubs_epi16(x, w1), ones));
        }
    }
    for (int r = 0; r < rows; r++) {
        _mm256_storeu_si256((__m256i *)(sums + r * 16), acc[r][0]);
        _mm256_storeu_si256((__m256i *)(sums + r * 16 + 8), acc[r][1]);
    }
}

#include "body.h"
#undef DYAD_LANES
#undef DYAD_ZERO
#undef DYAD_OFFSET
#undef DYAD_ROWS
#undef DYAD_PANELS
#undef DYAD_NAME
#pragma clang attribute pop

// ---------------------------------------------------------------- AVX-512 VNNI

#pragma clang attribute push(__attribute__((target("avx2,fma,avx512f,avx512vl,avx512bw,avx512dq,avx512vnni"))), apply_to = function)
#define DYAD_LANES 16
#define DYAD_ZERO 128
#define DYAD_OFFSET 128
#define DYAD_ROWS 6
#define DYAD_PANELS 4
#define DYAD_NAME(f) f##_vnni

static inline __attribute__((always_inline)) void tile_vnni_full(const int8_t *w, const uint8_t *a, int32_t k,
                                                                 int32_t rows, int32_t *sums) {
    __m512i acc[6][4];
    for (int r = 0; r < 6; r++)
        for (int p = 0; p < 4; p++) acc[r][p] = _mm512_setzero_si512();
    const uint8_t *row[6];
    for (int r = 0; r < 6; r++) row[r] = a + (size_t)(r < rows ? r : 0) * k;
    const size_t panel = (size_t)16 * k;
    for (int32_t i = 0; i < k; i += 4) {
        const int8_t *at = w + (size_t)i * 16;
        __m512i w0 = _mm512_loadu_si512(at), w1 = _mm512_loadu_si512(at + panel);
        __m512i w2 = _mm512_loadu_si512(at + 2 * panel), w3 = _mm512_loadu_si512(at + 3 * panel);
#pragma clang loop unroll(full)
        for (int r = 0; r < 6; r++) {
            int32_t bytes;
            memcpy(&bytes, row[r] + i, 4);
            __m512i x = _mm512_set1_epi32(bytes);
            acc[r][0] = _mm512_dpbusd_epi32(acc[r][0], x, w0);
            acc[r][1] = _mm512_dpbusd_epi32(acc[r][1], x, w1);
            acc[r][2] = _mm512_dpbusd_epi32(acc[r][2], x, w2);
            acc[r][3] = _mm512_dpbusd_epi32(acc[r][3], x, w3);
        }
    }
    for (int r = 0; r < rows; r++)
        for (int p = 0; p < 4; p++) _mm512_storeu_si512(sums + (r * 4 + p) * 16, acc[r][p]);
}

static inline void tile_vnni(const int8_t *w, const uint8_t *a, int32_t k, int32_t rows, int32_t panels,
                             int32_t *sums) {
    if (panels == 4) {
        tile_vnni_full(w, a, k, rows, sums);
        return;
    }
    for (int p = 0; p < panels; p++) {
        __m512i acc[6];
        for (int r = 0; r < 6; r++) acc[r] = _mm512_setzero_si512();
        const uint8_t *row[6];
        for (int r = 0; r < 6; r++) row[r] = a + (size_t)(r < rows ? r : 0) * k;
        for (int32_t i = 0; i < k; i += 4) {
            __m512i v = _mm512_loadu_si512(w + (size_t)p * 16 * k + (size_t)i * 16);
#pragma clang loop unroll(full)
            for (int r = 0; r < 6; r++) {
                int32_t bytes;
                memcpy(&bytes, row[r] + i, 4);
                acc[r] = _mm512_dpbusd_epi32(acc[r], _mm512_set1_epi32(bytes), v);
            }
        }
        for (int r = 0; r < rows; r++) _mm512_storeu_si512(sums + (r * 4 + p) * 16, acc[r]);
    }
}

#include "body.h"
#undef DYAD_LANES
#undef DYAD_ZERO
#undef DYAD_OFFSET
#undef DYAD_ROWS
#undef DYAD_PANELS
#undef DYAD_NAME
#pragma clang attribute pop
#endif

// ---------------------------------------------------------------- choice of level

int dyad_kernel_level_best(void) {
#if defined(__x86_64__)
    __builtin_cpu_init();
    if (__builtin_cpu_supports("avx512f") && __builtin_cpu_supports("avx512vl") && __builtin_cpu_supports("avx512bw")
        && __builtin_cpu_supports("avx512dq") && __builtin_cpu_supports("avx512vnni"))
        return DYAD_AVX512VNNI;
    if (__builtin_cpu_supports("avx2") && __builtin_cpu_supports("fma")) return DYAD_AVX2;
#endif
    return DYAD_PORTABLE;
}

#if defined(__x86_64__)
#define DYAD_DISPATCH(call, ...)                            \
    switch (level) {                                        \
    case DYAD_AVX512VNNI: call##_vnni(__VA_ARGS__); break;  \
    case DYAD_AVX2: call##_avx2(__VA_ARGS__); break;        \
    default: call##_portable(__VA_ARGS__); break;           \
    }
#else
#define DYAD_DISPATCH(call, ...) (void)level; call##_portable(__VA_ARGS__);
#endif

void dyad_multiply(int level, const dyad_matrix *w, const float *x, int32_t x_stride, int32_t m, float *out,
                   int32_t out_stride, void *scratch) {
    DYAD_DISPATCH(dyad_multiply, w, x, x_stride, m, out, out_stride, scratch)
}

void dyad_multiply_integers(int level, const dyad_matrix *w, const uint8_t *activations, int32_t m, int32_t *out) {
    DYAD_DISPATCH(dyad_multiply_integers, w, activations, m, out)
}

void dyad_layer_forward(int level, const dyad_layer *layer, float *x, int32_t width, int32_t heads,
                        const int32_t *offsets, int32_t count, void *scratch) {
    DYAD_DISPATCH(dyad_layer_forward, layer, x, width, heads, offsets, count, scratch)
}

void dyad_layer_norm(int level, float *x, int32_t rows, int32_t width, const float *weight, const float *bias) {
    DYAD_DISPATCH(dyad_layer_norm, x, rows, width, weight, bias)
}

void dyad_gelu(int level, float *x, int32_t count) { DYAD_DISPATCH(dyad_gelu, x, count) }

void dyad_dot_all(int level, const float *a, int32_t rows_a, int32_t stride_a, const float *b, int32_t rows_b,
                  int32_t stride_b, int32_t width, float *out, int32_t out_stride) {
    DYAD_DISPATCH(dyad_dot_all, a, rows_a, stride_a, b, rows_b, stride_b, width, out, out_stride)
}

// ---------------------------------------------------------------- memory

static void *aligned(size_t bytes) {
    void *p = NULL;
    return posix_memalign(&p, 64, bytes > 0 ? bytes : 64) == 0 ? p : NULL;
}

size_t dyad_multiply_scratch(int32_t m, int32_t k) {
    size_t padded = ((size_t)k + 3) / 4 * 4;
    return ((size_t)(m + DYAD_MAX_ROWS) * 4 + 63) / 64 * 64 + (size_t)(m + DYAD_MAX_ROWS) * padded + 64;
}

size_t dyad_layer_scratch(int32_t rows, int32_t width, int32_t feed, int32_t longest) {
    size_t padded = ((size_t)longest + 15) / 16 * 16;
    size_t wide = feed > 3 * width ? feed : 3 * width;
    size_t inner = dyad_multiply_scratch(rows, feed > width ? feed : width);
    return ((size_t)rows * (wide + width) + padded * 33) * 4 + inner + 256;
}

int dyad_matrix_init(dyad_matrix *out, const int8_t *rows, const float *scales, const float *bias,
                     const float *divide, int32_t n, int32_t k) {
    memset(out, 0, sizeof *out);
    out->n = n;
    out->k = k;
    out->padded_n = (n + 15) / 16 * 16;
    out->padded_k = (k + 3) / 4 * 4;
    out->panels = aligned((size_t)out->padded_n * out->padded_k);
    out->column_sums = aligned((size_t)out->padded_n * 4);
    out->scales = aligned((size_t)out->padded_n * 4);
    out->bias = aligned((size_t)out->padded_n * 4);
    if (divide) out->divide = aligned(((size_t)k + 15) / 16 * 64);
    if (!out->panels || !out->column_sums || !out->scales || !out->bias || (divide && !out->divide)) {
        dyad_matrix_free(out);
        return -1;
    }
    memset(out->panels, 0, (size_t)out->padded_n * out->padded_k);
    for (int32_t i = 0; i < out->padded_n; i++) {
        out->scales[i] = i < n ? scales[i] : 0;
        out->bias[i] = i < n && bias ? bias[i] : 0;
        int32_t sum = 0;
        for (int32_t j = 0; i < n && j < k; j++) {
            int8_t v = rows[(size_t)i * k + j];
            sum += v;
            out->panels[(size_t)(i / 16) * 16 * out->padded_k + (size_t)(j / 4) * 64 + (i % 16) * 4 + j % 4] = v;
        }
        out->column_sums[i] = sum;
    }
    if (divide) memcpy(out->divide, divide, (size_t)k * 4);
    return 0;
}

void dyad_matrix_free(dyad_matrix *matrix) {
    free(matrix->panels);
    free(matrix->column_sums);
    free(matrix->scales);
    free(matrix->bias);
    free(matrix->divide);
    memset(matrix, 0, sizeof *matrix);
}
