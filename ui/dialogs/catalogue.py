"""What the shop gives to make amends: the list, and the fields of one of them."""

from collections.abc import Callable

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QMessageBox, QWidget

from recoverydesk.services import catalogue
from recoverydesk.services.catalogue import CatalogueView
from recoverydesk.topics import Topic
from ui import look
from ui.dialogs.catalogue_fields import ItemFields
from ui.dialogs.playbooks.order import OrderList
from ui.dialogs.playbooks.order_rows import OrderRow
from ui.dialogs.worth import worth_words
from ui.errors import message_box, told_to_owner
from ui.session import Session
from ui.widgets.buttons import Button
from ui.widgets.dialog import Dialog
from ui.widgets.keeping import Keeping
from ui.widgets.layouts import STRETCH, boxed, column, row
from ui.widgets.panes import Pane
from ui.widgets.text import Line, Text
from ui.wording import counted, filled, label, tr

WIDTH, HEIGHT, LIST_WIDTH = 1080, 560, 330
FORM = "catalogue"
NEW = 0
"""Stands for something that isn't saved yet."""


class CatalogueDialog(Dialog):
    """Changes what the shop gives, what it is worth and what it costs."""

    def __init__(self, session: Session, *, parent: QWidget) -> None:
        """Make the dialog; `open()` shows it.

        Args:
            session: the open desk.
            parent: what it belongs to.
        """
        super().__init__(
            parent, tr("What you give"), save=tr("Save"), cancel=tr("Close"), width=WIDTH
        )
        self.setObjectName(FORM)
        self._session = session
        self._items: tuple[CatalogueView, ...] = ()
        self._item_id = NEW
        self._kept: Keeping | None = None
        self._fields = ItemFields(session)
        self._untouched = self._fields.state()
        self._lay_out()
        self._connect()
        self._read_anew()
        self._show_item(self._items[0].item_id if self._items else NEW)
        self._list.setFocus()

    def _lay_out(self) -> None:
        self._list = OrderList(
            name=tr("What you give, in the order in which it is offered"),
            hint=tr("Drag something, or move it with Alt and the arrow keys"),
        )
        self._new = Button(tr("&New"), "tonal", icon="plus", size="small")
        self._retire = Button(tr("Give it no &longer"), "ghost", icon="archive", size="small")
        hint = Text(tr("Offered in this order. Drag, or Alt ↑ ↓."), "caption", "text3", wrap=True)
        left = Pane(
            column(
                column(Text(tr("You give"), "card"), hint, gap=2, margins=(16, 14, 16, 8)),
                (self._list, 1),
                Line("border"),
                boxed(row(self._new, self._retire, STRETCH, gap=4, margins=(10, 8, 10, 10))),
            ),
            ground="sunken",
        )
        left.setFixedWidth(look.px(LIST_WIDTH))
        self._banners = column()
        self._heading = Text("", "card")
        right = boxed(
            column(
                self._heading, self._banners, self._fields, STRETCH, gap=12,
                margins=(24, 16, 24, 16),
            )
        )  # fmt: skip
        self.body.setContentsMargins(0, 0, 0, 0)
        self.add(Pane(row(left, Line("border", upright=True), (right, 1)), height=HEIGHT))

    def _connect(self) -> None:
        self._list.chosen.connect(self._want)
        self._list.moved.connect(self._move)
        self._new.clicked.connect(lambda _on: self._after_asking(lambda: self._show_item(NEW)))
        self._retire.clicked.connect(lambda _on: self._after_asking(self._retire_it))
        self._fields.edited.connect(self._say_where)
        self.save_wanted.connect(self._save_item)
        self._session.changes.saved.connect(self._heard)
        self.finished.connect(lambda _result: self._stop_typing())

    # What is shown

    def _item(self) -> CatalogueView | None:
        return next((one for one in self._items if one.item_id == self._item_id), None)

    def _read_anew(self) -> None:
        self._items = catalogue.catalogue(self._session.desk, also_retired=True)
        self._items = tuple(sorted(self._items, key=lambda one: one.retired))

    def _show_list(self) -> None:
        rows = [
            OrderRow(one.name, self._words_of(one), icon=label(one.kind).icon, faint=one.retired)
            for one in self._items
        ]
        ids = [one.item_id for one in self._items]
        if self._item_id == NEW:
            rows.append(OrderRow(tr("Something new"), tr("not saved yet"), icon="plus"))
        at = ids.index(self._item_id) if self._item_id in ids else len(ids)
        self._list.show_rows(rows, at)
        item = self._item()
        retired = item is not None and item.retired
        self._retire.set_text(tr("Give it &again") if retired else tr("Give it no &longer"))
        self._retire.setEnabled(item is not None)

    def _words_of(self, item: CatalogueView) -> str:
        if item.retired:
            return tr("no longer given")
        words = worth_words(self._session, item)
        if item.stock:
            words += "\n" + counted(item.stock, "{n} left", "{n} left")
        return words

    def _show_item(self, item_id: int) -> None:
        self._item_id = item_id
        item = self._item()
        self._fields.show_item(item)
        self._untouched = self._fields.state()
        self._show_list()
        self._keep_typing_of(item_id)
        self._say_where()
        if item is None:
            self._fields.focus_name()

    def _keep_typing_of(self, item_id: int) -> None:
        """Keep what is typed of this one apart from what is typed of the others."""
        self._stop_typing()
        about = f"item {item_id}" if item_id else ""
        self._kept = Keeping(self._session, FORM, about, self._fields.typed_in, self)
        self._banners.addWidget(self._kept.banner)
        self._kept.start()

    def _stop_typing(self) -> None:
        if self._kept is not None:
            self._kept.stop()
            self._banners.removeWidget(self._kept.banner)
            self._kept.banner.deleteLater()
            self._kept.deleteLater()
            self._kept = None

    def _say_where(self) -> None:
        item = self._item()
        self._heading.setText(tr("Something new") if item is None else item.name)
        if self.would_lose_text():
            self.set_note(tr("Changed, not saved yet"))
        elif item is None:
            self.set_note("")
        else:
            self.set_note(tr("What was given before keeps its worth and its cost."))

    # What would be lost

    def would_lose_text(self) -> bool:
        """Say whether something typed or chosen isn't saved."""
        return self._fields.state() != self._untouched

    def forget_changes(self) -> None:
        """Take what stands here as saved: the owner lets it go."""
        super().forget_changes()
        if self.isVisible():
            self._untouched = self._fields.state()

    def _after_asking(self, then: Callable[[], None]) -> None:
        """Do something that shows another one; ask first where changes would be lost."""
        if not self.would_lose_text():
            then()
            return
        # Qt still has the list's new row in hand.
        QTimer.singleShot(0, self, self._show_list)
        box = message_box(
            self, tr("Go on without saving?"), tr("What you changed here isn't saved yet.")
        )
        box.setStandardButtons(QMessageBox.StandardButton.NoButton)
        stay = box.addButton(tr("Keep writing"), QMessageBox.ButtonRole.RejectRole)
        go = box.addButton(tr("Go on without"), QMessageBox.ButtonRole.DestructiveRole)
        box.setDefaultButton(stay)
        box.setEscapeButton(stay)
        go.clicked.connect(lambda _on: then())
        box.open()

    # What is done

    def _want(self, place: int) -> None:
        item_id = self._items[place].item_id if place < len(self._items) else NEW
        if item_id != self._item_id:
            self._after_asking(lambda: self._show_item(item_id))

    def _move(self, place: int, to: int) -> None:
        ids = [one.item_id for one in self._items]
        if max(place, to) < len(ids):
            ids.insert(to, ids.pop(place))
            with told_to_owner(self):
                catalogue.arrange(self._session.desk, ids)

    def _retire_it(self) -> None:
        item = self._item()
        if item is None:
            return
        with told_to_owner(self), self._fields.form.pointing_out():
            catalogue.retire(self._session.desk, item.item_id, retired=not item.retired)
            self._show_item(item.item_id)

    def _save_item(self) -> None:
        entry = self._fields.entry()
        if entry is None:
            return
        with told_to_owner(self), self._fields.form.pointing_out():
            item_id = catalogue.save(self._session.desk, self._item_id or None, entry)
            self._untouched = self._fields.state()
            self._read_anew()
            self._show_item(item_id)
            self.set_note(filled("Saved: {name}", name=entry.name.strip()))

    def _heard(self, topics: Topic) -> None:
        """Show what a change of the desk, made here or anywhere, means for the list."""
        if topics & (Topic.REMEDIES | Topic.SHOP):
            self._read_anew()
            if self._item_id != NEW and self._item() is None:
                self._show_item(self._items[0].item_id if self._items else NEW)
            elif not self.would_lose_text():
                self._fields.show_item(self._item())
                self._untouched = self._fields.state()
            self._show_list()
