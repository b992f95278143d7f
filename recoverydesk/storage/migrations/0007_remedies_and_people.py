"""People with PINs, limits, the ladder, terms per kind of voucher, entitlements, gifts, touches."""

VOUCHER_RULE = (
    """
    CREATE TABLE "voucher_rule" (
        "id" INTEGER NOT NULL PRIMARY KEY,
        "kind" TEXT NOT NULL CHECK (kind IN ('goodwill_certificate', 'gift_card', 'coupon',
            'store_credit')),
        "months" INTEGER NOT NULL CHECK (months BETWEEN 0 AND 120) CHECK (typeof("months") IN
            ('integer', 'null')),
        "terms" TEXT NOT NULL
    )
    """,
    'CREATE UNIQUE INDEX "voucher_rule_kind" ON "voucher_rule" ("kind")',
)

ENTITLEMENT = (
    """
    CREATE TABLE "entitlement" (
        "id" INTEGER NOT NULL PRIMARY KEY,
        "remedy_id" INTEGER NOT NULL,
        "customer_id" INTEGER NOT NULL,
        "case_id" INTEGER,
        "kind" TEXT NOT NULL CHECK (kind IN ('apology_only', 'refund', 'discount',
            'replacement', 'repair', 'free_product', 'free_shipping', 'voucher', 'membership',
            'waived_fee', 'special_price', 'gift', 'other')),
        "words" TEXT NOT NULL,
        "goods" TEXT NOT NULL,
        "valid_from" DATE NOT NULL CHECK ("valid_from" IS date("valid_from")),
        "valid_to" DATE CHECK ("valid_to" IS date("valid_to")),
        "uses" INTEGER CHECK (uses > 0) CHECK (typeof("uses") IN ('integer', 'null')),
        "ended_at" TEXT CHECK ("ended_at" IS strftime('%Y-%m-%dT%H:%M:%SZ', "ended_at")),
        "end_words" TEXT NOT NULL,
        "created_at" TEXT NOT NULL CHECK ("created_at" IS strftime('%Y-%m-%dT%H:%M:%SZ',
            "created_at")),
        FOREIGN KEY ("remedy_id") REFERENCES "remedy" ("id") ON DELETE RESTRICT,
        FOREIGN KEY ("customer_id") REFERENCES "customer" ("id") ON DELETE RESTRICT,
        FOREIGN KEY ("case_id") REFERENCES "recovery_case" ("id") ON DELETE RESTRICT
    )
    """,
    'CREATE INDEX "entitlement_remedy_id" ON "entitlement" ("remedy_id")',
    'CREATE INDEX "entitlement_customer_id" ON "entitlement" ("customer_id")',
    'CREATE INDEX "entitlement_case_id" ON "entitlement" ("case_id")',
    'CREATE INDEX "entitlement_valid_to" ON "entitlement" ("valid_to")',
)

ENTITLEMENT_USE = (
    """
    CREATE TABLE "entitlement_use" (
        "id" INTEGER NOT NULL PRIMARY KEY,
        "entitlement_id" INTEGER NOT NULL,
        "case_id" INTEGER,
        "at" TEXT NOT NULL CHECK ("at" IS strftime('%Y-%m-%dT%H:%M:%SZ', "at")),
        "words" TEXT NOT NULL,
        "person_id" INTEGER,
        FOREIGN KEY ("entitlement_id") REFERENCES "entitlement" ("id") ON DELETE RESTRICT,
        FOREIGN KEY ("case_id") REFERENCES "recovery_case" ("id") ON DELETE RESTRICT,
        FOREIGN KEY ("person_id") REFERENCES "person" ("id") ON DELETE RESTRICT
    )
    """,
    'CREATE INDEX "entitlement_use_entitlement_id" ON "entitlement_use" ("entitlement_id")',
    'CREATE INDEX "entitlement_use_case_id" ON "entitlement_use" ("case_id")',
    'CREATE INDEX "entitlement_use_person_id" ON "entitlement_use" ("person_id")',
)

REMEDY = (
    """
    CREATE TABLE "new_remedy" (
        "id" INTEGER NOT NULL PRIMARY KEY,
        "case_id" INTEGER,
        "customer_id" INTEGER NOT NULL,
        "line_id" INTEGER,
        "kind" TEXT NOT NULL CHECK (kind IN ('apology_only', 'refund', 'discount',
            'replacement', 'repair', 'free_product', 'free_shipping', 'voucher', 'membership',
            'waived_fee', 'special_price', 'gift', 'other')),
        "words" TEXT NOT NULL,
        "value_cents" INTEGER NOT NULL CHECK (value_cents >= 0) CHECK (typeof("value_cents")
            IN ('integer', 'null')),
        "cost_cents" INTEGER NOT NULL CHECK (cost_cents >= 0) CHECK (typeof("cost_cents") IN
            ('integer', 'null')),
        "status" TEXT NOT NULL CHECK (status IN ('proposed', 'agreed', 'issued',
            'handed_over', 'used', 'part_used', 'lapsed', 'void')),
        "promised_for" DATE CHECK ("promised_for" IS date("promised_for")),
        "promised_by_id" INTEGER,
        "created_at" TEXT NOT NULL CHECK ("created_at" IS strftime('%Y-%m-%dT%H:%M:%SZ',
            "created_at")),
        "agreed_at" TEXT CHECK ("agreed_at" IS strftime('%Y-%m-%dT%H:%M:%SZ', "agreed_at")),
        "issued_at" TEXT CHECK ("issued_at" IS strftime('%Y-%m-%dT%H:%M:%SZ', "issued_at")),
        "handed_over_at" TEXT CHECK ("handed_over_at" IS strftime('%Y-%m-%dT%H:%M:%SZ',
            "handed_over_at")),
        "item_id" INTEGER,
        "occasion" TEXT NOT NULL DEFAULT '',
        "approved_by_id" INTEGER,
        FOREIGN KEY ("case_id") REFERENCES "recovery_case" ("id") ON DELETE RESTRICT,
        FOREIGN KEY ("customer_id") REFERENCES "customer" ("id") ON DELETE RESTRICT,
        FOREIGN KEY ("line_id") REFERENCES "negotiation_line" ("id") ON DELETE RESTRICT,
        FOREIGN KEY ("promised_by_id") REFERENCES "person" ("id") ON DELETE RESTRICT,
        FOREIGN KEY ("item_id") REFERENCES "catalogue_item" ("id") ON DELETE RESTRICT,
        FOREIGN KEY ("approved_by_id") REFERENCES "person" ("id") ON DELETE RESTRICT
    )
    """,
    """
    INSERT INTO "new_remedy" ("id", "case_id", "customer_id", "line_id", "kind",
        "words", "value_cents", "cost_cents", "status", "promised_for", "promised_by_id",
        "created_at", "agreed_at", "issued_at", "handed_over_at") SELECT "id", "case_id",
        "customer_id", "line_id", "kind", "words", "value_cents", "cost_cents", "status",
        "promised_for", "promised_by_id", "created_at", "agreed_at", "issued_at",
        "handed_over_at" FROM "remedy"
    """,
    'DROP TABLE "remedy"',
    'ALTER TABLE "new_remedy" RENAME TO "remedy"',
    'CREATE INDEX "remedy_case_id" ON "remedy" ("case_id")',
    'CREATE INDEX "remedy_customer_id" ON "remedy" ("customer_id")',
    'CREATE INDEX "remedy_line_id" ON "remedy" ("line_id")',
    'CREATE INDEX "remedy_promised_by_id" ON "remedy" ("promised_by_id")',
    'CREATE INDEX "remedy_created_at" ON "remedy" ("created_at")',
    'CREATE INDEX "remedy_item_id" ON "remedy" ("item_id")',
    'CREATE INDEX "remedy_approved_by_id" ON "remedy" ("approved_by_id")',
)

FOLLOW_UP = (
    """
    CREATE TABLE "new_follow_up" (
        "id" INTEGER NOT NULL PRIMARY KEY,
        "kind" TEXT NOT NULL CHECK (kind IN ('plan_step', 'reminder', 'check', 'closing',
            'promise', 'rescue', 'gift', 'touch', 'approval', 'expected', 'after_visit')),
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
        "created_at", "put_offs", "promised_at", "put_off_from", "every", "every_unit")
        SELECT "id", "kind", "act", "title", "reason", "customer_id", "case_id",
        "correction_id", "person_id", "step_key", "position", "anchor", "offset", "unit",
        "timed", "due_at", "due_on", "moved", "status", "ended_at", "end_words",
        "created_at", "put_offs", "promised_at", "put_off_from", "every", "every_unit" FROM
        "follow_up"
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

VOUCHER_ENTRY = (
    """
    CREATE TABLE "new_voucher_entry" (
        "id" INTEGER NOT NULL PRIMARY KEY,
        "voucher_id" INTEGER NOT NULL,
        "at" TEXT NOT NULL CHECK ("at" IS strftime('%Y-%m-%dT%H:%M:%SZ', "at")),
        "kind" TEXT NOT NULL CHECK (kind IN ('issue', 'redeem', 'refund', 'extend', 'void',
            'expire', 'replace')),
        "amount_cents" INTEGER NOT NULL CHECK (typeof("amount_cents") IN ('integer', 'null')),
        "words" TEXT NOT NULL,
        "person_id" INTEGER,
        FOREIGN KEY ("voucher_id") REFERENCES "voucher" ("id") ON DELETE RESTRICT,
        FOREIGN KEY ("person_id") REFERENCES "person" ("id") ON DELETE RESTRICT
    )
    """,
    """
    INSERT INTO "new_voucher_entry" ("id", "voucher_id", "at", "kind", "amount_cents",
        "words", "person_id") SELECT "id", "voucher_id", "at", "kind", "amount_cents",
        "words", "person_id" FROM "voucher_entry"
    """,
    'DROP TABLE "voucher_entry"',
    'ALTER TABLE "new_voucher_entry" RENAME TO "voucher_entry"',
    'CREATE INDEX "voucher_entry_voucher_id" ON "voucher_entry" ("voucher_id")',
    'CREATE INDEX "voucher_entry_person_id" ON "voucher_entry" ("person_id")',
)

ADDED = (
    """
    ALTER TABLE "person" ADD COLUMN "pin" TEXT NOT NULL DEFAULT ''
    """,
    """
    ALTER TABLE "person" ADD COLUMN "way_back" TEXT NOT NULL DEFAULT ''
    """,
    """
    ALTER TABLE "person" ADD COLUMN "limit_cents" INTEGER CHECK (limit_cents >= 0) CHECK
        (typeof("limit_cents") IN ('integer', 'null'))
    """,
    """
    ALTER TABLE "shop" ADD COLUMN "staff_limit_cents" INTEGER CHECK (staff_limit_cents
        >= 0) CHECK (typeof("staff_limit_cents") IN ('integer', 'null'))
    """,
    """
    ALTER TABLE "shop" ADD COLUMN "ladder" TEXT NOT NULL DEFAULT ''
    """,
    """
    ALTER TABLE "shop" ADD COLUMN "refund_days" INTEGER NOT NULL DEFAULT 7 CHECK
        (typeof("refund_days") IN ('integer', 'null'))
    """,
    """
    ALTER TABLE "shop" ADD COLUMN "second_chance_target" INTEGER NOT NULL DEFAULT 12
        CHECK (typeof("second_chance_target") IN ('integer', 'null'))
    """,
    """
    ALTER TABLE "cause" ADD COLUMN "manners" INTEGER NOT NULL DEFAULT 0 CHECK ("manners"
        IN (0, 1))
    """,
    """
    ALTER TABLE "catalogue_item" ADD COLUMN "offer_words" TEXT NOT NULL DEFAULT ''
    """,
    """
    ALTER TABLE "catalogue_item" ADD COLUMN "months" INTEGER CHECK (typeof("months") IN
        ('integer', 'null'))
    """,
    """
    ALTER TABLE "catalogue_item" ADD COLUMN "stock" INTEGER CHECK (typeof("stock") IN
        ('integer', 'null'))
    """,
    """
    ALTER TABLE "customer" ADD COLUMN "touch_ideal_days" INTEGER CHECK
        (typeof("touch_ideal_days") IN ('integer', 'null'))
    """,
    """
    ALTER TABLE "customer" ADD COLUMN "touch_latest_days" INTEGER CHECK
        (typeof("touch_latest_days") IN ('integer', 'null'))
    """,
    """
    ALTER TABLE "customer" ADD COLUMN "expected_on" DATE CHECK ("expected_on" IS
        date("expected_on"))
    """,
    """
    ALTER TABLE "voucher" ADD COLUMN "lapsed_at" TEXT CHECK ("lapsed_at" IS
        strftime('%Y-%m-%dT%H:%M:%SZ', "lapsed_at"))
    """,
    """
    ALTER TABLE "positive_event" ADD COLUMN "way" TEXT CHECK (way IN ('kept_promise',
        'told_what_changed', 'good_visit', 'greeted', 'rang_after', 'asked_for_more',
        'invited', 'made_valued', 'waived', 'better_price', 'thanked', 'stayed_in_touch'))
    """,
    """
    ALTER TABLE "positive_event" ADD COLUMN "negative" INTEGER NOT NULL DEFAULT 0 CHECK
        ("negative" IN (0, 1))
    """,
)

ABOUT_MANNERS = (
    "unfriendly or ignored", "unfriendly or not taken seriously", "rushed or unfriendly",
    "not listened to", "unfriendly or not helped", "promise not kept, no call", "no call, no news",
    "no answer to an e-mail",
)  # fmt: skip
"""Causes that shipped and are about how somebody was treated, as they are looked up."""


def up(migrator, db):
    whole = (REMEDY, FOLLOW_UP, VOUCHER_ENTRY, VOUCHER_RULE, ENTITLEMENT, ENTITLEMENT_USE)
    for statements in whole:
        for statement in statements:
            db.execute_sql(statement.strip())
    for statement in ADDED:
        db.execute_sql(statement.strip())
    marks = ", ".join("?" * len(ABOUT_MANNERS))
    db.execute_sql(
        f'UPDATE "cause" SET "manners" = 1 WHERE lower("name") IN ({marks})', ABOUT_MANNERS
    )
