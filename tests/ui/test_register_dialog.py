"""The month for the books, from the window and from the command line."""

import json
from datetime import UTC, datetime

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QAbstractButton, QApplication, QFileDialog, QMessageBox, QWidget

from recoverydesk.services import registers, vouchers
from tests.reading import text_of
from ui import cli
from ui.dialogs.register import RegisterDialog
from ui.widgets.text import Text

CTRL = Qt.KeyboardModifier.ControlModifier


@pytest.fixture
def books(shop):
    """March: a refund and a voucher that is used in April."""
    case_id = shop.case(name="王小明")
    shop.agreed(case_id, value_cents=2000, cost_cents=840)
    voucher = shop.voucher(value_cents=2500, cost_cents=1100)
    shop.now = datetime(2026, 4, 10, 9, 0, tzinfo=UTC)
    vouchers.redeem(shop.desk, voucher.code, now=shop.now, amount_cents=600)
    return shop


@pytest.fixture
def dialog(session, shown, qtbot):
    def make():
        box = RegisterDialog(session, parent=shown(QWidget(), 1200, 760))
        box.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose, on=False)
        box.open()
        box.activateWindow()
        qtbot.waitUntil(lambda: QApplication.activeWindow() is box)
        return box

    return make


@pytest.fixture
def saved_as(monkeypatch, tmp_path):
    """Answer the system's dialog with a file in a folder; return the folder."""
    asked = []

    def answer(_parent, title, proposed, kind):
        asked.append((title, proposed, kind))
        return str(tmp_path / proposed.rpartition("/")[2]), kind

    monkeypatch.setattr(QFileDialog, "getSaveFileName", answer)
    return tmp_path


def said(box):
    QApplication.processEvents()
    return [one.text() for one in box.findChildren(Text) if one.isVisible() and one.text()]


def press(box, name):
    buttons = box.findChildren(QAbstractButton)
    next(one for one in buttons if one.isVisible() and one.accessibleName() == name).click()


def test_it_begins_with_the_month_that_is_over(books, dialog):  # noqa: ARG001
    box = dialog()
    assert box.month.key() == "2026-03"
    words = said(box)
    assert "Worth in all (2)" in words
    assert "£45.00" in words
    assert "£19.40" in words


def test_another_month_shows_its_own_sums(books, dialog):  # noqa: ARG001
    box = dialog()
    box.month.choose("2026-04")
    box.month.chosen.emit("2026-04")
    words = said(box)
    assert "Worth in all (0)" in words
    assert {"Redeemed", "-£6.00", "£19.00"} <= set(words)


def test_a_new_desk_has_this_month(shop, dialog):  # noqa: ARG001
    assert dialog().month.key() == "2026-03"


def test_it_is_saved_as_a_spreadsheet(books, dialog, saved_as):
    box = dialog()
    press(box, "Save as CSV…")
    (path,) = saved_as.glob("*.csv")
    assert path.read_bytes() == registers.as_csv(registers.month(books.desk, 2026, 3))
    assert f"Saved as {path.name}" in said(box)


def test_ctrl_enter_saves_it_as_a_pdf(books, dialog, saved_as, qtbot):  # noqa: ARG001
    box = dialog()
    qtbot.keyClick(box, Qt.Key.Key_Return, CTRL)
    (path,) = saved_as.glob("*.pdf")
    assert "Register for March 2026" in text_of(path)
    assert box.isVisible()


@pytest.mark.parametrize("name", ["Save as CSV…", "Save as PDF…"])
def test_who_thinks_better_of_it_saves_nothing(books, dialog, monkeypatch, name):  # noqa: ARG001
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_asked: ("", ""))
    box = dialog()
    press(box, name)
    assert not [words for words in said(box) if words.startswith("Saved")]


def test_it_opens_in_the_program_for_it(books, dialog, monkeypatch):  # noqa: ARG001
    opened = []
    monkeypatch.setattr(QDesktopServices, "openUrl", lambda url: opened.append(url) or True)
    box = dialog()
    press(box, "Open it")
    assert "Register for March 2026" in text_of(opened[0].toLocalFile())


def test_a_folder_that_takes_nothing_is_told(books, dialog, monkeypatch, tmp_path):  # noqa: ARG001
    (tmp_path / "file").write_text("in the way")
    target = str(tmp_path / "file" / "r.csv")
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_asked: (target, ""))
    box = dialog()
    press(box, "Save as CSV…")
    QApplication.processEvents()
    (message,) = [one for one in box.findChildren(QMessageBox) if one.isVisible()]
    assert "could not be written" in message.text()
    message.close()


def test_every_control_has_a_name(books, dialog):  # noqa: ARG001
    box = dialog()
    controls = [one for one in box.findChildren(QWidget) if one.isVisible()]
    focusable = [one for one in controls if one.focusPolicy() & Qt.FocusPolicy.TabFocus]
    assert focusable
    for one in focusable:
        assert one.accessibleName() or type(one).__name__ == "ScrollArea", type(one)


# -- the command line ----------------------------------------------------------------------------


@pytest.fixture
def run(books, capsys):
    """Run the command on the shop's desk; return exit code, stdout and stderr."""
    path = str(books.desk.path)

    def command(*words):
        capsys.readouterr()
        code = cli.main(["--desk", path, "register", *map(str, words)], now=books.now)
        return code, *capsys.readouterr()

    return command


def test_the_command_sums_a_month_up(run):
    code, out, err = run("--month", "2026-03")
    assert (code, err) == (0, "")
    assert "Given: £45.00, cost £19.40" in out
    assert "Left on vouchers after: £25.00" in out


def test_without_a_month_it_is_this_one(run):
    _code, out, _err = run()
    assert out.startswith("Register for April 2026\n")
    assert "Redeemed: -£6.00" in out


def test_the_answer_is_one_json_value_in_pennies(run):
    _code, out, _err = run("--month", "2026-03", "--json")
    answer = json.loads(out)
    assert answer["totals"]["given_value_cents"] == 4500
    assert [line["value_cents"] for line in answer["lines"] if line["part"] == "given"] == [
        2000,
        2500,
    ]


@pytest.mark.parametrize("ending", ["csv", "pdf", "CSV"])
def test_it_writes_a_file(run, tmp_path, ending):
    path = tmp_path / f"march.{ending}"
    code, out, err = run("--month", "2026-03", "--out", path)
    assert (code, out, err) == (0, f"{path}: Register for March 2026\n", "")
    assert path.read_bytes().startswith(b"%PDF" if ending == "pdf" else b"\xef\xbb\xbf")


def test_a_file_told_as_json_names_itself_and_its_sums(run, tmp_path):
    _code, out, _err = run("--month", "2026-03", "--out", tmp_path / "m.csv", "--json")
    answer = json.loads(out)
    assert answer["title"] == "Register for March 2026"
    assert answer["totals"]["closing_cents"] == 2500


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        (("--month", "March"), "That is no month. Write it like 2026-11."),
        (("--out", "register.xlsx"), "register.xlsx should end in .csv or .pdf."),
    ],
)
def test_what_can_be_mended_is_one_sentence(run, words, sentence):
    assert run(*words) == (1, "", f"{sentence}\n")
