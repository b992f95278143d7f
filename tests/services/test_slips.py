"""A slip at once: the number, the promise, the contact that is written down for it."""

from email import message_from_bytes
from email.policy import SMTP

import pytest

from recoverydesk.domain.case import Channel, Evidence, Outcome
from recoverydesk.domain.contact import Reach, Way
from recoverydesk.domain.document import DocumentKind, DocumentStatus
from recoverydesk.domain.voucher import shown_code
from recoverydesk.errors import InvalidEntryError, NotAllowedError, NotFoundError
from recoverydesk.services import cases, certificates, letters, mails, papers, slips, vouchers
from recoverydesk.services.cases import Ending, Story
from tests.reading import codes_in, text_of


def acknowledgement(shop, case_id, **given):
    return slips.acknowledgement(shop.desk, case_id, now=shop.now, **given)


def hand_over(shop, case_id):
    paper = acknowledgement(shop, case_id)
    papers.keep(shop.desk, paper, DocumentStatus.PRINTED, now=shop.now)


@pytest.mark.parametrize("size", slips.SIZES)
def test_a_slip_has_the_number_and_the_promise_of_its_case(shop, size):
    paper = acknowledgement(shop, shop.case(), size=size)

    said = text_of(paper.content)
    assert "R-2026-0001" in said
    assert "The kettle leaks." in said
    assert "Monday 2 March 2026 14:00" in said
    assert (paper.kind, paper.pages, paper.file_name) == (
        DocumentKind.SLIP,
        1,
        "2026-03-02 Slip Ada Obi.pdf",
    )
    assert papers.keep(shop.desk, paper, DocumentStatus.PRINTED, now=shop.now)


def test_after_the_first_word_a_slip_promises_the_next_step(shop):
    case_id = shop.case()
    hand_over(shop, case_id)
    view = shop.view(case_id)

    said = text_of(acknowledgement(shop, case_id).content)
    assert view.next_due_at.strftime("%H:%M") in said


def test_a_step_for_any_time_of_a_day_promises_the_day(shop):
    case_id = shop.case()
    hand_over(shop, case_id)
    story = Story("It leaks.", "It leaks.", agreed=True)
    cases.tell(shop.desk, case_id, story, now=shop.now)
    cases.apologise(shop.desk, case_id, now=shop.now)

    said = text_of(acknowledgement(shop, case_id).content)
    assert "4 March 2026" in said
    assert "23:59" not in said


def test_handing_it_over_is_written_down(shop):
    case_id = shop.case()
    hand_over(shop, case_id)

    contact = shop.view(case_id).contacts[0]
    assert (contact.way, contact.reach) == (Way.VISIT, Reach.LEFT_WORD)
    assert "R-2026-0001" in contact.words
    assert shop.view(case_id).first_contact_at == shop.now


def test_a_slip_by_e_mail_counts_once_it_is_sent(shop):
    case_id = shop.case(email="ada@example.com")
    paper = acknowledgement(shop, case_id)
    mail = mails.draft(shop.desk, paper, subject=paper.title)
    document_id = mails.keep(shop.desk, paper, mail, now=shop.now)
    assert not shop.view(case_id).contacts

    papers.mark(shop.desk, document_id, DocumentStatus.SENT, now=shop.now)
    papers.mark(shop.desk, document_id, DocumentStatus.SENT, now=shop.now)

    (contact,) = shop.view(case_id).contacts
    assert (contact.way, contact.reach) == (Way.EMAIL, Reach.LEFT_WORD)
    said = message_from_bytes(mail.content, policy=SMTP)
    body = said.get_body().get_content()
    assert "Thank you for telling us" in body
    assert "R-2026-0001" in body
    assert "Monday 2 March 2026, 14:00" in body
    assert "R-2026-0001" in text_of(mails.attached(mail.content))


def test_a_certificate_by_e_mail_says_what_it_is_and_holds_its_voucher(shop):
    case_id = shop.case(email="ada@example.com")
    voucher = shop.voucher(case_id=case_id)
    paper = certificates.paper(shop.desk, voucher.code, now=shop.now)
    mail = mails.draft(shop.desk, paper, subject="A gift")
    document_id = mails.keep(shop.desk, paper, mail, now=shop.now)
    papers.mark(shop.desk, document_id, DocumentStatus.SENT, now=shop.now)

    said = message_from_bytes(mail.content, policy=SMTP).get_body().get_content()
    assert f"Code: {shown_code(voucher.code)}" in said
    assert "£25" in said
    newest = shop.desk.last_undoable()
    assert newest is None or not newest.words.startswith("Issue")
    draft = letters.compose(shop.desk, case_id, template="gift_and_thanks", now=shop.now)
    assert draft.enclosed == ()


def test_what_was_saved_and_sent_is_not_offered_to_undo(shop):
    case_id = shop.case()
    paper = acknowledgement(shop, case_id)
    document_id = papers.keep(shop.desk, paper, DocumentStatus.PREPARED, now=shop.now)
    assert shop.desk.last_undoable().words.startswith("Save Slip")
    papers.mark(shop.desk, document_id, DocumentStatus.HANDED_OVER, now=shop.now)
    assert not shop.desk.last_undoable().words.startswith("Save")


def test_a_slip_that_was_only_saved_is_no_word_yet(shop):
    case_id = shop.case()
    paper = acknowledgement(shop, case_id)
    papers.keep(shop.desk, paper, DocumentStatus.PREPARED, now=shop.now)
    assert not shop.view(case_id).contacts


def test_a_size_or_a_case_that_is_not_there_is_said(shop):
    with pytest.raises(InvalidEntryError, match="a6, a5, roll"):
        acknowledgement(shop, shop.case(), size="a4")
    with pytest.raises(NotFoundError, match="no longer"):
        acknowledgement(shop, 99)


def test_a_voucher_comes_as_a_slip_for_the_till(shop):
    voucher = shop.voucher()

    paper = slips.certificate(shop.desk, voucher.code, now=shop.now)

    assert set(codes_in(paper.content)) == {voucher.code.replace("-", "")}
    assert paper.file_name.endswith(" slip.pdf")
    assert paper.voucher_id == voucher.voucher_id


def test_certificates_of_many_share_pages_and_each_scans(shop):
    given = [shop.voucher(value_cents=100 * n) for n in (5, 10, 15, 20)]
    codes = [voucher.code for voucher in given]

    three = certificates.sheet(shop.desk, codes, now=shop.now)
    assert (three.pages, three.title) == (2, "4 gift certificates")
    assert set(codes_in(three.content)) == {code.replace("-", "") for code in codes}
    assert certificates.sheet(shop.desk, codes, per_page=2, now=shop.now).pages == 2
    assert certificates.sheet(shop.desk, codes, per_page=1, now=shop.now).pages == 4
    assert three.voucher_ids == tuple(voucher.voucher_id for voucher in given)
    assert certificates.sheet(shop.desk, codes[:1], now=shop.now).title.startswith("Gift cert")


def test_certificates_that_cannot_print_are_said(shop):
    spent = shop.voucher()
    vouchers.redeem(shop.desk, spent.code, now=shop.now)

    with pytest.raises(NotAllowedError, match="can't be printed"):
        certificates.sheet(shop.desk, [spent.code], now=shop.now)
    with pytest.raises(InvalidEntryError, match="no voucher"):
        certificates.sheet(shop.desk, [], now=shop.now)


def test_a_slip_never_promises_a_day_that_is_over(shop):
    case_id = shop.case()
    shop.later(days=9)

    assert "2 March" not in text_of(acknowledgement(shop, case_id).content)


def test_a_closed_case_has_nothing_to_promise(shop):
    case_id = shop.settled_case()
    ending = Ending(outcome=Outcome.KEPT, evidence=Evidence.OWNERS_WORD, skip_why="not needed")
    cases.close(shop.desk, case_id, ending, now=shop.now)

    with pytest.raises(NotAllowedError, match="closed"):
        acknowledgement(shop, case_id)


@pytest.mark.parametrize(
    ("channel", "way"), [(Channel.PHONE, Way.CALL), (Channel.IN_PERSON, Way.VISIT)]
)
def test_telling_them_in_person_is_a_contact_that_promises_the_next_word(shop, channel, way):
    case_id = shop.case(channel=channel)
    due = shop.view(case_id).first_contact_due_at
    assert slips.told_in_person(shop.desk, case_id, now=shop.now) == due
    view = shop.view(case_id)
    assert [one.way for one in view.contacts] == [way]
    assert view.first_contact_at == shop.now
    assert [one.promised_at for one in view.promises] == [due]


def test_a_closed_case_promises_nothing_in_person(shop):
    case_id = shop.case()
    ending = cases.Ending(cases.Outcome.UNREACHABLE, skip_why="gone")
    cases.close(shop.desk, case_id, ending, now=shop.now)
    with pytest.raises(NotAllowedError):
        slips.told_in_person(shop.desk, case_id, now=shop.now)
