"""Forgetting a person without a trace, while every count, cause, day and amount stays.

Who asks for it has a right to it (GDPR, article 17). What the shop must keep for its books are
amounts, and those stay without a name. It can't be undone: whatever could bring a name back would
hold the name.
"""

import re
from collections.abc import Iterable, Mapping
from contextlib import suppress
from datetime import datetime
from pathlib import Path
from typing import Any

import peewee as pw

from recoverydesk import places
from recoverydesk.domain.case import GoodFaith
from recoverydesk.domain.follow_up import FollowUpStatus
from recoverydesk.domain.forgetting import NOBODY, Forget, parts_of, pattern, telling, without
from recoverydesk.domain.stage import OPEN_STATUSES
from recoverydesk.errors import NotAllowedError
from recoverydesk.records import record
from recoverydesk.services import forgotten_papers, person_rows
from recoverydesk.services.person_rows import PersonRows
from recoverydesk.services.plans import utc
from recoverydesk.storage import forget
from recoverydesk.storage.desk import Desk
from recoverydesk.storage.tables import (
    Attachment,
    Case,
    CaseLink,
    Contact,
    Customer,
    Document,
    Entitlement,
    EntitlementUse,
    Feedback,
    FollowUp,
    FormDraft,
    LetterDraft,
    NegotiationLine,
    PositiveEvent,
    PrintedLine,
    Remedy,
    Suggestion,
    Visit,
    Voucher,
    VoucherEntry,
    Why,
)
from recoverydesk.topics import Topic

A_STEP, A_PAPER = "A step of a forgotten customer's case", "Forgotten paper"

EMPTIED: Mapping[Any, tuple[str, ...]] = {
    CaseLink: ("words",),
    FollowUp: ("reason", "end_words"),
    Contact: ("words",),
    NegotiationLine: ("words", "reason"),
    Remedy: ("occasion",),
    Voucher: ("recipient", "message"),
    VoucherEntry: ("words",),
    Entitlement: ("end_words",),
    EntitlementUse: ("words",),
    Visit: ("words",),
    PositiveEvent: ("words",),
    Suggestion: ("who", "end_words"),
    Feedback: ("words",),
    Case: (
        "review_link", "not_agreed_why", "good_faith_reason", "alarm", "safety_words", "next_step",
        "private_note",
    ),
    Customer: (
        "greeting_name", "name_key", "phone", "phone_key", "phone_tail", "email", "email_key",
        "address", "postcode", "town", "country", "language", "likes", "note", "best_time",
        "do_not_contact_why",
    ),
}  # fmt: skip
"""What is emptied in the person's own rows."""

STORY: Mapping[Any, tuple[str, ...]] = {
    Case: ("summary", "words", "restatement", "feeling", "our_part", "closing_words"),
    Suggestion: ("words",),
    Why: ("answer",),
}
"""What happened: emptied, or only without the name where the shop keeps it to learn from."""

CLEARED: Mapping[Any, tuple[str, ...]] = {
    Remedy: ("words",),
    Entitlement: ("words", "goods"),
}
"""What the shop gave: it stays for the books, without the name."""


@record
class ErasurePreview:
    """What forgetting somebody would do.

    Attributes:
        name: theirs.
        open_cases: numbers of cases that aren't over yet; while there are any, nothing is done.
        cases, contacts, papers, files: whose words, letters and photos go.
        elsewhere: texts about other things that name them; the name goes out of each.
        vouchers: that stay with their amounts, without a name.
        spendable: how many of those can still be handed in.
    """

    name: str
    open_cases: tuple[str, ...]
    cases: int
    contacts: int
    papers: int
    files: int
    elsewhere: int
    vouchers: int
    spendable: int


@record
class Erased:
    """What was done.

    Attributes:
        texts: how many texts about other things a name was taken out of.
        files: how many letters, photos and other files went.
        swept: whether every byte is gone at once; else the last go when the desk is closed.
    """

    texts: int
    files: int
    swept: bool


def preview_erasure(desk: Desk, customer_id: int) -> ErasurePreview:
    """Return what forgetting a person would do; changes nothing.

    Raises:
        NotFoundError: the customer is no longer on the desk.
    """
    with desk.reading():
        whose = person_rows.of(desk, customer_id)
        name = str(Customer.select(Customer.name).where(Customer.id == whose.customer_id).scalar())
        open_cases = Case.select(Case.number).where(
            Case.id << whose.cases, Case.status << OPEN_STATUSES
        )
        codes = whose.rows.get(Voucher, ())
        return ErasurePreview(
            name=name,
            open_cases=tuple(str(one) for (one,) in open_cases.order_by(Case.id).tuples()),
            cases=len(whose.cases),
            contacts=len(whose.rows.get(Contact, ())),
            papers=len(whose.rows.get(Document, ())),
            files=len(whose.rows.get(Attachment, ())),
            elsewhere=len(list(_elsewhere(whose, _telling(whose)))),
            vouchers=len(codes),
            spendable=_spendable(codes),
        )


def erase(desk: Desk, customer_id: int, *, how: Forget = Forget.ERASE, now: datetime) -> Erased:
    """Forget a person, on the desk and in the files beside it. It can't be undone.

    Backups aren't touched by this, and a restored one would bring them back;
    `backup_erasures.erase` sees to both.

    Args:
        desk: the open desk.
        customer_id: who.
        how: whether what happened goes, too, or stays without a name.
        now: this moment (UTC).

    Raises:
        NotFoundError: the customer is no longer on the desk.
        NotAllowedError: one of their cases isn't over yet.
    """
    with desk.reading():
        whose = person_rows.of(desk, customer_id)
        _refuse_open(whose)
        words = _telling(whose)
    done = erase_in_copy(desk, customer_id, how=how, now=now)
    clear_outbox()
    clear_logs(words)
    return done


def erase_in_copy(desk: Desk, customer_id: int, *, how: Forget, now: datetime) -> Erased:
    """Forget a person in a backup of the desk, where a case of theirs may still have been open."""
    blank = forgotten_papers.blank(desk)
    with desk.changing(
        Topic.EVERYTHING & ~Topic.SHOP, "Forget a customer", undoable=False, recorded=False
    ):
        whose = person_rows.of(desk, customer_id)
        words = _telling(whose)
        own = pattern([*words, *parts_of(_names(whose))])
        going = _bytes_of(whose)
        kept = desk.keep_blob(blank, "application/pdf")
        with forget.papers_unlocked():
            going |= _empty_papers(whose, kept)
            going |= forgotten_papers.empty_shared(desk, words, kept)
            texts = _take_out(whose, words)
            _empty_rows(whose, own, how=how, now=now)
            changes, named = forget.drop_images(
                {table._meta.table_name: ids for table, ids in whose.rows.items()},  # noqa: SLF001 - Peewee's way to a table's name
                {"customer_id": whose.customers, "case_id": whose.cases},
            )
        forget.seal(changes, own)
        files = forget.drop_unused_bytes((going | named) - {kept})
    return Erased(texts, files, forget.sweep(desk))


def clear_outbox() -> None:
    """Take the copies away that were handed to other programs; the desk keeps its own."""
    folder = places.outbox_folder()
    if folder.is_dir():
        for path in folder.iterdir():
            with suppress(OSError):
                path.unlink()


def clear_logs(words: Iterable[str]) -> None:
    """Take a name out of the program's logs, where one got there in spite of all care."""
    names = pattern(words)
    folder = places.config_folder()
    for path in folder.glob("recoverydesk.log*") if folder.is_dir() else ():
        with suppress(OSError):
            _clear_log(path, names)


def _clear_log(path: Path, names: re.Pattern[str] | None) -> None:
    text = path.read_text("utf-8", errors="replace")
    cleared = without(text, names)
    if cleared != text:
        path.write_text(cleared, "utf-8")


def _refuse_open(whose: PersonRows) -> None:
    still_open = Case.select(Case.number).where(
        Case.id << whose.cases, Case.status << OPEN_STATUSES
    )
    numbers = [str(number) for (number,) in still_open.order_by(Case.id).tuples()]
    if numbers:
        raise NotAllowedError(
            f"Not forgotten: {', '.join(numbers)} isn't closed yet.",
            advice="Close it first, so that nothing you promised is left. Nothing was changed.",
        )


def _names(whose: PersonRows) -> list[str]:
    """Return every name they have, or once had, here."""
    rows = list(
        Customer.select(Customer.name, Customer.greeting_name)
        .where(Customer.id << whose.customers)
        .tuples()
    )
    before = [str(one.get("name", "")) for one in forget.older_names(whose.customers)]
    return [name for row in rows for name in row if name] + before


def _telling(whose: PersonRows) -> tuple[str, ...]:
    """Return what tells them from others; what somebody else is written down with is left out."""
    columns = (Customer.name, Customer.phone, Customer.email)
    rows = Customer.select(*columns).where(Customer.id << whose.customers).tuples()
    before = [
        str(one.get(column.name, ""))
        for one in forget.older_names(whose.customers)
        for column in columns
    ]
    words = telling([*(value for row in rows for value in row), *before])
    others = Customer.id.not_in(whose.customers)
    return tuple(
        word
        for word in words
        if not Customer.select()
        .where(
            others, (Customer.name == word) | (Customer.phone == word) | (Customer.email == word)
        )
        .exists()
    )


def _elsewhere(whose: PersonRows, words: Iterable[str]) -> Iterable[tuple[str, str, int, str]]:
    own = {
        (table._meta.table_name, row_id)  # noqa: SLF001 - as above
        for table, ids in whose.rows.items()
        for row_id in ids
    }
    names = pattern(words)
    for table, column, row_id, text in forget.texts_naming(words):
        if (table, row_id) not in own and without(text, names) != text:
            yield table, column, row_id, text


def _take_out(whose: PersonRows, words: tuple[str, ...]) -> int:
    """Take the name out of every text about something else; return out of how many."""
    names = pattern(words)
    found = list(_elsewhere(whose, words))
    for table, column, row_id, text in found:
        forget.write_text(table, column, row_id, without(text, names))
    return len(found)


def _bytes_of(whose: PersonRows) -> set[str]:
    attached = Attachment.select(Attachment.content, Attachment.thumbnail).where(
        Attachment.id << whose.rows.get(Attachment, ())
    )
    return {str(one) for row in attached.tuples() for one in row if one is not None}


def _empty_papers(whose: PersonRows, kept: str) -> set[str]:
    """Put an empty sheet in the place of each of their papers; return what went."""
    theirs = Document.id << whose.rows.get(Document, ())
    going = {str(one) for (one,) in Document.select(Document.content).where(theirs).tuples()}
    values = {"title": A_PAPER, "file_name": f"{A_PAPER}.pdf", "text": "", "content": kept}
    Document.update(**values, pages=1).where(theirs).execute()
    return going


def _empty_rows(
    whose: PersonRows, names: re.Pattern[str] | None, *, how: Forget, now: datetime
) -> None:
    story = STORY if how is Forget.ERASE else {}
    for table in {*EMPTIED, *STORY, *CLEARED}:
        ids = whose.rows.get(table, ())
        empty = dict.fromkeys((*EMPTIED.get(table, ()), *story.get(table, ())), "")
        if ids and empty:
            table.update(**empty).where(table.id << ids).execute()
    cleared = CLEARED if how is Forget.ERASE else {**STORY, **CLEARED}
    for table, columns in cleared.items():
        for row in table.select().where(table.id << whose.rows.get(table, ())):
            for column in columns:
                setattr(row, column, without(getattr(row, column), names))
            if row.dirty_fields:
                row.save(only=row.dirty_fields)
    Case.update(good_faith=GoodFaith.PRESUMED).where(Case.id << whose.cases).execute()
    Customer.update(
        name=NOBODY,
        preferred_way=None,
        do_not_contact=True,
        touch_ideal_days=None,
        touch_latest_days=None,
        expected_on=None,
        erased_at=utc(now),
    ).where(Customer.id << whose.customers).execute()
    _drop_rows(whose)


def _drop_rows(whose: PersonRows) -> None:
    """Delete what has no count: what was still planned, typed or attached."""
    planned = FollowUp.select(FollowUp.id).where(
        FollowUp.id << whose.rows.get(FollowUp, ()), FollowUp.status == FollowUpStatus.PLANNED
    )
    PrintedLine.update(follow_up=None).where(PrintedLine.follow_up << planned).execute()
    FollowUp.delete().where(FollowUp.id << planned).execute()
    FollowUp.update(title=A_STEP).where(FollowUp.id << whose.rows.get(FollowUp, ())).execute()
    tables: tuple[Any, ...] = (Attachment, LetterDraft, FormDraft)
    for table in tables:
        table.delete().where(table.id << whose.rows.get(table, ())).execute()


def _spendable(codes: Iterable[int]) -> int:
    left = (
        VoucherEntry.select(VoucherEntry.voucher)
        .where(VoucherEntry.voucher << tuple(codes))
        .group_by(VoucherEntry.voucher)
        .having(pw.fn.SUM(VoucherEntry.amount_cents) > 0)
    )
    return int(left.count())
