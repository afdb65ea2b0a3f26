"""Every file that comes with the program or the tests: what it is read as, and how often."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from samrad.access.actor import SYSTEM
from samrad.areas.models import Area
from samrad.knowledge.actions import take_in
from samrad.knowledge.events import RELEASE_TAKEN_IN
from samrad.knowledge.models import Indicator, Release
from samrad.knowledge.packaged import packaged_recipes
from samrad.knowledge.readers import read_tables
from samrad.knowledge.readers.recognising import recipes_for
from samrad.knowledge.rules.doubts import Doubtful
from samrad.knowledge.rules.mapping import figures_of
from samrad.knowledge.rules.table import NotRead
from samrad.knowledge.store import statistics
from samrad.knowledge.store.asking import series, sums
from samrad.trail.models import TrailEntry
from tests.knowledge.conftest import FILES, KNOWN

NOON = datetime(2026, 11, 21, 11, tzinfo=UTC)

COUNTS = {  # figures, periods, hidden, missing, not there then
    "dk-straf11": (33_920, 40, 0, 0, 0),
    "dk-folk1a": (1_040, 10, 0, 0, 0),
    "no-population": (714, 1, 0, 0, 0),
    "se-population": (290, 1, 0, 0, 0),
    "no-ssb-01222": (92_664, 9, 0, 0, 54_197),
    "no-ssb-06913": (375, 75, 0, 4, 0),
    "no-ssb-07459": (106, 1, 0, 0, 0),
    "no-ssb-08487": (476, 17, 0, 0, 0),
    "se-causes-of-death": (1_120, 28, 0, 0, 0),
    "london-mps-monthly": (241_920, 140, 0, 0, 0),
    "ca-population": (120, 1, 0, 0, 0),
    "es-galicia-population": (3_960, 2, 0, 4, 0),
    "oecd-unemployment": (432, 12, 0, 0, 0),
    "gb-short-term-residents": (261, 1, 0, 0, 0),
}
SLOW = {"london-mps-monthly", "no-ssb-01222"}
assert set(COUNTS) == set(KNOWN)


@pytest.mark.parametrize(
    "code", [pytest.param(code, marks=pytest.mark.slow if code in SLOW else ()) for code in COUNTS]
)
def test_a_real_file_is_read_whole(staged, code):
    read = staged(code)

    assert read.doubts == ()
    count = read.count
    assert (count.rows, count.periods, count.hidden, count.missing, count.not_then) == COUNTS[code]


@pytest.mark.parametrize("code", KNOWN)
def test_a_real_file_is_recognised_by_the_names_in_it(code):
    path = KNOWN[code]

    found = recipes_for(path.read_bytes(), path.name, packaged_recipes().values())

    assert [one.code for one in found] == [code]


WITHOUT_FIGURES = [
    "collection.json", "dimension.json", "hierarchy.json", "order.json",
    "scb_v2_tab5444_variables.json", "scb_code_list_ages.json",
]  # fmt: skip


@pytest.mark.parametrize("name", WITHOUT_FIGURES)
def test_a_file_without_figures_is_recognised_as_none_and_refused_by_all(name):
    content = (FILES / name).read_bytes()

    assert recipes_for(content, name, packaged_recipes().values()) == []
    for recipe in [one for one in packaged_recipes().values() if one.incidents is None]:
        with pytest.raises((NotRead, Doubtful)) as answer:
            figures_of(read_tables(content, recipe, {})[0], recipe, {}, {})
        assert answer.value


@pytest.fixture
def denmark(staged):
    return take_in(staged=staged("dk-straf11"), by=SYSTEM, at=NOON)


def test_municipalities_and_not_stated_make_the_country(denmark):
    quarters = [f"2025-Q{quarter}" for quarter in (1, 2, 3, 4)]
    wider = ["000", "081", "082", "083", "084", "085"]

    parts = sums(statistics(), [denmark], periods=quarters, without=wider)
    whole = sums(statistics(), [denmark], periods=quarters, only=["000"])

    assert parts
    assert [(p.indicator, p.period, p.total) for p in parts] == [
        (w.indicator, w.period, w.total) for w in whole
    ]
    assert sum(one.total for one in parts if one.indicator == "dk.offences.all") == 414_911


def test_danish_three_digits_are_our_areas_of_four(denmark):
    morso = Area.objects.get(country="dk", code="0773")

    points = series(
        statistics(), [denmark], indicators=["dk.offences.all"], places=[str(morso.ref)]
    )

    assert len(points) == 40
    assert {point.area for point in points} == {"773"}
    assert [point.period for point in points[:2]] == ["2016-Q1", "2016-Q2"]


def test_taking_the_same_file_in_twice_changes_nothing(denmark, staged):
    before = (Release.objects.count(), Indicator.objects.count(), TrailEntry.objects.count())

    again = staged("dk-straf11")
    assert again.changes_nothing
    assert take_in(staged=again, by=SYSTEM, at=NOON) == denmark

    after = (Release.objects.count(), Indicator.objects.count(), TrailEntry.objects.count())
    assert after == before
    assert TrailEntry.objects.filter(event=RELEASE_TAKEN_IN.code).count() == 1


@pytest.mark.slow
def test_a_municipality_that_was_not_there_has_no_zero(staged):
    stands = staged("no-ssb-01222").figures.stands()
    people = "no.population.quarter"

    assert stands[people, "", "3001", "2023-Q4"] == (31_957, "")
    assert stands[people, "", "3101", "2023-Q4"] == (None, "not_then")
    assert stands[people, "", "3101", "2024-Q1"] == (31_935, "")
    assert stands[people, "", "3001", "2024-Q1"] == (None, "not_then")


@pytest.mark.slow
def test_halden_is_one_place_under_both_its_codes(staged):
    figures = staged("no-ssb-01222").figures
    places = {
        code: {place for place, area in zip(figures.place, figures.area, strict=True)
               if area == code}
        for code in ("3001", "3101")
    }  # fmt: skip

    assert (
        places["3001"] == places["3101"] == {str(Area.objects.get(country="no", code="3101").ref)}
    )


def test_missing_is_neither_zero_nor_hidden(staged):
    figures = staged("no-ssb-06913").figures

    missing = [n for n, nothing in enumerate(figures.nothing) if nothing]
    assert {figures.period[n] for n in missing} == {"2025"}
    assert {(figures.value[n], figures.nothing[n], figures.mark[n]) for n in missing} == {
        (None, "missing", "..")
    }
