"""The pages of drafts: two who choose at once, few queries, papers that others can read."""

from __future__ import annotations

import io
import subprocess

import pytest
from django.urls import reverse
from docx import Document
from pypdf import PdfReader

from samrad.agreements.actions.comments import comment_on, open_comments
from samrad.kernel.clock import held_at
from tests.agreements.bricks import AT, ahead, begun, in_force, signs, to_be_signed, written
from tests.cast import NOON, signed_in
from tests.documents.papers_read_back import (
    headings_of_docx,
    headings_of_pdf,
    text_of_docx,
    text_of_pdf,
)
from tests.support.components import pdf_tools

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def noon():
    with held_at(NOON):
        yield


def url(name, thing):
    return reverse(f"agreements:{name}", args=[thing.ref])


def test_two_who_choose_parties_at_once_see_each_others_choice(cast, client):
    draft = begun(cast)
    address = url("parties", draft)
    page = signed_in(client, cast.secretary).get(address)
    form = page.context["form"]
    marks = form.started_from.split('value="')[1].split('"')[0]
    mine, theirs = form.fields["parties"].choices[0][0], form.fields["parties"].choices[-1][0]
    signed_in(client, cast.chair).post(address, {"started_from": marks, "parties": [theirs]})

    answer = signed_in(client, cast.secretary).post(
        address, {"started_from": marks, "parties": [mine]}
    )

    assert answer.status_code == 422
    assert draft.parties.count() == 1


def test_a_draft_with_comments_and_signatures_takes_few_queries(
    cast, client, django_assert_max_num_queries
):
    draft = written(cast)
    open_comments(draft=draft, until=ahead(5), by=cast.secretary.actor, **AT)
    for clause in draft.clauses.select_related("draft__council"):
        comment_on(clause=clause, text="Se på denne.", by=cast.director.actor, **AT)
    signed_in(client, cast.police_member)
    with django_assert_max_num_queries(12):
        assert client.get(draft.get_absolute_url()).status_code == 200


def test_the_agreements_page_takes_few_queries_too(cast, client, django_assert_max_num_queries):
    agreement = in_force(cast).agreement
    signed_in(client, cast.director)
    with django_assert_max_num_queries(12):
        assert client.get(agreement.get_absolute_url()).status_code == 200


@pytest.mark.parametrize("form", ["pdf", "docx"])
def test_the_paper_holds_the_text_the_signatures_and_the_hash(cast, client, form):
    draft = to_be_signed(cast)
    signs(draft, cast.chair)
    data = signed_in(client, cast.station_chief).get(url(f"draft_{form}", draft)).content
    text = text_of_pdf(data) if form == "pdf" else text_of_docx(data)

    assert "Politikontakten" in text
    assert cast.chair.name in text
    assert "Signaturer" in text
    flat = text.replace(" ", "").replace("\n", "")
    assert draft.sha256() in flat
    if form == "docx":
        assert headings_of_docx(data)[0] == (1, draft.title)
        assert Document(io.BytesIO(data)).core_properties.language == "nb-NO"
    else:
        assert headings_of_pdf(data)[0][0] == "H1"


@pytest.mark.pdf_tools
def test_the_pdf_is_tagged_and_its_signatures_stand_on_a_page_of_their_own(cast, client, tmp_path):
    draft = in_force(cast)
    file = tmp_path / "avtale.pdf"
    file.write_bytes(signed_in(client, cast.guest).get(url("pdf", draft.agreement)).content)
    told = subprocess.run(
        [str(pdf_tools()), str(file)], capture_output=True, text=True, check=True
    ).stdout

    assert "Tagged:          yes" in told
    pages = [page.extract_text() for page in PdfReader(file).pages]
    assert "Signaturer" in pages[-1]
    assert "Politikontakten" not in pages[-1]
