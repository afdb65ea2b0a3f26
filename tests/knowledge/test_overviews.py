"""What a police district and a nation read: who stands out, and how sure that is."""

from __future__ import annotations

from typing import Any
from uuid import uuid4

import pytest
from django.urls import reverse

from samrad.access.actor import ANONYMOUS
from samrad.areas.models import Area
from samrad.documents.rules import Classification
from samrad.knowledge.beside import figures_in_short
from samrad.knowledge.models import AreaPicture, DataSet, Sheet, SheetRow
from samrad.knowledge.overviews import areas_with_overviews, overview_of
from samrad.knowledge.rules.picture import Unusual
from tests.cast import TODAY, Cast, signed_in
from tests.knowledge.bricks import NOON, QUARTERS, USUAL, a_picture, a_sheet, counted, pictures

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


def test_where_nobody_could_look_nobody_says_that_nothing_was_there(cast, district, client):
    """Of two municipalities one has no figure of the period, then neither has."""
    neighbours(cast, {"usual": USUAL * 10})
    reader = signed_in(client, cast.analyst)
    url, says = reverse("knowledge:overview", args=[district.ref]), []
    for row in SheetRow.objects.order_by("-code"):
        row.finding["past"][-1] |= {"value": None, "together": None, "unusual": Unusual.NO}
        row.save()
        page = reader.get(url).content.decode()
        assert "Nothing was above what was to be expected" not in page
        short = figures_in_short(district, cast.analyst.actor)
        says.append((short.nothing if short else None, "Of 1 figures" in page))

    told = "Of what was looked at, nothing was outside what was to be expected."
    assert says == [(told, True), (None, False)]


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


# Several data sets -------------------------------------------------------------------------------


def another_like(kept: AreaPicture, code: str, **said: Any) -> DataSet:
    """The same picture of a second data set, whose code comes first."""
    data_set = DataSet.objects.get(pk=kept.data_set_id)
    indicator, sheet, row = data_set.indicators.get(), Sheet.objects.get(), SheetRow.objects.get()
    release, picture = data_set.releases.get(), AreaPicture.objects.get()
    data_set.pk, data_set.ref, data_set.code = None, uuid4(), code
    data_set.title = {"en": code.capitalize()}
    for name, value in said.items():
        setattr(data_set, name, value)
    data_set.save()
    release.pk, release.ref, release.data_set = None, uuid4(), data_set
    release.save()
    indicator.pk, indicator.ref, indicator.data_set = None, uuid4(), data_set
    indicator.code, indicator.name = f"{code}.counted", {"en": f"{code} counted"}
    indicator.save()
    sheet.pk, sheet.indicator, sheet.release = None, indicator, release
    sheet.is_protected = False
    sheet.save()
    row.pk, row.sheet = None, sheet
    row.save()
    picture.pk, picture.data_set, picture.release = None, data_set, release
    picture.save()
    return data_set


def test_a_restricted_data_set_does_not_take_the_place_of_the_open_one(cast, district):
    another_like(a_picture(cast.no.home), "calls", classification=Classification.RESTRICTED)
    overview = overview_of(district, cast.police_member.actor, on=TODAY)

    assert overview.data_set.code == "sample"


def test_who_reads_both_chooses_between_them(cast, district, client):
    another_like(a_picture(cast.no.home), "calls", classification=Classification.RESTRICTED)
    url = reverse("knowledge:overview", args=[district.ref])
    page = signed_in(client, cast.police_member).get(url).content.decode()
    assert 'value="calls.counted"' in page
    assert 'value="no.offences"' in page

    chosen = client.get(url + "?what=calls.counted").content.decode()
    assert "calls counted on the map" in chosen.lower()
    assert "Of 1 figures" in chosen
    unread = signed_in(client, cast.secretary).get(url + "?what=calls.counted").content.decode()
    assert "calls counted" not in unread
    assert "Break-ins on the map" in unread


def test_what_is_published_but_cannot_be_protected_hides_nothing_that_is(cast, district, client):
    kept = a_picture(cast.no.home)
    DataSet.objects.update(published_at=NOON)
    another_like(kept, "calls")
    Sheet.objects.filter(indicator__code="no.offences").update(is_protected=True)
    page = client.get(reverse("knowledge:overview", args=[district.ref]))

    assert page.status_code == 200
    assert "Break-ins on the map" in page.content.decode()
    Sheet.objects.update(is_protected=False)
    assert not areas_with_overviews(ANONYMOUS, TODAY).exists()


def test_a_data_set_without_a_sheet_hides_nothing_that_has_one(cast, district):
    another_like(a_picture(cast.no.home), "calls")
    Sheet.objects.filter(indicator__code="calls.counted").delete()
    overview = overview_of(district, cast.secretary.actor, on=TODAY)

    assert overview is not None
    assert overview.data_set.code == "sample"


def test_without_figures_the_page_says_who_takes_them_in(cast, district, client):
    page = signed_in(client, cast.analyst).get(reverse("knowledge:overview", args=[district.ref]))

    assert "No figures of this area have been taken in" in page.content.decode()


def test_districts_and_countries_are_listed(cast, district, client):
    a_picture(cast.no.home)
    page = signed_in(client, cast.secretary).get(reverse("knowledge:overviews")).content.decode()

    assert reverse("knowledge:overview", args=[district.ref]) in page
    assert reverse("knowledge:overview", args=[cast.no.areas["nation"].ref]) in page
