"""Charts drawn by hand: reached by keyboard, told to screen readers, right in light and dark."""

from ui.widgets.charts.bands import BandRow
from ui.widgets.charts.card import ChartCard
from ui.widgets.charts.pareto import ParetoBar, ParetoChart, ParetoValue
from ui.widgets.charts.trend import TrendChart, TrendFix, TrendMonth, TrendValue

__all__ = [
    "BandRow",
    "ChartCard",
    "ParetoBar",
    "ParetoChart",
    "ParetoValue",
    "TrendChart",
    "TrendFix",
    "TrendMonth",
    "TrendValue",
]
