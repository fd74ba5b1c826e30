import CDyadKernels

/// The transformer: word pieces in, one vector a piece out.
///
/// MiniLM-L6-H384 (Wang et al. 2020) with a case embedding added at the input. Products run in 8-bit integers.
final class Encoder: @unchecked Sendable {
    // Safe to share: filled in `init`, only read afterwards.
    static let width = 384
    static let heads = 12
    private let pieces: Table
    private let positions: Table
    private let caseRows: [Float]
    private let norm: (weight: [Float], bias: [Float])
    private var parts: [Matrix] = []
    private var norms: [UnsafeMutablePointer<Float>] = []
    private var layers: [dyad_layer] = []
    /// Longest sequence of pieces.
    let longest: Int

    /// Reads an encoder whose layers are named with a prefix; the piece table may come from another file.
    init(_ file: WeightsFile, pieces: Table, positions: Table, prefix: String = "") throws(ModelError) {
        self.pieces = pieces
        self.positions = positions
        longest = positions.scales.count
        caseRows = try file.floats(prefix + "case")
        norm = (try file.floats(prefix + "norm.weight"), try file.floats(prefix + "norm.bias"))
        var index = 0
        while file.contains("\(prefix)layer.\(index).qkv") {
            try addLayer(file, "\(prefix)layer.\(index).")
            index += 1
        }
        guard !layers.isEmpty else { throw .damaged(file.path, "it holds no layers named \(prefix)layer.0") }
    }

    deinit { for pointer in norms { pointer.deallocate() } }

    var pieceTable: Table { pieces }
    var positionTable: Table { positions }

    private func addLayer(_ file: WeightsFile, _ name: String) throws(ModelError) {
        var layer = dyad_layer()
        let made = [
            try Matrix(file, name + "qkv"), try Matrix(file, name + "out"), try Matrix(file, name + "up"),
            try Matrix(file, name + "down"),
        ]
        parts += made
        (layer.qkv, layer.out) = (made[0].packed.pointee, made[1].packed.pointee)
        (layer.up, layer.down) = (made[2].packed.pointee, made[3].packed.pointee)
        layer.norm1_weight = try copy(file, name + "norm1.weight")
        layer.norm1_bias = try copy(file, name + "norm1.bias")
        layer.norm2_weight = try copy(file, name + "norm2.weight")
        layer.norm2_bias = try copy(file, name + "norm2.bias")
        layers.append(layer)
    }

    private func copy(_ file: WeightsFile, _ name: String) throws(ModelError) -> UnsafeMutablePointer<Float> {
        let values = try file.floats(name)
        guard values.count == Self.width else { throw .damaged(file.path, "tensor \(name) has a wrong size") }
        let pointer = UnsafeMutablePointer<Float>.allocate(capacity: values.count)
        pointer.initialize(from: values, count: values.count)
        norms.append(pointer)
        return pointer
    }

    /// Encodes sequences that lie one after another.
    ///
    /// - Parameters:
    ///   - ids: Word-piece ids with the end marks.
    ///   - cases: Row of the case table for every piece.
    ///   - offsets: First piece of every sequence, and the end of the last.
    ///   - out: Room for `ids.count * 384` floats.
    ///   - scratch: Memory of this thread.
    ///   - level: Instruction set.
    func encode(
        ids: [Int32], cases: [UInt8], offsets: [Int32], out: UnsafeMutablePointer<Float>, scratch: Scratch,
        level: Int32
    ) {
        let width = Self.width
        var sequence = 0
        for (row, id) in ids.enumerated() {
            while row >= Int(offsets[sequence + 1]) { sequence += 1 }
            let x = out + row * width
            let base = Int(cases[row]) * width
            for i in 0..<width { x[i] = caseRows[base + i] }
            pieces.add(Int(id), to: x)
            positions.add(row - Int(offsets[sequence]), to: x)
        }
        dyad_layer_norm(level, out, Int32(ids.count), Int32(width), norm.weight, norm.bias)
        let lengths = zip(offsets, offsets.dropFirst()).map { $1 - $0 }
        let bytes = dyad_layer_scratch(Int32(ids.count), Int32(width), layers[0].up.n, lengths.max() ?? 0)
        let memory = scratch.reserve(bytes)
        for index in layers.indices {
            withUnsafePointer(to: layers[index]) {
                dyad_layer_forward(
                    level, $0, out, Int32(width), Int32(Self.heads), offsets, Int32(lengths.count), memory)
            }
        }
    }
}
