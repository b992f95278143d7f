"""The case file: all of a case on paper, for a conversation or for whoever has to decide."""

from collections.abc import Iterator
from datetime import date, datetime
from typing import TYPE_CHECKING

from recoverydesk.domain.days import day_plain
from recoverydesk.domain.document import DocumentKind
from recoverydesk.domain.file_name import safe_name
from recoverydesk.domain.follow_up import FollowUpStatus
from recoverydesk.domain.money import format_money
from recoverydesk.domain.severity import UPSET
from recoverydesk.domain.voucher import shown_code
from recoverydesk.services import attachments, case_pages, certificates, shop
from recoverydesk.services.case_pages import CaseView
from recoverydesk.services.letterheads import letterhead
from recoverydesk.services.papers import Paper
from recoverydesk.services.shop import ShopView
from recoverydesk.storage.desk import Desk
from recoverydesk.storage.tables import Customer, Document, Voucher, VoucherEntry

if TYPE_CHECKING:
    from recoverydesk.documents.report import Part

SHORT_HASH = 12
"""So many signs of a paper's SHA-256 tell it from every other."""

_NO_BREAK = "\N{NO-BREAK SPACE}"


def paper(
    desk: Desk,
    case_id: int,
    *,
    with_notes: bool = False,
    with_costs: bool = False,
    now: datetime,
) -> Paper:
    """Return a case's file.

    Args:
        desk: the open desk.
        case_id: the case.
        with_notes: whether the private note about the customer is in it.
        with_costs: whether it says what remedies cost the shop.
        now: this moment (UTC); the file carries its day.

    Raises:
        NotFoundError: the case is no longer on the desk.
    """
    # Papers are drawn on demand; ReportLab would cost the start of the program 220 ms.
    from recoverydesk.documents.report import Report, draw  # noqa: PLC0415 - start-up doesn't pay for it

    with desk.reading():
        case = case_pages.view(desk, case_id)
        view = shop.view(desk)
        teller = _Teller(desk, case, view, with_notes=with_notes, with_costs=with_costs)
        parts = tuple(teller.tell())
        head = letterhead(desk, view)
    day = view.hours.day_of(now)
    content = draw(
        Report(
            letterhead=head,
            title=f"Case {case.number}",
            subtitle=f"{case.customer}, printed {day_plain(day, view.locale)}",
            parts=parts,
            foot=f"{view.name}: confidential, for use inside the shop",
        )
    )
    return Paper(
        kind=DocumentKind.CASE_FILE,
        title=f"Case file {case.number}",
        file_name=safe_name(f"{day.isoformat()} Case file {case.number} {case.customer}"),
        content=content,
        pages=certificates.count_pages(content),
        case_id=case.case_id,
        customer_id=case.customer_id,
    )


def _plain(value: str) -> str:
    return value.replace("_", " ")


class _Teller:
    """Tells a case section by section; what is empty is left out."""

    def __init__(
        self,
        desk: Desk,
        case: CaseView,
        view: ShopView,
        *,
        with_notes: bool,
        with_costs: bool,
    ) -> None:
        self._desk, self._case, self._view = desk, case, view
        self._with_notes, self._with_costs = with_notes, with_costs

    def tell(self) -> Iterator["Part"]:
        from recoverydesk.documents.report import Heading  # noqa: PLC0415 - as above

        for title, parts in (
            ("At a glance", self._facts()),
            ("What happened", self._story()),
            ("Conversation", self._contacts()),
            ("Making it right", self._ledger()),
            ("Vouchers", self._vouchers()),
            ("Why it happened, and what was changed", self._causes()),
            ("The plan", self._plan()),
            ("Photos and other files", self._attached()),
            ("Papers that went out", self._papers()),
            ("Private note", self._note()),
        ):
            found = list(parts)
            if found:
                yield Heading(title)
                yield from found

    def _money(self, cents: int) -> str:
        return format_money(cents, currency=self._view.currency, locale=self._view.locale)

    def _when(self, at: datetime | None) -> str:
        if at is None:
            return ""
        local = at.astimezone(self._view.hours.zone)
        return f"{self._day(local.date())} {local:%H:%M}"

    def _day(self, day: date | None) -> str:
        return "" if day is None else day_plain(day, self._view.locale)

    def _entries(self, *pairs: tuple[str, str]) -> Iterator["Part"]:
        from recoverydesk.documents.report import Entry  # noqa: PLC0415 - as above

        for label, words in pairs:
            if words.strip():
                yield Entry(label, words)

    def _facts(self) -> Iterator["Part"]:
        case = self._case
        return self._entries(
            ("Customer", case.customer),
            ("Phone, e-mail", ", ".join(part for part in (case.phone, case.email) if part)),
            ("Logged", f"{self._when(case.opened_at)}, {_plain(case.channel)}"),
            ("How upset", UPSET[case.severity]),
            ("Somebody was hurt", "yes, or could have been" if case.safety_flag else ""),
            ("In charge", case.owner),
            ("Stands at", f"{_plain(case.status)}, {_plain(case.stage)}"),
            ("First contact", self._when(case.first_contact_at)),
            ("Resolved", self._when(case.resolved_at)),
            ("Closed", self._when(case.closed_at)),
            ("How it ended", "" if case.closed_at is None else _plain(case.outcome)),
            ("In our words", case.closing_words),
        )

    def _story(self) -> Iterator["Part"]:
        case = self._case
        return self._entries(
            ("Happened on", self._day(case.occurred_on)),
            ("Their words", case.words),
            ("How they felt", case.feeling),
            ("How we said it back", case.restatement),
            ("They agreed", self._when(case.restatement_agreed_at)),
            ("Not agreed, because", case.not_agreed_why),
            ("Our part in it", case.our_part),
        )

    def _contacts(self) -> Iterator["Part"]:
        from recoverydesk.documents.report import Entry  # noqa: PLC0415 - as above

        for one in reversed(self._case.contacts):
            how = f"{_plain(one.way)}, {'from them' if one.direction == 'in' else 'from us'}"
            more = [_plain(one.reach), *([_plain(one.mood)] if one.mood else []), one.person]
            said = f"{how} ({', '.join(part for part in more if part)})"
            yield Entry(self._when(one.at), f"{said}: {one.words}" if one.words else said)

    def _ledger(self) -> Iterator["Part"]:
        from recoverydesk.documents.report import Entry  # noqa: PLC0415 - as above

        for line in self._case.negotiation:
            words = line.words if line.said else "They did not say."
            reason = f" ({line.reason})" if line.reason else ""
            yield Entry(self._when(line.at), f"{_plain(line.kind).capitalize()}: {words}{reason}")
        for one in self._case.remedies:
            worth = self._money(one.value_cents)
            cost = f", cost {self._money(one.cost_cents)}" if self._with_costs else ""
            given = self._when(one.handed_over_at) or "not yet handed over"
            yield Entry(given, f"{one.words}: {_plain(one.status)}{cost}", worth)

    def _vouchers(self) -> Iterator["Part"]:
        from recoverydesk.documents.report import Entry  # noqa: PLC0415 - as above

        ids = [one.voucher_id for one in self._case.remedies if one.voucher_id is not None]
        query = (
            VoucherEntry.select(
                VoucherEntry.at, VoucherEntry.kind, VoucherEntry.amount_cents, Voucher.code
            )
            .join(Voucher)
            .where(Voucher.id.in_(ids))
            .order_by(VoucherEntry.id)
        )
        for at, kind, amount, code in query.tuples():
            words = f"{_plain(kind).capitalize()}, {shown_code(code)}"
            yield Entry(self._when(at), words, self._money(amount))

    def _causes(self) -> Iterator["Part"]:
        case = self._case
        whys = ((f"Why {nth}", why) for nth, why in enumerate(case.whys, start=1))
        fixes = (
            (
                f"To change, by {self._day(one.due_on)}" if one.due_on else "To change",
                f"{one.what} ({', '.join(part for part in (one.who, _plain(one.status)) if part)})",
            )
            for one in case.corrections
        )
        return self._entries(("Cause", case.cause), *whys, *fixes)

    def _plan(self) -> Iterator["Part"]:
        from recoverydesk.documents.report import Entry  # noqa: PLC0415 - as above

        for step in self._case.plan:
            ended = step.status is not FollowUpStatus.PLANNED
            when = self._when(step.ended_at) if ended else self._day(step.due_on)
            how = _plain(step.status) if ended else ("to do" if when else "not dated yet")
            note = f": {step.end_words}" if step.end_words else ""
            yield Entry(when, f"{step.title} ({how}){note}")

    def _papers(self) -> Iterator["Part"]:
        from recoverydesk.documents.report import Entry  # noqa: PLC0415 - as above

        query = (
            Document.select(Document.at, Document.title, Document.status, Document.content)
            .where(Document.case == self._case.case_id)
            .order_by(Document.id)
        )
        for at, title, status, name in query.tuples():
            proof = _NO_BREAK.join(("kept", "copy", str(name)[:SHORT_HASH]))
            yield Entry(self._when(at), f"{title} ({_plain(status)}; {proof})")

    def _attached(self) -> Iterator["Part"]:
        from recoverydesk.documents.report import Entry, Pictures  # noqa: PLC0415 - as above

        pictures = [one for one in self._case.attachments if one.media_type.startswith("image/")]
        for one in self._case.attachments:
            if one not in pictures:
                pages = f", {one.pages} pages" if one.pages > 1 else ""
                yield Entry(self._when(one.at), f"{one.name}{pages}")
        for place in range(0, len(pictures), 2):
            beside = pictures[place : place + 2]
            yield Pictures(
                tuple(
                    (one.name, attachments.content(self._desk, one.attachment_id)[2])
                    for one in beside
                )
            )

    def _note(self) -> Iterator["Part"]:
        from recoverydesk.documents.report import Words  # noqa: PLC0415 - as above

        if not self._with_notes:
            return
        note = Customer.select(Customer.note).where(Customer.id == self._case.customer_id).scalar()
        if note:
            yield Words(note)
