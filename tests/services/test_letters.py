from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from recoverydesk.domain.correction import CorrectionStatus, IdeaSource
from recoverydesk.domain.document import DocumentKind, DocumentStatus
from recoverydesk.domain.merge_fields import MergeField
from recoverydesk.domain.remedy import RemedyKind, RemedyStatus
from recoverydesk.errors import (
    FileTroubleError,
    InvalidEntryError,
    NotAllowedError,
    NotFoundError,
)
from recoverydesk.services import (
    agendas,
    case_pages,
    cases,
    certificates,
    checklists,
    corrections,
    customers,
    follow_ups,
    ideas,
    letter_templates,
    letters,
    negotiations,
    papers,
    shop_changes,
    vouchers,
)
from recoverydesk.services import shop as shops
from recoverydesk.services.corrections import CorrectionEntry
from recoverydesk.services.customers import CustomerEntry
from recoverydesk.storage import journal
from recoverydesk.storage.tables import (
    Case,
    CorrectiveAction,
    LetterTemplate,
    Remedy,
    Shop,
    Voucher,
)
from recoverydesk.topics import Topic
from tests.conftest import NOW
from tests.documents.builders import picture
from tests.reading import text_of

SECRET = 123_45
"""What something costs the shop: nowhere on a customer's paper."""


def told(shop, **given):
    """A case whose letter has all it needs."""
    case_id = shop.case(**given)
    story = cases.Story("It leaks!!", "The kettle leaked twice.", agreed=True)
    cases.tell(shop.desk, case_id, story, now=shop.now)
    return case_id


def compose(shop, case_id, **given):
    return letters.compose(shop.desk, case_id, now=shop.now, **given)


def paper_of(shop, case_id, **given):
    return letters.paper(shop.desk, compose(shop, case_id, **given), now=shop.now)


def speaking(shop, locale, country):
    with shop.desk.changing(Topic.SHOP, "Move"):
        Shop.update(locale=locale, country=country).execute()


def fixed(shop, case_id, what):
    entry = CorrectionEntry(what)
    correction_id = corrections.plan(shop.desk, case_id, entry, now=shop.now)
    corrections.done(shop.desk, correction_id, check_on=date(2026, 4, 1), now=shop.now)


def body(shop, template):
    """Rewrite every apology, also in ways that the owner's own editor refuses."""
    with shop.desk.changing(Topic.DOCUMENTS, "Rewrite"):
        for text in letter_templates.texts(shop.desk, language="en"):
            LetterTemplate.insert(
                key=text.key,
                language=text.language,
                tone=text.tone,
                name=text.name,
                title=text.title,
                body=template,
                changed_at=shop.now,
            ).on_conflict_replace().execute()


def test_the_letter_that_suits_the_case_is_offered(shop):
    case_id = told(shop)

    assert compose(shop, case_id).template == "apology"
    shop.agreed(case_id)
    assert compose(shop, case_id).template == "apology_and_remedy"


def test_a_letter_quotes_what_the_customer_agreed_to_not_how_they_shouted(shop):
    case_id = told(shop)

    assert "The kettle leaked twice." in compose(shop, case_id).body
    assert "It leaks!!" not in compose(shop, case_id).body


def test_a_letter_has_name_problem_and_remedy_and_never_the_cost(shop):
    case_id = told(shop)
    shop.agreed(case_id, words="A new kettle by post", value_cents=4000, cost_cents=SECRET)

    paper = paper_of(shop, case_id)

    printed = text_of(paper.content)
    assert "Ada Obi" in printed
    assert "The kettle leaked twice." in printed
    assert "A new kettle by post" in printed
    assert "123" not in printed
    assert "R-2026-0001" in printed
    assert (paper.kind, paper.title, paper.pages) == (
        DocumentKind.LETTER,
        "Apology and remedy to Ada Obi",
        1,
    )
    assert paper.file_name == "2026-03-02 Apology and remedy Ada Obi.pdf"


@pytest.mark.parametrize("tone", letter_templates.TONES)
@pytest.mark.parametrize("template", ["apology", "apology_and_remedy"])
def test_every_letter_that_ships_prints_without_an_empty_place(shop, tone, template):
    case_id = told(shop)
    shop.agreed(case_id)

    draft = compose(shop, case_id, template=template, tone=tone)

    assert draft.tone == tone
    assert letters.empty_fields(draft.body) == ()
    assert letters.paper(shop.desk, draft, now=shop.now).pages == 1


def test_an_unknown_tone_takes_the_first_there_is(shop):
    assert compose(shop, told(shop), tone="angry").tone in letter_templates.TONES


def test_a_letter_or_language_that_is_not_there_is_said(shop):
    case_id = told(shop)

    for given in ({"template": "none"}, {"language": "xx"}):
        with pytest.raises(NotFoundError, match="no such letter"):
            compose(shop, case_id, **given)
    with pytest.raises(NotFoundError, match="case"):
        compose(shop, 99)


def test_what_each_remedy_brings_stands_beside_it(shop):
    case_id = told(shop)
    shop.agreed(case_id, words="A *new* kettle", promised_for=date(2026, 3, 6))
    voucher = shop.voucher(case_id=case_id, words="A £25 card")
    forever = shop.voucher(case_id=case_id, words="A card for ever")
    spent = shop.voucher(case_id=case_id, words="A spent card", value_cents=100)
    letters_before = compose(shop, case_id)
    with shop.desk.changing(Topic.REMEDIES, "Change"):
        Voucher.update(valid_to=None).where(Voucher.id == forever.voucher_id).execute()
        Voucher.update(voided_at=shop.now).where(Voucher.id == spent.voucher_id).execute()
    shop.agreed(case_id, words="Taken back")
    shop.agreed(case_id, kind=RemedyKind.APOLOGY_ONLY, words="Sorry")
    with shop.desk.changing(Topic.REMEDIES, "Void"):
        Remedy.update(status=RemedyStatus.VOID).where(Remedy.words == "Taken back").execute()

    draft = compose(shop, case_id)

    lines = [line for line in draft.body.splitlines() if line.startswith("- ")]
    assert lines == [
        r"- **A \*new\* kettle**, by 6 March 2026.",
        f"- **A £25 card**, enclosed; its code is {voucher.shown_code}"
        " and it is good until 2 March 2027.",
        f"- **A card for ever**, enclosed; its code is {forever.shown_code}.",
    ]
    assert [one.words for one in draft.enclosures] == ["A £25 card", "A card for ever, £25"]
    assert draft.enclosed == (voucher.voucher_id, forever.voucher_id)
    assert len(letters_before.enclosures) == 3


def test_enclosed_certificates_follow_the_letter(shop):
    case_id = told(shop)
    voucher = shop.voucher(case_id=case_id, cost_cents=SECRET)
    draft = compose(shop, case_id)

    with_it = letters.paper(shop.desk, draft, now=shop.now)
    without = letters.paper(shop.desk, replace(draft, enclosed=()), now=shop.now)

    assert with_it.pages == without.pages + 1
    assert voucher.shown_code in text_of(with_it.content)
    assert "123.45" not in text_of(with_it.content)


@pytest.mark.parametrize(
    ("locale", "country", "language", "day"),
    [
        ("en_GB", "GB", "en", "2 March 2026"),
        ("en_US", "US", "en", "March 2, 2026"),
        ("de_DE", "DE", "en", "2 March 2026"),
        ("ja_JP", "JP", "en", "March 2, 2026"),
        ("de", "", "en", "March 2, 2026"),
    ],
)
def test_a_letters_days_speak_its_language_as_its_country_writes_it(
    shop, locale, country, language, day
):
    case_id = told(shop)
    speaking(shop, locale, country)
    body(shop, "{{today}}, {{follow_up_on}}")

    draft = compose(shop, case_id, language=language)

    assert draft.day_words == day
    assert draft.body.startswith(day)
    assert "März" not in draft.body


def test_a_letter_in_the_shops_own_language_has_the_shops_own_days(shop):
    speaking(shop, "de_AT", "AT")

    assert shops.paper_locale("de", shops.view(shop.desk)) == "de_AT"
    assert shops.paper_locale("en", shops.view(shop.desk)) == "en_AT"


def test_every_field_a_letter_may_ask_for_can_be_filled(shop):
    case_id = told(shop, occurred_on=date(2026, 2, 27))
    story = cases.Story("It leaks.", "It leaked.", agreed=True, our_part="We didn't check it.")
    cases.tell(shop.desk, case_id, story, now=shop.now)
    shop.agreed(case_id, promised_for=date(2026, 3, 6))
    shop.voucher(case_id=case_id)
    fixed(shop, case_id, "Each one is tested")
    idea = ideas.add(shop.desk, "Test them", IdeaSource.CUSTOMER, case_id=case_id, now=shop.now)
    ideas.adopt(shop.desk, idea, now=shop.now)
    negotiations.decline(shop.desk, case_id, "A trip", reason="It is too far", now=shop.now)
    shop_changes.change(shop.desk, phone="01225 960104", email="mia@example.org")
    body(shop, "\n\n".join(f"{field}: {{{{{field}}}}}" for field in MergeField))

    draft = compose(shop, case_id)

    assert letters.empty_fields(draft.body) == ()
    for words in (
        "happened_on: 27 February 2026",
        "promised_by: 6 March 2026",
        "voucher_value: £25",
        "what_changed: Each one is tested",
        "contact_name: Mia Ray",
        "shop_email: mia@example.org",
    ):
        assert words in draft.body


def test_an_empty_place_cannot_print(shop):
    case_id = told(shop)
    body(shop, "Dear {{first_name}}, {{what_changed}} {{happened_on}} {{voucher_code}} {{use_by}}")
    draft = compose(shop, case_id)

    assert letters.draw(shop.desk, draft).startswith(b"%PDF")
    with pytest.raises(
        InvalidEntryError, match="what we changed; the day it happened; the v"
    ) as refused:
        letters.paper(shop.desk, draft, now=shop.now)
    assert refused.value.field == "body"
    for words in ("", " \n", "x" * 20_001):
        with pytest.raises(InvalidEntryError):
            letters.paper(shop.desk, replace(draft, body=words), now=shop.now)


def test_a_letter_names_the_day_of_the_next_call(shop):
    case_id = told(shop)
    body(shop, "{{follow_up_on|never}}")
    assert compose(shop, case_id).body == "9 March 2026"
    shop.agreed(case_id)
    assert compose(shop, case_id).body == "16 March 2026"

    cases.resolve(shop.desk, case_id, now=shop.now)
    assert compose(shop, case_id).body == "10 March 2026"
    ending = cases.Ending(cases.Outcome.KEPT, cases.Evidence.THEIR_WORD, skip_why="not needed")
    cases.close(shop.desk, case_id, ending, now=shop.now)
    assert compose(shop, case_id).body == "never"


def test_the_address_window_has_what_is_known(shop):
    entry = CustomerEntry(
        "Ada Obi", address="1 High St\n\n Flat 2", postcode="BA1 1AA", town="Bath", country="UK"
    )
    case_id = told(shop)
    customers.change(shop.desk, shop.view(case_id).customer_id, entry)

    assert compose(shop, case_id).recipient_lines == (
        "Ada Obi",
        "1 High St",
        "Flat 2",
        "BATH",
        "BA1 1AA",
    )


@pytest.mark.parametrize(
    "name", ["محمد عبد الله", "יוסף בן־דוד", "王小明", "Łukasz Żółć", "🙂 Ann"]
)
def test_every_name_prints(shop, name):
    paper = paper_of(shop, told(shop, name=name))

    assert paper.pages == 1
    assert name in paper.title


def test_a_certificate_is_the_voucher_on_paper(shop):
    case_id = shop.case()
    voucher = shop.voucher(
        case_id=case_id, recipient="Bo Li", message="Enjoy!", cost_cents=SECRET, words="For tea"
    )

    paper = certificates.paper(shop.desk, voucher.shown_code.lower(), now=shop.now)

    printed = text_of(paper.content)
    for words in ("Bo Li", "Enjoy!", "£25", voucher.shown_code, "2 March 2027", "For tea"):
        assert words in printed
    assert "123.45" not in printed
    assert (paper.kind, paper.case_id, paper.pages) == (DocumentKind.CERTIFICATE, case_id, 1)
    assert paper.file_name == "2026-03-02 Gift certificate Bo Li.pdf"


def test_a_certificate_without_an_owner_is_from_the_shop(shop):
    shop_changes.change(shop.desk, owner="")
    voucher = shop.voucher()
    with shop.desk.changing(Topic.VOUCHERS, "For ever"):
        Voucher.update(valid_to=None).execute()

    printed = text_of(certificates.paper(shop.desk, voucher.code, now=shop.now).content)

    assert "Corner Shop" in printed
    assert "everyone at" not in printed
    assert "Thank you for giving us a second chance" in printed
    assert "2027" not in printed


def test_a_voucher_that_gives_nothing_is_not_printed(shop):
    voucher = shop.voucher()
    with shop.desk.changing(Topic.VOUCHERS, "Void"):
        Voucher.update(voided_at=shop.now).execute()

    with pytest.raises(NotAllowedError, match=r"can't be printed any more\. It was declared void"):
        certificates.paper(shop.desk, voucher.code, now=shop.now)


def test_the_checklist_prints_what_is_due_in_its_order(shop):
    late = shop.case(name="Ada Obi", phone="07700 900123")
    waiting = shop.case(name="Wu Yi")
    cases.wait_for_customer(shop.desk, waiting, waiting=True, now=shop.now)
    shop.later(days=1)
    shop.case(name="Bo Li")
    shop.later(hours=1)
    follow_ups.remind(shop.desk, "Water the plants", on=date(2026, 3, 5), now=shop.now)

    paper = checklists.paper(shop.desk, now=shop.now, days=7)

    printed = text_of(paper.content)
    assert "07700 900123" in printed
    assert "1 late, 2 for today" in printed
    assert "Their turn" in printed
    order = checklists.printed_order(agendas.agenda(shop.desk, now=shop.now))
    assert [row.customer for row in order] == ["Ada Obi", "Wu Yi", "Bo Li", ""]
    places = [printed.index(words) for words in ("Ada Obi", "Wu Yi", "Bo Li", "Water the plants")]
    assert places == sorted(places)
    assert late == order[0].case_id


def test_a_checklist_of_a_quiet_day_still_prints(shop):
    paper = checklists.paper(shop.desk, now=shop.now, days=-3)

    assert (paper.pages, paper.file_name) == (1, "2026-03-02 Follow-ups.pdf")


def keep(shop, status, *, case_id=None):
    case_id = case_id or told(shop)
    paper = paper_of(shop, case_id)
    return case_id, paper, papers.keep(shop.desk, paper, status, now=shop.now)


def test_the_exact_bytes_of_what_went_out_are_kept(shop):
    case_id, paper, document_id = keep(shop, DocumentStatus.PRINTED)
    entry = CustomerEntry("Ada Married")
    customers.change(shop.desk, shop.view(case_id).customer_id, entry)

    assert papers.content(shop.desk, document_id) == (paper.file_name, paper.content)
    (kept,) = shop.view(case_id).papers
    assert (kept.title, kept.status, kept.pages) == (
        "Apology to Ada Obi",
        DocumentStatus.PRINTED,
        1,
    )


def test_a_letter_that_went_out_says_sorry_and_stays_on_record(shop):
    case_id, _, _ = keep(shop, DocumentStatus.PRINTED)
    newest = shop.desk.last_undoable()

    assert shop.view(case_id).apologised_at == NOW
    assert not newest.words.startswith("Print")


def test_a_letter_that_was_only_saved_says_sorry_once_it_is_sent(shop):
    case_id, _, document_id = keep(shop, DocumentStatus.PREPARED)
    assert shop.view(case_id).apologised_at is None
    assert shop.desk.last_undoable().words == "Save Apology to Ada Obi"

    papers.mark(shop.desk, document_id, DocumentStatus.SENT, now=shop.later(days=1))
    papers.mark(shop.desk, document_id, DocumentStatus.HANDED_OVER, now=shop.later(days=1))

    view = shop.view(case_id)
    assert (view.apologised_at.date(), view.papers[0].status) == (
        date(2026, 3, 3),
        DocumentStatus.HANDED_OVER,
    )


def test_what_went_out_never_goes_back_to_being_a_draft(shop):
    _, _, document_id = keep(shop, DocumentStatus.SENT)

    with pytest.raises(NotAllowedError, match="stays on record"):
        papers.mark(shop.desk, document_id, DocumentStatus.PREPARED, now=shop.now)
    for deed in (
        lambda: papers.mark(shop.desk, 99, DocumentStatus.SENT, now=shop.now),
        lambda: papers.content(shop.desk, 99),
    ):
        with pytest.raises(NotFoundError):
            deed()


def test_a_paper_without_a_case_is_kept_too(shop):
    paper = checklists.paper(shop.desk, now=shop.now)

    document_id = papers.keep(shop.desk, paper, DocumentStatus.PRINTED, now=shop.now)

    assert papers.content(shop.desk, document_id)[1] == paper.content


def test_a_file_is_written_whole_or_not_at_all(tmp_path):
    target = tmp_path / "new" / "letter.pdf"

    papers.write_file(target, b"first")
    papers.write_file(target, b"second")

    assert target.read_bytes() == b"second"
    assert [path.name for path in target.parent.iterdir()] == ["letter.pdf"]
    for wrong in (target.parent, target / "under a file.pdf"):
        with pytest.raises(FileTroubleError, match="could not be written"):
            papers.write_file(wrong, b"third")
    assert [path.name for path in target.parent.iterdir()] == ["letter.pdf"]


def test_the_shops_picture_and_address_head_its_letters(shop):
    case_id = told(shop)
    plain = letters.draw(shop.desk, compose(shop, case_id))
    shop_changes.set_picture(shop.desk, "logo", picture())
    shop_changes.set_picture(shop.desk, "signature", picture())
    shop_changes.change(shop.desk, address="1 High St\n\nBath")
    with shop.desk.changing(Topic.SHOP, "Letter paper"):
        Shop.update(paper="letter").execute()

    dressed = letters.draw(shop.desk, compose(shop, case_id))

    assert len(dressed) > len(plain)
    assert "1 High St" in text_of(dressed)
    with shop.desk.reading():
        assert case_pages.came_again(Case.get()) is False


def test_a_day_is_the_shops_own(shop):
    case_id = told(shop)
    shop.now = datetime(2026, 7, 1, 23, 30, tzinfo=UTC)

    assert compose(shop, case_id).day_words == "2 July 2026"


def test_a_kept_paper_tells_what_it_is_and_one_that_is_gone_says_so(shop):
    case_id = told(shop)
    paper = letters.paper(shop.desk, compose(shop, case_id), now=shop.now)
    kept = papers.keep(shop.desk, paper, DocumentStatus.PREPARED, now=shop.now)

    view = papers.view(shop.desk, kept)

    assert (view.title, view.status) == (paper.title, DocumentStatus.PREPARED)
    with pytest.raises(NotFoundError, match="no longer on the desk"):
        papers.view(shop.desk, 999)


@pytest.mark.parametrize(
    ("what", "stands"), [("New boxes", "New boxes."), ("New boxes…", "New boxes…")]
)
def test_what_changed_ends_like_a_sentence(shop, what, stands):
    case_id = told(shop)
    fixed(shop, case_id, what)
    body(shop, "{{what_changed}}")

    assert compose(shop, case_id).body == stands


def test_only_a_fix_that_is_in_place_has_changed_anything(shop):
    case_id = told(shop)
    body(shop, "{{what_changed|nothing yet}}")
    corrections.plan(shop.desk, case_id, CorrectionEntry("Maybe one day"), now=shop.now)
    assert compose(shop, case_id).body == "nothing yet"

    fixed(shop, case_id, "New boxes")
    fixed(shop, case_id, "It failed")
    fixed(shop, case_id, "Given up")
    with shop.desk.changing(Topic.CORRECTIONS, "Look"):
        for what, status in (
            ("It failed", CorrectionStatus.CAME_BACK),
            ("Given up", CorrectionStatus.DROPPED),
        ):
            row = CorrectiveAction.update(status=status).where(CorrectiveAction.what == what)
            row.execute()

    assert compose(shop, case_id).body == "New boxes."


def test_a_letter_offers_only_vouchers_that_still_give_something(shop):
    case_id = told(shop)
    for words in ("Void", "Replaced", "Expired", "Used up", "Good"):
        shop.voucher(case_id=case_id, words=words)
    good, used = shop.view(case_id).remedies[4], shop.view(case_id).remedies[3]
    vouchers.redeem(shop.desk, used.code, now=shop.now)
    with shop.desk.changing(Topic.VOUCHERS, "Change"):
        Voucher.update(voided_at=shop.now).where(Voucher.id == 1).execute()
        Voucher.update(replaced_by=good.voucher_id).where(Voucher.id == 2).execute()
        Voucher.update(valid_to=date(2026, 3, 1)).where(Voucher.id == 3).execute()
    body(shop, "{{remedies}}")

    draft = compose(shop, case_id)

    assert draft.enclosed == (good.voucher_id,)
    (line,) = draft.body.splitlines()
    assert line.startswith("- **Good**")


def test_a_voucher_that_is_spent_while_its_letter_is_written_cannot_go_out_with_it(shop):
    case_id = told(shop)
    voucher = shop.voucher(case_id=case_id)
    draft = compose(shop, case_id)
    vouchers.redeem(shop.desk, voucher.code, now=shop.now)

    with pytest.raises(InvalidEntryError, match="can't be used any more") as refused:
        letters.paper(shop.desk, draft, now=shop.now)

    assert refused.value.field == "enclosed"


def test_a_part_used_certificate_says_what_is_left_of_it(shop):
    voucher = shop.voucher(words="For tea")
    vouchers.redeem(shop.desk, voucher.code, now=shop.now, amount_cents=2000)

    with shop.desk.reading():
        said = certificates.value(shop.desk, voucher.voucher_id, shops.view(shop.desk))

    assert (said.value_words, said.value_note) == ("£5", "of £25")


@pytest.mark.parametrize("wrong", ["{{frist_name}}", "{{ cost|5 }}", "{{first_name", "}}"])
def test_a_place_that_nothing_fills_cannot_print(shop, wrong):
    case_id = told(shop)
    body(shop, f"Dear {wrong}")
    draft = compose(shop, case_id)

    assert letters.empty_fields(draft.body) == (wrong,)
    with pytest.raises(InvalidEntryError) as refused:
        letters.paper(shop.desk, draft, now=shop.now)
    assert str(refused.value) == f"There is a place in the letter that nothing fills: {wrong}"


GONE = [
    DocumentStatus.PREPARED,
    DocumentStatus.PRINTED,
    DocumentStatus.SENT,
    DocumentStatus.HANDED_OVER,
]


def undoable(shop):
    """The words of all that Undo would take back."""
    return [
        change.words
        for change in journal.history(shop.desk)
        if change.undoable and change.undoes_id is None
    ]


@pytest.mark.parametrize("status", GONE)
@pytest.mark.parametrize("paper_kind", ["certificate", "enclosed", "named"])
def test_undo_never_takes_back_a_voucher_that_is_on_paper(shop, status, paper_kind):
    case_id = told(shop)
    remedy_id = shop.agreed(case_id, kind=RemedyKind.VOUCHER, words="A card")
    voucher = shop.voucher(case_id=case_id, remedy_id=remedy_id)
    issued = shop.desk.last_undoable()
    other = shop.voucher()
    draft = compose(shop, case_id)
    if paper_kind == "named":
        draft = replace(draft, enclosed=())
    paper = (
        certificates.paper(shop.desk, voucher.code, now=shop.now)
        if paper_kind == "certificate"
        else letters.paper(shop.desk, draft, now=shop.now)
    )

    papers.keep(shop.desk, paper, status, now=shop.now)

    with pytest.raises(NotAllowedError, match="can't be undone: Issue"):
        shop.desk.undo(issued.id)
    words = undoable(shop)
    assert f"Issue {other.shown_code}" in words
    assert f"Issue {voucher.shown_code}" not in words
    assert "Agreed: R-2026-0001" not in words


def test_undo_still_takes_back_a_voucher_that_is_on_no_paper(shop):
    case_id = told(shop)
    shop.voucher(case_id=case_id)
    issued = shop.desk.last_undoable()
    letter = replace(compose(shop, case_id), enclosed=(), body="I am sorry.")
    paper = letters.paper(shop.desk, letter, now=shop.now)
    papers.keep(shop.desk, paper, DocumentStatus.PREPARED, now=shop.now)
    draft = certificates.paper(shop.desk, shop.view(case_id).remedies[0].code, now=shop.now)
    papers.keep(shop.desk, draft, DocumentStatus.DRAFT, now=shop.now)

    shop.desk.undo()
    shop.desk.undo(issued.id)

    assert shop.view(case_id).remedies == ()


def test_undo_leaves_a_voucher_alone_once_the_draft_of_its_certificate_goes_out(shop):
    voucher = shop.voucher()
    paper = certificates.paper(shop.desk, voucher.code, now=shop.now)
    draft = papers.keep(shop.desk, paper, DocumentStatus.DRAFT, now=shop.now)

    papers.mark(shop.desk, draft, DocumentStatus.DRAFT, now=shop.now)
    assert f"Issue {voucher.shown_code}" in undoable(shop)
    papers.mark(shop.desk, draft, DocumentStatus.PRINTED, now=shop.now)

    assert f"Issue {voucher.shown_code}" not in undoable(shop)


def test_until_it_is_said_back_a_letter_quotes_them_as_their_words(shop):
    case_id = shop.case(words="I rang three times")

    before = compose(shop, case_id).body
    story = cases.Story("I rang three times", "Nobody rang you back", agreed=True)
    cases.tell(shop.desk, case_id, story, now=shop.now)

    assert "You told us: “I rang three times”" in before
    assert "sorry.\n\nI rang" not in before
    assert "Nobody rang you back." in compose(shop, case_id).body


def test_what_is_given_already_is_not_promised_again(shop):
    case_id = shop.case()
    shop.agreed(case_id, words="Delivery fee back", promised_for=date(2026, 3, 5))
    before = compose(shop, case_id, template="apology_and_remedy").body

    shop.hand_over(case_id)

    assert "Delivery fee back**, by" in before
    after = compose(shop, case_id, template="apology_and_remedy").body
    assert "Delivery fee back**, by" not in after


def test_short_words_are_quoted_whole_and_long_ones_marked_as_cut(shop):
    body(shop, "{{problem}}")
    whole = shop.case(words="There was a hair in the cake. Twice!")
    assert compose(shop, whole).body == "You told us: “There was a hair in the cake. Twice\\!”"
    long = shop.case(words="The kettle leaks. " + "It went on for hours. " * 20)
    assert compose(shop, long).body == "You told us: “The kettle leaks. …”"


def test_a_voucher_whose_code_went_out_in_a_letter_is_not_enclosed_again(shop):
    case_id = told(shop)
    remedy_id = shop.agreed(case_id, kind="voucher", words="A gift card", value_cents=2500)
    shop.voucher(case_id=case_id, remedy_id=remedy_id)
    first = compose(shop, case_id, template="apology_and_remedy")
    assert len(first.enclosed) == 1
    assert ", enclosed; its code is" in first.body
    paper = letters.paper(shop.desk, first, now=shop.now)
    papers.keep(shop.desk, paper, DocumentStatus.PRINTED, now=shop.now)

    # Only what lay in the envelope was given: a code that is named is no certificate.
    other = shop.voucher(case_id=case_id, value_cents=500)
    named = replace(compose(shop, case_id), body=f"Your code: {other.code}", enclosed=())
    paper = letters.paper(shop.desk, named, now=shop.now)
    papers.keep(shop.desk, paper, DocumentStatus.PRINTED, now=shop.now)
    assert compose(shop, case_id).enclosed == (other.voucher_id,)
    second = compose(shop, case_id, template="apology_and_remedy", enclosed=())
    assert (len(second.enclosures), second.enclosed) == (2, ())
    assert "; its code is" in second.body
    assert "enclosed;" not in second.body


def test_words_of_the_owner_are_known_in_a_letter_of_another_language(shop):
    case_id = told(shop)
    shop.agreed(case_id, words="Two cappuccinos")
    assert compose(shop, case_id, template="apology_and_remedy").own_words == ()
    german = compose(shop, case_id, template="apology_and_remedy", language="de")
    assert "Two cappuccinos" in letters.as_written(german)
    translated = replace(german, body=german.body.replace("Two cappuccinos", "Zwei Kaffee"))
    assert "Two cappuccinos" not in letters.as_written(translated)


def test_what_no_font_can_draw_is_said_by_its_name(shop):
    case_id = told(shop)
    draft = compose(shop, case_id)
    assert letters.unprintable(draft) == ()
    odd = replace(draft, body="Dear \U0001e900 and \U0001e900")
    assert letters.unprintable(odd) == ("[adlam capital letter alif]",)
