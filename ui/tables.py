"""All lists: what a column shows, and a model that holds only the rows in view.

A source knows the ids of all its rows, in order, and fetches rows by id. The model asks for
the ids once and for rows in blocks of 200 as they come into view, and keeps the last few
blocks: a million rows scroll like a hundred.
"""

from collections import OrderedDict
from collections.abc import Callable, Mapping, Sequence
from typing import Generic, Literal, Protocol, TypeVar

from PySide6.QtCore import (
    QAbstractTableModel,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    Qt,
    QTimer,
    Signal,
)

from recoverydesk.records import record

Row = TypeVar("Row")
RowOut = TypeVar("RowOut", covariant=True)  # noqa: PLC0105 - the row a source gives out
AnyIndex = QModelIndex | QPersistentModelIndex
NO_INDEX = QModelIndex()

CELL_ROLE = Qt.ItemDataRole.UserRole
"""The `Cell` of an index, for the delegate that paints it."""
ID_ROLE = Qt.ItemDataRole.UserRole + 1
"""The id of a row."""

BLOCK = 200
KEPT_BLOCKS = 8

Tone = Literal["neutral", "accent", "warn", "danger"]
Kind = Literal["text", "two_lines", "chip", "pips", "icon", "number"]


@record
class Cell:
    """What one cell shows, and what a screen reader says of it.

    Make one with `text`, `two_lines`, `chip`, `pips`, `icon_text` or `number`.
    """

    kind: Kind
    text: str
    sub: str = ""
    """Second line, smaller."""
    icon: str = ""
    """File name under resources/icons; before the text (of `two_lines`: before the second)."""
    tone: Tone = "neutral"
    avatar: str = ""
    """The person whose initials stand before the two lines."""
    lead: str = ""
    """An icon before both lines instead of initials."""
    count: int = 0
    total: int = 0
    strong: bool = False
    faint: bool = False

    @property
    def words(self) -> str:
        """Everything the cell says, in one line."""
        parts = [self.text, self.sub]
        if self.kind == "pips":
            parts.append(f"{self.count}/{self.total}")
        return ", ".join(part for part in parts if part)


def text(words: str, *, strong: bool = False, faint: bool = False, tone: Tone = "neutral") -> Cell:
    """Return a cell with one line."""
    return Cell("text", words, strong=strong, faint=faint, tone=tone)


def two_lines(
    first: str,
    second: str,
    *,
    avatar: str = "",
    lead: str = "",
    icon: str = "",
    tone: Tone = "neutral",
    strong: bool = True,
) -> Cell:
    """Return a cell with a name over what it is about.

    Args:
        first: upper line.
        second: lower line, smaller.
        avatar: a person's name, for initials in a circle before both lines.
        lead: an icon before both lines.
        icon: an icon before the lower line.
        tone: of the lower line and its icon.
        strong: whether the upper line is set in the stronger weight.
    """
    return Cell(
        "two_lines", first, second, icon=icon, tone=tone, avatar=avatar, lead=lead, strong=strong
    )


def chip(words: str, *, tone: Tone = "neutral", icon: str = "") -> Cell:
    """Return a cell with a status chip."""
    return Cell("chip", words, tone=tone, icon=icon)


def pips(words: str, count: int, total: int) -> Cell:
    """Return a cell with a word over `total` short bars, the first `count` of them full."""
    return Cell("pips", words, count=count, total=total)


def icon_text(words: str, icon: str, *, tone: Tone = "neutral", strong: bool = False) -> Cell:
    """Return a cell with an icon and a word: how upset, where a voucher stands."""
    return Cell("icon", words, icon=icon, tone=tone, strong=strong)


def number(
    words: str, *, icon: str = "", tone: Tone = "neutral", strong: bool = False, faint: bool = False
) -> Cell:
    """Return a cell for money, times and dates: at the right, all figures equally wide."""
    return Cell("number", words, icon=icon, tone=tone, strong=strong, faint=faint)


@record
class Column(Generic[Row]):
    """How one column of a list reads and sorts."""

    title: str
    cell: Callable[[Row], Cell | str]
    sort: str = ""
    """What the source calls this order; empty where the column can't be sorted by."""
    key: Callable[[Row], object] | None = None
    """What to sort by where the rows are held in memory; must be comparable."""
    width: int = 0
    """In pixels at usual text; 0 shares what is left over."""
    right: bool = False


class RowsSource(Protocol[RowOut]):
    """Where a list's rows come from: already filtered, already in order."""

    def ids(self) -> Sequence[int]:
        """Return the ids of all rows in order; an `array('q')` takes 8 bytes each."""
        ...

    def rows(self, ids: Sequence[int], /) -> Mapping[int, RowOut]:
        """Return the rows with these ids; one that is gone meanwhile is left out."""
        ...


class MemorySource(Generic[Row]):
    """A short list that is in memory already."""

    def __init__(self, rows: Sequence[Row], *, id_of: Callable[[Row], int] | None = None) -> None:
        ids = range(len(rows)) if id_of is None else [id_of(row) for row in rows]
        self._rows = dict(zip(ids, rows, strict=True))

    def ids(self) -> Sequence[int]:
        """Return the ids in the order given."""
        return list(self._rows)

    def rows(self, ids: Sequence[int], /) -> Mapping[int, Row]:
        """Return the rows with these ids."""
        return {id_: self._rows[id_] for id_ in ids if id_ in self._rows}

    def sorted_by(self, key: Callable[[Row], object], *, descending: bool) -> None:
        """Put the rows into another order; equal ones keep theirs."""
        order = sorted(
            self._rows.items(),
            key=lambda item: key(item[1]),  # type: ignore[arg-type,return-value] # comparable
            reverse=descending,
        )
        self._rows = dict(order)


class RowsModel(QAbstractTableModel, Generic[Row]):
    """Shows a source's rows; holds no rules and no more than a few blocks of rows.

    Signals:
        sort_wanted: a header was clicked. Arguments: the column's `sort` name, descending.
            Answer with `show_source`; lists in memory sort themselves.
        counted: the number of rows is known. Argument: how many.
    """

    sort_wanted = Signal(str, bool)
    counted = Signal(int)

    def __init__(self, columns: Sequence[Column[Row]], parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._columns = tuple(columns)
        self._source: RowsSource[Row] = MemorySource([])
        self._ids: Sequence[int] = ()
        self._blocks: OrderedDict[int, Mapping[int, Row]] = OrderedDict()
        self._turn = 0

    @property
    def columns(self) -> tuple[Column[Row], ...]:
        """The columns, left to right."""
        return self._columns

    def show_source(self, source: RowsSource[Row], *, first: Sequence[int] | None = None) -> None:
        """Show another list.

        Args:
            source: filtered and in order.
            first: the first ids where they are cheap to get (one page by keyset): they are
                shown at once, and all ids are asked for when the window is idle.
        """
        self._source = source
        self._turn += 1
        if first is None:
            # The same ids may have other rows by now: a balance, a state.
            self._blocks.clear()
            self.show_ids(source.ids())
            self._say_changed()
            return
        self._reset(first)
        turn = self._turn
        QTimer.singleShot(0, self, lambda: self._show_rest(turn))

    def _show_rest(self, turn: int) -> None:
        if turn == self._turn:
            self.show_ids(self._source.ids())

    def show_ids(self, ids: Sequence[int]) -> None:
        """Take over the ids of the present source, wherever they were fetched.

        Ids that only grow at the end are added, so that the view stays where it is.
        """
        known = len(self._ids)
        if known and len(ids) >= known and self._ids[0] == ids[0] and _starts_with(ids, self._ids):
            self._grow(ids)
        else:
            self._reset(ids)
        self.counted.emit(len(self._ids))

    def show_rows(self, rows: Sequence[Row], *, id_of: Callable[[Row], int] | None = None) -> None:
        """Show a short list that is in memory."""
        self.show_source(MemorySource(rows, id_of=id_of))

    def refresh(self) -> None:
        """Read everything in view again after a change; the view stays where it is."""
        ids = self._source.ids()
        self._turn += 1
        if len(ids) == len(self._ids) and _starts_with(ids, self._ids):
            self._blocks.clear()
            self._say_changed()
        else:
            self._reset(ids)
        self.counted.emit(len(self._ids))

    def _say_changed(self) -> None:
        if self._ids:
            last = self.index(len(self._ids) - 1, len(self._columns) - 1)
            self.dataChanged.emit(self.index(0, 0), last)

    def _reset(self, ids: Sequence[int]) -> None:
        self.beginResetModel()
        self._ids = ids
        self._blocks.clear()
        self.endResetModel()

    def _grow(self, ids: Sequence[int]) -> None:
        known = len(self._ids)
        if len(ids) > known:
            self.beginInsertRows(NO_INDEX, known, len(ids) - 1)
            self._ids = ids
            # The last block may have been cut short.
            self._blocks.pop(known // BLOCK, None)
            self.endInsertRows()

    def row_at(self, index: AnyIndex) -> Row | None:
        """Return the row behind an index, or None where it is gone meanwhile."""
        number_ = index.row()
        if not 0 <= number_ < len(self._ids):
            return None
        return self._block(number_ // BLOCK).get(self._ids[number_])

    def id_at(self, index: AnyIndex) -> int | None:
        """Return the id behind an index, or None for no row."""
        number_ = index.row()
        return int(self._ids[number_]) if 0 <= number_ < len(self._ids) else None

    def index_of(self, id_: int) -> QModelIndex:
        """Return the first cell of the row with this id; invalid where it isn't shown."""
        try:
            return self.index(self._ids.index(id_), 0)
        except ValueError:
            return QModelIndex()

    def _block(self, block: int) -> Mapping[int, Row]:
        if block in self._blocks:
            self._blocks.move_to_end(block)
            return self._blocks[block]
        rows = self._source.rows(self._ids[block * BLOCK : (block + 1) * BLOCK])
        self._blocks[block] = rows
        if len(self._blocks) > KEPT_BLOCKS:
            self._blocks.popitem(last=False)
        return rows

    def rowCount(self, parent: AnyIndex = NO_INDEX) -> int:
        """Return how many rows there are (Qt)."""
        return 0 if parent.isValid() else len(self._ids)

    def columnCount(self, parent: AnyIndex = NO_INDEX) -> int:
        """Return how many columns there are (Qt)."""
        return 0 if parent.isValid() else len(self._columns)

    def cell_at(self, index: AnyIndex) -> Cell | None:
        """Return what an index shows."""
        row = self.row_at(index)
        if row is None:
            return None
        shown = self._columns[index.column()].cell(row)
        return text(shown) if isinstance(shown, str) else shown

    def data(self, index: AnyIndex, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """Return what one cell shows, says or is (Qt)."""
        if not index.isValid():
            return None
        match role:
            case Qt.ItemDataRole.DisplayRole | Qt.ItemDataRole.AccessibleTextRole:
                cell = self.cell_at(index)
                return cell.words if cell else ""
            case Qt.ItemDataRole.UserRole:
                return self.cell_at(index)
            case Qt.ItemDataRole.TextAlignmentRole:
                return _alignment(right=self._columns[index.column()].right)
            case _:
                return self.id_at(index) if role == ID_ROLE else None

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> object:
        """Return a column's title and where it stands (Qt)."""
        if orientation is not Qt.Orientation.Horizontal or section >= len(self._columns):
            return None
        if role in {Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole}:
            return self._columns[section].title
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return _alignment(right=self._columns[section].right)
        return None

    def sort(self, column: int, order: Qt.SortOrder = Qt.SortOrder.AscendingOrder) -> None:
        """Sort what is in memory, or ask for the source in another order (Qt)."""
        if not 0 <= column < len(self._columns):
            return
        descending = order is Qt.SortOrder.DescendingOrder
        shown, source = self._columns[column], self._source
        if isinstance(source, MemorySource):
            if shown.key is not None:
                source.sorted_by(shown.key, descending=descending)
                self._reset(source.ids())
        elif shown.sort:
            self.sort_wanted.emit(shown.sort, descending)

    def can_sort(self, column: int) -> bool:
        """Say whether a click on this column's header does anything."""
        shown = self._columns[column]
        return bool(shown.sort) or shown.key is not None


def _starts_with(ids: Sequence[int], start: Sequence[int]) -> bool:
    known = len(start)
    if type(ids) is type(start):
        return bool(ids[:known] == start)
    return all(one == other for one, other in zip(ids, start, strict=False))


def _alignment(*, right: bool) -> Qt.AlignmentFlag:
    side = Qt.AlignmentFlag.AlignRight if right else Qt.AlignmentFlag.AlignLeft
    return side | Qt.AlignmentFlag.AlignVCenter
