"""Ideas, who was told of a fix, three answers, the till's sales; forgetting, private notes."""

SUGGESTION = (
    """
    CREATE TABLE "suggestion" (
        "id" INTEGER NOT NULL PRIMARY KEY,
        "source" TEXT NOT NULL CHECK (source IN ('customer', 'staff')),
        "words" TEXT NOT NULL,
        "who" TEXT NOT NULL,
        "customer_id" INTEGER,
        "case_id" INTEGER,
        "cause_id" INTEGER,
        "correction_id" INTEGER,
        "status" TEXT NOT NULL CHECK (status IN ('open', 'adopted', 'declined')),
        "end_words" TEXT NOT NULL,
        "decided_at" TEXT CHECK ("decided_at" IS strftime('%Y-%m-%dT%H:%M:%SZ', "decided_at")),
        "thanked_at" TEXT CHECK ("thanked_at" IS strftime('%Y-%m-%dT%H:%M:%SZ', "thanked_at")),
        "created_at" TEXT NOT NULL CHECK ("created_at" IS strftime('%Y-%m-%dT%H:%M:%SZ',
            "created_at")),
        FOREIGN KEY ("customer_id") REFERENCES "customer" ("id") ON DELETE RESTRICT,
        FOREIGN KEY ("case_id") REFERENCES "recovery_case" ("id") ON DELETE RESTRICT,
        FOREIGN KEY ("cause_id") REFERENCES "cause" ("id") ON DELETE RESTRICT,
        FOREIGN KEY ("correction_id") REFERENCES "corrective_action" ("id") ON DELETE RESTRICT
    )
    """,
    'CREATE INDEX "suggestion_customer_id" ON "suggestion" ("customer_id")',
    'CREATE INDEX "suggestion_case_id" ON "suggestion" ("case_id")',
    'CREATE INDEX "suggestion_cause_id" ON "suggestion" ("cause_id")',
    'CREATE INDEX "suggestion_correction_id" ON "suggestion" ("correction_id")',
)

FIX_NEWS = (
    """
    CREATE TABLE "fix_news" (
        "id" INTEGER NOT NULL PRIMARY KEY,
        "correction_id" INTEGER NOT NULL,
        "customer_id" INTEGER NOT NULL,
        "case_id" INTEGER,
        "way" TEXT NOT NULL CHECK (way IN ('call', 'visit', 'email', 'letter', 'message')),
        "document_id" INTEGER,
        "follow_up_id" INTEGER CHECK (typeof("follow_up_id") IN ('integer', 'null')),
        "at" TEXT NOT NULL CHECK ("at" IS strftime('%Y-%m-%dT%H:%M:%SZ', "at")),
        FOREIGN KEY ("correction_id") REFERENCES "corrective_action" ("id") ON DELETE RESTRICT,
        FOREIGN KEY ("customer_id") REFERENCES "customer" ("id") ON DELETE RESTRICT,
        FOREIGN KEY ("case_id") REFERENCES "recovery_case" ("id") ON DELETE RESTRICT,
        FOREIGN KEY ("document_id") REFERENCES "document" ("id") ON DELETE RESTRICT
    )
    """,
    'CREATE INDEX "fix_news_correction_id" ON "fix_news" ("correction_id")',
    'CREATE INDEX "fix_news_customer_id" ON "fix_news" ("customer_id")',
    'CREATE INDEX "fix_news_case_id" ON "fix_news" ("case_id")',
    'CREATE INDEX "fix_news_document_id" ON "fix_news" ("document_id")',
    'CREATE INDEX "fix_news_follow_up_id" ON "fix_news" ("follow_up_id")',
    """
        CREATE UNIQUE INDEX "fix_news_correction_id_customer_id" ON "fix_news"
        ("correction_id", "customer_id")
    """,
)

FEEDBACK = (
    """
    CREATE TABLE "feedback" (
        "id" INTEGER NOT NULL PRIMARY KEY,
        "case_id" INTEGER NOT NULL,
        "customer_id" INTEGER NOT NULL,
        "given_on" DATE NOT NULL CHECK ("given_on" IS date("given_on")),
        "fair" INTEGER CHECK (fair BETWEEN 1 AND 5) CHECK (typeof("fair") IN ('integer',
            'null')),
        "easy" INTEGER CHECK (easy BETWEEN 1 AND 5) CHECK (typeof("easy") IN ('integer',
            'null')),
        "treated" INTEGER CHECK (treated BETWEEN 1 AND 5) CHECK (typeof("treated") IN
            ('integer', 'null')),
        "words" TEXT NOT NULL,
        "by_card" INTEGER NOT NULL CHECK ("by_card" IN (0, 1)),
        "created_at" TEXT NOT NULL CHECK ("created_at" IS strftime('%Y-%m-%dT%H:%M:%SZ',
            "created_at")),
        FOREIGN KEY ("case_id") REFERENCES "recovery_case" ("id") ON DELETE RESTRICT,
        FOREIGN KEY ("customer_id") REFERENCES "customer" ("id") ON DELETE RESTRICT
    )
    """,
    'CREATE INDEX "feedback_case_id" ON "feedback" ("case_id")',
    'CREATE INDEX "feedback_customer_id" ON "feedback" ("customer_id")',
    'CREATE INDEX "feedback_given_on" ON "feedback" ("given_on")',
)

SALES_IMPORT = (
    """
    CREATE TABLE "sales_import" (
        "id" INTEGER NOT NULL PRIMARY KEY,
        "name" TEXT NOT NULL,
        "fingerprint" TEXT NOT NULL,
        "at" TEXT NOT NULL CHECK ("at" IS strftime('%Y-%m-%dT%H:%M:%SZ', "at")),
        "lines" INTEGER NOT NULL CHECK (typeof("lines") IN ('integer', 'null')),
        "taken" INTEGER NOT NULL CHECK (typeof("taken") IN ('integer', 'null'))
    )
    """,
    'CREATE INDEX "sales_import_fingerprint" ON "sales_import" ("fingerprint")',
)

SALE = (
    """
    CREATE TABLE "sale" (
        "id" INTEGER NOT NULL PRIMARY KEY,
        "customer_id" INTEGER NOT NULL,
        "sold_on" DATE NOT NULL CHECK ("sold_on" IS date("sold_on")),
        "amount_cents" INTEGER NOT NULL CHECK (typeof("amount_cents") IN ('integer', 'null')),
        "key" TEXT NOT NULL,
        "sales_import_id" INTEGER NOT NULL,
        "visit_id" INTEGER CHECK (typeof("visit_id") IN ('integer', 'null')),
        FOREIGN KEY ("customer_id") REFERENCES "customer" ("id") ON DELETE RESTRICT,
        FOREIGN KEY ("sales_import_id") REFERENCES "sales_import" ("id") ON DELETE RESTRICT
    )
    """,
    'CREATE INDEX "sale_customer_id" ON "sale" ("customer_id")',
    'CREATE UNIQUE INDEX "sale_key" ON "sale" ("key")',
    'CREATE INDEX "sale_sales_import_id" ON "sale" ("sales_import_id")',
    'CREATE INDEX "sale_visit_id" ON "sale" ("visit_id")',
    'CREATE INDEX "sale_customer_id_sold_on" ON "sale" ("customer_id", "sold_on")',
)

FOLLOW_UP = (
    """
    CREATE TABLE "new_follow_up" (
        "id" INTEGER NOT NULL PRIMARY KEY,
        "kind" TEXT NOT NULL CHECK (kind IN ('plan_step', 'reminder', 'check', 'closing',
            'promise', 'rescue', 'gift', 'touch', 'approval', 'expected', 'after_visit',
            'came_back', 'news', 'thanks', 'forget')),
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
            'handed_over', 'resolved', 'next_visit', 'correction_done', 'fixed', 'step_done')),
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
        "put_offs" INTEGER NOT NULL DEFAULT 0 CHECK (typeof("put_offs") IN ('integer',
            'null')),
        "promised_at" TEXT CHECK ("promised_at" IS strftime('%Y-%m-%dT%H:%M:%SZ',
            "promised_at")),
        "put_off_from" TEXT CHECK ("put_off_from" IS strftime('%Y-%m-%dT%H:%M:%SZ',
            "put_off_from")),
        "every" INTEGER NOT NULL DEFAULT 0 CHECK (typeof("every") IN ('integer', 'null')),
        "every_unit" TEXT NOT NULL DEFAULT 'days' CHECK (every_unit IN ('open_hours',
            'open_days', 'days', 'weeks', 'months')),
        "remedy_id" INTEGER CHECK (typeof("remedy_id") IN ('integer', 'null')),
        "voucher_id" INTEGER CHECK (typeof("voucher_id") IN ('integer', 'null')),
        FOREIGN KEY ("customer_id") REFERENCES "customer" ("id") ON DELETE RESTRICT,
        FOREIGN KEY ("case_id") REFERENCES "recovery_case" ("id") ON DELETE RESTRICT,
        FOREIGN KEY ("person_id") REFERENCES "person" ("id") ON DELETE RESTRICT
    )
    """,
    """
    INSERT INTO "new_follow_up" ("id", "kind", "act", "title", "reason", "customer_id",
        "case_id", "correction_id", "person_id", "step_key", "position", "anchor", "offset",
        "unit", "timed", "due_at", "due_on", "moved", "status", "ended_at", "end_words",
        "created_at", "put_offs", "promised_at", "put_off_from", "every", "every_unit",
        "remedy_id", "voucher_id") SELECT "id", "kind", "act", "title", "reason",
        "customer_id", "case_id", "correction_id", "person_id", "step_key", "position",
        "anchor", "offset", "unit", "timed", "due_at", "due_on", "moved", "status",
        "ended_at", "end_words", "created_at", "put_offs", "promised_at", "put_off_from",
        "every", "every_unit", "remedy_id", "voucher_id" FROM "follow_up"
    """,
    'DROP TABLE "follow_up"',
    'ALTER TABLE "new_follow_up" RENAME TO "follow_up"',
    'CREATE INDEX "follow_up_customer_id" ON "follow_up" ("customer_id")',
    'CREATE INDEX "follow_up_case_id" ON "follow_up" ("case_id")',
    'CREATE INDEX "follow_up_correction_id" ON "follow_up" ("correction_id")',
    'CREATE INDEX "follow_up_person_id" ON "follow_up" ("person_id")',
    'CREATE INDEX "follow_up_remedy_id" ON "follow_up" ("remedy_id")',
    'CREATE INDEX "follow_up_voucher_id" ON "follow_up" ("voucher_id")',
    'CREATE INDEX "follow_up_status_due_on" ON "follow_up" ("status", "due_on")',
    'CREATE INDEX "follow_up_case_id_position" ON "follow_up" ("case_id", "position")',
    'CREATE INDEX "follow_up_customer_id_status" ON "follow_up" ("customer_id", "status")',
)

DOCUMENT = (
    """
    CREATE TABLE "new_document" (
        "id" INTEGER NOT NULL PRIMARY KEY,
        "kind" TEXT NOT NULL CHECK (kind IN ('letter', 'certificate', 'checklist', 'slip',
            'case_file', 'staff_page', 'policy', 'intake_card', 'comment_card', 'poster',
            'envelope', 'labels', 'month_page', 'email')),
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
        "promised_at" TEXT CHECK ("promised_at" IS strftime('%Y-%m-%dT%H:%M:%SZ',
            "promised_at")),
        "enclosed" TEXT NOT NULL DEFAULT '[]',
        FOREIGN KEY ("customer_id") REFERENCES "customer" ("id") ON DELETE RESTRICT,
        FOREIGN KEY ("case_id") REFERENCES "recovery_case" ("id") ON DELETE RESTRICT,
        FOREIGN KEY ("voucher_id") REFERENCES "voucher" ("id") ON DELETE RESTRICT,
        FOREIGN KEY ("content_id") REFERENCES "blob" ("hash") ON DELETE RESTRICT,
        FOREIGN KEY ("person_id") REFERENCES "person" ("id") ON DELETE RESTRICT
    )
    """,
    """
    INSERT INTO "new_document" ("id", "kind", "title", "file_name", "customer_id",
        "case_id", "voucher_id", "template", "status", "content_id", "text", "pages", "at",
        "person_id", "promised_at", "enclosed") SELECT "id", "kind", "title", "file_name",
        "customer_id", "case_id", "voucher_id", "template", "status", "content_id", "text",
        "pages", "at", "person_id", "promised_at", "enclosed" FROM "document"
    """,
    'DROP TABLE "document"',
    'ALTER TABLE "new_document" RENAME TO "document"',
    'CREATE INDEX "document_customer_id" ON "document" ("customer_id")',
    'CREATE INDEX "document_case_id" ON "document" ("case_id")',
    'CREATE INDEX "document_voucher_id" ON "document" ("voucher_id")',
    'CREATE INDEX "document_content_id" ON "document" ("content_id")',
    'CREATE INDEX "document_person_id" ON "document" ("person_id")',
)

ADDED = (
    """
    ALTER TABLE "shop" ADD COLUMN "average_worth_cents" INTEGER CHECK
        (average_worth_cents >= 0) CHECK (typeof("average_worth_cents") IN ('integer',
        'null'))
    """,
    """
    ALTER TABLE "shop" ADD COLUMN "silent_estimate" INTEGER NOT NULL DEFAULT 0 CHECK
        ("silent_estimate" IN (0, 1))
    """,
    """
    ALTER TABLE "shop" ADD COLUMN "sales_columns" TEXT NOT NULL DEFAULT ''
    """,
    """
    ALTER TABLE "shop" ADD COLUMN "retention_months" INTEGER CHECK
        (typeof("retention_months") IN ('integer', 'null'))
    """,
    """
    ALTER TABLE "shop" ADD COLUMN "desk_key" TEXT NOT NULL DEFAULT ''
    """,
    """
    ALTER TABLE "customer" ADD COLUMN "erased_at" TEXT CHECK ("erased_at" IS
        strftime('%Y-%m-%dT%H:%M:%SZ', "erased_at"))
    """,
    """
    ALTER TABLE "recovery_case" ADD COLUMN "sensitive" INTEGER NOT NULL DEFAULT 0 CHECK
        ("sensitive" IN (0, 1))
    """,
    """
    ALTER TABLE "recovery_case" ADD COLUMN "private_note" TEXT NOT NULL DEFAULT ''
    """,
    """
    ALTER TABLE "recovery_case" ADD COLUMN "idea_asked_at" TEXT CHECK ("idea_asked_at"
        IS strftime('%Y-%m-%dT%H:%M:%SZ', "idea_asked_at"))
    """,
    """
    ALTER TABLE "corrective_action" ADD COLUMN "rule" TEXT NOT NULL DEFAULT ''
    """,
    """
    ALTER TABLE "corrective_action" ADD COLUMN "end_words" TEXT NOT NULL DEFAULT ''
    """,
    """
    ALTER TABLE "corrective_action" ADD COLUMN "came_back_at" TEXT CHECK ("came_back_at"
        IS strftime('%Y-%m-%dT%H:%M:%SZ', "came_back_at"))
    """,
    """
    ALTER TABLE "corrective_action" ADD COLUMN "came_back_case_id" INTEGER CHECK
        (typeof("came_back_case_id") IN ('integer', 'null'))
    """,
    """
    ALTER TABLE "visit" ADD COLUMN "from_file" INTEGER NOT NULL DEFAULT 0 CHECK
        ("from_file" IN (0, 1))
    """,
    'CREATE INDEX "visit_customer_id_visited_on" ON "visit" ("customer_id", "visited_on")',
)


def up(migrator, db):
    for statements in (FOLLOW_UP, DOCUMENT, SUGGESTION, FIX_NEWS, FEEDBACK, SALES_IMPORT, SALE):
        for statement in statements:
            db.execute_sql(statement.strip())
    for statement in ADDED:
        db.execute_sql(statement.strip())
