"""What the command line can do: the same services as the windows, a command a function.

Loaded only for a command, as it takes every service along: the window's start does without.
"""

import argparse
import dataclasses
import json
import os
import sys
from collections.abc import Callable
from datetime import UTC, date, datetime
from enum import Enum
from pathlib import Path
from typing import Any, NoReturn

from recoverydesk import __version__, places
from recoverydesk.domain.case import Channel, Evidence, LostReason, Outcome, Severity, Status
from recoverydesk.domain.contact import Direction, Mood, Reach, Way
from recoverydesk.domain.document import DocumentStatus
from recoverydesk.domain.money import format_money, parse_amount
from recoverydesk.domain.remedy import RemedyKind
from recoverydesk.domain.shop_kind import ShopKind
from recoverydesk.domain.stage import OPEN_STATUSES
from recoverydesk.domain.voucher import VoucherKind, shown_code
from recoverydesk.errors import (
    FileTroubleError,
    InvalidEntryError,
    NotFoundError,
    NotYetError,
    RecoveryDeskError,
)
from recoverydesk.progress import Progress
from recoverydesk.services import (
    agendas,
    case_lists,
    case_pages,
    cases,
    certificates,
    checklists,
    contacts,
    customer_lists,
    customer_pages,
    intake,
    letters,
    negotiations,
    papers,
    people,
    remedies,
    sample,
    search,
    shop,
    shop_setup,
    vouchers,
)
from recoverydesk.services.case_lists import CaseFilter
from recoverydesk.services.cases import Ending, Story
from recoverydesk.services.contacts import ContactEntry
from recoverydesk.services.customers import CustomerEntry
from recoverydesk.services.intake import Intake
from recoverydesk.services.negotiations import Asked
from recoverydesk.services.papers import Paper
from recoverydesk.services.remedies import RemedyEntry
from recoverydesk.services.shop_setup import ShopSetup
from recoverydesk.services.vouchers import VoucherEntryForm
from recoverydesk.storage.desk import Desk
from ui import needs

NOT_YET = {
    "import": "Importing comes with a later release.",
    "export": "Exporting comes with a later release.",
    "person": "A person's export and erasing come with a later release.",
    "backup": "Backups by command come with a later release.",
    "restore": "Restoring by command comes with a later release.",
    "staff-page": "The staff-meeting page comes with a later release.",
}

UNICODE = ("utf", "UTF")

Answer = tuple[Any, str]
"""What `--json` prints, and what a person reads."""


class Ask:
    """One run of the command line: its arguments, its desk, its clock."""

    def __init__(self, arguments: argparse.Namespace, now: datetime) -> None:
        self.arguments = arguments
        self.now = now
        self.desk_path: Path = arguments.desk or places.default_desk()

    def __getattr__(self, name: str) -> Any:  # noqa: ANN401 - any value will do
        return getattr(self.arguments, name)

    def desk(self, *, create: bool = False) -> Desk:
        """Open the desk; `main` closes it."""
        try:
            opened = Desk(self.desk_path, create=create)
        except NotFoundError as error:
            raise NotFoundError(
                f"There is no desk at {self.desk_path}.",
                advice="Open the window once, or run: recoverydesk init --shop NAME",
            ) from error
        people.sign_in_owner(opened)
        self._opened = opened
        return opened

    def close(self) -> None:
        """Close what was opened."""
        opened = self.__dict__.get("_opened")
        if opened is not None:
            opened.close()

    def cents(self, desk: Desk, typed: str | None, field: str) -> int | None:
        """Return an amount as typed, in minor units."""
        if typed is None:
            return None
        view = shop.view(desk)
        return parse_amount(typed, currency=view.currency, locale=view.locale, field=field)

    def money(self, desk: Desk, cents: int) -> str:
        """Return an amount as a person reads it."""
        view = shop.view(desk)
        return format_money(cents, currency=view.currency, locale=view.locale)


def _init(ask: Ask) -> Answer:
    desk = ask.desk(create=True)
    if shop.is_set_up(desk):
        raise InvalidEntryError(
            "desk",
            f"{ask.desk_path} is a shop's desk already; nothing was changed.",
            advice="Name another file with --desk.",
        )
    setup = ShopSetup(
        name=ask.shop,
        kind=ShopKind(ask.kind),
        currency=ask.currency,
        locale=ask.locale,
        paper=ask.paper or "",
        time_zone=ask.time_zone or shop_setup.local_zone(),
        owner=ask.owner,
        address=ask.address.replace("\\n", "\n"),
        phone=ask.phone,
    )
    shop_setup.set_up(desk, setup, now=ask.now)
    name = shop.view(desk).name
    return {"desk": str(ask.desk_path), "shop": name}, f"{name} is ready: {ask.desk_path}"


def _words(typed: str) -> str:
    if typed != "-":
        return typed
    try:
        return sys.stdin.read()
    except UnicodeDecodeError as error:
        raise InvalidEntryError(
            "what", "That text can't be read.", advice="Save it as UTF-8 and try again."
        ) from error


SAID_ALOUD = {"furious": Severity.ABOUT_TO_LEAVE}
"""What the window calls it, beside what is stored."""


def _log(ask: Ask) -> Answer:
    desk = ask.desk()
    entry = Intake(
        customer=CustomerEntry(
            name=ask.customer, phone=ask.phone, email=ask.email, worth=ask.worth
        ),
        words=_words(ask.what),
        severity=SAID_ALOUD.get(ask.severity) or Severity(ask.severity),
        channel=Channel(ask.channel),
        asked=Asked(words=ask.asked) if ask.asked else None,
    )
    made = intake.log(desk, entry, now=ask.now)
    return made, made.number


def _case(ask: Ask) -> Answer:
    desk = ask.desk()
    view = case_pages.view(desk, cases.id_of(desk, ask.number))
    lines = [
        f"{view.number}  {view.customer}  ({view.status.value}, {view.stage.value})",
        view.summary,
        f"Next: {view.next_step}" + _by(desk, view.next_due_at)
        if view.next_step
        else "No next step.",
    ]
    lines += [f"  {line.kind.value}: {line.words}" for line in view.negotiation]
    lines += [
        f"  {remedy.words}: {ask.money(desk, remedy.value_cents)}, {remedy.status.value} "
        f"{shown_code(remedy.code) if remedy.code else ''}".rstrip()
        for remedy in view.remedies
    ]
    return view, "\n".join(lines)


def _by(desk: Desk, at: datetime | None) -> str:
    if at is None:
        return ""
    return f", by {at.astimezone(shop.view(desk).hours.zone):%Y-%m-%d %H:%M}"


def _cases(ask: Ask) -> Answer:
    desk = ask.desk()
    which = {None: "all", "open": "open", "resolved": "following_up"}.get(ask.status, "all")
    wanted = case_lists.ids(desk, CaseFilter(which=which), now=ask.now, sort="number")
    rows = case_lists.rows(desk, wanted)
    listed = [
        rows[case_id]
        for case_id in wanted
        if ask.status is None
        or rows[case_id].status == ask.status
        or (ask.status == "open" and rows[case_id].status in case_lists.STILL_OPEN)
    ]
    text = "\n".join(
        f"{row.number}  {row.customer:<28} {row.stage.value:<11} {row.next_step}" for row in listed
    )
    return listed, text or "No cases."


def _today(ask: Ask) -> Answer:
    desk = ask.desk()
    agenda = agendas.agenda(desk, now=ask.now, days=ask.days)
    groups = {"late": agenda.late, "today": agenda.today, "ahead": agenda.ahead}
    lines = []
    for title, rows in groups.items():
        if rows:
            lines.append(f"{title.capitalize()} ({len(rows)})")
        lines += [
            f"  {row.title}: {row.customer}, {row.phone or 'no phone'}, {row.due_on}"
            for row in rows
        ]
    return groups, "\n".join(lines) or "Nothing is waiting."


def _find(ask: Ask) -> Answer:
    found = search.find(ask.desk(), ask.text)
    return found, "\n".join(f"{hit.title}  {hit.hint}" for hit in found) or "Nothing found."


def _due(ask: Ask) -> Answer:
    desk = ask.desk()
    row = customer_lists.find(desk, ask.who)
    view = customer_pages.view(desk, row.customer_id)
    today = shop.view(desk).hours.day_of(ask.now)
    held = [
        voucher
        for voucher in view.vouchers
        if voucher.balance_cents > 0 and (voucher.valid_to is None or voucher.valid_to >= today)
    ]
    in_recovery = any(one.status in OPEN_STATUSES for one in view.cases)
    lines = [view.name + (": in recovery, greet in person" if in_recovery else "")]
    lines += [
        f"  {shown_code(one.code)}: {ask.money(desk, one.balance_cents)} left" for one in held
    ]
    answer = {"customer": view.name, "in_recovery": in_recovery, "vouchers": held}
    return answer, "\n".join(lines)


def _restate(ask: Ask) -> Answer:
    desk = ask.desk()
    case_id = cases.id_of(desk, ask.number)
    seen = case_pages.view(desk, case_id)
    story = Story(
        words=seen.words,
        restatement=_words(ask.text),
        agreed=ask.agreed,
        feeling=ask.feeling or seen.feeling,
        our_part=ask.our_part or seen.our_part,
    )
    cases.tell(desk, case_id, story, now=ask.now)
    return {"number": seen.number, "agreed": ask.agreed}, f"{seen.number}: said back."


def _contact(ask: Ask) -> Answer:
    desk = ask.desk()
    entry = ContactEntry(
        way=Way(ask.way),
        reach=Reach(ask.reach),
        direction=Direction(ask.direction),
        mood=Mood(ask.mood) if ask.mood else None,
        words=ask.words,
    )
    contacts.log(desk, cases.id_of(desk, ask.number), entry, now=ask.now)
    return _state(desk, ask.number)


def _state(desk: Desk, number: str) -> Answer:
    view = case_pages.view(desk, cases.id_of(desk, number))
    state = {
        "number": view.number,
        "status": view.status,
        "stage": view.stage,
        "outcome": view.outcome,
        "next_step": view.next_step,
        "next_due_at": view.next_due_at,
    }
    text = f"{view.number}: {view.stage.value}."
    return state, text + (
        f" Next: {view.next_step}{_by(desk, view.next_due_at)}" if view.is_open else ""
    )


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
    return _state(desk, ask.number)


def _agree(ask: Ask) -> Answer:
    desk = ask.desk()
    entry = _remedy_entry(ask, desk)
    made = negotiations.agree(
        desk, cases.id_of(desk, ask.number), entry.words, [entry], now=ask.now
    )
    state, text = _state(desk, ask.number)
    return state | {"remedies": made}, text


def _resolve(ask: Ask) -> Answer:
    desk = ask.desk()
    cases.resolve(
        desk, cases.id_of(desk, ask.number), now=ask.now, not_agreed_why=ask.not_agreed_why
    )
    return _state(desk, ask.number)


def _close(ask: Ask) -> Answer:
    desk = ask.desk()
    ending = Ending(
        outcome=Outcome(ask.outcome),
        evidence=Evidence(ask.evidence) if ask.evidence else None,
        lost_reason=LostReason(ask.lost_reason) if ask.lost_reason else None,
        words=ask.words,
        skip_why=ask.skip_why,
    )
    cases.close(desk, cases.id_of(desk, ask.number), ending, now=ask.now)
    return _state(desk, ask.number)


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
    found = vouchers.look_up(desk, ask.code, now=ask.now)
    left = ask.money(desk, found.balance_cents)
    return found, f"{found.shown_code}: {left} left, {found.status.value}, {found.customer}"


def _letter(ask: Ask) -> Answer:
    desk = ask.desk()
    draft = letters.compose(
        desk,
        cases.id_of(desk, ask.number),
        now=ask.now,
        template=ask.template or "",
        tone=ask.tone,
        language=ask.language,
    )
    return _written(ask, desk, letters.paper(desk, draft, now=ask.now))


def _certificate(ask: Ask) -> Answer:
    desk = ask.desk()
    return _written(ask, desk, certificates.paper(desk, ask.code, now=ask.now))


def _checklist(ask: Ask) -> Answer:
    desk = ask.desk()
    return _written(ask, desk, checklists.paper(desk, now=ask.now, days=ask.days))


def _written(ask: Ask, desk: Desk, paper: Paper) -> Answer:
    papers.write_file(ask.out, paper.content)
    papers.keep(desk, paper, DocumentStatus.PREPARED, now=ask.now)
    answer = {"file": str(ask.out), "title": paper.title, "pages": paper.pages}
    return answer, f"{ask.out}: {paper.title}"


def _sample(ask: Ask) -> Answer:
    desk = ask.desk(create=True)
    sample.fill(
        desk,
        customer_count=ask.customers,
        case_count=ask.cases,
        seed=ask.seed,
        now=ask.now,
        progress=Progress(),
    )
    made = {"customers": ask.customers, "cases": ask.cases, "desk": str(ask.desk_path)}
    return made, f"{ask.customers} customers and {ask.cases} cases: {ask.desk_path}"


def _check(ask: Ask) -> Answer:
    wrong = ask.desk().check()
    if wrong:
        raise FileTroubleError(f"The desk is damaged: {wrong[0]}")
    return {"desk": str(ask.desk_path), "sound": True}, "The desk is sound."


def _later(ask: Ask) -> NoReturn:
    raise NotYetError(NOT_YET[ask.command])


def _demo(ask: Ask) -> Answer:
    from ui import demo  # noqa: PLC0415 - start-up doesn't pay for it

    made = demo.make(ask.out or Path("recoverydesk-demo"), now=ask.now)
    return [str(path) for path in made], "\n".join(f"made {path}" for path in made)


def _text(parser: argparse.ArgumentParser, *names: str, words: str = "") -> None:
    for name in names:
        parser.add_argument(f"--{name}", default="", help=words or argparse.SUPPRESS)


def _values(kinds: type[Enum]) -> list[str]:
    return [kind.value for kind in kinds]


Doing = Callable[[Ask], Answer]


class _Commands:
    """Builds the parser, a command a line."""

    def __init__(self) -> None:
        self.everywhere = argparse.ArgumentParser(add_help=False)
        for parser, default in ((self.everywhere, argparse.SUPPRESS),):
            _common(parser, default)
        self.parser = argparse.ArgumentParser(
            prog="recoverydesk", description="Turn an unhappy customer into one who comes back."
        )
        _common(self.parser, None)
        self.parser.add_argument("--version", action="version", version=__version__)
        self.parser.add_argument(
            "--practice", action="store_true", help="open the window on the practice shop"
        )
        self.parser.set_defaults(doing=None, command=None)
        self.commands = self.parser.add_subparsers(dest="command", metavar="COMMAND")

    def add(self, name: str, doing: Doing, words: str) -> argparse.ArgumentParser:
        parser = self.commands.add_parser(name, help=words, parents=[self.everywhere])
        parser.set_defaults(doing=doing)
        return parser


def _common(parser: argparse.ArgumentParser, default: Any) -> None:  # noqa: ANN401 - any value will do
    parser.add_argument("--desk", type=Path, default=default, help="the desk's file")
    parser.add_argument(
        "--json",
        action="store_true",
        default=False if default is None else default,
        help="print one JSON value",
    )


def build_parser() -> argparse.ArgumentParser:
    """Return the parser of the whole command line."""
    make = _Commands()
    demo = make.add("demo", _demo, "make the papers and pictures of the practice shop")
    demo.add_argument("--out", type=Path)
    init = make.add("init", _init, "set up a desk")
    init.add_argument("--shop", required=True)
    init.add_argument("--kind", choices=_values(ShopKind), default="shop")
    init.add_argument("--paper", choices=["a4", "letter"])
    init.add_argument("--locale", default="en_GB")
    init.add_argument("--time-zone", default="")
    _text(init, "currency", "owner", "address", "phone")
    _case_commands(make)
    _money_commands(make)
    _paper_commands(make)
    fill = make.add("sample", _sample, "fill a desk with made-up customers")
    fill.add_argument("--customers", type=int, default=200)
    fill.add_argument("--cases", type=int, default=100)
    fill.add_argument("--seed", type=int, default=1)
    make.add("check", _check, "read the whole desk and say whether it is sound")
    for name in NOT_YET:
        later = make.add(name, _later, "in a later release")
        later.add_argument("rest", nargs=argparse.REMAINDER)
    return make.parser


def _case_commands(make: _Commands) -> None:
    log = make.add("log", _log, "log an unhappy customer")
    log.add_argument("--customer", required=True)
    log.add_argument("--what", required=True, help="what happened; - reads it from stdin")
    _text(log, "phone", "email", "asked", "worth")
    log.add_argument("--severity", choices=[*_values(Severity), *SAID_ALOUD], default="upset")
    log.add_argument("--channel", choices=_values(Channel), default="in_person")
    make.add("case", _case, "show a case").add_argument("number")
    listed = make.add("cases", _cases, "list cases")
    listed.add_argument("--status", choices=_values(Status))
    today = make.add("today", _today, "what is late, for today and ahead")
    today.add_argument("--days", type=int, default=7)
    make.add("find", _find, "find people, cases, codes").add_argument("text")
    make.add("due", _due, "what a customer is due").add_argument("who")
    restate = make.add("restate", _restate, "write down how you said it back")
    restate.add_argument("number")
    restate.add_argument("text")
    restate.add_argument("--agreed", action="store_true", help="they said: yes, that's it")
    _text(restate, "feeling", "our-part")
    contact = make.add("contact", _contact, "log a contact")
    contact.add_argument("number")
    contact.add_argument("--way", choices=_values(Way), default="call")
    contact.add_argument("--reach", choices=_values(Reach), default="reached")
    contact.add_argument("--direction", choices=_values(Direction), default="out")
    contact.add_argument("--mood", choices=_values(Mood))
    _text(contact, "words")
    resolve = make.add("resolve", _resolve, "call a case resolved")
    resolve.add_argument("number")
    _text(resolve, "not-agreed-why")
    close = make.add("close", _close, "close a case")
    close.add_argument("number")
    close.add_argument("--outcome", choices=_values(Outcome), required=True)
    close.add_argument("--evidence", choices=_values(Evidence))
    close.add_argument("--lost-reason", choices=_values(LostReason))
    _text(close, "words", "skip-why")


def _money_commands(make: _Commands) -> None:
    for name, doing, words in (
        ("offer", _offer, "write down an offer"),
        ("agree", _agree, "write down what was agreed"),
    ):
        parser = make.add(name, doing, words)
        parser.add_argument("number")
        parser.add_argument("--kind", choices=_values(RemedyKind), default="other")
        parser.add_argument("--words", required=True)
        parser.add_argument("--value")
        parser.add_argument("--cost")
        parser.add_argument("--by", help="the day it is promised for, like 2026-12-31")
    give = make.add("give", _give, "give a remedy; vouchers get their code")
    give.add_argument("number")
    give.add_argument(
        "--kind", required=True, choices=[*_values(VoucherKind), *_values(RemedyKind)]
    )
    give.add_argument("--value")
    give.add_argument("--cost")
    give.add_argument("--expires", help="its last day, like 2026-12-31")
    _text(give, "words", "recipient")
    redeem = make.add("redeem", _redeem, "take money off a voucher")
    redeem.add_argument("code")
    redeem.add_argument("--amount")
    make.add("voucher", _voucher, "look a voucher up").add_argument("code")


def _paper_commands(make: _Commands) -> None:
    letter = make.add("letter", _letter, "write a case's letter as a PDF")
    letter.add_argument("number")
    letter.add_argument("--template")
    letter.add_argument("--tone", choices=list(letters.TONES), default="warm")
    letter.add_argument("--language", default="en")
    letter.add_argument("--out", type=Path, required=True)
    certificate = make.add("certificate", _certificate, "write a voucher's certificate as a PDF")
    certificate.add_argument("code")
    certificate.add_argument("--out", type=Path, required=True)
    checklist = make.add("checklist", _checklist, "write the follow-ups as a PDF")
    checklist.add_argument("--days", type=int, default=0)
    checklist.add_argument("--out", type=Path, required=True)


def _json(value: Any) -> Any:  # noqa: ANN401 - any value will do
    if dataclasses.is_dataclass(value) and not isinstance(value, type):
        return {one.name: getattr(value, one.name) for one in dataclasses.fields(value)}
    if isinstance(value, datetime):
        return value.astimezone(UTC).isoformat().replace("+00:00", "Z")
    if isinstance(value, date):
        return value.isoformat()
    if hasattr(value, "total_seconds"):
        return int(value.total_seconds())
    raise TypeError(f"no JSON for {type(value).__name__}")


def run(arguments: argparse.Namespace, *, now: datetime | None = None) -> int:
    """Do what a parsed command line asks for, and print what comes of it.

    Args:
        arguments: of `build_parser`, with a command among them.
        now: this moment (UTC); None takes the computer's.

    Returns:
        The exit code.
    """
    ask = Ask(arguments, now or datetime.now(UTC))
    try:
        answer, text = arguments.doing(ask)
    except ImportError as error:
        words = needs.explained(error)
        if not words:
            raise
        sys.stderr.write(f"{words}\n")
        return 1
    except NotYetError as error:
        return _say(error, code=2)
    except RecoveryDeskError as error:
        return _say(error, code=1)
    finally:
        ask.close()
    try:
        sys.stdout.write(f"{_shown(answer, text, as_json=arguments.json)}\n")
        sys.stdout.flush()
    except BrokenPipeError:  # the reader has seen enough
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    return 0


def _shown(answer: Any, text: str, *, as_json: bool) -> str:  # noqa: ANN401 - any value will do
    """Return what to print, in signs that this console or file can take."""
    encoding = sys.stdout.encoding or "utf-8"
    if as_json:
        return json.dumps(answer, default=_json, ensure_ascii=not encoding.startswith(UNICODE))
    return text.encode(encoding, errors="replace").decode(encoding)


def _say(error: RecoveryDeskError, *, code: int) -> int:
    sys.stderr.write(" ".join(part for part in (str(error), error.advice) if part) + "\n")
    return code
