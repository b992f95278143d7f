"""What customers are asked about how they were handled. The values are stored as columns."""

from enum import StrEnum

WORST, BEST = 1, 5
"""The ends of an answer."""


class Question(StrEnum):
    """The three justices of service recovery, as questions.

    Source: Tax, Brown and Chandrashekaran, 1998: what came of it, the way there, the treatment.
    """

    FAIR = "fair"
    EASY = "easy"
    TREATED = "treated"
