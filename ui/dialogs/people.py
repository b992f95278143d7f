"""Who works here: names, roles, limits and PINs."""

from functools import partial

from PySide6.QtWidgets import QWidget

from recoverydesk.domain.money import currency_symbol
from recoverydesk.errors import InvalidEntryError
from recoverydesk.services import limits, people
from recoverydesk.services.people import OWNER, STAFF, PersonView
from ui import look
from ui.dialogs.pin import PinField
from ui.errors import told_to_owner
from ui.forms import Form
from ui.session import Session
from ui.widgets.buttons import Button
from ui.widgets.choices import ChoiceCards
from ui.widgets.dialog import Dialog
from ui.widgets.fields import LabelledField, MoneyField, TextField
from ui.widgets.layouts import STRETCH, boxed, clear, column, row
from ui.widgets.link_rows import LinkRow
from ui.widgets.text import Icon, Text
from ui.wording import filled, tr


class PeopleDialog(Dialog):
    """Lists who works here; a line opens one of them."""

    def __init__(self, session: Session, *, parent: QWidget) -> None:
        """Make the dialog; `open()` shows it."""
        super().__init__(parent, tr("Who works here"), cancel=tr("Close"), width=560)
        self.setObjectName("people")
        self.save_button.hide()
        self._session = session
        self._lines = column(gap=2)
        self._name = TextField(example=tr("Kim"))
        self.name = LabelledField(tr("&Somebody new"), self._name, tr("as you call them"))
        self._add = Button(tr("&Add"), "tonal", icon="plus")
        self._form = Form({"name": self.name})
        new = boxed(row((self.name, 1), column(STRETCH, self._add), gap=8))
        self.add(
            Text(
                tr(
                    "What each does is written down under their name. A PIN is optional: it keeps "
                    "people apart at one counter."
                ),
                "body",
                "text2",
                wrap=True,
            ),
            boxed(self._lines),
            new,
        )
        self._name.returnPressed.connect(self._add_one)
        self._add.clicked.connect(lambda _on: self._add_one())
        self._owner_is_here = people.is_owner(session.desk)
        new.setVisible(self._owner_is_here)
        if not self._owner_is_here:
            self.set_note(tr("Only the owner changes this. F9 lets them sign in."), "info")
        self._show()
        (self._name if self._owner_is_here else self.cancel_button).setFocus()

    def _show(self) -> None:
        clear(self._lines)
        for person in people.everybody(self._session.desk, also_retired=True):
            line = LinkRow(
                person.name or tr("The owner"),
                _told(person, self._session),
                icon="user" if person.active else "log-out",
                value=tr("PIN set") if person.has_pin else "",
            )
            own = person.person_id == self._session.desk.person_id
            line.setEnabled(self._owner_is_here or own)
            line.clicked.connect(partial(self._open, person))
            self._lines.addWidget(line)

    def _add_one(self) -> None:
        self._form.start()
        with told_to_owner(self), self._form.pointing_out():
            people.add_staff(self._session.desk, self._name.text())
            self._name.clear()
            self.forget_changes()
            self._show()

    def _open(self, person: PersonView, _on: bool = False) -> None:  # noqa: FBT001, FBT002 - Qt's
        dialog = PersonDialog(self._session, person, parent=self)
        dialog.finished.connect(lambda _code: self._show())
        dialog.open()


def _told(person: PersonView, session: Session) -> str:
    if not person.active:
        return tr("Doesn't work here any more")
    if person.is_owner:
        return tr("Owner")
    shops = limits.rules(session.desk).staff_limit_cents
    limit = shops if person.limit_cents is None else person.limit_cents
    if limit is None:
        return tr("Staff; may give anything alone")
    return filled("Staff; may give up to {sum} alone", sum=session.money(limit, short=True))


class PersonDialog(Dialog):
    """Changes one of them: name, role, limit, PIN; or notes that they have left."""

    def __init__(self, session: Session, person: PersonView, *, parent: QWidget) -> None:
        """Make the dialog; `open()` shows it.

        Args:
            session: the open desk.
            person: who.
            parent: what it belongs to.
        """
        super().__init__(parent, person.name or tr("The owner"), width=560)
        self.setObjectName("person")
        self._session, self._person = session, person
        shop = session.shop
        self._name = TextField(person.name)
        self._limit = MoneyField(currency_symbol(shop.currency, shop.locale))
        self._role = ChoiceCards(
            [
                (OWNER, tr("Owner"), tr("Nothing ever blocks them"), "store"),
                (STAFF, tr("Staff"), tr("Gives alone up to a limit"), "user"),
            ],
            name=tr("Role"),
        )
        self._role.choose(person.role)
        if person.limit_cents is not None:
            self._limit.setText(session.amount(person.limit_cents))
        self._limit_before = self._limit.text().strip()
        self.name = LabelledField(tr("&Name"), self._name)
        self.limit = LabelledField(
            tr("May give up to … &alone"), self._limit, tr("empty: the shop's own limit")
        )
        self._form = Form({"name": self.name, "limit": self.limit, "role": self.name})
        self.add(self.name, self._role, self.limit, self._pin_part(), self._code_part())
        leave = tr("Has left") if person.active else tr("Is back")
        self._leave = Button(leave, "ghost", icon="log-out")
        self._leave.clicked.connect(lambda _on: self._retire())
        self.add_button(self._leave)
        self._role.chosen.connect(self._show_role)
        self._show_role(person.role)
        self.save_wanted.connect(self._keep)
        self._name.setFocus()
        if not people.is_owner(session.desk):
            self._leave_only_the_pin()

    def _leave_only_the_pin(self) -> None:
        # A limit that staff could raise themselves would be none.
        for one in (self.name, self._role, self.limit, self._leave, self.save_button):
            one.hide()
        self.cancel_button.set_text(tr("Close"))
        self._pin.setFocus()

    def _pin_part(self) -> QWidget:
        has = self._person.has_pin
        self._pin = PinField()
        self.pin = LabelledField(
            tr("&PIN"), self._pin, tr("four to twelve signs") if not has else tr("a new one")
        )
        self._set = Button(tr("&Set it"), "secondary", icon="key-round")
        self._clear = Button(tr("Do without"), "link", size="small")
        self._clear.setVisible(has)
        self._pin_form = Form({"pin": self.pin})
        self._set.clicked.connect(lambda _on: self._set_pin())
        self._clear.clicked.connect(lambda _on: self._clear_pin())
        return boxed(
            row(
                self.pin,
                column(STRETCH, self._set),
                column(STRETCH, self._clear),
                STRETCH,
                gap=8,
            )
        )

    def _code_part(self) -> QWidget:
        self._code = Text("", "display", selectable=True, align=look.CENTRE)
        printing_ = Button(tr("P&rint it"), "secondary", icon="printer", size="small")
        printing_.setToolTip(tr("A small card; it is not kept on the desk"))
        printing_.clicked.connect(lambda _on: self._print_code())
        self._code_box = boxed(
            column(
                self._code,
                row(
                    Icon("circle-alert", "warn", 18),
                    (
                        Text(
                            tr(
                                "Write it down or print it; it is the only way back if the PIN is "
                                "forgotten. It is shown this once."
                            ),
                            "body",
                            wrap=True,
                        ),
                        1,
                    ),
                    printing_,
                    gap=8,
                ),
                gap=8,
            )
        )
        self._code_box.hide()
        return self._code_box

    def _print_code(self) -> None:
        from recoverydesk.services.way_backs import way_back  # noqa: PLC0415 - when first wanted
        from ui import printing  # noqa: PLC0415 - as above

        with told_to_owner(self):
            pdf = way_back(self._session.desk, self._person.name, self.code())
            printing.print_pdf(self, pdf, tr("The way back"))

    def code(self) -> str:
        """Return the way back that is shown; empty where none is."""
        return self._code.text()

    def would_lose_text(self) -> bool:
        """Say whether a name or a limit isn't saved; a PIN is nothing to keep."""
        named = self._name.text() != self._person.name and bool(self._name.text().strip())
        return named or self._limit.text().strip() != self._limit_before

    def _show_role(self, role: str) -> None:
        self.limit.setVisible(role == STAFF)

    def _set_pin(self) -> None:
        self._pin_form.start()
        with told_to_owner(self), self._pin_form.pointing_out():
            code = people.set_pin(self._session.desk, self._person.person_id, self._pin.text())
            self._pin.clear()
            self._code.setText(code)
            self._code.setAccessibleName(filled("Code {code}", code=code))
            self._code_box.show()
            self._clear.show()

    def _clear_pin(self) -> None:
        with told_to_owner(self):
            people.clear_pin(self._session.desk, self._person.person_id)
            self._clear.hide()
            self._code_box.hide()
            self._session.said.emit(filled("{name} needs no PIN.", name=self._person.name))

    def _retire(self) -> None:
        with told_to_owner(self):
            people.retire(self._session.desk, self._person.person_id, retired=self._person.active)
            self.accept()

    def _keep(self) -> None:
        self._form.start()
        with told_to_owner(self), self._form.pointing_out():
            people.change(
                self._session.desk,
                self._person.person_id,
                name=self._name.text(),
                role=self._role.key(),
                limit_cents=self._limit_cents(),
            )
            self.accept()

    def _limit_cents(self) -> int | None:
        """Return the limit in minor units; None takes the shop's.

        Raises:
            InvalidEntryError: it can't be read.
        """
        typed = self._limit.text().strip()
        if not typed or self._role.key() == OWNER:
            return None
        try:
            return self._session.cents(typed, field="limit")
        except InvalidEntryError as error:
            raise InvalidEntryError("limit", str(error), advice=error.advice) from error
