"""The monthly register for the books: what was given, used and lapsed, to the last penny."""

import csv
import io
import re
from collections.abc import Iterator, Sequence
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING

from recoverydesk.domain.days import day_plain, day_short, month_name
from recoverydesk.domain.file_name import safe_name
from recoverydesk.domain.money import amount_text, format_money
from recoverydesk.domain.voucher import VoucherKind
from recoverydesk.errors import InvalidEntryError
from recoverydesk.records import record
from recoverydesk.services import shop
from recoverydesk.services.letterheads import letterhead
from recoverydesk.services.register_lines import (
    ON_VOUCHERS,
    PART_WORDS,
    Part,
    RegisterLine,
    Span,
    left_before,
    lines_of,
)
from recoverydesk.services.shop import hours_of_shop
from recoverydesk.services.vouchers import KIND_WORDS
from recoverydesk.storage.desk import Desk
from recoverydesk.storage.tables import Remedy, VoucherEntry

if TYPE_CHECKING:
    from recoverydesk.documents.register import Facts, Row, Section

FIRST_YEAR, LAST_YEAR = 1970, 2200
MONTHS = 12
BOM = b"\xef\xbb\xbf"
"""Without it Excel takes UTF-8 for the computer's own letters."""
_BEGINS_FORMULA = frozenset("=+-@＝＋－＠")  # noqa: RUF001 - the wide ones count as well


@record
class KindTotal:
    """What was given of one sort."""

    kind: str
    count: int
    value_cents: int
    cost_cents: int


@record
class RegisterTotals:
    """The sums of a month, in minor units."""

    given_count: int
    given_value_cents: int
    given_cost_cents: int
    by_kind: tuple[KindTotal, ...]
    opening_cents: int
    """What was left on all vouchers when the month began."""
    changes: tuple[tuple[Part, int], ...]
    """What each part of the ledger added to that, or below zero what it took off."""
    closing_cents: int
    """What was left when it ended: what it began with, and all changes."""
    closing_by_kind: tuple[tuple[VoucherKind, int], ...]
    used_count: int
    """How often something that lasts was used."""


@record
class Register:
    """A month for the books."""

    year: int
    month: int
    shop: str
    currency: str
    locale: str
    lines: tuple[RegisterLine, ...]
    """By part, then by day."""
    totals: RegisterTotals

    def of(self, part: Part) -> tuple[RegisterLine, ...]:
        """Return the lines of one part."""
        return tuple(line for line in self.lines if line.part is part)

    @property
    def title(self) -> str:
        """What it is called: "Register for November 2026"."""
        return f"Register for {month_name(self.month)} {self.year}"

    def file_name(self, ending: str) -> str:
        """Return the name of its file, safe on every system."""
        return safe_name(f"{self.year}-{self.month:02} Register {self.shop}", ending)

    def money(self, cents: int) -> str:
        """Return an amount as the owner reads it."""
        return format_money(cents, currency=self.currency, locale=self.locale)


def read_month(typed: str) -> tuple[int, int]:
    """Return year and month of "2026-11".

    Raises:
        InvalidEntryError: it can't be read.
    """
    found = re.fullmatch(r"\s*(\d{4})-(\d{1,2})\s*", typed, re.ASCII)
    if found is None:
        raise _no_month()
    year, month_ = int(found[1]), int(found[2])
    _check(year, month_)
    return year, month_


def _no_month() -> InvalidEntryError:
    return InvalidEntryError("month", "That is no month. Write it like 2026-11.")


def _check(year: int, month_: int) -> None:
    if not (FIRST_YEAR <= year <= LAST_YEAR and 1 <= month_ <= MONTHS):
        raise _no_month()


def _next(year: int, month_: int) -> tuple[int, int]:
    return (year + 1, 1) if month_ == MONTHS else (year, month_ + 1)


def months(desk: Desk, *, now: datetime) -> tuple[tuple[int, int], ...]:
    """Return year and month of all that have a register, from this one back to the desk's first."""
    with desk.reading():
        hours = hours_of_shop()
        firsts = (
            Remedy.select(Remedy.created_at).order_by(Remedy.created_at).limit(1).scalar(),
            VoucherEntry.select(VoucherEntry.at).order_by(VoucherEntry.at).limit(1).scalar(),
        )
    today = hours.day_of(now)
    begun = min([hours.day_of(stamp) for stamp in firsts if stamp is not None] + [today])
    found = [(begun.year, begun.month)]
    while found[-1] < (today.year, today.month):
        found.append(_next(*found[-1]))
    return tuple(reversed(found))


def month(desk: Desk, year: int, month: int) -> Register:
    """Return what was given, used and lapsed in a month of the shop's own calendar.

    What was given stands on the day on which it was agreed, once, with what it is worth by now;
    nothing that is only proposed, or was taken back. A voucher's new code gives nothing and uses
    nothing: it moves what was left.

    Args:
        desk: the open desk.
        year: the year.
        month: 1 to 12.

    Raises:
        InvalidEntryError: there is no such month.
        NotFoundError: first start has not been gone through.
    """
    _check(year, month)
    with desk.reading():
        view = shop.view(desk)
        span = Span(date(year, month, 1), date(*_next(year, month), 1), view.hours)
        lines = lines_of(span)
        return Register(
            year=year,
            month=month,
            shop=view.name,
            currency=view.currency,
            locale=view.locale,
            lines=tuple(lines),
            totals=_totals(lines, span),
        )


def _totals(lines: Sequence[RegisterLine], span: Span) -> RegisterTotals:
    given = [line for line in lines if line.part is Part.GIVEN]
    changes = dict.fromkeys(ON_VOUCHERS, 0)
    for line in lines:
        if line.part in changes:
            changes[line.part] += line.ledger_cents
    closing = left_before(span.ends)
    return RegisterTotals(
        given_count=len(given),
        given_value_cents=sum(line.value_cents for line in given),
        given_cost_cents=sum(line.cost_cents for line in given),
        by_kind=_by_kind(given),
        opening_cents=sum(left_before(span.begins).values()),
        changes=tuple(changes.items()),
        closing_cents=sum(closing.values()),
        closing_by_kind=tuple((kind, closing[kind]) for kind in VoucherKind if closing.get(kind)),
        used_count=sum(line.part is Part.USED for line in lines),
    )


def _by_kind(given: Sequence[RegisterLine]) -> tuple[KindTotal, ...]:
    found = []
    for kind in sorted({line.kind for line in given}):
        here = [line for line in given if line.kind == kind]
        value, cost = sum(one.value_cents for one in here), sum(one.cost_cents for one in here)
        found.append(KindTotal(kind, len(here), value, cost))
    return tuple(found)


# -- as a spreadsheet --------------------------------------------------------------------------


def as_csv(register: Register) -> bytes:
    """Return a register as a spreadsheet's file: UTF-8 with its mark, every cell in quotes.

    Cells are parted and amounts written as the shop's locale has it, so that Excel there opens it
    right. What was given, what it costs and what changed on vouchers are columns of their own:
    nothing counts twice. The sums stand below an empty line.
    """
    comma = "," in amount_text(1, currency="EUR", locale=register.locale)

    def amount(cents: int | None) -> str:
        if cents is None:
            return ""
        plain = amount_text(cents, currency=register.currency, locale="en")
        return plain.replace(".", ",") if comma else plain

    out = io.StringIO()
    write = csv.writer(out, delimiter=";" if comma else ",", quoting=csv.QUOTE_ALL).writerow
    write(_heads(register.currency))
    for line in register.lines:
        given, day = line.part is Part.GIVEN, line.handed_over_on
        texts = (PART_WORDS[line.part], line.customer, line.case_number, line.kind, line.words)
        amounts = (
            line.value_cents if given else None,
            line.cost_cents if given else None,
            line.ledger_cents if line.part in ON_VOUCHERS else None,
        )
        last = (line.code, "" if day is None else day.isoformat())
        write((line.on.isoformat(), *map(defused, texts), *map(amount, amounts), *last))
    write(())
    for label, *sums in _sums(register):
        write(("", label, "", "", "", "", *map(amount, sums), "", ""))
    return BOM + out.getvalue().encode()


def _heads(currency: str) -> tuple[str, ...]:
    return (
        *("Day", "What happened", "Customer", "Case", "Kind", "Words"),
        *(f"Worth ({currency})", f"Cost to you ({currency})", f"On vouchers ({currency})"),
        *("Code", "Handed over"),
    )


def defused(words: str) -> str:
    """Return words that no spreadsheet takes for a formula, in one line.

    Source: OWASP, "CSV Injection". The apostrophe before them says "this is text".
    """
    plain = " ".join(words.split())
    return f"'{plain}" if plain and plain[0] in _BEGINS_FORMULA else plain


def _sums(register: Register) -> Iterator[tuple[str, int | None, int | None, int | None]]:
    """Yield the sums: what they are, worth, cost, and change on vouchers."""
    totals = register.totals
    yield "Given in all", totals.given_value_cents, totals.given_cost_cents, None
    first, last = _ends(register)
    yield f"Left on vouchers before {day_plain(first, 'en_GB')}", None, None, totals.opening_cents
    for part, cents in totals.changes:
        yield f"{PART_WORDS[part]} in all", None, None, cents
    yield f"Left on vouchers after {day_plain(last, 'en_GB')}", None, None, totals.closing_cents


def _ends(register: Register) -> tuple[date, date]:
    first = date(register.year, register.month, 1)
    return first, date(*_next(register.year, register.month), 1) - timedelta(days=1)


# -- on paper ----------------------------------------------------------------------------------


def as_pdf(desk: Desk, register: Register) -> bytes:
    """Return a register as a PDF on the shop's paper: its sums, then every line.

    Raises:
        NotFoundError: first start has not been gone through.
        FileTroubleError: the shop's logo can't be read.
    """
    # Papers are drawn on demand; ReportLab would cost the start of the program 220 ms.
    from recoverydesk.documents.register import RegisterPaper, draw  # noqa: PLC0415 - start-up doesn't pay for it

    with desk.reading():
        head = letterhead(desk, shop.view(desk))
    first, last = _ends(register)
    locale = register.locale
    return draw(
        RegisterPaper(
            letterhead=head,
            title=register.title,
            subtitle=f"{day_plain(first, locale)} to {day_plain(last, locale)}",
            facts=(_given_facts(register), _voucher_facts(register)),
            sections=tuple(_sections(register)),
            foot="For your books only: it says what remedies cost you.",
        )
    )


def _given_facts(register: Register) -> "Facts":
    from recoverydesk.documents.register import Fact, Facts  # noqa: PLC0415 - as above

    totals, money = register.totals, register.money
    kinds = [Fact(f"{one.kind} ({one.count})", money(one.value_cents)) for one in totals.by_kind]
    return Facts(
        "Given",
        (
            *kinds,
            Fact(
                f"Worth in all ({totals.given_count})", money(totals.given_value_cents), strong=True
            ),
            Fact("Cost to you", money(totals.given_cost_cents), strong=True),
        ),
    )


def _voucher_facts(register: Register) -> "Facts":
    from recoverydesk.documents.register import Fact, Facts  # noqa: PLC0415 - as above

    totals, money = register.totals, register.money
    first, last = (day_plain(day, register.locale) for day in _ends(register))
    changes = [Fact(PART_WORDS[part], money(cents)) for part, cents in totals.changes if cents]
    kinds = [
        Fact(f"of it: {KIND_WORDS[kind]}", money(cents)) for kind, cents in totals.closing_by_kind
    ]
    return Facts(
        "Left on vouchers",
        (
            Fact(f"Before {first}", money(totals.opening_cents), strong=True),
            *changes,
            Fact(f"After {last}", money(totals.closing_cents), strong=True),
            *(kinds if len(kinds) > 1 else ()),
        ),
    )


def _sections(register: Register) -> Iterator["Section"]:
    from recoverydesk.documents.register import Section  # noqa: PLC0415 - as above

    money, totals = register.money, register.totals
    changes = dict(totals.changes)
    for part in Part:
        lines = register.of(part)
        if not lines:
            continue
        heads: tuple[str, ...] = ()
        sums: tuple[str, ...] = ()
        if part is Part.GIVEN:
            heads = ("Worth", "Cost to you")
            sums = (money(totals.given_value_cents), money(totals.given_cost_cents))
        elif part in changes:
            heads, sums = ("On vouchers",), (money(changes[part]),)
        rows = tuple(_row(line, register) for line in lines)
        yield Section(f"{PART_WORDS[part]} ({len(lines)})", heads, rows, sums)


def _row(line: RegisterLine, register: Register) -> "Row":
    from recoverydesk.documents.register import Row  # noqa: PLC0415 - as above

    money = register.money
    amounts: tuple[str, ...] = ()
    if line.part is Part.GIVEN:
        amounts = (money(line.value_cents), money(line.cost_cents))
    elif line.part in ON_VOUCHERS:
        amounts = (money(line.ledger_cents),)
    said = f"{line.kind}: {line.words}" if line.words != line.kind else line.words
    if line.part is Part.GIVEN and line.handed_over_on is None:
        said += ". Not handed over yet"
    return Row(
        day=day_short(line.on, register.locale),
        name=" ".join(line.customer.split()),
        words=" ".join(said.split()),
        refs=tuple(filter(None, (line.case_number, line.code))),
        amounts=amounts,
    )
