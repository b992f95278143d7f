"""The line about cases whose cause is still to be found."""

from PySide6.QtCore import Signal

from recoverydesk.domain.days import short_words
from recoverydesk.services import causes
from recoverydesk.services.case_lists import TO_LOOK_INTO
from ui.session import Session
from ui.widgets.buttons import Button
from ui.widgets.cards import Card
from ui.widgets.layouts import STRETCH, row
from ui.widgets.page import GoTo, Place, Wish
from ui.widgets.text import Text
from ui.wording import counted, filled, tr


class UnknownCauses(Card):
    """Says how many cases nobody has looked into, and leads to them; gone where there are none.

    Signals:
        wished: the cases are to be listed. Argument: a `Wish`.
    """

    wished = Signal(object)

    def __init__(self, session: Session) -> None:
        super().__init__(tr("Why did it happen?"), icon="circle-question-mark", gap=8)
        self._session = session
        self._told = Text("", "body", wrap=True)
        self.look_button = Button(tr("Look into them"), "secondary", size="small")
        self.look_button.clicked.connect(lambda _on: self.wished.emit(self.wish()))
        self.add(self._told)
        self.body.addLayout(row(self.look_button, STRETCH))

    def refresh(self) -> None:
        """Count anew."""
        desk, now = self._session.desk, self._session.now()
        count = causes.count_not_yet_known(desk, now=now)
        self.setVisible(count > 0)
        if not count:
            return
        oldest = causes.not_yet_known(desk, now=now, most=1)[0]
        day = short_words(self._session.local(oldest.opened_at).date(), self._session.today())
        told = counted(count, "{n} case has no cause yet.", "{n} cases have no cause yet.")
        since = filled("The oldest: {name}, {day}.", name=oldest.customer, day=day)
        self._told.setText(f"{told} {since}")

    @staticmethod
    def wish() -> Wish:
        """Return the way to the cases, the same ones as counted."""
        return GoTo(Place.CASES, f"cause:{TO_LOOK_INTO}")
