"""The cases that have to do with this one, and the incident it is part of."""

from functools import partial

from PySide6.QtCore import QPoint, Qt, Signal
from PySide6.QtWidgets import QMenu, QWidget

from recoverydesk.services import links
from recoverydesk.services.case_pages import CaseView
from recoverydesk.services.links import LinkView
from ui import look
from ui.errors import told_to_owner
from ui.session import Session
from ui.widgets.cards import Card
from ui.widgets.layouts import clear, column
from ui.widgets.link_rows import LinkRow
from ui.wording import filled, label, tr


class LinkedCard(Card):
    """Lists linked cases; hidden where there are none.

    Signals:
        case_wanted: one was pressed. Argument: its id.
        incident_wanted: the failure that hit many was pressed. Argument: its id.
    """

    case_wanted = Signal(int)
    incident_wanted = Signal(int)

    def __init__(self, session: Session) -> None:
        super().__init__(tr("Belongs together"), gap=4)
        self._session = session
        self._rows = column(gap=2)
        self.body.addLayout(self._rows)
        self.hide()

    def show_case(self, view: CaseView) -> None:
        """Show what a case is linked with."""
        clear(self._rows)
        if view.incident_id is not None:
            line = LinkRow(view.incident, tr("One failure, many customers"), icon="users")
            line.clicked.connect(partial(self._open_incident, view.incident_id))
            self._rows.addWidget(line)
        for one in view.links:
            self._rows.addWidget(self._row(one))
        self.setVisible(bool(view.links) or view.incident_id is not None)

    def _open_incident(self, incident_id: int, _on: bool = False) -> None:  # noqa: FBT001, FBT002
        self.incident_wanted.emit(incident_id)

    def _row(self, one: LinkView) -> QWidget:
        about = one.words or label(one.status).text
        sub = filled("{customer} · {about}", customer=one.customer, about=about)
        line = LinkRow(f"{one.number}: {one.summary}", sub, icon="link")
        line.clicked.connect(lambda _on, case_id=one.case_id: self.case_wanted.emit(case_id))
        line.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        line.customContextMenuRequested.connect(partial(self._open_menu, one.link_id, line))
        return line

    def menu_of(self, link_id: int) -> QMenu:
        """Return what can be done with a link."""
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        away = menu.addAction(look.icon("x"), tr("Take the link away"))
        away.triggered.connect(partial(self._unlink, link_id))
        return menu

    def _open_menu(self, link_id: int, line: QWidget, spot: QPoint) -> None:
        self.menu_of(link_id).popup(line.mapToGlobal(spot))

    def _unlink(self, link_id: int, _on: bool = False) -> None:  # noqa: FBT001, FBT002
        with told_to_owner(self):
            links.unlink(self._session.desk, link_id)
