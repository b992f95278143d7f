"""Papers are drawn with the fonts of the tests, whatever the computer has."""

import pytest

from tests.documents.fonts import TEST_FONTS, only_fonts


@pytest.fixture(autouse=True, scope="module")
def _fonts():
    with only_fonts(TEST_FONTS):
        yield


@pytest.fixture
def no_fonts(tmp_path):
    """A computer that has no fonts but ours."""
    with only_fonts(tmp_path):
        yield
