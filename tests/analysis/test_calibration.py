"""The careful limit, and London's spring of 2020: what the methods are for."""

from __future__ import annotations

import csv

import numpy as np
import pytest

from samrad.analysis.alarms import MONTHLY, careful, detect, watch
from tests.analysis.trials_of_alarms import drawn
from tests.support.components import sources

LATEST = np.array([65])


def test_the_careful_limit_is_never_below_the_published_one():
    counts = drawn(np.random.default_rng(1), 6.0, "scattered", 300)

    published, cautious = detect(counts, LATEST, MONTHLY), detect(counts, LATEST, careful(MONTHLY))

    assert np.array_equal(cautious.expected, published.expected)
    assert (cautious.upper >= published.upper).all()
    assert (cautious.lower <= published.lower).all()
    assert cautious.alarm.sum() < published.alarm.sum()


def test_a_doubling_of_what_is_common_is_found_all_the_same():
    counts = drawn(np.random.default_rng(2), 20.0, "scattered", 200)
    counts[:, -1] = np.random.default_rng(3).poisson(50, 200)

    found = watch(counts, LATEST, careful(MONTHLY))

    assert found.outcome.alarm.mean() > 0.9
    assert found.survives.mean() > 0.9


@pytest.mark.sources
def test_the_fall_of_april_2020_is_found_in_london():
    folder = sources()
    path = folder.parent / "data/offences" if folder else None
    files = sorted(path.glob("london_mps_borough_monthly_*.csv")) if path else []
    assert files, "the offences of London belong beside the source documents"
    with files[0].open(encoding="utf-8-sig") as stream:
        heading, *rows = list(csv.reader(stream))
    months = [name for name in heading if name[:6].isdigit()]
    columns = [heading.index(name) for name in months]
    counts = np.array([[float(row[column] or 0) for column in columns] for row in rows])
    april = months.index(next(name for name in months if name.startswith("202004")))
    boroughs = [row[heading.index("LookUp_BoroughName")] for row in rows]
    theft = counts[[" ".join(row).upper().find("THEFT") >= 0 for row in rows]]

    found = watch(theft, np.array([april]), careful(MONTHLY)).outcome

    assert len(set(boroughs)) == 33
    assert found.fall.sum() > 60
    assert found.fall.sum() > 10 * found.alarm.sum()
