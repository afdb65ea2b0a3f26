"""The agreement templates and word lists: whole, checked, and at one with the profiles."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

import samrad
from samrad.profiles.reader import DATA, profile, profile_codes
from samrad.profiles.schema import ProfileError
from samrad.reading import templates
from samrad.reading.headings import Headings
from samrad.reading.messages import FACTS, STRENGTHS, trouble
from samrad.reading.templates import Need, ToldBy, agreement_template
from samrad.reading.unreadable import Trouble, Unreadable
from samrad.reading.vocabulary import vocabulary

COUNTRIES = profile_codes()


@pytest.mark.parametrize("country", COUNTRIES)
def test_every_country_has_a_template_with_clauses_and_requirements(country):
    template = agreement_template(country)

    assert len(template.clauses) >= 9
    assert {one.strength for one in template.requirements} >= {Need.MUST, Need.SHOULD}
    for clause in template.clauses:
        assert not clause.title.missing()
        assert not clause.guidance.missing()
        own = clause.text.as_mapping()
        assert set(own) == set(template.words.languages), clause.key


@pytest.mark.parametrize("country", COUNTRIES)
def test_every_clause_is_recognised_by_its_own_title(country):
    template = agreement_template(country)
    headings = Headings(template)

    for clause in template.clauses:
        for language in template.words.languages:
            title = clause.title.in_language(language)
            assert headings.announced(title).clause == clause.key, title


def test_reading_needs_no_django():
    """The library is plain Python: a script can read a document without a project."""
    script = "import sys, samrad.reading.api; sys.exit('django' in sys.modules)"

    surroundings = {**os.environ, "PYTHONPATH": str(Path(samrad.__file__).parents[1])}

    done = subprocess.run([sys.executable, "-c", script], check=False, env=surroundings)
    assert done.returncode == 0


@pytest.mark.parametrize("country", COUNTRIES)
def test_roles_are_roles_of_the_profile(country):
    known = {role.code for role in profile(country).roles}
    template = agreement_template(country)

    assert set(template.role_words) <= known
    for requirement in template.requirements:
        assert set(requirement.roles) <= known
        if requirement.told_by in {ToldBy.FACT, ToldBy.NUMBER, ToldBy.RESULTS}:
            assert requirement.fact in FACTS


def test_norway_asks_for_what_the_circular_asks_with_its_strength():
    asked = {one.key: one for one in agreement_template("no").requirements}

    for key in ("participants", "chair", "secretary", "goals", "slt_relation"):
        assert asked[key].strength is Need.MUST, key
        assert "2013/012" in asked[key].citation
    for key in ("core_members", "enough_meetings", "expected_results", "evaluation"):
        assert asked[key].strength is Need.SHOULD, key


def test_a_template_that_names_no_clause_is_refused(tmp_path, monkeypatch):
    folder = tmp_path / "no"
    shutil.copytree(DATA / "no", folder)
    file = folder / "agreement.toml"
    file.write_text(
        file.read_text(encoding="utf-8").replace('clause = "slt"', 'clause = "nothing"'),
        encoding="utf-8",
    )
    monkeypatch.setattr(templates, "DATA", tmp_path)
    agreement_template.cache_clear()
    try:
        with pytest.raises(ProfileError, match="names no clause"):
            agreement_template("no")
    finally:
        agreement_template.cache_clear()


def test_a_misspelt_key_in_a_word_list_is_refused(tmp_path, monkeypatch):
    from samrad.reading import vocabulary as module

    text = (module.DATA / "no.toml").read_text(encoding="utf-8")
    (tmp_path / "no.toml").write_text(
        text.replace("[deputy]\nis", "[deputy]\n").replace("takes_over", "takesover"),
        encoding="utf-8",
    )
    monkeypatch.setattr(module, "DATA", tmp_path)
    vocabulary.cache_clear()
    try:
        with pytest.raises(ProfileError, match="takes_over"):
            vocabulary("no")
    finally:
        vocabulary.cache_clear()


@pytest.mark.parametrize("code", list(Trouble))
def test_every_trouble_has_a_sentence_that_says_what_to_do(code):
    parameters = {"megabytes": 1, "most": 1, "characters": 1, "seconds": 1, "format": "ODT"}
    parameters["language"] = "sv"
    sentence = trouble(Unreadable(code, **parameters))

    assert sentence.endswith(".")
    assert "%(" not in sentence
    assert len(STRENGTHS) == len(Need)
