"""What a document says, and what a person put right of it, is what the agreement has (C4)."""

from __future__ import annotations

from datetime import date
from typing import Any

import docx
import pytest
from django.test import Client
from django.urls import reverse
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls

from samrad.cooperation.models import Agreement, AgreementReading, Council
from samrad.cooperation.rules import AgreementState
from samrad.documents.models import StoredFile
from samrad.kernel.clock import held_at
from samrad.people.models import Person
from samrad.reading.model import Reading
from samrad.reading.templates import agreement_template
from tests.cast import NOON, TODAY, Cast
from tests.cooperation.test_reading_in_the_browser import as_proposed, handed_over
from tests.reading import files
from tests.reading.labelled import labelled

pytestmark = pytest.mark.django_db
TEXT = labelled("no_klarspraak").text
UNTIL_ELECTION = "til den nye kommunestyreperioden begynner. Da lager vi en ny."


@pytest.fixture(autouse=True)
def noon() -> Any:
    with held_at(NOON):
        yield


def staged(client: Client, cast: Cast, text: str = TEXT) -> AgreementReading:
    handed_over(client, cast, text.encode())
    return AgreementReading.objects.get()


def confirmed(client: Client, read: AgreementReading, **changed: Any) -> Agreement:
    given = as_proposed(client, read, name="Rådet i avtalen", **changed)
    answer = client.post(reverse("cooperation:confirm", args=[read.ref]), given)
    assert answer.status_code == 302, answer.context["form"].errors
    return Agreement.objects.get(source_file=read.file)


def lasting(words: str) -> str:
    assert UNTIL_ELECTION in TEXT
    return TEXT.replace(UNTIL_ELECTION, words)


def passages_under(read: AgreementReading, clause: str) -> list[str]:
    """The fields of the passages that were sorted under a heading."""
    found = Reading.from_json(read.result).passages_of(clause)
    return [f"clause_{one.number}" for one in found]


# Headings -------------------------------------------------------------------------------------


@pytest.mark.parametrize("own", ["en", "sv", "nb"])
@pytest.mark.parametrize(("document", "language"), [("no_klarspraak", "nb"), ("no_nynorsk", "nn")])
def test_the_headings_stand_in_the_documents_language_whoever_reads_it_in(
    client: Client, cast: Cast, own: str, document: str, language: str
) -> None:
    Person.objects.update(language=own)
    agreement = confirmed(client, staged(client, cast, labelled(document).text))

    titles = {one.key: one.title.in_language(language) for one in agreement_template("no").clauses}
    clauses = list(agreement.clauses.all())
    assert clauses
    assert all(one.heading == titles[one.key] for one in clauses)


def test_how_it_lies_to_other_work_is_said_in_the_documents_language(
    client: Client, cast: Cast
) -> None:
    Person.objects.update(language="en")
    said = "SLT er samordnet av politirådet, og styringsgruppen for SLT er politirådet."
    read = staged(client, cast, labelled("no_bokmaal_nummerert").text + f"\n{said}\n")
    page = client.get(read.get_absolute_url())

    proposed = page.context["form"].initial["slt_relation"]
    assert "steered by" not in proposed
    assert "coordinated by" not in proposed


# Until when -----------------------------------------------------------------------------------


def test_the_day_it_holds_until_is_proposed_and_kept(client: Client, cast: Cast) -> None:
    agreement = confirmed(client, staged(client, cast, lasting("til 31. desember 2027.")))

    assert agreement.to_date == date(2027, 12, 31)
    assert agreement.renewal_date is None


def test_the_last_day_of_one_without_a_first_day_is_kept_and_the_first_is_asked_for(
    client: Client, cast: Cast
) -> None:
    text = lasting("til 31. desember 2025.")
    read = staged(client, cast, text)
    AgreementReading.objects.update(result=without(read.result, "adoption", "in_force"))
    read.refresh_from_db()

    proposed = client.get(read.get_absolute_url()).context["form"].initial
    assert (proposed["from_date"], proposed["to_date"]) == (None, date(2025, 12, 31))
    given = as_proposed(client, read, name="Rådet i avtalen")
    page = client.post(reverse("cooperation:confirm", args=[read.ref]), given)
    assert "from_date" in page.context["form"].errors

    agreement = confirmed(client, read, from_date="2022-03-01")
    assert agreement.has_run_out(TODAY)


def test_one_that_still_holds_is_proposed_from_today_where_no_first_day_is_found(
    client: Client, cast: Cast
) -> None:
    read = staged(client, cast, lasting("til 31. desember 2027."))
    AgreementReading.objects.update(result=without(read.result, "adoption", "in_force"))

    proposed = client.get(read.get_absolute_url()).context["form"].initial
    assert (proposed["from_date"], proposed["to_date"]) == (TODAY, date(2027, 12, 31))


def without(result: dict[str, Any], *keys: str) -> dict[str, Any]:
    """A reading in which these facts were not found."""
    return result | {"facts": [one for one in result["facts"] if one["key"] not in keys]}


def test_an_agreement_renewed_every_other_year_comes_back_after_two(
    client: Client, cast: Cast
) -> None:
    words = ". Avtalen skal fornyes hvert andre år."
    read = staged(client, cast, lasting(words))
    assert Reading.from_json(read.result).fact("renewal").value["rule"] == "every_years"

    agreement = confirmed(client, read)

    assert agreement.renewal_date == date(2027, 1, 1)
    assert agreement.to_date is None


def test_a_last_day_before_the_first_is_refused_at_its_field(client: Client, cast: Cast) -> None:
    read = staged(client, cast)
    given = as_proposed(client, read, from_date="2025-03-01", to_date="2025-02-28")

    page = client.post(reverse("cooperation:confirm", args=[read.ref]), given)

    assert page.context["form"].errors["to_date"] == ["This day lies before the first."]


def test_whoever_reads_in_an_agreement_whose_last_day_has_passed_is_told_so(
    client: Client, cast: Cast
) -> None:
    read = staged(client, cast, lasting("til 31. desember 2025."))
    given = as_proposed(client, read, name="Rådet i avtalen")

    page = client.post(reverse("cooperation:confirm", args=[read.ref]), given, follow=True)

    told = " ".join(str(one) for one in page.context["messages"])
    assert "It held until 31 Dec 2025, and is to be made anew." in told


# What it lacks --------------------------------------------------------------------------------


def test_an_agreement_lacks_what_was_taken_out_of_its_place(client: Client, cast: Cast) -> None:
    read = staged(client, cast)
    services = passages_under(read, "services")
    assert services
    assert "services" not in {one["clause"] for one in read.result["missing"]}

    agreement = confirmed(client, read, **dict.fromkeys(services, ""))

    assert "services" in {one["clause"] for one in agreement.missing}


def test_an_agreement_does_not_lack_what_a_person_found_its_place_for(
    client: Client, cast: Cast
) -> None:
    without = "\n".join(
        line for line in TEXT.splitlines() if not line.startswith(("Hva innbyggerne", "Lensmanns"))
    )
    read = staged(client, cast, without.replace("Notodden; det tar som regel 25 minutter.", ""))
    assert "services" in {one["clause"] for one in read.result["missing"]}
    promise = passages_under(read, "expectations")[0]

    agreement = confirmed(client, read, **{promise: "services"})

    assert "services" not in {one["clause"] for one in agreement.missing}


def test_what_was_found_in_a_passage_that_is_left_out_is_none_of_the_agreements_facts(
    client: Client, cast: Cast
) -> None:
    read = staged(client, cast)
    chair = Reading.from_json(read.result).fact("chair")
    assert chair is not None

    agreement = confirmed(client, read, **{f"clause_{chair.passage}": ""})

    assert "chair" not in {one["key"] for one in agreement.facts["facts"]}
    assert "chair" in {one["key"] for one in agreement.missing}


# Which council --------------------------------------------------------------------------------


def test_choosing_the_council_throws_nothing_away(client: Client, cast: Cast) -> None:
    read = staged(client, cast)
    moved = passages_under(read, "services")[0]
    own = {moved: "council", "title": "Vår egen avtale", "commitments": "Politiet lover mer."}
    wrong = {"council": str(cast.council.ref), "name": "Et navn til senere", "from_date": "x"}
    url = reverse("cooperation:confirm", args=[read.ref])

    page = client.post(url, as_proposed(client, read, **own, **wrong))

    form = page.context["form"]
    assert list(form.errors) == ["from_date"]
    assert {name: form[name].value() for name in own} == own
    assert form["name"].value() == "Et navn til senere"
    assert form["council"].value() == str(cast.council.ref)
    places = {place.key: place for place in page.context["places"]}
    assert moved in {f"clause_{one.number}" for one, _ in places["council"].passages}


def test_for_a_council_there_is_a_new_ones_fields_may_be_anything(
    client: Client, cast: Cast
) -> None:
    read = staged(client, cast)
    councils = Council.objects.count()
    beside = {"name": "", "police": "", "meetings_per_year": "mange", "tier": "x"}

    given = as_proposed(client, read, council=str(cast.council.ref), **beside)
    answer = client.post(reverse("cooperation:confirm", args=[read.ref]), given)

    assert answer.url == cast.council.get_absolute_url()
    assert cast.council.agreements.get().state == AgreementState.IN_FORCE
    assert Council.objects.count() == councils


# Promises -------------------------------------------------------------------------------------


PROMISES = (
    "Politiet skal gjennomføre skolebesøk på ungdomsskolene hver måned.",
    "Kommunen skal invitere til trygghetsvandring to ganger i året.",
    "Kommunen lover å ha en ansatt som koordinerer, og å svare når politiet melder bekymring.",
)


def promising(client: Client, cast: Cast) -> AgreementReading:
    read = staged(
        client, cast, TEXT.replace("Politiet lover å ha", f"{' '.join(PROMISES[:2])} De vil ha")
    )
    proposed = client.get(read.get_absolute_url()).context["form"].initial["commitments"]
    assert proposed == "\n".join(PROMISES)
    return read


def promised(agreement: Agreement) -> dict[str, tuple[str, str]]:
    return {one.title: (one.side, one.rhythm) for one in agreement.commitments.all()}


def test_whose_a_promise_is_and_how_often_stay_with_its_line(client: Client, cast: Cast) -> None:
    found = promised(confirmed(client, promising(client, cast)))

    assert list(found) == list(PROMISES)
    assert list(found.values()) == [
        ("police", "hver måned"), ("municipality", "to ganger i året"), ("municipality", ""),
    ]  # fmt: skip


def test_a_line_put_in_other_words_is_still_whose_it_was(client: Client, cast: Cast) -> None:
    shorter = "Skolebesøk på alle ungdomsskolene i kommunen"
    own = "En lysvandring vår og høst"
    lines = f"{PROMISES[1]}\n- {shorter}\n{own}"

    found = promised(confirmed(client, promising(client, cast), commitments=lines))

    assert found == {
        PROMISES[1]: ("municipality", "to ganger i året"),
        shorter: ("police", "hver måned"),
        own: ("other", "vår og høst"),
    }


def test_the_page_says_whose_each_promise_is(client: Client, cast: Cast) -> None:
    page = client.get(promising(client, cast).get_absolute_url()).text

    assert "The police · hver måned" in page
    assert "The municipality · to ganger i året" in page


def test_a_line_too_long_to_be_kept_whole_is_told_and_not_cut(client: Client, cast: Cast) -> None:
    read = staged(client, cast)
    given = as_proposed(client, read, name="Råd", commitments="Vi lover. " * 40)

    page = client.post(reverse("cooperation:confirm", args=[read.ref]), given)

    told = page.context["form"].errors["commitments"]
    assert told == ["A line is longer than 300 characters. Shorten it."]


# The file that is kept ------------------------------------------------------------------------


@pytest.mark.parametrize("encoding", ["mac_roman", "cp865", "utf-16-le", "utf-16"])
def test_the_document_that_is_kept_has_the_letters_that_were_read(
    client: Client, cast: Cast, encoding: str
) -> None:
    text = TEXT.replace("–", "-")
    handed_over(client, cast, text.encode(encoding))

    kept = StoredFile.objects.get()
    with kept.content.open() as opened:
        assert opened.read().decode() == text


def test_an_old_text_with_its_mark_of_the_end_is_taken_in(client: Client, cast: Cast) -> None:
    answer = handed_over(client, cast, TEXT.replace("–", "-").encode("cp865") + b"\r\n\x1a")

    assert answer.status_code == 302


def test_the_page_tells_of_tracked_changes_and_comments(client: Client, cast: Cast) -> None:
    document = docx.Document()
    for line in TEXT.split("\n"):
        document.add_paragraph(line)
    new = f"<w:p {nsdecls('w')}><w:ins w:id='1' w:author='P'><w:r><w:t>Vi møtes ofte.</w:t></w:r>"
    last = len(document.element.body) - 1
    document.element.body.insert(last, parse_xml(f"{new}</w:ins></w:p>"))
    document.add_comment(document.paragraphs[0].runs, text="Er dette avklart?", author="P")
    handed_over(client, cast, files.saved(document), "avtale.docx")

    page = client.get(AgreementReading.objects.get().get_absolute_url())

    assert "tracked changes: what was put in is read" in page.text
    assert "holds comments. They are not read" in page.text
    assert "Vi møtes ofte." in page.text


# Headings of the document's own ---------------------------------------------------------------


def test_a_heading_that_is_none_of_the_templates_stands_over_what_it_stood_over(
    client: Client, cast: Cast
) -> None:
    own = "Ungdomsklubben på Gvarv"
    said = "Politiet og kommunen holder klubben åpen hver fredag kveld, og deler på vaktene."
    text = TEXT.replace("Hva innbyggerne får", f"{own}\n\n{said}\n\nHva innbyggerne får")
    read = staged(client, cast, f"{text}")
    page = client.get(read.get_absolute_url())
    assert f"<h4>{own}</h4>" in page.text
    number = next(one["number"] for one in read.result["passages"] if one["text"] == said)

    agreement = confirmed(client, read, **{f"clause_{number}": "expectations"})

    clause = agreement.clauses.get(text__endswith=said)
    assert clause.text == f"### {own}\n\n{said}"
    assert "### Hva innbyggerne" not in "".join(one.text for one in agreement.clauses.all())
    assert f"{own}</h" in client.get(agreement.get_absolute_url()).text
