"""The same words in several languages, and who reads what when theirs is missing (Q1)."""

from __future__ import annotations

import pytest

from samrad.kernel.multilingual import LANGUAGES, Words, nearest_languages


@pytest.mark.parametrize(
    ("reader", "written", "shown"),
    [
        ("nn", {"nb": "bokmål", "da": "dansk", "en": "English"}, "bokmål"),
        ("nb", {"nn": "nynorsk", "da": "dansk", "en": "English"}, "nynorsk"),
        ("da", {"nb": "bokmål", "sv": "svenska", "en": "English"}, "bokmål"),
        ("sv", {"da": "dansk", "en": "English"}, "dansk"),
        ("en", {"sv": "svenska", "nb": "bokmål"}, "bokmål"),
        ("nn", {"en": "English"}, "English"),
        ("nb-NO", {"nb": "bokmål", "en": "English"}, "bokmål"),
        ("no", {"nb": "bokmål", "en": "English"}, "bokmål"),
        ("sv_SE", {"sv": "svenska", "en": "English"}, "svenska"),
        ("fi", {"nb": "bokmål", "en": "English"}, "English"),
    ],
)
def test_a_reader_gets_the_nearest_language_that_is_written(reader, written, shown):
    assert Words.from_mapping(written).in_language(reader) == shown


def test_nothing_written_is_an_empty_text_and_false():
    assert Words().in_language("nb") == ""
    assert not Words()
    assert Words(sv="ord")


def test_every_reader_is_offered_all_five_languages_their_own_first():
    for language in LANGUAGES:
        assert nearest_languages(language)[0] == language
        assert sorted(nearest_languages(language)) == sorted(LANGUAGES)


def test_words_survive_being_stored():
    words = Words(nb="møte", en="meeting")

    assert Words.from_mapping(words.as_mapping()) == words
    assert words.as_mapping() == {"nb": "møte", "en": "meeting"}
    assert words.missing() == ("nn", "da", "sv")


def test_a_language_we_do_not_have_is_refused():
    with pytest.raises(ValueError, match="unknown language: fi"):
        Words.from_mapping({"fi": "kokous"})


def test_a_proper_name_is_the_same_for_everybody():
    assert {Words.same("SLT").in_language(language) for language in LANGUAGES} == {"SLT"}
