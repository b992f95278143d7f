"""A plan and its steps in sentences: when, who, for whom, how often."""

from collections.abc import Callable, Iterable, Sequence
from enum import StrEnum

from recoverydesk.domain.case import Channel
from recoverydesk.domain.follow_up import Anchor, Unit, Who
from recoverydesk.domain.plan import UNITS, reason_of
from recoverydesk.domain.playbook import Condition, Fact, Step
from recoverydesk.services import causes
from recoverydesk.services.causes import CauseView
from recoverydesk.services.playbooks import PlaybookView
from ui.session import Session
from ui.wording import counted, filled, label, tr

_FACTS = {
    Fact.NONE: "Nothing; you tick it yourself",
    Fact.FIRST_CONTACT: "You have spoken with them for the first time",
    Fact.RESTATEMENT_AGREED: "They agreed that you understood them",
    Fact.APOLOGISED: "You have said sorry",
    Fact.ASKED: "They have said what would make it right",
    Fact.AGREED: "You have agreed on what makes it right",
    Fact.HANDED_OVER: "They have got what was agreed",
    Fact.CONFIRMED: "What you decided was confirmed to them",
    Fact.CAUSE_FOUND: "You know why it happened",
    Fact.RESOLVED: "The case is resolved",
    Fact.VISIT: "They came again, or bought again",
}

_WAYS = {
    Channel.IN_PERSON: "in person",
    Channel.PHONE: "by phone",
    Channel.EMAIL: "by e-mail",
    Channel.LETTER: "by letter",
    Channel.MESSAGE: "by message",
    Channel.SOCIAL: "on social media",
    Channel.REVIEW: "in a web review",
    Channel.SURVEY: "in a survey",
    Channel.RETURNED_GOODS: "from returned goods",
    Channel.NOTICED_BY_US: "from staff",
}


def fact_options() -> list[tuple[str, str]]:
    """Return what can tick a step by itself, in the order in which it usually happens."""
    return [(fact.value, tr(words)) for fact, words in _FACTS.items()]


class Naming:
    """How causes and amounts read here; the causes are read once, until `read_anew`."""

    def __init__(self, session: Session) -> None:
        self.session = session
        self._causes: tuple[CauseView, ...] = ()
        self.read_anew()

    def read_anew(self) -> None:
        """Read the causes again."""
        self._causes = causes.all_causes(self.session.desk, also_retired=True)

    def cause(self, cause_id: int) -> str:
        """Return what a cause is called; it may have been merged into another since."""
        found = next((one for one in self._causes if one.cause_id == cause_id), None)
        return tr("a cause that is gone") if found is None else found.full_name

    def cause_options(self, kept: Iterable[int]) -> list[tuple[int, str]]:
        """Return the causes to choose from, and those in `kept` whatever became of them."""
        kept = set(kept)
        offered = {
            one.cause_id: one.full_name
            for one in self._causes
            if not one.retired or one.cause_id in kept
        }
        offered |= {one: self.cause(one) for one in sorted(kept) if one not in offered}
        return list(offered.items())


def listed(words: Sequence[str]) -> str:
    """Return "a, b or c"."""
    if len(words) < 2:  # noqa: PLR2004 - one, or none
        return "".join(words)
    return filled("{some} or {last}", some=", ".join(words[:-1]), last=words[-1])


def _lowered(values: Iterable[StrEnum]) -> list[str]:
    texts = (label(value).text for value in values)
    return [text[:1].lower() + text[1:] for text in texts]


def signs(
    condition: Condition, naming: Naming, *, told: Callable[[Sequence[str]], str] = listed
) -> list[str]:
    """Return what a case has to show, each in a few words; nothing where all cases do.

    Args:
        condition: which cases.
        naming: how causes and amounts read.
        told: joins several of one kind.
    """
    found = []
    if condition.severities:
        found.append(told(_lowered(condition.severities)))
    if condition.channels:
        ways = told([tr(_WAYS[one]) for one in condition.channels])
        found.append(filled("heard {ways}", ways=ways))
    if condition.cause_ids:
        named = told([f"“{naming.cause(one)}”" for one in condition.cause_ids])
        found.append(filled("the cause is {causes}", causes=named))
    if condition.least_worth_cents:
        worth = naming.session.money(condition.least_worth_cents, short=True)
        found.append(filled("worth {amount} a year or more", amount=worth))
    return found


def starts_words(view: PlaybookView, naming: Naming) -> str:
    """Say for which cases a plan starts by itself."""
    if view.retired:
        return tr("Retired")
    found = signs(view.starts, naming, told=", ".join)
    if not found:
        return tr("used for: everybody") if view.shipped else tr("only where you choose it")
    return filled("used for: {signs}", signs="; ".join(found))


def running_words(view: PlaybookView) -> str:
    """Say how many open cases are led by a plan, and how many of them by older steps."""
    if not view.running:
        return tr("no open case runs by it")
    words = counted(view.running, "{n} case runs by it", "{n} cases run by it")
    if view.behind:
        words += ", " + counted(view.behind, "{n} by an older version", "{n} by an older version")
    return words


def condition_words(condition: Condition, naming: Naming) -> str:
    """Say for which cases a step is; empty where it is for all."""
    found = signs(condition, naming)
    if condition.not_agreed_after:
        time = _time(condition.not_agreed_after, condition.not_agreed_unit)
        found.append(filled("nothing is agreed within {time}", time=time))
    if len(found) < 2:  # noqa: PLR2004 - one, or none
        return "".join(found)
    return filled("{some} and {last}", some=", ".join(found[:-1]), last=found[-1])


def sentence(step: Step, steps: Sequence[Step], naming: Naming) -> str:
    """Say in words when a step falls due, who does it, for whom it is, and how often."""
    parts = [_when(step, steps)]
    if step.who is not Who.ANYBODY:
        parts.append(filled("done by {who}", who=label(step.who).text))
    if for_whom := condition_words(step.only_if, naming):
        parts.append(filled("only if {signs}", signs=for_whom))
    if step.every:
        time = _time(step.every, step.every_unit)
        parts.append(filled("again every {time} until it is resolved", time=time))
    if step.closing:
        parts.append(tr("needed before closing"))
    whole = "; ".join(parts)
    return whole[:1].upper() + whole[1:]


def _time(count: int, unit: Unit) -> str:
    one, many = UNITS[unit]
    return counted(count, "{n} " + one, "{n} " + many)


def _when(step: Step, steps: Sequence[Step]) -> str:
    if step.anchor is Anchor.STEP_DONE:
        words = _after(step, steps)
    else:
        words = tr(reason_of(step.anchor, step.offset, step.unit))
    return filled("{when}, at that hour", when=words) if step.timed else words


def _after(step: Step, steps: Sequence[Step]) -> str:
    before = next((one.title for one in steps if one.key == step.after and step.after), None)
    if before is None:
        return tr("after a step that you still have to choose")
    named = before or tr("a step without words")
    if step.offset == 0:
        return filled("as soon as “{step}” is done", step=named)
    time = _time(step.offset, step.unit)
    return filled("{time} after “{step}”", time=time, step=named)
