"""How a customer is won back and kept: the second-chance meter, gifts, staying in touch."""

from collections.abc import Callable

from PySide6.QtWidgets import QWidget

from recoverydesk.domain.days import short_words
from recoverydesk.services.claims import ClaimKey
from recoverydesk.services.customer_pages import CustomerView
from recoverydesk.services.gift_ideas import PastGift, PlannedGift
from recoverydesk.services.touches import TouchState, TouchTone
from ui import look
from ui.dialogs.entitlement import lasting_words
from ui.session import Session
from ui.widgets.buttons import Button, IconButton
from ui.widgets.cards import Card
from ui.widgets.layouts import STRETCH, boxed, column, row
from ui.widgets.link_rows import LinkRow
from ui.widgets.meters import Ring, rule_of_thumb
from ui.widgets.sources import SourceButton
from ui.widgets.text import Icon, Text
from ui.wording import counted, filled, label, tr

MOST_PAST = 3
MOST_WAYS = 2

TONES: dict[TouchTone, look.Tone] = {
    TouchTone.OK: "neutral",
    TouchTone.AMBER: "warn",
    TouchTone.RED: "danger",
}

Press = Callable[[], None]


def touch_line(state: TouchState, session: Session) -> QWidget:
    """Return when to get in touch again, and how pressing it is."""
    tone = TONES[state.tone]
    icon = Icon("message-circle" if tone == "neutral" else "circle-alert", look.INKS[tone])
    ink: look.Token = "text" if tone == "neutral" else look.INKS[tone]
    words = touch_words(state, session)
    text = Text(words, "secondary", ink, wrap=True)
    text.setAccessibleName(f"{tr('Stay in touch')}: {words}")
    beside = column(icon, STRETCH, margins=(0, 2, 0, 0))
    return boxed(row(beside, (text, 1), gap=10))


def touch_words(state: TouchState, session: Session) -> str:
    """Say when to get in touch again, counted from the last contact."""
    today = session.today()
    ideal, latest = short_words(state.ideal_on, today), short_words(state.latest_on, today)
    if state.left_alone:
        return tr("Nothing is planned while they want to be left alone.")
    if state.tone is TouchTone.OK:
        words = filled("Get in touch by {day}, at the latest {latest}", day=ideal, latest=latest)
    elif state.tone is TouchTone.AMBER:
        words = filled("Get in touch: due since {day}, late after {latest}", day=ideal,
                       latest=latest)  # fmt: skip
    else:
        words = filled("Get in touch: late since {latest}", latest=latest)
    if state.last_on is None:
        return filled("{words} (no contact yet)", words=words)
    last = short_words(state.last_on, today)
    return filled("{words} (last contact {day})", words=words, day=last)


def chance_card(view: CustomerView, *, add: Press, ways: Press) -> Card:
    """Return the second-chance meter of a customer.

    Args:
        view: whose.
        add: writes an experience down.
        ways: shows the twelve ways.
    """
    chance = view.chance
    card = Card(tr("Second chance"), gap=10)
    more = IconButton("plus", tr("Add an experience"), size="small")
    more.clicked.connect(lambda _on: add())
    card.head.addWidget(more)
    ring = Ring(chance.count, size=80, count=chance.target)
    said = counted(chance.count, "{n} good experience so far.", "{n} good experiences so far.")
    if not chance.experiences:
        said = tr("No good experience written down so far.")
    elif not chance.count:
        said = tr("What went wrong again takes away what went well.")
    elif chance.since is not None:
        said = counted(chance.count, "{n} good experience since.", "{n} good experiences since.")
    words = Text(f"{said} {rule_of_thumb(chance.target)}", "secondary", "text2", wrap=True)
    source = column(SourceButton(ClaimKey.TWELVE_GOOD), STRETCH)
    card.body.addLayout(row(column(ring, STRETCH), (column(words, STRETCH), 1), source, gap=14))
    if chance.unused:
        names = ", ".join(label(way).text for way in chance.unused[:MOST_WAYS])
        to_go = filled("Still to go: {ways}", ways=names)
        card.add(Text(to_go, "secondary", wrap=True))
    show = Button(tr("The twelve ways"), "secondary", icon="list-checks", size="small")
    show.clicked.connect(lambda _on: ways())
    card.body.addLayout(row(show, STRETCH))
    return card


def lasting_card(view: CustomerView, session: Session, *, change: Callable[[int], None]) -> Card:
    """Return what they may have for a time; a line changes it, by the entitlement's id."""
    card = Card(tr("May have"), gap=4)
    for one in view.entitlements:
        line = LinkRow(
            one.words,
            lasting_words(one, session),
            icon=label(one.kind).icon or "gift",
            value=one.goods,
        )
        line.clicked.connect(lambda _on, which=one.entitlement_id: change(which))
        card.add(line)
    return card


def gifts_card(
    view: CustomerView, session: Session, *, new: Press, give: Callable[[int], None]
) -> Card:
    """Return the gifts that are planned and those that were given.

    Args:
        view: whose.
        session: the open desk.
        new: plans or gives one.
        give: gives a planned one, by the remedy's id.
    """
    card = Card(tr("Thank-you gifts"), gap=6)
    more = IconButton("plus", tr("Plan or give a gift"), size="small")
    more.clicked.connect(lambda _on: new())
    card.head.addWidget(more)
    for one in view.planned_gifts:
        line = _planned(one, session)
        line.clicked.connect(lambda _on, remedy_id=one.remedy_id: give(remedy_id))
        card.add(line)
    for past in view.past_gifts[:MOST_PAST]:
        card.add(_past(past, session))
    earlier = len(view.past_gifts) - MOST_PAST
    if earlier > 0:
        words = counted(earlier, "and {n} earlier gift", "and {n} earlier gifts")
        card.add(Text(words, "caption", "text2"))
    if not view.planned_gifts and not view.past_gifts:
        nothing = tr("Months later nobody expects one, and so it is remembered.")
        card.add(Text(nothing, "secondary", "text2", wrap=True))
    return card


def _planned(one: PlannedGift, session: Session) -> LinkRow:
    today = session.today()
    when = short_words(one.on, today)
    due = one.on <= today
    return LinkRow(
        one.occasion or tr("Thank-you gift"),
        filled("planned for {day}", day=when),
        icon="gift",
        tone="warn" if due else "neutral",
        value=session.money(one.budget_cents),
        value_sub=tr("at the most"),
    )


def _past(one: PastGift, session: Session) -> QWidget:
    day = Text(short_words(one.given_on, session.today()), "caption", "text2", align=look.RIGHT)
    words = Text(one.words, "secondary", wrap=True)
    return boxed(row((words, 1), column(day, STRETCH, margins=(0, 2, 0, 0)), gap=10))
