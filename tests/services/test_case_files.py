"""A case's file: all there is about it, and what is private only where it is asked for."""

import re
from io import BytesIO

import pypdfium2
import pytest
from PIL import Image
from pypdf import PdfReader

from recoverydesk.documents.incoming import take_in
from recoverydesk.domain.contact import Way
from recoverydesk.domain.document import DocumentKind, DocumentStatus
from recoverydesk.errors import NotFoundError
from recoverydesk.services import (
    attachments,
    case_files,
    cases,
    causes,
    contacts,
    customers,
    letters,
    papers,
)
from recoverydesk.services.contacts import ContactEntry
from recoverydesk.services.corrections import CorrectionEntry
from recoverydesk.services.corrections import plan as plan_fix
from recoverydesk.services.customers import CustomerEntry
from recoverydesk.storage.tables import Document
from tests.reading import text_of

SECRET = "Never pays in time"


@pytest.fixture
def told(shop):
    """A case with something in every section."""
    case_id = shop.case(name="Ada Obi", words="The kettle <b>leaks</b>.")
    entry = CustomerEntry("Ada Obi", note=SECRET)
    customers.change(shop.desk, shop.view(case_id).customer_id, entry)
    story = cases.Story("The kettle <b>leaks</b>.", "The kettle leaked.", agreed=True)
    cases.tell(shop.desk, case_id, story, now=shop.now)
    entry = ContactEntry(way=Way.CALL, words="We spoke for long.")
    contacts.log(shop.desk, case_id, entry, now=shop.now)
    shop.agreed(case_id, words="A new kettle", value_cents=4000, cost_cents=1234)
    shop.voucher(case_id=case_id)
    causes.write_down(shop.desk, case_id, ["Nobody tests them."], cause_id=None, now=shop.now)
    plan_fix(shop.desk, case_id, CorrectionEntry("Test every kettle"), now=shop.now)
    draft = letters.compose(shop.desk, case_id, now=shop.now, template="apology")
    letter = letters.paper(shop.desk, draft, now=shop.now)
    papers.keep(shop.desk, letter, DocumentStatus.PRINTED, now=shop.now)
    return case_id


def lines_of(pdf):
    """Return each line of the pages, with plain spaces."""
    with pypdfium2.PdfDocument(pdf) as document:
        pages = [page.get_textpage().get_text_bounded() for page in document]
    return [" ".join(line.split()) for page in pages for line in page.splitlines()]


def file_of(shop, case_id, **given):
    return case_files.paper(shop.desk, case_id, now=shop.now, **given)


def test_a_file_has_all_of_its_case(shop, told):
    paper = file_of(shop, told)

    said = text_of(paper.content)
    for words in (
        "Case R-2026-0001",
        "Ada Obi",
        "The kettle <b>leaks</b>.",
        "The kettle leaked.",
        "We spoke for long.",
        "Agreed: That is fine.",
        "A new kettle: agreed",
        "£40.00",
        "£25.00",
        "Issue, ",
        "Nobody tests them.",
        "Test every kettle (planned)",
        "(done)",
        "Apology to Ada Obi (printed; kept copy ",
        "2 March 2026 10:00",
    ):
        assert words in said, words
    assert (paper.kind, paper.case_id) == (DocumentKind.CASE_FILE, told)
    assert paper.file_name == "2026-03-02 Case file R-2026-0001 Ada Obi.pdf"


def test_notes_and_costs_are_in_it_only_where_asked_for(shop, told):
    plain, costs, everything = (
        text_of(file_of(shop, told, **given).content)
        for given in ({}, {"with_costs": True}, {"with_costs": True, "with_notes": True})
    )

    assert SECRET not in plain + costs
    assert SECRET in everything
    assert "12.34" not in plain
    assert "12.34" in costs


def test_a_paper_is_found_by_a_short_mark_on_one_line(shop, told):
    with shop.desk.reading():
        (kept,) = Document.select(Document.content).tuples()
    said = text_of(file_of(shop, told).content)

    assert f"kept copy {kept[0][:12]})" in said
    assert kept[0][:13] not in said
    for name in ("Ada", "Ada Obi of the long long long long name", "W" * 30):
        customers.change(shop.desk, shop.view(told).customer_id, CustomerEntry(name))
        draft = letters.compose(shop.desk, told, now=shop.now, template="apology")
        letter = letters.paper(shop.desk, draft, now=shop.now)
        papers.keep(shop.desk, letter, DocumentStatus.PRINTED, now=shop.now)
    lines = lines_of(file_of(shop, told).content)
    assert sum("kept copy" in line for line in lines) == 4
    assert all(re.search(r"kept copy [0-9a-f]{12}\)", x) for x in lines if "kept copy" in x)


def test_what_is_empty_is_left_out(shop):
    said = text_of(file_of(shop, shop.case(), with_notes=True).content)

    assert "Private note" not in said
    assert "Vouchers" not in said
    assert "Resolved" not in said


def test_a_long_case_runs_over_pages_and_counts_them(shop):
    case_id = shop.case()
    for _nth in range(60):
        contacts.log(shop.desk, case_id, ContactEntry(words="We spoke again."), now=shop.now)

    paper = file_of(shop, case_id)

    assert paper.pages > 2
    assert f"Page {paper.pages} of {paper.pages}" in text_of(paper.content)


def test_a_case_that_is_gone_is_said(shop):
    with pytest.raises(NotFoundError, match="no longer"):
        file_of(shop, 99)


def test_photos_are_in_it_and_other_files_are_named(shop):
    case_id = shop.case()
    out = BytesIO()
    Image.new("RGB", (640, 480), "red").save(out, "JPEG")
    picture = take_in("leak.jpg", out.getvalue())
    blue = BytesIO()
    Image.new("RGB", (100, 480), "blue").save(blue, "PNG")
    files = [picture, take_in("note.txt", b"It leaks."), take_in("tall.png", blue.getvalue())]
    attachments.add(shop.desk, case_id, files, now=shop.now)
    paper = case_files.paper(shop.desk, case_id, now=shop.now)
    told = text_of(paper.content)
    assert "Photos and other files" in told
    assert all(name in told for name in ("leak.jpg", "note.txt", "tall.png"))
    assert len(PdfReader(BytesIO(paper.content)).pages[0].images) == 2
