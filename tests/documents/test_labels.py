from io import BytesIO

import pytest
from pypdf import PdfReader

from recoverydesk.documents.labels import GRIDS, draw
from recoverydesk.documents.sheet import MM, PAPERS, Properties
from recoverydesk.domain.mailing import LABELS_ON, LabelSheet
from tests.documents.builders import NAMES
from tests.documents.test_papers import HOSTILE
from tests.documents.test_windows import signs
from tests.reading import text_of

ANN = ("Ann Lee", "1 High St", "BATH", "BA1 1AA")
ABOUT = Properties("Labels", "Harbour & Hearth", "en")

# Millimetres, from the makers' templates: first label left and top, size, pitch, columns.
SOLD = {
    LabelSheet.L7160: (7.25, 15.15, 63.5, 38.1, 66.0, 38.1, 3),
    LabelSheet.L7163: (4.65, 15.15, 99.1, 38.1, 101.6, 38.1, 2),
    LabelSheet.A3474: (0, 0.5, 70, 37, 70, 37, 3),
    LabelSheet.A5160: (4.76, 12.7, 66.68, 25.4, 69.85, 25.4, 3),
    LabelSheet.A5163: (3.97, 12.7, 101.6, 50.8, 106.36, 50.8, 2),
}


def labels(addresses, sheet=LabelSheet.L7160, **given):
    return draw(addresses, sheet, ABOUT, **given)


def label_of(box, sheet):
    """Return which label a sign stands on, well inside of it; None where on none."""
    left, top, width, height, across, down, columns = SOLD[sheet]
    column, row = int((box[0] - left) // across), int((box[1] - top) // down)
    x, y = left + column * across, top + row * down
    safe = (
        box[0] >= x + 3
        and box[2] <= x + width - 3
        and box[1] >= y + 1.5
        and box[3] <= y + height - 1.5
    )
    return row * columns + column + 1 if safe else None


def used(pdf, sheet):
    return {label_of(box, sheet) for sign, box in signs(pdf) if sign.strip()}


@pytest.mark.parametrize("sheet", list(LabelSheet))
def test_a_full_sheet_has_an_address_on_every_label(sheet):
    count = LABELS_ON[sheet]

    pdf = labels([ANN] * count, sheet)

    assert used(pdf, sheet) == set(range(1, count + 1))
    assert len(PdfReader(BytesIO(pdf)).pages) == 1


@pytest.mark.parametrize("sheet", list(LabelSheet))
@pytest.mark.parametrize(
    "lines", [("w" * 300,) * 4, NAMES, *((said,) * 6 for said in HOSTILE if said), ("Ann",) * 40]
)
def test_whatever_was_typed_stays_on_its_label_and_off_the_edge(sheet, lines):
    width, height = (edge / MM for edge in PAPERS[GRIDS[sheet].paper])
    pdf = labels([tuple(lines)] * LABELS_ON[sheet], sheet)

    assert None not in used(pdf, sheet)
    for _, box in [(sign, box) for sign, box in signs(pdf) if sign.strip()]:
        assert box[0] >= 5.5
        assert box[1] >= 5.5
        assert box[2] <= width - 5.5
        assert box[3] <= height - 5.5


def test_a_sheet_that_was_begun_is_used_from_where_it_ends():
    assert used(labels([ANN, ANN], start=20), LabelSheet.L7160) == {20, 21}


def test_more_labels_than_a_sheet_has_go_on_at_the_top_of_the_next():
    pdf = labels([(f"Customer {number}",) for number in range(1, 25)], start=19)

    found = [page.extract_text() for page in PdfReader(BytesIO(pdf)).pages]
    assert len(found) == 2
    assert "Customer 3" in found[0]
    assert "Customer 4" in found[1]


def test_labels_print_in_the_order_of_reading():
    assert text_of(labels([("Ann",), ("Bo",), ("Cy",)])) == "Ann Bo Cy"


@pytest.mark.parametrize("sheet", list(LabelSheet))
def test_a_grid_has_as_many_labels_as_it_says(sheet):
    assert GRIDS[sheet].count == LABELS_ON[sheet]


def test_equal_labels_are_equal_bytes():
    assert labels([ANN]) == labels([ANN])
