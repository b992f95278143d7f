"""A paper on its way out, or one that went out before: seen, printed, saved as a file."""

from collections.abc import Callable

from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QWidget

from recoverydesk.domain.document import DocumentKind, DocumentStatus
from recoverydesk.records import record
from recoverydesk.services import certificates, checklists, mails, papers, slips
from recoverydesk.services.papers import Paper
from ui import mailing, printing
from ui.errors import told_to_owner
from ui.session import Session
from ui.widgets.buttons import Button
from ui.widgets.chips import Segmented
from ui.widgets.dialog import Dialog
from ui.widgets.layouts import STRETCH, boxed, column, row
from ui.widgets.panes import Pane
from ui.widgets.papers import PdfPreview
from ui.widgets.text import Line
from ui.wording import filled, tr

MAILED = frozenset({DocumentKind.SLIP, DocumentKind.CERTIFICATE})
"""New papers that may also go by e-mail."""
WIDTH = 720
HEIGHT = 740


@record
class Makes:
    """The sizes or versions that a paper comes in."""

    name: str
    """What is chosen, for a screen reader."""
    options: tuple[tuple[str, str], ...]
    """Key and words of each, at most four; the first is shown at the start."""
    make: Callable[[str], Paper]
    keep: Callable[[Paper, DocumentStatus], int] | None = None
    """How it is kept once it went out; None keeps it as every paper."""


class PaperDialog(Dialog):
    """Shows a paper exactly as it prints.

    A new one is kept on the desk when it is printed or saved; one that is kept already prints
    from its own bytes, whatever has changed on the desk since.

    Attributes:
        pdf: the bytes that are shown.
    """

    def __init__(
        self,
        session: Session,
        paper: Paper | int,
        *,
        parent: QWidget,
        makes: Makes | None = None,
    ) -> None:
        """Make the dialog; `open()` shows it.

        Args:
            session: the open desk.
            paper: a new paper, or the id of one that is kept.
            parent: the window it belongs to.
            makes: other ways to make a new paper, to choose from.

        Raises:
            NotFoundError: the kept paper is no longer on the desk.
        """
        if isinstance(paper, Paper):
            name, file_name, pdf = paper.title, paper.file_name, paper.content
        else:
            file_name, pdf = papers.content(session.desk, paper)
            kept = papers.view(session.desk, paper)
            name = kept.title
            if kept.kind is DocumentKind.EMAIL:
                pdf, file_name = mails.attached(pdf), file_name.replace(".eml", ".pdf")
        super().__init__(
            parent,
            name,
            save=tr("Print"),
            save_icon="printer",
            save_key="Ctrl P",
            cancel=tr("Close"),
            width=WIDTH,
        )
        self.pdf = pdf
        self._session = session
        self._paper = paper if isinstance(paper, Paper) else None
        # A paper that was only saved until now goes out when it is printed.
        self._waiting_id = None if isinstance(paper, Paper) or kept.status in papers.OUT else paper
        self._name = name
        self._file_name = file_name
        self._makes = makes
        self._preview = PdfPreview(name=name, note=tr("exactly as it prints"))
        export = Button(tr("&Export PDF…"), icon="download")
        self.body.setContentsMargins(0, 0, 0, 0)
        panes = []
        if makes is not None and len(makes.options) > 1:
            panes = [self._make_choice(makes), Line("border")]
        self.add(Pane(column(*panes, (self._preview, 1)), height=HEIGHT))
        self._mail_button = Button(tr("As an e-&mail draft"), icon="mail")
        self._mail_button.setVisible(self._can_be_mailed())
        self.add_button(self._mail_button)
        self.add_button(export)
        self._say_where()
        export.clicked.connect(self._export)
        self._mail_button.clicked.connect(self._mail)
        self.save_wanted.connect(self._print)
        QShortcut(QKeySequence("Ctrl+P"), self).activated.connect(self._print)
        self._preview.show_pdf(self.pdf, at_once=True)
        self.save_button.setFocus()

    def _make_choice(self, makes: Makes) -> QWidget:
        choice = Segmented(list(makes.options), name=makes.name)
        choice.chosen.connect(self._make_again)
        return boxed(row(choice, STRETCH, margins=(20, 12, 20, 12)))

    def _make_again(self, key: str) -> None:
        """Show the paper in another make; nothing of it is kept yet."""
        if self._makes is None:
            return
        with told_to_owner(self):
            paper = self._makes.make(key)
            self._paper, self.pdf = paper, paper.content
            self._name, self._file_name = paper.title, paper.file_name
            self._waiting_id = None
            self._preview.show_pdf(self.pdf, at_once=True)
            self._say_where()

    def _say_where(self) -> None:
        if self._paper is None:
            self.set_note(tr("The very paper that was kept, whatever has changed since"))
        else:
            self.set_note(tr("A copy is kept when you print or export"))

    def _print(self) -> None:
        with told_to_owner(self):
            if printing.print_pdf(self, self.pdf, self._name):
                self._keep(DocumentStatus.PRINTED)
                self._session.said.emit(filled("Printed: {title}", title=self._name))
                self.accept()

    def _export(self) -> None:
        with told_to_owner(self):
            path = printing.save_pdf_as(self, self.pdf, self._file_name)
            if path is not None:
                self._keep(DocumentStatus.PREPARED)
                self.set_note(filled("Saved as {file}", file=path.name), "check")

    def _can_be_mailed(self) -> bool:
        paper = self._paper
        return paper is not None and paper.kind in MAILED and paper.customer_id is not None

    def _mail(self) -> None:
        paper = self._paper
        if paper is None:
            return
        with told_to_owner(self):
            file = mailing.hand_over(self._session, paper)
            self.set_note(mailing.told(file), "mail")

    def _keep(self, status: DocumentStatus) -> None:
        desk, now = self._session.desk, self._session.now()
        if self._waiting_id is not None:
            if status is DocumentStatus.PRINTED:
                papers.mark(desk, self._waiting_id, status, now=now)
        elif self._paper is not None:
            keep = None if self._makes is None else self._makes.keep
            self._waiting_id = (
                papers.keep(desk, self._paper, status, now=now)
                if keep is None
                else keep(self._paper, status)
            )


def open_checklist(parent: QWidget, session: Session, *, days: int = 0) -> PaperDialog:
    """Show the checklist of what is late, for today and for the next `days` days."""
    paper = checklists.paper(session.desk, now=session.now(), days=days)
    return _open(parent, session, paper)


def open_certificate(parent: QWidget, session: Session, code: str) -> PaperDialog:
    """Show a voucher's certificate on the shop's paper, or as a slip for the till's printer.

    Raises:
        InvalidEntryError, NotFoundError: there is no such code.
        NotAllowedError: the voucher is void, used up or replaced.
    """

    def make(size: str) -> Paper:
        if size == "roll":
            return slips.certificate(session.desk, code, now=session.now())
        return certificates.paper(session.desk, code, now=session.now())

    options = (("sheet", tr("On a page")), ("roll", tr("80 mm roll")))
    return open_made(parent, session, Makes(tr("Size"), options, make))


def open_kept(parent: QWidget, session: Session, document_id: int) -> PaperDialog:
    """Show a paper that is kept, exactly as it went out.

    Raises:
        NotFoundError: it is no longer on the desk.
    """
    return _open(parent, session, document_id)


def open_made(parent: QWidget, session: Session, makes: Makes) -> PaperDialog:
    """Show a paper in the first of its makes, with the others to choose from."""
    paper = makes.make(makes.options[0][0])
    dialog = PaperDialog(session, paper, parent=parent, makes=makes)
    dialog.open()
    return dialog


def _open(parent: QWidget, session: Session, paper: Paper | int) -> PaperDialog:
    dialog = PaperDialog(session, paper, parent=parent)
    dialog.open()
    return dialog
