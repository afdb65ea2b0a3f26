"""Charts as text: small drawings in SVG that are read like words and print like them.

A chart is a frozen value that says what it shows; `drawn` makes it an SVG for a page or for a
paper, `table` the same figures in rows, for those who would rather read. Missing, hidden and nought
are three things, in the drawing too. Why we draw ourselves is in docs/adr/0026.
"""

from samrad.ui.charts.bands import Bands, Spot
from samrad.ui.charts.figures import Flag, Moment, Table
from samrad.ui.charts.heat import Heat
from samrad.ui.charts.intervals import Interval, Intervals
from samrad.ui.charts.places import Place, Places
from samrad.ui.charts.series import Series
from samrad.ui.charts.sheet import PAPER, SCREEN, Sheet
from samrad.ui.charts.strip import Mark, Strip

__all__ = [
    "PAPER", "SCREEN", "Bands", "Flag", "Heat", "Interval", "Intervals", "Mark", "Moment",
    "Place", "Places", "Series", "Sheet", "Spot", "Strip", "Table",
]  # fmt: skip
