"""Who is at the counter: names, PINs, and a safe way back for one that was forgotten."""

from datetime import timedelta

import pytest

from recoverydesk.domain import pin as pins
from recoverydesk.errors import InvalidEntryError, NotAllowedError, NotFoundError
from recoverydesk.services import people
from recoverydesk.services.history_words import TOLD
from recoverydesk.storage.journal import history, rows_of
from recoverydesk.storage.tables import Person
from recoverydesk.topics import Topic

OWNER = 1


@pytest.fixture(autouse=True)
def _quick(monkeypatch):
    """A hash that costs a thousandth: what it costs is tested where it is made."""
    monkeypatch.setattr(pins, "_COST", (2**4, 8, 1))
    people._WRONG.clear()


@pytest.fixture
def kim(shop):
    return people.add(shop.desk, "Kim")


def named(shop, **more):
    return [one.name for one in people.everybody(shop.desk, **more)]


def sign_in(shop, person_id, pin=""):
    return people.sign_in(shop.desk, person_id, pin, now=shop.now)


def test_the_owner_stands_first_and_staff_are_added(shop, kim):
    assert named(shop) == ["Mia Ray", "Kim"]
    view = people.everybody(shop.desk)[1]
    assert (view.person_id, view.is_owner, view.has_pin, view.limit_cents) == (
        kim, False, False, None,
    )  # fmt: skip
    for name in ("Kim", " "):
        with pytest.raises(InvalidEntryError):
            people.add_staff(shop.desk, name)
    with pytest.raises(InvalidEntryError, match="either"):
        people.add(shop.desk, "Lou", role="boss")


def test_whoever_signs_in_is_named_by_what_they_change(shop, kim):
    assert people.is_owner(shop.desk)
    assert sign_in(shop, kim).name == "Kim"
    assert not people.is_owner(shop.desk)
    assert people.at_the_counter(shop.desk).person_id == kim
    shop.customer("Ada Obi")
    assert history(shop.desk)[0].person_id == kim


def test_nobody_at_the_counter_of_an_empty_desk(desk):
    people.sign_in_owner(desk)
    assert people.at_the_counter(desk) is None
    assert people.is_owner(desk)
    with pytest.raises(NotFoundError, match="no owner"):
        people.owners_word(desk, "", now=None)


def test_a_pin_is_asked_only_of_those_who_have_one(shop, kim):
    assert not people.asks_who(shop.desk)
    people.set_pin(shop.desk, OWNER, "1234")
    assert people.asks_who(shop.desk)
    sign_in(shop, kim)
    with pytest.raises(InvalidEntryError, match="isn't Mia Ray's PIN"):
        sign_in(shop, OWNER, "4321")
    assert people.at_the_counter(shop.desk).person_id == kim
    assert sign_in(shop, OWNER, "1234").is_owner


def test_after_five_wrong_ones_nobody_tries_for_half_a_minute(shop):
    people.set_pin(shop.desk, OWNER, "1234")
    for _ in range(5):
        with pytest.raises(InvalidEntryError):
            sign_in(shop, OWNER, "9999")
    with pytest.raises(NotAllowedError, match="typed wrong too often") as told:
        sign_in(shop, OWNER, "1234")
    assert "Wait 30 seconds" in told.value.advice
    shop.now -= timedelta(hours=1)  # a clock that is set back helps nobody, and locks nobody out
    with pytest.raises(NotAllowedError):
        sign_in(shop, OWNER, "1234")
    shop.later(hours=1, seconds=30)
    with pytest.raises(InvalidEntryError):
        sign_in(shop, OWNER, "9999")
    shop.later(seconds=31)
    with pytest.raises(NotAllowedError):  # the sixth doubled it
        sign_in(shop, OWNER, "1234")
    shop.later(seconds=30)
    sign_in(shop, OWNER, "1234")
    with pytest.raises(InvalidEntryError):  # it begins anew
        sign_in(shop, OWNER, "9999")


def test_each_more_wrong_one_doubles_the_pause_up_to_eight_minutes(shop):
    people.set_pin(shop.desk, OWNER, "1234")
    told = []
    for _ in range(40):
        try:
            sign_in(shop, OWNER, "9999")
        except NotAllowedError as error:
            told.append(error.advice.split(",")[0])
            shop.later(minutes=8)
        except InvalidEntryError:
            pass
    assert told[:5] == [
        "Wait 30 seconds", "Wait 60 seconds", "Wait 2 minutes", "Wait 4 minutes", "Wait 8 minutes",
    ]  # fmt: skip
    assert set(told[5:]) == {"Wait 8 minutes"}
    shop.later(minutes=8)
    with pytest.raises(InvalidEntryError):
        sign_in(shop, OWNER, "9999")
    shop.later(minutes=7, seconds=59)
    with pytest.raises(NotAllowedError) as last:
        sign_in(shop, OWNER, "1234")
    assert "Wait a second" in last.value.advice
    shop.later(seconds=1)
    sign_in(shop, OWNER, "1234")


def test_a_forgotten_pin_goes_by_the_code_that_was_written_down(shop):
    way_back = people.set_pin(shop.desk, OWNER, "1234")
    with pytest.raises(InvalidEntryError, match="isn't the code"):
        people.forget_pin(shop.desk, OWNER, "ABCD-EFGH-JKMN", now=shop.now)
    people.forget_pin(shop.desk, OWNER, way_back.lower().replace("-", " "), now=shop.now)
    sign_in(shop, OWNER)
    with pytest.raises(InvalidEntryError):  # it is good once
        people.forget_pin(shop.desk, OWNER, way_back, now=shop.now)


def test_the_code_can_not_be_tried_out_either(shop):
    way_back = people.set_pin(shop.desk, OWNER, "1234")
    for _ in range(5):
        with pytest.raises(InvalidEntryError):
            people.forget_pin(shop.desk, OWNER, "x", now=shop.now)
    with pytest.raises(NotAllowedError, match="too often"):
        people.forget_pin(shop.desk, OWNER, way_back, now=shop.now)
    with pytest.raises(NotAllowedError):  # a clock that is set back doesn't help
        people.forget_pin(shop.desk, OWNER, way_back, now=shop.now - timedelta(hours=1))
    shop.later(seconds=31)
    people.forget_pin(shop.desk, OWNER, way_back, now=shop.now)


def test_no_pin_stands_in_the_desk_or_can_be_brought_back_by_undo(shop):
    newest = shop.desk.last_undoable()
    way_back = people.set_pin(shop.desk, OWNER, "1234")
    assert shop.desk.last_undoable() == newest
    stored = str([rows_of(shop.desk, one.id) for one in history(shop.desk)])
    assert "1234" not in stored
    assert pins.clean_way_back(way_back) not in stored
    people.clear_pin(shop.desk, OWNER)
    assert not people.everybody(shop.desk)[0].has_pin


def test_no_history_tells_of_a_pin():
    told = {column for table in TOLD.values() for column in table.columns}
    assert told.isdisjoint({"pin", "way_back"})
    assert "person" not in TOLD


def test_the_owners_word_is_their_pin_or_just_their_word(shop, kim):
    assert people.owners_word(shop.desk, "", now=shop.now) == OWNER
    people.set_pin(shop.desk, OWNER, "1234")
    assert people.owners_word(shop.desk, "", now=shop.now) == OWNER  # at the counter already
    sign_in(shop, kim)
    with pytest.raises(InvalidEntryError):
        people.owners_word(shop.desk, "", now=shop.now)
    assert people.owners_word(shop.desk, "1234", now=shop.now) == OWNER
    sign_in(shop, OWNER, "1234")
    second = people.add(shop.desk, "Lou", role="owner")
    sign_in(shop, kim)
    assert people.owners_word(shop.desk, "", now=shop.now) == second
    with shop.desk.changing(Topic.SHOP, "A PIN for Lou"):
        Person.update(pin=pins.hashed("5678")).where(Person.id == second).execute()
    assert people.owners_word(shop.desk, "5678", now=shop.now) == second
    assert people.owners_word(shop.desk, "1234", now=shop.now) == OWNER


def test_no_owners_pin_can_be_tried_out_by_asking_for_their_word(shop, kim):
    second = people.add(shop.desk, "Lou", role="owner")
    people.set_pin(shop.desk, OWNER, "1234")
    people.set_pin(shop.desk, second, "5678")
    sign_in(shop, kim)
    for _ in range(5):
        with pytest.raises(InvalidEntryError, match="isn't the owner's PIN"):
            people.owners_word(shop.desk, "9999", now=shop.now)
    for pin in ("1234", "5678"):
        with pytest.raises(NotAllowedError, match="too often"):
            people.owners_word(shop.desk, pin, now=shop.now)
    with pytest.raises(NotAllowedError):  # nor at the counter itself
        sign_in(shop, second, "5678")
    shop.later(seconds=31)
    assert people.owners_word(shop.desk, "5678", now=shop.now) == second


def test_staff_change_nothing_about_who_works_here(shop, kim):
    lou = people.add(shop.desk, "Lou")
    people.retire(shop.desk, lou)
    sign_in(shop, kim)
    before = people.everybody(shop.desk, also_retired=True)
    for deed in (
        lambda: people.add(shop.desk, "Zoe", role="owner"),
        lambda: people.add_staff(shop.desk, "Zoe"),
        lambda: people.change(shop.desk, kim, name="Kim", role="owner"),
        lambda: people.retire(shop.desk, OWNER),
        lambda: people.retire(shop.desk, lou, retired=False),
    ):
        with pytest.raises(NotAllowedError, match="Only the owner") as told:
            deed()
        assert "F9" in told.value.advice
    assert people.everybody(shop.desk, also_retired=True) == before


def test_staff_change_no_pin_but_their_own(shop, kim):
    sign_in(shop, kim)
    for deed in (
        lambda: people.set_pin(shop.desk, OWNER, "1234"),
        lambda: people.clear_pin(shop.desk, OWNER),
    ):
        with pytest.raises(NotAllowedError, match="Only the owner"):
            deed()
    people.set_pin(shop.desk, kim, "1234")
    sign_in(shop, kim, "1234")


def test_names_roles_and_limits_are_changed(shop, kim):
    people.change(shop.desk, kim, name="Kim Lee", role="owner", limit_cents=2000)
    view = next(one for one in people.everybody(shop.desk) if one.person_id == kim)
    assert (view.name, view.role, view.limit_cents) == ("Kim Lee", "owner", 2000)
    people.change(shop.desk, OWNER, name="Mia", role="staff")
    sign_in(shop, kim)
    with pytest.raises(NotAllowedError, match="needs an owner"):
        people.change(shop.desk, kim, name="Kim", role="staff")
    with pytest.raises(InvalidEntryError, match="called Mia already"):
        people.change(shop.desk, kim, name="Mia", role="owner")
    with pytest.raises(InvalidEntryError, match="below zero"):
        people.change(shop.desk, kim, name="Kim", role="owner", limit_cents=-1)


def test_who_has_left_is_no_longer_asked_for_and_stays_in_history(shop, kim):
    people.retire(shop.desk, kim)
    assert named(shop) == ["Mia Ray"]
    assert named(shop, also_retired=True) == ["Mia Ray", "Kim"]
    with pytest.raises(NotFoundError):
        sign_in(shop, kim)
    people.retire(shop.desk, kim, retired=False)
    assert named(shop) == ["Mia Ray", "Kim"]
    with pytest.raises(NotAllowedError, match="needs an owner"):
        people.retire(shop.desk, OWNER)
    with pytest.raises(NotFoundError):
        people.retire(shop.desk, 99)
    people.change(shop.desk, kim, name="Kim", role="owner")
    sign_in(shop, kim)
    with pytest.raises(NotAllowedError, match="at the counter"):
        people.retire(shop.desk, kim)


def test_who_comes_back_takes_nobodys_name(shop, kim):
    people.retire(shop.desk, kim)
    people.add(shop.desk, "Kim")
    with pytest.raises(InvalidEntryError, match="called Kim already"):
        people.retire(shop.desk, kim, retired=False)
    assert named(shop) == ["Mia Ray", "Kim"]
