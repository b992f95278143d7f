"""Reading a form: every trouble shown beside the field it belongs to, all of them at once."""

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from functools import partial
from typing import Protocol, TypeVar

from PySide6.QtWidgets import QAbstractButton, QComboBox, QLineEdit, QPlainTextEdit, QWidget

from recoverydesk.errors import InvalidEntryError

Value = TypeVar("Value")


class ShowsTrouble(Protocol):
    """A labelled field, as far as its trouble goes."""

    def show_error(self, sentence: str, /) -> None:
        """Mark the field and show the sentence under it."""
        ...

    def clear_error(self) -> None:
        """Take the mark and the sentence away."""
        ...

    def focus_input(self) -> None:
        """Put the cursor into it."""
        ...


class Form:
    """The fields of a dialog or page by the names that services know them by."""

    def __init__(self, fields: Mapping[str, ShowsTrouble]) -> None:
        self._fields = dict(fields)
        self._first: str | None = None
        self._heard: set[str] = set()

    def start(self) -> None:
        """Forget earlier trouble; call before reading the fields."""
        self._first = None
        for field in self._fields.values():
            field.clear_error()

    def take(self, name: str, read: Callable[[], Value], otherwise: Value) -> Value:
        """Return what `read` returns, or `otherwise` where it says the entry won't do.

        Args:
            name: the field to mark where the error names none that is here.
            read: parses the field's text; may raise `InvalidEntryError`.
            otherwise: stands in until `ok` has been asked.

        Every other error passes through.
        """
        try:
            return read()
        except InvalidEntryError as error:
            self.show(error, name)
            return otherwise

    def show(self, error: InvalidEntryError, name: str = "") -> bool:
        """Show an error beside its field; say whether there is such a field here."""
        found = error.field if error.field in self._fields else name
        if found not in self._fields:
            return False
        sentence = f"{error} {error.advice}" if error.advice else str(error)
        self._fields[found].show_error(sentence)
        self._listen(found)
        if self._first is None:
            self._first = found
        return True

    def _listen(self, name: str) -> None:
        """Take the trouble of a field away as soon as somebody mends it."""
        field = self._fields[name]
        if name in self._heard or not isinstance(field, QWidget):
            return
        self._heard.add(name)
        mended = partial(_clear, field)
        for line in field.findChildren(QLineEdit):
            line.textChanged.connect(mended)
        for area in field.findChildren(QPlainTextEdit):
            area.textChanged.connect(mended)
        for choice in field.findChildren(QComboBox):
            choice.currentIndexChanged.connect(mended)
        for button in field.findChildren(QAbstractButton):
            button.toggled.connect(mended)

    def ok(self) -> bool:
        """Say whether all was well; otherwise put the cursor into the first field in trouble."""
        if self._first is None:
            return True
        self._fields[self._first].focus_input()
        return False

    @contextmanager
    def pointing_out(self) -> Iterator[None]:
        """Show an `InvalidEntryError` from a service beside its field and end the block.

        What follows in the block (closing the dialog, say) is left out then. An error about
        a field that isn't here goes on, to `told_to_owner` around this.
        """
        try:
            yield
        except InvalidEntryError as error:
            if not self.show(error):
                raise
            self.ok()


def _clear(field: ShowsTrouble, *_now: object) -> None:
    field.clear_error()
