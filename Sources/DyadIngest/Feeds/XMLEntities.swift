/// The characters that XML and HTML give names to.
enum XMLEntities {
    /// The character of a reference, written without "&" and ";".
    static func scalar(_ name: String) -> Unicode.Scalar? {
        guard name.hasPrefix("#") else { return names[name] }
        let digits = name.dropFirst()
        let value = digits.first == "x" || digits.first == "X" ? UInt32(digits.dropFirst(), radix: 16) : UInt32(digits)
        guard let value else { return nil }
        // Numbers 128 to 159 are meant as windows-1252.
        if (0x80...0x9F).contains(value) { return TextEncoding.windows1252.scalar(for: UInt8(value)) }
        return Unicode.Scalar(value)
    }

    private static let names: [String: Unicode.Scalar] = {
        var out: [String: Unicode.Scalar] = [
            "amp": "&", "lt": "<", "gt": ">", "quot": "\"", "apos": "'", "rsquo": "’", "lsquo": "‘", "rdquo": "”",
            "ldquo": "“", "sbquo": "‚", "bdquo": "„", "ndash": "–", "mdash": "—", "hellip": "…", "bull": "•",
            "dagger": "†", "permil": "‰", "lsaquo": "‹", "rsaquo": "›", "euro": "€", "trade": "™", "minus": "−",
            "OElig": "Œ", "oelig": "œ", "Scaron": "Š", "scaron": "š", "Yuml": "Ÿ", "fnof": "ƒ", "ensp": "\u{2002}",
            "emsp": "\u{2003}", "thinsp": "\u{2009}", "zwnj": "\u{200C}", "zwj": "\u{200D}", "lrm": "\u{200E}",
            "rlm": "\u{200F}", "prime": "′", "Prime": "″", "larr": "←", "uarr": "↑", "rarr": "→", "darr": "↓",
            "ne": "≠", "le": "≤", "ge": "≥", "infin": "∞", "circ": "ˆ", "tilde": "˜",
        ]
        for (offset, name) in latin1.split(separator: " ").enumerated() {
            out[String(name)] = Unicode.Scalar(UInt32(160 + offset))
        }
        return out
    }()

    /// HTML's names of U+00A0 to U+00FF, in order.
    private static let latin1 = """
        nbsp iexcl cent pound curren yen brvbar sect uml copy ordf laquo not shy reg macr deg plusmn sup2 sup3 acute \
        micro para middot cedil sup1 ordm raquo frac14 frac12 frac34 iquest Agrave Aacute Acirc Atilde Auml Aring AElig \
        Ccedil Egrave Eacute Ecirc Euml Igrave Iacute Icirc Iuml ETH Ntilde Ograve Oacute Ocirc Otilde Ouml times Oslash \
        Ugrave Uacute Ucirc Uuml Yacute THORN szlig agrave aacute acirc atilde auml aring aelig ccedil egrave eacute \
        ecirc euml igrave iacute icirc iuml eth ntilde ograve oacute ocirc otilde ouml divide oslash ugrave uacute ucirc \
        uuml yacute thorn yuml
        """
}
