"""Who is at the counter: the owner and the staff."""

from recoverydesk.domain.names import tidy_name
from recoverydesk.records import record
from recoverydesk.storage.desk import Desk
from recoverydesk.storage.tables import Person
from recoverydesk.topics import Topic


@record
class PersonView:
    """Somebody who works in the shop."""

    person_id: int
    name: str
    role: str


def everybody(desk: Desk) -> tuple[PersonView, ...]:
    """Return the people of the shop, the owner first."""
    with desk.reading():
        query = Person.select(Person.id, Person.name, Person.role).where(Person.active)
        return tuple(PersonView(*values) for values in query.order_by(Person.id).tuples())


def sign_in_owner(desk: Desk) -> None:
    """Let the owner be the one whose changes follow; a desk without a shop has nobody."""
    with desk.reading():
        desk.person_id = (
            Person.select(Person.id).where(Person.role == "owner").order_by(Person.id).scalar()
        )


def add_staff(desk: Desk, name: str) -> int:
    """Add a member of staff.

    Raises:
        InvalidEntryError: no name.
    """
    name = tidy_name(name)
    with desk.changing(Topic.SHOP, f"Add {name}"):
        return int(Person.create(name=name, role="staff").id)
