"""Letters to many: each from its own case, who got it, who had it, who must wait."""

import pytest

from recoverydesk.domain.document import DocumentStatus
from recoverydesk.errors import InvalidEntryError
from recoverydesk.progress import Cancelled, Progress
from recoverydesk.services import batches, case_pages, letters, papers, vouchers
from tests.reading import text_of

NAMES = ("Ada Obi", "Ben Li", "Cleo Paz")


@pytest.fixture
def cases(shop):
    return [shop.case(name=name) for name in NAMES]


def prepare(shop, case_ids, *, template="apology", progress=None, **given):
    return batches.prepare(
        shop.desk,
        case_ids,
        template=template,
        now=shop.now,
        progress=progress or Progress(),
        **given,
    )


def test_everybody_gets_the_letter_from_their_own_case(shop, cases):
    batch = prepare(shop, cases)

    assert [paper.title for paper in batch.papers] == [f"Apology to {name}" for name in NAMES]
    assert batch.left == ()
    whole = batches.one_pdf(shop.desk, batch, now=shop.now, progress=Progress())
    assert whole.pages == len(NAMES)
    assert whole.file_name == "2026-03-02 Apology 3 letters.pdf"
    printed = text_of(whole.content)
    assert all(name in printed for name in NAMES)


def test_each_letter_is_kept_with_its_case_as_its_own_bytes(shop, cases):
    batch = prepare(shop, cases)
    kept = batches.keep(shop.desk, batch, DocumentStatus.PRINTED, now=shop.now)

    for case_id, document_id, paper in zip(cases, kept, batch.papers, strict=True):
        assert case_pages.view(shop.desk, case_id).papers[0].document_id == document_id
        assert papers.content(shop.desk, document_id) == (paper.file_name, paper.content)


def test_whoever_had_the_letter_is_left_out_unless_asked_for(shop, cases):
    batches.keep(shop.desk, prepare(shop, cases[:1]), DocumentStatus.PRINTED, now=shop.now)

    second = prepare(shop, cases)
    assert [left.customer for left in second.left] == ["Ada Obi"]
    assert "already" in second.left[0].why
    assert len(second.papers) == 2
    assert len(prepare(shop, cases, again=True).papers) == 3
    assert len(prepare(shop, cases, template="second_chance").papers) == 3


def test_a_letter_with_an_empty_place_waits_and_says_which(shop, cases):
    shop.agreed(cases[1], words="A new kettle")

    batch = prepare(shop, cases, template="apology_and_remedy")

    assert [paper.title for paper in batch.papers] == ["Apology and remedy to Ben Li"]
    assert [left.customer for left in batch.left] == ["Ada Obi", "Cleo Paz"]
    assert "what they will have" in batch.left[0].why


def test_a_case_that_is_gone_is_left_out(shop, cases):
    batch = prepare(shop, [*cases, 99])

    assert [(left.case_id, left.customer) for left in batch.left] == [(99, "")]


def test_nothing_to_print_is_said(shop):
    with pytest.raises(InvalidEntryError, match="no letter"):
        batches.one_pdf(shop.desk, prepare(shop, []), now=shop.now, progress=Progress())


def test_a_batch_that_is_stopped_keeps_nothing(shop, cases):
    progress = Progress(lambda done, _all: progress.cancel() if done else None)
    with pytest.raises(Cancelled):
        prepare(shop, cases, progress=progress)
    assert case_pages.view(shop.desk, cases[0]).papers == ()


def test_a_batch_of_letters_says_the_same_as_each_alone(shop, cases):
    batch = prepare(shop, cases[:1])

    alone = letters.draw(shop.desk, batch.drafts[0])
    whole = batches.one_pdf(shop.desk, batch, now=shop.now, progress=Progress())
    assert text_of(whole.content) == text_of(alone)


def test_what_prints_is_what_is_kept_or_nothing_prints(shop, cases):
    shop.agreed(cases[0], words="A new kettle")
    voucher = shop.voucher(case_id=cases[0])
    batch = prepare(shop, cases[:1], template="apology_and_remedy")
    vouchers.redeem(shop.desk, voucher.code, now=shop.now, amount_cents=500)

    with pytest.raises(InvalidEntryError, match="changed since the letters were written"):
        batches.one_pdf(shop.desk, batch, now=shop.now, progress=Progress())


def test_the_letter_that_most_need_is_suggested(shop, cases):
    assert batches.suggested(shop.desk, cases) == "apology"
    for case_id in cases[:2]:
        shop.agreed(case_id, words="A new kettle")
    assert batches.suggested(shop.desk, cases) == "apology_and_remedy"
    batch = prepare(shop, cases)
    assert [one.why for one in batch.left] == [batches.AGREED, batches.AGREED]


def test_one_letter_can_be_left_out(shop, cases):
    batch = prepare(shop, [*cases, cases[0]])
    assert len(batch.papers) == len(cases)

    less = batches.without(batch, 1)

    assert [draft.case_id for draft in less.drafts] == [cases[0], *cases[2:]]
    (left,) = less.left
    assert (left.case_id, left.why) == (cases[1], "You left it out.")
    assert left.number.startswith("R-2026-")
