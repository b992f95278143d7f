"""The letters of a batch, one at a time, exactly as each prints."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from recoverydesk.services import letters
from recoverydesk.services.batches import Batch
from recoverydesk.services.letters import LetterDraft
from ui.dialogs.letter.checks import in_own_words, without_font
from ui.widgets.buttons import Button, IconButton
from ui.widgets.layouts import boxed, column, row
from ui.widgets.papers import PdfPreview
from ui.widgets.text import Icon, Text
from ui.wording import filled, tr


class LetterPager(QWidget):
    """Leafs through letters that are ready; one of them can be left out.

    Signals:
        left_out: this letter isn't to go out. Argument: its place, from 0.
    """

    left_out = Signal(int)

    def __init__(self) -> None:
        super().__init__()
        self._batch: Batch | None = None
        self._place = 0
        self._who = Text("", "strong")
        self._before = IconButton("chevron-left", tr("The letter before"), size="small")
        self._after = IconButton("chevron-right", tr("The next letter"), size="small")
        self._out = Button(tr("Leave it out"), "link", size="small")
        self._note = Text("", "secondary", "warn", wrap=True)
        self._note_row = boxed(row(Icon("info", "warn", 14), (self._note, 1), gap=7))
        self._inside = Text("", "secondary", "text2", wrap=True)
        self._preview = PdfPreview(
            name=tr("The letter as it prints"), note=tr("exactly as it prints")
        )
        head = row(self._before, self._after, (self._who, 1), self._out, gap=4)
        told = column(head, self._inside, self._note_row, gap=6, margins=(16, 12, 16, 8))
        self.setLayout(column(told, (self._preview, 1)))
        self._before.clicked.connect(lambda _on: self._go(self._place - 1))
        self._after.clicked.connect(lambda _on: self._go(self._place + 1))
        self._out.clicked.connect(lambda _on: self.left_out.emit(self._place))

    def show_batch(self, batch: Batch) -> None:
        """Show letters, as near as may be to the one that was shown before."""
        self._batch = batch
        self._go(min(self._place, len(batch.papers) - 1))
        self.setVisible(bool(batch.papers))

    def _go(self, place: int) -> None:
        if self._batch is None or not 0 <= place < len(self._batch.papers):
            return
        self._place = place
        count = len(self._batch.papers)
        draft, paper = self._batch.drafts[place], self._batch.papers[place]
        self._who.setText(
            filled(
                "{n} of {count}: {name}", n=str(place + 1), count=str(count), name=draft.customer
            )
        )
        self._before.setEnabled(place > 0)
        self._after.setEnabled(place + 1 < count)
        self._show_notes(draft)
        self._preview.show_pdf(paper.content, at_once=True)

    def _show_notes(self, draft: LetterDraft) -> None:
        inside = [one.words for one in draft.enclosures if one.voucher_id in draft.enclosed]
        self._inside.setText(filled("Goes with it: {what}", what=", ".join(inside)))
        self._inside.setVisible(bool(inside))
        note = " ".join(
            filter(None, (in_own_words(draft), without_font(letters.unprintable(draft))))
        )
        self._note.setText(note)
        self._note_row.setVisible(bool(note))
