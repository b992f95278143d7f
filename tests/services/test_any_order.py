"""Whatever is done in whatever order, the desk's promises hold."""

import shutil
import tempfile
from collections import Counter
from datetime import timedelta
from pathlib import Path

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)

from recoverydesk.domain.case import Evidence, LostReason, Outcome, Severity, Status
from recoverydesk.domain.contact import Direction, Reach
from recoverydesk.domain.follow_up import FollowUpStatus
from recoverydesk.domain.plan import Planned, next_step
from recoverydesk.domain.playbook import stages_of
from recoverydesk.domain.promise import PromiseState, state_of
from recoverydesk.domain.remedy import RemedyKind
from recoverydesk.domain.stage import EDGES, OPEN_STATUSES, stage_of, status_of
from recoverydesk.domain.voucher import new_code
from recoverydesk.errors import NotAllowedError, RecoveryDeskError
from recoverydesk.services import (
    alarms,
    approvals,
    cases,
    causes,
    contacts,
    corrections,
    entitlements,
    follow_ups,
    lapses,
    merges,
    negotiations,
    people,
    playbooks,
    preferences,
    promises,
    remedies,
    severities,
    splits,
    visits,
    voucher_deeds,
    voucher_views,
    vouchers,
)
from recoverydesk.services.cases import Ending, Story
from recoverydesk.services.contacts import ContactEntry
from recoverydesk.services.corrections import CorrectionEntry
from recoverydesk.services.entitlements import EntitlementEntry
from recoverydesk.services.negotiations import Asked
from recoverydesk.services.plans import facts_of, steps_of
from recoverydesk.services.playbooks import PlaybookEntry
from recoverydesk.services.remedies import RemedyEntry
from recoverydesk.storage.desk import Desk
from recoverydesk.storage.tables import Case, Entitlement, FollowUp, Remedy, Voucher, VoucherEntry
from tests.conftest import NOW, Shop
from tests.storage.filling import dump

# Set by the test that runs the machine.
template: list[Path] = []

which = st.integers(0, 5)
amounts = st.sampled_from([1, 500, 1000, 2500, 9900])
kinds = st.sampled_from([RemedyKind.APOLOGY_ONLY, RemedyKind.REFUND, RemedyKind.VOUCHER])


class Days(RuleBasedStateMachine):
    """Days in a shop: everything that can be done to cases, in any order."""

    def __init__(self):
        super().__init__()
        self.folder = tempfile.TemporaryDirectory()
        path = Path(self.folder.name) / "shop.desk"
        self.desk = Desk(Path(shutil.copy(template[0], path)), clock=lambda: NOW)
        people.sign_in_owner(self.desk)
        self.shop = Shop(self.desk)
        self.statuses: dict[int, Status] = {}
        self.seen: dict[int, str] = {}
        self.undone = False

    def teardown(self):
        self.desk.close()
        self.folder.cleanup()

    def ids(self, table, *where):
        with self.desk.reading():
            query = table.select(table.id)
            return [row[0] for row in (query.where(*where) if where else query).tuples()]

    def pick(self, nth, table, *where):
        found = self.ids(table, *where)
        return found[nth % len(found)] if found else None

    def case(self, nth):
        return self.pick(nth, Case)

    def step(self, nth):
        return self.pick(nth, FollowUp, FollowUp.status == FollowUpStatus.PLANNED)

    def do(self, deed, *arguments, **options):
        """Do something; a refusal must leave every row as it was."""
        if None in arguments:
            return
        before = dump(self.desk)
        newest = self.desk.last_undoable()
        try:
            deed(self.desk, *arguments, **options, now=self.shop.now)
        except RecoveryDeskError:
            assert dump(self.desk) == before
            return
        made = self.desk.last_undoable()
        if made is not None and (newest is None or made.id != newest.id):
            after = dump(self.desk)
            self.desk.undo(made.id)
            assert dump(self.desk) == before, f"undoing “{made.words}”"
            self.desk.undo(self.desk.last_redoable().id)
            assert dump(self.desk) == after, f"redoing “{made.words}”"

    @initialize()
    def somebody_is_unhappy(self):
        self.shop.case()

    @rule(hours=st.sampled_from([1, 5, 24, 24 * 9]))
    def time_goes_by(self, hours):
        self.shop.later(hours=hours)

    @rule(nth=which, severity=st.sampled_from(list(Severity)))
    def log(self, nth, severity):
        self.shop.case(name=("Ada Obi", "Bo Li", "王小明")[nth % 3], severity=severity)

    @rule(
        nth=which,
        reach=st.sampled_from(list(Reach)),
        direction=st.sampled_from(list(Direction)),
        ago=st.sampled_from([0, 3, 40]),
    )
    def contact(self, nth, reach, direction, ago):
        entry = ContactEntry(reach=reach, direction=direction)
        at = self.shop.now - timedelta(hours=ago)
        self.do(contacts.log, self.case(nth), entry, at=at)

    @rule(nth=which, restatement=st.sampled_from(["", "It leaked twice."]), agreed=st.booleans())
    def restate(self, nth, restatement, agreed):
        self.do(cases.tell, self.case(nth), Story("It leaks.", restatement, agreed=agreed))

    @rule(nth=which, why=st.sampled_from(["", "in a hurry"]))
    def apologise(self, nth, why):
        self.do(cases.apologise, self.case(nth), not_agreed_why=why)

    @rule(nth=which)
    def confirm(self, nth):
        self.do(cases.confirm, self.case(nth))

    @rule(nth=which, kind=kinds, cents=amounts)
    def offer(self, nth, kind, cents):
        self.do(negotiations.offer, self.case(nth), RemedyEntry(kind, "This", cents))

    @rule(nth=which)
    def counter(self, nth):
        self.do(negotiations.counter, self.case(nth), Asked("Rather that"))

    @rule(nth=which, kind=kinds, cents=amounts)
    def agree(self, nth, kind, cents):
        self.do(negotiations.agree, self.case(nth), "Fine", [RemedyEntry(kind, "This", cents)])

    @rule(nth=which, cents=amounts)
    def give(self, nth, cents):
        self.do(remedies.give, self.case(nth), RemedyEntry(RemedyKind.GIFT, "Tea", cents))

    @rule(nth=which)
    def hand_over(self, nth):
        self.do(remedies.hand_over, self.pick(nth, Remedy))

    @rule(nth=which, cents=st.sampled_from([0, 100, 2500]), agreed=st.booleans())
    def issue_a_voucher(self, nth, cents, agreed):
        case_id = self.case(nth)
        form = vouchers.VoucherEntryForm(value_cents=cents)
        remedy_id = self.pick(nth, Remedy, Remedy.case == case_id) if agreed else None
        self.do(vouchers.issue, form, case_id=case_id, remedy_id=remedy_id)

    @rule(nth=which, cents=st.sampled_from([None, -1, 0, 1, 99, 2500, 2501]))
    def redeem(self, nth, cents):
        voucher_id = self.pick(nth, Voucher)
        with self.desk.reading():
            code = Voucher.select(Voucher.code).where(Voucher.id == voucher_id).scalar()
        self.do(vouchers.redeem, code or new_code(), amount_cents=cents)

    @rule(nth=which, cents=st.sampled_from([0, 1, 500, 9_999]), why=st.sampled_from(["", "back"]))
    def put_back_on(self, nth, cents, why):
        self.do(voucher_deeds.put_back, self.pick(nth, Voucher), cents, why)

    @rule(nth=which, days=st.sampled_from([-1, 30, 500]))
    def extend(self, nth, days):
        to = self.shop.now.date() + timedelta(days=days)
        self.do(voucher_deeds.extend, self.pick(nth, Voucher), to, "She was ill")

    @rule(nth=which, void=st.booleans())
    def replace_or_void(self, nth, void):
        deed = voucher_deeds.make_void if void else voucher_deeds.replace
        self.do(deed, self.pick(nth, Voucher), "Lost")

    @rule()
    def what_ran_out(self):
        lapses.look_after(self.desk, now=self.shop.now)
        self.undone = True  # what ends of itself may be planned anew

    @rule(nth=which, uses=st.sampled_from([None, 0, 2]), days=st.sampled_from([-1, 20, None]))
    def grant(self, nth, uses, days):
        until = None if days is None else self.shop.now.date() + timedelta(days=days)
        entry = EntitlementEntry(valid_to=until, uses=uses)
        self.do(entitlements.grant, self.pick(nth, Remedy), entry)

    @rule(nth=which)
    def use_once(self, nth):
        self.do(entitlements.use, self.pick(nth, Entitlement))

    @rule(nth=which, cents=amounts)
    def ask_the_owner(self, nth, cents):
        entry = RemedyEntry(RemedyKind.REFUND, "The money back", cents)
        self.do(approvals.ask_later, self.case(nth), entry)

    @rule(nth=which, yes=st.booleans())
    def decide(self, nth, yes):
        remedy_id = self.pick(nth, Remedy)
        if yes:
            self.do(approvals.allow, remedy_id)
        else:
            self.do(approvals.deny, remedy_id, "too much")

    @rule(nth=which, known=st.booleans(), rungs=st.integers(0, 6))
    def why(self, nth, known, rungs):
        cause_id = causes.all_causes(self.desk)[nth].cause_id if known else None
        self.do(causes.write_down, self.case(nth), ["Because"] * rungs, cause_id=cause_id)

    @rule(nth=which, done=st.booleans())
    def fix(self, nth, done):
        case_id = self.case(nth)
        fix_id = corrections.plan(self.desk, case_id, CorrectionEntry("Seal it"), now=self.shop.now)
        if done:
            day = (self.shop.now + timedelta(days=30)).date()
            self.do(corrections.done, fix_id, check_on=day)

    @rule(nth=which, why=st.sampled_from(["", "they would not say"]))
    def complete(self, nth, why):
        self.do(follow_ups.complete, self.step(nth), not_agreed_why=why)

    @rule(nth=which, why=st.sampled_from(["", "not needed"]))
    def skip(self, nth, why):
        self.do(follow_ups.skip, self.step(nth), why=why)

    @rule(nth=which, days=st.sampled_from([-1, 0, 6, 20, 4000]))
    def move(self, nth, days):
        to = (self.shop.now + timedelta(days=days)).date()
        self.do(follow_ups.move, self.step(nth), to=to, why="they are away")

    @rule(nth=which)
    def no_answer(self, nth):
        self.do(follow_ups.no_answer, self.step(nth))

    @rule(nth=which, days=st.integers(-1, 30))
    def remind(self, nth, days):
        on = (self.shop.now + timedelta(days=days)).date()
        self.do(follow_ups.remind, "Ask again", on=on, case_id=self.case(nth))

    @rule(nth=which, waiting=st.booleans())
    def wait(self, nth, waiting):
        self.do(cases.wait_for_customer, self.case(nth), waiting=waiting)

    @rule(nth=which)
    def resolve(self, nth):
        self.do(cases.resolve, self.case(nth), not_agreed_why="in a hurry")

    @rule(
        nth=which,
        outcome=st.sampled_from(list(Outcome)),
        evidence=st.sampled_from([None, *Evidence]),
        choice=st.sampled_from(["done", "skip", "stay"]),
    )
    def close(self, nth, outcome, evidence, choice):
        case_id = self.case(nth)
        steps = dict.fromkeys(self.ids(FollowUp, FollowUp.case == case_id), choice)
        ending = Ending(
            outcome,
            evidence,
            LostReason.PRICE,
            words="They were wrong.",
            open_steps=steps,
            skip_why="not needed",
        )
        self.do(cases.close, case_id, ending)

    @rule(nth=which)
    def reopen(self, nth):
        self.do(cases.reopen, self.case(nth))
        self.some_come_back()

    @rule(nth=which, ago=st.sampled_from([0, 1, 30]))
    def visit(self, nth, ago):
        case_id = self.case(nth)
        day = (self.shop.now - timedelta(days=ago)).date()
        self.do(visits.log, self.shop.view(case_id).customer_id, visited_on=day)

    @rule(nth=which, key=st.sampled_from(["four_steps", "twelve_ways", "small_annoyance", "no"]))
    def change_playbook(self, nth, key):
        self.do(cases.change_playbook, self.case(nth), key)

    @rule(nth=which, severity=st.sampled_from(list(Severity)))
    def change_severity(self, nth, severity):
        self.do(severities.change_severity, self.case(nth), severity)

    def some_come_back(self):
        """What was left out may be planned again from here on."""
        self.seen = {key: kept for key, kept in self.seen.items() if kept != "skipped"}

    @rule(nth=which, words=st.sampled_from(["", "It leaks again."]))
    def it_failed(self, nth, words):
        self.do(alarms.it_failed, self.case(nth), words)
        self.some_come_back()

    @rule(nth=which, days=st.sampled_from([-1, 1, 5]))
    def promise(self, nth, days):
        by = self.shop.now + timedelta(days=days)
        self.do(contacts.log, self.case(nth), ContactEntry(words="Rang."), next_word_by=by)

    @rule(nth=which)
    def put_back(self, nth):
        self.do(follow_ups.put_back, self.step(nth))

    @rule(nth=which, asked=st.booleans())
    def leave_alone(self, nth, asked):
        whose = self.shop.view(self.case(nth)).customer_id
        self.do(preferences.leave_alone, whose, asked=asked)
        self.some_come_back()

    @rule(one=which, other=which)
    def merge_cases(self, one, other):
        # What moves over becomes a promise, or ends with its plan.
        self.do(merges.merge_cases, self.case(one), self.case(other), choices={})

    @rule(one=which, other=which)
    def merge_customers(self, one, other):
        whose = [self.shop.view(self.case(nth)).customer_id for nth in (one, other)]
        self.do(merges.merge_customers, *whose, choices={})
        self.some_come_back()

    @rule(nth=which, words=st.sampled_from(["", "The lid, too."]))
    def split(self, nth, words):
        self.do(splits.split_case, self.case(nth), words)

    @rule(nth=which)
    def give_to_somebody_else(self, nth):
        self.do(splits.move_case, self.case(nth), name="Cara Diaz")
        self.some_come_back()  # she may be contacted

    @rule(nth=which, more=st.booleans())
    def adopt_new_steps(self, nth, more):
        key = self.shop.view(self.case(nth)).playbook
        view = playbooks.playbook(self.desk, key)
        steps = view.steps[:-1] if len(view.steps) > 2 and not more else view.steps
        entry = PlaybookEntry(view.name, view.words, view.starts, steps)
        playbooks.save(self.desk, key, entry, now=self.shop.now)
        self.do(playbooks.adopt, self.case(nth))

    @precondition(lambda self: self.desk.last_undoable() is not None)
    @rule(chance=st.integers(0, 3))
    def undo(self, chance):
        # Never what "somebody_is_unhappy" did: the other rules want a case.
        if chance or len(self.ids(Case)) > 1:
            self.undone = True
            try:
                self.desk.undo()
            except NotAllowedError:
                self.undone = False
        if not self.ids(Case):
            self.shop.case()

    @invariant()
    def every_open_case_has_one_next_step_with_a_date(self):
        with self.desk.reading():
            for case in Case.select():
                rows = list(
                    FollowUp.select().where(
                        FollowUp.case == case.id, FollowUp.status == FollowUpStatus.PLANNED
                    )
                )
                planned = [
                    Planned(row.id, row.title, row.due_at, row.timed, row.position) for row in rows
                ]
                following = next_step(planned)
                if case.status in OPEN_STATUSES:
                    assert following is not None
                    assert (case.next_step, case.next_due_at, case.next_timed) == (
                        following.title,
                        following.due_at,
                        following.timed,
                    )
                else:
                    assert (case.next_step, case.next_due_at) == ("", None)
                    assert all(row.due_on is not None for row in rows)

    @invariant()
    def status_and_stage_follow_from_the_facts(self):
        with self.desk.reading():
            for case in Case.select():
                facts = facts_of(case)
                assert case.status == status_of(facts)
                assert case.stage == stage_of(facts, stages_of(steps_of(case)))

    @invariant()
    def a_status_moves_along_the_drawn_edges(self):
        with self.desk.reading():
            now = dict(Case.select(Case.id, Case.status).tuples())
        if not self.undone:
            for case_id in self.statuses.keys() & now.keys():
                edge = (self.statuses[case_id], Status(now[case_id]))
                assert edge[0] == edge[1] or edge in EDGES
        self.statuses = {case_id: Status(status) for case_id, status in now.items()}

    @invariant()
    def a_promise_is_in_exactly_one_state(self):
        with self.desk.reading():
            rows = FollowUp.select().where(FollowUp.promised_at.is_null(is_null=False))
            states = Counter(
                state_of(
                    row.promised_at, FollowUpStatus(row.status), row.ended_at, now=self.shop.now
                )
                for row in rows
            )
        tally = promises.tally(self.desk, now=self.shop.now)
        assert (tally.kept, tally.late, tally.broken) == (
            states[PromiseState.KEPT],
            states[PromiseState.KEPT_LATE],
            states[PromiseState.BROKEN],
        )

    @invariant()
    def no_follow_up_vanishes(self):
        with self.desk.reading():
            rows = {row.id: row for row in FollowUp.select()}
        for row in rows.values():
            if row.status == FollowUpStatus.SKIPPED:
                assert row.end_words
            assert (row.status == FollowUpStatus.PLANNED) == (row.ended_at is None)
        if not self.undone:
            assert self.seen.keys() <= rows.keys()
            for row_id, status in self.seen.items():
                ended = status != FollowUpStatus.PLANNED
                assert not ended or rows[row_id].status == status
        self.seen = {row.id: row.status for row in rows.values()}
        self.undone = False

    @invariant()
    def a_balance_is_the_sum_of_its_ledger_and_never_below_nothing(self):
        with self.desk.reading():
            codes = [row[0] for row in Voucher.select(Voucher.code).tuples()]
            sums = {
                row.code: sum(
                    entry.amount_cents
                    for entry in VoucherEntry.select().where(VoucherEntry.voucher == row.id)
                )
                for row in Voucher.select()
            }
        for code in codes:
            seen = voucher_views.look_up(self.desk, code, now=self.shop.now)
            assert seen.balance_cents == sums[code] >= 0
            assert seen.balance_cents <= seen.initial_cents


def test_the_promises_hold_after_anything_in_any_order(shop_file):
    template[:] = [shop_file]
    run_state_machine_as_test(
        Days,
        settings=settings(
            max_examples=25,
            stateful_step_count=30,
            deadline=None,
            derandomize=True,
            suppress_health_check=list(HealthCheck),
        ),
    )
