"""A word in between: "I am still working on it", with the next one promised."""

from datetime import datetime, timedelta

from recoverydesk.domain.contact import Reach, Way
from recoverydesk.domain.days import day_long
from recoverydesk.domain.language import known_language
from recoverydesk.domain.opening_hours import OpeningHours
from recoverydesk.services import contacts, shop
from recoverydesk.services.contacts import ContactEntry
from recoverydesk.services.plans import case_by_id, greeting_of
from recoverydesk.services.presets import letter_words
from recoverydesk.storage.desk import Desk
from recoverydesk.storage.tables import Customer

USUAL_OPEN_DAYS = 2


def usual_next_word(hours: OpeningHours, *, now: datetime) -> datetime:
    """Return the moment that is proposed for the next word: an opening day's closing time (UTC)."""
    day = hours.add_open_days(hours.day_of(now), USUAL_OPEN_DAYS)
    return hours.closes_at(day) or now + timedelta(days=USUAL_OPEN_DAYS)


def sentence(desk: Desk, case_id: int, by: datetime) -> str:
    """Return the sentence to send, in the customer's language.

    Args:
        desk: the open desk.
        case_id: whose case it is.
        by: until when they hear from the shop again.

    Raises:
        NotFoundError: the case is no longer on the desk.
    """
    with desk.reading():
        customer = Customer.get_by_id(case_by_id(case_id).customer_id)
        view = shop.view(desk)
        name = greeting_of(customer)
        language = known_language(customer.language) or view.language
    local = by.astimezone(view.hours.zone)
    day = f"{day_long(local.date(), shop.paper_locale(language, view))}, {local:%H:%M}"
    return letter_words(language)["still_on_it"].format(name=name, day=day)


def still_on_it(
    desk: Desk, case_id: int, words: str, *, way: Way, by: datetime, now: datetime
) -> int:
    """Write down that a word was left, and that the next one is promised.

    Returns:
        The contact's id.

    Raises:
        InvalidEntryError: what was promised can't be.
        NotFoundError: the case is no longer on the desk.
    """
    entry = ContactEntry(way=way, reach=Reach.LEFT_WORD, words=words)
    return contacts.log(desk, case_id, entry, now=now, next_word_by=by)
