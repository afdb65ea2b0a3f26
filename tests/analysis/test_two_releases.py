"""What leaves the house, and what a second release gives away beside the first."""

from __future__ import annotations

import numpy as np
import pytest

from samrad.analysis.disclosure import (
    Dimension,
    Method,
    Rule,
    Table,
    audit,
    publish,
    publish_again,
    round_small,
)

PLACES = Dimension.with_total("place", ["Ås", "Vestby", "Frogn", "Nesodden"])
OFFENCES = Dimension.with_total("offence", ["burglary", "assault", "theft"])
COUNTS = np.array([[2, 14, 30], [20, 31, 40], [25, 1, 45], [12, 18, 22]])
TABLE = Table.of(PLACES, OFFENCES)
HIDE, ROUND = Rule(Method.SUPPRESS), Rule(Method.ROUND, seed=4)


def test_nothing_is_derived_for_a_hidden_cell():
    release = publish(TABLE, COUNTS, HIDE)
    people = np.full(TABLE.cells, 10_000.0)

    assert release.hidden.sum() >= 4
    for figures in (release.rates(people), release.shares(TABLE.cells - 1),
                    release.told(TABLE.totals(COUNTS)), release.changes(release)):  # fmt: skip
        assert np.isnan(figures[release.hidden]).all()
    assert np.isnan(release.rates(np.zeros(TABLE.cells))).all()


def test_a_finding_is_told_of_a_rounded_cell_only_where_nothing_small_is_summed():
    release = publish(TABLE, COUNTS, ROUND)

    told = release.told(np.ones(TABLE.cells)).reshape(5, 4)

    assert np.isnan(told[0, [0, 3]]).all()  # the small cell and its row
    assert np.isnan(told[4, 3])  # the sum of all
    assert told[1, 1] == 1
    assert not release.hidden.any()


def test_what_was_shown_stays_shown_and_what_was_hidden_stays_hidden():
    first = publish(TABLE, COUNTS, HIDE)
    revised = COUNTS.copy()
    revised[1, 2] += 5

    second = publish_again(first, COUNTS, TABLE, revised)

    assert (second.hidden >= first.hidden).all()
    assert second.kept.audit.passed


def test_a_month_more_and_the_sum_of_both_do_not_open_the_first():
    months = [Table.of(PLACES, OFFENCES, Dimension("time", ["January"])),
              Table.of(PLACES, OFFENCES,
                       Dimension.with_total("time", ["January", "February"]))]  # fmt: skip
    both = np.stack([COUNTS, COUNTS[::-1]], axis=2)
    same = np.stack([np.arange(12).reshape(4, 3), np.full((4, 3), -1)], axis=2)

    first = publish(months[0], COUNTS, HIDE)
    second = publish_again(first, COUNTS, months[1], both, same)

    assert second.kept.audit.passed
    january = second.hidden.reshape(5, 4, 3)[:, :, 0].reshape(-1)
    assert (january >= first.hidden).all()


def test_the_next_rounded_release_rounds_what_did_not_change_as_before():
    first = publish(TABLE, COUNTS, ROUND)
    revised = COUNTS.copy()
    revised[1, 2] += 5

    second = publish_again(first, COUNTS, TABLE, revised)

    same = (revised == COUNTS).reshape(-1)
    assert (second.kept.inner[same] == first.kept.inner[same]).all()


def test_whoever_knows_the_method_of_rounding_cannot_run_it_backwards():
    """A lone small count may go either way, as a lot decides that nobody else sees."""
    ways = {count: set() for count in (1, 2)}
    for count, shown in ways.items():
        counts = COUNTS.copy()
        counts[0, 0], counts[2, 1] = count, 9
        shown |= {int(round_small(TABLE, counts, seed=seed).inner[0]) for seed in range(40)}

    assert ways == {1: {0, 3}, 2: {0, 3}}


def test_nobody_publishes_what_was_not_counted():
    with pytest.raises(ValueError, match="whole numbers"):
        publish(TABLE, np.where(COUNTS == 2, np.nan, COUNTS), ROUND)


def test_a_sum_that_is_hidden_though_all_its_parts_are_shown_is_known():
    hidden = np.zeros(TABLE.cells, dtype=bool)
    hidden[-1] = True

    assert not audit(TABLE, COUNTS, hidden, hidden, protection=3).passed
