import pytest

from recoverydesk.domain.case import Severity
from recoverydesk.domain.follow_up import FollowUpStatus
from recoverydesk.errors import InvalidEntryError, NotAllowedError, NotFoundError
from recoverydesk.services import case_lists, causes, corrections, follow_ups, people
from recoverydesk.services.case_lists import CaseFilter
from recoverydesk.services.corrections import CorrectionEntry
from recoverydesk.storage.tables import CorrectiveAction
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
        lambda: causes.merge(shop.desk, 999, into=goods),
    ):
        with pytest.raises(NotFoundError):
            deed()


def test_merging_keeps_history_and_can_be_taken_back(shop):
    goods, orders = named(shop, "Goods").cause_id, named(shop, "Orders and delivery").cause_id
    case_id = shop.case()
    why(shop, case_id, "It broke", cause_id=goods)
    corrections.plan(shop.desk, case_id, CorrectionEntry("Seal it"), now=shop.now)
    before = dump(shop.desk)

    causes.merge(shop.desk, goods, into=orders)

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

    causes.merge(shop.desk, goods, into=late)

    assert named(shop, "Faulty or broke soon").parent == "Orders and delivery"


def test_a_cause_is_merged_into_another_that_still_stands(shop):
    goods, orders = named(shop, "Goods").cause_id, named(shop, "Orders and delivery").cause_id
    inner = named(shop, "Faulty or broke soon").cause_id

    for into in (goods, inner):
        with pytest.raises(InvalidEntryError) as refused:
            causes.merge(shop.desk, goods, into=into)
        assert refused.value.field == "into"
    causes.merge(shop.desk, goods, into=orders)
    with pytest.raises(InvalidEntryError, match="merged itself"):
        causes.merge(shop.desk, orders, into=goods)


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
