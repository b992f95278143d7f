"""The history of a case: who did what and when, and how it was before and after."""

from collections.abc import Iterable, Sequence
from datetime import date
from enum import StrEnum
from itertools import groupby

from PySide6.QtCore import QEvent, QObject, QRectF, Qt, QTimer
from PySide6.QtGui import QFocusEvent, QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from recoverydesk.domain.days import clock, day_long
from recoverydesk.services import case_pages, history
from recoverydesk.services.history import HistoryEntry
from recoverydesk.services.history_lines import Did, HistoryLine
from ui import look
from ui.session import Session
from ui.widgets.buttons import Button
from ui.widgets.dialog import Dialog
from ui.widgets.focus import focus_came, focus_went
from ui.widgets.layouts import STRETCH, boxed, column, row
from ui.widgets.text import Icon, Line, Text
from ui.wording import filled, label, tr

PAGE = 40
"""So many changes are read at a time."""

RADIUS = 8
TIME_WIDTH = 72
NAME_SHARE, VALUE_SHARE = 1, 2


class HistoryDialog(Dialog):
    """Everything that was changed about a case, newest first; for reading only."""

    _awaited: "EntryRow | None" = None
    """The first of what was asked for last: it takes its place only after it was added."""

    def __init__(self, session: Session, case_id: int, *, parent: QWidget) -> None:
        """Make the dialog; `open()` shows it.

        Args:
            session: the open desk.
            case_id: whose history it is.
            parent: what it belongs to.

        Raises:
            NotFoundError: the case is no longer on the desk.
        """
        view = case_pages.view(session.desk, case_id)
        super().__init__(
            parent,
            filled("History of {number}", number=view.number),
            save="",
            cancel=tr("&Close"),
            width=760,
        )
        self.setObjectName("history")
        self._session, self._case_id = session, case_id
        self._oldest: int | None = None
        self._day: date | None = None
        self._rows: list[EntryRow] = []
        self._list: QVBoxLayout = column(gap=4)
        self._older = Button(tr("Show &older"), icon="history")
        self._older.clicked.connect(lambda _on: self._show_older())
        self.body.addLayout(self._list)
        self.body.addLayout(row(STRETCH, self._older, STRETCH))
        self.body.addStretch(1)
        self.set_note(tr("Newest first. Nothing here can be changed."))
        self._read()
        if self._rows:
            self._rows[0].setFocus()
        else:
            self._say_nothing_is_kept()

    def _read(self) -> None:
        """Show the next changes; one more than fits tells whether there are older ones."""
        found = history.of_case(
            self._session.desk,
            self._case_id,
            most=PAGE + 1,
            before=self._oldest,
            enum_words=_enum_words,
        )
        for entry in found[:PAGE]:
            self._add(entry)
            self._oldest = entry.change_id
        self._older.setVisible(len(found) > PAGE)
        if not self._rows:
            return
        self.setTabOrder(self._rows[-1], self._older)
        self.setTabOrder(self._older, self.cancel_button)

    def _say_nothing_is_kept(self) -> None:
        """Say why there is nothing: thousands brought in at once are not told one by one."""
        words = tr(
            "Nothing has been changed here since it was brought in with many others, as all cases "
            "of the practice shop are. What you change from now on stands here."
        )
        self._list.addWidget(Text(words, token="text2", wrap=True))

    def _add(self, entry: HistoryEntry) -> None:
        local, locale = self._session.local(entry.at), self._session.shop.locale
        day = day_long(local.date(), locale)
        if self._day != local.date():
            self._list.addSpacing(look.px(12) if self._rows else 0)
            self._list.addWidget(Text(day, "strong", weight=600))
            self._list.addWidget(Line())
            self._day = local.date()
        shown = EntryRow(entry, clock(entry.at, self._session.zone, locale), day, self._rows)
        self._rows.append(shown)
        self._list.addWidget(shown)

    def _show_older(self) -> None:
        first_new = len(self._rows)
        self._read()
        new = self._awaited = self._rows[first_new]
        # A moment later, as what isn't shown yet takes no focus.
        QTimer.singleShot(0, new, lambda: new.setFocus(Qt.FocusReason.TabFocusReason))

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Follow what was asked for to its place (Qt)."""
        new = self._awaited
        if event.type() == QEvent.Type.Resize and new is not None and new.hasFocus():
            QTimer.singleShot(0, new, lambda: self.bring_into_view(new))
        return super().eventFilter(watched, event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Let the keys that scroll do so wherever the focus is (Qt)."""
        bar = self._scroll.verticalScrollBar()
        to = {
            Qt.Key.Key_PageDown: bar.value() + bar.pageStep(),
            Qt.Key.Key_PageUp: bar.value() - bar.pageStep(),
            Qt.Key.Key_Home: bar.minimum(),
            Qt.Key.Key_End: bar.maximum(),
        }.get(Qt.Key(event.key()))
        if to is None:
            super().keyPressEvent(event)
        else:
            bar.setValue(to)

    def bring_into_view(self, shown: QWidget) -> None:
        """Scroll to a change, its beginning first where it is longer than the dialog."""
        self._scroll.ensureWidgetVisible(shown, 0, look.px(8))
        bar = self._scroll.verticalScrollBar()
        top = shown.mapTo(self._content, shown.rect().topLeft()).y()
        bar.setValue(min(bar.value(), top))


class EntryRow(QWidget):
    """One change: when and who, what it is called, and what it did. Arrows lead to the next."""

    def __init__(
        self, entry: HistoryEntry, time: str, day: str, siblings: Sequence["EntryRow"]
    ) -> None:
        """Show a change.

        Args:
            entry: the change.
            time: when on its day.
            day: its day, for who can't see the heading above.
            siblings: all that are shown, in their order.
        """
        super().__init__()
        self._siblings = siblings
        self._take_tab(on=not siblings)
        heading = Text(entry.words, "strong", "text2" if entry.undone else "text", wrap=True)
        told = column(heading, gap=4)
        if entry.undone:
            back = Text(tr("Taken back later"), "caption", "text2")
            told.addLayout(row(Icon("undo-2", "text2", 14), (back, 1), gap=6))
        # What it did to the case itself comes first, so that it isn't read under another's name.
        own_first = sorted(entry.lines, key=lambda line: bool(line.about))
        for about, lines in groupby(own_first, key=lambda line: line.about):
            told.addLayout(_group(about, lines))
        when = column(Text(time, "secondary", "text2"), STRETCH)
        when_box = boxed(when)
        when_box.setFixedWidth(look.px(TIME_WIDTH))
        if entry.who:
            told.insertWidget(1, Text(entry.who, "caption", "text2"))
        self.setLayout(row(when_box, (told, 1), gap=8, margins=(8, 8, 8, 8)))
        self.setAccessibleName(", ".join(filter(None, (day, time, entry.who, entry.words))))
        self.setAccessibleDescription("\n".join(_read_out(entry)))

    def _take_tab(self, *, on: bool) -> None:
        """Let Tab come to one change only, the one that was read last: there may be forty."""
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus if on else Qt.FocusPolicy.ClickFocus)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Go to the change above or below (Qt)."""
        step = {Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1}.get(Qt.Key(event.key()), 0)
        place = self._siblings.index(self) + step
        if not step:
            super().keyPressEvent(event)
        elif 0 <= place < len(self._siblings):
            self._siblings[place].setFocus(Qt.FocusReason.TabFocusReason)

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Come into view, with a ring after a key (Qt)."""
        super().focusInEvent(event)
        focus_came(self, event, RADIUS)
        for sibling in self._siblings:
            sibling._take_tab(on=sibling is self)  # noqa: SLF001 - another of its kind
        dialog = self.window()
        if isinstance(dialog, HistoryDialog) and event.reason() != Qt.FocusReason.MouseFocusReason:
            dialog.bring_into_view(self)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Take the ring away (Qt)."""
        super().focusOutEvent(event)
        focus_went(self)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Tint the change that is being read (Qt)."""
        if self.hasFocus():
            painter = look.ready(QPainter(self))
            look.paint_rect(painter, QRectF(self.rect()), look.px(RADIUS), look.theme().hover)
            painter.end()


def _enum_words(value: StrEnum) -> str:
    return label(value).text


def _group(about: str, lines: Iterable[HistoryLine]) -> QVBoxLayout:
    """Return what a change did to one thing, under its name where it has one."""
    group = column(gap=2)
    if about:
        group.addSpacing(look.px(4))
        group.addWidget(Text(about, "label", wrap=True))
    for line in lines:
        name = column(Text(_name(line), "secondary", "text2", wrap=True), STRETCH)
        value = column(Text(_value(line), "secondary", wrap=True), STRETCH)
        group.addLayout(row((name, NAME_SHARE), (value, VALUE_SHARE), gap=12))
    return group


def _name(line: HistoryLine) -> str:
    what = tr(line.what)
    if line.did is Did.TAKEN_AWAY:
        return filled("{what}, taken away", what=what)
    return what


def _value(line: HistoryLine) -> str:
    """Return how it was and is, for the eye."""
    if line.did is not Did.CHANGED or not line.before:
        return line.after or line.before
    if not line.after:
        return filled("{before} → nothing", before=line.before)
    return filled("{before} → {after}", before=line.before, after=line.after)


def _read_out(entry: HistoryEntry) -> Iterable[str]:
    """Yield what a change did, as it is read aloud: an arrow says nothing to the ear."""
    if entry.undone:
        yield tr("Taken back later.")
    for line in entry.lines:
        what = f"{line.about}, {_name(line)}" if line.about else _name(line)
        if line.did is Did.CHANGED and line.before:
            after = line.after or tr("nothing")
            yield filled(
                "{what}: from {before} to {after}.", what=what, before=line.before, after=after
            )
        else:
            yield f"{what}: {line.after or line.before}"
