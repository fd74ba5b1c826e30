import Foundation
import GRDB

/// Documents, sentences and events in one SQLite file.
///
/// A document is saved whole or not at all, so a store that was killed while writing opens and is whole; saving the
/// same content again changes nothing. Reading never waits for writing. A store may be shared between threads.
///
///     let store = try EventStore(path: "reports.sqlite", version: "0.1.0", coding: coding)
///     try store.save(annotated)
///     var query = EventQuery()
///     query.pair = EventQuery.Pair("TUR", "PAK")
///     for event in try store.events(matching: query) { … }
public final class EventStore: Sendable {
    let database: any DatabaseWriter
    let coding: EventCoding
    let version: String
    let now: @Sendable () -> String
    /// How documents give entries of the ledger; nil for a store that only keeps events.
    let ledger: LedgerPlan?

    /// Opens a store, making the file when there is none.
    ///
    /// - Parameters:
    ///   - path: the file.
    ///   - version: version of program and codebook; a document coded by another one is coded anew.
    ///   - coding: how events become lines and back.
    ///   - ledger: how documents give merged events, claims and registers; nil to keep events alone.
    ///   - now: gives the time that is noted with a document.
    /// - Throws: `StoreError` when the file is something else than a store or cannot be opened.
    public init(
        path: String, version: String, coding: EventCoding, ledger: LedgerPlan? = nil,
        now: @escaping @Sendable () -> String = EventStore.clock
    ) throws(StoreError) {
        let pool: DatabasePool
        do {
            pool = try DatabasePool(path: path, configuration: configuration(path: path))
        } catch {
            throw openingError(error, path: path)
        }
        database = pool
        self.coding = coding
        self.ledger = ledger
        self.version = version
        self.now = now
        try migrate(path: path)
    }

    /// A store that lives in memory and ends with this object.
    public init(
        inMemory version: String, coding: EventCoding, ledger: LedgerPlan? = nil,
        now: @escaping @Sendable () -> String = EventStore.clock
    ) throws(StoreError) {
        let path = ":memory:"
        do {
            database = try DatabaseQueue(configuration: configuration(path: path))
        } catch {
            throw openingError(error, path: path)
        }
        self.coding = coding
        self.ledger = ledger
        self.version = version
        self.now = now
        try migrate(path: path)
    }

    /// The present time in ISO 8601, UTC.
    public static let clock: @Sendable () -> String = { Date().formatted(.iso8601) }

    /// Closes the file; the store cannot be used afterwards.
    ///
    /// What was written is gathered into the one file first, unless another program is reading it.
    public func close() throws(StoreError) {
        try translated {
            do {
                _ = try database.writeWithoutTransaction { try $0.checkpoint(.truncate) }
            } catch let error as DatabaseError where error.resultCode == .SQLITE_BUSY {
                // The log beside the file stays, and whoever opens the store next reads it.
            }
            try database.close()
        }
    }

    private func migrate(path: String) throws(StoreError) {
        do {
            if try database.read(Migrations.migrator.hasBeenSuperseded) { throw StoreError.newerSchema(path: path) }
            try Migrations.migrator.migrate(database)
        } catch {
            throw openingError(error, path: path)
        }
    }

    /// Runs a body and puts every error of SQLite into words.
    func translated<Result>(_ body: () throws -> Result) throws(StoreError) -> Result {
        do {
            return try body()
        } catch let error as StoreError {
            throw error
        } catch let error as DatabaseError {
            throw .database(reason: error.message ?? error.description)
        } catch {
            throw .badEvent(reason: "\(error)")
        }
    }
}

/// Settings of every connection, and the refusal of files that are not Dyad's before anything is written.
private func configuration(path: String) -> Configuration {
    var configuration = Configuration()
    configuration.label = "dyad.store"
    configuration.busyMode = .timeout(30)
    configuration.prepareDatabase { db in
        let identifier = try Int.fetchOne(db, sql: "PRAGMA application_id") ?? 0
        if identifier != Migrations.applicationIdentifier {
            // A program that was killed while it made a new store leaves the list of migrations, and nothing else.
            let tables = try Int.fetchOne(
                db,
                sql: "SELECT COUNT(*) FROM sqlite_master WHERE tbl_name <> 'grdb_migrations'")
            if tables ?? 0 > 0 { throw StoreError.foreignDatabase(path: path) }
        }
        try db.execute(sql: "PRAGMA synchronous = NORMAL")
        try db.execute(sql: "PRAGMA cache_size = -64000")
        try db.execute(sql: "PRAGMA mmap_size = 1073741824")
    }
    return configuration
}

private func openingError(_ error: any Error, path: String) -> StoreError {
    switch error {
    case let error as StoreError: error
    case let error as DatabaseError where error.resultCode == .SQLITE_NOTADB: .notADatabase(path: path)
    case let error as DatabaseError: .cannotOpen(path: path, reason: error.message ?? error.description)
    default: .cannotOpen(path: path, reason: error.localizedDescription)
    }
}
