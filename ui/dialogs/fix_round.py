"""“We fixed it”: everybody whom the cause hurt is told in one pass, each in their own way."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from recoverydesk.domain.contact import Way
from recoverydesk.services import fix_news
from recoverydesk.services.fix_news import Hurt
from ui.errors import told_to_owner
from ui.session import Session
from ui.widgets.choices import Select
from ui.widgets.dialog import Dialog
from ui.widgets.layouts import boxed, column, row
from ui.widgets.scrolls import ScrollArea
from ui.widgets.text import Text
from ui.wording import counted, filled, tr

NOT_NOW = ""
WAYS = {Way.CALL: "Call them", Way.EMAIL: "E-mail", Way.LETTER: "Letter"}
HEIGHT = 320


class FixRoundDialog(Dialog):
    """Lists who is to be told of a fix, and how; one press plans it all.

    Signals:
        letters_wanted: letters are to be written. Argument: the cases' ids.
    """

    letters_wanted = Signal(list)

    def __init__(self, session: Session, correction_id: int, *, parent: QWidget) -> None:
        """Make the dialog; `open()` shows it.

        Args:
            session: the open desk.
            correction_id: the fix that is in place.
            parent: what it belongs to.

        Raises:
            NotFoundError: it is no longer on the desk.
        """
        self._round = fix_news.of_fix(session.desk, correction_id)
        anybody = bool(self._round.to_tell)
        super().__init__(
            parent,
            tr("We fixed it: tell them"),
            save=tr("Tell them") if anybody else "",
            save_icon="megaphone",
            cancel=tr("Not now") if anybody else tr("Close"),
            width=620,
        )
        self.setObjectName("fix_round")
        self._session = session
        self._ways: dict[int, Select] = {}
        self.add(Text(self._round.what, "strong", wrap=True))
        self.add(Text(self._told(), "body", "text2", wrap=True))
        if anybody:
            rows = column(*(self._row(one) for one in self._round.to_tell), gap=6)
            area = ScrollArea(boxed(rows))
            if len(self._ways) > 6:  # noqa: PLR2004 - more would be taller than a small screen
                area.setFixedHeight(HEIGHT)
            self.add(area)
            self.set_note(
                tr("Calls and e-mails stand on Today; letters open next, ready to print."), "info"
            )
        self.save_wanted.connect(self._tell)

    def _told(self) -> str:
        found = self._round
        if not found.to_tell and not found.told:
            return tr("Nobody has to be told: no customer was hurt by this cause.")
        parts = []
        if not found.to_tell:
            parts.append(tr("Everybody has been told."))
        else:
            parts.append(
                counted(
                    len(found.to_tell),
                    "It had hurt {n} customer who doesn't know yet that it is mended.",
                    "It had hurt {n} customers who don't know yet that it is mended.",
                )
            )
        if found.told:
            parts.append(counted(found.told, "{n} knows already.", "{n} know already."))
        if found.left_alone:
            parts.append(
                counted(
                    found.left_alone,
                    "{n} asked not to be contacted.",
                    "{n} asked not to be contacted.",
                )
            )
        return " ".join(parts)

    def _row(self, one: Hurt) -> QWidget:
        can = {Way.CALL: bool(one.phone), Way.EMAIL: bool(one.email), Way.LETTER: True}
        options = [(way.value, tr(told)) for way, told in WAYS.items() if can[way]]
        select = Select(
            [*options, (NOT_NOW, tr("Not now"))],
            name=filled("How {name} is told", name=one.customer),
        )
        select.choose(one.way.value if can.get(one.way) else Way.LETTER.value)
        self._ways[one.customer_id] = select
        reach = " · ".join(part for part in (one.number, one.phone or one.email) if part)
        about = column(Text(one.customer, "label"), Text(reach, "caption", "text2"), gap=0)
        return boxed(row((about, 1), select, gap=12))

    def _tell(self) -> None:
        chosen = {whose: select.key() for whose, select in self._ways.items()}
        ways = {whose: Way(key) for whose, key in chosen.items() if key}
        session = self._session
        with told_to_owner(self):
            planned = fix_news.plan(
                session.desk, self._round.correction_id, ways, now=session.now()
            )
            letters = [
                one.case_id
                for one in self._round.to_tell
                if ways.get(one.customer_id) is Way.LETTER
            ]
            self.accept()
            if planned:
                one, many = "{n} call or e-mail planned", "{n} calls and e-mails planned"
                session.said.emit(counted(planned, one, many))
            if letters:
                self.letters_wanted.emit(letters)
