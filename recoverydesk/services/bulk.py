"""Writes thousands of made-up customers and cases as the services would leave them."""

import random
from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta
from typing import Any

import peewee as pw

from recoverydesk.domain.case import Channel, Evidence, Outcome, Severity, Stage, Status
from recoverydesk.domain.follow_up import Anchor, FollowUpKind, FollowUpStatus
from recoverydesk.domain.names import name_key
from recoverydesk.domain.opening_hours import OpeningHours
from recoverydesk.domain.plan import due_of, reason_of
from recoverydesk.domain.playbook import Step
from recoverydesk.domain.remedy import RemedyKind, RemedyStatus
from recoverydesk.domain.text import summary
from recoverydesk.domain.voucher import EntryKind, VoucherKind, new_code
from recoverydesk.progress import Progress
from recoverydesk.services.plans import settle_all
from recoverydesk.services.presets import playbook_presets
from recoverydesk.services.severities import promised_hours
from recoverydesk.services.shop import hours_of_shop
from recoverydesk.storage.desk import Desk
from recoverydesk.storage.tables import (
    Case,
    Cause,
    Contact,
    Customer,
    FollowUp,
    Playbook,
    PlaybookVersion,
    Remedy,
    Table,
    Visit,
    Voucher,
    VoucherEntry,
    database,
)

BLOCK = 500
FIRST_NAMES = (
    "Ada", "Ben", "Chloe", "Dilan", "Eva", "Farid", "Grace", "Hana", "Igor", "Jana", "Karim",
    "Lena", "Marek", "Nadia", "Omar", "Petra", "Quentin", "Rosa", "Samir", "Tilda", "Ugo",
    "Vera", "Wilma", "Xenia", "Yusuf", "Zoe",
)  # fmt: skip
LAST_NAMES = (
    "Abel", "Becker", "Costa", "Duval", "Evans", "Fischer", "Garcia", "Hughes", "Ivanova",
    "Jansen", "Kowalski", "Laurent", "Moreau", "Novak", "Olsen", "Price", "Quinn", "Rossi",
    "Silva", "Turner", "Ueda", "Vogel", "Weber", "Young", "Zimmer",
)  # fmt: skip
PROBLEMS = (
    "The parcel arrived broken and nobody rang back.",
    "I was charged twice for one order.",
    "I waited forty minutes although I had an appointment.",
    "The repair did not hold for a week.",
    "The wrong size came, for the second time.",
    "The person at the counter was short with me.",
)
SPAN_DAYS = 700
OPEN_SHARE = 0.02
"""A shop settles most of its cases; some two hundred of ten thousand are open."""
RESOLVED_SHARE = 0.01
"""Settled, and to be asked again whether all is still well."""
GIFTS = (
    (RemedyKind.APOLOGY_ONLY, "A sincere apology", 0),
    (RemedyKind.VOUCHER, "A gift card", 2_000),
    (RemedyKind.REPLACEMENT, "A new one, free of charge", 4_500),
    (RemedyKind.REFUND, "The price back", 3_000),
)
COST_SHARE = 0.4
USED_SHARE = 0.6
GIVEN_AND_USED = (0.3, 0.9)
"""How far between the first word and the end something was given, and used."""
LATEST_BACK = 80
"""Days after the end within which they came again."""
MOST_CONTACTS = 8
RECENT = timedelta(days=12)


def _insert(table: type[Table], rows: Sequence[dict[str, Any]]) -> None:
    """Write rows with the same columns, and the defaults of the others.

    The statement is put together here: Peewee's own costs four times as much as the writing.
    """
    meta = table._meta  # noqa: SLF001 - Peewee's documented way to a table's columns
    defaults = meta.get_default_dict()
    given = defaults | (rows[0] if rows else {})
    columns = [field for field in meta.sorted_fields if field.name in given]
    names = ", ".join(f'"{field.column_name}"' for field in columns)
    line = f"({', '.join('?' * len(columns))})"
    for start in range(0, len(rows), BLOCK):
        block = [defaults | row for row in rows[start : start + BLOCK]]
        values = [field.db_value(row[field.name]) for row in block for field in columns]
        lines = ", ".join([line] * len(block))
        database.execute_sql(f'INSERT INTO "{meta.table_name}" ({names}) VALUES {lines}', values)


def _next_id(table: type[Table]) -> int:
    return int(table.select(pw.fn.COALESCE(pw.fn.MAX(table.id), 0)).scalar()) + 1


def write_customers(count: int, *, chance: random.Random, now: datetime, progress: Progress) -> int:
    """Write made-up customers; call inside `changing(recorded=False)`.

    Returns:
        The first one's id; the others follow it.
    """
    first = _next_id(Customer)
    rows: list[dict[str, Any]] = []
    for place in range(count):
        if place % BLOCK == 0:
            progress.step(place, count)
        name = f"{chance.choice(FIRST_NAMES)} {chance.choice(LAST_NAMES)} {place}"
        digits = f"{chance.randrange(10**6):06d}"
        rows.append(
            {
                "id": first + place,
                "name": name,
                "name_key": name_key(name),
                "phone": f"07700 {digits}",
                "phone_key": f"07700{digits}",
                "phone_tail": digits[-4:],
                "worth_year_cents": chance.randrange(2_000, 200_000),
                "created_at": now - timedelta(days=SPAN_DAYS),
            }
        )
    _insert(Customer, rows)
    return first


def write_cases(
    desk: Desk,
    count: int,
    *,
    customers: Sequence[int],
    chance: random.Random,
    now: datetime,
    progress: Progress,
) -> None:
    """Write made-up cases with all that belongs to them; call inside `changing(recorded=False)`.

    One in fifty is open and one in a hundred settled lately; the others were closed, most of them
    won back. Whoever was won back got something, and came again.
    """
    hours = hours_of_shop()
    writer = _Writer(hours, person_id=desk.person_id, now=now)
    first = _next_id(Case)
    for start in range(0, count, BLOCK):
        progress.step(start, count)
        places = range(start, min(start + BLOCK, count))
        writer.write(first, places, count, customers=customers, chance=chance)
    settle_all(now=now, hours=hours)


class _Gifts:
    """The rows of what was given in a block of cases, and of the visits that followed."""

    def __init__(self) -> None:
        self.remedies: list[dict[str, Any]] = []
        self.vouchers: list[dict[str, Any]] = []
        self.entries: list[dict[str, Any]] = []
        self.visits: list[dict[str, Any]] = []

    def write(self) -> None:
        """Write them, what others point at first."""
        _insert(Remedy, self.remedies)
        _insert(Voucher, self.vouchers)
        _insert(VoucherEntry, self.entries)
        _insert(Visit, self.visits)


class _Writer:
    """Collects the rows of a block of cases and writes them table by table."""

    def __init__(self, hours: OpeningHours, *, person_id: int | None, now: datetime) -> None:
        self._hours, self._person_id, self._now = hours, person_id, now
        self._versions = dict(
            PlaybookVersion.select(Playbook.key, PlaybookVersion.id).join(Playbook).tuples()
        )
        self._causes = [
            values[0]
            for values in Cause.select(Cause.id).where(Cause.parent.is_null(is_null=False)).tuples()
        ]
        self._promised = promised_hours()
        self._next_remedy, self._next_voucher = _next_id(Remedy), _next_id(Voucher)

    def write(
        self,
        first: int,
        places: Iterable[int],
        count: int,
        *,
        customers: Sequence[int],
        chance: random.Random,
    ) -> None:
        cases: list[dict[str, Any]] = []
        steps: list[dict[str, Any]] = []
        contacts: list[dict[str, Any]] = []
        gifts = _Gifts()
        for place in places:
            case_id = first + place
            opened = self._now - timedelta(
                minutes=int(SPAN_DAYS * 24 * 60 * (count - place) / (count + 1)) + 60
            )
            is_open = chance.random() < OPEN_SHARE
            if is_open:
                opened = self._now - timedelta(hours=chance.randrange(1, 24 * 14))
            is_settled = not is_open and chance.random() < RESOLVED_SHARE
            if is_settled:
                opened = self._now - RECENT + timedelta(hours=chance.randrange(24 * 7))
            severity = chance.choice(tuple(Severity))
            plan = next(one for one in playbook_presets() if severity in one.starts_for)
            case = self._case(
                case_id, chance.choice(customers), severity, opened, chance, is_open=is_open
            )
            if is_settled:
                case |= {"closed_at": None, "status": Status.RESOLVED, "stage": Stage.FOLLOW_UP}
                case |= {"outcome": Outcome.PENDING, "evidence": None}
            case["playbook_version"] = self._versions[plan.key]
            cases.append(case)
            steps.extend(
                self._step(case, step, position)
                for position, step in enumerate(plan.steps, start=1)
            )
            contacts.extend(self._contacts(case, chance))
            if case["outcome"] in {Outcome.WON_BACK, Outcome.KEPT}:
                self._give(case, gifts, chance)
        _insert(Case, cases)
        _insert(FollowUp, steps)
        _insert(Contact, contacts)
        gifts.write()

    def _case(
        self,
        case_id: int,
        customer: int,
        severity: Severity,
        opened: datetime,
        chance: random.Random,
        *,
        is_open: bool,
    ) -> dict[str, Any]:
        words = f"{chance.choice(PROBLEMS)} Order {chance.randrange(10**5)}."
        # Whatever happened to it lies between its opening and now.
        took = min(timedelta(days=chance.randrange(5, 30)), (self._now - opened) * 0.9)
        ended = None if is_open else opened + took
        spoken = None if is_open else opened + took * (chance.randrange(1, 30) / 100)
        outcome = chance.choices(
            (Outcome.WON_BACK, Outcome.KEPT, Outcome.LOST, Outcome.UNREACHABLE), (6, 2, 2, 1)
        )[0]
        return {
            "id": case_id,
            "number": f"R-{opened.year}-S{case_id:07d}",
            "customer": customer,
            "channel": chance.choice(tuple(Channel)),
            "summary": summary(words),
            "words": words,
            "severity": severity,
            "cause": chance.choice(self._causes),
            "owner": self._person_id,
            "opened_at": opened,
            "first_contact_due_at": self._hours.add_open_time(
                opened, timedelta(hours=self._promised[severity])
            ),
            "first_contact_at": spoken,
            "last_update_at": spoken,
            "resolved_at": ended,
            "closed_at": ended,
            "status": Status.OPEN if is_open else Status.CLOSED,
            "stage": Stage.LISTEN if is_open else Stage.DONE,
            "outcome": Outcome.PENDING if is_open else outcome,
            "evidence": "owners_word"
            if not is_open and outcome in {Outcome.WON_BACK, Outcome.KEPT}
            else None,
            "next_step": "",
            "next_due_at": None,
            "next_timed": False,
        }

    def _step(self, case: dict[str, Any], step: Step, position: int) -> dict[str, Any]:
        is_open, is_over = case["status"] == Status.OPEN, case["status"] == Status.CLOSED
        left = is_open or (not is_over and step.anchor is Anchor.RESOLVED)
        event = {Anchor.OPENED: case["opened_at"], Anchor.RESOLVED: case["resolved_at"]}
        due = None
        if left:
            at = event.get(step.anchor)
            due = due_of(at, step.offset, step.unit, timed=step.timed, hours=self._hours)
        return {
            "kind": FollowUpKind.PLAN_STEP,
            "act": step.act,
            "title": step.title_for("them"),
            "reason": reason_of(step.anchor, step.offset, step.unit),
            "customer": case["customer"],
            "case": case["id"],
            "person": self._person_id,
            "step_key": step.key,
            "position": position,
            "anchor": step.anchor,
            "offset": step.offset,
            "unit": step.unit,
            "timed": step.timed,
            "due_at": None if due is None else due.at,
            "due_on": None if due is None else due.on,
            "status": FollowUpStatus.PLANNED if left else FollowUpStatus.DONE,
            "ended_at": None if left else case["resolved_at"],
            "created_at": case["opened_at"],
        }

    def _give(self, case: dict[str, Any], gifts: "_Gifts", chance: random.Random) -> None:
        kind, words, value = chance.choice(GIFTS)
        left = case["resolved_at"] - case["first_contact_at"]
        given, later = (case["first_contact_at"] + left * share for share in GIVEN_AND_USED)
        day = self._hours.day_of(given)
        used = kind is RemedyKind.VOUCHER and chance.random() < USED_SHARE
        status = RemedyStatus.USED if used else RemedyStatus.HANDED_OVER
        gifts.remedies.append(
            {
                "id": self._next_remedy,
                "case": case["id"],
                "customer": case["customer"],
                "kind": kind,
                "words": words,
                "value_cents": value,
                "cost_cents": round(value * COST_SHARE),
                "status": status,
                "created_at": given,
                "agreed_at": given,
                "handed_over_at": given,
            }
        )
        if kind is RemedyKind.VOUCHER:
            gifts.vouchers.append(
                {
                    "id": self._next_voucher,
                    "remedy": self._next_remedy,
                    "customer": case["customer"],
                    "kind": VoucherKind.GOODWILL_CERTIFICATE,
                    "code": new_code(chance.choice),
                    "recipient": "them",
                    "valid_from": day,
                    "valid_to": day + timedelta(days=365),
                    "created_at": given,
                }
            )
            entry = {"voucher": self._next_voucher, "person": self._person_id}
            gifts.entries.append(
                entry | {"at": given, "kind": EntryKind.ISSUE, "amount_cents": value}
            )
            if used:
                gifts.entries.append(
                    entry | {"at": later, "kind": EntryKind.REDEEM, "amount_cents": -value}
                )
            self._next_voucher += 1
        if case["outcome"] == Outcome.WON_BACK:
            self._come_again(case, gifts, chance)
        self._next_remedy += 1

    def _come_again(self, case: dict[str, Any], gifts: "_Gifts", chance: random.Random) -> None:
        """Write the purchase down that shows that they came back, where its day has come."""
        amount = chance.randrange(500, 20_000)
        at = case["resolved_at"] + timedelta(days=1 + case["id"] % LATEST_BACK)
        if at > self._now:
            return
        case["evidence"] = Evidence.PURCHASE
        gifts.visits.append(
            {
                "customer": case["customer"],
                "case": case["id"],
                "visited_on": self._hours.day_of(at),
                "amount_cents": amount,
                "created_at": at,
            }
        )

    def _contacts(self, case: dict[str, Any], chance: random.Random) -> Iterable[dict[str, Any]]:
        if case["first_contact_at"] is None:
            return
        apart = (case["resolved_at"] - case["first_contact_at"]) / MOST_CONTACTS
        for nth in range(chance.randrange(3, MOST_CONTACTS + 1)):
            yield {
                "customer": case["customer"],
                "case": case["id"],
                "at": case["first_contact_at"] + apart * nth,
                "way": "call",
                "direction": "out",
                "reach": "reached",
                "words": "We spoke about it.",
                "person": self._person_id,
            }
