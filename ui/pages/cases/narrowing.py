"""The drop-downs that narrow the cases' list: how upset, cause, heard by."""

from collections.abc import Callable, Sequence
from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtGui import QAction, QActionGroup
from PySide6.QtWidgets import QMenu, QWidget

from recoverydesk.domain.case import Channel, Severity
from recoverydesk.services import causes
from recoverydesk.services.case_lists import CaseFilter
from ui import look
from ui.errors import told_to_owner
from ui.session import Session
from ui.widgets.buttons import Button
from ui.widgets.layouts import row
from ui.wording import label, tr

ANY = ""
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


class Narrowing(QWidget):
    """Three drop-downs.

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
        self.setLayout(row(*self._all, gap=8))

    def wanted(self, which: str) -> CaseFilter:
        """Return the filter for one of the chips."""
        severity, channel, cause = self.severity.key(), self.channel.key(), self.cause.key()
        return CaseFilter(
            which=which,
            severity=Severity(severity) if severity else None,
            channel=Channel(channel) if channel else None,
            cause_id=int(cause) if cause else None,
        )

    def is_on(self) -> bool:
        """Say whether any of them narrows the list."""
        return any(one.key() for one in self._all)

    def clear(self) -> None:
        """Narrow nothing."""
        for one in self._all:
            one.choose(ANY)

    def _causes(self) -> list[Option]:
        found = causes.all_causes(self._session.desk)
        listed = [
            (str(cause.cause_id), ("    " if cause.parent_id else "") + cause.name, "")
            for cause in found
        ]
        return [(ANY, tr("Any cause"), ""), ("0", tr("Not yet known"), ""), ("", "", ""), *listed]


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
