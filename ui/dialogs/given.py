"""What a voucher is called, and once it is issued its code, big enough to read out."""

import re
from contextlib import suppress

from PySide6.QtWidgets import QWidget

from recoverydesk.domain.days import day_words
from recoverydesk.domain.voucher import VoucherKind
from recoverydesk.errors import InvalidEntryError
from recoverydesk.services.remedies import RemedyView
from recoverydesk.services.voucher_views import VoucherView
from ui import look
from ui.session import Session
from ui.widgets.layouts import STRETCH, column, row
from ui.widgets.text import Icon, Text
from ui.wording import filled, labels, tr

_AMOUNT = re.compile(r"\d+(?:[.,]\d+|[ '\u2019\u00a0\u202f]\d{3}(?!\d))*(?![\d.,]*\d)(?!\s*%)")
"""A number as people write an amount: "25", "7.50", "1 200,00"; never a percentage."""


def kind_named(words: str) -> VoucherKind:
    """Return the kind of voucher that words name, or the usual one where they name none or two."""
    named = [
        VoucherKind(kind.value) for kind, told in labels(VoucherKind) if _says(words, told.text)
    ]
    return named[0] if len(named) == 1 else VoucherKind.GOODWILL_CERTIFICATE


def _says(words: str, name: str) -> bool:
    parts = r"[\s-]*".join(re.escape(part) for part in name.split())
    return re.search(rf"\b{parts}", words, re.IGNORECASE) is not None


def checked_words(words: str, value_cents: int, agreed: RemedyView | None, session: Session) -> str:
    """Return what a voucher is called.

    Args:
        words: as they stand in the field.
        value_cents: what it is worth, in minor units; 0 where that can't be read.
        agreed: the remedy it hands over, or None.
        session: the open desk.

    Raises:
        InvalidEntryError: the words name the worth that was agreed, and it is another one now.
    """
    if agreed is None or value_cents in {0, agreed.value_cents} or words.strip() != agreed.words:
        return words
    if _names_amount(words, agreed.value_cents, session):
        raise InvalidEntryError(
            "words",
            filled(
                "These words still say {amount}.",
                amount=session.money(agreed.value_cents, short=True),
            ),
            advice=tr("Change them, or the worth."),
        )
    return words


def _names_amount(words: str, cents: int, session: Session) -> bool:
    for found in _AMOUNT.finditer(words):
        with suppress(InvalidEntryError):
            if session.cents(found.group(), field="words") == cents:
                return True
    return False


class GivenPanel(QWidget):
    """A voucher's code, whom it is for, and how long it is good."""

    def __init__(self, session: Session) -> None:
        super().__init__()
        self._session = session
        self._code = Text("", "display", selectable=True, align=look.CENTRE)
        self._who = Text("", "body", "text2", wrap=True, align=look.CENTRE)
        self._until = Text("", "secondary", "text2", align=look.CENTRE)
        self.setLayout(
            column(
                8,
                row(STRETCH, Icon("circle-check", "accent", 36), STRETCH),
                12,
                self._code,
                8,
                self._who,
                4,
                self._until,
                8,
            )
        )

    def code(self) -> str:
        """Return the code as it is shown."""
        return self._code.text()

    def show_voucher(self, view: VoucherView) -> None:
        """Show a voucher that was just issued."""
        money = self._session.money(view.initial_cents)
        self._code.setText(view.shown_code)
        self._code.setAccessibleName(filled("Code {code}", code=view.shown_code))
        self._who.setText(
            filled(
                "{words}, {money}, for {name}", words=view.words, money=money, name=view.recipient
            )
        )
        day = view.valid_to
        until = tr("good without an end date")
        self._until.setText(
            until if day is None else filled("good until {day}", day=day_words(day))
        )
