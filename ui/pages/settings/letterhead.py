"""How letters stand on their paper: the window, the type, the marks, the careful tone."""

from recoverydesk.domain.envelope import Envelope
from recoverydesk.services import shop_changes
from recoverydesk.services.shop import ShopView
from ui.errors import told_to_owner
from ui.session import Session
from ui.widgets.cards import Card
from ui.widgets.chips import Segmented
from ui.widgets.choices import CheckBox, Select
from ui.widgets.fields import LabelledField
from ui.widgets.layouts import column, row
from ui.widgets.text import Text
from ui.wording import label, tr


class LetterheadCard(Card):
    """What holds for every letter; each choice is saved at once, and Undo takes it back."""

    def __init__(self, session: Session) -> None:
        super().__init__(tr("How your letters stand"), tr("Check it once with a test print"))
        self._session = session
        self._showing = False
        self._envelope = Select(
            [(one.value, label(one).text) for one in Envelope], name=tr("Window envelope")
        )
        self._typeface = Segmented(
            [("serif", tr("Serif")), ("sans", tr("Sans serif"))], name=tr("Type")
        )
        self._folds = CheckBox(tr("Small marks where to fold"))
        self._careful = CheckBox(tr("My letters admit no fault"))
        advice = tr(
            "For shops whose insurer or lawyer asks for it: letters show concern and say what you"
            " do next. An honest apology works better wherever you are free to give one."
        )
        field = LabelledField(tr("Window envelope"), self._envelope)
        self.body.addLayout(row((field, 1), LabelledField(tr("Type"), self._typeface), gap=24))
        self.body.addLayout(column(self._folds, self._careful, gap=2))
        self.body.addWidget(Text(advice, "secondary", "text2", wrap=True))
        self._envelope.chosen.connect(self._save)
        self._typeface.chosen.connect(self._save)
        self._folds.toggled.connect(self._save)
        self._careful.toggled.connect(self._save)

    def show_shop(self, view: ShopView) -> None:
        """Show what holds."""
        self._showing = True
        self._envelope.choose(view.envelope.value)
        self._typeface.choose(view.typeface)
        self._folds.setChecked(view.fold_marks)
        self._careful.setChecked(not view.admits_fault)
        self._showing = False

    def _save(self) -> None:
        if self._showing:
            return
        with told_to_owner(self):
            shop_changes.set_letter_style(
                self._session.desk,
                envelope=Envelope(self._envelope.key()),
                typeface=self._typeface.key(),
                fold_marks=self._folds.isChecked(),
                admits_fault=not self._careful.isChecked(),
            )
