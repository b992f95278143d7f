"""Preferences, merging, incidents, second failures, safety, attachments, repeats, kept typing."""

INCIDENT = (
    """
    CREATE TABLE "incident" (
        "id" INTEGER NOT NULL PRIMARY KEY,
        "title" TEXT NOT NULL,
        "words" TEXT NOT NULL,
        "our_part" TEXT NOT NULL,
        "happened_on" DATE CHECK ("happened_on" IS date("happened_on")),
        "cause_id" INTEGER,
        "created_at" TEXT NOT NULL CHECK ("created_at" IS strftime('%Y-%m-%dT%H:%M:%SZ',
            "created_at")),
        FOREIGN KEY ("cause_id") REFERENCES "cause" ("id") ON DELETE RESTRICT
    )
    """,
    'CREATE INDEX "incident_cause_id" ON "incident" ("cause_id")',
)

CASE_LINK = (
    """
    CREATE TABLE "case_link" (
        "id" INTEGER NOT NULL PRIMARY KEY,
        "case_id" INTEGER NOT NULL,
        "other_id" INTEGER NOT NULL,
        "words" TEXT NOT NULL,
        FOREIGN KEY ("case_id") REFERENCES "recovery_case" ("id") ON DELETE RESTRICT,
        FOREIGN KEY ("other_id") REFERENCES "recovery_case" ("id") ON DELETE RESTRICT
    )
    """,
    'CREATE INDEX "case_link_case_id" ON "case_link" ("case_id")',
    'CREATE INDEX "case_link_other_id" ON "case_link" ("other_id")',
    'CREATE INDEX "case_link_case_id_other_id" ON "case_link" ("case_id", "other_id")',
)

ATTACHMENT = (
    """
    CREATE TABLE "attachment" (
        "id" INTEGER NOT NULL PRIMARY KEY,
        "case_id" INTEGER NOT NULL,
        "name" TEXT NOT NULL,
        "media_type" TEXT NOT NULL,
        "content_id" TEXT NOT NULL,
        "thumbnail_id" TEXT,
        "text" TEXT NOT NULL,
        "pages" INTEGER NOT NULL CHECK (typeof("pages") IN ('integer', 'null')),
        "at" TEXT NOT NULL CHECK ("at" IS strftime('%Y-%m-%dT%H:%M:%SZ', "at")),
        "person_id" INTEGER,
        FOREIGN KEY ("case_id") REFERENCES "recovery_case" ("id") ON DELETE RESTRICT,
        FOREIGN KEY ("content_id") REFERENCES "blob" ("hash") ON DELETE RESTRICT,
        FOREIGN KEY ("thumbnail_id") REFERENCES "blob" ("hash") ON DELETE RESTRICT,
        FOREIGN KEY ("person_id") REFERENCES "person" ("id") ON DELETE RESTRICT
    )
    """,
    'CREATE INDEX "attachment_case_id" ON "attachment" ("case_id")',
    'CREATE INDEX "attachment_content_id" ON "attachment" ("content_id")',
    'CREATE INDEX "attachment_thumbnail_id" ON "attachment" ("thumbnail_id")',
    'CREATE INDEX "attachment_person_id" ON "attachment" ("person_id")',
)

FORM_DRAFT = (
    """
    CREATE TABLE "form_draft" (
        "id" INTEGER NOT NULL PRIMARY KEY,
        "form" TEXT NOT NULL,
        "about" TEXT NOT NULL,
        "fields" TEXT NOT NULL,
        "saved_at" TEXT NOT NULL CHECK ("saved_at" IS strftime('%Y-%m-%dT%H:%M:%SZ',
            "saved_at"))
    )
    """,
    'CREATE UNIQUE INDEX "form_draft_form_about" ON "form_draft" ("form", "about")',
)

CUSTOMER = (
    """
    CREATE TABLE "new_customer" (
        "id" INTEGER NOT NULL PRIMARY KEY,
        "name" TEXT NOT NULL,
        "greeting_name" TEXT NOT NULL,
        "name_key" TEXT NOT NULL,
        "phone" TEXT NOT NULL,
        "phone_key" TEXT NOT NULL,
        "phone_tail" TEXT NOT NULL,
        "email" TEXT NOT NULL,
        "email_key" TEXT NOT NULL,
        "address" TEXT NOT NULL,
        "postcode" TEXT NOT NULL,
        "town" TEXT NOT NULL,
        "country" TEXT NOT NULL,
        "language" TEXT NOT NULL,
        "worth_year_cents" INTEGER CHECK (worth_year_cents >= 0) CHECK
            (typeof("worth_year_cents") IN ('integer', 'null')),
        "likes" TEXT NOT NULL,
        "note" TEXT NOT NULL,
        "since_on" DATE CHECK ("since_on" IS date("since_on")),
        "created_at" TEXT NOT NULL CHECK ("created_at" IS strftime('%Y-%m-%dT%H:%M:%SZ',
            "created_at")),
        "preferred_way" TEXT CHECK (preferred_way IN ('call', 'visit', 'email', 'letter',
            'message')),
        "best_time" TEXT NOT NULL DEFAULT '',
        "do_not_contact" INTEGER NOT NULL DEFAULT 0 CHECK ("do_not_contact" IN (0, 1)),
        "do_not_contact_why" TEXT NOT NULL DEFAULT '',
        "merged_into_id" INTEGER,
        FOREIGN KEY ("merged_into_id") REFERENCES "customer" ("id") ON DELETE RESTRICT
    )
    """,
    """
    INSERT INTO "new_customer" ("id", "name", "greeting_name", "name_key", "phone",
        "phone_key", "phone_tail", "email", "email_key", "address", "postcode",
        "town", "country", "language", "worth_year_cents", "likes", "note",
        "since_on", "created_at") SELECT "id", "name", "greeting_name", "name_key",
        "phone", "phone_key", "phone_tail", "email", "email_key", "address",
        "postcode", "town", "country", "language", "worth_year_cents", "likes",
        "note", "since_on", "created_at" FROM "customer"
    """,
    'DROP TABLE "customer"',
    'ALTER TABLE "new_customer" RENAME TO "customer"',
    'CREATE INDEX "customer_name_key" ON "customer" ("name_key")',
    'CREATE INDEX "customer_phone_key" ON "customer" ("phone_key")',
    'CREATE INDEX "customer_phone_tail" ON "customer" ("phone_tail")',
    'CREATE INDEX "customer_email_key" ON "customer" ("email_key")',
    'CREATE INDEX "customer_merged_into_id" ON "customer" ("merged_into_id")',
)

CASE = (
    """
    CREATE TABLE "new_recovery_case" (
        "id" INTEGER NOT NULL PRIMARY KEY,
        "number" TEXT NOT NULL,
        "customer_id" INTEGER NOT NULL,
        "channel" TEXT NOT NULL CHECK (channel IN ('in_person', 'phone', 'email',
            'letter', 'message', 'social', 'review', 'survey', 'returned_goods',
            'noticed_by_us')),
        "review_site" TEXT NOT NULL,
        "review_stars" INTEGER CHECK (review_stars BETWEEN 1 AND 5) CHECK
            (typeof("review_stars") IN ('integer', 'null')),
        "review_link" TEXT NOT NULL,
        "summary" TEXT NOT NULL,
        "words" TEXT NOT NULL,
        "restatement" TEXT NOT NULL,
        "not_agreed_why" TEXT NOT NULL,
        "feeling" TEXT NOT NULL,
        "our_part" TEXT NOT NULL,
        "severity" TEXT NOT NULL CHECK (severity IN ('annoyed', 'upset',
            'about_to_leave')),
        "safety_flag" INTEGER NOT NULL CHECK ("safety_flag" IN (0, 1)),
        "fault" TEXT NOT NULL CHECK (fault IN ('ours', 'shared', 'not_ours', 'unknown')),
        "good_faith" TEXT NOT NULL CHECK (good_faith IN ('presumed', 'unclear',
            'taking_advantage')),
        "good_faith_reason" TEXT NOT NULL,
        "cause_id" INTEGER,
        "owner_id" INTEGER,
        "playbook_version_id" INTEGER NOT NULL,
        "occurred_on" DATE CHECK ("occurred_on" IS date("occurred_on")),
        "opened_at" TEXT NOT NULL CHECK ("opened_at" IS strftime('%Y-%m-%dT%H:%M:%SZ',
            "opened_at")),
        "first_contact_due_at" TEXT NOT NULL CHECK ("first_contact_due_at" IS
            strftime('%Y-%m-%dT%H:%M:%SZ', "first_contact_due_at")),
        "first_contact_at" TEXT CHECK ("first_contact_at" IS
            strftime('%Y-%m-%dT%H:%M:%SZ', "first_contact_at")),
        "last_update_at" TEXT CHECK ("last_update_at" IS strftime('%Y-%m-%dT%H:%M:%SZ',
            "last_update_at")),
        "restatement_agreed_at" TEXT CHECK ("restatement_agreed_at" IS
            strftime('%Y-%m-%dT%H:%M:%SZ', "restatement_agreed_at")),
        "apologised_at" TEXT CHECK ("apologised_at" IS strftime('%Y-%m-%dT%H:%M:%SZ',
            "apologised_at")),
        "agreed_at" TEXT CHECK ("agreed_at" IS strftime('%Y-%m-%dT%H:%M:%SZ',
            "agreed_at")),
        "handed_over_at" TEXT CHECK ("handed_over_at" IS strftime('%Y-%m-%dT%H:%M:%SZ',
            "handed_over_at")),
        "cause_found_at" TEXT CHECK ("cause_found_at" IS strftime('%Y-%m-%dT%H:%M:%SZ',
            "cause_found_at")),
        "confirmed_at" TEXT CHECK ("confirmed_at" IS strftime('%Y-%m-%dT%H:%M:%SZ',
            "confirmed_at")),
        "waiting_since" TEXT CHECK ("waiting_since" IS strftime('%Y-%m-%dT%H:%M:%SZ',
            "waiting_since")),
        "resolved_at" TEXT CHECK ("resolved_at" IS strftime('%Y-%m-%dT%H:%M:%SZ',
            "resolved_at")),
        "closed_at" TEXT CHECK ("closed_at" IS strftime('%Y-%m-%dT%H:%M:%SZ',
            "closed_at")),
        "reopened_at" TEXT CHECK ("reopened_at" IS strftime('%Y-%m-%dT%H:%M:%SZ',
            "reopened_at")),
        "reopened_count" INTEGER NOT NULL CHECK (typeof("reopened_count") IN ('integer',
            'null')),
        "status" TEXT NOT NULL CHECK (status IN ('open', 'waiting_customer', 'resolved',
            'closed', 'merged')),
        "stage" TEXT NOT NULL CHECK (stage IN ('listen', 'own', 'make_right', 'fix_cause',
            'follow_up', 'done')),
        "outcome" TEXT NOT NULL CHECK (outcome IN ('pending', 'won_back', 'kept', 'lost',
            'not_upheld', 'unreachable')),
        "evidence" TEXT CHECK (evidence IN ('purchase', 'their_word', 'owners_word')),
        "lost_reason" TEXT CHECK (lost_reason IN ('too_late', 'remedy_not_enough',
            'happened_again', 'how_we_treated_them', 'moved_or_closed', 'price',
            'did_not_say')),
        "closing_words" TEXT NOT NULL,
        "next_step" TEXT NOT NULL,
        "next_due_at" TEXT CHECK ("next_due_at" IS strftime('%Y-%m-%dT%H:%M:%SZ',
            "next_due_at")),
        "next_timed" INTEGER NOT NULL CHECK ("next_timed" IN (0, 1)),
        "alarm" TEXT NOT NULL DEFAULT '',
        "safety_done_at" TEXT CHECK ("safety_done_at" IS strftime('%Y-%m-%dT%H:%M:%SZ',
            "safety_done_at")),
        "safety_words" TEXT NOT NULL DEFAULT '',
        "incident_id" INTEGER,
        "merged_into_id" INTEGER,
        FOREIGN KEY ("customer_id") REFERENCES "customer" ("id") ON DELETE RESTRICT,
        FOREIGN KEY ("cause_id") REFERENCES "cause" ("id") ON DELETE RESTRICT,
        FOREIGN KEY ("owner_id") REFERENCES "person" ("id") ON DELETE RESTRICT,
        FOREIGN KEY ("playbook_version_id") REFERENCES "playbook_version" ("id") ON DELETE
            RESTRICT,
        FOREIGN KEY ("incident_id") REFERENCES "incident" ("id") ON DELETE RESTRICT,
        FOREIGN KEY ("merged_into_id") REFERENCES "recovery_case" ("id") ON DELETE
            RESTRICT
    )
    """,
    """
    INSERT INTO "new_recovery_case" ("id", "number", "customer_id", "channel", "review_site",
        "review_stars", "review_link", "summary", "words", "restatement",
        "not_agreed_why", "feeling", "our_part", "severity", "safety_flag", "fault",
        "good_faith", "good_faith_reason", "cause_id", "owner_id",
        "playbook_version_id", "occurred_on", "opened_at", "first_contact_due_at",
        "first_contact_at", "last_update_at", "restatement_agreed_at",
        "apologised_at", "agreed_at", "handed_over_at", "cause_found_at",
        "confirmed_at", "waiting_since", "resolved_at", "closed_at", "reopened_at",
        "reopened_count", "status", "stage", "outcome", "evidence", "lost_reason",
        "closing_words", "next_step", "next_due_at", "next_timed") SELECT "id",
        "number", "customer_id", "channel", "review_site", "review_stars",
        "review_link", "summary", "words", "restatement", "not_agreed_why", "feeling",
        "our_part", "severity", "safety_flag", "fault", "good_faith",
        "good_faith_reason", "cause_id", "owner_id", "playbook_version_id",
        "occurred_on", "opened_at", "first_contact_due_at", "first_contact_at",
        "last_update_at", "restatement_agreed_at", "apologised_at", "agreed_at",
        "handed_over_at", "cause_found_at", "confirmed_at", "waiting_since",
        "resolved_at", "closed_at", "reopened_at", "reopened_count", "status",
        "stage", "outcome", "evidence", "lost_reason", "closing_words", "next_step",
        "next_due_at", "next_timed" FROM "recovery_case"
    """,
    'DROP TABLE "recovery_case"',
    'ALTER TABLE "new_recovery_case" RENAME TO "recovery_case"',
    'CREATE UNIQUE INDEX "recovery_case_number" ON "recovery_case" ("number")',
    'CREATE INDEX "recovery_case_customer_id" ON "recovery_case" ("customer_id")',
    'CREATE INDEX "recovery_case_cause_id" ON "recovery_case" ("cause_id")',
    'CREATE INDEX "recovery_case_owner_id" ON "recovery_case" ("owner_id")',
    """
        CREATE INDEX "recovery_case_playbook_version_id" ON "recovery_case"
            ("playbook_version_id")
    """,
    'CREATE INDEX "recovery_case_opened_at" ON "recovery_case" ("opened_at")',
    'CREATE INDEX "recovery_case_incident_id" ON "recovery_case" ("incident_id")',
    'CREATE INDEX "recovery_case_merged_into_id" ON "recovery_case" ("merged_into_id")',
    """
        CREATE INDEX "recovery_case_status_next_due_at" ON "recovery_case" ("status",
        "next_due_at")
    """,
    'CREATE INDEX "recovery_case_status_stage" ON "recovery_case" ("status", "stage")',
    """
        CREATE INDEX "recovery_case_cause_id_opened_at" ON "recovery_case" ("cause_id",
        "opened_at")
    """,
    """
        CREATE INDEX "recovery_case_customer_id_opened_at" ON "recovery_case" ("customer_id",
        "opened_at")
    """,
    """
        CREATE INDEX "recovery_case_outcome_closed_at" ON "recovery_case" ("outcome",
        "closed_at")
    """,
)

FOLLOW_UP = (
    """
    CREATE TABLE "new_follow_up" (
        "id" INTEGER NOT NULL PRIMARY KEY,
        "kind" TEXT NOT NULL CHECK (kind IN ('plan_step', 'reminder', 'check', 'closing',
            'promise')),
        "act" TEXT NOT NULL CHECK (act IN ('call', 'write', 'talk', 'give', 'greet',
            'fix', 'decide')),
        "title" TEXT NOT NULL,
        "reason" TEXT NOT NULL,
        "customer_id" INTEGER,
        "case_id" INTEGER,
        "correction_id" INTEGER CHECK (typeof("correction_id") IN ('integer', 'null')),
        "person_id" INTEGER,
        "step_key" TEXT NOT NULL,
        "position" INTEGER NOT NULL CHECK (typeof("position") IN ('integer', 'null')),
        "anchor" TEXT NOT NULL CHECK (anchor IN ('opened', 'first_contact', 'agreed',
            'handed_over', 'resolved', 'next_visit', 'correction_done', 'fixed',
            'step_done')),
        "offset" INTEGER NOT NULL CHECK (typeof("offset") IN ('integer', 'null')),
        "unit" TEXT NOT NULL CHECK (unit IN ('open_hours', 'open_days', 'days', 'weeks',
            'months')),
        "timed" INTEGER NOT NULL CHECK ("timed" IN (0, 1)),
        "due_at" TEXT CHECK ("due_at" IS strftime('%Y-%m-%dT%H:%M:%SZ', "due_at")),
        "due_on" DATE CHECK ("due_on" IS date("due_on")),
        "moved" INTEGER NOT NULL CHECK ("moved" IN (0, 1)),
        "status" TEXT NOT NULL CHECK (status IN ('planned', 'done', 'no_answer',
            'skipped')),
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
        FOREIGN KEY ("customer_id") REFERENCES "customer" ("id") ON DELETE RESTRICT,
        FOREIGN KEY ("case_id") REFERENCES "recovery_case" ("id") ON DELETE RESTRICT,
        FOREIGN KEY ("person_id") REFERENCES "person" ("id") ON DELETE RESTRICT
    )
    """,
    """
    INSERT INTO "new_follow_up" ("id", "kind", "act", "title", "reason", "customer_id",
        "case_id", "correction_id", "person_id", "step_key", "position", "anchor",
        "offset", "unit", "timed", "due_at", "due_on", "moved", "status", "ended_at",
        "end_words", "created_at", "put_offs", "promised_at") SELECT "id", "kind",
        "act", "title", "reason", "customer_id", "case_id", "correction_id",
        "person_id", "step_key", "position", "anchor", "offset", "unit", "timed",
        "due_at", "due_on", "moved", "status", "ended_at", "end_words", "created_at",
        "put_offs", "promised_at" FROM "follow_up"
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

POSITION = """
    ALTER TABLE "playbook" ADD COLUMN "position" INTEGER NOT NULL DEFAULT 0
        CHECK (typeof("position") IN ('integer', 'null'))
"""


def up(migrator, db):
    for statements in (INCIDENT, CASE_LINK, ATTACHMENT, FORM_DRAFT, CUSTOMER, CASE, FOLLOW_UP):
        for statement in statements:
            db.execute_sql(statement.strip())
    db.execute_sql('ALTER TABLE "playbook" ADD COLUMN "starts" TEXT NOT NULL DEFAULT \'\'')
    db.execute_sql(POSITION.strip())
