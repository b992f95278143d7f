"""Desks of a given size, made once and kept in the computer's temporary folder."""

import shutil
import tempfile
from hashlib import sha256
from pathlib import Path

from recoverydesk.progress import Progress
from recoverydesk.services import bulk, sample
from recoverydesk.storage import upgrade
from recoverydesk.storage.desk import Desk
from recoverydesk.storage.tables import Shop
from recoverydesk.topics import Topic
from tests.benchmarks.clock import NOW

USUAL = 10_000
"""Cases of the desk that the budgets speak of; it has twice as many customers."""

SIZES = (1_000, 10_000, 100_000)
"""How cost grows is part of a benchmark."""


def make(path: Path, cases: int) -> Path:
    """Make a desk of so many cases."""
    desk = Desk(path, clock=lambda: NOW)
    sample.fill(
        desk, customer_count=2 * cases, case_count=cases, seed=1, now=NOW, progress=Progress()
    )
    # An owner's desk, without the banner of a shop at practice.
    with desk.changing(Topic.SHOP, "Open in earnest"):
        Shop.update(practice=False).execute()
    desk.close()
    return path


def copy_of(cases: int, folder: Path) -> Path:
    """Return a copy of such a desk for one benchmark alone; the desk is made once and kept."""
    kept = Path(tempfile.gettempdir()) / "recoverydesk-benchmarks" / f"{cases}-{_edition()}.desk"
    if not kept.exists():
        kept.parent.mkdir(exist_ok=True)
        make(kept.with_suffix(".new"), cases).replace(kept)
    return Path(shutil.copy(kept, folder / f"{cases}.desk"))


def _edition() -> str:
    """Name what a desk is made by: another table or another sample makes another desk."""
    made_by = [Path(bulk.__file__), Path(sample.__file__), Path(__file__)]
    made_by += sorted(Path(upgrade.__file__).with_name("migrations").glob("0*.py"))
    return sha256(b"".join(path.read_bytes() for path in made_by)).hexdigest()[:8]
