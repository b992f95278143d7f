"""Making it right: what was asked, offered and agreed, and how far each remedy has got."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from functools import partial

from PySide6.QtWidgets import QHBoxLayout, QWidget

from recoverydesk.domain.days import short_words
from recoverydesk.domain.negotiation import LineKind
from recoverydesk.domain.remedy import RemedyStatus
from recoverydesk.domain.voucher import shown_code
from recoverydesk.services import entitlements, negotiations, remedies
from recoverydesk.services.case_pages import CaseView
from recoverydesk.services.entitlements import EntitlementView
from recoverydesk.services.negotiations import Asked, LineView
from recoverydesk.services.remedies import GIVEN, NOT_GIVEN, RemedyView
from ui import look
from ui.dialogs.entitlement import EntitlementDialog, lasting_words
from ui.errors import told_to_owner
from ui.forms import Form
from ui.pages.case.section import Section
from ui.session import Session
from ui.widgets.buttons import Button, IconButton
from ui.widgets.fields import LabelledField, TextField
from ui.widgets.layouts import STRETCH, boxed, clear, column, row
from ui.widgets.page import PrintCertificate, WriteLetter
from ui.widgets.text import Icon, Line, Text
from ui.widgets.threads import Entry, Timeline
from ui.wording import filled, label, tr

ICONS = {
    LineKind.ASKED: "message-circle",
    LineKind.OFFERED: "reply",
    LineKind.COUNTERED: "message-circle",
    LineKind.AGREED: "handshake",
    LineKind.DECLINED: "ban",
}

STATE_WIDTH, MONEY_WIDTH, ACT_WIDTH = 142, 88, 140

ONE_TALK = timedelta(hours=1)
"""What both agree on within so long of each other is one agreement."""

CONFIRMATION = "agreed"
"""The letter that confirms what was agreed."""

WISHES = frozenset({LineKind.ASKED, LineKind.COUNTERED})


class MakingItRight(Section):
    """The thread of the negotiation, and the remedies that came of it."""

    def __init__(self, session: Session) -> None:
        super().__init__(session, tr("Making it right"))
        self._thread = Timeline()
        self._empty = Text(
            tr("Ask first what would make it right. Often it is less than we feared."),
            "body",
            "text2",
            wrap=True,
        )
        self._rows = column(gap=0)
        self._act_width = 0
        self._lasting: Mapping[int, EntitlementView] = {}
        self._said = TextField(example=tr("Their answer, in their own words"))
        said = LabelledField(tr("What they say to it"), self._said)
        self._form = Form({"words": said, "reason": said})
        add = Button(tr("Add"), "secondary", icon="plus", tip=tr("Add what they say"))
        add.setAccessibleName(tr("Add what they say"))
        add.clicked.connect(lambda _on: self._add_answer())
        self._said.returnPressed.connect(self._add_answer)
        self.agree_button = Button(tr("We agreed"), "tonal", icon="handshake")
        self.agree_button.clicked.connect(lambda _on: self.agree())
        self.offer_button = Button(tr("Offer"), "secondary", icon="gift")
        self.offer_button.setAccessibleName(tr("Write down an offer"))
        self.offer_button.clicked.connect(lambda _on: self.offer())
        decline = Button(tr("We can't do that"), "ghost", icon="ban")
        decline.clicked.connect(lambda _on: self._decline())
        self._answer = boxed(
            column(
                row((said, 1), column(STRETCH, add), gap=8),
                row(self.agree_button, self.offer_button, decline, STRETCH, gap=8),
                gap=10,
            )
        )
        self._confirm_button = Button(tr("Confirm it in writing"), "tonal", icon="file-text")
        self._confirm_button.setToolTip(tr("A short letter: what you agreed, by when, the codes"))
        self._confirm_button.clicked.connect(lambda _on: self._confirm())
        self._confirm_row = boxed(row(self._confirm_button, STRETCH))
        self.add(self._empty, self._thread, boxed(self._rows), self._confirm_row, self._answer)

    def fill(self, view: CaseView) -> None:
        """Show the ledger and the remedies."""
        self._thread.show_entries([self._entry(line, view) for line in _joined(view.negotiation)])
        self._thread.setVisible(bool(view.negotiation))
        self._empty.setVisible(not view.negotiation)
        self._answer.setVisible(view.closed_at is None)
        confirmed = any(paper.template == CONFIRMATION for paper in view.papers)
        self._confirm_row.setVisible(view.agreed_at is not None and not confirmed)
        self._show_remedies(view)
        self.set_summary(self._summary(view), self._meta(view))

    def _summary(self, view: CaseView) -> str:
        if view.remedies:
            return ", ".join(one.words for one in view.remedies)
        return view.negotiation[-1].words if view.negotiation else ""

    def _meta(self, view: CaseView) -> str:
        if view.agreed_at is None:
            return ""
        day = self._day(view.agreed_at)
        return filled("Agreed {day}", day=day)

    def _day(self, at: datetime) -> str:
        return short_words(self.session.local(at).date(), self.session.today())

    def _entry(self, line: LineView, view: CaseView) -> Entry:
        heading = {
            LineKind.ASKED: filled("{name} asked for", name=view.greeting),
            LineKind.OFFERED: tr("We offered"),
            LineKind.COUNTERED: filled("{name} said", name=view.greeting),
            LineKind.AGREED: tr("Agreed"),
            LineKind.DECLINED: tr("We couldn't do that"),
        }[line.kind]
        parts = [self._day(line.at)]
        if line.value_cents and line.kind in {LineKind.OFFERED, LineKind.AGREED}:
            worth = self.session.money(line.value_cents)
            cost = self.session.money(line.cost_cents or 0)
            parts.append(filled("worth {worth}, costs you {cost}", worth=worth, cost=cost))
        text = f"{line.words} ({line.reason})" if line.reason else line.words
        return Entry(
            ICONS[line.kind], heading, ", ".join(parts), text, line.kind is LineKind.AGREED
        )

    # Remedies

    def _show_remedies(self, view: CaseView) -> None:
        clear(self._rows)
        if not view.remedies:
            return
        self._lasting = entitlements.of_case(
            self.session.desk, view.case_id, now=self.session.now()
        )
        acts = {one.remedy_id: self._next_acts(one) for one in view.remedies}
        # Without anything to do the amounts end where the card's other lines do.
        self._act_width = ACT_WIDTH if any(acts.values()) else 0
        self._rows.addLayout(
            self._line(
                Text(tr("Remedy"), "caption", "text2"),
                Text(tr("Where it stands"), "caption", "text2"),
                Text(tr("Worth to them"), "caption", "text2", align=look.RIGHT),
                Text(tr("Cost to you"), "caption", "text2", align=look.RIGHT),
                (),
            )
        )
        for remedy in view.remedies:
            self._rows.addWidget(Line())
            self._rows.addLayout(self._remedy_line(remedy, acts[remedy.remedy_id]))
        self._rows.addWidget(Line("border"))
        totals = remedies.totals(view.remedies)
        self._rows.addLayout(
            self._line(
                Text(tr("Agreed in all"), "label", weight=600),
                Text(""),
                self._sum(totals["value_cents"]),
                self._sum(totals["cost_cents"]),
                (),
            )
        )

    def _sum(self, cents: int) -> Text:
        return Text(self.session.money(cents), "label", align=look.RIGHT, weight=600)

    def _remedy_line(self, remedy: RemedyView, acts: Sequence[QWidget]) -> QHBoxLayout:
        kind, state = label(remedy.kind), label(remedy.status)
        said = column(Text(remedy.words, "secondary", wrap=True))
        if remedy.code:
            code = Text(shown_code(remedy.code), "caption", "text2", selectable=True)
            code.setAccessibleName(filled("Code {code}", code=shown_code(remedy.code)))
            said.addWidget(code)
        icon = column(2, Icon(kind.icon or "gift", "text2"), STRETCH)
        what = row(icon, (said, 1), gap=8)
        stands = row(
            Icon(state.icon or "circle", look.INKS[state.tone], 14),
            (Text(self._stands(remedy), "secondary", "text2", wrap=True), 1),
            gap=6,
        )
        return self._line(
            boxed(what),
            boxed(stands),
            Text(self.session.money(remedy.value_cents), "secondary", "text2", align=look.RIGHT),
            Text(self.session.money(remedy.cost_cents), "label", align=look.RIGHT),
            acts,
        )

    def _stands(self, remedy: RemedyView) -> str:
        lasting = self._lasting.get(remedy.remedy_id)
        if lasting is not None:
            return lasting_words(lasting, self.session)
        if remedy.handed_over_at is not None and remedy.status is RemedyStatus.HANDED_OVER:
            return filled("Given {day}", day=self._day(remedy.handed_over_at))
        if remedy.status is RemedyStatus.AGREED and remedy.promised_for is not None:
            day = short_words(remedy.promised_for, self.session.today())
            return filled("For {day}", day=day)
        return label(remedy.status).text

    def _line(
        self, what: QWidget, stands: QWidget, worth: QWidget, cost: QWidget, acts: Sequence[QWidget]
    ) -> QHBoxLayout:
        stands.setFixedWidth(look.px(STATE_WIDTH))
        worth.setFixedWidth(look.px(MONEY_WIDTH))
        cost.setFixedWidth(look.px(MONEY_WIDTH))
        line = row((what, 1), stands, worth, cost, gap=8, margins=(0, 7, 0, 7))
        if self._act_width:
            holder = boxed(row(STRETCH, *acts, gap=2))
            holder.setFixedWidth(look.px(self._act_width))
            line.addWidget(holder)
        return line

    def _next_acts(self, remedy: RemedyView) -> list[QWidget]:
        lasting = self._lasting.get(remedy.remedy_id)
        if lasting is not None and not lasting.taken_back:
            return [self._small(tr("Change…"), partial(self._change_lasting, lasting), remedy)]
        if remedy.status in NOT_GIVEN or self.case().closed_at is not None:
            return []
        if remedy.lacks_code:
            return [self._small(tr("Issue its code"), partial(self.give, remedy.remedy_id), remedy)]
        to_give = remedy.status not in GIVEN and remedy.handed_over_at is None
        acts: list[QWidget] = []
        if remedy.code and remedy.status is not RemedyStatus.USED:
            # It is printed before it can be handed over, and sometimes once more after that.
            acts.append(self._printer(remedy, small=to_give))
        if to_give:
            hand_over = partial(self.hand_over, remedy.remedy_id)
            acts.append(self._small(tr("Handed over"), hand_over, remedy))
        return acts

    def _printer(self, remedy: RemedyView, *, small: bool) -> Button:
        doing = partial(self._print, remedy.code)
        if not small:
            return self._small(tr("Print"), doing, remedy)
        button = IconButton("printer", f"{tr('Print')}: {remedy.words}", size="small")
        button.clicked.connect(lambda _on: doing())
        return button

    def _small(self, words: str, doing: Callable[[], object], remedy: RemedyView) -> Button:
        button = Button(words, "ghost", size="small")
        button.setAccessibleName(f"{words}: {remedy.words}")
        button.clicked.connect(lambda _on: doing())
        return button

    def hand_over(self, remedy_id: int) -> None:
        """Note that the customer has got it."""
        with told_to_owner(self):
            entitlements.hand_over(self.session.desk, remedy_id, now=self.session.now())

    def _change_lasting(self, lasting: EntitlementView) -> None:
        with told_to_owner(self):
            EntitlementDialog(self.session, lasting.entitlement_id, parent=self).open()

    def _print(self, code: str) -> None:
        self.wished.emit(PrintCertificate(code))

    # What is said

    def _add_answer(self) -> None:
        self._form.start()
        with told_to_owner(self), self._form.pointing_out():
            case_id, asked = self.case().case_id, Asked(words=self._said.text())
            write = negotiations.counter if self._offered() else negotiations.ask
            write(self.session.desk, case_id, asked, now=self.session.now())
            self._said.clear()

    def _offered(self) -> bool:
        return any(line.kind is LineKind.OFFERED for line in self.case().negotiation)

    def _decline(self) -> None:
        self._form.start()
        reason = self._said.text()
        wishes = [line.words for line in self.case().negotiation if line.kind in WISHES]
        declined = wishes[-1] if wishes else tr("We can't do what was asked.")
        with told_to_owner(self), self._form.pointing_out():
            negotiations.decline(
                self.session.desk,
                self.case().case_id,
                declined,
                reason=reason,
                now=self.session.now(),
            )
            self._said.clear()

    def offer(self) -> None:
        """Open the offer."""
        self._open_offer(agreed=False)

    def agree(self) -> None:
        """Open the offer as agreed already."""
        self._open_offer(agreed=True)

    def _confirm(self) -> None:
        self.wished.emit(WriteLetter(self.case().case_id, CONFIRMATION))

    def _open_offer(self, *, agreed: bool) -> None:
        from ui.dialogs.offer import OfferDialog  # noqa: PLC0415 - not at the start

        with told_to_owner(self):
            OfferDialog(self.session, self.case().case_id, agreed=agreed, parent=self).open()

    def give(self, remedy_id: int | None = None) -> None:
        """Open "Give a remedy", for something agreed or something new."""
        from ui.dialogs.give_remedy import GiveRemedyDialog  # noqa: PLC0415 - not at the start

        with told_to_owner(self):
            dialog = GiveRemedyDialog(self.session, self.case().case_id, remedy_id, parent=self)
            dialog.printed_wanted.connect(self._print)
            dialog.open()

    def unsaved(self) -> bool:
        """Say whether an answer is typed and not added."""
        return bool(self._said.text().strip())

    def save(self) -> None:
        """Add the answer that is typed, where there is one."""
        if self.unsaved():
            self._add_answer()

    def forget(self) -> None:
        """Let go of the answer that is typed."""
        self._said.clear()
        self._form.start()


def _joined(lines: Sequence[LineView]) -> list[LineView]:
    """Return the ledger with what was agreed in one talk as one line, its worth added up."""
    shown: list[LineView] = []
    last: LineView | None = None
    for line in lines:
        if last is not None and _in_one_talk(last, line):
            shown[-1] = _added_up(shown[-1], line, at_once=last.at == line.at)
        else:
            shown.append(line)
        last = line
    return shown


def _in_one_talk(before: LineView, line: LineView) -> bool:
    both_agreed = before.kind is LineKind.AGREED and line.kind is LineKind.AGREED
    return both_agreed and line.at - before.at < ONE_TALK


def _added_up(agreed: LineView, line: LineView, *, at_once: bool) -> LineView:
    # Parts that were written down at once stand under the words for them all.
    words = agreed.words if at_once else f"{agreed.words}, {line.words}"
    return replace(
        agreed,
        words=words,
        value_cents=(agreed.value_cents or 0) + (line.value_cents or 0),
        cost_cents=(agreed.cost_cents or 0) + (line.cost_cents or 0),
    )
