"""Norway, Denmark and Sweden as they come with the program."""

from __future__ import annotations

import time
from datetime import date

import pytest
from django.db.models import Sum

from samrad.access.actor import ANONYMOUS, SYSTEM, Actor
from samrad.areas.actions import load_structure
from samrad.areas.checks import check_country
from samrad.areas.history import history_of
from samrad.areas.models import Area, AreaRelation, AreaStructure
from samrad.areas.packaged import packaged_structure
from samrad.areas.queries import (
    area_with_code,
    counts_by_kind,
    is_no_place,
    parents_of,
    people_in,
)
from samrad.areas.rules.kinds import AreaKind, Country
from samrad.kernel.verdict import Refused
from samrad.trail.api import history_of as trail_of
from samrad.trail.models import TrailEntry
from tests.areas.conftest import NOON

pytestmark = pytest.mark.slow

TODAY = date(2026, 11, 21)


@pytest.mark.parametrize(
    ("country", "municipalities", "districts", "counties"),
    [("no", 357, 12, 15), ("dk", 98, 12, 5), ("se", 290, 7, 21)],
)
def test_every_municipality_and_district_is_there(
    areas, country, municipalities, districts, counties
):
    counted = counts_by_kind(TODAY)[country]

    assert counted[AreaKind.MUNICIPALITY] == municipalities
    assert counted[AreaKind.POLICE_DISTRICT] == districts
    assert counted[AreaKind.COUNTY] == counties


@pytest.mark.parametrize(
    ("country", "people"), [("no", 5_550_203), ("dk", 5_992_644), ("se", 10_587_710)]
)
def test_the_municipalities_add_up_to_the_published_population(areas, country, people):
    here = Area.objects.in_country(country).municipalities().valid_on(TODAY)

    assert here.aggregate(Sum("population"))["population__sum"] == people


def test_the_people_outside_the_danish_municipalities_are_those_of_christianso(areas):
    denmark = Area.objects.get(country="dk", kind=AreaKind.NATION)

    assert people_in(denmark, TODAY).number == 5_992_734  # 90 more than the municipalities


@pytest.mark.parametrize("country", Country)
def test_every_municipality_lies_in_one_police_district_one_county_and_its_nation(areas, country):
    for municipality in Area.objects.in_country(country).municipalities().valid_on(TODAY):
        above = Area.objects.covering([municipality.pk], on=TODAY)
        assert sorted(area.kind for area in above) == [
            AreaKind.COUNTY,
            AreaKind.MUNICIPALITY,
            AreaKind.NATION,
            AreaKind.POLICE_DISTRICT,
        ]


@pytest.mark.parametrize("country", Country)
def test_what_is_loaded_is_sound(areas, country):
    found = check_country(country, TODAY)

    assert found.troubles == []
    assert found.covers_are_whole


def test_the_covers_of_a_country_are_checked_against_its_relations(areas):
    AreaRelation.objects.filter(child__code="3218").delete()

    assert not check_country(Country.NORWAY, TODAY).is_sound


def test_midt_og_vestjylland_holds_eleven_municipalities(areas):
    district = Area.objects.get(country="dk", kind=AreaKind.POLICE_DISTRICT, code="3")

    inside = Area.objects.covered_by([district.pk], on=TODAY).municipalities()

    assert inside.count() == 11
    assert set(inside.values_list("name", flat=True)) >= {"Holstebro", "Morsø", "Thisted"}


def test_a_permission_filter_over_many_districts_is_one_query(areas, django_assert_num_queries):
    districts = list(Area.objects.police_districts().values_list("pk", flat=True))

    with django_assert_num_queries(1):
        assert len(Area.objects.covered_by(districts, on=TODAY).municipalities()) == 745


def test_a_norwegian_district_relation_says_that_it_is_derived_and_how(areas):
    baerum = Area.objects.get(country="no", code="3201")

    district = next(p for p in parents_of(baerum, TODAY) if p.area.kind == "police_district")

    assert district.area.name == "Oslo politidistrikt"
    assert district.is_derived
    assert district.basis == "exception"


def test_both_danish_numberings_name_the_same_place(areas):
    assert area_with_code("dk", "0773") == area_with_code("dk", "773")
    assert area_with_code("dk", "773").name == "Morsø"


def test_christianso_is_a_place_without_council_or_population(areas):
    island = area_with_code("dk", "411")

    assert island.kind == AreaKind.UNINCORPORATED
    assert not island.may_hold_councils
    assert island not in Area.objects.fit_for_councils()
    assert people_in(island, TODAY) is None


def test_not_stated_is_no_place(areas):
    assert area_with_code("dk", "998") is None
    assert is_no_place("dk", "998")
    assert not is_no_place("dk", "773")


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("as", "Ås"),
        ("AAS", "Ås"),
        ("ås", "Ås"),
        ("mors", "Morsø"),
        ("karasjok", "Kárášjohka - Karasjok"),
        ("KARASJOHKA", "Kárášjohka - Karasjok"),
        ("hoje taastr", "Høje Taastrup"),
        ("arhus", "Aarhus"),
        ("3218", "Ås"),
        ("3021", "Ås"),
        ("773", "Morsø"),
        ("midtjylland", "Region Midtjylland"),
        ("orebro", "Örebro"),
    ],
)
def test_an_area_is_found_by_what_people_type(areas, typed, found):
    assert Area.objects.named(typed).first().name == found


@pytest.mark.parametrize("typed", ["", "   ", "%", "'; --", "xqzzy", "_"])
def test_what_names_nothing_finds_nothing(areas, typed):
    assert not Area.objects.named(typed).exists()


def test_as_was_3021_in_viken_until_2023_and_is_the_same_area(areas):
    aas = Area.objects.get(country="no", code="3218")

    told = [(milestone.on, milestone.text) for milestone in history_of(aas)]

    assert (date(2024, 1, 1), "The code changed from 3021 to 3218.") in told
    assert (date(2024, 1, 1), "Moved from Viken to Akershus.") in told
    assert area_with_code("no", "3021", on=date(2022, 5, 1)) == aas
    assert area_with_code("no", "3021", on=TODAY) is None
    county = {p.area.name for p in parents_of(aas, date(2022, 5, 1))}
    assert county == {"Viken"}


def test_norway_had_356_municipalities_before_haram_left_alesund(areas):
    assert (
        Area.objects.in_country("no").municipalities().valid_on(date(2023, 12, 31)).count() == 356
    )


def test_a_dissolved_county_keeps_its_page_and_says_what_became_of_it(areas):
    viken = Area.objects.get(country="no", kind=AreaKind.COUNTY, code="30")

    assert not viken.is_valid_on(TODAY)
    assert people_in(viken, viken.valid_to) is None
    assert [m.text for m in history_of(viken)] == [
        "Split into Akershus (32), Buskerud (33), Østfold (31)."
    ]


@pytest.mark.parametrize("actor", [ANONYMOUS, SYSTEM, Actor(label="A stranger", user_id=7)])
def test_names_and_codes_are_public_facts(areas, actor):
    assert Area.objects.visible_to(actor).count() == Area.objects.count()


def test_loading_twice_changes_nothing_and_leaves_no_trace(areas):
    before = (Area.objects.count(), AreaRelation.objects.count(), TrailEntry.objects.count())

    for country in Country:
        plan = load_structure(structure=packaged_structure(country), by=SYSTEM, at=NOON)
        assert plan.changes == ()

    after = (Area.objects.count(), AreaRelation.objects.count(), TrailEntry.objects.count())
    assert after == before


def test_loading_is_told_in_the_trail(areas):
    for record in AreaStructure.objects.all():
        told = [str(happening.text) for happening in trail_of(record)]
        assert len(told) == 1
        assert record.title in told[0]


def test_only_an_administrator_loads_areas(areas):
    with pytest.raises(Refused, match="Only an administrator"):
        load_structure(
            structure=packaged_structure(Country.SWEDEN),
            by=Actor(label="A secretary", user_id=3, person_id=3),
            at=NOON,
        )


def test_the_whole_load_takes_at_most_three_seconds_of_work(db):
    packaged_structure.cache_clear()
    started = time.process_time()

    for country in Country:
        load_structure(structure=packaged_structure(country), by=SYSTEM, at=NOON)

    assert time.process_time() - started < 3
