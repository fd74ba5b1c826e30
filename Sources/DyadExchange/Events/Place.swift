import DyadCore

/// A value inside an event line together with the way to it, so that every complaint can name its place.
struct Place {
    let value: JSONValue
    /// Keys and indices from the top, `source_actor[0]`.
    let path: String
    let line: Int

    /// True when an object has the key.
    func has(_ key: String) -> Bool { value[key] != nil }

    /// A member that may be missing or null.
    func optional(_ key: String) -> Place? {
        guard let member = value[key], !member.isNull else { return nil }
        return Place(value: member, path: path(to: key), line: line)
    }

    /// A member that must be there.
    func member(_ key: String) throws(EventReaderError) -> Place {
        guard value.object != nil else { throw complaint("an object is expected, not \(value.kindName)") }
        guard let member = optional(key) else { throw error(key, "the value is missing") }
        return member
    }

    func text(_ key: String) throws(EventReaderError) -> String { try member(key).asText() }

    func optionalText(_ key: String) throws(EventReaderError) -> String? {
        guard let member = optional(key) else { return nil }
        return try member.asText()
    }

    func optionalNumber(_ key: String) throws(EventReaderError) -> Double? {
        guard let member = optional(key) else { return nil }
        guard let number = member.value.number else { throw member.expected("a number") }
        return number
    }

    func optionalInteger(_ key: String) throws(EventReaderError) -> Int? {
        guard let member = optional(key) else { return nil }
        guard let number = member.value.integer else { throw member.expected("a whole number") }
        return number
    }

    func optionalBoolean(_ key: String) throws(EventReaderError) -> Bool? {
        guard let member = optional(key) else { return nil }
        guard let flag = member.value.boolean else { throw member.expected("true or false") }
        return flag
    }

    func span(_ key: String) throws(EventReaderError) -> Span { try member(key).asSpan() }

    func optionalSpan(_ key: String) throws(EventReaderError) -> Span? {
        guard let member = optional(key) else { return nil }
        return try member.asSpan()
    }

    /// Items of a list; a missing one is empty.
    func items(_ key: String) throws(EventReaderError) -> [Place] {
        guard let member = optional(key) else { return [] }
        guard let items = member.value.array else { throw member.expected("a list") }
        return items.enumerated().map { Place(value: $1, path: "\(member.path)[\($0)]", line: line) }
    }

    func asText() throws(EventReaderError) -> String {
        guard let text = value.string else { throw expected("a string") }
        return text
    }

    func asSpan() throws(EventReaderError) -> Span {
        guard let pair = value.array, pair.count == 2, let start = pair[0].integer, let end = pair[1].integer,
            start >= 0, end >= start
        else { throw complaint("a pair of offsets is expected, the first not after the second") }
        return Span(start, end)
    }

    /// A complaint about a member.
    func error(_ key: String, _ reason: String) -> EventReaderError {
        EventReaderError(line: line, place: path(to: key), reason: reason)
    }

    private func path(to key: String) -> String { path.isEmpty ? key : "\(path).\(key)" }

    private func expected(_ what: String) -> EventReaderError {
        complaint("\(what) is expected, not \(value.kindName)")
    }

    private func complaint(_ reason: String) -> EventReaderError {
        EventReaderError(line: line, place: path, reason: reason)
    }
}
