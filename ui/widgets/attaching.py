"""Files that are pasted, dropped or chosen: looked through off the interface's thread."""

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QBuffer, QIODevice, QMimeData, QObject, Qt, Signal
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QFileDialog, QWidget

from recoverydesk.errors import InvalidEntryError, RecoveryDeskError
from recoverydesk.progress import Progress
from ui.session import Session
from ui.wording import tr

if TYPE_CHECKING:
    from recoverydesk.documents.incoming import Incoming

Raw = tuple[str, bytes | Path]
"""A file's name, and its bytes or where they lie."""


class Attaching(QObject):
    """Takes in what is pasted, dropped or chosen.

    Signals:
        taken: files that may be kept. Argument: a list of `Incoming`.
        refused: one that may not. Argument: the `RecoveryDeskError`; the others are taken.
    """

    taken = Signal(object)
    refused = Signal(object)

    def __init__(self, session: Session, parent: QWidget) -> None:
        super().__init__(parent)
        self._session = session
        self._parent = parent

    @staticmethod
    def offers(mime: QMimeData) -> bool:
        """Say whether something copied or dragged holds a file or a picture."""
        return mime.hasImage() or any(url.isLocalFile() for url in mime.urls())

    def take(self, mime: QMimeData) -> bool:
        """Take what was copied or dragged; return whether there was anything to take."""
        paths = [Path(url.toLocalFile()) for url in mime.urls() if url.isLocalFile()]
        if paths:
            self.take_files(paths)
            return True
        if mime.hasImage():
            picture = QImage(mime.imageData())
            if not picture.isNull():
                self._look_through([(tr("Pasted picture.png"), _as_png(picture))])
                return True
        return False

    def take_files(self, paths: Sequence[Path]) -> None:
        """Take files."""
        self._look_through([(path.name, path) for path in paths])

    def choose(self) -> None:
        """Ask for files."""
        dialog = QFileDialog(self._parent, tr("Attach"))
        dialog.setNameFilter(
            tr("Photos, PDF, e-mails, texts (*.jpg *.jpeg *.png *.webp *.pdf *.eml *.txt)")
        )
        dialog.setFileMode(QFileDialog.FileMode.ExistingFiles)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.filesSelected.connect(lambda names: self.take_files([Path(one) for one in names]))
        dialog.open()

    def _look_through(self, files: Sequence[Raw]) -> None:
        self._session.jobs.run(
            lambda progress: _looked_through(files, progress),
            succeeded=self._tell,
            failed=self.refused.emit,
        )

    def _tell(self, found: object) -> None:
        assert isinstance(found, tuple)
        taken, refused = found
        if taken:
            self.taken.emit(taken)
        for error in refused:
            self.refused.emit(error)


def _looked_through(
    files: Sequence[Raw], progress: Progress
) -> "tuple[list[Incoming], list[RecoveryDeskError]]":
    # Pillow and PDFium: nobody who attaches nothing pays for them.
    from recoverydesk.documents.incoming import take_in  # noqa: PLC0415

    taken, refused = [], []
    for number, (name, source) in enumerate(files):
        progress.step(number, len(files))
        try:
            taken.append(take_in(name, _content(source)))
        except RecoveryDeskError as error:
            refused.append(error)
    return taken, refused


def _content(source: bytes | Path) -> bytes:
    """Return a file's bytes: one more than is allowed tells that it is too much.

    Raises:
        InvalidEntryError: it can't be read.
    """
    from recoverydesk.documents.eml import MOST_BYTES  # noqa: PLC0415 - as above

    if isinstance(source, bytes):
        return source
    try:
        with source.open("rb") as file:
            return file.read(MOST_BYTES + 1)
    except OSError as error:
        raise InvalidEntryError(
            "file", tr("This file can't be read."), advice=tr("Nothing was added.")
        ) from error


def _as_png(picture: QImage) -> bytes:
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    picture.save(buffer, "PNG")  # type: ignore[call-overload]  # the stubs say bytes
    return bytes(buffer.data().data())
