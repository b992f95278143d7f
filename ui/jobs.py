"""Long tasks off the interface's thread: with progress, a way to stop, and one end each."""

from collections.abc import Callable

from PySide6.QtCore import QObject, QThreadPool, Signal, Slot

from recoverydesk.progress import Cancelled, Progress

Work = Callable[[Progress], object]


class Job(QObject):
    """One long task. Connect to its signals, then hand it to `JobRunner.start`.

    Exactly one of `succeeded`, `failed` and `cancelled` comes, then `finished`; all of them
    on the thread that made the job, which is the interface's.

    Signals:
        progressed: pieces done, pieces in all.
        succeeded: what the work returned.
        failed: the exception that ended it.
        cancelled: the owner stopped it.
        finished: it is over, however it went.
    """

    progressed = Signal(int, int)
    succeeded = Signal(object)
    failed = Signal(object)
    cancelled = Signal()
    finished = Signal()

    _ended = Signal(object)

    def __init__(self, work: Work, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._work = work
        self._progress = Progress(self.progressed.emit)
        self._ended.connect(self._tell)

    def cancel(self) -> None:
        """Ask the work to stop at its next step. Safe at any time and more than once."""
        self._progress.cancel()

    def run(self) -> None:
        """Do the work here and now, on whichever thread this is."""
        end: _End
        try:
            # A job stopped while it waited its turn never starts.
            self._progress.step(0, 0)
            end = _Success(self._work(self._progress))
        except Cancelled:
            end = _Stop()
        except Exception as error:  # noqa: BLE001 - carried over to the interface's thread
            end = _Failure(error)
        self._ended.emit(end)

    @Slot(object)
    def _tell(self, end: object) -> None:
        match end:
            case _Success(result):
                self.succeeded.emit(result)
            case _Failure(error):
                self.failed.emit(error)
            case _:
                self.cancelled.emit()
        self.finished.emit()


class _Success:
    __match_args__ = ("result",)

    def __init__(self, result: object) -> None:
        self.result = result


class _Failure:
    __match_args__ = ("error",)

    def __init__(self, error: Exception) -> None:
        self.error = error


class _Stop:
    pass


_End = _Success | _Failure | _Stop


class JobRunner(QObject):
    """Runs jobs one after the other, so that no two of them fight over the desk."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._pool = QThreadPool(self)
        self._pool.setMaxThreadCount(1)
        self._jobs: set[Job] = set()

    def start(self, job: Job) -> Job:
        """Run the job as soon as those before it are over; return it."""
        self._jobs.add(job)
        job.finished.connect(self._forget)
        self._pool.start(job.run)
        return job

    def run(
        self,
        work: Work,
        *,
        succeeded: Callable[[object], object],
        failed: Callable[[object], object],
    ) -> Job:
        """Start a job made of `work`; `succeeded` and `failed` are heard on this thread."""
        job = Job(work, self)
        job.succeeded.connect(succeeded)
        job.failed.connect(failed)
        return self.start(job)

    def is_busy(self) -> bool:
        """Say whether a job runs or waits."""
        return bool(self._jobs)

    def stop(self) -> None:
        """Cancel every job and wait for the running one to notice."""
        for job in self._jobs:
            job.cancel()
        self._pool.waitForDone()

    @Slot()
    def _forget(self) -> None:
        job = self.sender()
        if isinstance(job, Job):
            self._jobs.discard(job)
            job.deleteLater()
