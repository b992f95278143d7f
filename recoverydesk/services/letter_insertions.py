"""What of a case can be put into its letter by hand, said as the letter's language says it."""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import datetime

from recoverydesk.domain.merge_fields import FIELD_WORDS, MergeField
from recoverydesk.records import record
from recoverydesk.services import letter_fields, shop
from recoverydesk.services.plans import case_by_id
from recoverydesk.services.presets import letter_words
from recoverydesk.storage.desk import Desk
from recoverydesk.storage.tables import Customer

THEIR_WORDS = "their own words"
OFFERED = (
    MergeField.GREETING,
    MergeField.PROBLEM,
    MergeField.OUR_PART,
    MergeField.HAPPENED_ON,
    MergeField.REMEDIES,
    MergeField.WHAT_CHANGED,
    MergeField.YOUR_IDEA,
    MergeField.REASON,
    MergeField.FOLLOW_UP_ON,
    MergeField.CASE_NUMBER,
    MergeField.CONTACT_NAME,
    MergeField.SHOP_PHONE,
)


@record
class Insertion:
    """Something of the case that can be put into the letter, as plain words."""

    what: str
    """What it is, in English, as a field is called: "what went wrong"."""
    lines: tuple[str, ...]
    """One is put in as it stands; several become a list."""


def insertions(desk: Desk, case_id: int, *, language: str, now: datetime) -> tuple[Insertion, ...]:
    """Return what a case has to say in a letter; never what it cost or what we think.

    Args:
        desk: the open desk.
        case_id: whose letter it is.
        language: the letter's.
        now: this moment (UTC).

    Raises:
        NotFoundError: the case is no longer on the desk.
    """
    with desk.reading():
        case = case_by_id(case_id)
        view = shop.view(desk)
        spoken = replace(view, locale=shop.paper_locale(language, view))
        vouchers = letter_fields.live_vouchers(case.id, today=view.hours.day_of(now))
        words = letter_words(language)
        customer = Customer.get_by_id(case.customer_id)
        values = letter_fields.values_of(
            case,
            customer,
            spoken,
            vouchers,
            now=now,
            words=words,
            call_on=letter_fields.next_call_on(case, view, now=now),
        )
        quoted = words["quoted"].format(words=case.words) if case.words.strip() else ""
    return tuple(_offered(values, quoted))


def _offered(values: Mapping[str, str], quoted: str) -> Iterator[Insertion]:
    from recoverydesk.documents.markup import blocks  # noqa: PLC0415 - start-up doesn't pay for it

    for field in OFFERED:
        value = values[field]
        if field is MergeField.REMEDIES:
            said = ["".join(span.text for span in block.spans) for block in blocks(value)]
            lines = tuple(said)
        else:
            lines = (value,) if value.strip() else ()
        if lines:
            yield Insertion(FIELD_WORDS[field], lines)
        if field is MergeField.PROBLEM and quoted:
            yield Insertion(THEIR_WORDS, (quoted,))
