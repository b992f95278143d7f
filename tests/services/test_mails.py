"""E-mail drafts: the letter, its PDF, the customer's address; sent only once the owner says so."""

from email import message_from_bytes
from email.policy import SMTP

import pytest

from recoverydesk.domain.document import DocumentKind, DocumentStatus
from recoverydesk.errors import InvalidEntryError, NotFoundError
from recoverydesk.services import letters, mails, papers, shop_changes
from recoverydesk.services.customers import CustomerEntry, change
from recoverydesk.services.papers import Paper


def letter(shop, *, email="ada@example.org", name="Ada Obi"):
    case_id = shop.case(name=name)
    customer_id = shop.view(case_id).customer_id
    change(shop.desk, customer_id, CustomerEntry(name=name, email=email))
    draft = letters.compose(shop.desk, case_id, now=shop.now)
    return case_id, letters.paper(shop.desk, draft, now=shop.now)


def draft(shop, paper, subject="Apology"):
    return mails.draft(shop.desk, paper, subject=subject)


def opened(mail):
    return message_from_bytes(mail.content, policy=SMTP)


def test_a_draft_has_address_words_and_the_very_pdf(shop):
    shop_changes.change(shop.desk, email="hello@corner.example")
    _case_id, paper = letter(shop)

    mail = draft(shop, paper)

    message = opened(mail)
    assert message["To"] == "Ada Obi <ada@example.org>"
    assert message["From"].endswith("<hello@corner.example>")
    assert message["Subject"] == "Apology"
    assert message["X-Unsent"] == "1"
    assert "I am sorry" in message.get_body().get_content()
    attached = next(message.iter_attachments())
    assert attached.get_filename() == paper.file_name
    assert attached.get_content() == paper.content == mails.attached(mail.content)
    assert mail.file_name == paper.file_name.replace(".pdf", ".eml")


@pytest.mark.parametrize("name", ["Zoë Łukasz", "محمد عبد الله", 'Eve "the <b>" Obi', "王小明"])
def test_a_draft_takes_every_name(shop, name):
    _case_id, paper = letter(shop, name=name)

    to = opened(draft(shop, paper))["To"].addresses[0]

    assert (to.display_name, to.addr_spec) == (name, "ada@example.org")


def test_a_subject_never_begins_a_header_of_its_own(shop):
    _case_id, paper = letter(shop)

    message = opened(draft(shop, paper, subject="Sorry\r\nBcc: everybody@example.org"))

    assert message["Bcc"] is None
    assert message["Subject"] == "Sorry Bcc: everybody@example.org"


def test_without_an_address_the_draft_says_where_to_add_it(shop):
    _case_id, paper = letter(shop, email="")
    with pytest.raises(InvalidEntryError, match="no e-mail address for Ada Obi"):
        draft(shop, paper)


def test_an_address_that_cannot_be_is_refused(shop):
    shop_changes.change(shop.desk, email="hello at corner")
    _case_id, paper = letter(shop)
    with pytest.raises(InvalidEntryError, match="can't be right: hello at corner"):
        draft(shop, paper)


def test_a_customer_who_is_gone_is_said(shop):
    paper = Paper(DocumentKind.LETTER, "Sorry", "sorry.pdf", b"%PDF", 1, customer_id=99)
    with pytest.raises(NotFoundError, match="no longer"):
        draft(shop, paper)


def test_a_draft_counts_as_sent_only_once_the_owner_says_so(shop):
    case_id, paper = letter(shop)
    kept = mails.keep(shop.desk, paper, draft(shop, paper), now=shop.now)

    view = papers.view(shop.desk, kept)
    assert (view.kind, view.status) == (DocumentKind.EMAIL, DocumentStatus.PREPARED)
    assert shop.view(case_id).apologised_at is None

    papers.mark(shop.desk, kept, DocumentStatus.SENT, now=shop.now)
    assert shop.view(case_id).apologised_at == shop.now
    name, content = papers.content(shop.desk, kept)
    assert name.endswith(".eml")
    assert mails.attached(content) == paper.content


def test_a_draft_without_a_paper_has_none():
    assert mails.attached(b"Subject: Hello\r\n\r\nHello\r\n") == b""


def test_plain_words_keep_lists_and_lose_the_marks():
    markdown = "Dear **Ada**,\n\nYou have:\n\n- *a tea*\n- a cake\n\n1. one\n2. two\n\nSorry\nagain"

    assert mails.plain_text(markdown) == (
        "Dear Ada,\n\nYou have:\n\n- a tea\n- a cake\n\n1. one\n2. two\n\nSorry\nagain\n"
    )


def test_a_domain_is_written_as_it_travels_and_a_name_that_cannot_is_said(shop):
    _case_id, paper = letter(shop, email="ada@exämple.de")
    assert opened(draft(shop, paper))["To"].addresses[0].domain == "xn--exmple-cua.de"
    assert opened(draft(shop, paper)).get_body().get_content().splitlines()[-1] == "Corner Shop"
