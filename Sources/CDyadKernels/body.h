// The body of every kernel, compiled once for each instruction set: DYAD_NAME(f) gives the function its suffix, and
// the surrounding pragma its target. Vectors are the compiler's own (`vector_size`), so the portable and ARM builds
// use the same text; only the integer product has hand-chosen instructions (`tile`). DYAD_ZERO is what a byte
// of activations adds to its value; DYAD_OFFSET is how much of that is still in the sums of a tile.

typedef float DYAD_NAME(vf) __attribute__((vector_size(4 * DYAD_LANES), aligned(4)));
typedef int32_t DYAD_NAME(vi) __attribute__((vector_size(4 * DYAD_LANES), aligned(4)));
#define VF DYAD_NAME(vf)
#define VI DYAD_NAME(vi)

static inline VF DYAD_NAME(load)(const float *p) { return *(const VF *)p; }
static inline void DYAD_NAME(store)(float *p, VF v) { *(VF *)p = v; }
static inline VF DYAD_NAME(all)(float x) { return (VF){0} + x; }
static inline float DYAD_NAME(sum)(VF v) {
    float s = 0;
    for (int i = 0; i < DYAD_LANES; i++) s += v[i];
    return s;
}
static inline VF DYAD_NAME(max)(VF a, VF b) {
    VI m = a > b;
    return (VF)(((VI)a & m) | ((VI)b & ~m));
}
static inline VF DYAD_NAME(min)(VF a, VF b) {
    VI m = a < b;
    return (VF)(((VI)a & m) | ((VI)b & ~m));
}

// exp(x) for x in [-87, 88]: 2^n * p(f), polynomial of degree 5, relative error below 3e-7.
static inline VF DYAD_NAME(exp)(VF x) {
    x = DYAD_NAME(max)(DYAD_NAME(min)(x, DYAD_NAME(all)(88.0f)), DYAD_NAME(all)(-87.0f));
    VF t = x * 1.44269504f;
    VF rounded = (t + 12582912.0f) - 12582912.0f;
    VF f = x - rounded * 0.693359375f;
    f = f - rounded * -2.12194440e-4f;
    VF p = f * 1.9875691500e-4f + 1.3981999507e-3f;
    p = p * f + 8.3334519073e-3f;
    p = p * f + 4.1665795894e-2f;
    p = p * f + 1.6666665459e-1f;
    p = p * f + 5.0000001201e-1f;
    p = p * f * f + f + 1.0f;
    VI n = __builtin_convertvector(rounded, VI);
    return (VF)((VI)p + (n << 23));
}

// erf after Abramowitz and Stegun 7.1.26 would cost a division and an exp; tanh form as in Hendrycks and Gimpel 2016
// differs from the exact GELU by up to 5e-4. This one is exact to 1.5e-7: formula 7.1.26.
static inline VF DYAD_NAME(gelu_of)(VF x) {
    VI sign = (VI)x & (int32_t)0x80000000;
    VF a = (VF)((VI)x & 0x7fffffff);
    VF z = a * 0.70710678f;
    VF t = 1.0f / (1.0f + 0.3275911f * z);
    VF p = ((((1.061405429f * t - 1.453152027f) * t + 1.421413741f) * t - 0.284496736f) * t + 0.254829592f) * t;
    VF e = 1.0f - p * DYAD_NAME(exp)(-z * z);
    e = (VF)((VI)e | sign);
    return 0.5f * x * (1.0f + e);
}

void DYAD_NAME(dyad_gelu)(float *x, int32_t count) {
    int32_t i = 0;
    for (; i + DYAD_LANES <= count; i += DYAD_LANES) DYAD_NAME(store)(x + i, DYAD_NAME(gelu_of)(DYAD_NAME(load)(x + i)));
    if (i < count) {
        float rest[DYAD_LANES] = {0};
        for (int32_t j = i; j < count; j++) rest[j - i] = x[j];
        DYAD_NAME(store)(rest, DYAD_NAME(gelu_of)(DYAD_NAME(load)(rest)));
        for (int32_t j = i; j < count; j++) x[j] = rest[j - i];
    }
}

// width is a multiple of 16.
void DYAD_NAME(dyad_layer_norm)(float *x, int32_t rows, int32_t width, const float *weight, const float *bias) {
    for (int32_t r = 0; r < rows; r++) {
        float *row = x + (size_t)r * width;
        VF total = {0}, square = {0};
        for (int32_t i = 0; i < width; i += DYAD_LANES) total += DYAD_NAME(load)(row + i);
        float mean = DYAD_NAME(sum)(total) / width;
        for (int32_t i = 0; i < width; i += DYAD_LANES) {
            VF d = DYAD_NAME(load)(row + i) - mean;
            square += d * d;
        }
        float scale = 1.0f / __builtin_sqrtf(DYAD_NAME(sum)(square) / width + 1e-12f);
        for (int32_t i = 0; i < width; i += DYAD_LANES) {
            VF d = (DYAD_NAME(load)(row + i) - mean) * scale;
            DYAD_NAME(store)(row + i, d * DYAD_NAME(load)(weight + i) + DYAD_NAME(load)(bias + i));
        }
    }
}

// Rounds one row to unsigned bytes around DYAD_ZERO; returns its scale.
static inline float DYAD_NAME(quantise_row)(const float *x, const float *divide, int32_t k, int32_t padded,
                                            uint8_t *out) {
    float peak = 0;
    int32_t i = 0;
    VF top = {0};
    for (; i + DYAD_LANES <= k; i += DYAD_LANES) {
        VF v = DYAD_NAME(load)(x + i);
        if (divide) v *= DYAD_NAME(load)(divide + i);
        top = DYAD_NAME(max)(top, (VF)((VI)v & 0x7fffffff));
    }
    for (int l = 0; l < DYAD_LANES; l++) peak = top[l] > peak ? top[l] : peak;
    for (int32_t j = i; j < k; j++) {
        float v = divide ? x[j] * divide[j] : x[j];
        v = v < 0 ? -v : v;
        peak = v > peak ? v : peak;
    }
    const float limit = DYAD_ZERO - 1;
    float scale = peak > 0 ? peak / limit : 1.0f, inverse = 1.0f / scale;
    for (i = 0; i + DYAD_LANES <= k; i += DYAD_LANES) {
        VF v = DYAD_NAME(load)(x + i) * inverse;
        if (divide) v *= DYAD_NAME(load)(divide + i);
        // Adding 1.5 * 2^23 rounds to the nearest integer and leaves it in the low bits.
        VI bits = (VI)(v + 12582912.0f);
        for (int l = 0; l < DYAD_LANES; l++) out[i + l] = (uint8_t)(bits[l] + DYAD_ZERO);
    }
    for (; i < k; i++) {
        union { float f; int32_t i; } u;
        u.f = (divide ? x[i] * inverse * divide[i] : x[i] * inverse) + 12582912.0f;
        out[i] = (uint8_t)(u.i + DYAD_ZERO);
    }
    for (; i < padded; i++) out[i] = DYAD_ZERO;
    return scale;
}

// Rows of int32 sums for a block of ROWS rows and one panel pair; see DYAD_TILE in kernels.c.
void DYAD_NAME(dyad_multiply_integers)(const dyad_matrix *w, const uint8_t *a, int32_t m, int32_t *out) {
    const int32_t k = w->padded_k, n = w->padded_n;
    for (int32_t r = 0; r < m; r += DYAD_ROWS) {
        int32_t rows = m - r < DYAD_ROWS ? m - r : DYAD_ROWS;
        for (int32_t p = 0; p < n / 16; p += DYAD_PANELS) {
            int32_t panels = n / 16 - p < DYAD_PANELS ? n / 16 - p : DYAD_PANELS;
            int32_t sums[DYAD_ROWS * DYAD_PANELS * 16];
            DYAD_NAME(tile)(w->panels + (size_t)p * 16 * k, a + (size_t)r * k, k, rows, panels, sums);
            for (int32_t i = 0; i < rows; i++)
                for (int32_t j = 0; j < panels * 16; j++)
                    out[(size_t)(r + i) * n + p * 16 + j] =
                        sums[i * DYAD_PANELS * 16 + j] - DYAD_OFFSET * w->column_sums[p * 16 + j];
        }
    }
}

void DYAD_NAME(dyad_multiply)(const dyad_matrix *w, const float *x, int32_t x_stride, int32_t m, float *out,
                              int32_t out_stride, void *scratch) {
    const int32_t k = w->padded_k, panels_all = w->padded_n / 16;
    float *scales = scratch;
    uint8_t *a = (uint8_t *)scratch + ((size_t)(m + DYAD_MAX_ROWS) * 4 + 63) / 64 * 64;
    for (int32_t r = 0; r < m; r++)
        scales[r] = DYAD_NAME(quantise_row)(x + (size_t)r * x_stride, w->divide, w->k, k, a + (size_t)r * k);
    for (int32_t p = 0; p < panels_all; p += DYAD_PANELS) {
        int32_t panels = panels_all - p < DYAD_PANELS ? panels_all - p : DYAD_PANELS;
        for (int32_t r = 0; r < m; r += DYAD_ROWS) {
            int32_t rows = m - r < DYAD_ROWS ? m - r : DYAD_ROWS;
            int32_t sums[DYAD_ROWS * DYAD_PANELS * 16] __attribute__((aligned(64)));
            DYAD_NAME(tile)(w->panels + (size_t)p * 16 * k, a + (size_t)r * k, k, rows, panels, sums);
            for (int32_t i = 0; i < rows; i++) {
                float *o = out + (size_t)(r + i) * out_stride;
                for (int32_t q = 0; q < panels; q++) {
                    int32_t c = (p + q) * 16;
                    float values[16];
                    for (int32_t j = 0; j < 16; j += DYAD_LANES) {
                        VI s = *(const VI *)(sums + (i * DYAD_PANELS + q) * 16 + j)
                            - DYAD_OFFSET * *(const VI *)(w->column_sums + c + j);
                        VF v = __builtin_convertvector(s, VF) * scales[r + i];
                        v = v * DYAD_NAME(load)(w->scales + c + j) + DYAD_NAME(load)(w->bias + c + j);
                        DYAD_NAME(store)(values + j, v);
                    }
                    int32_t width = w->n - c < 16 ? w->n - c : 16;
                    __builtin_memcpy(o + c, values, (size_t)width * 4);
                }
            }
        }
    }
}

void DYAD_NAME(dyad_dot_all)(const float *a, int32_t rows_a, int32_t stride_a, const float *b, int32_t rows_b,
                             int32_t stride_b, int32_t width, float *out, int32_t out_stride) {
    for (int32_t i = 0; i < rows_a; i++)
        for (int32_t j = 0; j < rows_b; j++) {
            const float *p = a + (size_t)i * stride_a, *q = b + (size_t)j * stride_b;
            VF s = {0};
            int32_t c = 0;
            for (; c + DYAD_LANES <= width; c += DYAD_LANES) s += DYAD_NAME(load)(p + c) * DYAD_NAME(load)(q + c);
            float total = DYAD_NAME(sum)(s);
            for (; c < width; c++) total += p[c] * q[c];
            out[(size_t)i * out_stride + j] = total;
        }
}

// Attention of one head in one sequence of n pieces, head width 32. qkv rows have stride 3 * width.
static void DYAD_NAME(attend)(const float *qkv, int32_t stride, int32_t width, int32_t n, int32_t head, float *out,
                              float *keys, float *scores) {
    const float *q = qkv + head * 32, *k = q + width, *v = k + width;
    int32_t padded = (n + DYAD_LANES - 1) / DYAD_LANES * DYAD_LANES;
    // Keys are turned so that one vector holds the same component of several pieces.
    for (int32_t c = 0; c < 32; c++) {
        for (int32_t j = 0; j < n; j++) keys[(size_t)c * padded + j] = k[(size_t)j * stride + c];
        for (int32_t j = n; j < padded; j++) keys[(size_t)c * padded + j] = 0;
    }
    for (int32_t i = 0; i < n; i++) {
        const float *qi = q + (size_t)i * stride;
        VF top = DYAD_NAME(all)(-1e30f);
        for (int32_t j = 0; j < padded; j += DYAD_LANES) {
            VF s = {0};
            for (int32_t c = 0; c < 32; c++) s += qi[c] * DYAD_NAME(load)(keys + (size_t)c * padded + j);
            s *= 0.17677669529663687f;
            DYAD_NAME(store)(scores + j, s);
        }
        for (int32_t j = n; j < padded; j++) scores[j] = -1e30f;
        for (int32_t j = 0; j < padded; j += DYAD_LANES) top = DYAD_NAME(max)(top, DYAD_NAME(load)(scores + j));
        float peak = top[0];
        for (int l = 1; l < DYAD_LANES; l++) peak = top[l] > peak ? top[l] : peak;
        VF total = {0};
        for (int32_t j = 0; j < padded; j += DYAD_LANES) {
            VF e = DYAD_NAME(exp)(DYAD_NAME(load)(scores + j) - peak);
            DYAD_NAME(store)(scores + j, e);
            total += e;
        }
        float sum = DYAD_NAME(sum)(total);
        // Padding adds exp(-87) a lane at most; it is taken out so that the batch does not matter.
        for (int32_t j = n; j < padded; j++) sum -= scores[j];
        VF acc[32 / DYAD_LANES];
        for (int l = 0; l < 32 / DYAD_LANES; l++) acc[l] = (VF){0};
        for (int32_t j = 0; j < n; j++)
            for (int l = 0; l < 32 / DYAD_LANES; l++)
                acc[l] += scores[j] * DYAD_NAME(load)(v + (size_t)j * stride + l * DYAD_LANES);
        float inverse = 1.0f / sum;
        for (int l = 0; l < 32 / DYAD_LANES; l++)
            DYAD_NAME(store)(out + (size_t)i * width + head * 32 + l * DYAD_LANES, acc[l] * inverse);
    }
}

void DYAD_NAME(dyad_layer_forward)(const dyad_layer *layer, float *x, int32_t width, int32_t heads,
                                   const int32_t *offsets, int32_t count, void *scratch) {
    int32_t rows = offsets[count], feed = layer->up.n, longest = 0;
    for (int32_t s = 0; s < count; s++)
        longest = offsets[s + 1] - offsets[s] > longest ? offsets[s + 1] - offsets[s] : longest;
    int32_t padded = (longest + 15) / 16 * 16;
    float *wide = scratch;
    float *attended = wide + (size_t)rows * (feed > 3 * width ? feed : 3 * width);
    float *keys = attended + (size_t)rows * width;
    float *scores = keys + (size_t)padded * 32;
    void *inner = scores + padded;
    DYAD_NAME(dyad_multiply)(&layer->qkv, x, width, rows, wide, 3 * width, inner);
    for (int32_t s = 0; s < count; s++)
        for (int32_t h = 0; h < heads; h++)
            DYAD_NAME(attend)(wide + (size_t)offsets[s] * 3 * width, 3 * width, width, offsets[s + 1] - offsets[s], h,
                              attended + (size_t)offsets[s] * width, keys, scores);
    DYAD_NAME(dyad_multiply)(&layer->out, attended, width, rows, wide, width, inner);
    for (size_t i = 0; i < (size_t)rows * width; i += DYAD_LANES)
        DYAD_NAME(store)(x + i, DYAD_NAME(load)(x + i) + DYAD_NAME(load)(wide + i));
    DYAD_NAME(dyad_layer_norm)(x, rows, width, layer->norm1_weight, layer->norm1_bias);
    DYAD_NAME(dyad_multiply)(&layer->up, x, width, rows, wide, feed, inner);
    DYAD_NAME(dyad_gelu)(wide, rows * feed);
    DYAD_NAME(dyad_multiply)(&layer->down, wide, feed, rows, attended, width, inner);
    for (size_t i = 0; i < (size_t)rows * width; i += DYAD_LANES)
        DYAD_NAME(store)(x + i, DYAD_NAME(load)(x + i) + DYAD_NAME(load)(attended + i));
    DYAD_NAME(dyad_layer_norm)(x, rows, width, layer->norm2_weight, layer->norm2_bias);
}

#undef VF
#undef VI
