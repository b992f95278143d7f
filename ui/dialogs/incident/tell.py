"""The same word for everybody whom an incident hit."""

from contextlib import suppress
from datetime import datetime

from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QWidget

from recoverydesk.domain.contact import Way
from recoverydesk.domain.days import day_long
from recoverydesk.errors import InvalidEntryError
from recoverydesk.progress import Progress
from recoverydesk.services import incident_pages, incident_rounds, updates
from recoverydesk.services.incident_pages import IncidentView
from ui.dialogs.incident.work import WorkingDialog
from ui.dialogs.moments import NextWord
from ui.forms import Form
from ui.session import Session
from ui.widgets.buttons import Button
from ui.widgets.chips import FilterChips
from ui.widgets.fields import LabelledField, TextArea
from ui.widgets.layouts import boxed, row
from ui.widgets.text import Icon, Text
from ui.wording import counted, filled, labels, tr


class TellAllDialog(WorkingDialog):
    """Has the word ready that they all get, writes it down for each, promises the next one."""

    def __init__(self, session: Session, incident_id: int, *, parent: QWidget) -> None:
        """Make the dialog; `open()` shows it.

        Args:
            session: the open desk.
            incident_id: whose customers.
            parent: what it belongs to.

        Raises:
            NotFoundError: the incident is no longer on the desk.
        """
        super().__init__(
            session,
            tr("Tell them all"),
            save=tr("Log it for all"),
            save_icon="check",
            width=660,
            parent=parent,
        )
        self.setObjectName("incident_tell")
        self._view = incident_pages.view(session.desk, incident_id)
        told = labels(Way)
        self._way = FilterChips(
            [(way.value, how.text) for way, how in told],
            name=tr("How"),
            icons=[how.icon for _way, how in told],
        )
        self._way.choose(Way.EMAIL.value)
        by = updates.usual_next_word(session.shop.hours, now=session.now())
        self._next = NextWord(session, by)
        self._words = TextArea(lines=7)
        self._ready = self._sentence(by)
        self._words.set_text(self._ready)
        promise = LabelledField(tr("They hear from you again &by"), self._next)
        words = LabelledField(tr("What you &tell them"), self._words, tr("change it as you like"))
        self.fields = Form({"promise": promise, "words": words})
        self.add(LabelledField(tr("How"), self._way), promise, words)
        self._say_whom(self._view)
        copy = Button(tr("&Copy the words"), icon="copy")
        copy.clicked.connect(lambda _on: self._copy())
        self.add_button(copy)
        self._next.day.changed.connect(self._say_it_anew)
        self._next.hour.textChanged.connect(lambda _text: self._say_it_anew())
        self.save_wanted.connect(self._tell_all)
        self.save_button.setEnabled(bool(self._view.to_tell))

    def _say_whom(self, view: IncidentView) -> None:
        self.add(
            _told(
                counted(
                    view.to_tell,
                    "{n} customer hasn't heard from you yet; it is logged for them.",
                    "{n} customers haven't heard from you yet; it is logged for each of them.",
                ),
                "users",
            )
        )
        if view.left_alone:
            self.add(_told(left_alone_words(view), "info"))

    def _sentence(self, by: datetime | None) -> str:
        parts = [
            tr("Something went wrong on our side, and we want you to hear it from us."),
            self._view.words,
            self._view.our_part,
            tr("We are sorry, and we are putting it right."),
        ]
        if by is not None:
            local = self._session.local(by)
            day = f"{day_long(local.date(), self._session.shop.locale)}, {local:%H:%M}"
            parts.append(filled("You hear from us again by {day}.", day=day))
        return " ".join(part.strip() for part in parts if part.strip())

    def _say_it_anew(self) -> None:
        """Put the new day into the words, as long as they are still ours."""
        if self._words.text() != self._ready:
            return
        with suppress(InvalidEntryError):
            self._ready = self._sentence(self._next.moment())
            self._words.set_text(self._ready)

    def _copy(self) -> None:
        QGuiApplication.clipboard().setText(self._words.text())
        self.set_note(tr("Copied. Once you have sent it, log it here."), "check")

    def _tell_all(self) -> None:
        if self.is_working():
            return
        self.fields.start()
        by = self.fields.take("promise", self._next.moment, None)
        if not self.fields.ok():
            return
        desk, now, words = self._session.desk, self._session.now(), self._words.text()
        way, incident_id = Way(self._way.key()), self._view.incident_id

        def tell(progress: Progress) -> int:
            return incident_rounds.acknowledge_all(
                desk, incident_id, words, way=way, next_word_by=by, now=now, progress=progress
            )

        self.work(tell, self._say_done, self.fields)

    def _say_done(self, count: int) -> None:
        self._session.said.emit(counted(count, "{n} customer told", "{n} customers told"))


def left_alone_words(view: IncidentView) -> str:
    """Say how many aren't told because they don't want to be; empty where that is nobody."""
    words = counted(
        view.left_alone,
        "{n} customer asked not to be contacted, and is left out.",
        "{n} customers asked not to be contacted, and are left out.",
    )
    return words if view.left_alone else ""


def _told(words: str, icon: str) -> QWidget:
    text = Text(words, "body", "text2", wrap=True)
    return boxed(row(Icon(icon, "text2", 16), (text, 1), gap=8))
