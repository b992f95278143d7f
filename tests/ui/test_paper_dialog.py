import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractButton, QApplication, QMessageBox, QWidget

from recoverydesk.domain.document import DocumentKind, DocumentStatus
from recoverydesk.errors import FileTroubleError, InvalidEntryError, NotFoundError
from recoverydesk.services import customers, papers
from recoverydesk.services.customers import CustomerEntry
from recoverydesk.services.papers import Paper
from ui import printing
from ui.dialogs import paper
from ui.dialogs.paper import PaperDialog

CTRL = Qt.KeyboardModifier.ControlModifier


@pytest.fixture
def printed(monkeypatch):
    """What went to the printer."""
    printed = []

    def print_pdf(_parent, pdf, _title):
        printed.append(pdf)
        return True

    monkeypatch.setattr(printing, "print_pdf", print_pdf)
    return printed


@pytest.fixture
def saved(monkeypatch, tmp_path):
    """What went into files."""
    saved = []

    def save_pdf_as(_parent, pdf, file_name):
        saved.append(pdf)
        return tmp_path / file_name

    monkeypatch.setattr(printing, "save_pdf_as", save_pdf_as)
    return saved


@pytest.fixture
def ready(shown, qtbot):
    """Bring a dialog that a function opened to the front."""

    def bring(opening, *args):
        dialog = opening(shown(QWidget()), *args)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose, on=False)
        dialog.activateWindow()
        qtbot.waitUntil(lambda: QApplication.activeWindow() is dialog)
        return dialog

    return bring


def export(dialog):
    buttons = dialog.findChildren(QAbstractButton)
    next(one for one in buttons if one.accessibleName() == "Export PDF…").click()


def kept(session, case_id):
    with session.desk.reading():
        return papers.of_case(case_id)


@pytest.fixture
def voucher(shop):
    return shop.voucher(case_id=shop.case(name="Ada Obi"))


def test_the_checklist_shown_is_the_one_that_prints_and_is_kept(
    ready, session, shop, printed, qtbot
):
    shop.case(name="Ada Obi")
    dialog = ready(paper.open_checklist, session)
    qtbot.keyClick(dialog, Qt.Key.Key_P, CTRL)
    assert printed == [dialog.pdf]
    assert papers.content(session.desk, 1)[1] == dialog.pdf
    assert not dialog.isVisible()


def test_a_certificate_is_kept_with_its_case(ready, session, voucher, printed, qtbot):
    dialog = ready(paper.open_certificate, session, voucher.code)
    qtbot.keyClick(dialog, Qt.Key.Key_P, CTRL)
    found = kept(session, voucher.case_id)[0]
    assert (found.kind, found.status) == (DocumentKind.CERTIFICATE, DocumentStatus.PRINTED)
    assert papers.content(session.desk, found.document_id)[1] == printed[0] == dialog.pdf


def test_a_certificate_saved_as_a_file_is_kept_once(ready, session, voucher, saved):
    dialog = ready(paper.open_certificate, session, voucher.code)
    export(dialog)
    export(dialog)
    assert [one.status for one in kept(session, voucher.case_id)] == [DocumentStatus.PREPARED]
    assert saved == [dialog.pdf, dialog.pdf]


def test_a_kept_paper_prints_its_old_bytes_and_is_not_kept_again(
    ready, session, shop, voucher, printed, saved, qtbot
):
    first = ready(paper.open_certificate, session, voucher.code)
    qtbot.keyClick(first, Qt.Key.Key_P, CTRL)
    document_id = kept(session, voucher.case_id)[0].document_id
    whose = shop.view(voucher.case_id).customer_id
    customers.change(session.desk, whose, CustomerEntry(name="Ada Renamed"))
    again = ready(paper.open_kept, session, document_id)
    export(again)
    qtbot.keyClick(again, Qt.Key.Key_P, CTRL)
    assert printed == [first.pdf, first.pdf]
    assert saved == [first.pdf]
    assert len(kept(session, voucher.case_id)) == 1


def test_a_voucher_that_is_not_there_opens_nothing(session, shown):
    window = shown(QWidget())
    with pytest.raises(InvalidEntryError):
        paper.open_certificate(window, session, "AAAA-BBBB-CCCC")
    assert window.findChild(PaperDialog) is None


def test_a_paper_no_longer_on_the_desk_opens_nothing(session, shown):
    with pytest.raises(NotFoundError):
        paper.open_kept(shown(QWidget()), session, 999)


def test_a_printer_in_trouble_keeps_nothing_and_says_so(
    ready, session, voucher, monkeypatch, qtbot
):
    def refuse(*_args):
        raise FileTroubleError("The printer didn't take it.")

    monkeypatch.setattr(printing, "print_pdf", refuse)
    dialog = ready(paper.open_certificate, session, voucher.code)
    qtbot.keyClick(dialog, Qt.Key.Key_P, CTRL)
    assert dialog.findChild(QMessageBox).text() == "The printer didn't take it."
    assert kept(session, voucher.case_id) == ()
    assert dialog.isVisible()


def test_a_title_is_words_and_no_mark_up(session, shown, printed, qtbot):
    content = paper.checklists.paper(session.desk, now=session.now()).content
    odd = Paper(DocumentKind.CHECKLIST, "<b>List</b>", "list.pdf", content, pages=1)
    dialog = PaperDialog(session, odd, parent=shown(QWidget()))
    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose, on=False)
    dialog.open()
    assert dialog.windowTitle() == "<b>List</b>"
    dialog.activateWindow()
    qtbot.waitUntil(lambda: QApplication.activeWindow() is dialog)
    qtbot.keyClick(dialog, Qt.Key.Key_P, CTRL)
    assert printed == [content]
