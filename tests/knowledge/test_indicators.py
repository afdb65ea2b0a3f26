"""The pages of an indicator, everywhere and in one area, and the files to take along."""

from __future__ import annotations

import csv
import io
import json
import zipfile

import pytest
from django.urls import reverse
from jsonstat_validator import validate_jsonstat

from samrad.areas.models import Area
from samrad.knowledge.models import Indicator, SheetRow
from samrad.knowledge.packaged import packaged_recipes
from samrad.knowledge.readers import read_tables
from samrad.people.models import Person
from tests.cast import Cast, signed_in
from tests.knowledge.bricks import a_picture

MOST_QUERIES = 12


@pytest.fixture
def burglary(cast: Cast) -> Indicator:
    return a_picture(cast.no.home).data_set.indicators.get()


@pytest.fixture
def secretary(cast: Cast, client):
    return signed_in(client, cast.secretary)


def text_of(response) -> str:
    return b"".join(response.streaming_content).decode()


def test_an_indicator_tells_what_it_counts_and_where_it_is_from(
    burglary, secretary, django_assert_max_num_queries
):
    url = reverse("knowledge:indicator", args=[burglary.ref])
    secretary.get(url)
    with django_assert_max_num_queries(MOST_QUERIES):
        page = secretary.get(url).content.decode()

    assert "reported offences" in page
    assert "Fewer is better" in page
    assert "A publisher, table 1, CC BY 4.0" in page
    assert "© Kartverket" in page


def test_an_indicator_in_a_municipality_says_how_it_changes(
    cast, burglary, secretary, django_assert_max_num_queries
):
    url = reverse("knowledge:indicator_here", args=[burglary.ref, cast.no.home.ref])
    secretary.get(url)
    with django_assert_max_num_queries(MOST_QUERIES):
        page = secretary.get(url).content.decode()

    assert "times the average of the 3 years before" in page
    assert "higher than expected" in page


def test_where_it_is_not_counted_there_is_no_page(burglary, secretary):
    elsewhere = Area.objects.municipalities().exclude(pk=SheetRow.objects.get().area_id).first()
    url = reverse("knowledge:indicator_here", args=[burglary.ref, elsewhere.ref])

    assert secretary.get(url).status_code == 404


def test_indicators_are_found_by_name_and_theme(burglary, secretary):
    url = reverse("knowledge:indicators")

    assert "Break-ins" in secretary.get(url + "?q=break").content.decode()
    assert "Break-ins" in secretary.get(url + "?theme=crime").content.decode()
    assert "Nothing of that name" in secretary.get(url + "?theme=health").content.decode()


def test_the_picture_leads_to_the_indicator(cast, burglary, secretary):
    page = secretary.get(reverse("knowledge:picture", args=[cast.no.home.ref])).content.decode()

    assert reverse("knowledge:indicator_here", args=[burglary.ref, cast.no.home.ref]) in page


# Files to take along ---------------------------------------------------------------------------


@pytest.fixture
def holed(burglary) -> Indicator:
    """Figures of which one is held back, one missing, one of before the place was there."""
    row = SheetRow.objects.get()
    row.values[:4] = [None, None, None, 0.5]
    row.nothing = {"0": "not_then", "1": "missing", "2": "hidden"}
    row.name = "=HYPERLINK(1)"
    row.save()
    return burglary


def test_a_csv_keeps_the_three_kinds_of_nothing_apart(holed, secretary):
    answer = secretary.get(reverse("knowledge:take_csv", args=[holed.ref]))
    lines = list(csv.reader(io.StringIO(text_of(answer).lstrip("\ufeff")), delimiter=";"))

    assert [line[6] for line in lines[1:5]] == [
        "did not exist then", "missing", "held back", "",
    ]  # fmt: skip
    assert [line[5] for line in lines[1:5]] == ["", "", "", "0.5"]
    assert lines[1][2] == "'=HYPERLINK(1)"
    assert ["Licence", "CC BY 4.0"] in lines


def test_a_csv_has_the_decimal_mark_of_its_reader(holed, cast, client):
    reader = cast.dk.secretary
    Person.objects.filter(pk=reader.person.pk).update(language="da")
    url = reverse("knowledge:take_csv", args=[holed.ref])

    assert ";0,5;" in text_of(signed_in(client, reader).get(url))


def test_a_workbook_holds_numbers_and_no_formula(holed, secretary):
    answer = secretary.get(reverse("knowledge:take_xlsx", args=[holed.ref]))
    with zipfile.ZipFile(io.BytesIO(b"".join(answer.streaming_content))) as book:
        sheet = book.read("xl/worksheets/sheet1.xml").decode()

    assert "<f>" not in sheet
    assert "<v>0.5</v>" in sheet
    assert "held back" in sheet


def test_jsonstat_validates_and_reads_back_equal(holed, cast, secretary):
    url = reverse("knowledge:take_here_json", args=[holed.ref, cast.no.home.ref])
    content = text_of(secretary.get(url))
    said = json.loads(content)

    validate_jsonstat(said)
    assert said["value"] == SheetRow.objects.get().values
    assert said["status"] == {"0": ".", "1": "..", "2": ":"}
    assert said["extension"]["licence"] == "CC BY 4.0"
    (table,) = read_tables(content.encode(), packaged_recipes()["no-ssb-08487"], {})
    assert list(table.values) == said["value"]
