"""At the till: who is it, what are they due, and what to say to them."""

from datetime import date, datetime

import peewee as pw

from recoverydesk.domain import voucher as rules
from recoverydesk.domain.follow_up import Act
from recoverydesk.domain.opening_hours import OpeningHours
from recoverydesk.domain.remedy import RemedyKind, RemedyStatus
from recoverydesk.domain.stage import OPEN_STATUSES
from recoverydesk.domain.voucher import CODE_LENGTH, VoucherKind
from recoverydesk.errors import InvalidEntryError, NotFoundError
from recoverydesk.records import record
from recoverydesk.services import customer_lists, entitlements, visits, voucher_views
from recoverydesk.services.customer_lists import CustomerRow
from recoverydesk.services.customers import customer_by_id
from recoverydesk.services.entitlements import EntitlementView
from recoverydesk.services.plans import greeting_of, known_steps
from recoverydesk.services.shop import hours_of_shop
from recoverydesk.services.voucher_register import BALANCE, is_live
from recoverydesk.services.voucher_views import VoucherView
from recoverydesk.storage.desk import Desk
from recoverydesk.storage.tables import Case, Customer, Remedy, Visit, Voucher

MOST_PEOPLE = 8
LEAST_SIGNS = 2
LEAST_CODE_SIGNS = 10
"""From so many signs on without a space between, something typed is taken for a code."""


@record
class Answer:
    """What something typed or scanned at the till means."""

    voucher: VoucherView | None = None
    people: tuple[CustomerRow, ...] = ()
    trouble: str = ""
    """What is wrong with a code; empty where nothing is."""


@record
class HeldVoucher:
    """A voucher with money on it."""

    voucher_id: int
    code: str
    kind: VoucherKind
    words: str
    balance_cents: int
    valid_to: date | None
    recipient: str


@record
class ToGive:
    """Something that was agreed and that they have not got yet."""

    remedy_id: int
    case_id: int | None
    kind: RemedyKind
    words: str
    value_cents: int
    agreed_on: date
    promised_for: date | None


@record
class Due:
    """What is due to a customer, and how to meet them."""

    customer_id: int
    name: str
    greeting: str
    likes: str
    in_recovery: bool
    """Greet them in person: the shop has let them down, and not long ago."""
    case_id: int | None
    case_number: str
    summary: str
    """What went wrong last; empty where nothing did."""
    say: str
    """Words to greet them with; empty where there is nothing to make good."""
    expected: bool
    """They were expected today."""
    expected_on: date | None
    """When they are expected; None where nobody knows."""
    here_today: bool
    """A visit of today is written down."""
    vouchers: tuple[HeldVoucher, ...]
    entitlements: tuple[EntitlementView, ...]
    to_give: tuple[ToGive, ...]

    @property
    def anything(self) -> bool:
        """Whether anything at all is due to them."""
        return bool(self.vouchers or self.entitlements or self.to_give)


def look(desk: Desk, typed: str, *, now: datetime) -> Answer:
    """Return what something typed or scanned means: a voucher's code, or people.

    Args:
        desk: the open desk.
        typed: a name, a phone's end, an e-mail, or a code.
        now: this moment (UTC).
    """
    typed = typed.strip()
    if len(typed) < LEAST_SIGNS:
        return Answer()
    if _may_be_code(typed):
        try:
            return Answer(voucher=voucher_views.look_up(desk, typed, now=now))
        except (InvalidEntryError, NotFoundError) as error:
            people = customer_lists.alike(desk, typed, most=MOST_PEOPLE)
            trouble = "" if people else f"{error} {error.advice}".strip()
            return Answer(people=people, trouble=trouble)
    return Answer(people=customer_lists.alike(desk, typed, most=MOST_PEOPLE))


def _may_be_code(typed: str) -> bool:
    if "@" in typed:
        return False
    code = rules.clean_code(typed)
    has_both = any(sign.isdigit() for sign in code) and any(sign.isalpha() for sign in code)
    if len(code) == CODE_LENGTH and (has_both or "-" in typed or " " not in typed):
        return code.isalnum() and not code.isdigit()
    return " " not in typed and has_both and LEAST_CODE_SIGNS <= len(code) <= CODE_LENGTH + 2


def due(desk: Desk, customer_id: int, *, now: datetime) -> Due:
    """Return what is due to a customer today, and how to meet them.

    Raises:
        NotFoundError: the customer is no longer on the desk.
    """
    with desk.reading():
        row = customer_by_id(customer_id)
        hours = hours_of_shop()
        today = hours.day_of(now)
        in_recovery = visits.is_in_recovery(row.id, today, hours)
        case = _last_case(row.id) if in_recovery else None
        here = Visit.select().where(Visit.customer == row.id, Visit.visited_on == today)
        return Due(
            customer_id=row.id,
            name=row.name,
            greeting=greeting_of(row),
            likes=row.likes,
            in_recovery=in_recovery,
            case_id=None if case is None else case.id,
            case_number="" if case is None else case.number,
            summary="" if case is None else case.summary,
            say=_say(case, greeting_of(row)),
            expected=row.expected_on == today,
            expected_on=row.expected_on,
            here_today=here.exists(),
            vouchers=_vouchers(row.id, today),
            entitlements=entitlements.of_customer(row.id, today),
            to_give=_to_give(row.id, hours),
        )


def _last_case(customer_id: int) -> Case | None:
    is_open = pw.Case(None, [(Case.status.in_(list(OPEN_STATUSES)), 0)], 1)
    found: Case | None = (
        Case.select()
        .where(Case.customer == customer_id, Case.merged_into.is_null())
        .order_by(is_open, Case.id.desc())
        .first()
    )
    return found


def _say(case: Case | None, name: str) -> str:
    """Return what the plan says for greeting them, else a word that always fits."""
    if case is None:
        return ""
    greets = (step.say for step in known_steps(case).values() if step.act is Act.GREET)
    return next(filter(None, greets), f"{name}, good to see you. Has everything been right since?")


def _vouchers(customer_id: int, today: date) -> tuple[HeldVoucher, ...]:
    query = (
        Voucher.select(
            Voucher.id, Voucher.code, Voucher.kind, Remedy.words, BALANCE, Voucher.valid_to,
            Voucher.recipient,
        )
        .join(Remedy, on=Voucher.remedy == Remedy.id)
        .where(Voucher.customer == customer_id, is_live(today), Voucher.valid_from <= today)
        .order_by(Voucher.valid_to.is_null(), Voucher.valid_to, Voucher.id)
    )  # fmt: skip
    return tuple(
        HeldVoucher(
            voucher_id=voucher_id,
            code=code,
            kind=VoucherKind(kind),
            words=words,
            balance_cents=left,
            valid_to=valid_to,
            recipient=recipient,
        )
        for voucher_id, code, kind, words, left, valid_to, recipient in query.tuples()
    )


def _to_give(customer_id: int, hours: OpeningHours) -> tuple[ToGive, ...]:
    query = (
        Remedy.select(
            Remedy.id, Remedy.case, Remedy.kind, Remedy.words, Remedy.value_cents,
            Remedy.created_at, Remedy.agreed_at, Remedy.promised_for,
        )
        .where(
            Remedy.customer == customer_id,
            Remedy.status == RemedyStatus.AGREED,  # what was issued is listed by its code
            Remedy.kind != RemedyKind.APOLOGY_ONLY,
        )
        .order_by(Remedy.id)
    )  # fmt: skip
    return tuple(
        ToGive(
            remedy_id=remedy_id,
            case_id=case_id,
            kind=RemedyKind(kind),
            words=words,
            value_cents=value,
            agreed_on=hours.day_of(agreed_at or created_at),
            promised_for=promised_for,
        )
        for remedy_id, case_id, kind, words, value, created_at, agreed_at, promised_for
        in query.tuples()
    )  # fmt: skip


def expected_today(desk: Desk, *, now: datetime) -> tuple[CustomerRow, ...]:
    """Return who is expected in the shop today."""
    with desk.reading():
        today = hours_of_shop().day_of(now)
        query = Customer.select(Customer.id).where(
            Customer.expected_on == today, Customer.merged_into.is_null()
        )
        ids = [values[0] for values in query.order_by(Customer.name_key).tuples()]
        return tuple(customer_lists.rows(desk, ids).values())
