"""A file of calls while it is read, compared and laid down: what cannot be so, and what waits."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from samrad.access.actor import SYSTEM
from samrad.knowledge.arrivals import put_into_use
from samrad.knowledge.arrivals_shown import Arrival, Stage
from samrad.knowledge.incident_actions import stage_incidents, take_in_incidents
from samrad.knowledge.incident_arrivals import NoRecipe, lay_down_waiting
from samrad.knowledge.incident_models import IncidentMonth
from samrad.knowledge.incident_reports import work_out
from samrad.knowledge.models import DataSet, Release
from samrad.knowledge.reading_in import read_file
from tests.knowledge.incident_bricks import CODE, NOON, keep_recipe, recipe
from tests.knowledge.test_incident_arrivals import (
    ROWS,
    analyst,
    calls,
    handed_in,
    known,
    page,
    read,
)
from tests.knowledge.test_incident_arrivals import put_into_use as said_yes_to

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


def in_use_and_not_laid_down(analyst, *rows: str) -> Release:
    """The worker has read the file, somebody has said yes, and it has not come back to it."""
    release = read(analyst, calls(*rows))
    return put_into_use(release=release, seen=release.figures_sha256, by=SYSTEM, at=NOON)


def test_a_file_is_compared_with_all_that_counts_also_what_waits_for_its_months(analyst):
    in_use_and_not_laid_down(analyst, *ROWS)
    handed_in(analyst, calls(*ROWS))
    again = Release.objects.arriving().get()
    read_file(ref=str(again.ref))

    again.refresh_from_db()
    assert Arrival(again).stage is Stage.KNOWN
    assert sum(one.rows for one in IncidentMonth.objects.all()) == len(ROWS)


def test_what_counts_and_can_never_be_laid_down_is_a_job_that_fails(analyst, known):
    in_use_and_not_laid_down(analyst, *ROWS)
    known.delete()

    with pytest.raises(NoRecipe, match=CODE):
        lay_down_waiting(data_set=CODE, at=NOON)
    with pytest.raises(NoRecipe, match=CODE):
        work_out(data_set=CODE, at=NOON)


def test_whoever_has_the_recipe_in_a_file_lays_down_what_waits(analyst, known):
    in_use_and_not_laid_down(analyst, *ROWS[:2])
    known.delete()
    by_recipe = recipe(keep_days=36_500)
    staged = stage_incidents(
        content=calls(ROWS[2]), name="anrop.csv", recipe=by_recipe, answers={}
    )  # fmt: skip
    take_in_incidents(staged=staged, by=SYSTEM, at=NOON)

    data_set = DataSet.objects.get(code=CODE)
    assert [one.rows for one in data_set.months.order_by("month")] == [2, 1]
    assert data_set.codes["district"] == ["Sentrum", "Vest"]
    assert lay_down_waiting(data_set=CODE, at=NOON) == 0


def test_what_is_wholly_too_old_is_told_as_left_out_and_not_as_kept(analyst, known):
    known.delete()
    keep_recipe(keep_days=10)
    release = read(analyst, calls(*ROWS))
    told = page(analyst, release)

    assert Arrival(release).stage is Stage.KNOWN
    assert "All of it is left out" in told
    assert "3 rows are left out" in told
    assert "is kept as it is" not in told
    assert "known already" not in told


def test_of_what_is_partly_too_old_only_the_rest_is_told_as_known(analyst, known):
    known.delete()
    keep_recipe(keep_days=10)
    recent = f"4,Torget 2,Vest,Trafikk,{datetime.now(UTC):%Y-%m-%d} 00:10:00,"
    said_yes_to(analyst, read(analyst, calls(recent)))

    told = page(analyst, read(analyst, calls(*ROWS, recent)))

    assert "Everything that is not left out is known already." in told
    assert "3 rows are left out" in told
    assert "is kept as it is" not in told
