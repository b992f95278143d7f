"""How Learn counts: when a purchase still counts as won back, and what a customer is worth."""

from recoverydesk.domain.money import MOST_CENTS
from recoverydesk.errors import InvalidEntryError
from recoverydesk.records import record
from recoverydesk.services import worths
from recoverydesk.services.people import refuse_staff
from recoverydesk.storage.desk import Desk
from recoverydesk.storage.tables import Shop
from recoverydesk.topics import Topic

LONGEST_WINDOW = 730
"""Days; whoever comes after two years came for another reason."""


@record
class LearnRules:
    """What the owner sets for the figures."""

    window_days: int
    """So long after their case was resolved a purchase counts as coming back."""
    average_cents: int | None
    """What a customer of unknown worth counts for in a year; None takes the mean of the known."""
    mean_cents: int | None
    """That mean; None where nobody's worth is known, or the owner gave an average."""
    silent_estimate: bool
    """Whether the rule of thumb about those who say nothing is shown."""


def rules(desk: Desk) -> LearnRules:
    """Return how Learn counts."""
    with desk.reading():
        window, average, silent = (
            Shop.select(Shop.return_window_days, Shop.average_worth_cents, Shop.silent_estimate)
            .tuples()
            .get()
        )
        mean = worths.average().cents if average is None else None
        return LearnRules(window, average, mean, bool(silent))


def set_rules(
    desk: Desk, *, window_days: int, average_cents: int | None, silent_estimate: bool
) -> None:
    """Set how Learn counts.

    Args:
        desk: the open desk.
        window_days: so long a purchase counts as coming back, from 1 to 730 days.
        average_cents: what a customer of unknown worth counts for in a year, in minor units; None
            takes the mean of those that are known.
        silent_estimate: whether the rule of thumb about those who say nothing is shown.

    Raises:
        InvalidEntryError: a number that can't be; `field` says which.
        NotAllowedError: staff are at the counter.
    """
    if not 1 <= window_days <= LONGEST_WINDOW:
        raise InvalidEntryError("window_days", f"Between 1 and {LONGEST_WINDOW} days.")
    if average_cents is not None and not 0 <= average_cents <= MOST_CENTS:
        raise InvalidEntryError("average", "Between nothing and what fits. Empty takes the mean.")
    with desk.changing(Topic.SHOP | Topic.CASES, "How Learn counts"):
        refuse_staff(desk, "how Learn counts")
        Shop.update(
            return_window_days=window_days,
            average_worth_cents=average_cents,
            silent_estimate=silent_estimate,
        ).execute()
