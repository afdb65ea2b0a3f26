"""Mergers, splits and moves: laid over what is known, all or nothing."""

from __future__ import annotations

from datetime import date

import pytest

from samrad.access.actor import SYSTEM
from samrad.areas.actions import preview_structure
from samrad.areas.checks import check_country
from samrad.areas.history import history_of
from samrad.areas.models import Area, AreaRelation
from samrad.areas.queries import parents_of
from samrad.areas.rules.kinds import AreaKind, Country
from samrad.areas.words import change_in_words
from tests.areas.conftest import structure
from tests.areas.inventions import (
    HEAD,
    MERGER,
    NEW_YEAR,
    NEW_YEARS_EVE,
    everything,
    municipality,
    refused,
)

pytestmark = pytest.mark.slow

# A merger -----------------------------------------------------------------------------------


def test_a_merger_closes_the_old_the_day_before_and_opens_the_new(areas, load):
    load(MERGER)

    aas, nordre_follo = municipality("3218"), municipality("3207")
    merged = municipality("3299", on=NEW_YEAR)
    assert aas.valid_to == nordre_follo.valid_to == NEW_YEARS_EVE
    assert merged.valid_from == NEW_YEAR
    assert {p.area.name for p in parents_of(merged, NEW_YEAR)} == {
        "Akershus",
        "Øst politidistrikt",
    }
    assert parents_of(aas, NEW_YEAR) == []
    assert len(parents_of(aas, NEW_YEARS_EVE)) == 2
    here = Area.objects.in_country("no").municipalities()
    assert (here.valid_on(NEW_YEARS_EVE).count(), here.valid_on(NEW_YEAR).count()) == (357, 356)
    assert check_country(Country.NORWAY, NEW_YEAR).is_sound


def test_a_merger_can_be_read_from_both_sides(areas, load):
    load(MERGER)

    assert history_of(municipality("3299", on=NEW_YEAR))[0].text == (
        "Formed by the merger of Ås (3218), Nordre Follo (3207)."
    )
    assert history_of(municipality("3218"))[0].text == "Merged into Store Ås (3299)."


def test_whoever_covers_the_merged_municipality_covers_what_went_into_it(areas, load):
    aas = municipality("3218")
    load(MERGER)
    merged = municipality("3299", on=NEW_YEAR)
    district = Area.objects.get(country="no", kind=AreaKind.POLICE_DISTRICT, code="ost")

    for above in (merged, district):
        assert aas in Area.objects.covered_by([above.pk], on=NEW_YEAR)
    assert aas not in Area.objects.covered_by([merged.pk], on=NEW_YEARS_EVE)
    assert merged not in Area.objects.covered_by([aas.pk], on=NEW_YEAR)


def test_a_merger_that_moves_to_another_district_takes_its_readers_along(areas, load):
    aas = municipality("3218")
    load(MERGER.replace("police_district:ost", "police_district:oslo"))
    east, oslo = (
        Area.objects.get(country="no", kind=AreaKind.POLICE_DISTRICT, code=code)
        for code in ("ost", "oslo")
    )

    assert aas in Area.objects.covered_by([oslo.pk], on=NEW_YEAR)
    assert aas not in Area.objects.covered_by([east.pk], on=NEW_YEAR)
    assert aas in Area.objects.covered_by([east.pk], on=NEW_YEARS_EVE)


def test_a_municipality_that_ends_without_successor_stays_with_its_last_district(areas, load):
    aas = municipality("3218")
    load(HEAD + '[[ended]]\nof = "municipality"\ncode = "3218"\n')
    district = Area.objects.get(country="no", kind=AreaKind.POLICE_DISTRICT, code="ost")

    assert aas in Area.objects.covered_by([district.pk], on=date(2031, 6, 1))
    assert aas not in Area.objects.covered_by([district.pk], on=date(2031, 6, 1)).valid_on(
        date(2031, 6, 1)
    )


def test_a_merger_may_keep_the_code_of_one_of_the_parts(areas, load):
    load(
        MERGER.replace('code = "3299"', 'code = "3218"').replace(
            'after = ["3299"]', 'after = ["3218"]'
        )
    )

    aas = municipality("3218", on=NEW_YEAR)
    assert aas.valid_to is None
    assert municipality("3207").valid_to == NEW_YEARS_EVE
    assert history_of(aas)[0].text == "The name changed from Ås to Store Ås."


def test_loading_the_merger_twice_changes_nothing(areas, load):
    load(MERGER)
    before = everything()

    assert load(MERGER).changes == ()
    assert load(MERGER + "\n# a remark\n").changes == ()
    assert everything() == before


def test_a_preview_shows_the_difference_and_writes_nothing(areas):
    before = everything()

    plan = preview_structure(structure=structure(MERGER), by=SYSTEM)

    assert [change_in_words(change) for change in plan.changes] == [
        "Municipality 3299 Store Ås: new",
        "Municipality 3218 Ås: ends on 2026-12-31",
        "Municipality 3218 Ås: merges into 3299 Store Ås on 2027-01-01",
        "Municipality 3207 Nordre Follo: ends on 2026-12-31",
        "Municipality 3207 Nordre Follo: merges into 3299 Store Ås on 2027-01-01",
    ]
    assert everything() == before


# A county split again -----------------------------------------------------------------------

RESPLIT = (
    HEAD
    + """
[[area]]
kind = "county"
code = "91"
name = "Nordre Østfold"
part_of = "nation:NO"

[[area]]
kind = "county"
code = "92"
name = "Søndre Østfold"
part_of = "nation:NO"

[[succession]]
kind = "split"
of = "county"
before = ["31"]
after = ["91", "92"]
"""
)


def moved(count: int) -> str:
    """The municipalities of Østfold, the first `count` of them to the new northern county."""
    codes = sorted(
        Area.objects.in_country("no")
        .municipalities()
        .filter(code__startswith="31")
        .values_list("code", flat=True)
    )
    return "".join(
        f'[[area]]\nkind = "municipality"\ncode = "{code}"\n'
        f'name = "{Area.objects.get(country="no", code=code).name}"\n'
        f'part_of = "county:{91 if place < count else 92}"\n'
        for place, code in enumerate(codes)
    )


def test_a_county_is_split_and_its_municipalities_move(areas, load):
    load(RESPLIT + moved(5))

    counties = {
        code: Area.objects.get(country="no", kind=AreaKind.COUNTY, code=code)
        for code in ("31", "91", "92")
    }
    on_new_year = {
        code: Area.objects.covered_by([county.pk], on=NEW_YEAR).municipalities().count()
        for code, county in counties.items()
    }
    assert on_new_year == {"31": 0, "91": 5, "92": 7}
    halden = municipality("3101")
    assert [p.area.name for p in parents_of(halden, NEW_YEARS_EVE) if p.area.kind == "county"] == [
        "Østfold"
    ]
    assert history_of(halden)[0].text == "Moved from Østfold to Nordre Østfold."
    assert [p.area.name for p in parents_of(halden, NEW_YEAR)] == [
        "Øst politidistrikt",
        "Nordre Østfold",
    ]
    assert check_country(Country.NORWAY, NEW_YEAR).is_sound


def test_a_split_that_forgets_a_municipality_is_refused(areas):
    before = everything()
    text = RESPLIT + moved(5).rsplit("[[area]]", 1)[0]

    told = refused(text)

    assert len(told) == 1
    assert told[0].endswith("would not be part of any County.")
    assert everything() == before


# Moves --------------------------------------------------------------------------------------

MOVE = (
    HEAD
    + """
[[area]]
kind = "municipality"
code = "3218"
name = "Ås"
part_of = "police_district:oslo"
"""
)


def districts_of(area: Area, on: date) -> list[str]:
    return [p.area.code for p in parents_of(area, on) if p.area.kind == "police_district"]


def test_a_municipality_moves_to_another_district_on_the_day(areas, load):
    aas = municipality("3218")

    load(MOVE)

    assert districts_of(aas, NEW_YEARS_EVE) == ["ost"]
    assert districts_of(aas, NEW_YEAR) == ["oslo"]
    assert history_of(aas)[0].text == "Moved from Øst politidistrikt to Oslo politidistrikt."


def test_a_move_is_corrected_by_a_second_file_of_the_same_day(areas, load):
    aas = municipality("3218")
    load(MOVE)

    load(MOVE.replace("police_district:oslo", "police_district:innlandet"))

    assert districts_of(aas, NEW_YEARS_EVE) == ["ost"]
    assert districts_of(aas, NEW_YEAR) == ["innlandet"]
    assert not AreaRelation.objects.filter(child=aas, parent__code="oslo").exists()
