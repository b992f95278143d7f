"""The promise at the foot of the dialog: by when somebody speaks with the customer."""

from datetime import datetime, timedelta

from recoverydesk.domain.days import short_words
from ui.wording import filled, tr

_NUMBERS = (
    *("no", "one", "two", "three", "four", "five", "six"),
    *("seven", "eight", "nine", "ten", "eleven", "twelve"),
)


def promise_words(due: datetime, hours: int, *, now: datetime) -> str:
    """Return when the first contact is promised for.

    Args:
        due: when, in the shop's own time.
        hours: how many opening hours that is from now.
        now: this moment in the shop's own time.
    """
    at = f"{due:%H:%M}"
    if due.date() != now.date():
        at = f"{short_words(due.date(), now.date())}, {at}"
    number = tr(_NUMBERS[hours]) if hours < len(_NUMBERS) else str(hours)
    straight = due - now == timedelta(hours=hours)
    if hours == 1:
        span = tr("one hour from now") if straight else tr("within one opening hour")
    else:
        words = "{n} hours from now" if straight else "within {n} opening hours"
        span = filled(words, n=number)
    return filled("Promise: first contact by {at}, {span}", at=at, span=span)
