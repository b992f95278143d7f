"""The user guide: chapters at the left, one open at the right. Stays open beside the window."""

from PySide6.QtCore import Qt, QUrl
from PySide6.QtGui import (
    QBrush,
    QFont,
    QImage,
    QKeySequence,
    QPainter,
    QPaintEvent,
    QResizeEvent,
    QShortcut,
    QTextBlock,
    QTextBlockFormat,
    QTextCharFormat,
    QTextCursor,
    QTextDocument,
    QTextFragment,
    QTextFrameFormat,
    QTextTable,
)
from PySide6.QtWidgets import QTextBrowser, QWidget

from recoverydesk.places import RESOURCES
from ui import look
from ui.widgets.buttons import Button
from ui.widgets.layouts import STRETCH, boxed, column, row
from ui.widgets.scrolls import float_bar
from ui.widgets.text import Line, Text
from ui.wording import tr

FOLDER = RESOURCES / "help"

CHAPTERS = (
    ("welcome", "First steps"),
    ("today", "Today"),
    ("log", "Log an unhappy customer"),
    ("case", "Work on a case"),
    ("letter", "Letters and other paper"),
    ("remedies", "Remedies and gift cards"),
    ("customers", "Customers"),
    ("cases", "All cases"),
    ("causes", "Causes and ideas"),
    ("learn", "Why things go wrong"),
    ("settings", "Settings"),
    ("backups", "Backups"),
    ("keys", "Keys"),
    ("measures", "What the numbers mean"),
)
"""File names under resources/help, and what each is called; a page's name is its chapter's."""


MARGIN = 28
"""Around the text of a chapter."""

WIDEST = 760
"""A longer line is hard to read, and the pictures are made for about this width."""


class ChapterView(QTextBrowser):
    """A chapter's text, with its pictures never wider than the text."""

    def __init__(self) -> None:
        super().__init__()
        self.setAccessibleName(tr("Guide"))
        self.setOpenLinks(False)
        self.setFrameShape(QTextBrowser.Shape.NoFrame)
        self.setSearchPaths([str(FOLDER)])
        self.setFont(look.font("body"))
        self._markdown = ""
        self._fitted = 0
        self._bar = float_bar(self)
        look.changes().changed.connect(self._recolour)

    def show_markdown(self, markdown: str) -> None:
        """Show a chapter from its start."""
        self._markdown = markdown
        self._write()
        self.verticalScrollBar().setValue(0)

    def room(self) -> int:
        """Return how wide the text can be, in pixels."""
        inside = self.viewport().width() - 2 * look.px(MARGIN)
        return max(look.px(200), min(look.px(WIDEST), inside))

    def _recolour(self) -> None:
        for table in self.document().rootFrame().childFrames():
            if isinstance(table, QTextTable):
                _rule(table)

    def _write(self) -> None:
        self._fitted = self.room()
        # A picture is kept by the document once it is read, at the width it then had.
        self.document().clear()
        self.setMarkdown(self._markdown)
        self._space_out()

    def _space_out(self) -> None:
        """Give paragraphs air: Markdown says nothing of line spacing and margins."""
        document = self.document()
        frame = document.rootFrame().frameFormat()
        frame.setMargin(look.px(MARGIN))
        frame.setRightMargin(self.viewport().width() - look.px(MARGIN) - self._fitted)
        document.rootFrame().setFrameFormat(frame)
        for table in document.rootFrame().childFrames():
            if isinstance(table, QTextTable):
                _rule(table)
        block = document.begin()
        while block.isValid():
            _space(block)
            block = block.next()

    def loadResource(self, kind: int, url: QUrl | str) -> object:
        """Read a picture, scaled to the width of the text (Qt)."""
        if kind != QTextDocument.ResourceType.ImageResource.value:
            return super().loadResource(kind, url)
        picture = QImage(str(FOLDER / QUrl(url).path()))
        ratio = self.devicePixelRatioF()
        width = round(self._fitted * ratio)
        if picture.width() > width:
            picture = picture.scaledToWidth(width, Qt.TransformationMode.SmoothTransformation)
        picture.setDevicePixelRatio(ratio)
        return picture

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Fit the pictures to the new width, at the same place of the text (Qt)."""
        super().resizeEvent(event)
        self._bar.follow()
        if self._markdown and self.room() != self._fitted:
            bar = self.verticalScrollBar()
            share = bar.value() / max(1, bar.maximum())
            self._write()
            bar.setValue(round(share * bar.maximum()))


def _rule(table: QTextTable) -> None:
    """Draw a table with the same fine lines as everything else."""
    ruled = table.format()
    ruled.setBorder(1)
    ruled.setBorderCollapse(True)
    ruled.setBorderStyle(QTextFrameFormat.BorderStyle.BorderStyle_Solid)
    ruled.setBorderBrush(QBrush(look.theme().border))
    ruled.setCellPadding(look.px(6))
    table.setFormat(ruled)


def _pieces(block: QTextBlock) -> list[QTextFragment]:
    """Return the stretches of a paragraph that look the same throughout."""
    pieces = []
    place = block.begin()
    while not place.atEnd():
        pieces.append(place.fragment())
        place += 1
    return pieces


def _space(block: QTextBlock) -> None:
    """Space one paragraph, and set what is bold in the weight that the fonts have."""
    cursor = QTextCursor(block)
    pieces = _pieces(block)
    pictured = any(piece.charFormat().isImageFormat() for piece in pieces)
    spaced = QTextBlockFormat()
    tabled = cursor.currentTable() is not None
    # A picture's line would be stretched with it.
    height = 100 if pictured or tabled else 140
    spaced.setLineHeight(height, QTextBlockFormat.LineHeightTypes.ProportionalHeight.value)
    if not tabled:
        level = block.blockFormat().headingLevel()
        spaced.setTopMargin(look.px({0: 2, 1: 0}.get(level, 16)))
        spaced.setBottomMargin(look.px(6))
    cursor.mergeBlockFormat(spaced)
    heavy = QFont.Weight.DemiBold.value
    bold = [
        (one.position(), one.length()) for one in pieces if one.charFormat().fontWeight() > heavy
    ]
    for start, length in bold:
        cursor.setPosition(start)
        cursor.setPosition(start + length, QTextCursor.MoveMode.KeepAnchor)
        strong = QTextCharFormat()
        strong.setFontWeight(QFont.Weight.DemiBold)
        cursor.mergeCharFormat(strong)


class GuideWindow(QWidget):
    """A window of its own, so that it can be read while working."""

    def __init__(self, chapter: str) -> None:
        super().__init__()
        self.setObjectName("guide")
        self.setWindowTitle(tr("RecoveryDesk guide"))
        self.resize(look.px(980), look.px(700))
        self.text = ChapterView()
        self.text.anchorClicked.connect(self._follow)
        self._buttons = {}
        listed = []
        for key, words in CHAPTERS:
            button = Button(tr(words), "ghost", size="small")
            button.clicked.connect(lambda _on, key=key: self.show_chapter(key))
            self._buttons[key] = button
            listed.append(row(button, STRETCH))
        index = boxed(column(Text(tr("Guide"), "dialog"), 12, *listed, STRETCH, gap=2))
        index.setFixedWidth(look.px(250))
        index_box = row(index, margins=(20, 20, 12, 20))
        self.setLayout(row(index_box, Line("border", upright=True), (self.text, 1)))
        QShortcut(QKeySequence("Esc"), self).activated.connect(self.close)
        self.show_chapter(chapter)

    def show_chapter(self, chapter: str) -> None:
        """Open a chapter; one that isn't there opens the first."""
        key = chapter if chapter in self._buttons else CHAPTERS[0][0]
        for other, button in self._buttons.items():
            button.set_kind("tonal" if other == key else "ghost")
        self.text.show_markdown((FOLDER / f"{key}.md").read_text(encoding="utf-8"))

    def _follow(self, url: QUrl) -> None:
        name = url.fileName().removesuffix(".md")
        if name in self._buttons:
            self.show_chapter(name)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw the ground (Qt)."""
        painter = QPainter(self)
        look.paint_ground(painter, self.rect(), look.theme().surface)
        painter.end()


class _Open:
    """The one guide window, while it is open."""

    guide: GuideWindow | None = None


def open_guide(parent: QWidget, chapter: str) -> GuideWindow:
    """Open the guide at a chapter, or bring it to the front."""
    if _Open.guide is None:
        _Open.guide = GuideWindow(chapter)
        parent.destroyed.connect(close_guide)
    _Open.guide.show_chapter(chapter)
    _Open.guide.show()
    _Open.guide.raise_()
    return _Open.guide


def close_guide() -> None:
    """Close the guide with the window it belongs to."""
    if _Open.guide is not None:
        _Open.guide.close()
        _Open.guide.deleteLater()
        _Open.guide = None
