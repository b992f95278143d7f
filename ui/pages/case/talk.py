"""The conversation: every contact, the mood after each, the papers that went out."""

from functools import partial

from PySide6.QtCore import QPointF, QRectF, QSize
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QBoxLayout, QSizePolicy, QWidget

from recoverydesk.domain.contact import Direction, Mood, Reach
from recoverydesk.domain.days import short_words
from recoverydesk.domain.document import DocumentKind, DocumentStatus
from recoverydesk.services import papers
from recoverydesk.services.case_pages import CaseView
from recoverydesk.services.contacts import ContactView
from recoverydesk.services.papers import PaperView
from recoverydesk.services.promises import PromiseView
from ui import look
from ui.errors import told_to_owner
from ui.pages.case.section import Section
from ui.session import Session
from ui.widgets.buttons import Button
from ui.widgets.chips import Chip
from ui.widgets.layouts import STRETCH, boxed, clear, column, row
from ui.widgets.page import ShowPaper
from ui.widgets.text import Icon, Text
from ui.widgets.threads import Entry, Timeline
from ui.wording import counted, filled, label, tr

SAID_TO_BE_GONE = papers.LETTERS | {DocumentKind.SLIP}
"""Papers whose going out changes the case: the owner says so where the program can't know."""


class MoodLine(QWidget):
    """How they sounded after each contact, the oldest first."""

    def __init__(self) -> None:
        super().__init__()
        self._moods: list[Mood] = []
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def show_moods(self, moods: list[Mood]) -> None:
        """Draw these moods; fewer than two draw nothing."""
        self._moods = moods
        self.setVisible(len(moods) > 1)
        if moods:
            words = ", ".join(label(mood).text for mood in moods)
            self.setAccessibleName(filled("Mood after each contact: {moods}", moods=words))
        self.update()

    def sizeHint(self) -> QSize:
        """Return the natural size (Qt)."""
        return QSize(look.px(200), look.px(44))

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw the line (Qt)."""
        painter = look.ready(QPainter(self))
        now, area = look.theme(), QRectF(self.rect()).adjusted(6, 6, -90, -6)
        order = list(Mood)
        step = area.width() / max(1, len(self._moods) - 1)
        points = [
            QPointF(
                area.left() + place * min(step, look.px(90)),
                area.bottom() - area.height() * order.index(mood) / (len(order) - 1),
            )
            for place, mood in enumerate(self._moods)
        ]
        painter.setPen(QPen(now.chart2, 2))
        painter.drawPolyline(points)
        painter.setPen(QPen(now.surface, 2))
        for mood, point in zip(self._moods, points, strict=True):
            painter.setBrush(now.danger if order.index(mood) < 2 else now.accent)  # noqa: PLR2004 - angry, unhappy
            painter.drawEllipse(point, 4, 4)
        if points:
            beside = QRectF(points[-1].x() + 10, points[-1].y() - 10, 90, 20)
            last = label(self._moods[-1]).text
            look.paint_text(painter, beside, last, look.font("caption"), now.text2)
        painter.end()


class Conversation(Section):
    """What was said, the newest first."""

    def __init__(self, session: Session) -> None:
        super().__init__(session, tr("Conversation"))
        self._mood = MoodLine()
        self._thread = Timeline()
        self._promises = column(gap=4)
        self._papers = column(gap=2)
        self._empty = Text(tr("Nobody has spoken yet."), "body", "text2")
        self.add(self._mood, boxed(self._promises), boxed(self._papers), self._empty, self._thread)
        self.set_state("messages-square")

    def mark(self, *, done: bool, now: bool) -> None:
        """A conversation is never done: its sign stays."""

    def fill(self, view: CaseView) -> None:
        """Show the contacts and the papers."""
        self._thread.show_entries([self._entry(one, view) for one in view.contacts])
        self._thread.setVisible(bool(view.contacts))
        self._empty.setVisible(not view.contacts)
        moods = [one.mood for one in reversed(view.contacts) if one.mood is not None]
        self._mood.show_moods(moods)
        clear(self._promises)
        for promise in view.promises:
            self._promises.addLayout(self._promise(promise))
        clear(self._papers)
        for paper in view.papers:
            icon = label(paper.kind).icon or "file-text"
            items = [Icon(icon, "text2"), self._paper(paper)]
            if paper.status is DocumentStatus.PREPARED and paper.kind in SAID_TO_BE_GONE:
                items.append(self._gone_button(paper))
            self._papers.addLayout(row(*items, STRETCH, gap=8))
        self.set_summary(self._summary(view))

    def _summary(self, view: CaseView) -> str:
        if not view.contacts:
            return tr("Nobody has spoken yet.")
        last = view.contacts[0]
        many = counted(len(view.contacts), "{n} contact", "{n} contacts")
        way = label(last.way).text.lower()
        return filled("{many}, the last {when} by {way}", many=many, when=self._when(last), way=way)

    def _when(self, contact: ContactView) -> str:
        local = self.session.local(contact.at)
        return f"{short_words(local.date(), self.session.today())} {local:%H:%M}"

    def _entry(self, contact: ContactView, view: CaseView) -> Entry:
        way = label(contact.way)
        who = view.greeting if contact.direction is Direction.IN else tr("We")
        heading = f"{who}, {way.text.lower()}"
        meta = [self._when(contact)]
        if contact.reach is not Reach.REACHED:
            meta.append(label(contact.reach).text)
        if contact.mood is not None:
            meta.append(label(contact.mood).text)
        if contact.person:
            meta.append(contact.person)
        return Entry(way.icon or "message-circle", heading, " · ".join(meta), contact.words)

    def _promise(self, promise: PromiseView) -> QBoxLayout:
        local = self.session.local(promise.promised_at)
        when = short_words(local.date(), self.session.today())
        if promise.timed:
            when = f"{when} {local:%H:%M}"
        told = label(promise.state(self.session.now()))
        words = filled("{title}, by {when}", title=promise.words, when=when)
        chip = Chip(told.text, told.tone, told.icon)
        return row(Icon("hand-heart", "text2"), Text(words, "body"), chip, STRETCH, gap=8)

    def _paper(self, paper: PaperView) -> Button:
        day = short_words(self.session.local(paper.at).date(), self.session.today())
        state = label(paper.status).text.lower()
        if paper.status is DocumentStatus.PREPARED:
            mailed = paper.kind is DocumentKind.EMAIL
            state = tr("draft, not sent yet") if mailed else tr("saved, not yet given")
        button = Button(f"{paper.title}, {state} {day}", "link")
        button.clicked.connect(partial(self._show_paper, paper.document_id))
        return button

    def _gone_button(self, paper: PaperView) -> Button:
        words = tr("They have it") if paper.kind is DocumentKind.SLIP else tr("It is sent")
        button = Button(words, "ghost", icon="send", size="small")
        button.setAccessibleName(filled("{what}: {title}", what=words, title=paper.title))
        button.setToolTip(tr("Counts as gone out from now on, and stays as it is"))
        button.clicked.connect(partial(self._mark_gone, paper))
        return button

    def _mark_gone(self, paper: PaperView, _on: bool = False) -> None:  # noqa: FBT001, FBT002 - Qt's
        handed = paper.kind is DocumentKind.SLIP
        status = DocumentStatus.HANDED_OVER if handed else DocumentStatus.SENT
        with told_to_owner(self):
            papers.mark(self.session.desk, paper.document_id, status, now=self.session.now())
            words = tr("Noted: they have it") if handed else tr("Noted as sent")
            self.session.said.emit(words)

    def _show_paper(self, document_id: int, _on: bool = False) -> None:  # noqa: FBT001, FBT002 - Qt's
        self.wished.emit(ShowPaper(document_id))
