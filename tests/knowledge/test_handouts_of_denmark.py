"""The handouts of real municipalities: two pages in the longest languages, and honest ones."""

from __future__ import annotations

import io

import pytest
from django.utils import translation
from pypdf import PdfReader

from samrad.access.actor import ANONYMOUS, SYSTEM, Actor
from samrad.areas.models import Area
from samrad.documents.paper import pdf_of
from samrad.knowledge.actions import take_in
from samrad.knowledge.drawing import draw_pictures
from samrad.knowledge.handouts import handout
from samrad.knowledge.models import DataSet
from samrad.knowledge.pictures import pictures_of
from samrad.knowledge.publishing import publish_data_set
from tests.knowledge.bricks import NOON

pytestmark = pytest.mark.slow
PLACES = (
    "Aalborg", "Billund", "Egedal", "Esbjerg", "Favrskov", "Hillerød", "København", "Læsø",
    "Nordfyns", "Vallensbæk", "Ærø",
)  # fmt: skip


@pytest.fixture
def denmark(staged) -> DataSet:
    for code in ("dk-folk1a", "dk-straf11"):
        take_in(staged=staged(code), by=SYSTEM, at=NOON)
    draw_pictures(data_set="dk-straf11", at=NOON)
    return DataSet.objects.get(code="dk-straf11")


def pages(name: str, reader: Actor) -> list[str]:
    area = Area.objects.municipalities().get(country="dk", name=name)
    file = pdf_of(handout(area, pictures_of(area, reader)[0]), at=NOON)
    found = PdfReader(io.BytesIO(file)).pages
    return [" ".join(page.extract_text().split()) for page in found]


def test_an_internal_handout_stands_on_two_pages_and_tells_where_the_place_stands(denmark):
    for language in ("da", "sv"):
        with translation.override(language):
            assert {name: len(pages(name, SYSTEM)) for name in PLACES} == dict.fromkeys(PLACES, 2)
    told = " ".join(pages("Esbjerg", SYSTEM))
    assert "Against similar municipalities" in told
    assert "Shoplifting: 96% more for each inhabitant than similar municipalities" in told


def test_a_published_one_says_what_is_left_out_and_nothing_of_the_others(denmark):
    publish_data_set(data_set=denmark, by=SYSTEM, at=NOON)
    draw_pictures(data_set="dk-straf11", at=NOON)

    for name in PLACES:
        told = pages(name, ANONYMOUS)
        assert len(told) <= 2, name
        assert "similar" not in " ".join(told)
    assert "nothing is told here of what rises" in pages("Læsø", ANONYMOUS)[0]
    assert "Nothing rises clearly" not in pages("Læsø", ANONYMOUS)[0]
