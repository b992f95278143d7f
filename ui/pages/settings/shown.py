"""What the fields of a card showed last, so that words being typed are left alone."""

from typing import Protocol

from PySide6.QtWidgets import QLineEdit

from ui.widgets.fields import TextArea


class _Words(Protocol):
    def text(self) -> str: ...


def _write(field: QLineEdit | TextArea, words: str) -> None:
    if isinstance(field, TextArea):
        field.set_text(words)
    else:
        field.setText(words)


class Shown:
    """Writes what is saved into fields, except into those that were edited since."""

    def __init__(self) -> None:
        self._words: dict[str, str] = {}
        self._fields: dict[str, QLineEdit | TextArea] = {}

    def show(self, key: str, field: QLineEdit | TextArea, words: str) -> None:
        """Write into a field what is saved, unless something else is being typed there."""
        if self.is_edited(key, field):
            return
        _write(field, words)
        self._fields[key] = field
        # As the field says it, which may leave out what it can't show.
        self._words[key] = field.text()

    def is_edited(self, key: str, field: _Words) -> bool:
        """Say whether a field says something else than was shown last."""
        return key in self._words and field.text() != self._words[key]

    def any_edited(self) -> bool:
        """Say whether any field says something else than was shown last."""
        return any(self.is_edited(key, field) for key, field in self._fields.items())

    def put_back(self) -> None:
        """Write into every field again what was shown last."""
        for key, words in self._words.items():
            _write(self._fields[key], words)

    def forget(self) -> None:
        """Take every field as untouched: what it says is saved."""
        self._words.clear()
