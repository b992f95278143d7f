"""Our rules: what each fix that is in place asks of everybody, in one line."""

from functools import partial

from PySide6.QtWidgets import QWidget

from recoverydesk.domain.days import short_words
from recoverydesk.services import rules
from recoverydesk.services.rules import RuleView
from recoverydesk.topics import Topic
from ui import look
from ui.errors import told_to_owner
from ui.forms import Form
from ui.session import Session
from ui.widgets.buttons import IconButton
from ui.widgets.dialog import Dialog
from ui.widgets.fields import LabelledField, TextField
from ui.widgets.layouts import STRETCH, boxed, column, row
from ui.widgets.text import Text
from ui.wording import filled, tr

WIDTH = 680


class RulesDialog(Dialog):
    """Lists the fixes that are in place, each with its rule to write, to change or to retire."""

    def __init__(self, session: Session, *, parent: QWidget) -> None:
        """Make the dialog; `open()` shows it."""
        super().__init__(parent, tr("Our rules"), save=tr("Save"), width=WIDTH)
        self.setObjectName("rules")
        self._session = session
        self._rules = rules.in_place(session.desk)
        self._fields: dict[int, TextField] = {}
        self._forms: dict[int, Form] = {}
        if not self._rules:
            self._show_none()
            return
        self.add(
            Text(
                tr(
                    "One line for each fix: what everybody here does from now on, such as “Every "
                    "parcel gets a second wall.” Your policy prints them. An empty line is no rule."
                ),
                "secondary",
                "text2",
                wrap=True,
            )
        )
        for one in self._rules:
            self.add(self._row(one))
        self.save_wanted.connect(self._keep)
        next(iter(self._fields.values())).setFocus()

    def _show_none(self) -> None:
        self.save_button.hide()
        self.add(
            Text(
                tr(
                    "No fix is in place yet. When one is done, you can give it a rule here: one "
                    "line that says what everybody does from now on."
                ),
                "secondary",
                "text2",
                wrap=True,
            )
        )

    def _row(self, one: RuleView) -> QWidget:
        field = TextField(one.rule, example=tr("No rule yet"))
        day = short_words(one.since, self._session.today())
        labelled = LabelledField(one.what.replace("&", "&&"), field,
                                 filled("since {day}", day=day))  # fmt: skip
        field.setAccessibleName(filled("Rule for: {fix}", fix=one.what))
        retire = IconButton("archive", filled("Retire the rule for: {fix}", fix=one.what))
        retire.clicked.connect(partial(self._retire, field))
        policy = retire.sizePolicy()
        policy.setRetainSizeWhenHidden(True)
        retire.setSizePolicy(policy)
        retire.setVisible(bool(one.rule))
        field.textChanged.connect(lambda words: retire.setVisible(bool(words.strip())))
        self._fields[one.correction_id] = field
        self._forms[one.correction_id] = Form({"rule": labelled})
        beside = column(look.px(22), retire, STRETCH)
        return boxed(row((labelled, 1), beside, gap=8))

    def _retire(self, field: TextField, _on: bool = False) -> None:  # noqa: FBT001, FBT002 - Qt's
        field.clear()
        field.setFocus()

    def _keep(self) -> None:
        wanted = {}
        for correction_id, field in self._fields.items():
            form = self._forms[correction_id]
            form.start()
            wanted[correction_id] = form.take("rule", partial(rules.checked, field.text()), "")
        if not all(form.ok() for form in self._forms.values()):
            return
        before = {one.correction_id: one.rule for one in self._rules}
        moved = {id_: words for id_, words in wanted.items() if words != before[id_]}
        with told_to_owner(self):
            self._save_all(moved)
            self.accept()

    def _save_all(self, moved: dict[int, str]) -> None:
        """Keep all of them as one change, with one Undo."""
        desk = self._session.desk
        if not moved:
            return
        with desk.changing(Topic.CORRECTIONS | Topic.SHOP, tr("Our rules")):
            for correction_id, words in moved.items():
                rules.reword(desk, correction_id, words)
