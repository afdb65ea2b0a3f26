"""What an agreement lacks is the same whether it holds, is written anew, or is read in again."""

from __future__ import annotations

import re
from typing import Any

import pytest

from samrad.agreements.actions.drafts import start_draft
from samrad.agreements.queries.lacking import missing_as_it_holds, missing_in_draft
from samrad.agreements.queries.papers import agreement_paper
from samrad.agreements.tasks import look_through_what_was_measured_otherwise
from samrad.cooperation.actions import WantedAgreement, bring_into_force
from samrad.cooperation.lacking import lacking_of
from samrad.cooperation.models import Agreement, Council
from samrad.cooperation.reading_words import clause_titles
from samrad.cooperation.rules import MEASURED
from samrad.documents.paper import docx_of, pdf_of
from samrad.kernel.clock import held_at
from samrad.reading.reader import read_document
from samrad.reading.templates import Need, agreement_kinds, agreement_template
from samrad.reading.written import Beside, Written, missing_in_clauses
from samrad.work.api import Job, work_off
from tests.agreements.bricks import in_force
from tests.agreements.test_additions import added
from tests.cast import NOON, TODAY

pytestmark = pytest.mark.django_db

TEXT = {
    "purpose": "Ås kommune og politiet vil at folk skal være trygge der de bor.",
    "services": "Politistasjonen dekker Ås hele døgnet. Forebyggende avsnitt går på dagtid.",
    "police_contact": "Politikontakten er kommunens faste inngang til politiet og svarer innen to "
    "virkedager. Ved fravær overtar avsnittslederen for forebyggende.",
    "council": "Ordføreren leder rådet, SLT-koordinatoren er sekretær. Kommunedirektøren, "
    "kommunalsjefene og politistasjonssjefen møter fast. Rådet møtes fire ganger i året.",
    "slt": "Rådet styrer SLT-arbeidet. Koordineringsgruppen møtes annenhver måned.",
    "expectations": "Kommunen venter at politiet deler det de ser. Politiet venter at kommunen "
    "følger opp med tiltak, og at saker som krever politisk behandling, blir lagt fram.",
    "organisation": "Politikontakten og SLT-koordinatoren møtes hver annen uke og forbereder "
    "rådets saker sammen, slik at nærpolitipatruljen legger innsatsen der rådet har pekt.",
    "administration": "Alle er bundet av sin egen taushetsplikt.",
    "evaluation": "SLT-koordinatoren og politikontakten skriver evalueringen til årets siste møte.",
    "duration": "Avtalen gjelder til en ny er inngått etter neste kommunevalg.",
}


@pytest.fixture(autouse=True)
def noon() -> Any:
    with held_at(NOON):
        yield


def held(cast: Any) -> Agreement:
    titles = clause_titles(agreement_template("no"), "nb")
    clauses = tuple(
        {"key": key, "heading": titles[key], "origin": "local", "text": text}
        for key, text in TEXT.items()
    )
    wanted = WantedAgreement(
        title="Samarbeidsavtale mellom Ås kommune og Øst politidistrikt",
        from_date=TODAY,
        clauses=clauses,
        focus_areas=("Trygge kvelder i sentrum", "Unge og rus"),
    )
    return bring_into_force(council=cast.council, wanted=wanted, by=cast.secretary.actor, at=NOON)


def test_an_agreement_and_its_renewal_not_a_word_changed_lack_the_same(cast: Any) -> None:
    agreement = held(cast)

    draft = start_draft(
        council=cast.council, kind="general", language="nb", revises=agreement,
        by=cast.secretary.actor, at=NOON,
    )  # fmt: skip

    lacks = [one["key"] for one in lacking_of(agreement)]
    assert "journaling" in lacks
    assert [one["key"] for one in missing_in_draft(draft)] == lacks


def test_what_a_draft_lacks_it_lacks_once_it_holds_however_often_the_council_meets(
    cast: Any,
) -> None:
    Council.objects.filter(pk=cast.council.pk).update(meetings_per_year=4)
    draft = in_force(
        cast, meetings_per_year=None, focus_areas="Trygge kvelder i sentrum",
        clause_council="Ordføreren leder rådet.", clause_organisation="", clause_evaluation="",
    )  # fmt: skip
    made = draft.agreement
    assert made is not None

    work_off()

    made.refresh_from_db()
    lacks = missing_in_draft(draft)
    assert "meeting_frequency" in {one["key"] for one in lacks}
    assert made.missing == lacks


def test_what_an_addition_settles_is_not_lacking_any_more(cast: Any) -> None:
    agreement = held(cast)
    before = [one["key"] for one in missing_as_it_holds(agreement)]

    added(cast, agreement, clause_addition="SLT-koordinatoren journalfører det rådet sender ut.")
    work_off()

    agreement.refresh_from_db()
    lacks = [one["key"] for one in agreement.missing]
    assert "journaling" in before
    assert "journaling" not in lacks
    assert set(lacks) < set(before)


def test_an_agreement_is_looked_through_again_only_by_another_measure(cast: Any) -> None:
    made = in_force(cast).agreement
    assert made is not None
    look_through_what_was_measured_otherwise()  # the same night, before the worker came to it
    assert looked_through() == 1
    work_off()
    Job.objects.all().delete()  # as after two weeks

    look_through_what_was_measured_otherwise()
    assert looked_through() == 0

    made.refresh_from_db()
    made.facts = {**made.facts, MEASURED: "an older one"}
    made.save()
    look_through_what_was_measured_otherwise()
    assert looked_through() == 1


def looked_through() -> int:
    return Job.objects.filter(name="agreements.look_through").count()


def test_its_own_papers_read_in_again_lack_the_same_and_say_the_same(cast: Any) -> None:
    agreement = held(cast)
    paper = agreement_paper(agreement, None, [])

    word = read_document(docx_of(paper, at=NOON), "avtale.docx", "no")
    pdf = read_document(pdf_of(paper, at=NOON), "avtale.pdf", "no")

    lacks = [one["key"] for one in lacking_of(agreement)]
    assert [one.key for one in word.missing] == lacks
    assert [one.key for one in pdf.missing] == lacks
    assert said(pdf) == said(word)
    assert "SLT-koordinatoren er sekretær" in said(pdf)["council"]
    assert "SLT-arbeidet" in said(pdf)["slt"]


def said(reading: Any) -> dict[str, str]:
    found: dict[str, str] = {}
    for one in reading.passages:
        found[one.clause] = f"{found.get(one.clause, '')} {' '.join(one.text.split())}".strip()
    return found


HOLES = {
    "Rolle": "Politidirektøren", "rolle": "sekretariatschefen", "roller": "kommunalsjefen",
    "roller fra kommunen": "borgmesteren", "roller fra politiet": "politidirektøren",
    "roller från kommunen": "kommundirektören", "roller från polisen": "lokalpolisområdeschefen",
    "antal": "fire", "antal gånger": "fyra gånger",
}  # fmt: skip


@pytest.mark.parametrize(
    ("country", "kind", "language"),
    [
        (country, kind, language)
        for country, languages in (("no", ("nb", "nn")), ("dk", ("da",)), ("se", ("sv",)))
        for kind in agreement_kinds(country)
        for language in languages
    ],
)
def test_a_templates_own_text_with_its_holes_filled_lacks_nothing_required(
    country: str, kind: str, language: str
) -> None:
    def filled(hole: re.Match[str]) -> str:
        return HOLES.get(hole[1], hole[1])

    template = agreement_template(country, kind)
    clauses = [
        Written(
            one.key, one.title.in_language(language),
            re.sub(r"\[([^\]]*)\]", filled, one.text.in_language(language)),
        )
        for one in template.clauses
    ]  # fmt: skip

    lacks = missing_in_clauses(clauses, template, beside=Beside(("Trygt sentrum",), 4))

    assert [one.key for one in lacks if one.strength is Need.MUST] == []
