"""What the journal's columns are called for the owner, and how the value of each is said.

Every column of every table that belongs to a case is either worded here or named as left out;
a test walks through them, so that a new one can't be forgotten.
"""

from collections.abc import Mapping
from enum import Enum, StrEnum, auto
from typing import TypeAlias

from recoverydesk.domain.case import (
    Channel,
    Evidence,
    Fault,
    GoodFaith,
    LostReason,
    Outcome,
    Severity,
    Stage,
    Status,
)
from recoverydesk.domain.contact import Direction, Mood, Reach, Way
from recoverydesk.domain.correction import (
    CorrectionKind,
    CorrectionStatus,
    IdeaSource,
    IdeaStatus,
)
from recoverydesk.domain.document import DocumentKind, DocumentStatus
from recoverydesk.domain.follow_up import Act, FollowUpKind, FollowUpStatus, Unit
from recoverydesk.domain.negotiation import LineKind
from recoverydesk.domain.remedy import RemedyKind, RemedyStatus
from recoverydesk.domain.second_chance import GoodWay
from recoverydesk.domain.voucher import EntryKind, VoucherKind
from recoverydesk.records import record

CASE = "recovery_case"


class Kind(Enum):
    """How a column's values are said, where they are no enum."""

    TEXT = auto()
    NUMBER = auto()
    MONEY = auto()
    FLAG = auto()
    DAY = auto()
    STAMP = auto()
    DUE = auto()
    """A stamp whose hour counts only where the row is `timed`."""
    LANGUAGE = auto()
    CODE = auto()
    PERSON = auto()
    CAUSE = auto()
    CUSTOMER = auto()
    CASE = auto()
    INCIDENT = auto()
    PLAN = auto()
    VOUCHER = auto()


POINTERS = frozenset(
    {Kind.PERSON, Kind.CAUSE, Kind.CUSTOMER, Kind.CASE, Kind.INCIDENT, Kind.PLAN, Kind.VOUCHER}
)
"""Kinds whose values are ids of rows that have a name."""

How: TypeAlias = Kind | type[StrEnum]


@record
class Told:
    """How the rows of one table are told."""

    noun: str
    """What a row of it is."""
    columns: Mapping[str, tuple[str, How]]
    """What each column is called and how it is said, in the order of telling."""
    opening: tuple[tuple[str, str], ...]
    """What a new row says in one line: columns, each with its words around `{}`."""
    left_out: frozenset[str]
    """Columns that say nothing to the owner: keys, places, what is worked out from others."""
    name: str = ""
    """The column that a changed row is known by; empty: the noun does."""
    same: tuple[str, ...] = ("id",)
    """Columns that make two rows of one change the same one."""


TOLD: Mapping[str, Told] = {
    CASE: Told(
        noun="Case",
        columns={
            "number": ("Number", Kind.TEXT),
            "customer_id": ("Customer", Kind.CUSTOMER),
            "words": ("What happened, in their words", Kind.TEXT),
            "restatement": ("How we said it back", Kind.TEXT),
            "restatement_agreed_at": ("They said “yes, that's it”", Kind.STAMP),
            "not_agreed_why": ("Why they haven't agreed", Kind.TEXT),
            "feeling": ("How they feel", Kind.TEXT),
            "our_part": ("What we did wrong", Kind.TEXT),
            "severity": ("How upset they are", Severity),
            "alarm": ("Second failure", Kind.TEXT),
            "safety_flag": ("Somebody could get hurt", Kind.FLAG),
            "safety_done_at": ("Made safe", Kind.STAMP),
            "safety_words": ("What was done to make it safe", Kind.TEXT),
            "channel": ("How we heard of it", Channel),
            "review_site": ("Where the review is", Kind.TEXT),
            "review_stars": ("Stars of the review", Kind.NUMBER),
            "review_link": ("Address of the review", Kind.TEXT),
            "occurred_on": ("When it happened", Kind.DAY),
            "opened_at": ("Logged", Kind.STAMP),
            "first_contact_due_at": ("First word due by", Kind.STAMP),
            "first_contact_at": ("First word", Kind.STAMP),
            "last_update_at": ("Last word", Kind.STAMP),
            "waiting_since": ("Waiting for them since", Kind.STAMP),
            "apologised_at": ("We said sorry", Kind.STAMP),
            "agreed_at": ("Agreed", Kind.STAMP),
            "handed_over_at": ("Put right", Kind.STAMP),
            "fault": ("Whose fault it was", Fault),
            "cause_id": ("Cause", Kind.CAUSE),
            "cause_found_at": ("Cause found", Kind.STAMP),
            "confirmed_at": ("Told what has changed", Kind.STAMP),
            "good_faith": ("Are they honest?", GoodFaith),
            "good_faith_reason": ("Why we think so", Kind.TEXT),
            "owner_id": ("Who looks after it", Kind.PERSON),
            "playbook_version_id": ("Plan", Kind.PLAN),
            "incident_id": ("Incident", Kind.INCIDENT),
            "merged_into_id": ("Became part of", Kind.CASE),
            "resolved_at": ("Resolved", Kind.STAMP),
            "closed_at": ("Closed", Kind.STAMP),
            "outcome": ("How it ended", Outcome),
            "evidence": ("How we know", Evidence),
            "lost_reason": ("Why we lost them", LostReason),
            "closing_words": ("Closing words", Kind.TEXT),
            "reopened_at": ("Opened again", Kind.STAMP),
            "reopened_count": ("How often opened again", Kind.NUMBER),
            "status": ("Where it stands", Status),
            "stage": ("Stage", Stage),
            "sensitive": ("Hidden from staff", Kind.FLAG),
            "private_note": ("Private note", Kind.TEXT),
            "idea_asked_at": ("Asked how it could be avoided", Kind.STAMP),
        },
        opening=(
            ("number", "{}"), ("customer_id", "{}"), ("severity", "{}"), ("channel", "{}"),
            ("words", "“{}”"), ("alarm", "{}"),
        ),
        left_out=frozenset({"id", "summary", "next_step", "next_due_at", "next_timed"}),
    ),
    "customer": Told(
        noun="Customer",
        columns={
            "name": ("Name", Kind.TEXT),
            "greeting_name": ("How letters greet them", Kind.TEXT),
            "phone": ("Phone", Kind.TEXT),
            "email": ("E-mail", Kind.TEXT),
            "address": ("Address", Kind.TEXT),
            "postcode": ("Postcode", Kind.TEXT),
            "town": ("Town", Kind.TEXT),
            "country": ("Country", Kind.TEXT),
            "language": ("Language", Kind.LANGUAGE),
            "worth_year_cents": ("Worth in a year", Kind.MONEY),
            "likes": ("What they like", Kind.TEXT),
            "note": ("Private note", Kind.TEXT),
            "since_on": ("Customer since", Kind.DAY),
            "preferred_way": ("How they want to be reached", Way),
            "best_time": ("Best time", Kind.TEXT),
            "do_not_contact": ("Asked to be left alone", Kind.FLAG),
            "do_not_contact_why": ("Why they want to be left alone", Kind.TEXT),
            "merged_into_id": ("Became one with", Kind.CUSTOMER),
            "touch_ideal_days": ("Get in touch after days", Kind.NUMBER),
            "touch_latest_days": ("At the latest after days", Kind.NUMBER),
            "expected_on": ("Expected in the shop", Kind.DAY),
            "erased_at": ("Forgotten", Kind.STAMP),
        },
        opening=(("name", "{}"), ("phone", "{}"), ("email", "{}")),
        left_out=frozenset(
            {"id", "name_key", "phone_key", "phone_tail", "email_key", "created_at"}
        ),
        name="name",
    ),
    "follow_up": Told(
        noun="Planned",
        columns={
            "title": ("What to do", Kind.TEXT),
            "kind": ("What it is", FollowUpKind),
            "act": ("How", Act),
            "customer_id": ("Customer", Kind.CUSTOMER),
            "case_id": ("Case", Kind.CASE),
            "status": ("How it went", FollowUpStatus),
            "ended_at": ("Ended", Kind.STAMP),
            "end_words": ("What came of it", Kind.TEXT),
            "due_at": ("Due", Kind.DUE),
            "timed": ("The hour counts", Kind.FLAG),
            "moved": ("Day chosen by hand", Kind.FLAG),
            "reason": ("Why then", Kind.TEXT),
            "person_id": ("Who does it", Kind.PERSON),
            "put_offs": ("How often put off", Kind.NUMBER),
            "promised_at": ("Promised by", Kind.DUE),
            "every": ("Comes again after", Kind.NUMBER),
            "every_unit": ("Comes again, counted in", Unit),
        },
        opening=(("kind", "{}"), ("title", "{}"), ("due_at", "Due {}"), ("end_words", "{}")),
        left_out=frozenset(
            {"id", "correction_id", "step_key", "position", "anchor", "offset", "unit"}
            | {"remedy_id", "voucher_id"}
            | {"due_on", "put_off_from", "created_at"}
        ),
        name="title",
    ),
    "contact": Told(
        noun="Contact",
        columns={
            "at": ("When", Kind.STAMP),
            "way": ("How", Way),
            "direction": ("Who turned to whom", Direction),
            "reach": ("Did it get through?", Reach),
            "mood": ("How they sounded", Mood),
            "words": ("What was said", Kind.TEXT),
            "customer_id": ("Customer", Kind.CUSTOMER),
            "case_id": ("Case", Kind.CASE),
            "person_id": ("Who", Kind.PERSON),
        },
        opening=(
            ("way", "{}"), ("direction", "{}"), ("reach", "{}"), ("mood", "{}"), ("words", "{}"),
        ),
        left_out=frozenset({"id"}),
    ),
    "negotiation_line": Told(
        noun="Talked about",
        columns={
            "at": ("When", Kind.STAMP),
            "kind": ("What it was", LineKind),
            "remedy_kind": ("What kind", RemedyKind),
            "words": ("Words", Kind.TEXT),
            "value_cents": ("Worth", Kind.MONEY),
            "cost_cents": ("Costs us", Kind.MONEY),
            "said": ("They said what they want", Kind.FLAG),
            "reason": ("Why", Kind.TEXT),
            "case_id": ("Case", Kind.CASE),
            "person_id": ("Who", Kind.PERSON),
        },
        opening=(
            ("kind", "{}"), ("words", "{}"), ("value_cents", "Worth {}"),
            ("cost_cents", "Costs us {}"), ("reason", "{}"),
        ),
        left_out=frozenset({"id"}),
    ),
    "remedy": Told(
        noun="To make it right",
        columns={
            "kind": ("What kind", RemedyKind),
            "words": ("What it is", Kind.TEXT),
            "value_cents": ("Worth", Kind.MONEY),
            "cost_cents": ("Costs us", Kind.MONEY),
            "status": ("How far it is", RemedyStatus),
            "promised_for": ("Promised for", Kind.DAY),
            "promised_by_id": ("Promised by", Kind.PERSON),
            "agreed_at": ("Agreed", Kind.STAMP),
            "issued_at": ("Issued", Kind.STAMP),
            "handed_over_at": ("Handed over", Kind.STAMP),
            "occasion": ("What it is for", Kind.TEXT),
            "approved_by_id": ("Allowed by", Kind.PERSON),
            "customer_id": ("Customer", Kind.CUSTOMER),
            "case_id": ("Case", Kind.CASE),
        },
        opening=(
            ("kind", "{}"), ("words", "{}"), ("value_cents", "Worth {}"),
            ("cost_cents", "Costs us {}"), ("status", "{}"), ("promised_for", "Promised for {}"),
            ("approved_by_id", "Allowed by {}"),
        ),
        left_out=frozenset({"id", "line_id", "item_id", "created_at"}),
        name="words",
    ),
    "voucher": Told(
        noun="Voucher",
        columns={
            "code": ("Code", Kind.CODE),
            "kind": ("What kind", VoucherKind),
            "recipient": ("For", Kind.TEXT),
            "message": ("Message", Kind.TEXT),
            "terms": ("Terms", Kind.TEXT),
            "valid_from": ("Good from", Kind.DAY),
            "valid_to": ("Good until", Kind.DAY),
            "voided_at": ("Made void", Kind.STAMP),
            "replaced_by_id": ("Replaced by", Kind.VOUCHER),
            "lapsed_at": ("Lapsed", Kind.STAMP),
            "customer_id": ("Customer", Kind.CUSTOMER),
        },
        opening=(
            ("kind", "{}"), ("code", "{}"), ("recipient", "For {}"), ("valid_to", "Good until {}"),
        ),
        left_out=frozenset({"id", "remedy_id", "created_at"}),
        name="code",
    ),
    "voucher_entry": Told(
        noun="On the voucher",
        columns={
            "voucher_id": ("Voucher", Kind.VOUCHER),
            "at": ("When", Kind.STAMP),
            "kind": ("What was done", EntryKind),
            "amount_cents": ("Amount", Kind.MONEY),
            "words": ("Words", Kind.TEXT),
            "person_id": ("Who", Kind.PERSON),
        },
        opening=(("kind", "{}"), ("amount_cents", "{}"), ("voucher_id", "{}"), ("words", "{}")),
        left_out=frozenset({"id"}),
        name="voucher_id",
    ),
    "entitlement": Told(
        noun="For a time",
        columns={
            "kind": ("What kind", RemedyKind),
            "words": ("What it is", Kind.TEXT),
            "goods": ("For which goods", Kind.TEXT),
            "valid_from": ("Good from", Kind.DAY),
            "valid_to": ("Good until", Kind.DAY),
            "uses": ("How often", Kind.NUMBER),
            "ended_at": ("Taken back", Kind.STAMP),
            "end_words": ("Why it was taken back", Kind.TEXT),
            "customer_id": ("Customer", Kind.CUSTOMER),
            "case_id": ("Case", Kind.CASE),
        },
        opening=(
            ("kind", "{}"), ("words", "{}"), ("goods", "For {}"), ("valid_from", "From {}"),
            ("valid_to", "Good until {}"),
        ),
        left_out=frozenset({"id", "remedy_id", "created_at"}),
        name="words",
    ),
    "entitlement_use": Told(
        noun="Used",
        columns={
            "at": ("When", Kind.STAMP),
            "words": ("Words", Kind.TEXT),
            "case_id": ("Case", Kind.CASE),
            "person_id": ("Who", Kind.PERSON),
        },
        opening=(("at", "{}"), ("words", "{}")),
        left_out=frozenset({"id", "entitlement_id"}),
    ),
    "why": Told(
        noun="Why",
        columns={"answer": ("Answer", Kind.TEXT), "case_id": ("Case", Kind.CASE)},
        opening=(("answer", "{}"),),
        left_out=frozenset({"id", "position"}),
        # All five are written anew whenever one is saved.
        same=("case_id", "position"),
    ),
    "corrective_action": Told(
        noun="So that it doesn't happen again",
        columns={
            "what": ("What we change", Kind.TEXT),
            "kind": ("What it does", CorrectionKind),
            "cause_id": ("Cause", Kind.CAUSE),
            "who": ("Who", Kind.TEXT),
            "due_on": ("Due", Kind.DAY),
            "done_on": ("Done", Kind.DAY),
            "check_on": ("Looked at again on", Kind.DAY),
            "checked_at": ("Looked at", Kind.STAMP),
            "status": ("How far it is", CorrectionStatus),
            "rule": ("The new rule", Kind.TEXT),
            "end_words": ("What was seen", Kind.TEXT),
            "came_back_at": ("Came back", Kind.STAMP),
            "came_back_case_id": ("Came back with", Kind.CASE),
            "case_id": ("Case", Kind.CASE),
        },
        opening=(("kind", "{}"), ("what", "{}"), ("who", "{}"), ("due_on", "Due {}")),
        left_out=frozenset({"id", "created_at"}),
        name="what",
    ),
    "visit": Told(
        noun="They bought again",
        columns={
            "visited_on": ("When", Kind.DAY),
            "amount_cents": ("For", Kind.MONEY),
            "words": ("Words", Kind.TEXT),
            "customer_id": ("Customer", Kind.CUSTOMER),
            "case_id": ("Case", Kind.CASE),
        },
        opening=(("visited_on", "{}"), ("amount_cents", "{}"), ("words", "{}")),
        left_out=frozenset({"id", "from_file", "created_at"}),
    ),
    "positive_event": Told(
        noun="Good experience",
        columns={
            "happened_on": ("When", Kind.DAY),
            "words": ("What", Kind.TEXT),
            "way": ("Which way back to trust", GoodWay),
            "negative": ("It took a dot away", Kind.FLAG),
            "customer_id": ("Customer", Kind.CUSTOMER),
            "case_id": ("Case", Kind.CASE),
        },
        opening=(("words", "{}"), ("happened_on", "{}")),
        left_out=frozenset({"id", "follow_up_id", "created_at"}),
        name="words",
    ),
    "document": Told(
        noun="Paper",
        columns={
            "title": ("Title", Kind.TEXT),
            "kind": ("What kind", DocumentKind),
            "status": ("How far it is", DocumentStatus),
            "text": ("What it says", Kind.TEXT),
            "at": ("When", Kind.STAMP),
            "promised_at": ("Promises a word by", Kind.STAMP),
            "customer_id": ("Customer", Kind.CUSTOMER),
            "case_id": ("Case", Kind.CASE),
            "voucher_id": ("Voucher", Kind.VOUCHER),
            "person_id": ("Who", Kind.PERSON),
        },
        opening=(("kind", "{}"), ("title", "{}"), ("status", "{}"), ("promised_at", "By {}")),
        left_out=frozenset({"id", "file_name", "template", "content_id", "pages", "enclosed"}),
        name="title",
    ),
    "suggestion": Told(
        noun="Idea",
        columns={
            "words": ("The idea", Kind.TEXT),
            "source": ("Whose it is", IdeaSource),
            "who": ("Credited to", Kind.TEXT),
            "status": ("What became of it", IdeaStatus),
            "end_words": ("Why not", Kind.TEXT),
            "decided_at": ("Decided", Kind.STAMP),
            "thanked_at": ("Thanked", Kind.STAMP),
            "cause_id": ("Cause", Kind.CAUSE),
            "customer_id": ("Customer", Kind.CUSTOMER),
            "case_id": ("Case", Kind.CASE),
        },
        opening=(("words", "“{}”"), ("source", "{}"), ("who", "{}")),
        left_out=frozenset({"id", "correction_id", "created_at"}),
        name="words",
    ),
    "fix_news": Told(
        noun="Told what was changed",
        columns={
            "at": ("When", Kind.STAMP),
            "way": ("How", Way),
            "customer_id": ("Customer", Kind.CUSTOMER),
            "case_id": ("Case", Kind.CASE),
        },
        opening=(("way", "{}"), ("customer_id", "{}")),
        left_out=frozenset({"id", "correction_id", "document_id", "follow_up_id"}),
    ),
    "feedback": Told(
        noun="How the handling was",
        columns={
            "given_on": ("When", Kind.DAY),
            "fair": ("Was it fair?", Kind.NUMBER),
            "easy": ("Was it easy and quick?", Kind.NUMBER),
            "treated": ("Were they treated well?", Kind.NUMBER),
            "words": ("Words", Kind.TEXT),
            "by_card": ("Written on a card", Kind.FLAG),
            "customer_id": ("Customer", Kind.CUSTOMER),
            "case_id": ("Case", Kind.CASE),
        },
        opening=(
            ("fair", "Fair: {}"), ("easy", "Easy and quick: {}"), ("treated", "Treated well: {}"),
            ("words", "“{}”"),
        ),
        left_out=frozenset({"id", "created_at"}),
    ),
    "attachment": Told(
        noun="Attached",
        columns={
            "name": ("Name", Kind.TEXT),
            "at": ("When", Kind.STAMP),
            "case_id": ("Case", Kind.CASE),
            "person_id": ("Who", Kind.PERSON),
        },
        opening=(("name", "{}"),),
        left_out=frozenset({"id", "media_type", "content_id", "thumbnail_id", "text", "pages"}),
        name="name",
    ),
    "case_link": Told(
        noun="Linked cases",
        columns={
            "case_id": ("Case", Kind.CASE),
            "other_id": ("Has to do with", Kind.CASE),
            "words": ("Why", Kind.TEXT),
        },
        opening=(("case_id", "{}"), ("other_id", "{}"), ("words", "{}")),
        left_out=frozenset({"id"}),
    ),
}  # fmt: skip
