"""The papers' own words, by language: resources/letters/<language>/words.toml."""

from functools import cache

from recoverydesk.domain.language import LANGUAGES, known_language
from recoverydesk.places import RESOURCES
from recoverydesk.records import record


@record
class Wording:
    """Labels that stand on every paper of a kind."""

    our_reference: str
    page: str
    page_of: str
    recipient: str
    sender: str
    code: str
    use_by: str
    scan: str
    continued: str
    anything_else: str
    notes_hint: str
    gift_certificate: str
    gift_card: str
    coupon: str
    store_credit: str
    of_amount: str
    """Before what a part-used voucher was worth at first: "of {amount}"."""
    everyone: str
    """Who gives it: "{owner} and everyone at {shop}"."""
    second_chance: str
    anything_without_end: str
    our_number: str
    we_will_call: str
    thank_you_for_telling: str
    how_did_we_do: str
    all_well_again: str
    what_else: str
    may_we_call: str
    yes: str
    partly: str
    no: str
    not_happy: str
    tell_us: str
    tell_us_why: str
    heard_within: str
    """The poster's promise: "... within {hours} opening hours."."""
    enclosure: str
    """Of one thing in the envelope, below the name; of several: `enclosures`."""
    enclosures: str
    quoted: str
    """Somebody's own words between quotation marks: "“{words}”"."""


@cache
def wording(language: str) -> Wording:
    """Return the labels for a language tag such as "en-GB"; English where there are none."""
    import tomllib  # noqa: PLC0415 - for papers only

    folder = RESOURCES / "letters" / (known_language(language) or LANGUAGES[0])
    values = tomllib.loads((folder / "words.toml").read_text(encoding="utf-8"))
    letter = values["letter"]
    shared = {key: letter[key] for key in ("enclosure", "enclosures", "quoted")}
    return Wording(**values["paper"], **shared)
