"""Taking down that you spoke: two keys and one line."""

from collections.abc import Iterable
from enum import StrEnum
from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import QWidget

from recoverydesk.domain.contact import Direction, Mood, Reach, Way
from recoverydesk.services import case_pages, contacts
from recoverydesk.services.contacts import ContactEntry
from ui.errors import told_to_owner
from ui.forms import Form
from ui.session import Session
from ui.widgets.chips import FilterChip, FilterChips
from ui.widgets.choices import CheckBox
from ui.widgets.dialog import Dialog
from ui.widgets.fields import LabelledField, TextField
from ui.wording import Label, filled, labels, tr

NO_MOOD = ""
PLAIN = (Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.KeypadModifier)


class LogContactDialog(Dialog):
    """Writes one touch with a customer down.

    The keys 1 to 8 pick how you spoke and whether it got through, with Alt from within the line.
    """

    def __init__(self, session: Session, case_id: int, *, parent: QWidget) -> None:
        """Make the dialog; `open()` shows it.

        Args:
            session: the open desk.
            case_id: the case it was about.
            parent: what it belongs to.

        Raises:
            NotFoundError: the case is no longer on the desk.
        """
        view = case_pages.view(session.desk, case_id)
        title = filled("You spoke with {name}", name=view.greeting)
        super().__init__(parent, title, save=tr("Log it"), width=720)
        self.setObjectName("log_contact")
        self._session = session
        self._case_id = case_id
        self._make_fields()
        if view.first_contact_at is None:
            self.set_note(tr("The first word that gets through stops the clock."), "clock")
        self._connect()

    def _make_fields(self) -> None:
        self._way = _chips(labels(Way), tr("How"), 1)
        self._reach = _chips(labels(Reach), tr("Did it get through?"), len(Way) + 1)
        self._keys = [partial(self._pick_way, way.value) for way in Way]
        self._keys += [partial(self._pick_reach, reach.value) for reach in Reach]
        moods = labels(Mood)
        self._mood = FilterChips(
            [(NO_MOOD, tr("Can't say")), *((mood.value, told.text) for mood, told in moods)],
            name=tr("How they sounded afterwards"),
            icons=["circle-question-mark", *(told.icon for _mood, told in moods)],
        )
        self._theirs = CheckBox(tr("&They turned to us"))
        self._line = TextField(example=tr("She would like a new one by Friday"))
        self._words = LabelledField(
            tr("&What was said, in one line"), self._line, tr("optional; Enter saves")
        )
        self._form = Form({"words": self._words})
        self.add(
            LabelledField(tr("How"), self._way, tr("keys 1 to 5")),
            LabelledField(tr("Did it get through?"), self._reach, tr("keys 6 to 8")),
            self._theirs,
            LabelledField(tr("How they sounded afterwards"), self._mood, tr("optional")),
            self._words,
        )

    def _connect(self) -> None:
        for number, pick in enumerate(self._keys, start=1):
            QShortcut(QKeySequence(f"Alt+{number}"), self).activated.connect(pick)
        self._reach.chosen.connect(self._show_reach)
        self._line.returnPressed.connect(self._log)
        self.save_wanted.connect(self._log)
        self._way.findChildren(FilterChip)[0].setFocus()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Pick by number; a line that is being typed in keeps its digits to itself (Qt)."""
        place = event.key() - Qt.Key.Key_1
        if event.modifiers() in PLAIN and 0 <= place < len(self._keys):
            self._keys[place]()
        else:
            super().keyPressEvent(event)

    def _pick_way(self, way: str) -> None:
        self._way.choose(way)

    def _pick_reach(self, reach: str) -> None:
        self._reach.choose(reach)
        # The second key is the last: what is left to do is the line.
        self._line.setFocus()

    def _show_reach(self, reach: str) -> None:
        # Nobody can tell how somebody sounds who didn't answer.
        self._mood.setEnabled(reach != Reach.NO_ANSWER)

    def _log(self) -> None:
        self._form.start()
        mood = self._mood.key() if self._mood.isEnabled() else NO_MOOD
        entry = ContactEntry(
            way=Way(self._way.key()),
            reach=Reach(self._reach.key()),
            direction=Direction.IN if self._theirs.isChecked() else Direction.OUT,
            mood=Mood(mood) if mood else None,
            words=self._line.text(),
        )
        with told_to_owner(self), self._form.pointing_out():
            contacts.log(self._session.desk, self._case_id, entry, now=self._session.now())
            self.accept()


def _chips(options: Iterable[tuple[StrEnum, Label]], name: str, first_key: int) -> FilterChips:
    """Return pills that show the key which picks each of them."""
    known = list(options)
    chips = FilterChips(
        [(value.value, told.text) for value, told in known],
        name=name,
        icons=[told.icon for _value, told in known],
    )
    for place, (value, _told) in enumerate(known, start=first_key):
        chips.set_count(value.value, place)
    return chips
