"""Figures of an area as they are kept, without a file of a publisher's."""

from __future__ import annotations

from datetime import UTC, datetime

import numpy as np

from samrad.areas.models import Area
from samrad.knowledge.models import (
    AreaPicture,
    DataSet,
    Indicator,
    Release,
    ReleaseState,
    Sheet,
    SheetRow,
)
from samrad.knowledge.reckoning import Counted, pictures
from samrad.knowledge.rules.periods import PeriodKind
from samrad.knowledge.rules.picture import Line, Picture

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
    data_set = DataSet.objects.create(
        code="sample", title={"en": "Break-ins"}, publisher="A publisher", licence="CC BY 4.0",
        citation="A publisher, table 1",
    )  # fmt: skip
    Indicator.objects.create(
        data_set=data_set, code="no.offences", name={"en": "Break-ins", "nb": "Innbrudd"},
        unit="offences", direction="down", base="no.population",
    )  # fmt: skip
    release = Release.objects.create(
        data_set=data_set, number=1, state=ReleaseState.COMMITTED, file_name="f.csv",
        file="figures/f.csv", sha256="0" * 64, size=1, retrieved_at=NOON, is_current=True,
    )  # fmt: skip
    counts = [*USUAL * 9, *(2 * value + 1 for value in USUAL)]
    drawn = picture_of(*counts)
    a_sheet(data_set.indicators.get(), release, (area, counts, drawn.lines[0]))
    return AreaPicture.objects.create(
        data_set=data_set, area=area, release=release, content=drawn.as_json()
    )


def a_sheet(indicator: Indicator, release: Release, *rows: tuple[Area, list[float], Line]) -> Sheet:
    """The same figures laid out, with nobody's words but ours."""
    sheet = Sheet.objects.create(indicator=indicator, release=release, periods=QUARTERS)
    for area, counts, line in rows:
        SheetRow.objects.create(
            sheet=sheet, area=area, code=area.code, name=area.name, values=counts,
            people=[20_000] * len(counts), lived=20_000, latest=counts[-1],
            finding=line.as_finding(),
        )  # fmt: skip
    return sheet


def figures_of(area: Area, district: Area) -> dict[str, object]:
    """A municipality's picture, its data set and indicator, and the district it lies in."""
    picture = a_picture(area)
    return {
        "picture": picture, "figures": picture.data_set, "district": district,
        "indicator": picture.data_set.indicators.get(),
    }  # fmt: skip
