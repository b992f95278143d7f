"""The papers' own words, by language. English until others are translated."""

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


_ENGLISH = Wording(
    our_reference="Our reference",
    page="Page {page}",
    page_of="Page {page} of {pages}",
    recipient="For",
    sender="From",
    code="Code",
    use_by="Use by",
    scan="Scan at the till",
    continued="(continued)",
    anything_else="Anything else you heard today",
    notes_hint="Dotted lines are for your notes. Tick here, then tick in RecoveryDesk.",
)

_BY_LANGUAGE = {"en": _ENGLISH}


def wording(language: str) -> Wording:
    """Return the labels for a language tag such as "en-GB"; English where there are none."""
    return _BY_LANGUAGE.get(language.partition("-")[0].casefold(), _ENGLISH)
