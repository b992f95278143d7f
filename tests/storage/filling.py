"""Rows for tests of the desk itself: at least one in every table that is journaled."""

import hashlib
from datetime import UTC, date, datetime

from recoverydesk.storage import tables as t
from recoverydesk.storage.desk import Desk
from recoverydesk.topics import Topic

AT = datetime(2026, 3, 2, 10, 0, tzinfo=UTC)
DAY = date(2026, 3, 2)


def add_customer(desk: Desk, *, name="Ada Obi", words="Add a customer", **options) -> int:
    with desk.changing(Topic.CUSTOMERS, words, **options):
        return t.Customer.create(name=name, name_key=name.lower(), created_at=AT).id


def names(desk: Desk) -> list[str]:
    with desk.reading():
        return [row.name for row in t.Customer.select().order_by(t.Customer.id)]


def dump(desk: Desk, among=t.JOURNALED) -> dict[str, list[tuple]]:
    """Every row of the journaled tables, as stored."""
    with desk.reading():
        return {
            table._meta.table_name: t.database.execute_sql(
                f'SELECT * FROM "{table._meta.table_name}" ORDER BY 1'
            ).fetchall()
            for table in among
        }


def fill(desk: Desk, *, paper_status="draft") -> None:
    """Put one row, each pointing at the others where it can, into every journaled table."""
    with desk.changing(Topic.EVERYTHING, "Fill the desk"):
        blob = t.Blob.create(
            hash=hashlib.sha256(b"paper").hexdigest(),
            media_type="application/pdf",
            content=b"paper",
        )
        person = t.Person.create(name="Mia")
        t.Shop.create(
            name="Corner",
            kind="cafe",
            currency="EUR",
            locale="de_DE",
            paper="a4",
            time_zone="Europe/Berlin",
            opening_hours="{}",
            first_contact_hours="{}",
            logo=blob,
            created_at=AT,
        )
        cause = t.Cause.create(name="Late", name_key="late")
        t.CatalogueItem.create(kind="gift", name="Cake", value_cents=500, cost_cents=200)
        t.VoucherRule.create(kind="gift_card", months=36)
        playbook = t.Playbook.create(key="upset", name="Upset")
        version = t.PlaybookVersion.create(playbook=playbook, version=1, steps="[]", made_at=AT)
        t.LetterTemplate.create(key="sorry", language="en", tone="warm", name="Sorry", body="Dear")
        customer = t.Customer.create(name="Ada", name_key="ada", since_on=DAY, created_at=AT)
        incident = t.Incident.create(title="The oven broke", cause=cause, created_at=AT)
        case = t.Case.create(
            number="C-1",
            customer=customer,
            cause=cause,
            owner=person,
            channel="phone",
            summary="Cold soup",
            words="It was cold",
            severity="upset",
            playbook_version=version,
            opened_at=AT,
            first_contact_due_at=AT,
            status="open",
            stage="listen",
            incident=incident,
        )
        t.CaseLink.create(case=case, other=case, words="Itself")
        _fill_the_case(case, customer, blob, paper_status)


def _fill_the_case(case, customer, blob, paper_status) -> None:
    follow_up = t.FollowUp.create(
        kind="reminder",
        act="call",
        title="Call",
        case=case,
        anchor="fixed",
        due_on=DAY,
        created_at=AT,
    )
    t.Contact.create(
        customer=customer, case=case, at=AT, way="call", direction="out", reach="reached"
    )
    line = t.NegotiationLine.create(case=case, at=AT, kind="asked", words="A new one")
    remedy = t.Remedy.create(
        case=case,
        customer=customer,
        line=line,
        kind="voucher",
        words="A voucher",
        value_cents=2500,
        cost_cents=1000,
        status="agreed",
        created_at=AT,
    )
    voucher = t.Voucher.create(
        remedy=remedy,
        customer=customer,
        kind="gift_card",
        code="HH7K4M29QXAB",
        recipient="Ada",
        valid_from=DAY,
        created_at=AT,
    )
    t.VoucherEntry.create(voucher=voucher, at=AT, kind="issue", amount_cents=2500)
    entitlement = t.Entitlement.create(
        remedy=remedy,
        customer=customer,
        case=case,
        kind="membership",
        words="A year of regulars' coffee",
        valid_from=DAY,
        uses=3,
        created_at=AT,
    )
    t.EntitlementUse.create(entitlement=entitlement, case=case, at=AT, words="A latte")
    t.Why.create(case=case, position=1, answer="The pan was cold")
    fix = t.CorrectiveAction.create(what="Warm the pan", case=case, status="planned", created_at=AT)
    t.Visit.create(customer=customer, case=case, visited_on=DAY, amount_cents=900, created_at=AT)
    t.PositiveEvent.create(
        customer=customer, case=case, happened_on=DAY, words="Smiled", created_at=AT
    )
    paper = t.Document.create(
        kind="letter",
        title="Apology",
        file_name="apology.pdf",
        customer=customer,
        case=case,
        voucher=voucher,
        status=paper_status,
        content=blob,
        at=AT,
    )
    t.Attachment.create(
        case=case,
        name="Soup.jpg",
        media_type="image/jpeg",
        content=blob,
        thumbnail=blob,
        at=AT,
    )
    t.FormDraft.create(form="contact", about=case.number, fields="{}", saved_at=AT)
    t.PolicyVersion.create(version=1, words="{}", made_at=AT, document=paper)
    t.LetterDraft.create(
        case_number=case.number,
        template="apology",
        tone="warm",
        language="en",
        body="Dear Ada",
        saved_at=AT,
    )
    t.Suggestion.create(
        source="customer",
        words="A lid",
        customer=customer,
        case=case,
        cause=t.Cause.select().first(),
        correction=fix,
        created_at=AT,
    )
    t.FixNews.create(
        correction=fix, customer=customer, case=case, way="letter", document=paper, at=AT
    )
    t.Feedback.create(case=case, customer=customer, given_on=DAY, fair=4, created_at=AT)
    till = t.SalesImport.create(name="till.csv", fingerprint="f", at=AT, lines=1, taken=1)
    t.Sale.create(customer=customer, sold_on=DAY, amount_cents=900, key="k", sales_import=till)
    t.PrintedLine.create(document=paper, position=1, follow_up=follow_up, due_on=DAY)
