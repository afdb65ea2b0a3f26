"""Where a municipality stands against those most like it, and no more than that."""

from __future__ import annotations

import json
from dataclasses import replace
from uuid import uuid4

import numpy as np
import pytest
from django.urls import reverse

from samrad.access.actor import SYSTEM
from samrad.analysis.comparison import against_group
from samrad.analysis.words import Code, statement
from samrad.areas.models import Area
from samrad.knowledge.publishing import publish_data_set
from samrad.knowledge.reckoning import pictures
from samrad.knowledge.rules.picture import NoGroup, Picture, Similar
from samrad.knowledge.standing import Surroundings, with_similar
from samrad.knowledge.telling import told_beside
from tests.cast import Cast, signed_in
from tests.knowledge.bricks import USUAL, a_picture, counted

TEN_YEARS = USUAL * 10
THE_TEN = [[value + number % 3 for value in TEN_YEARS] for number in range(10)]


def standing(*own: float, others: list[list[float]] = THE_TEN, people: float = 20_000) -> Similar:
    given = counted(list(own), *others, people=people)
    found = with_similar(pictures(given), given, Surroundings())["place 0"].similar
    assert found is not None
    return found


def test_four_times_as_many_as_all_its_like_is_more():
    (line,) = standing(*(4 * value for value in TEN_YEARS)).lines

    assert line.way is Code.HIGHER
    assert 1 < line.low < line.ratio < line.high
    assert told_beside(line).startswith("3.7 times as many per inhabitant")


def test_what_its_like_differ_among_themselves_is_no_clear_difference():
    uneven = [[value * (1 + number) for value in TEN_YEARS] for number in range(10)]
    (line,) = standing(*(9 * value for value in TEN_YEARS), others=uneven).lines

    assert line.way is Code.NO_CLEAR_DIFFERENCE
    assert told_beside(line) == "no clear difference from similar municipalities"


def test_of_a_handful_no_difference_is_told():
    (line,) = standing(*[0, 1, 0, 0] * 10, others=[[1, 0, 1, 0] * 10] * 10).lines

    assert (line.way, line.ratio) == (Code.TOO_FEW, None)


def test_where_nobody_knows_how_many_live_there_is_no_rate():
    found = standing(*TEN_YEARS, people=float("nan"))

    assert (found.why_none, found.lines) == (NoGroup.NO_PEOPLE, ())


def test_where_only_one_is_measured_it_is_like_nobody():
    given = counted(TEN_YEARS, *THE_TEN)
    drawn = with_similar(pictures(given), given, Surroundings({"place 0": 40.0}))

    assert drawn["place 0"].similar.why_none is NoGroup.TOO_FEW


def test_among_four_there_is_nobody_to_be_like():
    assert standing(*TEN_YEARS, others=THE_TEN[:3]).why_none is NoGroup.TOO_FEW


def test_the_group_is_those_who_live_as_many_and_as_densely():
    given = counted(*[TEN_YEARS] * 24)
    given.people[12:] *= 30
    found = with_similar(pictures(given), given, Surroundings())["place 0"].similar

    assert {one.place for one in found.members} <= {f"place {number}" for number in range(1, 12)}


def test_a_district_with_a_figure_held_back_gives_no_rate_to_work_it_out_from():
    held = [*THE_TEN[0][:-1], float("nan")]
    given = counted(TEN_YEARS, held, *THE_TEN)
    districts = {"place 0": "north", "place 1": "north"}
    found = with_similar(pictures(given), given, Surroundings(districts=districts))["place 0"]

    assert found.similar.lines[0].of_district is None


def test_a_picture_with_its_group_is_kept_as_it_is():
    given = counted(TEN_YEARS, *THE_TEN)
    ground = dict.fromkeys(given.places, 40.0)
    drawn = with_similar(pictures(given), given, Surroundings(ground))["place 0"]

    assert Picture.from_json(json.loads(json.dumps(drawn.as_json()))) == drawn


@pytest.mark.parametrize("spread", [0, 0.2, 0.4])
@pytest.mark.parametrize("usual", [15, 60, 600])
def test_where_nothing_differs_a_difference_is_told_as_rarely_as_promised(usual, spread):
    chance, told = np.random.default_rng(7), 0
    for _trial in range(400):
        people = chance.uniform(15_000, 28_000, 11)
        rates = chance.gamma(1 / spread**2, spread**2, 11) if spread else np.ones(11)
        counts = chance.poisson(usual * people / 20_000 * rates)
        result = against_group(counts[0], people[0], counts[1:], people[1:])
        told += statement(result).code in {Code.HIGHER, Code.LOWER}

    assert told <= 0.05 * 400 + 13  # three standard deviations above one in twenty


@pytest.fixture
def drawn(cast: Cast):
    """The picture of home, with ten others of its country for a group."""
    picture = a_picture(cast.no.home)
    others = Area.objects.municipalities().filter(country="no").exclude(pk=cast.no.home.pk)[:10]
    places = [str(cast.no.home.ref), *(str(one.ref) for one in others)]
    places += [str(uuid4()) for _number in range(11 - len(places))]
    given = replace(counted([4 * value for value in TEN_YEARS], *THE_TEN), places=places)
    found = with_similar(pictures(given), given, Surroundings())[places[0]]
    picture.content = {**picture.content, "similar": found.as_json()["similar"]}
    picture.save()
    return picture


def test_the_pages_say_where_it_stands_and_who_is_in_the_group(
    cast: Cast, drawn, client, django_assert_max_num_queries
):
    who = signed_in(client, cast.secretary)
    indicator = drawn.data_set.indicators.get()
    for url in (
        reverse("knowledge:picture", args=[cast.no.home.ref]),
        reverse("knowledge:indicator_here", args=[indicator.ref, cast.no.home.ref]),
    ):
        who.get(url)
        with django_assert_max_num_queries(12):
            page = who.get(url).content.decode()
        assert "3.7 times as many per inhabitant as similar municipalities" in page
        assert "nearest to" in page
        assert "All municipalities" in page


def test_whoever_is_not_signed_in_is_told_nothing_of_the_group(cast: Cast, drawn, client):
    publish_data_set(data_set=drawn.data_set, by=SYSTEM, at=drawn.release.retrieved_at)
    sheet = drawn.data_set.indicators.get().sheet
    sheet.is_protected = True
    sheet.save()
    indicator = drawn.data_set.indicators.get()
    for url in (
        reverse("knowledge:picture", args=[cast.no.home.ref]),
        reverse("knowledge:indicator_here", args=[indicator.ref, cast.no.home.ref]),
    ):
        page = client.get(url).content.decode()
        assert "Break-ins" in page
        assert "nearest to" not in page
        assert "times as many per inhabitant as similar" not in page
