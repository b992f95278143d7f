"""Playbooks of one's own: which starts by itself, versions, and adopting new steps."""

import tomllib
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest

from recoverydesk.domain.case import Channel, Outcome, Severity, Stage
from recoverydesk.domain.follow_up import Act, Anchor, FollowUpStatus, Unit, Who
from recoverydesk.domain.playbook import EVERYBODY, Condition, Fact, Step, condition_from
from recoverydesk.errors import InvalidEntryError, NotAllowedError, NotFoundError
from recoverydesk.services import (
    cases,
    cause_moves,
    causes,
    customers,
    follow_ups,
    playbooks,
    severities,
)
from recoverydesk.services.conditions import AGREED_IN_TIME, NOT_FOR_THIS
from recoverydesk.services.customers import CustomerEntry
from recoverydesk.services.playbooks import NOT_IN_PLAN, PlaybookEntry
from recoverydesk.storage.tables import FollowUp, Person
from recoverydesk.topics import Topic

PROCEDURES = Path(__file__).parents[1] / "data" / "procedures"


def step(key, title="", **more):
    values = {
        "act": Act.CALL,
        "stage": Stage.MAKE_RIGHT,
        "anchor": Anchor.OPENED,
        "offset": 1,
        "unit": Unit.OPEN_DAYS,
    }
    return Step(key=key, title=title or key.capitalize(), **values | more)


def entry(*steps, name="Our way", starts=EVERYBODY, words=""):
    return PlaybookEntry(name, words, starts, steps)


def save(shop, *steps, key="", **more):
    return playbooks.save(shop.desk, key, entry(*steps, **more), now=shop.now)


def led_by(shop, key, **more):
    return shop.case(playbook=key, **more)


def planned(shop, case_id):
    return {
        one.title: one.due_on
        for one in shop.view(case_id).plan
        if one.status is FollowUpStatus.PLANNED
    }


def ended(shop, case_id):
    return {
        one.title: one.end_words
        for one in shop.view(case_id).plan
        if one.status is FollowUpStatus.SKIPPED
    }


def test_a_plan_of_ones_own_leads_a_case(shop):
    key = save(shop, step("ring", "Ring {name}"), step("write", offset=3))
    view = playbooks.playbook(shop.desk, key)
    assert (view.name, view.version, view.shipped, view.running) == ("Our way", 1, False, 0)
    case_id = led_by(shop, key)
    assert planned(shop, case_id) == {"Ring Ada": date(2026, 3, 3), "Write": date(2026, 3, 5)}
    assert playbooks.playbook(shop.desk, key).running == 1


@pytest.mark.parametrize(
    ("signs", "intake", "starts"),
    [
        (Condition(channels=(Channel.REVIEW,)), {"channel": Channel.REVIEW}, True),
        (Condition(channels=(Channel.REVIEW,)), {"channel": Channel.PHONE}, False),
        (Condition(severities=(Severity.UPSET,)), {}, True),
        (Condition(least_worth_cents=500_00), {"worth": "600"}, True),
        (Condition(least_worth_cents=500_00), {"worth": "400"}, False),
        (Condition(least_worth_cents=500_00), {}, False),
        (Condition(), {}, True),
    ],
)
def test_the_first_plan_whose_signs_a_case_shows_starts_by_itself(shop, signs, intake, starts):
    key = save(shop, step("ring"), starts=signs)
    playbooks.arrange(shop.desk, [key])
    others = [one.key for one in playbooks.playbooks(shop.desk) if one.key != key]
    playbooks.arrange(shop.desk, [key, *others])
    assert (shop.view(shop.case(**intake)).playbook == key) is (starts and not signs.is_for_all)


def test_a_plan_for_everybody_that_was_said_to_be_so_starts(shop):
    view = playbooks.playbook(shop.desk, "small_annoyance")
    playbooks.save(
        shop.desk,
        "small_annoyance",
        PlaybookEntry(view.name, view.words, Condition(), view.steps),
        now=shop.now,
    )
    keys = [one.key for one in playbooks.playbooks(shop.desk)]
    playbooks.arrange(shop.desk, sorted(keys, key=lambda key: key != "small_annoyance"))
    case_id = shop.case(severity=Severity.ABOUT_TO_LEAVE)
    assert shop.view(case_id).playbook == "small_annoyance"
    assert playbooks.playbook(shop.desk, "small_annoyance").version == 1  # the steps are the same


def test_the_cause_can_be_the_sign(shop):
    cause = causes.add(shop.desk, "Late")
    key = save(shop, step("ring"), starts=Condition(cause_ids=(cause,)))
    playbooks.arrange(shop.desk, [key, "four_steps", "twelve_ways", "small_annoyance"])
    assert shop.view(shop.case(cause_id=cause)).playbook == key
    assert shop.view(shop.case(name="Ben Ray")).playbook == "four_steps"


def test_a_group_of_causes_stands_for_all_under_it(shop):
    group = causes.add(shop.desk, "Delivery")
    late = causes.add(shop.desk, "Late", parent_id=group)
    only = Condition(cause_ids=(group,))
    key = save(shop, step("ring"), step("visit", only_if=only), starts=only)
    playbooks.arrange(shop.desk, [key, "four_steps", "twelve_ways", "small_annoyance"])
    case_id = shop.case(cause_id=late)
    assert shop.view(case_id).playbook == key
    assert set(planned(shop, case_id)) == {"Ring", "Visit"}


def test_running_cases_keep_their_version_until_somebody_adopts_the_new_one(shop):
    key = save(shop, step("ring"), step("write", offset=3))
    case_id = led_by(shop, key)
    save(shop, step("ring"), step("visit", offset=4), key=key)
    view = playbooks.playbook(shop.desk, key)
    assert (view.version, view.running, view.behind) == (2, 1, 1)
    assert set(planned(shop, case_id)) == {"Ring", "Write"}
    assert playbooks.is_behind(shop.desk, case_id)

    moved = playbooks.what_adopting_moves(shop.desk, case_id, now=shop.now)

    assert {(one.title, one.added, one.dropped) for one in moved} == {
        ("Visit", True, False),
        ("Write", False, True),
    }
    assert set(planned(shop, case_id)) == {"Ring", "Write"}  # nothing has been changed
    playbooks.adopt(shop.desk, case_id, now=shop.now)
    assert planned(shop, case_id) == {"Ring": date(2026, 3, 3), "Visit": date(2026, 3, 6)}
    assert ended(shop, case_id) == {"Write": NOT_IN_PLAN}
    assert not playbooks.is_behind(shop.desk, case_id)


def test_what_is_done_stays_done_when_new_steps_are_adopted(shop):
    key = save(shop, step("ring"), step("write", offset=3))
    case_id = led_by(shop, key)
    follow_ups.complete(shop.desk, shop.step(case_id, "Ring").follow_up_id, now=shop.now)
    save(shop, step("ring", offset=9), step("write", "Write by hand", offset=5), key=key)
    playbooks.adopt(shop.desk, case_id, now=shop.now)
    done = [one.title for one in shop.view(case_id).plan if one.status is FollowUpStatus.DONE]
    assert done == ["Ring"]
    assert planned(shop, case_id) == {"Write by hand": date(2026, 3, 7)}


def test_a_day_that_was_chosen_by_hand_stays_when_new_steps_are_adopted(shop):
    key = save(shop, step("ring"), step("write", offset=3))
    case_id = led_by(shop, key)
    row = shop.step(case_id, "Write").follow_up_id
    follow_ups.move(shop.desk, row, to=date(2026, 3, 20), now=shop.now)
    save(shop, step("ring"), step("write", "Write by hand"), key=key)
    playbooks.adopt(shop.desk, case_id, now=shop.now)
    assert planned(shop, case_id)["Write by hand"] == date(2026, 3, 20)


def test_all_open_cases_of_a_plan_adopt_at_once_and_undo_takes_it_back(shop):
    key = save(shop, step("ring"))
    open_ones = [led_by(shop, key, name=name) for name in ("Ada Obi", "Ben Ray")]
    closed = led_by(shop, key, name="Cara Diaz")
    ending = cases.Ending(cases.Outcome.UNREACHABLE, skip_why="gone")
    cases.close(shop.desk, closed, ending, now=shop.now)
    save(shop, step("visit"), key=key)
    before = [shop.view(case_id) for case_id in open_ones]
    assert playbooks.adopt_all(shop.desk, key, now=shop.now) == 2
    assert [set(planned(shop, case_id)) for case_id in open_ones] == [{"Visit"}] * 2
    with pytest.raises(NotAllowedError, match="is closed"):
        playbooks.adopt(shop.desk, closed, now=shop.now)
    assert not playbooks.is_behind(shop.desk, closed)
    shop.desk.undo()
    assert [shop.view(case_id) for case_id in open_ones] == before


def test_saving_the_same_steps_makes_no_version(shop):
    key = save(shop, step("ring"))
    save(shop, step("ring"), key=key, name="Renamed")
    view = playbooks.playbook(shop.desk, key)
    assert (view.version, view.name) == (1, "Renamed")


@pytest.mark.parametrize(
    ("steps", "field", "words"),
    [
        ((), "steps", "one step at least"),
        ((step("a", " "),), "steps.0.title", "What is to be done"),
        ((step("a"), step("a")), "steps", "same key"),
        ((step("a", offset=-1),), "steps.0.offset", "below zero"),
        ((step("a", anchor=Anchor.STEP_DONE, after="b"),), "steps.0.after", "come after"),
        (tuple(step(f"s{n}") for n in range(41)), "steps", "40 steps at the most"),
        (
            (
                step("a", "Ring", anchor=Anchor.STEP_DONE, after="b"),
                step("b", "Write", anchor=Anchor.STEP_DONE, after="c"),
                step("c", "Visit", anchor=Anchor.STEP_DONE, after="b"),
            ),
            "steps",
            "in a circle: “Write”, “Visit”",
        ),
        (
            (step("a", "Ring", anchor=Anchor.STEP_DONE, after="a"),),
            "steps",
            "in a circle: “Ring”",
        ),
    ],
)
def test_a_plan_that_cant_be_followed_is_refused_in_words(shop, steps, field, words):
    with pytest.raises(InvalidEntryError, match=words) as refused:
        save(shop, *steps)
    assert refused.value.field == field


def test_a_name_is_given_once(shop):
    save(shop, step("ring"))
    with pytest.raises(InvalidEntryError, match="called so already"):
        save(shop, step("write"))
    with pytest.raises(InvalidEntryError, match="What is the plan called"):
        save(shop, step("write"), name=" ")
    with pytest.raises(NotFoundError):
        save(shop, step("write"), key="gone", name="Another")


def test_a_step_is_dated_from_the_end_of_another(shop):
    key = save(
        shop,
        step("ring"),
        step("write", anchor=Anchor.STEP_DONE, after="ring", offset=2, unit=Unit.DAYS),
    )
    case_id = led_by(shop, key)
    assert shop.step(case_id, "Ring").due_on == date(2026, 3, 3)
    shop.later(days=7)
    follow_ups.complete(shop.desk, shop.step(case_id, "Ring").follow_up_id, now=shop.now)
    assert planned(shop, case_id) == {"Write": date(2026, 3, 11)}


def test_a_step_after_one_that_was_left_out_goes_on_from_there(shop):
    key = save(shop, step("ring"), step("write", anchor=Anchor.STEP_DONE, after="ring", offset=1))
    case_id = led_by(shop, key)
    row = shop.step(case_id, "Ring").follow_up_id
    follow_ups.skip(shop.desk, row, why="They came in.", now=shop.now)
    assert planned(shop, case_id) == {"Write": date(2026, 3, 3)}


def test_a_step_only_for_some_comes_and_goes_with_the_case(shop):
    only = Condition(severities=(Severity.ABOUT_TO_LEAVE,))
    key = save(shop, step("ring"), step("visit", only_if=only))
    case_id = led_by(shop, key)
    assert ended(shop, case_id) == {"Visit": NOT_FOR_THIS}
    severities.change_severity(shop.desk, case_id, Severity.ABOUT_TO_LEAVE, now=shop.now)
    assert set(planned(shop, case_id)) == {"Ring", "Visit"}
    severities.change_severity(shop.desk, case_id, Severity.UPSET, now=shop.now)
    assert ended(shop, case_id) == {"Visit": NOT_FOR_THIS}


def test_what_was_left_out_by_hand_stays_out_when_its_condition_comes_true(shop):
    only = Condition(severities=(Severity.UPSET,))
    key = save(shop, step("ring"), step("visit", only_if=only))
    case_id = led_by(shop, key)
    row = shop.step(case_id, "Visit").follow_up_id
    follow_ups.skip(shop.desk, row, why="too far", now=shop.now)
    severities.change_severity(shop.desk, case_id, Severity.ANNOYED, now=shop.now)
    severities.change_severity(shop.desk, case_id, Severity.UPSET, now=shop.now)
    assert ended(shop, case_id) == {"Visit": "too far"}


@pytest.fixture
def review(shop):
    """A case whose review is only for want of an agreement within ten opening days."""
    only = Condition(not_agreed_after=10, not_agreed_unit=Unit.OPEN_DAYS)
    return led_by(shop, save(shop, step("ring"), step("review", only_if=only)))


def test_a_review_waits_until_nothing_was_agreed_in_time(shop, review):
    row = shop.step(review, "Review")
    assert row.due_on == date(2026, 3, 13)
    assert row.reason == "if nothing is agreed within 10 opening days"


def test_an_agreement_in_time_makes_it_needless_and_a_late_one_does_not(shop, review):
    shop.agreed(review)
    assert ended(shop, review) == {"Review": AGREED_IN_TIME}
    shop.desk.undo()
    shop.later(days=20)
    shop.agreed(review)
    assert "Review" in planned(shop, review)


def test_a_step_repeats_until_the_case_is_resolved(shop):
    key = save(shop, step("news", every=5, every_unit=Unit.OPEN_DAYS), step("end", offset=99))
    case_id = led_by(shop, key)
    for _ in range(2):
        row = shop.step(case_id, "News")
        shop.now = row.due_at
        follow_ups.complete(shop.desk, row.follow_up_id, now=shop.now)
    assert planned(shop, case_id)["News"] == date(2026, 3, 14)
    assert shop.step(case_id, "News").reason == "every 5 opening days"
    cases.resolve(shop.desk, case_id, now=shop.now)
    row = shop.step(case_id, "News")
    follow_ups.complete(shop.desk, row.follow_up_id, now=shop.now)
    assert "News" not in planned(shop, case_id)


def test_a_step_for_the_owner_is_the_owners(shop):
    with shop.desk.changing(Topic.SHOP, "Hire"):
        owner = Person.get(Person.role == "owner")
        mia = Person.create(name="Mia", role="staff")
    shop.desk.person_id = mia.id
    key = save(shop, step("ring"), step("decide", who=Who.OWNER))
    case_id = led_by(shop, key)
    with shop.desk.reading():
        rows = dict(
            FollowUp.select(FollowUp.title, FollowUp.person)
            .where(FollowUp.case == case_id)
            .tuples()
        )
    assert rows == {"Ring": mia.id, "Decide": owner.id}


def test_plans_are_retired_and_brought_back_but_never_the_last(shop):
    keys = [one.key for one in playbooks.playbooks(shop.desk)]
    for key in keys[1:]:
        playbooks.retire(shop.desk, key)
    with pytest.raises(NotAllowedError, match="last plan"):
        playbooks.retire(shop.desk, keys[0])
    assert len(playbooks.playbooks(shop.desk, also_retired=False)) == 1
    playbooks.retire(shop.desk, keys[1], retired=False)
    assert len(playbooks.playbooks(shop.desk, also_retired=False)) == 2


def test_a_plan_goes_back_to_how_it_came(shop):
    view = playbooks.playbook(shop.desk, "four_steps")
    changed = (replace(view.steps[0], title="Say hello"), *view.steps[1:])
    playbooks.save(
        shop.desk, view.key, PlaybookEntry("Mine", "", view.starts, changed), now=shop.now
    )
    playbooks.save(shop.desk, view.key, playbooks.as_shipped(view.key), now=shop.now)
    again = playbooks.playbook(shop.desk, view.key)
    assert (again.name, again.steps, again.version) == (view.name, view.steps, 3)
    with pytest.raises(NotFoundError, match="your own"):
        playbooks.as_shipped(save(shop, step("ring")))


def test_a_case_can_be_led_by_another_plan_of_ones_own(shop):
    key = save(shop, step("ring"), step("write", offset=3))
    case_id = shop.case()
    cases.change_playbook(shop.desk, case_id, key, now=shop.now)
    assert set(planned(shop, case_id)) == {"Ring", "Write"}


def test_other_steps_join_a_plan_that_is_adopted_anew(shop):
    key = save(shop, step("ring"))
    case_id = led_by(shop, key, safety_flag=True)
    save(shop, step("ring"), step("write", offset=2), key=key)
    playbooks.adopt(shop.desk, case_id, now=shop.now)
    assert "Make it safe, now: Ada" in ended(shop, case_id) | planned(shop, case_id)


def condition_of(words, shop):
    """A condition as the procedures' files word it."""
    form, _, rest = words.partition(" ")
    if not words:
        return Condition()
    if words.startswith("not agreed by "):
        count, unit = words.removeprefix("not agreed by ").split()
        return condition_from({"not_agreed_after": int(count), "not_agreed_unit": unit})
    if words.startswith("severity at least "):
        order = [one.value for one in Severity]
        return condition_from({"severities": order[order.index(words.rpartition(" ")[2]) :]})
    if words.startswith("channel is "):
        return condition_from({"channels": [words.rpartition(" ")[2]]})
    if words.startswith("worth at least "):
        return condition_from({"least_worth_cents": int(words.rpartition(" ")[2]) * 100})
    assert words.startswith("cause is "), (form, rest)
    return Condition(cause_ids=(cause_named(shop, words.removeprefix("cause is ")),))


def cause_named(shop, name):
    known = {one.name: one.cause_id for one in causes.all_causes(shop.desk)}
    return known.get(name) or causes.add(shop.desk, name)


def procedure_step(values, shop):
    count, unit = 0, Unit.OPEN_DAYS
    if repeat := values.get("repeat"):
        count, unit = int(repeat.split()[1]), Unit(repeat.split()[2])
    anchor = values["anchor"]
    return Step(
        key=values["key"],
        title=values["title"],
        act=Act(values["act"]),
        stage=Stage(values["stage"]),
        anchor=Anchor.STEP_DONE if anchor == "step" else Anchor(anchor),
        offset=values["offset"],
        unit=Unit(values["unit"]),
        fact=Fact(values.get("fact", "")),
        closing=values.get("closing", False),
        after=values.get("after", ""),
        who=Who(values.get("who", "")),
        only_if=condition_of(values.get("only_if", ""), shop),
        every=count,
        every_unit=unit,
    )


@pytest.mark.parametrize("path", sorted(PROCEDURES.glob("*.toml")), ids=lambda path: path.stem)
def test_a_published_procedure_is_kept_and_led_to_its_end(shop, path):
    told = tomllib.loads(path.read_text(encoding="utf-8"))
    steps = [procedure_step(values, shop) for values in told["steps"]]
    starts = Condition(severities=tuple(Severity(one) for one in told["severities"]))
    key = save(shop, *steps, name=told["name"], starts=starts)
    assert playbooks.playbook(shop.desk, key).steps == tuple(steps)

    case_id = led_by(shop, key)
    for nth in range(60):
        view = shop.view(case_id)
        if nth == 30 and view.resolved_at is None:
            cases.resolve(shop.desk, case_id, now=shop.now, not_agreed_why="by post")
            continue  # what repeats comes to its end
        assert view.next_due_at is not None
        row = next(one for one in view.plan if one.current)
        if row.kind == "closing":
            break
        shop.now = max(row.due_at, shop.now + timedelta(minutes=1))
        follow_ups.complete(shop.desk, row.follow_up_id, now=shop.now, not_agreed_why="by post")
    assert row.kind == "closing"


def test_there_are_eleven_of_them_each_with_its_source():
    told = [tomllib.loads(path.read_text("utf-8")) for path in PROCEDURES.glob("*.toml")]
    assert len(told) == 11
    assert all(one["address"].startswith("http") and one["read"] for one in told)


def test_a_step_without_a_key_gets_one_of_its_own(shop):
    key = save(shop, step("", "Ring"), step("", "Write"))
    keys = [one.key for one in playbooks.playbook(shop.desk, key).steps]
    assert len(set(keys)) == 2
    assert all(keys)


def test_what_the_plan_left_out_comes_back_where_the_new_one_wants_it(shop):
    only = Condition(severities=(Severity.ANNOYED,))
    key = save(shop, step("ring"), step("visit", only_if=only), step("write", offset=3))
    case_id = led_by(shop, key)
    save(shop, step("ring"), step("visit"), key=key)
    playbooks.adopt(shop.desk, case_id, now=shop.now)
    assert set(planned(shop, case_id)) == {"Ring", "Visit"}
    save(shop, step("ring"), step("write", offset=3), key=key)
    playbooks.adopt(shop.desk, case_id, now=shop.now)
    assert set(planned(shop, case_id)) == {"Ring", "Write"}


def test_what_comes_again_keeps_its_day_when_new_steps_are_adopted(shop):
    key = save(shop, step("news", every=5), step("end", offset=99))
    case_id = led_by(shop, key)
    row = shop.step(case_id, "News")
    shop.now = row.due_at
    follow_ups.complete(shop.desk, row.follow_up_id, now=shop.now)
    day = planned(shop, case_id)["News"]
    save(shop, step("news", "Tell the news", every=5), step("end", offset=98), key=key)
    playbooks.adopt(shop.desk, case_id, now=shop.now)
    assert planned(shop, case_id)["Tell the news"] == day
    save(shop, step("end", offset=98), key=key)
    playbooks.adopt(shop.desk, case_id, now=shop.now)
    assert set(planned(shop, case_id)) == {"End"}


@pytest.mark.parametrize(
    ("step", "words"),
    [
        ({"title": "Write {name} a {cake} card"}, r"“\{cake\}” isn't known here; only \{name\} is"),
        ({"offset": 99_999, "unit": Unit.OPEN_DAYS}, "more than three years on"),
        ({"every": 40, "every_unit": Unit.MONTHS}, "more than three years on"),
    ],
)
def test_a_step_that_no_customer_could_get_is_refused(shop, step, words):
    view = playbooks.playbooks(shop.desk)[0]
    steps = (replace(view.steps[0], **step), *view.steps[1:])
    with pytest.raises(InvalidEntryError, match=words):
        playbooks.save(
            shop.desk,
            view.key,
            PlaybookEntry(view.name, view.words, view.starts, steps),
            now=shop.now,
        )


# What a step depends on


def only_for(shop, **condition):
    key = save(shop, step("ring"), step("write", offset=3, only_if=Condition(**condition)))
    return led_by(shop, key)


def write_stands(shop, case_id):
    return "Write" in planned(shop, case_id)


def test_a_step_for_a_cause_goes_on_by_what_that_was_merged_into(shop):
    first, second = (causes.add(shop.desk, name) for name in ("Glue", "Paste"))
    case_id = only_for(shop, cause_ids=(first,))
    causes.write_down(shop.desk, case_id, [], cause_id=first, now=shop.now)
    assert write_stands(shop, case_id)
    cause_moves.merge(shop.desk, first, into=second)
    cases.wait_for_customer(shop.desk, case_id, waiting=True, now=shop.now)
    assert write_stands(shop, case_id)


def test_a_closed_case_gets_no_new_steps(shop):
    cause_id = causes.add(shop.desk, "Glue")
    case_id = only_for(shop, cause_ids=(cause_id,))
    open_steps = {
        step.follow_up_id: "skip"
        for step in shop.view(case_id).plan
        if step.status is FollowUpStatus.PLANNED
    }
    ending = cases.Ending(Outcome.UNREACHABLE, open_steps=open_steps, skip_why="gone")
    cases.close(shop.desk, case_id, ending, now=shop.now)
    causes.write_down(shop.desk, case_id, [], cause_id=cause_id, now=shop.now)
    assert not write_stands(shop, case_id)


def test_a_step_for_good_customers_comes_once_they_are_worth_it(shop):
    case_id = only_for(shop, least_worth_cents=10_000)
    assert not write_stands(shop, case_id)
    customers.change(
        shop.desk, shop.view(case_id).customer_id, CustomerEntry("Ada Obi", worth="200"),
        now=shop.now,
    )  # fmt: skip
    assert write_stands(shop, case_id)
