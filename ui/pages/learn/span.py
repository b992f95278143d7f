"""A time of one's own to look back on: from a day to a day."""

from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from recoverydesk.domain.span import Span
from recoverydesk.errors import InvalidEntryError
from ui.dialogs.snooze import wanted_day
from ui.forms import Form
from ui.session import Session
from ui.widgets.days import DayField
from ui.widgets.dialog import Dialog
from ui.widgets.fields import LabelledField
from ui.widgets.layouts import row
from ui.wording import tr


class SpanDialog(Dialog):
    """Asks for the first and the last day.

    Signals:
        chosen: both are there. Argument: the `Span`.
    """

    chosen = Signal(object)

    def __init__(self, session: Session, span: Span, *, parent: QWidget) -> None:
        """Make the dialog; `open()` shows it.

        Args:
            session: the open desk.
            span: the time that is looked at now.
            parent: what it belongs to.
        """
        super().__init__(parent, tr("Look back on"), save=tr("Show it"), width=480)
        self.setObjectName("span")
        self._session = session
        self._first, self._last = DayField(span.first), DayField(span.last)
        self.first = LabelledField(tr("&From"), self._first)
        self.last = LabelledField(tr("&To"), self._last)
        self._form = Form({"first": self.first, "last": self.last})
        self.body.addLayout(row((self.first, 1), (self.last, 1), gap=16))
        self.save_wanted.connect(self._take)
        self._first.setFocus()

    def _take(self) -> None:
        self._form.start()
        first = self._form.take("first", partial(wanted_day, self._first, "first"), None)
        last = self._form.take("last", partial(wanted_day, self._last, "last"), None)
        if first is None or last is None or not self._form.ok():
            return
        today = self._session.today()
        if first > today:
            self._form.show(InvalidEntryError("first", tr("That day hasn't come yet.")))
        elif last < first:
            self._form.show(InvalidEntryError("last", tr("That is before it begins.")))
        else:
            self.accept()
            self.chosen.emit(Span(first, min(last, today)))
