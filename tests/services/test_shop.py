from datetime import UTC, date, datetime
from io import BytesIO

import pytest
from PIL import Image

from recoverydesk.domain.case import Severity
from recoverydesk.domain.shop_kind import ShopKind
from recoverydesk.errors import InvalidEntryError, NotAllowedError, NotFoundError
from recoverydesk.services import (
    catalogue,
    causes,
    letter_templates,
    people,
    shop_changes,
    shop_setup,
)
from recoverydesk.services import shop as shops
from recoverydesk.services.pictures import MOST_BYTES, SIDE
from recoverydesk.services.shop_setup import ShopSetup
from tests.conftest import NOW
from tests.documents.builders import picture


def set_up(desk, **given):
    shop_setup.set_up(desk, ShopSetup(**{"name": "Corner Shop"} | given), now=NOW)
    return shops.view(desk)


@pytest.mark.parametrize("kind", list(ShopKind))
def test_a_new_shop_has_all_it_needs_from_the_first_minute(desk, kind):
    assert not shops.is_set_up(desk)

    set_up(desk, kind=kind)

    assert shops.is_set_up(desk)
    under = [cause for cause in causes.all_causes(desk) if cause.parent]
    assert len(under) >= 12
    assert len(catalogue.catalogue(desk)) >= 8
    assert len(letter_templates.templates(desk)) >= 10


def test_every_step_of_first_start_can_be_skipped(desk):
    view = set_up(desk, name=" ")

    assert (view.name, view.owner, view.paper, view.logo_hash) == ("My shop", "", "a4", None)
    assert [person.role for person in people.everybody(desk)] == ["owner"]


@pytest.mark.parametrize(
    ("locale", "currency", "paper"),
    [
        ("de_DE", "EUR", "a4"),
        ("en_US.UTF-8", "USD", "letter"),
        ("ja-JP", "JPY", "a4"),
        ("ar_KW", "KWD", "a4"),
        ("fr_CA", "CAD", "letter"),
        ("zh_Hant_TW", "TWD", "a4"),
        ("de", "EUR", "a4"),
    ],
)
def test_currency_and_paper_follow_the_country(desk, locale, currency, paper):
    view = set_up(desk, locale=locale)

    assert (view.currency, view.paper) == (currency, paper)


@pytest.mark.parametrize(("currency", "cents"), [("EUR", 2000), ("JPY", 2000), ("KWD", 20000)])
def test_the_catalogue_is_in_the_shops_own_money(desk, currency, cents):
    set_up(desk, currency=currency)

    found = {item.name: item.value_cents for item in catalogue.catalogue(desk)}
    assert found["Gift certificate"] == cents


@pytest.mark.parametrize(
    ("given", "field"),
    [
        ({"locale": "Klingon"}, "locale"),
        ({"locale": ""}, "locale"),
        ({"currency": "XQZ"}, "currency"),
        ({"paper": "a3"}, "paper"),
        ({"time_zone": "Mars/Olympus"}, "time_zone"),
        ({"time_zone": "../../etc/passwd"}, "time_zone"),
        ({"time_zone": ""}, "time_zone"),
        ({"logo": b"%PDF-1.7 renamed to logo.png"}, "logo"),
        ({"signature": b""}, "signature"),
        ({"tagline": "x" * 121}, "tagline"),
        ({"name": "x" * 121}, "name"),
    ],
)
def test_what_cannot_be_taken_leaves_the_desk_without_a_shop(desk, given, field):
    with pytest.raises(InvalidEntryError) as refused:
        set_up(desk, **given)

    assert refused.value.field == field
    assert not shops.is_set_up(desk)


def test_a_shop_is_set_up_once(desk):
    set_up(desk)

    with pytest.raises(NotAllowedError, match="has a shop already"):
        set_up(desk, name="Another")
    assert shops.view(desk).name == "Corner Shop"


def test_a_desk_without_a_shop_says_what_to_do(desk):
    with pytest.raises(NotFoundError, match="no shop yet"):
        shops.view(desk)
    with desk.reading(), pytest.raises(NotFoundError, match="no shop yet"):
        shops.hours_of_shop()


def test_this_computers_time_zone_is_one_that_can_be_used():
    assert shop_setup.checked_zone(shop_setup.local_zone())


def test_the_kind_of_shop_brings_its_hours_and_its_promise(shop):
    view = shops.view(shop.desk)

    assert view.first_contact_hours[Severity.ABOUT_TO_LEAVE] == 2
    assert view.hours.is_open_on(date(2026, 3, 7))
    assert not view.hours.is_open_on(date(2026, 3, 8))


def test_what_the_paper_says_can_be_changed_and_taken_back(shop):
    before = shops.view(shop.desk)

    shop_changes.change(shop.desk, owner="Zoë Ray", name="Corner Café", address="1 High St\nBath")
    after = shops.view(shop.desk)
    shop.desk.undo()

    assert (after.name, after.owner, after.address) == (
        "Corner Café",
        "Zoë Ray",
        "1 High St\nBath",
    )
    assert shops.view(shop.desk) == before


def test_changing_nothing_leaves_no_trace(shop):
    newest = shop.desk.last_undoable()

    shop_changes.change(shop.desk)

    assert shop.desk.last_undoable() == newest


def test_the_owner_may_stay_unnamed_but_not_the_shop(shop):
    shop_changes.change(shop.desk, owner="  ")

    assert shops.view(shop.desk).owner == ""
    with pytest.raises(InvalidEntryError, match="needs a name"):
        shop_changes.change(shop.desk, name=" ")
    with pytest.raises(TypeError):
        shop_changes.change(shop.desk, currency="USD")


def test_a_logo_is_kept_small_and_can_be_taken_away(shop):
    shop_changes.set_picture(shop.desk, "logo", picture((1400, 700)))
    kept = shop.desk.read_blob(shops.view(shop.desk).logo_hash)

    with Image.open(BytesIO(kept)) as small:
        assert (small.format, small.size, small.mode) == ("PNG", (SIDE, SIDE // 2), "RGBA")
    shop_changes.set_picture(shop.desk, "logo", None)
    assert shops.view(shop.desk).logo_hash is None


def test_a_jpeg_signature_is_kept_without_see_through_parts(shop):
    shop_changes.set_picture(shop.desk, "signature", picture(kind="JPEG"))

    with Image.open(BytesIO(shop.desk.read_blob(shops.view(shop.desk).signature_hash))) as kept:
        assert kept.mode == "RGB"


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (b"%PDF-1.7\n" + b"x" * 900, "isn't a picture"),
        (b"GIF89a" + b"\0" * 90, "isn't a picture"),
        (picture()[:200], "isn't a picture"),
        (b"\x89PNG" + b"\0" * MOST_BYTES, "larger than 20 MB"),
    ],
    ids=["PDF", "GIF", "cut short", "huge"],
)
def test_a_file_that_is_no_picture_is_no_logo(shop, content, message):
    with pytest.raises(InvalidEntryError, match=message) as refused:
        shop_changes.set_picture(shop.desk, "logo", content)

    assert (refused.value.field, bool(refused.value.advice)) == ("logo", True)


def test_a_picture_of_too_many_pixels_is_refused_before_it_is_unpacked(shop):
    out = BytesIO()
    Image.new("1", (8000, 8000)).save(out, "PNG")

    with pytest.raises(InvalidEntryError, match="too many pixels"):
        shop_changes.set_picture(shop.desk, "logo", out.getvalue())


def test_a_damaged_picture_is_never_a_crash(shop):
    whole = picture()
    taken = 0
    for at in range(8, len(whole), 7):
        damaged = whole[:at] + bytes([whole[at] ^ 0xFF]) + whole[at + 1 :]
        try:
            shop_changes.set_picture(shop.desk, "logo", damaged)
        except InvalidEntryError:
            continue
        taken += 1
    assert taken < len(whole) // 7


def test_opening_hours_change_for_the_days_that_are_named(shop):
    shop_changes.set_hours(shop.desk, {5: "", 6: "10:00-12:00"})

    hours = shops.view(shop.desk).hours
    assert not hours.is_open_on(date(2026, 3, 7))
    assert hours.is_open_on(date(2026, 3, 8))
    assert hours.is_open_on(date(2026, 3, 2))


@pytest.mark.parametrize("typed", [dict.fromkeys(range(7), ""), {0: "nine to five"}])
def test_hours_that_make_no_sense_change_nothing(shop, typed):
    before = shops.view(shop.desk).hours

    with pytest.raises(InvalidEntryError):
        shop_changes.set_hours(shop.desk, typed)
    assert shops.view(shop.desk).hours == before


@pytest.mark.parametrize(
    ("system", "taken"),
    [("de_AT", "de_AT"), ("C", "en_GB"), ("POSIX", "en_GB"), ("", "en_GB"), ("xx_ZZ", "en_GB")],
)
def test_a_computer_without_a_known_language_speaks_english(system, taken):
    assert shop_setup.usual_locale(system) == taken


def test_new_opening_hours_date_open_cases_anew(shop):
    case_id = shop.settled_case()
    waiting = shop.case(name="Bo Li")
    assert shop.step(case_id, "Call again").due_on == date(2026, 3, 10)

    shop_changes.set_hours(shop.desk, {0: "12:00-17:00", 1: "", 5: ""})

    assert shop.step(case_id, "Call again").due_on == date(2026, 3, 13)
    first = shop.view(waiting)
    assert first.plan[0].due_at == first.first_contact_due_at == first.next_due_at
    assert first.first_contact_due_at == datetime(2026, 3, 2, 16, tzinfo=UTC)
    shop.desk.undo()
    assert shop.step(case_id, "Call again").due_on == date(2026, 3, 10)


def test_nothing_falls_due_on_a_day_that_we_are_closed(shop):
    case_id = shop.settled_case()

    shop_changes.set_closed_days(shop.desk, [date(2026, 3, 10), date(2026, 3, 11)])

    assert shops.view(shop.desk).hours.closed == {date(2026, 3, 10), date(2026, 3, 11)}
    assert shop.step(case_id, "Call again").due_on == date(2026, 3, 12)
    shop_changes.set_closed_days(shop.desk, [])
    assert shop.step(case_id, "Call again").due_on == date(2026, 3, 10)
