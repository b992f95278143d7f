"""People's names: stored as they write them, found however they are typed."""

import re
import unicodedata

from recoverydesk.domain.text import tidy_text
from recoverydesk.errors import InvalidEntryError

LONGEST_NAME = 200

_TITLE_WORDS = """
    mr mrs ms miss mx dr prof professor sir dame lord lady rev revd reverend father sister brother
    rabbi imam captain capt herr frau fraulein hr fr monsieur madame mme mlle m senor senora sr
    sra srta don dona signor signora sig sigra dott meneer mevrouw dhr mevr pan pani fru
    family familie famille"""
_JOINING_WORDS = "and und et y e en og och i & + /"
_BUSINESS_WORDS = """
    ltd limited llc llp inc plc corp co company gmbh ag kg ug ohg ev sarl sas sa bv nv ab oy as
    aps srl spa pty cafe hotel restaurant school club church team"""
_SUFFIX_WORDS = "jr sr ii iii iv phd md mba esq obe mbe cbe bsc msc ma ba"
_TITLES = frozenset(_TITLE_WORDS.split())
_JOINED = frozenset(_JOINING_WORDS.split())
_BUSINESS = frozenset(_BUSINESS_WORDS.split())
_SUFFIXES = frozenset(_SUFFIX_WORDS.split())

# Letters that Unicode doesn't take apart into a base letter and an accent.
_PLAIN_LETTERS = str.maketrans(
    {"ß": "ss", "æ": "ae", "œ": "oe", "ø": "o", "đ": "d", "ð": "d", "ł": "l", "\u0131": "i"}
    | {"þ": "th", "ħ": "h", "ŧ": "t", "ŋ": "n", "ĸ": "k"}
)
_ACCENTS = "[\u0300-\u036f]"
_APOSTROPHES = "['\u2018\u2019\u02bb\u02bc`\u00b4]"
# "Mueller" and "Müller" meet at "muller". It also makes "Sue" into "su", but so it does in
# everything that is looked up.
_UMLAUT_SPELT_OUT = "([aou])e+"
_FIRST_WORD_IS_GIVEN = ("LATIN", "GREEK", "CYRILLIC", "HEBREW", "ARMENIAN", "GEORGIAN")
_FLAGS = range(0x1F1E6, 0x1F200)
_SKIN_TONES = range(0x1F3FB, 0x1F400)
_JOINER = "\u200d"
_VIRAMA = 9  # the combining class of all viramas


def tidy_name(typed: str) -> str:
    """Return a name as it is stored: one line, single spaces, NFC, otherwise as typed.

    Raises:
        InvalidEntryError: it is empty, or longer than LONGEST_NAME characters.
    """
    name = " ".join(tidy_text(typed, field="name").split())
    if not any(unicodedata.category(sign)[0] in "LNSP" for sign in name):
        raise InvalidEntryError("name", "Who is it? Type a name, or how you know them.")
    if len(name) > LONGEST_NAME:
        raise InvalidEntryError(
            "name",
            f"That name has {len(name):,} characters; {LONGEST_NAME} fit."
            " Keep the name here and put the rest in the note.",
        )
    return name


def name_key(name: str) -> str:
    """Return what a name is sorted and looked up by: "muller" for Müller, Mueller and MÜLLER.

    Lower case, without accents, punctuation and apostrophes; other scripts are kept as they are.
    """
    plain = name.casefold().translate(_PLAIN_LETTERS)
    plain = re.sub(_ACCENTS, "", unicodedata.normalize("NFKD", plain)).translate(_PLAIN_LETTERS)
    plain = re.sub(_APOSTROPHES, "", unicodedata.normalize("NFC", plain).casefold())
    words = "".join(sign if _in_a_word(sign) else " " for sign in plain).split()
    key = re.sub(_UMLAUT_SPELT_OUT, r"\1", " ".join(words))
    return key or " ".join(plain.split())


def first_name(name: str) -> str:
    """Return what to greet somebody by, or the whole name where guessing could go wrong.

    "Eleanor" for Eleanor Whitcombe-Ashworth; the whole of "Mrs Lowther", "Tom and Ada Obi",
    "Obi Ltd", and of names in scripts where the first word may be the family's.
    """
    whole = " ".join(name.split())
    family, comma, given = whole.partition(",")
    if comma:
        whole_given = given.strip()
        if " " in family or "," in given or _bare(whole_given) in _SUFFIXES | {""}:
            return whole
        return first_name(whole_given)
    words = whole.split(" ")
    if len(words) == 1 or not _can_guess(words):
        return whole
    return words[0]


def initials(name: str) -> str:
    """Return one or two signs to stand for a name in a circle; "?" where there is none.

    Whole signs as people see them: an accent, a family emoji or a flag is never cut apart.
    """
    words = [word.strip("()[]{}\"'“”„.,;:-–—") for word in name.split()]  # noqa: RUF001
    words = [word for word in words if word]
    if len(words) > 1 and _bare(words[0]) in _TITLES:
        words = words[1:]
    if not words:
        return "?"
    signs = _first_sign(words[0])
    if len(words) > 1:
        signs += _first_sign(words[-1])
    if not signs:  # nothing but joiners
        return "?"
    upper = unicodedata.normalize("NFC", signs.upper())
    return upper if len(upper) == len(signs) else signs


def _can_guess(words: list[str]) -> bool:
    first = words[0]
    if _bare(first) in _TITLES or len(_bare(first)) <= 1 or first.endswith("."):
        return False
    if any(_bare(word) in _JOINED or word in _JOINED for word in words):
        return False
    return _bare(words[-1]) not in _BUSINESS and all(
        unicodedata.name(sign, "").startswith(_FIRST_WORD_IS_GIVEN)
        for sign in first
        if sign.isalpha()
    )


def _bare(word: str) -> str:
    """Return a word in ASCII lower case without dots, to be compared with the lists above."""
    plain = re.sub(_ACCENTS, "", unicodedata.normalize("NFKD", word.casefold()))
    return "".join(sign for sign in plain if sign.isalnum())


def _in_a_word(sign: str) -> bool:
    return unicodedata.category(sign)[0] in "LMN" or sign in "\u200c\u200d"


def _first_sign(word: str) -> str:
    """Return the first sign of a word as people see it.

    The rules of Unicode Annex 29 that names need: marks, joiners, skin tones, pairs of flags.
    """
    word = unicodedata.normalize("NFC", word)
    end = 1
    if ord(word[0]) in _FLAGS and len(word) > 1 and ord(word[1]) in _FLAGS:
        end = 2
    while end < len(word) and (_extends(word[end]) or _binds(word[end - 1])):
        end += 1
    return word[:end].rstrip(_JOINER)


def _binds(sign: str) -> bool:
    """Say whether the next letter belongs to the same sign: after a joiner, or a virama."""
    return sign == _JOINER or unicodedata.combining(sign) == _VIRAMA


def _extends(sign: str) -> bool:
    return sign == _JOINER or ord(sign) in _SKIN_TONES or unicodedata.category(sign).startswith("M")
