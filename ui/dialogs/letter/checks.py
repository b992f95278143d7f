"""Before you sign: what a good apology has in it, marked while one writes."""

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QBoxLayout, QGridLayout, QHBoxLayout, QWidget

from recoverydesk.domain import apology
from recoverydesk.domain.language import LANGUAGE_NAMES
from recoverydesk.services import letters
from recoverydesk.services.letters import LetterDraft
from ui import look
from ui.widgets.buttons import Button
from ui.widgets.layouts import STRETCH, boxed, column, row
from ui.widgets.text import Icon, Text
from ui.wording import filled, tr

COLUMNS = 3
MOST_NAMED = 3
"""Signs without a font that are named."""


class _Check(QWidget):
    """One line: a tick or an open circle, and what it is about."""

    def __init__(self, words: str) -> None:
        super().__init__()
        self._words = words
        self._icon = Icon("circle", "text3", 14)
        self._text = Text(words, "secondary", "text2")
        self.setLayout(row(self._icon, (self._text, 1), gap=7))
        self.show_done(done=False)

    def show_done(self, *, done: bool) -> None:
        """Tick it, or not."""
        self._icon.set_icon("check" if done else "circle", "accent" if done else "text3")
        self._text.set_token("text" if done else "text2")
        state = tr("yes") if done else tr("not yet")
        self.setAccessibleName(filled("{what}: {state}", what=self._words, state=state))


class Checks(QWidget):
    """The six parts, one phrase to reconsider, and why a letter can't print yet.

    Signals:
        sentence_wanted: a better sentence is to be put in. Arguments: the phrase, the sentence.
    """

    sentence_wanted = Signal(str, str)

    def __init__(self) -> None:
        super().__init__()
        self._checks = {
            "regret": _Check(tr("Says sorry")),
            "what_happened": _Check(tr("Names what went wrong")),
            "responsibility": _Check(tr("Says it was our part")),
            "repair": _Check(tr("Puts it right")),
            "never_again": _Check(tr("Not again")),
            "forgiveness": _Check(tr("Hopes for another chance")),
        }
        self._finding: apology.Finding | None = None
        grid = QGridLayout()
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(look.px(16))
        grid.setVerticalSpacing(look.px(4))
        for place, check in enumerate(self._checks.values()):
            grid.addWidget(check, place // COLUMNS, place % COLUMNS)
        self._advice = Text("", "secondary", "warn", wrap=True)
        self._sentence = Button("", "link", size="small", icon="sparkles")
        self._trouble = Text("", "label", "danger", wrap=True)
        told = column(self._advice, row(self._sentence, STRETCH), gap=2)
        self._advice_row = boxed(_with_icon("lightbulb", told, "warn"))
        self._trouble_row = boxed(_with_icon("circle-alert", self._trouble, "danger"))
        self._glyphs = Text("", "secondary", "warn", wrap=True)
        self._glyphs_row = boxed(_with_icon("circle-alert", self._glyphs, "warn"))
        self._glyphs_row.hide()
        self._own_words = Text("", "secondary", "warn", wrap=True)
        self._own_words_row = boxed(_with_icon("languages", self._own_words, "warn"))
        self._own_words_row.hide()
        self._advice_row.hide()
        self._trouble_row.hide()
        self._body = boxed(column(Text(tr("Before you sign"), "secondary", "text2"), grid, gap=6))
        self.setLayout(
            column(
                self._trouble_row,
                self._glyphs_row,
                self._own_words_row,
                self._body,
                self._advice_row,
                gap=8,
                margins=(24, 10, 20, 12),
            )
        )
        self._sentence.clicked.connect(self._want_sentence)

    def show_words(self, words: str, *, language: str, careful: bool, apologises: bool) -> None:
        """Check a letter's words, where its language is known.

        Args:
            words: as they stand in the letter.
            language: the letter's.
            careful: whether it shows concern and admits no fault.
            apologises: whether its six parts are wanted: a thank-you has none.
        """
        known = language in apology.LANGUAGES
        self._body.setVisible(known and apologises)
        found = apology.parts(words, language=language, careful=careful)
        for key, check in self._checks.items():
            check.show_done(done=getattr(found, key))
        self._checks["responsibility"].setVisible(not careful)
        findings = apology.check(words, language=language, careful=careful)
        self._show_finding(findings[0] if findings else None)

    def _show_finding(self, found: apology.Finding | None) -> None:
        self._finding = found
        self._advice_row.setVisible(found is not None)
        if found is None:
            return
        self._advice.setText(
            filled(
                "“{phrase}”: {why} {better}",
                phrase=found.phrase,
                why=tr(found.why),
                better="" if found.sentence else tr(found.better),
            ).strip()
        )
        self._sentence.set_text(filled("Say instead: {sentence}", sentence=found.sentence))
        self._sentence.setVisible(bool(found.sentence))

    def _want_sentence(self) -> None:
        if self._finding is not None:
            self.sentence_wanted.emit(self._finding.phrase, self._finding.sentence)

    def show_unprintable(self, named: Sequence[str]) -> None:
        """Say which signs print as their names, for want of a font; empty hides it."""
        self._glyphs_row.setVisible(bool(named))
        self._glyphs.setText(without_font(named))

    def show_own_words(self, sentence: str) -> None:
        """Say which words of the case may not be in the letter's language; empty hides it."""
        self._own_words.setText(sentence)
        self._own_words_row.setVisible(bool(sentence))

    def show_trouble(self, sentence: str) -> None:
        """Say why it can't print; empty once all is well."""
        self._trouble.setText(sentence)
        self._trouble_row.setVisible(bool(sentence))

    def trouble(self) -> str:
        """Return the sentence that is shown."""
        return self._trouble.text()


def without_font(named: Sequence[str]) -> str:
    """Return a sentence about signs that print as their names; empty where there are none."""
    if not named:
        return ""
    return filled(
        "No font on this computer can draw {signs}, so its name prints there. Write it"
        " another way, or install a font that has it (such as Noto Sans) and start again.",
        signs=", ".join(named[:MOST_NAMED]),
    )


def in_own_words(draft: LetterDraft) -> str:
    """Return a sentence about words of the case that may not be in the letter's language."""
    words = letters.as_written(draft)
    if not words:
        return ""
    return filled(
        "As you wrote it on the case, perhaps not in {language}: {words}",
        language=LANGUAGE_NAMES[draft.language],
        words=", ".join(f"“{one}”" for one in words),
    )


def _with_icon(icon: str, text: Text | QBoxLayout, token: look.Token) -> QHBoxLayout:
    return row(column(Icon(icon, token, 14), STRETCH, margins=(0, 3, 0, 0)), (text, 1), gap=7)
