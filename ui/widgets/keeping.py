"""Typing is never lost: what stands in a dialog goes to disk every second, and comes back."""

from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from contextlib import suppress

from PySide6.QtCore import QObject, QTimer
from PySide6.QtWidgets import QLineEdit, QPlainTextEdit, QWidget

from recoverydesk.domain.days import short_words
from recoverydesk.errors import RecoveryDeskError
from recoverydesk.services import form_drafts
from ui.session import Session
from ui.widgets.banners import Banner
from ui.wording import filled, tr

EVERY = 1_000
"""Milliseconds between two looks at what is typed."""

Fields = Callable[[], Iterable[QWidget]]


class Keeping(QObject):
    """Keeps the text fields of one dialog, from its first showing until it is saved or left.

    Attributes:
        banner: says that something came back, with a way to begin afresh; hidden at first.
    """

    def __init__(
        self, session: Session, form: str, about: str, fields: Fields, parent: QWidget
    ) -> None:
        """Make it.

        Args:
            session: the open desk.
            form: which form, as it is kept under.
            about: what it is about; empty for something new.
            fields: returns the fields that can be typed in.
            parent: the dialog.
        """
        super().__init__(parent)
        self._session, self._form, self._about = session, form, about
        self._fields = fields
        self._begun: dict[str, str] = {}
        self._saved: dict[str, str] = {}
        self.banner = Banner()
        self.banner.acted.connect(self.begin_afresh)
        self._timer = QTimer(self)
        self._timer.setInterval(EVERY)
        self._timer.timeout.connect(self.look)

    def start(self) -> None:
        """Bring back what was typed when the program ended, and begin to look."""
        self._begun = self._texts()
        left = form_drafts.kept(self._session.desk, self._form, self._about)
        if left is not None:
            self._saved = dict(left.fields)
            self._fill_in(left.fields)
            session = self._session
            local = session.local(left.saved_at)
            when = f"{short_words(local.date(), session.today())} {local:%H:%M}"
            self.banner.show_message(
                filled("What you were typing is back, as it stood {when}.", when=when),
                tr("Begin afresh"),
                tone="accent",
                icon="history",
            )
        self._timer.start()

    def look(self) -> None:
        """Write what was typed since to disk."""
        typed = {
            name: text for name, text in self._texts().items() if text != self._begun.get(name, "")
        }
        if typed == self._saved:
            return
        # Full or gone, the disk is told about when something is saved; the words are still here.
        with suppress(RecoveryDeskError):
            desk, now = self._session.desk, self._session.now()
            form_drafts.keep(desk, self._form, self._about, typed, now=now)
            self._saved = typed

    def begin_afresh(self) -> None:
        """Put the fields back to how the dialog began."""
        self._fill_in(self._begun)
        self.banner.hide()
        self.look()

    def stop(self) -> None:
        """Let what was typed go: it is saved, or left on purpose."""
        self._timer.stop()
        if self._saved:
            with suppress(RecoveryDeskError):
                form_drafts.forget(self._session.desk, self._form, self._about)
            self._saved = {}

    def _named(self) -> dict[str, QWidget]:
        seen: Counter[str] = Counter()
        named = {}
        for field in self._fields():
            name = field.accessibleName().replace("&", "")
            seen[name] += 1
            named[f"{name} {seen[name]}" if seen[name] > 1 else name] = field
        return named

    def _texts(self) -> dict[str, str]:
        return {name: _text(field) for name, field in self._named().items()}

    def _fill_in(self, texts: Mapping[str, str]) -> None:
        for name, field in self._named().items():
            if name in texts and texts[name] != _text(field):
                _set_text(field, texts[name])


def _text(field: QWidget) -> str:
    if isinstance(field, QPlainTextEdit):
        return field.toPlainText()
    return field.text() if isinstance(field, QLineEdit) else ""


def _set_text(field: QWidget, text: str) -> None:
    if isinstance(field, QPlainTextEdit):
        field.setPlainText(text)
    elif isinstance(field, QLineEdit):
        field.setText(text)
