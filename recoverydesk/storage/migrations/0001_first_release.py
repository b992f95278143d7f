"""The tables of the first release."""

STATEMENTS = (
    """
    CREATE TABLE "blob" (
        "hash" TEXT NOT NULL PRIMARY KEY,
        "media_type" TEXT NOT NULL,
        "content" BLOB NOT NULL
    )
    """,
    """
    CREATE TABLE "customer" (
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
        "worth_year_cents" INTEGER CHECK (worth_year_cents >= 0) CHECK (typeof("worth_year_cents")
            IN ('integer', 'null')),
        "likes" TEXT NOT NULL,
        "note" TEXT NOT NULL,
        "since_on" DATE CHECK ("since_on" IS date("since_on")),
        "created_at" TEXT NOT NULL CHECK ("created_at" IS strftime('%Y-%m-%dT%H:%M:%SZ',
            "created_at"))
    )
    """,
    'CREATE INDEX "customer_name_key" ON "customer" ("name_key")',
    'CREATE INDEX "customer_phone_key" ON "customer" ("phone_key")',
    'CREATE INDEX "customer_phone_tail" ON "customer" ("phone_tail")',
    'CREATE INDEX "customer_email_key" ON "customer" ("email_key")',
    """
    CREATE TABLE "cause" (
        "id" INTEGER NOT NULL PRIMARY KEY,
        "parent_id" INTEGER,
        "name" TEXT NOT NULL,
        "name_key" TEXT NOT NULL,
        "position" INTEGER NOT NULL CHECK (typeof("position") IN ('integer', 'null')),
        "retired" INTEGER NOT NULL CHECK ("retired" IN (0, 1)),
        "merged_into_id" INTEGER,
        FOREIGN KEY ("parent_id") REFERENCES "cause" ("id") ON DELETE RESTRICT,
        FOREIGN KEY ("merged_into_id") REFERENCES "cause" ("id") ON DELETE RESTRICT
    )
    """,
    'CREATE INDEX "cause_parent_id" ON "cause" ("parent_id")',
    'CREATE INDEX "cause_merged_into_id" ON "cause" ("merged_into_id")',
    """
    CREATE TABLE "person" (
        "id" INTEGER NOT NULL PRIMARY KEY,
        "name" TEXT NOT NULL,
        "role" TEXT NOT NULL CHECK (role IN ('owner', 'staff')),
        "active" INTEGER NOT NULL CHECK ("active" IN (0, 1))
    )
    """,
    """
    CREATE TABLE "playbook" (
        "id" INTEGER NOT NULL PRIMARY KEY,
        "key" TEXT NOT NULL,
        "name" TEXT NOT NULL,
        "words" TEXT NOT NULL,
        "retired" INTEGER NOT NULL CHECK ("retired" IN (0, 1))
    )
    """,
    'CREATE UNIQUE INDEX "playbook_key" ON "playbook" ("key")',
    """
    CREATE TABLE "playbook_version" (
        "id" INTEGER NOT NULL PRIMARY KEY,
        "playbook_id" INTEGER NOT NULL,
        "version" INTEGER NOT NULL CHECK (typeof("version") IN ('integer', 'null')),
        "steps" TEXT NOT NULL,
        "made_at" TEXT NOT NULL CHECK ("made_at" IS strftime('%Y-%m-%dT%H:%M:%SZ', "made_at")),
        FOREIGN KEY ("playbook_id") REFERENCES "playbook" ("id") ON DELETE RESTRICT
    )
    """,
    'CREATE INDEX "playbook_version_playbook_id" ON "playbook_version" ("playbook_id")',
    """
    CREATE UNIQUE INDEX "playbook_version_playbook_id_version"
        ON "playbook_version" ("playbook_id", "version")
    """,
    """
    CREATE TABLE "recovery_case" (
        "id" INTEGER NOT NULL PRIMARY KEY,
        "number" TEXT NOT NULL,
        "customer_id" INTEGER NOT NULL,
        "channel" TEXT NOT NULL CHECK (channel IN ('in_person', 'phone', 'email', 'letter',
            'message', 'social', 'review', 'survey', 'returned_goods', 'noticed_by_us')),
        "review_site" TEXT NOT NULL,
        "review_stars" INTEGER CHECK (review_stars BETWEEN 1 AND 5) CHECK (typeof("review_stars")
            IN ('integer', 'null')),
        "review_link" TEXT NOT NULL,
        "summary" TEXT NOT NULL,
        "words" TEXT NOT NULL,
        "restatement" TEXT NOT NULL,
        "not_agreed_why" TEXT NOT NULL,
        "feeling" TEXT NOT NULL,
        "our_part" TEXT NOT NULL,
        "severity" TEXT NOT NULL CHECK (severity IN ('annoyed', 'upset', 'about_to_leave')),
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
        "first_contact_at" TEXT CHECK ("first_contact_at" IS strftime('%Y-%m-%dT%H:%M:%SZ',
            "first_contact_at")),
        "last_update_at" TEXT CHECK ("last_update_at" IS strftime('%Y-%m-%dT%H:%M:%SZ',
            "last_update_at")),
        "restatement_agreed_at" TEXT CHECK ("restatement_agreed_at" IS
            strftime('%Y-%m-%dT%H:%M:%SZ', "restatement_agreed_at")),
        "apologised_at" TEXT CHECK ("apologised_at" IS strftime('%Y-%m-%dT%H:%M:%SZ',
            "apologised_at")),
        "agreed_at" TEXT CHECK ("agreed_at" IS strftime('%Y-%m-%dT%H:%M:%SZ', "agreed_at")),
        "handed_over_at" TEXT CHECK ("handed_over_at" IS strftime('%Y-%m-%dT%H:%M:%SZ',
            "handed_over_at")),
        "cause_found_at" TEXT CHECK ("cause_found_at" IS strftime('%Y-%m-%dT%H:%M:%SZ',
            "cause_found_at")),
        "confirmed_at" TEXT CHECK ("confirmed_at" IS strftime('%Y-%m-%dT%H:%M:%SZ',
            "confirmed_at")),
        "waiting_since" TEXT CHECK ("waiting_since" IS strftime('%Y-%m-%dT%H:%M:%SZ',
            "waiting_since")),
        "resolved_at" TEXT CHECK ("resolved_at" IS strftime('%Y-%m-%dT%H:%M:%SZ', "resolved_at")),
        "closed_at" TEXT CHECK ("closed_at" IS strftime('%Y-%m-%dT%H:%M:%SZ', "closed_at")),
        "reopened_at" TEXT CHECK ("reopened_at" IS strftime('%Y-%m-%dT%H:%M:%SZ', "reopened_at")),
        "reopened_count" INTEGER NOT NULL CHECK (typeof("reopened_count") IN ('integer', 'null')),
        "status" TEXT NOT NULL CHECK (status IN ('open', 'waiting_customer', 'resolved', 'closed',
            'merged')),
        "stage" TEXT NOT NULL CHECK (stage IN ('listen', 'own', 'make_right', 'fix_cause',
            'follow_up', 'done')),
        "outcome" TEXT NOT NULL CHECK (outcome IN ('pending', 'won_back', 'kept', 'lost',
            'not_upheld', 'unreachable')),
        "evidence" TEXT CHECK (evidence IN ('purchase', 'their_word', 'owners_word')),
        "lost_reason" TEXT CHECK (lost_reason IN ('too_late', 'remedy_not_enough',
            'happened_again', 'how_we_treated_them', 'moved_or_closed', 'price', 'did_not_say')),
        "closing_words" TEXT NOT NULL,
        "next_step" TEXT NOT NULL,
        "next_due_at" TEXT CHECK ("next_due_at" IS strftime('%Y-%m-%dT%H:%M:%SZ', "next_due_at")),
        "next_timed" INTEGER NOT NULL CHECK ("next_timed" IN (0, 1)),
        FOREIGN KEY ("customer_id") REFERENCES "customer" ("id") ON DELETE RESTRICT,
        FOREIGN KEY ("cause_id") REFERENCES "cause" ("id") ON DELETE RESTRICT,
        FOREIGN KEY ("owner_id") REFERENCES "person" ("id") ON DELETE RESTRICT,
        FOREIGN KEY ("playbook_version_id") REFERENCES "playbook_version" ("id") ON DELETE RESTRICT
    )
    """,
    'CREATE UNIQUE INDEX "recovery_case_number" ON "recovery_case" ("number")',
    'CREATE INDEX "recovery_case_customer_id" ON "recovery_case" ("customer_id")',
    'CREATE INDEX "recovery_case_cause_id" ON "recovery_case" ("cause_id")',
    'CREATE INDEX "recovery_case_owner_id" ON "recovery_case" ("owner_id")',
    """
    CREATE INDEX "recovery_case_playbook_version_id"
        ON "recovery_case" ("playbook_version_id")
    """,
    'CREATE INDEX "recovery_case_opened_at" ON "recovery_case" ("opened_at")',
    """
    CREATE INDEX "recovery_case_status_next_due_at"
        ON "recovery_case" ("status", "next_due_at")
    """,
    'CREATE INDEX "recovery_case_status_stage" ON "recovery_case" ("status", "stage")',
    """
    CREATE INDEX "recovery_case_cause_id_opened_at"
        ON "recovery_case" ("cause_id", "opened_at")
    """,
    """
    CREATE INDEX "recovery_case_customer_id_opened_at"
        ON "recovery_case" ("customer_id", "opened_at")
    """,
    'CREATE INDEX "recovery_case_outcome_closed_at" ON "recovery_case" ("outcome", "closed_at")',
    """
    CREATE TABLE "catalogue_item" (
        "id" INTEGER NOT NULL PRIMARY KEY,
        "kind" TEXT NOT NULL CHECK (kind IN ('apology_only', 'refund', 'discount', 'replacement',
            'repair', 'free_product', 'free_shipping', 'voucher', 'membership', 'waived_fee',
            'special_price', 'gift', 'other')),
        "name" TEXT NOT NULL,
        "value_cents" INTEGER CHECK (value_cents >= 0) CHECK (typeof("value_cents") IN ('integer',
            'null')),
        "cost_cents" INTEGER CHECK (cost_cents >= 0) CHECK (typeof("cost_cents") IN ('integer',
            'null')),
        "cost_percent" INTEGER CHECK (typeof("cost_percent") IN ('integer', 'null')),
        "terms" TEXT NOT NULL,
        "position" INTEGER NOT NULL CHECK (typeof("position") IN ('integer', 'null')),
        "retired" INTEGER NOT NULL CHECK ("retired" IN (0, 1))
    )
    """,
    """
    CREATE TABLE "change" (
        "id" INTEGER NOT NULL PRIMARY KEY,
        "at" TEXT NOT NULL CHECK ("at" IS strftime('%Y-%m-%dT%H:%M:%SZ', "at")),
        "words" TEXT NOT NULL,
        "topics" INTEGER NOT NULL CHECK (typeof("topics") IN ('integer', 'null')),
        "person_id" INTEGER CHECK (typeof("person_id") IN ('integer', 'null')),
        "undoes_id" INTEGER CHECK (typeof("undoes_id") IN ('integer', 'null')),
        "undoable" INTEGER NOT NULL CHECK ("undoable" IN (0, 1)),
        "recorded" INTEGER NOT NULL CHECK ("recorded" IN (0, 1))
    )
    """,
    'CREATE INDEX "change_undoes_id" ON "change" ("undoes_id")',
    """
    CREATE TABLE "changed_row" (
        "id" INTEGER NOT NULL PRIMARY KEY,
        "change_id" INTEGER NOT NULL CHECK (typeof("change_id") IN ('integer', 'null')),
        "table_name" TEXT NOT NULL,
        "row_id" INTEGER NOT NULL CHECK (typeof("row_id") IN ('integer', 'null')),
        "before" TEXT,
        "after" TEXT
    )
    """,
    'CREATE INDEX "changed_row_change_id" ON "changed_row" ("change_id")',
    'CREATE INDEX "changed_row_table_name_row_id" ON "changed_row" ("table_name", "row_id")',
    """
    CREATE TABLE "contact" (
        "id" INTEGER NOT NULL PRIMARY KEY,
        "customer_id" INTEGER NOT NULL,
        "case_id" INTEGER,
        "at" TEXT NOT NULL CHECK ("at" IS strftime('%Y-%m-%dT%H:%M:%SZ', "at")),
        "way" TEXT NOT NULL CHECK (way IN ('call', 'visit', 'email', 'letter', 'message')),
        "direction" TEXT NOT NULL CHECK (direction IN ('out', 'in')),
        "reach" TEXT NOT NULL CHECK (reach IN ('reached', 'no_answer', 'left_word')),
        "mood" TEXT CHECK (mood IN ('angry', 'unhappy', 'neutral', 'pleased', 'delighted')),
        "words" TEXT NOT NULL,
        "person_id" INTEGER,
        FOREIGN KEY ("customer_id") REFERENCES "customer" ("id") ON DELETE RESTRICT,
        FOREIGN KEY ("case_id") REFERENCES "recovery_case" ("id") ON DELETE RESTRICT,
        FOREIGN KEY ("person_id") REFERENCES "person" ("id") ON DELETE RESTRICT
    )
    """,
    'CREATE INDEX "contact_customer_id" ON "contact" ("customer_id")',
    'CREATE INDEX "contact_case_id" ON "contact" ("case_id")',
    'CREATE INDEX "contact_person_id" ON "contact" ("person_id")',
    """
    CREATE TABLE "corrective_action" (
        "id" INTEGER NOT NULL PRIMARY KEY,
        "kind" TEXT NOT NULL CHECK (kind IN ('containment', 'corrective', 'preventive')),
        "what" TEXT NOT NULL,
        "cause_id" INTEGER,
        "case_id" INTEGER,
        "who" TEXT NOT NULL,
        "due_on" DATE CHECK ("due_on" IS date("due_on")),
        "done_on" DATE CHECK ("done_on" IS date("done_on")),
        "check_on" DATE CHECK ("check_on" IS date("check_on")),
        "checked_at" TEXT CHECK ("checked_at" IS strftime('%Y-%m-%dT%H:%M:%SZ', "checked_at")),
        "status" TEXT NOT NULL CHECK (status IN ('idea', 'planned', 'in_progress', 'done_watching',
            'holds', 'came_back', 'dropped')),
        "created_at" TEXT NOT NULL CHECK ("created_at" IS strftime('%Y-%m-%dT%H:%M:%SZ',
            "created_at")),
        FOREIGN KEY ("cause_id") REFERENCES "cause" ("id") ON DELETE RESTRICT,
        FOREIGN KEY ("case_id") REFERENCES "recovery_case" ("id") ON DELETE RESTRICT
    )
    """,
    'CREATE INDEX "corrective_action_cause_id" ON "corrective_action" ("cause_id")',
    'CREATE INDEX "corrective_action_case_id" ON "corrective_action" ("case_id")',
    """
    CREATE TABLE "negotiation_line" (
        "id" INTEGER NOT NULL PRIMARY KEY,
        "case_id" INTEGER NOT NULL,
        "at" TEXT NOT NULL CHECK ("at" IS strftime('%Y-%m-%dT%H:%M:%SZ', "at")),
        "kind" TEXT NOT NULL CHECK (kind IN ('asked', 'offered', 'countered', 'agreed',
            'declined')),
        "remedy_kind" TEXT CHECK (remedy_kind IN ('apology_only', 'refund', 'discount',
            'replacement', 'repair', 'free_product', 'free_shipping', 'voucher', 'membership',
            'waived_fee', 'special_price', 'gift', 'other')),
        "words" TEXT NOT NULL,
        "value_cents" INTEGER CHECK (value_cents >= 0) CHECK (typeof("value_cents") IN ('integer',
            'null')),
        "cost_cents" INTEGER CHECK (cost_cents >= 0) CHECK (typeof("cost_cents") IN ('integer',
            'null')),
        "said" INTEGER NOT NULL CHECK ("said" IN (0, 1)),
        "reason" TEXT NOT NULL,
        "person_id" INTEGER,
        FOREIGN KEY ("case_id") REFERENCES "recovery_case" ("id") ON DELETE RESTRICT,
        FOREIGN KEY ("person_id") REFERENCES "person" ("id") ON DELETE RESTRICT
    )
    """,
    'CREATE INDEX "negotiation_line_case_id" ON "negotiation_line" ("case_id")',
    'CREATE INDEX "negotiation_line_person_id" ON "negotiation_line" ("person_id")',
    """
    CREATE TABLE "remedy" (
        "id" INTEGER NOT NULL PRIMARY KEY,
        "case_id" INTEGER,
        "customer_id" INTEGER NOT NULL,
        "line_id" INTEGER,
        "kind" TEXT NOT NULL CHECK (kind IN ('apology_only', 'refund', 'discount', 'replacement',
            'repair', 'free_product', 'free_shipping', 'voucher', 'membership', 'waived_fee',
            'special_price', 'gift', 'other')),
        "words" TEXT NOT NULL,
        "value_cents" INTEGER NOT NULL CHECK (value_cents >= 0) CHECK (typeof("value_cents") IN
            ('integer', 'null')),
        "cost_cents" INTEGER NOT NULL CHECK (cost_cents >= 0) CHECK (typeof("cost_cents") IN
            ('integer', 'null')),
        "status" TEXT NOT NULL CHECK (status IN ('proposed', 'agreed', 'issued', 'handed_over',
            'used', 'part_used', 'lapsed', 'void')),
        "promised_for" DATE CHECK ("promised_for" IS date("promised_for")),
        "promised_by_id" INTEGER,
        "created_at" TEXT NOT NULL CHECK ("created_at" IS strftime('%Y-%m-%dT%H:%M:%SZ',
            "created_at")),
        "agreed_at" TEXT CHECK ("agreed_at" IS strftime('%Y-%m-%dT%H:%M:%SZ', "agreed_at")),
        "issued_at" TEXT CHECK ("issued_at" IS strftime('%Y-%m-%dT%H:%M:%SZ', "issued_at")),
        "handed_over_at" TEXT CHECK ("handed_over_at" IS strftime('%Y-%m-%dT%H:%M:%SZ',
            "handed_over_at")),
        FOREIGN KEY ("case_id") REFERENCES "recovery_case" ("id") ON DELETE RESTRICT,
        FOREIGN KEY ("customer_id") REFERENCES "customer" ("id") ON DELETE RESTRICT,
        FOREIGN KEY ("line_id") REFERENCES "negotiation_line" ("id") ON DELETE RESTRICT,
        FOREIGN KEY ("promised_by_id") REFERENCES "person" ("id") ON DELETE RESTRICT
    )
    """,
    'CREATE INDEX "remedy_case_id" ON "remedy" ("case_id")',
    'CREATE INDEX "remedy_customer_id" ON "remedy" ("customer_id")',
    'CREATE INDEX "remedy_line_id" ON "remedy" ("line_id")',
    'CREATE INDEX "remedy_promised_by_id" ON "remedy" ("promised_by_id")',
    'CREATE INDEX "remedy_created_at" ON "remedy" ("created_at")',
    """
    CREATE TABLE "voucher" (
        "id" INTEGER NOT NULL PRIMARY KEY,
        "remedy_id" INTEGER NOT NULL,
        "customer_id" INTEGER NOT NULL,
        "kind" TEXT NOT NULL CHECK (kind IN ('goodwill_certificate', 'gift_card', 'coupon',
            'store_credit')),
        "code" TEXT NOT NULL,
        "recipient" TEXT NOT NULL,
        "message" TEXT NOT NULL,
        "terms" TEXT NOT NULL,
        "valid_from" DATE NOT NULL CHECK ("valid_from" IS date("valid_from")),
        "valid_to" DATE CHECK ("valid_to" IS date("valid_to")),
        "voided_at" TEXT CHECK ("voided_at" IS strftime('%Y-%m-%dT%H:%M:%SZ', "voided_at")),
        "replaced_by_id" INTEGER,
        "created_at" TEXT NOT NULL CHECK ("created_at" IS strftime('%Y-%m-%dT%H:%M:%SZ',
            "created_at")),
        FOREIGN KEY ("remedy_id") REFERENCES "remedy" ("id") ON DELETE RESTRICT,
        FOREIGN KEY ("customer_id") REFERENCES "customer" ("id") ON DELETE RESTRICT,
        FOREIGN KEY ("replaced_by_id") REFERENCES "voucher" ("id") ON DELETE RESTRICT
    )
    """,
    'CREATE INDEX "voucher_remedy_id" ON "voucher" ("remedy_id")',
    'CREATE INDEX "voucher_customer_id" ON "voucher" ("customer_id")',
    'CREATE UNIQUE INDEX "voucher_code" ON "voucher" ("code")',
    'CREATE INDEX "voucher_valid_to" ON "voucher" ("valid_to")',
    'CREATE INDEX "voucher_replaced_by_id" ON "voucher" ("replaced_by_id")',
    """
    CREATE TABLE "document" (
        "id" INTEGER NOT NULL PRIMARY KEY,
        "kind" TEXT NOT NULL CHECK (kind IN ('letter', 'certificate', 'checklist')),
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
    'CREATE INDEX "document_customer_id" ON "document" ("customer_id")',
    'CREATE INDEX "document_case_id" ON "document" ("case_id")',
    'CREATE INDEX "document_voucher_id" ON "document" ("voucher_id")',
    'CREATE INDEX "document_content_id" ON "document" ("content_id")',
    'CREATE INDEX "document_person_id" ON "document" ("person_id")',
    """
    CREATE TABLE "follow_up" (
        "id" INTEGER NOT NULL PRIMARY KEY,
        "kind" TEXT NOT NULL CHECK (kind IN ('plan_step', 'reminder', 'check', 'closing')),
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
        FOREIGN KEY ("customer_id") REFERENCES "customer" ("id") ON DELETE RESTRICT,
        FOREIGN KEY ("case_id") REFERENCES "recovery_case" ("id") ON DELETE RESTRICT,
        FOREIGN KEY ("person_id") REFERENCES "person" ("id") ON DELETE RESTRICT
    )
    """,
    'CREATE INDEX "follow_up_customer_id" ON "follow_up" ("customer_id")',
    'CREATE INDEX "follow_up_case_id" ON "follow_up" ("case_id")',
    'CREATE INDEX "follow_up_correction_id" ON "follow_up" ("correction_id")',
    'CREATE INDEX "follow_up_person_id" ON "follow_up" ("person_id")',
    'CREATE INDEX "follow_up_status_due_on" ON "follow_up" ("status", "due_on")',
    'CREATE INDEX "follow_up_case_id_position" ON "follow_up" ("case_id", "position")',
    'CREATE INDEX "follow_up_customer_id_status" ON "follow_up" ("customer_id", "status")',
    """
    CREATE TABLE "letter_template" (
        "id" INTEGER NOT NULL PRIMARY KEY,
        "key" TEXT NOT NULL,
        "language" TEXT NOT NULL,
        "tone" TEXT NOT NULL,
        "name" TEXT NOT NULL,
        "hint" TEXT NOT NULL,
        "body" TEXT NOT NULL
    )
    """,
    """
    CREATE UNIQUE INDEX "letter_template_key_language_tone"
        ON "letter_template" ("key", "language", "tone")
    """,
    """
    CREATE TABLE "positive_event" (
        "id" INTEGER NOT NULL PRIMARY KEY,
        "customer_id" INTEGER NOT NULL,
        "case_id" INTEGER,
        "follow_up_id" INTEGER CHECK (typeof("follow_up_id") IN ('integer', 'null')),
        "happened_on" DATE NOT NULL CHECK ("happened_on" IS date("happened_on")),
        "words" TEXT NOT NULL,
        "created_at" TEXT NOT NULL CHECK ("created_at" IS strftime('%Y-%m-%dT%H:%M:%SZ',
            "created_at")),
        FOREIGN KEY ("customer_id") REFERENCES "customer" ("id") ON DELETE RESTRICT,
        FOREIGN KEY ("case_id") REFERENCES "recovery_case" ("id") ON DELETE RESTRICT
    )
    """,
    'CREATE INDEX "positive_event_customer_id" ON "positive_event" ("customer_id")',
    'CREATE INDEX "positive_event_case_id" ON "positive_event" ("case_id")',
    'CREATE INDEX "positive_event_follow_up_id" ON "positive_event" ("follow_up_id")',
    """
    CREATE TABLE "shop" (
        "id" INTEGER NOT NULL PRIMARY KEY,
        "name" TEXT NOT NULL,
        "kind" TEXT NOT NULL,
        "tagline" TEXT NOT NULL,
        "currency" TEXT NOT NULL,
        "locale" TEXT NOT NULL,
        "paper" TEXT NOT NULL CHECK (paper IN ('a4', 'letter')),
        "time_zone" TEXT NOT NULL,
        "country" TEXT NOT NULL,
        "address" TEXT NOT NULL,
        "phone" TEXT NOT NULL,
        "email" TEXT NOT NULL,
        "legal_line" TEXT NOT NULL,
        "accent" TEXT NOT NULL,
        "logo_id" TEXT,
        "signature_id" TEXT,
        "opening_hours" TEXT NOT NULL,
        "closed_days" TEXT NOT NULL,
        "first_contact_hours" TEXT NOT NULL,
        "return_window_days" INTEGER NOT NULL CHECK (typeof("return_window_days") IN ('integer',
            'null')),
        "voucher_months" INTEGER NOT NULL CHECK (typeof("voucher_months") IN ('integer', 'null')),
        "voucher_terms" TEXT NOT NULL,
        "wording" TEXT NOT NULL,
        "goodwill_budget_cents" INTEGER CHECK (typeof("goodwill_budget_cents") IN ('integer',
            'null')),
        "practice" INTEGER NOT NULL CHECK ("practice" IN (0, 1)),
        "created_at" TEXT NOT NULL CHECK ("created_at" IS strftime('%Y-%m-%dT%H:%M:%SZ',
            "created_at")),
        FOREIGN KEY ("logo_id") REFERENCES "blob" ("hash") ON DELETE RESTRICT,
        FOREIGN KEY ("signature_id") REFERENCES "blob" ("hash") ON DELETE RESTRICT
    )
    """,
    'CREATE INDEX "shop_logo_id" ON "shop" ("logo_id")',
    'CREATE INDEX "shop_signature_id" ON "shop" ("signature_id")',
    """
    CREATE TABLE "visit" (
        "id" INTEGER NOT NULL PRIMARY KEY,
        "customer_id" INTEGER NOT NULL,
        "case_id" INTEGER,
        "visited_on" DATE NOT NULL CHECK ("visited_on" IS date("visited_on")),
        "amount_cents" INTEGER CHECK (typeof("amount_cents") IN ('integer', 'null')),
        "words" TEXT NOT NULL,
        "created_at" TEXT NOT NULL CHECK ("created_at" IS strftime('%Y-%m-%dT%H:%M:%SZ',
            "created_at")),
        FOREIGN KEY ("customer_id") REFERENCES "customer" ("id") ON DELETE RESTRICT,
        FOREIGN KEY ("case_id") REFERENCES "recovery_case" ("id") ON DELETE RESTRICT
    )
    """,
    'CREATE INDEX "visit_customer_id" ON "visit" ("customer_id")',
    'CREATE INDEX "visit_case_id" ON "visit" ("case_id")',
    """
    CREATE TABLE "voucher_entry" (
        "id" INTEGER NOT NULL PRIMARY KEY,
        "voucher_id" INTEGER NOT NULL,
        "at" TEXT NOT NULL CHECK ("at" IS strftime('%Y-%m-%dT%H:%M:%SZ', "at")),
        "kind" TEXT NOT NULL CHECK (kind IN ('issue', 'redeem', 'refund', 'extend', 'void',
            'expire')),
        "amount_cents" INTEGER NOT NULL CHECK (typeof("amount_cents") IN ('integer', 'null')),
        "words" TEXT NOT NULL,
        "person_id" INTEGER,
        FOREIGN KEY ("voucher_id") REFERENCES "voucher" ("id") ON DELETE RESTRICT,
        FOREIGN KEY ("person_id") REFERENCES "person" ("id") ON DELETE RESTRICT
    )
    """,
    'CREATE INDEX "voucher_entry_voucher_id" ON "voucher_entry" ("voucher_id")',
    'CREATE INDEX "voucher_entry_person_id" ON "voucher_entry" ("person_id")',
    """
    CREATE TABLE "why" (
        "id" INTEGER NOT NULL PRIMARY KEY,
        "case_id" INTEGER NOT NULL,
        "position" INTEGER NOT NULL CHECK (position BETWEEN 1 AND 5) CHECK (typeof("position") IN
            ('integer', 'null')),
        "answer" TEXT NOT NULL,
        FOREIGN KEY ("case_id") REFERENCES "recovery_case" ("id") ON DELETE RESTRICT
    )
    """,
    'CREATE INDEX "why_case_id" ON "why" ("case_id")',
    'CREATE UNIQUE INDEX "why_case_id_position" ON "why" ("case_id", "position")',
)


def up(migrator, db):
    for statement in STATEMENTS:
        db.execute_sql(statement)
