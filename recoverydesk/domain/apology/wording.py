"""What a language has to say for itself: how its words of apology are written down here.

The wordings are regular expressions in a short hand of three signs, so that they can be read:

* a space is any gap between two words: spaces, a line's end, a no-break space;
* `~3` and a space is up to three other words;
* a plain bracket groups and remembers nothing.

They are matched without regard to capitals, from the beginning of a word to the end of one.
"""

from collections.abc import Mapping
from enum import StrEnum

from recoverydesk.records import record


class Doubt(StrEnum):
    """What a phrase does to an apology."""

    BUT = "but"
    IF = "if"
    FEELINGS = "feelings"
    NOBODY = "nobody"
    BLAME = "blame"
    INCONVENIENCE = "inconvenience"
    MISUNDERSTANDING = "misunderstanding"
    PATIENCE = "patience"
    EXCUSE = "excuse"
    FLATTERY = "flattery"
    ADMISSION = "admission"


@record
class Sentences:
    """What to say instead, in the letter's language; empty where no sentence fits all.

    Attributes:
        plain: owns up to it.
        careful: shows concern and admits nothing.
    """

    plain: str
    careful: str


@record
class Wordings:
    """A language's words, in the short hand above.

    Attributes:
        regret: what says sorry.
        what_happened: what names the failure.
        responsibility: what says that it was the shop's.
        never_again: what says that it won't happen again.
        repair: what offers to mend it.
        forgiveness: what asks for another chance.
        contrast: "but" and its like; matters only after an apology.
        conditions: "if you are upset"; matters only in a sentence that says sorry.
        doubts: the other phrases to reconsider, by what they do.
        sentences: what to say instead.
    """

    regret: tuple[str, ...]
    what_happened: tuple[str, ...]
    responsibility: tuple[str, ...]
    never_again: tuple[str, ...]
    repair: tuple[str, ...]
    forgiveness: tuple[str, ...]
    contrast: tuple[str, ...]
    conditions: tuple[str, ...]
    doubts: Mapping[Doubt, tuple[str, ...]]
    sentences: Mapping[Doubt, Sentences]
