import pytest

from recoverydesk.domain.case import Evidence, LostReason, Outcome, Status
from recoverydesk.domain.outcome import check_close, check_resolve
from recoverydesk.errors import InvalidEntryError, NotAllowedError


def close(outcome, *, status=Status.RESOLVED, evidence=None, lost_reason=None, **given):
    given = {"came_again": False} | given
    check_close(status, outcome, evidence=evidence, lost_reason=lost_reason, **given)


@pytest.mark.parametrize(
    ("outcome", "given", "field"),
    [
        (Outcome.PENDING, {}, "outcome"),
        (Outcome.LOST, {}, "lost_reason"),
        (Outcome.NOT_UPHELD, {"words": "  "}, "words"),
        (Outcome.WON_BACK, {}, "evidence"),
        (Outcome.KEPT, {}, "evidence"),
        (Outcome.WON_BACK, {"evidence": Evidence.PURCHASE}, "evidence"),
    ],
)
def test_an_ending_needs_what_it_rests_on(outcome, given, field):
    with pytest.raises(InvalidEntryError) as refused:
        close(outcome, **given)

    assert refused.value.field == field


@pytest.mark.parametrize(
    ("outcome", "given"),
    [
        (Outcome.LOST, {"lost_reason": LostReason.PRICE}),
        (Outcome.NOT_UPHELD, {"words": "They had used it wrongly."}),
        (Outcome.UNREACHABLE, {}),
        (Outcome.WON_BACK, {"evidence": Evidence.PURCHASE, "came_again": True}),
        (Outcome.WON_BACK, {"evidence": Evidence.OWNERS_WORD}),
        (Outcome.KEPT, {"evidence": Evidence.THEIR_WORD}),
    ],
)
def test_a_resolved_case_may_end_so(outcome, given):
    close(outcome, **given)


@pytest.mark.parametrize("status", [Status.CLOSED, Status.MERGED])
def test_what_has_ended_cannot_end_again(status):
    with pytest.raises(NotAllowedError, match="ended already"):
        close(Outcome.UNREACHABLE, status=status)
    with pytest.raises(NotAllowedError, match="already"):
        check_resolve(status)


@pytest.mark.parametrize("status", [Status.OPEN, Status.WAITING_CUSTOMER])
def test_nobody_is_won_back_before_the_case_is_resolved(status):
    with pytest.raises(NotAllowedError, match="isn't resolved yet"):
        close(Outcome.WON_BACK, status=status, evidence=Evidence.OWNERS_WORD)
    close(Outcome.LOST, status=status, lost_reason=LostReason.TOO_LATE)
    check_resolve(status)
