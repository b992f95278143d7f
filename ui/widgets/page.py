"""What every page of the main window is, and what it can wish for."""

from enum import StrEnum
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QWidget

from recoverydesk.domain.document import DocumentKind
from recoverydesk.records import record
from recoverydesk.topics import Topic
from ui.actions import Command
from ui.session import Session

if TYPE_CHECKING:
    from recoverydesk.domain.figure import Figure
    from recoverydesk.domain.span import Span

FOR_A_CODE = "for a code"
"""What Remedies is narrowed to when a code is about to be typed or scanned."""


class Place(StrEnum):
    """The pages of the rail."""

    TODAY = "today"
    CASES = "cases"
    CUSTOMERS = "customers"
    REMEDIES = "remedies"
    LEARN = "learn"
    SETTINGS = "settings"


@record
class GoTo:
    """Show one of the rail's pages; `narrow` is the page's own word for what to show."""

    place: Place
    narrow: str = ""


@record
class ShowCases:
    """List the cases behind a number or bar of Learn.

    Attributes:
        figure: which one.
        span: the time that it is of.
        words: what the list says that it is of: "late pick-up, Nov".
    """

    figure: "Figure"
    span: "Span"
    words: str


@record
class OpenCase:
    """Show a case; `section` is one of what, right, why, talk, plan."""

    case_id: int
    section: str = ""


@record
class OpenCustomer:
    """Show a customer."""

    customer_id: int


@record
class LogCustomer:
    """Open "Log an unhappy customer", for somebody who is known or not."""

    customer_id: int | None = None


@record
class WriteLetter:
    """Open the letter of a case."""

    case_id: int
    template: str = ""


WHAT_CHANGED = "what_changed"
"""The key of the letter that tells what was changed."""


@record
class WriteLetters:
    """Open the same letter for many cases; without a template, the one that most of them need."""

    case_ids: tuple[int, ...]
    template: str = ""


@record
class PrintAbout:
    """Show a paper about a case or a customer, or the shop's own, ready to print."""

    kind: DocumentKind
    case_id: int | None = None
    customer_ids: tuple[int, ...] = ()


@record
class PrintChecklist:
    """Show the follow-up checklist, ready to print."""


@record
class PrintCertificate:
    """Show a voucher's certificate, ready to print."""

    code: str


@record
class ShowPaper:
    """Show a paper that is kept, exactly as it went out."""

    document_id: int


@record
class Do:
    """Do what a command of the window does."""

    command: Command


@record
class OpenIncident:
    """Show a failure that hit many; without an id, make one, of a case where one is named."""

    incident_id: int | None = None
    case_id: int | None = None


@record
class ShowStaffView:
    """Show the till and nothing else."""


Wish = (
    GoTo
    | ShowCases
    | OpenIncident
    | Do
    | OpenCase
    | OpenCustomer
    | LogCustomer
    | WriteLetter
    | WriteLetters
    | PrintAbout
    | PrintChecklist
    | PrintCertificate
    | ShowPaper
    | ShowStaffView
)


class Page(QWidget):
    """A page: reads its part of the desk when shown and whenever that part changes.

    The main window draws the heading above it, opens what it wishes for, and shows a toast with
    Undo after every saved change, so a page only reads and calls services.

    Signals:
        wished: the owner wants something that lies outside this page. Argument: a `Wish`.
        headed: the heading has changed.
        look_chosen: light, dark or the system's own. Argument: its key.
    """

    wished = Signal(object)
    headed = Signal()
    look_chosen = Signal(str)

    SHOWS = Topic.NOTHING
    """The topics it reads."""

    HAS_PRIMARY = False
    """It has a filled button of its own, so the window's turns tonal."""

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.session = session
        self._stale = True
        self.setObjectName(type(self).__module__.rpartition(".")[2])
        session.changes.saved.connect(self._heard)

    def heading(self) -> str:
        """Return the page's title."""
        raise NotImplementedError

    def subheading(self) -> str:
        """Return the line under the title; empty for none."""
        return ""

    def crumbs(self) -> tuple[tuple[str, Place], ...]:
        """Return where the page hangs: shown as a path with a way back, instead of a title."""
        return ()

    def refresh(self) -> None:
        """Read everything shown again."""
        raise NotImplementedError

    def narrow_to(self, narrow: str) -> None:
        """Show a part of the page, by the page's own word for it."""

    def show_behind(self, wish: ShowCases) -> None:
        """List the cases behind a number of Learn, where this page lists cases."""

    def print_wish(self) -> Wish | None:
        """Return what Ctrl+P means here; None where there is nothing to print."""
        return None

    def unsaved(self) -> bool:
        """Say whether something typed here isn't saved; the window asks before leaving it."""
        return False

    def save(self) -> None:
        """Save what is typed; what can't be taken stays unsaved."""

    def forget(self) -> None:
        """Let go of what is typed."""

    def showEvent(self, event: QShowEvent) -> None:
        """Read what has changed since the page was last looked at (Qt)."""
        super().showEvent(event)
        self._catch_up()

    def _heard(self, topics: Topic) -> None:
        if topics & self.SHOWS:
            self._stale = True
            if self.isVisible():
                self._catch_up()

    def _catch_up(self) -> None:
        if self._stale:
            self._stale = False
            self.refresh()
            self.headed.emit()
