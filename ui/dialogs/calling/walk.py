"""The way through a calling session: which card is next, what came of each, what was typed."""

from collections import Counter
from collections.abc import Sequence
from datetime import timedelta

from recoverydesk.errors import NotFoundError
from recoverydesk.records import record
from recoverydesk.services import stories
from recoverydesk.services.stories import Story
from ui.dialogs.calling.note import Draft
from ui.dialogs.calling.tally import Outcome
from ui.session import Session


@record
class Entered:
    """The card that was entered last, for taking it back."""

    place: int
    name: str
    outcome: Outcome
    change_id: int
    draft: Draft


class Walk:
    """Goes from card to card. No widgets; it reads the desk and changes nothing on it.

    Attributes:
        items: the follow-ups to go through.
        place: which of them is shown; their number at the end.
        story: of the one that is shown; None at the end.
        last: the card that was entered last, as long as it can be taken back.
    """

    def __init__(self, session: Session, items: Sequence[int] | None) -> None:
        """Start before the first card.

        Args:
            session: the open desk.
            items: the follow-ups; None for all calls that are late or for today.
        """
        self._session = session
        self._began = now = session.now()
        self._chosen = items is not None
        if items is None:
            items = stories.session_items(session.desk, now=now, hours=session.shop.hours)
        self.items = tuple(items)
        self.place = -1
        self.story: Story | None = None
        self.last: Entered | None = None
        self._outcomes: dict[int, Outcome] = {}
        self._drafts: dict[int, Draft] = {}

    def forward(self, after: int) -> int:
        """Go to the next card that waits for a result, or to the end.

        Returns:
            How many were passed over because somebody has dealt with them meanwhile.
        """
        passed = 0
        for place in range(after + 1, len(self.items)):
            item = self.items[place]
            if self._outcomes.get(item, Outcome.ELSEWHERE) is not Outcome.ELSEWHERE:
                continue
            known = self._outcomes.pop(item, None)  # it may have been taken back there
            story = self._read(place)
            if story is not None and self._waits(story):
                self.place, self.story = place, story
                return passed
            self._outcomes[item] = Outcome.ELSEWHERE
            passed += known is None
        self.to_end()
        return passed

    def back(self) -> bool:
        """Go to the card before, whatever came of it; say whether there is one."""
        for place in reversed(range(self.place)):
            story = self._read(place)
            if story is not None:
                self.place, self.story = place, story
                return True
        return False

    def to_end(self) -> None:
        """Leave the cards that are left as they are."""
        self.place, self.story = len(self.items), None

    def open_story(self) -> Story | None:
        """Return the story that is shown, where it waits for a result."""
        story = self.story
        return story if story is not None and self._waits(story) else None

    def read_again(self) -> Story | None:
        """Return the same as it stands on the desk now."""
        story = self._read(self.place)
        self.story = story or self.story
        return story if story is not None and self._waits(story) else None

    def outcome(self) -> Outcome | None:
        """Return what came of the card that is shown; None while it waits."""
        if self.story is None or self._waits(self.story):
            return None
        return self._outcomes.get(self.story.follow_up_id, Outcome.ELSEWHERE)

    def _waits(self, story: Story) -> bool:
        open_ = story.planned if self._chosen else story.for_session
        return open_ and story.follow_up_id not in self._outcomes

    def _read(self, place: int) -> Story | None:
        session = self._session
        try:
            return stories.of_follow_up(session.desk, self.items[place], now=session.now())
        except NotFoundError:
            return None

    # What was typed

    def keep(self, draft: Draft) -> None:
        """Keep what stands on the card that is shown."""
        if self.story is not None:
            self._drafts[self.story.follow_up_id] = draft

    def draft(self) -> Draft:
        """Return what was typed on the card that is shown."""
        return Draft() if self.story is None else self._draft_of(self.story)

    def _draft_of(self, story: Story) -> Draft:
        return self._drafts.get(story.follow_up_id, Draft())

    def has_notes(self) -> bool:
        """Say whether a card without a result has a note."""
        return any(draft.words.strip() for draft in self._drafts.values())

    def to_note(self) -> bool:
        """Go to the first card that has a note without a result; say whether it isn't shown yet."""
        for place, item in enumerate(self.items):
            if self._drafts.get(item, Draft()).words.strip() and place != self.place:
                story = self._read(place)
                if story is not None:
                    self.place, self.story = place, story
                    return True
        return False

    def forget_notes(self) -> None:
        """Let them go."""
        self._drafts.clear()

    # What came of it

    def enter(self, outcome: Outcome, draft: Draft) -> None:
        """Take down that the result of the card that is shown is saved."""
        story, newest = self.story, self._session.desk.last_undoable()
        if story is None:
            return
        self._outcomes[story.follow_up_id] = outcome
        self._drafts.pop(story.follow_up_id, None)
        name = story.greeting or story.title
        self.last = None
        if newest is not None:
            self.last = Entered(self.place, name, outcome, newest.id, draft)

    def take_back(self, last: Entered) -> None:
        """Go before the card that was entered last: it waits again, with what was typed."""
        item = self.items[last.place]
        self.last = None
        self._outcomes.pop(item, None)
        self._drafts[item] = last.draft

    def ended(self) -> int:
        """Return how many cards have a result, or were dealt with elsewhere."""
        return len(self._outcomes)

    def counts(self) -> Counter[Outcome]:
        """Return how many ended how."""
        return Counter(self._outcomes.values())

    def taken(self) -> timedelta:
        """Return how long it took so far."""
        return self._session.now() - self._began
