"""Before you sign: what a good apology has in it, marked while one writes."""

from collections.abc import Mapping

from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QWidget

from recoverydesk.domain import apology
from ui import look
from ui.widgets.layouts import STRETCH, boxed, column, row
from ui.widgets.text import Icon, Text
from ui.wording import filled, tr

COLUMNS = 3


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
    """The six checks, one phrase to reconsider, and why a letter can't print yet."""

    def __init__(self) -> None:
        super().__init__()
        self._checks = {
            "regret": _Check(tr("Says sorry")),
            "what_happened": _Check(tr("Names what went wrong")),
            "responsibility": _Check(tr("Says it was our part")),
            "repair": _Check(tr("Puts it right")),
            "never_again": _Check(tr("Not again")),
            "no_but": _Check(tr("No “but”")),
        }
        grid = QGridLayout()
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(look.px(16))
        grid.setVerticalSpacing(look.px(4))
        for place, check in enumerate(self._checks.values()):
            grid.addWidget(check, place // COLUMNS, place % COLUMNS)
        self._advice = Text("", "secondary", "warn", wrap=True)
        self._trouble = Text("", "label", "danger", wrap=True)
        self._advice_row = boxed(_with_icon("lightbulb", self._advice, "warn"))
        self._trouble_row = boxed(_with_icon("circle-alert", self._trouble, "danger"))
        self._advice_row.hide()
        self._trouble_row.hide()
        self._body = boxed(column(Text(tr("Before you sign"), "secondary", "text2"), grid, gap=6))
        self.setLayout(
            column(self._trouble_row, self._body, self._advice_row, gap=8, margins=(24, 10, 20, 12))
        )

    def show_words(self, words: str, *, english: bool) -> None:
        """Check a letter's words; only English is known."""
        self._body.setVisible(english)
        if not english:
            self._advice_row.hide()
            return
        parts = apology.parts(words)
        findings = apology.check(words)
        done: Mapping[str, bool] = {
            "regret": parts.regret,
            "what_happened": parts.what_happened,
            "responsibility": parts.responsibility,
            "repair": parts.repair,
            "never_again": parts.never_again,
            "no_but": not findings,
        }
        for key, check in self._checks.items():
            check.show_done(done=done[key])
        self._advice_row.setVisible(bool(findings))
        if findings:
            first = findings[0]
            advice = filled(
                "“{phrase}”: {why} {better}",
                phrase=first.phrase,
                why=tr(first.why),
                better=tr(first.better),
            )
            self._advice.setText(advice)

    def show_trouble(self, sentence: str) -> None:
        """Say why it can't print; empty once all is well."""
        self._trouble.setText(sentence)
        self._trouble_row.setVisible(bool(sentence))

    def trouble(self) -> str:
        """Return the sentence that is shown."""
        return self._trouble.text()


def _with_icon(icon: str, text: Text, token: look.Token) -> QHBoxLayout:
    return row(column(Icon(icon, token, 14), STRETCH, margins=(0, 3, 0, 0)), (text, 1), gap=7)
