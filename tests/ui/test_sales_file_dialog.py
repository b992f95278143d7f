"""Sales from the till, as an owner takes them in."""

import pytest
from PySide6.QtCore import QMimeData, QPoint, Qt, QUrl
from PySide6.QtGui import QDropEvent
from PySide6.QtWidgets import QAbstractButton, QApplication, QFileDialog, QLabel, QWidget

from recoverydesk.services import sales_files, sales_imports, sales_plans
from recoverydesk.storage.tables import Sale
from ui.dialogs.quiet_regulars import QuietRegularsDialog
from ui.dialogs.sales_file import SalesFileDialog

ADA, BEN = "07700 900123", "07700 900456"


class Screen:
    """A dialog, driven by what an owner sees of it."""

    def __init__(self, dialog, session, qtbot):
        self.dialog, self.session, self.qtbot = dialog, session, qtbot

    def ready(self):
        self.qtbot.waitUntil(lambda: not self.session.jobs.is_busy())
        QApplication.processEvents()
        return self

    def read(self, path):
        self.dialog.read_file(path)
        return self.ready()

    def texts(self):
        QApplication.processEvents()
        return [one.text() for one in self.dialog.findChildren(QLabel) if one.isVisible()]

    def says(self, words):
        return any(words in text for text in self.texts())

    def button(self, words):
        buttons = self.dialog.findChildren(QAbstractButton)
        return next(one for one in buttons if words in one.accessibleName())

    def choose(self, name, key):
        choice = next(
            one for one in self.dialog.findChildren(QWidget) if one.accessibleName() == name
        )
        choice.choose(key)
        choice.chosen.emit(key)
        return self.ready()


@pytest.fixture
def open_screen(session, shown, qtbot):
    def open_one():
        dialog = SalesFileDialog(session, parent=shown(QWidget(), 1000, 800))
        with qtbot.waitActive(dialog):
            dialog.open()
        return Screen(dialog, session, qtbot)

    return open_one


@pytest.fixture
def screen(open_screen):
    return open_screen()


def till(tmp_path, *lines, head="date;amount;phone;name"):
    path = tmp_path / "till.csv"
    path.write_text("\n".join((head, *lines)), encoding="utf-8")
    return path


def sales(shop):
    with shop.desk.reading():
        return Sale.select().count()


def test_a_file_is_looked_at_told_and_taken_in_by_keys(shop, screen, tmp_path, qtbot, monkeypatch):
    shop.customer(phone=ADA)
    path = till(tmp_path, f"2026-02-27;2.00;{ADA};", f"2026-02-27;2.00;{BEN};", f"x;2.00;{ADA};")
    monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *_: (str(path), ""))

    qtbot.keyClick(screen.button("Choose a file"), Qt.Key.Key_Space)
    screen.ready()

    assert screen.says("3 lines; 1 is of 1 customer on the desk.")
    assert screen.says("Nobody is added")
    assert screen.says("1 line is unclear")
    assert sales(shop) == 0

    qtbot.keyClick(screen.dialog, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    screen.ready()

    assert sales(shop) == 1


def test_a_file_can_be_dropped(shop, screen, tmp_path):
    shop.customer(phone=ADA)
    mime = QMimeData()
    mime.setUrls([QUrl.fromLocalFile(str(till(tmp_path, f"2026-02-27;2.00;{ADA};")))])
    left, none = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier

    screen.dialog.dropEvent(QDropEvent(QPoint(9, 9), Qt.DropAction.CopyAction, mime, left, none))

    assert screen.ready().says("1 line; 1 is of 1 customer")


def test_a_picture_called_csv_is_refused_in_a_sentence(screen, tmp_path):
    path = tmp_path / "till.csv"
    path.write_bytes(b"\x89PNG\r\n" + bytes(99))

    assert screen.read(path).says("till.csv isn't a list of sales.")
    assert not screen.dialog.save_button.isEnabled()


def test_an_order_of_days_that_nothing_tells_is_asked_beside_its_picker(shop, screen, tmp_path):
    shop.customer(phone=ADA)
    screen.read(till(tmp_path, f"01/02/2026;2.00;{ADA};"))
    assert screen.says("Nothing in the file tells whether the day or the month comes first.")
    assert not screen.dialog.save_button.isEnabled()

    screen.choose("Order of days", "month_first")

    assert screen.says("1 line; 1 is of 1 customer")
    assert screen.dialog.save_button.isEnabled()


def test_a_wrong_column_is_told_and_mended(shop, screen, tmp_path):
    shop.customer(phone=ADA)
    screen.read(till(tmp_path, f"2026-02-27;2.00;{ADA};"))

    screen.choose("Amount", "")
    assert screen.says("Choose the column with the amount.")

    screen.choose("Amount", "1")
    assert screen.dialog.save_button.isEnabled()


def test_the_same_file_twice_says_so(shop, open_screen, tmp_path):
    shop.customer(phone=ADA)
    path = till(tmp_path, f"2026-02-27;2.00;{ADA};")
    first = open_screen().read(path)
    first.dialog.save_wanted.emit()
    first.ready()

    screen = open_screen().read(path)

    assert not screen.dialog.save_button.isEnabled()
    assert screen.says("This file was read before")
    assert screen.says("nothing would change")


def test_whoever_came_back_is_named_and_their_case_opens(shop, screen, tmp_path):
    case_id = shop.settled_case(phone=ADA)
    shop.later(days=3)
    wanted = []
    screen.dialog.case_wanted.connect(wanted.append)
    screen.read(till(tmp_path, f"2026-03-04;2.00;{ADA};")).dialog.save_wanted.emit()
    screen.ready()
    assert screen.says("They came back after it was put right:")

    screen.button("Ada Obi").click()

    assert wanted == [case_id]


def test_a_stop_saves_nothing_and_offers_it_again(shop, screen, tmp_path, monkeypatch):
    shop.customer(phone=ADA)
    screen.read(till(tmp_path, f"2026-02-27;2.00;{ADA};"))

    def stopped(*_plan, progress, **_how):
        screen.dialog._stop_job()
        progress.step(0, 1)

    with monkeypatch.context() as patched:
        patched.setattr(sales_imports, "take", stopped)
        screen.dialog.save_wanted.emit()
        screen.ready()

    assert screen.says("Stopped. Nothing was saved.")
    assert screen.dialog.save_button.isEnabled()
    assert sales(shop) == 0


def test_without_sales_the_list_of_regulars_says_what_to_do(session, shown, qtbot):
    dialog = QuietRegularsDialog(session, parent=shown(QWidget(), 1000, 800))
    with qtbot.waitActive(dialog):
        dialog.open()

    assert Screen(dialog, session, qtbot).says("take in the sales from your till first")


def test_a_call_to_a_quiet_regular_is_planned_with_one_press(shop, session, shown, qtbot, tmp_path):
    shop.customer("Ada Obi", phone=ADA)
    shop.customer("Ben Lee", phone=BEN)
    lines = [f"2025-{month:02}-01;9.00;{ADA};" for month in (5, 6, 7, 8)]
    file = sales_files.read(till(tmp_path, *lines, f"2026-03-01;1.00;{BEN};"))
    columns = sales_plans.columns_for(shop.desk, file)
    plan = sales_plans.plan(shop.desk, file, columns, now=shop.now)
    sales_imports.take(shop.desk, plan, now=shop.now)
    dialog = QuietRegularsDialog(session, parent=shown(QWidget(), 1000, 800))
    with qtbot.waitActive(dialog):
        dialog.open()
    screen = Screen(dialog, session, qtbot)
    assert screen.says("1 regular hasn't been here")

    screen.button("Plan a call to Ada Obi").click()

    assert screen.says("Call on")
