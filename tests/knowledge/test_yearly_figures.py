"""Figures that come once a year, also beyond crime: drawn and told as what they are."""

from __future__ import annotations

import random
from dataclasses import replace

import numpy as np
import pytest
from django.urls import reverse

from samrad.access.actor import ANONYMOUS, SYSTEM
from samrad.analysis import trend
from samrad.analysis.words import Code
from samrad.knowledge.actions import take_in
from samrad.knowledge.drawing import draw_pictures
from samrad.knowledge.headings import yearly_of
from samrad.knowledge.indicator_here import here
from samrad.knowledge.indicators import described, everywhere
from samrad.knowledge.models import Alarm, AreaPicture, Indicator
from samrad.knowledge.pictures import pictures_of
from samrad.knowledge.reckoning import reckon
from samrad.knowledge.rules.periods import PeriodKind, read_period, unbroken
from samrad.knowledge.rules.picture import NotJudged
from samrad.knowledge.rules.yearly import chance_of, comes_yearly, heading
from tests.cast import signed_in
from tests.knowledge.bricks import NOON, a_picture, a_sheet, counted

MOST_QUERIES = 12
YEARS = [f"{year}" for year in range(2016, 2026)]


def by_year(*rows: list[float]):
    """Traffic accidents a year, a row a place."""
    made = counted(*rows)
    return replace(made, kind=PeriodKind.YEAR, periods=YEARS[-made.values.shape[1] :])


def test_a_direction_is_that_of_the_library():
    chance = random.Random(7)
    for length in (5, 8, 20):
        figures = [float(chance.randint(0, 9)) for _year in range(length)]
        periods = [f"{2000 + at}" for at in range(length)]
        found = heading(periods, figures)
        rows = np.array([figures])
        assert chance_of(figures) == pytest.approx(float(trend.mann_kendall(rows).p[0]))
        assert found.slope == pytest.approx(float(trend.sen_slope(rows)[0]))


def test_of_four_years_nobody_tells_a_direction_and_of_five_that_all_rise_one_does():
    assert heading(YEARS[:4], [1.0, 2, 3, 4]) is None
    assert heading(YEARS[:5], [1.0, 2, 3, 4, 5]).is_clear
    assert not heading(YEARS[:5], [1.0, 2, 3, 5, 4]).is_clear
    assert (
        heading(YEARS[:6], [1.0, 2, None, 3, 4, 5]).slope < 0.8
    )  # by the years, not by the figures


def test_one_figure_a_year_is_known_by_its_periods():
    assert comes_yearly(YEARS)
    assert comes_yearly([f"{year}-Q1" for year in YEARS])
    assert not comes_yearly(["2024-Q1", "2024-Q2", "2025-Q1"])
    assert not comes_yearly(["2022-2023", "2023-2024"])


def test_a_year_that_lacks_is_no_year_before():
    read = [read_period(one) for one in ("2020", "2022")]
    assert [one.code for one in unbroken(read)] == ["2020", "2021", "2022"]


def test_a_yearly_count_is_held_against_the_years_before_and_never_an_alarm():
    found = reckon(by_year([*[100.0] * 9, 200.0], [100.0] * 10))

    line = found.pictures["place 0"].lines[0]
    assert (found.alarms, found.looked_at) == ([], ())
    assert line.change.way is Code.RISES
    assert line.change.years == 3
    assert line.why_not_judged is NotJudged.BY_YEAR
    assert found.pictures["place 1"].lines[0].change.way is not Code.RISES


@pytest.fixture
def accidents(cast):
    """Serious traffic accidents a year in the home municipality; more of them each year."""
    kept = a_picture(cast.no.home)
    counts = [float(40 + 4 * at) for at in range(10)]
    picture = reckon(by_year(counts)).pictures["place 0"]
    kept.content = kept.shown = picture.as_json()
    kept.save()
    data_set = kept.data_set
    data_set.theme = "traffic"
    data_set.save()
    indicator = data_set.indicators.get()
    indicator.sheet.delete()
    sheet = a_sheet(indicator, kept.release, (cast.no.home, counts, picture.lines[0]))
    sheet.periods = YEARS
    sheet.save()
    return indicator


def test_the_picture_tells_no_alarm_and_no_quarter(accidents, cast, client):
    page = signed_in(client, cast.secretary).get(
        reverse("knowledge:picture", args=[cast.no.home.ref])
    )
    told = page.content.decode()

    assert "Of one figure a year it is not told what is unusual" in told
    assert "one figure for each year" in told
    assert "quarter" not in told.replace("every other month or quarter", "")
    assert "dashed" not in told
    assert not Alarm.objects.exists()
    assert pictures_of(cast.no.home, cast.secretary.actor)[0].nothing_unusual == ""


def test_its_page_says_where_it_is_heading(accidents, cast, client, django_assert_max_num_queries):
    client = signed_in(client, cast.secretary)
    url = reverse("knowledge:indicator_here", args=[accidents.ref, cast.no.home.ref])
    with django_assert_max_num_queries(MOST_QUERIES):
        told = client.get(url).content.decode()

    assert "About 4.0 (6.9%) more each year, from 2016 to 2025." in told
    assert "one figure a year" in told
    assert "Did it change from a certain time on?" not in told


@pytest.fixture
def denmark(staged):
    """The real inhabitants of Denmark, one figure a year, and its offences."""
    for code in ("dk-folk1a", "dk-straf11"):
        take_in(staged=staged(code), by=SYSTEM, at=NOON)
        draw_pictures(data_set=code, at=NOON)
    return Indicator.objects.get(code="dk.population")


@pytest.mark.slow
def test_the_people_of_a_municipality_are_told_by_year_and_beside_those_like_it(denmark):
    about = described(denmark, SYSTEM)
    lemvig = AreaPicture.objects.get(area__name="Lemvig").area
    told = here(about, lemvig, SYSTEM)

    assert told.says.endswith("less each year, from quarter 1 of 2016 to quarter 1 of 2025.")
    assert told.yearly.beside.startswith("Among the 10 municipalities most like it")
    assert "counted in each quarter" not in told.key
    assert str(about.direction) == "Neither way is better"
    everybody = here(described(denmark, ANONYMOUS), lemvig, ANONYMOUS)
    assert everybody is None or not everybody.yearly.beside


@pytest.mark.slow
def test_norway_as_a_whole_has_its_births_year_by_year(staged):
    take_in(staged=staged("no-ssb-06913"), by=SYSTEM, at=NOON)
    draw_pictures(data_set="no-ssb-06913", at=NOON)
    for born in Indicator.objects.filter(data_set__code="no-ssb-06913"):
        about = described(born, SYSTEM)
        whole = everywhere(about).whole
        assert "from 200" in yearly_of(about, whole.values).says
        assert about.last == "2025"
