"""What somebody needs to know before they ring: the story behind a follow-up, on one card.

A calling session goes through these cards; what comes of each is saved here as one change.
"""

from datetime import date, datetime
from typing import Any

import peewee as pw

from recoverydesk.domain.case import Severity, Status
from recoverydesk.domain.contact import Mood, Reach, Way
from recoverydesk.domain.follow_up import Act, FollowUpKind, FollowUpStatus
from recoverydesk.domain.opening_hours import OpeningHours
from recoverydesk.domain.promise import PromiseState
from recoverydesk.domain.remedy import RemedyKind, RemedyStatus
from recoverydesk.domain.text import tidy_text
from recoverydesk.domain.voucher import shown_code
from recoverydesk.errors import NotFoundError
from recoverydesk.records import record
from recoverydesk.services import agendas, contacts, follow_ups, promises, touches
from recoverydesk.services.contacts import ContactEntry, ContactView
from recoverydesk.services.plans import case_by_id, greeting_of, known_steps, utc
from recoverydesk.services.promises import PromiseView
from recoverydesk.services.shop import hours_of_shop
from recoverydesk.storage.desk import Desk
from recoverydesk.storage.tables import (
    Case,
    Contact,
    Customer,
    FollowUp,
    Person,
    Remedy,
    Voucher,
    VoucherEntry,
)
from recoverydesk.topics import Topic

FOR_A_SESSION = frozenset({Act.CALL, Act.TALK, Act.GREET, Act.WRITE})
"""What a calling session goes through."""

CONTACTS_TOLD = 3
TRIES = 3
"""After so many calls in a row that nobody answered, a letter is proposed."""

WRITTEN = frozenset({Way.EMAIL, Way.LETTER, Way.MESSAGE})
TOPICS = Topic.FOLLOW_UPS | Topic.CASES | Topic.CONTACTS


@record
class UnusedRemedy:
    """Something they were given or promised, and have not had yet."""

    remedy_id: int
    kind: RemedyKind
    words: str
    value_cents: int
    left_cents: int | None
    """What is left on its voucher; None where it has none."""
    valid_to: date | None
    """The voucher's last day."""
    code: str
    """As printed; empty where it has none."""


@record
class Story:
    """A follow-up, and everything worth knowing before one turns to the customer."""

    follow_up_id: int
    title: str
    reason: str
    act: Act
    kind: FollowUpKind
    status: FollowUpStatus
    due_at: datetime | None
    due_on: date | None
    timed: bool
    put_offs: int
    for_session: bool
    """A calling session would come to it today."""
    case_id: int | None = None
    case_number: str = ""
    summary: str = ""
    resolved: bool = False
    """The case has been put right: how it was handled can be asked."""
    severity: Severity | None = None
    alarm: str = ""
    """Why the case counts as a second failure, in words; empty where it doesn't."""
    customer_id: int | None = None
    name: str = ""
    greeting: str = ""
    phone: str = ""
    email: str = ""
    preferred_way: Way | None = None
    best_time: str = ""
    do_not_contact: bool = False
    likes: str = ""
    contacts: tuple[ContactView, ...] = ()
    """The last three with the customer, the newest first, whatever they were about."""
    no_answers: int = 0
    """How many times in a row nobody has answered."""
    promise: PromiseView | None = None
    """The first promise of the case that is still to be kept."""
    promise_broken: bool = False
    remedies: tuple[UnusedRemedy, ...] = ()
    """Of all the customer's cases; what runs out first comes first."""
    coach: str = ""
    say: str = ""
    not_say: str = ""
    source: str = ""

    @property
    def planned(self) -> bool:
        """Whether nobody has dealt with it yet."""
        return self.status is FollowUpStatus.PLANNED

    @property
    def way(self) -> Way:
        """How one turns to them, by what there is to do."""
        return _way(self.act, self.preferred_way)


def session_items(
    desk: Desk, *, now: datetime, hours: OpeningHours | None = None
) -> tuple[int, ...]:
    """Return what a calling session goes through, in the order of Today: late, then for today.

    Args:
        desk: the open desk.
        now: this moment (UTC).
        hours: the shop's opening hours, where they are known already.

    Returns:
        Ids of follow-ups that turn to a customer. Those whose turn it is, and those who asked to
        be left alone, are not among them.
    """
    with desk.reading():
        found = agendas.agenda(desk, now=now, days=0, hours=hours)
        asked = Customer.select(Customer.id).where(Customer.do_not_contact)
        left_alone = {values[0] for values in asked.tuples()}
    return tuple(
        row.follow_up_id
        for row in (*found.late, *found.today)
        if row.act in FOR_A_SESSION
        and row.customer_id is not None
        and not row.their_turn
        and row.customer_id not in left_alone
    )


def of_follow_up(desk: Desk, follow_up_id: int, *, now: datetime) -> Story:
    """Return the story behind a follow-up, read in nine queries at the most.

    Raises:
        NotFoundError: it is no longer on the desk.
    """
    with desk.reading():
        row = _row(follow_up_id)
        today = hours_of_shop().day_of(now)
        case = None if row.case_id is None else case_by_id(row.case_id)
        customer = None if row.customer_id is None else Customer.get_by_id(row.customer_id)
        return Story(
            follow_up_id=row.id,
            title=row.title,
            reason=row.reason,
            act=Act(row.act),
            kind=FollowUpKind(row.kind),
            status=FollowUpStatus(row.status),
            due_at=row.due_at,
            due_on=row.due_on,
            timed=row.timed,
            put_offs=row.put_offs,
            for_session=_waits(row, today) and _may_be_called(row, case, customer),
            **({} if case is None else _about_case(case, now=now)),
            **({} if case is None or not row.step_key else _about_step(case, row.step_key)),
            **({} if customer is None else _about_customer(customer, today)),
        )


def _row(follow_up_id: int) -> FollowUp:
    row = FollowUp.get_or_none(FollowUp.id == follow_up_id)
    if row is None:
        raise NotFoundError("That follow-up is no longer on the desk.")
    return row


def _waits(row: FollowUp, today: date) -> bool:
    due = row.due_on is not None and row.due_on <= today
    return due and row.status == FollowUpStatus.PLANNED


def _may_be_called(row: FollowUp, case: Case | None, customer: Customer | None) -> bool:
    their_turn = case is not None and case.status == Status.WAITING_CUSTOMER
    reachable = customer is not None and not customer.do_not_contact
    return row.act in FOR_A_SESSION and reachable and not their_turn


def _about_case(case: Case, *, now: datetime) -> dict[str, Any]:
    still_open = [
        promise for promise in promises.of_case(case.id) if promise.status is FollowUpStatus.PLANNED
    ]
    promise = min(still_open, key=lambda one: one.promised_at, default=None)
    return {
        "case_id": case.id,
        "case_number": case.number,
        "summary": case.summary,
        "resolved": case.resolved_at is not None,
        "severity": Severity(case.severity),
        "alarm": case.alarm,
        "promise": promise,
        "promise_broken": promise is not None and promise.state(now) is PromiseState.BROKEN,
    }


def _about_step(case: Case, key: str) -> dict[str, Any]:
    step = known_steps(case).get(key)
    if step is None:
        return {}
    return {
        "coach": step.coach,
        "say": step.say,
        "not_say": step.not_say,
        "source": step.source,
    }


def _about_customer(customer: Customer, today: date) -> dict[str, Any]:
    way = customer.preferred_way
    return {
        "customer_id": customer.id,
        "name": customer.name,
        "greeting": greeting_of(customer),
        "phone": customer.phone,
        "email": customer.email,
        "preferred_way": None if way is None else Way(way),
        "best_time": customer.best_time,
        "do_not_contact": customer.do_not_contact,
        "likes": customer.likes,
        "contacts": _last_contacts(customer.id),
        "no_answers": _no_answers(customer.id),
        "remedies": _unused(customer.id, today),
    }


def _last_contacts(customer_id: int) -> tuple[ContactView, ...]:
    return contacts.views(
        Contact.select(*contacts.COLUMNS)
        .left_outer_join(Person, on=Contact.person == Person.id)
        .where(Contact.customer == customer_id)
        .order_by(Contact.id.desc())
        .limit(CONTACTS_TOLD)
    )


def _no_answers(customer_id: int) -> int:
    got_through = Contact.select(pw.fn.MAX(Contact.id)).where(
        Contact.customer == customer_id, Contact.reach != Reach.NO_ANSWER
    )
    return int(
        Contact.select()
        .where(Contact.customer == customer_id, Contact.id > pw.fn.COALESCE(got_through, 0))
        .count()
    )


def _unused(customer_id: int, today: date) -> tuple[UnusedRemedy, ...]:
    live = Voucher.voided_at.is_null() & Voucher.replaced_by.is_null()
    query = (
        Remedy.select(
            Remedy.id, Remedy.kind, Remedy.words, Remedy.value_cents, Remedy.handed_over_at,
            Voucher.code, Voucher.valid_to, pw.fn.SUM(VoucherEntry.amount_cents),
        )
        .join(Voucher, pw.JOIN.LEFT_OUTER, on=(Voucher.remedy == Remedy.id) & live)
        .join(VoucherEntry, pw.JOIN.LEFT_OUTER, on=VoucherEntry.voucher == Voucher.id)
        .where(
            Remedy.customer == customer_id,
            Remedy.kind != RemedyKind.APOLOGY_ONLY,
            Remedy.status.not_in(
                [RemedyStatus.PROPOSED, RemedyStatus.USED, RemedyStatus.LAPSED, RemedyStatus.VOID]
            ),
        )
        .group_by(Remedy.id, Voucher.id)
        .order_by(Remedy.id)
    )  # fmt: skip
    found = [
        UnusedRemedy(
            remedy_id, RemedyKind(kind), words, value, left, valid_to, shown_code(code or "")
        )
        for remedy_id, kind, words, value, given_at, code, valid_to, left in query.tuples()
        if (given_at is None if code is None else left and not _is_over(valid_to, today))
    ]
    return tuple(sorted(found, key=lambda one: one.valid_to or date.max))


def _is_over(valid_to: date | None, today: date) -> bool:
    return valid_to is not None and valid_to < today


def _way(act: Act, preferred: Way | None) -> Way:
    if act is Act.WRITE and preferred in WRITTEN:
        return preferred
    return follow_ups.WAYS.get(act, Way.CALL)


def reached(
    desk: Desk, follow_up_id: int, *, now: datetime, words: str = "", mood: Mood | None = None
) -> None:
    """Write down that you spoke with them, and mark the follow-up done: one change, one Undo.

    Raises:
        NotFoundError, NotAllowedError: it is gone or dealt with already.
        InvalidEntryError: the words are too long; or the step has to ask something first, as
            `follow_ups.complete` does.
    """
    with desk.changing(TOPICS, "Reached a customer") as change:
        row = _row(follow_up_id)
        customer = row.customer
        if customer is None:
            follow_ups.complete(desk, follow_up_id, now=now, note=words)
            return
        change.say(f"Reached {customer.name}")
        # Done first: the contact may tick the step by itself, and keeps what was promised.
        follow_ups.complete(desk, follow_up_id, now=now)
        _log(desk, row, customer, _Said(Reach.REACHED, words, mood), now=now)


def left_word(desk: Desk, follow_up_id: int, *, now: datetime, words: str = "") -> None:
    """Write down that you left word; it comes back the next opening day, unless that kept it.

    Raises:
        NotFoundError, NotAllowedError: it is gone or dealt with already.
        InvalidEntryError: the words are too long.
    """
    with desk.changing(TOPICS, "Left word") as change:
        row = _row(follow_up_id)
        customer, hours = row.customer, hours_of_shop()
        if customer is not None and row.status == FollowUpStatus.PLANNED:
            change.say(f"Left word for {customer.name}")
            _log(desk, row, customer, _Said(Reach.LEFT_WORD, words), now=now)
            # A word that was left is a contact: staying in touch counts anew from it.
            kept = _row(follow_up_id).status != FollowUpStatus.PLANNED
            if kept or row.kind == FollowUpKind.TOUCH:
                return
        tomorrow = hours.add_open_days(hours.day_of(now), 1)
        follow_ups.move(desk, follow_up_id, to=tomorrow, now=now)


@record
class _Said:
    """How a call went."""

    reach: Reach
    words: str
    mood: Mood | None = None


def _log(desk: Desk, row: FollowUp, customer: Customer, said: _Said, *, now: datetime) -> None:
    preferred = customer.preferred_way
    entry = ContactEntry(
        way=_way(Act(row.act), None if preferred is None else Way(preferred)),
        reach=said.reach,
        mood=said.mood,
        words=said.words,
    )
    if row.case_id is not None:
        contacts.log(desk, row.case_id, entry, now=now)
        return
    contact = Contact.create(
        customer=customer.id,
        at=utc(now),
        way=entry.way,
        direction=entry.direction,
        reach=entry.reach,
        mood=entry.mood,
        words=tidy_text(entry.words, field="words"),
        person=desk.person_id,
    )
    touches.heard(contact)
