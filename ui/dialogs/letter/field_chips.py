"""Merge fields in a letter's text as small chips: one sign each, in the owner's words."""

import re
from collections.abc import Iterator

from PySide6.QtCore import QObject, QPointF, QRect, QRectF, QSizeF, Qt
from PySide6.QtGui import (
    QColor,
    QFont,
    QFontMetricsF,
    QPainter,
    QPyTextObject,
    QTextCharFormat,
    QTextCursor,
    QTextDocument,
    QTextFormat,
)

from recoverydesk.domain.merge_fields import FIELD_WORDS, MergeField, fields_in
from recoverydesk.records import record
from ui import look
from ui.wording import filled, tr

FIELD = re.compile(r"\{\{[^{}\n]{1,261}\}\}")
"""What may be a field; `fields_in` knows whether it is one."""

SIGN = "\ufffc"
"""Stands in the text for each chip."""

OBJECT = QTextFormat.ObjectTypes.UserObject.value + 1
BOLD = 600

_SOURCE = QTextFormat.Property.UserProperty.value + 1
"""The property that holds a field as it is written: "{{first_name|there}}"."""

_CHOSEN = 0x822
"""The property that Qt gives what is selected when it has it drawn; PySide has no name for it."""

_WHITE, _BLACK = QColor("#FFFFFF"), QColor("#000000")

_ESCAPED = re.compile(r"\\([\\`*_\[\]<>#&~|!])")
_SPECIAL = re.compile(r"[\\*_]")
_LONGEST_WORDS = 200
"""Characters of the words for when a field is empty: what `merge_fields` reads."""

_SIDE = 6
_GAP = 6
_MOST_OTHERWISE = 240
"""Pixels at usual text that the words for when it is empty may take in a chip."""


# What a chip stands for


@record
class FieldText:
    """A field as it is written in a letter."""

    field: MergeField
    otherwise: str | None
    """Words for when it is empty, as they are shown; None where there are none to put in."""

    @property
    def source(self) -> str:
        """How it is written: `{{first_name|there}}`."""
        if self.otherwise is None:
            return f"{{{{{self.field}}}}}"
        return f"{{{{{self.field}|{_SPECIAL.sub(_escaped, self.otherwise)}}}}}"


def field_text(source: str) -> FieldText | None:
    """Read a field as it is written; None where it is none that there is."""
    known = fields_in(source)
    if not known or SIGN in source or "\u2028" in source:
        return None
    _, bar, otherwise = source[2:-2].partition("|")
    return FieldText(known[0], _ESCAPED.sub(r"\1", otherwise.strip()) if bar else None)


def tidy_otherwise(typed: str) -> str:
    """Return words that can stand in a field: one line, no braces, not too long."""
    plain = typed.replace("{", "(").replace("}", ")")
    words = " ".join(plain.split())
    while len(_SPECIAL.sub(_escaped, words)) > _LONGEST_WORDS:
        words = words[:-1]
    return words


def _escaped(match: re.Match[str]) -> str:
    return f"\\{match[0]}"


def field_words(source: str) -> str:
    """Return what a field stands for: "their first name"."""
    found = field_text(source)
    return source.strip("{} ") if found is None else tr(FIELD_WORDS[found.field])


def otherwise_words(source: str) -> str:
    """Return what a chip says of the words for when it is empty: "or: there"."""
    found = field_text(source)
    if found is None or found.otherwise is None:
        return ""
    return filled("or: {words}", words=found.otherwise or tr("nothing"))


def chip_words(source: str) -> str:
    """Return all that a chip says: "their first name, or: there"."""
    return ", ".join(words for words in (field_words(source), otherwise_words(source)) if words)


def pieces(text: str) -> Iterator[tuple[str, bool]]:
    """Yield a text in pieces, and whether each is a field that there is."""
    end = 0
    for match in FIELD.finditer(text):
        if field_text(match[0]) is not None:
            yield text[end : match.start()], False
            yield match[0], True
            end = match.end()
    yield text[end:], False


# In a document


def field_of(looks: QTextCharFormat) -> str:
    """Return the field that a format is the chip of; empty where it is none."""
    return str(looks.property(_SOURCE) or "") if looks.objectType() == OBJECT else ""


def insert_chip(cursor: QTextCursor, source: str, looks: QTextCharFormat | None = None) -> None:
    """Put a field in as a chip, in the place of what is selected.

    Args:
        cursor: where.
        source: the field as it is written.
        looks: whether it is bold or italic; as the text before where left out.
    """
    before = cursor.charFormat() if looks is None else looks
    after = QTextCharFormat()
    after.setFontWeight(before.fontWeight())
    after.setFontItalic(before.fontItalic())
    cursor.insertText(SIGN, _chip_format(source, after))
    cursor.setCharFormat(after)


def _chip_format(source: str, looks: QTextCharFormat) -> QTextCharFormat:
    made = QTextCharFormat(looks)
    made.setObjectType(OBJECT)
    made.setProperty(_SOURCE, source)
    # Only so does it stand on the line of the words beside it.
    made.setVerticalAlignment(QTextCharFormat.VerticalAlignment.AlignBaseline)
    return made


def change_chip(chip: QTextCursor, source: str) -> None:
    """Let the chip that a cursor has selected stand for another field; Undo takes it back."""
    chip.setCharFormat(_chip_format(source, chip.charFormat()))


def insert_with_chips(cursor: QTextCursor, text: str, looks: QTextCharFormat | None = None) -> None:
    """Put text in, each field that there is as a chip.

    Args:
        cursor: where; what it has selected goes.
        text: any text.
        looks: bold or italic; as the text before where left out.
    """
    cursor.beginEditBlock()
    if cursor.hasSelection():
        cursor.removeSelectedText()
    for piece, is_field in pieces(text):
        if is_field:
            insert_chip(cursor, piece, looks)
        elif looks is None:
            cursor.insertText(piece.replace(SIGN, ""))
        else:
            cursor.insertText(piece.replace(SIGN, ""), looks)
    cursor.endEditBlock()


def chip_cursor(document: QTextDocument, at: int) -> QTextCursor | None:
    """Return a cursor that has selected the chip at a position; None where there is none."""
    if at < 0 or document.characterAt(at) != SIGN:
        return None
    cursor = QTextCursor(document)
    cursor.setPosition(at)
    cursor.setPosition(at + 1, QTextCursor.MoveMode.KeepAnchor)
    return cursor if field_of(cursor.charFormat()) else None


class FieldChips(QPyTextObject):
    """Draws the chips of a document."""

    def __init__(self, parent: QObject | None = None, *, tone: look.Tone = "accent") -> None:
        """Make it.

        Args:
            parent: what it belongs to; it has to live as long as the document.
            tone: "warn" where a field that is left is an empty place.
        """
        super().__init__(parent)
        self._tone: look.Tone = tone

    def serve(self, document: QTextDocument) -> None:
        """Draw this document's chips from now on."""
        document.documentLayout().registerHandler(OBJECT, self)

    def intrinsicSize(self, document: QTextDocument, _at: int, shown: QTextFormat) -> QSizeF:  # noqa: N802 - Qt's name
        """Return how large a chip is: never wider than the text (Qt)."""
        looks = shown.toCharFormat()
        source = field_of(looks)
        width = QFontMetricsF(_font(looks)).horizontalAdvance(field_words(source))
        width += 2 * look.px(_SIDE)
        if otherwise := otherwise_words(source):
            small = look.text_width(otherwise, look.font("secondary"))
            width += look.px(_GAP) + min(small, look.px(_MOST_OTHERWISE))
        room = document.textWidth() - 2 * document.documentMargin() - document.indentWidth()
        height = QFontMetricsF(_font(looks)).ascent() + _descent(looks)
        return QSizeF(min(width, room) if room > look.px(80) else width, height)

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
        looks = shown.toCharFormat()
        source = field_of(looks)
        area = QRectF(area)
        ground, ink = look.TONES[self._tone]
        font = _font(looks)
        base = area.bottom() - _descent(looks)
        box = QRectF(area.left() + 1, 0, area.width() - 2, 0)
        box.setTop(base - QFontMetricsF(font).ascent())
        box.setBottom(base + QFontMetricsF(font).descent())
        # Qt lays the colour of the selection over it, half seen through: only black on white
        # can still be read under that.
        chosen = shown.hasProperty(_CHOSEN)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        look.paint_rect(painter, box, look.px(4), _WHITE if chosen else now.colour(ground))
        left, right = area.left() + look.px(_SIDE), area.right() - look.px(_SIDE)
        painter.setPen(_BLACK if chosen else now.colour(ink))
        left += _write(painter, QPointF(left, base), field_words(source), font, right)
        painter.setPen(_BLACK if chosen else now.text2)
        small = look.font("secondary")
        start = QPointF(left + look.px(_GAP), base)
        _write(painter, start, otherwise_words(source), small, right)
        painter.restore()


def _font(looks: QTextCharFormat) -> QFont:
    font = QFont(look.font("paper", BOLD) if looks.fontWeight() >= BOLD else look.font("paper"))
    font.setItalic(looks.fontItalic())
    return font


def _descent(looks: QTextCharFormat) -> float:
    # What Qt leaves under the line of the words for an object that stands on it.
    return QFontMetricsF(looks.font()).descent()


def _write(painter: QPainter, start: QPointF, words: str, font: QFont, right: float) -> float:
    """Write words up to the right end, shortened to fit; return their width."""
    if not words or right <= start.x():
        return 0.0
    measure = QFontMetricsF(font)
    fitting = measure.elidedText(words, Qt.TextElideMode.ElideRight, right - start.x() + 0.5)
    painter.setFont(font)
    painter.drawText(start, fitting)
    return measure.horizontalAdvance(fitting)
