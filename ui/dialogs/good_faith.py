"""In good faith? The facts beside the judgement; for the owner's eyes alone."""

from PySide6.QtWidgets import QWidget

from recoverydesk.domain.case import GoodFaith
from recoverydesk.services import good_faith
from ui import look
from ui.errors import told_to_owner
from ui.forms import Form
from ui.session import Session
from ui.widgets.cards import Card, FactLine
from ui.widgets.choices import ChoiceCards
from ui.widgets.dialog import Dialog
from ui.widgets.fields import LabelledField, TextArea
from ui.widgets.text import Text
from ui.wording import filled, labels, tr

HINTS = {
    GoodFaith.PRESUMED: "Nearly everybody is",
    GoodFaith.UNCLEAR: "Something doesn't fit",
    GoodFaith.TAKING_ADVANTAGE: "The facts say so",
}


class GoodFaithDialog(Dialog):
    """Takes down whether a customer is taken to be honest, and why not."""

    def __init__(self, session: Session, case_id: int, *, parent: QWidget) -> None:
        """Make the dialog; `open()` shows it.

        Args:
            session: the open desk.
            case_id: whose case.
            parent: what it belongs to.

        Raises:
            NotFoundError: the case is no longer on the desk.
        """
        known = good_faith.facts(session.desk, case_id, now=session.now())
        super().__init__(parent, tr("In good faith?"), width=680)
        self.setObjectName("good_faith")
        self.keep_typing(session, case_id=case_id)
        self._session, self._case_id = session, case_id
        told = labels(GoodFaith)
        tokens: list[look.Token] = [look.INKS[how.tone] for _faith, how in told]
        icons = ("hand-heart", "circle-question-mark", "triangle-alert")
        self._cards = ChoiceCards(
            [
                (faith.value, how.text, tr(HINTS[GoodFaith(faith)]), icon)
                for (faith, how), icon in zip(told, icons, strict=True)
            ],
            name=tr("In good faith?"),
            tokens=tokens,
        )
        self._cards.choose(known.good_faith.value)
        self._reason = LabelledField(
            tr("What makes you &think so?"),
            TextArea(known.reason, lines=3),
            tr("facts, no feeling"),
        )
        self._form = Form({"reason": self._reason})
        self.add(
            Text(
                tr(
                    "It stands here for you alone: on no paper, and no letter changes by it. Where "
                    "somebody takes advantage, stand firm and stay polite."
                ),
                "secondary",
                "text2",
                wrap=True,
            ),
            self._facts(known),
            self._cards,
            self._reason,
        )
        self._cards.chosen.connect(self._show)
        self.save_wanted.connect(self._assess)
        self._show(known.good_faith.value)

    def _facts(self, known: good_faith.FaithFacts) -> Card:
        card = Card(tr("What there is to go by"), icon="scale", ground="sunken")
        given = known.given_lately
        amount = self._session.money(given.value_cents, short=True)
        cost = self._session.money(given.cost_cents, short=True)
        card.add(
            FactLine(tr("Cases within a year"), f"{known.cases_lately} / {known.cases}"),
            FactLine(tr("Given within a year"), filled("{n}, cost you {m}", n=amount, m=cost)),
            FactLine(tr("Ended with something for us to put right"), str(known.upheld)),
            FactLine(tr("Not upheld"), str(known.not_upheld)),
            FactLine(tr("Won back"), str(known.won_back)),
        )
        return card

    def _show(self, key: str) -> None:
        self._reason.setVisible(key != GoodFaith.PRESUMED.value)

    def _assess(self) -> None:
        self._form.start()
        area = self._reason.input
        assert isinstance(area, TextArea)
        with told_to_owner(self), self._form.pointing_out():
            good_faith.assess(
                self._session.desk, self._case_id, GoodFaith(self._cards.key()), area.text()
            )
            self.accept()
