"""Money: whole minor units of the desk's one currency, read as people type it, shown as they read.

Everywhere in the program an amount is a whole number of the currency's smallest unit: cents,
pence, whole yen, fils. Only this module knows where the decimal point goes.
"""

import re
import unicodedata
from decimal import Decimal
from functools import lru_cache
from typing import TYPE_CHECKING

from recoverydesk.errors import InvalidEntryError

if TYPE_CHECKING:
    from babel import Locale

MOST_CENTS = 1_000_000_000
"""The largest amount taken: 10,000,000.00. More is nearly always a slip of the finger."""

# Currencies whose smallest notes run into the ten thousands: ten million of them buys little.
_SMALL_UNITS = frozenset({"COP", "IDR", "KHR", "MNT", "MWK", "NGN", "TZS"})

# From CLDR 47. Kept here and not asked of babel: stored amounts must mean the same for ever,
# whatever a later CLDR says about a currency's decimals.
_NO_DECIMALS = """
    ADP AFN ALL BIF BYR CLP DJF ESP GNF IQD IRR ISK ITL JPY KMF KPW KRW LAK LBP LUF MGA MGF
    MMK MRO PYG RSD RWF SLL SOS STD SYP TMM TRL UGX UYI VND VUV XAF XOF XPF YER ZMK ZWD"""
_WITHOUT_DECIMALS = frozenset(_NO_DECIMALS.split())
_DECIMALS = {"BHD": 3, "JOD": 3, "KWD": 3, "LYD": 3, "OMR": 3, "TND": 3, "CLF": 4, "UYW": 4}

# What people write besides the code and the sign that CLDR has for it.
_ALSO_WRITTEN = {
    "CHF": ("fr", "sfr"),
    "CZK": ("kč", "kc"),
    "DKK": ("kr",),
    "GBP": ("£", "₤"),
    "INR": ("rs",),
    "ISK": ("kr",),
    "JPY": ("¥", "円"),
    "NOK": ("kr",),
    "PKR": ("rs",),
    "PLN": ("zł", "zl"),
    "SEK": ("kr",),
    "ZAR": ("r",),
}

_LONGEST_TYPED = 60
_DASHES = str.maketrans(dict.fromkeys("\u2010\u2011\u2012\u2013\u2014\u2212\uff0d", "-"))
_APOSTROPHES = str.maketrans(dict.fromkeys("\u2019\u02bc\u00b4`", "'"))
_ARABIC_DECIMAL = "\u066b"
_ARABIC_GROUP = "\u066c"
_GROUPED = r"[1-9]\d{0,2}(,\d{3})+|[1-9]\d?(,\d\d)+,\d{3}"
"""Thousands, or lakhs and crores as in 12,34,567."""
_NOT_A_SIGN = r"[A-Za-z.\s]+"
_CODE_MEETS_DIGIT = r"(?<=[^\W\d_])(?=\d)|(?<=\d)(?=[^\W\d_])"
_THOUSAND = 3


def decimals(currency: str) -> int:
    """Return how many decimals a currency has: 2 for EUR, 0 for JPY, 3 for KWD.

    Source: the fractions of CLDR 47; a currency it doesn't name has two.
    """
    code = currency.upper()
    return 0 if code in _WITHOUT_DECIMALS else _DECIMALS.get(code, 2)


def parse_amount(typed: str, *, currency: str, locale: str, field: str = "amount") -> int:
    """Return an amount in minor units, read from what somebody typed.

    Both "1,234.50" and "1.234,50" are understood, with or without the currency's sign or code,
    in any digits. Where a single mark could be either, the locale decides; where the locale
    would make it a number with too many decimals, nothing is guessed.

    Args:
        typed: what stands in the field.
        currency: the desk's currency, as its ISO code.
        locale: the shop's locale, such as "de" or "en_GB".
        field: what a form knows the field by.

    Raises:
        InvalidEntryError: it isn't one amount from nothing to MOST_CENTS; says why.
    """
    likes = f"like {_example(currency, locale)}"
    body = _bare_number(typed, currency=currency, locale=locale, field=field, likes=likes)
    whole, fraction = _split(body, currency=currency, locale=locale, field=field, likes=likes)
    places = decimals(currency)
    if len(fraction) > places:
        many = f"at most {places} digits after the point" if places else "no decimals"
        raise InvalidEntryError(
            field, f"An amount in {currency.upper()} has {many}. Type it {likes}."
        )
    cents = int(whole + fraction.ljust(places, "0"))
    if cents > _most(currency):
        most = amount_text(_most(currency), currency=currency, locale=locale)
        raise InvalidEntryError(field, f"That is more than {most}. Is there a digit too many?")
    return cents


def amount_text(cents: int, *, currency: str, locale: str) -> str:
    """Return an amount as an edit field shows it: "7.50", or "7,50" where that is the custom.

    Without a sign and without thousands marks, so that `parse_amount` gives the same again.
    """
    places = decimals(currency)
    digits = str(abs(cents)).rjust(places + 1, "0")
    sign = "-" if cents < 0 else ""
    if places == 0:
        return sign + digits
    return f"{sign}{digits[:-places]}{_decimal_mark(locale)}{digits[-places:]}"


def format_money(cents: int, *, currency: str, locale: str, short: bool = False) -> str:
    """Return an amount as people in the locale write it: "£7.50", "7,50 €".

    Args:
        cents: the amount in minor units.
        currency: its ISO code.
        locale: such as "en_GB"; an unknown one is taken as English.
        short: leave the decimals away where the amount is whole: "£25".
    """
    from babel.numbers import format_currency  # noqa: PLC0415 - 50 ms; not before the first paint

    places = decimals(currency)
    shown = 0 if short and cents % 10**places == 0 else places
    money = format_currency(
        Decimal(cents).scaleb(-places),
        currency.upper(),
        format=_pattern(locale, shown),
        locale=_locale(locale),
        currency_digits=False,
    )
    # CLDR wants a space between a code and the number ("KWD 2.500"); babel leaves it out.
    return re.sub(_CODE_MEETS_DIGIT, "\u00a0", money)


def currency_symbol(currency: str, locale: str) -> str:
    """Return a currency's sign as the locale writes it: "£", "€", "US$", or the code itself."""
    from babel.numbers import get_currency_symbol  # noqa: PLC0415 - not before the first paint

    return get_currency_symbol(currency.upper(), locale=_locale(locale))


def _example(currency: str, locale: str) -> str:
    """Return 7.50, 7.500 or 750, as it would be typed."""
    places = decimals(currency)
    cents = 750 if places == 0 else 75 * 10 ** (places - 1)
    return amount_text(cents, currency=currency, locale=locale)


def _most(currency: str) -> int:
    return MOST_CENTS * (1000 if currency.upper() in _SMALL_UNITS else 1)


def _bare_number(typed: str, *, currency: str, locale: str, field: str, likes: str) -> str:
    """Return the number without the currency around it, or say what is wrong with it."""
    text = _plain(typed)
    if not text:
        raise InvalidEntryError(field, f"How much is it? Type an amount {likes}.")
    places = [at for at, sign in enumerate(text) if sign.isdecimal() and sign.isascii()]
    if len(text) > _LONGEST_TYPED or not places:
        raise InvalidEntryError(field, f"That isn't an amount. Type it in digits, {likes}.")
    before, body, after = (
        text[: places[0]],
        text[places[0] : places[-1] + 1],
        text[places[-1] + 1 :],
    )
    if before.endswith((".", ",", _ARABIC_DECIMAL)) and not before[:-1].rstrip().isalpha():
        before, body = before[:-1], f"0{before[-1]}{body}"
    before, after = before.strip(), re.sub(r"^[.,]-{0,2}(?=\s|$)", "", after).strip()
    if "-" in before or after == "-" or before.startswith("("):
        raise InvalidEntryError(
            field, f"An amount can't be less than nothing. Type it without the minus, {likes}."
        )
    for word in (before.removeprefix("+").strip(), after):
        if word and not _means(word, currency, locale):
            raise InvalidEntryError(
                field,
                f"“{word}” isn't understood here: this desk counts in {currency.upper()}."
                f" Type the amount alone, {likes}.",
            )
    return body


def _plain(typed: str) -> str:
    """Return it with ASCII digits, plain spaces, dashes and apostrophes, and no hidden signs."""
    kept = []
    for sign in typed.translate(_DASHES).translate(_APOSTROPHES):
        category = unicodedata.category(sign)
        if category == "Nd":
            kept.append(str(unicodedata.decimal(sign)))
        elif sign.isspace():
            kept.append(" ")
        elif unicodedata.east_asian_width(sign) == "F":
            kept.append(unicodedata.normalize("NFKC", sign))
        elif not category.startswith("C"):
            kept.append(sign)
    return "".join(kept).strip()


def _means(word: str, currency: str, locale: str) -> bool:
    """Say whether a word or sign beside the number names the desk's own currency."""
    code = currency.upper()
    known = {code, currency_symbol(code, locale), currency_symbol(code, "en")}
    known |= {re.sub(_NOT_A_SIGN, "", sign) for sign in known}  # "US$" is also "$"
    known |= set(_ALSO_WRITTEN.get(code, ()))
    plain = {_plain(sign).casefold().strip(".") for sign in known} - {""}
    return word.casefold().strip(".") in plain


def _split(body: str, *, currency: str, locale: str, field: str, likes: str) -> tuple[str, str]:
    """Return the digits before and after the decimal mark."""
    mark = _mark(body, currency=currency, locale=locale)
    whole, _, fraction = body.rpartition(mark) if mark else (body, "", "")
    groups = re.sub(rf"[.,' {_ARABIC_GROUP}]", ",", whole)
    one_kind = len({sign for sign in whole if not sign.isdecimal()}) <= 1
    fits = whole.isdecimal() or (one_kind and re.fullmatch(_GROUPED, groups))
    if not fits or (mark and not fraction.isdecimal()):
        raise InvalidEntryError(field, f"That can be read in more than one way. Type it {likes}.")
    return groups.replace(",", ""), fraction


def _mark(body: str, *, currency: str, locale: str) -> str:
    """Return the sign that parts whole from fraction in it, or nothing."""
    if _ARABIC_DECIMAL in body:
        return _ARABIC_DECIMAL
    last = max(body.rfind("."), body.rfind(","))
    if last < 0:
        return ""
    sign = body[last]
    if body.count(sign) > 1:
        return ""
    alone = body.replace(sign, "", 1).isdecimal()
    if (
        alone
        and len(body) - last - 1 == _THOUSAND
        and re.fullmatch(_GROUPED, body.replace(sign, ","))
    ):
        may_group = sign != _decimal_mark(locale) or decimals(currency) == 0
        return "" if may_group else sign
    return sign


@lru_cache(maxsize=32)
def _locale(name: str) -> "Locale":
    from babel import Locale, UnknownLocaleError  # noqa: PLC0415 - not before the first paint

    try:
        return Locale.parse(name.replace("-", "_"))
    except (UnknownLocaleError, ValueError):
        return Locale("en")


@lru_cache(maxsize=32)
def _decimal_mark(locale: str) -> str:
    from babel.numbers import get_decimal_symbol  # noqa: PLC0415 - not before the first paint

    return get_decimal_symbol(_locale(locale))


@lru_cache(maxsize=64)
def _pattern(locale: str, places: int) -> str:
    """Return the locale's way to write money, with so many decimals."""
    usual = _locale(locale).currency_formats["standard"].pattern
    return re.sub(r"(?<=0)\.0+", f".{'0' * places}" if places else "", usual)
