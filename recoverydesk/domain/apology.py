"""What a good letter of apology has in it, and which phrases undo it. English only, so far.

The six parts are those of Lewicki, Polin and Lount, "An Exploration of the Structure of Effective
Apologies" (Negotiation and Conflict Management Research 9, 2016): saying whose fault it was and
offering to mend it weigh most, asking for forgiveness least. It looks for usual wordings, so it
may miss a part that is there in other words: it advises, and never holds a letter back.
"""

import re

from recoverydesk.records import record


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

    @property
    def complete(self) -> bool:
        """Whether the five parts that matter are there."""
        return all(
            (
                self.regret,
                self.what_happened,
                self.responsibility,
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
        why: what it does to the reader.
        better: a sentence to put in its place, or what to do.
    """

    start: int
    end: int
    phrase: str
    why: str
    better: str


_QUOTES = str.maketrans({"\u2019": "'", "\u2018": "'", "\u02bc": "'"})


def _any_of(*wordings: str) -> re.Pattern[str]:
    return re.compile(rf"\b(?:{'|'.join(wordings)})\b", re.IGNORECASE)


_REGRET = _any_of(
    "sorry", r"apologi[sz]e", "apolog(?:y|ies)", "regret", "ashamed", "forgive us", "forgive me"
)
_WHAT_HAPPENED = _any_of(
    r"(?:was|were|is|are|has been|had been) (?:\w+ ){0,2}"
    r"(?:late|broken|wrong|missing|damaged|cold|charged|cancelled|canceled|lost|rude|forgotten|"
    r"faulty|dirty|delayed|overcharged|spoilt|spoiled|short)",
    r"(?:arrived|came|leaked|failed|broke|stopped working|went wrong|never came|happened)",
    r"you (?:told|wrote|rang|called|came|waited|had to|received|got|found|were)",
    r"problem(?=\s?\}\})",
    "what happened",
)
_RESPONSIBILITY = _any_of(
    r"(?:our|my) (?:fault|mistake|error|failing|responsibility|doing)",
    r"(?:we|i) (?:was|were|am|are) (?:wrong|to blame|at fault|responsible)",
    r"(?:we|i) (?:take|took|accept) (?:\w+ ){0,2}(?:responsibility|blame)",
    r"(?:we|i) (?:\w+ )?(?:failed|let you down|got (?:it|this|that) wrong|made a mistake|forgot|"
    r"broke our promise|should have|should not have|shouldn't have|did not|didn't)",
    "responsibility is ours",
    "fault (?:is|was) ours",
)
_NEVER_AGAIN = _any_of(
    r"(?:never|not|won't|doesn't|does not|cannot|can't) (?:\w+ ){0,3}(?:happen|again)",
    "from now on",
    r"what_changed(?=\s?\}\})",
    r"we(?: have|'ve)? (?:since )?(?:changed|fixed|added|trained|replaced|put in place)",
    "so that (?:it|this|no one|nobody)",
    "what (?:we|i) (?:have )?changed",
    "make sure",
)
_REPAIR = _any_of(
    r"(?:refund\w*|replac\w+|repair\w*|vouchers?|gift cards?|certificate|credit|compensat\w+)",
    r"remed(?:y|ies)",
    r"(?:make|put|set) (?:it|this|things|that) (?:right|good|up to you)",
    r"(?:make|making) amends",
    "free of charge",
    "on us",
    r"(?:enclosed|you will find|please accept)",
    "what (?:can|may) (?:we|i) do",
)
_FORGIVENESS = _any_of(
    r"(?:forgive|forgiveness|pardon)",
    r"(?:another|a second|one more) chance",
    r"hope (?:\w+ ){0,3}(?:welcome you|see you|trust us|win back|earn back)",
)

# Each: the wording, what it does to the reader, and what to say instead.
_RECONSIDER: tuple[tuple[re.Pattern[str], str, str], ...] = (
    (
        re.compile(
            r"(?:sorry|apologi[sz]e|regret)[^.!?\n]{0,80}?(?P<it>\bbut\b|\bhowever\b)",
            re.IGNORECASE,
        ),
        "A “but” takes the apology back.",
        "End the sentence before it. Explain in a sentence of its own, or leave it out.",
    ),
    (
        _any_of(
            r"if (?:you|we|i|this|it|anyone|anybody|there)"
            r" (?:\w+ ){0,3}(?:felt|feel|upset|offended|caused|inconvenienced|hurt|disappointed)"
            r"(?: you)?"
        ),
        "An “if” doubts what they told you.",
        "We are sorry that we let you down.",
    ),
    (
        _any_of(
            r"sorry (?:that )?you (?:feel|felt|are|were) (?:\w+ ){0,2}(?:that way|upset|angry)"
        ),
        "It apologises for their feelings, not for what happened.",
        "We are sorry for what we did.",
    ),
    (
        _any_of(r"(?:mistakes|errors) (?:were|have been) made", r"an? (?:mistake|error) was made"),
        "Nobody seems to have made them.",
        "We made a mistake.",
    ),
    (
        _any_of(r"unfortunately,? you", r"you (?:failed|neglected|forgot) to", r"you should have"),
        "It blames the reader.",
        "Say what you could have done: “We should have told you sooner.”",
    ),
    (
        _any_of(r"any inconvenience(?: (?:caused|this may have caused|it may have caused))?"),
        "It says that you don't know what it did to them.",
        "Name what they went through: “You had to come in twice.”",
    ),
    (
        _any_of(r"(?:a |this )?misunderstandings?", r"as you (?:may|will) understand"),
        "It makes the failure theirs as much as yours.",
        "Say what you got wrong.",
    ),
    (
        _any_of(r"(?:company|store|our) policy", r"we (?:are|were) (?:very |extremely )?busy"),
        "It sounds like an excuse.",
        "Leave the reason out, or say what you have changed about it.",
    ),
    (
        _any_of(r"we value your (?:business|custom)", r"your call is important", "valued customer"),
        "Everybody has read it too often to believe it.",
        "Say one thing that only you could write to this customer.",
    ),
)


def parts(text: str) -> Parts:
    """Return which of the six parts a letter in English seems to have."""
    plain = text.translate(_QUOTES)
    return Parts(
        regret=bool(_REGRET.search(plain)),
        what_happened=bool(_WHAT_HAPPENED.search(plain)),
        responsibility=bool(_RESPONSIBILITY.search(plain)),
        never_again=bool(_NEVER_AGAIN.search(plain)),
        repair=bool(_REPAIR.search(plain)),
        forgiveness=bool(_FORGIVENESS.search(plain)),
    )


def check(text: str) -> tuple[Finding, ...]:
    """Return the phrases of a letter in English to reconsider, in the order of the text."""
    plain = text.translate(_QUOTES)  # sign for sign, so that the places stay the same
    found = [
        Finding(start, end, text[start:end], why, better)
        for wording, why, better in _RECONSIDER
        for start, end in (_place(match) for match in wording.finditer(plain))
    ]
    return tuple(sorted(found, key=lambda finding: (finding.start, finding.end)))


def _place(match: re.Match[str]) -> tuple[int, int]:
    return match.span("it" if "it" in match.re.groupindex else 0)
