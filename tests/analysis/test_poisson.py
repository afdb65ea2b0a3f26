"""Regression of counts: what must come out when the answer is known without it."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from samrad.analysis.poisson import fit

GROUPS = np.repeat(np.eye(3), 8, axis=0)


def drawn(rows, seed=1, observations=24):
    return np.random.default_rng(seed).poisson(6, (rows, observations)).astype(float)


def test_the_expected_count_of_a_group_is_its_mean():
    counts = drawn(5)

    found = fit(counts, GROUPS)

    means = counts.reshape(5, 3, 8).mean(axis=2)
    assert np.allclose(np.exp(found.coefficients), means, rtol=1e-10)
    assert (found.freedom == 21).all()
    assert found.converged.all()


def test_dispersion_is_pearsons():
    counts = drawn(1)

    found = fit(counts, np.ones((24, 1)))

    assert found.dispersion[0] == pytest.approx(counts.var(ddof=1) / counts.mean(), rel=1e-6)


def test_an_observation_with_weight_zero_counts_for_nothing():
    counts, weights = drawn(2), np.ones((2, 24))
    weights[:, 20:] = 0
    counts[:, 20:] = np.nan

    found = fit(counts, np.ones((24, 1)), weights=weights)

    assert np.allclose(np.exp(found.coefficients[:, 0]), counts[:, :20].mean(axis=1))
    assert (found.freedom == 19).all()


def test_a_group_nobody_observed_costs_no_degree_of_freedom():
    weights = np.ones((2, 24))
    weights[:, :8] = 0

    found = fit(drawn(2), GROUPS, weights=weights)

    assert (found.coefficients[:, 0] == 0).all()
    assert (found.freedom == 14).all()


def test_with_the_population_as_offset_a_rate_is_estimated():
    population = np.linspace(1000, 2000, 24)
    counts = drawn(3)

    found = fit(counts, np.ones((24, 1)), offset=np.tile(np.log(population), (3, 1)))

    rates = counts.sum(axis=1) / population.sum()
    assert np.allclose(np.exp(found.coefficients[:, 0]), rates)


def test_a_straight_line_on_the_log_scale_is_found_again():
    time = np.linspace(-1, 0, 24)
    design = np.column_stack([np.ones(24), time])

    found = fit(np.exp(2 + 0.7 * time)[None, :], design)

    assert np.allclose(found.coefficients, [[2, 0.7]], atol=1e-9)


@given(st.permutations(range(12)))
def test_a_series_does_not_notice_the_others(order):
    counts = drawn(12)

    together, alone = fit(counts, GROUPS), fit(counts[list(order)], GROUPS)

    assert np.allclose(together.coefficients[list(order)], alone.coefficients, atol=1e-12)


def test_nothing_but_zeros_stays_finite():
    found = fit(np.zeros((2, 24)), GROUPS)

    assert np.isfinite(found.means).all()
    assert (found.means < 1e-8).all()


@pytest.mark.parametrize(
    ("shapes", "says"),
    [
        ({"counts": (2, 23)}, "23 observations a row, but 24 rows of design"),
        ({"weights": (2, 3)}, "weights have the shape"),
        ({"counts": (24,)}, "rows × observations"),
    ],
)
def test_arrays_that_do_not_fit_each_other_are_named(shapes, says):
    given = {name: np.ones(shape) for name, shape in shapes.items()}

    with pytest.raises(ValueError, match=says):
        fit(given.pop("counts", np.ones((2, 24))), GROUPS, **given)
