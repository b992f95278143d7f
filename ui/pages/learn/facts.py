"""Learn's cards of figures: who came back, what it is worth, whether fixes held, how it was."""

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import Signal

from recoverydesk.domain.band import Band
from recoverydesk.domain.figure import Figure, FigureKind
from recoverydesk.domain.remedy import RemedyKind
from recoverydesk.domain.speed import Speed
from recoverydesk.services.claims import ClaimKey
from recoverydesk.services.insights import Insight
from recoverydesk.services.recurrences import Recurrence
from recoverydesk.services.returns import NOTHING
from ui import look
from ui.pages.learn import words
from ui.session import Session
from ui.widgets.cards import Card
from ui.widgets.charts import BandRow
from ui.widgets.layouts import boxed, clear, column, row
from ui.widgets.link_rows import LinkRow
from ui.widgets.meters import ProgressLine
from ui.widgets.sources import SourceButton
from ui.widgets.text import Text
from ui.wording import counted, filled, label, tr

MOST_FIXES = 6


class FactsCard(Card):
    """A title, a sentence, and lines that open the cases behind them.

    Signals:
        cases_wanted: the cases behind a figure. Arguments: the `Figure`, and its words.
    """

    cases_wanted = Signal(object, str)

    def __init__(self, session: Session, *, source: ClaimKey | None = None) -> None:
        super().__init__(" ", gap=8)
        self._session = session
        self._sub = Text("", "secondary", "text2", wrap=True)
        self._rows = column(gap=2)
        self.add(self._sub, boxed(self._rows))
        if source is not None:
            self.head.addWidget(SourceButton(source))

    def show_insight(self, insight: Insight) -> None:
        """Show another time, or the same anew; each kind of card its own way."""
        raise NotImplementedError

    def start(self, title: str, sub: str) -> None:
        """Begin anew."""
        self.set_title(title)
        self._sub.setText(sub)
        self._sub.setVisible(bool(sub))
        clear(self._rows)

    def line(
        self,
        name: str,
        value: str,
        figure: Figure | None,
        *,
        sub: str = "",
        icon: str = "",
        danger: bool = False,
    ) -> LinkRow:
        """Add a line; pressed it opens its cases, where it has any."""
        tone: look.Tone = "danger" if danger else "neutral"
        made = LinkRow(name, sub, icon=icon, tone=tone, value=value)
        made.setEnabled(figure is not None)
        if figure is not None:
            made.clicked.connect(lambda _on: self.cases_wanted.emit(figure, name))
        self._rows.addWidget(made)
        return made

    def bands(self, found: Sequence[tuple[str, Band, Figure]]) -> None:
        """Add a line for each band that anybody is in; grey below five."""
        for name, band, figure in found:
            if not band.n and not band.pending:
                continue
            told = words.band_words(band) if band.n else "–"  # noqa: RUF001 - an en dash
            made = BandRow(name, band.returned / max(band.n, 1), told, grey=band.grey)
            if band.pending:
                tip = counted(band.pending, "{n} more may still come", "{n} more may still come")
                made.setToolTip(tip)
                made.setAccessibleDescription(f"{told}, {tip}")
            made.setEnabled(band.n > 0)
            made.clicked.connect(partial(self._ask, figure, name))
            self._rows.addWidget(made)

    def _ask(self, figure: Figure, name: str, _on: bool = False) -> None:  # noqa: FBT001, FBT002 - Qt's
        self.cases_wanted.emit(figure, name)


class SpeedCard(FactsCard):
    """Who came back, by how soon the first word was out."""

    def __init__(self, session: Session) -> None:
        super().__init__(session, source=ClaimKey.QUICK_IS_FAIR)

    def show_insight(self, insight: Insight) -> None:
        """Show another time, or the same anew."""
        found = insight.returns
        self.start(words.returns_title(found.overall), words.returns_sub(insight))
        by_key = {band.key: band for band in found.by_speed}
        self.bands(
            [
                (tr(told), by_key[speed], Figure(FigureKind.RETURNED_BY_SPEED, speed.value))
                for speed, told in words.SPEEDS.items()
                if speed in by_key and speed is not Speed.NEVER
            ]
        )
        contacts = insight.first_contacts
        if contacts.n:
            told = filled("{n} of {all}", n=str(contacts.within), all=str(contacts.n))
            line = self.line(
                tr("Spoken to in time"),
                told,
                Figure(FigureKind.WITHIN_PROMISE),
                sub=words.median_words(insight),
                icon="phone",
            )
            line.setToolTip(words.first_contact_words(insight))


class RemedyCard(FactsCard):
    """Who came back, by what they were given."""

    def show_insight(self, insight: Insight) -> None:
        """Show another time, or the same anew."""
        bands = insight.returns.by_remedy
        self.setVisible(bool(bands))
        told = tr("What goes together is not yet what works: the upset ones get more, too.")
        self.start(tr("Came back, by what they got"), told)
        self.bands(
            [
                (self._name(band.key), band, Figure(FigureKind.RETURNED_BY_REMEDY, band.key))
                for band in bands
            ]
        )

    def _name(self, key: str) -> str:
        return tr("Words alone") if key == NOTHING else label(RemedyKind(key)).text


class ValueCard(FactsCard):
    """What was given, what it cost, whom it kept, and what is at stake now."""

    def show_insight(self, insight: Insight) -> None:
        """Show another time, or the same anew."""
        worths, money = insight.worths, self._session.money
        self.start(tr("Given and kept"), words.value_words(insight, self._session))
        self.line(
            tr("Yearly custom kept"),
            money(worths.kept.cents, short=True),
            Figure(FigureKind.KEPT) if worths.kept.customers else None,
            sub=words.worth_note(worths.kept),
            icon="sprout",
        )
        cost, budget = money(worths.cost_cents, short=True), worths.budget_cents
        sub = ""
        if budget is not None:
            sub = filled("of {budget} that you set aside", budget=money(budget, short=True))
        over = budget is not None and worths.cost_cents > budget
        self.line(
            tr("Remedies cost you"),
            cost,
            Figure(FigureKind.COST) if worths.cost_cents else None,
            sub=sub,
            icon="coins",
            danger=over,
        )
        if budget:
            bar = ProgressLine()
            bar.show_share(worths.cost_cents / budget, "danger" if over else "warn")
            self._rows.addLayout(row(bar, margins=(8, 0, 8, 6)))
        self.line(
            tr("At stake just now"),
            money(worths.at_stake.cents, short=True),
            Figure(FigureKind.AT_STAKE) if worths.at_stake.customers else None,
            sub=words.worth_note(worths.at_stake),
            icon="heart-crack",
        )


class FixesCard(FactsCard):
    """Whether fixes held: how often the cause struck before and after."""

    def show_insight(self, insight: Insight) -> None:
        """Show another time, or the same anew."""
        found = insight.recurrences
        back = [one for one in found if words.is_back(one)]
        held = [one for one in found if not words.is_back(one)]
        title = tr("What we changed") if not back else tr("Came back after a fix")
        sub = "" if found else tr("No fix is in place yet. Plan one from a case.")
        self.start(title, sub)
        for one in (back + held)[:MOST_FIXES]:
            self._fix(one)

    def _fix(self, one: Recurrence) -> None:
        after = counted(one.after, "{n} since", "{n} since")
        line = self.line(
            one.what,
            after,
            Figure(FigureKind.AFTER_FIX, str(one.correction_id)) if one.after else None,
            sub=words.fix_sub(one, self._session),
            icon="rotate-ccw" if words.is_back(one) else "circle-check",
            danger=words.is_back(one),
        )
        line.setToolTip(words.fix_words(one))
        line.setAccessibleDescription(f"{words.fix_sub(one, self._session)}, "
                                      f"{words.fix_words(one)}")  # fmt: skip


class AnswersCard(FactsCard):
    """Three questions about the handling."""

    def __init__(self, session: Session) -> None:
        super().__init__(session, source=ClaimKey.THREE_JUSTICES)

    def show_insight(self, insight: Insight) -> None:
        """Show another time, or the same anew."""
        found = insight.satisfaction
        asked = counted(found.cases, "{n} customer answered.", "{n} customers answered.")
        nobody = tr("Ask at the follow-up: three questions from 1 to 5, by voice or on a card.")
        self.start(words.answers_title(found), asked if found.cases else nobody)
        for one in found.answers:
            if not one.n:
                continue
            mean = filled("{mean} of 5", mean=f"{one.mean:g}")
            sub = counted(one.n, "{n} answer", "{n} answers")
            figure = Figure(FigureKind.ANSWERED)
            self.line(tr(words.QUESTIONS[one.question]), mean, figure, sub=sub)


class NoticedCard(FactsCard):
    """What the shop noticed itself, and the rule of thumb about those who say nothing."""

    def __init__(self, session: Session) -> None:
        super().__init__(session)
        self._claim = SourceButton(ClaimKey.SILENT_CUSTOMERS)
        self.head.addWidget(self._claim)

    def show_insight(self, insight: Insight) -> None:
        """Show another time, or the same anew."""
        noticed, cases = insight.noticed_by_us, insight.cases
        told = filled("{n} of {all} cases", n=str(noticed), all=str(cases))
        self.start(tr("Noticed by you"), tr("Before the customer had to say a word."))
        figure = Figure(FigureKind.NOTICED_BY_US) if noticed else None
        self.line(tr("You saw it first"), told, figure, icon="eye")
        silent = insight.silent
        self._claim.setVisible(silent is not None)
        if silent is not None and silent.spoke:
            self.line(
                tr("May have said nothing"),
                filled("about {n}", n=str(silent.silent)),
                Figure(FigureKind.SPOKE_UP),
                sub=tr("a rule of thumb, not a count"),
                icon="ear",
            )
