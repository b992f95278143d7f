import os

import pypdfium2
import pytest
from PySide6.QtPrintSupport import QPrinter
from PySide6.QtWidgets import QFileDialog, QWidget

from recoverydesk.errors import FileTroubleError
from recoverydesk.services.papers import write_file
from tests.ui.gallery import blank_pdf
from ui import printing
from ui.printing import draw_pages, save_pdf_as


@pytest.fixture
def paper(qtbot, tmp_path):  # noqa: ARG001 - an application has to be there
    """Return a printer that prints into a file."""
    printer = QPrinter(QPrinter.PrinterMode.HighResolution)
    printer.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
    printer.setOutputFileName(str(tmp_path / "printed.pdf"))
    return printer


def test_every_page_is_printed_on_its_own_paper_size(paper, tmp_path):
    assert draw_pages(blank_pdf(pages=3), paper) == 3
    printed = pypdfium2.PdfDocument(tmp_path / "printed.pdf")
    sizes = [tuple(round(side) for side in page.get_size()) for page in printed]
    printed.close()
    assert sizes == [(595, 842)] * 3
    assert paper.resolution() == printing.DPI


@pytest.mark.no_qt_log
def test_a_printer_that_takes_nothing_is_told_in_words(paper, tmp_path):
    paper.setOutputFileName(str(tmp_path / "no such folder" / "x.pdf"))
    with pytest.raises(FileTroubleError, match="printer"):
        draw_pages(blank_pdf(), paper)


def test_a_file_is_written_whole(tmp_path):
    path = tmp_path / "letter.pdf"
    path.write_bytes(b"old")
    write_file(path, b"new")
    assert path.read_bytes() == b"new"
    assert [entry.name for entry in tmp_path.iterdir()] == ["letter.pdf"]


def test_a_full_disk_leaves_the_old_file_and_no_crumbs(tmp_path, monkeypatch):
    path = tmp_path / "letter.pdf"
    path.write_bytes(b"old")

    def full(_handle):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(FileTroubleError, match=r"letter\.pdf could not be written: No space left"):
        write_file(path, b"new")
    assert path.read_bytes() == b"old"
    assert [entry.name for entry in tmp_path.iterdir()] == ["letter.pdf"]


def test_a_folder_that_is_a_file_is_told(tmp_path):
    (tmp_path / "in the way").write_bytes(b"")
    with pytest.raises(FileTroubleError):
        write_file(tmp_path / "in the way" / "letter.pdf", b"new")


def choosing(monkeypatch, chosen):
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_args: (str(chosen), ""))


def test_saving_adds_the_ending_that_was_left_out(qtbot, tmp_path, monkeypatch):
    window = QWidget()
    qtbot.addWidget(window)
    choosing(monkeypatch, tmp_path / "letter")
    assert save_pdf_as(window, b"%PDF", "proposed.pdf") == tmp_path / "letter.pdf"
    assert (tmp_path / "letter.pdf").read_bytes() == b"%PDF"


def test_saving_can_be_called_off(qtbot, monkeypatch):
    window = QWidget()
    qtbot.addWidget(window)
    choosing(monkeypatch, "")
    assert save_pdf_as(window, b"%PDF", "proposed.pdf") is None
