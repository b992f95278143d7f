"""Staff give up to a limit alone; nothing passes it without an owner's word, nothing blocks one."""

import shutil
import tempfile
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from recoverydesk.domain.follow_up import FollowUpKind, FollowUpStatus
from recoverydesk.domain.remedy import RemedyKind, RemedyStatus
from recoverydesk.domain.voucher import VoucherKind
from recoverydesk.errors import (
    InvalidEntryError,
    NeedsOwnerError,
    NotAllowedError,
    NotFoundError,
    RecoveryDeskError,
)
from recoverydesk.services import (
    approvals,
    follow_ups,
    gifts,
    limits,
    negotiations,
    people,
    remedies,
    voucher_deeds,
    vouchers,
)
from recoverydesk.services.gifts import GiftEntry
from recoverydesk.services.remedies import RemedyEntry
from recoverydesk.services.vouchers import VoucherEntryForm
from recoverydesk.storage.desk import Desk
from recoverydesk.storage.tables import Change, FollowUp, Remedy
from recoverydesk.topics import Topic
from tests.conftest import NOW, Shop
from tests.storage.filling import dump

OWNER = 1
LIMIT = 2_000


def staffed(shop):
    """Kim at the counter, who may give up to 20.00 alone."""
    limits.set_rules(shop.desk, staff_limit_cents=LIMIT, budget_cents=None, refund_days=7)
    kim = people.add(shop.desk, "Kim")
    people.sign_in(shop.desk, kim, "", now=shop.now)
    return kim


@pytest.fixture
def kim(shop):
    return staffed(shop)


def entry(cents, **more):
    return RemedyEntry(RemedyKind.REFUND, "The money back", cents, **more)


def give(shop, case_id, cents, **more):
    return remedies.give(shop.desk, case_id, entry(cents, **more), now=shop.now)


def owner_comes(shop):
    people.sign_in(shop.desk, OWNER, "", now=shop.now)


@pytest.mark.usefixtures("kim")
def test_staff_give_up_to_their_limit_alone_and_no_further(shop):
    case_id = shop.case()
    give(shop, case_id, LIMIT)
    assert limits.allowance(shop.desk) == LIMIT
    with pytest.raises(NeedsOwnerError, match=r"more than the £20\.00") as told:
        give(shop, shop.case(), LIMIT + 1)
    assert "ask later" in told.value.advice


@pytest.mark.usefixtures("kim")
def test_the_limit_is_not_passed_bit_by_bit(shop):
    case_id = shop.case()
    give(shop, case_id, 1_500)
    with pytest.raises(NeedsOwnerError):
        give(shop, case_id, 600)
    with pytest.raises(NeedsOwnerError):
        negotiations.agree(shop.desk, case_id, "Fine.", [entry(400), entry(400)], now=shop.now)
    give(shop, case_id, 500)
    give(shop, shop.case(), LIMIT)  # another case is another matter


def test_with_the_owners_word_it_is_given_and_says_by_whom(shop, kim):
    case_id = shop.case()
    with pytest.raises(NotAllowedError, match="Only the owner may allow"):
        give(shop, case_id, 9_000, approved_by=kim)
    remedy_id = give(shop, case_id, 9_000, approved_by=OWNER)
    with shop.desk.reading():
        row = Remedy.get_by_id(remedy_id)
        assert (row.promised_by_id, row.approved_by_id) == (kim, OWNER)
    give(shop, case_id, LIMIT)  # what was allowed doesn't count against them


def test_staff_lift_no_limit_themselves(shop, kim):
    before = dump(shop.desk)
    with pytest.raises(NotAllowedError, match="Only the owner may change what may be given"):
        limits.set_rules(shop.desk, staff_limit_cents=None, budget_cents=None, refund_days=7)
    with pytest.raises(NotAllowedError, match="Only the owner"):
        people.change(shop.desk, kim, name="Kim", role="staff", limit_cents=9_000_000)
    with pytest.raises(NotAllowedError, match="Only the owner may take that back"):
        shop.desk.undo(rules_set(shop))
    assert dump(shop.desk) == before


def rules_set(shop):
    """Return the change by which the owner has set the limit."""
    with shop.desk.reading():
        return Change.get(Change.words == "What may be given").id


@pytest.mark.usefixtures("kim")
def test_nothing_blocks_the_owner(shop):
    owner_comes(shop)
    assert limits.allowance(shop.desk) is None
    give(shop, shop.case(), 1_000_000)


def kim_comes(shop, kim):
    people.sign_in(shop.desk, kim, "", now=shop.now)


def test_a_limit_of_ones_own_comes_before_the_shops_and_none_is_none(shop, kim):
    owner_comes(shop)
    people.change(shop.desk, kim, name="Kim", role="staff", limit_cents=500)
    kim_comes(shop, kim)
    with pytest.raises(NeedsOwnerError, match=r"£5\.00"):
        give(shop, shop.case(), 501)
    owner_comes(shop)
    people.change(shop.desk, kim, name="Kim", role="staff")
    limits.set_rules(shop.desk, staff_limit_cents=None, budget_cents=None, refund_days=7)
    kim_comes(shop, kim)
    give(shop, shop.case(), 1_000_000)


@pytest.mark.usefixtures("kim")
def test_vouchers_and_gifts_obey_it_too(shop):
    ada = shop.customer("Ada Obi")
    form = VoucherEntryForm(value_cents=LIMIT + 1)
    with pytest.raises(NeedsOwnerError):
        vouchers.issue(shop.desk, form, now=shop.now, customer_id=ada)
    with pytest.raises(NeedsOwnerError):
        vouchers.issue(shop.desk, form, now=shop.now, case_id=shop.case())
    gift = GiftEntry(words="A teapot", cost_cents=LIMIT + 1)
    with pytest.raises(NeedsOwnerError):
        gifts.give_gift(shop.desk, ada, gift, now=shop.now)
    gifts.give_gift(shop.desk, ada, GiftEntry(words="A cup", cost_cents=1_500), now=shop.now)
    with pytest.raises(NeedsOwnerError):  # twice on one day is bit by bit
        gifts.give_gift(shop.desk, ada, GiftEntry(words="A pot", cost_cents=600), now=shop.now)
    shop.later(days=1)
    gifts.give_gift(shop.desk, ada, GiftEntry(words="A pot", cost_cents=600), now=shop.now)


@pytest.mark.usefixtures("kim")
def test_a_gift_card_they_pay_for_is_no_goodwill(shop):
    form = VoucherEntryForm(kind=VoucherKind.GIFT_CARD, value_cents=50_000)
    vouchers.issue(shop.desk, form, now=shop.now, customer_id=shop.customer())


@pytest.mark.usefixtures("kim")
def test_what_was_agreed_is_not_made_more_of_as_it_is_issued(shop):
    case_id = shop.case()
    remedy_id = shop.agreed(case_id, kind=RemedyKind.VOUCHER, words="A card", value_cents=1_000)

    def issue(cents, **more):
        form = VoucherEntryForm(value_cents=cents, **more)
        return vouchers.issue(shop.desk, form, now=shop.now, case_id=case_id, remedy_id=remedy_id)

    with pytest.raises(NeedsOwnerError):
        issue(LIMIT + 1)
    made = issue(LIMIT + 1, approved_by=OWNER)
    with shop.desk.reading():
        assert Remedy.get_by_id(remedy_id).approved_by_id == OWNER
    voucher_deeds.replace(shop.desk, made.voucher_id, "Lost", now=shop.now)  # gives nothing more


@pytest.mark.parametrize(
    ("rules", "field"),
    [
        ({"staff_limit_cents": -1, "budget_cents": 0, "refund_days": 7}, "staff_limit"),
        ({"staff_limit_cents": 0, "budget_cents": -1, "refund_days": 7}, "budget"),
        ({"staff_limit_cents": 0, "budget_cents": 0, "refund_days": 0}, "refund_days"),
    ],
)
def test_bad_rules_are_told(shop, rules, field):
    with pytest.raises(InvalidEntryError) as told:
        limits.set_rules(shop.desk, **rules)
    assert told.value.field == field


def test_rules_are_kept(shop):
    limits.set_rules(shop.desk, staff_limit_cents=0, budget_cents=40_000, refund_days=3)
    assert limits.rules(shop.desk) == limits.Limits(0, 40_000, 3)


# What waits for the owner's word


@pytest.fixture
def waiting(shop, kim):
    assert kim
    case_id = shop.case()
    remedy_id = approvals.ask_later(shop.desk, case_id, entry(5_000), now=shop.now)
    return case_id, remedy_id


def asked(shop):
    with shop.desk.reading():
        return FollowUp.get(FollowUp.kind == FollowUpKind.APPROVAL)


def test_what_is_asked_for_waits_on_today_and_is_neither_given_nor_promised(shop, waiting):
    case_id, remedy_id = waiting
    (parked,) = approvals.parked(shop.desk)
    assert (parked.words, parked.value_cents, parked.asked_by, parked.customer) == (
        "The money back", 5_000, "Kim", "Ada Obi",
    )  # fmt: skip
    assert approvals.one(shop.desk, remedy_id) == parked
    assert asked(shop).title == "May Ada have “The money back”?"
    assert asked(shop).reason == "Kim asks for your word: worth £50.00"
    view = shop.view(case_id)
    assert (view.agreed_at, view.handed_over_at) == (None, None)
    assert remedies.totals(view.remedies)["value_cents"] == 0


def test_the_owner_says_yes(shop, waiting):
    case_id, remedy_id = waiting
    with pytest.raises(NeedsOwnerError, match="Only the owner decides"):
        approvals.allow(shop.desk, remedy_id, now=shop.now)
    owner_comes(shop)
    approvals.allow(shop.desk, remedy_id, now=shop.now)
    view = shop.view(case_id)
    assert [(one.status, one.value_cents) for one in view.remedies] == [
        (RemedyStatus.AGREED, 5_000)
    ]
    assert view.agreed_at == shop.now
    assert view.negotiation[-1].words == "The money back"
    with shop.desk.reading():
        assert Remedy.get_by_id(remedy_id).approved_by_id == OWNER
    assert (asked(shop).status, asked(shop).end_words) == (FollowUpStatus.DONE, "allowed")
    assert approvals.parked(shop.desk) == ()
    for deed in (
        lambda: approvals.allow(shop.desk, remedy_id, now=shop.now),
        lambda: approvals.deny(shop.desk, remedy_id, "no", now=shop.now),
    ):
        with pytest.raises(NotAllowedError, match="decided already"):
            deed()
    with pytest.raises(NotFoundError, match="decided already"):
        approvals.one(shop.desk, remedy_id)


def test_the_owner_says_no_and_the_customer_is_told_what_can_be_done(shop, waiting):
    case_id, remedy_id = waiting
    with pytest.raises(NeedsOwnerError):
        approvals.deny(shop.desk, remedy_id, "Too much", now=shop.now)
    owner_comes(shop)
    with pytest.raises(InvalidEntryError, match="Write down why"):
        approvals.deny(shop.desk, remedy_id, " ", now=shop.now)
    approvals.deny(shop.desk, remedy_id, "Repair it first", now=shop.now)
    assert [one.status for one in shop.view(case_id).remedies] == [RemedyStatus.VOID]
    titles = [one.title for one in shop.view(case_id).plan if one.status is FollowUpStatus.PLANNED]
    assert "Tell Ada what you can do instead" in titles
    with pytest.raises(NotFoundError):
        approvals.deny(shop.desk, 99, "no", now=shop.now)


@pytest.mark.parametrize("yes", [True, False])
def test_ticking_it_is_a_yes_and_leaving_it_out_a_no(shop, waiting, yes):
    case_id, _remedy_id = waiting
    row = asked(shop)
    if yes:
        with pytest.raises(NeedsOwnerError):
            follow_ups.complete(shop.desk, row.id, now=shop.now)
    owner_comes(shop)
    if yes:
        follow_ups.complete(shop.desk, row.id, now=shop.now)
    else:
        follow_ups.skip(shop.desk, row.id, why="Repair it first", now=shop.now)
    status = RemedyStatus.AGREED if yes else RemedyStatus.VOID
    assert [one.status for one in shop.view(case_id).remedies] == [status]
    assert (asked(shop).status == FollowUpStatus.DONE) is True or not yes


def test_each_is_undone_exactly(shop, waiting):
    _case_id, remedy_id = waiting
    owner_comes(shop)
    before = dump(shop.desk)
    for deed in (
        lambda: approvals.allow(shop.desk, remedy_id, now=shop.now),
        lambda: approvals.deny(shop.desk, remedy_id, "no", now=shop.now),
    ):
        deed()
        shop.desk.undo()
        assert dump(shop.desk) == before


def test_without_a_name_it_is_staff_who_ask(shop, kim):
    with shop.desk.changing(Topic.SHOP, "No name"):
        people.Person.update(name="").where(people.Person.id == kim).execute()
    approvals.ask_later(shop.desk, shop.case(), entry(5_000), now=shop.now)
    assert asked(shop).reason.startswith("Staff asks")
    assert approvals.parked(shop.desk)[0].asked_by == ""


deeds = st.lists(
    st.tuples(
        st.sampled_from(["give", "agree", "voucher", "ask", "approved", "gift"]),
        st.integers(0, 1),
        st.integers(0, 3_000),
    ),
    max_size=10,
)


@settings(
    max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(deeds)
def test_a_limit_is_never_passed_without_an_owners_word(shop_file, sequence):
    with tempfile.TemporaryDirectory() as folder:
        desk = Desk(Path(shutil.copy(shop_file, Path(folder) / "corner.desk")), clock=lambda: NOW)
        people.sign_in_owner(desk)
        shop = Shop(desk)
        cases = [shop.case(), shop.case(name="Ben Ray")]
        kim = staffed(shop)
        for deed, nth, cents in sequence:
            try:
                _do(shop, deed, cases[nth], cents)
            except RecoveryDeskError:
                continue
        with desk.reading():
            for case_id in cases:
                alone = Remedy.select().where(
                    Remedy.case == case_id,
                    Remedy.promised_by == kim,
                    Remedy.approved_by.is_null(),
                    Remedy.status.not_in([RemedyStatus.PROPOSED, RemedyStatus.VOID]),
                )
                assert sum(row.value_cents for row in alone) <= LIMIT
        desk.close()


def _do(shop, deed, case_id, cents):
    match deed:
        case "give":
            give(shop, case_id, cents)
        case "agree":
            negotiations.agree(shop.desk, case_id, "Fine.", [entry(cents)] * 2, now=shop.now)
        case "voucher":
            form = VoucherEntryForm(value_cents=cents)
            vouchers.issue(shop.desk, form, now=shop.now, case_id=case_id)
        case "ask":
            approvals.ask_later(shop.desk, case_id, entry(cents), now=shop.now)
        case "approved":
            give(shop, case_id, cents, approved_by=OWNER)
        case "gift":
            whose = shop.view(case_id).customer_id
            gifts.give_gift(
                shop.desk, whose, GiftEntry(words=f"{cents}", cost_cents=cents), now=NOW
            )
        case "void":
            shop.desk.undo()


@pytest.mark.usefixtures("kim")
def test_what_a_customer_paid_for_leaves_the_limit_as_it_was(shop):
    customer = shop.customer()
    for kind, cents in ((VoucherKind.GIFT_CARD, 9_000), (VoucherKind.COUPON, LIMIT)):
        form = VoucherEntryForm(kind=kind, value_cents=cents)
        vouchers.issue(shop.desk, form, now=shop.now, customer_id=customer)
    with pytest.raises(NeedsOwnerError):
        vouchers.issue(
            shop.desk, VoucherEntryForm(VoucherKind.COUPON, 1), now=shop.now, customer_id=customer
        )
