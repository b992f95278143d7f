"""A review that was pasted: its site, its stars, its link, who wrote it, and what is left."""

import re
from itertools import pairwise

from recoverydesk.documents.eml import searchable
from recoverydesk.records import record


@record
class Review:
    """What somebody wrote on a review site, as it was pasted."""

    site: str
    """As the site calls itself; empty where nothing tells."""
    stars: float | None
    """Out of `most`; None where they gave none."""
    most: int
    """5; 6 for HolidayCheck's suns, 10 for Booking.com's points."""
    link: str
    name: str
    """The reviewer's, where the paste plainly begins with it."""
    text: str
    """Their words, without the lines that say the rest."""


_SITES = {
    "Google": r"google\.[a-z.]{2,6}|goo\.gl|g\.page|g\.co",
    "Tripadvisor": r"tripadvisor\.[a-z.]{2,6}",
    "Yelp": r"yelp\.[a-z.]{2,6}",
    "Trustpilot": r"trustpilot\.[a-z.]{2,6}",
    "Facebook": r"facebook\.com|fb\.(?:com|me)",
    "Booking.com": r"booking\.com",
    "HolidayCheck": r"holidaycheck\.[a-z]{2,3}",
    "Trusted Shops": r"trustedshops\.[a-z.]{2,6}",
    "OpenTable": r"opentable\.[a-z.]{2,6}",
    "Airbnb": r"airbnb\.[a-z.]{2,6}",
    "ProvenExpert": r"provenexpert\.com",
}
_LINK = re.compile(r"https?://((?:[a-z0-9-]{1,63}\.){1,8}[a-z]{2,24})(?:[/?#]\S{0,2000})?", re.I)
_OF_A_REVIEW = re.compile(
    r"(?i)review|rezension|bewertung|avis\b|contrib|hrid=|/maps/|maps\.app|/posts/|g\.co/kgs|g\.page"
)
_STAR = "stars?|sterne?n?|étoiles?|estrellas?|stelle|stella|sterren|estrelas?|sonnen|bubbles?"
_NUMBER = r"(?P<{0}>10|\d(?:[.,]\d)?)"
_SAID = r"(?:rated|rating|scored|bewertet mit|bewertung|note|nota|valutazione|beoordeling)\s*:?\s*"
_GLYPHS = re.compile("[★⭐🌟✭✩☆]\ufe0f?(?:\\s?[★⭐🌟✭✩☆]\ufe0f?){0,9}")
_RATED = re.compile(
    rf"(?:{_SAID})?{_NUMBER.format('given')}\s*(?:/|out of|von|sur|de|su|of|van)\s*"
    rf"(?P<most>5|6|10)(?:[.,]0)?(?:[\s-]*(?:{_STAR}))?|"
    rf"(?:{_SAID})?{_NUMBER.format('starred')}[\s-]*(?:{_STAR})|{_SAID}{_NUMBER.format('said')}",
    re.I,
)
_ABOUT = re.compile(
    r"(?i)\b(?:reviews?|reviewed|review|rezension(?:en)?|bewertung(?:en)?|avis|reseñas?|recensioni?"
    r"|contributions?|beiträge?|photos?|fotos?|local guide|verified|edited|bearbeitet|posted|new"
    r"|neu|on|am|le|via|auf|bei|sur|from|for|maps|date of experience|ago|an?|vor|eine[mr]"
    r"|il y a|hace|hours?|days?|weeks?|months?|years?|stunden?|tag(?:en?)?|wochen?"
    r"|monat(?:en?)?|jahr(?:en?)?|jours?|semaines?|mois|ans?|días?|mes(?:es)?|años?"
    r"|jan(?:uary?|vier)?|feb(?:ruary?)?|févr?(?:ier)?|mar(?:ch|s)?|märz?|apr(?:il)?|avril|ma[yi]"
    r"|jun[ei]?|juin|jul[yi]?|juillet|aug(?:ust)?|août|sept?(?:emb(?:er|re))?|o[ck]t(?:ob(?:er|re))?"
    r"|nov(?:emb(?:er|re))?|de[cz](?:ember)?|déc(?:embre)?)\b|[\d\W_]+"
)
_WROTE_IT = re.compile(r"(.{2,40}?) (?:wrote a review|left a review|hat eine bewertung)\b.{0,60}")
_GREETING = re.compile(
    r"(?i)(?:dear|hello|hi|hey|good (?:morning|day|afternoon|evening)|to whom|guten|hallo|liebe"
    r"|sehr geehrte|bonjour|madame|monsieur|cher|hola|buenos|estimad|buongiorno|gentile|beste)"
)
_CLOSING = re.compile(
    r"(?i)(?:(?:kind|best|warm) )?(?:regards|wishes)|best|yours|sincerely|cheers|thanks|thank you"
    r"|(?:viele|liebe|beste|freundliche|mit .*) (?:grüße|grüßen)|mfg|cordialement|saludos"
)
_NO_NAME_WORDS = """
    terrible horrible awful worst bad poor great good best never avoid disappointed disappointing
    service food experience place staff rude slow cold very not no the a an what nice lovely ok
    schlecht schlechter schlechte schrecklich nie enttäuscht enttäuschend katastrophe essen
    personal unfreundlich mauvais mauvaise déçu décevant nul jamais excellent waste overpriced rip
    stay away warning scam beware review reviews rating"""
_NO_NAMES = frozenset(_NO_NAME_WORDS.split())
_PARTICLES = {"al", "bin", "da", "de", "del", "den", "der", "di", "el", "la", "van", "von", "y"}
_NAME = re.compile(r"[^\W\d_][\w'’.-]{0,20}")  # noqa: RUF001 - as names are typeset
_FILLED = "★⭐🌟✭"
_STARS = 5
_SCALES = {"Booking.com": 10, "HolidayCheck": 6}
_LONGEST_REVIEW = 20_000
_LONGEST_LINE = 80
_LONGEST_SHOWN_NAME = 40
_HEAD_OF_REVIEW = 8
_MOST_WORDS_OF_NAME = 4


def looks_like_review(text: str) -> Review | None:
    """Read a pasted review; None where it may as well be anything else.

    A rating or a review's address has to stand on a line of its own. A mail that only speaks of
    stars, or ends with the shop's page on a site, is none.
    """
    if len(text) > _LONGEST_REVIEW:
        return None
    lines = [" ".join(line.split()) for line in searchable(text).split("\n")]
    said = [line for line in lines if line]
    head = said[:_HEAD_OF_REVIEW]
    rated = next((line for line in head if _rating(line)), "")
    linked = next((line for line in said if _LINK.fullmatch(line) and _site(line)), "")
    named = next((line for line in (*head, *said[-2:]) if _site(line)), "")
    if not _is_review(said, rated, linked, named):
        return None
    site = _site(linked) or _site(named)
    name, spent = _reviewer(said)
    given, given_of = _rating(rated) or (0.0, 0)
    away = {rated, linked, named, spent, *filter(_is_aside, (*head, *said[-2:]))}
    words = "\n".join(line for line in lines if not line or line not in away).strip()
    if not (words or site):
        return None
    most = given_of or _SCALES.get(site, _STARS)
    return Review(site, given or None, most, linked, name, re.sub(r"\n{3,}", "\n\n", words))


def _is_review(said: list[str], rated: str, linked: str, named: str) -> bool:
    greeted = bool(said) and bool(_GREETING.match(said[0]))
    if rated:
        return not greeted or bool(linked or named)
    if said and _WROTE_IT.fullmatch(said[0]):
        return True
    closed = any(_CLOSING.match(line) for line in said[-5:])
    if greeted or closed or not _OF_A_REVIEW.search(linked):
        return False
    return linked in {said[0], said[-1]}


def _rating(line: str) -> tuple[float, int] | None:
    """Return the stars a line gives, and of how many (0 where it doesn't say)."""
    if len(line) > _LONGEST_LINE:
        return None
    if glyphs := _GLYPHS.match(line):
        stars = re.sub(r"[\s\ufe0f]", "", glyphs[0])
        filled = sum(star in _FILLED for star in stars)
        return (float(filled), max(_STARS, len(stars))) if filled else None
    rated = _RATED.match(line)
    if not rated or line[rated.end() :][:1] in {"/", "."} or not _only_about(line[rated.end() :]):
        return None
    number = rated["given"] or rated["starred"] or rated["said"]
    given, most = float(number.replace(",", ".")), int(rated["most"] or 0)
    return (given, most) if 0 < given <= (most or 10) else None


def _only_about(words: str) -> bool:
    """Say whether words only tell when, where and how often somebody reviewed."""
    for site in _SITES:
        words = re.sub(re.escape(site), "", words, flags=re.IGNORECASE)
    return not _ABOUT.sub("", words)


def _is_aside(line: str) -> bool:
    short = len(line) <= _LONGEST_LINE
    return short and any(sign.isalpha() for sign in line) and _only_about(line)


def _site(line: str) -> str:
    """Return the site a line links to, or names without saying much else."""
    if link := _LINK.fullmatch(line):
        host = link[1].lower()
        hosts = (
            site for site, known in _SITES.items() if re.fullmatch(rf"(?:.*\.)?(?:{known})", host)
        )
        return next(hosts, "")
    if not _is_aside(line):
        return ""
    if "local guide" in line.casefold():
        return "Google"
    return next((site for site in _SITES if site.casefold() in line.casefold()), "")


def _reviewer(said: list[str]) -> tuple[str, str]:
    """Return the reviewer's name and the line it stands on, where that is plain."""
    if wrote := _WROTE_IT.fullmatch(said[0]):
        return wrote[1], said[0]
    for line, below in pairwise(said[:4]):
        if _is_about(line):
            continue
        return (line, line) if _is_about(below) and _is_name(line) else ("", "")
    return "", ""


def _is_about(line: str) -> bool:
    return bool(_rating(line) or _is_aside(line) or _site(line))


def _is_name(line: str) -> bool:
    words = line.split()
    if len(words) > _MOST_WORDS_OF_NAME or len(line) > _LONGEST_SHOWN_NAME:
        return False
    if line[-1] == "." and len(words[-1]) > len("Jr."):
        return False
    return all(
        _NAME.fullmatch(word)
        and word.casefold() not in _NO_NAMES
        and (not word[0].islower() or word in _PARTICLES)
        for word in words
    )
