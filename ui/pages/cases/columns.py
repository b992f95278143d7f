"""How a line of the cases' list reads."""

from datetime import datetime, timedelta

from recoverydesk.domain import days
from recoverydesk.domain.case import Outcome, Stage, Status
from recoverydesk.services.case_lists import CaseRow
from ui.session import Session
from ui.tables import Cell, Column, Tone, icon_text, number, pips, text, two_lines
from ui.wording import filled, label, tr

STAGES = tuple(Stage)
TONES: dict[days.Tone, tuple[str, Tone]] = {
    days.Tone.LATE: ("circle-alert", "danger"),
    days.Tone.NOW: ("hourglass", "warn"),
    days.Tone.PLAIN: ("", "neutral"),
}
OVER = frozenset({Status.CLOSED, Status.MERGED})
NONE = "—"


class CaseColumns:
    """The cells of the cases' list at one moment; `start` begins another."""

    def __init__(self, session: Session) -> None:
        self._session = session
        self._waits: dict[int, tuple[timedelta, bool]] = {}
        self.start()

    def start(self) -> None:
        """Take the time anew: words about waiting are counted from here."""
        self._now: datetime = self._session.now()
        self._hours = self._session.shop.hours
        self._today = self._hours.day_of(self._now)
        self._waits.clear()

    def columns(self) -> tuple[Column[CaseRow], ...]:
        """Return the columns, left to right."""
        return (
            Column(tr("No."), self._number, sort="number", width=84),
            Column(tr("Customer and problem"), _who, sort="customer"),
            Column(tr("How upset"), _upset, sort="severity", width=108),
            Column(tr("Stage"), _stage, sort="stage", width=118),
            Column(tr("Next step"), self._next_step, sort="next", width=216),
            Column(
                tr("First contact"), self._first_contact, sort="first_contact", width=126,
                right=True,
            ),
            Column(tr("Worth a year"), self._worth, sort="worth", width=120, right=True),
        )  # fmt: skip

    def _number(self, row: CaseRow) -> Cell:
        return number_left(short_number(row.number, self._today.year))

    def _next_step(self, row: CaseRow) -> Cell:
        if row.status in OVER:
            return _outcome(row)
        if row.next_due_at is None:
            return two_lines(row.next_step, "", strong=False)
        words, icon, tone = self._due(row, row.next_due_at)
        return two_lines(row.next_step, words, icon=icon, tone=tone, strong=False)

    def _due(self, row: CaseRow, due_at: datetime) -> tuple[str, str, Tone]:
        hours = self._hours
        due_on = hours.day_of(due_at)
        if row.status is Status.WAITING_CUSTOMER and due_on <= self._today:
            return tr("Their turn"), "", "neutral"
        found = days.due_words(due_on, due_at, row.next_timed, self._today, self._now, hours.zone)
        icon, tone = TONES[found.tone]
        timed_today = row.next_timed and due_on == self._today and found.tone is days.Tone.PLAIN
        words = filled("Today {time}", time=found.words) if timed_today else found.words
        return words, icon, tone

    def _first_contact(self, row: CaseRow) -> Cell:
        if row.first_contact_at is None and row.status in OVER:
            return number(NONE, faint=True)
        waited, late = self._wait(row)
        words = days.waited_words(waited)
        if late:
            return number(words, icon="circle-alert", tone="danger")
        if row.first_contact_at is None:
            return number(words, icon="hourglass", tone="warn", strong=True)
        return number(words, faint=True)

    def _wait(self, row: CaseRow) -> tuple[timedelta, bool]:
        # Counted day by day through the opening hours: once per line, not at every paint.
        found = self._waits.get(row.case_id)
        if found is None:
            until = row.first_contact_at or self._now
            waited = self._hours.open_time_between(row.opened_at, until)
            found = self._waits[row.case_id] = (waited, until > row.first_contact_due_at)
        return found

    def _worth(self, row: CaseRow) -> Cell:
        if row.worth_year_cents is None:
            return number(NONE, faint=True)
        return number(self._session.money(row.worth_year_cents, short=True), strong=True)


def short_number(whole: str, year: int) -> str:
    """Return a case's number as short as it is clear: without its letter, and this year's year."""
    _letter, dash, rest = whole.partition("-")
    return (rest if dash else whole).removeprefix(f"{year}-")


def number_left(words: str) -> Cell:
    """Return a cell for a case's number: faint, at the left."""
    return text(words, faint=True)


def _who(row: CaseRow) -> Cell:
    return two_lines(row.customer, row.summary, avatar=row.customer)


def _upset(row: CaseRow) -> Cell:
    found = label(row.severity)
    return icon_text(found.text, found.icon, tone=found.tone, strong=found.tone == "danger")


def _stage(row: CaseRow) -> Cell:
    return pips(label(row.stage).text, STAGES.index(row.stage) + 1, len(STAGES))


def _outcome(row: CaseRow) -> Cell:
    if row.status is Status.MERGED:
        return text(label(row.status).text, faint=True)
    found = label(row.outcome)
    if row.outcome is Outcome.PENDING:
        return text(found.text, faint=True)
    return icon_text(found.text, found.icon, tone=found.tone)
