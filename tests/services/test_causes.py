from datetime import timedelta
from zoneinfo import ZoneInfo

import pytest

from recoverydesk.domain.case import Outcome, Severity
from recoverydesk.domain.correction import CorrectionStatus, IdeaSource
from recoverydesk.domain.follow_up import FollowUpStatus
from recoverydesk.domain.opening_hours import OpeningHours, parse_day
from recoverydesk.errors import InvalidEntryError, NotAllowedError, NotFoundError
from recoverydesk.services import (
    case_lists,
    cases,
    cause_moves,
    causes,
    corrections,
    follow_ups,
    ideas,
    incidents,
    ladders,
    merges,
    people,
)
from recoverydesk.services.case_lists import CaseFilter
from recoverydesk.services.cases import Ending
from recoverydesk.services.corrections import CorrectionEntry
from recoverydesk.services.incidents import IncidentEntry
from recoverydesk.storage.tables import Case, Cause, CorrectiveAction, Incident, Suggestion
from tests.storage.filling import dump


def named(shop, name, **given):
    found = causes.all_causes(shop.desk, **given)
    return next((cause for cause in found if cause.name == name), None)


def why(shop, case_id, *answers, cause_id=None):
    causes.write_down(shop.desk, case_id, answers, cause_id=cause_id, now=shop.now)
    return shop.view(case_id)


def test_causes_come_in_groups_with_what_is_under_them(shop):
    found = causes.all_causes(shop.desk)

    assert found[0].name == "Goods"
    assert found[1].full_name == "Goods / Faulty or broke soon"
    assert found[1].parent_id == found[0].cause_id
    assert found[0].full_name == "Goods"


def test_a_cause_can_be_added_renamed_and_retired(shop):
    group = causes.add(shop.desk, "Weather")
    inner = causes.add(shop.desk, "Rain", parent_id=group)

    causes.rename(shop.desk, inner, "Heavy rain")
    assert named(shop, "Heavy rain").parent == "Weather"
    causes.rename(shop.desk, inner, "heavy RAIN")
    causes.retire(shop.desk, inner)

    assert named(shop, "heavy RAIN") is None
    assert named(shop, "heavy RAIN", also_retired=True).retired
    causes.retire(shop.desk, inner, retired=False)
    assert named(shop, "heavy RAIN")


def test_a_cause_needs_a_name_of_its_own_in_its_group(shop):
    goods = named(shop, "Goods").cause_id

    for name in ("", "x" * 81, "goods", "GOODS "):
        with pytest.raises(InvalidEntryError):
            causes.add(shop.desk, name)
    inner = causes.add(shop.desk, "Goods", parent_id=goods)
    with pytest.raises(InvalidEntryError, match="already"):
        causes.rename(shop.desk, inner, "Not as described")
    with pytest.raises(InvalidEntryError, match="two levels"):
        causes.add(shop.desk, "Third", parent_id=inner)
    for deed in (
        lambda: causes.add(shop.desk, "Under none", parent_id=999),
        lambda: causes.rename(shop.desk, 999, "X"),
        lambda: causes.retire(shop.desk, 999),
        lambda: cause_moves.merge(shop.desk, 999, into=goods),
    ):
        with pytest.raises(NotFoundError):
            deed()


def test_merging_keeps_history_and_can_be_taken_back(shop):
    goods, orders = named(shop, "Goods").cause_id, named(shop, "Orders and delivery").cause_id
    case_id = shop.case()
    why(shop, case_id, "It broke", cause_id=goods)
    corrections.plan(shop.desk, case_id, CorrectionEntry("Seal it"), now=shop.now)
    before = dump(shop.desk)

    cause_moves.merge(shop.desk, goods, into=orders)

    assert shop.view(case_id).cause_id == orders
    assert named(shop, "Goods") is None
    assert named(shop, "Faulty or broke soon").parent == "Orders and delivery"
    with shop.desk.reading():
        assert CorrectiveAction.get().cause_id == orders
    assert shop.desk.last_undoable().words == "Merge “Goods” into “Orders and delivery”"
    shop.desk.undo()
    assert dump(shop.desk) == before


def test_a_group_merged_into_an_inner_cause_leaves_two_levels(shop):
    goods, late = named(shop, "Goods").cause_id, named(shop, "Late delivery").cause_id

    cause_moves.merge(shop.desk, goods, into=late)

    assert named(shop, "Faulty or broke soon").parent == "Orders and delivery"


def test_a_cause_is_merged_into_another_that_still_stands(shop):
    goods, orders = named(shop, "Goods").cause_id, named(shop, "Orders and delivery").cause_id
    inner = named(shop, "Faulty or broke soon").cause_id

    for into in (goods, inner):
        with pytest.raises(InvalidEntryError) as refused:
            cause_moves.merge(shop.desk, goods, into=into)
        assert refused.value.field == "into"
    cause_moves.merge(shop.desk, goods, into=orders)
    with pytest.raises(InvalidEntryError, match="merged itself"):
        cause_moves.merge(shop.desk, orders, into=goods)


def test_not_yet_known_shows_as_work_to_do(shop):
    case_id = shop.case()
    wanted = CaseFilter(cause_id=0)
    assert case_lists.ids(shop.desk, wanted, now=shop.now) == [case_id]
    cause = named(shop, "Late delivery")

    view = why(shop, case_id, "No van", cause_id=cause.cause_id)

    assert (view.cause, view.cause_found_at) == ("Orders and delivery / Late delivery", shop.now)
    assert case_lists.ids(shop.desk, wanted, now=shop.now) == []
    assert case_lists.ids(shop.desk, CaseFilter(cause_id=cause.cause_id), now=shop.now) == [case_id]
    assert named(shop, "Late delivery").cases == 1
    assert why(shop, case_id, "Not sure after all").cause_found_at is None


def test_the_ladder_has_one_to_five_rungs(shop):
    case_id = shop.case()

    assert why(shop, case_id, "It broke", " No seal ", "", "").whys == ("It broke", "No seal")
    assert why(shop, case_id, *"abcde").whys == tuple("abcde")
    for answers in (("a", "", "b"), tuple("abcdef"), ("x" * 501,)):
        with pytest.raises(InvalidEntryError) as refused:
            why(shop, case_id, *answers)
        assert refused.value.field == "whys"
    for given in ({"case_id": 99}, {"cause_id": 99}):
        with pytest.raises(NotFoundError):
            why(shop, **{"case_id": case_id} | given)
    assert shop.view(case_id).whys == tuple("abcde")


def test_a_cause_found_before_keeps_its_day(shop):
    case_id = shop.case()
    cause_id = named(shop, "Late delivery").cause_id
    first = why(shop, case_id, "No van", cause_id=cause_id).cause_found_at
    shop.later(days=1)

    assert why(shop, case_id, "No driver", cause_id=cause_id).cause_found_at == first


def test_a_rung_that_names_staff_is_asked_about(shop):
    assert causes.hints(shop.desk, ["Mia Ray forgot it"])
    assert not causes.hints(shop.desk, ["The list was kept in two places, so we changed it"])


def test_a_retired_group_stays_as_a_heading_while_a_cause_under_it_is_in_use(shop):
    group = causes.add(shop.desk, "Weather")
    inner = causes.add(shop.desk, "Rain", parent_id=group)
    causes.retire(shop.desk, group)

    assert named(shop, "Weather").retired
    assert named(shop, "Rain").full_name == "Weather / Rain"
    causes.retire(shop.desk, inner)
    assert named(shop, "Weather") is None
    assert named(shop, "Rain") is None


@pytest.mark.parametrize("last", ["It rained", "Olga was in a hurry"])
def test_a_cause_is_found_once_the_last_why_is_something_to_change(shop, last):
    cause = named(shop, "Faulty or broke soon").cause_id
    case_id = shop.case()
    people.add_staff(shop.desk, "Olga Novak")

    short = why(shop, case_id, "The box was wet", last, cause_id=cause)
    deep = why(shop, case_id, "The box was wet", last, "We have no dry shelf", cause_id=cause)

    assert (short.cause, short.whys, short.cause_found_at) == (
        "Goods / Faulty or broke soon",
        ("The box was wet", last),
        None,
    )
    assert deep.cause_found_at is not None


def test_a_cause_may_be_known_without_a_why(shop):
    cause = named(shop, "Faulty or broke soon").cause_id

    assert why(shop, shop.case(), cause_id=cause).cause_found_at is not None


def finding(shop, case_id):
    return next(step for step in shop.view(case_id).plan if step.title.startswith("Find the cause"))


def test_the_plan_asks_for_the_cause_again_when_it_turns_out_to_be_none(shop):
    cause = named(shop, "Faulty or broke soon").cause_id
    case_id = shop.case(severity=Severity.ABOUT_TO_LEAVE)
    why(shop, case_id, "The checklist lacks it", cause_id=cause)
    found = finding(shop, case_id).status

    why(shop, case_id, "It was bad luck", cause_id=cause)

    step = finding(shop, case_id)
    assert (found, step.status) == (FollowUpStatus.DONE, FollowUpStatus.PLANNED)
    with pytest.raises(NotAllowedError, match="nothing that the shop can change"):
        follow_ups.complete(shop.desk, step.follow_up_id, now=shop.now)


def under(shop, parent_id=None):
    return [one.name for one in causes.all_causes(shop.desk) if one.parent_id == parent_id]


def test_a_cause_moves_below_another_group_as_its_last_and_back(shop):
    late, goods = named(shop, "Late delivery"), named(shop, "Goods")
    before = dump(shop.desk)

    cause_moves.move(shop.desk, late.cause_id, under=goods.cause_id, now=shop.now)

    assert under(shop, goods.cause_id)[-1] == "Late delivery"
    assert shop.desk.last_undoable().words == "Move “Late delivery” to “Goods”"
    shop.desk.undo()
    assert dump(shop.desk) == before


def test_a_cause_becomes_a_group_and_moves_nowhere_twice(shop):
    late = named(shop, "Late delivery")

    cause_moves.move(shop.desk, late.cause_id, under=None, now=shop.now)
    cause_moves.move(shop.desk, late.cause_id, under=None, now=shop.now)

    assert under(shop)[-1] == "Late delivery"
    assert shop.desk.last_undoable().words == "“Late delivery” becomes a group"


def test_a_cause_moves_only_where_two_levels_and_its_name_allow(shop):
    goods, orders = named(shop, "Goods"), named(shop, "Orders and delivery")
    late, broken = named(shop, "Late delivery"), named(shop, "Faulty or broke soon")
    causes.add(shop.desk, "Late delivery", parent_id=goods.cause_id)
    gone = causes.add(shop.desk, "Weather")
    causes.retire(shop.desk, gone)

    def refused(one, into):
        with pytest.raises(InvalidEntryError) as told:
            cause_moves.move(shop.desk, one, under=into, now=shop.now)
        assert told.value.field == "parent"
        return str(told.value)

    assert "two levels" in refused(late.cause_id, broken.cause_id)
    assert "itself" in refused(goods.cause_id, goods.cause_id)
    assert "causes under “Goods”" in refused(goods.cause_id, orders.cause_id)
    assert "already" in refused(late.cause_id, goods.cause_id)
    assert "no longer in use" in refused(late.cause_id, gone)
    with pytest.raises(NotFoundError):
        cause_moves.move(shop.desk, late.cause_id, under=999, now=shop.now)


def test_a_fix_of_a_group_is_put_to_the_test_by_a_cause_that_moves_below_it(shop):
    goods, late = named(shop, "Goods").cause_id, named(shop, "Late delivery").cause_id
    first = shop.case()
    why(shop, first, cause_id=goods)
    fix = corrections.plan(shop.desk, first, CorrectionEntry("Seal it"), now=shop.now)
    later = shop.now.date() + timedelta(days=30)
    corrections.done(shop.desk, fix, check_on=later, now=shop.now)
    shop.later(days=3)
    why(shop, shop.case(name="Ben Ray"), cause_id=late)
    watching = corrections.view(shop.desk, fix).status

    cause_moves.move(shop.desk, late, under=goods, now=shop.now)

    assert watching is CorrectionStatus.DONE_WATCHING
    assert corrections.view(shop.desk, fix).status is CorrectionStatus.CAME_BACK


def test_causes_are_put_in_order_within_their_group(shop):
    goods = named(shop, "Goods").cause_id
    first, second, *rest = under(shop, goods)
    before = dump(shop.desk)

    cause_moves.place(shop.desk, named(shop, first).cause_id, 1)
    assert under(shop, goods) == [second, first, *rest]
    cause_moves.place(shop.desk, named(shop, first).cause_id, 99)
    assert under(shop, goods) == [second, *rest, first]
    cause_moves.place(shop.desk, named(shop, first).cause_id, -1)
    assert under(shop, goods) == [first, second, *rest]
    for _ in range(3):
        shop.desk.undo()
    assert dump(shop.desk) == before


def test_groups_are_put_in_order(shop):
    first, second, *rest = under(shop)

    cause_moves.place(shop.desk, named(shop, second).cause_id, 0)

    assert under(shop) == [second, first, *rest]


def test_everything_of_a_cause_moves_when_it_is_merged_and_is_named_before(shop):
    late, broken = (
        named(shop, name).cause_id for name in ("Late delivery", "Faulty or broke soon")
    )
    case_id = shop.case()
    why(shop, case_id, cause_id=late)
    corrections.plan(shop.desk, case_id, CorrectionEntry("Start earlier"), now=shop.now)
    ideas.add(shop.desk, "Start earlier", IdeaSource.CUSTOMER, case_id=case_id, now=shop.now)
    late_van = IncidentEntry("Late van", "It broke down.", cause_id=late)
    incidents.open_incident(shop.desk, late_van, (), case_ids=[case_id], now=shop.now)
    before = dump(shop.desk)
    moving = cause_moves.moving(shop.desk, late)

    cause_moves.merge(shop.desk, late, into=broken)

    assert (moving.cases, moving.incidents, moving.fixes, moving.ideas, moving.under) == (
        1,
        1,
        1,
        1,
        0,
    )
    with shop.desk.reading():
        for table in (Case, Incident, CorrectiveAction, Suggestion):
            assert table.get().cause_id == broken
    shop.desk.undo()
    assert dump(shop.desk) == before


def test_two_of_the_same_name_become_one_when_their_groups_do(shop):
    goods, orders = named(shop, "Goods").cause_id, named(shop, "Orders and delivery").cause_id
    twin = causes.add(shop.desk, "Late delivery", parent_id=goods)
    case_id = shop.case()
    why(shop, case_id, cause_id=twin)
    assert cause_moves.moving(shop.desk, goods).under > 1

    cause_moves.merge(shop.desk, goods, into=orders)

    assert under(shop, orders).count("Late delivery") == 1
    assert shop.view(case_id).cause == "Orders and delivery / Late delivery"


def test_what_was_merged_before_follows_and_is_never_met_again(shop):
    goods, orders = named(shop, "Goods").cause_id, named(shop, "Orders and delivery").cause_id
    broken, other = (
        named(shop, name).cause_id for name in ("Faulty or broke soon", "Not as described")
    )
    cause_moves.merge(shop.desk, broken, into=other)

    cause_moves.merge(shop.desk, goods, into=orders)

    with shop.desk.reading():
        assert Cause.get_by_id(broken).merged_into_id == other
    assert under(shop, orders).count("Not as described") == 1


def test_a_cause_is_not_merged_into_its_own_group(shop):
    late = named(shop, "Late delivery")

    with pytest.raises(InvalidEntryError, match="is under “Orders and delivery” already") as told:
        cause_moves.merge(shop.desk, late.cause_id, into=late.parent_id)

    assert told.value.field == "into"


def test_words_come_first_for_what_a_cause_about_manners_is_merged_into(shop):
    late, broken = (
        named(shop, name).cause_id for name in ("Late delivery", "Faulty or broke soon")
    )
    ladders.set_manners(shop.desk, late, manners=True)

    cause_moves.merge(shop.desk, late, into=broken)

    assert broken in ladders.manners(shop.desk)


def unknown(shop):
    return [one.case_id for one in causes.not_yet_known(shop.desk, now=shop.now)]


def test_a_cause_is_to_be_found_once_the_case_is_over(shop):
    over, fresh = shop.settled_case(), shop.case(name="Ben Ray")

    assert unknown(shop) == [over]
    (one,) = causes.not_yet_known(shop.desk, now=shop.now)
    assert (one.customer, one.number) == ("Ada Obi", shop.view(over).number)
    why(shop, over, cause_id=named(shop, "Goods").cause_id)
    assert unknown(shop) == []
    assert causes.count_not_yet_known(shop.desk, now=shop.now) == 0
    assert shop.view(fresh).cause_id is None


def test_a_cause_is_to_be_found_after_five_opening_days(shop):
    old = shop.case()  # on a Monday
    shop.later(days=1)
    newer = shop.case(name="Ben Ray")

    shop.later(days=4)  # Saturday: the Monday is five opening days ago
    assert unknown(shop) == []
    shop.later(days=2)
    assert unknown(shop) == [old]
    shop.later(days=20)
    assert unknown(shop) == [old, newer]
    assert [one.case_id for one in causes.not_yet_known(shop.desk, now=shop.now, most=1)] == [old]


def test_a_shop_that_never_opens_still_looks_for_causes(shop):
    case_id = shop.case()
    long_after = shop.now + timedelta(days=800)
    holidays = frozenset(long_after.date() - timedelta(days=n) for n in range(500))
    spans = parse_day("9-17")
    closed = OpeningHours((spans,) * 7, holidays, ZoneInfo("Europe/London"))
    with shop.desk.reading():
        found = Case.select().where(causes.wants_cause(long_after, closed))
        assert [one.id for one in found] == [case_id]


def test_what_was_not_upheld_or_has_become_another_case_is_not_looked_into(shop):
    refused = shop.case(name="Ben Ray")
    ending = Ending(Outcome.NOT_UPHELD, words="We checked it twice.", skip_why="refused")
    cases.close(shop.desk, refused, ending, now=shop.now)
    kept, other = shop.case(), shop.case()
    merges.merge_cases(shop.desk, kept, other, choices={}, now=shop.now)
    shop.later(days=30)

    assert unknown(shop) == [kept]


def test_the_cases_to_be_looked_into_can_be_listed(shop):
    over = shop.settled_case()
    shop.case(name="Ben Ray")
    wanted = CaseFilter(which="all", cause_id=case_lists.TO_LOOK_INTO)

    assert case_lists.ids(shop.desk, wanted, now=shop.now) == [over]
