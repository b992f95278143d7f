"""A playbook: the steps that a case is led through, as data."""

import json
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import asdict
from enum import StrEnum
from typing import Any

from recoverydesk.domain.case import Channel, Severity, Stage
from recoverydesk.domain.follow_up import Act, Anchor, Unit, Who
from recoverydesk.records import record


class Fact(StrEnum):
    """The dated fact of a case that ticks a step by itself, and that ticking it sets."""

    NONE = ""
    FIRST_CONTACT = "first_contact"
    RESTATEMENT_AGREED = "restatement_agreed"
    APOLOGISED = "apologised"
    AGREED = "agreed"
    HANDED_OVER = "handed_over"
    CAUSE_FOUND = "cause_found"
    CONFIRMED = "confirmed"
    RESOLVED = "resolved"
    VISIT = "visit"
    ASKED = "asked"
    """They have said what would make it right."""


@record
class Condition:
    """For which cases a step is; what is empty doesn't matter."""

    severities: tuple[Severity, ...] = ()
    channels: tuple[Channel, ...] = ()
    cause_ids: tuple[int, ...] = ()
    least_worth_cents: int = 0
    """Worth a year, in minor units; 0 for everybody."""
    not_agreed_after: int = 0
    """Only if nothing is agreed so many `not_agreed_unit` after it was logged; 0: in any case."""
    not_agreed_unit: Unit = Unit.OPEN_DAYS

    @property
    def is_for_all(self) -> bool:
        """Whether it leaves nobody out."""
        return self == Condition()

    def fits(
        self,
        severity: Severity,
        channel: Channel,
        causes: Collection[int],
        worth_cents: int | None,
    ) -> bool:
        """Say whether a case is one of those it is for, whatever has been agreed.

        Args:
            severity: how upset they are.
            channel: how the shop heard.
            causes: the case's cause, and the group it belongs to.
            worth_cents: what the customer is worth a year; None where that isn't known.
        """
        return (
            (not self.severities or severity in self.severities)
            and (not self.channels or channel in self.channels)
            and (not self.cause_ids or any(one in self.cause_ids for one in causes))
            and (worth_cents or 0) >= self.least_worth_cents
        )


EVERYBODY = Condition()


@record
class Step:
    """One step of a plan: what to do, dated from which event, and how to go about it."""

    key: str
    title: str
    """What to do; `{name}` stands for what the customer is called."""
    act: Act
    stage: Stage
    anchor: Anchor
    offset: int
    unit: Unit
    timed: bool = False
    fact: Fact = Fact.NONE
    closing: bool = False
    """It has to be done before the case can be called resolved without a question."""
    coach: str = ""
    say: str = ""
    not_say: str = ""
    source: str = ""
    after: str = ""
    """The key of the step that it is dated from, where its anchor is another step."""
    who: Who = Who.ANYBODY
    only_if: Condition = EVERYBODY
    every: int = 0
    """It comes again so many `every_unit` after it was done, until the case is resolved."""
    every_unit: Unit = Unit.OPEN_DAYS

    def title_for(self, name: str) -> str:
        """Return the title with the customer's name in it."""
        return self.title.replace("{name}", name)


@record
class Plan:
    """A playbook as it ships: its steps, and for whom it starts."""

    key: str
    name: str
    words: str
    starts_for: tuple[Severity, ...]
    steps: tuple[Step, ...]


ASK = Step(
    key="ask",
    title="Ask {name} what would make it right",
    act=Act.TALK,
    stage=Stage.MAKE_RIGHT,
    anchor=Anchor.FIRST_CONTACT,
    offset=1,
    unit=Unit.OPEN_DAYS,
    fact=Fact.ASKED,
    coach="Nobody knows yet what they want. Ask before you offer: it is often less than you fear.",
    say="What would make this right for you?",
    not_say="What do you expect us to do?",
    source="practice",
)
"""Joins a plan that doesn't ask by itself, where the customer did not say what they want."""


def with_asking(steps: Sequence[Step]) -> tuple[Step, ...]:
    """Return a plan's steps with the asking among them: before anything is made right."""
    if any(step.fact in {Fact.AGREED, Fact.ASKED} for step in steps):
        return tuple(steps)
    places = (place for place, step in enumerate(steps) if step.stage is Stage.MAKE_RIGHT)
    place = next(places, len(steps))
    return (*steps[:place], ASK, *steps[place:])


def step_from(values: Mapping[str, Any]) -> Step:
    """Build a step from TOML or JSON values.

    Raises:
        KeyError, ValueError: the file is wrong; a test reads every shipped one.
    """
    return Step(
        key=values["key"],
        title=values["title"],
        act=Act(values["act"]),
        stage=Stage(values["stage"]),
        anchor=Anchor(values["anchor"]),
        offset=int(values["offset"]),
        unit=Unit(values["unit"]),
        timed=bool(values.get("timed", False)),
        fact=Fact(values.get("fact", "")),
        closing=bool(values.get("closing", False)),
        coach=values.get("coach", ""),
        say=values.get("say", ""),
        not_say=values.get("not_say", ""),
        source=values.get("source", ""),
        after=values.get("after", ""),
        who=Who(values.get("who", "")),
        only_if=condition_from(values.get("only_if") or {}),
        every=int(values.get("every", 0)),
        every_unit=Unit(values.get("every_unit", Unit.OPEN_DAYS)),
    )


def condition_from(values: Mapping[str, Any]) -> Condition:
    """Build a condition from TOML or JSON values; what is missing doesn't matter.

    Raises:
        ValueError: a value is none that is known.
    """
    return Condition(
        severities=tuple(Severity(one) for one in values.get("severities", ())),
        channels=tuple(Channel(one) for one in values.get("channels", ())),
        cause_ids=tuple(int(one) for one in values.get("cause_ids", ())),
        least_worth_cents=int(values.get("least_worth_cents", 0)),
        not_agreed_after=int(values.get("not_agreed_after", 0)),
        not_agreed_unit=Unit(values.get("not_agreed_unit", Unit.OPEN_DAYS)),
    )


def condition_to_json(condition: Condition) -> str:
    """Return a condition as kept on the desk; empty where it leaves nobody out."""
    return "" if condition.is_for_all else json.dumps(asdict(condition))


def condition_from_json(text: str) -> Condition:
    """Return a condition as it was kept."""
    return condition_from(json.loads(text)) if text else EVERYBODY


def chases_itself(steps: Sequence[Step]) -> tuple[str, ...]:
    """Return the titles of steps that wait for each other in a circle; empty where none do."""
    after = {step.key: step.after for step in steps if step.anchor is Anchor.STEP_DONE}
    titles = {step.key: step.title for step in steps}
    for key in after:
        chain = [key]
        while (before := after.get(chain[-1])) is not None:
            if before in chain:
                return tuple(titles[one] for one in chain[chain.index(before) :])
            chain.append(before)
    return ()


def plan_from(values: Mapping[str, Any]) -> Plan:
    """Build a plan from a playbook's TOML."""
    return Plan(
        key=values["key"],
        name=values["name"],
        words=values.get("words", ""),
        starts_for=tuple(Severity(value) for value in values.get("starts_for", ())),
        steps=tuple(step_from(step) for step in values["steps"]),
    )


def steps_to_json(steps: Iterable[Step]) -> str:
    """Return steps as kept in a playbook's version."""
    return json.dumps([asdict(step) for step in steps], ensure_ascii=False)


def steps_from_json(text: str) -> tuple[Step, ...]:
    """Return the steps kept in a playbook's version."""
    return tuple(step_from(values) for values in json.loads(text))


def stages_of(steps: Iterable[Step]) -> frozenset[Stage]:
    """Return the stages that a plan leads through."""
    return frozenset(step.stage for step in steps)
