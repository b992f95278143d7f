"""Merge fields in a letter's text as small chips: one sign each, in the owner's words."""

from PySide6.QtCore import QPointF, QRect, QRectF, QSizeF
from PySide6.QtGui import (
    QPainter,
    QPyTextObject,
    QTextCharFormat,
    QTextCursor,
    QTextDocument,
    QTextFormat,
)

from recoverydesk.domain.merge_fields import FIELD_WORDS, fields_in
from ui import look
from ui.wording import filled, tr

OBJECT = QTextFormat.ObjectTypes.UserObject.value + 1
FIELD = QTextFormat.Property.UserProperty.value + 1
"""The property that holds a field as it is written: "{{first_name|there}}"."""

SIGN = "\ufffc"
"""Stands in the text for each chip."""


def field_of(look_of: QTextCharFormat) -> str:
    """Return the field that a format is the chip of; empty where it is none."""
    return str(look_of.property(FIELD) or "") if look_of.objectType() == OBJECT else ""


def chip_words(field: str) -> str:
    """Return what a chip says: "their first name, or: there"."""
    name, _, fallback = field.strip("{}").partition("|")
    known = fields_in(field)
    words = tr(FIELD_WORDS[known[0]]) if known else name
    if "|" in field and fallback.strip():
        return filled("{what}, or: {words}", what=words, words=fallback.strip())
    return words


def insert_chip(cursor: QTextCursor, field: str) -> None:
    """Put a field in as a chip; the text that follows looks as the text before."""
    after = QTextCharFormat(cursor.charFormat())
    after.clearProperty(FIELD)
    after.setObjectType(QTextFormat.ObjectTypes.NoObject.value)
    chip = QTextCharFormat()
    chip.setObjectType(OBJECT)
    chip.setProperty(FIELD, field)
    chip.setToolTip(chip_words(field))
    cursor.insertText(SIGN, chip)
    cursor.setCharFormat(after)


class FieldChips(QPyTextObject):
    """Draws the chips of a document."""

    def serve(self, document: QTextDocument) -> None:
        """Draw this document's chips from now on."""
        document.documentLayout().registerHandler(OBJECT, self)

    def intrinsicSize(self, document: QTextDocument, _at: int, shown: QTextFormat) -> QSizeF:  # noqa: N802 - Qt's name
        """Return how large a chip is: never wider than the text (Qt)."""
        words = chip_words(field_of(shown.toCharFormat()))
        width = look.text_width(words, look.font("caption")) + look.px(16)
        room = document.textWidth() - 2 * document.documentMargin()
        return QSizeF(min(width, room) if room > 0 else width, look.px(20))

    def drawObject(  # noqa: N802 - Qt's name
        self,
        painter: QPainter,
        area: QRectF | QRect,
        _document: QTextDocument,
        _at: int,
        shown: QTextFormat,
    ) -> None:
        """Draw a chip (Qt)."""
        now = look.theme()
        area = QRectF(area).translated(QPointF(0, look.px(4)))
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        look.paint_rect(painter, area, look.px(6), now.accent_soft)
        inside = area.adjusted(look.px(8), 0, -look.px(4), 0)
        words = chip_words(field_of(shown.toCharFormat()))
        look.paint_text(painter, inside, words, look.font("caption"), now.accent_text)
