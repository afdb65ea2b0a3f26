"""A small share of the campaign of many editors, in this process's own database."""

from __future__ import annotations

import random
from collections import Counter

import pytest

from tests.campaigns.minutes import MUST_BE_NONE
from tests.support.interleaving import Ground, interleave

pytestmark = pytest.mark.django_db


def told(seed: int, wanted: int, *, careless: bool = False) -> Counter[str]:
    ground, chance = Ground.laid(), random.Random(seed)
    # Counted from 1: what is committed in the campaign would be in the way of other tests.
    return sum(
        (interleave(ground, chance, n, careless=careless) for n in range(1, wanted + 1)),
        Counter[str](),
    )


def test_nobody_loses_a_word_that_was_acknowledged():
    counts = told(7, 12)

    assert {name: counts[name] for name in MUST_BE_NONE} == dict.fromkeys(MUST_BE_NONE, 0)
    assert counts["acknowledged"] > 20
    assert counts["shown side by side"] > 5


def test_a_server_that_does_not_compare_would_be_found_out():
    assert told(7, 12, careless=True)["overwritten_unread"] > 0
