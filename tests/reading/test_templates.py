"""The agreement templates and word lists: whole, checked, and at one with the profiles."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

import samrad
from samrad.profiles.model import UnknownCode
from samrad.profiles.reader import DATA, profile, profile_codes
from samrad.profiles.schema import ProfileError
from samrad.reading import templates
from samrad.reading.headings import Headings
from samrad.reading.messages import FACTS, STRENGTHS, trouble
from samrad.reading.templates import (
    GENERAL,
    Need,
    ToldBy,
    agreement_kinds,
    agreement_template,
)
from samrad.reading.unreadable import Trouble, Unreadable
from samrad.reading.vocabulary import vocabulary

COUNTRIES = profile_codes()
KINDS = [(country, kind) for country in COUNTRIES for kind in agreement_kinds(country)]


@pytest.mark.parametrize(("country", "kind"), KINDS)
def test_every_template_has_clauses_and_requirements(country, kind):
    template = agreement_template(country, kind)

    assert len(template.clauses) >= 8
    assert {one.strength for one in template.requirements} >= {Need.MUST, Need.SHOULD}
    assert not template.name.missing()
    assert not template.title.missing()
    for clause in template.clauses:
        assert not clause.title.missing()
        assert not clause.guidance.missing()
        own = clause.text.as_mapping()
        assert set(own) == set(template.words.languages), clause.key


def test_the_kinds_of_agreement_that_are_made_in_each_country():
    assert agreement_kinds("no") == (GENERAL, "theme")
    assert agreement_kinds("dk") == (GENERAL, "intent", "ssp", "terms", "theme")
    assert agreement_kinds("se") == (GENERAL,)


@pytest.mark.parametrize(("country", "kind"), KINDS)
def test_a_kind_lies_under_kinds_of_the_same_country_and_never_under_itself(country, kind):
    above = agreement_template(country, kind).under

    assert kind not in above
    assert set(above) <= set(agreement_kinds(country))
    assert bool(above) is (kind != GENERAL)


def test_terms_of_reference_have_the_headings_of_the_general_agreement_and_words_of_their_own():
    general, terms = agreement_template("dk"), agreement_template("dk", "terms")

    assert [one.key for one in terms.clauses] == [one.key for one in general.clauses]
    assert terms.clause("council").guidance != general.clause("council").guidance
    assert terms.clause("expectations") == general.clause("expectations")
    assert set(terms.clause("council").telling) > set(general.clause("council").telling)


def test_a_kind_nobody_has_made_a_template_of_is_named_with_those_there_are():
    with pytest.raises(UnknownCode, match="ssp"):
        agreement_template("dk", "wishes")


@pytest.mark.parametrize(("country", "kind"), KINDS)
def test_every_clause_is_recognised_by_its_own_title(country, kind):
    template = agreement_template(country, kind)
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


@pytest.mark.parametrize(("country", "kind"), KINDS)
def test_roles_are_roles_of_the_profile(country, kind):
    known = {role.code for role in profile(country).roles}
    template = agreement_template(country, kind)

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
