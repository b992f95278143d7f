"""The policy: made from the settings, with a version that moves only when they do."""

import json
from datetime import date

from recoverydesk.domain.document import DocumentKind, DocumentStatus
from recoverydesk.services import policies, shop_changes
from recoverydesk.storage.tables import PolicyVersion, Shop
from recoverydesk.topics import Topic
from tests.reading import text_of


def printed(shop):
    paper = policies.paper(shop.desk, now=shop.now)
    policies.keep(shop.desk, paper, DocumentStatus.PRINTED, now=shop.now)
    return policies.standing(shop.desk).version


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
    del words[policies.HOURS]
    assert policies.HOURS in policies.paper(shop.desk, now=shop.now).text
    with shop.desk.changing(Topic.SHOP, "As an earlier release kept it"):
        PolicyVersion.create(version=2, words=json.dumps(words), made_at=shop.now)
    assert policies.standing(shop.desk).moved_on == ()
