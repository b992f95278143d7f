"""The window: rail, heading, pages, search, toasts. It opens what pages wish for."""

from collections.abc import Callable
from datetime import date
from functools import partial
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from PySide6.QtCore import QByteArray, QSettings, Qt, QTimer, Signal
from PySide6.QtGui import QAction, QCloseEvent, QKeySequence, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QApplication, QMainWindow, QStackedWidget, QWidget

from recoverydesk import places
from recoverydesk.domain.document import DocumentKind
from recoverydesk.records import record
from recoverydesk.services import agendas, case_lists, people, shop
from recoverydesk.topics import Topic
from ui import look
from ui.actions import Command, make_action
from ui.errors import message_box, tell_owner, told_to_owner
from ui.session import Session
from ui.widgets.layouts import boxed, column, row
from ui.widgets.page import (
    FOR_A_CODE,
    WHAT_CHANGED,
    Do,
    GoTo,
    LogCustomer,
    OpenCase,
    OpenCustomer,
    OpenIncident,
    Page,
    Place,
    PrintAbout,
    PrintChecklist,
    ShowCases,
    ShowStaffView,
    Wish,
    WriteLetter,
    WriteLetters,
)
from ui.widgets.rail import COMMANDS, Rail
from ui.widgets.top_bar import TopBar
from ui.wording import filled, tr

if TYPE_CHECKING:
    from recoverydesk.services.backups import BackupState
    from recoverydesk.services.search import Found
    from recoverydesk.storage.backup import Backup
    from ui.backing_up import BackupWatch
    from ui.widgets.toasts import Toast

NARROW = 1400
LOOK_AFTER_MS = 1_500
"""Until what ran out is looked after: the owner sees the day first."""
"""Below this width the page's margin is smaller."""

LEAST_WIDTH, LEAST_HEIGHT = 1024, 640

AnyPage = TypeVar("AnyPage", bound=Page)

PAGES = {
    Place.TODAY: ("ui.pages.today", "TodayPage"),
    Place.CASES: ("ui.pages.cases", "CasesPage"),
    Place.CUSTOMERS: ("ui.pages.customers", "CustomersPage"),
    Place.REMEDIES: ("ui.pages.remedies", "RemediesPage"),
    Place.LEARN: ("ui.pages.learn", "LearnPage"),
    Place.SETTINGS: ("ui.pages.settings", "SettingsPage"),
}
"""Where each page is. A page's module is loaded when it is first shown; build.spec names them."""

SessionOpener = Callable[[Path | None], Session]
"""Opens a desk; None opens the practice shop made anew."""


def window_state() -> QSettings:
    """Return where the window keeps its size and its look: beside the desk, never in it."""
    return QSettings(str(places.config_folder() / "window.ini"), QSettings.Format.IniFormat)


@record
class _Spot:
    """A page that was shown, for the way back."""

    place: Place
    case_id: int = 0
    customer_id: int = 0


class _Ground(QWidget):
    """Paints the colour behind everything.

    Signals:
        painted: for the first time, with all that is on it.
    """

    painted = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._told = False

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Fill the ground (Qt)."""
        if not self._told:
            self._told = True
            QTimer.singleShot(1, self, self.painted.emit)  # once the rest is painted, too
        painter = QPainter(self)
        look.paint_ground(painter, self.rect(), look.theme().bg)
        painter.end()


class MainWindow(QMainWindow):
    """One desk in a window.

    Signals:
        closed: the window has been closed.
    """

    closed = Signal()

    def __init__(self, session: Session, opener: SessionOpener) -> None:
        super().__init__()
        self.setObjectName("main_window")
        self.setWindowTitle("RecoveryDesk")
        self.setMinimumSize(look.px(LEAST_WIDTH), look.px(LEAST_HEIGHT))
        self._opener = opener
        self._own_desk = places.default_desk()
        self._told_change = 0
        self._undoing = False
        self._looked_after: tuple[Path, date] | None = None
        self._toast: Toast | None = None
        self._watch: BackupWatch | None = None
        self._back: list[_Spot] = []
        self._spot = _Spot(Place.TODAY)
        self._make_actions()
        self._take(session)
        self._restore_size()

    def _make_actions(self) -> None:
        for place, command in COMMANDS.items():
            self.addAction(make_action(command, self, self._goer(place)))
        for command, doing in (
            (Command.NEW_CASE, self.log_customer),
            (Command.FIND, self.open_find),
            (Command.UNDO, self.undo),
            (Command.REDO, self.redo),
            (Command.HELP, self.help),
            (Command.PRINT, self.print_page),
            (Command.TILL, self.open_till),
            (Command.SWITCH_PERSON, self.switch_person),
            (Command.STAFF_VIEW, self.show_staff_view),
            (Command.REDEEM, self.redeem),
            (Command.NEW_INCIDENT, self.open_incident),
            (Command.FIXES, self.open_fixes),
            (Command.CAUSES, self.open_causes),
            (Command.IDEAS, self.open_ideas),
            (Command.NEW_IDEA, self.write_down_idea),
            (Command.SALES_FILE, self.open_sales_file),
            (Command.QUIET_REGULARS, self.open_quiet_regulars),
            (Command.CHANGE_PLANS, self.change_plans),
            (Command.MONTH_PAGE, self._shower(DocumentKind.MONTH_PAGE)),
            (Command.STAFF_PAGE, self._shower(DocumentKind.STAFF_PAGE)),
            (Command.OUR_RULES, self.change_rules),
            (Command.BACK_UP, self.open_backups),
            (Command.RESTORE, self.open_backups),
            (Command.BACK, self.go_back),
            (Command.QUIT, self.close),
        ):
            self.addAction(make_action(command, self, doing))
        redo = next(one for one in self.actions() if one.objectName() == Command.REDO.name)
        # One half of us types the one, the other half the other.
        redo.setShortcuts([redo.shortcut(), QKeySequence("Ctrl+Y")])

    def _goer(self, place: Place) -> Callable[[], None]:
        return lambda: self.show_place(place)

    def _shower(self, kind: DocumentKind) -> Callable[[], None]:
        def show() -> None:
            if hasattr(self, "_stack"):
                self._show_paper(PrintAbout(kind))

        return show

    def _take(self, session: Session) -> None:
        """Show another desk: first start where it has no shop yet, else Today."""
        self.session = session
        if not places.is_practice_desk(session.desk.path) and not session.desk.read_only:
            self._own_desk = session.desk.path
        self._pages: dict[str, Page] = {}
        self._back.clear()
        newest = session.desk.last_undoable()
        self._told_change = 0 if newest is None else newest.id
        session.changes.saved.connect(self._saved)
        session.said.connect(self._say)
        # Whoever has an owner has a shop: most starts need not ask again.
        if session.desk.person_id is not None or shop.is_set_up(session.desk):
            self._show_shell()
        else:
            self._show_welcome()

    def _replace_centre(self, widget: QWidget) -> None:
        was_active = self.isActiveWindow()
        before = self.takeCentralWidget()
        self.setCentralWidget(widget)
        if before is not None:
            # Deleted with the focus in it, it would take the window's keys along.
            before.hide()
            before.deleteLater()
        if was_active:
            self.activateWindow()
            widget.setFocus()

    def _show_welcome(self) -> None:
        # First start only: everybody else's start doesn't pay for it.
        from ui.pages.welcome import WelcomePage  # noqa: PLC0415

        welcome = WelcomePage(self.session)
        welcome.done.connect(self._welcomed)
        self._replace_centre(welcome)
        _give_icon()

    def _welcomed(self, practice: bool) -> None:  # noqa: FBT001 - a signal's argument
        if practice:
            self.open_practice()
        else:
            self._show_shell()

    def _show_shell(self) -> None:
        self.rail = Rail()
        self.rail.chosen.connect(self.show_place)
        self.rail.person_wanted.connect(self.switch_person)
        self.rail.backups_wanted.connect(self.open_backups)
        self.top_bar = TopBar()
        self.top_bar.place_wanted.connect(self.show_place)
        self.top_bar.back_wanted.connect(self.go_back)
        self.top_bar.search_wanted.connect(self.open_find)
        self.top_bar.log_wanted.connect(self.log_customer)
        self._stack = QStackedWidget()
        above = [self._practice_banner()] if self.session.shop.practice else []
        if self.session.desk.read_only:
            above.append(self._reading_banner())
        self._main = boxed(column(*above, self.top_bar, (self._stack, 1), gap=16))
        ground = _Ground()
        ground.painted.connect(self._painted)
        ground.setLayout(row(self.rail, (self._main, 1)))
        self._replace_centre(ground)
        self._toast = None  # the one before went with its shell
        self._fit()
        self._show_shop()
        self.show_place(Place.TODAY)
        if self.session.desk.person_id is None and people.asks_who(self.session.desk):
            QTimer.singleShot(0, self, lambda: self.switch_person(must=True))

    @property
    def toast(self) -> "Toast":
        """The line that says what was saved; made when something first is."""
        if self._toast is None:
            from ui.widgets.toasts import Toast  # noqa: PLC0415 - not at the start

            self._toast = Toast(self._main)
        return self._toast

    def _show_shop(self) -> None:
        self.rail.brand.set_name(self.session.shop.name)
        title = f"{self.session.shop.name} · RecoveryDesk"
        if self.session.desk.read_only:
            title = filled("{title} (opened for reading only)", title=title)
        self.setWindowTitle(title)
        self._show_person()

    def _show_person(self) -> None:
        """Name who is at the counter, where there is more than one to be."""
        everybody = people.everybody(self.session.desk)
        here = self.session.desk.person_id
        name = next((one.name for one in everybody if one.person_id == here), "")
        self.rail.person.setVisible(len(everybody) > 1)
        self.rail.person.set_words(name or tr("Who is it?"))

    def show_staff_view(self) -> None:
        """Show the till and nothing else; only the owner's word leads back."""
        if not hasattr(self, "_stack"):
            return
        from ui.pages.staff import StaffView  # noqa: PLC0415 - not at the start

        def enter() -> None:
            view = StaffView(self.session)
            view.left.connect(self._leave_staff_view)
            del self._stack, self._main  # nothing that belongs to the pages works from here on
            self._pages.clear()
            for action in self.actions():
                action.setEnabled(action.objectName() == Command.QUIT.name)
            self._replace_centre(view)

        self._leave(enter)

    def _leave_staff_view(self) -> None:
        for action in self.actions():
            action.setEnabled(True)
        self._show_shell()

    def switch_person(self, *, must: bool = False) -> None:
        """Ask who is at the counter; a solo owner is never asked."""
        alone = len(people.everybody(self.session.desk)) == 1
        if not hasattr(self, "_stack") or (alone and not must):
            return
        from ui.dialogs.who import WhoDialog  # noqa: PLC0415 - not at the start

        dialog = WhoDialog(self.session, must=must, parent=self)
        dialog.chosen.connect(self._show_person)
        dialog.staff_view_wanted.connect(self.show_staff_view)
        dialog.open()

    def _practice_banner(self) -> QWidget:
        from ui.widgets.banners import Banner  # noqa: PLC0415 - a real shop has none

        banner = Banner()
        banner.acted.connect(self.leave_practice)
        banner.show_message(
            tr("This is the practice shop: try anything, nothing here is real."),
            tr("Leave the practice shop"),
            tone="accent",
            icon="graduation-cap",
            closable=False,
        )
        return banner

    @staticmethod
    def _reading_banner() -> QWidget:
        from ui.widgets.banners import Banner  # noqa: PLC0415 - as above

        banner = Banner()
        banner.show_message(
            tr("Opened for reading only: look at anything; nothing can be saved."),
            tone="warn",
            icon="eye",
            closable=False,
        )
        return banner

    def _fit(self) -> None:
        if not hasattr(self, "_main"):
            return
        side = 24 if self.width() < look.px(NARROW) else 32
        layout = self._main.layout()
        if layout is not None:
            layout.setContentsMargins(look.px(side), look.px(20), look.px(side), look.px(16))

    # Pages

    def page(self) -> Page:
        """Return the page that is shown."""
        shown = self._stack.currentWidget()
        assert isinstance(shown, Page)
        return shown

    def show_place(self, place: Place, narrow: str = "") -> None:
        """Show one of the rail's pages."""
        self._go(_Spot(place), narrow=narrow)

    def show_case(self, case_id: int, section: str = "") -> None:
        """Show a case."""
        self._go(_Spot(Place.CASES, case_id=case_id), section)

    def show_customer(self, customer_id: int) -> None:
        """Show a customer."""
        self._go(_Spot(Place.CUSTOMERS, customer_id=customer_id))

    def go_back(self) -> None:
        """Show what was shown before."""
        if self._back:
            self._leave(self._step_back)

    def _step_back(self) -> None:
        self._show(self._back.pop())

    def _go(self, spot: _Spot, section: str = "", narrow: str = "") -> None:
        if not hasattr(self, "_stack"):
            return  # first start: there is nothing to go to yet
        if spot == self._spot:
            self._arrive(spot, section, narrow)
        else:
            self._leave(partial(self._arrive, spot, section, narrow))

    def _arrive(self, spot: _Spot, section: str, narrow: str) -> None:
        if spot != self._spot and self._stack.count():
            self._back = [*self._back[-30:], self._spot]
        self._show(spot, section)
        if narrow:
            self.page().narrow_to(narrow)

    # What is typed and not saved

    def _unsaved_page(self) -> Page | None:
        return next((page for page in self._pages.values() if page.unsaved()), None)

    def _leave(self, go_on: Callable[[], object]) -> None:
        """Go on at once, or after a question where something typed isn't saved."""
        page = self._unsaved_page()
        if page is None:
            go_on()
            return
        box = message_box(
            self, tr("Save what you wrote?"), tr("It isn't saved yet, and you are leaving it.")
        )
        box.setStandardButtons(box.StandardButton.NoButton)
        save = box.addButton(tr("Save"), box.ButtonRole.AcceptRole)
        stay = box.addButton(tr("Keep writing"), box.ButtonRole.RejectRole)
        away = box.addButton(tr("Leave it"), box.ButtonRole.DestructiveRole)
        box.setDefaultButton(save)
        box.setEscapeButton(stay)
        save.clicked.connect(lambda _on: self._save_and(page, go_on))
        away.clicked.connect(lambda _on: self._forget_and(page, go_on))
        box.open()

    @staticmethod
    def _save_and(page: Page, go_on: Callable[[], object]) -> None:
        page.save()
        if not page.unsaved():
            go_on()

    @staticmethod
    def _forget_and(page: Page, go_on: Callable[[], object]) -> None:
        page.forget()
        go_on()

    def _show(self, spot: _Spot, section: str = "") -> None:
        with told_to_owner(self):
            page = self._page_for(spot, section)
            self._spot = spot
            self._stack.setCurrentWidget(page)
            self.rail.show_place(spot.place)
            self._show_heading()
            focused = self.focusWidget()
            if focused is None or not page.isAncestorOf(focused):
                # The page's own keys work while the focus is in it, whatever led here.
                page.setFocus(Qt.FocusReason.OtherFocusReason)

    def _page_for(self, spot: _Spot, section: str) -> Page:
        # Each page's module is loaded when it is first shown: the start pays for Today alone.
        if spot.case_id:
            from ui.pages.case import CasePage  # noqa: PLC0415

            case = self._keep("case", CasePage)
            case.show_case(spot.case_id, section)
            return case
        page = self._rail_page(spot.place)
        if spot.customer_id:
            from ui.pages.customers import CustomersPage  # noqa: PLC0415

            assert isinstance(page, CustomersPage)
            page.show_customer(spot.customer_id)
        return page

    def _rail_page(self, place: Place) -> Page:
        if place.value not in self._pages:
            module, name = PAGES[place]
            kind: type[Page] = getattr(import_module(module), name)
            return self._keep(place.value, kind)
        return self._pages[place.value]

    def _keep(self, key: str, kind: type[AnyPage]) -> AnyPage:
        page = self._pages.get(key)
        if page is None:
            page = self._pages[key] = kind(self.session)
            page.wished.connect(self.grant)
            page.headed.connect(self._show_heading)
            page.look_chosen.connect(self.choose_look)
            self._stack.addWidget(page)
        assert isinstance(page, kind)
        return page

    def _show_heading(self) -> None:
        page = self.page()
        self.top_bar.show_heading(page.heading(), page.subheading(), page.crumbs())
        self.top_bar.set_quiet(quiet=page.HAS_PRIMARY)

    # Wishes

    def grant(self, wish: Wish) -> None:
        """Open what a page wishes for."""
        match wish:
            case GoTo() | ShowCases():
                self._go_to(wish)
            case OpenCase(case_id, section):
                self.show_case(case_id, section)
            case OpenCustomer(customer_id):
                self.show_customer(customer_id)
            case LogCustomer(customer_id):
                self.log_customer(customer_id)
            case OpenIncident(incident_id, case_id):
                self.open_incident(incident_id, case_id)
            case _:
                self._open_wished(wish)

    def _open_wished(self, wish: Wish) -> None:
        match wish:
            case Do(command):
                next(one for one in self.actions() if one.objectName() == command.name).trigger()
            case WriteLetter(case_id, template):
                self.write_letter(case_id, template)
            case ShowStaffView():
                self.show_staff_view()
            case _:
                self._show_paper(wish)

    def _go_to(self, wish: GoTo | ShowCases) -> None:
        match wish:
            case ShowCases():
                self.show_place(Place.CASES)
                self.page().show_behind(wish)
            case GoTo(Place.SETTINGS, "practice"):
                self.open_practice()
            case GoTo(Place.SETTINGS, "backups"):
                self.open_backups()
            case GoTo(place, narrow):
                self.show_place(place, narrow)

    def _show_paper(self, wish: Wish) -> None:
        # Papers bring a PDF reader and ReportLab along: loaded when the first one is shown.
        from ui.dialogs import papers  # noqa: PLC0415 - not at the start

        with told_to_owner(self):
            papers.open_wished(self, self.session, wish, show_case=self.show_case)

    def log_customer(self, customer_id: int | None = None) -> None:
        """Open "Log an unhappy customer"."""
        if not hasattr(self, "_stack"):
            return
        from ui.dialogs.log_customer import LogCustomerDialog  # noqa: PLC0415 - not at the start

        dialog = LogCustomerDialog(self.session, customer_id, parent=self)
        dialog.logged.connect(self.show_case)
        dialog.slip_wanted.connect(self._print_slip)
        dialog.mail_wanted.connect(self._mail_slip)
        dialog.open()

    def _mail_slip(self, case_id: int) -> None:
        from recoverydesk.services import slips  # noqa: PLC0415 - not at the start
        from ui import mailing  # noqa: PLC0415 - as above

        with told_to_owner(self):
            paper = slips.acknowledgement(self.session.desk, case_id, now=self.session.now())
            self.session.said.emit(mailing.told(mailing.hand_over(self.session, paper)))

    def _print_slip(self, case_id: int) -> None:
        self._show_paper(PrintAbout(DocumentKind.SLIP, case_id))

    def open_causes(self) -> None:
        """Show why things go wrong here, to be renamed, ordered, merged and retired."""
        if not hasattr(self, "_stack"):
            return
        from ui.dialogs.causes import CausesDialog  # noqa: PLC0415 - not at the start

        with told_to_owner(self):
            dialog = CausesDialog(self.session, parent=self)
            dialog.cases_wanted.connect(
                lambda cause_id: self.grant(GoTo(Place.CASES, f"cause:{cause_id}"))
            )
            dialog.open()

    def open_ideas(self) -> None:
        """Show all ideas."""
        if not hasattr(self, "_stack"):
            return
        from ui.dialogs.ideas import IdeasDialog  # noqa: PLC0415 - not at the start

        with told_to_owner(self):
            dialog = IdeasDialog(self.session, parent=self)
            dialog.case_wanted.connect(lambda case_id: self.grant(OpenCase(case_id)))
            dialog.open()

    def write_down_idea(self) -> None:
        """Write an idea down, wherever one is."""
        if not hasattr(self, "_stack"):
            return
        from ui.dialogs.idea import IdeaDialog  # noqa: PLC0415 - not at the start

        with told_to_owner(self):
            IdeaDialog(self.session, parent=self).open()

    def open_fixes(self) -> None:
        """Show all fixes."""
        if not hasattr(self, "_stack"):
            return
        from ui.dialogs.corrections import CorrectionsDialog  # noqa: PLC0415 - not at the start

        with told_to_owner(self):
            dialog = CorrectionsDialog(self.session, parent=self)
            dialog.case_wanted.connect(lambda case_id: self.grant(OpenCase(case_id, "why")))
            dialog.letters_wanted.connect(
                lambda ids: self.grant(WriteLetters(tuple(ids), WHAT_CHANGED))
            )
            dialog.open()

    def open_sales_file(self) -> None:
        """Take in the sales that the till has written to a file."""
        if not hasattr(self, "_stack"):
            return
        from ui.dialogs.sales_file import SalesFileDialog  # noqa: PLC0415 - not at the start

        dialog = SalesFileDialog(self.session, parent=self)
        dialog.case_wanted.connect(self.show_case)
        dialog.open()

    def open_quiet_regulars(self) -> None:
        """Show which regulars haven't been here for longer than usual."""
        if not hasattr(self, "_stack"):
            return
        from ui.dialogs.quiet_regulars import QuietRegularsDialog  # noqa: PLC0415 - as above

        dialog = QuietRegularsDialog(self.session, parent=self)
        dialog.customer_wanted.connect(self.show_customer)
        dialog.open()

    def open_incident(self, incident_id: int | None = None, case_id: int | None = None) -> None:
        """Show a failure that hit many customers, or make one."""
        if not hasattr(self, "_stack"):
            return
        from ui.dialogs import incident  # noqa: PLC0415 - not at the start

        with told_to_owner(self):
            if incident_id is None:
                making = incident.IncidentDialog(self.session, case_id, parent=self)
                making.made.connect(self.open_incident)
                making.open()
                return
            shown = incident.IncidentPageDialog(self.session, incident_id, parent=self)
            shown.case_wanted.connect(self.show_case)
            shown.letters_wanted.connect(lambda ids: self.grant(WriteLetters(tuple(ids))))
            shown.open()

    def open_till(self) -> None:
        """Look somebody up at the till."""
        if hasattr(self, "_stack"):
            from ui.dialogs.till import TillDialog  # noqa: PLC0415 - not at the start

            TillDialog(self.session, parent=self).open()

    def change_plans(self) -> None:
        """Open the editor of the plans that cases are led by."""
        if hasattr(self, "_stack"):
            from ui.dialogs.playbooks import PlaybooksDialog  # noqa: PLC0415 - not at the start

            with told_to_owner(self):
                PlaybooksDialog(self.session, parent=self).open()

    def change_rules(self) -> None:
        """Open the list of one-line rules that the policy prints."""
        if hasattr(self, "_stack"):
            from ui.dialogs.rules import RulesDialog  # noqa: PLC0415 - not at the start

            with told_to_owner(self):
                RulesDialog(self.session, parent=self).open()

    def write_letter(self, case_id: int, template: str = "") -> None:
        """Open the letter of a case."""
        from ui.dialogs.leave_alone import unless_left_alone  # noqa: PLC0415 - not at the start
        from ui.dialogs.letter import LetterDialog  # noqa: PLC0415 - as above

        def write() -> None:
            LetterDialog(self.session, case_id, template, parent=self).open()

        unless_left_alone(self.session, case_id, write, parent=self)

    def open_find(self, typed: str = "") -> None:
        """Open the search."""
        if not hasattr(self, "_stack"):
            return
        from ui.dialogs.find import FindDialog  # noqa: PLC0415 - not at the start

        dialog = FindDialog(self.session, typed, actions=self._doable(), parent=self)
        dialog.found.connect(self._open_found)
        dialog.open()

    def _doable(self) -> list[QAction]:
        """Return what can be done here and now: each command of the window and of its page."""
        known = (action for action in self.findChildren(QAction) if action.objectName())
        here: dict[str, QAction] = {}
        for action in known:
            owner = action.parent()
            shown = isinstance(owner, QWidget) and owner.isVisible()
            if shown and action.isEnabled() and action.objectName() in Command.__members__:
                here.setdefault(action.objectName(), action)
        here.pop(Command.FIND.name, None)
        return list(here.values())

    def _open_found(self, found: "Found") -> None:
        from recoverydesk.services.search import FoundKind  # noqa: PLC0415 - not at the start

        match found.kind:
            case FoundKind.CASE:
                self.show_case(found.item_id)
            case FoundKind.CUSTOMER:
                self.show_customer(found.item_id)
            case FoundKind.VOUCHER:
                self.show_place(Place.REMEDIES, found.title)
            case FoundKind.PAPER:
                self.show_case(found.item_id, "talk")

    def print_page(self) -> None:
        """Print what the page shown is about: the checklist, where it has nothing of its own."""
        if hasattr(self, "_stack"):
            self.grant(self.page().print_wish() or PrintChecklist())

    def redeem(self) -> None:
        """Show Remedies, ready for a code that a customer hands in."""
        self.show_place(Place.REMEDIES, FOR_A_CODE)

    def help(self) -> None:
        """Open the guide at the paragraph of the page that is shown."""
        from ui.dialogs.guide import open_guide  # noqa: PLC0415 - not at the start

        open_guide(self, self.page().objectName() if hasattr(self, "_stack") else "welcome")

    def choose_look(self, mode: look.Mode) -> None:
        """Switch between light, dark and the system's own, and keep that."""
        look.apply_mode(mode)
        window_state().setValue("look", mode)

    # Changes

    def undo(self) -> None:
        """Take the last change back."""
        self._take_back(None)

    def _take_back(self, change_id: int | None) -> None:
        with told_to_owner(self):
            self._undoing = True
            undone = self.session.desk.last_redoable()
            redoes = undone is not None and undone.id == change_id
            try:
                taken = self.session.desk.undo(change_id)
            finally:
                self._undoing = False
            again = partial(self._take_back, taken.id)
            self.toast.announce(taken.words, tr("Undo" if redoes else "Redo"), again)

    def redo(self) -> None:
        """Do again what was taken back last."""
        undone = self.session.desk.last_redoable()
        if undone is None:
            self._say(tr("There is nothing to do again."))
        else:
            self._take_back(undone.id)

    def _saved(self, topics: Topic) -> None:
        if not hasattr(self, "_main"):
            return
        if topics & Topic.SHOP:
            self._show_shop()
        QTimer.singleShot(0, self, self._show_counts)
        if self._looked_after is not None:
            QTimer.singleShot(0, self, self._look_after)  # a day may have begun since
        newest = self.session.desk.last_undoable()
        if newest is not None and newest.id > self._told_change and not self._undoing:
            self._told_change = newest.id
            # The change it names, even where another program has saved one since.
            undo = partial(self._take_back, newest.id)
            self.toast.announce(newest.words, tr("Undo"), undo)

    def _say(self, words: str) -> None:
        if not hasattr(self, "_main"):
            return  # the till says it itself
        self.toast.announce(words)

    def _painted(self) -> None:
        """Do what the first paint didn't have to wait for."""
        if self.isHidden():
            return  # closed again in that very moment
        _give_icon()
        self._show_counts()
        self._watch_backups()
        QTimer.singleShot(LOOK_AFTER_MS, self, self._look_after)

    def _look_after(self) -> None:
        """Write down once a day what ran out, and plan the words before that happens."""
        if not self.isVisible():
            return  # closed meanwhile: its desk is nobody's any more
        today = self.session.today()
        if self.session.desk.read_only:
            return
        if self._looked_after == (self.session.desk.path, today):
            return
        from recoverydesk.services import lapses  # noqa: PLC0415 - not at the start

        with told_to_owner(self):
            lapses.look_after(self.session.desk, now=self.session.now())
            self._looked_after = (self.session.desk.path, today)

    def _show_counts(self) -> None:
        waiting = agendas.count_waiting(self.session.desk, now=self.session.now())
        self.rail.buttons[Place.TODAY].set_count(waiting)
        self.rail.buttons[Place.CASES].set_count(case_lists.count_open(self.session.desk))

    # Backups

    def _watch_backups(self) -> None:
        """Look after the backups of a real desk: practice and what is only read need none."""
        desk = self.session.desk
        practice = places.is_practice_desk(desk.path)
        if self._watch is not None or desk.read_only or practice:
            return
        from ui.backing_up import BackupWatch  # noqa: PLC0415 - not before the first paint

        self._watch = watch = BackupWatch(self.session, self)
        watch.told.connect(self._show_backups)
        watch.damaged.connect(lambda error: tell_owner(self, error))
        watch.rehearsed.connect(self._rehearsed)
        watch.start()

    def _show_backups(self, state: "BackupState") -> None:
        from ui.dialogs.backups import in_words  # noqa: PLC0415 - not before the first paint

        if hasattr(self, "_stack"):
            short, long = in_words(self.session, state)
            self.rail.backups.show_state(state.health, tr("Last good backup"), short, long)
            self.rail.backups.show()
            if state.ask_for_second and (self._toast is None or self._toast.isHidden()):
                self._ask_for_second()

    def _ask_for_second(self) -> None:
        """Ask where copies may go that outlast this computer's disk; at most once a week."""
        from recoverydesk.services import backups  # noqa: PLC0415 - seldom

        backups.asked_for_second(self.session.desk, now=self.session.now())
        self.toast.announce(
            tr("Your backups lie on this computer only. A USB stick is safer."),
            tr("Choose a place"),
            self.open_backups,
        )

    def _rehearsed(self, backup: "Backup") -> None:
        from ui.dialogs.backups import when  # noqa: PLC0415 - once a month

        at = when(self.session, backup.made_at)
        self._say(filled("The backup of {when} was opened as a rehearsal: all is there.", when=at))

    def open_backups(self) -> None:
        """Show the backups: how they are, one more, and the way back."""
        if not hasattr(self, "_stack"):
            return
        self._watch_backups()
        if self._watch is None:
            self._say(tr("Nothing here needs a backup: it is not your shop's own desk."))
            return
        from ui.dialogs.backups import BackupsDialog  # noqa: PLC0415 - not at the start

        with told_to_owner(self):
            dialog = BackupsDialog(self.session, parent=self)
            dialog.changed.connect(self._watch.tell)
            dialog.restored.connect(self._restore)
            dialog.open()

    def _restore(self, ready: Path) -> None:
        """Let a prepared backup take the desk's place, and show it."""
        from recoverydesk.services import backups  # noqa: PLC0415 - seldom

        path, now = self.session.desk.path, self.session.now()
        if self._watch is not None:
            self._watch.stop()  # no last backup: one was made just now
            self._watch.deleteLater()
            self._watch = None
        self.session.stop()
        restored = False
        with told_to_owner(self):
            backups.take_place(path, ready, now=now)
            restored = True
        self._open_desk(path)
        if restored:
            self._say(tr("You are back at that backup. What was here before is among the backups."))

    # Desks

    def open_practice(self) -> None:
        """Show the practice shop, made anew."""
        self._leave(partial(self._open_desk, None))

    def leave_practice(self) -> None:
        """Go back to the owner's own desk; every trace of the practice shop goes."""
        self._leave(partial(self._open_desk, self._own_desk))

    def _open_desk(self, path: Path | None) -> None:
        with told_to_owner(self):
            self._swap(self._opener(path))

    def _swap(self, session: Session) -> None:
        before = self.session
        self._end_watch()
        self._take(session)
        _let_go(before)
        before.deleteLater()

    def _end_watch(self) -> None:
        if self._watch is not None:
            self._watch.close()
            self._watch.deleteLater()
            self._watch = None

    # Size

    def _restore_size(self) -> None:
        state = window_state().value("geometry")
        if not isinstance(state, QByteArray) or not self.restoreGeometry(state):
            self.resize(look.px(1366), look.px(768))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Fit the margins to the width (Qt)."""
        super().resizeEvent(event)
        self._fit()

    def closeEvent(self, event: QCloseEvent) -> None:
        """Keep the size, close the desk; ask first where something isn't saved (Qt)."""
        if self._unsaved_page() is not None:
            event.ignore()
            self._leave(self.close)
            return
        window_state().setValue("geometry", self.saveGeometry())
        self.hide()  # a last backup may take a second
        self._end_watch()
        _let_go(self.session)
        self.closed.emit()
        super().closeEvent(event)


def _give_icon() -> None:
    """Give the windows of the program their icon; drawing it takes longer than a paint has."""
    if QApplication.windowIcon().isNull():
        QApplication.setWindowIcon(look.app_icon())


def _let_go(session: Session) -> None:
    """Close a desk; the practice shop's leaves no trace."""
    path = session.desk.path
    session.stop()
    if session.desk.read_only:
        from recoverydesk.services import damage  # noqa: PLC0415 - after damage only

        damage.close_reading(session.desk)
        return
    if places.is_practice_desk(path):
        from recoverydesk.services import sample  # noqa: PLC0415 - for practice only

        sample.remove_practice(path)
