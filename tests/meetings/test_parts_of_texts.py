"""A text in parts that each fit says what it said before."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from samrad.meetings.rules.parts import parts_of


@given(text=st.text(alphabet="ab \n", max_size=400), at_most=st.integers(5, 80))
def test_every_part_fits_and_no_word_is_lost(text: str, at_most: int) -> None:
    parts = parts_of(text, at_most)

    assert all(0 < len(part) <= at_most for part in parts)
    assert "".join("".join(parts).split()) == "".join(text.split())


def test_it_breaks_between_paragraphs_where_it_can() -> None:
    assert parts_of("En.\n\nTo.\n\nTre.", 10) == ["En.\n\nTo.", "Tre."]
