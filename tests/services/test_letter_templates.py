"""The letters to choose from: what ships in five languages, and what the owner makes of it."""

from dataclasses import replace

import pytest

from recoverydesk.domain.document import DocumentStatus
from recoverydesk.domain.language import LANGUAGE_NAMES, LANGUAGES
from recoverydesk.domain.merge_fields import fields_in, unknown_in
from recoverydesk.errors import InvalidEntryError, NotFoundError
from recoverydesk.services import letter_templates, letters, papers, presets
from recoverydesk.storage.tables import LetterTemplate
from recoverydesk.topics import Topic

KEYS = {
    "apology", "apology_and_remedy", "agreed", "still_working", "what_changed", "refusal",
    "second_chance", "gift_and_thanks", "invitation", "safety",
}  # fmt: skip
CAREFUL = {"apology", "apology_and_remedy", "safety"}
USUAL = ("warm", "formal", "brief")


def text(shop, key="apology", *, language="en", tone="warm"):
    return letter_templates.text(shop.desk, key, language=language, tone=tone)


def save(shop, changed):
    letter_templates.save(shop.desk, changed, now=shop.now)


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_letter_ships_in_every_language_and_tone(shop, language):
    found = {one.key: one.tones for one in letter_templates.templates(shop.desk, language=language)}

    assert found.keys() == KEYS
    for key, tones in found.items():
        assert tones == (*USUAL, "careful") if key in CAREFUL else USUAL
    assert language in LANGUAGE_NAMES


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_letter_asks_only_for_fields_there_are(language):
    for letter in presets.letter_presets(language):
        assert unknown_in(letter.body) == (), letter.key
        assert fields_in(letter.body), letter.key
        assert letter.title
        assert letter.name


def test_letters_are_called_the_same_whatever_their_language():
    names = [
        {(one.key, one.name, one.order) for one in presets.letter_presets(language)}
        for language in LANGUAGES
    ]
    assert all(one == names[0] for one in names)


def test_a_language_without_letters_offers_none(shop):
    assert letter_templates.templates(shop.desk, language="xx") == ()


def test_an_unknown_tone_takes_the_first_there_is(shop):
    assert text(shop, tone="angry").key == "apology"


def test_a_letter_that_is_not_there_is_said(shop):
    with pytest.raises(NotFoundError, match="no such letter"):
        text(shop, "sonnet")


def test_the_owners_wording_stands_in_and_goes_back_to_how_it_came(shop):
    before = text(shop)
    save(shop, replace(before, title="So sorry", body="Dear {{first_name|you}}, I am sorry."))

    mine = text(shop)
    assert (mine.title, mine.body) == ("So sorry", "Dear {{first_name|you}}, I am sorry.")
    assert (mine.changed, mine.ships) == (True, True)
    assert text(shop, tone="brief").changed is False

    letter_templates.reset(shop.desk, "apology", language="en", tone="warm")
    assert text(shop) == before
    shop.desk.undo()
    assert text(shop).title == "So sorry"


def test_a_second_wording_takes_the_place_of_the_first(shop):
    for words in ("One.", "Two."):
        save(shop, replace(text(shop), body=words))

    assert text(shop).body == "Two."
    with shop.desk.reading():
        assert LetterTemplate.select().count() == 1


def test_a_letter_as_it_came_has_nothing_to_go_back_to(shop):
    with pytest.raises(NotFoundError, match="as it came"):
        letter_templates.reset(shop.desk, "apology", language="en", tone="warm")


@pytest.mark.parametrize(
    ("change", "field", "says"),
    [
        ({"body": " "}, "body", "empty"),
        ({"title": ""}, "title", "title"),
        ({"body": "Dear {{frist_name}}"}, "body", "frist_name"),
        ({"body": "Dear {{cost}}"}, "body", "cost"),
        ({"body": "x" * 20_001}, "body", "long"),
    ],
)
def test_a_wording_that_could_never_print_is_refused_and_nothing_changes(shop, change, field, says):
    before = text(shop)
    with pytest.raises(InvalidEntryError, match=says) as refused:
        save(shop, replace(before, **change))
    assert refused.value.field == field
    assert text(shop) == before


def test_a_copy_is_a_letter_of_ones_own(shop):
    made = letter_templates.copy(
        shop.desk, "apology", language="en", tone="formal", name="Sorry, regular", now=shop.now
    )
    second = letter_templates.copy(
        shop.desk, made.key, language="en", tone="formal", name="Sorry again", now=shop.now
    )

    assert made.key != second.key
    assert (made.tone, made.body) == ("formal", text(shop, tone="formal").body)
    assert (made.changed, made.ships) == (True, False)
    offered = letter_templates.templates(shop.desk)
    assert [one.name for one in offered][-2:] == ["Sorry, regular", "Sorry again"]
    letter_templates.reset(shop.desk, made.key, language="en", tone="formal")
    assert made.key not in {one.key for one in letter_templates.templates(shop.desk)}


@pytest.mark.parametrize(("name", "says"), [(" ", "name"), ("APOLOGY", "already")])
def test_a_copy_needs_a_name_of_its_own(shop, name, says):
    with pytest.raises(InvalidEntryError, match=says):
        letter_templates.copy(
            shop.desk, "apology", language="en", tone="warm", name=name, now=shop.now
        )


def test_what_an_older_release_copied_into_the_desk_is_not_read(shop):
    with shop.desk.changing(Topic.SHOP, "As the first release did"):
        LetterTemplate.create(
            key="apology", language="en", tone="warm", name="Apology", body="Old words"
        )

    assert "Old words" not in text(shop).body
    save(shop, replace(text(shop), body="New words"))
    assert text(shop).body == "New words"


def test_a_new_letter_is_none_of_those_that_went_out_before(shop):
    def make(name):
        return letter_templates.copy(
            shop.desk, "apology", language="en", tone="warm", name=name, now=shop.now
        )

    case_id = shop.case()
    first = make("First")
    draft = letters.compose(shop.desk, case_id, now=shop.now, template=first.key)
    paper = letters.paper(shop.desk, draft, now=shop.now)
    papers.keep(shop.desk, paper, DocumentStatus.PRINTED, now=shop.now)
    letter_templates.reset(shop.desk, first.key, language="en", tone="warm")

    assert make("Second").key != first.key
