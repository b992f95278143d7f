"""The causes' list: a new one, another name, two made one."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from recoverydesk.services import cause_moves, causes
from recoverydesk.services.causes import CauseView
from ui.errors import told_to_owner
from ui.forms import Form
from ui.session import Session
from ui.widgets.choices import Select
from ui.widgets.dialog import Dialog
from ui.widgets.fields import LabelledField, TextField
from ui.widgets.text import Text
from ui.wording import counted, filled, tr

GROUP = "0"
"""Stands for "a group of its own" in the drop-down."""


class AddCauseDialog(Dialog):
    """A new cause, under a group or as one.

    Signals:
        added: it is on the desk. Argument: its id.
    """

    added = Signal(int)

    def __init__(
        self,
        session: Session,
        group_id: int | None = None,
        *,
        name: str = "",
        parent: QWidget,
    ) -> None:
        """Make the dialog; `open()` shows it.

        Args:
            session: the open desk.
            group_id: the group it goes under at first; None leaves that to the owner.
            name: what was typed already.
            parent: the window it belongs to.
        """
        super().__init__(parent, tr("Add a cause"), save=tr("Add"), cancel=tr("Cancel"), width=480)
        self._session = session
        self._name = TextField(name, example=tr("Parcel damaged in the post"))
        groups = [
            (str(cause.cause_id), cause.name)
            for cause in causes.all_causes(session.desk)
            if cause.parent_id is None
        ]
        self._under = Select([*groups, (GROUP, tr("A group of its own"))], name=tr("Belongs to"))
        if group_id is not None:
            self._under.choose(str(group_id))
        self.name = LabelledField(tr("&What goes wrong?"), self._name)
        self.under = LabelledField(tr("&Belongs to"), self._under)
        hint = tr("Name the rule, the tool or the supplier, never a person.")
        self.add(self.name, self.under, Text(hint, "secondary", "text3", wrap=True))
        self._form = Form({"name": self.name, "parent": self.under})
        self.save_wanted.connect(self._add_cause)
        self._name.returnPressed.connect(self.save_wanted)
        self._name.setFocus()

    def _add_cause(self) -> None:
        self._form.start()
        under = self._under.key()
        parent_id = None if under == GROUP else int(under)
        with told_to_owner(self), self._form.pointing_out():
            cause_id = causes.add(self._session.desk, self._name.text(), parent_id=parent_id)
            self.added.emit(cause_id)
            self.accept()


class RenameCauseDialog(Dialog):
    """Another name for a cause, everywhere."""

    def __init__(self, session: Session, cause: CauseView, *, parent: QWidget) -> None:
        """Make the dialog; `open()` shows it."""
        super().__init__(
            parent, tr("Rename the cause"), save=tr("Rename"), cancel=tr("Cancel"), width=480
        )
        self._session = session
        self._cause = cause
        self._name = TextField(cause.name)
        self.name = LabelledField(tr("&Name"), self._name)
        hint = counted(
            cause.cases,
            "{n} case is put down to it; it gets the new name as well.",
            "{n} cases are put down to it; they get the new name as well.",
        )
        self.add(self.name, Text(hint, "secondary", "text3", wrap=True))
        self._form = Form({"name": self.name})
        self.save_wanted.connect(self._rename)
        self._name.returnPressed.connect(self.save_wanted)
        self._name.selectAll()
        self._name.setFocus()

    def _rename(self) -> None:
        self._form.start()
        with told_to_owner(self), self._form.pointing_out():
            causes.rename(self._session.desk, self._cause.cause_id, self._name.text())
            self.accept()


class MergeCauseDialog(Dialog):
    """Makes two causes one, after saying what becomes of what."""

    def __init__(self, session: Session, cause: CauseView, *, parent: QWidget) -> None:
        """Make the dialog; `open()` shows it."""
        super().__init__(
            parent,
            tr("Make two causes one"),
            save=tr("Merge"),
            save_icon="merge",
            cancel=tr("Cancel"),
            width=520,
        )
        self._session = session
        self._cause = cause
        everything = causes.all_causes(session.desk, also_retired=True)
        self._under = [one for one in everything if one.parent_id == cause.cause_id]
        self._others = {
            str(one.cause_id): one
            for one in everything
            if cause.cause_id not in {one.cause_id, one.parent_id}
            and one.cause_id != cause.parent_id
            and not one.retired
        }
        self._moving = cause_moves.moving(session.desk, cause.cause_id)
        options = [(key, one.full_name) for key, one in self._others.items()]
        self._into = Select(options, name=tr("Merge into"))
        self.into = LabelledField(
            filled("Merge “{name}” &into", name=cause.name.replace("&", "")), self._into
        )
        self._preview = Text("", "secondary", "text2", wrap=True)
        self.add(self.into, self._preview)
        self.set_note(tr("Undo takes it back."), "undo-2")
        self._form = Form({"into": self.into})
        self._into.currentIndexChanged.connect(self._show_preview)
        self.save_wanted.connect(self._merge)
        self.save_button.setEnabled(bool(options))
        self._show_preview()

    def preview(self) -> str:
        """Return what merging would do, in words."""
        return self._preview.text()

    def _show_preview(self) -> None:
        target = self._others.get(self._into.key())
        if target is None:
            self._preview.setText(tr("There is no other cause to merge it into."))
            return
        gone = filled("“{name}” goes from the list.", name=self._cause.name)
        sentences = [
            gone,
            filled("To “{target}” move: {what}.", target=target.full_name, what=", ".join(moved))
            if (moved := self._what_moves())
            else tr("Nothing is put down to it yet."),
        ]
        if self._cause.cases:
            words = counted(
                self._cause.cases + target.cases,
                "It will have {n} case.",
                "It will have {n} cases.",
            )
            sentences.append(words)
        if self._under:
            moved_under = counted(
                len(self._under), "The cause under it moves", "The {n} causes under it move"
            )
            group = target.parent or target.name
            sentences.append(
                filled(
                    "{moved} to “{group}”; two of the same name become one.",
                    moved=moved_under,
                    group=group,
                )
            )
        self._preview.setText(" ".join(sentences))

    def _what_moves(self) -> list[str]:
        moving = self._moving
        counts = (
            (moving.cases, "{n} case", "{n} cases"),
            (moving.incidents, "{n} incident", "{n} incidents"),
            (moving.fixes, "{n} fix", "{n} fixes"),
            (moving.ideas, "{n} idea", "{n} ideas"),
        )
        return [counted(count, one, many) for count, one, many in counts if count]

    def _merge(self) -> None:
        self._form.start()
        key = self._into.key()
        with told_to_owner(self), self._form.pointing_out():
            if key:
                cause_moves.merge(self._session.desk, self._cause.cause_id, into=int(key))
                self.accept()


class MoveCauseDialog(Dialog):
    """Puts a cause below another group."""

    def __init__(self, session: Session, cause: CauseView, *, parent: QWidget) -> None:
        """Make the dialog; `open()` shows it."""
        super().__init__(
            parent, tr("Move the cause"), save=tr("Move"), cancel=tr("Cancel"), width=480
        )
        self._session = session
        self._cause = cause
        groups = [
            (str(one.cause_id), one.name)
            for one in causes.all_causes(session.desk)
            if one.parent_id is None
            and not one.retired
            and one.cause_id not in {cause.cause_id, cause.parent_id}
        ]
        alone = [] if cause.parent_id is None else [(GROUP, tr("A group of its own"))]
        self._under = Select([*groups, *alone], name=tr("Belongs to"))
        label = filled("“{name}” belongs &to", name=cause.name.replace("&", ""))
        self.under = LabelledField(label, self._under)
        self.add(self.under)
        self.set_note(tr("Undo takes it back."), "undo-2")
        self._form = Form({"parent": self.under})
        self.save_wanted.connect(self._move)
        self.save_button.setEnabled(bool(groups or alone))
        self._under.setFocus()

    def _move(self) -> None:
        self._form.start()
        key = self._under.key()
        with told_to_owner(self), self._form.pointing_out():
            if key:
                under = None if key == GROUP else int(key)
                cause_moves.move(
                    self._session.desk, self._cause.cause_id, under=under, now=self._session.now()
                )
                self.accept()
