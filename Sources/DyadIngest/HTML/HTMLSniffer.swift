import Foundation

/// Tells saved web pages from other text, and in which encoding they are written.
enum HTMLSniffer {
    /// True for a page by its first tags, or by its name when it has tags at all.
    static func isPage(_ bytes: [UInt8], name: String) -> Bool {
        let head = start(of: bytes)
        let opening = head.drop { $0.isWhitespace || $0 == "\u{FEFF}" }
        for mark in ["<!doctype html", "<html", "<head", "<body", "<?xml"] where opening.hasPrefix(mark) {
            return mark != "<?xml" || opening.contains("<html")
        }
        if opening.hasPrefix("<!--"), opening.contains("<html") || opening.contains("<!doctype html") { return true }
        let ending = name.lowercased().split(separator: ".").last ?? ""
        return ["html", "htm", "xhtml", "shtml"].contains(ending) && (opening.contains("<") || opening.hasPrefix("&"))
    }

    /// The first bytes as text in small letters, bytes that are no ASCII as they may be.
    private static func start(of bytes: [UInt8]) -> String {
        String(decoding: bytes.prefix(4096).filter { $0 != 0 }, as: UTF8.self).lowercased()
    }

    /// The encoding's name in a `meta` tag or an XML declaration, in small letters.
    static func declaredEncoding(_ bytes: [UInt8]) -> String? {
        let head = String(decoding: bytes.prefix(8192).map { $0 < 0x80 ? $0 : 0x3F }, as: UTF8.self).lowercased()
        for mark in ["charset=", "encoding="] {
            for range in head.ranges(of: mark) {
                let rest = head[range.upperBound...].drop { $0 == "\"" || $0 == "'" || $0 == " " }
                let name = rest.prefix { $0.isLetter || $0.isNumber || $0 == "-" || $0 == "_" }
                if !name.isEmpty { return String(name) }
            }
        }
        return nil
    }

    /// The bytes in UTF-8 by the name of their encoding; nil when the name is not known or does not fit.
    static func decoded(_ bytes: [UInt8], from name: String) -> [UInt8]? {
        switch name {
        case "windows-1252", "iso-8859-1", "latin1", "us-ascii", "ascii":
            return TextEncoding.windows1252.decode(bytes[...])
        case "windows-1254", "iso-8859-9", "latin5": return TextEncoding.windows1254.decode(bytes[...])
        case "windows-1256", "cp1256": return TextEncoding.windows1256.decode(bytes[...])
        case "windows-1251", "cp1251": return TextEncoding.windows1251.decode(bytes[...])
        default: break
        }
        guard let number = coreEncodings[name] else { return nil }
        let encoding = String.Encoding(rawValue: 0x8000_0000 | number)
        return String(data: Data(bytes), encoding: encoding).map { Array($0.utf8) }
    }
}

/// Numbers of Core Foundation's encodings.
private let coreEncodings: [String: UInt] = [
    "iso-8859-2": 0x0202, "iso-8859-5": 0x0205, "iso-8859-6": 0x0206, "iso-8859-7": 0x0207, "iso-8859-8": 0x0208,
    "iso-8859-15": 0x020F, "windows-1250": 0x0501, "windows-1253": 0x0503, "windows-1255": 0x0505,
    "windows-1257": 0x0507, "windows-1258": 0x0508, "koi8-r": 0x0A02, "koi8-u": 0x0A08,
    "gb2312": 0x0632, "gbk": 0x0631, "gb18030": 0x0632, "big5": 0x0A03, "shift_jis": 0x0A01, "euc-jp": 0x0920,
    "euc-kr": 0x0940,
]
