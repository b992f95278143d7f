import pytest

from recoverydesk.domain.document import DocumentKind, DocumentStatus
from recoverydesk.domain.envelope import Envelope
from recoverydesk.domain.mailing import EnvelopeSize, LabelSheet
from recoverydesk.errors import InvalidEntryError, NotFoundError
from recoverydesk.services import addresses, envelopes, papers
from recoverydesk.services import shop as shops
from recoverydesk.services.letterheads import letterhead
from recoverydesk.storage.tables import Customer, Shop
from recoverydesk.topics import Topic
from tests.reading import text_of

HOME = {"address": "1 High St", "postcode": "ba11aa", "town": "Bath"}


def envelope(shop, customer_id, size=EnvelopeSize.DL):
    return envelopes.envelope(shop.desk, customer_id, size, now=shop.now)


def labels(shop, customer_ids, sheet=LabelSheet.L7160, **given):
    return envelopes.labels(shop.desk, customer_ids, sheet, now=shop.now, **given)


def moved(shop, **given):
    with shop.desk.changing(Topic.SHOP, "Move"):
        Shop.update(**given).execute()


def address_of(shop, customer_id):
    with shop.desk.reading():
        return addresses.of_customer(Customer.get_by_id(customer_id))


def test_an_envelope_is_ready_to_print_and_to_keep(shop):
    customer_id = shop.customer("Ada Obi", **HOME)

    paper = envelope(shop, customer_id)

    assert "Ada Obi 1 High St BATH BA1 1AA" in text_of(paper.content)
    assert "Corner Shop" in text_of(paper.content)
    assert (paper.kind, paper.title, paper.pages) == (
        DocumentKind.ENVELOPE,
        "Envelope to Ada Obi",
        1,
    )
    assert paper.file_name == "2026-03-02 Envelope Ada Obi.pdf"
    kept = papers.keep(shop.desk, paper, DocumentStatus.PRINTED, now=shop.now)
    assert papers.content(shop.desk, kept) == (paper.file_name, paper.content)


def test_labels_come_in_the_order_they_were_chosen(shop):
    ids = [shop.customer(name, **HOME) for name in ("Ada Obi", "Bo Lind", "Cy Day")]

    paper = labels(shop, ids[::-1], start=21)

    said = text_of(paper.content)
    assert said.index("Cy Day") < said.index("Bo Lind") < said.index("Ada Obi")
    assert (paper.kind, paper.title, paper.pages) == (DocumentKind.LABELS, "3 address labels", 2)
    assert paper.file_name == "2026-03-02 3 address labels.pdf"


def test_somebody_may_get_several_labels(shop):
    customer_id = shop.customer("Ada Obi", **HOME)

    assert text_of(labels(shop, [customer_id] * 4).content).count("Ada Obi") == 4


def test_a_thousand_labels_are_drawn(shop):
    customer_id = shop.customer("Ada Obi", **HOME)

    assert labels(shop, [customer_id] * 1000, LabelSheet.A3474).pages == 42


def test_those_without_an_address_are_named_before_anything_prints(shop):
    ids = [shop.customer(name) for name in ("Ada Obi", "Bo Lind")]
    ids.append(shop.customer("Cy Day", **HOME))

    with pytest.raises(InvalidEntryError, match="no address for Ada Obi and Bo Lind"):
        labels(shop, ids)
    with pytest.raises(InvalidEntryError, match="no address for Ada Obi"):
        envelope(shop, ids[0])


def test_many_without_an_address_are_counted(shop):
    ids = [shop.customer(f"Name {number}") for number in range(8)]

    with pytest.raises(InvalidEntryError, match="Name 4 and 3 more"):
        labels(shop, ids)


def test_a_town_alone_is_no_address_but_a_postcode_with_it_is(shop):
    with pytest.raises(InvalidEntryError, match="no address"):
        envelope(shop, shop.customer("Ada Obi", town="Bath"))

    assert "BATH" in envelope(shop, shop.customer("Big Firm", town="Bath", postcode="BA1")).text


@pytest.mark.parametrize(("start", "sheet"), [(0, LabelSheet.L7160), (11, LabelSheet.A5163)])
def test_a_label_that_is_not_on_the_sheet_is_refused(shop, start, sheet):
    customer_id = shop.customer("Ada Obi", **HOME)

    with pytest.raises(InvalidEntryError, match="labels 1 to"):
        labels(shop, [customer_id], sheet, start=start)


def test_nobody_chosen_is_said(shop):
    with pytest.raises(InvalidEntryError, match="Nobody"):
        labels(shop, [])


def test_somebody_who_is_gone_is_said(shop):
    with pytest.raises(NotFoundError):
        envelope(shop, 999)


def test_the_country_stands_there_only_abroad_and_as_the_shops_own_post_reads_it(shop):
    at_home = shop.customer("Ada Obi", country="UK", **HOME)
    abroad = shop.customer(
        "Zoë Meyer", country="Deutschland", address="Domplatz 1", postcode="50667", town="Köln"
    )

    assert address_of(shop, at_home)[-1] == "BA1 1AA"
    assert address_of(shop, abroad)[-2:] == ("50667 KÖLN", "GERMANY")
    moved(shop, country="DE", locale="en_DE")
    assert address_of(shop, at_home)[-1] == "VEREINIGTES KÖNIGREICH"
    assert address_of(shop, abroad)[-1] == "50667 Köln"


@pytest.mark.parametrize(
    ("place", "line"),
    [
        ({}, ""),
        ({"country": "DE"}, "Corner Shop · Domplatz 1 · 50667 Köln"),
        ({"country": "DE", "paper": "letter"}, ""),
        ({"country": "DE", "envelope": Envelope.NONE}, ""),
        ({"envelope": Envelope.DIN_A}, "Corner Shop · Domplatz 1 · 50667 Köln"),
    ],
)
def test_the_sender_stands_above_the_address_where_din_asks_for_it(shop, place, line):
    moved(shop, **{"address": "Domplatz 1\n\n50667 Köln", **place})

    with shop.desk.reading():
        assert letterhead(shop.desk, shops.view(shop.desk)).return_line == line


def test_the_letterhead_is_as_the_shop_chose_it(shop):
    moved(shop, typeface="sans", envelope=Envelope.C56, fold_marks=False)

    with shop.desk.reading():
        head = letterhead(shop.desk, shops.view(shop.desk))
    assert (head.typeface, head.envelope, head.fold_marks) == ("sans", Envelope.C56, False)


def test_who_has_an_address_and_who_has_none(shop):
    with_one = shop.customer("Ada Obi", address="1 High St", postcode="BA1 1AA", town="Bath")
    without = shop.customer("Ben Li")
    assert envelopes.addressed(shop.desk, [without, with_one]) == ((with_one,), ("Ben Li",))
    with pytest.raises(NotFoundError):
        envelopes.addressed(shop.desk, [99])
