"""What publishers give once a year, told of real places: people, births, deaths, moves."""

from __future__ import annotations

import pytest

from samrad.access.actor import ANONYMOUS, SYSTEM
from samrad.knowledge.actions import take_in
from samrad.knowledge.drawing import draw_pictures
from samrad.knowledge.headings import yearly_of
from samrad.knowledge.indicator_here import here
from samrad.knowledge.indicators import described, everywhere
from samrad.knowledge.models import AreaPicture, Indicator
from tests.knowledge.bricks import NOON


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
