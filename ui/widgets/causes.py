"""Choosing a cause while typing: its group stands beside it, and what is missing can be added."""

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent

from recoverydesk.domain.names import name_key
from recoverydesk.services.causes import CauseView
from ui.widgets.picks import Pick, PickList, same_spelling
from ui.wording import filled, tr

NOT_KNOWN = "0"
"""The key of a cause that nobody has found yet."""

NO_SUCH_CAUSE = "There is no cause of that name. Choose one, or add it with Enter."

ADD = -1
ICON = "tag"


class CausePick(PickList):
    """A line in which a cause is found by any part of its name or its group's.

    Signals:
        add_wanted: what was typed is no cause yet. Argument: the words; answer with
            `set_options` and `choose`.
        changed: another cause was chosen, or none any more.
    """

    add_wanted = Signal(str)
    changed = Signal()

    def __init__(self, *, name: str = "") -> None:
        """Make a line.

        Args:
            name: for a screen reader; `LabelledField` gives its label.
        """
        super().__init__(name=name, example=tr("Not yet known: type to find it"))
        self._causes: dict[str, CauseView] = {}
        self._key = NOT_KNOWN
        self.asked.connect(self._offer)
        self.picked.connect(self._take)
        self.cleared.connect(self._let_go)
        self.edit.installEventFilter(self)
        self.edit.editingFinished.connect(self._take_exact)

    def set_options(self, causes: Sequence[CauseView]) -> None:
        """Say which causes there are; what is chosen stays, under its new name."""
        self._causes = {str(one.cause_id): one for one in causes}
        if self._key in self._causes:
            self.choose(self._key)
        elif self._key != NOT_KNOWN:
            self.choose(NOT_KNOWN)

    def key(self) -> str:
        """Return the chosen cause's id as text, `NOT_KNOWN` for none."""
        return self._key

    def choose(self, key: str) -> None:
        """Show a cause as chosen; `changed` isn't heard."""
        self._key = key
        if key == NOT_KNOWN:
            self.edit.clear()
            self._forget()
        else:
            self.show_pick(_pick(self._causes[key]))

    def is_half_typed(self) -> bool:
        """Say whether something is typed that is no cause: it would be lost."""
        return self._key == NOT_KNOWN and bool(self.text())

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Offer all causes with the arrow down, or a press on the empty line (Qt)."""
        down = isinstance(event, QKeyEvent) and event.key() == Qt.Key.Key_Down
        if event.type() == QEvent.Type.KeyPress and down and self.pick() is None:
            self._offer(self.text())
            return True
        if _is_enter(event) and self.pick() is None and self.text() and not self._popup.isVisible():
            self._take_first()
            return True
        if event.type() == QEvent.Type.MouseButtonRelease and not self.text():
            self._offer("")
        return super().eventFilter(watched, event)

    def _take_first(self) -> None:
        """Take what Enter would once the list is there: quick fingers don't wait for it."""
        typed = self.text()
        found = self._fitting(typed)
        same = [one for one in found if same_spelling(one.name, typed)]
        if not found:
            self.add_wanted.emit(typed)
            return
        first = (same or found)[0]
        self.show_pick(_pick(first))
        self._take(first.cause_id)

    def _fitting(self, typed: str) -> list[CauseView]:
        wanted = name_key(typed).split()
        return [
            one
            for one in self._causes.values()
            if all(word in name_key(one.full_name) for word in wanted)
        ]

    def _offer(self, typed: str) -> None:
        found = self._fitting(typed)
        # Enter takes the first that fits; adding one is for what fits nothing.
        picks = [_pick(one, sure=bool(typed)) for one in found]
        if typed and not any(same_spelling(one.name, typed) for one in found):
            picks.append(Pick(ADD, filled("Add “{name}”", name=typed), icon="plus"))
        self.offer(picks)

    def _take(self, pick_id: int) -> None:
        if pick_id == ADD:
            self.add_wanted.emit(self.text())
            return
        self._key = str(pick_id)
        self.changed.emit()

    def _let_go(self) -> None:
        self._key = NOT_KNOWN
        self.changed.emit()

    def _take_exact(self) -> None:
        """Take what was typed to the last letter, without a press on it."""
        if self.pick() is None and self.text():
            same = [
                one
                for one in self._causes.values()
                if same_spelling(one.name, self.text()) or same_spelling(one.full_name, self.text())
            ]
            if len(same) == 1:
                self.show_pick(_pick(same[0]))
                self._take(same[0].cause_id)


def _is_enter(event: QEvent) -> bool:
    return (
        isinstance(event, QKeyEvent)
        and event.type() == QEvent.Type.KeyPress
        and event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter}
    )


def _pick(cause: CauseView, *, sure: bool = False) -> Pick:
    group = cause.parent or tr("the whole group")
    return Pick(cause.cause_id, cause.name, group, icon=ICON, sure=sure)
