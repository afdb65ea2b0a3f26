"""What may be published of a table: rounded or with cells hidden, and never to be worked
backwards.
"""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from samrad.analysis.disclosure import (
    Dimension,
    Table,
    audit,
    dominated,
    intervals,
    round_small,
    suppress,
)
from samrad.analysis.disclosure.suppression import CannotBeProtected, _Work
from tests.support.examples import tries

# The example of the introduction to SmallCountRounding (Langsrud & Heldal), three rows, five
# columns.
PUBLISHED = np.array([[6, 0, 1, 3, 4], [1, 2, 3, 1, 2], [0, 1, 1, 0, 2]])
ROWS = Dimension.with_total("rows", ["row1", "row2", "row3"])
COLUMNS = Dimension.with_total("cols", ["col1", "col2", "col3", "col4", "col5"])


def municipalities(number: int = 6, offences: int = 4) -> Table:
    """Municipalities in two districts and in two regions that lie across them, by offence."""
    names = [f"m{place}" for place in range(number)]
    half, third = number // 2, number // 3
    where = Dimension.with_total(
        "place", names, D1=names[:half], D2=names[half:], R1=names[:third], R2=names[third:]
    )
    return Table.of(where, Dimension.with_total("offence", [f"o{one}" for one in range(offences)]))


few_incidents = arrays(np.int64, (6, 4), elements=st.sampled_from([0, 0, 1, 1, 2, 3, 4, 7, 20]))


def test_the_published_example_has_a_rounded_total_of_26():
    rounded = round_small(table := Table.of(ROWS, COLUMNS), PUBLISHED, base=5)

    shown = rounded.cells.reshape(4, 6)
    assert shown[-1, -1] == 26
    assert set(np.unique(rounded.inner[PUBLISHED.reshape(-1) < 5])) == {0, 5}
    assert shown[0, 0] == 6
    published = np.array([[6, 0, 0, 5, 5], [0, 0, 5, 0, 0], [0, 0, 0, 0, 5]])
    off = rounded.off_by(table, PUBLISHED)
    assert (off**2).sum() <= ((table.totals(published) - table.totals(PUBLISHED)) ** 2).sum()


def test_with_the_margins_alone_published_the_example_has_a_total_of_28():
    whole = Table.of(ROWS, COLUMNS)
    margins = [number for number, label in enumerate(whole.labels()) if "Total" in label]

    rounded = round_small(Table(whole.design[margins]), PUBLISHED, base=5)

    assert rounded.cells[-1] == 28
    assert not rounded.touched.reshape(3, 5)[:, 0].any()
    assert not ((rounded.cells > 0) & (rounded.cells < 5)).any()


@given(counts=few_incidents, base=st.sampled_from([3, 5]))
@settings(max_examples=tries(60))
def test_a_rounded_table_adds_up_and_has_no_small_cell(counts, base):
    table = municipalities()

    rounded = round_small(table, counts, base=base)

    assert (rounded.cells == table.totals(rounded.inner)).all()
    assert not ((rounded.cells > 0) & (rounded.cells < base)).any()
    large = counts.reshape(-1) >= base
    assert (rounded.inner[large] == counts.reshape(-1)[large]).all()


def test_what_stayed_the_same_is_rounded_the_same_in_the_next_release():
    table, chance = municipalities(), np.random.default_rng(5)
    first = chance.poisson(2, (6, 4))
    then = round_small(table, first, base=3)
    later = first.copy()
    later[0, 0] += 2

    now = round_small(table, later, base=3, earlier=(first, then))

    same = (first == later).reshape(-1)
    assert (now.inner[same] == then.inner[same]).all()
    with pytest.raises(ValueError, match="keeps its base"):
        round_small(table, later, base=5, earlier=(first, then))


@given(counts=arrays(np.int64, (4, 3), elements=st.sampled_from([0, 1, 1, 2, 3, 4, 7, 20])))
@settings(max_examples=tries(200))
def test_a_hidden_cell_may_be_at_least_as_many_values_as_was_asked_for(counts):
    table = municipalities(4, 3)

    hidden = suppress(table, counts, threshold=3)

    cells = np.flatnonzero(hidden.primary)
    lower, upper = intervals(table, counts, hidden.hidden, cells)
    assert (np.floor(upper + 1e-6) - np.ceil(lower - 1e-6) >= 3).all()
    assert np.isnan(hidden.values[hidden.hidden]).all()
    shown = ~hidden.hidden
    assert (hidden.values[shown] == table.totals(counts)[shown]).all()


def test_whoever_is_alone_in_a_hidden_cell_cannot_name_the_one_beside_it():
    counts = np.array([[1, 2, 30], [20, 30, 40], [25, 35, 45]])
    table = Table.of(ROWS, Dimension.with_total("cols", ["a", "b", "c"]))
    number = {label: place for place, label in enumerate(table.labels())}
    alone, beside = number["row1", "a"], number["row1", "b"]
    careless = np.zeros(table.cells, dtype=bool)
    for label in [("row1", "a"), ("row1", "b"), ("row2", "a"), ("row2", "b")]:
        careless[number[label]] = True
    primary = np.isin(np.arange(table.cells), [alone, beside])

    found = audit(table, counts, careless, primary, protection=3)
    mended = suppress(table, counts, threshold=3)

    assert found.under_protected.size == 0
    assert found.insiders == ((alone, beside),)
    assert mended.audit.passed
    lower, upper = intervals(table, counts, mended.hidden, [beside], known=[alone])
    assert upper[0] - lower[0] >= 1


def test_hiding_the_small_cell_alone_hides_nothing():
    counts = np.array([[1, 12, 30], [20, 30, 40], [25, 35, 45]])
    table = Table.of(ROWS, Dimension.with_total("cols", ["a", "b", "c"]))
    only = np.arange(table.cells) == 0

    found = audit(table, counts, only, only, protection=3, exact=True)

    assert not found.passed
    assert (found.lower, found.upper) == (pytest.approx([1]), pytest.approx([1]))


def test_what_somebody_has_seen_cannot_be_hidden_any_more():
    table = Table.of(ROWS, Dimension.with_total("cols", ["a", "b", "c"]))
    counts = np.array([[1, 12, 30], [20, 30, 40], [25, 35, 45]])
    out = np.ones(table.cells, dtype=bool)
    out[0] = False

    with pytest.raises(CannotBeProtected):
        suppress(table, counts, already_out=out)


def test_a_cell_that_one_contributor_dominates_is_protected_like_a_small_one():
    counts = np.array([[40, 12, 30], [20, 30, 40], [25, 35, 45]])
    table = Table.of(ROWS, Dimension.with_total("cols", ["a", "b", "c"]))
    total = table.totals(counts)
    largest = np.where(np.arange(table.cells) == 0, 39, 1)

    hidden = suppress(table, counts, also=dominated(largest, total))

    assert np.flatnonzero(hidden.primary).tolist() == [0]
    assert hidden.hidden.sum() == 4


def test_missing_negative_and_broken_counts_are_refused():
    table = Table.of(ROWS, COLUMNS)
    for wrong in (np.nan, -1, 0.5):
        with pytest.raises(ValueError, match="whole numbers of 0 or more"):
            round_small(table, np.where(PUBLISHED == 6, wrong, PUBLISHED))
    with pytest.raises(ValueError, match="4 counts for 15"):
        round_small(table, [1, 2, 3, 4])
    with pytest.raises(ValueError, match="no such leaf: row9"):
        Table.of(Dimension("rows", ["row1"], {"all": ["row9"]}))


def test_a_nation_with_districts_is_protected_without_a_programme_for_each_cell(monkeypatch):
    """Small sums, and cells whose district holds none to set against them: boxes do, audited."""
    programme, asked = _Work._by_programme, []
    monkeypatch.setattr(
        _Work, "_by_programme", lambda *words: asked.append(words[1]) or programme(*words)
    )
    rng = np.random.default_rng(11)
    places = [f"m{number}" for number in range(120)]
    table = Table.of(
        Dimension.with_total("place", places, **{f"d{n}": places[n::12] for n in range(12)}),
        Dimension.with_total("offence", [f"o{number}" for number in range(20)]),
    )
    counts = rng.poisson(np.outer(rng.lognormal(1, 1, 120), rng.lognormal(-1, 2, 20)))
    small = (table.totals(counts) > 0) & (table.totals(counts) < 3)
    sums = np.delete(np.arange(table.cells), table.own_cell())
    assert small[sums].sum() > 5

    done = suppress(table, counts, threshold=3)

    assert done.audit.passed
    assert len(asked) < small.sum() / 50
