/// Resolves the entities that are left in values written twice, as `&amp;quot;` or in JSON-LD.
enum HTMLEntities {
    private static let names: [Substring: Character] = [
        "amp": "&", "lt": "<", "gt": ">", "quot": "\"", "apos": "'", "nbsp": " ", "rsquo": "’", "lsquo": "‘",
        "rdquo": "”",
        "ldquo": "“", "ndash": "–", "mdash": "—", "hellip": "…",
    ]

    /// A text with its entities as characters; tags are left out.
    static func resolved(_ text: String) -> String {
        guard text.contains("&") || text.contains("<") else { return text }
        var out = ""
        var rest = text[...]
        while let first = rest.first {
            if first == "&", let (character, end) = entity(rest) {
                out.append(character)
                rest = rest[end...]
            } else if first == "<", let end = tagEnd(rest) {
                rest = rest[end...]
            } else {
                out.append(first)
                rest = rest.dropFirst()
            }
        }
        return out
    }

    private static func entity(_ text: Substring) -> (Character, String.Index)? {
        guard let end = text.prefix(12).firstIndex(of: ";") else { return nil }
        let name = text[text.index(after: text.startIndex)..<end]
        let next = text.index(after: end)
        if let character = names[name] { return (character, next) }
        guard name.hasPrefix("#") else { return nil }
        let digits = name.dropFirst()
        let value =
            digits.hasPrefix("x") || digits.hasPrefix("X") ? UInt32(digits.dropFirst(), radix: 16) : UInt32(digits)
        return value.flatMap(Unicode.Scalar.init).map { (Character($0), next) }
    }

    private static func tagEnd(_ text: Substring) -> String.Index? {
        guard let second = text.dropFirst().first, second.isLetter || second == "/" else { return nil }
        return text.prefix(200).firstIndex(of: ">").map { text.index(after: $0) }
    }
}
