"""Which kind of agreement a document is, said or found out, and what was learned of their words."""

from __future__ import annotations

import json

import pytest

from samrad.reading.learned import NAMED
from samrad.reading.reader import read_document
from samrad.reading.templates import agreement_template
from samrad.reading.vocabulary import DATA
from tests.reading import learning
from tests.reading.labelled import DEVELOPED, labelled
from tests.reading.measuring import PARTS, Case, expected, file_of, measured

UNFORESEEN = "dk_tema_psp_esbjerg"
NOT_SAID = frozenset(
    {
        UNFORESEEN,
        "dk_hensigt_gentofte",
        "dk_hensigt_helsingoer",
        "dk_hensigt_slagelse",
        "dk_ssp_egedal",
        "dk_ssp_koege",
        "dk_ssp_stevns",
        "dk_tema_bander_albertslund",
        "dk_tema_digital_silkeborg",
        "dk_hensigt_holbaek",
        "dk_hensigt_laesoe",
        "dk_hensigt_thisted",
        "dk_tema_arrangementer_odder",
        "dk_tema_kvindekrise_viborg",
        "dk_tema_radikal_gladsaxe",
        "no_tema_psykisk_baerum",
    }
)
"""Titles that do not say what kind it is: whoever hands the document over has to."""

KINDS = {
    name: expected(folder)[name]["kind"]
    for folder, name in PARTS["developed"]
    if "kind" in expected(folder).get(name, {}) and name not in NOT_SAID
}


@pytest.mark.parametrize("name", KINDS)
def test_the_title_says_which_kind_it_is(name: str) -> None:
    text = labelled(name, DEVELOPED).text
    found = read_document(text.encode(), f"{name}.txt", name[:2], anyway=True)

    assert found.template == KINDS[name]


def test_a_kind_that_is_named_is_the_one_it_is_read_by() -> None:
    text = labelled(UNFORESEEN, DEVELOPED).text
    found = read_document(text.encode(), "a.txt", "dk", kind="theme")

    keys = {clause.key for clause in agreement_template("dk", "theme").clauses}
    assert found.template == "theme"
    assert {passage.clause for passage in found.passages} - {None} <= keys


def test_what_was_learned_is_what_the_labelled_agreements_say() -> None:
    named = json.loads((DATA / NAMED).read_text(encoding="utf-8"))

    assert named["from"] == learning.digest()


@pytest.mark.parametrize("form", ["docx", "pdf"])
@pytest.mark.parametrize(
    "name", ["no_volda_nynorsk", "dk_lokalraad_hedensted", "se_arvika_lopande"]
)
def test_a_file_made_from_an_agreement_reads_as_well_as_its_text(name: str, form: str) -> None:
    outcome = measured(Case((DEVELOPED, name), form, 0))

    assert outcome.right >= 0.9 * outcome.passages
    assert outcome.wrong <= 0.1 * outcome.passages


def test_a_scanner_s_pdf_holds_what_the_scanner_read() -> None:
    case = Case((DEVELOPED, "no_orkland_mal"), "pdf", 2)

    assert file_of(case, labelled("no_orkland_mal", DEVELOPED)).startswith(b"%PDF-")
    assert measured(case).right > 0
