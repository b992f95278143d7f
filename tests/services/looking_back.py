"""Cases as they stand after months, written straight into the desk: only the figures matter."""

from datetime import UTC, date, datetime, time, timedelta

from recoverydesk.domain.case import Channel, Outcome, Severity, Stage, Status
from recoverydesk.domain.names import name_key
from recoverydesk.domain.remedy import RemedyKind, RemedyStatus
from recoverydesk.services import case_lists
from recoverydesk.storage import tables as t
from recoverydesk.topics import Topic


def at(day, hour=10, minute=0):
    """A moment as London's winter clock has it."""
    return datetime.combine(day, time(hour, minute), UTC)


class Past:
    """Writes what has been, on days of 2026."""

    def __init__(self, shop):
        self.shop, self.desk = shop, shop.desk
        self._customers = {}
        self._causes = {}
        self._incidents = {}
        self._count = 0
        with self.desk.reading():
            self._version = t.PlaybookVersion.select(t.PlaybookVersion.id).limit(1).scalar()

    def _change(self):
        return self.desk.changing(Topic.EVERYTHING, "What has been")

    def customer(self, name, *, worth=None):
        if name not in self._customers:
            with self._change():
                self._customers[name] = t.Customer.create(
                    name=name, name_key=name_key(name), worth_year_cents=worth,
                    created_at=at(date(2025, 1, 1)),
                ).id  # fmt: skip
        return self._customers[name]

    def cause(self, name, *, under=None):
        if name not in self._causes:
            parent = None if under is None else self.cause(under)
            with self._change():
                self._causes[name] = t.Cause.create(
                    name=name, name_key=name_key(name), parent=parent
                ).id
        return self._causes[name]

    def incident(self, title):
        if title not in self._incidents:
            with self._change():
                row = t.Incident.create(title=title, created_at=at(date(2026, 1, 1)))
            self._incidents[title] = row.id
        return self._incidents[title]

    def case(self, who, day, *, cause=None, spoken=None, resolved=None, worth=None, **more):
        """One case; `spoken` is how long after its opening, `more` columns or `incident`, `due`."""
        outcome = more.setdefault("outcome", Outcome.PENDING)
        due, incident = more.pop("due", timedelta(hours=4)), more.pop("incident", None)
        self._count += 1
        opened = at(day)
        status = Status.OPEN
        if resolved is not None:
            status = Status.RESOLVED if outcome is Outcome.PENDING else Status.CLOSED
        elif outcome is not Outcome.PENDING:
            status = Status.CLOSED
        ended = None if resolved is None else at(resolved)
        row = {
            "number": f"R-2026-{self._count:04}",
            "customer": self.customer(who, worth=worth),
            "channel": Channel.PHONE,
            "summary": "It broke.",
            "words": "It broke.",
            "severity": Severity.UPSET,
            "cause": None if cause is None else self.cause(cause),
            "incident": None if incident is None else self.incident(incident),
            "playbook_version": self._version,
            "opened_at": opened,
            "first_contact_due_at": opened + due,
            "first_contact_at": None if spoken is None else opened + spoken,
            "resolved_at": ended,
            "closed_at": ended if status is Status.CLOSED else None,
            "status": status,
            "stage": Stage.DONE if status is Status.CLOSED else Stage.LISTEN,
        }
        with self._change():
            return t.Case.create(**row | more).id

    def visit(self, who, day, *, written=None):
        with self._change():
            t.Visit.create(
                customer=self.customer(who), visited_on=day, created_at=written or at(day)
            )

    def gave(
        self, who, day, *, case_id=None, value=0, cost=0, kind=RemedyKind.REFUND,
        status=RemedyStatus.HANDED_OVER,
    ):  # fmt: skip
        out = None if status in {RemedyStatus.PROPOSED, RemedyStatus.AGREED} else at(day)
        with self._change():
            return t.Remedy.create(
                case=case_id, customer=self.customer(who), kind=kind, words="Something",
                value_cents=value, cost_cents=cost, status=status, created_at=at(day),
                agreed_at=at(day), handed_over_at=out,
            ).id  # fmt: skip

    def fix(self, cause, done_on, *, status="done_watching", what="A second look"):
        with self._change():
            return t.CorrectiveAction.create(
                what=what, cause=None if cause is None else self.cause(cause), done_on=done_on,
                status=status, created_at=at(date(2026, 1, 1)),
            ).id  # fmt: skip

    def set_shop(self, **columns):
        with self.desk.changing(Topic.SHOP, "Change the shop"):
            t.Shop.update(**columns).execute()

    def list_of_all(self, now):
        return case_lists.ids(self.desk, case_lists.CaseFilter(which="all"), now=now)
