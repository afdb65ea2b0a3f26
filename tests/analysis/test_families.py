"""Many tests at once."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from samrad.analysis.families import METHODS, adjusted
from tests.analysis import reference

PROBABILITIES = st.lists(st.floats(0, 1), min_size=1, max_size=40).map(np.array)


@pytest.mark.parametrize("method", METHODS)
def test_every_number_equals_the_reference(method):
    rows = reference.rows_of(reference.DATA / "p_adjust.csv")

    found = adjusted(reference.column(rows, "p"), method)

    assert np.allclose(found, reference.column(rows, method), atol=1e-12, rtol=0)


@given(PROBABILITIES, st.sampled_from(METHODS))
def test_adjusting_never_makes_anything_less_probable_to_be_chance(p, method):
    found = adjusted(p, method)

    assert (found >= p - 1e-12).all()
    assert (found <= 1).all()
    order = np.argsort(p)
    assert (np.diff(found[order]) >= -1e-12).all()


@given(PROBABILITIES)
def test_the_stricter_promise_gives_the_larger_number(p):
    assert (adjusted(p, "BY") >= adjusted(p, "BH") - 1e-12).all()
    assert (adjusted(p, "holm") >= adjusted(p, "BH") - 1e-12).all()


def test_every_column_is_a_family_and_what_is_unknown_belongs_to_none():
    p = np.array([[0.01, 0.5], [0.02, np.nan], [0.9, 0.01]])

    found = adjusted(p)

    assert found[:, 0] == pytest.approx([0.03, 0.03, 0.9])
    assert found[[0, 2], 1] == pytest.approx([0.5, 0.02])
    assert np.isnan(found[1, 1])


def test_what_is_no_probability_is_refused():
    with pytest.raises(ValueError, match="between 0 and 1"):
        adjusted(np.array([1.2]))
    with pytest.raises(ValueError, match="BH, BY, holm"):
        adjusted(np.array([0.2]), "bonferroni")
