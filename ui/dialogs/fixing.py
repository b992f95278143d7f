"""What can be done with a fix as it stands, each with its words, for whoever lists fixes."""

from collections.abc import Callable
from enum import StrEnum

from PySide6.QtWidgets import QWidget

from recoverydesk.domain.correction import CorrectionStatus
from recoverydesk.services import corrections, fix_news
from recoverydesk.services.corrections import OPEN, CorrectionView
from ui.errors import told_to_owner
from ui.session import Session
from ui.wording import Label, tr

OpenCase = Callable[[int], object]
Write = Callable[[list[int]], object]


class FixAct(StrEnum):
    """What is done with a fix."""

    BEGIN = "begin"
    DONE = "done"
    LOOK = "look"
    TELL = "tell"
    EDIT = "edit"
    DROP = "drop"


ACTS = {
    FixAct.BEGIN: Label("Somebody is at it", icon="wrench"),
    FixAct.DONE: Label("Done…", icon="check"),
    FixAct.LOOK: Label("Did it hold?…", icon="eye"),
    FixAct.TELL: Label("Tell them…", icon="megaphone"),
    FixAct.EDIT: Label("Change…", icon="pencil"),
    FixAct.DROP: Label("Give it up…", icon="ban"),
}


def acts_for(shown: CorrectionView) -> tuple[FixAct, ...]:
    """Return what can be done with a fix as it stands; the likeliest comes first."""
    if shown.status is CorrectionStatus.DROPPED:
        return ()
    if shown.status in OPEN:
        begin = () if shown.status is CorrectionStatus.IN_PROGRESS else (FixAct.BEGIN,)
        return (FixAct.DONE, *begin, FixAct.EDIT, FixAct.DROP)
    tell = () if shown.status is CorrectionStatus.CAME_BACK else (FixAct.TELL,)
    return (FixAct.LOOK, *tell, FixAct.EDIT, FixAct.DROP)


def do(
    session: Session,
    act: FixAct,
    shown: CorrectionView,
    *,
    parent: QWidget,
    open_case: OpenCase,
    write: Write,
) -> None:
    """Do something with a fix; most of it opens a dialog.

    Args:
        session: the open desk.
        act: what.
        shown: the fix.
        parent: what dialogs belong to.
        open_case: shows a case, by its id.
        write: opens the letter about what was changed, for cases by their ids.
    """
    from ui.dialogs.correction import (  # noqa: PLC0415 - when first wanted
        CorrectionDialog,
        CorrectionDoneDialog,
        CorrectionDropDialog,
    )

    with told_to_owner(parent):
        match act:
            case FixAct.BEGIN:
                corrections.start(session.desk, shown.correction_id, now=session.now())
            case FixAct.DONE:
                done = CorrectionDoneDialog(session, shown.correction_id, parent=parent)
                done.finished_with.connect(
                    lambda: _tell_if_any(session, shown.correction_id, parent=parent, write=write)
                )
                done.open()
            case FixAct.TELL:
                tell(session, shown.correction_id, parent=parent, write=write)
            case FixAct.LOOK:
                look_at(session, shown.correction_id, parent=parent, open_case=open_case)
            case FixAct.EDIT:
                CorrectionDialog(session, shown.case_id, shown, parent=parent).open()
            case FixAct.DROP:
                CorrectionDropDialog(session, shown, parent=parent).open()


def look_at(session: Session, correction_id: int, *, parent: QWidget, open_case: OpenCase) -> None:
    """Show what happened since a fix was done, and ask whether it held.

    Args:
        session: the open desk.
        correction_id: the fix.
        parent: what the dialog belongs to.
        open_case: shows a case, by its id.
    """
    from ui.dialogs.correction import (  # noqa: PLC0415 - when first wanted
        CorrectionCheckDialog,
        CorrectionDialog,
    )

    def plan_again(shown: CorrectionView) -> None:
        dialog = CorrectionDialog(session, None, cause_id=shown.cause_id, parent=parent)
        dialog.open()

    with told_to_owner(parent):
        dialog = CorrectionCheckDialog(session, correction_id, parent=parent)
        dialog.case_wanted.connect(open_case)
        dialog.again_wanted.connect(plan_again)
        dialog.open()


def tell(session: Session, correction_id: int, *, parent: QWidget, write: Write) -> None:
    """Ask who is told of a fix, and how.

    Args:
        session: the open desk.
        correction_id: the fix.
        parent: what the dialog belongs to.
        write: opens the letter about what was changed, for cases by their ids.
    """
    from ui.dialogs.fix_round import FixRoundDialog  # noqa: PLC0415 - when first wanted

    with told_to_owner(parent):
        dialog = FixRoundDialog(session, correction_id, parent=parent)
        dialog.letters_wanted.connect(write)
        dialog.open()


def _tell_if_any(session: Session, correction_id: int, *, parent: QWidget, write: Write) -> None:
    with told_to_owner(parent):
        if fix_news.of_fix(session.desk, correction_id).to_tell:
            tell(session, correction_id, parent=parent, write=write)


def words(act: FixAct) -> str:
    """Return what an act is called."""
    return tr(ACTS[act].text)
