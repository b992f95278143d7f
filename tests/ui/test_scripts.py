"""A name in any script stands on a letter as Qt's own text layout sets it."""

import pytest
from PIL import Image, ImageChops, ImageFilter
from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QColor, QFont, QFontDatabase, QImage, QPainter, QRawFont, QTextLayout

from recoverydesk.documents.letter import ADDRESS
from recoverydesk.places import RESOURCES
from tests.conftest import NOW
from tests.documents.fonts import TEST_FONTS, only_fonts
from tests.reading import picture_of
from ui import cli

EM = 110
"""Pixels to the size of the letters, in both pictures."""

TOLERANCE = 5
"""Pixels that ink of one picture may be away from ink of the other, a twenty-second of an em.

Two are rounding; the others are the space between words: FiraGO has another one for Devanagari,
while a paragraph that is broken into lines has one for all scripts.
"""

BUNDLED = ("SourceSerif4-400", "Inter-400", "FiraGO-400")

NAMES = {
    "Latin": "Łukasz Đặng-Żółć",
    "Greek": "Ελένη Παπαδοπούλου",
    "Cyrillic": "Дмитро Їжакевич",
    "Arabic": "عبد الرحمن الأحمد",
    "Hebrew": "נועה בן־דוד",
    "Devanagari": "प्रियंका शर्मा",
    "Thai": "น้ำฝน ศรีสุข",
    "Georgian": "ნინო ბერიძე",
    "Chinese": "王小明",
    "Korean": "김민준",
    "Armenian": "Արամ Խաչատրյան",
    "Bengali": "সত্যজিৎ ক্ষ্যাপা",
    "Tamil": "ஶ்ரீனிவாசன் கௌரி",
    "Khmer": "ស្រីមុំ ខ្មែរ",
    "Ethiopic": "ተስፋዬ ገብረ",
}


@pytest.fixture(scope="module")
def families(qapp):  # noqa: ARG001 - fonts need it
    """The papers' fonts, in their order, given to Qt; taken back when the tests are through."""
    files = [RESOURCES / "fonts" / f"{name}.ttf" for name in BUNDLED]
    ids = [QFontDatabase.addApplicationFont(str(path)) for path in files]
    ids += [
        QFontDatabase.addApplicationFont(str(path)) for path in sorted(TEST_FONTS.glob("*.ttf"))
    ]
    yield [QFontDatabase.applicationFontFamilies(one)[0] for one in ids]
    for one in ids:
        QFontDatabase.removeApplicationFont(one)


@pytest.fixture(scope="module")
def letter_for(tmp_path_factory):
    """Write a letter from the command line to somebody of that name; return its file."""
    folder = tmp_path_factory.mktemp("scripts")

    def run(*words):
        assert cli.main(["--desk", str(folder / "shop.desk"), *words], now=NOW) == 0

    def written(script):
        place = list(NAMES).index(script) + 1
        path = folder / f"{script}.pdf"
        run("letter", f"R-2026-{place:04}", "--out", str(path))
        return path

    with only_fonts(TEST_FONTS):
        run("init", "--shop", "Corner Shop", "--owner", "Mia Ray", "--time-zone", "Europe/London")
        for name in NAMES.values():
            run("log", "--customer", name, "--what", "It leaks.")
        yield written


def ink(picture):
    """Return what is dark, cut to its edges, as a picture of black and white."""
    dark = picture.convert("L").point(lambda value: 255 if value < 128 else 0)
    return dark.crop(dark.getbbox())


def on_paper(path):
    """Return the name's ink on the letter: it is the last thing in the window."""
    scale = EM / ADDRESS.size
    page = picture_of(path, scale=scale)
    mm = scale * 72 / 25.4
    window = page.convert("L").crop((int(20 * mm), int(45 * mm), int(105 * mm), int(90 * mm)))
    rows = window.point(lambda value: 255 if value < 128 else 0)
    inked = [
        row for row in range(rows.height) if rows.crop((0, row, rows.width, row + 1)).getbbox()
    ]
    top = bottom = inked[-1]
    for row in reversed(inked):
        if top - row > EM / 2:
            break
        top = row
    return ink(window.crop((0, top, window.width, bottom + 1)))


def by_qt(name, families):
    """Return the name's ink as Qt sets it, by the font that has its letters."""
    letters = [sign for sign in name if sign.isalpha()]
    able = [
        family
        for family in families
        if all(QRawFont.fromFont(QFont(family)).supportsCharacter(ord(one)) for one in letters)
    ]
    font = QFont(able[:1])
    font.setPixelSize(EM)
    font.setHintingPreference(QFont.HintingPreference.PreferNoHinting)
    font.setStyleStrategy(QFont.StyleStrategy.NoSubpixelAntialias)
    for tag in ("liga", "clig", "calt"):
        font.setFeature(QFont.Tag(tag), 0)
    layout = QTextLayout(name, font)
    layout.beginLayout()
    line = layout.createLine()
    line.setLineWidth(4000)
    layout.endLayout()
    image = QImage(4200, 4 * EM, QImage.Format.Format_Grayscale8)
    image.fill(Qt.GlobalColor.white)
    painter = QPainter(image)
    painter.setPen(QColor("black"))
    layout.draw(painter, QPointF(EM, EM))
    painter.end()
    size = (image.width(), image.height())
    return ink(
        Image.frombuffer("L", size, bytes(image.constBits()), "raw", "L", image.bytesPerLine(), 1)
    )


def far(one, other):
    """Return the ink of one picture that is not near ink of the other."""
    size = (max(one.width, other.width) + 8, max(one.height, other.height) + 8)
    here, there = (Image.new("L", size) for _ in range(2))
    here.paste(one, (4, 4))
    there.paste(other, (4, 4))
    near = there.filter(ImageFilter.MaxFilter(2 * TOLERANCE + 1))
    return ImageChops.subtract(here, near).getbbox()


@pytest.mark.parametrize("script", NAMES)
def test_a_name_stands_on_a_letter_as_qt_sets_it(script, letter_for, families):
    paper, qt = on_paper(letter_for(script)), by_qt(NAMES[script], families)
    assert far(paper, qt) is None
    assert far(qt, paper) is None


def test_pictures_that_differ_are_told_apart(families):
    right, wrong = (by_qt(name, families) for name in ("कि", "क ि"))
    assert far(right, wrong) or far(wrong, right)
