"""The second-chance meter: what counts, which ways were gone, which are still to go."""

from datetime import date

from PySide6.QtWidgets import QVBoxLayout, QWidget

from recoverydesk.domain.days import short_words
from recoverydesk.domain.second_chance import GoodWay
from recoverydesk.errors import InvalidEntryError
from recoverydesk.services import second_chances
from recoverydesk.services.claims import ClaimKey
from recoverydesk.services.second_chances import ExperienceView, SecondChance
from ui import look
from ui.errors import told_to_owner
from ui.forms import Form
from ui.session import Session
from ui.widgets.buttons import Button
from ui.widgets.dialog import Dialog
from ui.widgets.fields import LabelledField, TextField
from ui.widgets.layouts import STRETCH, boxed, clear, column, row
from ui.widgets.meters import Ring, rule_of_thumb
from ui.widgets.sources import SourceButton
from ui.widgets.text import Icon, Line, Text
from ui.wording import counted, filled, label, tr

MOST_TOLD = 5
PER_LINE = 2


class ChancePanel(QWidget):
    """The ring, how many dots are full, and what the number is worth."""

    def __init__(self) -> None:
        super().__init__()
        self._ring = Ring(0, size=112)
        self._words = Text("", "strong", wrap=True, align=look.CENTRE)
        self._thumb = Text("", "secondary", "text2", wrap=True)
        limit = Text(
            tr(
                "Only what somebody saw and wrote down counts. What goes wrong again takes one "
                "away, and a new case starts anew."
            ),
            "secondary",
            "text2",
            wrap=True,
        )
        ring = row(STRETCH, self._ring, STRETCH)
        thumb = row((self._thumb, 1), column(SourceButton(ClaimKey.TWELVE_GOOD), STRETCH), gap=4)
        self.setLayout(column(ring, self._words, thumb, limit, gap=10))

    def show_chance(self, chance: SecondChance, today: date) -> None:
        """Show how far their trust has been won back."""
        self._ring.show_filled(chance.count, chance.target)
        words = filled("{n} of {target}", n=str(chance.count), target=str(chance.target))
        if chance.since is not None:
            day = short_words(chance.since, today)
            words = filled("{n} of {target}, since {day}", n=str(chance.count),
                           target=str(chance.target), day=day)  # fmt: skip
        self._words.setText(words)
        self._thumb.setText(rule_of_thumb(chance.target))


class SecondChanceDialog(Dialog):
    """Shows the twelve ways back to a customer's trust, and takes down how many the shop wants."""

    def __init__(self, session: Session, customer_id: int, *, parent: QWidget) -> None:
        """Make the dialog; `open()` shows it.

        Args:
            session: the open desk.
            customer_id: whose trust it is.
            parent: what it belongs to.

        Raises:
            NotFoundError: the customer is no longer on the desk.
        """
        super().__init__(
            parent, tr("Second chance"), save=tr("Save"), cancel=tr("Close"), width=860, side=256
        )
        self.setObjectName("second_chance")
        self._session = session
        self._customer_id = customer_id
        self._panel = ChancePanel()
        self._target = TextField()
        target = LabelledField(tr("Count &toward"), self._target, tr("for every customer"))
        self._form = Form({"target": target})
        self._ways, self._seen = column(gap=8), column(gap=6)
        self.body.addLayout(self._ways)
        self.add(Line())
        self.body.addLayout(self._seen)
        self.add_to_side(self._panel, target)
        more = Button(tr("&Add an experience"), icon="plus")
        more.clicked.connect(lambda _on: self._add())
        self.add_button(more)
        self.save_wanted.connect(self._set_target)
        chance = self._read()
        self._target.setText(str(chance.target))
        more.setFocus()

    def _read(self) -> SecondChance:
        chance = second_chances.of_customer(self._session.desk, self._customer_id)
        today = self._session.today()
        self._panel.show_chance(chance, today)
        self._show_ways(chance, today)
        self._show_seen(chance, today)
        return chance

    def _show_ways(self, chance: SecondChance, today: date) -> None:
        clear(self._ways)
        if chance.used:
            self._ways.addWidget(Text(tr("Gone already"), "label"))
            used = [_way(one.way, _when(one.days, today), used=True) for one in chance.used]
            _in_lines(self._ways, used)
        if chance.unused:
            self._ways.addWidget(Text(tr("Still to go, the most fitting first"), "label"))
            _in_lines(self._ways, [_way(one, label(one).hint) for one in chance.unused])

    def _show_seen(self, chance: SecondChance, today: date) -> None:
        clear(self._seen)
        self._seen.addWidget(Text(tr("What somebody saw"), "label"))
        if not chance.experiences:
            nothing = tr("Nothing written down since, so far.")
            self._seen.addWidget(Text(nothing, "secondary", "text2", wrap=True))
        for one in chance.experiences[:MOST_TOLD]:
            self._seen.addWidget(_experience(one, today))
        more = len(chance.experiences) - MOST_TOLD
        if more > 0:
            earlier = counted(more, "and {n} earlier", "and {n} earlier")
            self._seen.addWidget(Text(earlier, "caption", "text2"))

    def _add(self) -> None:
        from ui.dialogs.good_experience import GoodExperienceDialog  # noqa: PLC0415 - it shows ours

        with told_to_owner(self):
            dialog = GoodExperienceDialog(self._session, self._customer_id, parent=self)
            dialog.accepted.connect(self._read)
            dialog.open()

    def _wanted(self) -> int:
        typed = self._target.text().strip()
        if not typed.isdecimal():
            raise InvalidEntryError("target", tr("Write a number, such as 12."))
        return int(typed)

    def _set_target(self) -> None:
        self._form.start()
        target = self._form.take("target", self._wanted, 0)
        if not self._form.ok():
            return
        with told_to_owner(self), self._form.pointing_out():
            chance = second_chances.of_customer(self._session.desk, self._customer_id)
            if chance.target != target:
                second_chances.set_target(self._session.desk, target)
            self.accept()


def _in_lines(layout: QVBoxLayout, ways: list[QWidget]) -> None:
    for at in range(0, len(ways), PER_LINE):
        line = ways[at : at + PER_LINE]
        line += [QWidget() for _missing in range(PER_LINE - len(line))]
        layout.addLayout(row(*((one, 1) for one in line), gap=16))


def _when(days: tuple[date, ...], today: date) -> str:
    last = short_words(days[0], today)
    if len(days) == 1:
        return last
    return filled("{n} times, last on {day}", n=str(len(days)), day=last)


def _way(way: GoodWay, words: str, *, used: bool = False) -> QWidget:
    told = label(way)
    icon = Icon("circle-check" if used else told.icon, "accent" if used else "text2", 18)
    title = Text(told.text, "label")
    box = boxed(
        row(column(icon, STRETCH, margins=(0, 2, 0, 0)),
            (column(title, Text(words, "caption", "text2")), 1), gap=10)
    )  # fmt: skip
    state = tr("gone already") if used else tr("still to go")
    box.setAccessibleName(f"{told.text}: {state}, {words}")
    return box


def _experience(one: ExperienceView, today: date) -> QWidget:
    sign = Icon("minus" if one.negative else "plus", "danger" if one.negative else "accent", 16)
    day = Text(short_words(one.happened_on, today), "caption", "text2", align=look.RIGHT)
    words = Text(one.words, "secondary", wrap=True)
    box = boxed(
        row(column(sign, STRETCH, margins=(0, 2, 0, 0)), (words, 1),
            column(day, STRETCH, margins=(0, 2, 0, 0)), gap=10)
    )  # fmt: skip
    said = tr("went wrong again") if one.negative else tr("went well")
    box.setAccessibleName(f"{one.words}, {said}, {day.text()}")
    return box
