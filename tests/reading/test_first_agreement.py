"""The first real agreement, Ås 2018/2019: read from a bad scan whose ending stands twice (C4)."""

from __future__ import annotations

from pathlib import Path

import pytest

from samrad.reading.model import Reading
from samrad.reading.reader import read_document

pytestmark = pytest.mark.sources

HEADINGS = {
    "purpose": "Innledning /formal",
    "police_contact": "Politikontakten",
    "council": "Politirad",
    "slt": "SLT (samordning av lokale rus- og kriminalitetsforebyggende tiltak)",
    "expectations": "Forventninger til samarbeid",
    "focus_areas": "Spesielle fokusomrader",
    "organisation": "Organisering av samarbeidet",
    "administration": "Administrative forhold",
    "evaluation": "Evaluering",
}


@pytest.fixture(scope="module")
def found(source_documents: Path) -> Reading:
    file = next(source_documents.glob("001_*.txt"))
    return read_document(file.read_bytes(), file.name, "no")


def facts(found: Reading, key: str) -> list[dict]:
    return [dict(fact.value) for fact in found.facts_of(key)]


def test_the_nine_headings_and_the_service_passage_that_has_none(found):
    headings = {
        passage.clause: passage.heading for passage in found.passages if passage.heading is not None
    }
    services = found.passages_of("services")

    assert headings == HEADINGS
    assert [passage.heading for passage in services] == [None]
    assert services[0].text.startswith("Tjenestetilbudet skisserer")


def test_template_and_local_text_are_told_apart(found):
    def origins(clause: str) -> list[str]:
        return [str(passage.origin) for passage in found.passages_of(clause)]

    assert origins("police_contact") == ["template"] * 3 + ["local"] * 6
    assert origins("slt") == ["template"] * 4 + ["local"] * 4
    assert origins("expectations") == ["template"] * 2 + ["local"] * 6
    assert origins("focus_areas") == ["template"] + ["local"] * 8
    assert origins("organisation") == ["template"] + ["local"] * 4
    assert origins("administration") == ["template", "local"]
    assert origins("evaluation") == ["template", "local"]


def test_the_joint_list_of_eight_and_the_local_six(found):
    areas = facts(found, "focus_areas")

    assert [area["origin"] for area in areas] == ["template"] * 8 + ["local"] * 6
    assert areas[0]["text"] == "Psykisk helse hos barn og unge"
    assert areas[7]["text"].endswith("andre offentlige bygg")
    assert areas[13]["text"].startswith("Forebygge vold i n")
    assert not any(area["expected_result"] for area in areas)
    assert facts(found, "focus_years") == [{"from": 2019, "to": 2019}]


def test_the_safety_walk_and_the_school_visits_are_commitments(found):
    promised = {one["activity"]: one for one in facts(found, "commitments")}

    assert promised["safety_walk"]["owner"] == "council"
    assert promised["school_visits"]["owner"] == "police"
    assert promised["school_visits"]["rhythm"] == "regular"


def test_participants_of_both_sides(found):
    members = facts(found, "participants")

    assert [one["role"] for one in members if one["side"] == "municipality"] == [
        "mayor", "municipal_director", "sector_head", "prevention_coordinator", None,
    ]  # fmt: skip
    assert [one["role"] for one in members if one["side"] == "police"] == [
        "station_chief", "community_policing_chief", "police_contact", None,
    ]  # fmt: skip
    station = next(one for one in members if one["role"] == "station_chief")
    assert station["title"] == "Politistasjonssjef Follo politistasjon"
    assert station["qualifier"] == "Follo politistasjon"
    assert [one["when_needed"] for one in members if one["role"] is None] == [True, True]


def test_lead_secretary_frequency_deputies_and_the_relation_to_slt(found):
    assert [one["role"] for one in facts(found, "chair")] == ["mayor"]
    assert [one["role"] for one in facts(found, "secretary")] == ["prevention_coordinator"]
    assert facts(found, "meetings_a_year") == [{"count": 2, "at_least": True}]
    chain = facts(found, "police_contact_deputies")[0]["chain"]
    assert [one["role"] for one in chain] == ["prevention_section_leader", "section_leader"]
    coordination = facts(found, "coordination")[0]
    assert coordination["council_steers"]
    assert "(POM)" in coordination["coordinating"]


def test_renewal_evaluation_and_dates(found):
    assert facts(found, "renewal") == [{"rule": "after_municipal_election"}]
    assert facts(found, "adoption") == [{"date": "2018-10-15", "deadline": True}]
    assert facts(found, "evaluation") == [
        {
            "rhythm": "yearly",
            "when": "last_council_of_year",
            "by": ["prevention_coordinator", "police_contact"],
        }
    ]


def test_the_places_are_found_under_their_right_names(found):
    assert [one["name"] for one in facts(found, "municipality")] == ["Ås"]
    assert [one["as_written"] for one in facts(found, "municipality")] == ["As"]
    assert [one["name"] for one in facts(found, "police_unit")] == ["Follo politistasjon"]


def test_exactly_what_is_missing_is_reported(found):
    missing = {one.key: str(one.strength) for one in found.missing}

    assert missing == {
        "services": "must",
        "official_route": "must",
        "journaling": "must",
        "expected_results": "should",
    }
    assert all(one.citation for one in found.missing)


def test_the_ending_that_stands_twice_is_folded(found):
    kept = [found.passages[one.repeats] for one in found.folded]

    assert len(found.folded) == 10
    assert [passage.number for passage in kept] == [47, 48, 50, 51, 52, 53, 54, 55, 56, 57]
    assert min(one.similarity for one in found.folded) > 0.7
