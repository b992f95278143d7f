"""The page for the staff meeting: what went wrong, what we changed, what we try. No names."""

import re
from collections import Counter
from collections.abc import Iterator
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING

from recoverydesk.domain.case import Outcome, Status
from recoverydesk.domain.correction import CorrectionStatus
from recoverydesk.domain.days import day_plain
from recoverydesk.domain.document import DocumentKind
from recoverydesk.domain.file_name import safe_name
from recoverydesk.errors import InvalidEntryError
from recoverydesk.records import record
from recoverydesk.services import certificates, people, shop
from recoverydesk.services.letterheads import letterhead
from recoverydesk.services.papers import Paper
from recoverydesk.storage.desk import Desk
from recoverydesk.storage.tables import Case, Cause, CorrectiveAction

if TYPE_CHECKING:
    from recoverydesk.documents.report import Part

FEWEST = 5
"""Cases; of fewer, shares and trends say nothing."""
MOST_CAUSES = 4
MOST_CHANGES = 3
"""The newest of what was changed, and of what is still to change: all of it on one page."""
LONGEST_DAYS = 3_660
SHORTEST_NAME = 3
"""Letters of a first name that is taken out of words; shorter ones are words themselves."""
SOMEBODY = "somebody"


@record
class _Period:
    """What happened in some days, counted."""

    causes: Counter[str]
    ended: Counter[str]
    logged: int


def paper(desk: Desk, *, days: int = 30, now: datetime) -> Paper:
    """Return the page for the staff meeting.

    Stories stay out of it, and so does every name of the staff, also where a cause or a change
    names one: it is about how we work, never about who.

    Args:
        desk: the open desk.
        days: how far it looks back.
        now: this moment (UTC).

    Raises:
        InvalidEntryError: fewer days than one, or more than ten years of them.
    """
    # Papers are drawn on demand; ReportLab would cost the start of the program 220 ms.
    from recoverydesk.documents.report import Report, draw  # noqa: PLC0415 - start-up doesn't pay for it

    if not 1 <= days <= LONGEST_DAYS:
        raise InvalidEntryError("days", "Look back on one day at least, and ten years at the most.")
    with desk.reading():
        view = shop.view(desk)
        head = letterhead(desk, view)
        parts = tuple(_parts(days, now, view.locale, _Cleaner(desk)))
    day = view.hours.day_of(now)
    since = day_plain(view.hours.day_of(now - timedelta(days=days)), view.locale)
    content = draw(
        Report(
            letterhead=head,
            title="What went wrong, and what we do",
            subtitle=f"For the staff meeting, {since} to {day_plain(day, view.locale)}",
            parts=parts,
            foot="About how we work, never about who.",
        )
    )
    return Paper(
        kind=DocumentKind.STAFF_PAGE,
        title="Page for the staff meeting",
        file_name=safe_name(f"{day.isoformat()} Staff meeting"),
        content=content,
        pages=certificates.count_pages(content),
    )


def _counted(begin: datetime, end: datetime) -> _Period:
    query = Case.select(Case.cause, Case.outcome, Case.closed_at, Case.opened_at).where(
        (Case.opened_at.between(begin, end)) | (Case.closed_at.between(begin, end)),
        Case.status != Status.MERGED,
    )
    causes: Counter[str] = Counter()
    ended: Counter[str] = Counter()
    logged = 0
    known = dict(Cause.select(Cause.id, Cause.name).tuples())
    for cause, outcome, closed_at, opened_at in query.tuples():
        if begin <= opened_at <= end:
            logged += 1
            causes[known.get(cause, "")] += 1
        if closed_at is not None and begin <= closed_at <= end:
            ended[outcome] += 1
    return _Period(causes, ended, logged)


def _parts(days: int, now: datetime, locale: str, clean: "_Cleaner") -> Iterator["Part"]:
    from recoverydesk.documents.report import Heading, Writing  # noqa: PLC0415 - as above

    begin = now - timedelta(days=days)
    this, before = _counted(begin, now), _counted(begin - timedelta(days=days), begin)
    yield Heading("How it went")
    yield from _ends(this)
    yield Heading("What went wrong most")
    yield from _bars(this, before, clean)
    yield from _fixes(begin.date(), locale, clean)
    yield Heading("What we try until next time")
    yield Writing()


def _ends(this: _Period) -> Iterator["Part"]:
    from recoverydesk.documents.report import Entry  # noqa: PLC0415 - as above

    yield Entry("Told us", "somebody was unhappy and said so", str(this.logged))
    for outcome, label, words in (
        (Outcome.WON_BACK, "Won back", "came back and bought again"),
        (Outcome.KEPT, "Kept", "stayed with us"),
        (Outcome.LOST, "Lost", "will not come back"),
    ):
        if this.ended[outcome]:
            yield Entry(label, words, str(this.ended[outcome]))


def _bars(this: _Period, before: _Period, clean: "_Cleaner") -> Iterator["Part"]:
    from recoverydesk.documents.report import Bar, Words  # noqa: PLC0415 - as above

    if this.logged < FEWEST:
        yield Words(f"Too few to say: {this.logged} in this time, and it takes {FEWEST}.")
        return
    found = [(name, count) for name, count in this.causes.most_common() if name][:MOST_CAUSES]
    most = max((count for _, count in found), default=1)
    for place, (name, count) in enumerate(found):
        was = before.causes[name]
        trend = f", before {was}" if before.logged >= FEWEST else ""
        number = f"{count} of {this.logged}{trend}"
        yield Bar(clean(name), count / most, number, strong=place < 2)  # noqa: PLR2004 - the top two
    if this.causes[""]:
        yield Words(f"Not known yet: {this.causes['']} of {this.logged}.", quiet=True)


def _fixes(since: date, locale: str, clean: "_Cleaner") -> Iterator["Part"]:
    from recoverydesk.documents.report import Entry, Heading  # noqa: PLC0415 - as above

    columns = CorrectiveAction.what, CorrectiveAction.status, CorrectiveAction.done_on
    rows = list(CorrectiveAction.select(*columns).order_by(CorrectiveAction.id).tuples())
    done = [
        (what, CorrectionStatus(status), day)
        for what, status, day in rows
        if day is not None and day >= since
    ]
    if done:
        yield Heading("What we changed")
        for what, status, day in done[-MOST_CHANGES:]:
            yield Entry(day_plain(day, locale), f"{clean(what)} ({HOW[status]})")
    open_now = {CorrectionStatus.IDEA, CorrectionStatus.PLANNED, CorrectionStatus.IN_PROGRESS}
    planned = [what for what, status, _day in rows if CorrectionStatus(status) in open_now]
    if planned:
        yield Heading("What is still to change")
        for what in planned[-MOST_CHANGES:]:
            yield Entry("To do", clean(what))


HOW = {
    CorrectionStatus.IDEA: "an idea",
    CorrectionStatus.PLANNED: "planned",
    CorrectionStatus.IN_PROGRESS: "under way",
    CorrectionStatus.DONE_WATCHING: "we watch whether it holds",
    CorrectionStatus.HOLDS: "it holds",
    CorrectionStatus.CAME_BACK: "it came back",
    CorrectionStatus.DROPPED: "dropped",
}


class _Cleaner:
    """Takes the staff's names out of words that somebody typed."""

    def __init__(self, desk: Desk) -> None:
        full = {person.name for person in people.everybody(desk) if person.name}
        # A part alone may be a word, too: "Will", "Art". So it counts only in its capitals.
        parts = {part for name in full for part in name.split() if len(part) >= SHORTEST_NAME}
        self._patterns = [
            re.compile(rf"\b(?:{_any_of(names)})(?:['\u2019]?s)?\b", flags)
            for names, flags in ((full, re.IGNORECASE), (parts, re.NOFLAG))
            if names
        ]

    def __call__(self, words: str) -> str:
        for pattern in self._patterns:
            words = pattern.sub(SOMEBODY, words)
        return words


def _any_of(names: set[str]) -> str:
    return "|".join(map(re.escape, sorted(names, key=len, reverse=True)))
