"""Response times: the first unit that comes, against the target and elsewhere, few held back."""

from __future__ import annotations

from pathlib import Path

import pytest
from django.urls import reverse

from samrad.access.actor import SYSTEM
from samrad.kernel.verdict import Refused
from samrad.knowledge.incident_actions import stage_incidents, take_in_incidents
from samrad.knowledge.incident_models import IncidentReport
from samrad.knowledge.incident_reports import work_out
from samrad.knowledge.models import DataSet
from samrad.knowledge.packaged import packaged_recipes, read_recipe
from samrad.knowledge.response_times import ResponseTold
from samrad.knowledge.rules.recipes import RecipeRefused
from tests.cast import signed_in
from tests.knowledge.incident_bricks import (
    CODE,
    NOON,
    RECIPE,
    at_home,
    calls,
    recipe,
    taken_in,
)

FILE = Path(__file__).with_name("files") / "sf_fire_dispatch_20161231_20170107.csv.gz"
MOST_QUERIES = 12


def page_of(data_set: DataSet) -> str:
    return reverse("knowledge:response", args=[data_set.ref])


@pytest.fixture
def dispatches(db):
    """The real week of San Francisco's fire department, taken in and worked out."""
    staged = stage_incidents(
        content=FILE.read_bytes(), name=FILE.name, answers={},
        recipe=packaged_recipes()["sf-fire-dispatch"],
    )  # fmt: skip
    take_in_incidents(staged=staged, by=SYSTEM, at=NOON)
    work_out(data_set="sf-fire-dispatch", at=NOON)
    return DataSet.objects.get()


@pytest.mark.slow
def test_a_real_week_is_told_by_the_first_unit_and_by_every_unit(dispatches, cast, client):
    told = ResponseTold(IncidentReport.objects.get())

    assert told.first.median.startswith("6.5 (")
    assert told.units.median.startswith("7.4 (")
    assert told.left_out[0] == "3,429 of 3,560 calls have a time; 131 have none."
    assert told.left_out[3].startswith("28 rows have moments in an order that cannot be")
    assert len(told.held_back) == 8
    assert not told.against
    page = signed_in(client, cast.chair).get(page_of(dispatches)).content.decode()
    assert "131" in page
    assert "no target" in page or "mål" in page


def test_the_mean_stands_against_the_target_and_the_slow_tenth_beside_it(cast, client):
    data_set = taken_in([*calls(60), *calls(60, "Vest", 900)])
    told = ResponseTold(IncidentReport.objects.get())

    [(sentence, time, source)] = told.against
    assert time == "13:26"
    assert source == "Samordnet handlingsplan"
    assert sentence == "The mean is about as long as the target."
    west = next(one for one in told.areas if one.name == "Vest")
    assert "longer than elsewhere" in west.says
    assert west.within.startswith("0%")
    page = signed_in(client, cast.chair).get(page_of(data_set))
    assert "13:26" in page.content.decode()


def test_fewer_than_twenty_are_told_nowhere_nor_what_would_give_them_away(cast, client):
    data_set = taken_in([*calls(60), *calls(25, "Vest", 900), *calls(3, "Nord")])
    told = ResponseTold(IncidentReport.objects.get())

    assert told.held_back == ["Nord", "Vest"]  # the whole less the centre would be the other two
    row = next(row for row in told.area_table.rows if row[0] == "Nord")
    assert row == ["Nord", "held back", "–", "–", "–", "–", "–", "–"]
    client = signed_in(client, cast.chair)
    client.cookies["django_language"] = "en"
    taken = client.get(reverse("knowledge:take_response_csv", args=[data_set.ref]))
    lines = taken.content.decode("utf-8-sig").splitlines()
    assert len(lines) == 1 + 2 + 3 + 1
    assert '"area";"Nord";"";"";""' in taken.content.decode()
    assert "Oppdiktet vei" not in taken.content.decode()
    book = client.get(reverse("knowledge:take_response_xlsx", args=[data_set.ref]))
    assert book.content.startswith(b"PK")


def test_too_few_to_tell_is_said_and_there_is_no_file_of_it(cast, client):
    data_set = taken_in(calls(12))
    client = signed_in(client, cast.chair)

    page = client.get(page_of(data_set))
    assert page.status_code == 200
    assert "s-empty" in page.content.decode()
    assert (
        client.get(reverse("knowledge:take_response_csv", args=[data_set.ref])).status_code == 404
    )


def test_nobody_who_is_not_signed_in_reads_it(cast, client):
    data_set = taken_in(calls(60))

    assert client.get(page_of(data_set)).status_code == 302


def test_the_page_asks_little(cast, client, django_assert_max_num_queries):
    data_set = taken_in([*calls(60), *calls(60, "Vest", 900)])
    signed_in(client, cast.chair)

    with django_assert_max_num_queries(MOST_QUERIES):
        client.get(page_of(data_set))


def test_the_data_sets_page_leads_there(cast, client):
    data_set = taken_in([*calls(60), *at_home(3)])
    address = reverse("knowledge:data_set", args=[data_set.ref])

    page = signed_in(client, cast.chair).get(address).content.decode()
    assert page_of(data_set) in page
    assert "/figures/repeats/" not in page
    page = signed_in(client, cast.police_member).get(address).content.decode()
    assert "/figures/repeats/" in page


def test_how_much_happens_again_is_told_only_where_enough_does(cast):
    taken_in([*calls(60), *at_home(4)])
    assert not IncidentReport.objects.get().content["share"]

    taken_in([*at_home(12, "A 1"), *at_home(12, "B 2")])
    share = IncidentReport.objects.get().content["share"]
    assert share == {"of_incidents": 0.32, "until": "2026-12"}


def test_a_recipe_that_names_no_moment_or_no_district_of_ours_is_refused(cast):
    wrong = RECIPE.replace('arrived = "arrival"', 'arrived = "never"')
    with pytest.raises(RecipeRefused, match="two of the moments"):
        read_recipe(CODE, wrong.format(police="", keep_days=30))

    nowhere = recipe('[incidents.police]\ncountry = "no"\ncode = "99"')
    with pytest.raises(Refused, match="there is none"):
        taken_in(calls(3), by_recipe=nowhere)
    assert not DataSet.objects.exists()
