import shutil
import subprocess
import sys
import time
import unicodedata
from io import BytesIO
from pathlib import Path

import pytest
import uharfbuzz
from reportlab.pdfgen.canvas import Canvas

from recoverydesk.documents import paragraph, pieces, shaping, typeface
from recoverydesk.documents.paragraph import (
    Align,
    Paragraph,
    Span,
    Style,
    fit_text,
    limit,
)
from recoverydesk.documents.typeface import Typeface
from tests import reading
from tests.documents.builders import NAMES
from tests.documents.fonts import TEST_FONTS, only_fonts
from tests.reading import picture_of

SERIF = Style()
WIDTH = 450


def lay_out(text, style=SERIF, width=WIDTH):
    return Paragraph.of(text, style).lay_out(width)


def says(line):
    return [piece.shaped.says for piece in line.pieces]


def glyphs(pieces):
    return [
        piece.font.pdf.face.charToGlyph[ord(sign)]
        for piece in pieces
        for sign in piece.shaped.signs
    ]


def text_of(layout):
    return "".join(piece.shaped.says for line in layout.lines for piece in line.pieces).replace(
        " ", ""
    )


def text_in_pdf(layout):
    out = BytesIO()
    canvas = Canvas(out, pagesize=(600, 800), invariant=True)
    layout.draw(canvas, 50, 750)
    canvas.save()
    text = unicodedata.normalize("NFKC", reading.text_of(out.getvalue()))
    return "".join(sign for sign in text if unicodedata.category(sign) not in {"Cf", "Cc", "Zs"})


@pytest.mark.parametrize("typeface", list(Typeface))
@pytest.mark.parametrize("name", NAMES)
def test_every_letter_of_a_name_is_drawn(name, typeface):
    (line,) = lay_out(name, Style(typeface)).lines

    assert all(glyphs(line.pieces))
    assert sorted("".join(says(line))) == sorted(name)


@pytest.mark.parametrize("name", NAMES[:2])
def test_a_leftward_name_begins_at_the_right(name):
    layout = lay_out(name)
    (line,) = layout.lines

    assert layout.leftward
    assert " ".join(reversed("".join(says(line)).split(" "))) == name
    assert name.startswith(line.pieces[-1].shaped.says)


@pytest.mark.parametrize("name", NAMES[:2])
def test_the_glyphs_are_those_of_the_whole_line_shaped_at_once(name):
    (line,) = lay_out(name).lines
    font = line.pieces[0].font
    buffer = uharfbuzz.Buffer()
    buffer.add_str(name)
    buffer.guess_segment_properties()
    uharfbuzz.shape(font.shaper(), buffer, {"dlig": False})

    assert buffer.direction == "rtl"
    assert glyphs(line.pieces) == [info.codepoint for info in buffer.glyph_infos]


def test_arabic_letters_are_joined():
    (line,) = lay_out("محمد").lines

    assert all(unicodedata.name(sign).endswith("FORM") for sign in line.pieces[0].shaped.signs)


def test_devanagari_forms_its_conjunct():
    (line,) = lay_out("क्ष").lines

    assert len(line.pieces[0].shaped.signs) == 1


def test_a_thai_tone_mark_stands_on_its_letter():
    (line,) = lay_out("ที่").lines
    (piece,) = line.pieces

    assert piece.shaped.width == pytest.approx(piece.font.width("ท"), abs=2)


def test_a_number_inside_leftward_text_still_runs_to_the_right():
    (line,) = lay_out("رقم 147 الآن").lines

    assert says(line) == ["الآن", " ", "147", " ", "رقم"]
    assert line.pieces[2].shaped.signs == "147"


def test_a_leftward_name_keeps_its_place_in_an_english_sentence():
    (line,) = lay_out("For محمد عبد الله today").lines

    assert says(line) == ["For", " ", "الله", " ", "عبد", " ", "محمد", " ", "today"]


@pytest.mark.parametrize("name", NAMES)
def test_the_pdf_can_be_searched_for_the_name(name):
    assert unicodedata.normalize("NFKC", name).replace(" ", "") in text_in_pdf(lay_out(name))


@pytest.mark.parametrize(
    ("typed", "printed"),
    [
        ("Thanks 🙂", "Thanks [slightly smiling face]"),
        ("👍🏽", "[thumbs up sign]"),
        ("🇬🇧", "GB"),
        ("\ue123", "[U+E123]"),
        ("a\x00b\x07c\u202ed", "abcd"),
        ("fine\u0301", "finé"),
    ],
)
def test_what_no_font_can_draw_is_named_and_control_signs_go(typed, printed):
    layout = lay_out(typed)

    assert text_of(layout) == printed.replace(" ", "")
    assert all(glyphs(piece for line in layout.lines for piece in line.pieces))


@pytest.mark.usefixtures("no_fonts")
@pytest.mark.parametrize(
    ("typed", "printed"),
    [
        ("王小", "[cjk unified ideograph-738b][cjk unified ideograph-5c0f]"),
        ("Mr 김", "Mr [hangul syllable gim]"),
    ],
)
def test_without_a_font_for_it_a_name_is_spelled_out_and_never_a_box_or_a_gap(typed, printed):
    layout = lay_out(typed)

    assert text_in_pdf(layout) == printed.replace(" ", "")
    assert all(glyphs(piece for line in layout.lines for piece in line.pieces))


@pytest.mark.usefixtures("no_fonts")
def test_a_name_no_font_can_draw_still_fits_its_place():
    layout = fit_text("王小明", Style(size=20, leading=26), 200, 6)

    assert layout.width <= 200.1
    assert "738b" in text_in_pdf(layout)


def test_chinese_and_korean_are_drawn_with_the_computers_own_fonts():
    (line,) = lay_out("王 김").lines

    assert [piece.font.name for piece in line.pieces if not piece.is_space] == [
        "NotoSansSC-Regular",
        "NotoSansKR-Regular",
    ]


def test_a_font_file_that_is_broken_is_passed_over(tmp_path):
    shutil.copy(TEST_FONTS / "NotoSansSC-Regular.ttf", tmp_path)
    (tmp_path / "malgun.ttf").write_bytes(b"no font")

    with only_fonts(tmp_path):
        (line,) = lay_out("王").lines

    assert line.pieces[0].font.path.parent == tmp_path


@pytest.mark.parametrize(
    "text",
    [
        '<img src="/etc/passwd">',
        "unclosed <b>bold",
        "Ann <ann@x>",
        '<a href="javascript:alert(1)">x</a>',
        "&amp; %s {0} {{first_name}}",
        "((((((((((",
        "\\) Tj ET (",
    ],
)
def test_mark_up_is_printed_as_it_was_typed(text):
    assert text_in_pdf(lay_out(text)) == text.replace(" ", "")


@pytest.mark.parametrize("sign", ["a", "م", "क", "王", "🙂", "-", "\u0301", " "])
def test_a_word_of_200_000_signs_is_laid_out_within_the_column(sign):
    started = time.perf_counter()
    layout = lay_out(sign * 200_000)

    assert time.perf_counter() - started < 10
    assert layout.width <= WIDTH + 1
    assert len(layout.lines) < 2_000


def test_a_long_word_loses_no_letter_when_it_is_broken():
    word = "abcdefghij" * 40

    layout = lay_out(word, width=200)

    assert len(layout.lines) > 5
    assert text_of(layout) == word
    assert all(line.width <= 200.1 for line in layout.lines)


def test_a_column_narrower_than_a_letter_still_gets_every_letter():
    assert text_of(lay_out("abc", width=2)) == "abc"


def test_lines_end_between_words_and_after_hyphens_only():
    layout = lay_out("the Whitcombe-Ashworth order of plates", width=110)

    assert ["".join(says(line)) for line in layout.lines] == [
        "the Whitcombe-",
        "Ashworth order of",
        "plates",
    ]


def test_chinese_may_break_between_any_two_but_not_before_a_full_stop():
    layout = lay_out("我们非常抱歉。", Style(size=10), width=60.5)

    assert ["".join(says(line)) for line in layout.lines] == ["我们非常抱", "歉。"]


def test_a_new_line_is_kept():
    assert [says(line) for line in lay_out("a\n\nb").lines] == [["a"], [], ["b"]]


def test_justified_lines_reach_both_edges_except_the_last():
    text = "We let you down twice, and we have no excuse for it. " * 3
    layout = lay_out(text, Style(align=Align.JUSTIFIED), width=200)
    out = BytesIO()
    canvas = Canvas(out, pagesize=(400, 400), invariant=True)
    layout.draw(canvas, 0, 400)
    canvas.save()
    image = picture_of(out.getvalue(), scale=4).convert("L")
    ends = []
    for number in range(len(layout.lines)):
        top = number * SERIF.leading * 4
        strip = image.crop((0, int(top), 1600, int(top + SERIF.leading * 4)))
        ends.append(strip.point(lambda value: 255 - value).getbbox()[2] / 4)

    assert all(end == pytest.approx(200, abs=1.5) for end in ends[:-1])
    assert ends[-1] < 190
    assert len(layout.lines) > 2
    assert [line.ended for line in layout.lines] == [False] * (len(layout.lines) - 1) + [True]


def test_bold_and_colour_stay_with_their_words():
    spans = (Span("A new machine", bold=True), Span(", today", colour="#AD2D1D"))

    (line,) = lay_out(spans).lines

    assert {(p.font.name, p.look.colour) for p in line.pieces} == {
        ("SourceSerif4-600", "#25221C"),
        ("SourceSerif4-400", "#AD2D1D"),
    }


def test_letters_are_kerned():
    (pair,) = lay_out("To").lines
    letters = sum(lay_out(letter).width for letter in "To")

    assert pair.width < letters - 0.1


@pytest.mark.parametrize("name", [*NAMES, "Wolfeschlegelsteinhausenbergerdorff " * 3])
@pytest.mark.parametrize("width", [40, 90, 200])
def test_a_name_shrinks_until_it_fits(name, width):
    layout = fit_text(name, Style(size=20, leading=26), width, 6)

    assert len(layout.lines) == 1
    assert layout.width <= width + 0.1
    assert 6 <= layout.style.size <= 20


def test_a_name_that_fits_is_not_made_smaller():
    assert fit_text("Ann", SERIF, 200, 6).style == SERIF


def test_what_is_too_long_even_when_small_shows_both_ends():
    (line,) = fit_text("Adalbert " + "x" * 400 + " Zimmermann", SERIF, 120, 8).lines

    shown = "".join(says(line))
    assert shown.startswith("Adalbert")
    assert "…" in shown
    assert shown.endswith("mann")


def test_a_long_text_is_cut_to_the_lines_there_are():
    assert len(limit("broken plates " * 100, SERIF, 200, 2).lines) == 2


def test_latin_still_prints_where_there_is_no_harfbuzz(monkeypatch):
    monkeypatch.setattr(shaping, "HAS_HARFBUZZ", False)
    shaping.shape.cache_clear()
    paragraph._lay_out_again.cache_clear()
    try:
        assert text_in_pdf(lay_out("Żółć, Ann & Tom")) == "Żółć,Ann&Tom"
    finally:
        shaping.shape.cache_clear()
        paragraph._lay_out_again.cache_clear()


def test_the_papers_are_imported_without_their_slow_libraries():
    code = (
        "import sys, recoverydesk.documents.letter, "
        "recoverydesk.documents.follow_up_checklist; "
        "slow = {'reportlab', 'uharfbuzz', 'bidi', 'markdown_it', 'PIL'}; "
        "print(sorted(slow & set(sys.modules)))"
    )
    root = Path(__file__).parents[2]
    found = subprocess.run(
        [sys.executable, "-c", code], cwd=root, capture_output=True, text=True, check=True
    )

    assert found.stdout.strip() == "[]"


def test_what_no_font_can_draw_is_named(no_fonts):  # noqa: ARG001 - the computer of this test
    assert pieces.missing("José, 王小王", Typeface.SERIF) == ("王", "小")
    assert pieces.missing("Ada\n\u200d", Typeface.SANS) == ()
    assert pieces.missing("Łukasz, עברית, ไทย", Typeface.SANS) == ()


def test_any_font_of_the_computer_will_do_where_ours_end(tmp_path):
    for name in ("NotoSansBengali-Regular.ttf", "NotoSansTamil-Regular.ttf"):
        shutil.copy(TEST_FONTS / name, tmp_path / f"Fancy {name}")
    (tmp_path / "broken.ttf").write_bytes(b"no font")
    shutil.copy(TEST_FONTS / "NotoSansKhmer-Regular.ttf", tmp_path / "LastResort.ttf")
    with only_fonts(tmp_path):
        assert pieces.missing("সত্য", Typeface.SERIF) == ()
        assert typeface.font_for(Typeface.SANS, "ஶ").path.name.startswith("Fancy")
        assert pieces.missing("ខ", Typeface.SERIF) == ("ខ",)
