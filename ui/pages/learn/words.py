"""Learn's figures in plain sentences: words below ten cases, and nothing that claims a why."""

from recoverydesk.domain.band import Band, percent
from recoverydesk.domain.correction import CorrectionStatus
from recoverydesk.domain.days import day_words, short_words
from recoverydesk.domain.feedback import Question
from recoverydesk.domain.pareto import Measure, Ranked
from recoverydesk.domain.span import Span, SpanName
from recoverydesk.domain.speed import Speed
from recoverydesk.services.feedbacks import Satisfaction
from recoverydesk.services.incident_pages import IncidentRow
from recoverydesk.services.insights import Insight
from recoverydesk.services.promises import PromiseTally
from recoverydesk.services.recurrences import PER, Recurrence
from recoverydesk.services.worths import Worth
from ui.session import Session
from ui.wording import counted, filled, tr

FEWEST = 10
"""From so many on a percentage says something."""

SPEEDS = {
    Speed.HOUR_1: "Within 1 hour",
    Speed.HOURS_4: "1 to 4 hours",
    Speed.HOURS_8: "4 to 8 hours",
    Speed.HOURS_24: "8 to 24 hours",
    Speed.LONGER: "Later",
    Speed.NEVER: "Nobody got through",
}
QUESTIONS = {
    Question.FAIR: "Was it fair?",
    Question.EASY: "Was it easy and quick?",
    Question.TREATED: "Were they treated well?",
}
MEASURES = {
    Measure.COUNT: "Cases",
    Measure.COST: "Cost to you",
    Measure.AT_STAKE: "At stake",
}
NUMBERS = ("", "One cause", "Two causes", "Three causes", "Four causes", "Five causes")


def span_words(span: Span, session: Session) -> str:
    """Return a time as people say it: "this month", "2 July to 14 October"."""
    usual = {
        SpanName.THIS_MONTH: tr("this month"),
        SpanName.THIS_YEAR: tr("this year"),
        SpanName.MONTHS_3: tr("the last 3 months"),
        SpanName.MONTHS_12: tr("the last 12 months"),
    }
    today = session.today()
    known = usual.get(span.name(today))
    if known is not None:
        return known
    first, last = day_words(span.first), day_words(span.last)
    return filled("{first} to {last}", first=first, last=last)


def pareto_title(ranks: tuple[Ranked, ...], measure: Measure) -> str:
    """Say how few causes are behind most of it, as far as there is anything to say."""
    few = [one for one in ranks if one.few]
    if not few:
        return tr("No cause known yet") if measure is Measure.COUNT else tr("Nothing to show")
    part, whole = few[-1].running, few[-1].total
    if len(few) == 1 and sum(one.running > 0 for one in ranks) == 1:
        return tr("One cause so far")
    number = NUMBERS[len(few)] if len(few) < len(NUMBERS) else ""
    who = tr(number) if number else filled("{n} causes", n=str(len(few)))
    if measure is Measure.COUNT and percent(part, whole) is None:
        return filled("{who} make up {part} of {whole}", who=who, part=str(part), whole=str(whole))
    return filled("{who} make up {share} %", who=who, share=str(100 * part // whole))


def pareto_sub(insight: Insight, session: Session) -> str:
    """Say how many cases there were in which time, and how many the shop noticed itself."""
    cases = counted(insight.cases, "{n} case", "{n} cases")
    words = filled("{cases}, {span}.", cases=cases, span=span_words(insight.span, session))
    return f"{words} {tr('The line adds the causes up; 80 % is marked.')}"


def band_words(band: Band) -> str:
    """Return how many of a band came back: "12 of 14 (86 %)", "3 of 4"."""
    words = filled("{part} of {all}", part=str(band.returned), all=str(band.n))
    return words if band.percent is None else f"{words} ({band.percent} %)"


def returns_title(band: Band) -> str:
    """Say how many came back."""
    if not band.n:
        return tr("Who comes back: nothing to say yet")
    return filled("{words} came back", words=band_words(band))


def returns_sub(insight: Insight) -> str:
    """Say what is counted, and what is still open or rests on a word."""
    found = insight.returns
    parts = [
        filled(
            "Bought again within {n} days after it was resolved, by how soon you first spoke.",
            n=str(found.window_days),
        )
    ]
    if found.overall.pending:
        parts.append(
            counted(found.overall.pending, "{n} more may still come.", "{n} more may still come.")
        )
    said = found.their_word + found.owners_word
    if said:
        parts.append(
            counted(said, "{n} more won back by word, without a purchase.",
                    "{n} more won back by word, without a purchase.")
        )  # fmt: skip
    return " ".join(parts)


def first_contact_words(insight: Insight) -> str:
    """Say how soon the first word was out."""
    found = insight.first_contacts
    if not found.n:
        return tr("No first contact in this time yet.")
    within = filled("{part} of {all}", part=str(found.within), all=str(found.n))
    share = percent(found.within, found.n)
    if share is not None:
        within += f" ({share} %)"
    words = filled("{within} were spoken to in the time you promise.", within=within)
    half = median_words(insight)
    return f"{words} {half.capitalize()}." if half else words


def median_words(insight: Insight) -> str:
    """Say in how many opening hours half of them were spoken to."""
    median = insight.first_contacts.median
    if median is None:
        return ""
    minutes = round(median.total_seconds() / 60)
    hours = f"{minutes // 60}:{minutes % 60:02}"
    return filled("half of them within {hours} opening hours", hours=hours)


def value_words(insight: Insight, session: Session) -> str:
    """Say what was given and what it kept."""
    worths = insight.worths
    if not worths.cost_cents and not worths.kept.cents:
        return tr("Nothing was given in this time.")
    return filled(
        "You gave {given} (it cost you {cost}) and kept customers worth {kept} a year.",
        given=session.money(worths.given_cents, short=True),
        cost=session.money(worths.cost_cents, short=True),
        kept=session.money(worths.kept.cents, short=True),
    )


def worth_note(worth: Worth) -> str:
    """Say how many of a sum's customers are guessed or left out."""
    parts = [counted(worth.customers, "{n} customer", "{n} customers")]
    if worth.guessed:
        parts.append(counted(worth.guessed, "{n} at your average", "{n} at your average"))
    if worth.unknown:
        parts.append(counted(worth.unknown, "{n} of unknown worth", "{n} of unknown worth"))
    return ", ".join(parts)


def fix_words(one: Recurrence) -> str:
    """Say how often a cause struck before and after its fix, per thirty days."""
    if one.after_rate is None:
        return tr("done today: nothing to see yet")
    before = "?" if one.before_rate is None else f"{one.before_rate:g}"
    return filled(
        "{before} cases in {per} days before, {after} since",
        before=before,
        after=f"{one.after_rate:g}",
        per=str(PER),
    )


def fix_sub(one: Recurrence, session: Session) -> str:
    """Say which cause a fix is for, and when it was done."""
    day = short_words(one.done_on, session.today())
    return filled("{cause}, fixed {day}", cause=one.cause, day=day)


def is_back(one: Recurrence) -> bool:
    """Say whether a fix turned out not to hold."""
    return one.status is CorrectionStatus.CAME_BACK


def answers_title(found: Satisfaction) -> str:
    """Say what people thought of the handling."""
    if not found.cases:
        return tr("How was it handled?")
    if found.lowest is not None:
        return filled("“{question}” does worst", question=tr(QUESTIONS[found.lowest]))
    return tr("How was it handled?")


def promise_words(tally: PromiseTally) -> str:
    """Return how promises went, in a sentence."""
    share = f" ({round(100 * tally.kept / tally.of_all)} %)" if tally.of_all >= FEWEST else ""
    words = filled(
        "Promises kept in time: {kept} of {all}{share}.",
        kept=str(tally.kept),
        all=str(tally.of_all),
        share=share,
    )
    if tally.late:
        words += " " + counted(tally.late, "{n} was kept late.", "{n} were kept late.")
    if tally.broken:
        words += " " + counted(tally.broken, "{n} was broken.", "{n} were broken.")
    return words


def incident_words(one: IncidentRow) -> str:
    """Return how far a failure that hit many has been put right."""
    return filled(
        "{hit} hit, {told} told, {right} put right",
        hit=counted(one.customers, "{n} customer", "{n} customers"),
        told=str(one.contacted),
        right=str(one.made_right),
    )
