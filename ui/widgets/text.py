"""Plain text, icons and lines. What a person typed is never read as mark-up."""

from PySide6.QtCore import QEvent, QPointF, QRect, QSize, Qt
from PySide6.QtGui import (
    QPainter,
    QPaintEvent,
    QPalette,
    QResizeEvent,
    QTextLayout,
    QTextOption,
)
from PySide6.QtWidgets import QLabel, QSizePolicy, QWidget

from ui import look

_HORIZONTAL = (
    Qt.AlignmentFlag.AlignLeft
    | Qt.AlignmentFlag.AlignRight
    | Qt.AlignmentFlag.AlignHCenter
    | Qt.AlignmentFlag.AlignJustify
)

WIDEST = 480
"""How wide wrapped text likes to be, in pixels at usual text: a line one reads with ease."""


WIDTHS_KEPT = 4
"""Layouts around a text ask for its height at one width and another, over and over."""


def plain_tip(text: str) -> str:
    """Return a tooltip that shows exactly `text`: Qt would guess at mark-up."""
    if "<" not in text and "&" not in text:
        return text
    from html import escape  # noqa: PLC0415 - its list of entities is long, and seldom wanted

    return f"<qt>{escape(text)}</qt>"


class Text(QLabel):
    """Plain text in one of the type roles.

    One line is shortened with "…" where room is short, and tells itself whole in a tooltip;
    wrapped text takes exactly the height it needs.
    """

    def __init__(
        self,
        text: str = "",
        role: look.Role = "body",
        token: look.Token = "text",
        *,
        wrap: bool = False,
        align: Qt.AlignmentFlag = look.LEFT,
        weight: int = 0,
        selectable: bool = False,
    ) -> None:
        """Make a text.

        Args:
            text: what it says.
            role: what it is: decides size, weight and family.
            token: its colour.
            wrap: over several lines instead of shortened to one.
            align: left, right or centred.
            weight: 400, 500 or 600 instead of the role's own.
            selectable: can be marked and copied, by keyboard too.
        """
        super().__init__()
        self.setTextFormat(Qt.TextFormat.PlainText)
        self._role: look.Role = role
        self._token: look.Token = token
        self._wrap = wrap
        self._font = look.font(role, weight)
        self._line = look.line_height(role)
        self._layouts: dict[int, tuple[QTextLayout, int]] = {}
        self._natural: int | None = None
        self.setFont(self._font)
        self.setAlignment(align)
        self.setWordWrap(wrap)
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        policy.setHeightForWidth(wrap)
        self.setSizePolicy(policy)
        self._selectable = selectable
        if selectable:
            self.setTextInteractionFlags(
                Qt.TextInteractionFlag.TextSelectableByMouse
                | Qt.TextInteractionFlag.TextSelectableByKeyboard
            )
            self._take_colour()
        self.setText(text)

    def setText(self, text: str, /) -> None:  # noqa: N802 - Qt's name
        """Say something else."""
        self._layouts.clear()
        self._natural = None
        super().setText(text)
        self._fit()

    def set_token(self, token: look.Token) -> None:
        """Change the colour."""
        self._token = token
        if self._selectable:
            self._take_colour()
        self.update()

    def hasHeightForWidth(self) -> bool:
        """Say whether the height depends on the width (Qt)."""
        return self._wrap

    def heightForWidth(self, width: int) -> int:
        """Return the height that the text needs at a width (Qt)."""
        return self._laid(width)[1] if self._wrap else self._line

    def sizeHint(self) -> QSize:
        """Return the natural size (Qt)."""
        natural = self._natural_width()
        if not self._wrap:
            return QSize(natural, self._line)
        width = min(natural, look.px(WIDEST))
        return QSize(width, self._laid(self.width() or width)[1])

    def minimumSizeHint(self) -> QSize:
        """Return the smallest size (Qt)."""
        return QSize(min(self._natural_width(), look.px(40)), self._line)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Take the height that this width needs, whatever the layouts around it do (Qt)."""
        super().resizeEvent(event)
        self._fit()

    def changeEvent(self, event: QEvent) -> None:
        """Follow a new look (Qt)."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.ApplicationPaletteChange and self._selectable:
            self._take_colour()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the text (Qt)."""
        if self._selectable:
            super().paintEvent(event)
            return
        now = look.theme()
        colour = now.colour(self._token) if self.isEnabled() else now.text3
        painter = look.ready(QPainter(self))
        if self._wrap:
            painter.setPen(colour)
            self._laid(self.width())[0].draw(painter, QPointF(0, 0))
        else:
            line = QRect(0, 0, self.width(), self.height())
            look.paint_text(painter, line, self.text(), self._font, colour, self.alignment())
        painter.end()

    def _fit(self) -> None:
        if self._wrap:
            self.setMinimumHeight(self._laid(self.width())[1])
            return
        cut = self.width() and self._natural_width() > self.width() + 1
        self.setToolTip(plain_tip(self.text()) if cut else "")

    def _natural_width(self) -> int:
        if self._natural is None:
            longest = max(self.text().split("\n"), default="", key=len)
            self._natural = round(look.text_width(longest, self._font) + 1)
        return self._natural

    def _laid(self, width: int) -> tuple[QTextLayout, int]:
        if width in self._layouts:
            return self._layouts[width]
        if len(self._layouts) >= WIDTHS_KEPT:
            self._layouts.clear()
        layout = QTextLayout(self.text().replace("\n", "\u2028"), self._font)
        option = QTextOption(self.alignment() & _HORIZONTAL)
        option.setWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
        layout.setTextOption(option)
        layout.beginLayout()
        y = 0
        while (line := layout.createLine()).isValid():
            line.setLineWidth(max(width, look.px(20)))
            line.setPosition(QPointF(0, y + (self._line - line.height()) / 2))
            y += self._line
        layout.endLayout()
        height = max(y, self._line)
        self._layouts[width] = (layout, height)
        return layout, height

    def _take_colour(self) -> None:
        palette = QPalette(self.palette())
        colour = look.theme().colour(self._token)
        if palette.color(QPalette.ColorRole.WindowText) != colour:
            palette.setColor(QPalette.ColorRole.WindowText, colour)
            self.setPalette(palette)


class Icon(QWidget):
    """An icon beside text. Decoration: give what it means in words as well."""

    def __init__(self, name: str, token: look.Token = "text2", size: int = 16) -> None:
        """Make an icon.

        Args:
            name: file name under resources/icons.
            token: its colour.
            size: in pixels at usual text.
        """
        super().__init__()
        self._name = name
        self._token: look.Token = token
        self._size = look.px(size)
        self.setFixedSize(self._size, self._size)
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)

    def set_icon(self, name: str, token: look.Token | None = None) -> None:
        """Show another icon, or the same in another colour."""
        self._name = name
        self._token = token or self._token
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw the icon (Qt)."""
        if self._name:
            painter = QPainter(self)
            colour = look.theme().colour(self._token)
            look.paint_icon(painter, self._name, 0, 0, self._size, colour=colour)
            painter.end()


class Line(QWidget):
    """A hairline between things."""

    def __init__(self, token: look.Token = "line", *, upright: bool = False) -> None:
        super().__init__()
        self._token: look.Token = token
        if upright:
            self.setFixedWidth(1)
        else:
            self.setFixedHeight(1)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw the line (Qt)."""
        painter = QPainter(self)
        look.paint_ground(painter, self.rect(), look.theme().colour(self._token))
        painter.end()
