"""Types into a window until it is killed: `python -m tests.faults.typist DESK FORM`."""

import os
import sys
import time
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication, QLineEdit, QPlainTextEdit, QWidget

from recoverydesk.services import people
from recoverydesk.storage.desk import Desk
from ui.dialogs.close_case import CloseCaseDialog
from ui.dialogs.customer import CustomerDialog
from ui.dialogs.log_contact import LogContactDialog
from ui.dialogs.log_customer import LogCustomerDialog
from ui.dialogs.reopen import ReopenDialog
from ui.dialogs.still_on_it import StillOnItDialog
from ui.session import Session

CASE = 1
EVERY = 10
"""Milliseconds between two keys: faster than any owner."""
FORMS = {
    "log_customer": (lambda *about, parent: LogCustomerDialog(about[0], parent=parent), ""),
    "log_contact": (lambda session, parent: LogContactDialog(session, CASE, parent=parent), "case"),
    "still_on_it": (lambda session, parent: StillOnItDialog(session, CASE, parent=parent), "case"),
    "customer": (lambda session, parent: CustomerDialog(session, 1, parent=parent), "customer"),
    "close_case": (lambda session, parent: CloseCaseDialog(session, CASE, parent=parent), "case"),
    "reopen": (lambda session, parent: ReopenDialog(session, CASE, parent=parent), "case"),
}
"""By what they are kept under: how to open one, and what it is about."""


def main(path: Path, form: str) -> None:
    app = QApplication([])
    desk = Desk(path, create=False)
    people.sign_in_owner(desk)
    holder = QWidget()
    holder.show()
    dialog = FORMS[form][0](Session(desk), parent=holder)
    dialog.open()
    areas = [one for one in dialog.findChildren(QPlainTextEdit) if one.window() is dialog]
    lines = [one for one in dialog.findChildren(QLineEdit) if one.window() is dialog]
    field = areas[-1] if areas else lines[-1]
    begun = len(_text(field))

    def type_on() -> None:
        if isinstance(field, QPlainTextEdit):
            field.moveCursor(field.textCursor().MoveOperation.End)
            field.insertPlainText("x")
        else:
            field.setText(field.text() + "x")
        sys.stdout.write(f"{time.monotonic()} {len(_text(field)) - begun}\n")
        sys.stdout.flush()

    timer = QTimer()
    timer.setInterval(EVERY)
    timer.timeout.connect(type_on)
    timer.start()
    app.exec()


def _text(field: QLineEdit | QPlainTextEdit) -> str:
    return field.toPlainText() if isinstance(field, QPlainTextEdit) else field.text()


if __name__ == "__main__":
    main(Path(sys.argv[1]), sys.argv[2])
