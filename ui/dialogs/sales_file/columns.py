"""Which column of the file is what: a picker each, with what stands in the column."""

from dataclasses import replace

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from recoverydesk.domain.sales_columns import DayOrder, SalesColumns
from recoverydesk.errors import InvalidEntryError
from recoverydesk.services import sales_plans
from recoverydesk.services.sales_files import SalesFile
from ui.forms import Form
from ui.widgets.choices import Select
from ui.widgets.fields import LabelledField
from ui.widgets.layouts import column, row
from ui.widgets.text import Text
from ui.wording import filled, tr

NONE = ""
SAMPLES = 3
LONGEST = 24
KINDS = (
    ("day", "&Day of the sale"),
    ("amount", "&Amount"),
    ("phone", "P&hone number"),
    ("email", "&E-mail address"),
    ("name", "&Name"),
    ("first_name", "&First name, where it stands apart"),
)


class ColumnPickers(QWidget):
    """Asks which column is what.

    Signals:
        picked: something was chosen.
    """

    picked = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._file: SalesFile | None = None
        self._selects: dict[str, Select] = {}
        self._samples: dict[str, Text] = {}
        fields: dict[str, LabelledField] = {}
        for kind, words in KINDS:
            select = Select([(NONE, tr("Not in the file"))], name=tr(words).replace("&", ""))
            select.setMinimumContentsLength(12)
            select.chosen.connect(lambda _key: self._changed())
            self._selects[kind] = select
            self._samples[kind] = Text("", "caption", "text3")
            fields[kind] = LabelledField(tr(words), select)
        self._order = Select(
            [
                (NONE, tr("Please choose")),
                (DayOrder.DAY_FIRST, tr("Day first: 31/12")),
                (DayOrder.MONTH_FIRST, tr("Month first: 12/31")),
            ],
            name=tr("Order of days"),
        )
        self._order.chosen.connect(lambda _key: self.picked.emit())
        fields["order"] = LabelledField(tr("&Order of day and month"), self._order)
        self.form = Form(fields)
        cells = [column(fields[kind], self._samples[kind], gap=3) for kind, _ in KINDS]
        self.setLayout(
            column(
                row((cells[0], 1), (column(fields["order"], "stretch"), 1), (cells[1], 1), gap=16),
                row((cells[2], 1), (cells[3], 1), gap=16),
                row((cells[4], 1), (cells[5], 1), gap=16),
                gap=12,
            )
        )

    def show_file(self, file: SalesFile, columns: SalesColumns) -> None:
        """Offer a file's columns, and choose those that are known."""
        self._file = file
        wide = max([len(file.headings), *(len(one) for one in file.rows[:SAMPLES])])
        options = [(NONE, tr("Not in the file"))]
        options += [(str(at), _heading(file, at)) for at in range(wide)]
        for kind, select in self._selects.items():
            select.set_options(options)
            place = getattr(columns, kind)
            select.choose(NONE if place is None else str(place))
        self._order.choose(columns.order or NONE)
        self._show_samples()

    def columns(self) -> SalesColumns:
        """Return what is chosen."""
        places = {
            kind: int(key) if (key := select.key()) else None
            for kind, select in self._selects.items()
        }
        order = self._order.key()
        return SalesColumns(**places, order=DayOrder(order) if order else None)

    def show_error(self, error: InvalidEntryError) -> bool:
        """Show what is wrong beside its picker; say whether it has one."""
        self.form.start()
        return self.form.show(error)

    def _changed(self) -> None:
        if self._file is not None:
            # Another column of days may tell the order where the one before didn't.
            told = sales_plans.order_of(self._file, replace(self.columns(), order=None))
            if told is not None:
                self._order.choose(told)
        self._show_samples()
        self.picked.emit()

    def _show_samples(self) -> None:
        rows = () if self._file is None else self._file.rows
        for kind, select in self._selects.items():
            at = int(select.key()) if select.key() else None
            cells = [] if at is None else [one[at] for one in rows if at < len(one) and one[at]]
            self._samples[kind].setText(
                "   ".join(_short(cell) for cell in list(dict.fromkeys(cells))[:SAMPLES])
            )


def _heading(file: SalesFile, at: int) -> str:
    words = file.headings[at] if at < len(file.headings) else ""
    return _short(words) if words else filled("Column {n}", n=str(at + 1))


def _short(words: str) -> str:
    return words if len(words) <= LONGEST else f"{words[: LONGEST - 1]}…"
