"""What the window needs of a Linux system, told by package name instead of a traceback."""

import os
import sys

PACKAGES = {
    "libGL.so.1": "libgl1",
    "libEGL.so.1": "libegl1",
    "libglib-2.0.so.0": "libglib2.0-0",
    "libgthread-2.0.so.0": "libglib2.0-0",
    "libfontconfig.so.1": "libfontconfig1",
    "libfreetype.so.6": "libfreetype6",
    "libdbus-1.so.3": "libdbus-1-3",
    "libxkbcommon.so.0": "libxkbcommon0",
    "libgssapi_krb5.so.2": "libgssapi-krb5-2",
    "libnss3.so": "libnss3",
}
"""Shared libraries that PySide6 links, and the Debian package that holds each."""

X11_PACKAGES = {
    "xcb-cursor": "libxcb-cursor0",
    "xcb-icccm": "libxcb-icccm4",
    "xcb-keysyms": "libxcb-keysyms1",
    "xcb-xkb": "libxcb-xkb1",
    "xkbcommon-x11": "libxkbcommon-x11-0",
    "xcb-randr": "libxcb-randr0",
    "xcb-render-util": "libxcb-render-util0",
    "xcb-shape": "libxcb-shape0",
    "xcb-xfixes": "libxcb-xfixes0",
    "xcb-image": "libxcb-image0",
    "X11-xcb": "libx11-xcb1",
}
"""Qt aborts without a word when one of these is missing on X11, so they are looked for first."""


def has_display() -> bool:
    """Say whether a window can be shown: a screen, or Qt's offscreen one asked for by name."""
    if not sys.platform.startswith("linux"):
        return True
    named = ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM")
    return any(os.environ.get(name) for name in named)


def missing_for_display() -> tuple[str, ...]:
    """Return the Debian packages that Qt would abort without on an X11 screen."""
    on_x11 = sys.platform.startswith("linux") and os.environ.get("DISPLAY")
    other = os.environ.get("WAYLAND_DISPLAY") or os.environ.get("QT_QPA_PLATFORM")
    if not on_x11 or other:
        return ()
    from ctypes.util import find_library  # noqa: PLC0415 - on X11 only

    return tuple(
        package for library, package in X11_PACKAGES.items() if find_library(library) is None
    )


def explained(error: ImportError) -> str:
    """Return what to install, in words, where Qt could not be loaded; empty for other trouble."""
    words = str(error)
    package = next((PACKAGES[name] for name in PACKAGES if name in words), "")
    if package:
        return advice((package,))
    if "cannot open shared object file" in words:
        return f"The window needs a system library that is missing here: {words}"
    return ""


def advice(packages: tuple[str, ...]) -> str:
    """Return the sentence that tells what to install."""
    listed = " ".join(packages)
    return (
        "The window needs something this system doesn't have. "
        f"Install it with: sudo apt-get install {listed}"
    )
