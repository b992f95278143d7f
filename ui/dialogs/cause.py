"""The causes' list: a new one, another name, two made one."""

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
    """A new cause, under a group or as one."""

    def __init__(self, session: Session, group_id: int | None = None, *, parent: QWidget) -> None:
        """Make the dialog; `open()` shows it.

        Args:
            session: the open desk.
            group_id: the group it goes under at first; None leaves that to the owner.
            parent: the window it belongs to.
        """
        super().__init__(parent, tr("Add a cause"), save=tr("Add"), cancel=tr("Cancel"), width=480)
        self._session = session
        self._name = TextField(example=tr("Parcel damaged in the post"))
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
            causes.add(self._session.desk, self._name.text(), parent_id=parent_id)
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
            if cause.cause_id not in {one.cause_id, one.parent_id} and not one.retired
        }
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
        moved_cases = counted(
            self._cause.cases, "Its {n} case moves", "Its {n} cases move, with their fixes,"
        )
        sentences = [
            gone,
            filled(
                "{moved} to “{target}”, which will have {sum}.",
                moved=moved_cases,
                target=target.full_name,
                sum=str(self._cause.cases + target.cases),
            )
            if self._cause.cases
            else tr("No case is put down to it."),
        ]
        if self._under:
            moved = counted(
                len(self._under), "The cause under it moves", "The {n} causes under it move"
            )
            group = target.parent or target.name
            sentences.append(filled("{moved} to “{group}”.", moved=moved, group=group))
        self._preview.setText(" ".join(sentences))

    def _merge(self) -> None:
        self._form.start()
        key = self._into.key()
        with told_to_owner(self), self._form.pointing_out():
            if key:
                cause_moves.merge(self._session.desk, self._cause.cause_id, into=int(key))
                self.accept()
