"""Denmark's real quarters, taken in and drawn once: pictures, sheets, handouts of real places."""

from __future__ import annotations

import io
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from typing import Any

import pytest
from django.utils import translation
from pypdf import PdfReader

from samrad.access.actor import ANONYMOUS, SYSTEM, Actor
from samrad.areas.models import Area
from samrad.areas.outlines import outlines_of
from samrad.documents.paper import pdf_of
from samrad.knowledge.actions import take_in
from samrad.knowledge.drawing import draw_pictures, drawn_from, without_sheets
from samrad.knowledge.handouts import handout
from samrad.knowledge.models import Alarm, AreaPicture, DataSet, Indicator
from samrad.knowledge.pictures import pictures_of
from samrad.knowledge.publishing import publish_data_set
from samrad.knowledge.rules.picture import Picture
from samrad.knowledge.tasks import lay_out_what_lacks
from samrad.search.actions import rebuild
from samrad.search.models import Entry
from samrad.work.api import work_off
from tests.knowledge.bricks import NOON
from tests.knowledge.conftest import read_file

pytestmark = [pytest.mark.slow, pytest.mark.django_db]
PLACES = (
    "Aalborg", "Billund", "Egedal", "Esbjerg", "Favrskov", "Hillerød", "København", "Læsø",
    "Nordfyns", "Vallensbæk", "Ærø",
)  # fmt: skip


@pytest.fixture(scope="module")
def drawn(held_for_the_module: Callable[[], AbstractContextManager[None]]) -> int:
    """Denmark's quarters and people; how many municipalities got a picture."""
    with held_for_the_module():
        for code in ("dk-folk1a", "dk-straf11"):
            take_in(staged=read_file(code), by=SYSTEM, at=NOON)
        return draw_pictures(data_set="dk-straf11", at=NOON)


@pytest.fixture
def denmark(drawn: int, db: None) -> DataSet:
    return DataSet.objects.get(code="dk-straf11")


# Pictures -----------------------------------------------------------------------------------


def test_every_danish_municipality_has_its_picture(denmark: DataSet, drawn: int) -> None:
    assert drawn == 98
    pictures = {
        kept.area.name: Picture.from_json(kept.content)
        for kept in AreaPicture.objects.select_related("area")
    }
    assert pictures["Syddjurs"].period == "2025-Q4"
    assert [line.latest.value for line in pictures["Syddjurs"].lines][:2] == [450, 28]
    assert {len(line.past) for one in pictures.values() for line in one.lines} == {40}

    unusual = [bool(line.latest.unusual) for one in pictures.values() for line in one.lines]
    assert len(unusual) == 98 * 8
    assert 4 < sum(unusual) < 0.05 * len(unusual)  # what chance and change allow, and no more

    assert drawn_from(DataSet.objects.get(code="dk-folk1a")) == ["dk-folk1a", "dk-straf11"]


def test_a_picture_drawn_anew_is_still_found(denmark: DataSet, drawn: int) -> None:
    def found() -> set[int]:
        return set(Entry.objects.filter(kind="crime_picture").values_list("key", flat=True))

    pictures = denmark.pictures.all()
    keys = set(pictures.values_list("pk", flat=True))
    rebuild(at=NOON)
    assert found() == keys
    nation = Area.objects.get(kind="nation", country="dk")
    AreaPicture.objects.create(
        data_set=denmark, area=nation, release=pictures[0].release, content={}
    )  # fmt: skip
    pictures.update(shown={})

    assert draw_pictures(data_set=denmark.code, at=NOON) == drawn
    assert set(pictures.values_list("pk", flat=True)) == found() == keys
    assert not pictures.filter(shown={}).exists()


def test_what_rang_rings_once_however_often_it_is_drawn(denmark: DataSet) -> None:
    kept = Alarm.objects.all()
    assert kept.filter(period__startswith="2025").count() == 73
    assert kept.filter(survives=True).count() < 0.2 * kept.count()
    struer = kept.get(area__name="Struer", period="2025-Q3")
    assert (struer.observed, struer.limit, struer.tail) == (12, 11, "high")

    draw_pictures(data_set="dk-straf11", at=NOON)

    assert kept.count() == 157


# Sheets -------------------------------------------------------------------------------------


def test_denmark_is_laid_out_whole(denmark: DataSet) -> None:
    everything = Indicator.objects.get(code="dk.offences.all").sheet
    rows = list(everything.rows.select_related("area"))
    country = next(row for row in rows if row.area and row.area.kind == "nation")
    parts = [
        row for row in rows
        if row.code == "998" or (row.area and row.area.kind in {"municipality", "unincorporated"})
    ]  # fmt: skip

    assert everything.periods[0], everything.periods[-1] == ("2016-Q1", "2025-Q4")
    assert sum(country.values[-4:]) == 414_911
    assert sum(sum(filter(None, row.values[-4:])) for row in parts) == 414_911
    assert without_sheets() == ["dk-folk1a"]
    lay_out_what_lacks()
    work_off()
    assert without_sheets() == []
    found = [row.area for row in rows if row.finding]
    assert len(found) == 98
    assert all(outlines_of("dk").of(area.code) for area in found)


# Handouts -----------------------------------------------------------------------------------


def pages(name: str, reader: Actor) -> Any:
    area = Area.objects.municipalities().get(country="dk", name=name)
    return PdfReader(io.BytesIO(pdf_of(handout(area, pictures_of(area, reader)[0]), at=NOON))).pages


def words(found: Any) -> Iterator[str]:
    return (" ".join(page.extract_text().split()) for page in found)


def test_an_internal_handout_stands_on_two_pages_and_tells_where_the_place_stands(
    denmark: DataSet,
) -> None:
    """In the longest languages."""
    for language in ("da", "sv"):
        with translation.override(language):
            assert {name: len(pages(name, SYSTEM)) for name in PLACES} == dict.fromkeys(PLACES, 2)
    told = " ".join(words(pages("Esbjerg", SYSTEM)))
    assert "Against similar municipalities" in told
    assert "Shoplifting: 2.0 times as many per inhabitant as similar municipalities" in told


def test_a_handout_of_restricted_figures_says_so_and_stands_on_two_pages(denmark: DataSet) -> None:
    basis = "retsplejeloven § 115, stk. 1, nr. 2, og databeskyttelsesloven § 8"
    DataSet.objects.filter(pk=denmark.pk).update(classification="restricted", legal_basis=basis)
    for language in ("da", "sv"):
        with translation.override(language):
            assert {name: len(pages(name, SYSTEM)) for name in PLACES} == dict.fromkeys(PLACES, 2)
    assert all(f"Restricted, {basis}" in page for page in words(pages("Esbjerg", SYSTEM)))


def test_a_published_one_says_what_is_left_out_and_nothing_of_the_others(denmark: DataSet) -> None:
    publish_data_set(data_set=denmark, by=SYSTEM, at=NOON)
    draw_pictures(data_set="dk-straf11", at=NOON)

    for name in PLACES:
        found = pages(name, ANONYMOUS)
        assert len(found) <= 2, name
        assert "similar" not in " ".join(words(found))
    told = " ".join(words(pages("Esbjerg", ANONYMOUS)))
    assert "1,647, unusually few. About 2,007 were to be expected, and seldom fewer than" in told
    assert "The kinds below are 679 of the 1,647" in told
    assert "Shoplifting: 69% more per inhabitant (from 58% to 81%)" in told
    assert "Ask the municipal" in told  # the line may end within the word
    assert "police contact" not in told
    small = next(words(pages("Læsø", ANONYMOUS)))
    assert "nothing is told here of what rises" in small
    assert "Nothing rises clearly" not in small
