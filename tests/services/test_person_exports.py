"""Everything held on one person is given to them, to read and to take elsewhere."""

import json

import pytest

from recoverydesk.domain.case import GoodFaith
from recoverydesk.domain.contact import Reach, Way
from recoverydesk.domain.document import DocumentStatus
from recoverydesk.errors import FileTroubleError, NotFoundError
from recoverydesk.services import (
    contacts,
    customers,
    good_faith,
    letters,
    merges,
    papers,
    person_exports,
    person_rows,
)
from recoverydesk.services.contacts import ContactEntry
from recoverydesk.services.customers import CustomerEntry
from recoverydesk.storage.tables import Sale, SalesImport
from recoverydesk.topics import Topic
from tests.reading import text_of


def spoken(shop, case_id, words):
    entry = ContactEntry(way=Way.CALL, reach=Reach.REACHED, words=words)
    contacts.log(shop.desk, case_id, entry, now=shop.now)


def exported(shop, customer_id, folder):
    made = person_exports.export(shop.desk, customer_id, folder, now=shop.now)
    whole = json.loads((made.folder / person_exports.FOR_COMPUTERS).read_text("utf-8"))
    return made, whole, made.readable.read_bytes()


def letter_of(shop, case_id):
    draft = letters.compose(shop.desk, case_id, now=shop.now)
    paper = letters.paper(shop.desk, draft, now=shop.now)
    papers.keep(shop.desk, paper, DocumentStatus.PRINTED, now=shop.now)
    return paper


def test_the_paper_and_the_file_hold_what_was_said_and_given(shop, tmp_path):
    case_id = shop.case(name="Ada Obi", words="The kettle leaks.", email="ada@obi.example")
    spoken(shop, case_id, "She wants a new one.")
    shop.voucher(case_id=case_id)
    paper = letter_of(shop, case_id)

    made, whole, pdf = exported(shop, shop.view(case_id).customer_id, tmp_path)

    said = text_of(pdf)
    for words in ("Ada Obi", "ada@obi.example", "The kettle leaks.", "She wants a new one."):
        assert words in said
        assert words in json.dumps(whole)
    assert {"customer", "recovery_case", "contact", "voucher", "voucher_entry", "document"} <= set(
        whole["held"]
    )
    assert (made.folder / person_exports.FILES / paper.file_name).read_bytes() == paper.content
    assert any(one["table"] == "contact" for one in whole["history"])


def test_nothing_of_anybody_else_is_in_it(shop, tmp_path):
    ada = shop.case(name="Ada Obi")
    shop.case(name="Ben Low", words="My order never came.", email="ben@low.example")

    _made, whole, pdf = exported(shop, shop.view(ada).customer_id, tmp_path)

    for words in ("Ben Low", "My order never came.", "ben@low.example"):
        assert words not in json.dumps(whole)
        assert words not in text_of(pdf)


def test_what_is_only_for_the_owner_is_told_beforehand_and_is_in_it_but_no_costs(shop, tmp_path):
    case_id = shop.case(name="Ada Obi")
    customer_id = shop.view(case_id).customer_id
    assert not person_exports.held(shop.desk, customer_id).private
    good_faith.assess(shop.desk, case_id, GoodFaith.UNCLEAR, "Third kettle this year.")
    shop.agreed(case_id, value_cents=1_000, cost_cents=777)

    _made, whole, pdf = exported(shop, customer_id, tmp_path)

    assert person_exports.held(shop.desk, customer_id).private
    assert "Third kettle this year." in text_of(pdf)
    assert "cost_cents" not in json.dumps(whole)
    assert "777" not in json.dumps(whole["held"])


def test_whoever_turned_out_to_be_the_same_is_in_it(shop, tmp_path):
    kept, other = shop.case(name="Ada Obi"), shop.case(name="A. Obi", words="A late parcel.")
    kept, other = (shop.view(one).customer_id for one in (kept, other))
    merges.merge_customers(shop.desk, kept, other, choices={}, now=shop.now)

    _made, whole, _pdf = exported(shop, other, tmp_path)

    assert [one["name"] for one in whole["held"]["customer"]] == ["Ada Obi", "A. Obi"]
    assert len(whole["held"]["recovery_case"]) == 2


def test_a_second_export_stands_beside_the_first(shop, tmp_path):
    customer_id = shop.customer("Ada Obi")

    first, _whole, _pdf = exported(shop, customer_id, tmp_path)
    second, _whole, _pdf = exported(shop, customer_id, tmp_path)

    assert first.folder != second.folder
    assert first.readable.exists()


def test_a_folder_that_can_t_be_written_to_is_told(shop, tmp_path):
    customer_id = shop.customer("Ada Obi")
    (tmp_path / "file").write_text("in the way")

    with pytest.raises(FileTroubleError, match="can't be written"):
        person_exports.export(shop.desk, customer_id, tmp_path / "file", now=shop.now)


@pytest.mark.parametrize("who", ["ada obi", "ADA@obi.example", "020 7946 0018"])
def test_somebody_is_found_by_name_e_mail_or_phone(shop, who):
    entry = CustomerEntry("Ada Obi", phone="+44 20 7946 0018", email="ada@obi.example")
    customer_id = customers.add(shop.desk, entry, now=shop.now)

    assert person_rows.find(shop.desk, who) == customer_id


@pytest.mark.parametrize("who", ["Ben", "", "?", "nobody@x.example"])
def test_nobody_is_guessed_at(shop, who):
    shop.customer("Ada Obi")

    with pytest.raises(NotFoundError, match="Nobody"):
        person_rows.find(shop.desk, who)


def test_two_of_one_name_are_not_guessed_at(shop):
    shop.customer("Ada Obi")
    shop.customer("Ada Obi", email="other@obi.example")

    with pytest.raises(NotFoundError, match="2 people"):
        person_rows.find(shop.desk, "Ada Obi")


def test_papers_of_one_name_are_all_written(shop, tmp_path):
    case_id = shop.case(name="Ada Obi")
    paper = letter_of(shop, case_id)
    letter_of(shop, case_id)

    made, whole, _pdf = exported(shop, shop.view(case_id).customer_id, tmp_path)

    assert made.files == 2
    assert len(set(whole["files"])) == 2
    assert f"Files/{paper.file_name}" in whole["files"]


def test_purchases_from_the_till_are_told(shop, tmp_path):
    customer_id = shop.customer("Ada Obi")
    with shop.desk.changing(Topic.CUSTOMERS, "Read sales"):
        read = SalesImport.create(name="t.csv", fingerprint="f", at=shop.now, lines=1, taken=1)
        Sale.create(
            customer=customer_id,
            sold_on=shop.now.date(),
            amount_cents=1234,
            key="k",
            sales_import=read,
        )

    _made, _whole, pdf = exported(shop, customer_id, tmp_path)

    assert "Purchases, from the till" in text_of(pdf)
    assert "£12.34" in text_of(pdf)
