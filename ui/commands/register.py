"""The command that writes the monthly register for the books."""

from collections.abc import Iterator
from pathlib import Path

from recoverydesk.errors import InvalidEntryError
from recoverydesk.services import papers, registers, shop
from recoverydesk.services.register_lines import PART_WORDS
from recoverydesk.services.registers import Register
from recoverydesk.storage.desk import Desk
from ui.commands.asking import Answer, Ask, Commands


def _register(ask: Ask) -> Answer:
    desk = ask.desk()
    if ask.month is None:
        today = shop.view(desk).hours.day_of(ask.now)
        year, month = today.year, today.month
    else:
        year, month = registers.read_month(ask.month)
    register = registers.month(desk, year, month)
    if ask.out is None:
        return register, "\n".join(_summed_up(register))
    papers.write_file(ask.out, _content(desk, register, ask.out))
    answer = {"file": str(ask.out), "title": register.title, "totals": register.totals}
    return answer, f"{ask.out}: {register.title}"


def _content(desk: Desk, register: Register, out: Path) -> bytes:
    match out.suffix.lower():
        case ".csv":
            return registers.as_csv(register)
        case ".pdf":
            return registers.as_pdf(desk, register)
        case _:
            raise InvalidEntryError("out", f"{out.name} should end in .csv or .pdf.")


def _summed_up(register: Register) -> Iterator[str]:
    totals, money = register.totals, register.money
    yield register.title
    for one in totals.by_kind:
        yield f"  {one.kind} ({one.count}): {money(one.value_cents)}"
    yield f"Given: {money(totals.given_value_cents)}, cost {money(totals.given_cost_cents)}"
    yield f"Left on vouchers before: {money(totals.opening_cents)}"
    for part, cents in totals.changes:
        if cents:
            yield f"  {PART_WORDS[part]}: {money(cents)}"
    yield f"Left on vouchers after: {money(totals.closing_cents)}"


def add_commands(make: Commands) -> None:
    """Describe this command to the parser."""
    register = make.add("register", _register, "what was given, used and ran out in a month")
    register.add_argument("--month", help="like 2026-11; this month, if left out")
    register.add_argument("--out", type=Path, help="a file that ends in .csv or .pdf")
