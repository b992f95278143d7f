# ruff: noqa: RUF001 - signs that look alike are what this is about
import pytest

from recoverydesk.domain.cause import LEVER_WORDS, Lever, check_rungs, lever_of, with_lever
from recoverydesk.errors import InvalidEntryError

STAFF = ("Tom Hale", "Anneliese Müller", "Will Obi", "山田 太郎", "李", "Mrs Lowther", "")


def hinted(*answers, staff=STAFF):
    return [hint.position for hint in check_rungs(answers, staff)]


def test_a_sound_ladder_needs_no_hint():
    assert check_rungs(["The plate broke", "The box had no padding"], STAFF) == []


@pytest.mark.parametrize(
    "answer",
    [
        *("Tom forgot", "tom forgot", "It was TOM.", "Tom's box broke", "Tom’s box"),
        *("Tom Hale forgot", "Nobody told Anneliese", "Anneliese Mueller packed it"),
        *("because Will forgot", "It was late. So Will left", "Will Obi forgot"),
        *("山田 太郎が忘れた", "李が忘れた", "Mrs Lowther packed it"),
        *("Toms Kiste ging auf", "Annelieses Schicht", "ANNELIESE MÜLLER hat gepackt"),
        *("It was packed by Hale", "weil Müller es vergaß", "Nobody had told Lowther"),
        *("The new girl forgot", "A trainee packed it", "He forgot.", "It was my fault"),
        *("Der Azubi hat gepackt", "Die Neue war allein", "eine Kollegin", "Sie hat vergessen"),
    ],
)
def test_a_rung_that_names_somebody_is_asked_what_let_that_happen(answer):
    (hint,) = check_rungs([answer, "There is no list on the wall"], STAFF)
    assert hint.position == 0
    assert hint.message.startswith("What let that happen?")


def test_the_hint_says_whom_to_look_past():
    assert "Look past Tom " in check_rungs(["Tom forgot"], STAFF)[0].message


@pytest.mark.parametrize(
    "answer",
    [
        *("The tomatoes were off", "Customs held it", "It will break", "Will it break? It did"),
        *("The Halewood depot was shut", "Nobody will say", "太陽", "A lot. Will break"),
        *("The new machine is slow", "Die neue Maschine ist langsam", "It was hale and whole"),
        *("The wills were lost", "Atoms", "Internet was down", "All temperatures were too high"),
    ],
)
def test_only_whole_names_count(answer):
    assert hinted(answer) == []


def test_each_rung_is_looked_at():
    assert hinted("Tom forgot", "The list was gone", "Anneliese moved it") == [0, 2]


@pytest.mark.parametrize(
    ("answer", "what"),
    [
        ("It was the weather", "the weather"),
        ("Too much snow.", "the weather"),
        ("The customer misread it", "the customer"),
        ("Just bad luck", "luck"),
        ("Just one of those things!", "luck"),
        ("Human error", "carelessness"),
        ("Sheer carelessness", "carelessness"),
        ("Es hat geregnet", "the weather"),
        ("Die Gäste waren zu spät", "the customer"),
        ("Einfach Pech", "luck"),
        ("Menschliches Versagen", "carelessness"),
    ],
)
def test_the_last_rung_is_something_the_shop_can_change(answer, what):
    (hint,) = check_rungs(["The plate broke", answer], STAFF)
    assert hint.position == 1
    assert what in hint.message


def test_only_the_last_rung_has_to_be_in_reach():
    assert hinted("It was the weather", "We had no cover for the van") == []


def test_a_name_on_the_last_rung_gets_one_hint_alone():
    assert hinted("Tom had bad luck") == [0]


def test_empty_rungs_at_the_end_do_not_count():
    assert hinted("The plate broke", "It was the weather", " ", "") == [1]


@pytest.mark.parametrize(
    ("answers", "message"),
    [
        ([], "Why did it happen"),
        (["", " "], "Why did it happen"),
        (["One", "", "Three"], "Answer 2 is empty"),
        (["why"] * 6, "5 whys are enough"),
    ],
)
def test_a_ladder_has_one_to_five_rungs_without_gaps(answers, message):
    with pytest.raises(InvalidEntryError, match=message) as refusal:
        check_rungs(answers, STAFF)
    assert refusal.value.field == "whys"


def test_five_rungs_are_fine():
    assert hinted(*["The box had no padding"] * 5) == []


@pytest.mark.parametrize("lever", list(Lever))
def test_what_could_be_changed_stands_behind_the_last_why_and_is_found_there(lever):
    told = with_lever(" No dry shelf ", lever)

    assert told == f"No dry shelf ({LEVER_WORDS[lever]})"
    assert lever_of(told) == ("No dry shelf", lever)
    assert with_lever(told, Lever.RULE) == "No dry shelf (a rule)"
    assert with_lever(told, None) == "No dry shelf"


def test_no_answer_has_nothing_that_could_be_changed():
    assert with_lever(" ", Lever.RULE) == ""
    assert lever_of("(a rule)") == ("(a rule)", None)
    assert lever_of("No dry shelf (yet)") == ("No dry shelf (yet)", None)


@pytest.mark.parametrize("answer", ["Tom forgot", "It rained", "The new girl packed it"])
def test_naming_what_could_be_changed_answers_the_question(answer):
    assert hinted("The plate broke", answer) == [1]
    assert hinted("The plate broke", with_lever(answer, Lever.TRAINING)) == []
    assert hinted("Tom packed it", with_lever(answer, Lever.TRAINING)) == [0]
