public import DyadCore
import Foundation
import GRDB

/// An office of a person as a report tells it, with its evidence.
public struct StoredRole: Sendable, Equatable {
    /// The fullest name that the report gives.
    public var person: String
    /// The words of the office, in small letters.
    public var role: String
    /// State or organisation, and sector.
    public var code: ActorCode
    /// The document.
    public var document: String
    /// Day of the report; nil when it has none.
    public var published: CalendarDate?
    /// The outlet.
    public var publisher: String?
    /// Index of the sentence in the document.
    public var sentence: Int
    /// From the first to the last word of name and office.
    public var span: Span
    /// The sentence.
    public var quote: String

    /// An office; see the properties.
    public init(
        person: String, role: String, code: ActorCode, document: String, published: CalendarDate?, publisher: String?,
        sentence: Int, span: Span, quote: String
    ) {
        self.person = person
        self.role = role
        self.code = code
        self.document = document
        self.published = published
        self.publisher = publisher
        self.sentence = sentence
        self.span = span
        self.quote = quote
    }
}

extension EventStore {
    /// Offices of persons told by the reports of the store, by day of the report, document and place in it.
    ///
    /// - Parameters:
    ///   - from: only reports of this day and later; undated ones then do not count.
    ///   - to: only reports of this day and before.
    /// - Returns: the roles, in the order of their reports.
    /// - Throws: `StoreError` when the file cannot be read.
    public func roles(
        from: CalendarDate? = nil, to: CalendarDate? = nil
    ) throws(StoreError) -> [StoredRole] {
        let sql = """
            SELECT r.*, d.name AS document_name, d.published, d.publisher, s.text
            FROM person_roles r JOIN documents d ON d.row = r.document
            LEFT JOIN sentences s ON s.document = r.document AND s.position = r.sentence
            WHERE (?1 IS NULL OR d.published >= ?1) AND (?2 IS NULL OR d.published <= ?2)
            ORDER BY d.published IS NULL, d.published, d.name, r.position
            """
        return try translated {
            try database.read { db in
                try Row.fetchAll(db, sql: sql, arguments: [from?.description, to?.description]).map(storedRole)
            }
        }
    }
}

private func storedRole(_ row: Row) -> StoredRole {
    let published: String? = row["published"]
    let body: String = row["body"]
    let sector: String = row["sector"]
    return StoredRole(
        person: row["person"], role: row["role"],
        code: ActorCode(body.isEmpty ? nil : body, sector: sector.isEmpty ? nil : sector),
        document: row["document_name"], published: published.flatMap { CalendarDate($0) }, publisher: row["publisher"],
        sentence: row["sentence"], span: Span(row["span_start"], row["span_end"]), quote: row["text"] ?? "")
}

extension LearnedRole {
    /// The name of the chain when it is a fuller form of the name beside the office.
    ///
    /// Hyphens and points, which stand apart as tokens, are joined again.
    func fullName(_ chains: [EntityChain]) -> String {
        guard let chain = chains.first(where: { $0.number == entity }), chain.type == .person,
            let last = person.split(separator: " ").last, chain.name.split(separator: " ").contains(last),
            chain.name.split(separator: " ").count <= 5
        else { return Self.joined(person) }
        return Self.joined(chain.name)
    }

    private static func joined(_ name: String) -> String {
        name.replacingOccurrences(of: " - ", with: "-").replacingOccurrences(of: " 's", with: "'s")
    }
}
