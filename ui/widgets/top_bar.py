"""What stands above every page: its title or the way back, search, and the one big button."""

from collections.abc import Callable

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QMouseEvent
from PySide6.QtWidgets import QWidget

from ui import actions, look
from ui.actions import Command
from ui.widgets.buttons import Button, IconButton
from ui.widgets.fields import TextField
from ui.widgets.layouts import STRETCH, boxed, clear, column, row
from ui.widgets.page import Place
from ui.widgets.text import Icon, Text
from ui.wording import tr

SEARCH_WIDTH = 288


class SearchButton(TextField):
    """Looks like a search field and opens the search.

    Signals:
        opened: the owner wants to search. Argument: what was typed to open it.
    """

    opened = Signal(str)

    def __init__(self) -> None:
        words = actions.words(Command.FIND).replace("&", "")
        super().__init__(name=words.rstrip("…"), example=words, icon="search", trail="Ctrl K")
        self._key_box = True
        self.setReadOnly(True)
        self.setFixedWidth(look.px(SEARCH_WIDTH))

    def mousePressEvent(self, _event: QMouseEvent) -> None:
        """Open the search (Qt)."""
        self.opened.emit("")

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Open the search with what was typed (Qt)."""
        text = event.text()
        if text.strip() and text.isprintable():
            self.opened.emit(text)
        elif event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space}:
            self.opened.emit("")
        else:
            super().keyPressEvent(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Take the focus without a cursor (Qt)."""
        super().focusInEvent(event)
        self.deselect()


class TopBar(QWidget):
    """Title, search, primary action.

    Signals:
        place_wanted: a part of the way back was pressed. Argument: a `Place`.
        back_wanted: the arrow was pressed.
        search_wanted: the search was pressed. Argument: what was typed.
        log_wanted: "Log an unhappy customer" was pressed.
    """

    place_wanted = Signal(object)
    back_wanted = Signal()
    search_wanted = Signal(str)
    log_wanted = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._title = Text("", "page")
        self._sub = Text("", "secondary", "text2")
        self._crumbs = row(gap=4)
        self._crumb_box = boxed(self._crumbs)
        self._title_box = boxed(column(self._title, self._sub))
        self.search = SearchButton()
        self.search.opened.connect(self.search_wanted)
        self.log = Button.for_command(Command.NEW_CASE, self.log_wanted.emit, "primary")
        self.setLayout(
            row(
                (self._title_box, 1),
                self._crumb_box,
                STRETCH,
                self.search,
                self.log,
                gap=12,
            )
        )
        self._crumb_box.hide()

    def show_heading(self, title: str, sub: str, crumbs: tuple[tuple[str, Place], ...]) -> None:
        """Show a page's title, or the way back where it hangs below another page."""
        self._title.setText(title)
        self._sub.setText(sub)
        self._sub.setVisible(bool(sub))
        self._title_box.setVisible(not crumbs)
        self._crumb_box.setVisible(bool(crumbs))
        clear(self._crumbs)
        if crumbs:
            self._show_crumbs(title, crumbs)

    def _show_crumbs(self, title: str, crumbs: tuple[tuple[str, Place], ...]) -> None:
        back = IconButton("arrow-left", tr("Back"), size="small")
        back.clicked.connect(lambda _on: self.back_wanted.emit())
        self._crumbs.addWidget(back)
        for words, place in crumbs:
            part = Button(words, "ghost", size="small")
            part.clicked.connect(self._goer(place))
            self._crumbs.addWidget(part)
            self._crumbs.addWidget(Icon("chevron-right", "text3", 14))
        self._crumbs.addWidget(Text(title, "strong"))

    def _goer(self, place: Place) -> Callable[[bool], None]:
        return lambda _on: self.place_wanted.emit(place)

    def set_quiet(self, *, quiet: bool) -> None:
        """Turn the big button tonal where the page has a filled one of its own."""
        self.log.set_kind("tonal" if quiet else "primary")
