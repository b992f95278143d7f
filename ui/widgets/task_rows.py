"""What is due, as the list shows it: rows under headings."""

from collections.abc import Sequence
from dataclasses import field

from PySide6.QtCore import QAbstractListModel, QModelIndex, QPersistentModelIndex, Qt

from recoverydesk.records import record
from ui import look

AnyIndex = QModelIndex | QPersistentModelIndex
NO_INDEX = QModelIndex()


@record
class TaskRow:
    """One follow-up as shown."""

    id: int
    title: str
    name: str = ""
    """Whom it is for."""
    detail: str = ""
    """What it is about."""
    icon: str = "phone"
    """What the hands do."""
    contact: str = ""
    """Phone number or address."""
    contact_icon: str = "phone"
    who: str = ""
    """Who does it; shown as initials."""
    when: str = ""
    tone: look.Tone = "neutral"
    """Of the date: danger when late, warn when the clock runs."""


@record
class TaskGroup:
    """A heading and its rows."""

    title: str
    icon: str
    rows: Sequence[TaskRow] = field(default_factory=tuple)
    tone: look.Tone = "neutral"


Item = TaskGroup | TaskRow


class TaskModel(QAbstractListModel):
    """Headings and rows, one under the other."""

    def __init__(self) -> None:
        super().__init__()
        self._items: list[Item] = []

    def show_groups(self, groups: Sequence[TaskGroup]) -> None:
        """Show other groups; empty ones are left out."""
        self.beginResetModel()
        self._items = []
        for group in groups:
            if group.rows:
                self._items += [group, *group.rows]
        self.endResetModel()

    def item(self, index: AnyIndex) -> Item | None:
        """Return what an index shows."""
        at = index.row()
        return self._items[at] if index.isValid() and at < len(self._items) else None

    def task(self, index: AnyIndex) -> TaskRow | None:
        """Return the row at an index; None for a heading."""
        item = self.item(index)
        return item if isinstance(item, TaskRow) else None

    def index_of(self, id_: int) -> QModelIndex:
        """Return where a row stands; invalid where it isn't."""
        for at, item in enumerate(self._items):
            if isinstance(item, TaskRow) and item.id == id_:
                return self.index(at)
        return QModelIndex()

    def ends_group(self, index: AnyIndex) -> bool:
        """Say whether the next one is a heading, or nothing."""
        after = index.row() + 1
        return after >= len(self._items) or isinstance(self._items[after], TaskGroup)

    def rowCount(self, parent: AnyIndex = NO_INDEX) -> int:
        """Return how many lines there are (Qt)."""
        return 0 if parent.isValid() else len(self._items)

    def flags(self, index: AnyIndex) -> Qt.ItemFlag:
        """Let headings be passed over (Qt)."""
        if self.task(index) is None:
            return Qt.ItemFlag.NoItemFlags
        return Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable

    def data(self, index: AnyIndex, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """Return what a line says (Qt)."""
        item = self.item(index)
        if item is None or role not in {
            Qt.ItemDataRole.DisplayRole,
            Qt.ItemDataRole.AccessibleTextRole,
        }:
            return None
        if isinstance(item, TaskGroup):
            return f"{item.title}, {len(item.rows)}"
        said = (item.title, item.name, item.detail, item.contact, item.who, item.when)
        return ", ".join(part for part in said if part)
