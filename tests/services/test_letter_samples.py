"""What an owner sees beside a letter whose wording they change."""

from dataclasses import replace

import pytest

from recoverydesk.domain.language import LANGUAGES
from recoverydesk.domain.merge_fields import LONGEST_LETTER, MergeField
from recoverydesk.errors import InvalidEntryError
from recoverydesk.services import letter_samples, letter_templates
from tests.reading import text_of


def draw(shop, body, *, language="en"):
    text = letter_templates.text(shop.desk, "apology", language=language, tone="warm")
    return text_of(letter_samples.draw(shop.desk, replace(text, body=body), now=shop.now))


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_letter_is_shown_without_an_empty_place(shop, language):
    for text in letter_templates.texts(shop.desk, language=language):
        seen = text_of(letter_samples.draw(shop.desk, text, now=shop.now))
        assert "{{" not in seen, text.key
        assert "[" not in seen, text.key


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_field_has_a_sample_unless_the_shop_lacks_it(shop, language):
    ours = {MergeField.SHOP_PHONE, MergeField.CONTACT_PHONE, MergeField.SHOP_EMAIL}
    body = "\n\n".join(f"{field}: {{{{{field}|empty}}}}" for field in MergeField)
    seen = draw(shop, body, language=language)
    assert seen.count("empty") == len(ours)


def test_a_letter_is_filled_in_its_own_language(shop):
    seen = draw(shop, "{{full_name}} {{problem}} {{happened_on}}", language="de")
    assert "Anna Berger" in seen
    assert "Wasserkocher" in seen
    assert "24. Februar 2026" in seen


def test_the_first_remedy_stands_in_a_sentence(shop):
    assert "have: A new kettle" in draw(shop, "You will have: {{remedy}}")


def test_what_the_shop_lacks_is_said_with_the_words_for_it(shop):
    assert "Ring me: here in the shop" in draw(shop, "Ring me: {{shop_phone|here in the shop}}")


def test_what_nothing_fills_is_seen_as_it_stands(shop):
    assert "{{frist_name}}" in draw(shop, "Dear {{frist_name}}")


def test_a_letter_that_is_too_long_says_so(shop):
    with pytest.raises(InvalidEntryError, match="too long"):
        draw(shop, "x" * (LONGEST_LETTER + 1))
