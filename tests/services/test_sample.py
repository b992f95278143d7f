import pytest

from recoverydesk.domain.shop_kind import ShopKind
from recoverydesk.errors import DeskDamagedError, InvalidEntryError, NotAllowedError
from recoverydesk.progress import Cancelled, Progress
from recoverydesk.services import bulk, case_lists, presets, sample, shop_setup
from recoverydesk.services import shop as shops
from recoverydesk.services.case_lists import CaseFilter
from recoverydesk.services.plans import settle
from recoverydesk.services.shop_setup import ShopSetup
from recoverydesk.storage.desk import Desk
from recoverydesk.storage.tables import (
    Case,
    Contact,
    Customer,
    FollowUp,
    Remedy,
    Visit,
    VoucherEntry,
)
from recoverydesk.topics import Topic
from tests.conftest import NOW
from tests.storage.filling import dump


@pytest.fixture
def practice(tmp_path):
    desk = sample.open_practice(tmp_path / "practice.desk", now=NOW)
    yield desk
    desk.close()


def fill(desk, *, customers=20, cases=60, seed=7, progress=None):
    sample.fill(
        desk,
        customer_count=customers,
        case_count=cases,
        seed=seed,
        now=NOW,
        progress=progress or Progress(),
    )


def test_the_practice_shop_opens_with_a_story_of_every_kind(tmp_path):
    desk = sample.open_practice(tmp_path / "practice.desk", now=NOW)
    totals = case_lists.totals(desk, now=NOW)
    view = shops.view(desk)
    desk.close()

    assert view.practice
    assert view.logo_hash
    for which in case_lists.FILTERS:
        assert totals.counts[which] > 0, which


def test_nothing_of_the_practice_story_lies_ahead(practice):
    with practice.reading():
        assert not Case.select().where(Case.opened_at > NOW).exists()
        assert not Visit.select().where(Visit.visited_on > NOW.date()).exists()


def test_the_practice_shop_is_made_anew_each_time(tmp_path):
    path = tmp_path / "practice.desk"
    desk = sample.open_practice(path, now=NOW)
    before = dump(desk)
    desk.close()

    again = sample.open_practice(path, now=NOW)
    names = set(dump(again)) - {"voucher"}
    same = {name: dump(again)[name] == before[name] for name in names}
    again.close()

    assert all(same.values()), same


def test_leaving_practice_leaves_no_trace(tmp_path):
    path = tmp_path / "practice.desk"
    sample.open_practice(path, now=NOW).close()

    sample.remove_practice(path)
    sample.remove_practice(path)

    assert list(tmp_path.iterdir()) == []


def test_a_real_shop_is_never_used_for_practice(shop):
    path = shop.desk.path
    before = dump(shop.desk)
    shop.desk.close()

    for deed in (
        lambda: sample.open_practice(path, now=NOW),
        lambda: sample.remove_practice(path),
    ):
        with pytest.raises(NotAllowedError, match="real shop"):
            deed()
    with pytest.raises(NotAllowedError, match="never mixed"):
        fill(shop.desk)
    assert dump(shop.desk) == before


def test_a_practice_shop_that_cannot_be_made_is_closed_again(tmp_path, monkeypatch):
    monkeypatch.setattr(sample, "practice_story", dict)

    with pytest.raises(KeyError):
        sample.open_practice(tmp_path / "practice.desk", now=NOW)


def test_two_windows_at_practice_have_a_shop_each(tmp_path):
    path = tmp_path / "practice.desk"
    first = sample.open_practice(path, now=NOW)
    second = sample.open_practice(path, now=NOW)
    third = sample.open_practice(path, now=NOW)

    assert [desk.path.name for desk in (first, second, third)] == [
        "practice.desk",
        "practice-2.desk",
        "practice-3.desk",
    ]
    with first.reading():
        assert Case.select().exists()
    for desk in (first, second, third):
        desk.close()
    again = sample.open_practice(path, now=NOW)
    assert again.path == path
    again.close()


def test_a_damaged_file_is_not_thrown_away_for_practice(tmp_path):
    path = tmp_path / "practice.desk"
    path.write_bytes(b"not a desk")

    with pytest.raises(DeskDamagedError):
        sample.open_practice(path, now=NOW)
    assert path.read_bytes() == b"not a desk"


def test_the_same_seed_gives_the_same_desk(tmp_path):
    dumps = []
    for name in ("a", "b"):
        desk = Desk(tmp_path / f"{name}.desk")
        fill(desk)
        dumps.append(dump(desk))
        desk.close()

    assert dumps[0] == dumps[1]


def test_samples_stand_as_the_services_leave_them(desk):
    fill(desk, cases=300)

    with desk.reading():
        opened = list(Case.select().where(Case.status == "open"))
        assert 0 < len(opened) < 30
        assert all(case.next_step and case.next_due_at for case in opened)
        closed = Case.select().where(Case.status == "closed")
        settled = Case.select().where(Case.status == "resolved")
        assert closed.count() == 300 - len(opened) - settled.count()
        assert not closed.where(Case.next_due_at.is_null(is_null=False)).exists()
        assert FollowUp.select().where(FollowUp.status == "planned").exists()
    assert len(case_lists.ids(desk, CaseFilter(which="all"), now=NOW)) == 300


def test_bringing_samples_in_order_changes_nothing(desk):
    fill(desk, cases=300)
    before = dump(desk)

    with desk.changing(Topic.CASES, "Try"):
        for case in Case.select():
            settle(case, now=NOW)

    assert dump(desk) == before


def test_nothing_of_a_sample_lies_ahead_or_after_its_end(desk):
    fill(desk, cases=300)

    with desk.reading():
        ended = {case.id: case.closed_at or NOW for case in Case.select()}
        assert max(ended.values()) <= NOW
        resolved = [case.resolved_at for case in Case.select() if case.resolved_at]
        assert max(resolved) <= NOW
        for table, column in ((Contact, "at"), (Remedy, "handed_over_at")):
            rows = list(table.select())
            assert rows
            assert all(getattr(row, column) <= ended[row.case_id] for row in rows)
        visits = list(Visit.select())
        assert visits
        # They came back after it, or it would show nothing.
        assert all(ended[row.case_id] < row.created_at <= NOW for row in visits)
        assert all(entry.at <= NOW for entry in VoucherEntry.select())


def test_samples_can_be_added_to_and_have_customers(desk):
    fill(desk, customers=3, cases=0)
    fill(desk, customers=4, cases=2)

    with desk.reading():
        assert (Customer.select().count(), Case.select().count()) == (7, 2)
    for wrong in ({"customers": 0, "cases": 1}, {"customers": -1, "cases": 0}, {"cases": -1}):
        with pytest.raises(InvalidEntryError):
            fill(desk, **wrong)


def test_a_sample_that_is_stopped_leaves_nothing(desk):
    progress = Progress()
    progress.cancel()

    with pytest.raises(Cancelled):
        fill(desk, progress=progress)
    with desk.reading():
        assert not Customer.select().exists()


def test_progress_is_told_block_by_block(desk):
    steps = []
    fill(
        desk, customers=2, cases=bulk.BLOCK + 1, progress=Progress(lambda *step: steps.append(step))
    )

    assert steps == [(0, 2), (0, bulk.BLOCK + 1), (bulk.BLOCK, bulk.BLOCK + 1)]


def test_the_practice_shop_needs_a_desk_without_a_shop(desk):
    shop_setup.set_up(desk, ShopSetup(name="Real"), now=NOW)

    with pytest.raises(NotAllowedError, match="has a shop already"):
        sample.practice(desk, now=NOW)


def test_every_preset_names_things_the_program_knows():
    for kind in ShopKind:
        assert presets.shop_preset(kind).kind is kind
    assert next(plan.key for plan in presets.playbook_presets()) == "twelve_ways"
    assert {letter.language for letter in presets.letter_presets("de")} == {"de"}
