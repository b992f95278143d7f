"""Finding one of many while typing: customers, cases, codes."""

import unicodedata
from collections.abc import Sequence

from PySide6.QtCore import (
    QModelIndex,
    QPersistentModelIndex,
    QRect,
    QRectF,
    QSize,
    Qt,
    QTimer,
    Signal,
)
from PySide6.QtGui import QPainter, QPaintEvent, QStandardItem, QStandardItemModel
from PySide6.QtWidgets import (
    QCompleter,
    QListView,
    QSizePolicy,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QWidget,
)

from recoverydesk.records import record
from ui import look
from ui.widgets.buttons import IconButton
from ui.widgets.fields import TextField
from ui.widgets.layouts import row
from ui.widgets.scrolls import ThinBar

PAUSE = 80
"""Milliseconds after the last key before rows are asked for."""

PICK_ROLE = Qt.ItemDataRole.UserRole

AnyIndex = QModelIndex | QPersistentModelIndex


@record
class Pick:
    """One row that is offered."""

    id: int
    """What `picked` tells; a row without a record of its own ("add as new") is -1."""
    text: str
    hint: str = ""
    icon: str = ""
    """Instead of initials."""
    sure: bool = False
    """What was typed means it as surely as its whole name would: its number, say."""


def same_spelling(one: str, other: str) -> bool:
    """Say whether two names are written alike: capitals aside, but every letter as typed."""
    first, second = (
        unicodedata.normalize("NFC", " ".join(name.split())).casefold() for name in (one, other)
    )
    return first == second


def ranked(picks: Sequence[Pick], typed: str) -> list[Pick]:
    """Return rows in the order they are offered in: first what was typed, to the letter.

    Somebody of another spelling may be somebody else: "add as new" stands before them.
    """
    new = [pick for pick in picks if pick.id < 0]
    meant = [pick for pick in picks if pick.id >= 0 and _is_meant(pick, typed)]
    others = [pick for pick in picks if pick.id >= 0 and not _is_meant(pick, typed)]
    return [*meant, *others, *new] if meant else [*new, *others]


def _is_meant(pick: Pick, typed: str) -> bool:
    return pick.sure or same_spelling(pick.text, typed)


class PickDelegate(QStyledItemDelegate):
    """Draws a row: initials or icon, text, hint."""

    def sizeHint(self, _option: QStyleOptionViewItem, _index: AnyIndex) -> QSize:
        """Return the size of a row (Qt)."""
        return QSize(look.px(320), look.px(44))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: AnyIndex) -> None:
        """Draw a row (Qt)."""
        rect: QRect = option.rect
        state: QStyle.StateFlag = option.state
        now = look.theme()
        look.ready(painter)
        chosen = bool(state & QStyle.StateFlag.State_Selected)
        over = bool(state & QStyle.StateFlag.State_MouseOver)
        look.paint_ground(painter, rect, now.surface)
        if chosen or over:
            box = QRectF(rect).adjusted(4, 2, -4, -2)
            fill = now.accent_soft if chosen else now.hover
            look.paint_rect(painter, box, look.px(8), fill)
        pick = index.data(PICK_ROLE)
        if isinstance(pick, Pick):
            _paint_pick(painter, QRectF(rect), pick)


def _paint_pick(painter: QPainter, area: QRectF, pick: Pick) -> None:
    now = look.theme()
    middle = area.center().y()
    left = area.left() + look.px(12)
    if pick.icon:
        size = look.px(18)
        look.paint_icon(
            painter, pick.icon, left + look.px(5), middle - size / 2, size, colour=now.accent_text
        )
    else:
        size = look.px(28)
        look.paint_avatar(painter, left, middle - size / 2, size, pick.text)
    line = area.adjusted(look.px(52), 0, -look.px(12), 0)
    width = look.paint_text(painter, line, pick.text, look.font("strong"), now.text)
    line.setLeft(line.left() + width + look.px(10))
    if line.width() > look.px(24):
        look.paint_text(painter, line, pick.hint, look.font("secondary"), now.text2)


class _PickLine(TextField):
    """The line inside, which shows who was picked."""

    def __init__(self, name: str, example: str) -> None:
        super().__init__(name=name, example=example, icon="search", height=44)
        self.pick: Pick | None = None

    def show_pick(self, pick: Pick | None) -> None:
        """Show initials and hint of what was picked, or the magnifier."""
        self.pick = pick
        self._icon_name = "" if pick else "search"
        self._make_room()
        if pick is not None:
            self.setTextMargins(look.px(44), 0, look.px(8), 0)
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the line (Qt)."""
        super().paintEvent(event)
        if self.pick is None:
            return
        painter = look.ready(QPainter(self))
        if self.pick.icon:
            size = look.px(18)
            y = (self.height() - size) / 2
            ink = look.theme().accent_text
            look.paint_icon(painter, self.pick.icon, look.px(13), y, size, colour=ink)
        else:
            size = look.px(28)
            y = (self.height() - size) / 2
            look.paint_avatar(painter, look.px(8), y, size, self.pick.text)
        left = look.px(56) + look.text_width(self.text(), look.font("body"))
        line = QRectF(left, 0, self.width() - left - look.px(8), self.height())
        if line.width() > look.px(24):
            words = look.font("secondary")
            look.paint_text(painter, line, self.pick.hint, words, look.theme().text2)
        painter.end()


class PickList(QWidget):
    """A line that offers rows while one types.

    Signals:
        asked: rows are wanted. Argument: what was typed; answer with `offer`, at once or later.
        picked: a row was chosen. Argument: its id.
        cleared: what was picked is no longer.

    Attributes:
        edit: the line inside.
    """

    asked = Signal(str)
    picked = Signal(object)
    cleared = Signal()

    def __init__(self, *, name: str = "", example: str = "") -> None:
        """Make a line.

        Args:
            name: for a screen reader; `LabelledField` gives its label.
            example: shown while it is empty.
        """
        super().__init__()
        self.edit = _PickLine(name, example)
        self._clear = IconButton("x", "Clear", size="small")
        self._clear.setVisible(False)
        self._model = QStandardItemModel(self)
        self._popup = QListView()
        self._popup.setVerticalScrollBar(ThinBar())
        self._completer = self._make_completer()
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(PAUSE)
        self._timer.timeout.connect(self._ask)
        self.setLayout(row((self.edit, 1), self._clear, gap=4))
        self.setFocusProxy(self.edit)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.edit.textEdited.connect(self._edited)
        self._clear.clicked.connect(lambda _on: self.clear())

    def _make_completer(self) -> QCompleter:
        completer = QCompleter(self._model, self)
        # The rows come already found: nothing is filtered a second time.
        completer.setCompletionMode(QCompleter.CompletionMode.UnfilteredPopupCompletion)
        completer.setMaxVisibleItems(8)
        completer.setPopup(self._popup)
        self._popup.setItemDelegate(PickDelegate(self._popup))
        self._popup.setMouseTracking(True)
        completer.activated[QModelIndex].connect(  # type: ignore[index] # has two overloads
            self._choose
        )
        completer.setWidget(self.edit)
        return completer

    def setAccessibleName(self, name: str) -> None:  # noqa: N802 - Qt's name
        """Name the line inside, where the focus is."""
        super().setAccessibleName(name)
        self.edit.setAccessibleName(name)

    def text(self) -> str:
        """Return what stands in the line."""
        return self.edit.text().strip()

    def pick(self) -> Pick | None:
        """Return what was picked, or None."""
        return self.edit.pick

    def show_pick(self, pick: Pick) -> None:
        """Show something as picked; `picked` isn't heard."""
        self.edit.setText(pick.text)
        self.edit.show_pick(pick)
        self._clear.setVisible(True)
        self._popup.hide()

    def unpick(self) -> None:
        """Let go of what was picked; its words stay in the line."""
        self._forget()

    def clear(self) -> None:
        """Empty the line."""
        self.edit.clear()
        self._forget()
        self.edit.setFocus()

    def set_trouble(self, *, on: bool) -> None:
        """Show the edge in red; `LabelledField` does it."""
        self.edit.set_trouble(on=on)

    def offer(self, picks: Sequence[Pick]) -> None:
        """Show rows under the line, as long as it has the focus.

        Enter takes the first where it is what was typed, or adds it; never somebody else.
        """
        typed = self.text()
        rows = ranked(picks, typed)
        self._model.clear()
        for pick in rows:
            item = QStandardItem(pick.text)
            item.setData(pick, PICK_ROLE)
            words = f"{pick.text}, {pick.hint}" if pick.hint else pick.text
            item.setData(words, Qt.ItemDataRole.AccessibleTextRole)
            item.setEditable(False)
            self._model.appendRow(item)
        if picks and self.edit.hasFocus():
            self._completer.complete()
            sure = rows[0].id < 0 or _is_meant(rows[0], typed)
            self._popup.setCurrentIndex(
                self._completer.completionModel().index(0, 0) if sure else QModelIndex()
            )
        else:
            self._popup.hide()

    def offered(self) -> list[Pick]:
        """Return the rows that are offered."""
        items = [self._model.item(at) for at in range(self._model.rowCount())]
        return [item.data(PICK_ROLE) for item in items]

    def _edited(self, _text: str) -> None:
        if self.edit.pick is not None:
            self._forget()
        self._timer.start()

    def _ask(self) -> None:
        self.asked.emit(self.text())

    def _forget(self) -> None:
        had = self.edit.pick is not None
        self.edit.show_pick(None)
        self._clear.setVisible(False)
        if had:
            self.cleared.emit()

    def _choose(self, index: QModelIndex) -> None:
        pick = index.data(PICK_ROLE)
        if isinstance(pick, Pick):
            if pick.id >= 0:
                self.show_pick(pick)
            self.picked.emit(pick.id)
