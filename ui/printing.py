"""Paper and files from a PDF that is already made: no temporary file in between."""

from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, QMarginsF, QRect, QSizeF, QUrl
from PySide6.QtGui import QImage, QPageLayout, QPageSize, QPainter
from PySide6.QtWidgets import QFileDialog, QWidget

from recoverydesk import places
from recoverydesk.documents import pdfium
from recoverydesk.errors import FileTroubleError
from recoverydesk.services import papers

if TYPE_CHECKING:
    from pypdfium2 import PdfPage
    from PySide6.QtPrintSupport import QPrinter

DPI = 300
"""Pages are drawn at this density: twice as much doubles the memory and looks the same."""

POINTS_PER_INCH = 72
DRAFTS_STAY = 24 * 3600
"""Seconds that an e-mail draft lies in the outbox."""

_CONTEXT = "recoverydesk"


def print_pdf(parent: QWidget, pdf: bytes, title: str) -> bool:
    """Ask for a printer and print a PDF from memory.

    Args:
        parent: the window the dialog belongs to.
        pdf: a whole PDF file.
        title: what the printer's queue shows.

    Returns:
        Whether it was sent to the printer; False where the owner thought better of it.

    Raises:
        FileTroubleError: the printer took nothing.
    """
    from PySide6.QtPrintSupport import (  # noqa: PLC0415 - 10 ms that only printing needs
        QPrintDialog,
        QPrinter,
    )

    printer = QPrinter(QPrinter.PrinterMode.HighResolution)
    printer.setDocName(title)
    dialog = QPrintDialog(printer, parent)
    dialog.setWindowTitle(title)
    if not dialog.exec():
        return False
    draw_pages(pdf, printer)
    return True


def draw_pages(pdf: bytes, printer: "QPrinter") -> int:
    """Draw every page of a PDF onto a printer and return how many there were.

    Raises:
        FileTroubleError: the printer can't be written to.
    """
    import pypdfium2  # noqa: PLC0415 - 70 ms that only printing needs

    printer.setResolution(DPI)
    printer.setFullPage(True)
    with pdfium.LOCK, closing(pypdfium2.PdfDocument(pdf)) as document:
        pages = [document[number] for number in range(len(document))]
        printer.setPageLayout(_layout_of(pages[0]))
        painter = QPainter()
        if not painter.begin(printer):
            raise _no_printer()
        for number, page in enumerate(pages):
            if number:
                printer.newPage()
            painter.drawImage(_paper(printer), page_image(page, DPI / POINTS_PER_INCH))
        painter.end()
        return len(pages)


def page_image(page: "PdfPage", scale: float) -> QImage:
    """Return a page as a picture; `scale` in pixels per point (1/72 inch)."""
    with pdfium.LOCK:
        bitmap = page.render(scale=scale, rev_byteorder=True, prefer_bgrx=True)
        image = QImage(
            bitmap.buffer, bitmap.width, bitmap.height, bitmap.stride, QImage.Format.Format_RGBX8888
        )
        # The buffer belongs to the bitmap, which is gone in a moment.
        return image.copy()


def _layout_of(page: "PdfPage") -> QPageLayout:
    width, height = page.get_size()
    landscape = width > height
    # A page size is given upright; turning it is the orientation's work.
    points = QSizeF(min(width, height), max(width, height))
    turned = QPageLayout.Orientation.Landscape if landscape else QPageLayout.Orientation.Portrait
    size = QPageSize(points, QPageSize.Unit.Point, "", QPageSize.SizeMatchPolicy.FuzzyMatch)
    return QPageLayout(size, turned, QMarginsF())


def _paper(printer: "QPrinter") -> QRect:
    return printer.pageLayout().fullRectPixels(printer.resolution())


def _no_printer() -> FileTroubleError:
    translate = QCoreApplication.translate
    return FileTroubleError(
        translate(_CONTEXT, "The printer didn't take it."),
        advice=translate(
            _CONTEXT, "Nothing is lost. Check that the printer is on, or save it as a PDF instead."
        ),
    )


def open_draft(content: bytes, file_name: str) -> Path:
    """Hand an e-mail draft to the mail program; return its file.

    Drafts that were handed over more than a day ago are taken away: the desk keeps its own.

    Raises:
        FileTroubleError: it can't be written, or no program takes it; the file is there then.
    """
    from PySide6.QtGui import QDesktopServices  # noqa: PLC0415 - for this alone

    folder = places.outbox_folder()
    path = papers.free_path(folder, file_name)
    papers.write_file(path, content)
    _clear_out(folder, newest=path.stat().st_mtime)
    if not QDesktopServices.openUrl(QUrl.fromLocalFile(str(path))):
        translate = QCoreApplication.translate
        raise FileTroubleError(
            translate(_CONTEXT, "No mail program on this computer opens e-mail drafts."),
            advice=translate(_CONTEXT, "The draft is here: {path}").format(path=path),
        )
    return path


def _clear_out(folder: Path, *, newest: float) -> None:
    """Take away copies that were handed over more than a day ago: the desk keeps its own."""
    for old in folder.iterdir():
        if old.is_file() and newest - old.stat().st_mtime > DRAFTS_STAY:
            old.unlink(missing_ok=True)


def open_file(content: bytes, file_name: str) -> Path:
    """Open a copy of something kept in the desk with the program for it; return the copy.

    Raises:
        FileTroubleError: it can't be written, or no program opens it; the copy is there then.
    """
    from PySide6.QtGui import QDesktopServices  # noqa: PLC0415 - for this alone

    folder = places.outbox_folder()
    path = papers.free_path(folder, file_name)
    papers.write_file(path, content)
    _clear_out(folder, newest=path.stat().st_mtime)
    if not QDesktopServices.openUrl(QUrl.fromLocalFile(str(path))):
        translate = QCoreApplication.translate
        raise FileTroubleError(
            translate(_CONTEXT, "No program on this computer opens this kind of file."),
            advice=translate(_CONTEXT, "A copy of it is here: {path}").format(path=path),
        )
    return path


def save_pdf_as(parent: QWidget, pdf: bytes, file_name: str) -> Path | None:
    """Ask where to and save a PDF there; return the file, or None where the owner didn't want to.

    Args:
        parent: the window the dialog belongs to.
        pdf: a whole PDF file.
        file_name: what to propose; a name that is safe on every system.

    Raises:
        FileTroubleError: it can't be written; whatever was there before is untouched.
    """
    title = QCoreApplication.translate(_CONTEXT, "Save as PDF")
    return save_file_as(parent, pdf, file_name, "PDF (*.pdf)", title=title)


def save_file_as(
    parent: QWidget, content: bytes, file_name: str, kind: str, *, title: str = ""
) -> Path | None:
    """Ask where to and save a file there; return it, or None where the owner didn't want to.

    Args:
        parent: the window the dialog belongs to.
        content: of the file.
        file_name: what to propose; a name that is safe on every system.
        kind: what the dialog calls it, with its ending: "PDF (*.pdf)".
        title: of the dialog.

    Raises:
        FileTroubleError: it can't be written; whatever was there before is untouched.
    """
    title = title or QCoreApplication.translate(_CONTEXT, "Save")
    chosen, _kind = QFileDialog.getSaveFileName(parent, title, str(Path.home() / file_name), kind)
    if not chosen:
        return None
    path = Path(chosen)
    if not path.suffix:
        path = path.with_suffix(Path(file_name).suffix)
    papers.write_file(path, content)
    return path
