"""What shall have come of something, what nobody has settled yet, and rows of a table."""

from __future__ import annotations

import re

import pytest

from samrad.reading.facts.counted import in_a_row
from samrad.reading.facts.tables import table_in
from samrad.reading.facts.targets import is_unknown, target_in
from samrad.reading.reader import read_document
from tests.reading.composed import KINDS, composed, headed_otherwise, wordings
from tests.reading.labelled import NO_CLAUSE

RESULTS = re.compile("resultat", re.IGNORECASE)


@pytest.mark.parametrize(
    "text",
    [
        "Mål: ingen ambulanser for mindreårige.",
        "Andelen skal ikke være høyere enn landsgjennomsnittet.",
        "Og der er målet ingen alvorlig skadde.",
        "Rådet forventer, at tabet falder.",
        "Stölderna ska halveras till 2026.",
    ],
)
def test_an_aim_is_told_however_it_is_stated(text: str) -> None:
    assert target_in(text) == text


@pytest.mark.parametrize(
    "text",
    ["Mål: inget fastställt.", "Ikke tallfestet.", "Resultat: TBA", "Mål: saknas ännu.", "–"],
)
def test_what_is_not_settled_yet_is_no_aim(text: str) -> None:
    assert is_unknown(text)
    assert target_in(text) is None


def test_an_area_that_wishes_something_of_everybody_is_no_result_of_itself() -> None:
    wish = "Ingen skal selge hasj på skolene"

    assert target_in(wish, wish) is None
    assert target_in(f"{wish}. Ingen nye under 16 skal være registrert.", wish)


def test_what_tells_more_of_a_piece_stays_with_it() -> None:
    text = "uro på torget, når de unge kjører i ring (færre enn ti, i mai), svindel, og tyveri"

    assert in_a_row(text) == [
        "uro på torget, når de unge kjører i ring (færre enn ti, i mai)",
        "svindel",
        "tyveri",
    ]


def test_rows_run_together_are_a_table_still() -> None:
    text = (
        "Nr. | Indsats | Forventet resultat 1 | Indbrud | Højst 150 2 | Hærværk | Halveret"
        " 3 | Vold | aftales"
    )
    table = table_in([text], RESULTS)

    assert table
    assert table.column(RESULTS) == 2
    assert [row[1] for row in table.rows] == ["Indbrud", "Hærværk", "Vold"]


def test_a_row_alone_is_no_table() -> None:
    assert table_in(["A | b | c", "Then prose."], RESULTS) is None


@pytest.mark.parametrize(
    ("sentence", "count"),
    [
        ("Politirådet møtes minst 2 g/år.", 2),
        ("Politirådet har to møter i halvåret.", 4),
        ("Politirådet kommer sammen tri gonger om året.", 3),
        ("Politirådet samles hver tredje måned.", 4),
        ("Politirådet har møte uke 6, uke 17, uke 38 og uke 48.", 4),
    ],
)
def test_how_often_is_told_in_many_ways(sentence: str, count: int) -> None:
    text = (
        "Samarbeidsavtale mellom politiet og kommunen\n\n1. Formål\nAvtalen skal forebygge "
        "kriminalitet og gi trygghet. Politiet og kommunen vil sammen motvirke vold, narkotika og "
        f"hærverk blant ungdom.\n\n2. Politirådet\n{sentence} Ordføreren leder rådet.\n\n"
        "3. Varighet\nAvtalen gjelder til neste kommunevalg.\n"
    )
    found = read_document(text.encode(), "a.txt", "no", kind="general").fact("meetings_a_year")

    assert found
    assert found.value["count"] == count


@pytest.mark.parametrize("name", KINDS)
def test_every_clause_can_be_said_and_headed_in_several_ways(name: str) -> None:
    of = wordings(name)

    assert set(of.headings) == set(of.passages)
    assert all(len(set(said)) >= 2 for clause, said in of.passages.items() if clause != NO_CLAUSE)
    first, second = list(composed(name, 2))
    assert first.text != second.text
    assert list(composed(name, 2)) == [first, second]


def test_a_document_under_other_headings_says_the_same() -> None:
    document = next(composed("se_general", 1))
    other = headed_otherwise(document, "general")

    assert other.labels == document.labels
    assert [body for label, body in other.parts()] == [body for label, body in document.parts()]
