import pytest

from recoverydesk.domain.case import Severity, Stage
from recoverydesk.domain.follow_up import Act, Anchor, Unit
from recoverydesk.domain.playbook import (
    Fact,
    plan_from,
    stages_of,
    step_from,
    steps_from_json,
    steps_to_json,
)

LEAST = {
    "key": "call",
    "title": "Ring {name}",
    "act": "call",
    "stage": "listen",
    "anchor": "opened",
    "offset": 4,
    "unit": "open_hours",
}


def test_a_step_needs_no_more_than_what_when_and_why():
    step = step_from(LEAST)

    assert (step.act, step.stage, step.anchor, step.unit) == (
        Act.CALL,
        Stage.LISTEN,
        Anchor.OPENED,
        Unit.OPEN_HOURS,
    )
    assert (step.timed, step.fact, step.closing, step.coach) == (False, Fact.NONE, False, "")


def test_a_title_names_the_customer_whatever_they_are_called():
    assert step_from(LEAST).title_for("{name} {0} %s") == "Ring {name} {0} %s"


def test_steps_come_back_from_the_desk_as_they_went_in():
    steps = (
        step_from(LEAST | {"timed": True, "fact": "apologised", "closing": True, "say": "שלום"}),
        step_from(LEAST | {"key": "other", "stage": "own"}),
    )

    assert steps_from_json(steps_to_json(steps)) == steps


@pytest.mark.parametrize(
    ("wrong", "error"), [({"act": "sing"}, ValueError), ({"offset": "soon"}, ValueError)]
)
def test_a_wrong_step_is_not_taken(wrong, error):
    with pytest.raises(error):
        step_from(LEAST | wrong)


def test_a_plan_says_for_whom_it_starts_and_where_it_leads():
    plan = plan_from({"key": "p", "name": "P", "starts_for": ["upset"], "steps": [LEAST, LEAST]})

    assert (plan.starts_for, plan.words, len(plan.steps)) == ((Severity.UPSET,), "", 2)
    assert stages_of(plan.steps) == {Stage.LISTEN}
