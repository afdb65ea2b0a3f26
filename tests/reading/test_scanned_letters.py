"""Words found in spite of a scanner, and other words not mistaken for them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from samrad.reading.lexicon import Lexicon
from samrad.reading.marks import joined
from samrad.reading.ocr import letter_read_for, reading_cost, skeleton, tolerance
from tests.reading.labelled import scanned

TERMS = ("politiråd", "ordfører", "møte", "nærpoliti", "journalfør", "=møter", "faste deltak",
         "*forebygg", "åpningstid", "taushetsplikt", "lensmann", "=to")  # fmt: skip


@pytest.mark.parametrize(
    ("read", "term"),
    [
        ("politirddet", "politiråd"),
        ("politirad", "politiråd"),
        ("polititad", "politiråd"),
        ("politiréd", "politiråd"),
        ("ordfgreren", "ordfører"),
        ("Ordferer", "ordfører"),
        ("mgter", "=møter"),
        ("meter", "=møter"),
        ("narpolitireformen", "nærpoliti"),
        ("naerpolitiet", "nærpoliti"),
        ("journaifgring", "journalfør"),
        ("dpningstider", "åpningstid"),
        ("Faste deltakere", "faste deltak"),
        ("rusforebyggende", "*forebygg"),
    ],
)
def test_what_scanners_made_of_a_word_is_still_the_word(read, term):
    assert term in {hit.term for hit in Lexicon(TERMS).read(read).hits}


@pytest.mark.parametrize(
    ("read", "term"),
    [
        ("kommune", "=kommuner"),
        ("kommunens", "=kommunenes"),
        ("kommunen", "=kommunene"),
        ("tre", "=to"),
        ("landbruk", "lensmann"),
        ("matematikk", "=møter"),
    ],
)
def test_another_word_is_not_taken_for_it(read, term):
    assert not Lexicon((term,)).read(read).hits


@pytest.mark.parametrize("term", [term for term in TERMS if " " not in term and term[0].isalpha()])
@given(st.integers(0, 10_000))
def test_a_word_misread_as_scanners_misread_has_the_cost_of_a_misreading(term, seed):
    read = scanned(term, 1, seed)

    assert reading_cost(term, read, whole=False, limit=9) <= tolerance(len(term)) + 1


def test_terms_of_several_words_may_have_one_word_between():
    lexicon = Lexicon(["faste deltak"])

    assert lexicon.read("faste og deltakere").hits
    assert not lexicon.read("faste møter for alle deltakere").hits


def test_the_letter_a_typeface_is_read_as_tells_it():
    assert letter_read_for("møte", "mgte", "ø") == "g"
    assert letter_read_for("møte", "mete", "ø") == "e"
    assert letter_read_for("møte", "matte", "ø") is None


@given(st.text(max_size=60))
def test_folding_twice_is_folding_once(text):
    assert skeleton(skeleton(text)) in {skeleton(text), skeleton(skeleton(skeleton(text)))}


@pytest.mark.parametrize(
    ("parts", "whole"),
    [
        (["kriminalitets-", "forebyggende arbeid"], "kriminalitetsforebyggende arbeid"),
        (["avsnitt. SLT-", "Koordinator deltar"], "avsnitt. SLT-Koordinator deltar"),
        (["ledes av SLT-", "koordinatoren"], "ledes av SLT-koordinatoren"),
        (["rus-", "og kriminalitet"], "rus- og kriminalitet"),
        (["en linje", "og en til"], "en linje og en til"),
    ],
)
def test_broken_lines_are_joined(parts, whole):
    assert joined(parts) == whole
