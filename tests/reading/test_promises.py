"""What the parties promise, however they word it, and what only looks like a promise."""

from __future__ import annotations

from typing import Any

import pytest

from samrad.reading.reader import read_document

_AROUND = {
    "no": (
        "Samarbeidsavtale mellom Vik kommune og Vest politidistrikt\n\n"
        "Formål\n\nAvtalen skal forebygge kriminalitet og skape trygghet i Vik.\n\n"
        "Politiråd\n\nI politirådet sitter ordføreren og lensmannen. "
        "Rådet møtes to ganger i året.\n\n"
        "Gjensidige forventninger\n\n{said}\n\n"
        "Varighet\n\nAvtalen gjelder til neste kommunevalg.\n"
    ),
    "dk": (
        "Samarbejdsaftale mellem Vig Kommune og Nordsjællands Politi\n\n"
        "Formål\n\nAftalen skal forebygge kriminalitet og skabe tryghed i Vig.\n\n"
        "Lokalrådet\n\nI lokalrådet sidder borgmesteren og politikommissæren. "
        "Rådet mødes to gange om året.\n\n"
        "Gensidige forpligtelser\n\n{said}\n\n"
        "Ikrafttræden\n\nAftalen gælder fra den 1. maj 2026.\n"
    ),
    "se": (
        "Samverkansöverenskommelse mellan Viks kommun och Polismyndigheten\n\n"
        "Syfte\n\nÖverenskommelsen ska förebygga brott och skapa trygghet i Vik.\n\n"
        "Rådet\n\nI rådet sitter kommundirektören och lokalpolisområdeschefen. "
        "Rådet möts två gånger om året.\n\n"
        "Åtaganden\n\n{said}\n\n"
        "Giltighet\n\nÖverenskommelsen gäller från och med den 1 maj 2026.\n"
    ),
}


def promised_in(said: str, country: str) -> list[dict[str, Any]]:
    document = _AROUND[country].format(said=said)
    found = read_document(document.encode(), "a.txt", country, kind="general", anyway=True)
    return [dict(fact.value) for fact in found.facts_of("commitments")]


@pytest.mark.parametrize(
    ("country", "said", "owner"),
    [
        ("no", "Politiet lover å ringe tilbake samme dag.", "police"),
        ("no", "Kommunen lover å holde lysene på langs skoleveien.", "municipality"),
        ("no", "Leiaren i ungdomsklubben lovar å seie frå til kontakten.", "both"),
        ("no", "Politiet påtar seg å melde fra før store arrangementer.", "police"),
        ("dk", "Kommunen lover at svare på henvendelser inden tre dage.", "municipality"),
        ("dk", "Politiet forpligter sig til at møde på torvet hver fredag.", "police"),
        ("se", "Kommunen åtar sig att röja siktlinjer vid stationen.", "municipality"),
        ("se", "Polisen lovar att återkoppla inom en vecka.", "police"),
    ],
)
def test_who_binds_themselves_promises_something(country: str, said: str, owner: str) -> None:
    assert [(one["text"], one["owner"]) for one in promised_in(said, country)] == [(said, owner)]


def test_a_list_below_a_promise_is_what_is_promised() -> None:
    said = "Politiet lover:\n- å svare innen en uke\n- å komme til ungdomsklubben hver måned"

    promised = promised_in(said, "no")

    assert [one["text"] for one in promised] == [
        "å svare innen en uke",
        "å komme til ungdomsklubben hver måned",
    ]
    assert {one["owner"] for one in promised} == {"police"}
    assert promised[1]["rhythm"] == "monthly"


def test_laws_are_not_promised() -> None:
    assert promised_in("Partene er kjent med lover og regler på området.", "no") == []
