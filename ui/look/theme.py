"""Which palette holds now, and telling everybody when it changes."""

from typing import Literal

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtGui import QColor, QGuiApplication, QPalette
from PySide6.QtWidgets import QApplication, QToolTip

from ui.look.fonts import font, measure_system
from ui.look.tokens import DARK, LIGHT, Palette

Mode = Literal["system", "light", "dark"]

STYLE = "Fusion"
"""The one of Qt's own styles that takes every colour from the palette."""

_GROUP = QPalette.ColorGroup
_ROLE = QPalette.ColorRole


class Changes(QObject):
    """Tells of a new look.

    Signals:
        changed: another palette holds. Painted widgets are repainted without it; it is for
            whatever keeps a colour, such as the palette of a text editor.
    """

    changed = Signal()


class _Now:
    """What holds now. One per process, as there is one `QApplication`."""

    palette: Palette = LIGHT
    mode: Mode = "light"
    changes: Changes | None = None
    listening = False


def changes() -> Changes:
    """Return the one object that tells of a new look."""
    if _Now.changes is None:
        _Now.changes = Changes()
    return _Now.changes


def theme() -> Palette:
    """Return the palette that holds now. Ask when painting; never keep it."""
    return _Now.palette


def is_dark() -> bool:
    """Say whether the dark palette holds."""
    return _Now.palette.dark


def apply(
    app: QApplication, mode: Mode = "system", *, scale: float | None = None, styled: bool = False
) -> None:
    """Give the program its look; call once, before the first window.

    There is no style sheet: it paints its own ground under every line edit, and setting one
    again at a switch takes 79 ms against 0.3 for a palette.

    Args:
        app: the application.
        mode: follow the system, or always light or dark.
        scale: how much larger than usual text is; asked of the system when left out.
        styled: the application was made with `-style` and `STYLE`. Setting it here hands a style
            to Python, whose many enumerations take 8 ms to load.
    """
    if not styled:
        app.setStyle(STYLE)
    measure_system(scale)
    app.setFont(font("body"))
    if not _Now.listening:
        app.styleHints().colorSchemeChanged.connect(_system_changed)
        _Now.listening = True
    apply_mode(mode)


def apply_mode(mode: Mode) -> None:
    """Switch between light, dark and the system's own, while the program runs."""
    _Now.mode = mode
    dark = mode == "dark" or (mode == "system" and _system_is_dark())
    _Now.palette = DARK if dark else LIGHT
    palette = qt_palette(_Now.palette)
    QApplication.setPalette(palette)
    popups = _popup_palette(palette, _Now.palette)
    for kind in ("QMenu", "QComboBoxListView"):
        # The stubs ask for bytes, which the call refuses.
        QApplication.setPalette(popups, kind)  # type: ignore[arg-type]
    # Tooltips keep a palette of their own.
    QToolTip.setPalette(palette)
    changes().changed.emit()


def _system_changed(_scheme: Qt.ColorScheme) -> None:
    if _Now.mode == "system":
        apply_mode("system")


def _system_is_dark() -> bool:
    # Without a desktop theme the scheme is Unknown: paper is light.
    return QGuiApplication.styleHints().colorScheme() is Qt.ColorScheme.Dark


def qt_palette(now: Palette) -> QPalette:
    """Return every colour that Fusion itself draws with."""
    made = QPalette()
    for role, colour in _roles(now):
        made.setColor(role, colour)
    faded = QColor(now.text3)
    for role in (_ROLE.WindowText, _ROLE.Text, _ROLE.ButtonText, _ROLE.PlaceholderText):
        made.setColor(_GROUP.Disabled, role, faded)
    made.setColor(_GROUP.Disabled, _ROLE.Highlight, now.track)
    made.setColor(_GROUP.Disabled, _ROLE.HighlightedText, now.text2)
    made.setColor(_GROUP.Disabled, _ROLE.Base, now.hover)
    return made


def _popup_palette(palette: QPalette, now: Palette) -> QPalette:
    """Return the colours of menus and lists that drop down: chosen rows as everywhere else."""
    made = QPalette(palette)
    made.setColor(_ROLE.Window, now.surface)
    made.setColor(_ROLE.Base, now.surface)
    made.setColor(_ROLE.Highlight, now.accent_soft)
    made.setColor(_ROLE.HighlightedText, now.accent_text)
    return made


def _roles(now: Palette) -> tuple[tuple[QPalette.ColorRole, QColor], ...]:
    return (
        (_ROLE.Window, now.bg),
        (_ROLE.WindowText, now.text),
        (_ROLE.Base, now.surface),
        (_ROLE.AlternateBase, now.sunken),
        (_ROLE.Text, now.text),
        (_ROLE.Button, now.surface),
        (_ROLE.ButtonText, now.text),
        (_ROLE.BrightText, now.danger),
        (_ROLE.Light, now.surface),
        (_ROLE.Midlight, now.hover),
        (_ROLE.Mid, now.track),
        (_ROLE.Dark, now.control),
        (_ROLE.Shadow, now.control),
        (_ROLE.Highlight, now.accent),
        (_ROLE.HighlightedText, now.on_accent),
        (_ROLE.Accent, now.accent),
        (_ROLE.Link, now.accent_text),
        (_ROLE.LinkVisited, now.accent_text),
        (_ROLE.PlaceholderText, now.text3),
        (_ROLE.ToolTipBase, now.tip),
        (_ROLE.ToolTipText, now.tip_text),
    )
