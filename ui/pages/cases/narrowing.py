"""The drop-downs that narrow the cases' list: how upset, cause, heard by."""

from collections.abc import Callable, Sequence
from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtGui import QAction, QActionGroup
from PySide6.QtWidgets import QMenu, QWidget

from recoverydesk.domain.case import Channel, Severity
from recoverydesk.services import causes
from recoverydesk.services.case_lists import NOT_YET_KNOWN, TO_LOOK_INTO, CaseFilter
from ui import look
from ui.errors import told_to_owner
from ui.session import Session
from ui.widgets.buttons import Button
from ui.widgets.layouts import STRETCH, row
from ui.widgets.page import ShowCases
from ui.wording import filled, label, tr

ANY = ""
LONGEST = 90
"""Signs of a number's name that are shown."""
Option = tuple[str, str, str]
"""Key, words, icon; the empty key is any of them, empty words a line between."""


class MenuFilter(Button):
    """A button whose menu picks one value, or any.

    Signals:
        chosen: another one was picked. Argument: its key; empty for any.
    """

    chosen = Signal(str)

    def __init__(self, name: str, options: Callable[[], Sequence[Option]]) -> None:
        """Make a drop-down.

        Args:
            name: what is chosen here; shown while any will do.
            options: what is offered, read whenever the menu opens.
        """
        super().__init__(name, "secondary", size="small")
        self._any = name
        self._options = options
        self._picked = ANY
        menu = QMenu(self)
        menu.aboutToShow.connect(self._fill)
        self.set_menu(menu)

    def key(self) -> str:
        """Return what is picked; empty for any."""
        return self._picked

    def choose(self, key: str, words: str = "") -> None:
        """Pick one, or any; `chosen` tells of it."""
        if key == self._picked:
            return
        self._picked = key
        self.set_text(words if key else self._any)
        self.setAccessibleName(f"{self._any}: {words}" if key else self._any)
        self.set_kind("tonal" if key else "secondary")
        self.chosen.emit(key)

    def _fill(self) -> None:
        menu = self.menu()
        assert isinstance(menu, QMenu)
        menu.clear()
        group = QActionGroup(menu)
        with told_to_owner(self):
            for key, words, icon in self._options():
                if not words:
                    menu.addSeparator()
                    continue
                # A lone & would be taken for the letter that picks the line.
                action = QAction(words.replace("&", "&&"), group)
                action.setCheckable(True)
                action.setChecked(key == self._picked)
                if icon:
                    action.setIcon(look.icon(icon))
                action.triggered.connect(partial(self._pick, key, words.strip()))
                menu.addAction(action)

    def _pick(self, key: str, words: str, _on: bool = False) -> None:  # noqa: FBT001, FBT002 - Qt's signal
        self.choose(key, words)


class Behind(QWidget):
    """A line that says which number of Learn the list is of, and lets go of it.

    Signals:
        let_go: the owner wants the whole list again.
    """

    let_go = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.wish: ShowCases | None = None
        """What the list is of; None where it is of nothing of the kind."""
        self.button = Button("", "tonal", icon="x", size="small", tip=tr("Show the others too"))
        self.button.clicked.connect(lambda _on: self.let_go.emit())
        self.setLayout(row(self.button, STRETCH))
        self.hide()

    def show_wish(self, wish: ShowCases | None) -> None:
        """Say of what the list is; None says nothing."""
        self.wish = wish
        if wish is not None:
            words = filled("From Learn: {what}", what=wish.words)
            # A lone & would be taken for the letter that presses it; long names are cut.
            shown = words if len(words) <= LONGEST else f"{words[: LONGEST - 1].rstrip()}…"
            self.button.set_text(shown.replace("&", "&&"))
            self.button.setAccessibleName(filled("{words}. Show the others too", words=words))
        self.setVisible(wish is not None)


class Narrowing(QWidget):
    """Three drop-downs, and which number of Learn the list is of.

    Attributes:
        behind: the line about that number; it stands above the list.

    Signals:
        changed: the list is to be narrowed otherwise.
    """

    changed = Signal()

    def __init__(self, session: Session) -> None:
        super().__init__()
        self._session = session
        self.severity = MenuFilter(tr("How upset"), _severities)
        self.cause = MenuFilter(tr("Cause"), self._causes)
        self.channel = MenuFilter(tr("Heard by"), _channels)
        self._all = (self.severity, self.cause, self.channel)
        for one in self._all:
            one.chosen.connect(self.changed)
        self.behind = Behind()
        self.behind.let_go.connect(lambda: self.show_behind(None))
        self.setLayout(row(*self._all, gap=8))

    def wanted(self, which: str) -> CaseFilter:
        """Return the filter for one of the chips."""
        behind = self.behind.wish
        severity, channel, cause = self.severity.key(), self.channel.key(), self.cause.key()
        return CaseFilter(
            which=which,
            severity=Severity(severity) if severity else None,
            channel=Channel(channel) if channel else None,
            cause_id=int(cause) if cause else None,
            figure=None if behind is None else behind.figure,
            span=None if behind is None else behind.span,
        )

    def is_on(self) -> bool:
        """Say whether any of them narrows the list."""
        return self.behind.wish is not None or any(one.key() for one in self._all)

    def show_behind(self, wish: ShowCases | None) -> None:
        """Narrow the list to the cases behind a number of Learn; None lets go of it."""
        self.behind.show_wish(wish)
        self.changed.emit()

    def clear(self) -> None:
        """Narrow nothing."""
        for one in self._all:
            one.choose(ANY)
        if self.behind.wish is not None:
            self.show_behind(None)

    def choose_cause(self, key: str) -> None:
        """Narrow the list to a cause, by its key in the drop-down; a retired one, too."""
        offered = {one: told.strip() for one, told, _icon in self._causes()}
        everything = causes.all_causes(self._session.desk, also_retired=True)
        known = {str(one.cause_id): one.name for one in everything} | offered
        if known.get(key):
            self.cause.choose(key, known[key])

    def _causes(self) -> list[Option]:
        found = causes.all_causes(self._session.desk)
        return [
            (ANY, tr("Any cause"), ""),
            (str(NOT_YET_KNOWN), tr("Not yet known"), ""),
            (str(TO_LOOK_INTO), tr("Not yet known, to be looked into"), ""),
            ("", "", ""),
            *(
                (str(cause.cause_id), ("    " if cause.parent_id else "") + cause.name, "")
                for cause in found
            ),
        ]


def _severities() -> list[Option]:
    return [
        (ANY, tr("Any"), ""),
        *((one.value, label(one).text, label(one).icon) for one in Severity),
    ]


def _channels() -> list[Option]:
    return [
        (ANY, tr("Any"), ""),
        *((one.value, label(one).text, label(one).icon) for one in Channel),
    ]
