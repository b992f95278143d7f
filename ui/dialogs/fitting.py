"""What would be fitting: three proposals to pick from, whose fault it was, what others got."""

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import QRectF, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from recoverydesk.domain.case import Fault
from recoverydesk.domain.ladder import Proposal, Rung
from ui import look
from ui.dialogs.worth import both_words
from ui.session import Session
from ui.widgets.cards import Card, ClickCard
from ui.widgets.choices import Select
from ui.widgets.fields import LabelledField
from ui.widgets.layouts import boxed, clear, column, row
from ui.widgets.text import Icon, Text
from ui.wording import filled, labels, tr

RADIUS = 8
RUNGS = {
    Rung.WORDS: ("Words alone", "message-circle"),
    Rung.SMALL: ("Something small", "gift"),
    Rung.GENEROUS: ("Generous", "hand-heart"),
}


class ProposalCard(ClickCard):
    """One proposal: how far it goes, what it is, what it comes to, and why."""

    def __init__(self, session: Session, proposal: Proposal, *, first: bool) -> None:
        rung, icon = RUNGS[proposal.rung]
        worth = _worth(session, proposal)
        super().__init__(": ".join(part for part in (tr(rung), proposal.name) if part))
        self.setAccessibleDescription(". ".join(part for part in (worth, tr(proposal.why)) if part))
        self.setCheckable(True)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        open_ = _can_be_picked(proposal)
        self.setEnabled(open_)
        ink: look.Token = "text" if open_ else "text2"
        tag = Text(tr("Try this first") if first else "", "caption", "accent_text", weight=600)
        words = boxed(
            column(
                row(
                    Icon(icon, "accent" if first else "text2", 16),
                    (Text(tr(rung), "caption", "text2"), 1),
                    tag,
                    gap=6,
                ),
                Text(proposal.name or _unnamed(proposal), "strong", ink),
                *([Text(worth, "caption", "text2", weight=400)] if worth else []),
                Text(tr(proposal.why), "caption", "text2", wrap=True, weight=400),
                "stretch",
                gap=3,
                margins=(12, 10, 12, 10),
            )
        )
        words.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.setLayout(column((words, 1)))

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw the ground (Qt)."""
        painter = look.ready(QPainter(self))
        now = look.theme()
        on = self.isChecked()
        quiet = now.hover if self.underMouse() and self.isEnabled() else now.surface
        fill = now.accent_soft if on else quiet if self.isEnabled() else now.sunken
        edge = now.accent if on else now.control if self.isEnabled() else now.border
        area = QRectF(self.rect())
        look.paint_rect(painter, area, look.px(RADIUS), fill, edge, 2 if on else 1)
        painter.end()


def _can_be_picked(proposal: Proposal) -> bool:
    return proposal.rung is Rung.WORDS or proposal.value_cents > 0


def _unnamed(proposal: Proposal) -> str:
    return tr("Something of your own") if _can_be_picked(proposal) else tr("Nothing needed")


def _worth(session: Session, proposal: Proposal) -> str:
    if proposal.rung is Rung.WORDS:
        return tr("costs you nothing")
    if not _can_be_picked(proposal):
        return ""
    if proposal.item_id is None:
        return filled("worth up to {worth}", worth=session.money(proposal.value_cents))
    return both_words(session, proposal.value_cents, proposal.cost_cents)


class Proposals(QWidget):
    """Three proposals side by side, what fits first at the start.

    Signals:
        picked: one was picked. Argument: the `Proposal`.
    """

    picked = Signal(object)

    def __init__(self, session: Session) -> None:
        super().__init__()
        self._session = session
        self._cards: list[ProposalCard] = []
        self._line = row(gap=8)
        self.setLayout(column(Text(tr("What would be fitting"), "label"), self._line, gap=6))
        self.setAccessibleName(tr("What would be fitting"))

    def show_proposals(self, proposals: Sequence[Proposal]) -> None:
        """Show three others; none of them is picked."""
        clear(self._line)
        self._cards = [
            ProposalCard(self._session, one, first=not place) for place, one in enumerate(proposals)
        ]
        for place, (card, one) in enumerate(zip(self._cards, proposals, strict=True)):
            card.clicked.connect(partial(self._pick, place, one))
            self._line.addWidget(card, 1)

    def choose_none(self) -> None:
        """Show that none of them is picked any more."""
        for card in self._cards:
            card.setChecked(False)

    def focus_first(self) -> None:
        """Put the focus on what is to be tried first."""
        if self._cards:
            self._cards[0].setFocus(Qt.FocusReason.OtherFocusReason)

    def _pick(self, place: int, proposal: Proposal, _on: bool = False) -> None:  # noqa: FBT001, FBT002 - Qt's signal
        for other, card in enumerate(self._cards):
            card.setChecked(other == place)
        self.picked.emit(proposal)


class GoBy(QWidget):
    """What there is to go by, beside an offer.

    Signals:
        fault_chosen: the owner says whose fault it was. Argument: a `Fault`.
    """

    fault_chosen = Signal(object)

    def __init__(self, fault: Fault) -> None:
        super().__init__()
        self._fault = Select(
            [(one.value, told.text) for one, told in labels(Fault)],
            name=tr("Whose fault was it?"),
        )
        self._fault.choose(fault.value)
        self._hint = Text("", "caption", "text2", wrap=True, weight=400)
        self._others = Text("", "secondary", "text2", wrap=True)
        self._far = Text("", "secondary", "text", wrap=True)
        self._warning = Card(tr("Far from the others"), icon="scale", ground="warn", tone="warn")
        self._warning.add(self._far)
        self._warning.hide()
        self._say = Text("", "body", "text", wrap=True, selectable=True)
        self._words = Card(tr("Words to offer it with"), icon="message-circle")
        self._words.add(self._say)
        self._words.hide()
        self.setLayout(
            column(
                LabelledField(tr("Whose &fault was it?"), self._fault),
                6,
                self._hint,
                18,
                Text(tr("What others like this got"), "label"),
                4,
                self._others,
                12,
                self._warning,
                12,
                self._words,
            )
        )
        self._fault.chosen.connect(self._choose)
        self._show_hint()

    def _choose(self, key: str) -> None:
        self._show_hint()
        self.fault_chosen.emit(Fault(key))

    def _show_hint(self) -> None:
        hints = {one.value: told.hint for one, told in labels(Fault)}
        self._hint.setText(hints[self._fault.key()])

    def show_others(self, words: str) -> None:
        """Say what others like this got."""
        self._others.setText(words)

    def warn(self, words: str) -> None:
        """Say that an offer is far outside; nothing takes the warning away."""
        self._far.setText(words)
        self._warning.setVisible(bool(words))

    def warning(self) -> str:
        """Return the warning that is shown; empty for none."""
        return self._far.text()

    def show_say(self, words: str) -> None:
        """Show the words to offer something with; nothing where there are none."""
        self._say.setText(filled("“{words}”", words=words) if words else "")
        self._words.setVisible(bool(words))

    def say(self) -> str:
        """Return the words that are shown."""
        return self._say.text()
