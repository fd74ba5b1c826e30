public import DyadCore
import Foundation
import GRDB

extension EventStore {
    /// Documents with comments, by name.
    public func commentedDocuments() throws(StoreError) -> [StoredDocument] {
        let commented = try translated {
            try database.read {
                try String.fetchSet(
                    $0, sql: "SELECT name FROM documents WHERE row IN (SELECT DISTINCT document FROM comments)")
            }
        }
        return try documents().filter { commented.contains($0.name) }
    }

    /// The comments under a document, in order.
    public func comments(of document: String) throws(StoreError) -> [StoredComment] {
        let sql = """
            SELECT c.* FROM comments c JOIN documents d ON d.row = c.document WHERE d.name = ? ORDER BY c.position
            """
        return try translated {
            try database.read { db in
                try Row.fetchAll(db, sql: sql, arguments: [document]).map { row in
                    StoredComment(
                        position: row["position"], author: row["author"], time: row["time"], parent: row["parent"],
                        text: row["text"], span: Span(row["span_start"], row["span_end"]))
                }
            }
        }
    }

    /// Compares all documents and notes of each whether it is a copy, and of which.
    ///
    /// - Returns: how many are copies.
    @discardableResult
    public func markCopies() throws(StoreError) -> Int {
        try translated {
            try database.write { db in
                var index = SyndicationIndex()
                // The order does not depend on when a document came, so that the same documents give the same groups.
                let rows = try Row.fetchCursor(
                    db,
                    sql: """
                        SELECT name, sketch, published, publisher, agency FROM documents WHERE sketch IS NOT NULL
                        ORDER BY published IS NULL, published, name
                        """)
                while let row = try rows.next() {
                    let bytes: Data = row["sketch"]
                    guard let sketch = TextSketch(bytes: Array(bytes)) else { continue }
                    let day: String? = row["published"]
                    index.add(
                        SyndicationIndex.Entry(
                            name: row["name"], sketch: sketch, published: day.flatMap { CalendarDate($0) },
                            publisher: row["publisher"], agency: row["agency"]))
                }
                let originals = index.originals()
                try db.execute(sql: "UPDATE documents SET duplicate_of = NULL WHERE duplicate_of IS NOT NULL")
                for (name, original) in originals {
                    try db.execute(
                        sql: "UPDATE documents SET duplicate_of = ? WHERE name = ?", arguments: [original, name])
                }
                return originals.count
            }
        }
    }
}
