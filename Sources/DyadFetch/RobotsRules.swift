/// What a server's `robots.txt` asks of programs (RFC 9309).
///
/// The group that names us counts, else the one for all; of the rules that fit a path the longest wins, and permission
/// wins over prohibition of the same length.
public struct RobotsRules: Sendable {
    private struct Rule {
        var allows: Bool
        var pattern: [UInt8]
    }

    private static let maximumBytes = 512_000
    private static let maximumRules = 10_000

    private var rules: [Rule] = []
    /// Seconds that the group wants between two requests.
    public private(set) var delay: Double?

    /// Rules that allow everything.
    public init() {}

    /// The rules of a file for a program.
    ///
    /// - Parameters:
    ///   - bytes: the file; what lies beyond 512,000 bytes is not read.
    ///   - agent: the program's name in small letters.
    public init(_ bytes: [UInt8], agent: String) {
        var own: [(String, String)]?, common: [(String, String)] = []
        var names: [String] = [], isReadingNames = false
        for line in Self.lines(bytes) {
            if line.key == "user-agent" {
                if !isReadingNames { names = [] }
                isReadingNames = true
                names.append(String(line.value.lowercased().prefix { $0 != "/" && $0 != " " }))
                if names.last == agent, own == nil { own = [] }
            } else if ["allow", "disallow", "crawl-delay"].contains(line.key) {
                isReadingNames = false
                if names.contains(agent) { own?.append((line.key, line.value)) }
                if names.contains("*") { common.append((line.key, line.value)) }
            }
        }
        for (key, value) in (own ?? common).prefix(Self.maximumRules) {
            if key == "crawl-delay" {
                if let seconds = Double(value), seconds > 0 { delay = max(delay ?? 0, seconds) }
            } else if !value.isEmpty {
                rules.append(Rule(allows: key == "allow", pattern: Self.plain(Array(value.utf8.prefix(2000)))))
            }
        }
    }

    private static func lines(_ bytes: [UInt8]) -> [(key: String, value: String)] {
        let start = bytes.starts(with: [0xEF, 0xBB, 0xBF]) ? 3 : 0
        return bytes.prefix(maximumBytes).dropFirst(start).split { $0 == 0x0A || $0 == 0x0D }.compactMap { line in
            let text = String(decoding: line.prefix { $0 != 0x23 }, as: UTF8.self)
            guard let colon = text.firstIndex(of: ":") else { return nil }
            let blank: (Character) -> Bool = { $0 == " " || $0 == "\t" }
            let key = text[..<colon].filter { !blank($0) }.lowercased()
            let value = text[text.index(after: colon)...].drop(while: blank)
            return (key, String(value.reversed().drop(while: blank).reversed()))
        }
    }

    /// Whether a path with its query may be fetched.
    public func allows(_ target: String) -> Bool {
        let path = Self.plain(Array(target.utf8))
        if path == Array("/robots.txt".utf8) { return true }
        var best = (length: -1, allows: true)
        for rule in rules where rule.pattern.count >= best.length && Self.fits(rule.pattern, path) {
            if rule.pattern.count > best.length || rule.allows { best = (rule.pattern.count, rule.allows) }
        }
        return best.allows
    }

    /// Escapes of letters, digits and the like undone, other escapes in capitals, so that spellings compare.
    private static func plain(_ bytes: [UInt8]) -> [UInt8] {
        func digit(_ byte: UInt8) -> UInt8? { UInt8(String(UnicodeScalar(byte)), radix: 16) }
        var out: [UInt8] = [], index = 0
        while index < bytes.count {
            if bytes[index] == 0x25, index + 2 < bytes.count, let high = digit(bytes[index + 1]),
                let low = digit(bytes[index + 2])
            {
                let value = high << 4 | low
                let isPlain = UnicodeScalar(value).properties.isAlphabetic && value < 0x80
                if isPlain || (value >= 0x30 && value <= 0x39) || [0x2D, 0x2E, 0x5F, 0x7E].contains(value) {
                    out.append(value)
                } else {
                    out += Array("%\(String(value, radix: 16, uppercase: true).leftPadded)".utf8)
                }
                index += 3
            } else {
                out.append(bytes[index])
                index += 1
            }
        }
        return out
    }

    /// Whether a pattern with `*` and a `$` at its end fits the beginning of a path; linear but for the last star.
    private static func fits(_ pattern: [UInt8], _ path: [UInt8]) -> Bool {
        let isAnchored = pattern.last == 0x24
        let pattern = isAnchored ? Array(pattern.dropLast()) : pattern + [0x2A]
        var p = 0, s = 0
        var star: (p: Int, s: Int)?
        while s < path.count {
            if p < pattern.count, pattern[p] == 0x2A {
                star = (p, s)
                p += 1
                if p == pattern.count { return true }
            } else if p < pattern.count, pattern[p] == path[s] {
                p += 1
                s += 1
            } else if let last = star {
                star = (last.p, last.s + 1)
                (p, s) = (last.p + 1, last.s + 1)
            } else {
                return false
            }
        }
        return pattern[p...].allSatisfy { $0 == 0x2A }
    }
}

extension String {
    fileprivate var leftPadded: String { count < 2 ? "0" + self : self }
}
