# ruff: noqa: RUF001 - signs that look alike are what this is about
import pytest
from babel.core import get_global
from hypothesis import given
from hypothesis import strategies as st

from recoverydesk.domain.money import (
    MOST_CENTS,
    amount_text,
    currency_symbol,
    decimals,
    format_money,
    parse_amount,
)
from recoverydesk.errors import InvalidEntryError

LOCALES = [
    *("en", "en_GB", "en_US", "en_IN", "de", "de_AT", "de_CH", "fr", "fr_CH", "es", "pt_BR"),
    *("it", "nl", "sv", "nb", "da", "pl", "cs", "ru", "tr", "el", "he", "ar", "ar_EG", "fa"),
    *("hi_IN", "bn", "th", "ja", "ko", "zh_CN", "pt-PT", "xx_nowhere"),
]
CURRENCIES = ["EUR", "GBP", "USD", "CHF", "JPY", "KWD", "SEK", "PLN", "INR", "CLF", "BRL", "XTS"]


def parsed(typed, *, currency="EUR", locale="en_GB"):
    return parse_amount(typed, currency=currency, locale=locale)


def refused(typed, **shop) -> str:
    with pytest.raises(InvalidEntryError) as refusal:
        parsed(typed, **shop)
    assert refusal.value.field == "amount"
    return str(refusal.value)


def test_decimals_are_those_of_cldr():
    fractions = {code: parts[0] for code, parts in get_global("currency_fractions").items()}
    del fractions["DEFAULT"]
    assert {code: decimals(code) for code in fractions} == fractions
    assert (decimals("EUR"), decimals("jpy"), decimals("KWD"), decimals("XTS")) == (2, 0, 3, 2)


@pytest.mark.parametrize(
    ("typed", "cents"),
    [
        ("20", 2000),
        ("0", 0),
        ("7.5", 750),
        ("7,50", 750),
        ("7.50", 750),
        (".50", 50),
        (",5", 50),
        ("€ .50", 50),
        ("20.", 2000),
        ("20,-", 2000),
        ("20.--", 2000),
        ("20,– €", 2000),
        ("+5", 500),
        ("20 €", 2000),
        ("€20", 2000),
        ("EUR 20", 2000),
        ("20eur", 2000),
        ("1,234.50", 123450),
        ("1.234,50", 123450),
        ("1'234.50", 123450),
        ("1’234.50", 123450),
        ("1 234,50", 123450),
        ("1\u00a0234,50", 123450),
        ("1\u202f234,50 €", 123450),
        ("1,234,567", 123456700),
        ("1.234.567", 123456700),
        ("12,34,567.50", 123456750),
        ("1 234 567.50", 123456750),
        ("٧٫٥٠", 750),
        ("١٬٢٣٤٫٥٠", 123450),
        ("\uff11\uff12\uff0e\uff15", 1250),
        ("\u200f7.50\u00a0\u200f€", 750),
        ("0,5", 50),
    ],
)
def test_an_amount_is_read_however_it_is_typed(typed, cents):
    assert parsed(typed) == cents


@pytest.mark.parametrize(
    ("typed", "currency", "locale", "cents"),
    [
        ("£20", "GBP", "en_GB", 2000),
        ("US$20", "USD", "en_GB", 2000),
        ("$20", "CAD", "en_GB", 2000),
        ("20 kr", "SEK", "sv", 2000),
        ("20 kr.", "DKK", "da", 2000),
        ("Fr. 20.-", "CHF", "de_CH", 2000),
        ("20 zł", "PLN", "en", 2000),
        ("1,234", "GBP", "en_GB", 123400),
        ("1.234", "EUR", "de", 123400),
        ("1.234", "EUR", "de_AT", 123400),
        ("1.234", "EUR", "fr", 123400),
        ("1,234", "CHF", "de_CH", 123400),
        ("1.234", "KWD", "en", 1234),
        ("1,234", "KWD", "en", 1234000),
        ("0.500", "KWD", "de", 500),
        ("1,234", "JPY", "de", 1234),
        ("1.234", "JPY", "ja", 1234),
        ("¥ 750", "JPY", "ja", 750),
        ("\uffe5750", "JPY", "ja", 750),
        ("50,000,000.00", "IDR", "en", 5_000_000_000),
    ],
)
def test_currency_and_locale_decide_where_the_point_is(typed, currency, locale, cents):
    assert parsed(typed, currency=currency, locale=locale) == cents


@pytest.mark.parametrize("typed", ["", "   ", "\u200b", "\n"])
def test_an_empty_amount_is_asked_for(typed):
    assert refused(typed) == "How much is it? Type an amount like 7.50."


@pytest.mark.parametrize("typed", ["abc", "NaN", "inf", "€", "½", "②", "5" * 61, "-", "."])
def test_what_is_no_number_is_refused(typed):
    assert refused(typed) == "That isn't an amount. Type it in digits, like 7.50."


@pytest.mark.parametrize("typed", ["-5", "\u22125", "- 5 €", "€ -5", "5-", "(5)"])
def test_an_amount_is_never_below_nothing(typed):
    assert refused(typed).startswith("An amount can't be less than nothing.")


@pytest.mark.parametrize(
    "typed", ["1e9", "1.2.3", "1,2,3", "1,23,4.5", "12 50", "20-30", "1.234,567.8", "0,123,456"]
)
def test_what_could_be_several_amounts_is_refused(typed):
    assert "more than one way" in refused(typed)


@pytest.mark.parametrize(
    ("typed", "locale"), [("1.234", "en_GB"), ("1,234", "de"), ("0.500", "en"), ("7.5000", "en")]
)
def test_too_many_decimals_are_never_rounded_away(typed, locale):
    assert "at most 2 digits after the point" in refused(typed, locale=locale)


def test_yen_have_no_decimals():
    message = refused("7.50", currency="JPY", locale="ja")
    assert message == "An amount in JPY has no decimals. Type it like 750."


def test_the_example_fits_currency_and_locale():
    assert "like 7,50" in refused("", locale="de")
    assert "like 7.500" in refused("", currency="KWD")


@pytest.mark.parametrize("typed", ["$20", "20 USD", "5%", "20 pounds", "two20", "2²"])
def test_another_currency_is_never_taken_for_ours(typed):
    assert "this desk counts in EUR" in refused(typed)


def test_the_largest_amount_is_taken_and_one_cent_more_is_not():
    assert parsed("10,000,000.00") == MOST_CENTS
    assert refused("10,000,000.01").startswith("That is more than 10000000.00.")


def test_the_form_is_told_its_own_field():
    with pytest.raises(InvalidEntryError) as refusal:
        parse_amount("x", currency="EUR", locale="en", field="cost")
    assert refusal.value.field == "cost"


def test_an_edit_field_shows_the_plain_amount():
    assert amount_text(750, currency="EUR", locale="en_GB") == "7.50"
    assert amount_text(5, currency="EUR", locale="de") == "0,05"
    assert amount_text(-5, currency="EUR", locale="de") == "-0,05"
    assert amount_text(750, currency="JPY", locale="ja") == "750"
    assert amount_text(750, currency="KWD", locale="en") == "0.750"


@pytest.mark.parametrize(
    ("cents", "currency", "locale", "shown", "short"),
    [
        (2500, "GBP", "en_GB", "£25.00", "£25"),
        (750, "GBP", "en_GB", "£7.50", "£7.50"),
        (123450, "EUR", "de", "1.234,50\xa0€", "1.234,50\xa0€"),
        (2500, "EUR", "de", "25,00\xa0€", "25\xa0€"),
        (2500, "JPY", "ja", "\uffe52,500", "\uffe52,500"),
        (2500, "KWD", "en", "KWD\xa02.500", "KWD\xa02.500"),
        (2000, "KWD", "en", "KWD\xa02.000", "KWD\xa02"),
        (-750, "GBP", "en_GB", "-£7.50", "-£7.50"),
        (MOST_CENTS, "usd", "en_US", "$10,000,000.00", "$10,000,000"),
    ],
)
def test_money_is_shown_as_the_locale_writes_it(cents, currency, locale, shown, short):
    assert format_money(cents, currency=currency, locale=locale) == shown
    assert format_money(cents, currency=currency, locale=locale, short=True) == short


def test_a_currency_has_its_sign():
    assert currency_symbol("gbp", "en_GB") == "£"
    assert currency_symbol("CHF", "de_CH") == "CHF"


@given(
    st.integers(0, MOST_CENTS), st.sampled_from(CURRENCIES), st.sampled_from(LOCALES), st.booleans()
)
def test_what_is_shown_reads_back_as_the_same_amount(cents, currency, locale, short):
    edit = amount_text(cents, currency=currency, locale=locale)
    shown = format_money(cents, currency=currency, locale=locale, short=short)
    assert parsed(edit, currency=currency, locale=locale) == cents
    assert parsed(shown, currency=currency, locale=locale) == cents


@given(st.text(), st.sampled_from(CURRENCIES), st.sampled_from(LOCALES))
def test_nothing_typed_breaks_it(typed, currency, locale):
    try:
        assert 0 <= parsed(typed, currency=currency, locale=locale) <= MOST_CENTS
    except InvalidEntryError as refusal:
        assert str(refusal).endswith((".", "?"))  # noqa: PT017 - either answer is right


def test_a_raised_two_is_no_digit():
    with pytest.raises(InvalidEntryError):
        parsed("0²0", currency="EUR", locale="en")
