"""The command that takes in what other programs have written."""

from pathlib import Path

from recoverydesk.errors import NotYetError
from recoverydesk.services import sales_files, sales_imports, sales_plans
from recoverydesk.services.sales_imports import SalesTaken
from recoverydesk.services.sales_plans import SalesPlan
from ui.commands.asking import Answer, Ask, Commands

MOST_SHOWN = 20


def _import(ask: Ask) -> Answer:
    if ask.kind != "sales":
        raise NotYetError(
            "Importing customers and cases comes with a later release.",
            advice="The till's sales can be read now: --as sales",
        )
    desk = ask.desk()
    file = sales_files.read(ask.file)
    columns = sales_plans.columns_for(desk, file)
    plan = sales_plans.plan(desk, file, columns, now=ask.now, names=ask.names)
    taken = None if ask.dry_run else sales_imports.take(desk, plan, now=ask.now)
    return _answer(plan, taken), "\n".join(_told(plan, taken))


def _answer(plan: SalesPlan, taken: SalesTaken | None) -> dict[str, object]:
    return {
        "file": plan.file.name,
        "saved": taken is not None,
        "lines": len(plan.file.rows),
        "known": plan.known,
        "already": plan.already,
        "new": len(plan.sales),
        "new_cents": plan.net_cents,
        "customers": plan.people,
        "unknown_lines": plan.unknown,
        "unknown_people": plan.strangers,
        "naming_nobody": plan.nobody,
        "by_name_alone": plan.by_name,
        "refunds": plan.refunds,
        "unclear": plan.unclear_count,
        "set_aside": plan.unclear,
        "visits": taken.visits if taken else None,
        "worths": taken.worths if taken else None,
        "came_back": taken.came_back if taken else (),
    }


def _told(plan: SalesPlan, taken: SalesTaken | None) -> list[str]:
    told = [
        f"{plan.file.name}: {len(plan.file.rows)} lines, {plan.known} of {plan.people} customers"
        f" on the desk, {len(plan.sales)} of them new; {plan.refunds} refunds,"
        f" {plan.unknown} of people who aren't on the desk, {plan.nobody} naming nobody,"
        f" {plan.unclear_count} set aside."
    ]
    if plan.by_name and not plan.names:
        told.append(
            f"{plan.by_name} agree by the name alone and were left out; --names takes them."
        )
    told += [f"  line {one.line}: {one.why}" for one in plan.unclear[:MOST_SHOWN]]
    if taken is None:
        told.append("Nothing was saved: this was a dry run.")
    else:
        told.append(f"New sales: {taken.sales}. Visits written down: {taken.visits}.")
        told += [
            f"  {one.customer} ({one.number}) came back on {one.visited_on.isoformat()}"
            for one in taken.came_back
        ]
    return told


def add_commands(make: Commands) -> None:
    """Describe this command to the parser."""
    parser = make.add("import", _import, "take in the till's sales")
    parser.add_argument("file", type=Path, metavar="FILE", help="CSV or Excel")
    parser.add_argument(
        "--as",
        dest="kind",
        choices=("customers", "cases", "sales"),
        default="customers",
        help="what the file holds",
    )
    parser.add_argument("--dry-run", action="store_true", help="tell what would happen")
    parser.add_argument(
        "--names", action="store_true", help="also lines where only the name agrees"
    )
