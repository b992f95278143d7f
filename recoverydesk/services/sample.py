"""The practice shop, and desks of any size to measure on. Never mixed with real data."""

import random
from collections.abc import Mapping
from datetime import date, datetime, time, timedelta
from itertools import chain, count
from pathlib import Path
from typing import Any

from recoverydesk.domain.case import Channel, Evidence, LostReason, Outcome, Severity
from recoverydesk.domain.contact import Direction, Mood, Reach, Way
from recoverydesk.domain.follow_up import FollowUpKind, FollowUpStatus
from recoverydesk.domain.money import parse_amount
from recoverydesk.domain.opening_hours import OpeningHours
from recoverydesk.domain.plan import add_months
from recoverydesk.domain.remedy import RemedyKind
from recoverydesk.domain.shop_kind import ShopKind
from recoverydesk.domain.voucher import VoucherKind
from recoverydesk.errors import InvalidEntryError, NotAllowedError
from recoverydesk.places import RESOURCES
from recoverydesk.progress import Progress
from recoverydesk.services import (
    case_pages,
    cases,
    causes,
    contacts,
    corrections,
    follow_ups,
    intake,
    negotiations,
    people,
    remedies,
    second_chances,
    visits,
    vouchers,
)
from recoverydesk.services.bulk import write_cases, write_customers
from recoverydesk.services.cases import Ending, Story
from recoverydesk.services.contacts import ContactEntry
from recoverydesk.services.corrections import CorrectionEntry
from recoverydesk.services.customers import CustomerEntry
from recoverydesk.services.negotiations import Asked
from recoverydesk.services.presets import practice_story
from recoverydesk.services.remedies import RemedyEntry
from recoverydesk.services.shop import hours_of_shop
from recoverydesk.services.shop_setup import ShopSetup, set_up
from recoverydesk.services.vouchers import VoucherEntryForm
from recoverydesk.storage.connection import in_use
from recoverydesk.storage.desk import Desk
from recoverydesk.storage.tables import FollowUp, Remedy, Shop, Voucher
from recoverydesk.topics import Topic

Event = Mapping[str, Any]


def practice(desk: Desk, *, now: datetime) -> None:
    """Fill an empty desk with the practice shop, as if it had worked for some weeks.

    Args:
        desk: a desk without a shop.
        now: this moment (UTC); the story is told back from here.
    """
    story = practice_story()
    folder = RESOURCES / "shops"
    about = story["shop"]
    set_up(
        desk,
        ShopSetup(
            name=about["name"],
            kind=ShopKind(about["kind"]),
            currency=about["currency"],
            locale=about["locale"],
            paper=about["paper"],
            time_zone=about["time_zone"],
            owner=about["owner"],
            tagline=about["tagline"],
            address=about["address"],
            phone=about["phone"],
            email=about["email"],
            legal_line=about["legal_line"],
            logo=(folder / about["logo"]).read_bytes(),
            signature=(folder / about["signature"]).read_bytes(),
            practice=True,
        ),
        now=now,
    )
    with desk.changing(Topic.EVERYTHING, "Open the practice shop", undoable=False, recorded=False):
        _Storyteller(desk, story, now=now).tell()


class _Storyteller:
    """Plays the practice shop's story through the services, event by event."""

    def __init__(self, desk: Desk, story: Mapping[str, Any], *, now: datetime) -> None:
        self._desk, self._story, self._now = desk, story, now
        self._hours: OpeningHours = hours_of_shop()
        self._currency: str = story["shop"]["currency"]
        self._people: dict[str, int] = {}
        self._customers: dict[str, Mapping[str, Any]] = {}
        self._causes: dict[str, int] = {}
        self._cause_of: dict[int, int | None] = {}
        self._our_part: dict[int, str] = {}

    def tell(self) -> None:
        for member in self._story["staff"]:
            people.add_staff(self._desk, member["name"])
        self._people = {person.name: person.person_id for person in people.everybody(self._desk)}
        self._causes = {cause.full_name: cause.cause_id for cause in causes.all_causes(self._desk)}
        self._customers = {one["key"]: one for one in self._story["customers"]}
        budget = self._cents(self._story["shop"]["goodwill_budget"])
        Shop.update(goodwill_budget_cents=budget).execute()
        moments = []
        for place, told in enumerate(self._story["cases"]):
            opened = self._moment(told)
            moments.append((opened, place, -1, told, None))
            for order, event in enumerate(told.get("events", ())):
                moments.append((self._moment(event), place, order, told, event))
        opened_cases: dict[int, int] = {}
        for at, place, _order, told, event in sorted(moments, key=lambda one: one[:3]):
            if event is None:
                opened_cases[place] = self._open(told, at)
            else:
                self._play(opened_cases[place], event, at)
        self._desk.person_id = self._people.get(self._story["shop"]["owner"])
        self._keep_up()

    def _keep_up(self) -> None:
        """Do on its day what came by itself: a shop that practises leaves no call behind."""
        by_itself = [FollowUpKind.AFTER_VISIT, FollowUpKind.RESCUE]
        late = FollowUp.select().where(
            FollowUp.kind.in_(by_itself),
            FollowUp.status == FollowUpStatus.PLANNED,
            FollowUp.due_on < self._hours.day_of(self._now),
        )
        for row in list(late.order_by(FollowUp.due_at)):
            follow_ups.complete(self._desk, row.id, now=row.due_at, note="All is well.")

    def _moment(self, told: Event) -> datetime:
        if "hours_ago" in told:
            return self._now - timedelta(hours=float(told["hours_ago"]))
        day = self._days_back(int(told["days_ago"]))
        return self._hours.at(day, time.fromisoformat(told["at"]))

    def _days_back(self, count: int) -> date:
        day = self._hours.day_of(self._now)
        while count:
            day -= timedelta(days=1)
            count -= self._hours.is_open_on(day)
        return day

    def _later(self, at: datetime, days: int) -> date:
        return self._hours.add_open_days(self._hours.day_of(at), days)

    def _cents(self, typed: str) -> int:
        return parse_amount(typed, currency=self._currency, locale="en") if typed else 0

    def _open(self, told: Event, at: datetime) -> int:
        who = self._customers[told["customer"]]
        asked = told.get("asked", "")
        self._desk.person_id = self._people.get(told.get("owner", ""))
        cause = told.get("cause", "")
        known = any(event["do"] == "why" for event in told.get("events", ()))
        logged = intake.log(
            self._desk,
            intake.Intake(
                customer=CustomerEntry(
                    name=who["name"],
                    phone=who["phone"],
                    email=who["email"],
                    address=who["address"],
                    postcode=who["postcode"],
                    town=who["town"],
                    worth=who["worth"],
                    likes=who["likes"],
                    since_on=date(who["since"], 1, 1) if who.get("since") else None,
                ),
                words=told["words"],
                severity=Severity(told["severity"]),
                channel=Channel(told["channel"]),
                feeling=told.get("feeling", ""),
                asked=Asked(words=asked) if asked else Asked(said=False),
                cause_id=self._causes[cause] if cause and not known else None,
                review_site=told.get("review_site", ""),
                review_stars=told.get("review_stars"),
            ),
            now=at,
        )
        self._cause_of[logged.case_id] = self._causes.get(cause)
        self._our_part[logged.case_id] = told.get("our_part", "")
        return logged.case_id

    def _play(self, case_id: int, event: Event, at: datetime) -> None:
        getattr(self, f"_do_{event['do']}")(case_id, event, at)

    def _do_contact(self, case_id: int, event: Event, at: datetime) -> None:
        entry = ContactEntry(
            way=Way(event["way"]),
            direction=Direction(event["direction"]),
            reach=Reach(event["reach"]),
            mood=Mood(event["mood"]) if event.get("mood") else None,
            words=event.get("words", ""),
        )
        contacts.log(self._desk, case_id, entry, now=at)

    def _do_restate(self, case_id: int, event: Event, at: datetime) -> None:
        seen = case_pages.view(self._desk, case_id)
        story = Story(
            words=seen.words,
            restatement=event["words"],
            agreed=event["agreed"],
            feeling=seen.feeling,
            our_part=self._our_part[case_id],
        )
        cases.tell(self._desk, case_id, story, now=at)

    def _do_apologise(self, case_id: int, _event: Event, at: datetime) -> None:
        cases.apologise(self._desk, case_id, now=at, not_agreed_why="they wanted it dealt with")

    def _entry(self, event: Event, at: datetime) -> RemedyEntry:
        days = event.get("promised_in_days")
        return RemedyEntry(
            kind=RemedyKind(event["kind"]),
            words=event["words"],
            value_cents=self._cents(event.get("value", "")),
            cost_cents=self._cents(event["cost"]) if event.get("cost") else None,
            promised_for=None if days is None else self._later(at, int(days)),
        )

    def _do_offer(self, case_id: int, event: Event, at: datetime) -> None:
        negotiations.offer(self._desk, case_id, self._entry(event, at), now=at)

    def _do_counter(self, case_id: int, event: Event, at: datetime) -> None:
        negotiations.counter(self._desk, case_id, Asked(words=event["words"]), now=at)

    def _do_agree(self, case_id: int, event: Event, at: datetime) -> None:
        entry = self._entry(event, at)
        negotiations.agree(self._desk, case_id, event["words"], [entry], now=at)

    def _do_voucher(self, case_id: int, event: Event, at: datetime) -> None:
        form = VoucherEntryForm(
            kind=VoucherKind(event["kind"]),
            value_cents=self._cents(event["value"]),
            valid_to=add_months(self._hours.day_of(at), int(event.get("valid_months", 12))),
        )
        waiting = (
            Remedy.select(Remedy.id)
            .where(Remedy.case == case_id, Remedy.kind == RemedyKind.VOUCHER)
            .where(Remedy.id.not_in(Voucher.select(Voucher.remedy)))
            .order_by(Remedy.id.desc())
            .scalar()
        )
        vouchers.issue(self._desk, form, now=at, case_id=case_id, remedy_id=waiting)

    def _do_hand_over(self, case_id: int, _event: Event, at: datetime) -> None:
        oldest = (
            Remedy.select(Remedy.id)
            .where(Remedy.case == case_id, Remedy.handed_over_at.is_null())
            .order_by(Remedy.id)
            .scalar()
        )
        remedies.hand_over(self._desk, oldest, now=at)

    def _do_redeem(self, case_id: int, event: Event, at: datetime) -> None:
        code = (
            Voucher.select(Voucher.code)
            .join(Remedy)
            .where(Remedy.case == case_id)
            .order_by(Voucher.id.desc())
            .scalar()
        )
        vouchers.redeem(self._desk, code, now=at, amount_cents=self._cents(event["amount"]))

    def _do_why(self, case_id: int, event: Event, at: datetime) -> None:
        causes.write_down(
            self._desk, case_id, event["answers"], cause_id=self._cause_of[case_id], now=at
        )

    def _do_fix(self, case_id: int, event: Event, at: datetime) -> None:
        due = self._later(at, int(event["due_in_days"]))
        check = self._later(at, int(event["check_in_days"]))
        entry = CorrectionEntry(
            what=event["what"],
            who=event["who"],
            due_on=due,
            check_on=check if check > due else None,
        )
        fix_id = corrections.plan(self._desk, case_id, entry, now=at)
        if event.get("done"):
            corrections.done(self._desk, fix_id, check_on=check, now=at)

    def _do_confirm(self, case_id: int, _event: Event, at: datetime) -> None:
        cases.confirm(self._desk, case_id, now=at)

    def _do_resolve(self, case_id: int, _event: Event, at: datetime) -> None:
        cases.resolve(self._desk, case_id, now=at)

    def _do_visit(self, case_id: int, event: Event, at: datetime) -> None:
        customer_id = case_pages.view(self._desk, case_id).customer_id
        visits.log(self._desk, customer_id, now=at, amount=event.get("amount", ""))

    def _do_positive(self, case_id: int, event: Event, at: datetime) -> None:
        customer_id = case_pages.view(self._desk, case_id).customer_id
        second_chances.add(self._desk, customer_id, event["words"], now=at, case_id=case_id)

    def _do_wait(self, case_id: int, _event: Event, at: datetime) -> None:
        cases.wait_for_customer(self._desk, case_id, waiting=True, now=at)

    def _steps(self, case_id: int, key: str) -> list[int]:
        """Return the step with a key, or none if it has ticked itself by now."""
        query = FollowUp.select(FollowUp.id).where(
            FollowUp.case == case_id,
            FollowUp.step_key == key,
            FollowUp.status == FollowUpStatus.PLANNED,
        )
        return [values[0] for values in query.tuples()]

    def _do_tick(self, case_id: int, event: Event, at: datetime) -> None:
        for step in self._steps(case_id, event["step"]):
            follow_ups.complete(self._desk, step, now=at)

    def _do_skip(self, case_id: int, event: Event, at: datetime) -> None:
        for step in self._steps(case_id, event["step"]):
            follow_ups.skip(self._desk, step, why=event["why"], now=at)

    def _do_close(self, case_id: int, event: Event, at: datetime) -> None:
        ending = Ending(
            outcome=Outcome(event["outcome"]),
            evidence=Evidence(event["evidence"]) if event.get("evidence") else None,
            lost_reason=LostReason(event["lost_reason"]) if event.get("lost_reason") else None,
            words=event.get("words", ""),
            skip_why=event.get("skip_why", "it was no longer needed"),
        )
        cases.close(self._desk, case_id, ending, now=at)


def open_practice(path: Path, *, now: datetime) -> Desk:
    """Return the practice shop's desk, made anew: every trace of the last visit is gone.

    Where another window is at practice with the file at `path`, the next free name is taken.

    Raises:
        NotAllowedError: the file at `path` is a real shop's desk.
        DeskFileError: the file can't be made.
    """
    names = chain([path], (path.with_stem(f"{path.stem}-{nth}") for nth in count(2)))
    free = next(name for name in names if _is_free(name))
    remove_practice(free)
    desk = Desk(free)
    try:
        practice(desk, now=now)
    except BaseException:
        desk.close()
        raise
    return desk


def _is_free(path: Path) -> bool:
    if not path.exists():
        return True
    _refuse_real(path)
    return not in_use(path)


def _refuse_real(path: Path) -> None:
    desk = Desk(path)
    try:
        with desk.reading():
            real = Shop.select().where(~Shop.practice).exists()
    finally:
        desk.close()
    if real:
        raise NotAllowedError(
            f"{path.name} is a real shop's desk, so it isn't used for practice.",
            advice="Choose another file for the practice shop.",
        )


def remove_practice(path: Path) -> None:
    """Take the practice shop's desk away, with all that lies beside it.

    Raises:
        NotAllowedError: the file is a real shop's desk; nothing is touched.
    """
    if path.exists():
        _refuse_real(path)
    for beside in (path, *path.parent.glob(f"{path.name}-*")):
        beside.unlink(missing_ok=True)


def fill(
    desk: Desk,
    *,
    customer_count: int,
    case_count: int,
    seed: int,
    now: datetime,
    progress: Progress,
) -> None:
    """Fill a desk with made-up customers and cases, to try and measure the program at size.

    The cases are written in bulk as the services would leave them after logging; the same seed
    gives the same desk.

    Raises:
        InvalidEntryError: cases without customers.
        NotAllowedError: the desk belongs to a real shop.
        Cancelled: the owner stopped it; nothing is written.
    """
    if min(customer_count, case_count) < 0 or (case_count and not customer_count):
        raise InvalidEntryError("customers", "Cases need at least one customer.")
    with desk.reading():
        if Shop.select().where(~Shop.practice).exists():
            raise NotAllowedError(
                "Made-up customers are never mixed with a real shop's.",
                advice="Name another file: recoverydesk --desk FILE sample ...",
            )
        has_shop = Shop.select().exists()
    if not has_shop:
        set_up(desk, ShopSetup(name="Sample shop", currency="EUR", practice=True), now=now)
    chance = random.Random(seed)
    with desk.changing(Topic.EVERYTHING, "Fill with samples", undoable=False, recorded=False):
        first_id = write_customers(customer_count, chance=chance, now=now, progress=progress)
        write_cases(
            desk,
            case_count,
            customers=range(first_id, first_id + customer_count),
            chance=chance,
            now=now,
            progress=progress,
        )
