"""The picture on two pages of paper: complete, readable by ear, in the reader's language."""

from __future__ import annotations

import io
from collections.abc import Iterator
from dataclasses import asdict, replace

import pytest
from django.urls import reverse
from django.utils import translation
from pypdf import PdfReader

from samrad.analysis.words import Code
from samrad.documents.paper import Paper, Table, docx_of, pdf_of
from samrad.knowledge.handouts import handout
from samrad.knowledge.pictures import pictures_of
from samrad.knowledge.reckoning import pictures
from samrad.knowledge.rules.picture import Among, Line
from samrad.knowledge.telling import told_beside_the_rest
from tests.cast import Cast, signed_in
from tests.knowledge.bricks import NOON, USUAL, a_picture, counted, picture_of


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
    first, second = words(handout(cast.no.home, told))

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


def test_a_stranger_is_told_which_place_which_years_and_what_figures_are_not(cast, told):
    first, second = words(handout(cast.no.home, told))

    assert f"About the municipality of {cast.no.home.name}" in first
    assert "what is reported, not what happens, and do not say why" in first
    assert "the latest year, 2025, against the average of 2022–2024, per inhabitant" in first
    assert "holds the true figure in 95 of 100 cases" in first
    assert "latest year: 2.1 times as many per inhabitant" in second


def test_the_columns_say_of_which_time_they_are(cast, told):
    table = next(one for one in handout(cast.no.home, told).parts if isinstance(one, Table))

    assert table.groups == (("", 1), ("Quarter 4 of 2025", 2), ("2025, per 1,000 inhabitants", 2))
    assert table.header == ("What is counted", "Counted", "Expected", "Here", "Whole country")


def test_a_year_that_does_not_begin_in_january_is_told_by_its_ends(cast, told):
    line = told.lines[0].line
    told.kept.content["period"] = "2025-Q2"
    lines = [replace(told.lines[0], line=replace(line, past=line.past[:-2]))]

    earlier = replace(told, lines=lines, period="quarter 2 of 2025")
    first, _second = words(handout(cast.no.home, earlier))

    assert (
        "the latest year, quarter 3 of 2024 to quarter 2 of 2025, against the average of the same"
        " periods of the 3 years before"
    ) in first


# Against the rest of the country ------------------------------------------------------------


def test_what_is_far_from_the_rest_of_the_country_is_told_with_its_interval():
    more, usual = beside_the_rest([30, 36, 27, 33], *[USUAL] * 30)

    assert told_beside_the_rest(more).startswith("3.0 times as many per inhabitant (from 2.5 to")
    assert "differ as much" not in told_beside_the_rest(more)
    assert told_beside_the_rest(usual) == ""


def test_a_difference_that_municipalities_often_have_is_told_as_one():
    among = Among(way=Code.LOWER, to_rest=0.7, rest_low=0.6, rest_high=0.8)

    assert told_beside_the_rest(among) == (
        "30% less per inhabitant (from 20% to 40%); other municipalities differ as much"
    )


def test_what_an_older_version_drew_says_nothing_of_the_rest():
    kept = asdict(picture_of(*USUAL * 10).lines[0])
    for name in ("way", "to_rest", "rest_low", "rest_high"):
        del kept["among"][name]

    assert told_beside_the_rest(Line.from_json(kept).among) == ""


def beside_the_rest(*years: list[float]) -> list[Among]:
    """Where the first two places of these stand, whose every year is like the one given."""
    drawn = pictures(counted(*(year * 10 for year in years)))
    return [drawn[f"place {place}"].lines[0].among for place in (0, 1)]


def words(paper: Paper) -> Iterator[str]:
    """Each page as one line."""
    reader = PdfReader(io.BytesIO(pdf_of(paper, at=NOON)))
    return (" ".join(page.extract_text().split()) for page in reader.pages)
