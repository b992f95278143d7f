"""Ideas: asked for once, credited, taken up or not, and thanked for once."""

from datetime import date, timedelta

import pytest

from recoverydesk.domain.correction import IdeaSource, IdeaStatus
from recoverydesk.domain.follow_up import Act, FollowUpKind, FollowUpStatus
from recoverydesk.errors import InvalidEntryError, NotAllowedError, NotFoundError
from recoverydesk.services import agendas, causes, corrections, follow_ups, ideas, preferences
from recoverydesk.services.corrections import CorrectionEntry
from recoverydesk.storage.tables import FollowUp
from tests.storage.filling import dump

OURS, THEIRS = IdeaSource.STAFF, IdeaSource.CUSTOMER


def add(shop, words="Seal the lid", source=THEIRS, **given):
    return ideas.add(shop.desk, words, source, now=shop.now, **given)


def idea(shop, idea_id):
    return next(one for one in ideas.all_ideas(shop.desk) if one.idea_id == idea_id)


def adopt(shop, idea_id, *correction):
    ideas.adopt(shop.desk, idea_id, *correction, now=shop.now)
    return idea(shop, idea_id)


def thanks(shop):
    """What is planned on Today to thank somebody."""
    seen = agendas.agenda(shop.desk, now=shop.now)
    rows = (*seen.late, *seen.today, *seen.ahead)
    return [row for row in rows if row.kind is FollowUpKind.THANKS]


def test_a_customer_is_asked_once_whatever_they_say(shop):
    case_id = shop.case()
    asked_at = shop.now

    ideas.ask_done(shop.desk, case_id, now=shop.now)
    ideas.ask_done(shop.desk, case_id, now=shop.later(hours=2))
    add(shop, case_id=case_id)

    assert shop.view(case_id).idea_asked_at == asked_at
    with pytest.raises(NotFoundError):
        ideas.ask_done(shop.desk, 999, now=shop.now)


def test_a_customers_idea_is_credited_to_them_and_counts_as_asked(shop):
    case_id = shop.case(name="Ada Obi")
    cause = causes.all_causes(shop.desk)[1]
    causes.write_down(shop.desk, case_id, [], cause_id=cause.cause_id, now=shop.now)

    add(shop, " Seal the lid ", case_id=case_id, who="somebody else")

    view = shop.view(case_id)
    (found,) = view.ideas
    assert (found.who, found.words, found.cause) == ("Ada Obi", "Seal the lid", cause.name)
    assert (found.source, found.status, found.to_thank) == (THEIRS, IdeaStatus.OPEN, False)
    assert found.case_number == view.number
    assert view.idea_asked_at == shop.now


def test_an_idea_of_those_who_work_here_needs_no_case_and_asks_nobody(shop):
    case_id = shop.case()

    alone = add(shop, source=OURS, who="  Kim   Lee ")
    add(shop, "Buy thicker lids", source=OURS, who="Kim Lee", case_id=case_id)

    assert idea(shop, alone).who == "Kim Lee"
    assert shop.view(case_id).idea_asked_at is None


def test_a_customers_idea_may_come_without_a_case(shop):
    ada = shop.customer("Ada Obi")

    assert idea(shop, add(shop, customer_id=ada)).who == "Ada Obi"


@pytest.mark.parametrize(
    ("given", "field"),
    [
        ({"words": " "}, "words"),
        ({"words": "x" * 1001}, "words"),
        ({"source": OURS}, "who"),
        ({"source": OURS, "who": "x" * 81}, "who"),
        ({"source": THEIRS}, "who"),
    ],
)
def test_an_idea_needs_words_and_somebody_to_credit(shop, given, field):
    with pytest.raises(InvalidEntryError) as refused:
        add(shop, **given)

    assert refused.value.field == field
    assert ideas.all_ideas(shop.desk) == ()


def test_what_is_gone_is_said_to_be_gone(shop):
    kept = add(shop, source=OURS, who="Kim")
    for deed in (
        lambda: add(shop, case_id=999),
        lambda: add(shop, customer_id=999),
        lambda: add(shop, source=OURS, who="Kim", cause_id=999),
        lambda: ideas.adopt(shop.desk, 999, now=shop.now),
        lambda: ideas.adopt(shop.desk, kept, 999, now=shop.now),
        lambda: ideas.decline(shop.desk, 999, "no room", now=shop.now),
        lambda: ideas.reopen(shop.desk, 999, now=shop.now),
        lambda: ideas.thank(shop.desk, 999, now=shop.now),
        lambda: ideas.change(shop.desk, 999, "Other words"),
    ):
        with pytest.raises(NotFoundError):
            deed()


def test_the_words_and_the_credit_of_an_idea_can_be_put_right(shop):
    ours, theirs = add(shop, source=OURS, who="Kim"), add(shop, case_id=shop.case())

    ideas.change(shop.desk, ours, "Seal every lid", who="Olga")
    ideas.change(shop.desk, theirs, "Seal the lid twice", who="Olga")

    assert (idea(shop, ours).words, idea(shop, ours).who) == ("Seal every lid", "Olga")
    assert (idea(shop, theirs).words, idea(shop, theirs).who) == ("Seal the lid twice", "Ada Obi")
    with pytest.raises(InvalidEntryError):
        ideas.change(shop.desk, ours, "Seal every lid", who=" ")


def test_taking_up_a_customers_idea_brings_a_call_to_thank_them(shop):
    idea_id = add(shop, case_id=shop.case(name="Ada Obi", phone="07700 900123"))
    before = dump(shop.desk)

    adopt(shop, idea_id)

    assert idea(shop, idea_id).to_thank
    (line,) = thanks(shop)
    assert (line.title, line.customer, line.act) == (
        "Thank Ada for the idea",
        "Ada Obi",
        Act.CALL,
    )
    assert "“Seal the lid”" in line.reason
    shop.desk.undo()
    assert dump(shop.desk) == before


def test_taking_up_a_colleagues_idea_brings_praise(shop):
    adopt(shop, add(shop, source=OURS, who="Kim"))

    (line,) = thanks(shop)
    assert (line.title, line.customer_id, line.act) == ("Praise Kim for the idea", None, Act.TALK)


def test_ticking_the_thanks_on_today_thanks_for_the_idea(shop):
    idea_id = add(shop, case_id=shop.case())
    adopt(shop, idea_id)

    follow_ups.complete(shop.desk, thanks(shop)[0].follow_up_id, now=shop.later(hours=1))

    assert idea(shop, idea_id).thanked_at == shop.now
    assert thanks(shop) == []
    with pytest.raises(NotAllowedError, match="already"):
        ideas.thank(shop.desk, idea_id, now=shop.now)


def test_leaving_the_thanks_out_thanks_nobody(shop):
    idea_id = add(shop, case_id=shop.case())
    adopt(shop, idea_id)

    line = thanks(shop)[0]
    follow_ups.skip(shop.desk, line.follow_up_id, why="moved away", now=shop.now)

    assert idea(shop, idea_id).to_thank
    assert thanks(shop) == []


def test_thanking_by_hand_ends_what_was_planned(shop):
    idea_id = add(shop, case_id=shop.case())
    with pytest.raises(NotAllowedError, match="Take the idea up first"):
        ideas.thank(shop.desk, idea_id, now=shop.now)
    adopt(shop, idea_id)
    assert [one.idea_id for one in ideas.to_thank(shop.desk)] == [idea_id]

    ideas.thank(shop.desk, idea_id, now=shop.now)

    assert (thanks(shop), ideas.to_thank(shop.desk)) == ([], ())
    with shop.desk.reading():
        row = FollowUp.get(FollowUp.kind == FollowUpKind.THANKS)
        assert row.status == FollowUpStatus.DONE


def test_whoever_asked_to_be_left_alone_is_not_turned_to(shop):
    case_id = shop.case()
    whose = shop.view(case_id).customer_id
    preferences.leave_alone(shop.desk, whose, asked=True, now=shop.now)
    idea_id = add(shop, case_id=case_id)

    adopt(shop, idea_id)
    assert thanks(shop) == []

    preferences.leave_alone(shop.desk, whose, asked=False, now=shop.now)
    assert len(thanks(shop)) == 1


def test_thanks_given_while_left_alone_do_not_come_back_later(shop):
    case_id = shop.case()
    whose = shop.view(case_id).customer_id
    preferences.leave_alone(shop.desk, whose, asked=True, now=shop.now)
    idea_id = add(shop, case_id=case_id)
    adopt(shop, idea_id)

    ideas.thank(shop.desk, idea_id, now=shop.now)  # they came in
    preferences.leave_alone(shop.desk, whose, asked=False, now=shop.now)

    assert thanks(shop) == []


def test_nobody_is_thanked_twice_for_one_idea(shop):
    idea_id = add(shop, case_id=shop.case())
    adopt(shop, idea_id)
    ideas.thank(shop.desk, idea_id, now=shop.now)

    ideas.reopen(shop.desk, idea_id, now=shop.now)
    adopt(shop, idea_id)
    adopt(shop, idea_id)

    assert thanks(shop) == []
    assert idea(shop, idea_id).thanked_at is not None


def test_an_idea_taken_up_twice_is_planned_once_and_tied_to_its_fix(shop):
    case_id = shop.case()
    idea_id = add(shop, case_id=case_id)
    fix = corrections.plan(shop.desk, case_id, CorrectionEntry("Seal lids"), now=shop.now)

    adopt(shop, idea_id)
    tied = adopt(shop, idea_id, fix)

    assert len(thanks(shop)) == 1
    assert (tied.correction_id, tied.correction) == (fix, "Seal lids")
    assert [one.idea_id for one in ideas.of_correction(shop.desk, fix)] == [idea_id]


def test_an_idea_that_is_not_taken_up_says_why(shop):
    idea_id = add(shop, case_id=shop.case())
    adopt(shop, idea_id)
    with pytest.raises(InvalidEntryError) as refused:
        ideas.decline(shop.desk, idea_id, " ", now=shop.now)
    assert refused.value.field == "end_words"

    ideas.decline(shop.desk, idea_id, "No room for it", now=shop.now)

    found = idea(shop, idea_id)
    assert (found.status, found.end_words) == (IdeaStatus.DECLINED, "No room for it")
    assert (thanks(shop), ideas.open_ideas(shop.desk)) == ([], ())


def test_an_idea_can_be_open_again(shop):
    idea_id = add(shop, case_id=shop.case())
    ideas.decline(shop.desk, idea_id, "No room for it", now=shop.now)

    ideas.reopen(shop.desk, idea_id, now=shop.now)

    (found,) = ideas.open_ideas(shop.desk)
    assert (found.status, found.end_words, found.decided_at) == (IdeaStatus.OPEN, "", None)
    assert ideas.count_open(shop.desk) == 1


def test_ideas_of_a_group_are_those_of_its_causes(shop):
    group, inner, *_rest = causes.all_causes(shop.desk)
    other = next(one for one in causes.all_causes(shop.desk) if one.parent_id is None
                 and one.cause_id != group.cause_id)  # fmt: skip
    near = add(shop, source=OURS, who="Kim", cause_id=inner.cause_id)
    add(shop, source=OURS, who="Kim", cause_id=other.cause_id)

    for cause in (group, inner):
        found = ideas.of_cause(shop.desk, cause.cause_id)
        assert [one.idea_id for one in found] == [near]


class Days:
    """Days of the calendar from one to another."""

    def __init__(self, first, last):
        self.first, self.last = first, last

    def __contains__(self, day):
        return self.first <= day <= self.last


def test_what_was_taken_up_in_a_time_is_credited(shop):
    early, late = add(shop, source=OURS, who="Kim"), add(shop, source=OURS, who="Olga")
    adopt(shop, early)
    day = shop.now.date()
    shop.later(days=40)
    adopt(shop, late)
    add(shop, source=OURS, who="Ben")

    def who(first, last):
        return [one.who for one in ideas.credited(shop.desk, Days(first, last))]

    assert who(day, day) == ["Kim"]
    assert who(day, shop.now.date()) == ["Kim", "Olga"]
    assert who(date(2020, 1, 1), day - timedelta(days=1)) == []


def test_only_a_customers_idea_that_was_taken_up_can_be_quoted(shop):
    case_id = shop.case()
    theirs = add(shop, "Seal\nthe lid", case_id=case_id)
    adopt(shop, add(shop, "Buy lids", source=OURS, who="Kim", case_id=case_id))

    def quoted():
        with shop.desk.reading():
            return ideas.newest_adopted(case_id)

    assert quoted() == ""
    adopt(shop, theirs)
    assert quoted() == "Seal the lid"
    ideas.decline(shop.desk, theirs, "No room", now=shop.now)
    assert quoted() == ""
