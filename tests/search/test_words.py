"""How words are compared, what is asked for, and what is shown of a text."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from samrad.search.rules import MOST_TERMS, asked_for, extract, folded, marked
from tests.support.examples import tries

LETTERS = st.text(alphabet="abcåäöæøéüÅÄÖÆØÉÜáčđŋ -–.,\n'’xyz123", max_size=60)


def words(text: str) -> list[str]:
    return [term.text for term in asked_for(text).terms]


def found_in(text: str, wanted: str) -> list[str]:
    return [piece.text for piece in marked(text, asked_for(wanted)) if piece.is_found]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Ås", "ås"),
        ("Kårhus", "KÅRHUS"),
        ("Kårhus", unicodedata.normalize("NFD", "Kårhus")),
        ("Malmö", "Malmø"),
        ("Sætre", "Sätre"),
        ("idé", "ide"),
        ("Kárášjohka", "karasjohka"),
        ("politi-råd", "Politi råd"),
    ],
)
def test_the_same_word_written_otherwise(one: str, other: str) -> None:
    assert folded(one) == folded(other)


@pytest.mark.parametrize(("one", "other"), [("Ås", "As"), ("för", "for"), ("väg", "vag")])
def test_letters_of_their_own_are_not_others_with_a_mark(one: str, other: str) -> None:
    assert folded(one) != folded(other)


def test_words_phrases_and_what_is_neither() -> None:
    assert words('ungdom «trygt sentrum» "i Ås"') == ["trygt sentrum", "i ås", "ungdom"]
    assert words("forebygg*") == ["forebygg"]
    assert words('" * — "') == []
    assert words("natt\x00liv") == ["nattliv"]


def test_of_very_many_words_the_first_are_looked_for() -> None:
    asked = asked_for(" ".join(f"ord{n}" for n in range(40)))

    assert len(asked.terms) == MOST_TERMS
    assert asked.is_cut


def test_part_of_a_compound_is_picked_out() -> None:
    assert found_in("Om ungdomskriminalitet i sentrum", "KRIMINALITET") == ["kriminalitet"]


def test_two_letters_are_picked_out_only_where_a_word_begins() -> None:
    assert found_in("Gås i Ås og på Åsgård", "ås") == ["Ås", "Ås"]


def test_what_is_picked_out_stands_as_it_was_written() -> None:
    text = "Møtet i SÆTRE, Kårhus"

    assert found_in(text, "sätre kaarhus") == ["SÆTRE", "Kårhus"]
    assert "".join(piece.text for piece in marked(text, asked_for("sætre"))) == text


def test_an_extract_is_taken_where_the_word_stands() -> None:
    text = "Innledning. " * 60 + "Så kommer ungdomskriminalitet." + " Slutt." * 60
    pieces = extract(text, asked_for("kriminalitet"))

    assert pieces[0].text == "… "
    assert [piece.text for piece in pieces if piece.is_found] == ["kriminalitet"]
    assert len("".join(piece.text for piece in pieces)) < 300


@settings(max_examples=tries(400))
@given(LETTERS)
@example("aa Å AÅ")
def test_folding_twice_is_folding_once(text: str) -> None:
    assert folded(folded(text)) == folded(text)


@settings(max_examples=tries(400))
@given(LETTERS, st.integers(0, 60), st.integers(1, 12))
def test_whatever_the_index_finds_is_picked_out(text: str, start: int, length: int) -> None:
    asked = asked_for(folded(text)[start : start + length])
    within = [term for term in asked.terms if len(term.text) > 2]

    for term in within:
        assert term.text not in folded(text) or found_in(text, term.text), (text, term)


@settings(max_examples=tries(400))
@given(LETTERS, LETTERS)
def test_no_letter_is_lost_or_added(text: str, wanted: str) -> None:
    assert "".join(piece.text for piece in marked(text, asked_for(wanted))) == text


@settings(max_examples=tries(400))
@given(st.text(max_size=300))
def test_anything_can_be_asked_for(text: str) -> None:
    asked = asked_for(text)

    assert all(term.text == folded(term.text) != "" for term in asked.terms)
    marked(text, asked)
    extract(text, asked)
