"""A calendar file of what is due, for any calendar program; nothing is sent anywhere."""

from datetime import UTC, datetime, timedelta
from hashlib import sha256
from typing import TYPE_CHECKING

from recoverydesk.domain.follow_up import Unit
from recoverydesk.services import agendas
from recoverydesk.services.agendas import DueRow
from recoverydesk.services.shop import view
from recoverydesk.storage.desk import Desk
from recoverydesk.storage.tables import Shop

if TYPE_CHECKING:
    from icalendar import Event

FARTHEST_DAYS = 366
LASTS = timedelta(minutes=15)
RULES = {Unit.DAYS: "DAILY", Unit.OPEN_DAYS: "DAILY", Unit.WEEKS: "WEEKLY", Unit.MONTHS: "MONTHLY"}
"""How a repeat is told to a calendar. Closed days are none of its business: each date there is a
reminder to look into RecoveryDesk, which knows them."""


def calendar_file(desk: Desk, *, now: datetime, days: int = FARTHEST_DAYS) -> bytes:
    """Return what is due as an iCalendar file (RFC 5545).

    Whoever imports it twice finds nothing twice: each entry keeps its number. Names and phone
    numbers are in it, stories, feelings and money are not: calendars are often shared.

    Args:
        desk: the open desk.
        now: this moment (UTC).
        days: how far ahead.
    """
    # 20 ms that only this needs.
    from icalendar import Calendar  # noqa: PLC0415

    shop = view(desk)
    with desk.reading():
        since = Shop.select(Shop.created_at).scalar()
    # Two shops' events never take one another's place in the same calendar.
    name = f"{since:%Y%m%d%H%M%S}@{shop.hours.zone.key.replace('/', '.').lower()}"
    agenda = agendas.agenda(desk, now=now, days=days, most_ahead=5_000)
    calendar = Calendar()
    calendar.add("prodid", "-//RecoveryDesk//What is due//EN")
    calendar.add("version", "2.0")
    calendar.add("x-wr-calname", shop.name)
    for row in (*agenda.late, *agenda.today, *agenda.ahead):
        calendar.add_component(_event(row, name, now))
    return bytes(calendar.to_ical())


def _event(row: DueRow, desk: str, now: datetime) -> "Event":
    from icalendar import Alarm, Event  # noqa: PLC0415 - as above

    event = Event()
    repeats = row.every and row.every_unit in RULES and not row.timed
    # What comes again keeps its name from one time to the next, or each would run on beside it.
    series = (row.customer_id, row.case_id, row.title, row.every, row.every_unit)
    one = sha256(repr(series).encode()).hexdigest()[:16] if repeats else str(row.follow_up_id)
    event.add("uid", f"{one}-{desk}.recoverydesk")
    event.add("dtstamp", now.astimezone(UTC))
    summary = f"{row.title}: {row.customer}" if row.customer else row.title
    event.add("summary", summary)
    told = [row.phone, row.case_number, row.reason]
    event.add("description", "\n".join(part for part in told if part))
    if row.timed:
        event.add("dtstart", row.due_at)
        event.add("dtend", row.due_at + LASTS)
        alarm = Alarm()
        alarm.add("action", "DISPLAY")
        alarm.add("description", summary)
        alarm.add("trigger", -LASTS)
        event.add_component(alarm)
    else:
        event.add("dtstart", row.due_on)
        event.add("dtend", row.due_on + timedelta(days=1))
        event.add("transp", "TRANSPARENT")
    if repeats:
        event.add("rrule", {"freq": RULES[row.every_unit], "interval": row.every})
    return event
