"""What a police district and a nation read: who stands out, and how sure that is."""

from __future__ import annotations

import pytest
from django.urls import reverse

from samrad.areas.models import Area
from samrad.knowledge.overviews import overview_of
from samrad.knowledge.rules.picture import Unusual
from tests.cast import TODAY, Cast, signed_in
from tests.knowledge.bricks import QUARTERS, USUAL, a_picture, a_sheet, counted, pictures

MOST_QUERIES = 12


@pytest.fixture
def district(cast: Cast) -> Area:
    return cast.no.areas["district"]


def neighbours(cast: Cast, rows: dict[str, list[float]]) -> None:
    """The other municipalities of the district, with counts of their own."""
    kept = a_picture(cast.no.home)
    indicator = kept.data_set.indicators.get()
    inside = Area.objects.municipalities().covered_by([cast.no.areas["district"].pk], on=TODAY)
    others = list(inside.exclude(pk=cast.no.home.pk).order_by("code"))
    drawn = pictures(counted(*rows.values()))
    indicator.sheet.delete()
    places = zip(others, rows.values(), drawn.values(), strict=False)
    home = kept.content["lines"][0]
    own = type(drawn["place 0"].lines[0]).from_json(home)
    a_sheet(
        indicator, kept.release, (cast.no.home, [0] * len(QUARTERS), own),
        *((area, counts, one.lines[0]) for area, counts, one in places),
    )  # fmt: skip


def test_the_surest_increase_stands_first(cast, district):
    peak = [*USUAL * 9, *USUAL[:3], 90]
    neighbours(cast, {"peak": peak})
    overview = overview_of(district, cast.analyst.actor, on=TODAY)

    assert [one.line.latest.value for one in overview.rising] == [90]
    assert all(one.line.latest.unusual is Unusual.HIGH for one in overview.rising)
    assert overview.looked_at == 2
    assert overview.falling == []


@pytest.mark.parametrize("where", ["district", "nation"])
def test_the_page_asks_little(cast, client, where, django_assert_max_num_queries):
    neighbours(cast, {"usual": USUAL * 10})
    who = signed_in(client, cast.analyst)
    url = reverse("knowledge:overview", args=[cast.no.areas[where].ref])
    who.get(url)
    with django_assert_max_num_queries(MOST_QUERIES):
        page = who.get(url).content.decode()

    assert "Of 2 figures" in page
    assert "Break-ins" in page


def test_an_indicator_nobody_knows_shows_the_first(cast, district, client):
    a_picture(cast.no.home)
    url = reverse("knowledge:overview", args=[district.ref])

    assert (
        "Break-ins on the map"
        in signed_in(client, cast.analyst).get(url + "?what=<x>").content.decode()
    )


def test_without_figures_the_page_says_who_takes_them_in(cast, district, client):
    page = signed_in(client, cast.analyst).get(reverse("knowledge:overview", args=[district.ref]))

    assert "No figures of this area have been taken in" in page.content.decode()


def test_districts_and_countries_are_listed(cast, district, client):
    a_picture(cast.no.home)
    page = signed_in(client, cast.secretary).get(reverse("knowledge:overviews")).content.decode()

    assert reverse("knowledge:overview", args=[district.ref]) in page
    assert reverse("knowledge:overview", args=[cast.no.areas["nation"].ref]) in page
