"""Who sits in the council however it is set out, what counts areas up, which kind fits best."""

from __future__ import annotations

import pytest

from samrad.reading.facts.counted import counted
from samrad.reading.facts.targets import is_unknown, target_in
from samrad.reading.reader import read_document
from tests.reading.labelled import DEVELOPED, labelled

COUNCIL = """SAMARBEIDSAVTALE

Mellom Nittedal kommune og politiet om kriminalitetsforebyggende arbeid.

Politirådet
{}

Rådet møtes fire ganger i året.

Varighet
Avtalen gjelder fra 1. mars 2024 til 1. mars 2028.
"""


def roles(text: str) -> dict[str, set[str]]:
    found = read_document(COUNCIL.format(text).encode(), "a.txt", "no", kind="general", anyway=True)
    members = [fact.value for fact in found.facts_of("participants")]
    return {
        side: {str(one["role"]) for one in members if one["side"] == side}
        for side in ("municipality", "police")
    }


@pytest.mark.parametrize(
    "text",
    [
        "Plass | Rolle\nOrdfører | leder\nKommunedirektør | medlem\nPolitistasjonssjef | medlem",
        "Politirådet: ordfører, kommunedirektør og politistasjonssjef.",
        "Kommunen oppnevner ordføreren og kommunedirektøren. "
        "Politiet oppnevner politistasjonssjefen og ingen andre enn politistasjonssjefen.",
    ],
)
def test_who_sits_there_is_told_by_rows_by_a_label_and_by_appointing(text: str) -> None:
    assert roles(text) == {
        "municipality": {"mayor", "municipal_director"},
        "police": {"station_chief"},
    }


@pytest.mark.parametrize(
    "text",
    [
        "- graffiti på tog - sniffing av gass - bråk på havna",
        "Vi vil gjøre noe med graffiti på tog (halvert), med sniffing av gass og med bråk på havna",
        "Knute 1: graffiti på tog.\nKnute 2: sniffing av gass.\nKnute 3: bråk på havna.",
        "8a: graffiti på tog. 8b: sniffing av gass. 8c: bråk på havna.",
    ],
)
def test_three_areas_are_counted_up_in_any_way(text: str) -> None:
    found = counted(text)

    assert len(found) == 3
    assert found[1:] == ["sniffing av gass", "bråk på havna"]


def test_a_figure_from_one_to_another_is_a_result_and_a_wait_for_one_is_none() -> None:
    assert target_in("Vi ska från 64 anmälningar per år till 30.")
    assert is_unknown("Avklares når Røde Kors har gitt sine tall")


@pytest.mark.parametrize(
    ("name", "kind"),
    [("dk_tema_knive_hoejetaastrup", "theme"), ("no_bykle_kort", "general")],
)
def test_a_kind_that_no_title_tells_is_the_one_that_fits(name: str, kind: str) -> None:
    text = labelled(name, DEVELOPED).text

    assert read_document(text.encode(), "a.txt", name[:2], anyway=True).template == kind
