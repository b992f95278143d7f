"""A word in between: the sentence to send, and the next word promised, in one go."""

from datetime import datetime

from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QWidget

from recoverydesk.domain.contact import Way
from recoverydesk.errors import InvalidEntryError
from recoverydesk.services import case_pages, updates
from ui.dialogs.moments import NextWord
from ui.errors import told_to_owner
from ui.forms import Form
from ui.session import Session
from ui.widgets.buttons import Button
from ui.widgets.chips import FilterChips
from ui.widgets.dialog import Dialog
from ui.widgets.fields import LabelledField, TextArea
from ui.wording import filled, labels, tr


class StillOnItDialog(Dialog):
    """Has a sentence ready that says we are still on it, logs it and promises the next word."""

    def __init__(self, session: Session, case_id: int, *, parent: QWidget) -> None:
        """Make the dialog; `open()` shows it.

        Args:
            session: the open desk.
            case_id: whose customer is owed a word.
            parent: what it belongs to.

        Raises:
            NotFoundError: the case is no longer on the desk.
        """
        view = case_pages.view(session.desk, case_id)
        super().__init__(
            parent,
            filled("A word for {name}: still on it", name=view.greeting),
            save=tr("Log it and promise"),
            save_icon="check",
            width=620,
        )
        self.setObjectName("still_on_it")
        self.keep_typing(session, case_id=case_id)
        self._session = session
        self._case_id = case_id
        ways = [(way.value, told.text) for way, told in labels(Way)]
        self._way = FilterChips(
            ways, name=tr("How"), icons=[told.icon for _way, told in labels(Way)]
        )
        usual = Way.EMAIL if view.email else Way.CALL
        self._way.choose((view.preferred_way or usual).value)
        by = updates.usual_next_word(session.shop.hours, now=session.now())
        self._next = NextWord(session, by)
        self._words = TextArea(lines=3)
        self._ready = updates.sentence(session.desk, case_id, by)
        self._words.set_text(self._ready)
        promise = LabelledField(tr("They hear from you again &by"), self._next)
        words = LabelledField(tr("What you &tell them"), self._words)
        self._form = Form({"promise": promise, "words": words})
        self.add(LabelledField(tr("How"), self._way), promise, words)
        copy = Button(tr("&Copy the words"), icon="copy")
        copy.clicked.connect(lambda _on: self._copy())
        self.add_button(copy)
        self._next.day.changed.connect(self._say_it_anew)
        self._next.hour.textChanged.connect(lambda _text: self._say_it_anew())
        self.save_wanted.connect(self._log)
        self.save_button.setFocus()

    def _moment(self) -> datetime:
        at = self._next.moment()
        if at is None:
            raise InvalidEntryError("promise", tr("By when do they hear from you again?"))
        return at

    def _say_it_anew(self) -> None:
        """Put the new day into the sentence, as long as it is still ours."""
        if self._words.text() != self._ready:
            return
        try:
            at = self._moment()
        except InvalidEntryError:
            return
        self._ready = updates.sentence(self._session.desk, self._case_id, at)
        self._words.set_text(self._ready)

    def _copy(self) -> None:
        QGuiApplication.clipboard().setText(self._words.text())
        self.set_note(tr("Copied. Once you have sent it, log it here."), "check")

    def _log(self) -> None:
        self._form.start()
        at = self._form.take("promise", self._moment, None)
        if at is None or not self._form.ok():
            return
        with told_to_owner(self), self._form.pointing_out():
            updates.still_on_it(
                self._session.desk,
                self._case_id,
                self._words.text(),
                way=Way(self._way.key()),
                by=at,
                now=self._session.now(),
            )
            self.accept()
