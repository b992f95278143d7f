"""Settings: one column of cards."""

from recoverydesk.topics import Topic
from ui import look
from ui.pages.settings.causes import CausesCard
from ui.pages.settings.hours import HoursCard
from ui.pages.settings.learning import LearningCard
from ui.pages.settings.letterhead import LetterheadCard
from ui.pages.settings.letters import LettersCard
from ui.pages.settings.paper import PaperCard
from ui.pages.settings.people import PeopleCard
from ui.pages.settings.plans import PlansCard
from ui.pages.settings.remedies import RemediesCard
from ui.pages.settings.shop_papers import ShopPapersCard
from ui.session import Session
from ui.widgets.buttons import Button
from ui.widgets.cards import Card
from ui.widgets.chips import Segmented
from ui.widgets.layouts import STRETCH, boxed, column, row
from ui.widgets.page import GoTo, Page, Place
from ui.widgets.scrolls import ScrollArea
from ui.widgets.text import Text
from ui.wording import tr

WIDEST = 874
"""Cards and gutter together."""
GUTTER = 14
"""Beside the cards, for the bar that scrolls them."""


class SettingsPage(Page):
    """The shop's own page."""

    SHOWS = Topic.SHOP | Topic.CASES | Topic.REMEDIES | Topic.CAUSES | Topic.CORRECTIONS

    def __init__(self, session: Session) -> None:
        super().__init__(session)
        self.setObjectName("settings")
        self._paper = PaperCard(session)
        self._letterhead = LetterheadCard(session)
        self._letters = LettersCard(session)
        self._plans = PlansCard(session)
        self._causes = CausesCard(session)
        self._causes.wished.connect(self.wished)
        self._remedies = RemediesCard(session)
        self._learning = LearningCard(session)
        self._people = PeopleCard(session)
        self._people.wished.connect(self.wished)
        self._papers = ShopPapersCard(session)
        self._papers.wished.connect(self.wished)
        self._hours = HoursCard(session)
        cards = boxed(
            column(
                self._paper,
                self._letterhead,
                self._letters,
                self._plans,
                self._causes,
                self._remedies,
                self._learning,
                self._people,
                self._papers,
                self._hours,
                self._look_card(),
                self._desk_card(),
                STRETCH,
                gap=16,
                margins=(0, 0, GUTTER, 0),
            )
        )
        area = ScrollArea(cards)
        area.setMaximumWidth(look.px(WIDEST))
        self.setLayout(row((area, 1), (boxed(row()), 0)))

    def heading(self) -> str:
        """Return the page's title."""
        return tr("Settings")

    def subheading(self) -> str:
        """Return the line under the title."""
        return tr("Your shop, your letters, your promises")

    def refresh(self) -> None:
        """Read the shop again."""
        view = self.session.shop
        self._paper.show_shop(view)
        self._letterhead.show_shop(view)
        self._letters.show_count()
        self._plans.show_plans()
        self._causes.show_causes()
        self._remedies.show_remedies()
        self._learning.show_rules()
        self._people.show_people()
        self._papers.show_standing()
        self._hours.show_shop(view)

    def unsaved(self) -> bool:
        """Say whether something typed in a card isn't saved."""
        return any(card.unsaved() for card in self._cards())

    def save(self) -> None:
        """Save what is typed, card by card; what can't be taken stays unsaved."""
        for card in self._cards():
            if card.unsaved():
                card.save()

    def forget(self) -> None:
        """Let go of what is typed in every card."""
        for card in self._cards():
            card.forget()

    def _cards(self) -> tuple[PaperCard, HoursCard]:
        return self._paper, self._hours

    def _look_card(self) -> Card:
        card = Card(tr("Light or dark"))
        choice = Segmented(
            [("system", tr("As the system")), ("light", tr("Light")), ("dark", tr("Dark"))],
            name=tr("Light or dark"),
        )
        choice.chosen.connect(self.look_chosen)
        self.look_choice = choice
        card.body.addLayout(row(choice, STRETCH))
        return card

    def _desk_card(self) -> Card:
        card = Card(tr("Your desk"))
        where = tr("All of it is in one file on this computer:")
        card.body.addWidget(Text(where, "body", "text2", wrap=True))
        card.body.addWidget(
            Text(str(self.session.desk.path), "secondary", "text2", wrap=True, selectable=True)
        )
        saved = Button(tr("&Backups…"), "secondary", icon="archive")
        saved.clicked.connect(lambda _on: self.wished.emit(GoTo(Place.SETTINGS, "backups")))
        practice = Button(tr("Try it with a practice shop"), "secondary", icon="graduation-cap")
        practice.clicked.connect(lambda _on: self._practise())
        practice.setEnabled(not self.session.shop.practice)
        card.body.addLayout(row(saved, practice, STRETCH, gap=8))
        return card

    def _practise(self) -> None:
        self.wished.emit(GoTo(Place.SETTINGS, "practice"))
