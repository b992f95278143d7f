"""A card with a chart, and the same as a list: for screen readers, and whoever prefers words."""

from PySide6.QtCore import Signal

from ui.widgets.buttons import IconButton
from ui.widgets.cards import Card
from ui.widgets.charts.chart import Chart
from ui.widgets.layouts import boxed, clear, column
from ui.widgets.link_rows import LinkRow
from ui.widgets.text import Text
from ui.wording import tr


class ChartCard(Card):
    """A title, a line under it, and a chart that can be read as a list instead.

    Signals:
        opened: a bar was pressed, here or in the list. Argument: its key.
    """

    opened = Signal(str)

    def __init__(self, chart: Chart) -> None:
        """Make a card around a chart."""
        super().__init__(" ", gap=10)
        self.chart = chart
        self._sub = Text("", "secondary", "text2", wrap=True)
        self._rows = column(gap=2)
        self._list = boxed(self._rows)
        self._list.hide()
        self.as_list = IconButton("list", tr("Show as a list"), size="small")
        self.as_list.setCheckable(True)
        self.as_list.toggled.connect(self._switch)
        self.head.addWidget(self.as_list)
        self.add(self._sub, chart, self._list)
        chart.opened.connect(self.opened)

    def show_words(self, title: str, sub: str) -> None:
        """Change title and the line under it."""
        self.set_title(title)
        self._sub.setText(sub)
        self._fill()

    def _switch(self, on: bool) -> None:  # noqa: FBT001 - Qt's signal
        self.chart.setVisible(not on)
        self._list.setVisible(on)
        self._fill()

    def _fill(self) -> None:
        clear(self._rows)
        if not self.as_list.isChecked():
            return
        for mark in self.chart.marks():
            line = LinkRow(mark.name, mark.words)
            line.clicked.connect(lambda _on, key=mark.key: self.opened.emit(key))
            self._rows.addWidget(line)
