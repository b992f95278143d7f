"""What a customer may have for a time: changed while it lasts, or taken back before its end."""

from datetime import date

from PySide6.QtWidgets import QWidget

from recoverydesk.domain.days import short_words
from recoverydesk.errors import InvalidEntryError
from recoverydesk.services import entitlements
from recoverydesk.services.entitlements import EntitlementEntry, EntitlementView
from ui.errors import told_to_owner
from ui.forms import Form
from ui.session import Session
from ui.widgets.buttons import Button
from ui.widgets.days import DayField, unread_day
from ui.widgets.dialog import Dialog
from ui.widgets.fields import LabelledField, TextField
from ui.widgets.layouts import boxed, row
from ui.widgets.text import Text
from ui.wording import counted, filled, label, tr


def lasting_words(view: EntitlementView, session: Session) -> str:
    """Return how long and how often it can still be had: "Until Thu 3 Dec, 2 times left"."""
    if view.taken_back:
        return tr("Taken back")
    today = session.today()
    if view.valid_from > today:
        until = filled("From {day}", day=short_words(view.valid_from, today))
    elif view.valid_to is None:
        until = tr("Without an end")
    elif view.valid_to < today:
        until = filled("Ended {day}", day=short_words(view.valid_to, today))
    else:
        until = filled("Until {day}", day=short_words(view.valid_to, today))
    if view.left is None:
        return until
    left = counted(view.left, "{n} time left", "{n} times left") if view.left else tr("used up")
    return f"{until}, {left}"


class EntitlementDialog(Dialog):
    """Changes from when until when, how often and for which goods; or takes it back."""

    def __init__(self, session: Session, entitlement_id: int, *, parent: QWidget) -> None:
        """Make the dialog; `open()` shows it.

        Args:
            session: the open desk.
            entitlement_id: what is changed.
            parent: what it belongs to.

        Raises:
            NotFoundError: it is no longer on the desk.
        """
        view = entitlements.view(session.desk, entitlement_id, now=session.now())
        super().__init__(parent, tr("What they may have"), width=560)
        self.setObjectName("entitlement")
        self._session, self._view = session, view
        self._make_fields(view)
        told = [label(view.kind).text]
        if view.used:
            told.append(counted(view.used, "used {n} time", "used {n} times"))
        self._told = Text(" · ".join(told), "secondary", "text2", wrap=True)
        self._days = boxed(row((self.valid_from, 1), (self.valid_to, 1), gap=16))
        self._more = boxed(row((self.uses, 1), (self.goods, 1), gap=16))
        self.add(self._told, self.words, self._days, self._more, self.why)
        self._back = Button(tr("&Take it back…"), "danger", icon="ban")
        self._back.clicked.connect(lambda _on: self._ask_why())
        self._back.setVisible(not view.taken_back)
        self.add_button(self._back)
        self.save_wanted.connect(self._save_it)
        self._words.setFocus()

    def _make_fields(self, view: EntitlementView) -> None:
        self._words, self._goods = TextField(view.words), TextField(view.goods)
        self._from, self._to = DayField(view.valid_from), DayField(view.valid_to)
        self._uses = TextField("" if view.uses is None else str(view.uses))
        self._why = TextField(example=tr("They moved away"))
        self.words = LabelledField(tr("&What they may have"), self._words)
        self.goods = LabelledField(tr("For which &goods"), self._goods, tr("empty: all"))
        self.valid_from = LabelledField(tr("&From"), self._from)
        self.valid_to = LabelledField(tr("&Until"), self._to, tr("empty: without an end"))
        self.uses = LabelledField(tr("How &often"), self._uses, tr("empty: no limit"))
        self.why = LabelledField(tr("Wh&y it ends early"), self._why, tr("it stays in the history"))
        self.why.hide()
        self._form = Form(
            {
                "words": self.words,
                "goods": self.goods,
                "valid_from": self.valid_from,
                "valid_to": self.valid_to,
                "uses": self.uses,
                "why": self.why,
            }
        )

    def _ask_why(self) -> None:
        for part in (self.words, self._days, self._more, self._back):
            part.hide()
        told = filled("{words}: they can't use it any more from now on.", words=self._view.words)
        self._told.setText(told)
        self.why.show()
        self.save_button.set_text(tr("Take it back"))
        self.save_button.set_icon("ban")
        self._take_size()
        self._why.setFocus()

    def _save_it(self) -> None:
        self._form.start()
        session, which = self._session, self._view.entitlement_id
        if not self.why.isHidden():
            with told_to_owner(self), self._form.pointing_out():
                entitlements.take_back(session.desk, which, self._why.text(), now=session.now())
                self.accept()
            return
        entry = EntitlementEntry(
            words=self._words.text(),
            goods=self._goods.text(),
            valid_from=self._form.take("valid_from", lambda: _day(self._from, "valid_from"), None),
            valid_to=self._form.take("valid_to", lambda: _day(self._to, "valid_to"), None),
            uses=self._form.take("uses", self._wanted_uses, None),
        )
        if not self._form.ok():
            return
        with told_to_owner(self), self._form.pointing_out():
            entitlements.change(session.desk, which, entry, now=session.now())
            self.accept()

    def _wanted_uses(self) -> int | None:
        typed = self._uses.text().strip()
        if not typed:
            return None
        if not (typed.isascii() and typed.isdigit()):
            raise InvalidEntryError("uses", tr("Write a whole number, or leave it empty."))
        return int(typed)


def _day(field: DayField, name: str) -> date | None:
    day = field.day()
    if day is None and field.text().strip():
        raise unread_day(name)
    return day
