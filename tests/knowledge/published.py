"""Counts that anybody reads, release after release, as the worker lays them out."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

import numpy as np
from django.core.files.base import ContentFile

from samrad.access.actor import SYSTEM
from samrad.analysis.disclosure import Table, intervals
from samrad.knowledge.models import DataSet, Release, SheetRow
from samrad.knowledge.publishing import publish_data_set
from samrad.knowledge.rules.figures import Figures
from samrad.knowledge.sheets import keep_sheets, sheets_of
from samrad.knowledge.store.parquet import as_parquet
from tests.cast import Cast
from tests.knowledge.bricks import NOON, a_data_set

Counts = Mapping[str, float | None]


def published_counts() -> DataSet:
    """Break-ins, of which fewer than three are shown to nobody who is not signed in."""
    found = a_data_set()[0]
    DataSet.objects.filter(pk=found.pk).update(smallest_shown=3)
    found.refresh_from_db()
    publish_data_set(data_set=found, by=SYSTEM, at=NOON)
    found.refresh_from_db()
    return found


def taken_in(
    cast: Cast, data_set: DataSet, counts: Counts, *, places: Mapping[str, str] | None = None,
    code: str = "no.offences",
) -> Release:  # fmt: skip
    """A release of one year: parts in no area of ours, unless `places` tells, and their whole."""
    whole = sum(value or 0 for value in counts.values())
    rows = {**counts, "whole": whole}
    at = {"whole": str(cast.no.areas["nation"].ref), **(places or {})}
    figures = Figures.of(
        (
            code, "", part, part, at.get(part, ""), "2025", date(2025, 1, 1),
            date(2025, 12, 31), value, "" if value is not None else "missing", "",
        )
        for part, value in rows.items()
    )  # fmt: skip
    data_set.releases.update(is_current=False)
    release = data_set.releases.order_by("number").last()
    assert release is not None
    release.pk, release.ref, release.number = None, Release().ref, release.number + 1
    release._state.adding, release.is_current = True, True
    release.figures.save("x.parquet", ContentFile(as_parquet(figures)), save=False)
    release.save()
    return release


def drawn(data_set: DataSet, release: Release) -> set[str]:
    """What the worker lays out; the parts that readers do not see."""
    data_set.refresh_from_db()
    keep_sheets(data_set, sheets_of(data_set, release, {}))
    return {row.code for row in SheetRow.objects.all() if row.protected}


def named(counts: Mapping[str, int], hidden: set[str], part: str) -> bool:
    """Whether somebody who reads the whole and what is shown can tell a part's count to within 2"""
    values, at = list(counts.values()), list(counts).index(part)
    away = np.array([name in hidden for name in [*counts, "whole"]])
    table = Table(np.vstack([np.eye(len(values)), np.ones(len(values))]))
    lower, upper = intervals(table, values, away, [at])
    return bool(upper[0] - lower[0] < 3)
