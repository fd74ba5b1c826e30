/// Inner loops of the language model: integer matrix products and the parts of a transformer layer.
///
/// One body of code is compiled for several instruction sets; `dyad_kernel_level_best` says which of them this
/// machine runs. Everything is written for one thread: callers run one instance a thread.
#ifndef CDYAD_KERNELS_H
#define CDYAD_KERNELS_H

#include <stddef.h>
#include <stdint.h>

/// Instruction sets, from slow to fast. NEON stands in for PORTABLE on 64-bit ARM.
enum dyad_level {
    DYAD_PORTABLE = 0,
    DYAD_AVX2 = 1,
    DYAD_AVX512VNNI = 2,
};

/// The fastest level that this processor runs.
int dyad_kernel_level_best(void);

/// A weight matrix [n][k] of 8-bit numbers, one scale a row, packed in panels [n/16][k/4][16][4].
typedef struct {
    int32_t n;            ///< Output width.
    int32_t k;            ///< Input width.
    int32_t padded_n;     ///< Multiple of 16.
    int32_t padded_k;     ///< Multiple of 4.
    int8_t *panels;       ///< padded_n * padded_k bytes, 64-byte aligned.
    int32_t *column_sums; ///< Sum of the weights of each output.
    float *scales;        ///< Scale of each output.
    float *bias;          ///< Added to each output.
    float *divide;        ///< k factors that multiply the input before rounding, or NULL.
} dyad_matrix;

/// Packs row-major weights; copies everything. Returns 0, or -1 when memory ran out.
int dyad_matrix_init(dyad_matrix *out, const int8_t *rows, const float *scales, const float *bias,
                     const float *divide, int32_t n, int32_t k);
void dyad_matrix_free(dyad_matrix *matrix);

/// Scratch bytes that `dyad_multiply` needs for m rows of width k.
size_t dyad_multiply_scratch(int32_t m, int32_t k);

/// out[m][n] = x[m][k] * W^T + bias. Rows of x are rounded to 8 bits (7 with AVX2) with a scale of their own.
/// Rows are independent: the result of one does not depend on the others.
void dyad_multiply(int level, const dyad_matrix *w, const float *x, int32_t x_stride, int32_t m, float *out,
                   int32_t out_stride, void *scratch);

/// The same product from integers already rounded; for tests. activations: unsigned with offset `zero`.
void dyad_multiply_integers(int level, const dyad_matrix *w, const uint8_t *activations, int32_t m, int32_t *out);

/// One transformer layer.
typedef struct {
    dyad_matrix qkv, out, up, down;
    float *norm1_weight, *norm1_bias, *norm2_weight, *norm2_bias;
} dyad_layer;

/// x[rows][width] is changed in place. Sequences lie one after another; offsets has count + 1 entries.
/// scratch: at least `dyad_layer_scratch` bytes, 64-byte aligned.
void dyad_layer_forward(int level, const dyad_layer *layer, float *x, int32_t width, int32_t heads,
                        const int32_t *offsets, int32_t count, void *scratch);
size_t dyad_layer_scratch(int32_t rows, int32_t width, int32_t feed, int32_t longest);

/// Layer normalisation of each row in place.
void dyad_layer_norm(int level, float *x, int32_t rows, int32_t width, const float *weight, const float *bias);

/// GELU of every value in place.
void dyad_gelu(int level, float *x, int32_t count);

/// Dot products: out[i][j] = a[i] . b[j] over `width` floats.
void dyad_dot_all(int level, const float *a, int32_t rows_a, int32_t stride_a, const float *b, int32_t rows_b,
                  int32_t stride_b, int32_t width, float *out, int32_t out_stride);

#endif
