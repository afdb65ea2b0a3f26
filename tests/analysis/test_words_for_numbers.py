"""What may be said of a result, and what nobody can write whatever the figures look like."""

from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import stats

from samrad.analysis.comparison import against_group
from samrad.analysis.effects import relative_rate_ratio
from samrad.analysis.words import (
    RULES,
    Code,
    Guard,
    Method,
    Question,
    Result,
    Statement,
    Sure,
    how_sure,
    statement,
)
from tests.support.examples import tries

CLAIMS_AN_EFFECT = {Code.FELL_MORE_THAN_ELSEWHERE}
DIRECTIONS = {
    Code.RISES, Code.FALLS, Code.HIGHER, Code.LOWER, Code.FELL_BUT_NO_PROOF,
    Code.FELL_MORE_THAN_ELSEWHERE, Code.ROSE_MORE_THAN_ELSEWHERE,
}  # fmt: skip

# question, ratio, low, high, p, n, method, guards → what is said
TABLE = [
    ("change", 1.4, 1.2, 1.7, 0.001, 200, "none", [], Code.RISES),
    ("change", 0.6, 0.5, 0.8, 0.001, 200, "none", [], Code.FALLS),
    ("change", 1.4, 0.9, 2.1, 0.12, 40, "none", [], Code.NO_CLEAR_CHANGE),
    ("change", 1.02, 0.93, 1.12, 0.7, 2000, "none", [], Code.ABOUT_THE_SAME),
    ("change", 1.03, 1.01, 1.05, 0.001, 90000, "none", [], Code.ABOUT_THE_SAME),
    ("change", 4.0, 1.1, 14, 0.03, 5, "none", [], Code.TOO_FEW),
    ("change", 0.6, 0.5, 0.8, 0.001, 200, "none", [Guard.INCOMPLETE], Code.NOT_YET),
    ("change", 1.4, 1.2, 1.7, 0.001, 200, "none", [Guard.INCOMPLETE], Code.RISES),
    ("change", 1.4, 1.2, 1.7, 0.001, 200, "none", [Guard.HIDDEN], Code.NOT_TOLD),
    ("change", 1.4, 1.2, 1.7, 0.001, 200, "none", [Guard.DEFINITION_CHANGED], Code.NOT_COMPARABLE),
    ("change", 9.0, 3.0, 30, 0.001, 20, "none", [Guard.SEPARATED], Code.TOO_FEW),
    ("change", 1.4, 1.2, 1.7, 0.001, 200, "none", [Guard.MISSING], Code.UNKNOWN),
    ("change", 4.0, 1.1, 14, 0.03, 19, "none", [], Code.TOO_FEW),
    ("change", 0.0, 0.0, 0.1, 0.001, 42, "none", [], Code.FALLS),
    ("change", math.inf, 9.5, math.inf, 0.001, 33, "none", [], Code.RISES),
    ("difference", 1.4, 1.2, 1.7, 0.001, 200, "none", [], Code.HIGHER),
    ("difference", 0.6, 0.5, 0.8, 0.001, 200, "none", [], Code.LOWER),
    ("difference", 1.0, 0.9, 1.1, 0.9, 900, "none", [], Code.SIMILAR),
    ("difference", 1.3, 0.8, 2.0, 0.3, 50, "none", [], Code.NO_CLEAR_DIFFERENCE),
    ("target", 0.96, 0.93, 0.99, 1, 900, "none", [], Code.TARGET_KEPT),
    ("target", 0.98, 0.97, 1.0, 1, 9000, "none", [], Code.TARGET_KEPT),
    ("target", 1.042, 1.04, 1.044, 1, 5000, "none", [], Code.TARGET_MISSED),
    ("target", 1.002, 1.001, 1.003, 1, 90000, "none", [], Code.TARGET_MISSED),
    ("target", 1.042, 0.99, 1.09, 1, 60, "none", [], Code.TARGET_NOT_CLEAR),
    ("target", 0.99, 0.97, 1.01, 1, 900, "none", [], Code.TARGET_NOT_CLEAR),
    ("target", 1.2, 1.1, 1.3, 1, 19, "none", [], Code.TOO_FEW),
    ("effect", 0.6, 0.4, 0.8, 0.001, 300, "moderate", [], Code.FELL_MORE_THAN_ELSEWHERE),
    ("effect", 0.6, 0.4, 0.8, 0.001, 300, "weak", [], Code.FELL_BUT_NO_PROOF),
    ("effect", 0.6, 0.4, 0.8, 0.001, 300, "none", [], Code.FELL_BUT_NO_PROOF),
    ("effect", 0.6, 0.4, 0.8, 0.001, 300, "strong", [Guard.ALARM_IN_BASELINE],
     Code.FELL_BUT_NO_PROOF),
    ("effect", 0.6, 0.4, 0.8, 0.001, 300, "strong", [Guard.MOVED_BEFORE], Code.FELL_BUT_NO_PROOF),
    ("effect", 0.65, 0.37, 1.17, 0.15, 195, "strong", [], Code.NO_CLEAR_EFFECT),
    ("effect", 1.6, 1.2, 2.2, 0.002, 300, "strong", [], Code.ROSE_MORE_THAN_ELSEWHERE),
]  # fmt: skip


@pytest.mark.parametrize("row", TABLE)
def test_the_table_of_what_is_said(row):
    question, ratio, low, high, p, n, method, guards, expected = row

    said = statement(
        Result(Question(question), ratio, low, high, p, n, Method(method), frozenset(guards))
    )

    assert said.code is expected


def test_every_code_has_a_row_and_every_row_is_tried():
    assert {code for code, _ in RULES} == set(Code)
    assert {row[-1] for row in TABLE} == set(Code)


@settings(max_examples=tries(500))
@given(
    question=st.sampled_from(Question),
    numbers=st.tuples(*[st.floats(allow_nan=True, allow_infinity=True)] * 4),
    n=st.integers(-5, 10**6),
    method=st.sampled_from(Method),
    guards=st.frozensets(st.sampled_from(Guard)),
)
def test_whatever_comes_something_can_be_said_and_no_claim_rests_on_noise(
    question, numbers, n, method, guards
):
    result = Result(question, *numbers, n, method, guards)

    said = statement(result)

    if said.code in DIRECTIONS:
        assert result.p <= 0.05
        assert result.low > 1 or result.high < 1
        assert result.n >= 20
    if said.code in {Code.TARGET_KEPT, Code.TARGET_MISSED}:
        assert result.high <= 1 or result.low > 1
        assert (said.code is Code.TARGET_KEPT) == (result.ratio <= 1)
        assert result.n >= 20
    if said.code in CLAIMS_AN_EFFECT:
        assert result.high < 1
        assert method in {Method.MODERATE, Method.STRONG}
        assert not guards & {Guard.ALARM_IN_BASELINE, Guard.MOVED_BEFORE, Guard.HIDDEN}


def test_on_noise_an_effect_is_told_as_rarely_as_promised():
    chance = np.random.default_rng(8)
    said = []
    for _ in range(1000):
        found = relative_rate_ratio(*chance.poisson(60, 4))
        result = Result(
            Question.EFFECT, found.ratio, found.low, found.high, found.p, 240, Method.STRONG
        )
        said.append(statement(result).code)

    assert said.count(Code.FELL_MORE_THAN_ELSEWHERE) < 40
    assert said.count(Code.NO_CLEAR_EFFECT) > 930


def test_a_statement_brings_what_its_sentence_needs():
    found = Result(
        Question.EFFECT, 0.65, 0.5, 0.845, 0.002, 300, Method.WEAK,
        frozenset({Guard.ALARM_IN_BASELINE}),
    )  # fmt: skip

    assert statement(found) == Statement(
        Code.FELL_BUT_NO_PROOF, -35, -50, -16, 300, Method.WEAK, (Guard.ALARM_IN_BASELINE,)
    )
    hidden = Result(Question.CHANGE, 2, 1.5, 3, 0.01, 2, guards=frozenset({Guard.HIDDEN}))
    assert statement(hidden) == Statement(Code.NOT_TOLD)
    endless = Result(Question.CHANGE, 2, 1.5, math.inf, 0.01, 20)
    assert statement(endless).percent_high is None


@pytest.mark.parametrize(
    ("ratio", "low", "high", "p", "sure"),
    [
        (2.9, 1.40, 6.09, 0.004, Sure.FAIRLY),  # an interval of 99 % leaves out 1 as well
        (2.2, 1.10, 4.40, 0.03, Sure.LIKELY),
        (2.2, 1.10, 4.40, 0.01, Sure.LIKELY),
        (2.2, 1.05, 4.61, 0.04, Sure.HARDLY),  # it may be 5 %, which is not called a change
        (1.2, 1.05, 1.40, 0.001, Sure.HARDLY),
        (0.5, 0.30, 0.80, 0.002, Sure.FAIRLY),
        (0.5, 0.28, 0.90, 0.02, Sure.LIKELY),
        (0.7, 0.50, 0.97, 0.03, Sure.HARDLY),
        (2.9, 1.40, 6.09, None, Sure.LIKELY),  # nobody knows how rare it is
        (None, 3.0, None, 0.001, Sure.LIKELY),  # from nothing to much
        (0.0, 0.0, 0.4, 0.001, Sure.LIKELY),  # none any more
        (0.0, 0.0, 0.99, 0.04, Sure.HARDLY),
        (None, 0.0, None, 1.0, Sure.HARDLY),
    ],
)
def test_how_sure_is_one_of_three_words(ratio, low, high, p, sure):
    assert how_sure(ratio, low, high, p) is sure


def test_of_few_degrees_of_freedom_an_interval_of_99_percent_is_far_wider():
    """Sixteen quarters and five terms leave eleven: 99 % is 1.41 times 95 %, and not 1.31."""
    end, size = np.log(1.27), 1.0  # the nearer end lies at 24 % of it
    reach = stats.t.ppf([0.975, 0.995], 11)
    spread = (size - end) / reach[0]
    p = 2 * stats.t.sf(size / spread, 11)

    assert np.exp(size - reach[1] * spread) < 1
    assert how_sure(np.exp(size), np.exp(end), np.exp(2 * size - end), p) is Sure.LIKELY


@pytest.mark.parametrize(("count", "is_rare"), [(8, False), (12, False), (14, False), (18, False),
                                                (20, True)])  # fmt: skip
def test_of_few_counts_in_a_small_group_chance_reaches_as_far_as_by_t(count: int, is_rare: bool):
    """At 95 % the interval and p agree; further out t of six municipalities is wider still."""
    found = against_group(count, 10_000, [5] * 6, [10_000] * 6)

    assert found is not None
    assert (found.low > 1) == (found.p < 0.05)
    assert (found.p < 0.01) is is_rare
