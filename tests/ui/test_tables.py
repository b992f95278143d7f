from array import array

import pytest
from PySide6.QtCore import QModelIndex, Qt

from ui import tables
from ui.tables import BLOCK, CELL_ROLE, ID_ROLE, KEPT_BLOCKS, Column, RowsModel

COLUMNS = (
    Column("Name", lambda row: row[1], "name", key=lambda row: row[1]),
    Column("Worth", lambda row: tables.number(f"£{row[0]}", strong=True), right=True),
)


class Source:
    """Counts what it is asked for."""

    def __init__(self, ids, gone=()):
        self._ids = ids
        self.gone = set(gone)
        self.asked_ids = 0
        self.asked = []

    def ids(self):
        self.asked_ids += 1
        return self._ids

    def rows(self, ids):
        self.asked.append(len(ids))
        return {id_: (id_, f"Row {id_}") for id_ in ids if id_ not in self.gone}


def model_of(source, **how):
    model = RowsModel(COLUMNS)
    model.show_source(source, **how)
    return model


def said(model, row, column=0):
    return model.index(row, column).data()


@pytest.fixture
def million():
    return Source(array("q", range(1, 1_000_001)))


def test_a_million_rows_are_counted_without_reading_one(million):
    model = model_of(million)
    assert model.rowCount() == 1_000_000
    assert (million.asked_ids, million.asked) == (1, [])


def test_looking_somewhere_reads_one_block(million):
    model = model_of(million)
    for row in range(500_000, 500_050):
        assert said(model, row) == f"Row {row + 1}"
    assert million.asked == [BLOCK]


def test_scrolling_through_keeps_only_the_last_few_blocks(million):
    model = model_of(million)
    for row in range(0, 100 * BLOCK, BLOCK):
        said(model, row)
    assert len(model._blocks) == KEPT_BLOCKS
    said(model, 99 * BLOCK)
    assert len(million.asked) == 100
    said(model, 0)
    assert len(million.asked) == 101


def test_the_first_page_shows_at_once_and_the_rest_when_idle(million, qtbot):
    model = model_of(million, first=range(1, 51))
    assert model.rowCount() == 50
    assert million.asked_ids == 0
    said(model, 0)

    with qtbot.waitSignal(model.counted) as counted:
        pass

    assert counted.args == [1_000_000]
    assert said(model, 60) == "Row 61"


def test_rows_added_at_the_end_leave_the_view_alone(qtbot):
    model = RowsModel(COLUMNS)
    model.show_source(Source([1, 2, 3]))
    with qtbot.assertNotEmitted(model.modelReset), qtbot.waitSignal(model.rowsInserted):
        model.show_ids([1, 2, 3, 4])
    assert said(model, 3) == "Row 4"


def test_a_list_asked_for_meanwhile_is_not_overwritten(qtbot):
    model = RowsModel(COLUMNS)
    late = Source([1, 2, 3, 4])
    model.show_source(late, first=[1, 2])
    model.show_source(Source([7]))
    qtbot.wait(1)
    assert (model.rowCount(), said(model, 0), late.asked_ids) == (1, "Row 7", 0)


def test_the_same_ids_from_another_source_show_its_rows_where_they_stand(qtbot):
    model = model_of(Source([1, 2, 3]))
    said(model, 0)
    with qtbot.assertNotEmitted(model.modelReset), qtbot.waitSignal(model.dataChanged):
        model.show_source(Source([1, 2, 3], gone=[1]))
    assert said(model, 0) == ""


def test_refreshing_reads_again_and_keeps_the_view(qtbot):
    source = Source([1, 2, 3])
    model = model_of(source)
    said(model, 0)
    with qtbot.assertNotEmitted(model.modelReset), qtbot.waitSignal(model.dataChanged):
        model.refresh()
    said(model, 0)
    assert source.asked == [3, 3]


def test_refreshing_shows_rows_that_are_gone_no_longer(qtbot):
    source = Source([1, 2, 3])
    model = model_of(source)
    source._ids = [1, 3]
    with qtbot.waitSignal(model.modelReset):
        model.refresh()
    assert [said(model, row) for row in range(2)] == ["Row 1", "Row 3"]


def test_a_row_erased_meanwhile_is_empty_and_nothing_breaks():
    model = model_of(Source([1, 2], gone=[2]))
    assert said(model, 1) == ""
    assert model.row_at(model.index(1, 0)) is None
    assert model.index(1, 0).data(CELL_ROLE) is None


def test_an_id_is_found_again():
    model = model_of(Source(array("q", [5, 9, 2])))
    assert model.index_of(9).row() == 1
    assert model.index(1, 0).data(ID_ROLE) == 9
    assert not model.index_of(77).isValid()
    assert model.id_at(QModelIndex()) is None


def test_sorting_is_the_sources_work(qtbot):
    model = model_of(Source([1, 2]))
    with qtbot.waitSignal(model.sort_wanted) as wanted:
        model.sort(0, Qt.SortOrder.DescendingOrder)
    assert wanted.args == ["name", True]
    with qtbot.assertNotEmitted(model.sort_wanted):
        model.sort(1)
        model.sort(-1)


def test_a_short_list_in_memory_sorts_itself():
    model = RowsModel(COLUMNS)
    model.show_rows([(1, "Cy"), (2, "Ada"), (3, "Ben")], id_of=lambda row: row[0])
    model.sort(0)
    assert [said(model, row) for row in range(3)] == ["Ada", "Ben", "Cy"]
    model.sort(0, Qt.SortOrder.DescendingOrder)
    assert model.id_at(model.index(0, 0)) == 1
    assert (model.can_sort(0), model.can_sort(1)) == (True, False)


def test_a_screen_reader_hears_everything_a_cell_shows():
    cell = tables.two_lines("Call", "2 days late", icon="circle-alert", tone="danger")
    assert cell.words == "Call, 2 days late"
    assert tables.pips("Listen", 1, 6).words == "Listen, 1/6"
    model = model_of(Source([4]))
    assert model.index(0, 1).data(Qt.ItemDataRole.AccessibleTextRole) == "£4"


def test_numbers_stand_at_the_right():
    model = model_of(Source([1]))
    role = Qt.ItemDataRole.TextAlignmentRole
    assert model.index(0, 1).data(role) & Qt.AlignmentFlag.AlignRight
    assert model.headerData(1, Qt.Orientation.Horizontal, role) & Qt.AlignmentFlag.AlignRight
    assert model.headerData(1, Qt.Orientation.Horizontal) == "Worth"
    assert model.headerData(0, Qt.Orientation.Vertical) is None


def test_the_model_keeps_qts_rules(qtmodeltester):
    qtmodeltester.check(model_of(Source([1, 2, 3])))
