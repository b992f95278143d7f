"""The month page: a month in four facts, one worry and one thing to try, on one sheet of paper."""

import re
from collections.abc import Iterator
from datetime import date, datetime
from typing import TYPE_CHECKING

import peewee as pw

from recoverydesk.domain.case import Outcome
from recoverydesk.domain.correction import CorrectionStatus
from recoverydesk.domain.days import day_plain, month_name
from recoverydesk.domain.document import DocumentKind
from recoverydesk.domain.file_name import safe_name
from recoverydesk.domain.follow_up import FollowUpStatus
from recoverydesk.domain.money import format_money
from recoverydesk.domain.month_page import Fact, Money, MonthFigures, MonthPage, month_page
from recoverydesk.domain.plan import add_months
from recoverydesk.domain.promise import PromiseState, state_of
from recoverydesk.domain.span import ONE_DAY, Month, Span, of_month, this_month
from recoverydesk.errors import InvalidEntryError
from recoverydesk.records import record
from recoverydesk.services import certificates, shop
from recoverydesk.services.letterheads import letterhead
from recoverydesk.services.nameless import Nameless
from recoverydesk.services.papers import Paper
from recoverydesk.services.shop import ShopView
from recoverydesk.services.spans import counts, within
from recoverydesk.storage.desk import Desk
from recoverydesk.storage.tables import Case, CorrectiveAction, FollowUp

if TYPE_CHECKING:
    from recoverydesk.documents.page_parts import Column, Part
    from recoverydesk.services.trends import MonthPoint

FIRST_YEAR, LAST_YEAR = 1970, 2200
MONTHS = 12
CHART_MONTHS = 6
"""Months in the small chart, the page's own the last."""
WORRY, NO_WORRY, TRY = "One worry", "No worry", "One thing to try"
HOUR = 3600
_OPEN_FIXES = (CorrectionStatus.IDEA, CorrectionStatus.PLANNED, CorrectionStatus.IN_PROGRESS)


@record
class MonthView:
    """What the page says, for a screen as well as for paper."""

    month: Month
    span: Span
    whole: bool
    """Whether the month is over."""
    page: MonthPage
    points: "tuple[MonthPoint, ...]"
    """The months of the small chart."""


def read_month(typed: str) -> Month:
    """Return the month of "2026-11".

    Raises:
        InvalidEntryError: it can't be read.
    """
    found = re.fullmatch(r"\s*(\d{4})-(\d{1,2})\s*", typed, re.ASCII)
    year, month = (int(found[1]), int(found[2])) if found else (0, 0)
    if not (FIRST_YEAR <= year <= LAST_YEAR and 1 <= month <= MONTHS):
        raise InvalidEntryError("month", "That is no month. Write it like 2026-11.")
    return Month(year, month)


def months(desk: Desk, *, now: datetime, most: int = 4) -> tuple[Month, ...]:
    """Return the months to choose from: the one that runs, and those before it."""
    today = shop.view(desk).hours.day_of(now)
    first = today.replace(day=1)
    return tuple(Month.of(add_months(first, -back)) for back in range(most))


def read(desk: Desk, month: Month | None = None, *, now: datetime) -> MonthView:
    """Return what the page of a month says.

    Args:
        desk: the open desk.
        month: which; None for the one that runs.
        now: this moment (UTC).

    Raises:
        InvalidEntryError: the month has not begun.
        NotFoundError: first start has not been gone through.
    """
    from recoverydesk.services import trends  # noqa: PLC0415 - start-up doesn't pay for it

    with desk.reading():
        view = shop.view(desk)
        today = view.hours.day_of(now)
        span, whole = _span_of(month, today)
        clean = Nameless(desk)
        before = None
        if _began(view) < span.first:
            before = _figures(desk, span.previous(), view, now, clean, whole=whole)
        page = month_page(_figures(desk, span, view, now, clean), before)
        chart = Span(add_months(span.first, 1 - CHART_MONTHS), span.last)
        points = trends.by_month(desk, chart)
    return MonthView(Month.of(span.first), span, whole, page, points)


def _span_of(month: Month | None, today: date) -> tuple[Span, bool]:
    running = this_month(today)
    if month is None or month == Month.of(today):
        return running, running.last + ONE_DAY == add_months(running.first, 1)
    span = of_month(month)
    if span.first > today:
        raise InvalidEntryError("month", "That month has not begun yet.")
    return span, True


def _began(view: ShopView) -> date:
    """Return the day of the desk's first case; far ahead where there is none."""
    oldest = Case.select(Case.opened_at).order_by(Case.opened_at).first()
    return date.max if oldest is None else view.hours.day_of(oldest.opened_at)


def _figures(
    desk: Desk, span: Span, view: ShopView, now: datetime, clean: Nameless, *, whole: bool = True
) -> MonthFigures:
    from recoverydesk.services import (  # noqa: PLC0415 - start-up doesn't pay for it
        first_contacts,
        paretos,
        returns,
        trends,
        worths,
    )

    def money(cents: int) -> Money:
        shown = format_money(cents, currency=view.currency, locale=view.locale, short=True)
        return Money(cents, shown)

    bars = paretos.causes(desk, span)
    known = sorted((one for one in bars if one.cause_id is not None and one.cases),
                   key=lambda one: (-one.cases, one.name.casefold()))  # fmt: skip
    point = trends.by_month(desk, span)[-1]
    contact = first_contacts.read(desk, span, now=now)
    back = returns.read(desk, span, now=now).overall
    worth = worths.read(desk, span)
    ended = _ended(span, view)
    states = _promises(span, view, now)
    counted = PromiseState.KEPT, PromiseState.KEPT_LATE, PromiseState.BROKEN
    name = month_name(span.first.month)
    return MonthFigures(
        name=name if whole else f"The same days of {name}",
        cases=sum(one.cases for one in bars),
        causes=tuple((clean(one.name), one.cases) for one in known),
        unknown=sum(one.cases for one in bars if one.cause_id is None),
        noticed_by_us=point.noticed_by_us,
        incidents=point.incidents,
        contacted=contact.n,
        in_time=contact.within,
        hours=None if contact.median is None else contact.median.total_seconds() / HOUR,
        returned=back.returned,
        decided=back.n,
        pending=back.pending,
        lost=ended.get(Outcome.LOST, 0),
        stayed=ended.get(Outcome.WON_BACK, 0) + ended.get(Outcome.KEPT, 0),
        promises=sum(states.count(state) for state in counted),
        broken=states.count(PromiseState.BROKEN),
        cost=money(worth.cost_cents),
        budget=None if worth.month_budget_cents is None else money(worth.month_budget_cents),
        kept=money(worth.kept.cents) if worth.kept.cents else None,
        kept_guessed=worth.kept.guessed,
        came_back=tuple(clean(what) for what in _came_back(span, view)),
        overdue=tuple(clean(what) for what in _overdue(span, view.hours.day_of(now))),
    )


def _ended(span: Span, view: ShopView) -> dict[str, int]:
    query = Case.select(Case.outcome, pw.fn.COUNT(Case.id)).where(
        within(Case.closed_at, span, view.hours), counts()
    )
    return dict(query.group_by(Case.outcome).tuples())


def _promises(span: Span, view: ShopView, now: datetime) -> list[PromiseState]:
    query = FollowUp.select(FollowUp.promised_at, FollowUp.status, FollowUp.ended_at).where(
        within(FollowUp.promised_at, span, view.hours)
    )
    return [
        state_of(promised_at, FollowUpStatus(status), ended_at, now=now)
        for promised_at, status, ended_at in query.tuples()
    ]


def _came_back(span: Span, view: ShopView) -> Iterator[str]:
    """Yield the fixes that were seen not to hold, the newest first."""
    seen = pw.fn.COALESCE(CorrectiveAction.came_back_at, CorrectiveAction.checked_at)
    query = CorrectiveAction.select(CorrectiveAction.what).where(
        CorrectiveAction.status == CorrectionStatus.CAME_BACK, within(seen, span, view.hours)
    )
    return (values[0] for values in query.order_by(CorrectiveAction.id.desc()).tuples())


def _overdue(span: Span, today: date) -> Iterator[str]:
    """Yield the fixes whose day had passed by the end of the time, and that still wait."""
    query = CorrectiveAction.select(CorrectiveAction.what).where(
        CorrectiveAction.status.in_(list(_OPEN_FIXES)),
        CorrectiveAction.due_on < min(today, span.last + ONE_DAY),
    )
    rows = query.order_by(CorrectiveAction.due_on, CorrectiveAction.id).tuples()
    return (values[0] for values in rows)


# -- on paper ----------------------------------------------------------------------------------


def paper(desk: Desk, month: Month | None = None, *, now: datetime) -> Paper:
    """Return the month page as a paper of one page, in the shop's size.

    Args:
        desk: the open desk.
        month: which; None for the one that runs.
        now: this moment (UTC).

    Raises:
        InvalidEntryError: the month has not begun.
        NotFoundError: first start has not been gone through.
    """
    # Papers are drawn on demand; ReportLab would cost the start of the program 220 ms.
    from recoverydesk.documents.one_page import OnePage, draw  # noqa: PLC0415 - as above

    with desk.reading():
        found = read(desk, month, now=now)
        view = shop.view(desk)
        head = letterhead(desk, view)
    name = f"{month_name(found.month.month)} {found.month.year}"
    last = day_plain(found.span.last, view.locale)
    content = draw(
        OnePage(
            letterhead=head,
            title=name,
            subtitle="How the month went" if found.whole else f"How it goes so far, up to {last}",
            parts=tuple(_parts(found)),
            foot=f"{view.name}, for the owner. Counts, not reasons. Nobody is ranked.",
        )
    )
    return Paper(
        kind=DocumentKind.MONTH_PAGE,
        title=f"Month page, {name}",
        file_name=safe_name(f"{found.month.key} Month page"),
        content=content,
        pages=certificates.count_pages(content),
    )


def _parts(found: MonthView) -> Iterator["Part"]:
    from recoverydesk.documents.page_parts import Callout, Heading, Question  # noqa: PLC0415 - as above

    yield Heading("Four facts")
    for place, fact in enumerate(found.page.facts):
        yield _fact(fact, tuple(_columns(found)) if place == 0 else ())
    advice = found.page.advice
    yield Callout(NO_WORRY if advice.calm else WORRY, advice.worry, advice.why,
                  alarm=not advice.calm)  # fmt: skip
    yield Callout(TRY, advice.attempt, advice.how)
    yield Question("What I will do, and by when:", 2)


def _fact(fact: Fact, columns: "tuple[Column, ...]") -> "Part":
    from recoverydesk.documents import page_parts  # noqa: PLC0415 - as above

    return page_parts.Fact(fact.figure, fact.words, fact.beside, columns, fact.share)


def _columns(found: MonthView) -> Iterator["Column"]:
    from recoverydesk.documents.page_parts import Column  # noqa: PLC0415 - as above

    points = found.points if any(point.cases for point in found.points) else ()
    for point in points:
        own = point.month == found.month
        label = month_name(point.month.month)[:3]
        yield Column(label, point.cases, strong=own, partial=own and not found.whole)
