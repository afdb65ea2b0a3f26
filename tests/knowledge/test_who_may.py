"""Who takes data in: analysts, and nobody else."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from samrad.kernel.verdict import Refused
from samrad.knowledge.actions import take_in
from samrad.knowledge.models import Release
from samrad.knowledge.packaged import packaged_recipes
from samrad.knowledge.staging import stage
from tests.knowledge.conftest import KNOWN

NOON = datetime(2026, 11, 21, 11, tzinfo=UTC)


def test_who_is_no_analyst_takes_nothing_in(cast):
    path = KNOWN["se-population"]
    read = stage(
        content=path.read_bytes(), name=path.name, recipe=packaged_recipes()["se-population"],
        answers={"area": "leave"},
    )  # fmt: skip

    for who in (cast.chair, cast.secretary, cast.administrator, cast.stranger, cast.guest):
        with pytest.raises(Refused):
            take_in(staged=read, by=who.actor, at=NOON)
    assert not Release.objects.exists()

    release = take_in(staged=read, by=cast.analyst.actor, at=NOON)
    assert release.taken_in_by_id == cast.analyst.person.pk
