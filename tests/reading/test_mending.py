"""Words a scanner misread are taken for the known words they were, and others are left alone."""

from __future__ import annotations

import pytest

from samrad.reading import mending
from samrad.reading.lexicon import Lexicon
from tests.reading import learning
from tests.reading.labelled import scanned


@pytest.fixture
def known(monkeypatch):
    """A few words that agreements use."""
    words = ["samarbejde", "politirådet", "møder", "ordförande", "kommunen", "evaluering"]
    some = mending.sorted_out(words)
    monkeypatch.setattr(mending, "known", lambda: some)
    mending.forget()
    yield some
    mending.forget()


@pytest.mark.parametrize(
    ("read", "printed"),
    [
        ("politirddet", "politirådet"),
        ("politirad8t", "politirådet"),
        ("politir8det", "politirådet"),
        ("mgder", "møder"),
        ("mpder", "møder"),
        ("ordf0rande", "ordförande"),
        ("kornmunen", "kommunen"),
        ("sanarbejde", "samarbejde"),
        ("evalueriug", "evaluering"),
        ("eva1uering", "evaluering"),
    ],
)
def test_a_misread_word_is_taken_for_the_one_it_was(known, read, printed):
    assert mending.mended_word(read) == printed


@pytest.mark.parametrize("word", ["samarbejder", "kommune", "2024", "ssp", "kamera", ""])
def test_another_word_is_left_alone(known, word):
    assert mending.mended_word(word) == word


def test_what_stands_between_the_words_stays(known):
    assert mending.mended("Kornmunen, mgder (2024)!") == "Kommunen, møder (2024)!"


def test_a_short_word_is_put_right_only_where_a_fact_is_looked_for(monkeypatch):
    some = mending.sorted_out(["år", "hvert"])
    monkeypatch.setattr(mending, "known", lambda: some)
    mending.forget()

    assert mending.wholly_mended("Hvert 8r") == "Hvert år"
    assert mending.mended("Hvert 8r") == "Hvert 8r"
    mending.forget()


def test_a_term_is_found_in_a_word_that_a_scanner_misread(known):
    found = Lexicon(["politiråd"]).read("Politir8det skal")

    assert [hit.term for hit in found.hits] == ["politiråd"]
    assert found.words[0].text == "Politir8det"


def test_most_misread_words_are_mended():
    """Of the words agreements use, read as a bad scanner reads them."""
    words = [word for word in sorted(mending.known().words) if len(word) > 7][::40]
    read = [scanned(word, 3, seed).lower() for seed, word in enumerate(words)]
    spoilt = [(word, seen) for word, seen in zip(words, read, strict=True) if word != seen]
    mended = [mending.mended_word(seen) == word for word, seen in spoilt if seen.isalnum()]

    assert len(mended) > 50
    assert sum(mended) >= 0.8 * len(mended)


def test_the_words_are_those_of_what_was_learned_from():
    """`python -m tests.reading.learning` writes them anew."""
    assert mending.known().words == frozenset(learning.known_words())
