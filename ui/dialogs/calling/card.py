"""The card of one call: whom to ring, the number, why, and what to say."""

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QLayout, QSizePolicy, QWidget

from recoverydesk.domain import days
from recoverydesk.domain.follow_up import Act
from recoverydesk.services.stories import Story
from ui import look
from ui.session import Session
from ui.widgets.buttons import Button
from ui.widgets.cards import ClickCard, Panel
from ui.widgets.chips import Chip
from ui.widgets.focus import focus_came, focus_went
from ui.widgets.layouts import STRETCH, clear, column, row
from ui.widgets.text import Icon, Text, plain_tip
from ui.wording import Label, counted, filled, label, tr


class CopyRow(ClickCard):
    """A number or an address, large; a click copies it.

    Signals: `clicked(bool)`.
    """

    def __init__(self, text: str, icon: str, role: look.Role) -> None:
        """Make a row.

        Args:
            text: what is copied.
            icon: before it.
            role: how large it stands there.
        """
        super().__init__(filled("Copy {words}", words=text))
        self._words = text
        self._icon_name = icon
        self._role: look.Role = role
        self.setToolTip(plain_tip(filled("Copy {words}", words=text)))
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        """Return the natural size (Qt)."""
        width = look.text_width(self._words, look.font(self._role)) + look.px(70)
        return QSize(round(width), look.line_height(self._role) + look.px(8))

    def minimumSizeHint(self) -> QSize:
        """Return the smallest size (Qt)."""
        return QSize(look.px(120), self.sizeHint().height())

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw the row (Qt)."""
        painter = look.ready(QPainter(self))
        now, area = look.theme(), QRectF(self.rect())
        if self.underMouse() or self.isDown():
            look.paint_rect(painter, area, look.px(8), now.track if self.isDown() else now.hover)
        large = look.line_height(self._role) > look.px(28)
        size, small = look.px(22 if large else 16), look.px(16)
        middle = area.height() / 2
        look.paint_icon(
            painter, self._icon_name, look.px(4), middle - size / 2, size, colour=now.accent_text
        )
        left = look.px(4) + size + look.px(10)
        line = QRectF(left, 0, area.width() - left - small - look.px(14), area.height())
        ink = now.accent_text if large else now.text
        end = left + look.paint_text(painter, line, self._words, look.font(self._role), ink)
        look.paint_icon(
            painter, "copy", end + look.px(10), middle - small / 2, small, colour=now.text2
        )
        painter.end()


class CallCard(Panel):
    """Whom to ring, the number, why, and what to say; single keys work while it has the focus.

    Signals:
        next_wanted, back_wanted: the arrow keys.
        write_wanted: Enter, which leads to the note.
        copy_wanted: a number or address was pressed. Argument: it.
        letter_wanted: the letter that is to be written was asked for.
        feedback_wanted: they are asked how it was handled.

    Attributes:
        phone_row: the number; None where none is known.
        stops: what Tab reaches on it, in order.
    """

    next_wanted = Signal()
    back_wanted = Signal()
    write_wanted = Signal()
    copy_wanted = Signal(str)
    letter_wanted = Signal()
    feedback_wanted = Signal()

    def __init__(self) -> None:
        super().__init__("sunken")
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self._inside = column()
        self.setLayout(column(self._inside, STRETCH, margins=(20, 14, 20, 14)))
        self.phone_row: CopyRow | None = None
        self.stops: list[QWidget] = []

    def show_story(
        self, story: Story, session: Session, *, place: str, ended: Label | None
    ) -> None:
        """Show a story.

        Args:
            story: which one.
            session: the open desk.
            place: which card it is: "3 of 10".
            ended: what came of it already; None while it waits.
        """
        clear(self._inside)
        self.stops = []
        self._inside.addLayout(_head(story, session, ended))
        self._inside.addLayout(self._ways(story))
        for line in _facts(story):
            self._inside.addLayout(line)
        self._inside.addSpacing(look.px(10))
        self._inside.addLayout(
            row(
                column(Icon(label(story.act).icon, "text", 18), STRETCH, margins=(0, 1, 0, 0)),
                (column(Text(story.title, "strong", wrap=True), *_why(story)), 1),
                self._feedback_button(story),
                self._letter_button(story),
                gap=10,
            )
        )
        if story.say or story.coach:
            self._inside.addSpacing(look.px(12))
            self._inside.addWidget(_advice(story))
        standing = "" if ended is None else tr(ended.text)
        said = (story.name, story.phone, story.title, standing)
        self.setAccessibleName(f"{place}: {', '.join(part for part in said if part)}")

    def _ways(self, story: Story) -> QLayout:
        self.phone_row = CopyRow(story.phone, "phone", "display") if story.phone else None
        mail = CopyRow(story.email, "mail", "body") if story.email else None
        for one, words in ((self.phone_row, story.phone), (mail, story.email)):
            if one is not None:
                one.clicked.connect(lambda _on, words=words: self.copy_wanted.emit(words))
                self.stops.append(one)
        if self.phone_row is None and mail is None:
            words = tr("Neither phone nor e-mail is known.") if story.customer_id else ""
            return row(Text(words, "body", "text2"))
        if self.phone_row is None:
            return row((mail, 1) if mail is not None else None)
        return row((self.phone_row, 3), (mail, 2) if mail is not None else None, gap=8)

    def _letter_button(self, story: Story) -> QWidget | None:
        if story.act is not Act.WRITE or story.case_id is None:
            return None
        button = Button(tr("Write a letter…"), icon="file-text", size="small")
        button.clicked.connect(self.letter_wanted)
        self.stops.append(button)
        return button

    def _feedback_button(self, story: Story) -> QWidget | None:
        if not story.resolved:
            return None
        button = Button(tr("How was it handled?"), icon="star", size="small", tip=tr("H"))
        button.clicked.connect(self.feedback_wanted)
        self.stops.append(button)
        return button

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Go on or back with the arrows, into the note with Enter (Qt)."""
        match event.key():
            case Qt.Key.Key_Right:
                self.next_wanted.emit()
            case Qt.Key.Key_Left:
                self.back_wanted.emit()
            case Qt.Key.Key_Return | Qt.Key.Key_Enter if not event.modifiers():
                self.write_wanted.emit()
            case _:
                super().keyPressEvent(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Show the ring after Tab (Qt)."""
        super().focusInEvent(event)
        focus_came(self, event, 12)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Take the ring away (Qt)."""
        super().focusOutEvent(event)
        focus_went(self)


def _head(story: Story, session: Session, ended: Label | None) -> QLayout:
    name = Text(story.name or tr("Nobody in particular"), "page")
    chips: list[QWidget] = []
    if story.severity is not None:
        told = label(story.severity)
        chips.append(Chip(told.text, told.tone, told.icon))
    if ended is not None:
        chips.append(Chip(tr(ended.text), ended.tone, ended.icon))
    elif story.due_on is not None:
        now = session.now()
        due = days.due_words(
            story.due_on, story.due_at, story.timed, session.today(), now, session.zone
        )
        told = label(due.tone)
        chips.append(Chip(due.words, told.tone, told.icon))
    return row((name, 1), *chips, gap=8)


def _facts(story: Story) -> list[QLayout]:
    """Return what to mind before one rings, a line each."""
    lines: list[QLayout] = []
    way = story.preferred_way
    if story.do_not_contact:
        lines.append(_fact("ban", tr("They asked to be left alone."), "danger"))
    if way is not None and way is not story.way:
        words = filled("They would rather be reached by: {way}", way=label(way).text.lower())
        lines.append(_fact(label(way).icon, words, "warn"))
    if story.best_time:
        words = filled("Best time: {time}", time=story.best_time)
        lines.append(_fact("clock", words, "text2"))
    if story.alarm:
        lines.append(_fact("triangle-alert", story.alarm, "danger"))
    return lines


def _fact(icon: str, words: str, token: look.Token) -> QLayout:
    beside = column(Icon(icon, token), STRETCH, margins=(0, 2, 0, 0))
    return row(beside, (Text(words, "secondary", token, wrap=True), 1), gap=8, margins=(6, 4, 0, 0))


def _why(story: Story) -> list[QWidget]:
    parts = [story.reason] if story.reason else []
    if story.put_offs:
        parts.append(counted(story.put_offs, "put off once", "put off {n} times"))
    return [Text("; ".join(parts), "secondary", "text2", wrap=True)] if parts else []


def _advice(story: Story) -> Panel:
    """Return what to say and what not, and why."""
    panel = Panel("accent")
    lines = column(gap=6, margins=(16, 12, 16, 12))
    if story.say:
        lines.addWidget(Text(f"“{story.say}”", "words", wrap=True))
    if story.coach:
        lines.addWidget(Text(story.coach, "secondary", wrap=True))
    if story.not_say:
        words = filled("Rather not: “{words}”", words=story.not_say)
        lines.addWidget(Text(words, "secondary", "text2", wrap=True))
    if story.source:
        words = filled("Source: {source}", source=tr(story.source))
        lines.addWidget(Text(words, "caption", "text2", wrap=True))
    panel.setLayout(lines)
    return panel
