"""One step, opened for editing: what, when, who, for whom, and how to go about it."""

from collections.abc import Sequence
from dataclasses import replace

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QSizePolicy, QWidget

from recoverydesk.domain.case import Stage
from recoverydesk.domain.follow_up import Act, Anchor, Unit, Who
from recoverydesk.domain.playbook import Fact, Step
from recoverydesk.errors import InvalidEntryError
from ui.dialogs.playbooks.conditions import WORTH, ConditionEditor, unit_select
from ui.dialogs.playbooks.parts import NumberField
from ui.dialogs.playbooks.words import Naming, condition_words, fact_options, sentence
from ui.forms import Form
from ui.widgets.cards import Accordion, FoldCard
from ui.widgets.choices import CheckBox, Select
from ui.widgets.fields import LabelledField, TextArea, TextField
from ui.widgets.layouts import STRETCH, Margins, boxed, column, row
from ui.widgets.text import Icon, Text
from ui.wording import filled, labels, tr

SAID = ("coach", "say", "not_say", "source")
MARGINS: Margins = (24, 18, 24, 18)


def _select(values: Sequence[Act | Stage | Who], name: str) -> Select:
    choice = Select([(one.value, _capital(told.text)) for one, told in labels(values)], name=name)
    return _narrow(choice)


def _narrow(choice: Select) -> Select:
    # As wide as there is room, not as its longest words would like it.
    choice.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
    return choice


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]


class StepPage(QWidget):
    """Everything about one step.

    Signals:
        changed: the owner changed something. Argument: the `Step` as it is now.
    """

    changed = Signal(object)

    def __init__(self, naming: Naming) -> None:
        super().__init__()
        self._naming = naming
        self._showing = False
        self._step: Step | None = None
        self._steps: Sequence[Step] = ()
        self._make_fields()
        self._lay_out()
        self._connect()

    def _make_fields(self) -> None:
        self._head = Text("", "card")
        self._what = TextField(example=tr("Ring {name} and listen"))
        self._act = _select(list(Act), tr("What kind of work"))
        self._stage = _select([one for one in Stage if one is not Stage.DONE], tr("Stage"))
        self._who = _select(list(Who), tr("Who does it"))
        self._offset = NumberField(name=tr("How long after"))
        self._unit = unit_select(tr("Counted in"))
        self._anchor = _narrow(Select([], name=tr("After what")))
        self._after = _narrow(Select([], name=tr("Which step it comes after")))
        self._timed = CheckBox(tr("At that hour; otherwise any time of that day"))
        self._words = Text("", "secondary", "text2", wrap=True)
        self._closing = CheckBox(tr("Has to be done before the case may be closed"))
        for box in (self._timed, self._closing):
            box.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
            box.setToolTip(box.text())
        self._fact = _narrow(Select(fact_options(), name=tr("What ticks it by itself")))
        self._every = NumberField(name=tr("Comes again every"))
        self._every_unit = unit_select(tr("Comes again, counted in"))
        self._only_if = ConditionEditor(self._naming, agreement=True)
        self._coach = TextArea(lines=3, grows=6)
        self._say = TextArea(lines=2, grows=4)
        self._not_say = TextArea(lines=2, grows=4)
        self._source = TextField(example=tr("Practice"))

    def _lay_out(self) -> None:
        title = LabelledField(tr("What to &do"), self._what, tr("{name} is the customer's name"))
        kinds = row(
            (LabelledField(tr("Kind of work"), self._act), 2),
            (LabelledField(tr("Stage"), self._stage), 2),
            (LabelledField(tr("Who"), self._who), 3),
            gap=12,
        )
        when = boxed(row(self._offset, self._unit, (self._anchor, 1), gap=8))
        offset = LabelledField(tr("&When"), when, tr("0 is at once"))
        # The label leads to the number, not to the row that holds it.
        when.setFocusProxy(self._offset)
        self._after_field = LabelledField(tr("Which step"), self._after)
        said = row(
            column(Icon("calendar", "text3", 14), STRETCH, margins=(0, 3, 0, 0)),
            (self._words, 1),
            gap=8,
        )
        every = boxed(
            row(
                self._every,
                self._every_unit,
                Text(tr("until it is resolved"), "body"),
                STRETCH,
                gap=8,
            )
        )
        again = LabelledField(tr("Comes again every"), every, tr("0: only once"))
        fact = LabelledField(tr("What ticks it by itself"), self._fact)
        source = LabelledField(tr("Source"), self._source, tr("where the advice is from"))
        fields = {
            "coach": LabelledField(tr("How to go about it"), self._coach),
            "say": LabelledField(tr("Words to start with"), self._say),
            "not_say": LabelledField(tr("Rather not say"), self._not_say),
            "source": source,
        }
        folds = self._folds(list(fields.values()))
        head = column(
            self._head,
            title,
            kinds,
            offset,
            self._after_field,
            self._timed,
            said,
            self._closing,
            again,
            fact,
            gap=12,
        )
        self.setLayout(column(head, folds, STRETCH, gap=16, margins=MARGINS))
        self._form = Form(
            {
                "title": title,
                "offset": offset,
                "after": self._after_field,
                WORTH: self._only_if.worth,
                **fields,
            }
        )

    def _folds(self, said: Sequence[QWidget]) -> Accordion:
        self._for_some = FoldCard(tr("Only for some"), icon="filter")
        self._for_some.add(self._only_if)
        self._advice = FoldCard(tr("How to go about it"), icon="message-square")
        self._advice.body.setSpacing(14)
        self._advice.add(*said)
        return Accordion(self._for_some, self._advice)

    def _connect(self) -> None:
        for line in (self._what, self._offset, self._every, self._source):
            line.textChanged.connect(lambda _text: self._edited())
        for choice in (
            self._act,
            self._stage,
            self._who,
            self._unit,
            self._anchor,
            self._after,
            self._fact,
            self._every_unit,
        ):
            choice.currentIndexChanged.connect(lambda _at: self._edited())
        for area in (self._coach, self._say, self._not_say):
            area.changed.connect(self._edited)
        for box in (self._closing, self._timed):
            box.toggled.connect(lambda _on: self._edited())
        self._only_if.changed.connect(self._edited)

    # What is shown

    def show_step(self, steps: Sequence[Step], place: int) -> None:
        """Show one of a plan's steps; nothing is heard of it."""
        step = steps[place]
        same = self._step is not None and self._step.key == step.key
        self._showing = True
        self._form.start()
        self._step = step
        self._what.setText(step.title)
        self._act.choose(step.act.value)
        self._stage.choose(step.stage.value)
        self._who.choose(step.who.value)
        self._offset.set_value(step.offset)
        self._unit.choose(step.unit.value)
        self._offer_anchors(step)
        self._timed.setChecked(step.timed)
        self._closing.setChecked(step.closing)
        self._fact.choose(step.fact.value)
        self._every.set_value(step.every)
        self._every_unit.choose(step.every_unit.value)
        self._only_if.show_condition(step.only_if)
        self._coach.set_text(step.coach)
        self._say.set_text(step.say)
        self._not_say.set_text(step.not_say)
        self._source.setText(step.source)
        if not same:
            self._for_some.set_open(is_open=not step.only_if.is_for_all)
        self.show_place(steps, place)
        self._showing = False

    def _offer_anchors(self, step: Step) -> None:
        # "On a day you choose" is for reminders: a plan doesn't know the day.
        told = labels(one for one in Anchor if one is not Anchor.FIXED or step.anchor is one)
        self._anchor.set_options([(one.value, how.text) for one, how in told])
        self._anchor.choose(step.anchor.value)

    def show_place(self, steps: Sequence[Step], place: int) -> None:
        """Show where the step stands now, and the others that it can come after."""
        was, self._showing = self._showing, True
        self._steps = steps
        step = steps[place]
        self._step = step
        self._head.setText(filled("Step {n} of {all}", n=str(place + 1), all=str(len(steps))))
        others = [
            (one.key, f"{at}. {one.title or tr('a step without words')}")
            for at, one in enumerate(steps, start=1)
            if one.key != step.key
        ]
        self._after.set_options([("", tr("Choose the step")), *others])
        self._after.choose(step.after if step.after in dict(others) else "")
        self._say_so(step)
        self._showing = was

    def _say_so(self, step: Step) -> None:
        self._after_field.setVisible(step.anchor is Anchor.STEP_DONE)
        self._words.setText(sentence(step, self._steps, self._naming))
        for_whom = condition_words(step.only_if, self._naming)
        self._for_some.set_summary(for_whom or tr("it is for every case"))
        written = next((text for text in (step.coach, step.say) if text), "")
        self._advice.set_summary(written.split("\n")[0] or tr("nothing written yet"))

    # What is typed

    def key(self) -> str:
        """Return the key of the step that is shown; empty before any was."""
        return "" if self._step is None else self._step.key

    def _edited(self) -> None:
        if self._showing or self._step is None:
            return
        self._step = self._written(self._step)
        self._say_so(self._step)
        self.changed.emit(self._step)

    def _written(self, before: Step) -> Step:
        anchor = Anchor(self._anchor.key())
        return replace(
            before,
            title=self._what.text(),
            act=Act(self._act.key()),
            stage=Stage(self._stage.key()),
            who=Who(self._who.key()),
            anchor=anchor,
            after=self._after.key() if anchor is Anchor.STEP_DONE else "",
            offset=self._offset.value(),
            unit=Unit(self._unit.key()),
            timed=self._timed.isChecked(),
            closing=self._closing.isChecked(),
            fact=Fact(self._fact.key()),
            every=self._every.value(),
            every_unit=Unit(self._every_unit.key()),
            only_if=self._only_if.condition(),
            coach=self._coach.text(),
            say=self._say.text(),
            not_say=self._not_say.text(),
            source=self._source.text(),
        )

    def in_trouble(self) -> bool:
        """Say whether something here can't be read."""
        return self._only_if.in_trouble()

    def lead_to_trouble(self) -> None:
        """Put the cursor to what can't be read."""
        self._for_some.set_open(is_open=True)
        self._only_if.worth.focus_input()

    def show_trouble(self, error: InvalidEntryError) -> bool:
        """Show what is wrong beside its field; say whether there is such a field here."""
        if error.field in SAID:
            self._advice.set_open(is_open=True)
        self._form.start()
        return self._form.show(error) and not self._form.ok()

    def begin(self) -> None:
        """Put the cursor into what to do, all of it marked."""
        self._what.setFocus()
        self._what.selectAll()
