"""The picture on two pages of paper: complete, readable by ear, in the reader's language."""

from __future__ import annotations

import io

import pytest
from django.urls import reverse
from django.utils import translation
from pypdf import PdfReader

from samrad.documents.paper import docx_of, pdf_of
from samrad.knowledge.handouts import handout
from samrad.knowledge.pictures import pictures_of
from tests.cast import Cast, signed_in
from tests.knowledge.bricks import NOON, a_picture


@pytest.fixture
def told(cast: Cast):
    a_picture(cast.no.home)
    return pictures_of(cast.no.home, cast.secretary.actor)[0]


@pytest.mark.parametrize("language", ["nb", "nn", "da", "sv", "en"])
def test_the_handout_is_two_tagged_pages_in_every_language(cast, told, language):
    with translation.override(language):
        reader = PdfReader(io.BytesIO(pdf_of(handout(cast.no.home, told), at=NOON)))

    assert len(reader.pages) == 2
    assert reader.trailer["/Root"]["/MarkInfo"]["/Marked"]
    assert str(reader.trailer["/Root"]["/Lang"]).startswith(language)
    assert "pdfuaid" in reader.xmp_metadata.stream.get_data().decode()  # PDF/UA


def test_the_handout_says_what_rises_and_where_it_is_from(cast, told):
    reader = PdfReader(io.BytesIO(pdf_of(handout(cast.no.home, told), at=NOON)))
    first, second = (" ".join(page.extract_text().split()) for page in reader.pages)

    assert "What rises Break-ins:" in first
    assert "A publisher, table 1, CC BY 4.0" in second


def test_in_word_each_drawing_is_told(cast, told):
    assert docx_of(handout(cast.no.home, told), at=NOON).startswith(b"PK")


def test_the_picture_hands_it_out(cast, told, client):
    who = signed_in(client, cast.secretary)
    url = reverse("knowledge:handout", args=[cast.no.home.ref, told.kept.data_set.ref])

    assert url in who.get(reverse("knowledge:picture", args=[cast.no.home.ref])).content.decode()
    answer = who.get(url)
    assert answer["Content-Type"] == "application/pdf"
    assert answer.content.startswith(b"%PDF")
