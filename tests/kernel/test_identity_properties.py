"""What the identity-number guard promises for every number and every text (N3)."""

from __future__ import annotations

import time
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from samrad.kernel.identity import find_identity_numbers, is_blocked, masked
from tests.kernel.made_numbers import danish, norwegian, swedish
from tests.support.examples import tries

BIRTHDAYS = st.dates(date(1900, 1, 1), date(2031, 12, 31))
SEEDS = st.integers(0, 10**6)
WORDS = st.text(alphabet=st.characters(exclude_categories=["Nd", "Cs", "Mn", "Me"]), max_size=30)
NORWEGIAN_SHIFTS = st.sampled_from([(0, 0), (40, 0), (0, 40), (0, 65), (0, 80), (40, 80)])
GAPS = st.sampled_from(["", " ", "-", ".", "\u00a0", "–", " - ", "\u200b", "\u202f"])


@given(born=BIRTHDAYS, seed=SEEDS, shift=NORWEGIAN_SHIFTS, gap=GAPS, before=WORDS, after=WORDS)
@settings(max_examples=tries(400), deadline=None)
def test_no_norwegian_number_passes(*, born, seed, shift, gap, before, after):
    number = norwegian(f"{born:%d%m%y}", day=shift[0], month=shift[1], seed=seed)
    text = f"{before} {number[:6]}{gap}{number[6:]} {after}"

    found = find_identity_numbers(text)

    assert is_blocked(found)
    assert number[6:] not in masked(text, found)


@given(
    born=BIRTHDAYS,
    seed=SEEDS,
    coordination=st.booleans(),
    century=st.booleans(),
    gap=st.sampled_from(["", "-", "+", " ", "\u00a0", "‑"]),
    before=WORDS,
    after=WORDS,
)
@settings(max_examples=tries(400), deadline=None)
def test_no_swedish_number_passes(*, born, seed, coordination, century, gap, before, after):
    number = swedish(f"{born:%y%m%d}", day=60 if coordination else 0, seed=seed)
    first = f"{born:%Y}"[:2] if century else ""
    text = f"{before} {first}{number[:6]}{gap}{number[6:]} {after}"

    found = find_identity_numbers(text)

    assert is_blocked(found)
    assert number[6:] not in masked(text, found)[len(before) :]


@given(born=BIRTHDAYS, serial=st.integers(0, 9999), gap=st.sampled_from(["-", "", " "]))
@settings(max_examples=tries(300), deadline=None)
def test_no_danish_number_passes_unseen(born, serial, gap):
    number = danish(f"{born:%d%m%y}", serial=serial)

    found = find_identity_numbers(f"{number[:6]}{gap}{number[6:]}")

    assert found
    assert is_blocked(found) or gap != "-"


@given(born=BIRTHDAYS, seed=SEEDS, cuts=st.sets(st.integers(1, 10), min_size=1))
@settings(max_examples=tries(300), deadline=None)
def test_text_recognition_may_split_a_norwegian_number_anywhere(born, seed, cuts):
    number = norwegian(f"{born:%d%m%y}", seed=seed)
    pieces = [number[a:b] for a, b in zip([0, *sorted(cuts)], [*sorted(cuts), 11], strict=True)]

    assert find_identity_numbers(f"Fødselsnummer:\n{' '.join(pieces)}\nAdresse")


@given(text=st.text(alphabet=st.one_of(st.characters(), st.sampled_from("0123456789 -.+/:\n"))))
@settings(max_examples=tries(500), deadline=None)
def test_any_text_is_read_and_every_finding_lies_inside_it(text):
    found = find_identity_numbers(text)

    ends = [0]
    for finding in found:
        assert ends[-1] <= finding.start < finding.end <= len(text)
        assert text[finding.start].isdigit() or text[finding.start] == "+"
        ends.append(finding.end)
    assert len(masked(text, found)) == len(text)


@given(text=st.text(alphabet="0123456789 -.\n\u00a0", max_size=80))
@settings(max_examples=tries(500), deadline=None)
def test_hiding_leaves_nothing_to_block(text):
    shown = masked(text, find_identity_numbers(text))

    assert not is_blocked(find_identity_numbers(shown))


@given(rows=st.lists(st.lists(st.integers(10, 9999), min_size=8, max_size=8), min_size=5))
@settings(max_examples=tries(200), deadline=None)
def test_a_table_of_small_figures_does_not_block(rows):
    table = "\n".join(" ".join(str(figure) for figure in row) for row in rows)

    assert not is_blocked(find_identity_numbers(table))


@pytest.mark.parametrize(
    "text",
    ["1 " * 100_000, "1" * 200_000, "12 34 56 78 " * 20_000, "010101 " * 30_000, "1.\n" * 60_000],
    ids=["single", "unbroken", "pairs", "dates", "list"],
)
def test_time_grows_with_the_text_and_not_faster(text):
    def seconds(length: int) -> float:
        begun = time.process_time()
        find_identity_numbers(text[:length])
        return time.process_time() - begun

    seconds(1000)
    half, whole = seconds(len(text) // 2), seconds(len(text))

    assert whole < 4 * half + 0.05
