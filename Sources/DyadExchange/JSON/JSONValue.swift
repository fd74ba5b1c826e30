/// Any JSON value; objects keep the order of their keys.
public enum JSONValue: Sendable, Equatable {
    /// The word `null`.
    case null
    /// `true` or `false`.
    case boolean(Bool)
    /// A number without fraction and exponent that fits an `Int`.
    case integer(Int)
    /// Any other number.
    case number(Double)
    /// A string with its escapes resolved.
    case string(String)
    /// Values in order.
    case array([JSONValue])
    /// Keys with their values, in the order of the text.
    case object([JSONMember])
}

/// A key of an object and its value.
public struct JSONMember: Sendable, Equatable {
    /// The key, escapes resolved.
    public var key: String
    /// What the key holds.
    public var value: JSONValue

    /// A member of an object.
    public init(_ key: String, _ value: JSONValue) {
        self.key = key
        self.value = value
    }
}

extension JSONValue {
    /// Parses one JSON text of UTF-8 bytes; white space around it is allowed, anything else after it is not.
    public init(parsing bytes: some Sequence<UInt8>, depthLimit: Int = 200) throws(JSONError) {
        var parser = JSONParser(ArraySlice(bytes), depthLimit: depthLimit)
        self = try parser.document()
    }

    /// Parses one JSON text.
    public init(parsing text: String, depthLimit: Int = 200) throws(JSONError) {
        try self.init(parsing: Array(text.utf8), depthLimit: depthLimit)
    }

    /// Value of a key of an object; the last one when it stands there twice, nil when there is none.
    public subscript(key: String) -> JSONValue? {
        guard case .object(let members) = self else { return nil }
        return members.last { $0.key == key }?.value
    }

    /// The text of a string.
    public var string: String? {
        guard case .string(let text) = self else { return nil }
        return text
    }

    /// A whole number, also one written as `3.0`.
    public var integer: Int? {
        switch self {
        case .integer(let number): number
        case .number(let number): Int(exactly: number)
        default: nil
        }
    }

    /// Any number.
    public var number: Double? {
        switch self {
        case .integer(let number): Double(number)
        case .number(let number): number
        default: nil
        }
    }

    /// True or false.
    public var boolean: Bool? {
        guard case .boolean(let flag) = self else { return nil }
        return flag
    }

    /// Items of an array.
    public var array: [JSONValue]? {
        guard case .array(let items) = self else { return nil }
        return items
    }

    /// Members of an object.
    public var object: [JSONMember]? {
        guard case .object(let members) = self else { return nil }
        return members
    }

    /// True for the word `null`.
    public var isNull: Bool { self == .null }

    /// The value as one line of JSON.
    public var line: String {
        var writer = JSONWriter()
        writer.value(self)
        return writer.text
    }

    /// What kind of value this is, for messages: "a string", "an array".
    public var kindName: String {
        switch self {
        case .null: "null"
        case .boolean: "true or false"
        case .integer, .number: "a number"
        case .string: "a string"
        case .array: "an array"
        case .object: "an object"
        }
    }
}

/// Why a text is no JSON, and where.
public struct JSONError: Error, Sendable, Equatable, CustomStringConvertible {
    /// What is wrong, for a caller that treats the causes differently.
    public enum Kind: Sendable {
        /// The text breaks the grammar.
        case syntax
        /// A string is not valid UTF-8.
        case encoding
        /// Arrays and objects stand too deep in each other.
        case depth
    }

    /// What is wrong.
    public var kind: Kind
    /// Byte at which it was noticed, counted from 0.
    public var offset: Int
    /// What was found or expected.
    public var reason: String

    /// One sentence with the place.
    public var description: String { "\(reason) at byte \(offset)" }
}
