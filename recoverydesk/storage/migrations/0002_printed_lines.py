"""What stood on a printed checklist, line by line."""

STATEMENTS = (
    """
    CREATE TABLE "printed_line" (
        "id" INTEGER NOT NULL PRIMARY KEY,
        "document_id" INTEGER NOT NULL,
        "position" INTEGER NOT NULL CHECK (position >= 1) CHECK (typeof("position") IN ('integer',
            'null')),
        "follow_up_id" INTEGER,
        "due_on" DATE CHECK ("due_on" IS date("due_on")),
        FOREIGN KEY ("document_id") REFERENCES "document" ("id") ON DELETE RESTRICT,
        FOREIGN KEY ("follow_up_id") REFERENCES "follow_up" ("id") ON DELETE SET NULL
    )
    """,
    'CREATE INDEX "printed_line_document_id" ON "printed_line" ("document_id")',
    'CREATE INDEX "printed_line_follow_up_id" ON "printed_line" ("follow_up_id")',
    """
    CREATE UNIQUE INDEX "printed_line_document_id_position"
        ON "printed_line" ("document_id", "position")
    """,
)


def up(migrator, db):
    for statement in STATEMENTS:
        db.execute_sql(statement)
