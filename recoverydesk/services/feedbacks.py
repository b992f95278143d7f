"""How the handling was: three answers from 1 to 5, each of which may be missing."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime

import peewee as pw

from recoverydesk.domain.band import FEWEST
from recoverydesk.domain.feedback import BEST, WORST, Question
from recoverydesk.domain.span import Span
from recoverydesk.domain.text import tidy_text
from recoverydesk.errors import InvalidEntryError, NotFoundError
from recoverydesk.records import record
from recoverydesk.services.plans import case_by_id, utc
from recoverydesk.services.shop import hours_of_shop
from recoverydesk.storage.desk import Desk
from recoverydesk.storage.tables import Case, Feedback
from recoverydesk.topics import Topic

TOPICS = Topic.CASES | Topic.CONTACTS


@record
class FeedbackEntry:
    """Their answers; None for each that they didn't give."""

    fair: int | None = None
    easy: int | None = None
    treated: int | None = None
    words: str = ""
    by_card: bool = False
    """Written on a card, not said."""
    given_on: date | None = None
    """The shop's day; None for today."""


@record
class FeedbackView:
    """Answers, as their case shows them."""

    feedback_id: int
    case_id: int
    given_on: date
    fair: int | None
    easy: int | None
    treated: int | None
    words: str
    by_card: bool


@record
class Answers:
    """All answers to one question."""

    question: Question
    n: int
    total: int

    @property
    def mean(self) -> float | None:
        """Their mean, from 1 to 5 with one decimal; None without an answer."""
        return round(self.total / self.n, 1) if self.n else None


@record
class Satisfaction:
    """What was answered within a time."""

    answers: tuple[Answers, ...]
    """By `Question`, each of them."""
    cases: int
    """How many cases have an answer or words."""
    mean_tenths: int | None
    """The mean of all answers in tenths; None without one."""

    @property
    def lowest(self) -> Question | None:
        """Which question did worst; None where it is a tie, or one has fewer than five answers."""
        if any(one.n < FEWEST for one in self.answers):
            return None
        low, next_low = sorted(self.answers, key=lambda one: one.total / one.n)[:2]
        # Compared without division: both sides are whole.
        same = low.total * next_low.n == next_low.total * low.n
        return None if same else low.question


def record_answers(desk: Desk, case_id: int, entry: FeedbackEntry, *, now: datetime) -> int:
    """Write down what a customer answered.

    Returns:
        Its id.

    Raises:
        NotFoundError: the case is no longer on the desk.
        InvalidEntryError: nothing was answered, an answer isn't 1 to 5, or the day lies ahead.
    """
    with desk.changing(TOPICS, "How it was handled") as change:
        case = case_by_id(case_id)
        change.say(f"How it was handled: {case.number}")
        row = Feedback.create(
            case=case.id, customer=case.customer_id, created_at=utc(now), **_checked(entry, now)
        )
        return int(row.id)


def change(desk: Desk, feedback_id: int, entry: FeedbackEntry, *, now: datetime) -> None:
    """Change what a customer answered; without a day it stays on its own.

    Raises:
        NotFoundError: it is no longer on the desk.
        InvalidEntryError: as `record_answers`.
    """
    with desk.changing(TOPICS, "Change the answers about the handling"):
        row = _feedback(feedback_id)
        for name, value in _checked(entry, now, given_on=row.given_on).items():
            setattr(row, name, value)
        row.save(only=row.dirty_fields)


def remove(desk: Desk, feedback_id: int) -> None:
    """Take answers away; Undo brings them back.

    Raises:
        NotFoundError: they are no longer on the desk.
    """
    with desk.changing(TOPICS, "Remove the answers about the handling"):
        _feedback(feedback_id).delete_instance()


def _feedback(feedback_id: int) -> Feedback:
    row = Feedback.get_or_none(Feedback.id == feedback_id)
    if row is None:
        raise NotFoundError("Those answers are no longer on the desk.")
    return row


def _checked(
    entry: FeedbackEntry, now: datetime, *, given_on: date | None = None
) -> Mapping[str, object]:
    scores = {"fair": entry.fair, "easy": entry.easy, "treated": entry.treated}
    for name, score in scores.items():
        if score is not None and not WORST <= score <= BEST:
            raise InvalidEntryError(name, "An answer is a number from 1 to 5.")
    words = tidy_text(entry.words, field="words", limit=2_000)
    if not words and all(score is None for score in scores.values()):
        raise InvalidEntryError(
            "fair", "Nothing is answered yet. Choose one answer, or write down what they said."
        )
    today = hours_of_shop().day_of(now)
    day = entry.given_on or given_on or today
    if day > today:
        raise InvalidEntryError("given_on", "That day hasn't come yet.")
    return {**scores, "words": words, "by_card": entry.by_card, "given_on": day}


def of_case(desk: Desk, case_id: int) -> tuple[FeedbackView, ...]:
    """Return what was answered about a case, the newest first."""
    columns = (
        Feedback.id, Feedback.case, Feedback.given_on, Feedback.fair, Feedback.easy,
        Feedback.treated, Feedback.words, Feedback.by_card,
    )  # fmt: skip
    with desk.reading():
        query = Feedback.select(*columns).where(Feedback.case == case_id)
        rows = query.order_by(Feedback.given_on.desc(), Feedback.id.desc()).tuples()
        return tuple(FeedbackView(*values) for values in rows)


def summary(desk: Desk, span: Span) -> Satisfaction:
    """Return what was answered within a time; only answered questions count."""
    columns = (Feedback.fair, Feedback.easy, Feedback.treated)
    figures = [one for column in columns for one in (pw.fn.COUNT(column), pw.fn.SUM(column))]
    with desk.reading():
        query = Feedback.select(pw.fn.COUNT(Feedback.case.distinct()), *figures)
        cases, *numbers = next(iter(query.where(_given(span)).tuples()))
    answers = _answers(numbers)
    n, total = sum(one.n for one in answers), sum(one.total for one in answers)
    tenths = (20 * total + n) // (2 * n) if n else None
    return Satisfaction(answers, int(cases), tenths)


def _answers(numbers: Sequence[int | None]) -> tuple[Answers, ...]:
    pairs = zip(numbers[::2], numbers[1::2], strict=True)
    return tuple(
        Answers(question, n or 0, total or 0)
        for question, (n, total) in zip(Question, pairs, strict=True)
    )


def _given(span: Span) -> pw.Expression:
    inside: pw.Expression = (Feedback.given_on >= span.first) & (Feedback.given_on <= span.last)
    return inside


def case_ids(span: Span) -> list[int]:
    """Return the cases with answers given within a time; call inside `reading()`."""
    theirs = Feedback.select(Feedback.case).where(_given(span))
    query = Case.select(Case.id).where(Case.id.in_(theirs)).order_by(Case.id)
    return [values[0] for values in query.tuples()]
