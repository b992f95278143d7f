"""What was issued: its code, big enough to read out."""

from PySide6.QtWidgets import QWidget

from recoverydesk.domain.days import day_words
from recoverydesk.services.vouchers import VoucherView
from ui import look
from ui.session import Session
from ui.widgets.layouts import STRETCH, column, row
from ui.widgets.text import Icon, Text
from ui.wording import filled, tr


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
