"""Have we seen this before? What is like it, what was changed since, what they were given."""

import math
import re
import unicodedata
from collections import Counter
from collections.abc import Sequence
from datetime import date, datetime, timedelta

import peewee as pw

from recoverydesk.domain.case import Outcome, Status
from recoverydesk.domain.correction import CorrectionStatus
from recoverydesk.domain.remedy import RemedyStatus
from recoverydesk.records import record
from recoverydesk.services.voucher_rules import is_bought
from recoverydesk.storage import search as full_text
from recoverydesk.storage.desk import Desk
from recoverydesk.storage.search import Source
from recoverydesk.storage.tables import Case, Cause, CorrectiveAction, Customer, Remedy

YEAR = timedelta(days=365)
SHORTEST_WORD = 4
"""Shorter words say nothing about what went wrong."""
STEM = 4
"""Letters that count: "leak", "leaks", "leaked" and "leaking" are one word."""
MOST_WORDS = 10
MOST_LOOKED_AT = 200
ALIKE_SHARE = 0.34
"""How much of what was typed an earlier case has to say, too; rarer words weigh more."""
LEAST_WORDS = 2
MOST_SHOWN = 4
_USUAL_WORDS = """
    that this they them their there then than were with what when where which while have your yours
    from some been only just very over also after again about would could should because
    nicht noch auch aber eine einen einem einer sich haben hatte habe waren wurde wird sein dass
    wenn dann nach uber mein meine ihre ihrem ihren schon sehr mehr
    avec dans pour mais nous vous elle sont etait etaient votre notre cette tout tres plus sans
    pero para como este esta estaba tiene nuestro muy cuando desde
    niet maar voor naar door over heeft hebben waren werd mijn onze deze"""
_SAY_NOTHING = frozenset(_USUAL_WORDS.split())
"""Words that stand in every story, in the languages of the letters."""
_WORD = re.compile(r"[^\W\d_]+")
_ACCENTS = re.compile("[\u0300-\u036f]")


@record
class Similar:
    """An earlier case that sounds like this one."""

    case_id: int
    number: str
    customer: str
    summary: str
    opened_at: datetime
    status: Status
    outcome: Outcome


@record
class Fix:
    """What the shop changed, or plans to, about the cause of such cases."""

    cause: str
    what: str
    status: CorrectionStatus
    done_on: date | None


@record
class Seen:
    """The answer: empty where nothing is like it."""

    similar: tuple[Similar, ...] = ()
    cause_id: int | None = None
    cause: str = ""
    """The cause that most of them have."""
    of_cause: int = 0
    """How many cases of that cause there were within a year."""
    fixes: tuple[Fix, ...] = ()


@record
class Given:
    """What a customer was given out of goodwill within a year."""

    value_cents: int
    cost_cents: int
    times: int


def seen_before(
    desk: Desk, words: str, *, now: datetime, but: int | None = None, whose: int | None = None
) -> Seen:
    """Return what on the desk is like something told.

    Args:
        desk: the open desk.
        words: what is being typed, in any language.
        now: this moment (UTC).
        but: a case that is not to be found: itself.
        whose: a customer whose cases are shown elsewhere; they count, but are not listed.
    """
    stems = _stems(words)
    if len(stems) < LEAST_WORDS:
        return Seen()
    with desk.reading():
        ids = full_text.any_of(Source.CASE, stems, most=MOST_LOOKED_AT)
        alike = _most_alike([case_id for case_id in ids if case_id != but], stems)
        similar = _similar(_of_others(alike, whose)[:MOST_SHOWN])
        cause_id, cause = _usual_cause(alike)
        return Seen(
            similar=similar,
            cause_id=cause_id,
            cause=cause,
            of_cause=0 if cause_id is None else _of_cause(cause_id, since=now - YEAR),
            fixes=() if cause_id is None else _fixes(cause_id, cause),
        )


def given_lately(desk: Desk, customer_id: int, *, now: datetime) -> Given:
    """Return what a customer was given within a year; in minor units.

    Gift cards that they bought are their own money, and don't count.
    """
    with desk.reading():
        value, cost, times = (
            Remedy.select(
                pw.fn.COALESCE(pw.fn.SUM(Remedy.value_cents), 0),
                pw.fn.COALESCE(pw.fn.SUM(Remedy.cost_cents), 0),
                pw.fn.COUNT(Remedy.id),
            )
            .where(
                Remedy.customer == customer_id,
                Remedy.created_at >= now - YEAR,
                Remedy.status.not_in([RemedyStatus.PROPOSED, RemedyStatus.VOID]),
                ~is_bought(),
            )
            .tuples()
            .get()
        )
    return Given(value, cost, times)


def _stems(text: str) -> list[str]:
    """Return the beginnings of the words that say something, the longest first."""
    words = (word for word in _WORD.findall(_plain(text)) if len(word) >= SHORTEST_WORD)
    found = dict.fromkeys(word for word in words if word not in _SAY_NOTHING)
    longest = sorted(found, key=len, reverse=True)
    return list(dict.fromkeys(word[:STEM] for word in longest))[:MOST_WORDS]


def _plain(text: str) -> str:
    return _ACCENTS.sub("", unicodedata.normalize("NFKD", text.casefold()))


def _most_alike(ids: Sequence[int], stems: Sequence[str]) -> list[int]:
    """Return those that share the most, and the rarest, of the words; of equals the newest."""
    query = Case.select(Case.id, Case.words, Case.restatement).where(
        Case.id.in_(list(ids)), Case.status != Status.MERGED
    )
    wanted = set(stems)
    shared = {
        case_id: wanted & {word[:STEM] for word in _WORD.findall(_plain(f"{words} {restatement}"))}
        for case_id, words, restatement in query.tuples()
    }
    counts = Counter(stem for held in shared.values() for stem in held)
    weights = {stem: math.log(1 + len(shared) / count) for stem, count in counts.items()}
    # What stands in none of them tells nothing about how rare it is.
    usual = sum(weights.values()) / max(len(weights), 1)
    least = ALIKE_SHARE * (sum(weights.values()) + usual * (len(wanted) - len(weights)))
    scores = {
        case_id: sum(weights[stem] for stem in held)
        for case_id, held in shared.items()
        if len(held) >= LEAST_WORDS
    }
    close = [case_id for case_id, score in scores.items() if score >= least]
    return sorted(close, key=lambda case_id: (-scores[case_id], -case_id))


def _of_others(ids: Sequence[int], customer_id: int | None) -> list[int]:
    if customer_id is None:
        return list(ids)
    theirs = {
        values[0]
        for values in Case.select(Case.id)
        .where(Case.id.in_(list(ids)), Case.customer == customer_id)
        .tuples()
    }
    return [case_id for case_id in ids if case_id not in theirs]


def _similar(ids: Sequence[int]) -> tuple[Similar, ...]:
    query = (
        Case.select(
            Case.id, Case.number, Customer.name, Case.summary, Case.opened_at, Case.status,
            Case.outcome,
        )
        .join(Customer)
        .where(Case.id.in_(list(ids)))
    )  # fmt: skip
    found = {
        values[0]: Similar(
            case_id=values[0],
            number=values[1],
            customer=values[2],
            summary=values[3],
            opened_at=values[4],
            status=Status(values[5]),
            outcome=Outcome(values[6]),
        )
        for values in query.tuples()
    }
    return tuple(found[case_id] for case_id in ids)


def _usual_cause(ids: Sequence[int]) -> tuple[int | None, str]:
    """Return the cause that most of the cases have; the newest decides between equals."""
    query = Case.select(Case.cause).where(Case.id.in_(list(ids)), Case.cause.is_null(is_null=False))
    counts = Counter(values[0] for values in query.order_by(Case.id.desc()).tuples())
    if not counts:
        return None, ""
    cause_id = counts.most_common(1)[0][0]
    return cause_id, str(Cause.select(Cause.name).where(Cause.id == cause_id).scalar())


def _of_cause(cause_id: int, *, since: datetime) -> int:
    of_cause = (Case.cause == cause_id) & (Case.opened_at >= since)
    return int(Case.select().where(of_cause, Case.status != Status.MERGED).count())


def _fixes(cause_id: int, cause: str) -> tuple[Fix, ...]:
    query = (
        CorrectiveAction.select(
            CorrectiveAction.what, CorrectiveAction.status, CorrectiveAction.done_on
        )
        .where(
            CorrectiveAction.cause == cause_id,
            CorrectiveAction.status != CorrectionStatus.DROPPED,
        )
        .order_by(CorrectiveAction.id.desc())
        .limit(2)
    )
    return tuple(
        Fix(cause, what, CorrectionStatus(status), done_on)
        for what, status, done_on in query.tuples()
    )
