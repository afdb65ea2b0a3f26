"""An agreement is handed over, looked through, confirmed, and there is a council (C4)."""

from __future__ import annotations

import time
from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from samrad.cooperation.models import Agreement, AgreementReading, Council
from samrad.cooperation.rules import AgreementState, ReadingState, SeatFunction
from samrad.documents.models import StoredFile
from samrad.people.models import Organisation
from samrad.reading.model import Reading
from samrad.reading.templates import agreement_template
from tests.cast import Cast, signed_in
from tests.reading import files
from tests.reading.labelled import labelled
from tests.reading.test_files import COPIER, PDF, WORD

pytestmark = pytest.mark.django_db
MOST_QUERIES = 12
OWN = Path(__file__).resolve().parents[1] / "reading" / "agreements"


def handed_over(client: Client, cast: Cast, content: bytes, name: str = "avtale.txt") -> Any:
    """The secretary of Ås, who coordinates there, hands a document over."""
    return signed_in(client, cast.secretary).post(
        reverse("cooperation:read_in"),
        {"area": str(cast.no.home.ref), "file": SimpleUploadedFile(name, content)},
    )


def as_proposed(client: Client, staged: AgreementReading, **changed: Any) -> dict[str, Any]:
    """What the form sends when a person changes only `changed`."""
    page = client.get(staged.get_absolute_url())
    form, seats = page.context["form"], page.context["seats"]
    data = {name: form.get_initial_for_field(field, name) for name, field in form.fields.items()}
    data |= {f"seats-{key}": value for key, value in seats.management_form.initial.items()}
    for seat in seats:
        for name, field in seat.fields.items():
            data[seat.add_prefix(name)] = seat.get_initial_for_field(field, name) or (
                field.choices[0][0] if name != "role" else ""
            )
    own = {"council": "new", **changed}
    return {key: "" if value is None else value for key, value in {**data, **own}.items()}


@pytest.mark.sources
def test_the_agreement_of_as_becomes_a_council(
    client: Client, cast: Cast, source_documents: Path
) -> None:
    document = next(source_documents.glob("001_*.txt")).read_bytes()

    response = handed_over(client, cast, document)
    staged = AgreementReading.objects.get()
    assert response.url == staged.get_absolute_url()
    client.post(
        reverse("cooperation:confirm", args=[staged.ref]),
        as_proposed(client, staged, name="Politirådet etter avtalen"),
    )

    council = Council.objects.get(name="Politirådet etter avtalen")
    agreement = Agreement.objects.get(council=council)
    functions = dict(council.seats.values_list("role", "function"))
    assert functions["mayor"] == SeatFunction.CHAIR
    assert functions["prevention_coordinator"] == SeatFunction.SECRETARY
    assert {"station_chief", "police_contact", "municipal_director"} <= set(functions)
    assert council.meetings_per_year == 2
    assert agreement.state == AgreementState.IN_FORCE
    assert agreement.from_date.isoformat() == "2018-10-15"
    assert agreement.renewal_date.isoformat() == "2019-09-09"
    assert council.focus_areas.count() == 14
    assert agreement.commitments.count() >= 2
    assert "services" in {one["clause"] for one in agreement.missing}
    staged.refresh_from_db()
    assert staged.state == ReadingState.CONFIRMED


def test_what_is_not_an_agreement_is_refused_in_words_and_nothing_is_kept(
    client: Client, cast: Cast
) -> None:
    for content, name in ((b"", "tom.txt"), (b"\x00\x01" * 400, "rar.bin"), (b"hei", "hei.txt")):
        response = handed_over(client, cast, content, name)
        assert response.status_code == 422
        assert response.context["form"].errors["file"]

    assert not AgreementReading.objects.exists()


BAD = {
    "nothing": (b"", "empty"),
    "only white space": (b" \n\t\n", "empty"),
    "a program": (bytes(range(256)) * 40, "not a text document"),
    "a picture": (files.picture(), "picture"),
    "a locked PDF": (files.locked(PDF, reader_password="x"), "password"),
    "a PDF of pictures": (files.pdf_of_a_picture(), "no text"),
    "a broken PDF": (PDF[:300], "damaged"),
    "macros": (files.with_part(WORD, "word/vbaProject.bin", b"Sub"), "macros"),
    "a bomb": (files.with_part(WORD, "word/document.xml", b" " * 30_000_000), "unpacks"),
    "too long": (b"politi kommune avtale. " * 20_000, "longer than"),
    "a recipe": (b"Vafler: bland mel, egg og melk, stek i jern.\n" * 9, "Nothing in this"),
    "English": (b"The police and the municipality of which this is the text and it is not.\n" * 9,
                "another language"),
    "a copier": (COPIER.encode(), "does not look like"),
}  # fmt: skip


@pytest.mark.parametrize("what", BAD)
def test_bad_input_is_answered_in_words_quickly_and_nothing_is_stored(
    client: Client, cast: Cast, what: str
) -> None:
    content, says = BAD[what]
    started = time.process_time()
    response = handed_over(client, cast, content, f"{what}.txt")

    assert time.process_time() - started < 5
    assert response.status_code == 422
    assert says in str(response.context["form"].errors["file"])
    assert not AgreementReading.objects.exists()
    assert not StoredFile.objects.exists()


@pytest.mark.parametrize("encoding", ["utf-16", "latin-1"])
def test_another_encoding_is_decoded_and_the_page_says_which(
    client: Client, cast: Cast, encoding: str
) -> None:
    text = labelled("no_klarspraak").text.replace("–", "-")
    handed_over(client, cast, text.encode(encoding))

    page = client.get(AgreementReading.objects.get().get_absolute_url()).content.decode()
    assert "was written in the encoding" in page
    assert "Ordføreren leder møtet" in page


def test_a_title_of_ten_thousand_characters_is_read_and_the_agreement_keeps_a_short_one(
    client: Client, cast: Cast
) -> None:
    title = "Samarbeidsavtale" * 625
    handed_over(client, cast, f"{title}\n\n{labelled('no_klarspraak').text}".encode())

    page = client.get(AgreementReading.objects.get().get_absolute_url())
    assert len(page.context["form"].initial["title"]) <= 200


def test_what_may_not_be_an_agreement_is_asked_about_and_then_read(
    client: Client, cast: Cast
) -> None:
    assert (
        'name="anyway"'
        not in signed_in(client, cast.secretary)
        .get(reverse("cooperation:read_in"))
        .content.decode()
    )
    assert 'name="anyway"' in handed_over(client, cast, COPIER.encode()).content.decode()

    client.post(
        reverse("cooperation:read_in"),
        {
            "area": str(cast.no.home.ref),
            "file": SimpleUploadedFile("a.txt", COPIER.encode()),
            "anyway": "on",
        },
    )
    page = client.get(AgreementReading.objects.get().get_absolute_url()).content.decode()
    assert "does not look like an agreement" in page


def test_the_document_and_the_headings_stand_side_by_side_with_facts_that_point_into_it(
    client: Client, cast: Cast, django_assert_max_num_queries: Any
) -> None:
    handed_over(client, cast, (OWN / "no_klarspraak.txt").read_bytes())
    staged = AgreementReading.objects.get()
    read = Reading.from_json(staged.result)

    with django_assert_max_num_queries(MOST_QUERIES):
        page = client.get(staged.get_absolute_url()).content.decode()

    places = {place.key for place in client.get(staged.get_absolute_url()).context["places"]}
    assert {clause.key for clause in agreement_template("no").clauses} < places
    for passage in read.passages:
        assert page.count(f'id="passage-{passage.number}"') == 1
        assert page.count(f'data-passage="{passage.number}"') == 1
    chair = read.fact("chair")
    assert f'href="#passage-{chair.passage}"' in page


def test_a_passage_that_was_moved_lies_where_it_was_moved_to_when_the_form_comes_back(
    client: Client, cast: Cast
) -> None:
    handed_over(client, cast, (OWN / "no_klarspraak.txt").read_bytes())
    staged = AgreementReading.objects.get()
    read = Reading.from_json(staged.result)
    one, other = [passage.number for passage in read.passages if not passage.unsure][:2]
    moved = {f"clause_{one}": "services", f"clause_{other}": ""}
    data = as_proposed(client, staged, name="", **moved)

    response = client.post(reverse("cooperation:confirm", args=[staged.ref]), data)

    lying = {
        place.key: [passage.number for passage, _ in place.passages]
        for place in response.context["places"]
    }
    assert response.status_code == 422
    assert one in lying["services"]
    assert other in lying[""]


@pytest.mark.sources
def test_the_stranger_never_sees_what_waits_next_door(
    client: Client, cast: Cast, source_documents: Path
) -> None:
    handed_over(client, cast, next(source_documents.glob("001_*.txt")).read_bytes())
    staged = AgreementReading.objects.get()

    stranger = signed_in(client, cast.stranger)

    assert stranger.get(staged.get_absolute_url()).status_code == 404
    assert stranger.post(reverse("cooperation:confirm", args=[staged.ref])).status_code == 404


def test_a_member_who_does_not_coordinate_cannot_read_in(client: Client, cast: Cast) -> None:
    assert (
        signed_in(client, cast.police_member).get(reverse("cooperation:read_in")).status_code == 404
    )


def test_what_is_missing_stands_at_the_top_and_again_beside_the_button(
    client: Client, cast: Cast
) -> None:
    handed_over(client, cast, (OWN / "no_klarspraak.txt").read_bytes())
    staged = AgreementReading.objects.get()
    gone = {"police_unit", "police_district", "chair"}
    staged.result["facts"] = [one for one in staged.result["facts"] if one["key"] not in gone]
    staged.save()
    Organisation.objects.filter(pk=cast.no.station.pk).update(area=None)

    page = client.get(staged.get_absolute_url()).content.decode()

    party = "The police party is not named. Write which unit it is."
    top, button = page.index("<h2"), page.index("Confirm the agreement<")
    assert page.index(party) < top
    assert page.count(party, top, button) == 1
    assert page.count('href="#id_police"') == 2
    assert page.count("It is not said who chairs the council.") == 2
    assert 'id="id_police"' in page
