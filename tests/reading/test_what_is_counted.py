"""Words that mean the same, things counted up, days and rhythms, whichever way they are written."""

from __future__ import annotations

from datetime import date

import pytest

from samrad.reading.concepts import concepts_in, concepts_of
from samrad.reading.facts.counted import chosen, counted, figure_in, says_only_result
from samrad.reading.facts.dates import first_day_in, last_day_in
from samrad.reading.vocabulary import vocabulary


@pytest.mark.parametrize("word", ["mødes", "møtes", "möts", "samlas", "træffes", "treffest"])
def test_to_meet_is_the_same_whoever_writes_it(word):
    assert "meet" in concepts_of(word)


def test_what_takes_two_words_is_known_by_the_first():
    assert any("lasts" in concepts for concepts in concepts_in("från och med i dag"))


def test_a_word_about_nothing_known_has_no_concept():
    assert not concepts_of("xylofon")


@pytest.mark.parametrize(
    ("text", "pieces"),
    [
        ("Vi satser på (a) rusmidler på skolen, (b) tyveri i havna.", 2),
        ("For det første uro på torvet. For det andre svindel.", 2),
        ("Tre ting: vold i hjemmet, tyveri av diesel og hærverk på skolen.", 3),
        ("Spor 1: Unge på stationen. Spor 2: Svindel mod ældre. Spor 3: Trafik.", 3),
        ("Området er kjent av alle, og vi er enige om det meste.", 0),
    ],
)
def test_what_a_text_counts_up_is_counted(text, pieces):
    assert len(counted(text)) == pieces


def test_what_is_chosen_in_a_row_is_counted_too():
    assert chosen("Vi prioriterar stölder av diesel och maskiner, våld i hemmet, och svindel.") == [
        "stölder av diesel och maskiner",
        "våld i hemmet",
        "svindel",
    ]


@pytest.mark.parametrize(
    "text",
    [
        "Antallet skal halveres.",
        "Fra 46 til 35 sigtede.",
        "Andelen ska sjunka till 8 procent.",
        "Högst 25 per säsong.",
    ],
)
def test_a_result_is_told_by_its_figure(text):
    assert figure_in(text)


def test_an_age_is_no_result():
    assert figure_in("Nettovergrep mot barn under 12") is None
    assert says_only_result("Mål: høyst fem i året")


@pytest.mark.parametrize(
    ("country", "text", "first", "last"),
    [
        ("se", "2023-03-01–2026-12-31.", date(2023, 3, 1), date(2026, 12, 31)),
        ("se", "Fr.o.m. 2024-04-15 t.o.m. 2027-04-14.", date(2024, 4, 15), date(2027, 4, 14)),
        ("no", "Fra 15.03.2022 til 31.12.2025.", date(2022, 3, 15), date(2025, 12, 31)),
        ("dk", "Virker fra den 1. marts 2024 og til 2027.", date(2024, 3, 1), date(2027, 12, 31)),
        ("dk", "Vedtaget den 4. maj 2022.", None, None),
    ],
)
def test_when_it_begins_and_ends(country, text, first, last):
    words = vocabulary(country)

    assert (first_day_in(text, words), last_day_in(text, words)) == (first, last)
