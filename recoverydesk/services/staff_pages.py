"""The page for the staff meeting: what goes wrong, what we change, whose idea it was.

Names stand beside ideas and nowhere else: where something went wrong it is about how we work.
"""

from collections import Counter
from collections.abc import Iterator, Sequence
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING

import peewee as pw

from recoverydesk.domain.case import Outcome, Status
from recoverydesk.domain.correction import CorrectionStatus, IdeaSource, IdeaStatus
from recoverydesk.domain.days import day_long, day_plain, day_short
from recoverydesk.domain.document import DocumentKind
from recoverydesk.domain.file_name import safe_name
from recoverydesk.errors import InvalidEntryError
from recoverydesk.records import record
from recoverydesk.services import certificates, shop
from recoverydesk.services.letterheads import letterhead
from recoverydesk.services.nameless import Nameless
from recoverydesk.services.papers import Paper
from recoverydesk.services.shop import ShopView
from recoverydesk.storage.desk import Desk
from recoverydesk.storage.tables import Case, Cause, CorrectiveAction, Customer, Suggestion

if TYPE_CHECKING:
    from recoverydesk.documents.page_parts import Part

FEWEST = 5
"""Cases; of fewer, bars say nothing."""
MOST_CAUSES = 5
MOST_BACK = 2
MOST_CHANGES = 5
MOST_RULES = 3
MOST_IDEAS = 3
"""Of each the newest: all of it on one page."""
LONGEST_DAYS = 3_660
A_CUSTOMER = "a customer"
"""How a customer's idea is credited: what they said is used, who they are stays here."""
QUESTIONS = (
    "What in our rules or our day made this easy to get wrong?",
    "What would you change first, if it were up to you?",
)
_OPEN = (CorrectionStatus.IDEA, CorrectionStatus.PLANNED, CorrectionStatus.IN_PROGRESS)
_DONE = (CorrectionStatus.DONE_WATCHING, CorrectionStatus.HOLDS, CorrectionStatus.CAME_BACK)


@record
class _Period:
    """What happened in some days, counted."""

    causes: Counter[str]
    ended: Counter[str]
    logged: int


@record
class _Fix:
    """A change, without names."""

    what: str
    rule: str
    cause: str
    cause_id: int | None
    status: CorrectionStatus
    due_on: date | None
    done_on: date | None


def paper(desk: Desk, *, days: int = 30, now: datetime) -> Paper:
    """Return the page for the staff meeting: one page, whatever there is to say.

    Stories stay out of it, and so do sensitive cases and every name of the staff and of the
    customers concerned, also where a cause or a change names one. Only whoever had an idea that is
    used is named, beside it; a customer is "a customer".

    Args:
        desk: the open desk.
        days: how far it looks back.
        now: this moment (UTC).

    Raises:
        InvalidEntryError: fewer days than one, or more than ten years of them.
    """
    # Papers are drawn on demand; ReportLab would cost the start of the program 220 ms.
    from recoverydesk.documents.one_page import OnePage, draw  # noqa: PLC0415 - start-up doesn't pay for it

    if not 1 <= days <= LONGEST_DAYS:
        raise InvalidEntryError("days", "Look back on one day at least, and ten years at the most.")
    begin = now - timedelta(days=days)
    with desk.reading():
        view = shop.view(desk)
        head = letterhead(desk, view)
        clean = Nameless(desk)
        period = _counted(begin, now, clean)
        before = _counted(begin - timedelta(days=days), begin, clean)
        parts = (
            *_told(period, before),
            *_parts(_fixes(clean), begin, now, view),
            *_ideas(begin, clean),
            *_asked(),
        )
    day = view.hours.day_of(now)
    since = day_plain(view.hours.day_of(begin), view.locale)
    cases = "1 case" if period.logged == 1 else f"{period.logged} cases"
    content = draw(
        OnePage(
            letterhead=head,
            title="What our customers told us",
            subtitle=f"Team meeting, {day_long(day, view.locale)}. Since {since}, {cases}",
            parts=parts,
            foot=f"{view.name}, for our team. Nobody is named on this page but for an idea.",
        )
    )
    return Paper(
        kind=DocumentKind.STAFF_PAGE,
        title="Page for the staff meeting",
        file_name=safe_name(f"{day.isoformat()} Staff meeting"),
        content=content,
        pages=certificates.count_pages(content),
    )


def _counted(begin: datetime, end: datetime, clean: Nameless) -> _Period:
    query = Case.select(Case.cause, Case.outcome, Case.closed_at, Case.opened_at).where(
        (Case.opened_at.between(begin, end)) | (Case.closed_at.between(begin, end)),
        Case.status != Status.MERGED,
        ~Case.sensitive,
    )
    causes: Counter[str] = Counter()
    ended: Counter[str] = Counter()
    logged = 0
    names = {
        cause_id: clean(name) for cause_id, name in Cause.select(Cause.id, Cause.name).tuples()
    }
    for cause, outcome, closed_at, opened_at in query.tuples():
        if begin <= opened_at <= end:
            logged += 1
            causes[names.get(cause, "")] += 1
        if closed_at is not None and begin <= closed_at <= end:
            ended[outcome] += 1
    return _Period(causes, ended, logged)


def _told(period: _Period, before: _Period) -> Iterator["Part"]:
    from recoverydesk.documents.page_parts import Heading  # noqa: PLC0415 - as above

    yield _lead(period)
    yield Heading("Where it goes wrong", "cases", rule=False)
    yield from _bars(period, before)


def _parts(
    fixes: Sequence[_Fix], begin: datetime, now: datetime, view: ShopView
) -> Iterator["Part"]:
    since, today = view.hours.day_of(begin), view.hours.day_of(now)
    yield from _back(fixes, view, now)
    yield from _changes(fixes, since, today, view)
    yield from _rules(fixes, since)


def _asked() -> Iterator["Part"]:
    from recoverydesk.documents.page_parts import Heading, Question  # noqa: PLC0415 - as above

    yield Heading("Let us ask ourselves")
    for words in QUESTIONS:
        yield Question(words)


def _lead(period: _Period) -> "Part":
    from recoverydesk.documents.page_parts import Lead  # noqa: PLC0415 - as above
    from recoverydesk.documents.paragraph import Span  # noqa: PLC0415 - as above

    told = ", ".join(
        f"{period.ended[outcome]} {words}"
        for outcome, words in (
            (Outcome.WON_BACK, "came back and bought again"),
            (Outcome.KEPT, "stayed with us"),
            (Outcome.LOST, "will not come back"),
        )
        if period.ended[outcome]
    )
    ends = f" Of those whose case ended, {told}." if told else ""
    return Lead(
        (
            Span("We look for what in "),
            Span("our way of working", bold=True),
            Span(f" made the mistake easy to make, and never for who made it.{ends}"),
        )
    )


def _bars(period: _Period, before: _Period) -> Iterator["Part"]:
    from recoverydesk.documents.page_parts import Bar, Note  # noqa: PLC0415 - as above

    if period.logged < FEWEST:
        yield Note(f"Too few to say: {period.logged} in this time, and it takes {FEWEST}.")
        return
    known = [(name, count) for name, count in _largest(period.causes) if name]
    shown, rest = known[:MOST_CAUSES], sum(count for _name, count in known[MOST_CAUSES:])
    most = max([count for _name, count in shown] + [rest], default=1)
    for place, (name, count) in enumerate(shown):
        was = f", before {before.causes[name]}" if before.logged >= FEWEST else ""
        yield Bar(name, count / most, f"{count}{was}", strong=place < 2)  # noqa: PLR2004 - the top two
    if rest:
        yield Bar("Everything else", rest / most, str(rest), strong=False)
    first = sum(count for _name, count in shown[:2])
    words = f"The first two make up {first} of {period.logged} cases." if len(shown) > 2 else ""  # noqa: PLR2004 - or they are all
    if period.causes[""]:
        words += f" Not known yet: {period.causes['']} of {period.logged}."
    if words:
        yield Note(words.strip())


def _largest(causes: Counter[str]) -> list[tuple[str, int]]:
    return sorted(causes.items(), key=lambda one: (-one[1], one[0].casefold()))


def _fixes(clean: Nameless) -> tuple[_Fix, ...]:
    """Return all changes that are not dropped, the newest first; none of a sensitive case."""
    columns = (
        CorrectiveAction.what, CorrectiveAction.rule, CorrectiveAction.status,
        CorrectiveAction.due_on, CorrectiveAction.done_on, Cause.id, Cause.name, Customer.name,
    )  # fmt: skip
    query = (
        CorrectiveAction.select(*columns)
        .join(Cause, pw.JOIN.LEFT_OUTER, on=CorrectiveAction.cause == Cause.id)
        .join(Case, pw.JOIN.LEFT_OUTER, on=CorrectiveAction.case == Case.id)
        .join(Customer, pw.JOIN.LEFT_OUTER, on=Case.customer == Customer.id)
        .where(
            CorrectiveAction.status != CorrectionStatus.DROPPED,
            Case.sensitive.is_null() | ~Case.sensitive,
        )
        .order_by(CorrectiveAction.id.desc())
    )
    found = []
    for what, rule, status, due_on, done_on, cause_id, cause, customer in query.tuples():
        theirs = [customer] if customer else []
        found.append(
            _Fix(
                what=clean(what, customers=theirs),
                rule=clean(rule, customers=theirs),
                cause=clean(cause or "", customers=theirs),
                cause_id=cause_id,
                status=CorrectionStatus(status),
                due_on=due_on,
                done_on=done_on,
            )
        )
    return tuple(found)


def _back(fixes: Sequence[_Fix], view: ShopView, now: datetime) -> Iterator["Part"]:
    from recoverydesk.documents.page_parts import Heading, Said  # noqa: PLC0415 - as above

    back = [one for one in fixes if one.status is CorrectionStatus.CAME_BACK and one.done_on]
    if not back:
        return
    yield Heading("Came back after we thought it fixed", alarm=True)
    for fix in back[:MOST_BACK]:
        day = day_plain(fix.done_on, view.locale) if fix.done_on else ""
        lead = f"{fix.cause}." if fix.cause else "It happened again."
        yield Said(
            lead, f"Fixed {day}: {fix.what}. {_new_cases(fix, view, now)}What did it not solve?"
        )


def _new_cases(fix: _Fix, view: ShopView, now: datetime) -> str:
    if fix.cause_id is None or fix.done_on is None:
        return ""
    after = view.hours.at(fix.done_on + timedelta(days=1), datetime.min.time())
    count = (
        Case.select()
        .where(
            Case.cause == fix.cause_id,
            Case.opened_at.between(after, now),
            Case.status != Status.MERGED,
            ~Case.sensitive,
        )
        .count()
    )
    if not count:
        return ""
    return "One new case since. " if count == 1 else f"{count} new cases since. "


def _changes(fixes: Sequence[_Fix], since: date, today: date, view: ShopView) -> Iterator["Part"]:
    from recoverydesk.documents.page_parts import Heading, Item  # noqa: PLC0415 - as above

    done = sorted(
        (
            one
            for one in fixes
            if one.done_on is not None
            and one.done_on >= since
            and one.status in (CorrectionStatus.DONE_WATCHING, CorrectionStatus.HOLDS)
        ),
        key=lambda one: one.done_on or since,
        reverse=True,
    )
    planned = sorted(
        (one for one in fixes if one.status in _OPEN), key=lambda one: one.due_on or date.max
    )
    if not (done or planned):
        return
    room = max(MOST_CHANGES - len(planned), MOST_CHANGES // 2)
    done = done[:room]
    yield Heading("What we are changing")
    for fix in done:
        day = day_short(fix.done_on or since, view.locale)
        held = ", it holds" if fix.status is CorrectionStatus.HOLDS else ""
        yield Item(fix.what, f"done {day}{held}", ticked=True)
    for fix in planned[: MOST_CHANGES - len(done)]:
        state = "no day yet"
        if fix.due_on is not None:
            late = "since " if fix.due_on < today else "by "
            state = f"{late}{day_short(fix.due_on, view.locale)}"
        yield Item(fix.what, state, ticked=False, strong=fix.due_on is not None)


def _rules(fixes: Sequence[_Fix], since: date) -> Iterator["Part"]:
    from recoverydesk.documents.page_parts import Heading, Said  # noqa: PLC0415 - as above

    new = [
        one.rule
        for one in fixes
        if one.rule and one.status in _DONE and one.done_on is not None and one.done_on >= since
    ]
    if new:
        yield Heading("New rules, one line each")
        for rule in new[:MOST_RULES]:
            yield Said("•", rule)


def _ideas(begin: datetime, clean: Nameless) -> Iterator["Part"]:
    """Yield the ideas that are used, each with whoever had it: the only names on the page."""
    from recoverydesk.documents.page_parts import Credit, Heading  # noqa: PLC0415 - as above

    columns = Suggestion.words, Suggestion.who, Suggestion.source, Customer.name
    query = (
        Suggestion.select(*columns)
        .join(Customer, pw.JOIN.LEFT_OUTER, on=Suggestion.customer == Customer.id)
        .switch(Suggestion)
        .join(Case, pw.JOIN.LEFT_OUTER, on=Suggestion.case == Case.id)
        .where(
            Suggestion.status == IdeaStatus.ADOPTED,
            Suggestion.decided_at >= begin,
            Case.sensitive.is_null() | ~Case.sensitive,
        )
        .order_by(Suggestion.decided_at.desc(), Suggestion.id.desc())
        .limit(MOST_IDEAS)
    )
    rows = list(query.tuples())
    if rows:
        yield Heading("Ideas that we use: thank you")
    for words, who, source, customer in rows:
        named = who.strip() or "one of us"
        credited = A_CUSTOMER if source == IdeaSource.CUSTOMER else named
        theirs = [name for name in (customer, who if source == IdeaSource.CUSTOMER else "") if name]
        yield Credit(clean(words, customers=theirs), credited)
