"""How right the reader is, and how well it knows it: with and without a scanner's noise."""

from __future__ import annotations

from functools import cache

import pytest

from samrad.reading.reader import read_document
from tests.reading.labelled import NAMES, STRENGTHS, Score, labelled, scanned, score

SEEDS = (1, 2)


@cache
def at_strength(strength: int) -> Score:
    total = Score(0, 0, 0)
    for name in NAMES:
        document = labelled(name)
        for seed in SEEDS if strength else SEEDS[:1]:
            noisy = scanned(document.text, strength, seed).encode()
            found = read_document(noisy, f"{name}.txt", document.country)
            total += score(found, list(document.parts()))
    return total


@pytest.mark.parametrize("strength", STRENGTHS)
def test_nine_in_ten_passages_are_right_and_one_in_twenty_wrong_at_most(strength):
    placed = at_strength(strength)

    assert placed.total > 100
    assert placed.right >= 0.9 * placed.total, placed.mistakes
    assert placed.wrong <= 0.05 * placed.total, placed.mistakes


def test_the_reader_is_as_right_as_it_says():
    """Among passages of about the same confidence, about that share is right, or more."""
    all_of_them = [pair for strength in STRENGTHS for pair in at_strength(strength).confident]
    for low, high in ((0.5, 0.7), (0.7, 0.9), (0.9, 1.01)):
        band = [(said, right) for said, right in all_of_them if low <= said < high]
        if len(band) < 10:
            continue  # too few to tell
        said = sum(confidence for confidence, _ in band) / len(band)
        right = sum(right for _, right in band) / len(band)
        assert right >= said - 0.1, (low, high, len(band), said, right)
