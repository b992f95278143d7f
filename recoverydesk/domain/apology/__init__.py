"""What a good letter of apology has in it, and which phrases undo it, in five languages.

The six parts are those of Lewicki, Polin and Lount, "An Exploration of the Structure of Effective
Apologies" (Negotiation and Conflict Management Research 9, 2016): saying whose fault it was and
offering to mend it weigh most, asking for forgiveness least. It looks for usual wordings, so it
may miss a part that is there in other words: it advises, changes nothing, and never holds a
letter back.
"""

import re
import unicodedata
from collections.abc import Iterable, Mapping
from functools import cache

from recoverydesk.domain.apology import dutch, english, french, german, spanish
from recoverydesk.domain.apology.wording import Doubt, Sentences, Wordings
from recoverydesk.domain.language import known_language
from recoverydesk.domain.merge_fields import MergeField
from recoverydesk.records import record

_WORDS: Mapping[str, Wordings] = {
    "en": english.WORDS,
    "de": german.WORDS,
    "fr": french.WORDS,
    "es": spanish.WORDS,
    "nl": dutch.WORDS,
}

LANGUAGES: frozenset[str] = frozenset(_WORDS)
"""The languages whose words are known here."""

# What it does to the reader, and what to do about it.
_ADVICE: Mapping[Doubt, tuple[str, str]] = {
    Doubt.BUT: (
        "A “but” takes the apology back.",
        "End the sentence before it. Explain in a sentence of its own, or leave it out.",
    ),
    Doubt.IF: (
        "An “if” doubts what they told you.",
        "Leave the “if” out: say that it happened.",
    ),
    Doubt.FEELINGS: (
        "It apologises for their feelings, not for what happened.",
        "Say what you are sorry for.",
    ),
    Doubt.NOBODY: (
        "Nobody seems to have done it.",
        "Say who did what: begin with “we”.",
    ),
    Doubt.BLAME: (
        "It blames the reader.",
        "Say what you could have done instead.",
    ),
    Doubt.INCONVENIENCE: (
        "It says that you don't know what it did to them.",
        "Name what they went through, such as a second trip or a lost evening.",
    ),
    Doubt.MISUNDERSTANDING: (
        "It makes the failure theirs as much as yours.",
        "Say what happened on your side.",
    ),
    Doubt.PATIENCE: (
        "It asks them to put up with it.",
        "Show that you understand them.",
    ),
    Doubt.EXCUSE: (
        "It sounds like an excuse.",
        "Leave the reason out, or say what you have changed about it.",
    ),
    Doubt.FLATTERY: (
        "Everybody has read it too often to believe it.",
        "Say one thing that only you could write to this customer.",
    ),
    Doubt.ADMISSION: (
        "It admits liability, and this letter is meant not to.",
        "Show your concern and say what you do next; leave out whose fault it was.",
    ),
}

_STANDS_FOR: Mapping[str, str] = {
    MergeField.PROBLEM: "what_happened",
    MergeField.OUR_PART: "responsibility",
    MergeField.WHAT_CHANGED: "never_again",
    MergeField.REMEDIES: "repair",
    MergeField.REMEDY: "repair",
}

_PARTS = (
    "regret", "what_happened", "responsibility", "never_again", "repair", "forgiveness",
)  # fmt: skip

_FIELD = re.compile(r"\{\{ ?([a-z_]{1,30}) ?(?:\|[^{}\n]{0,200})?\}\}")
_QUOTES = str.maketrans(dict.fromkeys("\u2018\u2019\u201b\u02bc\u00b4`", "'"))
# Soft hyphens, signs without width, and the stars of Markdown's bold and italic.
_UNSEEN = frozenset("\u00ad\u200b\u200c\u200d\u2060\ufeff*")


@record
class Parts:
    """Which of the six parts a letter seems to have."""

    regret: bool
    what_happened: bool
    responsibility: bool
    never_again: bool
    repair: bool
    forgiveness: bool
    """Optional: asking for it may come across as one more demand."""
    careful: bool = False
    """Whether the letter is to show concern without admitting liability."""

    @property
    def complete(self) -> bool:
        """Whether the parts that matter are there: five, or four in a careful letter."""
        return all(
            (
                self.regret,
                self.what_happened,
                self.responsibility or self.careful,
                self.never_again,
                self.repair,
            )
        )


@record
class Finding:
    """A phrase to reconsider.

    Attributes:
        start: where it begins in the text.
        end: where it ends.
        phrase: the words themselves.
        why: what it does to the reader, in English.
        better: what to do about it, in English.
        sentence: one in the letter's language that could stand in place of the sentence that the
            phrase is in; empty if none fits.
    """

    start: int
    end: int
    phrase: str
    why: str
    better: str
    sentence: str


@record
class _Rules:
    """A language's wordings, ready to search with."""

    parts: Mapping[str, re.Pattern[str]]
    doubts: tuple[tuple[Doubt, re.Pattern[str]], ...]
    sentences: Mapping[Doubt, Sentences]


@record
class _Reading:
    """A text as it is read: one space for a gap, no signs that nobody sees.

    Attributes:
        text: what is read.
        starts: where each of its signs begins in the original.
        ends: where each of them ends there.
    """

    text: str
    starts: list[int]
    ends: list[int]

    def place(self, start: int, end: int) -> tuple[int, int]:
        """Return where a part that is not empty stands in the original."""
        return self.starts[start], self.ends[end - 1]


def parts(text: str, *, language: str = "en", careful: bool = False) -> Parts:
    """Return which of the six parts a letter seems to have; none in a language unknown here.

    Args:
        text: the letter, Markdown; merge fields count as what they stand for.
        language: the letter's, as a tag such as "de" or "de-AT".
        careful: whether it is to show concern without admitting liability.
    """
    known = _known(language)
    if not known:
        return Parts(**dict.fromkeys(_PARTS, False), careful=careful)
    plain = _read(text).text
    promised = {_STANDS_FOR.get(match[1]) for match in _FIELD.finditer(plain)}
    plain = _FIELD.sub("·", plain)  # a field's words for when it is empty say nothing yet
    there = {
        part: part in promised or bool(wording.search(plain))
        for part, wording in _rules(known).parts.items()
    }
    return Parts(**there, careful=careful)


def check(text: str, *, language: str = "en", careful: bool = False) -> tuple[Finding, ...]:
    """Return a letter's phrases to reconsider, in the order of the text and none within another.

    Args:
        text: the letter, Markdown.
        language: the letter's, as a tag such as "de" or "de-AT"; nothing is found in a language
            unknown here.
        careful: whether to point out what admits liability as well, and to offer only sentences
            that don't.
    """
    known = _known(language)
    if not known:
        return ()
    rules = _rules(known)
    reading = _read(text)
    found = [
        _finding(text, reading.place(*_place(match)), doubt, _sentence(rules, doubt, careful))
        for doubt, wording in rules.doubts
        if careful or doubt is not Doubt.ADMISSION
        for match in wording.finditer(reading.text)
    ]
    return tuple(_outermost(found))


def _known(tag: str) -> str:
    language = known_language(tag)
    return language if language in LANGUAGES else ""


def _place(match: re.Match[str]) -> tuple[int, int]:
    return match.span("it" if "it" in match.re.groupindex else 0)


def _sentence(rules: _Rules, doubt: Doubt, careful: bool) -> str:  # noqa: FBT001 - private
    sentences = rules.sentences[doubt]
    return sentences.careful if careful else sentences.plain


def _finding(text: str, place: tuple[int, int], doubt: Doubt, sentence: str) -> Finding:
    start, end = place
    why, better = _ADVICE[doubt]
    return Finding(start, end, text[start:end], why, better, sentence)


def _outermost(found: Iterable[Finding]) -> Iterable[Finding]:
    over = 0
    for finding in sorted(found, key=lambda one: (one.start, -one.end)):
        if finding.start >= over:
            over = finding.end
            yield finding


def _read(text: str) -> _Reading:
    signs: list[str] = []
    starts: list[int] = []
    ends: list[int] = []
    for place, sign in enumerate(text.translate(_QUOTES)):
        if sign in _UNSEEN:
            continue
        if signs and (joined := _joined(signs[-1], sign)):
            signs[-1] = joined
            ends[-1] = place + 1
            continue
        signs.append(" " if sign.isspace() else sign)
        if sign in "\n\u2029":
            signs[-1] = "\r"  # one may be a line's end; a second makes it a paragraph's
        starts.append(place)
        ends.append(place + 1)
    return _Reading("".join(signs).replace("\r", " "), starts, ends)


def _joined(before: str, sign: str) -> str:
    """Return what two signs are together: one gap, a paragraph's end, an accented letter."""
    if sign.isspace():
        if before in "\n\r" and sign in "\n\u2029":
            return "\n"
        if before in " \n\r":
            return "\r" if sign in "\n\u2029" else before
        return ""
    if not unicodedata.combining(sign):
        return ""
    together = unicodedata.normalize("NFC", before + sign)
    return together if len(together) == 1 else ""


@cache
def _rules(language: str) -> _Rules:
    """Compile a language's wordings once it is asked for: a start of the program needs none."""
    words = _WORDS[language]
    sorry = _group(words.regret)
    doubts = [(doubt, _pattern(_group(wordings))) for doubt, wordings in words.doubts.items()]
    within = r"[^.!?\n]"
    contrast = (
        rf'{sorry}(?:{within}{{0,90}}?|{within}{{0,90}}[.!?]"? )(?P<it>{_group(words.contrast)})'
    )
    condition = _group(words.conditions)
    return _Rules(
        parts={part: _pattern(_group(getattr(words, part))) for part in _PARTS},
        doubts=(
            (Doubt.BUT, _pattern(contrast)),
            (Doubt.IF, _pattern(rf"{sorry}{within}{{0,60}}?(?P<it>{condition})")),
            (Doubt.IF, _pattern(rf"(?P<it>{condition})(?={within}{{0,90}}{sorry})")),
            *doubts,
        ),
        sentences=words.sentences,
    )


def _group(wordings: tuple[str, ...]) -> str:
    """Return wordings in short hand as one expression that begins and ends with a word."""
    one = "|".join(wordings)
    one = re.sub(r"\((?!\?)", "(?:", one)
    one = re.sub(r"~(\d) ", r"(?:[\\w'-]{1,24},? ){0,\1}", one)
    return rf"(?<!\w)(?:{one})(?!\w)"


def _pattern(wording: str) -> re.Pattern[str]:
    return re.compile(wording, re.IGNORECASE)
