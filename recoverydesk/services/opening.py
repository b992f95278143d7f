"""When the shop is open, as the desk has it."""

from recoverydesk.domain.opening_hours import OpeningHours
from recoverydesk.errors import NotFoundError
from recoverydesk.storage.tables import Shop


def hours_of_shop() -> OpeningHours:
    """Return the shop's opening hours; call inside `reading()` or `changing()`.

    Raises:
        NotFoundError: first start has not been gone through.
    """
    row = Shop.select(Shop.opening_hours, Shop.closed_days, Shop.time_zone).tuples().first()
    if row is None:
        raise NotFoundError(
            "This desk has no shop yet.", advice="Open the window once, or run: recoverydesk init"
        )
    return OpeningHours.from_json(*row)
