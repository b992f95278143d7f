"""Letters to many customers at once: one choice, everybody's own letter, and who must wait."""

from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QBoxLayout, QFileDialog, QWidget

from recoverydesk.domain.document import DocumentStatus
from recoverydesk.domain.language import LANGUAGE_NAMES, LANGUAGES
from recoverydesk.progress import Progress
from recoverydesk.services import batches, letter_templates, papers
from recoverydesk.services.batches import Batch, Left
from recoverydesk.services.papers import Paper
from ui import printing
from ui.dialogs.batch.pager import LetterPager
from ui.dialogs.labels import LabelsDialog
from ui.errors import tell_owner, told_to_owner
from ui.jobs import Job
from ui.session import Session
from ui.widgets.buttons import Button
from ui.widgets.choices import CheckBox, Select
from ui.widgets.dialog import Dialog
from ui.widgets.fields import LabelledField
from ui.widgets.layouts import STRETCH, boxed, clear, column, row
from ui.widgets.meters import ProgressLine
from ui.widgets.panes import Pane
from ui.widgets.scrolls import ScrollArea
from ui.widgets.text import Icon, Line, Text
from ui.wording import counted, filled, tr

WIDTH = 1240
HEIGHT = 640
PREVIEW_WIDTH = 480
OWN_LANGUAGE = ""
"""Each in the customer's own, else the shop's."""
TONES = (("warm", "Warm"), ("formal", "Formal"), ("brief", "Brief"), ("careful", "Admit no fault"))
MOST_LEFT = 200
"""So many who get none are named one by one."""


class BatchDialog(Dialog):
    """Writes one kind of letter for many cases; every letter is kept with its own case.

    Signals:
        case_wanted: one that gets no letter is to be seen to. Argument: the case's id.
    """

    case_wanted = Signal(int)

    def __init__(
        self, session: Session, case_ids: Sequence[int], template: str = "", *, parent: QWidget
    ) -> None:
        """Make the dialog; `open()` shows it.

        Args:
            session: the open desk.
            case_ids: whose letters, in the order to print.
            template: the letter's key; empty takes the one that most of them need.
            parent: what it belongs to.
        """
        super().__init__(
            parent,
            tr("Letters to many"),
            save=tr("&Print all"),
            save_icon="printer",
            cancel=tr("Close"),
            width=WIDTH,
        )
        self.setObjectName("batch")
        self._session = session
        self._case_ids = tuple(case_ids)
        self._batch: Batch | None = None
        self._job: Job | None = None
        self._letter = Select(_letters(session), name=tr("Letter"))
        self._letter.choose(template or batches.suggested(session.desk, self._case_ids))
        usual = "warm" if session.shop.admits_fault else "careful"
        tones = sorted(TONES, key=lambda tone: tone[0] != usual)
        self._tone = Select([(key, tr(words)) for key, words in tones], name=tr("Tone"))
        languages = [(OWN_LANGUAGE, tr("Each customer's own"))]
        languages += [(tag, LANGUAGE_NAMES[tag]) for tag in LANGUAGES]
        self._language = Select(languages, name=tr("Language"))
        self._again = CheckBox(tr("Also to those who have had this letter"))
        self._choices = (self._letter, self._tone, self._language, self._again)
        self._bar = ProgressLine()
        self._stop = Button(tr("&Stop"), "ghost", icon="x", size="small")
        self._told = Text("", "strong", wrap=True)
        self._left = column(gap=6)
        self._pager = LetterPager()
        self._lay_out()
        self._connect()
        self._prepare()

    def _lay_out(self) -> None:
        choices = row(
            (LabelledField(tr("Le&tter"), self._letter), 3),
            (LabelledField(tr("T&one"), self._tone), 2),
            (LabelledField(tr("Lan&guage"), self._language), 3),
            gap=16,
        )
        self._busy = boxed(row((self._bar, 1), self._stop, gap=12))
        self._labels = Button(tr("Address &labels…"), "ghost", icon="tag", size="small")
        left = ScrollArea(boxed(column(boxed(self._left), STRETCH)))
        told = column(
            choices,
            row(self._again, STRETCH, self._labels),
            Line("border"),
            self._told,
            self._busy,
            (left, 1),
            gap=14,
            margins=(24, 20, 24, 16),
        )
        holder = Pane(column(self._pager), ground="sunken")
        holder.setFixedWidth(PREVIEW_WIDTH)
        self.body.setContentsMargins(0, 0, 0, 0)
        self.add(Pane(row((told, 1), Line("border", upright=True), holder), height=HEIGHT))
        self._one_file = Button(tr("Save as &one PDF…"), icon="download")
        self._files = Button(tr("Save one &each…"), icon="folder-open")
        self.add_button(self._files)
        self.add_button(self._one_file)
        self.set_note(tr("Each is kept with its case"))

    def _connect(self) -> None:
        for choice in (self._letter, self._tone, self._language):
            choice.chosen.connect(lambda _key: self._prepare())
        self._again.toggled.connect(lambda _on: self._prepare())
        self._stop.clicked.connect(lambda _on: self._stop_job())
        self._one_file.clicked.connect(lambda _on: self._draw(self._save_one))
        self._pager.left_out.connect(self._leave_out)
        self._labels.clicked.connect(lambda _on: self._open_labels())
        self._files.clicked.connect(lambda _on: self._save_each())
        self.save_wanted.connect(lambda: self._draw(self._print))
        self.finished.connect(lambda _how: self._stop_job())

    # Work that takes a while

    def _work(
        self,
        work: Callable[[Progress], object],
        then: Callable[[object], object],
        words: str,
        *,
        choices: bool = False,
    ) -> None:
        """Do something on a worker; `choices` says whether another choice may overtake it."""
        self._stop_job()
        self._told.setText(words)
        self._show_busy(busy=True)
        for choice in self._choices:
            choice.setEnabled(choices)
        job = Job(work, self)
        self._job = job
        job.progressed.connect(lambda done, of: self._bar.show_share(done / of if of else 0))
        job.succeeded.connect(lambda result: self._ended(job, lambda: then(result)))
        job.failed.connect(lambda error: self._ended(job, lambda: tell_owner(self, error)))
        job.cancelled.connect(lambda: self._ended(job, self._stopped))
        self._session.jobs.start(job)

    def _ended(self, job: Job, then: Callable[[], object]) -> None:
        if job is self._job:  # what was overtaken by another choice says nothing any more
            self._job = None
            self._show_busy(busy=False)
            then()

    def _stop_job(self) -> None:
        if self._job is not None:
            self._job.cancel()

    def _stopped(self) -> None:
        self._told.setText(tr("Stopped. Nothing was printed or saved."))
        if self._batch is None:
            self._left.addLayout(row(self._write_again(), STRETCH))

    def _write_again(self) -> Button:
        button = Button(tr("Write them again"), "link", size="small")
        button.clicked.connect(lambda _on: self._prepare())
        return button

    def _show_busy(self, *, busy: bool) -> None:
        ready = not busy and self._batch is not None and bool(self._batch.papers)
        self._busy.setVisible(busy)
        self._pager.setEnabled(not busy)
        self._bar.show_share(0)
        if not busy:
            for choice in self._choices:
                choice.setEnabled(True)
        for button in (self.save_button, self._one_file, self._files, self._labels):
            button.setEnabled(ready)

    # The letters

    def _prepare(self) -> None:
        self._batch = None
        clear(self._left)
        self._pager.hide()
        desk, now, ids = self._session.desk, self._session.now(), self._case_ids
        wanted = {
            "template": self._letter.key(),
            "tone": self._tone.key(),
            "language": self._language.key(),
        }
        again = self._again.isChecked()
        self._work(
            lambda progress: batches.prepare(
                desk, ids, now=now, progress=progress, again=again, **wanted
            ),
            self._show_batch,
            tr("Writing the letters…"),
            choices=True,
        )

    def _show_batch(self, batch: object) -> None:
        if not isinstance(batch, Batch):
            return
        self._batch = batch
        clear(self._left)
        self._show_busy(busy=False)
        self._pager.show_batch(batch)
        ready = counted(len(batch.papers), "{n} letter is ready.", "{n} letters are ready.")
        left = counted(len(batch.left), "{n} customer gets none:", "{n} customers get none:")
        self._told.setText(f"{ready} {left}" if batch.left else ready)
        for one in batch.left[:MOST_LEFT]:
            self._left.addLayout(self._left_row(one))

    def _left_row(self, one: Left) -> QBoxLayout:
        who = f"{one.customer}, {one.number}" if one.customer else tr("A case that is gone")
        words = Text(filled("{who}: {why}", who=who, why=one.why), "body", "text2", wrap=True)
        parts: list[object] = [(words, 1)]
        if one.customer:
            open_it = Button(tr("Open the case"), "link", size="small")
            open_it.setAccessibleName(filled("Open the case of {name}", name=one.customer))
            open_it.clicked.connect(partial(self._open_case, one.case_id))
            parts.append(open_it)
        return row(Icon("circle-alert", "text2", 14), *parts, gap=8)  # type: ignore[arg-type]

    def _open_case(self, case_id: int, _on: bool = False) -> None:  # noqa: FBT001, FBT002 - Qt's
        self.reject()
        self.case_wanted.emit(case_id)

    def _leave_out(self, place: int) -> None:
        if self._batch is not None:
            self._show_batch(batches.without(self._batch, place))

    def _draw(self, then: Callable[[Batch, Paper], object]) -> None:
        batch = self._batch
        if batch is None or not batch.papers:
            return
        desk, now = self._session.desk, self._session.now()
        self._work(
            lambda progress: batches.one_pdf(desk, batch, now=now, progress=progress),
            lambda paper: then(batch, paper) if isinstance(paper, Paper) else None,
            tr("Drawing the letters…"),
        )

    def _print(self, batch: Batch, paper: Paper) -> None:
        with told_to_owner(self):
            if printing.print_pdf(self, paper.content, paper.title):
                status = DocumentStatus.PRINTED
                self._keep(batch, status, "{n} letter printed", "{n} letters printed")
            else:
                self._show_batch(batch)

    def _save_one(self, batch: Batch, paper: Paper) -> None:
        with told_to_owner(self):
            if printing.save_pdf_as(self, paper.content, paper.file_name) is not None:
                status = DocumentStatus.PREPARED
                self._keep(batch, status, "{n} letter saved", "{n} letters saved")
            else:
                self._show_batch(batch)

    def _save_each(self) -> None:
        batch = self._batch
        if batch is None or not batch.papers:
            return
        folder = QFileDialog.getExistingDirectory(self, tr("Where to save the letters"))
        if folder:
            self._work(
                lambda progress: _write(batch.papers, Path(folder), progress),
                lambda _done: self._keep(
                    batch, DocumentStatus.PREPARED, "{n} letter saved", "{n} letters saved"
                ),
                tr("Saving the letters…"),
            )

    def _open_labels(self) -> None:
        if self._batch is not None:
            ids = dict.fromkeys(paper.customer_id for paper in self._batch.papers)
            whose = [one for one in ids if one is not None]
            LabelsDialog(self._session, whose, parent=self).open()

    def _keep(self, batch: Batch, status: DocumentStatus, one: str, many: str) -> None:
        with told_to_owner(self):
            batches.keep(self._session.desk, batch, status, now=self._session.now())
            self._session.said.emit(counted(len(batch.papers), one, many))
            self.accept()


def _letters(session: Session) -> list[tuple[str, str]]:
    """Return the letters to choose from, those written in another language only among them."""
    languages = dict.fromkeys((session.shop.language, *LANGUAGES))
    found: dict[str, str] = {}
    for language in languages:
        for one in letter_templates.templates(session.desk, language=language):
            found.setdefault(one.key, one.name)
    return list(found.items())


def _write(wanted: Sequence[Paper], folder: Path, progress: Progress) -> int:
    """Write each letter into a folder, over no other file; return how many."""
    written: list[Path] = []
    try:
        for place, paper in enumerate(wanted):
            progress.step(place, len(wanted))
            path = papers.free_path(folder, paper.file_name)
            papers.write_file(path, paper.content)
            written.append(path)
    except BaseException:  # stopped, or a full disk: all of them or none
        for path in written:
            path.unlink(missing_ok=True)
        raise
    return len(wanted)
