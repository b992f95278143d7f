"""Incidents as they are read: the list, one of them with its customers, and how many there are."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any

import peewee as pw

from recoverydesk.domain.case import Outcome, Stage, Status
from recoverydesk.records import record
from recoverydesk.services.case_lists import STILL_OPEN
from recoverydesk.services.incidents import incident_by_id, live_cause
from recoverydesk.services.remedies import NOT_GIVEN
from recoverydesk.storage.desk import Desk
from recoverydesk.storage.tables import Case, Cause, Customer, Incident, Remedy


@record
class IncidentRow:
    """One line of the incidents' list."""

    incident_id: int
    title: str
    happened_on: date | None
    created_at: datetime
    customers: int
    """How many it hit, each counted once."""
    contacted: int
    made_right: int
    won_back: int


@record
class IncidentCase:
    """One customer of an incident, as its page lists them."""

    case_id: int
    number: str
    customer_id: int
    customer: str
    do_not_contact: bool
    status: Status
    stage: Stage
    outcome: Outcome
    contacted: bool
    made_right: bool
    """All that was agreed has been handed over, or the case is resolved."""
    given: str
    """What they get; empty where nothing is agreed yet."""
    value_cents: int
    cost_cents: int

    @property
    def is_open(self) -> bool:
        """Whether something is still to be done for them."""
        return self.status in STILL_OPEN

    @property
    def to_tell(self) -> bool:
        """Whether they have not heard from the shop yet, and may."""
        return self.is_open and not self.contacted and not self.do_not_contact


@record
class IncidentView:
    """An incident's page. Customers are counted once, however many cases they have of it."""

    incident_id: int
    title: str
    words: str
    our_part: str
    happened_on: date | None
    created_at: datetime
    cause_id: int | None
    cause: str
    cases: tuple[IncidentCase, ...]

    @property
    def customers(self) -> int:
        """How many it hit."""
        return _customers(self.cases)

    @property
    def contacted(self) -> int:
        """How many have heard from the shop."""
        return _customers([one for one in self.cases if one.contacted])

    @property
    def to_tell(self) -> int:
        """How many have not, and may."""
        return _customers([one for one in self.cases if one.to_tell])

    @property
    def left_alone(self) -> int:
        """How many have not, because they asked not to be contacted."""
        waiting = [one for one in self.cases if one.is_open and not one.contacted]
        return _customers([one for one in waiting if one.do_not_contact])

    @property
    def given(self) -> int:
        """How many get something."""
        return _customers([one for one in self.cases if one.given])

    @property
    def made_right(self) -> int:
        """How many have got it."""
        return _customers([one for one in self.cases if one.made_right])

    @property
    def won_back(self) -> int:
        """How many were won back."""
        return _customers([one for one in self.cases if one.outcome is Outcome.WON_BACK])

    @property
    def value_cents(self) -> int:
        """What they all get is worth to them."""
        return sum(one.value_cents for one in self.cases)

    @property
    def cost_cents(self) -> int:
        """What it costs the shop."""
        return sum(one.cost_cents for one in self.cases)


def _customers(cases: Sequence[IncidentCase]) -> int:
    return len({one.customer_id for one in cases})


def view(desk: Desk, incident_id: int) -> IncidentView:
    """Return an incident with the customers it hit, in the order they were logged.

    Raises:
        NotFoundError: it is no longer on the desk.
    """
    with desk.reading():
        row = incident_by_id(incident_id)
        cause_id = live_cause(row.cause_id)
        cause = Cause.select(Cause.name).where(Cause.id == cause_id).scalar()
        return IncidentView(
            incident_id=row.id,
            title=row.title,
            words=row.words,
            our_part=row.our_part,
            happened_on=row.happened_on,
            created_at=row.created_at,
            cause_id=cause_id,
            cause=cause or "",
            cases=_cases(row.id),
        )


def list_incidents(desk: Desk) -> tuple[IncidentRow, ...]:
    """Return all incidents, the newest first."""
    with desk.reading():
        return _rows(Incident.id.is_null(is_null=False))


def of_case(desk: Desk, case_id: int) -> IncidentRow | None:
    """Return the incident that a case belongs to; None where it belongs to none."""
    with desk.reading():
        mine = Case.select(Case.incident).where(Case.id == case_id)
        return next(iter(_rows(Incident.id.in_(mine))), None)


def counts(desk: Desk) -> tuple[int, int]:
    """Return how many incidents there were, and how many customers they hit, each counted once.

    An incident that all cases have left hit nobody, and isn't counted.
    """
    with desk.reading():
        query = Case.select(
            pw.fn.COUNT(Case.incident.distinct()), pw.fn.COUNT(Case.customer.distinct())
        ).where(Case.incident.is_null(is_null=False), Case.status != Status.MERGED)
        incidents, customers = query.tuples().get()
        return int(incidents), int(customers)


def _rows(where: pw.Expression) -> tuple[IncidentRow, ...]:
    query = (
        Incident.select(
            Incident.id,
            Incident.title,
            Incident.happened_on,
            Incident.created_at,
            pw.fn.COUNT(Case.customer.distinct()),
            _counted(Case.first_contact_at.is_null(is_null=False)),
            _counted(
                Case.handed_over_at.is_null(is_null=False) | Case.resolved_at.is_null(is_null=False)
            ),
            _counted(Case.outcome == Outcome.WON_BACK),
        )
        .join(
            Case,
            pw.JOIN.LEFT_OUTER,
            on=(Case.incident == Incident.id) & (Case.status != Status.MERGED),
        )
        .where(where)
        .group_by(Incident.id)
        .order_by(Incident.id.desc())
    )
    return tuple(IncidentRow(*values) for values in query.tuples())


def _counted(condition: Any) -> pw.Function:  # noqa: ANN401 - peewee's own
    """Count the customers of whom something is true."""
    whose = pw.Case(None, [(condition, Case.customer)])
    return pw.fn.COUNT(pw.NodeList((pw.SQL("DISTINCT"), whose)))


def _cases(incident_id: int) -> tuple[IncidentCase, ...]:
    query = (
        Case.select(
            Case.id,
            Case.number,
            Case.customer,
            Customer.name,
            Customer.do_not_contact,
            Case.status,
            Case.stage,
            Case.outcome,
            Case.first_contact_at,
            Case.handed_over_at,
            Case.resolved_at,
        )
        .join(Customer)
        .where(Case.incident == incident_id, Case.status != Status.MERGED)
        .order_by(Case.id)
    )
    given = _given(incident_id)
    return tuple(_case(values, given.get(values[0], ())) for values in query.tuples())


def _given(incident_id: int) -> Mapping[int, Sequence[tuple[str, int, int]]]:
    """Return words, value and cost of what each case of an incident gets."""
    query = (
        Remedy.select(Remedy.case, Remedy.words, Remedy.value_cents, Remedy.cost_cents)
        .join(Case)
        .where(Case.incident == incident_id, Remedy.status.not_in(NOT_GIVEN))
        .order_by(Remedy.id)
    )
    found: dict[int, list[tuple[str, int, int]]] = {}
    for case_id, *rest in query.tuples():
        found.setdefault(case_id, []).append(tuple(rest))
    return found


def _case(values: Sequence[Any], given: Sequence[tuple[str, int, int]]) -> IncidentCase:
    (
        case_id, number, customer_id, customer, do_not_contact,
        status, stage, outcome, contacted_at, handed_over_at, resolved_at,
    ) = values  # fmt: skip
    return IncidentCase(
        case_id=case_id,
        number=number,
        customer_id=customer_id,
        customer=customer,
        do_not_contact=bool(do_not_contact),
        status=Status(status),
        stage=Stage(stage),
        outcome=Outcome(outcome),
        contacted=contacted_at is not None,
        made_right=handed_over_at is not None or resolved_at is not None,
        given=", ".join(words for words, _value, _cost in given),
        value_cents=sum(value for _words, value, _cost in given),
        cost_cents=sum(cost for _words, _value, cost in given),
    )
