import DyadCore

/// Writes actors as a PETRARCH dictionary.
public enum PetrarchActorWriter {
    /// Names in capitals with `_` between words, synonyms below, one code a line.
    public static func text(_ entries: [PetrarchActors.Entry]) -> String {
        var out = ""
        for entry in entries {
            for (index, name) in entry.names.enumerated() { out += (index == 0 ? "" : "+") + phrase(name) + "\n" }
            for role in entry.roles { out += "\t[\(role.code)\(days(role))]\n" }
        }
        return out
    }

    /// `#`, brackets and the signs of synonyms have a meaning in these files.
    private static func phrase(_ name: String) -> String {
        let safe = name.uppercased().filter { !"#;[]+".contains($0) }
        return DictionaryPhrase.words(safe).joined(separator: "_") + "_"
    }

    private static func days(_ role: PetrarchActors.Role) -> String {
        func digits(_ day: String) -> String { day.filter(\.isNumber) }
        switch (role.from, role.to) {
        case (let from?, let to?): return " \(digits(from))-\(digits(to))"
        case (let from?, nil): return " >\(digits(from))"
        case (nil, let to?):
            // `<` leaves its day out.
            return " <\(digits(CalendarDate(to)?.adding(days: 1).description ?? to))"
        case (nil, nil): return ""
        }
    }
}
