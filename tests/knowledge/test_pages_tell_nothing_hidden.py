"""What anybody is told of figures rests on what anybody reads.

`prove disclosure` asks for every page and file as anybody does; every complete run has a share of
it, with pages among them that do tell of what is hidden and must be found out.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import numpy as np
import pytest
from django.test import Client

from samrad.access.actor import ANONYMOUS
from samrad.analysis.alarms import QUARTERLY, watch
from samrad.knowledge.models import AreaPicture, SheetRow
from samrad.knowledge.pictures import pictures_of
from tests.knowledge.conftest import three_countries  # noqa: F401 (a fixture)
from tests.support.pages_of_figures import an_installation
from tests.support.readers_of_pages import first_counts

SEED = 5  # of a world in which the limits of chance told of what was hidden

pytestmark = pytest.mark.django_db


@pytest.fixture
def anybody(three_countries: None, db: None) -> Iterator[Client]:  # noqa: F811
    return Client()


def test_anybody_is_told_what_was_worked_out_of_what_anybody_reads(anybody: Client):
    chance = np.random.default_rng(SEED)
    here = an_installation(chance, int(chance.choice([3, 5])))
    here.takes_in(first_counts(chance, len(here.codes)))
    held = SheetRow.objects.exclude(protected=[]).filter(area__in=here.areas)
    assert held.filter(finding__isnull=False).exists()
    assert not held.filter(finding_shown__isnull=False).exists()

    told = SheetRow.objects.filter(protected=[], finding_shown__isnull=False)
    assert told.filter(area__in=here.areas).exists()
    differing = [row for row in told if row.finding["among"] != row.finding_shown["among"]]
    assert differing
    assert all(row.finding["among"]["rate"] == row.finding_shown["among"]["rate"] for row in told)


def test_of_what_was_not_worked_out_for_anybody_nothing_is_told(anybody: Client):
    here = an_installation(np.random.default_rng(SEED), 5)
    here.takes_in(first_counts(np.random.default_rng(SEED), len(here.codes)))
    AreaPicture.objects.update(shown=None)
    kept: Any = AreaPicture.objects.order_by("area__code").first()

    told = pictures_of(kept.area, ANONYMOUS)[0]

    assert not told.lines
    assert len(told.held_back) == 3


def test_a_series_of_which_nothing_is_known_stands_in_nobodys_way():
    counts = np.full((3, 30), np.nan)
    counts[0] = [9, 12, 10, 11] * 7 + [9, 12]
    counts[1, -1] = 4

    found = watch(counts, np.array([29]), QUARTERLY, groups=np.zeros(3, dtype=int)).outcome

    assert np.isfinite(found.expected[0, 0])
