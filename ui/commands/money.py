"""Commands about what is offered, agreed, given and redeemed."""

from dataclasses import replace
from datetime import date

from recoverydesk.domain.remedy import RemedyKind
from recoverydesk.domain.voucher import VoucherKind, shown_code
from recoverydesk.errors import (
    InvalidEntryError,
)
from recoverydesk.services import (
    case_pages,
    cases,
    customer_lists,
    entitlements,
    negotiations,
    remedies,
    till,
    visits,
    voucher_deeds,
    voucher_views,
    vouchers,
)
from recoverydesk.services.remedies import RemedyEntry
from recoverydesk.services.vouchers import VoucherEntryForm
from recoverydesk.storage.desk import Desk
from ui.commands.asking import Answer, Ask, Commands, add_texts, values_of
from ui.commands.cases import state_of


def _remedy_entry(ask: Ask, desk: Desk) -> RemedyEntry:
    return RemedyEntry(
        kind=RemedyKind(ask.kind),
        words=ask.words,
        value_cents=ask.cents(desk, ask.value, "value") or 0,
        cost_cents=ask.cents(desk, ask.cost, "cost"),
        promised_for=_day(ask.by, "by"),
    )


def _day(typed: str | None, field: str) -> date | None:
    if typed is None:
        return None
    try:
        return date.fromisoformat(typed)
    except ValueError as error:
        raise InvalidEntryError(field, f"“{typed}” is no day. Write it like 2026-12-31.") from error


def _offer(ask: Ask) -> Answer:
    desk = ask.desk()
    entry = _remedy_entry(ask, desk)
    negotiations.offer(desk, cases.id_of(desk, ask.number), entry, now=ask.now)
    return state_of(desk, ask.number)


def _agree(ask: Ask) -> Answer:
    desk = ask.desk()
    entry = _remedy_entry(ask, desk)
    made = negotiations.agree(
        desk, cases.id_of(desk, ask.number), entry.words, [entry], now=ask.now
    )
    state, text = state_of(desk, ask.number)
    return state | {"remedies": made}, text


def _give(ask: Ask) -> Answer:
    desk = ask.desk()
    case_id = cases.id_of(desk, ask.number)
    value_cents = ask.cents(desk, ask.value, "value") or 0
    cost_cents = ask.cents(desk, ask.cost, "cost")
    if ask.kind not in set(VoucherKind):
        entry = RemedyEntry(
            kind=RemedyKind(ask.kind),
            words=ask.words or ask.kind.replace("_", " ").capitalize(),
            value_cents=value_cents,
            cost_cents=cost_cents,
        )
        remedy_id = remedies.give(desk, case_id, entry, now=ask.now)
        if entry.kind in entitlements.LASTING:
            _grant(ask, desk, remedy_id)
        return {"remedy": remedy_id, "code": None}, f"Given: {entry.words}"
    form = VoucherEntryForm(
        kind=VoucherKind(ask.kind),
        value_cents=value_cents,
        cost_cents=cost_cents,
        words=ask.words,
        recipient=ask.recipient,
        valid_to=_day(ask.expires, "expires"),
    )
    made = vouchers.issue(
        desk, form, now=ask.now, case_id=case_id, remedy_id=_agreed_voucher(desk, case_id)
    )
    return made, f"{made.shown_code}  {ask.money(desk, made.initial_cents)}"


def _grant(ask: Ask, desk: Desk, remedy_id: int) -> None:
    """Let something that lasts begin today, until the day and for the times that are named."""
    usual = entitlements.usual(desk, remedy_id, now=ask.now)
    until = _day(ask.expires, "expires") or usual.valid_to
    entry = replace(usual, valid_to=until, uses=ask.uses, goods=ask.goods)
    entitlements.grant(desk, remedy_id, entry, now=ask.now)


def _agreed_voucher(desk: Desk, case_id: int) -> int | None:
    """Return the voucher that was agreed and has no code yet, so that it isn't given twice."""
    waiting = [
        remedy.remedy_id for remedy in case_pages.view(desk, case_id).remedies if remedy.lacks_code
    ]
    return waiting[0] if waiting else None


def _redeem(ask: Ask) -> Answer:
    desk = ask.desk()
    amount = ask.cents(desk, ask.amount, "amount")
    made = vouchers.redeem(desk, ask.code, now=ask.now, amount_cents=amount)
    left = ask.money(desk, made.left_cents)
    return made, f"{ask.money(desk, made.amount_cents)} off. {left} left for {made.customer}."


def _voucher(ask: Ask) -> Answer:
    desk = ask.desk()
    found = voucher_views.look_up(desk, ask.code, now=ask.now)
    left = ask.money(desk, found.balance_cents)
    return found, f"{found.shown_code}: {left} left, {found.status.value}, {found.customer}"


def _put_back(ask: Ask) -> Answer:
    desk = ask.desk()
    found = voucher_views.look_up(desk, ask.code, now=ask.now)
    cents = ask.cents(desk, ask.amount, "amount") or 0
    voucher_deeds.put_back(desk, found.voucher_id, cents, ask.why, now=ask.now)
    return _voucher(ask)


def _extend(ask: Ask) -> Answer:
    desk = ask.desk()
    found = voucher_views.look_up(desk, ask.code, now=ask.now)
    day = _day(ask.to, "to")
    assert day is not None  # the parser asks for it
    voucher_deeds.extend(desk, found.voucher_id, day, ask.why, now=ask.now)
    return _voucher(ask)


def _replace(ask: Ask) -> Answer:
    desk = ask.desk()
    found = voucher_views.look_up(desk, ask.code, now=ask.now)
    made = voucher_deeds.replace(desk, found.voucher_id, ask.why, now=ask.now)
    return made, f"{found.shown_code} is now {made.shown_code}"


def _void(ask: Ask) -> Answer:
    desk = ask.desk()
    found = voucher_views.look_up(desk, ask.code, now=ask.now)
    voucher_deeds.make_void(desk, found.voucher_id, ask.why, now=ask.now)
    return _voucher(ask)


def _due(ask: Ask) -> Answer:
    desk = ask.desk()
    row = customer_lists.find(desk, ask.who)
    found = till.due(desk, row.customer_id, now=ask.now)
    lines = [found.name + (": in recovery, greet in person" if found.in_recovery else "")]
    lines += [
        f"  {shown_code(one.code)}: {ask.money(desk, one.balance_cents)} left"
        for one in found.vouchers
    ]
    lines += [
        f"  {one.words}" + ("" if one.left is None else f": {one.left} left")
        for one in found.entitlements
    ]
    lines += [f"  {one.words}: agreed, not yet given" for one in found.to_give]
    answer = {
        "customer": found.name,
        "in_recovery": found.in_recovery,
        "vouchers": found.vouchers,
        "entitlements": found.entitlements,
        "to_give": found.to_give,
    }
    return answer, "\n".join(lines)


def _visit(ask: Ask) -> Answer:
    desk = ask.desk()
    row = customer_lists.find(desk, ask.who)
    visits.log(desk, row.customer_id, now=ask.now, amount=ask.amount or "", words=ask.words)
    return {"customer": row.name}, f"{row.name} was here."


def add_commands(make: Commands) -> None:
    """Describe these commands to the parser."""
    for name, doing, words in (
        ("offer", _offer, "write down an offer"),
        ("agree", _agree, "write down what was agreed"),
    ):
        parser = make.add(name, doing, words)
        parser.add_argument("number")
        parser.add_argument("--kind", choices=values_of(RemedyKind), default="other")
        parser.add_argument("--words", required=True)
        parser.add_argument("--value")
        parser.add_argument("--cost")
        parser.add_argument("--by", help="the day it is promised for, like 2026-12-31")
    give = make.add("give", _give, "give a remedy; vouchers get their code")
    give.add_argument("number")
    give.add_argument(
        "--kind", required=True, choices=[*values_of(VoucherKind), *values_of(RemedyKind)]
    )
    give.add_argument("--value")
    give.add_argument("--cost")
    give.add_argument("--expires", help="its last day, like 2026-12-31")
    give.add_argument("--uses", type=int, help="how often, of what lasts for a time")
    add_texts(give, "words", "recipient", "goods")
    redeem = make.add("redeem", _redeem, "take money off a voucher")
    redeem.add_argument("code")
    redeem.add_argument("--amount")
    make.add("voucher", _voucher, "look a voucher up").add_argument("code")
    for name, doing, words in (
        ("put-back", _put_back, "put money back on a voucher"),
        ("extend", _extend, "make a voucher good for longer"),
        ("replace", _replace, "give a lost voucher a new code"),
        ("void", _void, "make a voucher void"),
    ):
        parser = make.add(name, doing, words)
        parser.add_argument("code")
        parser.add_argument("--why", required=True)
        if name == "put-back":
            parser.add_argument("--amount", required=True)
        if name == "extend":
            parser.add_argument("--to", required=True, help="its new last day, like 2026-12-31")
    make.add("due", _due, "what a customer is due").add_argument("who")
    visit = make.add("visit", _visit, "write down that a customer bought again")
    visit.add_argument("who")
    visit.add_argument("--amount")
    add_texts(visit, "words")
