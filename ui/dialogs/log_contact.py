"""Taking down that you spoke: two keys and one line."""

from collections.abc import Iterable
from datetime import date, datetime
from enum import StrEnum
from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import QWidget

from recoverydesk.domain.contact import Direction, Mood, Reach, Way
from recoverydesk.errors import InvalidEntryError
from recoverydesk.services import case_pages, contacts
from recoverydesk.services.contacts import ContactEntry
from ui import look
from ui.dialogs.moments import NextWord, read_time
from ui.errors import told_to_owner
from ui.forms import Form
from ui.session import Session
from ui.widgets.chips import FilterChip, FilterChips
from ui.widgets.choices import CheckBox
from ui.widgets.days import DayField
from ui.widgets.dialog import Dialog
from ui.widgets.digits import typed_digit
from ui.widgets.fields import LabelledField, TextField
from ui.widgets.layouts import STRETCH, boxed, row
from ui.wording import Label, filled, labels, tr

NO_MOOD = ""
PICKING = (
    Qt.KeyboardModifier.NoModifier,
    Qt.KeyboardModifier.KeypadModifier,
    Qt.KeyboardModifier.ShiftModifier,  # on keyboards that type digits with it
    Qt.KeyboardModifier.AltModifier,  # from within a line, where Alt and the key aren't "Alt+1"
)


TITLES = {
    Reach.REACHED: "You spoke with {name}",
    Reach.NO_ANSWER: "You tried to reach {name}",
    Reach.LEFT_WORD: "You left word for {name}",
}


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
        self._name = view.greeting
        title = filled(TITLES[Reach.REACHED], name=self._name)
        super().__init__(parent, title, save=tr("Log it"), width=720)
        self.setObjectName("log_contact")
        self.keep_typing(session, case_id=case_id)
        self._session = session
        self._case_id = case_id
        self._make_fields()
        if view.preferred_way is not None:
            self._way.choose(view.preferred_way.value)
        if view.do_not_contact:
            # Whoever asked to be left alone is spoken with when they turn to the shop.
            self._theirs.setChecked(True)
            self.set_note(
                filled("{name} asked not to be contacted.", name=view.greeting), "phone-off"
            )
        elif view.first_contact_at is None:
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
        self._when = self._make_when()
        self._next = NextWord(self._session)
        self._promise = LabelledField(
            tr("They hear from you again &by"), self._next, tr("optional; it becomes a promise")
        )
        self._form = Form({"words": self._words, "at": self._when, "promise": self._promise})
        self.add(
            LabelledField(tr("How"), self._way, tr("keys 1 to 5")),
            LabelledField(tr("Did it get through?"), self._reach, tr("keys 6 to 8")),
            self._theirs,
            LabelledField(tr("How they sounded afterwards"), self._mood, tr("optional")),
            self._when,
            self._words,
            self._promise,
        )

    def _make_when(self) -> LabelledField:
        local = self._session.local(self._session.now())
        self._day = DayField(local.date(), name=tr("Day"))
        self._time = TextField(f"{local:%H:%M}", name=tr("Time"))
        self._time.setFixedWidth(look.px(96))
        # Left as they are, they mean the moment it is logged.
        self._now_typed = (self._day.text(), self._time.text())
        both = boxed(row((self._day, 1), self._time, STRETCH, gap=8))
        both.setFocusProxy(self._day)
        return LabelledField(tr("When"), both, tr("if it was earlier"))

    def _at(self) -> datetime | None:
        """Return when it was; None for now.

        Raises:
            InvalidEntryError: day or time can't be read.
        """
        if (self._day.text(), self._time.text()) == self._now_typed:
            return None
        day = self._day.day()
        if day is None:
            example = date(2026, 10, 14).isoformat()
            raise InvalidEntryError(
                "at",
                tr("That day can't be read."),
                advice=filled("Write it like {day}, or pick it.", day=example),
            )
        return datetime.combine(day, read_time(self._time.text(), "at"), self._session.zone)

    def _connect(self) -> None:
        for number, pick in enumerate(self._keys, start=1):
            QShortcut(QKeySequence(f"Alt+{number}"), self).activated.connect(pick)
        self._reach.chosen.connect(self._show_reach)
        self._line.returnPressed.connect(self._log)
        self.save_wanted.connect(self._log)
        self._way.findChildren(FilterChip)[0].setFocus()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Pick by number; a line that is being typed in keeps its digits to itself (Qt)."""
        number = typed_digit(event)
        if event.modifiers() in PICKING and 1 <= number <= len(self._keys):
            self._keys[number - 1]()
        else:
            super().keyPressEvent(event)

    def _pick_way(self, way: str) -> None:
        self._way.choose(way)

    def _pick_reach(self, reach: str) -> None:
        self._reach.choose(reach)
        self._show_reach(reach)
        # The second key is the last: what is left to do is the line.
        self._line.setFocus()

    def _show_reach(self, reach: str) -> None:
        self.set_title(filled(TITLES[Reach(reach)], name=self._name))
        # Nobody can tell how somebody sounds who didn't answer.
        self._mood.setEnabled(reach != Reach.NO_ANSWER)

    def _log(self) -> None:
        self._form.start()
        at = self._form.take("at", self._at, None)
        promise = self._form.take("promise", self._next.moment, None)
        if not self._form.ok():
            return
        mood = self._mood.key() if self._mood.isEnabled() else NO_MOOD
        entry = ContactEntry(
            way=Way(self._way.key()),
            reach=Reach(self._reach.key()),
            direction=Direction.IN if self._theirs.isChecked() else Direction.OUT,
            mood=Mood(mood) if mood else None,
            words=self._line.text(),
        )
        with told_to_owner(self), self._form.pointing_out():
            contacts.log(
                self._session.desk,
                self._case_id,
                entry,
                now=self._session.now(),
                at=at,
                next_word_by=promise,
            )
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
