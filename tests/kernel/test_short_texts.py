"""A text that is too long for its column is cut where a reader can stand it."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from samrad.kernel.text import shortened


def test_a_text_is_cut_between_two_words() -> None:
    assert shortened("De andre strekningene tas med", at_most=20) == "De andre…"
    assert shortened("De andre strekningene tas med", at_most=22) == "De andre strekningene…"
    assert shortened("De andre", at_most=8) == "De andre"
    assert shortened("Menneskerettighetsdomstolen", at_most=10) == "Mennesker…"


@given(st.text(), st.integers(1, 60))
def test_it_is_never_longer_than_the_column(text: str, at_most: int) -> None:
    cut = shortened(text, at_most=at_most)
    assert len(cut) <= at_most
    assert cut == text or cut.endswith("…")
