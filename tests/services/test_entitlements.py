"""What a customer may have for a time: from, until, how often, and never once too often."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from recoverydesk.domain.remedy import RemedyKind, RemedyStatus
from recoverydesk.errors import InvalidEntryError, NotAllowedError, NotFoundError, RecoveryDeskError
from recoverydesk.services import entitlements
from recoverydesk.services.entitlements import EntitlementEntry
from recoverydesk.storage.tables import CatalogueItem, Entitlement, EntitlementUse, Remedy
from recoverydesk.topics import Topic
from tests.storage.filling import dump


@pytest.fixture
def remedy(shop):
    return shop.agreed(shop.case(), kind=RemedyKind.FREE_SHIPPING, words="Free delivery")


def grant(shop, remedy, **entry):
    return entitlements.grant(shop.desk, remedy, EntitlementEntry(**entry), now=shop.now)


def of_ada(shop):
    with shop.desk.reading():
        return entitlements.of_customer(1, shop.now.date())


def use(shop, made, words=""):
    return entitlements.use(shop.desk, made, now=shop.now, words=words)


def status(shop):
    with shop.desk.reading():
        return Remedy.get().status


def test_granting_hands_the_remedy_over(shop, remedy):
    made = grant(shop, remedy, goods="Teas", valid_to=date(2027, 3, 1), uses=2)
    assert status(shop) == RemedyStatus.HANDED_OVER
    assert shop.view(1).handed_over_at == shop.now
    (seen,) = of_ada(shop)
    assert (seen.entitlement_id, seen.words, seen.goods) == (made, "Free delivery", "Teas")
    assert (seen.valid_from, seen.valid_to, seen.left) == (shop.now.date(), date(2027, 3, 1), 2)
    with shop.desk.reading():
        assert entitlements.of_remedy(remedy, shop.now.date()) == seen
        assert entitlements.of_remedy(99, shop.now.date()) is None


def test_a_year_is_usual_unless_the_catalogue_says_otherwise(shop, remedy):
    usual = entitlements.usual(shop.desk, remedy, now=shop.now)
    assert usual == EntitlementEntry("Free delivery", "", date(2026, 3, 2), date(2027, 3, 2))
    for months, until in ((3, date(2026, 6, 2)), (0, None)):
        with shop.desk.changing(Topic.SHOP, "Three months"):
            item = CatalogueItem.create(kind="free_shipping", name="Free", months=months)
            Remedy.update(item=item.id).execute()
        assert entitlements.usual(shop.desk, remedy, now=shop.now).valid_to == until


def test_each_use_counts_until_none_is_left(shop, remedy):
    made = grant(shop, remedy, uses=2)
    assert use(shop, made, "A pot").left == 1
    assert status(shop) == RemedyStatus.PART_USED
    assert use(shop, made).left == 0
    assert status(shop) == RemedyStatus.USED
    with pytest.raises(NotAllowedError, match="as often as was agreed"):
        use(shop, made)
    assert of_ada(shop) == ()


def test_the_desk_itself_refuses_one_too_many(shop, remedy):
    made = grant(shop, remedy, uses=1)
    use(shop, made)

    def behind_its_back(doing):
        with shop.desk.changing(Topic.REMEDIES, "Behind its back"):
            doing()

    with pytest.raises(RecoveryDeskError, match="as often as was agreed"):
        behind_its_back(lambda: EntitlementUse.create(entitlement=made, at=shop.now))
    with pytest.raises(RecoveryDeskError, match="stays as it was written"):
        behind_its_back(lambda: EntitlementUse.delete().execute())


def test_without_a_number_it_is_used_as_often_as_they_like(shop, remedy):
    made = grant(shop, remedy)
    for _ in range(3):
        assert use(shop, made).left is None
    assert status(shop) == RemedyStatus.PART_USED


def test_it_is_good_from_its_first_day_through_its_last(shop, remedy):
    today = shop.now.date()
    made = grant(
        shop, remedy, valid_from=today + timedelta(days=1), valid_to=today + timedelta(days=2)
    )
    with pytest.raises(NotAllowedError, match="begins on 3 March 2026"):
        use(shop, made)
    shop.later(days=2)
    use(shop, made)
    shop.later(days=1)
    with pytest.raises(NotAllowedError, match="ended on 4 March 2026"):
        use(shop, made)
    assert of_ada(shop) == ()


def test_it_can_be_made_longer_and_oftener_but_not_less_than_was_used(shop, remedy):
    made = grant(shop, remedy, uses=2, valid_to=date(2026, 4, 1))
    use(shop, made)
    use(shop, made)
    entry = EntitlementEntry(words="Free post", goods="Cups", valid_to=date(2026, 5, 1), uses=3)
    entitlements.change(shop.desk, made, entry, now=shop.now)
    (seen,) = of_ada(shop)
    assert (seen.words, seen.goods, seen.valid_to, seen.left) == (
        "Free post", "Cups", date(2026, 5, 1), 1,
    )  # fmt: skip
    assert status(shop) == RemedyStatus.PART_USED
    for uses, words in ((1, "2 times already"), (0, "Between once")):
        with pytest.raises(InvalidEntryError, match=words):
            entitlements.change(shop.desk, made, replace(entry, uses=uses), now=shop.now)


def test_used_once_is_said_so(shop, remedy):
    made = grant(shop, remedy, uses=3)
    use(shop, made)
    use(shop, made)
    with pytest.raises(InvalidEntryError, match="2 times"):
        entitlements.change(shop.desk, made, EntitlementEntry(uses=1), now=shop.now)
    other = shop.agreed(1, kind=RemedyKind.MEMBERSHIP, words="A card")
    made = grant(shop, other, uses=3)
    use(shop, made)
    with pytest.raises(InvalidEntryError, match="Between once"):
        entitlements.change(shop.desk, made, EntitlementEntry(uses=0), now=shop.now)


@pytest.mark.parametrize("used", [False, True])
def test_it_is_taken_back_with_a_reason(shop, remedy, used):
    made = grant(shop, remedy)
    if used:
        use(shop, made)
    with pytest.raises(InvalidEntryError, match="why it ends early"):
        entitlements.take_back(shop.desk, made, " ", now=shop.now)
    entitlements.take_back(shop.desk, made, "They moved away", now=shop.now)
    assert status(shop) == (RemedyStatus.USED if used else RemedyStatus.VOID)
    for deed in (
        lambda: use(shop, made),
        lambda: entitlements.take_back(shop.desk, made, "again", now=shop.now),
        lambda: entitlements.change(shop.desk, made, EntitlementEntry(), now=shop.now),
    ):
        with pytest.raises(NotAllowedError, match="taken back"):
            deed()


def test_bad_days_are_told(shop, remedy):
    for entry, words in (
        ({"valid_to": date(2026, 1, 1)}, "before it begins"),
        ({"valid_to": date(2099, 1, 1)}, "ten years"),
        ({"uses": 0}, "Between once"),
    ):
        with pytest.raises(InvalidEntryError, match=words):
            grant(shop, remedy, **entry)


def test_it_is_granted_once_and_only_where_it_was_agreed(shop, remedy):
    grant(shop, remedy)
    with pytest.raises(NotAllowedError, match="have that already"):
        grant(shop, remedy)
    with shop.desk.changing(Topic.REMEDIES, "Take it back"):
        Entitlement.delete().execute()
        Remedy.update(status="proposed").execute()
    with pytest.raises(NotAllowedError, match="isn't agreed"):
        grant(shop, remedy)
    for deed in (
        lambda: grant(shop, 99),
        lambda: use(shop, 99),
    ):
        with pytest.raises(NotFoundError):
            deed()


def test_what_was_handed_over_already_can_still_be_given_its_days(shop, remedy):
    shop.hand_over(1)
    grant(shop, remedy, uses=1)
    assert len(of_ada(shop)) == 1


def test_without_a_case_it_belongs_to_the_customer(shop):
    customer = shop.customer()
    with shop.desk.changing(Topic.REMEDIES, "Unasked"):
        remedy = Remedy.create(
            customer=customer, kind="membership", words="A card", value_cents=0, cost_cents=0,
            status="agreed", created_at=shop.now,
        )  # fmt: skip
    made = grant(shop, remedy.id, valid_to=shop.now.date())
    shop.later(days=1)
    entitlements.change(
        shop.desk, made, EntitlementEntry(valid_to=shop.now.date() - timedelta(days=1)),
        now=shop.now,
    )  # fmt: skip
    assert status(shop) == RemedyStatus.LAPSED


def test_each_deed_is_undone_exactly(shop, remedy):
    before = dump(shop.desk)
    made = grant(shop, remedy, uses=2)
    after = dump(shop.desk)
    use(shop, made)
    shop.desk.undo()
    assert dump(shop.desk) == after
    shop.desk.undo()
    assert dump(shop.desk) == before
