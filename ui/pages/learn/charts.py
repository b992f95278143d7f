"""The two charts of Learn: causes by size, and how it went from month to month."""

from PySide6.QtCore import Signal

from recoverydesk.domain.chart import scale
from recoverydesk.domain.days import day_words, month_name
from recoverydesk.domain.figure import Figure, FigureKind
from recoverydesk.domain.pareto import Measure, Ranked, ranked
from recoverydesk.services.claims import ClaimKey
from recoverydesk.services.figures import bar_figure
from recoverydesk.services.insights import Insight
from recoverydesk.services.paretos import CauseBar, Level
from recoverydesk.services.trends import MonthPoint
from ui.pages.learn import words
from ui.session import Session
from ui.widgets.charts import (
    ChartCard,
    ParetoBar,
    ParetoChart,
    ParetoValue,
    TrendChart,
    TrendFix,
    TrendMonth,
    TrendValue,
)
from ui.widgets.chips import Segmented
from ui.widgets.layouts import STRETCH, row
from ui.widgets.sources import SourceButton
from ui.wording import counted, filled, tr

MOST_BARS = 8
"""More would be too narrow for their names; the rest is added up as one."""
REST = "rest"


class ParetoCard(ChartCard):
    """The causes by size, by count, cost or what is at stake.

    Signals:
        level_chosen: causes, or their groups. Argument: the `Level`'s value.
        cases_wanted: the cases of a bar. Arguments: the `Figure`, and its words.
        all_wanted: the list with all causes.
    """

    level_chosen = Signal(str)
    cases_wanted = Signal(object, str)
    all_wanted = Signal()

    def __init__(self, session: Session) -> None:
        self.pareto = ParetoChart()
        super().__init__(self.pareto)
        self._session = session
        self._insight: Insight | None = None
        self._figures: dict[str, tuple[Figure, str]] = {}
        self.measure = Segmented(
            [(one.value, tr(told)) for one, told in words.MEASURES.items()],
            name=tr("What counts"),
        )
        self.level = Segmented(
            [(Level.CAUSES.value, tr("Causes")), (Level.GROUPS.value, tr("Groups"))],
            name=tr("How closely"),
        )
        self.body.insertLayout(0, row(self.measure, STRETCH, self.level, gap=8))
        self.head.insertWidget(self.head.count() - 1, SourceButton(ClaimKey.FEW_CAUSES))
        self.measure.chosen.connect(lambda _key: self._draw())
        self.level.chosen.connect(self.level_chosen)
        self.opened.connect(self._open)

    def show_insight(self, insight: Insight) -> None:
        """Show another time, or the same anew."""
        self._insight = insight
        self._draw()

    def _draw(self) -> None:
        insight = self._insight
        if insight is None:
            return
        measure = Measure(self.measure.key())
        ranks = ranked(insight.bars, measure)
        causes = [one for one in ranks if insight.bars[one.place].cause_id is not None]
        unknown = [one for one in ranks if insight.bars[one.place].cause_id is None]
        shown = causes if len(causes) <= MOST_BARS else causes[: MOST_BARS - 1]
        rest = causes[len(shown) :]
        self._figures = {}
        bars = [self._bar(insight, one, measure) for one in shown]
        if rest:
            bars.append(self._rest(rest, measure))
        bars += [self._bar(insight, one, measure) for one in unknown]
        most = max((bar.value for bar in bars), default=0)
        ticks = tuple((tick, self._short(tick, measure)) for tick in scale(most).ticks)
        self.pareto.show_value(ParetoValue(tuple(bars), ticks))
        self.show_words(
            words.pareto_title(ranks, measure), words.pareto_sub(insight, self._session)
        )

    def _bar(self, insight: Insight, one: Ranked, measure: Measure) -> ParetoBar:
        bar: CauseBar = insight.bars[one.place]
        name = bar.name or tr("Not yet known")
        key = str(bar.cause_id or 0)
        self._figures[key] = (bar_figure(insight.level, measure, bar.cause_id), name)
        told = self._words(one.value, measure)
        known = bar.cause_id is not None
        if known:
            told = filled("{told}, {n} % with those before", told=told, n=str(one.running_percent))
        return ParetoBar(
            key=key,
            name=name,
            value=one.value,
            short=self._short(one.value, measure),
            words=told,
            running_percent=one.running_percent if known else None,
            few=one.few,
            known=known,
        )

    def _rest(self, rest: list[Ranked], measure: Measure) -> ParetoBar:
        value = sum(one.value for one in rest)
        return ParetoBar(
            key=REST,
            name=counted(len(rest), "{n} more", "{n} more"),
            value=value,
            short=self._short(value, measure),
            words=self._words(value, measure),
            running_percent=rest[-1].running_percent,
        )

    def _short(self, value: int, measure: Measure) -> str:
        if measure is Measure.COUNT:
            return str(value)
        return self._session.money(value, short=True)

    def _words(self, value: int, measure: Measure) -> str:
        if measure is Measure.COUNT:
            return counted(value, "{n} case", "{n} cases")
        told = {
            Measure.COST: "{money} given, at your cost",
            Measure.AT_STAKE: "{money} a year at stake",
        }
        return filled(told[measure], money=self._session.money(value))

    def _open(self, key: str) -> None:
        if key == REST:
            self.all_wanted.emit()
        elif key in self._figures:
            self.cases_wanted.emit(*self._figures[key])


class TrendCard(ChartCard):
    """Cases by month, with the days on which something was mended.

    Signals:
        cases_wanted: the cases of a month. Arguments: the `Figure`, and its words.
    """

    cases_wanted = Signal(object, str)

    def __init__(self, session: Session) -> None:
        self.trend = TrendChart()
        super().__init__(self.trend)
        self._session = session
        self.opened.connect(self._open)

    def show_insight(self, insight: Insight) -> None:
        """Show another time, or the same anew."""
        months = tuple(self._month(point) for point in insight.months)
        self.trend.show_value(TrendValue(months, self._fixes(insight)))
        noticed = insight.noticed_by_us
        sub = counted(noticed, "{n} of them you noticed yourself.",
                      "{n} of them you noticed yourself.")  # fmt: skip
        cases = counted(insight.cases, "{n} case", "{n} cases")
        self.show_words(tr("Cases by month"), f"{cases}. {sub}" if noticed else f"{cases}.")

    def _month(self, point: MonthPoint) -> TrendMonth:
        name = tr(month_name(point.month.month))
        told = counted(point.cases, "{n} case", "{n} cases")
        if point.noticed_by_us:
            told += ", " + counted(point.noticed_by_us, "{n} noticed by you", "{n} noticed by you")
        if point.cost_cents:
            told += ", " + filled(
                "{money} of remedies", money=self._session.money(point.cost_cents)
            )
        return TrendMonth(
            key=point.month.key,
            short=name[:3],
            name=f"{name} {point.month.year}",
            value=point.cases,
            words=told,
            whole=point.whole,
        )

    def _fixes(self, insight: Insight) -> tuple[TrendFix, ...]:
        """Return the newest fix of the time: more lines than one would lie over each other."""
        found = [one for one in insight.recurrences if one.done_on in insight.span]
        if not found:
            return ()
        newest = max(found, key=lambda one: one.done_on)
        place = next(
            at for at, point in enumerate(insight.months) if point.first <= newest.done_on
            and newest.done_on <= point.last
        )  # fmt: skip
        day = newest.done_on
        words_ = filled("{what}, {day}", what=newest.what, day=day_words(day))
        return (TrendFix(place + min(day.day / 31, 1.0), words_),)

    def _open(self, key: str) -> None:
        name = next(mark.name for mark in self.trend.marks() if mark.key == key)
        self.cases_wanted.emit(Figure(FigureKind.MONTH, key), name)
