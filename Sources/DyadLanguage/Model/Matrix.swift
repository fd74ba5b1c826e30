import CDyadKernels

/// A packed 8-bit weight matrix, owned and freed here.
///
/// Never changed after it is made.
final class Matrix: @unchecked Sendable {
    // Safe to share: filled in `init`, only read afterwards.
    let packed: UnsafeMutablePointer<dyad_matrix>
    let outputs: Int
    let inputs: Int

    init(_ file: WeightsFile, _ name: String) throws(ModelError) {
        let tensor = try file.tensor(name, type: "i8")
        guard tensor.shape.count == 2 else { throw .damaged(file.path, "tensor \(name) is not a matrix") }
        let (outputs, inputs) = (tensor.shape[0], tensor.shape[1])
        self.outputs = outputs
        self.inputs = inputs
        let rows = try file.bytes(name)
        let scales = try file.floats(name + ".scale")
        let bias =
            file.contains(name + ".bias") ? try file.floats(name + ".bias") : [Float](repeating: 0, count: outputs)
        let divide = file.contains(name + ".divide") ? try file.floats(name + ".divide") : nil
        guard scales.count == outputs, bias.count == outputs, (divide?.count ?? inputs) == inputs else {
            throw .damaged(file.path, "tensor \(name) and its scales do not fit")
        }
        packed = .allocate(capacity: 1)
        let status =
            if let divide { dyad_matrix_init(packed, rows, scales, bias, divide, Int32(outputs), Int32(inputs)) } else {
                dyad_matrix_init(packed, rows, scales, bias, nil, Int32(outputs), Int32(inputs))
            }
        guard status == 0 else {
            packed.deallocate()
            throw .unreadable(file.path, "not enough memory")
        }
    }

    deinit {
        dyad_matrix_free(packed)
        packed.deallocate()
    }

    /// out[rows][outputs] = x W^T + bias.
    func multiply(
        _ x: UnsafePointer<Float>, stride: Int, rows: Int, out: UnsafeMutablePointer<Float>, scratch: Scratch,
        level: Int32
    ) {
        let bytes = dyad_multiply_scratch(Int32(rows), Int32(inputs))
        dyad_multiply(
            level, packed, x, Int32(stride), Int32(rows), out, Int32(outputs), scratch.reserve(bytes))
    }
}

/// A table of 8-bit rows with a scale each, for looking up.
struct Table: Sendable {
    let rows: [Int8]
    let scales: [Float]
    let width: Int

    init(_ file: WeightsFile, _ name: String) throws(ModelError) {
        let tensor = try file.tensor(name, type: "i8")
        rows = try file.bytes(name)
        scales = try file.floats(name + ".scale")
        width = tensor.shape.last ?? 0
        guard scales.count * width == rows.count else { throw .damaged(file.path, "table \(name) has no scales") }
    }

    /// Adds a row to `out`.
    func add(_ row: Int, to out: UnsafeMutablePointer<Float>) {
        let scale = scales[row]
        rows.withUnsafeBufferPointer { bytes in
            let start = row * width
            for i in 0..<width { out[i] += Float(bytes[start + i]) * scale }
        }
    }
}

/// Memory that grows and is used again: one a thread.
final class Scratch {
    private var memory: UnsafeMutableRawPointer?
    private var size = 0

    /// At least `bytes` bytes on a multiple of 64; what was in them is lost.
    func reserve(_ bytes: Int) -> UnsafeMutableRawPointer {
        if let memory, bytes <= size { return memory }
        memory?.deallocate()
        size = bytes + bytes / 4 + 4096
        let fresh = UnsafeMutableRawPointer.allocate(byteCount: size, alignment: 64)
        memory = fresh
        return fresh
    }

    deinit { memory?.deallocate() }
}
