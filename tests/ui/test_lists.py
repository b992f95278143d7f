from PySide6.QtCore import QEvent, QPoint, QPointF, Qt
from PySide6.QtGui import QMouseEvent
from PySide6.QtWidgets import QApplication

from ui import look, tables
from ui.tables import Column, RowsModel
from ui.widgets.lists import TableCard, TableView
from ui.widgets.tasks import TaskGroup, TaskList, TaskRow, action_boxes, circle_box

NAMES = ("Gareth Pugh", "Odalys Fernández-Oyelaran", "Bram de Vries")
COLUMNS = (
    Column("No.", lambda row: str(row[0]), key=lambda row: row[0], width=80),
    Column("Customer", lambda row: tables.two_lines(row[1], "Cold soup", avatar=row[1])),
    Column("How upset", lambda _row: tables.icon_text("Furious", "angry", tone="danger")),
    Column("Worth", lambda row: tables.number(f"£{row[0]}"), width=100, right=True),
)


ROWS = tuple(enumerate(NAMES, start=145))


def table_of(rows=ROWS):
    model = RowsModel(COLUMNS)
    table = TableView(model, name="Cases")
    model.setParent(table)
    model.show_rows(rows, id_of=lambda row: row[0])
    return table, model


def move(view, at):
    """Move the pointer over a view."""
    where = QPointF(at)
    event = QMouseEvent(
        QEvent.Type.MouseMove,
        where,
        view.viewport().mapToGlobal(where),
        Qt.MouseButton.NoButton,
        Qt.MouseButton.NoButton,
        Qt.KeyboardModifier.NoModifier,
    )
    QApplication.sendEvent(view.viewport(), event)


def test_enter_and_a_double_click_open_a_row(shown, qtbot):
    table, _model = table_of()
    shown(TableCard(table))
    table.select_id(146)
    table.setFocus()
    with qtbot.waitSignal(table.opened) as opened:
        qtbot.keyClick(table, Qt.Key.Key_Return)
    assert opened.args == [146]
    at = table.visualRect(table.model().index(2, 1)).center()
    qtbot.mouseClick(table.viewport(), Qt.MouseButton.LeftButton, pos=at)
    with qtbot.waitSignal(table.opened) as opened:
        qtbot.mouseDClick(table.viewport(), Qt.MouseButton.LeftButton, pos=at)
    assert opened.args == [147]


def test_arrows_move_and_tell_which_row_is_current(shown, qtbot):
    table, _model = table_of()
    shown(table)
    table.select_id(145)
    table.setFocus()
    with qtbot.waitSignal(table.current_changed) as changed:
        qtbot.keyClick(table, Qt.Key.Key_Down)
    assert changed.args == [146]
    assert table.current_id() == 146


def test_a_click_on_a_head_sorts_and_another_turns_it_round(shown, qtbot):
    table, model = table_of()
    shown(table)
    head = table.horizontalHeader()
    for expected in ([145, 146, 147], [147, 146, 145]):
        qtbot.mouseClick(head.viewport(), Qt.MouseButton.LeftButton, pos=QPoint(30, 20))
        assert [model.id_at(model.index(row, 0)) for row in range(3)] == expected
    assert table.sorted_column() == 0
    at = QPoint(head.sectionViewportPosition(1) + 20, 20)
    qtbot.mouseClick(head.viewport(), Qt.MouseButton.LeftButton, pos=at)
    assert table.sorted_column() == 0


def test_reading_again_keeps_row_and_place(shown):
    rows = [(number, f"Name {number}") for number in range(500)]
    table, _model = table_of(rows)
    shown(table)
    table.select_id(250)
    at = table.verticalScrollBar().value()
    table.reload()
    assert (table.current_id(), table.verticalScrollBar().value()) == (250, at)
    assert at > 0


def test_an_unknown_id_selects_nothing(shown):
    table, _model = table_of()
    shown(table)
    assert not table.select_id(999)
    assert table.current_id() is None


def test_the_chosen_row_has_a_fill_and_a_bar(shown):
    table, model = table_of()
    shown(table)
    table.select_id(146)
    image = table.viewport().grab().toImage()
    y = table.visualRect(model.index(1, 0)).center().y()
    assert image.pixelColor(1, y).name() == look.theme().accent.name()
    assert image.pixelColor(8, y).name() == look.theme().accent_soft.name()


def test_the_row_under_the_pointer_is_tinted(shown):
    table, model = table_of()
    shown(table)
    y = table.visualRect(model.index(2, 0)).center().y()
    move(table, QPoint(5, y))
    image = table.viewport().grab().toImage()
    assert table.hovered_row() == 2
    assert image.pixelColor(5, y).name() == look.theme().hover.name()


def test_heads_and_rows_have_the_heights_of_the_design(shown):
    table, _model = table_of()
    shown(table)
    assert table.horizontalHeader().height() == 40
    assert table.rowHeight(0) == 52
    assert table.columnWidth(0) == 80


def test_a_card_says_count_and_sum(shown):
    table, _model = table_of()
    card = shown(TableCard(table))
    card.show_foot("12 open cases", "At stake", "£7,515 a year")
    said = {text.text() for text in card.findChildren(type(card._left)) if text.isVisible()}
    assert said == {"12 open cases", "At stake", "£7,515 a year"}


# ---- what is due

GROUPS = [
    TaskGroup("Late", "circle-alert", [TaskRow(1, "Call", "Gareth", "Kettle", when="2 days late")]),
    TaskGroup("Nothing", "sun", []),
    TaskGroup("Today", "sun", [TaskRow(2, "Write"), TaskRow(3, "Give")]),
]


def tasks_of(shown):
    tasks = TaskList(name="To do")
    tasks.show_groups(GROUPS)
    shown(tasks, 900, 500)
    tasks.setFocus()
    return tasks


def test_headings_are_passed_over_by_the_arrows(shown, qtbot):
    tasks = tasks_of(shown)
    tasks.select_id(1)
    qtbot.keyClick(tasks, Qt.Key.Key_Down)
    assert tasks.current_id() == 2
    qtbot.keyClick(tasks, Qt.Key.Key_Up)
    assert tasks.current_id() == 1


def test_groups_of_nothing_are_left_out(shown):
    tasks = tasks_of(shown)
    said = [tasks.tasks.index(row).data() for row in range(tasks.tasks.rowCount())]
    assert said == ["Late, 1", "Call, Gareth, Kettle, 2 days late", "Today, 2", "Write", "Give"]


def test_keys_do_what_they_say_for_the_current_row(shown, qtbot):
    tasks = tasks_of(shown)
    tasks.select_id(2)
    heard = []
    tasks.done_wanted.connect(lambda id_: heard.append(("done", id_)))
    tasks.snooze_wanted.connect(lambda id_: heard.append(("snooze", id_)))
    tasks.open_wanted.connect(lambda id_: heard.append(("open", id_)))
    tasks.no_answer_wanted.connect(lambda id_: heard.append(("no answer", id_)))
    tasks.skip_wanted.connect(lambda id_: heard.append(("skip", id_)))
    for key in (Qt.Key.Key_Space, Qt.Key.Key_S, Qt.Key.Key_Return, Qt.Key.Key_N, Qt.Key.Key_X):
        qtbot.keyClick(tasks, key)
    assert [what for what, _id in heard] == ["done", "snooze", "open", "no answer", "skip"]
    assert {id_ for _what, id_ in heard} == {2}


def test_a_click_into_the_circle_is_enough(shown, qtbot):
    tasks = tasks_of(shown)
    rect = tasks.visualRect(tasks.tasks.index_of(3))
    with qtbot.waitSignal(tasks.done_wanted) as done:
        at = circle_box(rect).center()
        qtbot.mouseClick(tasks.viewport(), Qt.MouseButton.LeftButton, pos=at)
    assert done.args == [3]


def test_the_small_buttons_work_by_mouse(shown, qtbot):
    tasks = tasks_of(shown)
    boxes = action_boxes(tasks.visualRect(tasks.tasks.index_of(2)))
    signals = (tasks.done_wanted, tasks.snooze_wanted, tasks.open_wanted)
    for box, signal in zip(boxes, signals, strict=True):
        with qtbot.waitSignal(signal) as heard:
            qtbot.mouseClick(tasks.viewport(), Qt.MouseButton.LeftButton, pos=box.center())
        assert heard.args == [2]


def test_a_double_click_opens_and_a_heading_does_nothing(shown, qtbot):
    tasks = tasks_of(shown)
    middle = tasks.visualRect(tasks.tasks.index_of(1)).center()
    with qtbot.waitSignal(tasks.open_wanted) as opened:
        qtbot.mouseDClick(tasks.viewport(), Qt.MouseButton.LeftButton, pos=middle)
    assert opened.args == [1]
    with qtbot.assertNotEmitted(tasks.open_wanted):
        head = tasks.visualRect(tasks.tasks.index(0)).center()
        qtbot.mouseDClick(tasks.viewport(), Qt.MouseButton.LeftButton, pos=head)


def test_what_is_done_gives_its_place_to_the_next(shown):
    tasks = tasks_of(shown)
    tasks.select_id(2)
    tasks.show_groups([GROUPS[0], TaskGroup("Today", "sun", [TaskRow(3, "Give")])])
    assert tasks.current_id() == 3
    tasks.show_groups([GROUPS[0]])
    assert tasks.current_id() == 1
    tasks.show_groups([])
    assert tasks.current_id() is None


def test_the_pointer_shows_what_can_be_done(shown):
    tasks = tasks_of(shown)
    rect = tasks.visualRect(tasks.tasks.index_of(2))
    before = tasks.viewport().grab().toImage()
    move(tasks, rect.center())
    assert tasks.viewport().grab().toImage() != before
    assert tasks.hovered_row() == tasks.tasks.index_of(2).row()


def test_a_menu_is_asked_for_a_row_only(shown, qtbot):
    tasks = tasks_of(shown)
    with qtbot.waitSignal(tasks.menu_wanted) as wanted:
        tasks.customContextMenuRequested.emit(tasks.visualRect(tasks.tasks.index_of(3)).center())
    assert wanted.args[0] == 3
    with qtbot.assertNotEmitted(tasks.menu_wanted):
        tasks.customContextMenuRequested.emit(tasks.visualRect(tasks.tasks.index(0)).center())
