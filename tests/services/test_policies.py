"""The policy: made from the settings, with a version that moves only when they do."""

import json
from datetime import date

from recoverydesk.domain.document import DocumentKind, DocumentStatus
from recoverydesk.services import corrections, policies, rules, shop_changes
from recoverydesk.services.corrections import CorrectionEntry
from recoverydesk.storage.tables import CorrectiveAction, PolicyVersion, Shop
from recoverydesk.topics import Topic
from tests.documents.test_papers import places
from tests.reading import text_of


def printed(shop):
    paper = policies.paper(shop.desk, now=shop.now)
    policies.keep(shop.desk, paper, DocumentStatus.PRINTED, now=shop.now)
    return policies.standing(shop.desk).version


def words_of(shop):
    return text_of(policies.paper(shop.desk, now=shop.now).content)


def test_a_policy_says_what_the_settings_say(shop):
    paper = policies.paper(shop.desk, now=shop.now)

    said = text_of(paper.content)
    for words in (
        "version 1, 2 March 2026",
        "We speak to them within 4 opening hours.",
        "Own it and apologise",
        "12 months from the day they are given",
        "when they buy again within",
        "say that it was our fault",
    ):
        assert words in said, words
    assert (paper.kind, paper.title) == (DocumentKind.POLICY, "Recovery policy, version 1")


def test_a_version_stays_until_the_settings_move_on(shop):
    assert policies.standing(shop.desk) is None
    assert printed(shop) == 1
    shop.later(days=3)
    assert printed(shop) == 1
    assert "version 1, 2 March 2026" in text_of(policies.paper(shop.desk, now=shop.now).content)
    standing = policies.standing(shop.desk)
    assert (standing.version, standing.moved_on) == (1, ())

    shop_changes.change(shop.desk, voucher_terms="Not for cash.")

    assert policies.standing(shop.desk).moved_on == ("Vouchers",)
    assert "version 2, 5 March 2026" in text_of(policies.paper(shop.desk, now=shop.now).content)
    assert printed(shop) == 2
    standing = policies.standing(shop.desk)
    assert (standing.version, standing.moved_on) == (2, ())
    assert standing.made_at.date() == date(2026, 3, 5)


def test_a_version_is_what_its_paper_says(shop):
    paper = policies.paper(shop.desk, now=shop.now)
    shop_changes.change(shop.desk, voucher_terms="Not for cash.")
    policies.keep(shop.desk, paper, DocumentStatus.PRINTED, now=shop.now)

    assert policies.standing(shop.desk).moved_on == ("Vouchers",)


def test_the_name_and_the_hours_belong_to_what_was_promised(shop):
    said = text_of(policies.paper(shop.desk, now=shop.now).content)
    assert "Opening hours" in said
    assert "Twelve ways back 1 First call" in said
    printed(shop)
    with shop.desk.changing(Topic.SHOP, "Rename"):
        Shop.update(name="Corner Café").execute()
    assert policies.standing(shop.desk).moved_on == ("The shop's name",)


def test_what_an_earlier_policy_did_not_say_is_no_news(shop):
    printed(shop)
    with shop.desk.reading():
        words = json.loads(PolicyVersion.get().words)
    del words[policies.HOURS], words[policies.NAME], words["Step by step"]
    words["How we go about it"] = [["Twelve ways back", "First call"], ["2", "Own it"]]
    for once, title in policies.ONCE_CALLED.items():
        words[once] = words.pop(title)
    assert policies.HOURS in policies.paper(shop.desk, now=shop.now).text
    with shop.desk.changing(Topic.SHOP, "As an earlier release kept it"):
        PolicyVersion.create(version=2, words=json.dumps(words), made_at=shop.now)
    assert policies.standing(shop.desk).moved_on == ()

    shop_changes.change(shop.desk, owner="Kim Lee", voucher_terms="Not for cash.")
    shop_changes.set_hours(shop.desk, {6: "10:00-16:00"})
    assert policies.standing(shop.desk).moved_on == ("Who decides beyond that", "Vouchers")


def test_new_opening_hours_are_a_new_policy_that_says_them_in_words(shop):
    printed(shop)
    assert "Monday to Saturday 9:00 to 17:30 Sunday closed" in words_of(shop)
    shop_changes.set_hours(shop.desk, {2: "8:00-12:00, 13:00-24:00", 5: "", 6: ""})

    assert policies.standing(shop.desk).moved_on == ("Opening hours",)
    assert (
        "Monday and Tuesday 9:00 to 17:30 Wednesday 8:00 to 12:00, 13:00 to 24:00"
        " Thursday and Friday 9:00 to 17:30 Saturday and Sunday closed"
    ) in words_of(shop)
    assert printed(shop) == 2
    assert policies.standing(shop.desk).moved_on == ()


def test_what_an_owner_changed_is_told_in_the_order_of_the_policy(shop):
    printed(shop)
    shop_changes.change(shop.desk, name="Corner Café", owner="Kim", voucher_terms="Not for cash.")
    shop_changes.set_hours(shop.desk, {6: "10:00-16:00"})

    assert policies.standing(shop.desk).moved_on == (
        "The shop's name",
        "Opening hours",
        "Who decides beyond that",
        "Vouchers",
    )


def test_gifts_with_and_without_a_price_stand_in_the_same_column(shop):
    content = policies.paper(shop.desk, now=shop.now).content
    page = places(content, 1)
    lefts = {
        round(left, 1)
        for said, left, _top in page
        if said.startswith(("A sincere apology", "Repair at our expense", "Money back"))
    }

    assert len(lefts) == 1
    assert lefts.pop() > 60


def a_rule(shop, words="Two walls for every parcel."):
    case_id = shop.case()
    fix = corrections.plan(shop.desk, case_id, CorrectionEntry("Boxes"), now=shop.now)
    corrections.done(shop.desk, fix, check_on=date(2026, 5, 1), now=shop.now)
    rules.reword(shop.desk, fix, words)
    return fix


def test_rules_of_fixes_in_place_stand_in_the_policy_with_their_day(shop):
    assert "Our rules" not in words_of(shop)
    a_rule(shop)
    assert "Our rules 2 March 2026 Two walls for every parcel." in words_of(shop)


def test_a_new_changed_or_dropped_rule_moves_the_policy_on(shop):
    assert printed(shop) == 1
    fix = a_rule(shop)
    assert policies.standing(shop.desk).moved_on == ("Our rules",)
    assert printed(shop) == 2
    assert policies.standing(shop.desk).moved_on == ()
    rules.reword(shop.desk, fix, "Three walls.")
    assert policies.standing(shop.desk).moved_on == ("Our rules",)
    assert printed(shop) == 3
    with shop.desk.changing(Topic.CORRECTIONS, "Drop"):
        CorrectiveAction.update(status="dropped").execute()
    assert policies.standing(shop.desk).moved_on == ("Our rules",)
    assert "walls" not in words_of(shop)


def test_a_policy_without_rules_is_no_new_version_for_having_none(shop):
    assert "Our rules" not in policies.paper(shop.desk, now=shop.now).text
