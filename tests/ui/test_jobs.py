import threading

import pytest
from PySide6.QtCore import QObject, Slot

from recoverydesk.progress import Progress
from ui.jobs import Job, JobRunner


class Ear(QObject):
    """Notes what it hears, and on which thread."""

    def __init__(self, job):
        super().__init__()
        self.heard, self.threads = [], set()
        job.progressed.connect(self.on_progress)
        job.succeeded.connect(self.on_success)
        job.failed.connect(self.on_failure)
        job.cancelled.connect(self.on_cancel)

    def _note(self, *what):
        self.heard.append(what)
        self.threads.add(threading.current_thread())

    @Slot(int, int)
    def on_progress(self, done, total):
        if total:
            self._note("progress", done, total)

    @Slot(object)
    def on_success(self, result):
        self._note("success", result)

    @Slot(object)
    def on_failure(self, error):
        self._note("failure", error)

    @Slot()
    def on_cancel(self):
        self._note("cancel")


@pytest.fixture
def runner(qtbot):  # noqa: ARG001 - an application has to be there
    runner = JobRunner()
    yield runner
    runner.stop()


def run(qtbot, runner, work):
    job = Job(work, runner)
    ear = Ear(job)
    with qtbot.waitSignal(job.finished):
        runner.start(job)
    return ear


def test_work_is_done_off_the_interfaces_thread_and_told_on_it(qtbot, runner):
    worked_on = []

    def work(progress):
        worked_on.append(threading.current_thread())
        for done in range(3):
            progress.step(done, 3)
        return "letters"

    ear = run(qtbot, runner, work)

    assert ear.heard == [*(("progress", done, 3) for done in range(3)), ("success", "letters")]
    assert ear.threads == {threading.main_thread()}
    assert worked_on[0] is not threading.main_thread()


def test_a_failure_arrives_as_the_exception_itself(qtbot, runner):
    error = ValueError("boom")

    def work(_progress):
        raise error

    assert run(qtbot, runner, work).heard == [("failure", error)]


def test_a_cancelled_job_stops_at_its_next_step(qtbot, runner):
    started, go_on = threading.Event(), threading.Event()

    def work(progress: Progress):
        started.set()
        assert go_on.wait(5)
        progress.step(1, 2)
        pytest.fail("the job went on")

    job = Job(work, runner)
    ear = Ear(job)
    with qtbot.waitSignal(job.finished):
        runner.start(job)
        assert started.wait(5)
        job.cancel()
        go_on.set()
    assert ear.heard == [("cancel",)]


def test_a_job_stopped_while_it_waits_never_starts(qtbot, runner):
    began = []
    first_may_end = threading.Event()
    first = Job(lambda _progress: first_may_end.wait(5), runner)
    second = Job(lambda _progress: began.append("second"), runner)
    runner.start(first)
    runner.start(second)
    second.cancel()
    with qtbot.waitSignal(second.finished):
        first_may_end.set()
    assert began == []


def test_jobs_run_one_after_the_other(qtbot, runner):
    order = []
    jobs = [
        Job(lambda _progress, number=number: order.append(number), runner) for number in range(5)
    ]
    with qtbot.waitSignal(jobs[-1].finished):
        for job in jobs:
            runner.start(job)
    assert order == [0, 1, 2, 3, 4]
    assert not runner.is_busy()


def test_callbacks_hear_the_end(qtbot, runner):
    told = []
    job = runner.run(lambda _progress: 7, succeeded=told.append, failed=told.append)
    with qtbot.waitSignal(job.finished):
        pass
    assert told == [7]
