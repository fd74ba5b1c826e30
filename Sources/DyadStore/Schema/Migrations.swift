import GRDB

/// The steps by which a database comes to its present form.
///
/// A released step is never edited; a change is a new step.
enum Migrations {
    /// Marks the file as Dyad's own (`PRAGMA application_id`, "DYAD").
    static let applicationIdentifier = 0x4459_4144

    static var migrator: DatabaseMigrator {
        var migrator = DatabaseMigrator()
        migrator.registerMigration("1 documents and events") { db in
            try db.execute(sql: "PRAGMA application_id = \(applicationIdentifier)")
            try db.execute(sql: documents)
            try db.execute(sql: events)
        }
        migrator.registerMigration("2 search") { try $0.execute(sql: search) }
        migrator.registerMigration("3 claims, records and reviews") { try $0.execute(sql: ledger) }
        migrator.registerMigration("4 copies and comments") { try $0.execute(sql: ingest) }
        RoleMigration.register(in: &migrator)
        migrator.registerMigration("ledger: rows, places and entries") { try $0.execute(sql: LedgerSchema.tables) }
        migrator.registerMigration("ledger: pairs by day") { try $0.execute(sql: LedgerSchema.pairs) }
        return migrator
    }

    private static let documents = """
        CREATE TABLE documents (
            row INTEGER PRIMARY KEY,
            id TEXT NOT NULL UNIQUE,
            name TEXT NOT NULL UNIQUE,
            content_hash TEXT NOT NULL,
            version TEXT NOT NULL,
            byte_count INTEGER NOT NULL,
            publisher TEXT,
            published TEXT,
            url TEXT,
            title TEXT,
            agency TEXT,
            body_hash TEXT NOT NULL,
            outlet TEXT NOT NULL,
            coded_at TEXT NOT NULL
        ) STRICT;
        CREATE TABLE sentences (
            row INTEGER PRIMARY KEY,
            document INTEGER NOT NULL REFERENCES documents ON DELETE CASCADE,
            position INTEGER NOT NULL,
            span_start INTEGER NOT NULL,
            span_end INTEGER NOT NULL,
            text TEXT NOT NULL,
            label TEXT NOT NULL,
            UNIQUE (document, position)
        ) STRICT;
        CREATE TABLE actors (
            row INTEGER PRIMARY KEY,
            body TEXT NOT NULL,
            sector TEXT NOT NULL,
            name TEXT NOT NULL,
            UNIQUE (body, sector, name)
        ) STRICT;
        """

    private static let events = """
        CREATE TABLE events (
            row INTEGER PRIMARY KEY,
            document INTEGER NOT NULL REFERENCES documents ON DELETE CASCADE,
            position INTEGER NOT NULL,
            id TEXT NOT NULL,
            type TEXT NOT NULL,
            mode TEXT,
            contexts TEXT NOT NULL,
            quad INTEGER NOT NULL,
            intensity REAL,
            cameo TEXT,
            goldstein REAL,
            trigger_text TEXT NOT NULL,
            trigger_start INTEGER NOT NULL,
            trigger_end INTEGER NOT NULL,
            date_value TEXT,
            date_precision TEXT,
            date_basis TEXT,
            first_day TEXT,
            last_day TEXT,
            place TEXT,
            place_country TEXT,
            latitude REAL,
            longitude REAL,
            factuality TEXT NOT NULL,
            holder TEXT,
            sentence INTEGER NOT NULL,
            span_start INTEGER NOT NULL,
            span_end INTEGER NOT NULL,
            confidence REAL NOT NULL,
            stage TEXT NOT NULL,
            rule TEXT NOT NULL,
            json TEXT NOT NULL,
            UNIQUE (document, position)
        ) STRICT;
        CREATE INDEX events_by_id ON events (id);
        CREATE INDEX events_by_day ON events (first_day);
        CREATE INDEX events_by_type ON events (type, first_day);
        CREATE TABLE event_actors (
            event INTEGER NOT NULL REFERENCES events ON DELETE CASCADE,
            side INTEGER NOT NULL,
            position INTEGER NOT NULL,
            actor INTEGER NOT NULL REFERENCES actors,
            body TEXT NOT NULL,
            sector TEXT NOT NULL,
            text TEXT NOT NULL,
            span_start INTEGER NOT NULL,
            span_end INTEGER NOT NULL,
            PRIMARY KEY (event, side, position)
        ) STRICT, WITHOUT ROWID;
        CREATE INDEX event_actors_by_body ON event_actors (body, side, event);
        CREATE INDEX event_actors_by_actor ON event_actors (actor);
        CREATE TABLE attributions (
            event INTEGER NOT NULL REFERENCES events ON DELETE CASCADE,
            position INTEGER NOT NULL,
            depth INTEGER NOT NULL,
            source TEXT NOT NULL,
            kind TEXT NOT NULL,
            actor TEXT,
            cue TEXT NOT NULL,
            cue_start INTEGER NOT NULL,
            cue_end INTEGER NOT NULL,
            is_negative INTEGER NOT NULL,
            PRIMARY KEY (event, position)
        ) STRICT, WITHOUT ROWID;
        CREATE TABLE quantities (
            event INTEGER NOT NULL REFERENCES events ON DELETE CASCADE,
            position INTEGER NOT NULL,
            value REAL,
            low REAL,
            high REAL,
            comparison TEXT NOT NULL,
            unit TEXT,
            counted TEXT,
            kind TEXT NOT NULL,
            text TEXT NOT NULL,
            span_start INTEGER NOT NULL,
            span_end INTEGER NOT NULL,
            PRIMARY KEY (event, position)
        ) STRICT, WITHOUT ROWID;
        """

    private static let search = """
        CREATE VIRTUAL TABLE sentence_search USING fts5(
            text, content='sentences', content_rowid='row', tokenize='unicode61 remove_diacritics 2'
        );
        CREATE TRIGGER sentences_inserted AFTER INSERT ON sentences BEGIN
            INSERT INTO sentence_search (rowid, text) VALUES (new.row, new.text);
        END;
        CREATE TRIGGER sentences_deleted AFTER DELETE ON sentences BEGIN
            INSERT INTO sentence_search (sentence_search, rowid, text) VALUES ('delete', old.row, old.text);
        END;
        CREATE TRIGGER sentences_updated AFTER UPDATE ON sentences BEGIN
            INSERT INTO sentence_search (sentence_search, rowid, text) VALUES ('delete', old.row, old.text);
            INSERT INTO sentence_search (rowid, text) VALUES (new.row, new.text);
        END;
        """

    private static let ingest = """
        ALTER TABLE documents ADD COLUMN duplicate_of TEXT;
        ALTER TABLE documents ADD COLUMN sketch BLOB;
        ALTER TABLE documents ADD COLUMN languages TEXT;
        CREATE TABLE comments (
            document INTEGER NOT NULL REFERENCES documents ON DELETE CASCADE,
            position INTEGER NOT NULL,
            author TEXT,
            time TEXT,
            parent INTEGER,
            text TEXT NOT NULL,
            span_start INTEGER NOT NULL,
            span_end INTEGER NOT NULL,
            PRIMARY KEY (document, position)
        ) STRICT, WITHOUT ROWID;
        """

    private static let ledger = """
        CREATE TABLE claims (
            event INTEGER PRIMARY KEY REFERENCES events ON DELETE CASCADE,
            stance TEXT NOT NULL,
            holder TEXT
        ) STRICT;
        CREATE TABLE records (
            id TEXT PRIMARY KEY,
            type TEXT NOT NULL,
            mode TEXT,
            first_day TEXT,
            last_day TEXT,
            status TEXT NOT NULL
        ) STRICT, WITHOUT ROWID;
        CREATE TABLE record_events (
            record TEXT NOT NULL REFERENCES records ON DELETE CASCADE,
            event_id TEXT NOT NULL,
            PRIMARY KEY (record, event_id)
        ) STRICT, WITHOUT ROWID;
        CREATE TABLE reviews (
            row INTEGER PRIMARY KEY,
            event_id TEXT NOT NULL,
            reviewer TEXT NOT NULL,
            decision TEXT NOT NULL,
            note TEXT,
            reviewed_at TEXT NOT NULL,
            UNIQUE (event_id, reviewer, reviewed_at)
        ) STRICT;
        """
}
