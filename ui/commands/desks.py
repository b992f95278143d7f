"""Commands about the desk itself: setting up, samples, the demonstration."""

import argparse
from pathlib import Path
from typing import NoReturn

from recoverydesk.domain.shop_kind import ShopKind
from recoverydesk.errors import (
    FileTroubleError,
    InvalidEntryError,
    NotFoundError,
    NotYetError,
)
from recoverydesk.progress import Progress
from recoverydesk.services import (
    backups,
    sample,
    shop,
    shop_setup,
)
from recoverydesk.services.shop_setup import ShopSetup
from ui.commands.asking import Answer, Ask, Commands, add_texts, values_of

NOT_YET = {
    "export": "Exporting comes with a later release.",
}


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


def _backup(ask: Ask) -> Answer:
    desk = ask.desk()
    if ask.out is None:
        made = backups.make(desk, now=ask.now)
    else:
        made = backups.write_to(desk, ask.out, now=ask.now)
    told = {
        "backup": str(made.path),
        "number": made.number,
        "sha256": made.sha256,
        "cases": made.counts["recovery_case"],
        "customers": made.counts["customer"],
    }
    return told, f"A backup was made and checked: {made.path}"


def _restore(ask: Ask) -> Answer:
    if not ask.file.exists():
        raise NotFoundError(f"There is no backup at {ask.file}.", advice="Name another file.")
    kept = backups.restore_over(ask.desk_path, ask.file, now=ask.now)
    told = {"desk": str(ask.desk_path), "restored": str(ask.file), "kept": str(kept)}
    return told, f"The desk is as it was in {ask.file}. What was there before is kept in {kept}."


def _later(ask: Ask) -> NoReturn:
    raise NotYetError(NOT_YET[ask.command])


def _demo(ask: Ask) -> Answer:
    from ui import demo  # noqa: PLC0415 - start-up doesn't pay for it

    made = demo.make(ask.out or Path("recoverydesk-demo"), now=ask.now)
    return [str(path) for path in made], "\n".join(f"made {path}" for path in made)


def add_commands(make: Commands) -> None:
    """Describe these commands to the parser."""
    demo = make.add("demo", _demo, "make the papers and pictures of the practice shop")
    demo.add_argument("--out", type=Path)
    init = make.add("init", _init, "set up a desk")
    init.add_argument("--shop", required=True)
    init.add_argument("--kind", choices=values_of(ShopKind), default="shop")
    init.add_argument("--paper", choices=["a4", "letter"])
    init.add_argument("--locale", default="en_GB")
    init.add_argument("--time-zone", default="")
    add_texts(init, "currency", "owner", "address", "phone")
    fill = make.add("sample", _sample, "fill a desk with made-up customers")
    fill.add_argument("--customers", type=int, default=200)
    fill.add_argument("--cases", type=int, default=100)
    fill.add_argument("--seed", type=int, default=1)
    make.add("check", _check, "read the whole desk and say whether it is sound")
    backup = make.add("backup", _backup, "make a backup and check it")
    backup.add_argument("--out", type=Path, help="a file elsewhere; else beside the desk")
    restore = make.add("restore", _restore, "go back to a backup; the desk is kept, too")
    restore.add_argument("file", type=Path)
    for name in NOT_YET:
        later = make.add(name, _later, "in a later release")
        later.add_argument("rest", nargs=argparse.REMAINDER)
