"""A file of calls while it is read, compared and laid down: what cannot be so, and what waits."""

from __future__ import annotations

import pytest

from samrad.knowledge.arrivals_shown import Arrival, Stage
from tests.knowledge.test_incident_arrivals import ROWS, analyst, calls, known, page, read

__all__ = ["analyst", "known"]


@pytest.mark.parametrize("day", ["0001-01-01", "0026-07-01", "9999-12-31"])
@pytest.mark.parametrize("field", ["meldt", "framme"])
def test_a_year_that_no_calendar_of_ours_has_is_refused_with_its_row(analyst, day, field):
    moments = {"meldt": "2026-07-01 20:00:00", "framme": "", field: f"{day} 00:30:00"}
    row = f"2,Torget,Vest,Husbråk,{moments['meldt']},{moments['framme']}"
    release = read(analyst, calls(ROWS[0], row))

    assert Arrival(release).stage is Stage.REFUSED
    [trouble] = release.doubts
    assert (trouble["row"], trouble["field"]) == (3, field)
    assert "is not a moment" in page(analyst, release)
