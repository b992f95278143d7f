"""Window envelopes, owners' own letters, drafts, policies, and more kinds of paper."""

SHOP = (
    """
    "envelope" TEXT NOT NULL DEFAULT 'automatic' CHECK (envelope IN ('automatic', 'din_b', 'din_a',
        'c56', 'us_10', 'none'))
    """,
    "\"typeface\" TEXT NOT NULL DEFAULT 'serif' CHECK (typeface IN ('serif', 'sans'))",
    '"fold_marks" INTEGER NOT NULL DEFAULT 1 CHECK ("fold_marks" IN (0, 1))',
    '"admits_fault" INTEGER NOT NULL DEFAULT 1 CHECK ("admits_fault" IN (0, 1))',
)

LETTER_TEMPLATE = (
    "\"title\" TEXT NOT NULL DEFAULT ''",
    """
    "changed_at" TEXT CHECK ("changed_at" IS strftime('%Y-%m-%dT%H:%M:%SZ', "changed_at"))
    """,
)

# A check can't be changed in place: the papers move to a new table of the same name.
DOCUMENT = (
    """
    CREATE TABLE "new_document" (
        "id" INTEGER NOT NULL PRIMARY KEY,
        "kind" TEXT NOT NULL CHECK (kind IN ('letter', 'certificate', 'checklist', 'slip',
            'case_file', 'staff_page', 'policy', 'intake_card', 'comment_card', 'poster',
            'envelope', 'labels', 'email')),
        "title" TEXT NOT NULL,
        "file_name" TEXT NOT NULL,
        "customer_id" INTEGER,
        "case_id" INTEGER,
        "voucher_id" INTEGER,
        "template" TEXT NOT NULL,
        "status" TEXT NOT NULL CHECK (status IN ('draft', 'prepared', 'printed', 'sent',
            'handed_over', 'void')),
        "content_id" TEXT NOT NULL,
        "text" TEXT NOT NULL,
        "pages" INTEGER NOT NULL CHECK (typeof("pages") IN ('integer', 'null')),
        "at" TEXT NOT NULL CHECK ("at" IS strftime('%Y-%m-%dT%H:%M:%SZ', "at")),
        "person_id" INTEGER,
        FOREIGN KEY ("customer_id") REFERENCES "customer" ("id") ON DELETE RESTRICT,
        FOREIGN KEY ("case_id") REFERENCES "recovery_case" ("id") ON DELETE RESTRICT,
        FOREIGN KEY ("voucher_id") REFERENCES "voucher" ("id") ON DELETE RESTRICT,
        FOREIGN KEY ("content_id") REFERENCES "blob" ("hash") ON DELETE RESTRICT,
        FOREIGN KEY ("person_id") REFERENCES "person" ("id") ON DELETE RESTRICT
    )
    """,
    """
    INSERT INTO "new_document" SELECT "id", "kind", "title", "file_name", "customer_id", "case_id",
        "voucher_id", "template", "status", "content_id", "text", "pages", "at", "person_id"
        FROM "document"
    """,
    'DROP TABLE "document"',
    'ALTER TABLE "new_document" RENAME TO "document"',
    'CREATE INDEX "document_customer_id" ON "document" ("customer_id")',
    'CREATE INDEX "document_case_id" ON "document" ("case_id")',
    'CREATE INDEX "document_voucher_id" ON "document" ("voucher_id")',
    'CREATE INDEX "document_content_id" ON "document" ("content_id")',
    'CREATE INDEX "document_person_id" ON "document" ("person_id")',
)

NEW_TABLES = (
    """
    CREATE TABLE "letter_draft" (
        "id" INTEGER NOT NULL PRIMARY KEY,
        "case_id" INTEGER NOT NULL,
        "template" TEXT NOT NULL,
        "tone" TEXT NOT NULL,
        "language" TEXT NOT NULL,
        "body" TEXT NOT NULL,
        "enclosed" TEXT NOT NULL,
        "saved_at" TEXT NOT NULL
            CHECK ("saved_at" IS strftime('%Y-%m-%dT%H:%M:%SZ', "saved_at")),
        FOREIGN KEY ("case_id") REFERENCES "recovery_case" ("id") ON DELETE CASCADE
    )
    """,
    'CREATE INDEX "letter_draft_case_id" ON "letter_draft" ("case_id")',
    """
    CREATE UNIQUE INDEX "letter_draft_case_id_template" ON "letter_draft" ("case_id", "template")
    """,
    """
    CREATE TABLE "policy_version" (
        "id" INTEGER NOT NULL PRIMARY KEY,
        "version" INTEGER NOT NULL CHECK (typeof("version") IN ('integer', 'null')),
        "words" TEXT NOT NULL,
        "made_at" TEXT NOT NULL CHECK ("made_at" IS strftime('%Y-%m-%dT%H:%M:%SZ', "made_at")),
        "document_id" INTEGER,
        FOREIGN KEY ("document_id") REFERENCES "document" ("id") ON DELETE RESTRICT
    )
    """,
    'CREATE UNIQUE INDEX "policy_version_version" ON "policy_version" ("version")',
    'CREATE INDEX "policy_version_document_id" ON "policy_version" ("document_id")',
)


def up(migrator, db):
    for table, columns in (("shop", SHOP), ("letter_template", LETTER_TEMPLATE)):
        for column in columns:
            db.execute_sql(f'ALTER TABLE "{table}" ADD COLUMN {column.strip()}')
    for statement in (*DOCUMENT, *NEW_TABLES):
        db.execute_sql(statement)
