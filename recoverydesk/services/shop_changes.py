"""What the owner changes about the shop: what its paper says, its pictures, its hours."""

from collections.abc import Mapping, Sequence
from datetime import date

from recoverydesk.domain.envelope import Envelope
from recoverydesk.domain.names import tidy_name
from recoverydesk.domain.opening_hours import OpeningHours, parse_day
from recoverydesk.domain.stage import OPEN_STATUSES
from recoverydesk.domain.text import tidy_text
from recoverydesk.errors import InvalidEntryError
from recoverydesk.services.pictures import checked_picture
from recoverydesk.services.plans import settle_all
from recoverydesk.services.shop import hours_of_shop
from recoverydesk.storage import tables
from recoverydesk.storage.desk import Desk
from recoverydesk.topics import Topic

HOURS_TOPICS = Topic.SHOP | Topic.CASES | Topic.FOLLOW_UPS
EDITABLE = ("name", "tagline", "address", "phone", "email", "legal_line", "voucher_terms")


def change(desk: Desk, *, owner: str | None = None, **texts: str) -> None:
    """Change what the shop's paper says.

    Args:
        desk: the open desk.
        owner: who signs the letters.
        texts: any of `EDITABLE`.

    Raises:
        InvalidEntryError: a text is too long, or the shop would have no name.
    """
    unknown = set(texts) - set(EDITABLE)
    if unknown:
        raise TypeError(f"not a text of the shop: {sorted(unknown)}")
    tidy = {field: tidy_text(text, field=field, limit=400) for field, text in texts.items()}
    if "name" in tidy and not tidy["name"]:
        raise InvalidEntryError("name", "The shop needs a name; letters begin with it.")
    with desk.changing(Topic.SHOP, "Change what the shop's paper says"):
        if tidy:
            tables.Shop.update(tidy).execute()
        if owner is not None:
            tables.Person.update(name=owner.strip() and tidy_name(owner)).where(
                tables.Person.id == _owner_id()
            ).execute()


def _owner_id() -> int:
    return int(
        tables.Person.select(tables.Person.id)
        .where(tables.Person.role == "owner")
        .order_by(tables.Person.id)
        .scalar()
    )


def set_picture(desk: Desk, which: str, content: bytes | None) -> None:
    """Set or take away the logo or the signature.

    Args:
        desk: the open desk.
        which: "logo" or "signature".
        content: a PNG, JPEG or WebP file's bytes; None takes it away.

    Raises:
        InvalidEntryError: it is no picture.
    """
    picture = None if content is None else checked_picture(content, field=which)
    with desk.changing(Topic.SHOP, f"Change the {which}"):
        kept = None if picture is None else desk.keep_blob(*picture)
        tables.Shop.update({which: kept}).execute()


def set_letter_style(
    desk: Desk, *, envelope: Envelope, typeface: str, fold_marks: bool, admits_fault: bool
) -> None:
    """Change how letters stand on their paper, and whether they admit a fault.

    Args:
        desk: the open desk.
        envelope: whose window the address has to meet.
        typeface: "serif" or "sans".
        fold_marks: whether small lines show where to fold.
        admits_fault: False begins letters that may give grounds for a claim in a careful tone.
    """
    with desk.changing(Topic.SHOP, "Change how letters look"):
        tables.Shop.update(
            envelope=envelope, typeface=typeface, fold_marks=fold_marks, admits_fault=admits_fault
        ).execute()


def set_hours(desk: Desk, typed: Mapping[int, str]) -> None:
    """Change the opening hours of some weekdays; what open cases have to do is dated anew.

    Args:
        desk: the open desk.
        typed: weekday (0 is Monday) to text such as "09:00-13:00, 14:00-18:00"; empty is closed.

    Raises:
        InvalidEntryError: the text can't be read, or no day would be open.
    """
    with desk.changing(HOURS_TOPICS, "Change the opening hours"):
        hours = hours_of_shop()
        week = tuple(
            parse_day(typed[day]) if day in typed else spans for day, spans in enumerate(hours.week)
        )
        _keep_hours(desk, hours, OpeningHours(week, hours.closed, hours.zone))


def set_closed_days(desk: Desk, days: Sequence[date]) -> None:
    """Say on which days the shop stays closed: holidays; open cases are dated anew.

    Args:
        desk: the open desk.
        days: all of them; a day that is left out is open again.
    """
    with desk.changing(HOURS_TOPICS, "Change the days we are closed"):
        hours = hours_of_shop()
        _keep_hours(desk, hours, OpeningHours(hours.week, frozenset(days), hours.zone))


def _keep_hours(desk: Desk, before: OpeningHours, after: OpeningHours) -> None:
    tables.Shop.update(opening_hours=after.week_json(), closed_days=after.closed_json()).execute()
    for case in tables.Case.select().where(
        tables.Case.first_contact_at.is_null(), tables.Case.status.in_(list(OPEN_STATUSES))
    ):
        promised = before.open_time_between(case.opened_at, case.first_contact_due_at)
        case.first_contact_due_at = after.add_open_time(case.opened_at, promised)
        case.save(only=case.dirty_fields)
    settle_all(now=desk.clock(), hours=after)
