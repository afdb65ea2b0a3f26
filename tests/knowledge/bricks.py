"""Figures of an area as they are kept, without a file of a publisher's."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

import numpy as np

from samrad.access.actor import SYSTEM
from samrad.areas.models import Area
from samrad.documents.rules import Classification
from samrad.knowledge import followers
from samrad.knowledge.alarms import keep_alarms
from samrad.knowledge.arrivals import hand_in
from samrad.knowledge.models import (
    Alarm,
    AreaPicture,
    DataSet,
    Indicator,
    Release,
    ReleaseState,
    Sheet,
    SheetRow,
)
from samrad.knowledge.packaged import packaged_recipes
from samrad.knowledge.reading_in import read_file
from samrad.knowledge.reckoning import Counted, pictures, reckon
from samrad.knowledge.rules.periods import PeriodKind
from samrad.knowledge.rules.picture import Line, Picture
from tests.cast import Cast

NOON = datetime(2026, 11, 21, 11, tzinfo=UTC)
QUARTERS = [f"{year}-Q{quarter}" for year in range(2016, 2026) for quarter in (1, 2, 3, 4)]
USUAL = [10, 12, 9, 11]


def counted(*rows: list[float], people: float = 20_000) -> Counted:
    """Quarterly counts of one indicator, a row a place; None where nothing is known."""
    values = np.array(rows, dtype=float)
    return Counted(
        PeriodKind.QUARTER, QUARTERS[-values.shape[1] :], ["no.offences"] * len(rows),
        [f"place {number}" for number in range(len(rows))], values,
        [["" for _value in row] for row in rows], np.full(values.shape, people),
    )  # fmt: skip


def picture_of(*row: float) -> Picture:
    """The picture of one place with these counts."""
    return pictures(counted(list(row)))["place 0"]


def a_picture(area: Area) -> AreaPicture:
    """Break-ins that have doubled, in an area that has no others."""
    data_set, release = a_data_set()
    counts = [*USUAL * 9, *(2 * value + 1 for value in USUAL)]
    drawn = picture_of(*counts)
    a_sheet(data_set.indicators.get(), release, (area, counts, drawn.lines[0]))
    return AreaPicture.objects.create(
        data_set=data_set,
        area=area,
        release=release,
        content=drawn.as_json(),
        shown=drawn.as_json(),
    )


def a_data_set() -> tuple[DataSet, Release]:
    """Break-ins as somebody publishes them, with nothing drawn of them yet."""
    data_set = DataSet.objects.create(
        code="sample", title={"en": "Break-ins"}, publisher="A publisher", licence="CC BY 4.0",
        citation="A publisher, table 1", country="no",
    )  # fmt: skip
    Indicator.objects.create(
        data_set=data_set, code="no.offences", name={"en": "Break-ins", "nb": "Innbrudd"},
        unit="offences", direction="down", base="no.population",
    )  # fmt: skip
    release = Release.objects.create(
        data_set=data_set, number=1, state=ReleaseState.COMMITTED, file_name="f.csv",
        file="figures/f.csv", sha256="0" * 64, size=1, retrieved_at=NOON, is_current=True,
    )  # fmt: skip
    return data_set, release


def a_sheet(indicator: Indicator, release: Release, *rows: tuple[Area, list[float], Line]) -> Sheet:
    """The same figures laid out, with nobody's words but ours."""
    sheet = Sheet.objects.create(indicator=indicator, release=release, periods=QUARTERS)
    for area, counts, line in rows:
        SheetRow.objects.create(
            sheet=sheet, area=area, code=area.code, name=area.name, values=counts,
            people=[20_000] * len(counts), lived=20_000, latest=counts[-1],
            finding=line.as_finding(), finding_shown=line.as_finding(),
        )  # fmt: skip
    return sheet


def figures_of(area: Area, district: Area) -> dict[str, object]:
    """A municipality's picture, its data set and indicator, and the district it lies in."""
    picture = a_picture(area)
    indicator = picture.data_set.indicators.get()
    return {
        "picture": picture, "figures": picture.data_set, "district": district,
        "indicator": indicator, "sheet_row": SheetRow.objects.get(sheet__indicator=indicator),
        "release": picture.release,
        "internal_figures": figures_for(Classification.INTERNAL),
        "restricted_figures": figures_for(Classification.RESTRICTED),
    }  # fmt: skip


def figures_for(classification: Classification) -> DataSet:
    """A data set that is not for everybody, with nothing in it yet."""
    return DataSet.objects.create(
        code=f"sample_{classification}", title={"en": f"For some: {classification}"},
        publisher="A publisher", licence="-", citation="-", classification=classification,
        country="no",
    )  # fmt: skip


PEAK = [*USUAL * 9, *USUAL[:3], 60]


def looked_at(
    data_set: DataSet, area: Area, *row: float, at: datetime = NOON, ago: int = 0
) -> list[Alarm]:
    """A look at figures of one area, as the worker takes it: alarms kept, followers told.

    The figures end with the last quarter, or as many quarters `ago`.
    """
    end = len(QUARTERS) - ago
    given = replace(
        counted(list(row)), places=[str(area.ref)], periods=QUARTERS[end - len(row) : end]
    )
    alarms = keep_alarms(
        data_set=data_set, reckoned=reckon(given), areas={str(area.ref): area},
        periods=given.periods, a_year=given.a_year, at=at,
    )  # fmt: skip
    followers.tell(alarms, at=at)
    return alarms


def an_alarm(area: Area) -> Alarm:
    """Break-ins of the last quarter, five times what was to be expected."""
    data_set = DataSet.objects.filter(code="sample").first() or a_data_set()[0]
    return looked_at(data_set, area, *PEAK)[0]


NAMED_AS_PUBLISHERS_DO = "befolkning_areal_og_sprak_kommuner_1986_2024"


def arriving_files(cast: Cast) -> dict[str, Release]:
    """Files that an analyst handed in: one that waits for a yes, one that asks, one refused.

    And one of another country's figures, which its own analysts handed in.
    """
    head = "kommunenummer,kommunenavn,population,area_km2,language,adm_center,year"
    rows = {
        "arrival": f"{cast.no.home.code},Hjemme,5000,10.5,N,H,2024",
        "asking_file": "9876,Ukjent,10,1,N,U,2023",
        "refused_file": f"{cast.no.home.code},Hjemme,mange,10.5,N,H,2024",
    }
    found = {}
    for name, row in rows.items():
        found[name] = hand_in(
            name=f"{name}_{NAMED_AS_PUBLISHERS_DO}.csv", content=f"{head}\n{row}\n".encode(),
            by=cast.analyst.actor, recipe=packaged_recipes()["no-population"], at=NOON,
        )  # fmt: skip
    abroad = f"kommunkod,kommunnamn,folkmangd,ar\n{cast.se.home.code},Hemma,5000,2024\n"
    found["arrival_abroad"] = hand_in(
        name="folkmangd.csv", content=abroad.encode(), by=SYSTEM,
        recipe=packaged_recipes()["se-population"], at=NOON,
    )  # fmt: skip
    for release in found.values():
        read_file(ref=str(release.ref))
        release.refresh_from_db()
    return found
