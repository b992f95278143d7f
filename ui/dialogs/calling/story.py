"""The story so far, beside the card: the case, the promise, the contacts, what is unused."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from recoverydesk.domain import days
from recoverydesk.domain.text import summary
from recoverydesk.services.contacts import ContactView
from recoverydesk.services.stories import Story, UnusedRemedy
from ui.session import Session
from ui.widgets.chips import Chip
from ui.widgets.layouts import STRETCH, boxed, clear, column, row
from ui.widgets.link_rows import LinkRow
from ui.widgets.text import Icon, Text, plain_tip
from ui.widgets.threads import Entry, Timeline
from ui.wording import counted, filled, label, tr

MOST_SIGNS = 160
"""So much of what was said before is told here."""


class StoryPane(QWidget):
    """What happened so far: the case, the promise, who said what, what is still unused, likes.

    Signals:
        case_wanted: the line of the case was pressed.

    Attributes:
        stops: what Tab reaches in it.
    """

    case_wanted = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._inside = column(gap=16)
        self.setLayout(column(self._inside, STRETCH))
        self.stops: list[QWidget] = []

    def show_story(self, story: Story, session: Session) -> None:
        """Show a story."""
        clear(self._inside)
        self.stops = []
        for part in (
            self._case(story),
            _promise(story, session),
            _contacts(story, session),
            _remedies(story, session),
            _likes(story),
        ):
            if part is not None:
                self._inside.addWidget(part)

    def _case(self, story: Story) -> QWidget | None:
        if story.case_id is None:
            return None
        case = LinkRow(story.summary, story.case_number, icon="inbox", value_sub=tr("Key O"))
        case.setToolTip(plain_tip(story.summary))
        case.setAccessibleName(filled("Open the case: {words}", words=story.summary))
        case.clicked.connect(self.case_wanted)
        self.stops.append(case)
        return case


def _part(title: str, *content: QWidget) -> QWidget:
    return boxed(column(Text(title, "label", "text2"), *content, gap=6))


def _promise(story: Story, session: Session) -> QWidget | None:
    promise = story.promise
    if promise is None:
        return None
    local = session.local(promise.promised_at)
    day = days.short_words(local.date(), session.today())
    by = f"{day}, {local:%H:%M}" if promise.timed else day
    words = filled("By {time}: {what}", time=by, what=promise.words)
    told = Chip(tr("Broken"), "danger", "circle-alert")
    if not story.promise_broken:
        told = Chip(tr("To be kept"), "neutral", "hourglass")
    return _part(
        tr("What was promised"), Text(words, "secondary", wrap=True), boxed(row(told, STRETCH))
    )


def _contacts(story: Story, session: Session) -> QWidget:
    title = tr("The last contacts")
    if not story.contacts:
        words = tr("Nobody has spoken with them yet.")
        return _part(title, Text(words, "secondary", "text2", wrap=True))
    thread = Timeline([_entry(one, session) for one in story.contacts])
    if not story.no_answers:
        return _part(title, thread)
    tries = counted(
        story.no_answers,
        "Nobody answered the last time.",
        "Nobody answered the last {n} times in a row.",
    )
    return _part(title, Text(tries, "secondary", "warn", wrap=True), thread)


def _entry(contact: ContactView, session: Session) -> Entry:
    reach, way = label(contact.reach), label(contact.way)
    words = summary(contact.words, MOST_SIGNS)
    mood = None if contact.mood is None else label(contact.mood)
    if mood is not None:
        words = filled("{mood}: {words}", mood=mood.text, words=words) if words else mood.text
    return Entry(
        icon=way.icon,
        heading=reach.text,
        meta=days.short_words(session.local(contact.at).date(), session.today()),
        text=words,
        tone=reach.tone if mood is None else mood.tone,
    )


def _remedies(story: Story, session: Session) -> QWidget | None:
    if not story.remedies:
        return None
    return _part(tr("Not used yet"), *(_remedy(one, session) for one in story.remedies))


def _remedy(remedy: UnusedRemedy, session: Session) -> QWidget:
    value = session.money(remedy.value_cents, short=True)
    parts = [filled("worth {value}, still to be handed over", value=value)]
    if remedy.left_cents is not None:
        left = session.money(remedy.left_cents, short=True)
        parts = [filled("{left} left", left=left)]
        if remedy.valid_to is not None:
            day = days.short_words(remedy.valid_to, session.today())
            parts.append(filled("until {day}", day=day))
        parts.append(remedy.code)
    elif not remedy.value_cents:
        parts = [tr("still to be handed over")]
    words = column(
        Text(remedy.words, "secondary", wrap=True),
        Text(", ".join(parts), "caption", "text2", wrap=True),
    )
    icon = column(Icon(label(remedy.kind).icon, "text2"), STRETCH, margins=(0, 2, 0, 0))
    return boxed(row(icon, (words, 1), gap=10))


def _likes(story: Story) -> QWidget | None:
    if not story.likes:
        return None
    return _part(tr("They like"), Text(summary(story.likes, MOST_SIGNS), "secondary", wrap=True))
