"""What a paper of one page is made of; see `one_page`."""

from recoverydesk.documents.paragraph import Span
from recoverydesk.records import record


@record
class Lead:
    """What the page is about, on a ground of its own."""

    words: tuple[Span, ...]


@record
class Heading:
    """Begins a section."""

    words: str
    meta: str = ""
    """At the right edge: what the numbers below are."""
    alarm: bool = False
    rule: bool = True


@record
class Bar:
    """A bar with its name at the left and its number at the right."""

    label: str
    share: float
    """0 to 1 of the longest."""
    number: str
    strong: bool = True


@record
class Note:
    """A quiet line."""

    words: str


@record
class Said:
    """Words with a beginning that stands out."""

    lead: str
    words: str


@record
class Credit:
    """An idea, and at the right edge whoever had it."""

    words: str
    who: str


@record
class Item:
    """A line with a box: something done, or still to do."""

    words: str
    state: str
    """At the right edge: how it stands, since when."""
    ticked: bool
    strong: bool = False
    """Whether the state stands out."""


@record
class Column:
    """A month in a small chart."""

    label: str
    value: int
    strong: bool = False
    partial: bool = False
    """It runs still: drawn paler, with a line around it."""


@record
class Fact:
    """A number, what it says, and how it was before."""

    figure: str
    words: str
    beside: str
    """How it was before, and what belongs to it."""
    columns: tuple[Column, ...] = ()
    share: float | None = None
    """0 to 1: a bar instead of columns."""


@record
class Callout:
    """The one thing to worry about, or to try."""

    title: str
    words: str
    detail: str
    alarm: bool = False


@record
class Question:
    """Something to talk about, with lines to write on."""

    words: str
    lines: int = 2


Part = Lead | Heading | Bar | Note | Said | Credit | Item | Fact | Callout | Question
