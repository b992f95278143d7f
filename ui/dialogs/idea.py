"""An idea how it could have been avoided: written down, taken up, or left with a reason."""

from PySide6.QtWidgets import QWidget

from recoverydesk.domain.correction import CorrectionStatus, IdeaSource
from recoverydesk.errors import InvalidEntryError
from recoverydesk.services import (
    case_pages,
    causes,
    corrections,
    customer_lists,
    ideas,
    people,
    preferences,
)
from recoverydesk.services.ideas import IdeaView
from ui.errors import told_to_owner
from ui.forms import Form
from ui.session import Session
from ui.widgets.causes import NO_SUCH_CAUSE, NOT_KNOWN, CausePick
from ui.widgets.chips import Segmented
from ui.widgets.choices import Select
from ui.widgets.dialog import Dialog
from ui.widgets.fields import LabelledField, TextArea, TextField
from ui.widgets.picks import Pick, PickList
from ui.widgets.text import Text
from ui.wording import filled, tr

NO_FIX = "0"
"""Stands for "no fix yet" in the drop-down."""

OVER = frozenset({CorrectionStatus.DROPPED})


class IdeaDialog(Dialog):
    """Writes an idea down, or changes its words."""

    def __init__(
        self,
        session: Session,
        *,
        case_id: int | None = None,
        source: IdeaSource = IdeaSource.STAFF,
        shown: IdeaView | None = None,
        parent: QWidget,
    ) -> None:
        """Make the dialog; `open()` shows it.

        Args:
            session: the open desk.
            case_id: the case that it came from; None where it came from none.
            source: whose kind it is at first.
            shown: an idea to change; None writes a new one down.
            parent: what it belongs to.

        Raises:
            NotFoundError: the case is no longer on the desk.
        """
        super().__init__(parent, tr("An idea"), width=560)
        self.setObjectName("idea")
        self._session, self._case_id, self._shown = session, case_id, shown
        self._customer = "" if case_id is None else case_pages.view(session.desk, case_id).greeting
        self._words = TextArea(
            "" if shown is None else shown.words,
            lines=3,
            example=tr("A tag with the day on every box"),
        )
        self._source = Segmented(
            [
                (IdeaSource.CUSTOMER.value, self._customer or tr("A customer")),
                (IdeaSource.STAFF.value, tr("Somebody here")),
            ],
            name=tr("Whose idea is it?"),
        )
        self._who = TextField(example=tr("Kim"))
        self._whom = PickList(example=tr("Name, e-mail or phone"))
        self._cause = CausePick()
        self._cause.set_options([one for one in causes.all_causes(session.desk) if not one.retired])
        self.words = LabelledField(tr("How could it have been &avoided?"), self._words)
        self.source = LabelledField(tr("&Whose idea is it?"), self._source)
        self.who = LabelledField(tr("&Name"), self._who, tr("they are thanked when you take it up"))
        self.whom = LabelledField(tr("&Customer"), self._whom)
        self.cause = LabelledField(tr("What it would &mend"), self._cause, tr("optional"))
        self.add(self.words, self.source, self.who, self.whom, self.cause)
        self._source.chosen.connect(lambda _key: self._show_fields())
        self._whom.asked.connect(self._offer)
        self._cause.add_wanted.connect(self._add_cause)
        self._begin(source if shown is None else shown.source)
        self.save_wanted.connect(self._keep)
        self._words.setFocus()

    def _begin(self, source: IdeaSource) -> None:
        self._source.choose(source.value)
        if self._shown is not None:
            self._who.setText(self._shown.who)
            self.source.hide()
            self.cause.hide()
        else:
            everybody = people.everybody(self._session.desk)
            here = self._session.desk.person_id
            self._who.setText(next((one.name for one in everybody if one.person_id == here), ""))
            # In a case the cause is the case's.
            self.cause.setVisible(self._case_id is None)
        self._show_fields()

    def _show_fields(self) -> None:
        staff = self._source.key() == IdeaSource.STAFF.value
        self.who.setVisible(staff)
        self.whom.setVisible(not staff and self._case_id is None and self._shown is None)

    def _offer(self, typed: str) -> None:
        with told_to_owner(self):
            found = customer_lists.alike(self._session.desk, typed) if typed else ()
            self._whom.offer(
                [Pick(one.customer_id, one.name, one.phone or one.email) for one in found]
            )

    def _add_cause(self, words: str) -> None:
        from ui.dialogs.cause import AddCauseDialog  # noqa: PLC0415 - when first wanted

        with told_to_owner(self):
            dialog = AddCauseDialog(self._session, name=words, parent=self)
            dialog.added.connect(self._choose_cause)
            dialog.open()

    def _choose_cause(self, cause_id: int) -> None:
        known = causes.all_causes(self._session.desk)
        self._cause.set_options([one for one in known if not one.retired])
        self._cause.choose(str(cause_id))

    def _keep(self) -> None:
        source = IdeaSource(self._source.key())
        who = self.who if source is IdeaSource.STAFF else self.whom
        form = Form({"words": self.words, "who": who, "cause_id": self.cause})
        form.start()
        with told_to_owner(self), form.pointing_out():
            if self._cause.is_half_typed():
                raise InvalidEntryError("cause_id", NO_SUCH_CAUSE)
            if self._shown is not None:
                ideas.change(
                    self._session.desk,
                    self._shown.idea_id,
                    self._words.text(),
                    who=self._who.text(),
                )
            else:
                self._add(source)
            self.accept()

    def _add(self, source: IdeaSource) -> None:
        customer = self._whom.pick()
        cause = self._cause.key()
        ideas.add(
            self._session.desk,
            self._words.text(),
            source,
            who=self._who.text(),
            customer_id=None if customer is None else customer.id,
            case_id=self._case_id,
            cause_id=None if cause == NOT_KNOWN else int(cause),
            now=self._session.now(),
        )
        self._session.said.emit(tr("The idea is written down"))


class TakeUpDialog(Dialog):
    """Takes an idea up, and ties it to the fix that it becomes part of."""

    def __init__(self, session: Session, shown: IdeaView, *, parent: QWidget) -> None:
        """Make the dialog; `open()` shows it.

        Args:
            session: the open desk.
            shown: the idea.
            parent: what it belongs to.
        """
        super().__init__(
            parent, tr("Take the idea up"), save=tr("Take it up"), save_icon="lightbulb", width=520
        )
        self.setObjectName("take_up")
        self._session, self._shown = session, shown
        fixes = [one for one in corrections.all_corrections(session.desk) if one.status not in OVER]
        # What mends the same cause is the likeliest.
        fixes.sort(key=lambda one: one.cause_id != shown.cause_id)
        options = [(str(one.correction_id), one.what) for one in fixes]
        self._fix = Select([(NO_FIX, tr("No fix yet")), *options], name=tr("Part of which fix?"))
        self.fix = LabelledField(tr("Part of which &fix?"), self._fix, tr("optional"))
        self.add(Text(f"“{shown.words}”", "strong", wrap=True), self.fix)
        if shown.thanked_at is None:
            # Beside the buttons a long name would take the room of the field.
            self.add(Text(self._thanks_words(), "secondary", "text2", wrap=True))
        self.save_wanted.connect(self._take_up)
        self._fix.setFocus()

    def _thanks_words(self) -> str:
        whose, name = self._shown.customer_id, self._shown.who
        if whose is not None and preferences.of_customer(self._session.desk, whose).do_not_contact:
            return filled(
                "{name} asked to be left alone: thank them when they come to you.", name=name
            )
        return filled("Today reminds you to thank {name}.", name=name)

    def _take_up(self) -> None:
        key = self._fix.key()
        with told_to_owner(self):
            ideas.adopt(
                self._session.desk,
                self._shown.idea_id,
                None if key == NO_FIX else int(key),
                now=self._session.now(),
            )
            self.accept()


class DeclineIdeaDialog(Dialog):
    """Leaves an idea, and says why."""

    def __init__(self, session: Session, shown: IdeaView, *, parent: QWidget) -> None:
        """Make the dialog; `open()` shows it.

        Args:
            session: the open desk.
            shown: the idea.
            parent: what it belongs to.
        """
        super().__init__(parent, tr("Not this idea"), save=tr("Leave it"), width=520)
        self.setObjectName("decline_idea")
        self._session, self._shown = session, shown
        self._why = TextField(example=tr("There is no room for it"))
        self.why = LabelledField(tr("&Why not?"), self._why, tr("so that they can be told"))
        self._form = Form({"end_words": self.why})
        self.add(Text(f"“{shown.words}”", "strong", wrap=True), self.why)
        self.save_wanted.connect(self._decline)
        self._why.setFocus()

    def _decline(self) -> None:
        self._form.start()
        with told_to_owner(self), self._form.pointing_out():
            ideas.decline(
                self._session.desk,
                self._shown.idea_id,
                self._why.text(),
                now=self._session.now(),
            )
            self.accept()
