"""Who is at the counter: the owner and the staff, by name, with a PIN where they like one."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from recoverydesk.domain import pin as pins
from recoverydesk.domain.names import tidy_name
from recoverydesk.errors import InvalidEntryError, NotAllowedError, NotFoundError
from recoverydesk.records import record
from recoverydesk.storage.desk import Desk
from recoverydesk.storage.tables import Person
from recoverydesk.topics import Topic

OWNER, STAFF = "owner", "staff"
MOST_TRIES = 5
PAUSE, LONGEST_PAUSE = timedelta(seconds=30), timedelta(minutes=8)
"""After so many wrong ones in a row nobody may try for so long; each more doubles it."""

_LET_THEM = "Let them sign in with F9 first. Nothing was changed."

_Tried = tuple[str, int, str]
"""A desk, a person, and what was tried: their PIN or their way back."""
_WRONG: dict[_Tried, tuple[int, datetime]] = {}
"""Wrong tries in a row, and when the last was; gone when the program ends."""


@record
class PersonView:
    """Somebody who works in the shop."""

    person_id: int
    name: str
    role: str
    active: bool = True
    has_pin: bool = False
    limit_cents: int | None = None
    """What they may give at once on their own; None takes the shop's limit."""

    @property
    def is_owner(self) -> bool:
        """Whether the shop is theirs: nothing ever blocks them."""
        return self.role == OWNER


def everybody(desk: Desk, *, also_retired: bool = False) -> tuple[PersonView, ...]:
    """Return the people of the shop, the owner first."""
    with desk.reading():
        query = Person.select().order_by(Person.id)
        if not also_retired:
            query = query.where(Person.active)
        found = [_view(row) for row in query]
    return tuple(sorted(found, key=lambda one: (not one.active, not one.is_owner)))


def at_the_counter(desk: Desk) -> PersonView | None:
    """Return who is signed in; None on a desk without a shop."""
    with desk.reading():
        row = Person.get_or_none(Person.id == desk.person_id)
        return None if row is None else _view(row)


def is_owner(desk: Desk) -> bool:
    """Say whether the owner is at the counter."""
    here = at_the_counter(desk)
    return here is None or here.is_owner


def sign_in_owner(desk: Desk) -> None:
    """Let the owner be the one whose changes follow; a desk without a shop has nobody."""
    with desk.reading():
        desk.person_id = (
            Person.select(Person.id)
            .where(Person.role == OWNER, Person.active)
            .order_by(Person.id)
            .scalar()
        )


def asks_who(desk: Desk) -> bool:
    """Say whether it has to be asked at the start who is at the counter.

    Not as long as the owner has no PIN: then nothing is to be kept apart.
    """
    people = everybody(desk)
    return any(one.is_owner and one.has_pin for one in people)


def sign_in(desk: Desk, person_id: int, pin: str, *, now: datetime) -> PersonView:
    """Let somebody be the one whose changes follow.

    Args:
        desk: the open desk.
        person_id: who.
        pin: as typed; not asked of those who have none.
        now: this moment (UTC).

    Raises:
        NotFoundError: they don't work here any more.
        InvalidEntryError: that isn't their PIN; field `pin`.
        NotAllowedError: it was typed wrong too often; says how long to wait.
    """
    with desk.reading():
        row = _row(person_id)
    _check_pin(desk, [row], pin, now=now)
    desk.person_id = row.id
    return _view(row)


def owners_word(desk: Desk, pin: str, *, now: datetime, also_here: bool = True) -> int:
    """Return the owner whose PIN it is; one without a PIN is taken at their word.

    Args:
        desk: the open desk.
        pin: as typed.
        now: this moment (UTC).
        also_here: whether an owner at the counter needs no PIN. Not so where they may have gone
            and left the screen to others.

    Raises:
        InvalidEntryError: it is no owner's PIN; field `pin`.
        NotAllowedError: it was typed wrong too often; says how long to wait.
    """
    with desk.reading():
        owners = list(
            Person.select().where(Person.role == OWNER, Person.active).order_by(Person.id)
        )
        here = desk.person_id if also_here else None
    if not owners:
        raise NotFoundError("This desk has no owner yet.", advice="Set the shop up first.")
    for row in owners:
        if row.id == here or not row.pin:
            return int(row.id)
    return int(_check_pin(desk, owners, pin, now=now).id)


def _check_pin(desk: Desk, rows: Sequence[Person], pin: str, *, now: datetime) -> Person:
    """Return whose PIN it is; a wrong one counts against everybody it may have been meant for."""
    waits = [_waits(_pin_of(desk, row), now) for row in rows]
    tried = [row for row, wait in zip(rows, waits, strict=True) if not wait]
    if not tried:
        raise NotAllowedError(
            "That PIN was typed wrong too often. Nothing was changed.",
            advice=f"Wait {_told(min(waits))}, or use the code written down when it was set.",
        )
    for row in tried:
        if not row.pin or pins.fits(pin, row.pin):
            _WRONG.pop(_pin_of(desk, row), None)
            return row
    for row in tried:
        _count(_pin_of(desk, row), now)
    whose = (len(rows) == 1 and rows[0].name) or "the owner"
    raise InvalidEntryError("pin", f"That isn't {whose}'s PIN. Nothing was changed.")


def _pin_of(desk: Desk, row: Person) -> _Tried:
    return str(desk.path), int(row.id), "pin"


def _count(key: _Tried, now: datetime) -> None:
    tries, _ = _WRONG.get(key, (0, now))
    _WRONG[key] = (tries + 1, now)


def _waits(key: _Tried, now: datetime) -> timedelta:
    """Return how long nobody may try; nothing where they may."""
    tries, last = _WRONG.get(key, (0, now))
    if tries < MOST_TRIES:
        return timedelta()
    pause: timedelta = min(PAUSE * 2 ** min(tries - MOST_TRIES, MOST_TRIES), LONGEST_PAUSE)
    # A clock that was set back doesn't make anybody wait for longer, nor lets them try sooner.
    return max(pause - max(now - last, timedelta()), timedelta())


def _told(wait: timedelta) -> str:
    seconds = max(round(wait.total_seconds()), 1)
    if seconds >= 2 * 60:
        return f"{-(-seconds // 60)} minutes"
    return f"{seconds} seconds" if seconds > 1 else "a second"


def add(desk: Desk, name: str, *, role: str = STAFF) -> int:
    """Add somebody who works here.

    Raises:
        InvalidEntryError: no name, or somebody is called so already.
        NotAllowedError: staff are at the counter.
    """
    name = tidy_name(name)
    with desk.changing(Topic.SHOP, f"Add {name}"):
        refuse_staff(desk, "who works here")
        _refuse_twins(name)
        return int(Person.create(name=name, role=_checked_role(role)).id)


def add_staff(desk: Desk, name: str) -> int:
    """Add a member of staff.

    Raises:
        InvalidEntryError: no name, or somebody is called so already.
        NotAllowedError: staff are at the counter.
    """
    return add(desk, name)


def change(
    desk: Desk, person_id: int, *, name: str, role: str, limit_cents: int | None = None
) -> None:
    """Change somebody's name, role and limit.

    Raises:
        NotFoundError: they are no longer on the desk.
        InvalidEntryError: no name or one that is taken, a limit below zero, no such role.
        NotAllowedError: the last owner would become staff, or staff would change a role
            or a limit.
    """
    name = tidy_name(name)
    if limit_cents is not None and limit_cents < 0:
        raise InvalidEntryError("limit", "A limit can't be below zero. Empty takes the shop's.")
    with desk.changing(Topic.SHOP, f"Change {name}"):
        row = _row(person_id)
        if (row.role, row.limit_cents) != (role, limit_cents):
            refuse_staff(desk, "who works here")
        _refuse_twins(name, but=row.id)
        if row.role == OWNER and _checked_role(role) == STAFF:
            _refuse_last_owner(row)
        row.name, row.role, row.limit_cents = name, _checked_role(role), limit_cents
        row.save(only=row.dirty_fields)


def retire(desk: Desk, person_id: int, *, retired: bool = True) -> None:
    """Note that somebody doesn't work here any more, or does again; history keeps their name.

    Raises:
        NotFoundError: they are no longer on the desk.
        NotAllowedError: it is the last owner, or whoever is at the counter; or staff are there.
        InvalidEntryError: somebody else has been called so since they left; field `name`.
    """
    with desk.changing(Topic.SHOP, "Who works here") as change_:
        refuse_staff(desk, "who works here")
        row = _row(person_id, also_retired=True)
        change_.say(f"{row.name} {'has left' if retired else 'is back'}")
        if retired:
            if row.role == OWNER:
                _refuse_last_owner(row)
            if row.id == desk.person_id:
                raise NotAllowedError(
                    f"{row.name} is at the counter.", advice="Let somebody else sign in first."
                )
        else:
            _refuse_twins(row.name, but=row.id)
        row.active = not retired
        row.save(only=row.dirty_fields)


def set_pin(desk: Desk, person_id: int, pin: str) -> str:
    """Give somebody a PIN, and return the code that lets it go if it is forgotten.

    The code is shown once and kept only hashed: whoever loses both asks another owner, who may
    clear it.

    Returns:
        The code, as it is to be written down.

    Raises:
        NotFoundError: they are no longer on the desk.
        InvalidEntryError: that can't be a PIN; field `pin`.
        NotAllowedError: somebody else's PIN is the owner's to change.
    """
    pin = pins.check_new(pin)
    way_back = pins.new_way_back()
    with desk.changing(Topic.SHOP, "Set a PIN", undoable=False) as change_:
        row = _row(person_id)
        change_.say(f"Set a PIN: {row.name}")
        _refuse_others(desk, row)
        row.pin = pins.hashed(pin)
        row.way_back = pins.hashed(pins.clean_way_back(way_back))
        row.save(only=row.dirty_fields)
    _WRONG.pop(_pin_of(desk, row), None)
    return way_back


def clear_pin(desk: Desk, person_id: int) -> None:
    """Let somebody do without a PIN.

    Raises:
        NotFoundError: they are no longer on the desk.
        NotAllowedError: somebody else's PIN is the owner's to change.
    """
    with desk.changing(Topic.SHOP, "Clear a PIN", undoable=False) as change_:
        row = _row(person_id)
        change_.say(f"Clear the PIN: {row.name}")
        _refuse_others(desk, row)
        row.pin = row.way_back = ""
        row.save(only=row.dirty_fields)
    _WRONG.pop(_pin_of(desk, row), None)


def forget_pin(desk: Desk, person_id: int, way_back: str, *, now: datetime) -> None:
    """Let a forgotten PIN go, by the code that was written down when it was set.

    Raises:
        NotFoundError: they are no longer on the desk.
        InvalidEntryError: that isn't the code; field `way_back`.
        NotAllowedError: it was typed wrong too often; says how long to wait.
    """
    with desk.reading():
        row = _row(person_id)
    key = (str(desk.path), int(row.id), "way_back")
    wait = _waits(key, now)
    if wait:
        raise NotAllowedError(
            "That code was typed wrong too often. Nothing was changed.",
            advice=f"Wait {_told(wait)}, then type it again.",
        )
    if not row.way_back or not pins.fits(pins.clean_way_back(way_back), row.way_back):
        _count(key, now)
        raise InvalidEntryError(
            "way_back",
            "That isn't the code.",
            advice="It has twelve signs and was shown once, when the PIN was set.",
        )
    _WRONG.pop(key, None)
    with desk.changing(Topic.SHOP, f"Forgot the PIN: {row.name}", undoable=False):
        Person.update(pin="", way_back="").where(Person.id == row.id).execute()
    _WRONG.pop(_pin_of(desk, row), None)


def _view(row: Person) -> PersonView:
    return PersonView(
        person_id=row.id,
        name=row.name,
        role=row.role,
        active=row.active,
        has_pin=bool(row.pin),
        limit_cents=row.limit_cents,
    )


def _row(person_id: int, *, also_retired: bool = False) -> Person:
    row = Person.get_or_none(Person.id == person_id)
    if row is None or not (row.active or also_retired):
        raise NotFoundError("They don't work here any more.")
    return row


def _checked_role(role: str) -> str:
    if role not in {OWNER, STAFF}:
        raise InvalidEntryError("role", "Somebody is either the owner or staff.")
    return role


def _refuse_twins(name: str, *, but: int | None = None) -> None:
    same = Person.select(Person.id).where(Person.name == name, Person.active)
    if any(values[0] != but for values in same.tuples()):
        raise InvalidEntryError("name", f"Somebody here is called {name} already.")


def _refuse_last_owner(row: Person) -> None:
    others = Person.select().where(Person.role == OWNER, Person.active, Person.id != row.id)
    if not others.exists():
        raise NotAllowedError(
            "The shop needs an owner.", advice="Make somebody else the owner first."
        )


def _refuse_others(desk: Desk, row: Person) -> None:
    if row.id != desk.person_id and _staff_are_here(desk):
        raise NotAllowedError("Only the owner may change somebody else's PIN.", advice=_LET_THEM)


def refuse_staff(desk: Desk, what: str) -> None:
    """Refuse staff at the counter; call inside `changing()`.

    Else a limit would hold only until somebody makes themselves an owner.

    Raises:
        NotAllowedError: staff are at the counter.
    """
    if _staff_are_here(desk):
        raise NotAllowedError(f"Only the owner may change {what}.", advice=_LET_THEM)


def _staff_are_here(desk: Desk) -> bool:
    role = Person.select(Person.role).where(Person.id == desk.person_id).scalar()
    return role is not None and role != OWNER
