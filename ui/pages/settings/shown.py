"""What the fields of a card showed last, so that words being typed are left alone."""

from typing import Protocol

from PySide6.QtWidgets import QLineEdit

from ui.widgets.fields import TextArea


class _Words(Protocol):
    def text(self) -> str: ...


class Shown:
    """Writes what is saved into fields, except into those that were edited since."""

    def __init__(self) -> None:
        self._words: dict[str, str] = {}

    def show(self, key: str, field: QLineEdit | TextArea, words: str) -> None:
        """Write into a field what is saved, unless something else is being typed there."""
        if self.is_edited(key, field):
            return
        if isinstance(field, TextArea):
            field.set_text(words)
        else:
            field.setText(words)
        # As the field says it, which may leave out what it can't show.
        self._words[key] = field.text()

    def is_edited(self, key: str, field: _Words) -> bool:
        """Say whether a field says something else than was shown last."""
        return key in self._words and field.text() != self._words[key]

    def forget(self) -> None:
        """Take every field as untouched: what it says is saved."""
        self._words.clear()
