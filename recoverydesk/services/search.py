"""Find anything: people, cases, letters, codes, by what somebody remembers of them."""

import re
from enum import StrEnum

import peewee as pw

from recoverydesk.domain import voucher as rules
from recoverydesk.domain.case import Status
from recoverydesk.domain.names import name_key
from recoverydesk.records import record
from recoverydesk.services import customer_lists
from recoverydesk.storage import search as full_text
from recoverydesk.storage.desk import Desk
from recoverydesk.storage.search import Source
from recoverydesk.storage.tables import (
    Attachment,
    Case,
    Contact,
    Customer,
    Document,
    NegotiationLine,
    Voucher,
)


class FoundKind(StrEnum):
    """What was found."""

    CUSTOMER = "customer"
    CASE = "case"
    VOUCHER = "voucher"
    PAPER = "paper"
    """A letter that went out, or something attached; its id is its case's."""


@record
class Found:
    """One hit: enough to show it and to open it."""

    kind: FoundKind
    item_id: int
    title: str
    hint: str


LEAST_SIGNS = 2
LEAST_CODE_SIGNS = 4
MOST_PAPERS = 3
MOST_CUSTOMERS = 6
MOST_PEOPLE = 100
MOST_WORDS = 6
"""Of a name and a story together."""
LONGEST_COUNT = 6
_NUMBER = re.compile(r"R?[\s_./-]*(20[0-9]{2})[\s_./-]*([0-9]{1,6})")
"""A case's number however it is typed: "r20260012", "2026-12", "R 2026 0012"."""
YEARS = range(2000, 2100)
"""Years that a case's number can name; a few too many cost nothing."""


def find(desk: Desk, typed: str, *, most: int = 12) -> tuple[Found, ...]:
    """Return what something typed may mean: codes first, then people, cases and papers.

    Args:
        desk: the open desk.
        typed: a name, the end of a phone number, a case number, a code, words of a story.
        most: how many hits at the most.
    """
    typed = typed.strip()
    if len(typed) < LEAST_SIGNS:
        return ()
    with desk.reading():
        found = _found(desk, typed, most)
        if not found and (better := full_text.mended(typed)):
            found = _found(desk, better, most)
    return found


def _found(desk: Desk, typed: str, most: int) -> tuple[Found, ...]:
    people = _customers(desk, typed)
    hits = [*_vouchers(typed, most), *people]
    papers: list[Found] = []
    if len(typed) > LEAST_SIGNS or not people:
        # Two letters stand in nearly every story: names are what they can mean.
        hits += _cases(typed, most)
    if not people:
        papers = _papers(typed, MOST_PAPERS)  # a name stands in every letter to them
    # Papers are few: they are never crowded out.
    return (*hits[: max(most - len(papers), 0)], *papers)[:most]


def _vouchers(typed: str, most: int) -> list[Found]:
    piece = rules.clean_code(typed)
    if len(piece) < LEAST_CODE_SIGNS or not set(piece) <= set(rules.ALPHABET):
        return []
    # Whoever reads a code aloud begins at its beginning.
    begins = pw.Case(None, [(Voucher.code.startswith(piece), 0)], 1)
    query = (
        Voucher.select(Voucher.id, Voucher.code, Customer.name)
        .join(Customer, on=Voucher.customer == Customer.id)
        .where(Voucher.code.contains(piece))
        .order_by(begins, Voucher.id.desc())
        .limit(most)
    )
    return [
        Found(FoundKind.VOUCHER, voucher_id, rules.shown_code(code), name)
        for voucher_id, code, name in query.tuples()
    ]


def _customers(desk: Desk, typed: str) -> list[Found]:
    rows = customer_lists.alike(desk, typed, most=MOST_CUSTOMERS)
    if not rows:
        ids = full_text.all_of(Source.CUSTOMER, typed, most=MOST_CUSTOMERS)
        rows = tuple(customer_lists.rows(desk, _live(Customer, ids)).values())
    return [
        Found(
            FoundKind.CUSTOMER,
            row.customer_id,
            row.name,
            " · ".join(part for part in (row.phone or row.email, row.town) if part),
        )
        for row in rows
    ]


def _cases(typed: str, most: int) -> list[Found]:
    """Return cases: by number, then whose they are, then by what was said in them."""
    found_in = (*_numbered(typed, most), *_of_people(typed, most), *_told_of(typed, most))
    wanted = list(dict.fromkeys(found_in or _of_somebody_about(typed, most)))[:most]
    wanted = _live(Case, wanted)
    query = (
        Case.select(Case.id, Case.number, Case.summary, Customer.name)
        .join(Customer)
        .where(Case.id.in_(wanted), Case.status != Status.MERGED)
    )
    found = {
        case_id: Found(FoundKind.CASE, case_id, f"{number} {name}", summary)
        for case_id, number, summary, name in query.tuples()
    }
    return [found[case_id] for case_id in wanted if case_id in found]


def _live(table: type[Case | Customer], ids: list[int]) -> list[int]:
    """Return what has become of each, once: whoever was merged is found as who they are now."""
    query = table.select(table.id, table.merged_into).where(
        table.id.in_(ids), table.merged_into.is_null(is_null=False)
    )
    become = dict(query.tuples())
    return list(dict.fromkeys(become.get(one, one) for one in ids))


def _numbered(typed: str, most: int) -> list[int]:
    """Return the cases whose number begins so, or of whichever year ends in these digits."""
    number = typed.upper()
    told = _NUMBER.fullmatch(number)
    if told is not None:
        wanted = Case.number == f"R-{told[1]}-{int(told[2]):04d}"
    elif typed.isdecimal() and len(typed) <= LONGEST_COUNT:
        wanted = Case.number.in_([f"R-{year}-{int(typed):04d}" for year in YEARS])
    elif number.startswith("R-"):
        wanted = (Case.number >= number) & (Case.number < number + "~")
    else:
        return []
    whose = pw.fn.COALESCE(Case.merged_into, Case.id)  # an old number leads to what it has become
    query = Case.select(whose).where(wanted).order_by(Case.id.desc()).limit(most)
    return [values[0] for values in query.tuples()]


def _of_people(typed: str, most: int) -> list[int]:
    people = full_text.all_of(Source.NAME, name_key(typed), most=MOST_PEOPLE)
    query = (
        Case.select(Case.id).where(Case.customer.in_(people)).order_by(Case.id.desc()).limit(most)
    )
    return [values[0] for values in query.tuples()]


def _of_somebody_about(typed: str, most: int) -> list[int]:
    """Return the cases of whoever some of the words name, about what the others say."""
    words = typed.split()[:MOST_WORDS]
    for at in range(len(words) - 1, 0, -1):
        for who, what in ((words[:at], words[at:]), (words[at:], words[:at])):
            about = full_text.all_of(Source.CASE, " ".join(what), most=MOST_PEOPLE)
            people = full_text.all_of(Source.NAME, name_key(" ".join(who)), most=MOST_PEOPLE)
            if about and people:
                both = Case.select(Case.id).where(Case.id.in_(about), Case.customer.in_(people))
                found = [values[0] for values in both.order_by(Case.id.desc()).limit(most).tuples()]
                if found:
                    return found
    return []


def _told_of(typed: str, most: int) -> list[int]:
    """Return the cases in which it was said: their story, the conversation, the negotiation."""
    found = full_text.all_of(Source.CASE, typed, most=most)
    for source, table in ((Source.CONTACT, Contact), (Source.NEGOTIATION, NegotiationLine)):
        if len(found) < most:
            rows = full_text.all_of(source, typed, most=most)
            found += _case_ids(table, rows)
    return found


def _case_ids(table: type[Contact | NegotiationLine | Attachment], rows: list[int]) -> list[int]:
    query = table.select(table.case).where(table.id.in_(rows), table.case.is_null(is_null=False))
    return [values[0] for values in query.order_by(table.id.desc()).tuples()]


def _papers(typed: str, most: int) -> list[Found]:
    """Return letters by their text, and what is attached by its name and text."""
    papers = (
        Document.select(Document.case, Document.title, Customer.name, Document.at)
        .join(Customer, on=Document.customer == Customer.id)
        .where(
            Document.id.in_(full_text.all_of(Source.PAPER, typed, most=most)),
            Document.case.is_null(is_null=False),
        )
        .order_by(Document.id.desc())
    )
    attached = (
        Attachment.select(Attachment.case, Attachment.name, Customer.name, Attachment.at)
        .join(Case)
        .join(Customer)
        .where(Attachment.id.in_(full_text.all_of(Source.ATTACHMENT, typed, most=most)))
        .order_by(Attachment.id.desc())
    )
    return [
        Found(FoundKind.PAPER, case_id, title, f"{name} · {at:%Y-%m-%d}")
        for query in (papers, attached)
        for case_id, title, name, at in query.tuples()
    ]
