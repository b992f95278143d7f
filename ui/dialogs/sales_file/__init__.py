"""The till's file: chosen or dropped, looked at, and taken in."""

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QFileDialog, QWidget

from recoverydesk.domain.sales_columns import SalesColumns
from recoverydesk.errors import InvalidEntryError, RecoveryDeskError
from recoverydesk.progress import Progress
from recoverydesk.services import sales_files, sales_imports, sales_plans
from recoverydesk.services.sales_files import SalesFile
from recoverydesk.services.sales_imports import SalesTaken
from recoverydesk.services.sales_plans import SalesPlan
from ui.dialogs.sales_file.columns import ColumnPickers
from ui.dialogs.sales_file.outlook import Outlook
from ui.errors import tell_owner
from ui.jobs import Job
from ui.session import Session
from ui.widgets.buttons import Button
from ui.widgets.dialog import Dialog
from ui.widgets.layouts import boxed, column, row
from ui.widgets.meters import ProgressLine
from ui.widgets.text import Line, Text
from ui.wording import counted, filled, tr

WIDTH = 820


class SalesFileDialog(Dialog):
    """Takes in the sales that the till has written to a file.

    Signals:
        case_wanted: somebody came back, and their case is to be opened. Argument: the case's id.
    """

    case_wanted = Signal(int)

    def __init__(self, session: Session, *, parent: QWidget) -> None:
        """Make the dialog; `open()` shows it.

        Args:
            session: the open desk.
            parent: what it belongs to.
        """
        super().__init__(
            parent,
            tr("Sales from the till"),
            save=tr("&Take them in"),
            save_icon="file-spreadsheet",
            cancel=tr("Close"),
            width=WIDTH,
        )
        self.setObjectName("sales_file")
        self.setAcceptDrops(True)
        self._session = session
        self._job: Job | None = None
        self._plan: SalesPlan | None = None
        self._file: SalesFile | None = None
        self._choose = Button(tr("&Choose a file…"), icon="folder-open")
        self._name = Text(tr("or drop one here: CSV or Excel"), "secondary", "text2", wrap=True)
        self._trouble = Text("", "body", "danger", wrap=True)
        self._pickers = ColumnPickers()
        self._outlook = Outlook(session)
        self._bar = ProgressLine()
        self._stop = Button(tr("&Stop"), "ghost", icon="x", size="small")
        self._doing = Text("", "secondary", "text2")
        self._busy = boxed(row(self._doing, (self._bar, 1), self._stop, gap=12))
        self._what = boxed(column(Line("border"), Text(tr("What will happen"), "strong"), gap=12))
        self.add(
            Text(
                tr(
                    "Your till can save its sales as a file. RecoveryDesk finds your customers in"
                    " it, so that you see who came back. Others are counted and never added."
                ),
                "body",
                "text2",
                wrap=True,
            ),
            boxed(row(self._choose, (self._name, 1), gap=12)),
            self._trouble,
            self._pickers,
            self._what,
            self._busy,
            self._outlook,
        )
        self._choose.clicked.connect(lambda _on: self._ask_for_file())
        self._stop.clicked.connect(lambda _on: self._stop_job())
        self._pickers.picked.connect(self._look)
        self._outlook.asked_again.connect(self._look)
        self._outlook.case_wanted.connect(self._open_case)
        self.save_wanted.connect(self._take)
        self.finished.connect(lambda _how: self._stop_job())
        self._show_state()

    # Which file

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Take a file that is dragged here (Qt)."""
        if any(url.isLocalFile() for url in event.mimeData().urls()):
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        """Read the file that was dropped (Qt)."""
        paths = [url.toLocalFile() for url in event.mimeData().urls() if url.isLocalFile()]
        if paths:
            self.read_file(Path(paths[0]))

    def _ask_for_file(self) -> None:
        found, _ = QFileDialog.getOpenFileName(
            self,
            tr("The till's file"),
            "",
            tr("Sales (*.csv *.txt *.tsv *.xlsx);;All files (*)"),
        )
        if found:
            self.read_file(Path(found))

    def read_file(self, path: Path) -> None:
        """Read a file, and tell what would come of it."""
        desk = self._session.desk
        self._file = self._plan = None

        def read(progress: Progress) -> tuple[SalesFile, SalesColumns]:
            file = sales_files.read(path, progress)
            return file, sales_plans.columns_for(desk, file)

        self._name.setText(path.name)
        self._work(read, self._show_file, filled("Reading {name}…", name=path.name))

    def _show_file(self, result: object) -> None:
        assert isinstance(result, tuple)
        file, columns = result
        self._file = file
        self._name.setText(
            filled(
                "{name}: {lines}",
                name=file.name,
                lines=counted(len(file.rows), "{n} line", "{n} lines"),
            )
        )
        self._pickers.show_file(file, columns)
        sure = columns.phone is not None or columns.email is not None
        self._outlook.names.blockSignals(True)  # noqa: FBT003 - Qt's own
        # Where the till knows names alone there is nothing surer to go by.
        self._outlook.names.setChecked(not sure)
        self._outlook.names.blockSignals(False)  # noqa: FBT003 - Qt's own
        self._look()

    # What will happen

    def _look(self) -> None:
        """Reckon what would come of the file as its columns stand."""
        if (file := self._file) is None:
            return
        self._plan = None
        desk, now = self._session.desk, self._session.now()
        columns, names = self._pickers.columns(), self._outlook.names.isChecked()
        self._pickers.form.start()
        self._work(
            lambda progress: sales_plans.plan(
                desk, file, columns, now=now, names=names, progress=progress
            ),
            self._show_plan,
            tr("Looking for your customers…"),
        )

    def _show_plan(self, plan: object) -> None:
        assert isinstance(plan, SalesPlan)
        self._plan = plan
        self._outlook.show_plan(plan)

    def _take(self) -> None:
        if (plan := self._plan) is None:
            return
        desk, now = self._session.desk, self._session.now()
        worths = self._outlook.worths.isChecked()
        over_own = self._outlook.over_own.isChecked()
        self._plan = None
        self._work(
            lambda progress: sales_imports.take(
                desk, plan, now=now, worths=worths, over_own=over_own, progress=progress
            ),
            self._show_taken,
            tr("Taking them in…"),
            stopped=lambda: self._show_plan(plan),
        )

    def _show_taken(self, taken: object) -> None:
        assert isinstance(taken, SalesTaken)
        self._session.said.emit(counted(taken.sales, "{n} sale taken in", "{n} sales taken in"))
        if not taken.came_back:
            self.accept()
            return
        self._file = None
        self._outlook.show_taken(taken)

    def _open_case(self, case_id: int) -> None:
        self.accept()
        self.case_wanted.emit(case_id)

    # Work that takes a while

    def _work(
        self,
        work: Callable[[Progress], object],
        then: Callable[[object], object],
        words: str,
        *,
        stopped: Callable[[], object] = lambda: None,
    ) -> None:
        self._stop_job()
        self._trouble.setText("")
        self._outlook.show_nothing()
        self._doing.setText(words)
        self._bar.show_share(0)
        job = Job(work, self)
        self._job = job
        job.progressed.connect(lambda done, of: self._bar.show_share(done / of if of else 0))
        job.succeeded.connect(lambda result: self._ended(job, lambda: then(result)))
        job.failed.connect(lambda error: self._ended(job, lambda: self._failed(error)))
        job.cancelled.connect(lambda: self._ended(job, lambda: self._stopped(stopped)))
        self._session.jobs.start(job)
        self._show_state()

    def _ended(self, job: Job, then: Callable[[], object]) -> None:
        if job is self._job:  # what was overtaken says nothing any more
            self._job = None
            then()
            self._show_state()

    def _failed(self, error: Exception) -> None:
        if isinstance(error, InvalidEntryError) and self._pickers.show_error(error):
            return
        if isinstance(error, RecoveryDeskError):
            self._trouble.setText(" ".join(filter(None, (str(error), error.advice))))
        else:
            tell_owner(self, error)

    def _stopped(self, then: Callable[[], object]) -> None:
        self._trouble.setText(tr("Stopped. Nothing was saved."))
        then()

    def _stop_job(self) -> None:
        if self._job is not None:
            self._job.cancel()

    def _show_state(self) -> None:
        busy = self._job is not None
        self._busy.setVisible(busy)
        self._trouble.setVisible(bool(self._trouble.text()))
        self._pickers.setVisible(self._file is not None)
        self._what.setVisible(self._file is not None)
        self._outlook.setEnabled(not busy)
        self._choose.setEnabled(not busy)
        worth_it = self._plan is not None and bool(self._plan.sales or self._plan.worths)
        self.save_button.setEnabled(not busy and worth_it)
