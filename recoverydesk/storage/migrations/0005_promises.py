"""Promises with a date of their own, on follow-ups and papers; drafts outlive an undone case."""

FOLLOW_UP = (
    """
    CREATE TABLE "new_follow_up" (
        "id" INTEGER NOT NULL PRIMARY KEY,
        "kind" TEXT NOT NULL CHECK (kind IN ('plan_step', 'reminder', 'check', 'closing',
            'promise')),
        "act" TEXT NOT NULL CHECK (act IN ('call', 'write', 'talk', 'give', 'greet', 'fix',
            'decide')),
        "title" TEXT NOT NULL,
        "reason" TEXT NOT NULL,
        "customer_id" INTEGER,
        "case_id" INTEGER,
        "correction_id" INTEGER CHECK (typeof("correction_id") IN ('integer', 'null')),
        "person_id" INTEGER,
        "step_key" TEXT NOT NULL,
        "position" INTEGER NOT NULL CHECK (typeof("position") IN ('integer', 'null')),
        "anchor" TEXT NOT NULL CHECK (anchor IN ('opened', 'first_contact', 'agreed',
            'handed_over', 'resolved', 'next_visit', 'correction_done', 'fixed')),
        "offset" INTEGER NOT NULL CHECK (typeof("offset") IN ('integer', 'null')),
        "unit" TEXT NOT NULL CHECK (unit IN ('open_hours', 'open_days', 'days', 'weeks',
            'months')),
        "timed" INTEGER NOT NULL CHECK ("timed" IN (0, 1)),
        "due_at" TEXT CHECK ("due_at" IS strftime('%Y-%m-%dT%H:%M:%SZ', "due_at")),
        "due_on" DATE CHECK ("due_on" IS date("due_on")),
        "moved" INTEGER NOT NULL CHECK ("moved" IN (0, 1)),
        "status" TEXT NOT NULL CHECK (status IN ('planned', 'done', 'no_answer', 'skipped')),
        "ended_at" TEXT CHECK ("ended_at" IS strftime('%Y-%m-%dT%H:%M:%SZ', "ended_at")),
        "end_words" TEXT NOT NULL,
        "created_at" TEXT NOT NULL CHECK ("created_at" IS strftime('%Y-%m-%dT%H:%M:%SZ',
            "created_at")),
        "put_offs" INTEGER NOT NULL DEFAULT 0 CHECK (typeof("put_offs") IN ('integer', 'null')),
        "promised_at" TEXT
            CHECK ("promised_at" IS strftime('%Y-%m-%dT%H:%M:%SZ', "promised_at")),
        FOREIGN KEY ("customer_id") REFERENCES "customer" ("id") ON DELETE RESTRICT,
        FOREIGN KEY ("case_id") REFERENCES "recovery_case" ("id") ON DELETE RESTRICT,
        FOREIGN KEY ("person_id") REFERENCES "person" ("id") ON DELETE RESTRICT
    )
    """,
    """
    INSERT INTO "new_follow_up" SELECT "id", "kind", "act", "title", "reason", "customer_id",
        "case_id", "correction_id", "person_id", "step_key", "position", "anchor", "offset",
        "unit", "timed", "due_at", "due_on", "moved", "status", "ended_at", "end_words",
        "created_at", "put_offs", NULL FROM "follow_up"
    """,
    'DROP TABLE "follow_up"',
    'ALTER TABLE "new_follow_up" RENAME TO "follow_up"',
    'CREATE INDEX "follow_up_customer_id" ON "follow_up" ("customer_id")',
    'CREATE INDEX "follow_up_case_id" ON "follow_up" ("case_id")',
    'CREATE INDEX "follow_up_correction_id" ON "follow_up" ("correction_id")',
    'CREATE INDEX "follow_up_person_id" ON "follow_up" ("person_id")',
    'CREATE INDEX "follow_up_status_due_on" ON "follow_up" ("status", "due_on")',
    'CREATE INDEX "follow_up_case_id_position" ON "follow_up" ("case_id", "position")',
    'CREATE INDEX "follow_up_customer_id_status" ON "follow_up" ("customer_id", "status")',
)

DOCUMENT = (
    """
    ALTER TABLE "document" ADD COLUMN "promised_at" TEXT
        CHECK ("promised_at" IS strftime('%Y-%m-%dT%H:%M:%SZ', "promised_at"))
    """,
    """
    ALTER TABLE "document" ADD COLUMN "enclosed" TEXT NOT NULL DEFAULT '[]'
    """,
)

LETTER_DRAFT = (
    """
    CREATE TABLE "new_letter_draft" (
        "id" INTEGER NOT NULL PRIMARY KEY,
        "case_number" TEXT NOT NULL,
        "template" TEXT NOT NULL,
        "tone" TEXT NOT NULL,
        "language" TEXT NOT NULL,
        "body" TEXT NOT NULL,
        "enclosed" TEXT NOT NULL,
        "promised_on" DATE CHECK ("promised_on" IS date("promised_on")),
        "saved_at" TEXT NOT NULL
            CHECK ("saved_at" IS strftime('%Y-%m-%dT%H:%M:%SZ', "saved_at"))
    )
    """,
    """
    INSERT INTO "new_letter_draft" SELECT "letter_draft"."id", "number", "template", "tone",
        "language", "body", "enclosed", NULL, "saved_at"
        FROM "letter_draft" JOIN "recovery_case" ON "recovery_case"."id" = "case_id"
    """,
    'DROP TABLE "letter_draft"',
    'ALTER TABLE "new_letter_draft" RENAME TO "letter_draft"',
    """
    CREATE UNIQUE INDEX "letter_draft_case_number_template"
        ON "letter_draft" ("case_number", "template")
    """,
)


def up(migrator, db):
    for statement in (*FOLLOW_UP, *DOCUMENT, *LETTER_DRAFT):
        db.execute_sql(statement.strip())
