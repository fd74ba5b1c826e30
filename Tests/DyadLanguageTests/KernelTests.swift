import CDyadKernels
import DyadLanguage
import DyadTesting
import Foundation
import Testing

/// Levels that this machine runs; each must give what plain code gives.
let availableLevels = KernelLevel.allCases.filter { $0.rawValue <= dyad_kernel_level_best() }

@Suite struct KernelTests {
    /// A packed matrix that frees itself.
    private final class Packed {
        var matrix = dyad_matrix()
        let weights: [Int8], scales: [Float], bias: [Float], divide: [Float]?
        let n: Int, k: Int

        init(n: Int, k: Int, divided: Bool, _ numbers: inout RepeatableNumbers) {
            (self.n, self.k) = (n, k)
            weights = (0..<n * k).map { _ in Int8.random(in: -127...127, using: &numbers) }
            scales = (0..<n).map { _ in Float.random(in: 0.001...0.02, using: &numbers) }
            bias = (0..<n).map { _ in Float.random(in: -1...1, using: &numbers) }
            divide = divided ? (0..<k).map { _ in Float.random(in: 0.5...2, using: &numbers) } : nil
            let status =
                if let divide { dyad_matrix_init(&matrix, weights, scales, bias, divide, Int32(n), Int32(k)) } else {
                    dyad_matrix_init(&matrix, weights, scales, bias, nil, Int32(n), Int32(k))
                }
            precondition(status == 0, "no memory")
        }

        deinit { dyad_matrix_free(&matrix) }

        func multiply(_ x: [Float], rows: Int, stride: Int, _ level: KernelLevel) -> [Float] {
            let bytes = dyad_multiply_scratch(Int32(rows), Int32(k))
            let scratch = UnsafeMutableRawPointer.allocate(byteCount: bytes, alignment: 64)
            defer { scratch.deallocate() }
            var out = [Float](repeating: .nan, count: rows * n)
            dyad_multiply(level.rawValue, &matrix, x, Int32(stride), Int32(rows), &out, Int32(n), scratch)
            return out
        }
    }

    private static let shapes = [
        (m: 1, n: 1, k: 1), (1, 16, 4), (3, 17, 5), (5, 33, 31), (7, 64, 64), (13, 70, 127), (6, 129, 130),
        (2, 384, 384),
    ]

    @Test(arguments: availableLevels, shapes.indices) func multipliesIntegersExactly(_ level: KernelLevel, _ index: Int)
    {
        let (m, n, k) = Self.shapes[index]
        var numbers = RepeatableNumbers(seed: UInt64(index) + 1)
        let packed = Packed(n: n, k: k, divided: false, &numbers)
        // AVX2 takes 7-bit activations around 64, the others 8-bit ones around 128.
        let zero = level == .avx2 ? 64 : 128
        let width = Int(packed.matrix.padded_k), padded = Int(packed.matrix.padded_n)
        var activations = [UInt8](repeating: UInt8(zero), count: m * width)
        for row in 0..<m {
            for i in 0..<k { activations[row * width + i] = UInt8(Int.random(in: 1...2 * zero - 1, using: &numbers)) }
        }
        var out = [Int32](repeating: -1, count: m * padded)
        dyad_multiply_integers(level.rawValue, &packed.matrix, activations, Int32(m), &out)
        for row in 0..<m {
            for column in 0..<n {
                var sum = 0
                for i in 0..<k {
                    sum += (Int(activations[row * width + i]) - zero) * Int(packed.weights[column * k + i])
                }
                guard out[row * padded + column] == Int32(sum) else {
                    Issue.record("row \(row), column \(column): \(out[row * padded + column]), not \(sum)")
                    return
                }
            }
        }
    }

    /// The widest sums that 8 bits allow do not saturate.
    @Test(arguments: availableLevels) func multipliesExtremes(_ level: KernelLevel) {
        let zero = level == .avx2 ? 64 : 128, k = 256
        for (activation, weight) in [(2 * zero - 1, Int8(127)), (2 * zero - 1, -127), (1, 127), (1, -127)] {
            var matrix = dyad_matrix()
            #expect(
                dyad_matrix_init(
                    &matrix, [Int8](repeating: weight, count: 16 * k), [Float](repeating: 1, count: 16), nil, nil, 16,
                    Int32(k)) == 0)
            defer { dyad_matrix_free(&matrix) }
            var out = [Int32](repeating: 0, count: 16)
            dyad_multiply_integers(level.rawValue, &matrix, [UInt8](repeating: UInt8(activation), count: k), 1, &out)
            #expect(out == [Int32](repeating: Int32((activation - zero) * Int(weight) * k), count: 16))
        }
    }

    @Test(arguments: availableLevels, shapes.indices) func multipliesFloatsNearly(_ level: KernelLevel, _ index: Int) {
        let (m, n, k) = Self.shapes[index]
        var numbers = RepeatableNumbers(seed: UInt64(index) + 100)
        let packed = Packed(n: n, k: k, divided: index % 2 == 1, &numbers)
        let stride = k + 3
        let x = (0..<m * stride).map { _ in Float.random(in: -3...3, using: &numbers) }
        let out = packed.multiply(x, rows: m, stride: stride, level)
        for row in 0..<m {
            // Each of the k inputs is off by half a step at most.
            let inputs = (0..<k).map { Double(x[row * stride + $0] * (packed.divide?[$0] ?? 1)) }
            let step = (inputs.map(abs).max() ?? 0) / (level == .avx2 ? 63 : 127)
            for column in 0..<n {
                let weights = (0..<k).map { Double(packed.weights[column * k + $0]) * Double(packed.scales[column]) }
                let exact = zip(inputs, weights).reduce(Double(packed.bias[column])) { $0 + $1.0 * $1.1 }
                let slack = weights.reduce(0) { $0 + abs($1) } * step * 0.501 + 1e-3
                guard abs(Double(out[row * n + column]) - exact) <= slack else {
                    Issue.record("row \(row), column \(column): \(out[row * n + column]), not \(exact) ± \(slack)")
                    return
                }
            }
        }
    }

    @Test(arguments: availableLevels) func givesARowTheSameResultInAnyBatch(_ level: KernelLevel) {
        var numbers = RepeatableNumbers(seed: 5)
        let packed = Packed(n: 70, k: 37, divided: true, &numbers)
        let x = (0..<11 * 37).map { _ in Float.random(in: -3...3, using: &numbers) }
        let together = packed.multiply(x, rows: 11, stride: 37, level)
        for row in 0..<11 {
            let alone = packed.multiply(Array(x[row * 37..<(row + 1) * 37]), rows: 1, stride: 37, level)
            #expect(alone == Array(together[row * 70..<(row + 1) * 70]), "row \(row)")
        }
    }

    @Test(arguments: availableLevels) func multipliesZeros(_ level: KernelLevel) {
        var numbers = RepeatableNumbers(seed: 6)
        let packed = Packed(n: 5, k: 9, divided: false, &numbers)
        #expect(packed.multiply([Float](repeating: 0, count: 9), rows: 1, stride: 9, level) == packed.bias)
    }

    @Test(arguments: availableLevels, [1, 7, 16, 33]) func computesGELU(_ level: KernelLevel, _ count: Int) {
        var x = (0..<count).map { Float($0) * 16 / Float(count) - 8 }
        let exact = x.map { 0.5 * Double($0) * (1 + erf(Double($0) / 2.0.squareRoot())) }
        dyad_gelu(level.rawValue, &x, Int32(count))
        for (found, exact) in zip(x, exact) { #expect(abs(Double(found) - exact) < 3e-6) }
    }

    @Test(arguments: availableLevels, [16, 48, 384]) func normalisesRows(_ level: KernelLevel, _ width: Int) {
        var numbers = RepeatableNumbers(seed: UInt64(width))
        let rows = 3
        var x = (0..<rows * width).map { _ in Float.random(in: -4...9, using: &numbers) }
        let before = x
        let weight = (0..<width).map { _ in Float.random(in: 0.5...2, using: &numbers) }
        let bias = (0..<width).map { _ in Float.random(in: -1...1, using: &numbers) }
        dyad_layer_norm(level.rawValue, &x, Int32(rows), Int32(width), weight, bias)
        for row in 0..<rows {
            let values = before[row * width..<(row + 1) * width].map(Double.init)
            let mean = values.reduce(0, +) / Double(width)
            let variance = values.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / Double(width)
            for (i, value) in values.enumerated() {
                let exact = (value - mean) / (variance + 1e-12).squareRoot() * Double(weight[i]) + Double(bias[i])
                #expect(abs(Double(x[row * width + i]) - exact) < 1e-4)
            }
        }
    }

    @Test(arguments: availableLevels, [1, 7, 16, 101]) func computesDotProducts(_ level: KernelLevel, _ width: Int) {
        var numbers = RepeatableNumbers(seed: UInt64(width) + 50)
        let stride = width + 2
        let a = (0..<3 * stride).map { _ in Float.random(in: -2...2, using: &numbers) }
        let b = (0..<4 * stride).map { _ in Float.random(in: -2...2, using: &numbers) }
        var out = [Float](repeating: .nan, count: 3 * 5)
        dyad_dot_all(level.rawValue, a, 3, Int32(stride), b, 4, Int32(stride), Int32(width), &out, 5)
        for i in 0..<3 {
            for j in 0..<4 {
                let exact = (0..<width).reduce(0.0) { $0 + Double(a[i * stride + $1]) * Double(b[j * stride + $1]) }
                #expect(abs(Double(out[i * 5 + j]) - exact) < 1e-3)
            }
            #expect(out[i * 5 + 4].isNaN, "nothing is written between the rows")
        }
    }
}
