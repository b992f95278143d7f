"""What Today shows: the agenda read once, sorted into tiles and groups. Words, no widgets."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime, timedelta
from enum import StrEnum

from recoverydesk.domain import days
from recoverydesk.domain.contact import Way
from recoverydesk.domain.follow_up import Act
from recoverydesk.domain.names import first_name
from recoverydesk.records import record
from recoverydesk.services import agendas, case_lists
from recoverydesk.services.agendas import Agenda, DueRow
from ui import look
from ui.session import Session
from ui.widgets.tasks import TaskGroup, TaskRow
from ui.wording import filled, label, tr

TONES: Mapping[days.Tone, look.Tone] = {
    days.Tone.LATE: "danger",
    days.Tone.NOW: "warn",
    days.Tone.PLAIN: "neutral",
}
REACHES_OUT = frozenset({Act.CALL, Act.WRITE})


class Show(StrEnum):
    """What the list is narrowed to: one per tile, and all of it."""

    ALL = ""
    NOT_CONTACTED = "not_contacted"
    LATE = "late"
    TODAY = "today"
    OWED = "owed"


@record
class Board:
    """Everything due, and which of it each tile counts. A row may be in several tiles."""

    agenda: Agenda
    not_contacted: tuple[DueRow, ...]
    """The first step of each case whose customer has heard nothing yet."""
    not_contacted_count: int
    """How many such cases there are, counted as on the cases' page."""
    owed: tuple[DueRow, ...]
    """Calls and letters late or for today, in open cases where it is our turn."""

    def shown(self, show: Show) -> tuple[DueRow, ...] | None:
        """Return the rows that a tile leaves in the list; None for all."""
        match show:
            case Show.NOT_CONTACTED:
                return self.not_contacted
            case Show.LATE:
                return self.agenda.late
            case Show.TODAY:
                return self.agenda.today
            case Show.OWED:
                return self.owed
            case _:
                return None

    @property
    def rows(self) -> tuple[DueRow, ...]:
        """All rows, in the order of the list."""
        return (*self.agenda.late, *self.agenda.today, *self.agenda.ahead)

    def most_urgent(self) -> DueRow | None:
        """Return where to start: with who has heard nothing yet, else what is latest."""
        if self.not_contacted:
            return _most_urgent(self.not_contacted)
        ours = (row for row in (*self.agenda.late, *self.agenda.today) if not row.their_turn)
        return next(ours, None)


def read(session: Session) -> Board:
    """Read what is due."""
    desk = session.desk
    agenda = agendas.agenda(desk, now=session.now(), hours=session.shop.hours)
    waiting = _first_per_case(
        row
        for rows in (agenda.late, agenda.today, agenda.ahead)
        for row in rows
        if row.first_contact and row.open and not row.their_turn
    )
    talk = [
        row
        for row in (*agenda.late, *agenda.today)
        if row.act in REACHES_OUT and row.case_id is not None and not row.first_contact
    ]
    # What comes after "resolved" keeps in touch; it owes nobody an answer.
    owed = tuple(row for row in talk if row.open)
    return Board(agenda, waiting, case_lists.count_not_contacted(desk), owed)


def _first_per_case(rows: Iterable[DueRow]) -> tuple[DueRow, ...]:
    first: dict[int | None, DueRow] = {}
    for row in rows:
        first.setdefault(row.case_id, row)
    return tuple(first.values())


def _most_urgent(rows: Sequence[DueRow]) -> DueRow:
    return min(rows, key=lambda row: row.due_at)


def _longest(rows: Sequence[DueRow]) -> DueRow:
    return min(rows, key=lambda row: row.opened_at or row.due_at)


def groups(board: Board, session: Session, show: Show) -> list[TaskGroup]:
    """Return the list's groups."""
    agenda, narrowed = board.agenda, board.shown(show)
    kept = None if narrowed is None else {row.follow_up_id for row in narrowed}
    return [
        TaskGroup(title, icon, _task_rows(rows, session, kept), tone)
        for title, icon, rows, tone in _parts(agenda)
    ]


def _parts(agenda: Agenda) -> Sequence[tuple[str, str, Sequence[DueRow], look.Tone]]:
    return (
        (tr("Late"), "circle-alert", agenda.late, "danger"),
        (tr("Today"), "sun", agenda.today, "warn"),
        (tr("Next 7 days"), "calendar", agenda.ahead, "neutral"),
    )


def _task_rows(
    rows: Sequence[DueRow], session: Session, kept: set[int] | None
) -> tuple[TaskRow, ...]:
    now = session.now()
    return tuple(
        task_row(row, session, now) for row in rows if kept is None or row.follow_up_id in kept
    )


def task_row(row: DueRow, session: Session, now: datetime) -> TaskRow:
    """Return a follow-up as the list shows it."""
    when, tone = due(row, session, now)
    turns = row.act in REACHES_OUT and row.preferred_way is not None
    way = label(row.preferred_way) if turns and row.preferred_way is not None else None
    wishes = [part for part in ("" if way is None else way.text, row.best_time) if part]
    wish = ", ".join(wishes) if row.act in REACHES_OUT else ""
    by_mail = turns and row.preferred_way is Way.EMAIL and row.email
    return TaskRow(
        id=row.follow_up_id,
        title=row.title,
        name=row.customer,
        detail=f"{wish}  ·  {row.problem}" if wish else row.problem,
        icon=label(row.act).icon if way is None else way.icon,
        contact=row.email if by_mail else row.phone,
        who=row.person,
        when=when,
        tone=tone,
    )


def due(row: DueRow, session: Session, now: datetime) -> tuple[str, look.Tone]:
    """Return when a follow-up is due in words, and how loud."""
    hours = session.shop.hours
    today = hours.day_of(now)
    if row.their_turn and row.due_on <= today:
        return tr("Their turn"), "neutral"
    if row.latest_on is not None and row.due_on < today <= row.latest_on:
        return filled("Late after {day}", day=days.short_words(row.latest_on, today)), "warn"
    found = days.due_words(row.due_on, row.due_at, row.timed, today, now, hours.zone)
    return found.words, TONES[found.tone]


def waited(row: DueRow, session: Session, now: datetime) -> timedelta:
    """Return how long somebody has waited for a first word, in opening hours."""
    return session.shop.hours.open_time_between(row.opened_at or now, now)


def short_name(name: str) -> str:
    """Return a name for little room: "Priya R."; the whole where that can't be told."""
    first = first_name(name)
    last = name.rsplit(" ", maxsplit=1)[-1]
    return f"{first} {last[0]}." if first not in {name, last} and last else name


Tile = tuple[int, str, look.Tone]
"""A number, a line about it, its tone."""


def tiles(board: Board, session: Session) -> Mapping[Show, Tile]:
    """Return what the four tiles say."""
    return {
        Show.NOT_CONTACTED: _waiting_tile(board, session),
        Show.LATE: _late_tile(board, session),
        Show.TODAY: _today_tile(board, session),
        Show.OWED: _owed_tile(board, session),
    }


def _waiting_tile(board: Board, session: Session) -> Tile:
    rows, count = board.not_contacted, board.not_contacted_count
    if not count:
        return 0, tr("Everybody heard"), "neutral"
    if not rows:
        return count, tr("Nothing is due this week"), "neutral"
    oldest = _longest(rows)
    words = filled(
        "{name} waits {time}",
        name=short_name(oldest.customer),
        time=days.waited_words(waited(oldest, session, session.now())),
    )
    return count, words, "warn"


def _late_tile(board: Board, session: Session) -> Tile:
    rows = board.agenda.late
    if not rows:
        return 0, tr("Nothing is late"), "neutral"
    oldest, today = rows[0], session.today()
    ago = (today - oldest.due_on).days
    time = f"{session.local(oldest.due_at):%H:%M}"
    since = tr("1 day") if ago == 1 else filled("{n} days", n=str(ago)) if ago else time
    whose = short_name(oldest.customer) or oldest.title
    return len(rows), filled("Oldest: {since}, {name}", since=since, name=whose), "danger"


def _today_tile(board: Board, session: Session) -> Tile:
    rows = board.agenda.today
    if not rows:
        return 0, tr("Nothing for today"), "neutral"
    timed = next((row for row in rows if row.timed and not row.their_turn), None)
    if timed is None:
        return len(rows), tr("Any time today"), "neutral"
    at = f"{session.local(timed.due_at):%H:%M}"
    return len(rows), filled("Next at {time}", time=at), "neutral"


def _owed_tile(board: Board, session: Session) -> Tile:
    if not board.owed:
        return 0, tr("Everybody is up to date"), "neutral"
    first = board.owed[0]
    when, tone = due(first, session, session.now())
    name = short_name(first.customer)
    return len(board.owed), filled("{name}: {when}", name=name, when=when), tone
