"""Charts: missing, held back and nought are three things, and every chart is a table too."""

from __future__ import annotations

import re
from itertools import pairwise

import pytest
from django.utils import translation
from hypothesis import given
from hypothesis import strategies as st

from samrad.site.style_plots import plots
from samrad.ui.charts import (
    PAPER,
    Bands,
    Flag,
    Heat,
    Interval,
    Intervals,
    Moment,
    Place,
    Places,
    Series,
    Spot,
)
from samrad.ui.charts.heat import shade_of
from samrad.ui.charts.scales import Scale, ratio_scale, ratio_ticks, round_ticks
from samrad.ui.components.plots import figures_of, plot

NASTY = '<script>alert("å")</script>'
SOME = st.floats(min_value=0, max_value=1e9, allow_nan=False)


@pytest.fixture(autouse=True)
def _english():
    with translation.override("en"):
        yield


def quarters(*values: float | None, **more: object) -> Series:
    return Series(
        "Break-ins", [Moment(f"K{at}", value, **more) for at, value in enumerate(values, 1)]
    )


def ways(svg: str, look: str) -> list[str]:
    return re.findall(rf'<path class="s-plot__{look}" d="([^"]*)"', svg)


def test_what_is_missing_leaves_a_gap_and_nought_does_not():
    assert len(ways(quarters(3, 0, 2, 4).drawn(), "line")) == 1
    assert len(ways(quarters(3, 2, None, 4, 5).drawn(), "line")) == 2


def test_what_is_held_back_is_marked_and_tells_no_figure():
    series = Series("Break-ins", [Moment("K1", 3), Moment("K2", None, is_hidden=True)])

    assert series.drawn().count("s-plot__hidden") == 1
    assert [row[1] for row in series.table.rows] == ["3", "held back"]


def test_missing_and_nought_are_two_things_in_the_table():
    assert [row[1] for row in quarters(0, None).table.rows] == ["0", "missing"]


def test_a_figure_that_is_unusual_is_said_in_words_too():
    series = quarters(24, expected=12.0, low=6.0, high=18.0, flag=Flag.HIGH)

    assert series.table.rows == [["K1", "24", "12.0", "6", "18", "higher than expected"]]
    assert "s-plot__high" in series.drawn()


def test_the_axis_ends_where_the_figures_do():
    drawn = quarters(30, 51, 40).drawn()
    (line,) = ways(drawn, "line")

    assert min(float(y) for y in re.findall(r"[ML][\d.]+ ([\d.]+)", line)) < 20


def test_a_shade_that_asks_for_more_than_the_figures_is_cut_off():
    calm = [Moment(f"K{at}", 5.0, expected=5.0, low=0.0, high=9.0) for at in range(4)]
    wild = [Moment("K5", 5.0, expected=5.0, low=0.0, high=400.0)]
    drawn = Series("Break-ins", [*calm, *wild]).drawn()
    (line,), (shade,) = ways(drawn, "line"), ways(drawn, "band")
    highest = [min(map(float, re.findall(r"[ML][\d.]+ ([\d.]+)", way))) for way in (line, shade)]

    assert highest[0] < 110
    assert highest[1] >= 10


def test_the_years_below_stand_evenly_apart():
    moments = [
        Moment(f"{year} K{at}", 1.0, tick=str(year) if at == 1 else "")
        for year in range(2016, 2026) for at in range(1, 5)
    ]  # fmt: skip
    drawn = Series("Break-ins", moments, is_small=True).drawn(180)
    years = [int(year) for year in re.findall(r">(20\d\d)<", drawn)]

    assert len(years) > 2
    assert len({later - year for year, later in pairwise(years)}) == 1


def test_what_is_counted_is_named_by_whole_numbers():
    drawn = Series("Break-ins", [Moment("K1", 1), Moment("K2", 5)], is_small=True).drawn()

    assert re.findall(r">([\d.]+)</text>", drawn) == ["0", "2", "4", "5"]


def test_a_gap_and_a_square_are_told_in_words_where_there_are_any():
    held = Moment("K2", None, is_hidden=True)

    assert "gap: missing" in quarters(3, None, 4).drawn()
    assert "square: held back" in Series("Break-ins", [Moment("K1", 3), held]).drawn()
    assert "gap" not in quarters(3, 4).drawn()


def test_high_and_low_are_told_apart_without_colour():
    high, low = (quarters(24, flag=flag).drawn() for flag in (Flag.HIGH, Flag.LOW))

    assert ways(high, "high") != ways(low, "low")
    assert "<circle" not in high


def test_a_line_that_goes_on_beyond_the_scale_ends_in_an_arrow():
    within = Intervals("x", [Interval("Weapons", 1.0, 0.5, 2.0)]).drawn()
    beyond = Intervals("x", [Interval("Weapons", 1.0, 0.01, 2.0)]).drawn()

    assert beyond.count("s-plot__whisker") == within.count("s-plot__whisker") + 2


def test_a_map_says_what_an_area_without_a_figure_is():
    here, there = [(10.0, 60.0), (11.0, 60.0), (11.0, 61.0)], [(11.0, 60.0), (12, 60), (12, 61)]
    places = [Place("Here", [here], 3.0), Place("There", [there], None)]

    assert "missing or held back" in Places("x", places).drawn()
    assert "missing or held back" not in Places("x", places[:1]).drawn()


@pytest.mark.parametrize("values", [(), (None,), (0,), (5,), (None, None, 3)])
def test_a_series_of_next_to_nothing_is_drawn(values):
    assert quarters(*values).drawn().endswith("</svg>")


def test_too_few_to_tell_has_words_where_the_dot_would_be():
    drawn = Intervals("x", [Interval("Weapons", None, note="too few to tell")]).drawn()

    assert "too few to tell" in drawn
    assert "<circle" not in drawn


@pytest.mark.parametrize("kind", ["series", "intervals", "heat", "bands", "places"])
def test_every_chart_has_the_same_figures_in_a_table(kind):
    chart = plots()[kind]
    page = plot(chart, "Title")

    assert page.count("<svg") == (2 if kind == "places" else 3)
    assert page.count("<tr>") == len(chart.table.rows) + 1
    assert {len(row) for row in chart.table.rows} == {len(chart.table.heads)}


def test_a_paper_knows_no_style_sheet():
    drawn = plots()["series"].drawn(ink=PAPER)

    assert 'class="s-plot__line' not in drawn
    assert 'stroke="#005c69"' in drawn


def test_what_people_write_is_never_markup():
    chart = Intervals(NASTY, [Interval(NASTY, 1.0, 0.5, 2.0, note=NASTY)])

    assert "<script" not in plot(chart, NASTY, NASTY)
    assert "<script" not in figures_of(chart.table, NASTY)
    assert "<script" not in Heat(NASTY, [NASTY], [NASTY], [[1]]).drawn()


@given(top=SOME, most=st.integers(2, 8))
def test_the_axis_names_round_numbers_up_to_the_largest(top, most):
    ticks = round_ticks(top, at_most=most)

    assert ticks[0] == 0
    assert ticks[-1] >= top * (1 - 1e-9)
    assert 2 <= len(ticks) <= most + 1
    assert ticks == sorted(set(ticks))


@given(low=st.floats(0.125, 1), high=st.floats(1, 8))
def test_ratios_are_named_by_halves_and_doubles_around_one(low, high):
    ticks = ratio_ticks(low, high)

    assert ticks[0] <= low
    assert ticks[-1] >= high
    assert 1 in ticks


@given(low=st.floats(0.125, 1), high=st.floats(1, 8))
def test_an_axis_of_ratios_ends_near_its_figures_and_names_one(low, high):
    first, last, ticks = ratio_scale(low, high)

    assert first <= low
    assert last >= high
    assert 1 in ticks
    assert len(ticks) >= 2
    assert all(first <= one <= last for one in ticks)


@given(a=SOME, b=SOME)
def test_what_is_larger_never_stands_lower(a, b):
    up = Scale(0, 1e9, 200, 0)

    assert (up(a) <= up(b)) == (a >= b) or abs(up(a) - up(b)) < 1e-6
    assert 0 <= up(a) <= 200


@given(value=SOME, top=SOME)
def test_nought_and_none_have_shades_of_their_own(value, top):
    assert shade_of(None, top) == "blank"
    assert shade_of(0, top) == "shade0"
    assert (shade_of(min(value, top), top) == "shade0") == (min(value, top) <= 0)


def test_what_is_expected_is_drawn_of_the_newest_periods_alone():
    moments = [Moment(f"Q{at}", 20, expected=20, low=10, high=30) for at in range(8)]
    whole = Series("Break-ins", moments).drawn()
    newest = Series("Break-ins", moments, shaded=3).drawn()

    def corners(drawing):
        return drawing.split('class="s-plot__band" d="')[1].split('"')[0].count(" ")

    assert (corners(whole), corners(newest)) == (16, 6)
    assert Series("Break-ins", moments, shaded=3).table == Series("Break-ins", moments).table


@pytest.mark.parametrize("top", [4.04, 9, 10.04, 20.04, 83, 405, 1286])
def test_a_small_drawing_names_more_than_two_figures(top):
    drawing = Series("Break-ins", [Moment("Q1", top), Moment("Q2", 1)], is_small=True).drawn(220)

    assert drawing.count('class="s-plot__axis"') >= 3


def test_red_is_what_is_above_the_expected_and_ones_own_place_is_named():
    spots = [Spot(f"Town {at}", 1000 * at, 5, 2, 9, at == 2, at == 3) for at in range(1, 5)]
    drawing = Bands("Towns", spots, 5).drawn()

    assert "s-plot__high" not in drawing
    assert drawing.count('class="s-plot__here"') == 2
    assert ">Town 3 5" in drawing
    assert ">Town 2 5.0</text>" not in drawing


def test_a_table_of_figures_names_every_cell_for_narrow_windows():
    table = Series("Break-ins", [Moment("Q1", 20, expected=18, low=9, high=30)]).table

    assert '<td data-label="Expected">' in figures_of(table)
