"""Where the whole of a year is held back from anybody, nothing drawn beside it tells it."""

from __future__ import annotations

import pytest

from samrad.access.actor import ANONYMOUS, SYSTEM, Actor
from samrad.areas.models import Area
from samrad.areas.rules.kinds import AreaKind
from samrad.knowledge.drawing import without_sheets
from samrad.knowledge.indicators import Everywhere, described, everywhere
from samrad.knowledge.models import AreaPicture, DataSet, Release, Sheet, SheetRow
from samrad.knowledge.pictures import AreaTold, pictures_of
from samrad.knowledge.publishing import publish_data_set
from samrad.knowledge.reckoning import pictures
from samrad.knowledge.rules.figures import people_in
from samrad.knowledge.tasks import lay_out_what_lacks
from samrad.work.api import work_off
from tests.cast import Cast
from tests.knowledge.bricks import NOON, QUARTERS, USUAL, a_data_set, a_sheet, counted
from tests.knowledge.published import published_counts, taken_in

LAST = len(QUARTERS) - 1


@pytest.fixture
def published(cast: Cast) -> DataSet:
    """Break-ins in twelve municipalities, of which nothing is held back, with their whole."""
    data_set, release = a_data_set()
    places = [cast.no.home, *(a_town(number) for number in range(11))]
    rows = [[value + number % 3 for value in USUAL * 10] for number in range(12)]
    drawn = pictures(counted(*rows))
    lines = [drawn[f"place {number}"].lines[0] for number in range(12)]
    sheet = a_sheet(data_set.indicators.get(), release, *zip(places, rows, lines, strict=True))
    SheetRow.objects.create(
        sheet=sheet, area=cast.no.areas["nation"], code="0", name="Norge",
        values=[sum(column) for column in zip(*rows, strict=True)],
    )  # fmt: skip
    AreaPicture.objects.create(
        data_set=data_set,
        area=cast.no.home,
        release=release,
        content=drawn["place 0"].as_json(),
        shown=drawn["place 0"].as_json(),
    )
    publish_data_set(data_set=data_set, by=SYSTEM, at=NOON)
    Sheet.objects.update(is_protected=True)
    return DataSet.objects.get()


def a_town(number: int) -> Area:
    return Area.objects.create(
        country="no", kind=AreaKind.MUNICIPALITY, code=f"99{number:02}", name=f"Town {number}"
    )


def hold_the_whole_back(at: int) -> None:
    SheetRow.objects.filter(area__kind=AreaKind.NATION).update(protected=[at])


def seen_by(actor: Actor, data_set: DataSet) -> tuple[Everywhere, AreaTold]:
    """The indicator in all municipalities, and the picture of the first of them."""
    about = described(data_set.indicators.get(), actor, data_set)
    assert about is not None
    home = AreaPicture.objects.get().area
    return everywhere(about), pictures_of(home, actor)[0]


def test_a_whole_of_the_latest_year_that_is_held_back_is_in_no_funnel_and_no_column(published):
    hold_the_whole_back(LAST - 3)
    whole, picture = seen_by(ANONYMOUS, published)

    assert whole.funnel is None
    assert picture.lines[0].rate_of_all == "–"
    assert picture.lines[0].rate != "–"
    assert picture.lines[0].line.among.to_rest is None
    assert all(one.line.among.of_all is None for one in whole.standings)


def test_whoever_is_signed_in_reads_it(published):
    hold_the_whole_back(LAST)
    whole, picture = seen_by(SYSTEM, published)

    assert whole.funnel is not None
    assert picture.lines[0].rate_of_all != "–"


@pytest.mark.parametrize("held", [None, LAST - 4])
def test_a_whole_that_anybody_reads_is_drawn(published, held):
    if held is not None:
        hold_the_whole_back(held)
    whole, picture = seen_by(ANONYMOUS, published)

    assert whole.funnel is not None
    assert picture.lines[0].rate_of_all != "–"


# Sheets of before --------------------------------------------------------------------------------


def test_what_anybody_reads_and_an_older_way_protected_is_laid_out_anew_at_night(cast: Cast):
    data_set = published_counts()
    taken_in(cast, data_set, {"a": 2, "b": 25, "c": 40, "d": 60})
    lay_out_what_lacks()
    work_off()
    assert without_sheets() == []

    Sheet.objects.update(protected_by=0)
    assert without_sheets() == [data_set.code]
    lay_out_what_lacks()
    work_off()
    assert without_sheets() == []

    DataSet.objects.update(published_at=None)
    Sheet.objects.update(protected_by=0)
    assert without_sheets() == []
    assert Release.objects.count() == 2


# People of another time --------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("year", "lived"), [(2024, 5), (2025, 6), (2026, 6), (2027, 6), (2022, 5), (2021, None)]
)
def test_no_rate_is_told_of_people_who_lived_years_away(year, lived):
    assert people_in(year, {2024: 5, 2025: 6}) == lived
