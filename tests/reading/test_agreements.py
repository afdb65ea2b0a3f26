"""Our own agreements, three countries in varied shape, read as a person reads them (C4)."""

from __future__ import annotations

import tomllib
from functools import cache
from typing import Any

import pytest

from samrad.reading.model import Reading
from samrad.reading.reader import read_document
from tests.reading.labelled import FOLDER, NAMES, labelled, scanned, score

EXPECTED = tomllib.loads((FOLDER / "expected.toml").read_text(encoding="utf-8"))


@cache
def reading(name: str, strength: int = 0) -> Reading:
    document = labelled(name)
    text = scanned(document.text, strength)
    return read_document(text.encode(), f"{name}.txt", document.country, kind="general")


def roles(found: Reading, side: str) -> list[str]:
    members = (fact.value for fact in found.facts_of("participants"))
    return [member["role"] for member in members if member["side"] == side and member["role"]]


def role_of(found: Reading, duty: str) -> str | None:
    fact = found.fact(duty)
    return fact.value["role"] if fact else None


def test_every_agreement_has_its_expectations():
    assert set(EXPECTED) == set(NAMES)


@pytest.mark.parametrize("name", NAMES)
def test_every_passage_lies_under_its_clause_or_is_left_to_a_person(name):
    placed = score(reading(name), list(labelled(name).parts()))

    assert placed.total >= 5
    assert placed.wrong <= 1, placed.mistakes
    assert placed.right >= 0.8 * placed.total, placed.mistakes


@pytest.mark.parametrize("name", NAMES)
def test_who_sits_there_who_leads_who_writes_and_how_often(name):
    expected, found = EXPECTED[name], reading(name)

    assert roles(found, "municipality") == expected["municipal"]
    assert roles(found, "police") == expected["police"]
    assert role_of(found, "chair") == expected.get("chair")
    assert role_of(found, "vice_chair") == expected.get("vice_chair")
    assert role_of(found, "secretary") == expected.get("secretary")
    meetings = found.fact("meetings_a_year")
    assert meetings
    assert meetings.value == {"count": expected["meetings"], "at_least": expected["at_least"]}
    names = [fact.value["name"] for fact in found.facts_of("municipality")]
    assert names == expected["municipality"]


@pytest.mark.parametrize("name", NAMES)
def test_what_is_aimed_at_and_whether_results_are_expected(name):
    expected, found = EXPECTED[name], reading(name)
    areas = [fact.value for fact in found.facts_of("focus_areas")]

    assert [area["text"] for area in areas] == expected["focus"]
    assert sum(bool(area["expected_result"]) for area in areas) == expected["with_result"]


@pytest.mark.parametrize("name", NAMES)
def test_renewal_evaluation_and_what_is_promised(name):
    expected, found = EXPECTED[name], reading(name)
    renewal, in_force = found.fact("renewal"), found.fact("in_force")
    activities = [fact.value["activity"] for fact in found.facts_of("commitments")]

    assert (renewal.value["rule"] if renewal else None) == expected.get("renewal")
    assert (in_force.value["date"] if in_force else None) == expected.get("in_force")
    assert bool(found.fact("evaluation")) == expected.get("evaluated", False)
    assert set(expected.get("activities", [])) <= set(activities)
    chain = found.fact("police_contact_deputies")
    assert [one["role"] for one in chain.value["chain"]] == expected["deputies"] if chain else True
    assert bool(chain) == ("deputies" in expected)


@pytest.mark.parametrize("name", NAMES)
def test_what_is_missing_is_told_and_nothing_else(name):
    expected: dict[str, Any] = EXPECTED[name]
    missing = [one.key for one in reading(name).missing]

    if "missing" in expected:
        assert missing == expected["missing"]
    assert set(expected.get("lacks_at_least", [])) <= set(missing)


@pytest.mark.parametrize("name", NAMES)
def test_a_light_scan_changes_nothing_of_who_leads_and_what_is_missing(name):
    clean, noisy = reading(name), reading(name, 1)

    for duty in ("chair", "secretary"):
        assert role_of(noisy, duty) == role_of(clean, duty)
    assert len(noisy.facts_of("focus_areas")) == len(clean.facts_of("focus_areas"))
    assert [one.key for one in noisy.missing] == [one.key for one in clean.missing]


@pytest.mark.parametrize(("strength", "kept"), [(2, 0.9), (3, 0.75)])
def test_a_bad_scan_keeps_most_facts_and_most_of_what_is_missing(strength, kept):
    facts = same = lacking = told = 0
    for name in NAMES:
        clean, noisy = reading(name), reading(name, strength)
        keys = {fact.key for fact in clean.facts}
        facts += len(keys)
        same += len(keys & {fact.key for fact in noisy.facts})
        missing = {one.key for one in clean.missing}
        lacking += len(missing | {one.key for one in noisy.missing})
        told += len(missing & {one.key for one in noisy.missing})

    assert same >= kept * facts
    assert told >= kept * lacking


@pytest.mark.parametrize("name", NAMES)
def test_every_fact_stands_in_the_passage_it_names(name):
    found = reading(name)

    for fact in found.facts:
        passage = found.passages[fact.passage]
        here = " ".join(passage.text.split())
        there = (passage.heading or "", found.title)
        assert " ".join(fact.quote.split()) in here or fact.quote in there, fact.key


@pytest.mark.parametrize("name", NAMES)
def test_a_reading_goes_to_json_and_back_unchanged(name):
    import json

    found = reading(name)

    assert Reading.from_json(json.loads(json.dumps(found.to_json()))) == found


def test_a_reading_of_another_shape_is_refused():
    with pytest.raises(ValueError, match="schema"):
        Reading.from_json({**reading("se_kort").to_json(), "schema": 0})


def test_guidance_settles_nothing_however_well_it_names_the_matter():
    text = labelled("no_skannet_mal").text
    settled = text.replace(
        "- Taushetsplikten gjelder",
        "- Kommunen journalfører innkallinger.\n- Taushetsplikten gjelder",
    )

    before = read_document(text.encode(), "a.txt", "no")
    after = read_document(settled.encode(), "a.txt", "no")

    assert "Hvem står for journalføring?" in text
    assert before.is_missing("journaling")
    assert not after.is_missing("journaling")


def test_template_text_is_told_from_local_text():
    found = reading("no_skannet_mal")
    origins = {passage.text[:30]: passage.origin for passage in found.passages}

    assert origins["Politidistriktet skal inngå sa"] == "template"
    assert origins["Det skal etableres politiråd i"] == "template"
    assert origins["Samarbeidet i kommunene må eva"] == "template"
    assert origins["• Politikontakten for Stange h"] == "local"
    assert origins["• Taushetsplikten gjelder alle"] == "local"


def test_an_agreement_without_template_text_is_local_throughout():
    assert {passage.origin for passage in reading("no_bokmaal_nummerert").passages} == {"local"}
