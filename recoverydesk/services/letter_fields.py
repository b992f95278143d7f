"""What the merge fields of a letter stand for: read from the case, and never made up."""

from collections.abc import Collection, Mapping, Sequence
from datetime import date, datetime, timedelta

import peewee as pw

from recoverydesk.domain.case import Outcome, Status
from recoverydesk.domain.days import day_plain
from recoverydesk.domain.follow_up import Anchor, FollowUpKind, FollowUpStatus
from recoverydesk.domain.merge_fields import escaped
from recoverydesk.domain.money import format_money
from recoverydesk.domain.negotiation import LineKind
from recoverydesk.domain.voucher import shown_code
from recoverydesk.records import record
from recoverydesk.services import addresses, fix_news, ideas
from recoverydesk.services.papers import OUT
from recoverydesk.services.plans import greeting_of
from recoverydesk.services.remedies import NOT_GIVEN
from recoverydesk.services.shop import ShopView
from recoverydesk.services.voucher_register import BALANCE, is_live
from recoverydesk.storage.tables import (
    Case,
    Customer,
    Document,
    FollowUp,
    NegotiationLine,
    Remedy,
    Voucher,
)

LONGEST_QUOTED = 240
"""Characters of a customer's own words that a letter quotes whole."""


def money(cents: int, view: ShopView) -> str:
    """Return an amount as a letter writes it: whole amounts without their noughts."""
    return format_money(cents, currency=view.currency, locale=view.locale, short=True)


@record
class LiveVoucher:
    """A voucher of a case that can still be redeemed."""

    voucher_id: int
    words: str
    code: str
    left_cents: int
    valid_to: date | None
    given: bool
    """They have its certificate already."""


def live_vouchers(case_id: int, *, today: date) -> tuple[LiveVoucher, ...]:
    """Return the vouchers of a case that can still be redeemed; call inside `reading()`."""
    inside = pw.SQL('"t1"."id" IN (SELECT "value" FROM json_each("d"."enclosed"))')
    papers = Document.alias("d")
    printed = papers.select(papers.id).where(
        (papers.voucher == Voucher.id) | inside,
        papers.status.in_([status.value for status in OUT]),
    )
    given = Remedy.handed_over_at.is_null(is_null=False) | pw.fn.EXISTS(printed)
    query = (
        Voucher.select(
            Voucher.id, Remedy.words, Voucher.code, BALANCE, Voucher.valid_to, given.alias("given")
        )
        .join(Remedy, on=Voucher.remedy == Remedy.id)
        .where(Remedy.case == case_id, is_live(today))
        .order_by(Voucher.id)
    )
    return tuple(
        LiveVoucher(voucher_id, words, code, left, until, bool(given))
        for voucher_id, words, code, left, until, given in query.tuples()
    )


def codes_of(case_id: int) -> tuple[str, ...]:
    """Return the codes of all vouchers of a case, spent ones too; call inside `reading()`."""
    query = Voucher.select(Voucher.code).join(Remedy, on=Voucher.remedy == Remedy.id)
    return tuple(values[0] for values in query.where(Remedy.case == case_id).tuples())


def recipient_lines(customer: Customer) -> tuple[str, ...]:
    """Return the lines of the address window; call inside `reading()`."""
    return addresses.of_customer(customer)


def values_of(
    case: Case,
    customer: Customer,
    view: ShopView,
    vouchers: Sequence[LiveVoucher],
    *,
    now: datetime,
    words: Mapping[str, str],
    call_on: date | None,
    enclosed: Collection[int] = (),
) -> Mapping[str, str]:
    """Return what each merge field stands for, empty where nothing is known yet.

    Args:
        case: whose letter it is.
        customer: whom it goes to.
        view: the shop, speaking the letter's language.
        vouchers: what `live_vouchers` returns.
        now: this moment (UTC).
        words: the letter's language's own; see `presets.letter_words`.
        call_on: what `next_call_on` returns.
        enclosed: ids of the vouchers that lie in the envelope.
    """
    remedies = _remedy_lines(case.id, vouchers, view, words, enclosed)
    newest = vouchers[-1] if vouchers else None
    return {
        "first_name": greeting_of(customer),
        "full_name": customer.name,
        "greeting": greeting_of(customer),
        "shop_name": view.name,
        "owner_name": view.owner,
        "shop_phone": view.phone,
        "shop_email": view.email,
        "contact_name": view.owner,
        "contact_phone": view.phone,
        "problem": _problem(case, words),
        "happened_on": "" if case.occurred_on is None else _day(case.occurred_on, view),
        "our_part": case.our_part,
        "promised_by": _promised_by(case.id, view),
        "remedies": remedies,
        "remedy": remedies.splitlines()[0].removeprefix("- ") if remedies else "",
        "today": day_plain(view.hours.day_of(now), view.locale),
        "case_number": case.number,
        "follow_up_on": "" if call_on is None else _day(call_on, view),
        "what_changed": _sentence(fix_news.newest_of(case.id)),
        "use_by": "" if newest is None or newest.valid_to is None else _day(newest.valid_to, view),
        "voucher_code": "" if newest is None else shown_code(newest.code),
        "voucher_value": "" if newest is None else money(newest.left_cents, view),
        "reason": _sentence(_reason(case)),
        "your_idea": _your_idea(case.id, words),
    }


def typed_of(case: Case, body: str) -> tuple[str, ...]:
    """Return what was typed on a case and stands in a letter; call inside `reading()`."""
    remedies = Remedy.select(Remedy.words).where(Remedy.case == case.id).tuples()
    typed = (
        case.restatement or _quoted(case),
        case.our_part,
        fix_news.newest_of(case.id),
        _reason(case),
        ideas.newest_adopted(case.id),
        *(values[0] for values in remedies),
    )
    said = " ".join(body.replace("\\", "").split())
    tidy = (" ".join(words.split()) for words in typed)
    return tuple(dict.fromkeys(words for words in tidy if words and words in said))


def _problem(case: Case, words: Mapping[str, str]) -> str:
    """Return how we said it back; until then what they told us, as their words and not ours."""
    if case.restatement:
        return _sentence(case.restatement)
    told = _quoted(case)
    return words["they_told"].format(words=told) if told else ""


def _quoted(case: Case) -> str:
    """Return their words whole where they are short, else their gist: never cut off unmarked."""
    whole = " ".join(case.words.split())
    if len(whole) <= LONGEST_QUOTED:
        return whole or case.summary
    cut_off = whole.startswith(case.summary)
    return f"{case.summary} …" if cut_off else case.summary


def _reason(case: Case) -> str:
    """Return why the shop can't do what was asked, as it was written to be said to them."""
    declined = (
        NegotiationLine.select(NegotiationLine.reason)
        .where(NegotiationLine.case == case.id, NegotiationLine.kind == LineKind.DECLINED)
        .order_by(NegotiationLine.id.desc())
        .limit(1)
        .scalar()
    )
    if declined:
        return str(declined)
    return str(case.closing_words) if case.outcome == Outcome.NOT_UPHELD else ""


def _your_idea(case_id: int, words: Mapping[str, str]) -> str:
    """Return their idea with our thanks; nothing before it was taken up."""
    idea = ideas.newest_adopted(case_id)
    return words["your_idea"].format(words=_sentence(idea)) if idea else ""


def _sentence(words: str) -> str:
    """Return words that a letter can stand on: with a full stop where they end without one."""
    return words if not words or words[-1] in ".!?…" else f"{words}."


def _day(day: object, view: ShopView) -> str:
    return day_plain(day, view.locale)  # type: ignore[arg-type]


def _promised_by(case_id: int, view: ShopView) -> str:
    """Return the last day that something agreed and not yet given is promised for."""
    day = (
        Remedy.select(Remedy.promised_for)
        .where(
            Remedy.case == case_id,
            Remedy.handed_over_at.is_null(),
            Remedy.status.not_in(NOT_GIVEN),
            Remedy.promised_for.is_null(is_null=False),
        )
        .order_by(Remedy.promised_for.desc())
        .limit(1)
        .scalar()
    )
    return "" if day is None else _day(day, view)


def _remedy_lines(
    case_id: int,
    vouchers: Sequence[LiveVoucher],
    view: ShopView,
    phrases: Mapping[str, str],
    enclosed: Collection[int],
) -> str:
    """Return the agreed remedies as a Markdown list; never what they cost the shop.

    One whose voucher is void, replaced, expired or used up has nothing to give any more.
    """
    live = {voucher.code: voucher for voucher in vouchers}
    query = (
        Remedy.select(Remedy.words, Voucher.code, Remedy.promised_for, Remedy.handed_over_at)
        .left_outer_join(Voucher, on=Voucher.remedy == Remedy.id)
        .where(
            Remedy.case == case_id,
            Remedy.status.not_in(NOT_GIVEN),
            Remedy.kind != "apology_only",
        )
        .order_by(Remedy.id)
    )
    lines = []
    for words, code, promised_for, given_at in query.tuples():
        voucher = live.get(code)
        if code is not None and voucher is None:
            continue
        line = f"**{escaped(words)}**"
        if voucher is not None:
            phrase = "enclosed_code" if voucher.voucher_id in enclosed else "its_code"
            line += phrases[phrase].format(code=shown_code(code))
            if voucher.valid_to is not None:
                line += phrases["good_until"].format(day=_day(voucher.valid_to, view))
        elif promised_for is not None and given_at is None:
            line += phrases["by_day"].format(day=_day(promised_for, view))
        lines.append(f"- {line}.")
    return "\n".join(lines)


def next_call_on(case: Case, view: ShopView, *, now: datetime) -> date | None:
    """Return the day a letter may name for our next call; None where the case is closed.

    What is planned with the customer; else in one week, or in two once it is agreed what they
    get. Printing it makes it a promise, which falls due. Call inside `reading()`.
    """
    if case.status == Status.CLOSED:
        return None
    today = view.hours.day_of(now)
    planned: date | None = (
        FollowUp.select(FollowUp.due_on)
        .where(
            FollowUp.case == case.id,
            FollowUp.status == FollowUpStatus.PLANNED,
            (FollowUp.kind == FollowUpKind.PROMISE) | (FollowUp.anchor == Anchor.RESOLVED),
            FollowUp.due_on > today,
        )
        .order_by(FollowUp.due_on)
        .limit(1)
        .scalar()
    )
    later = timedelta(days=7 if case.agreed_at is None else 14)
    return planned or view.hours.next_open_day(today + later)
