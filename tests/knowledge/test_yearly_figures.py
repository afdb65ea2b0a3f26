"""Figures that come once a year, also beyond crime: drawn and told as what they are."""

from __future__ import annotations

import random
import re
from dataclasses import replace

import numpy as np
import pytest
from django.urls import reverse

from samrad.analysis import trend
from samrad.analysis.words import Code
from samrad.kernel.ids import uuid7
from samrad.knowledge.models import Alarm, AreaPicture
from samrad.knowledge.pictures import pictures_of
from samrad.knowledge.reckoning import reckon
from samrad.knowledge.rules.periods import PeriodKind, read_period, unbroken
from samrad.knowledge.rules.picture import NotJudged
from samrad.knowledge.rules.yearly import chance_of, comes_yearly, heading
from tests.cast import signed_in
from tests.knowledge.bricks import a_picture, a_sheet, counted

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


def test_two_pictures_of_one_place_stand_under_their_names_and_no_mark_stands_twice(
    accidents, cast, client
):
    kept = AreaPicture.objects.get()
    data_set = kept.data_set
    data_set.pk, data_set.code, data_set.title = None, "others", {"en": "Something else"}
    data_set.ref = uuid7()
    data_set.save()
    kept.pk, kept.data_set = None, data_set
    kept.save()
    told = signed_in(client, cast.secretary).get(
        reverse("knowledge:picture", args=[cast.no.home.ref])
    )
    page = told.content.decode()
    marks = re.findall(r'\sid="([^"]+)"', page)

    assert "<h2>Break-ins</h2>" in page
    assert "<h2>Something else</h2>" in page
    assert sorted(set(marks)) == sorted(marks)
