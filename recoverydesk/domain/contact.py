"""One touch with a customer. The values are stored: never change one."""

from enum import StrEnum


class Way(StrEnum):
    """How the two of you spoke."""

    CALL = "call"
    VISIT = "visit"
    EMAIL = "email"
    LETTER = "letter"
    MESSAGE = "message"


class Direction(StrEnum):
    """Who turned to whom."""

    OUT = "out"
    IN = "in"


class Reach(StrEnum):
    """Whether the word got through."""

    REACHED = "reached"
    NO_ANSWER = "no_answer"
    LEFT_WORD = "left_word"


class Mood(StrEnum):
    """How the customer sounded afterwards."""

    ANGRY = "angry"
    UNHAPPY = "unhappy"
    NEUTRAL = "neutral"
    PLEASED = "pleased"
    DELIGHTED = "delighted"


def stops_the_clock(direction: Direction, reach: Reach) -> bool:
    """Say whether this touch counts as the first contact.

    The first outgoing contact that reached the customer or left word does; ringing in vain doesn't.
    """
    return direction is Direction.OUT and reach in {Reach.REACHED, Reach.LEFT_WORD}
