"""A list of picks that stays open: what a search found."""

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtGui import QStandardItem, QStandardItemModel
from PySide6.QtWidgets import QFrame, QListView

from ui.widgets.picks import PICK_ROLE, Pick, PickDelegate


class PicksView(QListView):
    """Rows of initials or icon, text and hint; the first is chosen by itself."""

    def __init__(self, *, name: str) -> None:
        """Make a list.

        Args:
            name: what is listed, for a screen reader.
        """
        super().__init__()
        self.setAccessibleName(name)
        self._model = QStandardItemModel(self)
        self.setModel(self._model)
        self.setItemDelegate(PickDelegate(self))
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setMouseTracking(True)
        self.setEditTriggers(QListView.EditTrigger.NoEditTriggers)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.viewport().setAutoFillBackground(False)

    def show_picks(self, picks: Sequence[Pick]) -> None:
        """Show these rows."""
        self._model.clear()
        for pick in picks:
            item = QStandardItem(f"{pick.text}, {pick.hint}" if pick.hint else pick.text)
            item.setData(pick, PICK_ROLE)
            self._model.appendRow(item)
        if picks:
            self.setCurrentIndex(self._model.index(0, 0))

    def step(self, by: int) -> None:
        """Choose the row so many below; above with a number below zero."""
        count = self._model.rowCount()
        if count:
            row = min(max(self.currentIndex().row() + by, 0), count - 1)
            self.setCurrentIndex(self._model.index(row, 0))
