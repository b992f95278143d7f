"""The left pane: which letter, in which tone and language, and what goes into the envelope."""

from collections.abc import Sequence

from PySide6.QtCore import QRectF, QSize, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QButtonGroup, QSizePolicy, QVBoxLayout, QWidget

from recoverydesk.domain.language import LANGUAGE_NAMES
from recoverydesk.services.letter_templates import TemplateView
from recoverydesk.services.letters import Enclosure, LetterDraft
from ui import look
from ui.widgets.cards import ClickCard
from ui.widgets.chips import Segmented
from ui.widgets.choices import CheckBox, Select
from ui.widgets.layouts import STRETCH, clear, column
from ui.widgets.text import Text, plain_tip
from ui.wording import tr

CAREFUL = "careful"
USUAL = "warm"


class _LetterCard(ClickCard):
    """One letter of the list: its name and what it is for."""

    def __init__(self, template: TemplateView) -> None:
        super().__init__(template.name)
        self.template = template
        yours = tr("In your own words")
        hints = (template.hint, yours if template.changed else "")
        self.setAccessibleDescription(". ".join(filter(None, hints)))
        if template.changed:
            self.setToolTip(yours)
        self.setCheckable(True)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        """Return the natural size (Qt)."""
        return QSize(look.px(160), look.px(46))

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw the card (Qt)."""
        painter = look.ready(QPainter(self))
        now = look.theme()
        area = QRectF(self.rect())
        if self.isChecked():
            look.paint_rect(painter, area, look.px(8), now.surface, now.border)
            bar = QRectF(0, look.px(14), 3, area.height() - look.px(28))
            look.paint_rect(painter, bar, 1.5, now.accent)
        elif self.underMouse():
            look.paint_rect(painter, area, look.px(8), now.hover)
        x = look.px(14)
        width = area.width() - x - look.px(8)
        middle = area.height() / 2
        upper = QRectF(x, middle - look.px(19), width, look.px(20))
        lower = QRectF(x, middle, width, look.px(18))
        weight = 600 if self.isChecked() else 500
        name = look.font("label", weight)
        if self.template.changed:
            icon = look.px(13)
            upper.setRight(upper.right() - icon - look.px(4))
            left, top = upper.right() + look.px(4), upper.center().y() - icon / 2
            look.paint_icon(painter, "pencil", left, top, icon, colour=now.text3)
        look.paint_text(painter, upper, self.template.name, name, now.text)
        look.paint_text(painter, lower, self.template.hint, look.font("caption", 400), now.text2)
        painter.end()


class LetterChoices(QWidget):
    """What can be chosen about a letter.

    Signals:
        wanted: another letter is wanted. Arguments: template, tone, language.
        enclosed: something was put into the envelope, or taken out.
    """

    wanted = Signal(str, str, str)
    enclosed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._showing = False
        self._cards: list[_LetterCard] = []
        self._group = QButtonGroup(self)
        self._letters: QVBoxLayout = column(gap=0)
        tones = (("warm", tr("Warm")), ("formal", tr("Formal")), ("brief", tr("Brief")))
        self._tone = Segmented(tones, name=tr("Tone"), wide=True)
        self._careful = CheckBox(tr("Admit no fault"))
        self._careful.setToolTip(
            tr("Shows concern and what you do next, for an insurer or a lawyer who asks for that")
        )
        self._language = Select(tuple(LANGUAGE_NAMES.items()), name=tr("Language"), icon="globe")
        self._boxes: dict[int, CheckBox] = {}
        self._envelope: QVBoxLayout = column(gap=2)
        self._envelope_title = _heading(tr("Put in the envelope"))
        self.setLayout(
            column(
                _heading(tr("Tone")),
                6,
                self._tone,
                4,
                self._careful,
                12,
                _heading(tr("Language")),
                6,
                self._language,
                12,
                self._envelope_title,
                4,
                self._envelope,
                12,
                _heading(tr("Letter")),
                6,
                self._letters,
                STRETCH,
                margins=(16, 16, 16, 16),
            )
        )
        self._tone.chosen.connect(self._want_tone)
        self._careful.toggled.connect(self._want)
        self._language.chosen.connect(self._want)

    def offer(self, templates: Sequence[TemplateView]) -> None:
        """Offer the letters that there are in a language."""
        if [card.template for card in self._cards] == list(templates):
            return
        for card in self._cards:
            self._group.removeButton(card)
        clear(self._letters)
        self._cards = [_LetterCard(template) for template in templates]
        for card in self._cards:
            self._group.addButton(card)
            self._letters.addWidget(card)
            card.clicked.connect(self._want)

    def show_draft(self, draft: LetterDraft) -> None:
        """Show what holds for a letter; nothing is heard of it."""
        self.show_choice(draft.template, draft.tone, draft.language)
        self._showing = True
        self._show_enclosures(draft.enclosures, draft.enclosed)
        self._showing = False

    def show_choice(self, template: str, tone: str, language: str) -> None:
        """Show which letter it is; nothing is heard of it, and nothing goes with it."""
        self._showing = True
        offered: tuple[str, ...] = ()
        for card in self._cards:
            card.setChecked(card.template.key == template)
            if card.isChecked():
                offered = card.template.tones
        self._careful.setVisible(CAREFUL in offered)
        self._careful.setChecked(tone == CAREFUL)
        self._tone.choose("" if tone == CAREFUL else tone)
        self._language.choose(language)
        self._show_enclosures((), ())
        self._showing = False

    def _show_enclosures(self, offered: Sequence[Enclosure], chosen: Sequence[int]) -> None:
        self._envelope_title.setVisible(bool(offered))
        if set(self._boxes) != {one.voucher_id for one in offered}:
            clear(self._envelope)
            self._boxes = {one.voucher_id: self._box(one) for one in offered}
        for voucher_id, box in self._boxes.items():
            box.setChecked(voucher_id in chosen)

    def _box(self, offered: Enclosure) -> CheckBox:
        box = CheckBox(offered.words.replace("&", "&&"))
        box.setAccessibleName(offered.words)
        # Long names are cut to the pane; the whole of it is in the tooltip.
        box.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        box.setToolTip(plain_tip(offered.words))
        box.toggled.connect(self._enclose)
        self._envelope.addWidget(box)
        return box

    def chosen_enclosures(self) -> tuple[int, ...]:
        """Return the ids of the vouchers that go into the envelope."""
        return tuple(voucher_id for voucher_id, box in self._boxes.items() if box.isChecked())

    def _enclose(self) -> None:
        if not self._showing:
            self.enclosed.emit()

    def _want_tone(self) -> None:
        if not self._showing and self._careful.isChecked():
            self._careful.setChecked(False)  # which is heard itself
        else:
            self._want()

    def _want(self) -> None:
        if self._showing:
            return
        key = next((card.template.key for card in self._cards if card.isChecked()), "")
        careful = self._careful.isChecked() and not self._careful.isHidden()
        tone = CAREFUL if careful else self._tone.key() or USUAL
        self.wanted.emit(key, tone, self._language.key())


def _heading(words: str) -> Text:
    return Text(words, "secondary", "text2")
