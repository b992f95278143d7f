"""What holds for every letter that ships, and for whatever anybody types into one."""

import hashlib
import sys
from contextlib import contextmanager
from dataclasses import replace
from io import BytesIO

import pytest
from pypdf import PdfReader

from recoverydesk.domain.document import DocumentStatus
from recoverydesk.domain.language import LANGUAGES
from recoverydesk.services import (
    customers,
    letter_samples,
    letter_templates,
    letters,
    papers,
    shop_changes,
)
from recoverydesk.services.customers import CustomerEntry
from recoverydesk.storage import upgrade
from recoverydesk.storage.desk import Desk
from recoverydesk.storage.tables import Shop
from recoverydesk.topics import Topic
from tests.reading import text_of


def on_paper(shop, paper):
    with shop.desk.changing(Topic.SHOP, "Other paper"):
        Shop.update(paper=paper).execute()


def fonts_of(pdf):
    """Each font of a PDF, and whether its drawing is in the file."""
    found = {}
    for page in PdfReader(BytesIO(pdf)).pages:
        for named in page["/Resources"].get("/Font", {}).values():
            font = named.get_object()
            inner = font.get("/DescendantFonts")
            described = inner[0].get_object() if inner else font
            descriptor = described.get("/FontDescriptor")
            found[font["/BaseFont"]] = descriptor is not None and any(
                key in descriptor.get_object() for key in ("/FontFile2", "/FontFile3")
            )
    return found


def used_fonts(pdf):
    """The fonts that a page's own words are set in; ReportLab names Helvetica in each file."""
    return {name: there for name, there in fonts_of(pdf).items() if name != "/Helvetica"}


@pytest.mark.parametrize("paper", ["a4", "letter"])
@pytest.mark.parametrize("language", LANGUAGES)
def test_every_letter_in_every_tone_builds_on_one_page_with_its_fonts_inside(shop, language, paper):
    on_paper(shop, paper)
    texts = letter_templates.texts(shop.desk, language=language)
    assert len(texts) == 33

    for text in texts:
        pdf = letter_samples.draw(shop.desk, text, now=shop.now)
        assert len(PdfReader(BytesIO(pdf)).pages) == 1, (text.key, text.tone)
        fonts = used_fonts(pdf)
        assert fonts, (text.key, text.tone)
        assert all(fonts.values()), (text.key, text.tone, fonts)
        assert "{{" not in text_of(pdf), (text.key, text.tone)


class Opens:
    """The files that Python opens while somebody watches: an audit hook can't be taken away."""

    watching = False
    paths = ()

    @classmethod
    def hear(cls, event, given):
        if cls.watching and event == "open" and isinstance(given[0], str | bytes):
            cls.paths.append(str(given[0]))


sys.addaudithook(Opens.hear)


@contextmanager
def opens():
    Opens.watching, Opens.paths = True, []
    try:
        yield Opens.paths
    finally:
        Opens.watching = False


@pytest.mark.parametrize(
    "typed",
    [
        '<img src="{path}">',
        "![a]({path})",
        "[click](file://{path})",
        "<a href='http://evil.example'>here</a>",
        "http://evil.example/{path}",
        '<para><font name="{path}">x</font></para>',
        "{{{{{path}}}}}",
    ],
)
def test_nothing_that_is_typed_opens_a_file_or_makes_a_link(shop, tmp_path, typed):
    secret = tmp_path / "secret.png"
    secret.write_bytes(b"not to be read")
    words = typed.format(path=secret)
    case_id = shop.case(name=f"Ada {words}"[:90], words=words)
    draft = letters.compose(shop.desk, case_id, now=shop.now)

    with opens() as opened:
        pdf = letters.draw(shop.desk, replace(draft, body=f"Dear {words}"))

    assert not [path for path in opened if "secret" in path]
    for page in PdfReader(BytesIO(pdf)).pages:
        assert "/Annots" not in page
    assert "Dear" in text_of(pdf)


def test_what_went_out_stays_the_same_bytes_for_ever(shop, tmp_path):
    case_id = shop.case()
    draft = letters.compose(shop.desk, case_id, now=shop.now)
    paper = letters.paper(shop.desk, draft, now=shop.now)
    kept = papers.keep(shop.desk, paper, DocumentStatus.PRINTED, now=shop.now)
    before = hashlib.sha256(paper.content).hexdigest()

    customers.change(shop.desk, shop.view(case_id).customer_id, CustomerEntry("Somebody Else"))
    shop_changes.change(shop.desk, name="Another Shop", owner="Another Owner")
    copied = tmp_path / "backup.desk"
    with shop.desk.reading():
        upgrade.copy_desk(shop.desk._db, copied)
    backup = Desk(copied, create=False)

    for desk in (shop.desk, backup):
        _name, content = papers.content(desk, kept)
        assert hashlib.sha256(content).hexdigest() == before
        assert "Ada Obi" in text_of(content)
    backup.close()
