import re
from pathlib import Path

import pytest
from PySide6.QtCore import QSize
from PySide6.QtGui import QColor, QFontInfo, QPalette
from PySide6.QtWidgets import QApplication

import ui
from recoverydesk.places import RESOURCES
from ui import look
from ui.look import fonts
from ui.look.theme import qt_palette
from ui.look.tokens import EDGES, INKS

pytestmark = pytest.mark.usefixtures("qapp")

TEXT_PAIRS = [
    *(("text", ground) for ground in ("bg", "surface", "rail", "sunken", "hover", "accent_soft")),
    *(("text2", ground) for ground in ("bg", "surface", "rail", "sunken", "accent_soft")),
    *(("text3", ground) for ground in ("bg", "surface", "rail", "hover", "accent_soft")),
    ("on_accent", "accent"),
    ("on_accent", "accent_hover"),
    ("accent_text", "accent_soft"),
    ("accent_text", "surface"),
    ("accent_text", "bg"),
    *(("danger", ground) for ground in ("danger_soft", "surface", "bg")),
    *(("warn", ground) for ground in ("warn_soft", "surface", "bg", "accent_soft")),
    ("chip_text", "chip"),
    ("tip_text", "tip"),
    ("tip_accent", "tip"),
    ("text", "danger_soft"),
    ("text", "warn_soft"),
]
EDGE_PAIRS = [("control", "surface"), ("control", "bg"), ("accent", "bg"), ("chart2", "surface")]


def luminance(colour):
    parts = [colour.redF(), colour.greenF(), colour.blueF()]
    linear = [c / 12.92 if c <= 0.03928 else ((c + 0.055) / 1.055) ** 2.4 for c in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one, other):
    lighter, darker = sorted((luminance(one), luminance(other)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


@pytest.mark.parametrize("palette", [look.LIGHT, look.DARK], ids=["light", "dark"])
def test_every_text_can_be_read_on_its_ground(palette):
    poor = [
        (ink, ground, round(contrast(palette.colour(ink), palette.colour(ground)), 2))
        for ink, ground in TEXT_PAIRS
        if contrast(palette.colour(ink), palette.colour(ground)) < 4.5
    ]
    assert poor == []


@pytest.mark.parametrize("palette", [look.LIGHT, look.DARK], ids=["light", "dark"])
def test_edges_that_mean_something_can_be_seen(palette):
    poor = [
        pair
        for pair in EDGE_PAIRS
        if contrast(palette.colour(pair[0]), palette.colour(pair[1])) < 3.0
    ]
    assert poor == []


@pytest.mark.parametrize("palette", [look.LIGHT, look.DARK], ids=["light", "dark"])
def test_initials_can_be_read_in_every_hue(palette):
    look.apply_mode("dark" if palette.dark else "light")
    try:
        pairs = [look.avatar_colours(chr(65 + n)) for n in range(12)]
        assert min(contrast(*pair) for pair in pairs) >= 4.5
    finally:
        look.apply_mode("light")


@pytest.mark.parametrize("palette", [look.LIGHT, look.DARK], ids=["light", "dark"])
def test_no_colour_of_the_palette_is_left_to_qt(palette):
    made = qt_palette(palette)
    ours = {palette.colour(name).name() for name in palette.__slots__ if name != "dark"}
    theirs = [
        (role, made.color(group, role).name())
        for group in (QPalette.ColorGroup.Active, QPalette.ColorGroup.Disabled)
        for role in QPalette.ColorRole
        if role not in {QPalette.ColorRole.NColorRoles, QPalette.ColorRole.NoRole}
        and made.color(group, role).name() not in ours
    ]
    assert theirs == []


def test_tones_have_a_ground_an_ink_and_an_edge():
    assert look.TONES.keys() == INKS.keys() == EDGES.keys()


def test_an_icon_takes_its_colour_when_it_is_drawn():
    icon = look.icon("circle", "text")
    light = icon.pixmap(24, 24).toImage()
    look.apply_mode("dark")
    dark = icon.pixmap(24, 24).toImage()
    look.apply_mode("light")

    assert light.size() == dark.size() == QSize(24, 24)
    assert light != dark
    assert light == icon.pixmap(24, 24).toImage()


def test_a_copied_icon_still_draws():
    copies = [look.icon("sun").pixmap(size, size) for size in (16, 20, 32)]
    assert not any(copy.isNull() for copy in copies)


def test_every_icon_that_the_code_names_is_there():
    """Names stand in quotes; only words that look like an icon's argument count."""
    there = {path.stem for path in (RESOURCES / "icons").glob("*.svg")}
    named = set()
    for path in Path(ui.__file__).parent.rglob("*.py"):
        source = path.read_text(encoding="utf-8")
        named |= set(re.findall(r'\b(?:icon|trail|lead|save_icon)="([a-z0-9-]+)"', source))
        named |= set(re.findall(r'\b(?:Icon|IconButton|look\.icon)\(\s*"([a-z0-9-]+)"', source))
    assert named - there == set()
    assert (RESOURCES / "icons" / "LICENSE").exists()


def test_words_are_set_in_the_fonts_that_ship():
    shown = {role: QFontInfo(look.font(role)).family() for role in ("body", "card", "words")}
    assert shown == {"body": "Inter", "card": "Inter", "words": "Source Serif 4"}


def test_every_font_file_that_is_named_ships():
    missing = [name for name in fonts._FILES.values() if not (RESOURCES / "fonts" / name).exists()]
    assert missing == []


def test_larger_system_text_makes_everything_larger():
    usual = look.font("body").pixelSize(), look.line_height("body"), look.px(36)
    fonts.measure_system(1.5)
    larger = look.font("body").pixelSize(), look.line_height("body"), look.px(36)
    fonts.measure_system(1.0)

    assert usual == (14, 20, 36)
    assert larger == (21, 30, 54)


def test_figures_of_a_column_are_equally_wide():
    figures = look.font("secondary", tabular=True)
    assert look.text_width("111.11", figures) == look.text_width("888.88", figures)


@pytest.mark.parametrize(
    ("name", "letters"),
    [
        ("Eleanor Whitcombe-Ashworth", "EA"),
        ("Cher", "C"),
        ("O'Donoghue", "OD"),
        ("café marlow (joanne marlow)", "CM"),
        ("", ""),
        ("  — ", ""),
        ("李 小龙", "李小"),
    ],
)
def test_initials_are_those_of_the_first_and_last_word(name, letters):
    assert look.initials(name) == letters


def test_a_system_that_says_nothing_is_taken_as_light():
    look.apply_mode("system")
    assert not look.is_dark()
    look.apply_mode("light")


def test_switching_tells_whoever_keeps_a_colour(qtbot):
    with qtbot.waitSignal(look.changes().changed):
        look.apply_mode("dark")
    assert QApplication.palette().color(QPalette.ColorRole.Window) == look.DARK.bg
    look.apply_mode("light")
    assert QApplication.palette().color(QPalette.ColorRole.Window) == look.LIGHT.bg


def test_a_mix_lies_between():
    assert look.mix(QColor("#000000"), QColor("#ffffff"), 0.5).name() == "#808080"


def test_the_programs_icon_has_the_usual_sizes():
    assert QSize(16, 16) in look.app_icon().availableSizes()
