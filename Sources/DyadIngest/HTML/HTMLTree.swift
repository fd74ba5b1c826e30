/// A saved page as elements and texts in the order of the file.
///
/// Nodes are numbered in document order; an element's descendants are `id + 1 ..< end`.
struct HTMLTree {
    /// An element, or a text when `tag` is nil.
    struct Node {
        var tag: HTMLTag?
        var parent: Int32
        /// One past the last descendant.
        var end: Int32
        /// Attributes of an element, or bytes in `text`.
        var range: Range<Int32>
        /// Where it stands in the file.
        var source: Range<Int32>
    }

    /// An attribute that is read; its value lies in `values`.
    struct Attribute {
        var name: HTMLAttribute
        var value: Range<Int32>
    }

    /// Bytes of `text` made of the same or of other bytes of the file.
    struct Run {
        var text: Int32
        var source: Int32
        var sourceCount: Int32
        var isVerbatim: Bool
    }

    var nodes: [Node] = []
    var attributes: [Attribute] = []
    var values: [UInt8] = []
    var text: [UInt8] = []
    var runs: [Run] = []
    /// Contents of the scripts with data for search engines.
    var scripts: [Range<Int>] = []
    /// Byte at which reading stopped when the page was nested too deeply.
    var cutAt: Int?

    /// The value of an attribute, nil when the element has none.
    func value(_ name: HTMLAttribute, of node: Int) -> String? {
        guard let range = valueRange(name, of: node) else { return nil }
        return String(decoding: values[range], as: UTF8.self)
    }

    /// Where the value of an attribute lies in `values`.
    func valueRange(_ name: HTMLAttribute, of node: Int) -> Range<Int>? {
        guard nodes[node].tag != nil else { return nil }
        for index in nodes[node].range where attributes[Int(index)].name == name {
            return Int(attributes[Int(index)].value.lowerBound)..<Int(attributes[Int(index)].value.upperBound)
        }
        return nil
    }

    /// The words of an element, white space made single spaces.
    func words(of node: Int) -> String {
        var bytes: [UInt8] = []
        for inner in node..<Int(nodes[node].end) {
            if nodes[inner].tag == nil {
                bytes.append(contentsOf: text[Int(nodes[inner].range.lowerBound)..<Int(nodes[inner].range.upperBound)])
            } else if nodes[inner].tag?.isBlock == true || nodes[inner].tag == .br {
                bytes.append(0x20)
            }
        }
        return String(decoding: bytes, as: UTF8.self).singleSpaced
    }
}

/// The attributes that are read.
enum HTMLAttribute: String, CaseIterable, Sendable {
    case `class`, id, itemprop, itemtype, rel, href, role, property, name, content, datetime, style, hidden, title, type
    case ariaHidden = "aria-hidden"
    case ariaLabel = "aria-label"
    case dataTestid = "data-testid"
    case dataComponent = "data-component"
    case dataTime = "data-time"

    static let byName: [String: HTMLAttribute] = Dictionary(uniqueKeysWithValues: allCases.map { ($0.rawValue, $0) })
}
