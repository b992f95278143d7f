"""The same word, and the same remedy, for everybody whom an incident hit: each in one change."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from recoverydesk.domain.contact import Reach, Way
from recoverydesk.domain.negotiation import LineKind
from recoverydesk.domain.remedy import RemedyKind, RemedyStatus
from recoverydesk.domain.text import tidy_text
from recoverydesk.domain.voucher import VoucherKind
from recoverydesk.progress import Progress
from recoverydesk.services import approvals, contacts, negotiations, remedies, vouchers
from recoverydesk.services.case_lists import STILL_OPEN
from recoverydesk.services.contacts import ContactEntry
from recoverydesk.services.incidents import count_words, incident_by_id
from recoverydesk.services.remedies import RemedyEntry
from recoverydesk.services.vouchers import VoucherEntryForm
from recoverydesk.storage.desk import Desk
from recoverydesk.storage.tables import Case, Customer, NegotiationLine, Remedy
from recoverydesk.topics import Topic

TOPICS = Topic.CASES | Topic.REMEDIES | Topic.VOUCHERS | Topic.FOLLOW_UPS


def acknowledge_all(
    desk: Desk,
    incident_id: int,
    words: str,
    *,
    way: Way,
    next_word_by: datetime | None,
    now: datetime,
    progress: Progress | None = None,
) -> int:
    """Write down that everybody who had not heard from the shop yet has been told.

    Customers who asked not to be contacted are left out; `IncidentView.left_alone` says how many.

    Args:
        desk: the open desk.
        incident_id: the incident.
        words: what they were told.
        way: how.
        next_word_by: until when they were told that they hear again (UTC); None promises nothing.
        now: this moment (UTC).
        progress: told before each; stops between two, and then nothing is saved.

    Returns:
        How many were told; 0 where everybody had been.

    Raises:
        NotFoundError: the incident is no longer on the desk.
        InvalidEntryError: no words, or what was promised can't be.
        Cancelled: the owner stopped it.
    """
    words = tidy_text(words, field="words", required=True, message="Write down what you tell them.")
    entry = ContactEntry(way=way, reach=Reach.LEFT_WORD, words=words)
    with desk.changing(Topic.CASES | Topic.CONTACTS | Topic.FOLLOW_UPS, "Tell them all") as change:
        row = incident_by_id(incident_id)
        untold = _ids(
            _open_cases(row.id)
            .join(Customer)
            .where(Case.first_contact_at.is_null(), ~Customer.do_not_contact)
        )
        for place, case_id in enumerate(untold):
            _step(progress, place, untold)
            contacts.log(desk, case_id, entry, now=now, next_word_by=next_word_by)
        change.say(f"Tell {count_words(len(untold))}: {row.title}")
        return len(untold)


def offer_all(
    desk: Desk,
    incident_id: int,
    entry: RemedyEntry,
    *,
    now: datetime,
    progress: Progress | None = None,
) -> int:
    """Offer everybody the same, where the case is open and it was neither offered nor given.

    Args:
        desk: the open desk.
        incident_id: the incident.
        entry: what is offered.
        now: this moment (UTC).
        progress: told before each; stops between two, and then nothing is saved.

    Returns:
        To how many it was offered.

    Raises:
        NotFoundError: the incident is no longer on the desk.
        InvalidEntryError: no words, or an amount below zero.
        Cancelled: the owner stopped it.
    """
    words = remedies.checked(entry)
    with desk.changing(TOPICS, "Offer them all the same") as change:
        row = incident_by_id(incident_id)
        offered = NegotiationLine.select(NegotiationLine.case).where(
            NegotiationLine.kind == LineKind.OFFERED,
            NegotiationLine.remedy_kind == entry.kind,
            NegotiationLine.words == words,
        )
        without = _ids(_without(row.id, entry.kind, words).where(Case.id.not_in(offered)))
        for place, case_id in enumerate(without):
            _step(progress, place, without)
            negotiations.offer(desk, case_id, entry, now=now)
        change.say(f"Offer {count_words(len(without))} {words}")
        return len(without)


def give_all(
    desk: Desk,
    incident_id: int,
    entry: RemedyEntry,
    words: str,
    *,
    now: datetime,
    voucher: VoucherKind = VoucherKind.GOODWILL_CERTIFICATE,
    progress: Progress | None = None,
) -> int:
    """Give everybody the same: it is agreed in every open case that has none of it yet.

    A remedy of the same kind in the same words is the same, whatever it was worth. Vouchers are
    issued at once, each with a code of its own, for as long as the shop's usually are good.

    Args:
        desk: the open desk.
        incident_id: the incident.
        entry: what each of them gets.
        words: what was agreed, as both would say it; empty takes the remedy's.
        now: this moment (UTC).
        voucher: what kind of voucher it is, where it is one.
        progress: told before each; stops between two, and then nothing is saved.

    Returns:
        How many got it.

    Raises:
        NotFoundError: the incident is no longer on the desk.
        InvalidEntryError: no words, or an amount or a day that can't be.
        Cancelled: the owner stopped it.
    """
    thing = remedies.checked(entry)
    with desk.changing(TOPICS, "Give them all the same") as change:
        row = incident_by_id(incident_id)
        without = _ids(_without(row.id, entry.kind, thing))
        form = VoucherEntryForm(
            kind=voucher,
            value_cents=entry.value_cents,
            words=thing,
            approved_by=entry.approved_by,
        )
        for place, case_id in enumerate(without):
            _step(progress, place, without)
            said = words.strip() or thing
            (remedy_id,) = negotiations.agree(desk, case_id, said, [entry], now=now)
            if entry.kind is RemedyKind.VOUCHER:
                vouchers.issue(desk, form, now=now, case_id=case_id, remedy_id=remedy_id)
        change.say(f"Give {count_words(len(without))} {thing}")
        return len(without)


def ask_all_later(
    desk: Desk,
    incident_id: int,
    entry: RemedyEntry,
    *,
    now: datetime,
    progress: Progress | None = None,
) -> int:
    """Let the same wait for the owner's word in every open case that has none of it yet.

    Args:
        desk: the open desk.
        incident_id: the incident.
        entry: what each of them would get.
        now: this moment (UTC).
        progress: told before each; stops between two, and then nothing is saved.

    Returns:
        In how many cases the owner is asked.

    Raises:
        NotFoundError: the incident is no longer on the desk.
        InvalidEntryError: no words, or an amount or a day that can't be.
        Cancelled: the owner stopped it.
    """
    words = remedies.checked(entry)
    with desk.changing(TOPICS, "Ask the owner for all of them") as change:
        row = incident_by_id(incident_id)
        without = _ids(_without(row.id, entry.kind, words))
        for place, case_id in enumerate(without):
            _step(progress, place, without)
            approvals.ask_later(desk, case_id, entry, now=now)
        change.say(f"Ask the owner: {words} for {count_words(len(without))}")
        return len(without)


def lacking(desk: Desk, incident_id: int, entry: RemedyEntry) -> int:
    """Return how many `give_all` would give this to."""
    with desk.reading():
        return int(_without(incident_id, entry.kind, entry.words.strip()).count())


def _step(progress: Progress | None, place: int, of: Sequence[int]) -> None:
    if progress is not None:
        progress.step(place, len(of))


def _open_cases(incident_id: int) -> Any:  # noqa: ANN401 - peewee's own
    return (
        Case.select(Case.id)
        .where(Case.incident == incident_id, Case.status.in_(STILL_OPEN))
        .order_by(Case.id)
    )


def _without(incident_id: int, kind: RemedyKind, words: str) -> Any:  # noqa: ANN401 - peewee's own
    """Select the open cases of an incident that have none of a remedy."""
    has = Remedy.select(Remedy.case).where(
        Remedy.kind == kind,
        Remedy.words == words,
        Remedy.status != RemedyStatus.VOID,
        Remedy.case.is_null(is_null=False),
    )
    return _open_cases(incident_id).where(Case.id.not_in(has))


def _ids(query: Any) -> list[int]:  # noqa: ANN401 - peewee's own
    return [values[0] for values in query.tuples()]
