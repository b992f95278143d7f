"""The staff view: the till and nothing else, until the owner gives their word."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from recoverydesk.services import people
from ui import look
from ui.dialogs.pin import OwnersWordDialog
from ui.dialogs.till import TillPanel
from ui.session import Session
from ui.widgets.buttons import Button
from ui.widgets.cards import on_panel
from ui.widgets.layouts import STRETCH, boxed, column, row
from ui.widgets.scrolls import ScrollArea
from ui.widgets.text import Text
from ui.wording import tr

WIDEST = 720


class StaffView(QWidget):
    """What stands on the counter's screen: what is due, and no more.

    Signals:
        left: an owner wants the whole desk back; they are at the counter now.

    Attributes:
        panel: the till.
    """

    left = Signal()

    def __init__(self, session: Session) -> None:
        super().__init__()
        self.setObjectName("staff")
        self._session = session
        self.panel = TillPanel(session)
        back = Button(tr("&Back to the whole desk"), "ghost", icon="lock", size="small")
        back.clicked.connect(lambda _on: self._ask())
        owners = [one for one in people.everybody(session.desk) if one.is_owner]
        locked = all(one.has_pin for one in owners)
        hint = tr("takes the owner's PIN") if locked else tr("no PIN is set, so anybody can")
        inside = boxed(column(self.panel, margins=(24, 24, 24, 24)))
        middle = on_panel(ScrollArea(inside))
        middle.setMaximumWidth(look.px(WIDEST))
        self.setLayout(
            column(
                row(
                    Text(session.shop.name, "card"),
                    STRETCH,
                    Text(hint, "caption", "text2"),
                    back,
                    gap=8,
                ),
                row(STRETCH, (middle, 8), STRETCH),
                gap=16,
                margins=(24, 16, 24, 16),
            )
        )
        self.setFocusProxy(self.panel)

    def _ask(self) -> None:
        words = tr("The whole desk holds what only the owner should see.")
        # Whoever owns the shop may have left the counter since: being signed in is not enough.
        dialog = OwnersWordDialog(
            self._session, words, can_wait=False, also_here=False, parent=self.window()
        )
        dialog.given.connect(self._leave)
        dialog.open()

    def _leave(self, owner_id: int) -> None:
        desk = self._session.desk
        desk.person_id = owner_id
        assert people.is_owner(desk)
        self.left.emit()
