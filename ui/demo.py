"""Makes the papers and the pictures of the practice shop, with or without a display."""

import os
import tempfile
from collections.abc import Callable
from datetime import datetime
from pathlib import Path

from recoverydesk.services import (
    case_lists,
    certificates,
    checklists,
    letters,
    papers,
    sample,
    voucher_register,
)
from recoverydesk.services.agendas import AHEAD_DAYS
from recoverydesk.services.case_lists import CaseFilter
from recoverydesk.storage.desk import Desk

WIDTH, HEIGHT = 1440, 900


def make(folder: Path, *, now: datetime) -> list[Path]:
    """Make letter, certificate and checklist as PDF, and pictures of the window.

    Args:
        folder: where they go; made where it isn't there.
        now: this moment (UTC).

    Returns:
        The files, in order.

    Raises:
        FileTroubleError: the folder can't be written.
    """
    with tempfile.TemporaryDirectory() as aside:
        path = Path(aside) / "practice.desk"
        desk = sample.open_practice(path, now=now)
        try:
            made = _papers(desk, folder, now=now)
        finally:
            desk.close()
        return made + _pictures(path, folder, now=now)


def _papers(desk: Desk, folder: Path, *, now: datetime) -> list[Path]:
    vouchers = voucher_register.ids(desk, now=now, which="open", sort="issued", descending=True)
    rows = voucher_register.rows(desk, vouchers, now=now)
    certificate = certificates.paper(desk, rows[vouchers[0]].code, now=now)
    letter = letters.paper(desk, letters.compose(desk, _told_case(desk, now), now=now), now=now)
    checklist = checklists.paper(desk, now=now, days=AHEAD_DAYS)
    made = []
    for paper in (letter, certificate, checklist):
        target = folder / paper.file_name
        papers.write_file(target, paper.content)
        made.append(target)
    return made


def _told_case(desk: Desk, now: datetime) -> int:
    """Return the case whose story has come farthest towards a letter."""
    wanted = case_lists.ids(desk, CaseFilter(which="open"), now=now, sort="worth", descending=True)
    rows = case_lists.rows(desk, wanted)
    right = [case_id for case_id in wanted if rows[case_id].stage.value == "make_right"]
    return (right or list(wanted))[0]


def _pictures(path: Path, folder: Path, *, now: datetime) -> list[Path]:
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    # Qt reads the platform when it is loaded, so it is loaded here.
    from PySide6.QtWidgets import QApplication  # noqa: PLC0415

    from ui.app import open_window  # noqa: PLC0415
    from ui.widgets.page import Place  # noqa: PLC0415

    window = open_window(path, now=now)
    window.resize(WIDTH, HEIGHT)
    case_id = _told_case(window.session.desk, now)
    shows: dict[str, Callable[[], object]] = {
        place.value: lambda place=place: window.show_place(place)  # type: ignore[misc]
        for place in Place
    }
    shows["case"] = lambda: window.show_case(case_id)
    made = []
    try:
        for name, show in shows.items():
            show()
            for _ in range(3):  # what a page reads after its first paint comes one turn later
                QApplication.processEvents()
            target = folder / f"window-{name}.png"
            window.grab().save(str(target))
            made.append(target)
    finally:
        window.close()
    return made
