"""The crime picture of a municipality on the map of its district, itself outlined."""

from __future__ import annotations

import pytest
from django.urls import reverse

from samrad.access.actor import ANONYMOUS, SYSTEM
from samrad.areas.models import Area
from samrad.knowledge.around import Around, around
from samrad.knowledge.models import AreaPicture, DataSet, Sheet, SheetRow
from samrad.knowledge.pictures import pictures_of
from samrad.knowledge.publishing import publish_data_set
from samrad.knowledge.reckoning import pictures
from samrad.knowledge.rules.picture import Picture
from tests.cast import Cast, signed_in
from tests.knowledge.bricks import NOON, USUAL, a_data_set, a_sheet, counted
from tests.picture.bricks import a_finding, a_statement


@pytest.fixture
def district(cast: Cast) -> DataSet:
    """Break-ins in Ås, twice as many in Nordre Follo beside it."""
    data_set, release = a_data_set()
    drawn = pictures(counted(USUAL * 10, [2 * value for value in USUAL * 10]))
    lines = [drawn[place].lines[0] for place in ("place 0", "place 1")]
    a_sheet(
        data_set.indicators.get(), release,
        (cast.no.home, USUAL * 10, lines[0]),
        (cast.no.next_door, [2 * value for value in USUAL * 10], lines[1]),
    )  # fmt: skip
    for area, place in ((cast.no.home, "place 0"), (cast.no.next_door, "place 1")):
        picture: Picture = drawn[place]
        AreaPicture.objects.create(
            data_set=data_set,
            area=area,
            release=release,
            content=picture.as_json(),
            shown=picture.as_json(),
        )
    return data_set


def seen(area: Area, actor) -> Around | None:
    return around(area, pictures_of(area, actor), actor)


def test_the_map_has_the_districts_municipalities_with_the_one_it_is_about_outlined(cast, district):
    found = seen(cast.no.home, cast.secretary.actor)

    assert (found.district, found.district_ref) == ("Øst", cast.no.district.ref)
    told = {one.label: (one.value, one.is_chosen) for one in found.chart.places}
    assert told == {"Ås": (2.1, True), "Nordre Follo": (4.2, False)}
    assert seen(cast.no.next_door, cast.secretary.actor).chart.places[0].is_chosen


def test_the_page_shows_it_names_whose_outlines_they_are_and_asks_little(
    cast, client, district, django_assert_max_num_queries
):
    a_finding(cast)
    a_statement(cast)
    who = signed_in(client, cast.secretary)
    url = reverse("knowledge:picture", args=[cast.no.home.ref])
    who.get(url)
    with django_assert_max_num_queries(12):
        page = who.get(url).content.decode()

    assert "Break-ins in Øst" in page
    assert "Outlined: Ås." in page
    assert "Outlines: " in page
    assert reverse("knowledge:overview", args=[cast.no.district.ref]) in page


def test_what_is_held_back_is_blank_on_the_map_for_whoever_is_not_signed_in(cast, district):
    publish_data_set(data_set=district, by=SYSTEM, at=NOON)
    Sheet.objects.update(is_protected=True)
    SheetRow.objects.filter(area=cast.no.next_door).update(protected=[3])
    found = seen(cast.no.home, ANONYMOUS)

    told = {one.label: (one.value, one.is_hidden) for one in found.chart.places}
    assert told == {"Ås": (2.1, False), "Nordre Follo": (None, True)}
    assert seen(cast.no.next_door, ANONYMOUS) is None


def test_one_municipality_alone_is_no_map(cast, district):
    SheetRow.objects.filter(area=cast.no.next_door).delete()

    assert seen(cast.no.home, cast.secretary.actor) is None
