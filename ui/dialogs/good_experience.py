"""One more dot on the second-chance meter: something that went well for them, or one dot less."""

from datetime import date
from functools import partial

from PySide6.QtWidgets import QWidget

from recoverydesk.domain.days import short_words
from recoverydesk.domain.second_chance import GoodWay
from recoverydesk.errors import InvalidEntryError
from recoverydesk.services import second_chances
from recoverydesk.services.second_chances import SecondChance
from ui import look
from ui.dialogs.second_chance import ChancePanel
from ui.dialogs.snooze import wanted_day
from ui.errors import told_to_owner
from ui.forms import Form
from ui.session import Session
from ui.widgets.buttons import Button
from ui.widgets.chips import Segmented
from ui.widgets.choices import ChoiceCards
from ui.widgets.days import DayField
from ui.widgets.dialog import Dialog
from ui.widgets.fields import LabelledField, TextField
from ui.widgets.layouts import STRETCH, boxed, row
from ui.wording import filled, label, tr

USUAL = (
    "They said thank you",
    "They smiled on leaving",
    "They brought a friend",
)
"""What one click writes."""

WELL, WRONG = "well", "wrong"
COLUMNS = 3


class GoodExperienceDialog(Dialog):
    """Takes down one good experience in one line, or that something went wrong again."""

    def __init__(
        self, session: Session, customer_id: int, case_id: int | None = None, *, parent: QWidget
    ) -> None:
        """Make the dialog; `open()` shows it.

        Args:
            session: the open desk.
            customer_id: whose experience it was.
            case_id: the case it helps to mend, where there is one.
            parent: what it belongs to.

        Raises:
            NotFoundError: the customer is no longer on the desk.
        """
        super().__init__(parent, tr("How was it for them?"), save=tr("Add"), width=1120, side=240)
        self.setObjectName("good_experience")
        self.keep_typing(session, customer_id=customer_id)
        self._session = session
        self._customer_id = customer_id
        self._case_id = case_id
        self._suggested = ""
        chance = second_chances.of_customer(session.desk, customer_id)
        self._make_fields(chance)
        panel = ChancePanel()
        panel.show_chance(chance, session.today())
        self.add_to_side(panel)
        self._lay_out()
        self._which.chosen.connect(lambda _key: self._turn())
        self._ways.chosen.connect(self._suggest)
        # One line is all there is: Enter is enough.
        self._words.returnPressed.connect(self._add)
        self._wrong.returnPressed.connect(self._add)
        self.save_wanted.connect(self._add)
        self._turn()

    def _make_fields(self, chance: SecondChance) -> None:
        self._which = Segmented(
            [(WELL, tr("Something went well")), (WRONG, tr("Something went wrong again"))],
            name=tr("How was it for them?"),
        )
        self._ways = ChoiceCards(
            _cards(chance, self._session.today()), name=tr("Which way was it?"), columns=COLUMNS
        )
        self._words = TextField(example=tr("Found her the last blue teapot"))
        self._wrong = TextField(example=tr("The parcel was late once more"))
        self._day = DayField(self._session.today())
        self.words = LabelledField(tr("&What went well for them?"), self._words)
        self.wrong = LabelledField(tr("&What went wrong this time?"), self._wrong)
        self.day = LabelledField(tr("&Day"), self._day)
        self.day.setFixedWidth(look.px(180))

    def _lay_out(self) -> None:
        usual = [Button(tr(words), size="small") for words in USUAL]
        for button in usual:
            button.clicked.connect(partial(self._write, button.text()))
        self._usual = boxed(row(*usual, STRETCH, gap=8))
        self.body.addLayout(row(self._which, STRETCH))
        self.add(self._ways)
        self.body.addLayout(row((self.words, 1), (self.wrong, 1), self.day, gap=16))
        self.add(self._usual)

    def _is_wrong(self) -> bool:
        return self._which.key() == WRONG

    def _turn(self) -> None:
        """Ask for what went well, or for what went wrong again."""
        wrong = self._is_wrong()
        for widget, shows in (
            (self._ways, not wrong),
            (self.words, not wrong),
            (self._usual, not wrong),
            (self.wrong, wrong),
        ):
            widget.setVisible(shows)
        field = self.wrong if wrong else self.words
        self._form = Form({"words": field, "happened_on": self.day})
        note = tr("It takes one dot away. If it was more than a trifle, log it as a case.")
        self.set_note(note if wrong else "", "info" if wrong else "")
        field.focus_input()

    def _suggest(self, key: str) -> None:
        """Write what the card says, as long as nobody has written something of their own."""
        if self._words.text() in {"", self._suggested}:
            self._suggested = label(GoodWay(key)).text
            self._words.setText(self._suggested)

    def _write(self, words: str, _on: bool = False) -> None:  # noqa: FBT001, FBT002 - Qt's signal
        self._words.setText(words)
        self._words.setFocus()

    def _add(self) -> None:
        self._form.start()
        words = (self._wrong if self._is_wrong() else self._words).text()
        self._form.take("words", partial(self._check, words), None)
        day = self._form.take("happened_on", partial(wanted_day, self._day, "happened_on"), None)
        if not self._form.ok():
            return
        way = "" if self._is_wrong() else self._ways.key()
        with told_to_owner(self), self._form.pointing_out():
            second_chances.add(
                self._session.desk,
                self._customer_id,
                words,
                GoodWay(way) if way else None,
                now=self._session.now(),
                negative=self._is_wrong(),
                happened_on=day,
                case_id=self._case_id,
            )
            self.accept()

    def _check(self, words: str) -> None:
        """See that something is written.

        Raises:
            InvalidEntryError: nothing is; the service would only ask the field's question again.
        """
        if words.strip():
            return
        if self._is_wrong():
            raise InvalidEntryError("words", tr("Write it in one line."))
        raise InvalidEntryError("words", tr("Write it in one line, or choose one from below."))


def _cards(chance: SecondChance, today: date) -> list[tuple[str, str, str, str]]:
    """Return the ways as cards: those nobody has gone yet first."""
    gone = {one.way: one.days[0] for one in chance.used}
    ways = [*chance.unused, *(way for way in GoodWay if way not in chance.unused)]
    found = []
    for way in ways:
        told = label(way)
        hint = told.hint
        if way in gone:
            hint = filled("last on {day}", day=short_words(gone[way], today))
        found.append((way.value, told.text, hint, told.icon))
    return found
