"""The frame of every dialog: title, body, an optional side pane, a note and buttons below."""

from PySide6.QtCore import QCoreApplication, QEvent, QObject, QRectF, QSize, Qt, QTimer, Signal
from PySide6.QtGui import (
    QCloseEvent,
    QColor,
    QHideEvent,
    QKeySequence,
    QPainter,
    QPaintEvent,
    QShortcut,
    QShowEvent,
)
from PySide6.QtWidgets import (
    QDialog,
    QHBoxLayout,
    QLineEdit,
    QMessageBox,
    QPlainTextEdit,
    QVBoxLayout,
    QWidget,
)

from recoverydesk.services import form_drafts
from ui import look
from ui.errors import message_box
from ui.session import Session
from ui.widgets.buttons import Button, IconButton
from ui.widgets.keeping import Keeping
from ui.widgets.layouts import column, row
from ui.widgets.scrolls import ScrollArea
from ui.widgets.text import Icon, Line, Text

_CONTEXT = "recoverydesk"


class Scrim(QWidget):
    """A veil over the window behind a dialog."""

    def __init__(self, window: QWidget) -> None:
        super().__init__(window)
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        window.installEventFilter(self)
        self.setGeometry(window.rect())
        self.raise_()
        self.show()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Cover the whole window (Qt)."""
        if event.type() == QEvent.Type.Resize and isinstance(watched, QWidget):
            self.setGeometry(watched.rect())
        return False

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw the veil (Qt)."""
        painter = QPainter(self)
        veil = QColor(look.theme().scrim)
        veil.setAlphaF(0.42)
        look.paint_ground(painter, self.rect(), veil)
        painter.end()


class _SidePane(QWidget):
    """The quieter ground at the side."""

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw the ground (Qt)."""
        painter = QPainter(self)
        look.paint_ground(painter, self.rect(), look.theme().sunken)
        painter.end()


class Dialog(QDialog):
    """A window-modal dialog. Ctrl+Enter saves; Esc closes, and asks if text would be lost.

    Signals:
        save_wanted: the save button or its keys. Do the work, then call `accept`.

    Attributes:
        body: the layout that scrolls where the screen is small.
        side: the layout of the side pane, or None.
        foot: the layout of the buttons, for more of them.
        save_button, cancel_button: the two that are always there.
    """

    save_wanted = Signal()

    def __init__(
        self,
        parent: QWidget,
        title: str,
        *,
        save: str = "Save",
        save_icon: str = "check",
        save_key: str = "Ctrl ↵",
        cancel: str = "Cancel",
        width: int = 640,
        side: int = 0,
    ) -> None:
        """Make a dialog; `open()` shows it.

        Args:
            parent: what it belongs to; its window gets a veil.
            title: what it is for.
            save: words of the filled button; empty leaves it out.
            save_icon: its icon.
            save_key: the keys shown on it; Ctrl+Enter works in any case.
            cancel: words of the other button.
            width: in pixels at usual text, the side pane included.
            side: width of the side pane; 0 for none.
        """
        super().__init__(parent)
        self.setWindowModality(Qt.WindowModality.WindowModal)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(title)
        self._width = look.px(width)
        self._side_width = look.px(side)
        self._scrim: Scrim | None = None
        self._start: dict[QObject, str] = {}
        self._shown_before = False
        self._keeping: Keeping | None = None
        self._title = Text(title, "dialog")
        self.body: QVBoxLayout = column(gap=16, margins=(24, 18, 24, 18))
        self._content = QWidget()
        self._content.setLayout(column(self.body, "stretch"))
        self._content.installEventFilter(self)
        self._scroll = ScrollArea(self._content)
        self.side: QVBoxLayout | None = None
        middle = row((self._scroll, 1))
        if side:
            self.side = self._add_side(middle)
        self.save_button = Button(save, "primary", icon=save_icon, key=save_key)
        self.cancel_button = Button(cancel, "ghost")
        self.setLayout(
            column(self._head(), Line("border"), (middle, 1), Line("border"), self._foot())
        )
        self.save_button.setVisible(bool(save))
        self.save_button.clicked.connect(lambda _on: self._save())
        self.cancel_button.clicked.connect(lambda _on: self.reject())
        for keys in ("Ctrl+Return", "Ctrl+Enter"):
            QShortcut(QKeySequence(keys), self).activated.connect(self._save)

    def _head(self) -> QHBoxLayout:
        close = IconButton("x", QCoreApplication.translate(_CONTEXT, "Close"))
        close.clicked.connect(lambda _on: self.reject())
        # Reached by Esc anyway: the first Tab stop is the first field.
        close.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        return row((self._title, 1), close, margins=(24, 12, 16, 12))

    def _foot(self) -> QHBoxLayout:
        self._note_icon = Icon("clock", "text2")
        self._note = Text("", "secondary", "text2", wrap=True)
        self._note_icon.hide()
        self.foot: QHBoxLayout = row(self.cancel_button, self.save_button, gap=8)
        return row(self._note_icon, (self._note, 1), self.foot, gap=8, margins=(24, 12, 24, 12))

    def _add_side(self, middle: QHBoxLayout) -> QVBoxLayout:
        pane = _SidePane()
        side: QVBoxLayout = column(gap=12, margins=(20, 18, 20, 18))
        side.addStretch(1)
        pane.setLayout(side)
        scroll = ScrollArea(pane)
        scroll.setFixedWidth(self._side_width)
        middle.addWidget(Line("border", upright=True))
        middle.addWidget(scroll)
        return side

    def set_title(self, title: str) -> None:
        """Change the title."""
        self._title.setText(title)
        self.setWindowTitle(title)

    def set_note(self, text: str, icon: str = "") -> None:
        """Say something at the start of the last line: a promise, where it is saved."""
        self._note.setText(text)
        self._note_icon.setVisible(bool(icon))
        if icon:
            self._note_icon.set_icon(icon)

    def add(self, *widgets: QWidget) -> None:
        """Put widgets under one another into the body."""
        for widget in widgets:
            self.body.addWidget(widget)

    def add_to_side(self, *widgets: QWidget) -> None:
        """Put widgets under one another into the side pane, which has to be there."""
        if self.side is not None:
            for widget in widgets:
                self.side.insertWidget(self.side.count() - 1, widget)

    def add_button(self, button: QWidget) -> None:
        """Put one more button before the save button."""
        self.foot.insertWidget(self.foot.count() - 1, button)

    def keep_typing(
        self, session: Session, *, case_id: int | None = None, customer_id: int | None = None
    ) -> None:
        """Have what is typed here kept on disk, and brought back after a crash.

        Args:
            session: the open desk.
            case_id: the case it is about, or
            customer_id: the customer; neither for something new.
        """
        about = ""
        if case_id is not None:
            about = form_drafts.about_case(session.desk, case_id)
        elif customer_id is not None:
            about = form_drafts.about_customer(session.desk, customer_id)
        self._keeping = Keeping(session, self.objectName(), about, self._typed_in, self)
        self.body.insertWidget(0, self._keeping.banner)

    def accept(self) -> None:
        """Close: all is saved (Qt)."""
        self._stop_keeping()
        super().accept()

    def _stop_keeping(self) -> None:
        if self._keeping is not None:
            self._keeping.stop()

    def would_lose_text(self) -> bool:
        """Say whether something typed isn't saved."""
        return any(
            text.strip() and text != self._start.get(edit, "")
            for edit, text in self._texts().items()
        )

    def forget_changes(self) -> None:
        """Take what stands in the fields now as the start: it is saved, or filled in by us."""
        self._start = self._texts()

    def reject(self) -> None:
        """Close without saving; ask first where text would be lost (Qt)."""
        if not self.would_lose_text():
            self._stop_keeping()
            super().reject()
            return
        translate = QCoreApplication.translate
        box = message_box(
            self,
            translate(_CONTEXT, "Close without saving?"),
            translate(_CONTEXT, "What you wrote here isn't saved yet."),
        )
        box.setStandardButtons(QMessageBox.StandardButton.NoButton)
        stay = box.addButton(translate(_CONTEXT, "Keep writing"), QMessageBox.ButtonRole.RejectRole)
        away = box.addButton(
            translate(_CONTEXT, "Close anyway"), QMessageBox.ButtonRole.DestructiveRole
        )
        box.setDefaultButton(stay)
        box.setEscapeButton(stay)
        away.clicked.connect(self._close_anyway)
        box.open()

    def _close_anyway(self) -> None:
        self.forget_changes()
        self.reject()

    def closeEvent(self, event: QCloseEvent) -> None:
        """Treat the window's cross as Esc (Qt)."""
        if self.isVisible() and self.would_lose_text():
            event.ignore()
            self.reject()
        else:
            super().closeEvent(event)

    def showEvent(self, event: QShowEvent) -> None:
        """Veil the window behind and take the right size (Qt)."""
        if not self._shown_before:
            self._shown_before = True
            self._take_size()
            self.forget_changes()
            if self._keeping is not None:
                self._keeping.start()
        parent = self.parentWidget()
        if self._scrim is None and parent is not None:
            self._scrim = Scrim(parent.window())
        super().showEvent(event)

    def hideEvent(self, event: QHideEvent) -> None:
        """Lift the veil (Qt)."""
        super().hideEvent(event)
        if self._scrim is not None:
            self._scrim.hide()
            self._scrim.deleteLater()
            self._scrim = None

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw the ground (Qt)."""
        painter = QPainter(self)
        look.paint_ground(painter, QRectF(self.rect()), look.theme().surface)
        painter.end()

    def _save(self) -> None:
        if self.save_button.isEnabled() and not self.save_button.isHidden():
            self.save_wanted.emit()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Grow with what is said in the body, such as what is wrong with a field (Qt)."""
        if watched is self._content and event.type() == QEvent.Type.LayoutRequest:
            QTimer.singleShot(0, self, self._grow)
        return False

    def _grow(self) -> None:
        if not self.isVisible():
            return
        height = self._wanted_size().height()
        if height > self.height():
            self.resize(self.width(), height)

    def _take_size(self) -> None:
        self.resize(self._wanted_size())

    def _wanted_size(self) -> QSize:
        room = self.screen().availableGeometry()
        width = min(self._width, room.width() - look.px(40))
        inner = width - (self._side_width + 1 if self.side is not None else 0)
        self._content.ensurePolished()
        self.body.activate()
        self._content.resize(inner, self._content.height())
        body = self.body.heightForWidth(inner) if self.body.hasHeightForWidth() else 0
        body = max(body, self.body.sizeHint().height())
        if self.side is not None:
            body = max(body, look.px(360))
        frame = look.px(62 + 62 + 2)
        return QSize(width, min(body + frame, room.height() - look.px(60)))

    def _texts(self) -> dict[QObject, str]:
        return {
            one: one.text() if isinstance(one, QLineEdit) else one.toPlainText()
            for one in self._typed_in()
        }

    def _typed_in(self) -> list[QLineEdit | QPlainTextEdit]:
        # Dialogs on top of this one, such as the printer's, are children of it as well.
        fields: list[QLineEdit | QPlainTextEdit] = [
            *self.findChildren(QLineEdit),
            *self.findChildren(QPlainTextEdit),
        ]
        return [one for one in fields if one.window() is self and not one.isReadOnly()]
