/// Tables of the ledger: rows of documents, the places where they meet, and the entries that they make.
enum LedgerSchema {
    static let tables = """
        CREATE TABLE ledger_documents (
            document INTEGER PRIMARY KEY REFERENCES documents ON DELETE CASCADE,
            version TEXT NOT NULL
        ) STRICT;
        CREATE TABLE ledger_rows (
            row INTEGER PRIMARY KEY,
            kind TEXT NOT NULL,
            id TEXT NOT NULL,
            document INTEGER NOT NULL REFERENCES documents ON DELETE CASCADE,
            event INTEGER REFERENCES events ON DELETE CASCADE,
            json TEXT
        ) STRICT;
        CREATE INDEX ledger_rows_by_document ON ledger_rows (document);
        CREATE INDEX ledger_rows_by_event ON ledger_rows (event) WHERE event IS NOT NULL;
        CREATE TABLE ledger_places (
            kind TEXT NOT NULL,
            name TEXT NOT NULL,
            first INTEGER NOT NULL,
            last INTEGER NOT NULL,
            member INTEGER NOT NULL REFERENCES ledger_rows ON DELETE CASCADE,
            PRIMARY KEY (kind, name, first, last, member)
        ) STRICT, WITHOUT ROWID;
        CREATE INDEX ledger_places_by_member ON ledger_places (member);
        CREATE TABLE ledger_unsettled (
            kind TEXT NOT NULL,
            name TEXT NOT NULL,
            first INTEGER NOT NULL,
            last INTEGER NOT NULL,
            PRIMARY KEY (kind, first, name, last)
        ) STRICT, WITHOUT ROWID;
        CREATE TABLE ledger_entries (
            row INTEGER PRIMARY KEY,
            kind TEXT NOT NULL,
            id TEXT NOT NULL,
            status TEXT NOT NULL,
            first_day TEXT NOT NULL,
            last_day TEXT NOT NULL,
            json TEXT NOT NULL,
            UNIQUE (kind, id)
        ) STRICT;
        CREATE INDEX ledger_entries_by_day ON ledger_entries (kind, first_day);
        CREATE INDEX ledger_entries_by_status ON ledger_entries (kind, status, first_day);
        CREATE INDEX ledger_entries_emptied ON ledger_entries (kind) WHERE json = '';
        CREATE TABLE ledger_members (
            entry INTEGER NOT NULL REFERENCES ledger_entries ON DELETE CASCADE,
            member INTEGER NOT NULL,
            PRIMARY KEY (entry, member)
        ) STRICT, WITHOUT ROWID;
        CREATE INDEX ledger_members_by_member ON ledger_members (member);
        CREATE TABLE ledger_bodies (
            kind TEXT NOT NULL,
            body TEXT NOT NULL,
            first_day TEXT NOT NULL,
            entry INTEGER NOT NULL REFERENCES ledger_entries ON DELETE CASCADE,
            PRIMARY KEY (kind, body, first_day, entry)
        ) STRICT, WITHOUT ROWID;
        CREATE INDEX ledger_bodies_by_entry ON ledger_bodies (entry, body);
        CREATE TABLE withdrawn_events (
            id TEXT PRIMARY KEY,
            document TEXT NOT NULL,
            type TEXT NOT NULL,
            day TEXT,
            quote TEXT NOT NULL,
            reason TEXT NOT NULL
        ) STRICT, WITHOUT ROWID;
        """

    /// Who faces whom, by day: finds the events of a pair without gathering all events of either.
    static let pairs = """
        CREATE TABLE event_pairs (
            source TEXT NOT NULL,
            target TEXT NOT NULL,
            day TEXT NOT NULL,
            event INTEGER NOT NULL REFERENCES events ON DELETE CASCADE,
            PRIMARY KEY (source, target, day, event)
        ) STRICT, WITHOUT ROWID;
        CREATE INDEX event_pairs_by_event ON event_pairs (event);
        INSERT OR IGNORE INTO event_pairs (source, target, day, event)
        SELECT CASE s.body WHEN '' THEN s.sector ELSE s.body END, CASE t.body WHEN '' THEN t.sector ELSE t.body END,
            COALESCE(e.first_day, ''), e.row
        FROM events e JOIN event_actors s ON s.event = e.row AND s.side = 0
        JOIN event_actors t ON t.event = e.row AND t.side = 1;
        INSERT OR IGNORE INTO event_pairs (source, target, day, event)
        SELECT CASE s.body WHEN '' THEN s.sector ELSE s.body END, CASE t.body WHEN '' THEN t.sector ELSE t.body END,
            COALESCE(e.first_day, ''), e.row
        FROM events e JOIN event_actors s ON s.event = e.row AND s.side = 0
        JOIN event_actors t ON t.event = e.row AND t.side = 0 AND t.position <> s.position
        WHERE NOT EXISTS (SELECT * FROM event_actors x WHERE x.event = e.row AND x.side = 1);
        CREATE INDEX documents_by_published ON documents (published);
        """
}
