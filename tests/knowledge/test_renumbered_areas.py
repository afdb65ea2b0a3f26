"""An area that got a new number keeps its history, and stands once among the others."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from math import isnan

import pytest
from django.core.files.base import ContentFile
from django.urls import reverse

from samrad.access.actor import ANONYMOUS, Actor
from samrad.areas.models import Area, AreaCode
from samrad.knowledge.gathering import counted_in
from samrad.knowledge.indicators import Everywhere, described, everywhere
from samrad.knowledge.models import DataSet, Sheet, SheetRow
from samrad.knowledge.overviews import overview_of
from samrad.knowledge.packaged import packaged_recipes
from samrad.knowledge.reckoning import Counted
from samrad.knowledge.rules.figures import Figures
from samrad.knowledge.rules.periods import read_period
from samrad.knowledge.rules.table import Nothing, NotRead, Why
from samrad.knowledge.staging import Staged, stage
from samrad.knowledge.store import statistics
from samrad.knowledge.store.parquet import as_parquet
from tests.cast import TODAY, Cast, signed_in
from tests.knowledge.bricks import NOON, QUARTERS, a_data_set, a_picture

Cells = Mapping[tuple[str, str], float | Nothing]  # by code and period


def counted_of(area: Area, cells: Cells) -> Counted:
    """Break-ins in one area, under the codes that it had in turn."""
    data_set, release = a_data_set()
    rows = []
    for (code, name), value in cells.items():
        period, why = read_period(name), value if isinstance(value, Nothing) else ""
        rows.append((
            "no.offences", "", code, area.name, str(area.ref), period.code, period.start,
            period.end, None if why else value, why, "",
        ))  # fmt: skip
    figures = Figures.of(rows)
    release.figures.save("f.parquet", ContentFile(as_parquet(figures)))
    statistics().take(release.ref, figures)
    counted = counted_in(data_set, [str(area.ref)])
    assert counted is not None
    return counted


def test_a_cell_without_a_value_never_takes_the_place_of_one_with_a_value(cast):
    counted = counted_of(
        cast.no.home,
        {
            ("3001", "2023-Q4"): 7, ("3101", "2023-Q4"): Nothing.NOT_THEN,
            ("3001", "2024-Q1"): Nothing.NOT_THEN, ("3101", "2024-Q1"): 9,
            ("3001", "2024-Q2"): Nothing.NOT_THEN, ("3101", "2024-Q2"): Nothing.HIDDEN,
        },
    )  # fmt: skip

    assert counted.values[0, :2].tolist() == [7, 9]
    assert isnan(counted.values[0, 2])
    assert list(counted.nothing[0]) == ["", "", "hidden"]


def test_of_two_values_for_one_area_and_period_neither_is_believed(cast):
    counted = counted_of(
        cast.no.home, {("3001", "2024-Q1"): 7, ("3101", "2024-Q1"): 9, ("3101", "2024-Q2"): 8}
    )

    assert isnan(counted.values[0, 0])
    assert counted.nothing[0][0] == "missing"
    assert counted.values[0, 1] == 8


def test_a_quarter_that_lacks_leaves_the_others_in_their_seasons(cast):
    counted = counted_of(
        cast.no.home, {("3001", one): at for at, one in enumerate(QUARTERS) if one != "2024-Q2"}
    )

    assert list(counted.periods) == QUARTERS
    lacking = QUARTERS.index("2024-Q2")
    assert isnan(counted.values[0, lacking])
    assert counted.nothing[0][lacking] == "missing"
    assert counted.values[0, -counted.a_year :].tolist() == [36, 37, 38, 39]


def test_months_go_on_over_the_turn_of_the_year(cast):
    counted = counted_of(cast.no.home, {("3001", "2024-11"): 1, ("3001", "2025-02"): 2})

    assert list(counted.periods) == ["2024-11", "2024-12", "2025-01", "2025-02"]


# On the way in ---------------------------------------------------------------------------------


def people_file(cast: Cast, *rows: str) -> Staged:
    """Norway's inhabitants, where the home municipality was called 3021 up to 2023."""
    AreaCode.objects.filter(area=cast.no.home).update(valid_from=date(2024, 1, 1))
    AreaCode.objects.create(
        area=cast.no.home, scheme="official", code="3021", valid_to=date(2023, 12, 31)
    )
    head = "kommunenummer,kommunenavn,population,area_km2,language,adm_center,year"
    return stage(
        content="\n".join([head, *rows, ""]).encode(), name="folketall.csv",
        recipe=packaged_recipes()["no-population"], answers={},
    )  # fmt: skip


def test_a_file_with_two_values_for_one_area_and_period_is_refused(cast):
    new = cast.no.home.code
    with pytest.raises(NotRead) as refused:
        people_file(cast, "3021,Ås,20000,103,N,Ås,2022", f"{new},Ås,20500,103,N,Ås,2022")

    assert refused.value.troubles[0].why is Why.TWICE


def test_a_file_that_gives_each_code_its_own_years_is_taken(cast):
    new = cast.no.home.code
    staged = people_file(cast, "3021,Ås,20000,103,N,Ås,2022", f"{new},Ås,20500,103,N,Ås,2024")

    assert not staged.doubts
    assert set(staged.figures.place) == {str(cast.no.home.ref)}


# On the pages ----------------------------------------------------------------------------------


@pytest.fixture
def renumbered(cast: Cast) -> DataSet:
    """The home municipality in two rows: the old code ends where the new one begins."""
    data_set = a_picture(cast.no.home).data_set
    new = SheetRow.objects.get()
    old = SheetRow.objects.get()
    old.pk, old.code = None, "3021"
    old.values, old.latest, old.latest_nothing = [*old.values[:-1], None], None, "not_then"
    old.nothing = {str(len(QUARTERS) - 1): "not_then"}
    old.save()
    new.values = [None] * (len(QUARTERS) - 1) + new.values[-1:]
    new.nothing = dict.fromkeys(map(str, range(len(QUARTERS) - 1)), "not_then")
    new.save()
    return data_set


def whole_of(data_set: DataSet, reader: Actor) -> Everywhere:
    about = described(data_set.indicators.get(), reader)
    assert about is not None
    return everywhere(about)


def test_an_area_stands_once_with_the_figure_that_is_known(cast, renumbered):
    [one] = whole_of(renumbered, cast.secretary.actor).standings

    assert one.area == cast.no.home
    assert one.figure == "23"
    assert one.line is not None


def test_its_finding_is_counted_once(cast, renumbered, client):
    overview = overview_of(cast.no.areas["district"], cast.analyst.actor, on=TODAY)

    assert overview.looked_at == 1
    assert len(overview.inside) == 1
    url = reverse("knowledge:overview", args=[cast.no.areas["district"].ref])
    assert "Of 1 figures" in signed_in(client, cast.analyst).get(url).content.decode()


def test_of_an_area_with_a_row_that_holds_something_back_nothing_is_worked_out_for_anybody(
    cast, renumbered
):
    renumbered.published_at = NOON
    renumbered.save()
    Sheet.objects.update(is_protected=True)
    SheetRow.objects.filter(code="3021").update(protected=[3])

    [one] = whole_of(renumbered, ANONYMOUS).standings
    assert one.figure == "23"
    assert one.line is None
    overview = overview_of(cast.no.areas["district"], ANONYMOUS, on=TODAY)
    assert (overview.looked_at, overview.rising) == (0, [])
