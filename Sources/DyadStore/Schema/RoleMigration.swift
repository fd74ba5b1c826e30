import GRDB

/// The step that adds the offices of persons which reports tell.
enum RoleMigration {
    static func register(in migrator: inout DatabaseMigrator) {
        migrator.registerMigration("roles of persons") { db in
            try db.execute(sql: table)
            // Documents saved before have no roles; they are coded anew at the next run.
            try db.execute(sql: "UPDATE documents SET version = ''")
        }
    }

    private static let table = """
        CREATE TABLE person_roles (
            document INTEGER NOT NULL REFERENCES documents ON DELETE CASCADE,
            position INTEGER NOT NULL,
            person TEXT NOT NULL,
            role TEXT NOT NULL,
            body TEXT NOT NULL,
            sector TEXT NOT NULL,
            sentence INTEGER NOT NULL,
            span_start INTEGER NOT NULL,
            span_end INTEGER NOT NULL,
            PRIMARY KEY (document, position)
        ) STRICT, WITHOUT ROWID;
        CREATE INDEX person_roles_by_person ON person_roles (person);
        CREATE INDEX person_roles_by_body ON person_roles (body);
        """
}
