import re
import tomllib
from collections import Counter
from decimal import Decimal
from itertools import pairwise

import pytest

from recoverydesk.domain import apology, merge_fields
from recoverydesk.domain.case import Channel, Evidence, LostReason, Outcome, Severity, Stage
from recoverydesk.domain.cause import check_rungs
from recoverydesk.domain.contact import Direction, Mood, Reach, Way
from recoverydesk.domain.follow_up import Act, Anchor, Unit
from recoverydesk.domain.language import LANGUAGES
from recoverydesk.domain.money import parse_amount
from recoverydesk.domain.opening_hours import parse_day
from recoverydesk.domain.playbook import Fact, plan_from
from recoverydesk.domain.remedy import RemedyKind
from recoverydesk.domain.severity import FIRST_CONTACT_HOURS
from recoverydesk.domain.voucher import VoucherKind
from recoverydesk.places import RESOURCES

SHOPS = ("cafe", "shop", "webshop", "salon", "garage")
PLAYBOOKS = ("twelve_ways", "four_steps", "small_annoyance")
LETTERS = (
    "apology", "apology_and_remedy", "agreed", "still_working", "what_changed", "refusal",
    "second_chance", "gift_and_thanks", "invitation", "safety",
)  # fmt: skip
TONES = ("warm", "formal", "brief")
APOLOGIES = ("apology", "apology_and_remedy")
CAREFUL = (*APOLOGIES, "safety")
"""These come in a tone that admits no fault, too."""
GENDERED = re.compile(
    r"\b(Mr|Mrs|Ms|Sir|Madam|Herr|Frau|Geehrte[rs]?|Liebe[rs]|Madame|Monsieur|Cher|Chère|Chères?"
    r"|Señora?|Estimad[oa]|Querid[oa]|Meneer|Mevrouw)\b"
)
DAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
FICTIONAL_PHONE = re.compile(r"(01632 960|07700 900) \d{3}")


def toml(*parts):
    return tomllib.loads(RESOURCES.joinpath(*parts).read_text(encoding="utf-8"))


def playbook(key):
    return plan_from(toml("playbooks", f"{key}.toml"))


def letters(language):
    """Key, tone, front matter and body of every letter in a language."""
    for path in sorted((RESOURCES / "letters" / language).glob("*.md")):
        before, front, body = path.read_text(encoding="utf-8").split("+++\n", 2)
        assert not before
        key, tone, _md = path.name.split(".")
        yield key, tone, tomllib.loads(front), body.strip()


def words_of(step):
    return " ".join((step.coach, step.say, step.not_say)).split()


# playbooks


def test_each_severity_starts_one_playbook_and_each_playbook_is_known():
    plans = [playbook(path.stem) for path in (RESOURCES / "playbooks").glob("*.toml")]

    assert {plan.key for plan in plans} == set(PLAYBOOKS)
    assert Counter(severity for plan in plans for severity in plan.starts_for) == Counter(Severity)


@pytest.mark.parametrize("key", PLAYBOOKS)
def test_every_step_fits_its_line_and_its_coach_card(key):
    plan = playbook(key)

    assert plan.key == key
    assert plan.name
    assert plan.words.endswith(".")
    assert max(Counter(step.key for step in plan.steps).values()) == 1
    for step in plan.steps:
        assert 0 < len(step.title) <= 32, step.title
        assert re.findall(r"\{.*?\}", step.title) in ([], ["{name}"]), step.title
        assert all((step.coach, step.say, step.not_say, step.source)), step.key
        assert len(words_of(step)) <= 60, step.key


@pytest.mark.parametrize("key", PLAYBOOKS)
def test_the_first_step_is_the_first_contact_within_the_promise(key):
    plan = playbook(key)
    first = plan.steps[0]

    assert (first.anchor, first.unit, first.timed) == (Anchor.OPENED, Unit.OPEN_HOURS, True)
    assert (first.stage, first.fact) == (Stage.LISTEN, Fact.RESTATEMENT_AGREED)
    assert [first.offset] == [FIRST_CONTACT_HOURS[severity] for severity in plan.starts_for]


@pytest.mark.parametrize("key", PLAYBOOKS)
def test_a_plan_leads_to_resolved_and_asks_for_nothing_later_before_that(key):
    steps = playbook(key).steps
    brings = {
        Anchor.FIRST_CONTACT: {Fact.RESTATEMENT_AGREED, Fact.FIRST_CONTACT},
        Anchor.AGREED: {Fact.AGREED},
        Anchor.HANDED_OVER: {Fact.HANDED_OVER},
        Anchor.RESOLVED: {Fact.RESOLVED},
    }

    assert [step.fact for step in steps].count(Fact.RESOLVED) == 1
    for place, step in enumerate(steps):
        before = {earlier.fact for earlier in steps[:place]}
        assert brings.get(step.anchor, before) & before or step.anchor not in brings, step.key
        assert not (step.closing and Fact.RESOLVED in before), step.key


def test_the_long_plan_has_the_twelve_ways_in_their_order():
    steps = {step.key: step for step in playbook("twelve_ways").steps}
    ways = (
        "listen", "apologise", "agree", "find_cause", "confirm", "be_there", "after_visit",
        "ask_more", "invite", "valued", "gift", "prices",
    )  # fmt: skip

    assert [key for key in steps if key in ways] == list(ways)
    assert {Fact.AGREED, Fact.HANDED_OVER, Fact.CAUSE_FOUND, Fact.CONFIRMED, Fact.VISIT} <= {
        step.fact for step in steps.values()
    }
    assert steps["prices"].act is Act.DECIDE


def test_the_long_plan_calls_two_weeks_after_it_was_resolved():
    call = next(step for step in playbook("twelve_ways").steps if step.key == "two_week_call")

    assert (call.anchor, call.offset, call.unit) == (Anchor.RESOLVED, 10, Unit.OPEN_DAYS)


def test_the_short_plans_keep_their_names_promise():
    assert len(playbook("four_steps").steps) == 4
    assert len(playbook("small_annoyance").steps) == 4


# kinds of shop


@pytest.mark.parametrize("kind", SHOPS)
def test_every_kind_of_shop_opens_on_some_days_and_promises_a_first_word(kind):
    shop = toml("shops", f"{kind}.toml")

    assert tuple(shop["hours"]) == DAYS
    assert any(parse_day(typed) for typed in shop["hours"].values())
    assert shop["first_contact_hours"] == {
        severity.value: count for severity, count in FIRST_CONTACT_HOURS.items()
    }
    assert shop["return_window_days"] > 0
    assert shop["voucher"]["valid_months"] > 0
    assert shop["voucher"]["terms"].endswith(".")
    assert set(shop["wording"]) == {"customer", "customers", "place"}


@pytest.mark.parametrize("kind", SHOPS)
def test_every_kind_of_shop_starts_with_twelve_causes_none_of_them_twice(kind):
    groups = toml("shops", f"{kind}.toml")["causes"]
    leaves = [name for group in groups for name in group["under"]]

    assert len(groups) == 4
    assert len(leaves) == len({name.casefold() for name in leaves}) == 12


@pytest.mark.parametrize("kind", SHOPS)
def test_every_remedy_of_a_shop_says_what_it_costs(kind):
    for item in toml("shops", f"{kind}.toml")["catalogue"]:
        assert RemedyKind(item["kind"])
        assert item["name"]
        assert item["terms"].endswith(".")
        assert ("cost" in item) != ("cost_percent" in item), item["name"]
        if "cost" in item:
            cost = parse_amount(item["cost"], currency="EUR", locale="en")
            typed = item["value"]
            worth = parse_amount(typed, currency="EUR", locale="en") if typed else 0
            assert cost <= worth
        else:
            assert 0 < item["cost_percent"] <= 100


# letters


@pytest.mark.parametrize("language", LANGUAGES)
def test_each_letter_comes_in_each_tone(language):
    files = {path.name for path in (RESOURCES / "letters" / language).glob("*.md")}

    usual = {f"{key}.{tone}.md" for key in LETTERS for tone in TONES}
    assert files == usual | {f"{key}.careful.md" for key in CAREFUL}


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_words_of_papers_are_there_in_every_language(language):
    own, english = (toml("letters", tag, "words.toml") for tag in (language, "en"))

    for table in ("paper", "letter"):
        assert own[table].keys() == english[table].keys()
        for key, words in english[table].items():
            assert re.findall(r"{\w+}", words) == re.findall(r"{\w+}", own[table][key]), key
            assert own[table][key].strip()


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_letter_prints_once_we_know_what_its_about(language):
    known = {
        "problem": "Your kettle broke after a week.",
        "remedies": "- **A new kettle**",
        "what_changed": "We check every kettle.",
        "reason": "The guarantee is over.",
    }
    for key, _tone, front, body in letters(language):
        filled = merge_fields.fill(body, known)
        assert front["key"] == key
        assert {"name", "title", "hint", "order", "tone"} <= front.keys()
        assert (filled.missing, filled.unknown) == ((), ()), key


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_letter_leaves_the_signature_to_the_program(language):
    for key, tone, _front, body in letters(language):
        assert "{{owner_name}}" not in body.splitlines()[-1], (key, tone)
        assert len(body.splitlines()[-1]) < 90, (key, tone)


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_letter_knows_who_is_a_man_and_who_a_woman(language):
    for key, tone, _front, body in letters(language):
        found = GENDERED.search(body)
        assert found is None, (key, tone, found and found[0])


@pytest.mark.parametrize("language", LANGUAGES)
def test_an_apology_has_its_parts_and_takes_nothing_back(language):
    for key, tone, _front, body in letters(language):
        if key in CAREFUL:
            careful = tone == "careful"
            assert not apology.check(body, language=language, careful=careful), (key, tone)
        if key in APOLOGIES and tone != "careful":
            assert apology.parts(body, language=language).complete, (key, tone)


# the practice shop


@pytest.fixture(scope="module")
def story():
    return toml("shops", "practice.toml")


def playbook_for(case):
    severity = Severity(case["severity"])
    return next(plan for plan in map(playbook, PLAYBOOKS) if severity in plan.starts_for)


def told(moment):
    """Return how long ago it was, as something to sort by: the longest ago first."""
    if "hours_ago" in moment:
        assert 0 < moment["hours_ago"] <= 6
        return (0, f"{24 - moment['hours_ago']:06.2f}")
    assert moment["days_ago"] >= 1
    assert "09:00" <= moment["at"] <= "17:30"
    return (-moment["days_ago"], moment["at"])


def events(case, *kinds):
    return [event for event in case["events"] if event["do"] in kinds]


def outcome(case):
    return next((event["outcome"] for event in events(case, "close")), "")


def test_nobody_can_be_reached_by_the_practice_shops_numbers(story):
    for somebody in (story["shop"], *story["customers"]):
        assert FICTIONAL_PHONE.fullmatch(somebody["phone"]), somebody["name"]
        assert not somebody["email"] or somebody["email"].endswith("@mail.example")
    phones = [customer["phone"] for customer in story["customers"]]
    assert len(phones) == len(set(phones))


def test_the_practice_shop_names_only_what_there_is(story):
    shop = toml("shops", f"{story['shop']['kind']}.toml")
    causes = {f"{group['name']} / {leaf}" for group in shop["causes"] for leaf in group["under"]}
    customers = [customer["key"] for customer in story["customers"]]
    staff = {story["shop"]["owner"], *(person["name"] for person in story["staff"])}

    assert {case["customer"] for case in story["cases"]} == set(customers)
    assert len(customers) == len(set(customers))
    for case in story["cases"]:
        assert case["cause"] in causes | {""}
        assert case["owner"] in staff
        assert Channel(case["channel"])
        assert ("review_stars" in case) == (case["channel"] == "review")


def test_the_practice_shops_story_is_told_in_order(story):
    opened = [told(case) for case in story["cases"]]

    assert opened == sorted(opened)
    for case in story["cases"]:
        moments = [told(case), *(told(event) for event in case["events"])]
        assert all(a <= b for a, b in pairwise(moments)), case["customer"]


KEYS = {
    "contact": {"way", "direction", "reach", "mood", "words"},
    "restate": {"words", "agreed"},
    "apologise": set(),
    "offer": {"words", "kind", "value", "cost"},
    "counter": {"words"},
    "agree": {"words", "kind", "value", "cost", "promised_in_days"},
    "voucher": {"kind", "value", "valid_months"},
    "hand_over": set(),
    "redeem": {"amount"},
    "why": {"answers"},
    "fix": {"what", "who", "due_in_days", "check_in_days", "done"},
    "confirm": set(),
    "resolve": set(),
    "visit": {"amount"},
    "positive": {"words"},
    "wait": {"words"},
    "tick": {"step", "words"},
    "skip": {"step", "why"},
    "close": {"outcome", "evidence", "lost_reason", "words"},
}


def test_every_event_says_what_its_kind_needs(story):
    enums = {
        "way": Way, "direction": Direction, "reach": Reach, "mood": Mood, "outcome": Outcome,
        "evidence": Evidence, "lost_reason": LostReason,
    }  # fmt: skip

    for case in story["cases"]:
        for event in case["events"]:
            assert event.keys() - {"do", "days_ago", "at", "hours_ago"} == KEYS[event["do"]], event
            for key, kinds in enums.items():
                if event.get(key):
                    assert kinds(event[key])
            if "kind" in event:
                assert (VoucherKind if event["do"] == "voucher" else RemedyKind)(event["kind"])


def test_the_practice_shop_gives_only_what_was_agreed(story):
    for case in story["cases"]:
        agreed = given = issued = 0
        left = Decimal(0)
        for event in case["events"]:
            agreed += event["do"] == "agree"
            given += event["do"] == "hand_over"
            if event["do"] == "voucher":
                assert events(case, "agree")[agreed - 1]["kind"] == "voucher"
                issued, left = issued + 1, Decimal(event["value"])
            if event["do"] == "redeem":
                left -= Decimal(event["amount"])
            assert given <= agreed, case["customer"]
            assert issued <= agreed, case["customer"]
            assert left >= 0, case["customer"]


def test_ticked_and_skipped_steps_belong_to_the_cases_plan(story):
    for case in story["cases"]:
        plan = playbook_for(case)
        by_hand = {step.key for step in plan.steps if step.fact in {Fact.NONE, Fact.VISIT}}
        dealt_with = [event["step"] for event in events(case, "tick", "skip")]
        assert set(dealt_with) <= by_hand, case["customer"]
        assert len(dealt_with) == len(set(dealt_with)), case["customer"]
        if outcome(case) in {"won_back", "kept"}:
            assert set(dealt_with) == by_hand, case["customer"]


def test_whoever_came_back_has_a_purchase_to_show_for_it(story):
    won_back = [case for case in story["cases"] if outcome(case) == "won_back"]

    assert won_back
    for case in won_back:
        resolved = told(events(case, "resolve")[0])
        assert any(told(visit) > resolved for visit in events(case, "visit")), case["customer"]


def test_a_fix_is_checked_after_it_is_due_and_not_before_today(story):
    for case in story["cases"]:
        for fix in events(case, "fix"):
            assert fix["check_in_days"] > max(fix["due_in_days"], fix["days_ago"])


def test_no_why_blames_a_member_of_staff(story):
    staff = [story["shop"]["owner"], *(person["name"] for person in story["staff"])]

    for case in story["cases"]:
        for why in events(case, "why"):
            assert 1 <= len(why["answers"]) <= 5
            assert not check_rungs(why["answers"], staff), case["customer"]


def test_the_practice_shop_shows_every_ending_and_a_day_with_work_to_do(story):
    endings = Counter(outcome(case) for case in story["cases"])
    untouched = [case["customer"] for case in story["cases"] if not case["events"]]

    assert endings[""] == 14
    assert sum(endings.values()) - endings[""] == 10
    assert {"won_back", "kept", "lost", "unreachable", "not_upheld"} <= endings.keys()
    assert untouched == ["priya", "thandiwe"]
    assert any(events(case, "wait") for case in story["cases"])


def test_a_mended_cause_came_back(story):
    mended = {}
    returned = Counter()
    for case in story["cases"]:
        since = mended.get(case["cause"])
        if since is not None and told(case) > since:
            returned[case["cause"]] += 1
        for fix in events(case, "fix"):
            if fix["done"]:
                mended[case["cause"]] = told(fix)

    assert returned == {
        "Orders and delivery / Parcel damaged or lost": 3,
        "Money / Charged wrongly": 1,
    }


def test_the_practice_shops_pictures_are_transparent(story):
    logo = (RESOURCES / "shops" / story["shop"]["logo"]).read_bytes()
    signature = (RESOURCES / "shops" / story["shop"]["signature"]).read_bytes()

    for picture in (logo, signature):
        assert picture.startswith(b"\x89PNG\r\n\x1a\n")
        assert picture[25] == 6  # colour with transparency
    assert [int.from_bytes(logo[at : at + 4], "big") for at in (16, 20)] == [512, 512]
