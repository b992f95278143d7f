"""What a plan is called, what it is for, and for which cases it starts by itself."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from recoverydesk.domain.playbook import Condition
from recoverydesk.errors import InvalidEntryError
from ui.dialogs.playbooks.conditions import WORTH, ConditionEditor
from ui.dialogs.playbooks.words import Naming
from ui.forms import Form
from ui.widgets.banners import Banner
from ui.widgets.fields import LabelledField, TextArea, TextField
from ui.widgets.layouts import STRETCH, column
from ui.widgets.text import Line, Text
from ui.wording import tr


class PlanPage(QWidget):
    """A plan without its steps.

    Signals:
        changed: something was changed by the owner.

    Attributes:
        banner: says that something came back after a crash; hidden at first.
    """

    changed = Signal()

    def __init__(self, naming: Naming) -> None:
        super().__init__()
        self.banner = Banner()
        self._showing = False
        self._name = TextField(example=tr("Late deliveries"))
        self._words = TextArea(lines=2, grows=5)
        self._starts = ConditionEditor(naming, agreement=False)
        self._told = Text("", "secondary", "text2", wrap=True)
        name = LabelledField(tr("Na&me of the plan"), self._name)
        words = LabelledField(tr("What it is &for"), self._words, tr("in one line"))
        self._form = Form({"name": name, "words": words, WORTH: self._starts.worth})
        self.setLayout(
            column(
                self.banner,
                Text(tr("About the plan"), "card"),
                name,
                words,
                Line("border"),
                Text(tr("When it starts by itself"), "strong"),
                self._told,
                self._starts,
                STRETCH,
                gap=14,
                margins=(24, 18, 24, 18),
            )
        )
        self._name.textChanged.connect(lambda _text: self._edited())
        self._words.changed.connect(self._edited)
        self._starts.changed.connect(self._edited)

    def show_plan(self, name: str, words: str, starts: Condition, *, shipped: bool) -> None:
        """Show a plan; nothing is heard of it.

        Args:
            name: what it is called.
            words: what it is for.
            starts: the cases it starts for.
            shipped: it came with the program, where nothing chosen means everybody.
        """
        self._showing = True
        self._form.start()
        self._name.setText(name)
        self._words.set_text(words)
        self._starts.show_condition(starts)
        everybody = tr("With nothing chosen it starts for everybody.")
        nobody = tr("With nothing chosen it starts only where you choose it on a case's page.")
        order = tr("The first plan in the list whose signs a new case shows is the one it gets.")
        self._told.setText(f"{order} {everybody if shipped else nobody}")
        self._showing = False

    def name(self) -> str:
        """Return the name as it is typed."""
        return self._name.text()

    def words(self) -> str:
        """Return what it is for, as it is typed."""
        return self._words.text()

    def starts(self) -> Condition:
        """Return for which cases it starts."""
        return self._starts.condition()

    def in_trouble(self) -> bool:
        """Say whether something here can't be read."""
        return self._starts.in_trouble()

    def lead_to_trouble(self) -> None:
        """Put the cursor to what can't be read."""
        self._starts.worth.focus_input()

    def show_trouble(self, error: InvalidEntryError) -> bool:
        """Show what is wrong beside its field; say whether there is such a field here."""
        self._form.start()
        return self._form.show(error) and not self._form.ok()

    def begin(self) -> None:
        """Put the cursor into the name, all of it marked."""
        self._name.setFocus()
        self._name.selectAll()

    def _edited(self) -> None:
        if not self._showing:
            self.changed.emit()
