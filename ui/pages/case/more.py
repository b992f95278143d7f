"""The "More" menu of a case."""

from collections.abc import Callable
from functools import partial

from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMenu, QWidget

from recoverydesk.domain.case import Severity, Status
from recoverydesk.domain.document import DocumentKind
from recoverydesk.services import cases, playbooks
from recoverydesk.services.case_pages import CaseView
from ui import look
from ui.errors import told_to_owner
from ui.session import Session
from ui.widgets.page import OpenCase, OpenIncident, PrintAbout, Wish
from ui.wording import label, tr

PAPERS = (
    (DocumentKind.SLIP, "Slip: we have heard you…"),
    (DocumentKind.COMMENT_CARD, "Comment card…"),
    (DocumentKind.ENVELOPE, "Envelope…"),
    (DocumentKind.CASE_FILE, "Case file…"),
)


class MoreMenu:
    """Builds the menu for a case as it stands."""

    def __init__(self, session: Session, parent: QWidget, wished: Callable[[Wish], object]) -> None:
        self._session, self._parent, self._wished = session, parent, wished

    def build(self, view: CaseView, actions: list[QAction | None]) -> QMenu:
        """Return the menu: the page's own actions, then what is rarer."""
        menu = QMenu(self._parent)
        for action in actions:
            if action is None:
                menu.addSeparator()
            elif action.isEnabled():
                menu.addAction(action)
        menu.addSeparator()
        menu.addMenu(self._papers(menu, view))
        menu.addMenu(self._relations(menu, view))
        if view.closed_at is None:
            menu.addSeparator()
            if view.resolved_at is None:
                self._add_turn(menu, view)
            menu.addMenu(self._moods(menu, view))
            menu.addMenu(self._plans(menu, view))
        faith = menu.addAction(look.icon("scale"), tr("In good faith?…"))
        faith.triggered.connect(partial(self.judge, view.case_id))
        return menu

    def _papers(self, menu: QMenu, view: CaseView) -> QMenu:
        papers = QMenu(tr("Paper"), menu)
        for kind, words in PAPERS:
            action = papers.addAction(look.icon(label(kind).icon), tr(words))
            action.triggered.connect(partial(self._print, view.case_id, kind))
        return papers

    def _relations(self, menu: QMenu, view: CaseView) -> QMenu:
        relations = QMenu(tr("This case and others"), menu)
        for words, icon, doing in (
            (tr("Merge with another case…"), "merge", self.merge),
            (tr("Split in two…"), "minus", self.split),
            (tr("Link with another case…"), "link", self.link),
            (tr("It is somebody else's…"), "user", self.move),
        ):
            action = relations.addAction(look.icon(icon), words)
            action.triggered.connect(partial(doing, view.case_id))
        hit = relations.addAction(look.icon("users"), tr("One failure, many customers…"))
        hit.triggered.connect(partial(self._open_incident, view))
        return relations

    def _open_incident(self, view: CaseView, _on: bool = False) -> None:  # noqa: FBT001, FBT002
        whose = None if view.incident_id is not None else view.case_id
        self._wished(OpenIncident(view.incident_id, whose))

    def merge(self, case_id: int, _on: bool = False) -> None:  # noqa: FBT001, FBT002
        """Make one case of this and another one."""
        from ui.dialogs.merging import MergeCasesDialog  # noqa: PLC0415 - not at the start

        with told_to_owner(self._parent):
            MergeCasesDialog(self._session, case_id, parent=self._parent).open()

    def split(self, case_id: int, _on: bool = False) -> None:  # noqa: FBT001, FBT002
        """Take one case apart into two."""
        from ui.dialogs.splitting import SplitCaseDialog  # noqa: PLC0415 - not at the start

        with told_to_owner(self._parent):
            dialog = SplitCaseDialog(self._session, case_id, parent=self._parent)
            dialog.split.connect(lambda made: self._wished(OpenCase(made)))
            dialog.open()

    def link(self, case_id: int, _on: bool = False) -> None:  # noqa: FBT001, FBT002
        """Note that this case and another have to do with each other."""
        from ui.dialogs.splitting import LinkCaseDialog  # noqa: PLC0415 - not at the start

        with told_to_owner(self._parent):
            LinkCaseDialog(self._session, case_id, parent=self._parent).open()

    def move(self, case_id: int, _on: bool = False) -> None:  # noqa: FBT001, FBT002
        """Give the case to whom it really belongs."""
        from ui.dialogs.splitting import MoveCaseDialog  # noqa: PLC0415 - not at the start

        with told_to_owner(self._parent):
            MoveCaseDialog(self._session, case_id, parent=self._parent).open()

    def _print(self, case_id: int, kind: DocumentKind, _on: bool = False) -> None:  # noqa: FBT001, FBT002
        self._wished(PrintAbout(kind, case_id))

    def judge(self, case_id: int, _on: bool = False) -> None:  # noqa: FBT001, FBT002
        """Say whether they are taken to be honest."""
        from ui.dialogs.good_faith import GoodFaithDialog  # noqa: PLC0415 - not at the start

        with told_to_owner(self._parent):
            GoodFaithDialog(self._session, case_id, parent=self._parent).open()

    def _add_turn(self, menu: QMenu, view: CaseView) -> None:
        waits = view.status is Status.WAITING_CUSTOMER
        words = tr("It is our turn again") if waits else tr("Wait for the customer")
        action = menu.addAction(look.icon("hourglass"), words)
        action.triggered.connect(partial(self._wait, view.case_id, not waits))

    def _wait(self, case_id: int, waiting: bool, _on: bool = False) -> None:  # noqa: FBT001, FBT002
        with told_to_owner(self._parent):
            cases.wait_for_customer(
                self._session.desk, case_id, waiting=waiting, now=self._session.now()
            )

    def _moods(self, menu: QMenu, view: CaseView) -> QMenu:
        moods = QMenu(tr("How upset they are"), menu)
        for severity in Severity:
            words = label(severity)
            action = moods.addAction(look.icon(words.icon), f"{words.text}: {words.hint}")
            action.setCheckable(True)
            action.setChecked(severity is view.severity)
            action.triggered.connect(partial(self._change_mood, view.case_id, severity))
        return moods

    def _change_mood(self, case_id: int, severity: Severity, _on: bool = False) -> None:  # noqa: FBT001, FBT002
        from ui.dialogs.severity import SeverityDialog  # noqa: PLC0415 - not at the start

        with told_to_owner(self._parent):
            SeverityDialog(self._session, case_id, severity, parent=self._parent).open()

    def _plans(self, menu: QMenu, view: CaseView) -> QMenu:
        plans = QMenu(tr("Change the plan"), menu)
        for plan in playbooks.playbooks(self._session.desk, also_retired=False):
            action = plans.addAction(plan.name.replace("&", "&&"))
            action.setCheckable(True)
            action.setChecked(plan.key == view.playbook)
            action.triggered.connect(partial(self._change_plan, view.case_id, plan.key))
        return plans

    def _change_plan(self, case_id: int, key: str, _on: bool = False) -> None:  # noqa: FBT001, FBT002
        with told_to_owner(self._parent):
            cases.change_playbook(self._session.desk, case_id, key, now=self._session.now())
