"""The computer's own fonts, played: a test knows which scripts can be drawn, on any machine."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from recoverydesk.documents import paragraph, pieces, typeface

TEST_FONTS = Path(__file__).parents[1] / "data" / "fonts"
"""Subsets of Noto Sans: SC and KR with ASCII and the signs of 王小明李我们非常抱歉。김민준이서,
and five scripts that none of our fonts has with the signs of the names in tests/ui/test_scripts.py.
"""

_CACHES = (
    typeface._installed,
    typeface._system_paths,
    typeface._glances,
    pieces._font,
    paragraph._lay_out_again,
)


@contextmanager
def only_fonts(folder: Path) -> Iterator[None]:
    """Let the program find the fonts of one folder and none of the computer's own."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(typeface, "_font_folders", lambda: (folder,))
        _forget()
        yield
    _forget()


def _forget() -> None:
    for cache in _CACHES:
        cache.cache_clear()
