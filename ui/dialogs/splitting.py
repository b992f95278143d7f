"""One case that is two, or somebody else's, or has to do with another one."""

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from recoverydesk.domain.days import short_words
from recoverydesk.errors import InvalidEntryError
from recoverydesk.services import case_pages, customer_lists, links, search, splits
from recoverydesk.services.case_pages import CaseView
from recoverydesk.services.search import FoundKind
from ui.errors import told_to_owner
from ui.forms import Form
from ui.session import Session
from ui.widgets.choices import CheckBox
from ui.widgets.dialog import Dialog
from ui.widgets.fields import LabelledField, TextArea, TextField
from ui.widgets.picks import Pick, PickList
from ui.widgets.text import Text
from ui.wording import filled, label, tr

NEW = -1
MOST_LISTED = 12
LONGEST_SHOWN = 80


class SplitCaseDialog(Dialog):
    """Gives a second failure that was told in the same breath a case of its own.

    Signals:
        split: it is done. Argument: the id of the new case.
    """

    split = Signal(int)

    def __init__(self, session: Session, case_id: int, *, parent: QWidget) -> None:
        """Make the dialog; `open()` shows it.

        Raises:
            NotFoundError: the case is no longer on the desk.
        """
        view = case_pages.view(session.desk, case_id)
        super().__init__(
            parent, filled("Split {number} in two", number=view.number), save=tr("Split"), width=620
        )
        self.setObjectName("split_case")
        self.keep_typing(session, case_id=case_id)
        self._session, self._case_id = session, view.case_id
        self._words = LabelledField(
            tr("What &happened in the other"), TextArea(lines=3), tr("in their own words")
        )
        self._form = Form({"words": self._words})
        self.add(self._words)
        self._contacts = self._boxes(_said(session, view))
        self._files = self._boxes([(one.attachment_id, one.name) for one in view.attachments])
        if self._contacts or self._files:
            self.add(Text(tr("What belongs to the other?"), "label"))
            self.add(*self._contacts.values(), *self._files.values())
        self.add(Text(tr("The two stay linked."), "secondary", "text2"))
        self.save_wanted.connect(self._split)
        self._words.focus_input()

    def _boxes(self, told: Sequence[tuple[int, str]]) -> dict[int, CheckBox]:
        return {id_: CheckBox(words.replace("&", "&&")) for id_, words in told[:MOST_LISTED]}

    def _split(self) -> None:
        self._form.start()
        area = self._words.input
        assert isinstance(area, TextArea)
        with told_to_owner(self), self._form.pointing_out():
            made = splits.split_case(
                self._session.desk,
                self._case_id,
                area.text(),
                now=self._session.now(),
                contact_ids=[id_ for id_, box in self._contacts.items() if box.isChecked()],
                attachment_ids=[id_ for id_, box in self._files.items() if box.isChecked()],
            )
            self.accept()
            self.split.emit(made)


class MoveCaseDialog(Dialog):
    """Gives a case to whom it really belongs."""

    def __init__(self, session: Session, case_id: int, *, parent: QWidget) -> None:
        """Make the dialog; `open()` shows it.

        Raises:
            NotFoundError: the case is no longer on the desk.
        """
        view = case_pages.view(session.desk, case_id)
        title = filled("Whose is {number}?", number=view.number)
        super().__init__(parent, title, save=tr("Move it"), width=560)
        self.setObjectName("move_case")
        self._session, self._case_id = session, view.case_id
        self._who = PickList(example=tr("Name, phone or e-mail"))
        self._who.asked.connect(self._offer)
        field = LabelledField(tr("&Whose is it?"), self._who, tr("or a new name"))
        self._form = Form({"name": field})
        self.add(
            Text(
                filled(
                    "It is {name}'s now. All that was said, given and written in it moves along.",
                    name=view.customer,
                ),
                token="text2",
                wrap=True,
            ),
            field,
        )
        self.save_wanted.connect(self._move)
        self._who.setFocus()

    def _offer(self, typed: str) -> None:
        found = customer_lists.alike(self._session.desk, typed) if typed else ()
        self._who.offer([Pick(one.customer_id, one.name, one.phone or one.email) for one in found])

    def _move(self) -> None:
        self._form.start()
        picked = self._who.pick()
        with told_to_owner(self), self._form.pointing_out():
            splits.move_case(
                self._session.desk,
                self._case_id,
                now=self._session.now(),
                customer_id=None if picked is None else picked.id,
                name=self._who.text(),
            )
            self.accept()


class LinkCaseDialog(Dialog):
    """Notes that another case has to do with this one."""

    def __init__(self, session: Session, case_id: int, *, parent: QWidget) -> None:
        """Make the dialog; `open()` shows it.

        Raises:
            NotFoundError: the case is no longer on the desk.
        """
        view = case_pages.view(session.desk, case_id)
        title = filled("Link {number} with another case", number=view.number)
        super().__init__(parent, title, save=tr("Link"), save_icon="link", width=560)
        self.setObjectName("link_case")
        self._session, self._case_id = session, view.case_id
        self._which = PickList(example=tr("Number, name, words of the story"))
        self._which.asked.connect(self._offer)
        self._words = TextField(example=tr("the same delivery"))
        which = LabelledField(tr("&Which case?"), self._which)
        words = LabelledField(tr("What do they &share?"), self._words, tr("optional"))
        self._form = Form({"case": which, "words": words})
        self.add(which, words)
        self.save_wanted.connect(self._link)
        self._which.setFocus()

    def _offer(self, typed: str) -> None:
        found = search.find(self._session.desk, typed)
        self._which.offer(
            [
                Pick(hit.item_id, hit.title, hit.hint, "inbox")
                for hit in found
                if hit.kind is FoundKind.CASE and hit.item_id != self._case_id
            ]
        )

    def _picked(self) -> int:
        pick = self._which.pick()
        if pick is None:
            raise InvalidEntryError("case", tr("Which case is it? Pick it from the list."))
        return pick.id

    def _link(self) -> None:
        self._form.start()
        other = self._form.take("case", self._picked, None)
        if other is None or not self._form.ok():
            return
        with told_to_owner(self), self._form.pointing_out():
            links.link(self._session.desk, self._case_id, other, self._words.text())
            self.accept()


def _said(session: Session, view: CaseView) -> list[tuple[int, str]]:
    told = []
    for one in reversed(view.contacts):
        day = short_words(session.local(one.at).date(), session.today())
        words = one.words.replace("\n", " ")[:LONGEST_SHOWN]
        told.append((one.contact_id, f"{day}, {label(one.way).text}: {words}".rstrip(": ")))
    return told
