"""Why things go wrong here, and what to do about it: the way to causes, ideas and fixes."""

from functools import partial

from PySide6.QtCore import Signal

from recoverydesk.services import causes, ideas
from ui.actions import Command
from ui.session import Session
from ui.widgets.buttons import Button
from ui.widgets.cards import Card
from ui.widgets.layouts import STRETCH, row
from ui.widgets.page import Do
from ui.widgets.text import Text
from ui.wording import counted, tr


class CausesCard(Card):
    """Says how many causes and ideas there are, and opens them.

    Signals:
        wished: a command of the window is wanted. Argument: a `Do`.
    """

    wished = Signal(object)

    def __init__(self, session: Session) -> None:
        super().__init__(tr("Why things go wrong"), tr("In every list of causes"))
        self._session = session
        self._told = Text("", "body", "text2", wrap=True)
        self.add(self._told)
        change, listed = (
            Button.for_command(command, partial(self.wished.emit, Do(command)))
            for command in (Command.CAUSES, Command.IDEAS)
        )
        self.body.addLayout(row(change, listed, STRETCH, gap=8))

    def show_causes(self) -> None:
        """Count anew."""
        known = causes.all_causes(self._session.desk)
        groups = sum(one.parent_id is None for one in known)
        words = counted(len(known) - groups, "{n} cause", "{n} causes")
        words += " " + counted(groups, "in {n} group.", "in {n} groups.")
        waiting = ideas.count_open(self._session.desk)
        if waiting:
            words += " " + counted(waiting, "{n} idea to decide on.", "{n} ideas to decide on.")
        self._told.setText(words)
