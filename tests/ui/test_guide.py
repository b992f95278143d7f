"""The guide, read as an owner reads it."""

import pytest
from PySide6.QtCore import QUrl
from PySide6.QtGui import QTextTable

from ui import look
from ui.dialogs.guide import CHAPTERS, FOLDER, GuideWindow


@pytest.fixture
def guide(qtbot):
    window = GuideWindow("today")
    qtbot.addWidget(window)
    window.show()
    return window


def pictures(guide):
    """Widths of the pictures of the open chapter, as shown."""
    document = guide.text.document()
    found = []
    block = document.begin()
    while block.isValid():
        place = block.begin()
        while not place.atEnd():
            shape = place.fragment().charFormat().toImageFormat()
            if shape.isValid():
                image = document.resource(2, QUrl(shape.name()))
                found.append(image.deviceIndependentSize().width())
            place += 1
        block = block.next()
    return found


@pytest.mark.parametrize("key", [key for key, _words in CHAPTERS])
def test_every_chapter_opens_with_its_title_and_no_marks_left_in_it(guide, key):
    guide.show_chapter(key)

    text = guide.text.toPlainText()
    title = (FOLDER / f"{key}.md").read_text(encoding="utf-8").splitlines()[0].removeprefix("# ")
    assert text.startswith(title)
    assert "**" not in text
    assert "](" not in text


def test_a_picture_is_as_wide_as_the_text_at_most_and_follows_the_window(guide):
    for width in (1400, 980, 700):
        guide.resize(width, 600)

        assert pictures(guide)
        assert all(100 < shown <= guide.text.room() for shown in pictures(guide))


def test_nothing_has_to_be_scrolled_sideways(guide):
    guide.resize(700, 600)

    for key, _words in CHAPTERS:
        guide.show_chapter(key)
        assert guide.text.horizontalScrollBar().maximum() == 0, key


def test_a_link_opens_its_chapter(guide):
    guide.text.anchorClicked.emit(QUrl("letter.md"))

    assert guide.text.toPlainText().startswith("Letters and other paper")


def test_every_link_leads_to_a_chapter():
    keys = {key for key, _words in CHAPTERS}

    for key in keys:
        words = (FOLDER / f"{key}.md").read_text(encoding="utf-8").split("](")[1:]
        links = {one.partition(")")[0] for one in words if one.partition(")")[0].endswith(".md")}
        assert {link.removesuffix(".md") for link in links} <= keys


def test_tables_follow_a_change_of_look_while_the_guide_is_open(guide):
    guide.show_chapter("keys")

    look.apply_mode("dark")
    try:
        (table, *_rest) = guide.text.document().rootFrame().childFrames()
        assert isinstance(table, QTextTable)
        assert table.format().borderBrush().color() == look.theme().border
    finally:
        look.apply_mode("light")
