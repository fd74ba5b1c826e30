public import Foundation

/// Why a model file could not be used.
public enum ModelError: Error, CustomStringConvertible, Equatable {
    case missing(String)
    case unreadable(String, String)
    case damaged(String, String)

    public var description: String {
        switch self {
        case .missing(let name):
            "model file \(name) not found: looked in $DYAD_MODELS, beside the program and in the source folder Models/weights"
        case .unreadable(let path, let why): "model file \(path) cannot be read: \(why)"
        case .damaged(let path, let why): "model file \(path) is damaged: \(why)"
        }
    }
}

/// A file of trained weights: a JSON header and tensors, mapped into memory.
///
/// The layout is described in `Training/language/export.py`. All offsets are checked when the file is opened.
public struct WeightsFile: Sendable {
    /// One named array in the file.
    struct Tensor: Sendable {
        var type: String
        var shape: [Int]
        var offset: Int
        var count: Int { shape.reduce(1, *) }
    }

    /// Path, for messages.
    public let path: String
    private let data: Data
    private let base: Int
    private let tensors: [String: Tensor]
    /// Labels by kind, in the order of the outputs.
    public let labels: [String: [String]]
    /// Width of every head and their order.
    let sizes: [String: Int]
    let order: [String]

    /// Opens and checks a file.
    public init(url: URL) throws(ModelError) {
        path = url.path
        do { data = try Data(contentsOf: url, options: .mappedIfSafe) } catch {
            throw .unreadable(url.path, error.localizedDescription)
        }
        guard data.count > 12, data.prefix(8).elementsEqual(Array("DYADW001".utf8)) else {
            throw .damaged(url.path, "it does not begin with DYADW001")
        }
        let length = data[8..<12].enumerated().reduce(0) { $0 | Int($1.element) << (8 * $1.offset) }
        guard 12 + length <= data.count else { throw .damaged(url.path, "its header is cut off") }
        guard let header = try? JSONSerialization.jsonObject(with: data[12..<12 + length]) as? [String: Any],
            let listed = header["tensors"] as? [[String: Any]]
        else { throw .damaged(url.path, "its header is not readable") }
        base = 12 + length
        labels = header["labels"] as? [String: [String]] ?? [:]
        sizes = header["sizes"] as? [String: Int] ?? [:]
        order = header["order"] as? [String] ?? []
        var table: [String: Tensor] = [:]
        for entry in listed {
            guard let name = entry["name"] as? String, let type = entry["type"] as? String,
                let shape = entry["shape"] as? [Int], let offset = entry["offset"] as? Int
            else { throw .damaged(url.path, "a tensor has no name, type, shape or offset") }
            guard shape.count <= 2, shape.allSatisfy({ (0..<(1 << 30)).contains($0) }) else {
                throw .damaged(url.path, "tensor \(name) has an impossible shape")
            }
            let tensor = Tensor(type: type, shape: shape, offset: offset)
            guard offset >= 0, base + offset + tensor.count * (type == "f32" ? 4 : 1) <= data.count else {
                throw .damaged(url.path, "tensor \(name) reaches past the end: the file is cut off")
            }
            table[name] = tensor
        }
        tensors = table
    }

    func tensor(_ name: String, type: String) throws(ModelError) -> Tensor {
        guard let tensor = tensors[name] else { throw .damaged(path, "tensor \(name) is missing") }
        guard tensor.type == type else { throw .damaged(path, "tensor \(name) is \(tensor.type), not \(type)") }
        return tensor
    }

    func contains(_ name: String) -> Bool { tensors[name] != nil }

    /// Copies an array of floats.
    func floats(_ name: String) throws(ModelError) -> [Float] {
        let tensor = try tensor(name, type: "f32")
        return data.withUnsafeBytes { raw in
            (0..<tensor.count).map { raw.loadUnaligned(fromByteOffset: base + tensor.offset + $0 * 4, as: Float.self) }
        }
    }

    /// Copies an array of bytes.
    func bytes(_ name: String) throws(ModelError) -> [Int8] {
        let tensor = try tensor(name, type: "i8")
        return data.withUnsafeBytes { raw in
            let start = raw.baseAddress.map { $0 + base + tensor.offset }
            return Array(UnsafeBufferPointer(start: start?.assumingMemoryBound(to: Int8.self), count: tensor.count))
        }
    }

    /// The lines of a text stored as bytes.
    func lines(_ name: String) throws(ModelError) -> [String] {
        let tensor = try tensor(name, type: "u8")
        let slice = data[
            (data.startIndex + base + tensor.offset)..<(data.startIndex + base + tensor.offset + tensor.count)]
        return String(decoding: slice, as: UTF8.self).split(separator: "\n", omittingEmptySubsequences: false).map(
            String.init)
    }
}
