"""Find anything, and do anything: type what you remember, Enter opens it."""

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QModelIndex, QObject, Qt, Signal
from PySide6.QtGui import QAction, QKeyEvent
from PySide6.QtWidgets import QWidget

from recoverydesk.services import search
from recoverydesk.services.search import Found, FoundKind
from ui import look
from ui.actions import Command, key_words
from ui.errors import told_to_owner
from ui.session import Session
from ui.widgets.buttons import command_action
from ui.widgets.dialog import Dialog
from ui.widgets.fields import SearchField
from ui.widgets.picks import Pick
from ui.widgets.picks_view import PicksView
from ui.widgets.text import Text
from ui.wording import tr

ICONS = {
    FoundKind.CASE: "inbox",
    FoundKind.CUSTOMER: "",
    FoundKind.VOUCHER: "gift",
    FoundKind.PAPER: "file-text",
}
MOST_COMMANDS = 4


class FindDialog(Dialog):
    """A search box with what it finds below.

    Signals:
        found: the owner opened a hit. Argument: a `Found`.
    """

    found = Signal(object)

    def __init__(
        self,
        session: Session,
        typed: str = "",
        *,
        actions: Sequence[QAction] = (),
        parent: QWidget,
    ) -> None:
        """Make the dialog; `open()` shows it.

        Args:
            session: the open desk.
            typed: what was typed to open it.
            actions: what can be done now, found by its words.
            parent: the window it belongs to.
        """
        super().__init__(parent, tr("Search or jump to…"), save="", width=620)
        self._actions = actions
        self._offered: Sequence[QAction] = ()
        self.setObjectName("find")
        self._session = session
        self._hits: Sequence[Found] = ()
        self.field = SearchField(
            name=tr("Search"),
            example=tr("A name, a number, a code, a word, a command"),
            height=44,
        )
        self.field.setText(typed)
        self.field.searched.connect(self._search)
        self.field.returnPressed.connect(self._open_current)
        self.field.installEventFilter(self)
        self.list = PicksView(name=tr("Found"))
        self.list.setFixedHeight(look.px(320))
        self.list.clicked.connect(self._open_index)
        self.hint = Text(tr("Two letters are enough."), "secondary", "text3")
        self.add(self.field, self.hint, self.list)
        self.cancel_button.set_text(tr("Close"))
        # The window's own F1 sleeps while a dialog is open.
        self.addAction(command_action(Command.HELP, self, self._help))
        self.field.setFocus(Qt.FocusReason.OtherFocusReason)  # selects nothing: typing goes on
        if typed:
            self._search(typed)

    def would_lose_text(self) -> bool:
        """Nothing typed here needs saving."""
        return False

    def _help(self) -> None:
        from ui.dialogs.guide import open_guide  # noqa: PLC0415 - few who search read the guide

        # The guide stays open after the search, as long as the window does.
        open_guide(self.parentWidget() or self, "cases")

    def _search(self, typed: str) -> None:
        with told_to_owner(self):
            self._hits = search.find(self._session.desk, typed)
        self._offered = self._commands(typed)
        rows = [Pick(0, hit.title, hit.hint, ICONS[hit.kind]) for hit in self._hits]
        rows += [_pick_of(action) for action in self._offered]
        self.list.show_picks(rows)
        enough = len(typed) >= search.LEAST_SIGNS
        none = tr("Nothing found. Try fewer letters, or the last four digits of a phone.")
        self.hint.setText("" if rows else none if enough else tr("Two letters are enough."))
        self.hint.setVisible(not rows)

    def _commands(self, typed: str) -> list[QAction]:
        """Return what can be done whose words begin as what was typed."""
        wanted = typed.casefold().split()
        if len(typed.strip()) < search.LEAST_SIGNS:
            return []
        found = []
        for action in self._actions:
            words = f"{_words_of(action)} {action.statusTip()}".casefold().split()
            if all(any(word.startswith(part) for word in words) for part in wanted):
                found.append(action)
        return found[:MOST_COMMANDS]

    def _open_current(self) -> None:
        self._search(self.field.text().strip())
        self._open_index(self.list.currentIndex())

    def _open_index(self, index: QModelIndex) -> None:
        if index.isValid() and index.row() < len(self._hits):
            hit = self._hits[index.row()]
            self.accept()
            self.found.emit(hit)
        elif index.isValid():
            action = self._offered[index.row() - len(self._hits)]
            self.accept()
            action.trigger()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Let the arrow keys move in the list while the cursor stays in the box (Qt)."""
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            step = {Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1}.get(Qt.Key(event.key()), 0)
            if step:
                self.list.step(step)
                return True
        return bool(super().eventFilter(watched, event))


def _words_of(action: QAction) -> str:
    return action.text().replace("&", "").rstrip("…")


def _pick_of(action: QAction) -> Pick:
    command = Command[action.objectName()]
    keys = key_words(command) if command.value.shortcut else action.statusTip()
    return Pick(0, _words_of(action), keys, command.value.icon or "chevron-right")
