"""Pictures of every page and dialog, from the practice shop at a fixed moment.

`python -m tests.shots` makes them all, for the eye; `python -m tests.shots --guide` makes the
pictures of the user guide and the README. None is ever made by hand.
"""

import argparse
import os
import sys
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from io import BytesIO
from pathlib import Path

# Qt's offscreen screen is 800 pixels wide unless told otherwise; dialogs would shrink to it.
os.environ.setdefault(
    "QT_QPA_PLATFORM",
    f"offscreen:configfile={Path(__file__).resolve().parent / 'data' / 'screen.json'}",
)

from PIL import Image
from PySide6.QtCore import QBuffer, QPoint, QRect, Qt
from PySide6.QtGui import QAction, QPainter, QPixmap
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QAbstractButton,
    QApplication,
    QDialog,
    QPlainTextEdit,
    QScrollArea,
    QWidget,
)

from recoverydesk.domain.backup import Reason
from recoverydesk.domain.case import Severity
from recoverydesk.domain.correction import IdeaSource
from recoverydesk.domain.document import DocumentKind, DocumentStatus
from recoverydesk.domain.figure import Figure, FigureKind
from recoverydesk.domain.remedy import RemedyKind
from recoverydesk.domain.span import months
from recoverydesk.errors import RecoveryDeskError
from recoverydesk.services import (
    approvals,
    backups,
    case_lists,
    case_pages,
    causes,
    checklist_results,
    checklists,
    customer_lists,
    entitlements,
    erasures,
    ideas,
    limits,
    negotiations,
    papers,
    people,
    sales_files,
    sales_imports,
    sales_plans,
    sample,
    shop_setup,
    visits,
    voucher_register,
    voucher_views,
)
from recoverydesk.services.case_lists import CaseFilter
from recoverydesk.services.remedies import RemedyEntry
from recoverydesk.services.shop_setup import ShopSetup
from recoverydesk.storage.desk import Desk
from ui import look
from ui.actions import Command
from ui.app import application, open_window
from ui.dialogs import guide
from ui.dialogs.approval import ApprovalDialog
from ui.dialogs.backups import BackupsDialog
from ui.dialogs.catalogue import CatalogueDialog
from ui.dialogs.damaged import look_into
from ui.dialogs.entitlement import EntitlementDialog
from ui.dialogs.expect import ExpectDialog
from ui.dialogs.forget import ForgetDialog
from ui.dialogs.gift import GiftDialog
from ui.dialogs.giving_rules import GivingRulesDialog
from ui.dialogs.idea import TakeUpDialog
from ui.dialogs.ideas import IdeasDialog
from ui.dialogs.ladder import LadderDialog
from ui.dialogs.people import PeopleDialog, PersonDialog
from ui.dialogs.person_data import PersonDataDialog
from ui.dialogs.pin import OwnersWordDialog, PinDialog
from ui.dialogs.register import RegisterDialog
from ui.dialogs.results.line import SheetLine
from ui.dialogs.severity import SeverityDialog
from ui.dialogs.till import TillDialog
from ui.dialogs.voucher_deed import Deed, VoucherDeedDialog
from ui.dialogs.who import WhoDialog
from ui.look import Mode
from ui.widgets.layouts import column
from ui.widgets.link_rows import LinkRow
from ui.widgets.page import Place, PrintAbout, PrintCertificate, PrintChecklist, ShowCases
from ui.widgets.sources import SourceButton

NOW = datetime(2026, 10, 14, 11, 35, tzinfo=UTC)
"""A Wednesday, shortly after noon where the practice shop is."""

SIZES = ((1440, 900), (1366, 768))
GUIDE_SIZE = (1366, 768)
GUIDE_WIDTH = 1100
GUIDE_COLOURS = 128
HELP = Path(__file__).resolve().parent.parent / "resources" / "help" / "pictures"

READ_AND_PAINT = 350
"""Milliseconds until previews and what pages read after their first paint are there."""


class Stage:
    """A window on a desk, and the ways to what is photographed."""

    def __init__(self, path: Path, size: tuple[int, int]) -> None:
        self.window = open_window(path, now=NOW)
        self.window.resize(*size)
        self.desk = self.window.session.desk

    def case_of(self, name: str) -> int:
        """Return the newest case of somebody in the practice shop."""
        wanted = case_lists.ids(self.desk, CaseFilter(which="all"), now=NOW, sort="number")
        rows = case_lists.rows(self.desk, wanted)
        of_theirs = [one for one in wanted if rows[one].customer.startswith(name)]
        return max(of_theirs, key=lambda one: rows[one].number)

    def customer_of(self, name: str) -> int:
        """Return somebody in the practice shop."""
        return case_pages.view(self.desk, self.case_of(name)).customer_id

    def voucher(self) -> str:
        """Return the code of a voucher that is still good."""
        wanted = voucher_register.ids(
            self.desk, now=NOW, which="open", sort="issued", descending=True
        )
        return voucher_register.rows(self.desk, wanted, now=NOW)[wanted[0]].code

    def do(self, command: Command) -> None:
        """Give a command to the page that is shown."""
        for action in self.window.page().findChildren(QAction, command.name):
            action.trigger()
            return
        raise LookupError(f"{command.name} isn't on {self.window.page().objectName()}")

    def press(self, words: str) -> None:
        """Press a button of the page, or of the dialog that is open, by its words."""
        for button in self.front().findChildren(QAbstractButton):
            if button.isVisible() and button.accessibleName().startswith(words):
                button.click()
                return
        raise LookupError(f"no button “{words}”")

    def front(self) -> QWidget:
        """Return the dialog that is open, or else the window."""
        dialogs = self.dialogs()
        return dialogs[-1] if dialogs else self.window

    def dialogs(self) -> list[QDialog]:
        """Return the open dialogs, the front one last."""
        shown = [
            one
            for one in QApplication.topLevelWidgets()
            if isinstance(one, QDialog) and one.isVisible()
        ]
        return sorted(shown, key=_depth)

    def photograph(self) -> QPixmap:
        """Return the window with the dialogs in front of it."""
        QTest.qWait(READ_AND_PAINT)
        picture = self.window.grab()
        painter = QPainter(picture)
        for dialog in self.dialogs():
            spot = QRect(QPoint(), dialog.size())
            spot.moveCenter(self.window.rect().center())
            painter.drawPixmap(spot.topLeft(), dialog.grab())
        popup = QApplication.activePopupWidget()
        if popup is not None:
            painter.drawPixmap(self.window.mapFromGlobal(popup.pos()), popup.grab())
        painter.end()
        return picture

    def put_away(self) -> None:
        """Close every dialog without saving."""
        popup = QApplication.activePopupWidget()
        if popup is not None:
            popup.close()
        for dialog in reversed(self.dialogs()):
            dialog.done(QDialog.DialogCode.Rejected)
        QApplication.processEvents()


def _depth(widget: QWidget) -> int:
    """Return how many widgets it belongs to: a dialog lies in front of the one that opened it."""
    above = widget.parentWidget()
    return 0 if above is None else 1 + _depth(above)


Show = Callable[[Stage], object]


def _place(place: Place) -> Show:
    return lambda stage: stage.window.show_place(place)


def _case(name: str, then: Command | None = None) -> Show:
    def show(stage: Stage) -> None:
        stage.window.show_case(stage.case_of(name))
        if then is not None:
            QApplication.processEvents()
            stage.do(then)

    return show


def _pressed(place: Place, words: str) -> Show:
    def show(stage: Stage) -> None:
        stage.window.show_place(place)
        QApplication.processEvents()
        stage.press(words)

    return show


def _find(stage: Stage) -> None:
    stage.window.show_place(Place.TODAY)
    stage.window.open_find("wh")


def _letter(stage: Stage) -> None:
    case_id = stage.case_of("Eleanor")
    stage.window.show_case(case_id)
    stage.window.write_letter(case_id)


def _log(stage: Stage) -> None:
    stage.window.show_place(Place.TODAY)
    stage.window.log_customer(stage.customer_of("Eleanor"))
    dialog = stage.front()
    QTest.keyClicks(
        dialog.findChild(QPlainTextEdit), "The second delivery was late, and nobody rang me."
    )
    dialog._alike.look()


def _mood(stage: Stage) -> None:
    case_id = stage.case_of("Priya")
    stage.window.show_case(case_id)
    SeverityDialog(
        stage.window.session, case_id, Severity.ABOUT_TO_LEAVE, parent=stage.window
    ).open()


def _results(stage: Stage) -> None:
    paper = checklists.paper(stage.desk, now=NOW)
    papers.keep(stage.desk, paper, DocumentStatus.PREPARED, now=NOW)
    stage.window.show_place(Place.TODAY)
    stage.do(Command.ENTER_RESULTS)


def _backups(stage: Stage) -> None:
    stage.window.show_place(Place.TODAY)
    for days, reason in ((40, Reason.CLOSING), (3, Reason.HOURLY), (1, Reason.CLOSING)):
        backups.make(stage.desk, reason=reason, now=NOW - timedelta(days=days, hours=2))
    backups.make(stage.desk, now=NOW)
    stage.window.open_backups()


def _restore(stage: Stage) -> None:
    _backups(stage)
    QApplication.processEvents()
    dialog = stage.window.findChild(BackupsDialog)
    QTest.mouseClick(dialog.findChildren(LinkRow)[2], Qt.MouseButton.LeftButton)


def _damaged(stage: Stage) -> None:
    backups.make(stage.desk, now=NOW)
    error = RecoveryDeskError(
        "The desk's file has been cut short.",
        advice="Nothing was changed in it. Open your newest backup instead, and keep this file.",
    )
    frame = QDialog(stage.window)
    frame.setLayout(column(look_into(stage.desk.path, error, lambda: NOW)))
    frame.resize(640, 620)
    frame.open()


def _results_middle(stage: Stage) -> None:
    _results(stage)
    stage.press("No answer")
    QTest.keyClicks(
        stage.front().findChild(QPlainTextEdit), "She is glad that we rang. Lid by Friday."
    )


def _results_end(stage: Stage) -> None:
    _results(stage)
    line = stage.front().findChild(SheetLine)
    for _ in checklist_results.last_printed(stage.desk).lines:
        QTest.keyClick(line, Qt.Key.Key_Right)


def _batch(stage: Stage) -> None:
    stage.window.show_place(Place.CASES)
    QApplication.processEvents()
    stage.press("Letters…")
    while stage.window.session.jobs.is_busy():
        QApplication.processEvents()


LONG_NAME = "Maximiliane-Wilhelmina von Hohenstein-Wittgenstein zu Sayn"


def _dialog(make: Callable[[Stage], QDialog], place: Place = Place.REMEDIES) -> Show:
    def show(stage: Stage) -> None:
        stage.window.show_place(place)
        QApplication.processEvents()
        make(stage).open()

    return show


def _till(name: str) -> Show:
    return _dialog(lambda stage: TillDialog(stage.window.session, name, parent=stage.window))


def _expected(stage: Stage) -> QDialog:
    visits.expect(stage.desk, stage.customer_of("Eleanor"), NOW.date(), now=NOW)
    return TillDialog(stage.window.session, parent=stage.window)


def _lasting(stage: Stage) -> int:
    """Return free delivery that Odalys may have, begun once."""
    case_id = stage.case_of("Odalys")
    known = entitlements.of_case(stage.desk, case_id, now=NOW)
    if known:
        return next(iter(known.values())).entitlement_id
    entry = RemedyEntry(RemedyKind.FREE_SHIPPING, "Free delivery for a year", 6_000, 2_500)
    (remedy_id,) = negotiations.agree(stage.desk, case_id, entry.words, [entry], now=NOW)
    begun = entitlements.hand_over(stage.desk, remedy_id, now=NOW)
    assert begun is not None
    return begun


def _lasting_case(stage: Stage) -> None:
    _lasting(stage)
    stage.window.show_case(stage.case_of("Odalys"), "right")


def _forgettable(stage: Stage) -> ForgetDialog:
    """Somebody whose cases are all over, on a desk with a backup."""
    backups.make(stage.desk, now=NOW)
    everybody = customer_lists.ids(stage.desk)
    done = next(
        one
        for one in everybody
        if (found := erasures.preview_erasure(stage.desk, one)).cases and not found.open_cases
    )
    return ForgetDialog(stage.window.session, done, parent=stage.window)


def _lasting_customer(stage: Stage) -> None:
    _lasting(stage)
    stage.window.show_customer(stage.customer_of("Odalys"))


def _staffed(stage: Stage) -> None:
    """Let somebody with a long name work here, and a limit hold."""
    if LONG_NAME not in [one.name for one in people.everybody(stage.desk)]:
        limits.set_rules(stage.desk, staff_limit_cents=2_000, budget_cents=40_000, refund_days=7)
        people.add_staff(stage.desk, LONG_NAME)


def _who(stage: Stage) -> QDialog:
    _staffed(stage)
    return WhoDialog(stage.window.session, parent=stage.window)


def _person(stage: Stage) -> QDialog:
    _staffed(stage)
    newest = people.everybody(stage.desk)[-1]
    dialog = PersonDialog(stage.window.session, newest, parent=stage.window)
    dialog._pin.setText("1234")
    dialog._set.click()
    return dialog


def _approval(stage: Stage) -> QDialog:
    waiting = approvals.parked(stage.desk)
    if not waiting:
        entry = RemedyEntry(RemedyKind.REFUND, "The money back, and the delivery with it", 8_900)
        approvals.ask_later(stage.desk, stage.case_of("Odalys"), entry, now=NOW)
    remedy_id = approvals.parked(stage.desk)[0].remedy_id
    return ApprovalDialog(stage.window.session, remedy_id, parent=stage.window)


def _deed(deed: Deed) -> Show:
    def make(stage: Stage) -> QDialog:
        view = voucher_views.look_up(stage.desk, stage.voucher(), now=NOW)
        return VoucherDeedDialog(stage.window.session, view, deed, parent=stage.window)

    return _dialog(make)


def _gift(stage: Stage) -> QDialog:
    eleanor = stage.customer_of("Eleanor")
    return GiftDialog(stage.window.session, eleanor, None, parent=stage.window)


def _given(stage: Stage) -> None:
    stage.window.show_place(Place.REMEDIES, "to_give")
    stage.window.page().given.table.selectRow(0)


def _people_card(stage: Stage) -> None:
    stage.window.show_place(Place.SETTINGS)
    QApplication.processEvents()
    page = stage.window.page()
    area = page.findChild(QScrollArea)
    area.ensureWidgetVisible(page._people, 0, 200)


def _lasting_card(stage: Stage) -> None:
    _lasting_customer(stage)
    QApplication.processEvents()
    bar = stage.window.page()._detail.findChild(QScrollArea).verticalScrollBar()
    bar.setValue(bar.maximum())


def _staff_view(stage: Stage) -> None:
    stage.window.show_staff_view()
    view = stage.window.centralWidget()
    view.panel.look_up("Eleanor")


def _in_window(dialog: type[QDialog], place: Place = Place.REMEDIES) -> Show:
    return _dialog(lambda stage: dialog(stage.window.session, parent=stage.window), place)


TILL = Path(__file__).resolve().parent / "data" / "till.csv"


def _sales_file(stage: Stage) -> None:
    stage.window.show_place(Place.LEARN)
    stage.window.open_sales_file()
    stage.front().read_file(TILL)
    while stage.window.session.jobs.is_busy():
        QApplication.processEvents()


def _quiet_regulars(stage: Stage) -> None:
    desk = stage.desk
    file = sales_files.read(TILL)
    columns = sales_plans.columns_for(desk, file)
    plan = sales_plans.plan(desk, file, columns, now=NOW, names=True)
    sales_imports.take(desk, plan, now=NOW)
    stage.window.show_place(Place.CUSTOMERS)
    stage.window.open_quiet_regulars()


def _behind(stage: Stage) -> None:
    today = stage.window.session.today()
    figure = Figure(FigureKind.SPOKE_UP)
    stage.window.grant(ShowCases(figure, months(12, today), "those who told us, 12 months"))


def _source(stage: Stage) -> None:
    stage.window.show_place(Place.CASES)
    QApplication.processEvents()
    stage.window.page().findChild(SourceButton).show_source()


WHY_AT = 420


def _why(stage: Stage) -> None:
    case_id = stage.case_of("Eleanor")
    desk = stage.desk
    ideas.add(desk, "A line on the box: open within a week", IdeaSource.CUSTOMER, case_id=case_id,
              now=NOW)  # fmt: skip
    idea = ideas.add(desk, "Pack the lid apart from the pot, with paper between", IdeaSource.STAFF,
                     who="Kim Whitcombe-Ashworth", case_id=case_id, now=NOW)  # fmt: skip
    ideas.adopt(desk, idea, now=NOW)
    whys = ["The lid was broken", "It lay loose in the box", "It rained"]
    causes.write_down(desk, case_id, whys, cause_id=None, now=NOW)
    stage.window.show_case(case_id, "why")
    QTest.qWait(READ_AND_PAINT)
    area = stage.window.page().findChild(QScrollArea)
    assert area is not None
    area.verticalScrollBar().setValue(WHY_AT)


def _ideas(stage: Stage) -> None:
    _why(stage)
    stage.window.open_ideas()
    dialog = stage.window.findChild(IdeasDialog)
    assert dialog is not None
    dialog.show_filter("all")


def _take_up(stage: Stage) -> None:
    _why(stage)
    shown = ideas.open_ideas(stage.desk)[0]
    TakeUpDialog(stage.window.session, shown, parent=stage.window).open()


SHOWS: dict[str, Show] = {
    "case-why": _why,
    "causes": lambda stage: stage.window.open_causes(),
    "ideas": _ideas,
    "idea": lambda stage: stage.window.write_down_idea(),
    "idea-take-up": _take_up,
    "sales-file": _sales_file,
    "quiet-regulars": _quiet_regulars,
    "today": _place(Place.TODAY),
    "cases": _place(Place.CASES),
    "case": _case("Eleanor"),
    "case-new": _case("Priya"),
    "case-long-name": _case("Odalys"),
    "customers": _place(Place.CUSTOMERS),
    "customer": lambda stage: stage.window.show_customer(stage.customer_of("Eleanor")),
    "remedies": _place(Place.REMEDIES),
    "learn": _place(Place.LEARN),
    "settings": _place(Place.SETTINGS),
    "log": _log,
    "log-new": lambda stage: stage.window.log_customer(),
    "find": _find,
    "letter": _letter,
    "wording": _pressed(Place.SETTINGS, "Change the letters…"),
    "batch": _batch,
    "slip": lambda stage: stage.window.grant(
        PrintAbout(DocumentKind.SLIP, stage.case_of("Eleanor"))
    ),
    "checklist": lambda stage: stage.window.grant(PrintChecklist()),
    "certificate": lambda stage: stage.window.grant(PrintCertificate(stage.voucher())),
    "contact": _case("Eleanor", Command.LOG_CONTACT),
    "offer": _case("Eleanor", Command.OFFER),
    "give": _case("Eleanor", Command.GIVE_REMEDY),
    "resolve": _case("Eleanor", Command.RESOLVE),
    "close": _case("Eleanor", Command.CLOSE_CASE),
    "reminder": _pressed(Place.TODAY, "Add reminder"),
    "new-customer": _pressed(Place.CUSTOMERS, "New customer"),
    "gift-card": _pressed(Place.REMEDIES, "Issue a gift card"),
    "calling": _pressed(Place.TODAY, "Calling session"),
    "severity": _mood,
    "plans": lambda stage: stage.window.change_plans(),
    "feedback": _case("Eleanor", Command.FEEDBACK),
    "learn-rules": _pressed(Place.SETTINGS, "Change how Learn counts"),
    "cases-behind": _behind,
    "history": _case("Eleanor", Command.UNDO_HISTORY),
    "merge": _case("Eleanor", Command.MERGE),
    "incident": lambda stage: stage.window.open_incident(),
    "results": _results,
    "results-middle": _results_middle,
    "results-end": _results_end,
    "month-page": lambda stage: stage.window.grant(PrintAbout(DocumentKind.MONTH_PAGE)),
    "staff-page": lambda stage: stage.window.grant(PrintAbout(DocumentKind.STAFF_PAGE)),
    "rules": lambda stage: stage.window.change_rules(),
    "cause": _pressed(Place.LEARN, "Add"),
    "till": _till("Eleanor"),
    "till-expected": _dialog(_expected),
    "expect": _dialog(
        lambda stage: ExpectDialog(
            stage.window.session, stage.customer_of("Eleanor"), parent=stage.window
        ),
        Place.CUSTOMERS,
    ),
    "person-data": _dialog(
        lambda stage: PersonDataDialog(
            stage.window.session, stage.customer_of("Eleanor"), parent=stage.window
        ),
        Place.CUSTOMERS,
    ),
    "forget": _dialog(_forgettable, Place.CUSTOMERS),
    "forget-open": _dialog(
        lambda stage: ForgetDialog(
            stage.window.session, stage.customer_of("Eleanor"), parent=stage.window
        ),
        Place.CUSTOMERS,
    ),
    "entitlement": _dialog(
        lambda stage: EntitlementDialog(stage.window.session, _lasting(stage), parent=stage.window),
        Place.CUSTOMERS,
    ),
    "customer-lasting": _lasting_card,
    "case-lasting": _lasting_case,
    "who": _dialog(_who, Place.TODAY),
    "people": _in_window(PeopleDialog, Place.SETTINGS),
    "person": _dialog(_person, Place.SETTINGS),
    "pin": _dialog(
        lambda stage: PinDialog(
            stage.window.session, people.everybody(stage.desk)[-1], parent=stage.window
        ),
        Place.TODAY,
    ),
    "owners-word": _dialog(
        lambda stage: OwnersWordDialog(
            stage.window.session,
            "That is more than the £20.00 you may give on your own. Ask the owner for their word, "
            "or ask later and it waits for them.",
            parent=stage.window,
        )
    ),
    "giving-rules": _in_window(GivingRulesDialog, Place.SETTINGS),
    "approval": _dialog(_approval, Place.TODAY),
    "deed-extend": _deed(Deed.EXTEND),
    "deed-replace": _deed(Deed.REPLACE),
    "catalogue": _in_window(CatalogueDialog, Place.SETTINGS),
    "ladder": _in_window(LadderDialog, Place.SETTINGS),
    "gift": _dialog(_gift, Place.CUSTOMERS),
    "register": _in_window(RegisterDialog),
    "to-hand-over": _given,
    "offer-budget": _case("Odalys", Command.OFFER),
    "give-budget": _case("Odalys", Command.GIVE_REMEDY),
    "people-card": _people_card,
    "staff-view": _staff_view,
    "backups": _backups,
    "restore": _restore,
    "damaged": _damaged,
}
"""By file name. Each starts from where the one before has left the window."""

EMPTY_SHOWS: dict[str, Show] = {
    "empty-ideas": lambda stage: stage.window.open_ideas(),
    "empty-today": _place(Place.TODAY),
    "empty-cases": _place(Place.CASES),
    "empty-source": _source,
    "empty-customers": _place(Place.CUSTOMERS),
    "empty-remedies": _place(Place.REMEDIES),
    "empty-learn": _place(Place.LEARN),
}

GUIDE_SHOWS = (
    "today",
    "cases",
    "case",
    "customers",
    "remedies",
    "learn",
    "settings",
    "log",
    "letter",
    "wording",
    "batch",
    "slip",
    "contact",
    "checklist",
    "calling",
    "plans",
    "incident",
    "backups",
)


@contextmanager
def stage_on(fill: Callable[[Path], object], size: tuple[int, int]) -> Iterator[Stage]:
    """Open a window on a new desk, away from everybody's own folders."""
    with tempfile.TemporaryDirectory() as folder:
        for name in ("HOME", "XDG_CONFIG_HOME", "XDG_DATA_HOME"):
            os.environ[name] = folder
        path = Path(folder) / "shop.desk"
        fill(path)
        stage = Stage(path, size)
        try:
            yield stage
        finally:
            stage.put_away()
            guide.close_guide()
            stage.window.close()
            stage.window.deleteLater()
            QApplication.processEvents()


def practice(path: Path) -> None:
    """Make the practice shop's desk."""
    sample.open_practice(path, now=NOW).close()


def empty_shop(path: Path) -> None:
    """Make a desk on which nothing has happened yet."""
    desk = Desk(path)
    shop_setup.set_up(desk, ShopSetup(name="Corner Shop", owner="Mia Ray"), now=NOW)
    desk.close()


def first_start(_path: Path) -> None:
    """Leave the desk to be made by the window."""


def take(stage: Stage, shows: dict[str, Show]) -> Iterator[tuple[str, QPixmap]]:
    """Photograph each show; one that fails is told and left out."""
    for name, show in shows.items():
        try:
            show(stage)
            yield name, stage.photograph()
        except Exception as error:  # noqa: BLE001 - one page that fails must not hide the others
            sys.stderr.write(f"{name}: {type(error).__name__}: {error}\n")
        stage.put_away()


def make_all(folder: Path, wanted: str = "") -> list[Path]:
    """Photograph everything at each size, light and dark."""
    folder.mkdir(parents=True, exist_ok=True)
    made = []
    modes: tuple[Mode, ...] = ("light", "dark")
    desks = (
        (practice, SHOWS),
        (empty_shop, EMPTY_SHOWS),
        (first_start, {"welcome": lambda _stage: None}),
    )
    for mode in modes:
        look.apply_mode(mode)
        for size in SIZES:
            for fill, shows in desks:
                chosen = {name: show for name, show in shows.items() if wanted in name}
                with stage_on(fill, size) as stage:
                    for name, picture in take(stage, chosen):
                        path = folder / f"{name}-{size[0]}x{size[1]}-{mode}.png"
                        picture.save(str(path))
                        made.append(path)
    return made


def make_guide(folder: Path = HELP) -> list[Path]:
    """Photograph what the guide and the README show, as small files."""
    folder.mkdir(parents=True, exist_ok=True)
    look.apply_mode("light")
    made = []
    with stage_on(practice, GUIDE_SIZE) as stage:
        for name, picture in take(stage, {name: SHOWS[name] for name in GUIDE_SHOWS}):
            made.append(_save_small(picture, folder / f"{name}.png"))
    with stage_on(first_start, GUIDE_SIZE) as stage:
        made.append(_save_small(stage.photograph(), folder / "welcome.png"))
    return made


def _save_small(picture: QPixmap, path: Path) -> Path:
    buffer = QBuffer()
    buffer.open(QBuffer.OpenModeFlag.WriteOnly)
    picture.save(buffer, "PNG")
    image = Image.open(BytesIO(bytes(buffer.data().data()))).convert("RGB")
    height = round(image.height * GUIDE_WIDTH / image.width)
    image = image.resize((GUIDE_WIDTH, height), Image.Resampling.LANCZOS)
    palette = image.quantize(GUIDE_COLOURS, dither=Image.Dither.NONE)
    palette.save(path, optimize=True)
    return path


def main(arguments: list[str] | None = None) -> int:
    """Make the pictures and print their paths."""
    parser = argparse.ArgumentParser(prog="python -m tests.shots", description=__doc__)
    parser.add_argument("--out", type=Path, default=Path("build") / "shots")
    parser.add_argument("--guide", action="store_true", help="make the guide's pictures")
    parser.add_argument("--only", default="", help="part of a picture's name")
    wanted = parser.parse_args(arguments)
    application()
    made = make_guide() if wanted.guide else make_all(wanted.out, wanted.only)
    sys.stdout.write("".join(f"{path}\n" for path in made))
    return 0


if __name__ == "__main__":
    sys.exit(main())
