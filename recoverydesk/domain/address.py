"""Addresses as each country's post wants to read them.

The layouts follow the Universal Postal Union's country sheets (standard S42) and the countries'
own posts; abroad, town and country stand in capitals (UPU Letter Post Regulations).
"""

import re
import unicodedata
from collections.abc import Iterator
from functools import cache
from string import Formatter

from recoverydesk.domain.language import LANGUAGES
from recoverydesk.records import record


@record
class Address:
    """Where somebody lives, as typed."""

    name: str
    street: str = ""
    """One line or several: house, flat, building."""
    postcode: str = ""
    town: str = ""
    country: str = ""
    """A name in one of our languages, a code, or anything; empty for the shop's own."""


# Lines stand apart by "|"; TOWN is the town in capitals, where the post asks for them at home too.
# Royal Mail, An Post and Magyar Posta want the postcode alone on the last line; PostNL, PostNord
# in Sweden and Canada Post want two spaces beside it.
_LAYOUTS = {
    "{street}|{TOWN}|{postcode}": "GB GG IM JE GI",
    "{street}|{town}|{postcode}": "IE ZA KE LK EG RU UA KZ",
    "{town}|{street}|{postcode}": "HU",
    "{street}|{postcode}  {TOWN}": "NL SE",
    "{street}|{TOWN}  {postcode}": "CA",
    "{street}|{TOWN} {postcode}": "AU",
    "{street}|{town} {postcode}": "US PR NZ IN ID IL MT SG SA JO LB NG NP BD KH BN PE JP KR TW TH",
    "{street}|{postcode} {TOWN}": "FR MC GP MQ RE GF NC PF ES IT SM VA NO FI PT MY LU",
    "{street}|{postcode} {town}": (
        "DE AT CH LI BE DK IS FO GL PL CZ SK SI HR RS BA ME MK BG RO GR CY EE LT MD AL BR MX AR "
        "CL UY PY CR DO TR GE MA TN DZ SN KW PH VN"
    ),
    "{street}|{town}, {postcode}": "LV CN",
    "{street}|{postcode}|{TOWN}": "EC",
}
_USUAL = "{street}|{postcode} {town}"
_BY_COUNTRY = {code: lines for lines, codes in _LAYOUTS.items() for code in codes.split()}

# Written in their own script, these begin with the widest and end with the person.
_NATIVE = {
    "JP": "〒{postcode}|{town}{street}|{name}",
    "CN": "{postcode}|{town}{street}|{name}",
    "TW": "{postcode}|{town}{street}|{name}",
    "KR": "{town} {street}|{name}|{postcode}",
}

_PREFIXES = {"LU": "L-", "LT": "LT-", "LV": "LV-", "MD": "MD-"}
"""What belongs to the postcode at home, too; it is added where only the number was typed."""

# How a postcode is parted where it was typed in one piece; "*" stands for what comes before.
_GROUPS = {
    "GB": "* ###",
    "GG": "* ###",
    "IM": "* ###",
    "JE": "* ###",
    "IE": "### ####",
    "CA": "### ###",
    "NL": "#### ##",
    "SE": "### ##",
    "CZ": "### ##",
    "SK": "### ##",
    "GR": "### ##",
    "PL": "##-###",
    "PT": "####-###",
    "BR": "#####-###",
    "JP": "###-####",
}

_ALSO_CALLED = {
    "GB": (
        "greatbritain england scotland wales northernireland cymru unitedkingdom grossbritannien "
        "grandebretagne granbretana grootbrittannie"
    ),
    "US": "america unitedstates estadosunidos",
    "NL": "holland nederland thenetherlands paysbas",
    "IE": "eire republicofireland irishrepublic",
    "CH": "svizzera svizra",
    "DE": "d",
    "AT": "a",
    "FR": "f",
    "BE": "b",
    "LU": "l",
    "CZ": "czechrepublic ceskarepublika cesko",
    "TR": "turkey turkiye",
    "IT": "i italia",
    "DK": "danmark",
    "SE": "sverige",
    "NO": "norge noreg",
    "FI": "suomi",
    "PL": "polska",
    "HU": "magyarorszag",
    "GR": "ellada ελλαδα hellas",
    "HR": "hrvatska",
    "JP": "nippon nihon 日本",
    "CN": "中国",
    "KR": "southkorea korea 대한민국",
    "IN": "bharat भारत",
}
_CAN_BE_CAPITAL = ("LATIN", "GREEK", "CYRILLIC")
_EAST_ASIAN = re.compile("[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]")


def address_lines(address: Address, *, home: str, language: str) -> tuple[str, ...]:
    """Return the lines of an address, the way its country writes them.

    Args:
        address: where it goes.
        home: the sender's country as its two-letter code; empty where it is unknown.
        language: what the sender's country speaks; the country's name is printed in it, and only
            where the letter goes abroad. A country nobody knows is printed as it was typed.
    """
    typed = _tidy(address.country)
    code = country_code(typed) if typed else home
    abroad = bool(typed) and (not code or code != home)
    lines = list(_home_lines(address, code or home, capitals=abroad))
    if abroad:
        lines.append(country_name(code, language) if code else typed)
    return tuple(lines)


def _home_lines(address: Address, country: str, *, capitals: bool) -> Iterator[str]:
    street = [line for line in map(_tidy, address.street.splitlines()) if line]
    town = _tidy(address.town)
    upper = _capitals(town, country)
    values = {
        "name": _tidy(address.name),
        "postcode": _postcode(address.postcode, country),
        "town": upper if capitals else town,
        "TOWN": upper,
    }
    layout = f"{{name}}|{_BY_COUNTRY.get(country, _USUAL)}"
    if _EAST_ASIAN.search("".join((*street, town))):
        layout = _NATIVE.get(country, layout)
    for line in layout.split("|"):
        if line == "{street}":
            yield from street
            continue
        filled = _filled(line, values | {"street": " ".join(street)})
        if filled:
            yield filled


def _filled(line: str, values: dict[str, str]) -> str:
    """Return a line with its values, empty where none of them is known."""
    found = [values[name] for _, name, _, _ in Formatter().parse(line) if name]
    if not any(found):
        return ""
    text = line.format_map(values)
    return text if all(found) else text.strip(" ,")


def _tidy(text: str) -> str:
    return " ".join(text.split())


def _postcode(typed: str, country: str) -> str:
    """Return a postcode in capitals, parted where its country parts it."""
    postcode = _tidy(typed).upper()
    pattern = _GROUPS.get(country, "")
    wanted = pattern.count("#")
    if pattern and postcode.isalnum() and postcode.isascii():
        if pattern.startswith("*") and 1 < len(postcode) - wanted <= 4:  # noqa: PLR2004 - UK outward codes
            return f"{postcode[:-wanted]} {postcode[-wanted:]}"
        if len(postcode) == wanted:
            signs = iter(postcode)
            return "".join(next(signs) if sign == "#" else sign for sign in pattern)
    prefix = _PREFIXES.get(country, "")
    return prefix + postcode if prefix and postcode[:1].isdigit() else postcode


def _capitals(text: str, country: str) -> str:
    """Return a town in capitals, as its own language writes them, where its script has them."""
    if country in {"TR", "AZ"}:
        text = text.replace("i", "İ")
    letters = [sign for sign in text if sign.isalpha()]
    if not all(unicodedata.name(sign, "").startswith(_CAN_BE_CAPITAL) for sign in letters):
        return text
    upper = text.upper()
    if country in {"GR", "CY"}:  # capitals have no accent in Greek
        upper = unicodedata.normalize("NFC", _without(upper, "\u0301"))
    return upper


def _without(text: str, mark: str) -> str:
    return unicodedata.normalize("NFD", text).replace(mark, "")


# -- countries -----------------------------------------------------------------------------------


def country_code(typed: str) -> str:
    """Return the two-letter code of a country's name or code; empty where it is no country's.

    Args:
        typed: a name in any of our languages, "UK", "GBR", "Holland", in any case.
    """
    key = _key(typed)
    return (_by_name("").get(key) or _by_any_name().get(key, "")) if key else ""


def country_name(code: str, language: str) -> str:
    """Return a country's name in capitals, in a language such as "de"; the code if unknown."""
    from babel import Locale, UnknownLocaleError  # noqa: PLC0415 - start-up doesn't pay for it

    try:
        names = Locale.parse(language).territories
    except (UnknownLocaleError, ValueError):
        names = Locale.parse(LANGUAGES[0]).territories
    name = str(names.get(code, code))
    return _capitals(name, "GR" if language == "el" else "TR" if language == "tr" else "")


def language_of(country: str, preferred: str) -> str:
    """Return the language in which a country's post reads the name of another one.

    Args:
        country: the sender's, as its two-letter code.
        preferred: what the sender speaks; taken where it is official there, or nothing better
            is known.
    """
    from babel.languages import get_official_languages  # noqa: PLC0415 - start-up doesn't pay for it

    official = get_official_languages(country, de_facto=True) if country else ()
    return preferred if preferred in official or not official else str(official[0])


def _key(text: str) -> str:
    plain = unicodedata.normalize("NFKD", text.casefold())
    return "".join(sign for sign in plain if sign.isalnum())


@cache
def _by_name(language: str) -> dict[str, str]:
    """Return each country's code by its name in a language; "" for codes and other names."""
    from babel import Locale  # noqa: PLC0415 - start-up doesn't pay for it
    from babel.core import get_global  # noqa: PLC0415 - as above

    if language:
        names = Locale.parse(language).territories
        return {_key(str(name)): str(code) for code, name in names.items() if _is_code(str(code))}
    others = {_key(name): code for code, names in _ALSO_CALLED.items() for name in names.split()}
    codes = {
        _key(code): code for code in map(str, Locale.parse("en").territories) if _is_code(code)
    }
    aliases = get_global("territory_aliases")
    for alias, found in aliases.items():
        if alias.isalpha() and len(found) == 1:
            others.setdefault(_key(alias), found[0])
    return others | codes


@cache
def _by_any_name() -> dict[str, str]:
    names: dict[str, str] = {}
    for language in reversed(LANGUAGES):
        names |= _by_name(language)
    return names


def _is_code(code: str) -> bool:
    return len(code) == len("GB") and code.isalpha() and code not in {"EU", "UN", "EZ", "ZZ", "QO"}
