"""Counts a month from files of incidents: every incident once, every month in its place."""

from __future__ import annotations

import duckdb
import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from samrad.analysis.cubes import cube_of

PLACES, KINDS = 5, 3


@pytest.fixture
def month(tmp_path):
    def written(name: str, districts: list, categories: list):
        path = tmp_path / f"{name}.parquet"
        table = pa.table({
            "incident": pa.array(range(len(districts)), pa.int64()),
            "district": pa.array(districts, pa.int32()),
            "category": pa.array(categories, pa.int32()),
        })  # fmt: skip
        pq.write_table(table, path)
        return path

    return written


def test_the_cube_is_what_a_database_counts(month):
    rng = np.random.default_rng(7)
    files = {
        name: month(
            name, rng.integers(0, PLACES, 400).tolist(), rng.integers(0, KINDS, 400).tolist()
        )
        for name in ("2026-02", "2026-01", "2025-12")
    }

    cube = cube_of(files, places=PLACES, kinds=KINDS)

    assert cube.months == ("2025-12", "2026-01", "2026-02")
    for number, name in enumerate(cube.months):
        counted = duckdb.read_parquet(str(files[name])).aggregate("district, category, count(*)")
        rows = counted.fetchall()
        expected = np.zeros((PLACES, KINDS))
        for district, category, count in rows:
            expected[district, category] = count
        assert (cube.told[..., number] == expected).all()


def test_what_has_no_place_is_counted_and_belongs_to_nobody(month):
    cube = cube_of({"2026-01": month("a", [0, None, 4], [2, 1, None])}, places=PLACES, kinds=KINDS)

    assert cube.counts.sum() == 3
    assert cube.told.sum() == 1
    assert (cube.counts[-1, 1, 0], cube.counts[4, -1, 0]) == (1, 1)


def test_a_month_more_is_the_cube_counted_anew(month):
    first, second = month("a", [0, 1], [0, 1]), month("b", [2, 2], [2, 2])
    both = cube_of({"2026-01": first, "2026-02": second}, places=PLACES, kinds=KINDS)

    later = cube_of({"2026-01": first}, places=PLACES, kinds=KINDS).with_month("2026-02", second)
    earlier = cube_of({"2026-02": second}, places=PLACES, kinds=KINDS).with_month("2026-01", first)

    for one in (later, earlier):
        assert one.months == both.months
        assert (one.counts == both.counts).all()


def test_a_month_that_comes_again_takes_its_own_place(month):
    files = {"2026-01": month("a", [0], [0]), "2026-02": month("b", [1], [1])}
    cube = cube_of(files, places=PLACES, kinds=KINDS)

    again = cube.with_month("2026-01", month("c", [3, 3], [0, 0]))

    assert again.months == cube.months
    assert again.told[3, 0].tolist() == [2, 0]
    assert again.told[0, 0].sum() == 0


def test_a_code_nobody_knows_is_refused(month):
    with pytest.raises(ValueError, match="codes from 0 to 9"):
        cube_of({"2026-01": month("a", [0, 9], [0, 0])}, places=PLACES, kinds=KINDS)
