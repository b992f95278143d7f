"""What can be done with an idea as it stands, each with its words, for whoever lists ideas."""

from enum import StrEnum
from functools import partial

from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMenu, QWidget

from recoverydesk.domain.correction import IdeaSource, IdeaStatus
from recoverydesk.domain.days import short_words
from recoverydesk.services import ideas
from recoverydesk.services.ideas import IdeaView
from ui import look
from ui.errors import told_to_owner
from ui.session import Session
from ui.widgets.buttons import Button, IconButton
from ui.widgets.chips import Chip
from ui.widgets.layouts import STRETCH, boxed, column, row
from ui.widgets.text import Text
from ui.wording import Label, filled, label, tr


class IdeaAct(StrEnum):
    """What is done with an idea."""

    TAKE_UP = "take_up"
    THANK = "thank"
    NAME_FIX = "name_fix"
    DECLINE = "decline"
    EDIT = "edit"
    REOPEN = "reopen"


ACTS = {
    IdeaAct.TAKE_UP: Label("Take it up…", icon="lightbulb"),
    IdeaAct.THANK: Label("Thanked", icon="hand-heart"),
    IdeaAct.NAME_FIX: Label("Name the fix…", icon="wrench"),
    IdeaAct.DECLINE: Label("Not this one…", icon="x"),
    IdeaAct.EDIT: Label("Change…", icon="pencil"),
    IdeaAct.REOPEN: Label("Decide again", icon="rotate-ccw"),
}


def acts_for(shown: IdeaView) -> tuple[IdeaAct, ...]:
    """Return what can be done with an idea as it stands; the likeliest comes first."""
    match shown.status:
        case IdeaStatus.OPEN:
            return (IdeaAct.TAKE_UP, IdeaAct.DECLINE, IdeaAct.EDIT)
        case IdeaStatus.DECLINED:
            return (IdeaAct.REOPEN, IdeaAct.EDIT)
        case IdeaStatus.ADOPTED:
            thank = (IdeaAct.THANK,) if shown.to_thank else ()
            name_fix = (IdeaAct.NAME_FIX,) if shown.correction_id is None else ()
            return (*thank, *name_fix, IdeaAct.EDIT, IdeaAct.REOPEN)


def do(session: Session, act: IdeaAct, shown: IdeaView, *, parent: QWidget) -> None:
    """Do something with an idea; most of it opens a dialog.

    Args:
        session: the open desk.
        act: what.
        shown: the idea.
        parent: what dialogs belong to.
    """
    from ui.dialogs.idea import (  # noqa: PLC0415 - when first wanted
        DeclineIdeaDialog,
        IdeaDialog,
        TakeUpDialog,
    )

    with told_to_owner(parent):
        match act:
            case IdeaAct.TAKE_UP | IdeaAct.NAME_FIX:
                TakeUpDialog(session, shown, parent=parent).open()
            case IdeaAct.THANK:
                ideas.thank(session.desk, shown.idea_id, now=session.now())
            case IdeaAct.DECLINE:
                DeclineIdeaDialog(session, shown, parent=parent).open()
            case IdeaAct.EDIT:
                IdeaDialog(session, shown=shown, parent=parent).open()
            case IdeaAct.REOPEN:
                ideas.reopen(session.desk, shown.idea_id, now=session.now())


def words(act: IdeaAct) -> str:
    """Return what an act is called."""
    return tr(ACTS[act].text)


def about_words(shown: IdeaView, session: Session) -> str:
    """Return whose idea it is, what it is about and what became of it."""
    parts = [shown.who]
    if shown.source is IdeaSource.CUSTOMER:
        parts.append(tr("customer"))
    parts += [shown.case_number, shown.cause]
    if shown.correction:
        parts.append(filled("part of the fix “{what}”", what=shown.correction))
    if shown.thanked_at is not None:
        day = short_words(session.local(shown.thanked_at).date(), session.today())
        parts.append(filled("thanked {day}", day=day))
    if shown.end_words:
        parts.append(filled("because: {why}", why=shown.end_words))
    return " · ".join(part for part in parts if part)


def idea_row(
    session: Session,
    shown: IdeaView,
    *,
    parent: QWidget,
    more: tuple[Button, ...] = (),
    most_buttons: int = 4,
) -> QWidget:
    """Return an idea with what can be done with it.

    Args:
        session: the open desk.
        shown: the idea.
        parent: what dialogs belong to.
        more: buttons of the list's own, behind the others.
        most_buttons: how many acts have a button; the others are in a menu.
    """
    state = label(shown.status)
    status = tr("To thank") if shown.to_thank else state.text
    chip = Chip(status, "warn" if shown.to_thank else state.tone, state.icon)
    acts = acts_for(shown)
    buttons: list[Button] = [_button(session, act, shown, parent) for act in acts[:most_buttons]]
    if rest := acts[most_buttons:]:
        buttons.append(_menu_button(session, rest, shown, parent))
    words = Text(f"“{shown.words}”", "strong", wrap=True)
    about = Text(about_words(shown, session), "secondary", "text2", wrap=True)
    panel = boxed(
        column(
            row((words, 1), column(chip, STRETCH), gap=12),
            about,
            row(*buttons, *more, STRETCH, gap=6),
            gap=4,
        )
    )
    panel.setAccessibleName(f"{shown.words}: {status}")
    return panel


def _button(session: Session, act: IdeaAct, shown: IdeaView, parent: QWidget) -> Button:
    told = words(act)
    button = Button(told, "ghost", icon=ACTS[act].icon, size="small")
    button.setAccessibleName(f"{told.rstrip('…')}: {shown.words}")
    button.clicked.connect(partial(_press, session, act, shown, parent))
    return button


def _menu_button(
    session: Session, acts: tuple[IdeaAct, ...], shown: IdeaView, parent: QWidget
) -> IconButton:
    name = filled("What to do with “{name}”", name=shown.words)
    button = IconButton("ellipsis", name, size="small")
    menu = QMenu(button)
    for act in acts:
        action = QAction(look.icon(ACTS[act].icon), words(act), menu)
        action.triggered.connect(partial(_press, session, act, shown, parent))
        menu.addAction(action)
    button.set_menu(menu)
    return button


def _press(
    session: Session,
    act: IdeaAct,
    shown: IdeaView,
    parent: QWidget,
    _on: bool = False,  # noqa: FBT001, FBT002 - Qt's signal
) -> None:
    do(session, act, shown, parent=parent)
