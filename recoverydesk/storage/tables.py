"""The desk's tables, as they stand in this release.

A change here needs a new script in `migrations/`; a test fails until the two agree.
Money (`*_cents`) is whole minor units of the desk's one currency: cents, or whole yen.
Days (`*_on`) are the shop's own calendar days. Stamps (`*_at`) are UTC. History is
ordered by id, never by clock. Enums are stored by value and checked.
"""

from datetime import UTC, datetime
from enum import StrEnum
from typing import TYPE_CHECKING, Any

import peewee as pw

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
from recoverydesk.domain.envelope import Envelope
from recoverydesk.domain.follow_up import Act, Anchor, FollowUpKind, FollowUpStatus, Unit
from recoverydesk.domain.negotiation import LineKind
from recoverydesk.domain.remedy import RemedyKind, RemedyStatus
from recoverydesk.domain.second_chance import GoodWay
from recoverydesk.domain.voucher import EntryKind, VoucherKind
from recoverydesk.storage.current import CurrentDesk

database = CurrentDesk()

STAMP_FORMAT = "%Y-%m-%dT%H:%M:%SZ"


class StampField(pw.Field):
    """A moment: UTC, whole seconds, stored so that text order is time order."""

    field_type = "TEXT"

    def db_value(self, value: datetime | None) -> str | None:
        """Return the stamp as stored; a naive datetime is a bug."""
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("a stamp needs its time zone")
        return value.astimezone(UTC).strftime(STAMP_FORMAT)

    def python_value(self, value: str | None) -> datetime | None:
        """Return the stamp as an aware UTC datetime."""
        if value is None:
            return None
        return datetime.fromisoformat(value)  # a tenth of what strptime takes


def _check(condition: str) -> pw.SQL:
    return pw.SQL(f"CHECK ({condition})")


def _one_of(column: str, kinds: type[StrEnum]) -> pw.SQL:
    values = ", ".join(f"'{kind.value}'" for kind in kinds)
    return _check(f"{column} IN ({values})")


def _enum(
    column: str, kinds: type[StrEnum], *, default: StrEnum | None = None
) -> "pw.TextField[str]":
    return pw.TextField(default=default, constraints=[_one_of(column, kinds)])


def _cents(*conditions: str) -> "pw.BigIntegerField[int]":
    return pw.BigIntegerField(constraints=[_check(words) for words in conditions])


def _cents_if_known(*conditions: str) -> "pw.BigIntegerField[int | None]":
    return pw.BigIntegerField(null=True, constraints=[_check(words) for words in conditions])


def _count() -> "pw.IntegerField[int]":
    # With its default in SQL, as a column that joined a table later must have.
    return pw.IntegerField(default=0, constraints=[pw.SQL("DEFAULT 0")])


class Table(pw.Model):
    """Base of all tables."""

    if TYPE_CHECKING:
        id = pw.AutoField()  # Peewee's own, which each table makes for itself

        @classmethod
        def select(cls, *columns: Any) -> Any:  # noqa: ANN401
            """Peewee's stubs can't tell rows from tuples of columns; services say what they are."""

    class Meta:
        database = database
        legacy_table_names = False


class Blob(pw.Model):
    """Bytes kept by their SHA-256: logos, signatures, papers that went out. Never changed."""

    hash = pw.TextField(primary_key=True)
    media_type = pw.TextField()
    content = pw.BlobField()

    class Meta:
        database = database
        legacy_table_names = False


class Person(Table):
    """The owner or a member of staff."""

    name = pw.TextField()
    role = pw.TextField(default="owner", constraints=[_check("role IN ('owner', 'staff')")])
    active = pw.BooleanField(default=True)
    pin = pw.TextField(default="", constraints=[pw.SQL("DEFAULT ''")])
    """Salted and slowly hashed; see domain.pin. Empty: they need none."""
    way_back = pw.TextField(default="", constraints=[pw.SQL("DEFAULT ''")])
    """The code that lets a forgotten PIN go, hashed as it is."""
    limit_cents = _cents_if_known("limit_cents >= 0")
    """What they may give at once on their own; NULL takes the shop's limit."""


class Shop(Table):
    """The shop itself: one row, id 1."""

    name = pw.TextField()
    kind = pw.TextField()
    tagline = pw.TextField(default="")
    currency = pw.TextField()
    locale = pw.TextField()
    paper = pw.TextField(constraints=[_check("paper IN ('a4', 'letter')")])
    time_zone = pw.TextField()
    country = pw.TextField(default="")
    address = pw.TextField(default="")
    """Lines, as printed."""
    phone = pw.TextField(default="")
    email = pw.TextField(default="")
    legal_line = pw.TextField(default="")
    accent = pw.TextField(default="#17695B")
    logo = pw.ForeignKeyField(Blob, null=True, on_delete="RESTRICT")
    logo_id: str | None
    signature = pw.ForeignKeyField(Blob, null=True, on_delete="RESTRICT")
    signature_id: str | None
    opening_hours = pw.TextField()
    """JSON: weekday 0..6 to [["09:00", "13:00"], ...]; see domain.opening_hours."""
    closed_days = pw.TextField(default="[]")
    """JSON: list of ISO days."""
    first_contact_hours = pw.TextField()
    """JSON: severity to opening hours until the first word must be out."""
    return_window_days = pw.IntegerField(default=90)
    """How long after it was resolved a purchase still counts as won back."""
    voucher_months = pw.IntegerField(default=12)
    voucher_terms = pw.TextField(default="")
    wording = pw.TextField(default="{}")
    """JSON: what this kind of shop calls its customers and itself."""
    goodwill_budget_cents = _cents_if_known()
    """What remedies may cost in a month."""
    practice = pw.BooleanField(default=False)
    created_at = StampField()
    envelope = pw.TextField(
        default=Envelope.AUTOMATIC,
        constraints=[pw.SQL("DEFAULT 'automatic'"), _one_of("envelope", Envelope)],
    )
    typeface = pw.TextField(
        default="serif",
        constraints=[pw.SQL("DEFAULT 'serif'"), _check("typeface IN ('serif', 'sans')")],
    )
    fold_marks = pw.BooleanField(default=True, constraints=[pw.SQL("DEFAULT 1")])
    admits_fault = pw.BooleanField(default=True, constraints=[pw.SQL("DEFAULT 1")])
    """Whether letters say that it was our fault; else they show concern and admit nothing."""
    staff_limit_cents = _cents_if_known("staff_limit_cents >= 0")
    """What staff may give at once on their own; NULL sets no limit."""
    ladder = pw.TextField(default="", constraints=[pw.SQL("DEFAULT ''")])
    """JSON: what is fitting by severity and fault; see domain.ladder. Empty: as it ships."""
    refund_days = pw.IntegerField(default=7, constraints=[pw.SQL("DEFAULT 7")])
    """In how many days the shop promises to have money back with the customer."""
    second_chance_target = pw.IntegerField(default=12, constraints=[pw.SQL("DEFAULT 12")])
    """How many good experiences the second-chance meter counts toward."""
    average_worth_cents = _cents_if_known("average_worth_cents >= 0")
    """What a customer of unknown worth counts for in a year; NULL takes the mean of the known."""
    silent_estimate = pw.BooleanField(default=False, constraints=[pw.SQL("DEFAULT 0")])
    """Whether Learn shows the rule of thumb about those who say nothing."""
    sales_columns = pw.TextField(default="", constraints=[pw.SQL("DEFAULT ''")])
    """JSON: which column of the till's file is what, as it was read last."""
    retention_months = pw.IntegerField(null=True)
    """After how many months without a word somebody is offered to be forgotten; NULL: never."""
    desk_key = pw.TextField(default="", constraints=[pw.SQL("DEFAULT ''")])
    """Tells this desk from any other, for what lies beside its file; made when needed."""


class Cause(Table):
    """Why things go wrong here; two levels."""

    parent = pw.ForeignKeyField("self", null=True, on_delete="RESTRICT")
    parent_id: int | None
    name = pw.TextField()
    name_key = pw.TextField()
    position = pw.IntegerField(default=0)
    retired = pw.BooleanField(default=False)
    merged_into = pw.ForeignKeyField("self", null=True, on_delete="RESTRICT")
    merged_into_id: int | None
    manners = pw.BooleanField(default=False, constraints=[pw.SQL("DEFAULT 0")])
    """It is about how they were treated: words come before anything that costs."""


class CatalogueItem(Table):
    """Something the shop gives to make amends, with what it is worth and what it costs."""

    kind = _enum("kind", RemedyKind)
    name = pw.TextField()
    value_cents = _cents_if_known("value_cents >= 0")
    cost_cents = _cents_if_known("cost_cents >= 0")
    cost_percent = pw.IntegerField(null=True)
    terms = pw.TextField(default="")
    position = pw.IntegerField(default=0)
    retired = pw.BooleanField(default=False)
    offer_words = pw.TextField(default="", constraints=[pw.SQL("DEFAULT ''")])
    """What to say when it is offered."""
    months = pw.IntegerField(null=True)
    """How long it is good, where it runs out; NULL takes what is usual for its kind."""
    stock = pw.IntegerField(null=True)
    """How many are left of a gift; NULL where nobody counts."""


class VoucherRule(Table):
    """How long vouchers of one kind are good, and on what terms."""

    kind = pw.TextField(unique=True, constraints=[_one_of("kind", VoucherKind)])
    months = pw.IntegerField(constraints=[_check("months BETWEEN 0 AND 120")])
    """0: they never lapse."""
    terms = pw.TextField(default="")


class Playbook(Table):
    """A plan that starts by itself when a case is logged."""

    key = pw.TextField(unique=True)
    name = pw.TextField()
    words = pw.TextField(default="")
    retired = pw.BooleanField(default=False)
    starts = pw.TextField(default="", constraints=[pw.SQL("DEFAULT ''")])
    """JSON: the signs it starts for; see domain.playbook. Empty: as it ships."""
    position = _count()


class PlaybookVersion(Table):
    """One wording of a playbook; running cases keep theirs. Never changed."""

    playbook = pw.ForeignKeyField(Playbook, on_delete="RESTRICT")
    playbook_id: int
    version = pw.IntegerField()
    steps = pw.TextField()
    """JSON: a list of steps; see domain.playbook."""
    made_at = StampField()

    class Meta:
        indexes = ((("playbook", "version"), True),)


class LetterTemplate(Table):
    """The owner's own text of a letter: Markdown with merge fields.

    It stands in for the one that ships under the same key, language and tone, or beside them.
    """

    key = pw.TextField()
    language = pw.TextField()
    tone = pw.TextField()
    name = pw.TextField()
    hint = pw.TextField(default="")
    body = pw.TextField()
    title = pw.TextField(default="", constraints=[pw.SQL("DEFAULT ''")])
    """What its PDF is called, in its own language."""
    changed_at = StampField(null=True)
    """When the owner wrote it; NULL in old desks' copies of what shipped, which nobody reads."""

    class Meta:
        indexes = ((("key", "language", "tone"), True),)


class Customer(Table):
    """Someone the shop serves."""

    name = pw.TextField()
    greeting_name = pw.TextField(default="")
    """What a letter calls them, where the owner has said so."""
    name_key = pw.TextField(index=True)
    phone = pw.TextField(default="")
    phone_key = pw.TextField(default="", index=True)
    """E.164 where it parses, else its digits."""
    phone_tail = pw.TextField(default="", index=True)
    """The last four digits."""
    email = pw.TextField(default="")
    email_key = pw.TextField(default="", index=True)
    address = pw.TextField(default="")
    """Lines, without postcode and town."""
    postcode = pw.TextField(default="")
    town = pw.TextField(default="")
    country = pw.TextField(default="")
    language = pw.TextField(default="")
    worth_year_cents = _cents_if_known("worth_year_cents >= 0")
    likes = pw.TextField(default="")
    note = pw.TextField(default="")
    """Private: never printed."""
    since_on = pw.DateField(null=True)
    created_at = StampField()
    preferred_way = pw.TextField(null=True, constraints=[_one_of("preferred_way", Way)])
    """How they want to be reached; NULL where they have not said."""
    best_time = pw.TextField(default="", constraints=[pw.SQL("DEFAULT ''")])
    do_not_contact = pw.BooleanField(default=False, constraints=[pw.SQL("DEFAULT 0")])
    """They asked to be left alone: nothing is planned that turns to them."""
    do_not_contact_why = pw.TextField(default="", constraints=[pw.SQL("DEFAULT ''")])
    merged_into = pw.ForeignKeyField("self", null=True, on_delete="RESTRICT")
    """Who they turned out to be; their rows have moved there."""
    merged_into_id: int | None
    touch_ideal_days = pw.IntegerField(null=True)
    """Days after the last contact until one should get in touch again; NULL: nobody asked to."""
    touch_latest_days = pw.IntegerField(null=True)
    expected_on = pw.DateField(null=True)
    """When they are expected to be here next."""
    erased_at = StampField(null=True)
    """When everything about them was forgotten but the counts."""


class Incident(Table):
    """One failure that hit many customers, each with a case of their own."""

    title = pw.TextField()
    words = pw.TextField(default="")
    """What happened, as the shop tells it."""
    our_part = pw.TextField(default="")
    happened_on = pw.DateField(null=True)
    cause = pw.ForeignKeyField(Cause, null=True, on_delete="RESTRICT")
    cause_id: int | None
    created_at = StampField()


class Case(Table):
    """One bad experience of one customer, from the first word to won back or lost."""

    number = pw.TextField(unique=True)
    customer = pw.ForeignKeyField(Customer, backref="cases", on_delete="RESTRICT")
    customer_id: int
    channel = _enum("channel", Channel)
    review_site = pw.TextField(default="")
    review_stars = pw.IntegerField(null=True, constraints=[_check("review_stars BETWEEN 1 AND 5")])
    review_link = pw.TextField(default="")
    summary = pw.TextField()
    """One line for lists."""
    words = pw.TextField()
    """What happened, in the customer's own words."""
    restatement = pw.TextField(default="")
    """What happened, as we said it back; this is what letters quote."""
    not_agreed_why = pw.TextField(default="")
    feeling = pw.TextField(default="")
    our_part = pw.TextField(default="")
    """What we did wrong."""
    severity = _enum("severity", Severity)
    safety_flag = pw.BooleanField(default=False)
    fault = _enum("fault", Fault, default=Fault.UNKNOWN)
    good_faith = _enum("good_faith", GoodFaith, default=GoodFaith.PRESUMED)
    good_faith_reason = pw.TextField(default="")
    cause = pw.ForeignKeyField(Cause, null=True, backref="cases", on_delete="RESTRICT")
    cause_id: int | None
    owner = pw.ForeignKeyField(Person, null=True, on_delete="RESTRICT")
    owner_id: int | None
    playbook_version = pw.ForeignKeyField(PlaybookVersion, on_delete="RESTRICT")
    playbook_version_id: int
    occurred_on = pw.DateField(null=True)
    opened_at = StampField(index=True)
    first_contact_due_at = StampField()
    first_contact_at = StampField(null=True)
    last_update_at = StampField(null=True)
    restatement_agreed_at = StampField(null=True)
    apologised_at = StampField(null=True)
    agreed_at = StampField(null=True)
    handed_over_at = StampField(null=True)
    cause_found_at = StampField(null=True)
    confirmed_at = StampField(null=True)
    waiting_since = StampField(null=True)
    resolved_at = StampField(null=True)
    closed_at = StampField(null=True)
    reopened_at = StampField(null=True)
    reopened_count = pw.IntegerField(default=0)
    status = _enum("status", Status)
    stage = _enum("stage", Stage)
    outcome = _enum("outcome", Outcome, default=Outcome.PENDING)
    evidence = pw.TextField(null=True, constraints=[_one_of("evidence", Evidence)])
    lost_reason = pw.TextField(null=True, constraints=[_one_of("lost_reason", LostReason)])
    closing_words = pw.TextField(default="")
    next_step = pw.TextField(default="")
    next_due_at = StampField(null=True)
    next_timed = pw.BooleanField(default=False)
    alarm = pw.TextField(default="", constraints=[pw.SQL("DEFAULT ''")])
    """Why it counts as a second failure, in words for the owner; empty where it doesn't."""
    safety_done_at = StampField(null=True)
    safety_words = pw.TextField(default="", constraints=[pw.SQL("DEFAULT ''")])
    """What was done at once, so that nobody else gets hurt."""
    incident = pw.ForeignKeyField(Incident, null=True, backref="cases", on_delete="RESTRICT")
    incident_id: int | None
    merged_into = pw.ForeignKeyField("self", null=True, on_delete="RESTRICT")
    """The case that it turned out to be; its rows have moved there."""
    merged_into_id: int | None
    sensitive = pw.BooleanField(default=False, constraints=[pw.SQL("DEFAULT 0")])
    """Staff don't see it, at the counter or anywhere."""
    private_note = pw.TextField(default="", constraints=[pw.SQL("DEFAULT ''")])
    """For the owner's eyes: never printed, never given to anybody."""
    idea_asked_at = StampField(null=True)
    """When they were asked how it could have been avoided; asked once."""

    class Meta:
        table_name = "recovery_case"
        indexes = (
            (("status", "next_due_at"), False),
            (("status", "stage"), False),
            (("cause", "opened_at"), False),
            (("customer", "opened_at"), False),
            (("outcome", "closed_at"), False),
        )


class CaseLink(Table):
    """Two cases that have to do with each other, and what."""

    case = pw.ForeignKeyField(Case, backref="links", on_delete="RESTRICT")
    case_id: int
    other = pw.ForeignKeyField(Case, backref="linked", on_delete="RESTRICT")
    other_id: int
    words = pw.TextField(default="")

    class Meta:
        indexes = ((("case", "other"), False),)


class FollowUp(Table):
    """Something that falls due: a step of a plan, a reminder, a check that a fix held."""

    kind = _enum("kind", FollowUpKind)
    act = _enum("act", Act)
    title = pw.TextField()
    reason = pw.TextField(default="")
    """Why it falls due then, in words for the owner."""
    customer = pw.ForeignKeyField(Customer, null=True, backref="follow_ups", on_delete="RESTRICT")
    customer_id: int | None
    case = pw.ForeignKeyField(Case, null=True, backref="follow_ups", on_delete="RESTRICT")
    case_id: int | None
    correction_id = pw.IntegerField(null=True, index=True)
    person = pw.ForeignKeyField(Person, null=True, on_delete="RESTRICT")
    person_id: int | None
    step_key = pw.TextField(default="")
    position = pw.IntegerField(default=0)
    anchor = _enum("anchor", Anchor)
    offset = pw.IntegerField(default=0)
    unit = _enum("unit", Unit, default=Unit.DAYS)
    timed = pw.BooleanField(default=False)
    """Whether the hour matters, or any time that day will do."""
    due_at = StampField(null=True)
    """NULL while the event it is dated from has not happened."""
    due_on = pw.DateField(null=True)
    """The shop's day of `due_at`."""
    moved = pw.BooleanField(default=False)
    """The owner gave this date by hand: events no longer move it."""
    status = _enum("status", FollowUpStatus, default=FollowUpStatus.PLANNED)
    ended_at = StampField(null=True)
    end_words = pw.TextField(default="")
    created_at = StampField()
    put_offs = _count()
    """How often it was put off by hand, or because nobody answered."""
    promised_at = StampField(null=True)
    """Of a promise: until when they were told; being put off doesn't move it."""
    put_off_from = StampField(null=True)
    """When it fell due before it was put off last, to go back to."""
    every = _count()
    """It comes again so many `every_unit` after it was done; 0 where it doesn't."""
    every_unit = pw.TextField(
        default=Unit.DAYS, constraints=[pw.SQL("DEFAULT 'days'"), _one_of("every_unit", Unit)]
    )
    remedy_id = pw.IntegerField(null=True, index=True)
    """Of a remedy that waits for the owner's word."""
    voucher_id = pw.IntegerField(null=True, index=True)
    """Of a voucher that lapses soon."""

    class Meta:
        indexes = (
            (("status", "due_on"), False),
            (("case", "position"), False),
            (("customer", "status"), False),
        )


class Contact(Table):
    """One touch: a call, a visit, an e-mail, a letter, a message."""

    customer = pw.ForeignKeyField(Customer, backref="contacts", on_delete="RESTRICT")
    customer_id: int
    case = pw.ForeignKeyField(Case, null=True, backref="contacts", on_delete="RESTRICT")
    case_id: int | None
    at = StampField()
    way = _enum("way", Way)
    direction = _enum("direction", Direction)
    reach = _enum("reach", Reach)
    mood = pw.TextField(null=True, constraints=[_one_of("mood", Mood)])
    words = pw.TextField(default="")
    person = pw.ForeignKeyField(Person, null=True, on_delete="RESTRICT")
    person_id: int | None


class NegotiationLine(Table):
    """Asked, offered, countered, agreed, declined. Append-only."""

    case = pw.ForeignKeyField(Case, backref="negotiation", on_delete="RESTRICT")
    case_id: int
    at = StampField()
    kind = _enum("kind", LineKind)
    remedy_kind = pw.TextField(null=True, constraints=[_one_of("remedy_kind", RemedyKind)])
    words = pw.TextField()
    value_cents = _cents_if_known("value_cents >= 0")
    cost_cents = _cents_if_known("cost_cents >= 0")
    said = pw.BooleanField(default=True)
    """False: they were asked and did not say."""
    reason = pw.TextField(default="")
    person = pw.ForeignKeyField(Person, null=True, on_delete="RESTRICT")
    person_id: int | None


class Remedy(Table):
    """What was agreed, or given unasked. A voucher is one way to hand it over."""

    case = pw.ForeignKeyField(Case, null=True, backref="remedies", on_delete="RESTRICT")
    case_id: int | None
    customer = pw.ForeignKeyField(Customer, backref="remedies", on_delete="RESTRICT")
    customer_id: int
    line = pw.ForeignKeyField(NegotiationLine, null=True, on_delete="RESTRICT")
    line_id: int | None
    kind = _enum("kind", RemedyKind)
    words = pw.TextField()
    value_cents = _cents("value_cents >= 0")
    cost_cents = _cents("cost_cents >= 0")
    status = _enum("status", RemedyStatus)
    promised_for = pw.DateField(null=True)
    promised_by = pw.ForeignKeyField(Person, null=True, on_delete="RESTRICT")
    promised_by_id: int | None
    created_at = StampField(index=True)
    agreed_at = StampField(null=True)
    issued_at = StampField(null=True)
    handed_over_at = StampField(null=True)
    item = pw.ForeignKeyField(CatalogueItem, null=True, on_delete="RESTRICT")
    """What of the catalogue it is."""
    item_id: int | None
    occasion = pw.TextField(default="", constraints=[pw.SQL("DEFAULT ''")])
    """What a gift was for."""
    approved_by = pw.ForeignKeyField(Person, null=True, on_delete="RESTRICT")
    """The owner whose word let it pass a limit."""
    approved_by_id: int | None


class Voucher(Table):
    """A code that can be handed in. What is left on it is the sum of its entries."""

    remedy = pw.ForeignKeyField(Remedy, backref="vouchers", on_delete="RESTRICT")
    remedy_id: int
    customer = pw.ForeignKeyField(Customer, backref="vouchers", on_delete="RESTRICT")
    customer_id: int
    kind = _enum("kind", VoucherKind)
    code = pw.TextField(unique=True)
    """Twelve signs, without dashes; see domain.voucher."""
    recipient = pw.TextField()
    message = pw.TextField(default="")
    terms = pw.TextField(default="")
    valid_from = pw.DateField()
    valid_to = pw.DateField(null=True, index=True)
    voided_at = StampField(null=True)
    replaced_by = pw.ForeignKeyField("self", null=True, on_delete="RESTRICT")
    replaced_by_id: int | None
    created_at = StampField()
    lapsed_at = StampField(null=True)
    """When what was left on it lapsed."""


class VoucherEntry(Table):
    """One line of a voucher's ledger. Append-only; a trigger keeps the sum from falling below 0."""

    voucher = pw.ForeignKeyField(Voucher, backref="entries", on_delete="RESTRICT")
    voucher_id: int
    at = StampField()
    kind = _enum("kind", EntryKind)
    amount_cents = _cents()
    """Signed: what it adds to the balance."""
    words = pw.TextField(default="")
    person = pw.ForeignKeyField(Person, null=True, on_delete="RESTRICT")
    person_id: int | None


class Entitlement(Table):
    """Something a customer may have for a time: free shipping, a membership, a special price."""

    remedy = pw.ForeignKeyField(Remedy, backref="entitlements", on_delete="RESTRICT")
    remedy_id: int
    customer = pw.ForeignKeyField(Customer, backref="entitlements", on_delete="RESTRICT")
    customer_id: int
    case = pw.ForeignKeyField(Case, null=True, on_delete="RESTRICT")
    case_id: int | None
    kind = _enum("kind", RemedyKind)
    words = pw.TextField()
    goods = pw.TextField(default="")
    """Which goods it is for; empty: all."""
    valid_from = pw.DateField()
    valid_to = pw.DateField(null=True, index=True)
    uses = pw.IntegerField(null=True, constraints=[_check("uses > 0")])
    """How often it can be used; NULL: as often as they like."""
    ended_at = StampField(null=True)
    """When it was taken back."""
    end_words = pw.TextField(default="")
    created_at = StampField()


class EntitlementUse(Table):
    """Once that an entitlement was used. Append-only; a trigger keeps to how often it may be."""

    entitlement = pw.ForeignKeyField(Entitlement, backref="used", on_delete="RESTRICT")
    entitlement_id: int
    case = pw.ForeignKeyField(Case, null=True, on_delete="RESTRICT")
    case_id: int | None
    at = StampField()
    words = pw.TextField(default="")
    person = pw.ForeignKeyField(Person, null=True, on_delete="RESTRICT")
    person_id: int | None


class Why(Table):
    """One rung of the five-whys ladder."""

    case = pw.ForeignKeyField(Case, backref="whys", on_delete="RESTRICT")
    case_id: int
    position = pw.IntegerField(constraints=[_check("position BETWEEN 1 AND 5")])
    answer = pw.TextField()

    class Meta:
        indexes = ((("case", "position"), True),)


class CorrectiveAction(Table):
    """What the shop changes so that it does not happen again."""

    kind = _enum("kind", CorrectionKind, default=CorrectionKind.CORRECTIVE)
    what = pw.TextField()
    cause = pw.ForeignKeyField(Cause, null=True, backref="corrections", on_delete="RESTRICT")
    cause_id: int | None
    case = pw.ForeignKeyField(Case, null=True, backref="corrections", on_delete="RESTRICT")
    case_id: int | None
    who = pw.TextField(default="")
    due_on = pw.DateField(null=True)
    done_on = pw.DateField(null=True)
    check_on = pw.DateField(null=True)
    checked_at = StampField(null=True)
    status = _enum("status", CorrectionStatus)
    created_at = StampField()
    rule = pw.TextField(default="", constraints=[pw.SQL("DEFAULT ''")])
    """The new rule in one line, for everybody who works here; the policy prints it."""
    end_words = pw.TextField(default="", constraints=[pw.SQL("DEFAULT ''")])
    """What was seen at the check, or why it was dropped."""
    came_back_at = StampField(null=True)
    came_back_case_id = pw.IntegerField(null=True)
    """The case that showed that it had not held."""


class Visit(Table):
    """A later purchase."""

    customer = pw.ForeignKeyField(Customer, backref="visits", on_delete="RESTRICT")
    customer_id: int
    case = pw.ForeignKeyField(Case, null=True, on_delete="RESTRICT")
    case_id: int | None
    visited_on = pw.DateField()
    amount_cents = _cents_if_known()
    words = pw.TextField(default="")
    created_at = StampField()
    from_file = pw.BooleanField(default=False, constraints=[pw.SQL("DEFAULT 0")])
    """Known from the till's file alone: nobody wrote it down at the counter."""

    class Meta:
        indexes = ((("customer", "visited_on"), False),)


class PositiveEvent(Table):
    """A good experience that somebody ticked: one dot of the second-chance meter."""

    customer = pw.ForeignKeyField(Customer, backref="positives", on_delete="RESTRICT")
    customer_id: int
    case = pw.ForeignKeyField(Case, null=True, on_delete="RESTRICT")
    case_id: int | None
    follow_up_id = pw.IntegerField(null=True, index=True)
    happened_on = pw.DateField()
    words = pw.TextField()
    created_at = StampField()
    way = pw.TextField(null=True, constraints=[_one_of("way", GoodWay)])
    """Which of the ways back to trust it was; NULL where nobody said."""
    negative = pw.BooleanField(default=False, constraints=[pw.SQL("DEFAULT 0")])
    """A bad experience more: it takes a dot away."""


class Document(Table):
    """Paper that went out, or is ready to: its exact bytes are in `content`."""

    kind = _enum("kind", DocumentKind)
    title = pw.TextField()
    file_name = pw.TextField()
    customer = pw.ForeignKeyField(Customer, null=True, backref="documents", on_delete="RESTRICT")
    customer_id: int | None
    case = pw.ForeignKeyField(Case, null=True, backref="documents", on_delete="RESTRICT")
    case_id: int | None
    voucher = pw.ForeignKeyField(Voucher, null=True, on_delete="RESTRICT")
    voucher_id: int | None
    template = pw.TextField(default="")
    status = _enum("status", DocumentStatus)
    content = pw.ForeignKeyField(Blob, on_delete="RESTRICT")
    content_id: str
    text = pw.TextField(default="")
    """What the owner wrote, for searching and for writing the next one."""
    pages = pw.IntegerField(default=1)
    at = StampField()
    person = pw.ForeignKeyField(Person, null=True, on_delete="RESTRICT")
    person_id: int | None
    promised_at = StampField(null=True)
    """Until when it says that they hear from the shop."""
    enclosed = pw.TextField(default="[]", constraints=[pw.SQL("DEFAULT '[]'")])
    """JSON: ids of the vouchers whose certificates went with it."""


class Suggestion(Table):
    """How it could have been avoided: an idea of a customer or of somebody who works here."""

    source = _enum("source", IdeaSource)
    words = pw.TextField()
    who = pw.TextField(default="")
    """Whom it is credited to, where no customer is named."""
    customer = pw.ForeignKeyField(Customer, null=True, backref="ideas", on_delete="RESTRICT")
    customer_id: int | None
    case = pw.ForeignKeyField(Case, null=True, backref="ideas", on_delete="RESTRICT")
    case_id: int | None
    cause = pw.ForeignKeyField(Cause, null=True, on_delete="RESTRICT")
    cause_id: int | None
    correction = pw.ForeignKeyField(
        CorrectiveAction, null=True, backref="ideas", on_delete="RESTRICT"
    )
    correction_id: int | None
    """The change that it became part of."""
    status = _enum("status", IdeaStatus, default=IdeaStatus.OPEN)
    end_words = pw.TextField(default="")
    """Why it was not adopted."""
    decided_at = StampField(null=True)
    thanked_at = StampField(null=True)
    created_at = StampField()


class FixNews(Table):
    """Who was told that a fix is done: everybody once, never twice."""

    correction = pw.ForeignKeyField(CorrectiveAction, backref="told", on_delete="RESTRICT")
    correction_id: int
    customer = pw.ForeignKeyField(Customer, on_delete="RESTRICT")
    customer_id: int
    case = pw.ForeignKeyField(Case, null=True, on_delete="RESTRICT")
    case_id: int | None
    way = _enum("way", Way)
    document = pw.ForeignKeyField(Document, null=True, on_delete="RESTRICT")
    document_id: int | None
    follow_up_id = pw.IntegerField(null=True, index=True)
    """The call that was planned for it."""
    at = StampField()

    class Meta:
        indexes = ((("correction", "customer"), True),)


class Feedback(Table):
    """How the handling was, in three answers from 1 to 5; each may be missing."""

    case = pw.ForeignKeyField(Case, backref="feedback", on_delete="RESTRICT")
    case_id: int
    customer = pw.ForeignKeyField(Customer, on_delete="RESTRICT")
    customer_id: int
    given_on = pw.DateField(index=True)
    fair = pw.IntegerField(null=True, constraints=[_check("fair BETWEEN 1 AND 5")])
    easy = pw.IntegerField(null=True, constraints=[_check("easy BETWEEN 1 AND 5")])
    treated = pw.IntegerField(null=True, constraints=[_check("treated BETWEEN 1 AND 5")])
    words = pw.TextField(default="")
    by_card = pw.BooleanField(default=False)
    """Written on a card, not said."""
    created_at = StampField()


class SalesImport(Table):
    """One file of the till that was read."""

    name = pw.TextField()
    fingerprint = pw.TextField(index=True)
    """SHA-256 of its bytes."""
    at = StampField()
    lines = pw.IntegerField()
    taken = pw.IntegerField()
    """Lines that were new and whose customer was known."""


class Sale(Table):
    """One line of the till's file: what a customer bought, or brought back."""

    customer = pw.ForeignKeyField(Customer, backref="sales", on_delete="RESTRICT")
    customer_id: int
    sold_on = pw.DateField()
    amount_cents = _cents()
    """Below zero for money that went back."""
    key = pw.TextField(unique=True)
    """Tells the line from every other, so that a file read twice changes nothing."""
    sales_import = pw.ForeignKeyField(SalesImport, backref="sales", on_delete="RESTRICT")
    sales_import_id: int
    visit_id = pw.IntegerField(null=True, index=True)
    """The visit that it was, or became."""

    class Meta:
        indexes = ((("customer", "sold_on"), False),)


class Attachment(Table):
    """A photo, a receipt, an e-mail that belongs to a case: its bytes are in `content`."""

    case = pw.ForeignKeyField(Case, backref="attachments", on_delete="RESTRICT")
    case_id: int
    name = pw.TextField()
    media_type = pw.TextField()
    content = pw.ForeignKeyField(Blob, on_delete="RESTRICT")
    content_id: str
    thumbnail = pw.ForeignKeyField(Blob, null=True, on_delete="RESTRICT")
    thumbnail_id: str | None
    text = pw.TextField(default="")
    """What can be read in it, for searching."""
    pages = pw.IntegerField(default=1)
    at = StampField()
    person = pw.ForeignKeyField(Person, null=True, on_delete="RESTRICT")
    person_id: int | None


class FormDraft(Table):
    """What is being typed into a form, kept so that a crash loses none of it. Gone once saved."""

    form = pw.TextField()
    about = pw.TextField(default="")
    """What the form is about: a case's number, a customer's id; empty for something new."""
    fields = pw.TextField()
    """JSON: the text of each field by its name."""
    saved_at = StampField()

    class Meta:
        indexes = ((("form", "about"), True),)


class LetterDraft(Table):
    """A letter being written, kept so that nothing typed is lost. Gone once it is on paper."""

    case_number = pw.TextField()
    """Not the case's id: what was typed outlives a case that is undone, for its Redo, and an id
    is used again, a number never."""
    template = pw.TextField()
    tone = pw.TextField()
    language = pw.TextField()
    body = pw.TextField()
    enclosed = pw.TextField(default="[]")
    """JSON: ids of the vouchers that go with it."""
    promised_on = pw.DateField(null=True)
    """The day of the next call that it names."""
    saved_at = StampField()

    class Meta:
        indexes = ((("case_number", "template"), True),)


class PolicyVersion(Table):
    """The recovery policy as it was printed. Never changed."""

    version = pw.IntegerField(unique=True)
    words = pw.TextField()
    """JSON: what it says, to see whether the settings have moved on."""
    made_at = StampField()
    document = pw.ForeignKeyField(Document, null=True, on_delete="RESTRICT")
    document_id: int | None


class PrintedLine(Table):
    """One line of a printed checklist: what its number stands for."""

    document = pw.ForeignKeyField(Document, backref="lines", on_delete="RESTRICT")
    document_id: int
    position = pw.IntegerField(constraints=[_check("position >= 1")])
    """The number on the paper."""
    follow_up = pw.ForeignKeyField(FollowUp, null=True, on_delete="SET NULL")
    """NULL once Undo has taken back what planned it: the paper hinders no Undo."""
    follow_up_id: int | None
    due_on = pw.DateField(null=True)
    """The day it fell due when it was printed."""
    put_offs = _count()
    """How often it had been put off by then."""

    class Meta:
        indexes = ((("document", "position"), True),)


class Change(Table):
    """One saved change of the desk: the audit trail's headings, and what Undo takes back."""

    at = StampField()
    words = pw.TextField()
    topics = pw.IntegerField()
    person_id = pw.IntegerField(null=True)
    undoes_id = pw.IntegerField(null=True, index=True)
    undoable = pw.BooleanField(default=True)
    recorded = pw.BooleanField(default=True)
    """False: too many rows to list one by one; only the heading is kept."""


class ChangedRow(Table):
    """One row's before and after, written by triggers."""

    change_id = pw.IntegerField(index=True)
    table_name = pw.TextField()
    row_id = pw.IntegerField()
    before = pw.TextField(null=True)
    after = pw.TextField(null=True)

    class Meta:
        indexes = ((("table_name", "row_id"), False),)


JOURNALED = (
    Person,
    Shop,
    Cause,
    CatalogueItem,
    VoucherRule,
    Playbook,
    PlaybookVersion,
    LetterTemplate,
    Customer,
    Incident,
    Case,
    CaseLink,
    FollowUp,
    Contact,
    NegotiationLine,
    Remedy,
    Voucher,
    VoucherEntry,
    Entitlement,
    EntitlementUse,
    Why,
    CorrectiveAction,
    Visit,
    PositiveEvent,
    Document,
    Suggestion,
    FixNews,
    Feedback,
    SalesImport,
    Sale,
    PolicyVersion,
    PrintedLine,
    Attachment,
)
"""Parents before children: what the journal's triggers watch, and what Undo takes back."""

ALL_TABLES = (Blob, *JOURNALED, LetterDraft, FormDraft, Change, ChangedRow)


def _type_check(field: "pw.Field[Any]") -> str:
    """Return the condition that keeps other types out; SQLite would take 'abc' for a number."""
    column = f'"{field.column_name}"'
    match field:
        case pw.BooleanField():
            return f"{column} IN (0, 1)"
        case pw.AutoField():
            return ""
        case pw.IntegerField():
            return f"typeof({column}) IN ('integer', 'null')"
        case pw.DateField():
            return f"{column} IS date({column})"
        case StampField():
            return f"{column} IS strftime('{STAMP_FORMAT}', {column})"
        case _:
            return ""


def _check_types() -> None:
    for table in ALL_TABLES:
        for field in table._meta.sorted_fields:  # noqa: SLF001 - Peewee's documented way in
            if condition := _type_check(field):
                field.constraints = [*(field.constraints or ()), _check(condition)]


_check_types()
