"""Who was hit: found while one types, pasted as a list of names, and who is in so far."""

import re
from collections.abc import Callable, Collection

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QAbstractItemView, QCompleter, QWidget

from recoverydesk.domain.names import name_key
from recoverydesk.errors import InvalidEntryError
from recoverydesk.services import customer_lists, incident_names
from recoverydesk.services.customer_lists import CustomerRow
from recoverydesk.services.customers import CustomerEntry
from recoverydesk.services.incident_names import Named
from ui.session import Session
from ui.widgets.buttons import Button, IconButton
from ui.widgets.fields import LabelledField, TextArea
from ui.widgets.layouts import STRETCH, boxed, column, row
from ui.widgets.meters import Avatar
from ui.widgets.picks import Pick, PickList, ranked
from ui.widgets.scrolls import ScrollArea
from ui.widgets.text import Text
from ui.wording import counted, filled, tr

NEW = -1
"""What the row "add as new" carries instead of an id."""
MOST_OFFERED = 7
_BULLET = re.compile(r"^\s*(?:[-–•*·]|\d+[.)])\s+")  # noqa: RUF001 - as pasted


class WhoWasHit(QWidget):
    """A line that finds customers, a box for a pasted list, and everybody who is in.

    Signals:
        changed: there are more of them, or fewer.

    Attributes:
        who, pasted: the labelled fields.
    """

    changed = Signal()

    def __init__(self, session: Session, *, there: Collection[int] = ()) -> None:
        """Make it; `there` are the ids of customers who have a case of it already."""
        super().__init__()
        self._session = session
        self._there = frozenset(there)
        self._fixed: set[int] = set()
        self._known: dict[int, None] = {}
        self._names: dict[str, tuple[CustomerEntry, bool]] = {}
        self._again = 0
        self._offered_for = ""
        self._line = PickList(example=tr("Name, phone or e-mail"))
        self._list_text = TextArea(lines=5, example=tr("Ada Obi\nBen Li"))
        self.who = LabelledField(tr("Who was &hit?"), self._line)
        self.pasted = LabelledField(tr("&Names, one a line"), self._list_text)
        self._count = Text("", "strong", weight=600)
        self._said = Text("", "secondary", "text2", wrap=True)
        self._people = column(gap=2)
        self._lay_out()
        self._connect()
        self._show_count()

    def _lay_out(self) -> None:
        self._toggle = Button(tr("Paste a &list…"), "link", icon="clipboard-list", size="small")
        self._add_list = Button(tr("&Add these"), "tonal", icon="plus", size="small")
        self._box = boxed(column(self.pasted, row(STRETCH, self._add_list), gap=8))
        self._box.hide()
        self._said.hide()
        inside = boxed(column(self._people, STRETCH, margins=(0, 0, 12, 0)))
        self.setLayout(
            column(
                self.who,
                self._box,
                self._said,
                row((self._count, 1), self._toggle, gap=8),
                (ScrollArea(inside), 1),
                gap=10,
            )
        )
        self.setFocusProxy(self.who)

    def _connect(self) -> None:
        self._line.asked.connect(self._offer)
        self._line.picked.connect(self._picked)
        self._line.edit.returnPressed.connect(self._entered)
        self._toggle.clicked.connect(lambda _on: self._show_box())
        self._add_list.clicked.connect(lambda _on: self._take_list())

    def put_fixed(self, found: CustomerRow, hint: str) -> None:
        """Show somebody who is in for good: whose case it all began with."""
        self._fixed.add(found.customer_id)
        self._people.addWidget(_person(found.name, hint))
        self._show_count()

    def customer_ids(self) -> list[int]:
        """Return who is in and on the desk already."""
        return list(self._known)

    def names(self) -> list[str]:
        """Return by name who else is in: nobody on the desk is called so."""
        return [entry.name for entry, forced in self._names.values() if not forced]

    def new_people(self) -> list[CustomerEntry]:
        """Return who is new to the desk for sure, whoever else is called so."""
        return [entry for entry, forced in self._names.values() if forced]

    def count(self) -> int:
        """Return how many are in."""
        return len(self._fixed) + len(self._known) + len(self._names)

    def is_begun(self) -> bool:
        """Say whether somebody was put in, or a name stands in a field still."""
        typed = self._line.text() or self._list_text.text().strip()
        return bool(self._known or self._names or typed)

    def settle(self) -> bool:
        """Take what is still in the fields; say whether it is clear whom all of it means."""
        typed = self._line.text()
        if typed:
            left = self._take([typed], self.who)
            if left:
                return False
            self._line.clear()
        if not self._list_text.text().strip():
            return True
        before = self.count()
        if self._take_list():
            # Nobody has seen yet whom the list means: it is looked over before it is saved.
            came = self.count() - before
            if not came:
                return True
            words = counted(came, "{n} customer was added.", "{n} customers were added.")
            self._said.setText(f"{words} {tr('Look them over, then save.')}")
            self._said.show()
        return False

    def _show_box(self) -> None:
        self._box.setVisible(self._box.isHidden())
        if not self._box.isHidden():
            self.pasted.focus_input()

    def _take_list(self) -> bool:
        """Put everybody of the pasted list in; who is not clear stays in the box."""
        lines = self._list_text.text().splitlines()
        left = self._take([_BULLET.sub("", line).strip(" \t,;") for line in lines], self.pasted)
        self._list_text.set_text("\n".join(left))
        self._box.setVisible(bool(left))
        return not left

    def _take(self, names: list[str], field: LabelledField) -> list[str]:
        """Put people in by their names; return the names that are not clear, said at a field."""
        field.clear_error()
        before, self._again = self.count(), 0
        try:
            found = incident_names.named(self._session.desk, names)
        except InvalidEntryError as error:
            field.show_error(str(error))
            return names
        left = [one.line for one in found if not self._take_one(one)]
        self._say_again()
        if self.count() != before:
            self._tell()
        if left:
            self._show_unclear(left, field)
        return left

    def _take_one(self, one: Named) -> bool:
        if not one.customer_ids and not one.name:
            return False
        if not one.customer_ids:
            self._add_new(one.entry, forced=bool(one.entry.phone or one.entry.email))
        elif self._in().intersection(one.customer_ids):
            self._again += 1
        elif len(one.customer_ids) > 1:
            return False
        else:
            self._add_known(one.customer_ids[0])
        return True

    def _in(self) -> frozenset[int]:
        return self._there | self._fixed | self._known.keys()

    def _show_unclear(self, names: list[str], field: LabelledField) -> None:
        if any(sign.isalpha() for sign in names[0]):
            said = filled("More than one customer is called {name}.", name=f"“{names[0]}”")
            field.show_error(f"{said} {tr('Find the one you mean by phone or e-mail.')}")
        else:
            field.show_error(filled("Who is “{line}”? There is no name in it.", line=names[0]))

    def _say_again(self) -> None:
        words = counted(self._again, "{n} of them was in already.", "{n} of them were in already.")
        self._said.setText(words if self._again else "")
        self._said.setVisible(bool(self._again))

    def _offer(self, typed: str) -> None:
        self.who.clear_error()
        self._offered_for = typed
        self._line.offer(self._picks(typed))

    def _picks(self, typed: str) -> list[Pick]:
        if not typed:
            return []
        found = customer_lists.alike(self._session.desk, typed, most=MOST_OFFERED)
        alone = len(found) == 1 and not any(sign.isalpha() for sign in typed)
        picks = [Pick(one.customer_id, one.name, _hint(one), sure=alone) for one in found]
        new = Pick(NEW, filled("Add “{name}” as new", name=typed), icon="user-plus")
        return [*picks, new]

    def _popup(self) -> QAbstractItemView | None:
        completer = self._line.findChild(QCompleter)
        return completer.popup() if isinstance(completer, QCompleter) else None

    def _entered(self) -> None:
        """Take the marked row, asking anew where one typed faster than the list."""
        typed, popup = self._line.text(), self._popup()
        if not typed or self._line.pick() is not None:
            return
        marked = next(iter(ranked(self._picks(typed), typed)), None)
        if popup is not None and popup.isVisible() and typed == self._offered_for:
            place = popup.currentIndex().row()
            offered = self._line.offered()
            marked = offered[place] if 0 <= place < len(offered) else None
        if marked is not None:
            self._picked(marked.id)

    def _picked(self, customer_id: int) -> None:
        typed, popup = self._line.text(), self._popup()
        if popup is not None:
            popup.hide()
        self._line.clear()
        self._again = 0
        if customer_id == NEW:
            self._add_new(CustomerEntry(typed), forced=True)
        elif customer_id in self._in():
            self._again += 1
        else:
            self._add_known(customer_id)
        self._say_again()
        self._tell()

    def _add_known(self, customer_id: int) -> None:
        for found in customer_lists.rows(self._session.desk, [customer_id]).values():
            self._known[customer_id] = None
            self._put_in(found.name, _hint(found), lambda: self._known.pop(customer_id, None))

    def _add_new(self, entry: CustomerEntry, *, forced: bool = False) -> None:
        key = name_key(entry.name)
        if key in self._names:
            self._again += 1
            return
        self._names[key] = (entry, forced)
        known = entry.phone or entry.email
        hint = filled("new customer, {known}", known=known) if known else tr("new customer")
        self._put_in(entry.name, hint, lambda: self._names.pop(key, None))

    def _put_in(self, name: str, hint: str, forget: Callable[[], object]) -> None:
        away = IconButton("x", filled("Take {name} out", name=name), size="small")
        widget = _person(name, hint, away)

        def take_out() -> None:
            forget()
            widget.hide()
            widget.deleteLater()
            self._line.setFocus()
            self._tell()

        away.clicked.connect(lambda _on: take_out())
        self._people.addWidget(widget)

    def _tell(self) -> None:
        self.who.clear_error()
        self._show_count()
        self.changed.emit()

    def _show_count(self) -> None:
        words = counted(self.count(), "{n} customer", "{n} customers")
        self._count.setText(words if self.count() else tr("Nobody yet"))


def _hint(found: CustomerRow) -> str:
    if found.do_not_contact:
        return tr("asked not to be contacted")
    return found.phone or found.email or found.town or tr("on your desk")


def _person(name: str, hint: str, away: QWidget | None = None) -> QWidget:
    words = column(Text(name, "label"), Text(hint, "caption", "text2"))
    return boxed(row(Avatar(name, 28), (words, 1), away, gap=10, margins=(0, 3, 0, 3)))
