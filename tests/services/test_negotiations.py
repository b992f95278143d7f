import pytest

from recoverydesk.domain.negotiation import LineKind
from recoverydesk.domain.remedy import RemedyKind, RemedyStatus
from recoverydesk.errors import InvalidEntryError, NotAllowedError, NotFoundError
from recoverydesk.services import cases, negotiations
from recoverydesk.services.negotiations import Asked
from recoverydesk.services.remedies import RemedyEntry
from tests.conftest import NOW
from tests.storage.filling import dump

REFUND = RemedyEntry(RemedyKind.REFUND, "The money back", 4000)


def test_the_ledger_tells_who_said_what_in_order(shop):
    case_id = shop.case(asked=Asked("A new kettle"))

    negotiations.offer(shop.desk, case_id, REFUND, now=shop.now)
    negotiations.counter(shop.desk, case_id, Asked("And a tea", value_cents=300), now=shop.now)
    negotiations.decline(shop.desk, case_id, "No tea", reason="We have none.", now=shop.now)
    negotiations.ask(shop.desk, case_id, Asked("Then just the money"), now=shop.now)
    negotiations.agree(shop.desk, case_id, "The money it is.", [REFUND], now=shop.now)

    lines = shop.view(case_id).negotiation
    assert [(line.kind, line.words) for line in lines] == [
        (LineKind.ASKED, "A new kettle"),
        (LineKind.OFFERED, "The money back"),
        (LineKind.COUNTERED, "And a tea"),
        (LineKind.DECLINED, "No tea"),
        (LineKind.ASKED, "Then just the money"),
        (LineKind.AGREED, "The money it is."),
    ]
    assert [line.value_cents for line in lines] == [None, 4000, 300, None, None, 4000]
    assert (lines[3].reason, lines[1].remedy_kind) == ("We have none.", RemedyKind.REFUND)
    assert {line.person for line in lines} == {"Mia Ray"}


def test_what_was_agreed_becomes_remedies_to_hand_over(shop):
    case_id = shop.case()
    gift = RemedyEntry(RemedyKind.GIFT, "A tea", 300, cost_cents=120)

    made = negotiations.agree(shop.desk, case_id, "Fine.", [REFUND, gift], now=shop.now)

    view = shop.view(case_id)
    assert [remedy.remedy_id for remedy in view.remedies] == list(made)
    assert {remedy.status for remedy in view.remedies} == {RemedyStatus.AGREED}
    assert [remedy.cost_cents for remedy in view.remedies] == [4000, 120]
    assert [line.words for line in view.negotiation] == ["Fine.", "A tea"]
    assert (view.agreed_at, view.handed_over_at) == (NOW, None)


def test_an_apology_that_is_all_they_want_is_given_as_it_is_agreed(shop):
    case_id = shop.case()
    sorry = RemedyEntry(RemedyKind.APOLOGY_ONLY, "A sincere apology", 0)

    negotiations.agree(shop.desk, case_id, "That is enough.", [sorry, sorry], now=shop.now)

    view = shop.view(case_id)
    assert (view.apologised_at, view.handed_over_at) == (NOW, NOW)
    assert [remedy.cost_cents for remedy in view.remedies] == [0, 0]


def test_agreeing_ends_the_waiting(shop):
    case_id = shop.case()
    cases.wait_for_customer(shop.desk, case_id, waiting=True, now=shop.now)

    negotiations.agree(shop.desk, case_id, "Fine.", [REFUND], now=shop.now)

    assert shop.view(case_id).waiting_since is None


@pytest.mark.parametrize(
    ("deed", "field"),
    [
        (lambda *at, now: negotiations.ask(*at, Asked(" "), now=now), "words"),
        (lambda *at, now: negotiations.ask(*at, Asked("x" * 1_001), now=now), "words"),
        (lambda *at, now: negotiations.counter(*at, Asked("This", None, -1), now=now), "value"),
        (
            lambda *at, now: negotiations.offer(
                *at, RemedyEntry(RemedyKind.GIFT, "Tea", -1), now=now
            ),
            "value",
        ),
        (
            lambda *at, now: negotiations.offer(
                *at, RemedyEntry(RemedyKind.GIFT, "Tea", 1, cost_cents=-1), now=now
            ),
            "value",
        ),
        (lambda *at, now: negotiations.decline(*at, "No", reason=" ", now=now), "reason"),
        (lambda *at, now: negotiations.decline(*at, "", reason="None left.", now=now), "words"),
        (lambda *at, now: negotiations.agree(*at, "Fine", [], now=now), "remedies"),
        (lambda *at, now: negotiations.agree(*at, "", [REFUND], now=now), "words"),
        (
            lambda *at, now: negotiations.agree(
                *at, "Fine", [REFUND, RemedyEntry(RemedyKind.GIFT, " ")], now=now
            ),
            "words",
        ),
    ],
)
def test_a_line_that_cannot_be_taken_leaves_the_ledger_as_it_was(shop, deed, field):
    case_id = shop.case()
    before = dump(shop.desk)

    with pytest.raises(InvalidEntryError) as refused:
        deed(shop.desk, case_id, now=shop.now)

    assert (refused.value.field, dump(shop.desk)) == (field, before)


def test_there_is_nothing_to_agree_on_once_a_case_is_closed_or_gone(shop):
    case_id = shop.case()
    cases.close(
        shop.desk,
        case_id,
        cases.Ending(cases.Outcome.UNREACHABLE, skip_why="not needed"),
        now=shop.now,
    )

    with pytest.raises(NotAllowedError, match="closed"):
        negotiations.agree(shop.desk, case_id, "Fine", [REFUND], now=shop.now)
    for deed in (
        lambda: negotiations.ask(shop.desk, case_id, Asked("That"), now=shop.now),
        lambda: negotiations.offer(shop.desk, case_id, REFUND, now=shop.now),
        lambda: negotiations.counter(shop.desk, case_id, Asked("This"), now=shop.now),
        lambda: negotiations.decline(shop.desk, case_id, "No", reason="None.", now=shop.now),
    ):
        with pytest.raises(NotAllowedError, match="closed") as refused:
            deed()
        assert refused.value.advice == "Reopen it first."
    assert not shop.view(case_id).negotiation
    with pytest.raises(NotFoundError):
        negotiations.offer(shop.desk, 99, REFUND, now=shop.now)
