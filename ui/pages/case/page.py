"""The case page put together: header, strip, four sections, plan."""

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtGui import QAction, QDragEnterEvent, QDropEvent, QGuiApplication, QKeySequence

from recoverydesk.domain.case import Stage
from recoverydesk.domain.remedy import RemedyStatus
from recoverydesk.errors import NotFoundError
from recoverydesk.services import attachments, case_pages
from recoverydesk.services.case_pages import CaseView
from recoverydesk.topics import Topic
from ui import look
from ui.actions import Command
from ui.errors import tell_owner, told_to_owner
from ui.pages.case.answers import AnswersCard
from ui.pages.case.header import CaseHeader
from ui.pages.case.linked import LinkedCard
from ui.pages.case.more import MoreMenu
from ui.pages.case.notices import Notices
from ui.pages.case.right import MakingItRight
from ui.pages.case.section import Section
from ui.pages.case.side import PlanCard, SecondChanceCard
from ui.pages.case.strip import Strip
from ui.pages.case.talk import Conversation
from ui.pages.case.what import WhatHappened
from ui.pages.case.why import WhyItHappened
from ui.session import Session
from ui.widgets.attaching import Attaching
from ui.widgets.buttons import command_action
from ui.widgets.layouts import STRETCH, boxed, column, row
from ui.widgets.page import (
    GoTo,
    OpenCase,
    OpenCustomer,
    OpenIncident,
    Page,
    Place,
    PrintCertificate,
    Wish,
    WriteLetter,
)
from ui.widgets.scrolls import ScrollArea
from ui.wording import filled, tr

if TYPE_CHECKING:
    from recoverydesk.documents.incoming import Incoming

SIDE = 324


class CasePage(Page):
    """One case."""

    SHOWS = (
        Topic.CASES
        | Topic.CUSTOMERS
        | Topic.CONTACTS
        | Topic.FOLLOW_UPS
        | Topic.REMEDIES
        | Topic.VOUCHERS
        | Topic.CAUSES
        | Topic.CORRECTIONS
        | Topic.DOCUMENTS
    )
    HAS_PRIMARY = True

    def __init__(self, session: Session) -> None:
        super().__init__(session)
        self.setObjectName("case")
        self._case_id = 0
        self._view: CaseView | None = None
        self._header = CaseHeader(session)
        self._notices = Notices(session)
        self._strip = Strip(session)
        self.what = WhatHappened(session)
        self.right = MakingItRight(session)
        self.why = WhyItHappened(session)
        self.talk = Conversation(session)
        self._plan = PlanCard(session)
        self._chance = SecondChanceCard()
        self._answers = AnswersCard(session)
        self._linked = LinkedCard(session)
        self._more = MoreMenu(session, self, self.wished.emit)
        for section in self.sections().values():
            section.wished.connect(self.wished)
        left = column(self.what, self.right, self.why, self.talk, STRETCH, gap=12)
        side = boxed(column(self._plan, self._linked, self._chance, self._answers, STRETCH, gap=12))
        side.setFixedWidth(look.px(SIDE))
        content = boxed(
            column(
                self._header,
                self._notices,
                self._strip,
                row((left, 1), side, gap=16),
                STRETCH,
                gap=12,
                margins=(0, 0, 12, 0),
            )
        )
        self._scroll = ScrollArea(content)
        self.setLayout(column(self._scroll))
        self._attaching = Attaching(session, self)
        self.setAcceptDrops(True)
        self._make_actions()
        self._connect_buttons()

    def sections(self) -> dict[str, Section]:
        """Return the folds by the names that `OpenCase.section` knows."""
        return {"what": self.what, "right": self.right, "why": self.why, "talk": self.talk}

    def _make_actions(self) -> None:
        def make(command: Command, doing: Callable[[], object]) -> QAction:
            return command_action(command, self, doing)

        self._log = make(Command.LOG_CONTACT, self.log_contact)
        self._offer = make(Command.OFFER, self.right.offer)
        make(Command.WRITE_LETTER, self.write_letter)
        self._give = make(Command.GIVE_REMEDY, self.right.give)
        self._edit = make(Command.EDIT_CASE, self._open_story)
        self._resolve = make(Command.RESOLVE, self.resolve)
        self._close = make(Command.CLOSE_CASE, self.close_case)
        self._reopen = make(Command.REOPEN, self.reopen)
        self._still = QAction(look.icon("hourglass"), tr("Still on it…"), self)
        self._still.triggered.connect(self.still_on_it)
        self._failed = QAction(look.icon("repeat"), tr("It went wrong again…"), self)
        self._failed.triggered.connect(self.reopen)
        self._paste = QAction(look.icon("image-plus"), tr("Paste a picture or a file"), self)
        self._paste.setShortcut(QKeySequence.StandardKey.Paste)
        self._paste.setShortcutContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        self._paste.triggered.connect(self.paste)
        self.addAction(self._paste)
        self._bought = QAction(look.icon("shopping-bag"), tr("They bought again…"), self)
        self._bought.triggered.connect(self.log_visit)
        self._feedback = make(Command.FEEDBACK, self._answers.ask)
        self._good = QAction(look.icon("sprout"), tr("Good experience…"), self)
        self._good.triggered.connect(self.good_experience)
        self._history = make(Command.UNDO_HISTORY, self.history)
        for command, doing in (
            (Command.MERGE, self._more.merge),
            (Command.SPLIT_CASE, self._more.split),
            (Command.LINK_CASES, self._more.link),
            (Command.MOVE_CASE, self._more.move),
            (Command.GOOD_FAITH, self._more.judge),
        ):
            make(command, partial(self._about_this, doing))
        self._whose = QAction(look.icon("user"), tr("Open the customer"), self)
        self._whose.triggered.connect(self._open_customer)

    def _about_this(self, doing: Callable[[int], object]) -> None:
        doing(self._case_id)

    def _connect_buttons(self) -> None:
        self._header.offer_wanted.connect(self.right.offer)
        self._header.letter_wanted.connect(self.write_letter)
        self._header.contact_wanted.connect(self.log_contact)
        self._header.customer_wanted.connect(self._open_customer)
        self._header.more.clicked.connect(lambda _on: self._open_more())
        self._chance.wanted.connect(self.good_experience)
        self._linked.incident_wanted.connect(
            lambda incident_id: self.wished.emit(OpenIncident(incident_id))
        )
        self._linked.case_wanted.connect(lambda case_id: self.wished.emit(OpenCase(case_id)))
        self._attaching.taken.connect(self._attach)
        self._attaching.refused.connect(partial(tell_owner, self))
        self.what.offered.connect(self._attaching.take)
        self.what.attached.add_wanted.connect(self._attaching.choose)
        self._notices.safe_wanted.connect(self.make_safe)
        self._notices.call_wanted.connect(self.log_contact)
        self._notices.word_wanted.connect(self.still_on_it)
        self._notices.relapse_wanted.connect(self.why.look_into)

    # What is shown

    def show_case(self, case_id: int, section: str = "") -> None:
        """Show a case, with one of its sections open; empty opens that of its stage.

        Raises:
            NotFoundError: it is no longer on the desk; the page stays as it was.
        """
        view = case_pages.view(self.session.desk, case_id)
        case_id = view.case_id  # of a case that was merged it is what it has become
        another = case_id != self._case_id
        if another:
            for one in self.sections().values():
                one.forget()
            self._case_id = case_id
        self._show(view)
        if another:
            self._scroll.verticalScrollBar().setValue(0)
        self._open_section(section if section in self.sections() else self._section_of_stage())
        self.headed.emit()

    def heading(self) -> str:
        """Return the case's number."""
        number = "" if self._view is None else self._view.number
        return filled("No. {number}", number=number)

    def crumbs(self) -> tuple[tuple[str, Place], ...]:
        """Return where the page hangs."""
        return ((tr("Cases"), Place.CASES),)

    def refresh(self) -> None:
        """Read the case again; where it is gone, show the others."""
        if not self._case_id:
            return
        try:
            view = case_pages.view(self.session.desk, self._case_id)
        except NotFoundError:
            self._leave()
        else:
            self._case_id = view.case_id
            self._show(view)

    def _leave(self) -> None:
        # Undo took back that it was logged, say: there is nothing to be told twice about.
        self._case_id, self._view = 0, None
        for section in self.sections().values():
            section.forget()
        self.wished.emit(GoTo(Place.CASES))

    def _show(self, view: CaseView) -> None:
        self._view = view
        self._header.show_case(view)
        self._notices.show_case(view)
        self._strip.show_case(view)
        for section in self.sections().values():
            section.show_case(view)
        self._mark_sections(view)
        self._plan.show_case(view)
        self._linked.show_case(view)
        self._answers.show_case(view)
        self._chance.show_count(view.positives, view.positives_target)
        self._enable(view)

    def unsaved(self) -> bool:
        """Say whether something typed here isn't saved."""
        return any(section.unsaved() for section in self.sections().values())

    def save(self) -> None:
        """Save what is typed in every section."""
        for name, section in self.sections().items():
            if section.unsaved():
                section.save()
            if section.unsaved():
                # Said beside its field what can't be taken: let it be seen.
                self._open_section(name)
                return

    def forget(self) -> None:
        """Let go of what is typed, and show what is saved."""
        for section in self.sections().values():
            section.forget()
        self.refresh()

    def _mark_sections(self, view: CaseView) -> None:
        heard = {Stage.LISTEN, Stage.OWN}
        waits = any(step.stage in heard and step.ended_at is None for step in view.plan)
        self.what.mark(done=view.stage not in heard and not waits, now=view.stage in heard)
        self.right.mark(done=view.handed_over_at is not None, now=view.stage is Stage.MAKE_RIGHT)
        self.why.mark(done=view.cause_found_at is not None, now=view.stage is Stage.FIX_CAUSE)

    def _section_of_stage(self) -> str:
        stage = Stage.LISTEN if self._view is None else self._view.stage
        return {
            Stage.LISTEN: "what",
            Stage.OWN: "what",
            Stage.MAKE_RIGHT: "right",
            Stage.FIX_CAUSE: "why",
        }.get(stage, "talk")

    def _open_section(self, wanted: str) -> None:
        for name, section in self.sections().items():
            section.set_open(is_open=name == wanted)

    def _enable(self, view: CaseView) -> None:
        is_open = view.closed_at is None
        self._give.setEnabled(is_open)
        self._resolve.setEnabled(is_open and view.resolved_at is None)
        self._close.setEnabled(is_open)
        self._reopen.setEnabled(view.resolved_at is not None or not is_open)
        self._failed.setEnabled(view.resolved_at is None and is_open and bool(view.handed_over_at))
        for action in (self._log, self._offer, self._still):
            action.setEnabled(is_open)

    def print_wish(self) -> Wish | None:
        """Ctrl+P prints the letter."""
        return WriteLetter(self._case_id) if self._case_id else None

    # What can be done

    def log_contact(self) -> None:
        """Take down what was said."""
        from ui.dialogs.log_contact import LogContactDialog  # noqa: PLC0415 - not at the start

        with told_to_owner(self):
            LogContactDialog(self.session, self._case_id, parent=self).open()

    def still_on_it(self) -> None:
        """Leave a word in between, and promise the next one."""
        from ui.dialogs.leave_alone import unless_left_alone  # noqa: PLC0415 - not at the start
        from ui.dialogs.still_on_it import StillOnItDialog  # noqa: PLC0415 - as above

        def say() -> None:
            StillOnItDialog(self.session, self._case_id, parent=self).open()

        unless_left_alone(self.session, self._case_id, say, parent=self)

    def write_letter(self) -> None:
        """Write the letter."""
        self.wished.emit(WriteLetter(self._case_id))

    def resolve(self) -> None:
        """Call it resolved."""
        from ui.dialogs.resolve import ResolveDialog  # noqa: PLC0415 - not at the start

        with told_to_owner(self):
            ResolveDialog(self.session, self._case_id, parent=self).open()

    def close_case(self) -> None:
        """Say how it ended."""
        from ui.dialogs.close_case import CloseCaseDialog  # noqa: PLC0415 - not at the start

        with told_to_owner(self):
            CloseCaseDialog(self.session, self._case_id, parent=self).open()

    def reopen(self) -> None:
        """Open it again, after a mistake or because what was done did not hold."""
        from ui.dialogs.reopen import ReopenDialog  # noqa: PLC0415 - not at the start

        with told_to_owner(self):
            ReopenDialog(self.session, self._case_id, parent=self).open()

    def paste(self) -> None:
        """Attach a picture or files that were copied."""
        if not self._attaching.take(QGuiApplication.clipboard().mimeData()):
            self.session.said.emit(tr("There is no picture and no file to paste."))

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Take files and pictures (Qt)."""
        if self._case_id and self._attaching.offers(event.mimeData()):
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        """Attach what was dropped (Qt)."""
        if self._attaching.take(event.mimeData()):
            event.acceptProposedAction()

    def _attach(self, files: "list[Incoming]") -> None:
        with told_to_owner(self):
            attachments.add(self.session.desk, self._case_id, files, now=self.session.now())

    def make_safe(self) -> None:
        """Write down what was done so that nobody gets hurt."""
        from ui.dialogs.make_safe import MakeSafeDialog  # noqa: PLC0415 - not at the start

        with told_to_owner(self):
            MakeSafeDialog(self.session, self._case_id, parent=self).open()

    def log_visit(self) -> None:
        """Write down that they bought again."""
        from ui.dialogs.visit import VisitDialog  # noqa: PLC0415 - not at the start

        if self._view is not None:
            VisitDialog(self.session, self._view.customer_id, parent=self).open()

    def good_experience(self) -> None:
        """Write down that something went well for them."""
        from ui.dialogs.good_experience import GoodExperienceDialog  # noqa: PLC0415 - as above

        if self._view is not None:
            GoodExperienceDialog(
                self.session, self._view.customer_id, self._case_id, parent=self
            ).open()

    def history(self) -> None:
        """Show what was changed in it, when, by whom."""
        from ui.dialogs.history import HistoryDialog  # noqa: PLC0415 - not at the start

        with told_to_owner(self):
            HistoryDialog(self.session, self._case_id, parent=self).open()

    def _open_story(self) -> None:
        self._open_section("what")
        self.what.focus_words()

    def _open_customer(self) -> None:
        if self._view is not None:
            self.wished.emit(OpenCustomer(self._view.customer_id))

    def _certificates(self, view: CaseView) -> list[QAction | None]:
        """Return what prints each gift certificate that can still be used."""
        printed: list[QAction | None] = []
        for remedy in view.remedies:
            if remedy.code and remedy.status is not RemedyStatus.VOID:
                words = filled("Print {what}…", what=remedy.words).replace("&", "&&")
                action = QAction(look.icon("printer"), words, self._header.more)
                action.triggered.connect(partial(self._print_certificate, remedy.code))
                printed.append(action)
        return printed

    def _print_certificate(self, code: str, _on: bool = False) -> None:  # noqa: FBT001, FBT002
        self.wished.emit(PrintCertificate(code))

    def _open_more(self) -> None:
        if self._view is None:
            return
        menu = self._more.build(
            self._view,
            [
                self._give,
                *self._certificates(self._view),
                None,
                self._resolve,
                self._close,
                self._reopen,
                self._failed,
                None,
                self._still,
                self._bought,
                self._good,
                self._feedback,
                self._whose,
                self._paste,
                self._history,
            ],
        )
        menu.aboutToHide.connect(menu.deleteLater)
        button = self._header.more
        menu.popup(button.mapToGlobal(button.rect().bottomLeft()))
