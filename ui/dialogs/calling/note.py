"""What was said on the phone, in one line, and how they sounded."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QWidget

from recoverydesk.domain.contact import Mood
from recoverydesk.records import record
from ui.widgets.chips import FilterChip, FilterChips
from ui.widgets.fields import LabelledField, TextField
from ui.widgets.layouts import column
from ui.wording import labels, tr

NO_MOOD = ""


@record
class Draft:
    """What was typed and picked on a card, as long as it isn't saved."""

    words: str = ""
    mood: Mood | None = None


class CallNote(QWidget):
    """One line to type, and a mood to pick.

    Signals:
        written: Enter, which leads back to the card.

    Attributes:
        field: the line with its label, for what is wrong with it.
    """

    written = Signal()

    def __init__(self) -> None:
        super().__init__()
        moods = labels(Mood)
        self._mood = FilterChips(
            [(NO_MOOD, tr("Can't say")), *((mood.value, told.text) for mood, told in moods)],
            name=tr("How they sounded afterwards"),
            icons=["circle-question-mark", *(told.icon for _mood, told in moods)],
        )
        self.line = TextField()
        self.field = LabelledField(
            tr("&What was said, in one line"), self.line, tr("optional; Enter leads back")
        )
        self.setLayout(
            column(
                self.field,
                LabelledField(
                    tr("How they sounded afterwards"), self._mood, tr("optional; keys 1 to 5")
                ),
                gap=10,
            )
        )
        self._keys = [NO_MOOD, *(mood.value for mood in Mood)]
        self.line.returnPressed.connect(self.written)

    def stops(self) -> list[QWidget]:
        """Return what Tab reaches here, in order."""
        return [self.line, *self._mood.findChildren(FilterChip)]

    def draft(self) -> Draft:
        """Return what stands here."""
        key = self._mood.key()
        return Draft(self.line.text(), Mood(key) if key else None)

    def show_draft(self, draft: Draft) -> None:
        """Show what was typed before."""
        self.line.setText(draft.words)
        self.line.setCursorPosition(len(draft.words))
        self._mood.choose(NO_MOOD if draft.mood is None else draft.mood.value)

    def write(self) -> None:
        """Put the cursor into the line."""
        self.line.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def pick(self, number: int) -> bool:
        """Pick a mood by its number, 0 for none; say whether there is such a one."""
        if not 0 <= number < len(self._keys):
            return False
        self._mood.choose(self._keys[number])
        return True
