"""Asked in a calling session where listening ends: the call it came of is written down, too."""

from dataclasses import replace

from PySide6.QtWidgets import QWidget

from recoverydesk.domain.contact import Mood
from recoverydesk.services import contacts
from recoverydesk.services.contacts import ContactEntry
from recoverydesk.services.stories import Story
from ui.dialogs.not_agreed import NO, TOPICS, NotAgreedDialog
from ui.session import Session
from ui.wording import filled


class SaidBackDialog(NotAgreedDialog):
    """Asks whether they agreed; whatever the answer, they were reached."""

    def __init__(
        self, session: Session, story: Story, note: str, mood: Mood | None, *, parent: QWidget
    ) -> None:
        """Make the dialog; `open()` shows it.

        Args:
            session: the open desk.
            story: of the listening step; its case is open.
            note: what was said.
            mood: how they sounded afterwards.
            parent: what it belongs to.

        Raises:
            NotFoundError: the case is no longer on the desk.
        """
        case_id = story.case_id
        assert case_id is not None  # only a case's step has anything to ask
        super().__init__(session, case_id, story.follow_up_id, parent=parent, note=note)
        self._told = story
        self._mood = mood

    def _contact(self) -> ContactEntry:
        return replace(super()._contact(), way=self._told.way, mood=self._mood)

    def _write(self) -> None:
        # The answer, the step and the call are one change, with one Undo.
        words = filled("Reached {name}", name=self._told.name)
        before, note = self._view.first_contact_at, self._came_of_it.strip()
        with self._session.desk.changing(TOPICS, words):
            super()._write()
            if self._answer.key() == NO or (before is not None and not note):
                entry = ContactEntry(way=self._told.way, mood=self._mood, words=note)
                contacts.log(self._session.desk, self._case_id, entry, now=self._session.now())
