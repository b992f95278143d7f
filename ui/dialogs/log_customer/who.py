"""Who it is: found while one types, or somebody new."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QAbstractItemView, QCompleter, QWidget

from recoverydesk.domain.names import name_key
from recoverydesk.domain.phones import email_key
from recoverydesk.services import customer_lists
from recoverydesk.services.customer_lists import CustomerRow
from recoverydesk.services.customers import CustomerEntry
from recoverydesk.services.duplicates import duplicates
from ui.session import Session
from ui.widgets.doubles import Doubles
from ui.widgets.fields import LabelledField, TextField
from ui.widgets.layouts import boxed, column, row
from ui.widgets.picks import Pick, PickList, ranked, same_spelling
from ui.wording import filled, tr

NEW = -1
"""What the row "add as new" carries instead of an id."""
MOST_OFFERED = 7
MOST_NAMESAKES = 100


class Who(QWidget):
    """A line that finds customers; for somebody new, phone and e-mail under it.

    Signals:
        known: another customer is meant. Argument: the `CustomerRow`, or None for nobody yet.
        settled: it is clear who it is; go on with the next question.
        unfolded: there are more fields now.

    Attributes:
        name, phone, email: the labelled fields.
    """

    known = Signal(object)
    settled = Signal()
    unfolded = Signal()

    def __init__(self, session: Session) -> None:
        super().__init__()
        self._session = session
        self._rows: dict[int, CustomerRow] = {}
        self._offered_for = ""
        self._new_name = ""
        self._line = PickList(example=tr("Name, phone or e-mail"))
        self._phone = TextField()
        self._email = TextField()
        self.name = LabelledField(tr("&Who is it?"), self._line)
        self.phone = LabelledField(tr("Phone"), self._phone, tr("new customer, optional"))
        self.email = LabelledField(tr("E-mail"), self._email, tr("optional"))
        self._doubles = Doubles()
        self._new = boxed(
            column(row((self.phone, 1), (self.email, 1), gap=16), self._doubles, gap=4)
        )
        self._new.hide()
        self.setLayout(column(self.name, self._new, gap=12))
        self.setFocusProxy(self.name)
        self._phone.editingFinished.connect(self._look_for_same)
        self._email.editingFinished.connect(self._look_for_same)
        self._doubles.chosen.connect(self._take_double)
        self._line.asked.connect(self._offer)
        self._line.picked.connect(self._picked)
        self._line.cleared.connect(self._cleared)
        self._line.edit.returnPressed.connect(self._entered)
        self._line.edit.editingFinished.connect(self._left)
        self._line.edit.textChanged.connect(self._typed)

    def show_customer(self, found: CustomerRow) -> None:
        """Show somebody who is on the desk already."""
        self._new_name = ""
        self._rows[found.customer_id] = found
        self._line.show_pick(self._pick_of(found))
        self._new.hide()
        self.known.emit(found)

    def fill(self, name: str, email: str) -> None:
        """Write who sent something into a line that is still empty, and find them by it."""
        if self._line.text() or not (name or email):
            return
        known = customer_lists.alike(self._session.desk, email, most=2) if email else ()
        if len(known) == 1:
            self.show_customer(known[0])
            return
        self._line.edit.setText(name or email.partition("@")[0])
        self._email.setText(email)
        self._left()
        if self.customer_id() is None:
            self._ask_more()

    def customer_id(self) -> int | None:
        """Return the id of the customer who was picked; None for somebody new."""
        pick = self._line.pick()
        return None if pick is None else pick.id

    def is_new(self) -> bool:
        """Say whether this name is to be added as somebody new.

        The owner chose so, or everybody of that name is spelt in another way.
        """
        typed = self._line.text()
        if self.customer_id() is not None or not typed:
            return False
        return typed == self._new_name or self._has_only_twins(typed)

    def typed(self) -> tuple[str, str, str]:
        """Return name, phone and e-mail; the last two only for somebody new."""
        if self.customer_id() is not None:
            return self._line.text(), "", ""
        return self._line.text(), self._phone.text(), self._email.text()

    def take_namesake(self) -> None:
        """Take what stands in the line as the one customer who is spelt so, if there is one."""
        typed = self._line.text()
        if not typed or self.customer_id() is not None or typed == self._new_name:
            return
        same = [one for one in self._namesakes(typed) if same_spelling(one.name, typed)]
        if len(same) == 1:
            self.show_customer(same[0])

    def _namesakes(self, typed: str) -> list[CustomerRow]:
        found = customer_lists.alike(self._session.desk, typed, most=MOST_NAMESAKES)
        return [one for one in found if name_key(one.name) == name_key(typed)]

    def _has_only_twins(self, typed: str) -> bool:
        found = self._namesakes(typed)
        return bool(found) and not any(same_spelling(one.name, typed) for one in found)

    def _pick_of(self, found: CustomerRow, *, sure: bool = False) -> Pick:
        since = (
            filled("customer since {year}", year=str(found.since_on.year)) if found.since_on else ""
        )
        hints = (found.phone or found.email or found.town, since)
        hint = "  ·  ".join(hint for hint in hints if hint)
        return Pick(found.customer_id, found.name, hint, sure=sure)

    def _picks(self, typed: str) -> list[Pick]:
        if not typed:
            return []
        found = customer_lists.alike(self._session.desk, typed, most=MOST_OFFERED)
        self._rows = {one.customer_id: one for one in found}
        new = Pick(NEW, filled("Add “{name}” as new", name=typed), icon="user-plus")
        alone = len(found) == 1
        return [*(self._pick_of(one, sure=alone and _is_theirs(typed, one)) for one in found), new]

    def _offer(self, typed: str) -> None:
        if self._line.pick() is not None:
            return
        self._offered_for = typed
        self._line.offer(self._picks(typed))

    def _popup(self) -> QAbstractItemView | None:
        completer = self._line.findChild(QCompleter)
        return completer.popup() if isinstance(completer, QCompleter) else None

    def _marked(self) -> Pick | None:
        """Return the row that Enter takes, asking anew where one typed faster than the list."""
        typed = self._line.text()
        popup = self._popup()
        if popup is not None and popup.isVisible() and typed == self._offered_for:
            place = popup.currentIndex().row()
            offered = self._line.offered()
            return offered[place] if 0 <= place < len(offered) else None
        return next(iter(ranked(self._picks(typed), typed)), None)

    def _entered(self) -> None:
        if self._line.pick() is None:
            marked = self._marked()
            if marked is None:
                return
            self._picked(marked.id)
        else:
            self.settled.emit()

    def _picked(self, customer_id: int) -> None:
        self._close_list()
        found = self._rows.get(customer_id)
        if found is None:
            self._line.unpick()
            # Leaving the line may not turn them into a namesake again.
            self._new_name = self._line.text()
            self._ask_more()
        else:
            self.show_customer(found)
        self.settled.emit()

    def _ask_more(self) -> None:
        self._look_for_same()
        self._new.show()
        self.unfolded.emit()

    def _look_for_same(self) -> None:
        """Offer whoever has this number, address or name already; never insist."""
        entry = CustomerEntry(self._line.text(), phone=self._phone.text(), email=self._email.text())
        self._doubles.show_people(duplicates(self._session.desk, entry))

    def _take_double(self, customer_id: int) -> None:
        found = customer_lists.rows(self._session.desk, [customer_id]).get(customer_id)
        if found is not None:
            self.show_customer(found)
            self.settled.emit()

    def _close_list(self) -> None:
        popup = self._popup()
        if popup is not None:
            popup.hide()

    def _left(self) -> None:
        typed = self._line.text()
        if not typed or self._line.pick() is not None or self.is_new():
            return
        self.take_namesake()
        if self.customer_id() is None:
            self._ask_more()

    def _typed(self, text: str) -> None:
        if not text.strip():
            self._new.hide()

    def _cleared(self) -> None:
        self._new.hide()
        self.known.emit(None)


def _is_theirs(typed: str, found: CustomerRow) -> bool:
    """Say whether what found somebody is their number or address: nobody is called so."""
    if "@" in typed:
        return email_key(found.email) == email_key(typed)
    return not any(sign.isalpha() for sign in typed)
