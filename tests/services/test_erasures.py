"""A person is forgotten without a trace, and no count changes."""

from datetime import UTC, date, datetime

import pytest

from recoverydesk import places
from recoverydesk.domain.case import GoodFaith, LostReason, Outcome
from recoverydesk.domain.contact import Reach, Way
from recoverydesk.domain.document import DocumentStatus
from recoverydesk.domain.forgetting import NOBODY, Forget
from recoverydesk.domain.span import Span
from recoverydesk.errors import NotAllowedError
from recoverydesk.progress import Progress
from recoverydesk.services import (
    attachments,
    case_pages,
    cases,
    checklists,
    contacts,
    customer_lists,
    customers,
    erasures,
    form_drafts,
    good_faith,
    insights,
    letters,
    papers,
    registers,
    sample,
    search,
)
from recoverydesk.services.cases import Ending, Story
from recoverydesk.services.contacts import ContactEntry
from recoverydesk.services.customers import CustomerEntry
from recoverydesk.storage import forget as forget_storage
from recoverydesk.storage.desk import Desk

NAME = "Zuleika Quibbleworth"
MAIL, PHONE = "zuleika@quibble.example", "+44 20 7946 0123"
NOTE = "Canarynote pays late"
SAID = "Canarywords about the kettle"
SPOKEN = "Canarytalk on the phone"
CANARIES = ("Zuleika", "Quibbleworth", "quibble.example", "7946 0123", "Canary")


def full_case(shop):
    """A closed case with something in every corner; return it and its customer."""
    case_id = shop.settled_case(name=NAME, email=MAIL, phone=PHONE, words=SAID)
    customer_id = shop.view(case_id).customer_id
    entry = CustomerEntry(NAME, email=MAIL, phone=PHONE, note=NOTE, likes="Canarylikes")
    customers.change(shop.desk, customer_id, entry, now=shop.now)
    entry = ContactEntry(way=Way.CALL, reach=Reach.REACHED, words=SPOKEN)
    contacts.log(shop.desk, case_id, entry, now=shop.now)
    story = Story(words=SAID, restatement=f"{NAME} got a leaking kettle. Canary", agreed=True)
    cases.tell(shop.desk, case_id, story, now=shop.now)
    shop.voucher(case_id=case_id)
    draft = letters.compose(shop.desk, case_id, now=shop.now)
    paper = letters.paper(shop.desk, draft, now=shop.now)
    papers.keep(shop.desk, paper, DocumentStatus.PRINTED, now=shop.now)
    listed = checklists.paper(shop.desk, now=shop.now, days=60)
    papers.keep(shop.desk, listed, DocumentStatus.PRINTED, now=shop.now)
    good_faith.assess(shop.desk, case_id, GoodFaith.UNCLEAR, "Canaryreason of mine")
    about = form_drafts.about_case(shop.desk, case_id)
    form_drafts.keep(shop.desk, "contact", about, {"words": "Canarytyping"}, now=shop.now)
    cases.close(
        shop.desk,
        case_id,
        Ending(
            Outcome.LOST,
            lost_reason=LostReason.PRICE,
            words="Canary closing",
            skip_why="Canary enough",
        ),
        now=shop.now,
    )
    return case_id, customer_id


def forget(shop, customer_id, how=Forget.ERASE):
    return erasures.erase(shop.desk, customer_id, how=how, now=shop.now)


def traces(folder):
    """Every canary in any file of a folder, in the encodings that a file might use."""
    return [
        (path.name, canary)
        for path in folder.rglob("*")
        if path.is_file()
        for canary in CANARIES
        for code in ("utf-8", "utf-16-le", "utf-16-be")
        if canary.casefold().encode(code) in path.read_bytes().lower()
    ]


def test_no_byte_is_left_in_any_file(shop, tmp_path):
    _case, customer_id = full_case(shop)
    places.outbox_folder().mkdir(parents=True)
    (places.outbox_folder() / "draft.eml").write_text(f"To: {MAIL}")
    places.config_folder().mkdir(parents=True, exist_ok=True)
    log = places.config_folder() / "recoverydesk.log"
    log.write_text(f"ERROR {NAME} could not be printed")
    assert traces(tmp_path)

    done = forget(shop, customer_id)

    assert done.swept
    assert traces(tmp_path) == []
    assert traces(places.data_folder()) == []
    assert log.read_text() == "ERROR (forgotten) could not be printed"


def test_nothing_finds_them_any_more(shop):
    case_id, customer_id = full_case(shop)
    number = shop.view(case_id).number

    forget(shop, customer_id)

    for typed in (NAME, "Quibbleworth", MAIL, "0123", "Canarytalk"):
        assert not search.find(shop.desk, typed)
        assert not customer_lists.alike(shop.desk, typed)
    assert customer_id not in customer_lists.ids(shop.desk)
    assert shop.view(case_id).number == number
    assert shop.view(case_id).customer == NOBODY
    assert shop.desk.check() == []


def test_others_keep_every_word_but_the_name(shop):
    _case, customer_id = full_case(shop)
    other = shop.case(name="Ben Low", words=f"The same as {NAME} had. She said so.")
    assert erasures.preview_erasure(shop.desk, customer_id).elsewhere

    forget(shop, customer_id)

    assert shop.view(other).words == "The same as (forgotten) had. She said so."
    assert shop.view(other).customer == "Ben Low"
    assert search.find(shop.desk, "Ben Low")


def test_counts_causes_and_money_stay(shop):
    _case, customer_id = full_case(shop)
    shop.settled_case(name="Ben Low")
    day = shop.now.date()
    span = Span(day.replace(day=1), day)

    def figures():
        found = insights.read(shop.desk, span, now=shop.now)
        register = registers.month(shop.desk, day.year, day.month)
        return found, register.totals, shop.desk.counts()["recovery_case"]

    before = figures()
    forget(shop, customer_id)

    assert figures() == before


def test_what_happened_can_stay_without_the_name(shop):
    case_id, customer_id = full_case(shop)

    forget(shop, customer_id, Forget.ANONYMISE)

    view = case_pages.view(shop.desk, case_id)
    assert view.words == SAID
    assert view.restatement == "(forgotten) got a leaking kettle. Canary"
    assert view.customer == NOBODY
    assert not view.contacts[0].words


def test_a_case_that_is_open_has_to_be_closed_first(shop):
    case_id = shop.case(name=NAME)
    customer_id = shop.view(case_id).customer_id
    number = shop.view(case_id).number

    assert erasures.preview_erasure(shop.desk, customer_id).open_cases == (number,)
    with pytest.raises(NotAllowedError, match=number):
        forget(shop, customer_id)

    assert shop.view(case_id).customer == NAME


def test_it_can_t_be_undone(shop):
    _case, customer_id = full_case(shop)

    forget(shop, customer_id)

    undoable = shop.desk.last_undoable()
    assert undoable is None or NAME not in undoable.words
    assert customers.customer_by_id is not None


def test_a_namesake_is_left_alone(shop):
    _case, customer_id = full_case(shop)
    namesake = shop.customer(NAME, email="another@mail.example")

    forget(shop, customer_id)

    assert namesake in customer_lists.ids(shop.desk, typed=NAME)


def test_a_photo_that_somebody_else_sent_too_stays(shop):
    case_id, customer_id = full_case(shop)
    other = shop.case(name="Ben Low")
    photo = b"%PDF-1.4 not really"
    for one in (case_id, other):
        with shop.desk.changing(erasures.Topic.CASES, "Attach"):
            attachments.Attachment.create(
                case=one,
                name="a.pdf",
                media_type="application/pdf",
                content=shop.desk.keep_blob(photo, "application/pdf"),
                at=shop.now,
            )

    forget(shop, customer_id)

    (kept,) = shop.view(other).attachments
    assert attachments.content(shop.desk, kept.attachment_id)[2] == photo
    assert not shop.view(case_id).attachments


STAYS = {
    "name", "number", "review_site", "code", "terms", "text", "title", "file_name", "template",
    "enclosed", "step_key", "key", "case_number", "tone", "language", "body", "form", "about",
    "fields", "media_type",
}  # fmt: skip
"""Text columns that say nothing of a person, are replaced rather than emptied, or whose rows go."""


def test_it_is_decided_of_every_text_column_whether_it_stays():
    tables = {*erasures.EMPTIED, *erasures.STORY, *erasures.CLEARED}
    undecided = [
        f"{table.__name__}.{field.column_name}"
        for table in tables
        for field in table._meta.sorted_fields
        if field.column_name in forget_storage.text_columns(table)
        and not any("IN (" in one.sql for one in field.constraints or () if hasattr(one, "sql"))
        and field.column_name not in STAYS
        and not any(
            field.column_name in columns.get(table, ())
            for columns in (erasures.EMPTIED, erasures.STORY, erasures.CLEARED)
        )
    ]

    assert undecided == []


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_forgetting_everybody_who_can_be_changes_no_figure(tmp_path, seed):
    now = datetime(2026, 10, 14, 11, 35, tzinfo=UTC)
    desk = Desk(tmp_path / "practice.desk", clock=lambda: now)
    sample.fill(desk, customer_count=12, case_count=40, seed=seed, now=now, progress=Progress())
    span = Span(date(2025, 1, 1), now.date())

    def figures():
        totals = [registers.month(desk, 2026, month).totals for month in range(5, 11)]
        return insights.read(desk, span, now=now), totals, desk.counts()["recovery_case"]

    before = figures()
    everybody = customer_lists.ids(desk)
    going = [one for one in everybody if not erasures.preview_erasure(desk, one).open_cases]
    assert going
    for customer_id in going:
        erasures.erase(desk, customer_id, now=now)

    assert figures() == before
    assert desk.check() == []
    desk.close()


def test_a_single_first_name_stays_in_what_is_about_others(shop):
    case_id = full_case(shop)[0]
    rose = shop.customer("Rose")
    log = places.config_folder() / "recoverydesk.log"
    log.parent.mkdir(parents=True, exist_ok=True)
    log.write_text("Rose")

    forget(shop, rose)

    assert rose not in customer_lists.ids(shop.desk)
    assert shop.view(case_id).customer == NAME
    assert log.read_text() == "Rose"


def test_a_shop_s_own_paper_that_is_no_pdf_is_read_as_it_is(shop):
    _case, customer_id = full_case(shop)
    with shop.desk.changing(erasures.Topic.DOCUMENTS, "Keep a list"):
        listed = erasures.Document.create(
            kind="checklist",
            title="List",
            file_name="list.txt",
            status="printed",
            content=shop.desk.keep_blob(f"Call {NAME}".encode(), "text/plain"),
            at=shop.now,
        ).id

    forget(shop, customer_id)

    assert NAME.encode() not in papers.content(shop.desk, listed)[1]
