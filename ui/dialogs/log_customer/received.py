"""What came with the complaint: a dropped e-mail fills the dialog, photos wait to be attached."""

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from recoverydesk.errors import RecoveryDeskError
from ui.session import Session
from ui.widgets.attaching import Attaching
from ui.widgets.buttons import Button, IconButton
from ui.widgets.layouts import boxed, clear, column, row
from ui.widgets.text import Icon, Text
from ui.wording import filled, tr

if TYPE_CHECKING:
    from recoverydesk.documents.incoming import Incoming, Mail


class Received(QWidget):
    """Files that are attached once the case is saved.

    Signals:
        mailed: an e-mail was dropped. Argument: the `Mail`.
        unfolded: there is more to see now.
    """

    mailed = Signal(object)
    unfolded = Signal()

    def __init__(self, session: Session, parent: QWidget) -> None:
        """Make it; `parent` is the dialog, whose file questions belong to it."""
        super().__init__()
        self._session = session
        self._files: list[Incoming] = []
        self._body = column(gap=4)
        self._trouble = Text("", "secondary", "danger", wrap=True)
        self._trouble.hide()
        self.attaching = Attaching(session, parent)
        self.attaching.taken.connect(self._take)
        self.attaching.refused.connect(self._refuse)
        self.setLayout(column(self._body, self._trouble, gap=4))
        self.hide()

    def files(self) -> "list[Incoming]":
        """Return what is to be attached."""
        return list(self._files)

    def _take(self, files: "list[Incoming]") -> None:
        self._trouble.hide()
        for file in files:
            if all(file.content != one.content for one in self._files):
                self._files.append(file)
            if file.media_type == "message/rfc822":
                self._read(file.content)
        self._show()

    def _read(self, content: bytes) -> None:
        # Some e-mails take their time.
        self._session.jobs.run(
            lambda _progress: _read_mail(content), succeeded=self._mailed, failed=self._refuse
        )

    def _mailed(self, mail: object) -> None:
        from recoverydesk.documents.incoming import Mail  # noqa: PLC0415 - loaded by now

        assert isinstance(mail, Mail)
        known = {one.content for one in self._files}
        self._files += [one for one in mail.attachments if one.content not in known]
        if mail.left_out:
            names = ", ".join(mail.left_out)
            self._say(filled("Not taken from the e-mail: {names}.", names=names))
        self._show()
        self.mailed.emit(mail)

    def _refuse(self, error: object) -> None:
        advice = error.advice if isinstance(error, RecoveryDeskError) else ""
        self._say(f"{error} {advice}".strip())
        self.show()
        self.unfolded.emit()

    def _say(self, words: str) -> None:
        self._trouble.setText(words)
        self._trouble.show()

    def _show(self) -> None:
        clear(self._body)
        for file in self._files:
            away = IconButton("x", filled("Leave {name} out", name=file.name), size="small")
            away.clicked.connect(lambda _on, file=file: self._leave_out(file))
            name = Text(file.name, "secondary", wrap=True)
            self._body.addWidget(boxed(row(Icon("link", "text3", 14), (name, 1), away, gap=6)))
        self.setVisible(bool(self._files) or not self._trouble.isHidden())
        self.unfolded.emit()

    def _leave_out(self, file: "Incoming") -> None:
        self._files.remove(file)
        self._show()


def attach_button(received: Received) -> Button:
    """Return the button that asks for files."""
    button = Button(tr("Attach…"), "ghost", icon="image-plus", size="small")
    button.setToolTip(tr("A photo, a receipt, an e-mail; or drop or paste it here"))
    button.clicked.connect(lambda _on: received.attaching.choose())
    return button


def _read_mail(content: bytes) -> "Mail":
    from recoverydesk.documents.incoming import read_mail  # noqa: PLC0415 - not at the start

    return read_mail(content)
