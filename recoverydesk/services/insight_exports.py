"""Learn's figures as a spreadsheet's file: the same sums as on screen."""

import csv
import io
from collections.abc import Iterator
from datetime import timedelta

from recoverydesk.domain.band import Band
from recoverydesk.domain.feedback import Question
from recoverydesk.domain.file_name import safe_name
from recoverydesk.domain.money import amount_text
from recoverydesk.domain.remedy import RemedyKind
from recoverydesk.domain.speed import Speed
from recoverydesk.records import record
from recoverydesk.services import shop
from recoverydesk.services.insights import Insight
from recoverydesk.services.registers import BOM, defused
from recoverydesk.services.returns import NOTHING
from recoverydesk.services.shop import ShopView
from recoverydesk.services.worths import Worth
from recoverydesk.storage.desk import Desk

UNKNOWN = "Not yet known"
WITHOUT_CASE = "Without a case"
SPEED_WORDS = {
    Speed.HOUR_1: "Within 1 opening hour",
    Speed.HOURS_4: "1 to 4 opening hours",
    Speed.HOURS_8: "4 to 8 opening hours",
    Speed.HOURS_24: "8 to 24 opening hours",
    Speed.LONGER: "Longer",
    Speed.NEVER: "Nobody got through",
}
QUESTION_WORDS = {
    Question.FAIR: "Was it fair?",
    Question.EASY: "Was it easy and quick?",
    Question.TREATED: "Were you treated well?",
}
HEADS = ("Part", "What", "Group", "Cases", "Of", "Still open")


@record
class FigureRow:
    """One line of the file. What doesn't apply is None; money is in minor units."""

    part: str
    what: str
    group: str = ""
    count: int | None = None
    of: int | None = None
    """Out of how many."""
    pending: int | None = None
    worth_cents: int | None = None
    cost_cents: int | None = None
    number: str = ""
    """A figure of another sort: a mean, hours."""


def rows(desk: Desk, insight: Insight) -> tuple[FigureRow, ...]:
    """Return every figure of a time, in the order of the page."""
    with desk.reading():
        return tuple(_rows(insight))


def _rows(insight: Insight) -> Iterator[FigureRow]:
    worths = insight.worths
    for bar in insight.bars:
        name = UNKNOWN if bar.cause_id is None else bar.name
        yield FigureRow(
            "Causes", name, bar.group, bar.cases, worth_cents=bar.at_stake_cents,
            cost_cents=bar.cost_cents,
        )  # fmt: skip
    yield FigureRow(
        "Causes", WITHOUT_CASE, count=0, worth_cents=0, cost_cents=worths.cost_without_case_cents
    )
    for point in insight.months:
        yield FigureRow("Months", point.month.key, count=point.cases, cost_cents=point.cost_cents)
        yield FigureRow("Noticed by us", point.month.key, count=point.noticed_by_us, of=point.cases)
    yield from _speeds(insight)
    yield from _returned(insight)
    yield _worth("At stake now", worths.at_stake)
    yield _worth("Kept", worths.kept)
    yield FigureRow(
        "Remedies", "Given", worth_cents=worths.given_cents, cost_cents=worths.cost_cents
    )
    for fix in insight.recurrences:
        when = fix.done_on.isoformat()
        yield FigureRow(
            f"Before the fix of {when}", fix.what, fix.cause, fix.before,
            number=f"{fix.before_days} days",
        )  # fmt: skip
        yield FigureRow(
            f"After the fix of {when}", fix.what, fix.cause, fix.after,
            number=f"{fix.after_days} days",
        )  # fmt: skip
    for one in insight.satisfaction.answers:
        mean = "" if one.mean is None else f"{one.mean:.1f}"
        yield FigureRow("Answers", QUESTION_WORDS[one.question], count=one.n, number=mean)


def _speeds(insight: Insight) -> Iterator[FigureRow]:
    first = insight.first_contacts
    for band in first.bands:
        yield FigureRow("First contact", SPEED_WORDS[band.speed], count=band.cases, of=first.n)
    yield FigureRow("First contact", "As promised", count=first.within, of=first.n)
    if first.median is not None:
        hours = first.median / timedelta(hours=1)
        yield FigureRow("First contact", "Middle, in opening hours", number=f"{hours:.1f}")


def _returned(insight: Insight) -> Iterator[FigureRow]:
    found = insight.returns
    yield _band("Won back by a purchase", "All", found.overall)
    yield FigureRow("Won back by word alone", "Their word", count=found.their_word)
    yield FigureRow("Won back by word alone", "Your word", count=found.owners_word)
    for band in found.by_speed:
        yield _band("Won back, by first contact", SPEED_WORDS[Speed(band.key)], band)
    for band in found.by_remedy:
        yield _band("Won back, by remedy", remedy_words(band.key), band)


def remedy_words(key: str) -> str:
    """Return what a remedy's band is called."""
    if key == NOTHING:
        return "Words alone"
    return RemedyKind(key).value.replace("_", " ").capitalize()


def _band(part: str, what: str, band: Band) -> FigureRow:
    return FigureRow(part, what, count=band.returned, of=band.n, pending=band.pending)


def _worth(what: str, worth: Worth) -> FigureRow:
    return FigureRow("Worth a year", what, count=worth.customers, worth_cents=worth.cents)


def as_csv(desk: Desk, insight: Insight) -> bytes:
    """Return the figures as a spreadsheet's file: UTF-8 with its mark, every cell in quotes.

    Cells are parted and amounts written as the shop's locale has it. No text can be taken for a
    formula.

    Raises:
        NotFoundError: first start has not been gone through.
    """
    view = shop.view(desk)
    comma = _has_comma(view)
    out = io.StringIO()
    write = csv.writer(out, delimiter=";" if comma else ",", quoting=csv.QUOTE_ALL).writerow
    money = (f"Worth ({view.currency})", f"Cost to you ({view.currency})")
    write((*HEADS, *money, "Figure"))
    for row in rows(desk, insight):
        counts = ("" if one is None else str(one) for one in (row.count, row.of, row.pending))
        amounts = (_amount(cents, view) for cents in (row.worth_cents, row.cost_cents))
        number = row.number.replace(".", ",") if comma else row.number
        write((*map(defused, (row.part, row.what, row.group)), *counts, *amounts, number))
    return BOM + out.getvalue().encode()


def _has_comma(view: ShopView) -> bool:
    return "," in amount_text(1, currency="EUR", locale=view.locale)


def _amount(cents: int | None, view: ShopView) -> str:
    if cents is None:
        return ""
    plain = amount_text(cents, currency=view.currency, locale="en")
    return plain.replace(".", ",") if _has_comma(view) else plain


def file_name(insight: Insight) -> str:
    """Return the name of its file, safe on every system."""
    span = insight.span
    return safe_name(f"Learn {span.first.isoformat()} to {span.last.isoformat()}", "csv")
