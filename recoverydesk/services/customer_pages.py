"""A customer's page: their cases, vouchers and visits."""

from datetime import date, datetime

import peewee as pw

from recoverydesk.domain.case import Outcome, Severity, Stage, Status
from recoverydesk.domain.contact import Way
from recoverydesk.records import record
from recoverydesk.services import entitlements, gift_ideas, second_chances, touches
from recoverydesk.services.customers import customer_by_id
from recoverydesk.services.entitlements import EntitlementView
from recoverydesk.services.gift_ideas import PastGift, PlannedGift
from recoverydesk.services.plans import greeting_of
from recoverydesk.services.second_chances import SecondChance
from recoverydesk.services.shop import hours_of_shop
from recoverydesk.services.touches import TouchState
from recoverydesk.services.voucher_register import BRINGS_IN
from recoverydesk.storage.desk import Desk
from recoverydesk.storage.tables import (
    Case,
    Contact,
    Document,
    Visit,
    Voucher,
    VoucherEntry,
)


@record
class CaseOfCustomer:
    """One of a customer's cases, as their page lists it."""

    case_id: int
    number: str
    summary: str
    severity: Severity
    stage: Stage
    status: Status
    outcome: Outcome
    opened_at: datetime


@record
class VoucherOfCustomer:
    """A voucher of a customer, as their page lists it."""

    voucher_id: int
    code: str
    balance_cents: int
    initial_cents: int
    valid_to: date | None


@record
class CustomerView:
    """A customer's page."""

    customer_id: int
    name: str
    greeting: str
    greeting_name: str
    phone: str
    email: str
    address: str
    postcode: str
    town: str
    country: str
    worth_year_cents: int | None
    language: str
    preferred_way: Way | None
    best_time: str
    do_not_contact: bool
    do_not_contact_why: str
    likes: str
    note: str
    since_on: date | None
    cases: tuple[CaseOfCustomer, ...]
    vouchers: tuple[VoucherOfCustomer, ...]
    visits: tuple[tuple[date, int | None, str], ...]
    """Day, amount, words; the newest first."""
    contacts: int
    letters: int
    chance: SecondChance
    planned_gifts: tuple[PlannedGift, ...]
    past_gifts: tuple[PastGift, ...]
    """The newest first."""
    touch_ideal_days: int | None
    """After how many days one gets in touch; None where nobody asked to."""
    touch_latest_days: int | None
    touch: TouchState | None
    """When to get in touch again; None where nobody asked to, or no moment was given."""
    expected_on: date | None = None
    """When they are expected in the shop; None where nobody knows."""
    entitlements: tuple[EntitlementView, ...] = ()
    """What they may have for a time; empty where no moment was given."""

    @property
    def positives(self) -> int:
        """How many good experiences there were since the last bad one."""
        return self.chance.count


def view(desk: Desk, customer_id: int, *, now: datetime | None = None) -> CustomerView:
    """Return a customer's page.

    Args:
        desk: the open desk.
        customer_id: whose.
        now: this moment (UTC), where it matters how pressing it is to get in touch.

    Raises:
        NotFoundError: the customer is no longer on the desk.
    """
    with desk.reading():
        row = customer_by_id(customer_id)
        return CustomerView(
            customer_id=row.id,
            name=row.name,
            greeting=greeting_of(row),
            greeting_name=row.greeting_name,
            phone=row.phone,
            email=row.email,
            address=row.address,
            postcode=row.postcode,
            town=row.town,
            country=row.country,
            worth_year_cents=row.worth_year_cents,
            language=row.language,
            preferred_way=None if row.preferred_way is None else Way(row.preferred_way),
            best_time=row.best_time,
            do_not_contact=row.do_not_contact,
            do_not_contact_why=row.do_not_contact_why,
            likes=row.likes,
            note=row.note,
            since_on=row.since_on,
            cases=_cases_of(row.id),
            vouchers=_vouchers_of(row.id),
            visits=tuple(
                Visit.select(Visit.visited_on, Visit.amount_cents, Visit.words)
                .where(Visit.customer == row.id)
                .order_by(Visit.visited_on.desc(), Visit.id.desc())
                .limit(20)
                .tuples()
            ),
            contacts=Contact.select().where(Contact.customer == row.id).count(),
            letters=Document.select().where(Document.customer == row.id).count(),
            chance=second_chances.of_customer(desk, row.id),
            planned_gifts=gift_ideas.planned(row.id),
            past_gifts=gift_ideas.past(row.id),
            touch_ideal_days=row.touch_ideal_days,
            touch_latest_days=row.touch_latest_days,
            touch=None if now is None else touches.state(desk, row.id, now=now),
            expected_on=row.expected_on,
            entitlements=()
            if now is None
            else entitlements.of_customer(row.id, hours_of_shop().day_of(now)),
        )


def _cases_of(customer_id: int) -> tuple[CaseOfCustomer, ...]:
    query = (
        Case.select(
            Case.id,
            Case.number,
            Case.summary,
            Case.severity,
            Case.stage,
            Case.status,
            Case.outcome,
            Case.opened_at,
        )
        .where(Case.customer == customer_id, Case.status != Status.MERGED)
        .order_by(Case.id.desc())
        .limit(50)
    )
    return tuple(
        CaseOfCustomer(
            case_id=values[0],
            number=values[1],
            summary=values[2],
            severity=Severity(values[3]),
            stage=Stage(values[4]),
            status=Status(values[5]),
            outcome=Outcome(values[6]),
            opened_at=values[7],
        )
        for values in query.tuples()
    )


def _vouchers_of(customer_id: int) -> tuple[VoucherOfCustomer, ...]:
    left = pw.fn.COALESCE(pw.fn.SUM(VoucherEntry.amount_cents), 0)
    issued = pw.fn.COALESCE(
        pw.fn.SUM(pw.Case(None, [(BRINGS_IN, VoucherEntry.amount_cents)], 0)),
        0,
    )
    query = (
        Voucher.select(Voucher.id, Voucher.code, left, issued, Voucher.valid_to)
        .join(VoucherEntry, on=VoucherEntry.voucher == Voucher.id)
        # A code that another took the place of leads nowhere.
        .where(Voucher.customer == customer_id, Voucher.replaced_by.is_null())
        .group_by(Voucher.id)
        .order_by(Voucher.id.desc())
    )
    return tuple(VoucherOfCustomer(*values) for values in query.tuples())
