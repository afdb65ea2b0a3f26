"""A structure is laid over what is known: mergers, splits, new codes and names, all or nothing."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest

from samrad.access.actor import SYSTEM
from samrad.areas.actions import bring_names_up_to_date, load_structure, preview_structure
from samrad.areas.checks import check_country
from samrad.areas.history import history_of
from samrad.areas.models import Area, AreaCover, AreaRelation, AreaSuccession
from samrad.areas.packaged import packaged_structure
from samrad.areas.queries import area_with_code, is_superseded, parents_of, people_in
from samrad.areas.rules.kinds import AreaKind, Country
from samrad.areas.rules.structure import StructureRefused, TroubleKind
from samrad.areas.tasks import take_todays_names
from samrad.areas.words import change_in_words, trouble_in_words
from samrad.kernel.clock import held_at
from samrad.trail.models import TrailEntry
from samrad.work.registry import TASKS
from tests.areas.conftest import NOON, structure

TODAY = date(2026, 11, 21)
NEW_YEARS_EVE, NEW_YEAR = date(2026, 12, 31), date(2027, 1, 1)

HEAD = """
country = "no"
from = 2027-01-01
title = "Norway from 2027 (invented)"
source = "An invented decision"
"""

MERGER = (
    HEAD
    + """
population_date = 2027-01-01
population_source = "Invented"

[[area]]
kind = "municipality"
code = "3299"
name = "Store Ås"
part_of = "county:32 police_district:ost"
population = 85000

[[succession]]
kind = "merge"
of = "municipality"
before = ["3218", "3207"]
after = ["3299"]
"""
)

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


def municipality(code: str, on: date = TODAY) -> Area:
    found = area_with_code("no", code, on=on, kind=AreaKind.MUNICIPALITY)
    assert found is not None
    return found


def refused(text: str) -> list[str]:
    with pytest.raises(StructureRefused) as raised:
        load_structure(structure=structure(text), by=SYSTEM, at=NOON)
    return [trouble_in_words(trouble) for trouble in raised.value.troubles]


def everything() -> list[object]:
    return [
        list(model.objects.order_by("pk").values())
        for model in (Area, AreaRelation, AreaSuccession, AreaCover, TrailEntry)
    ]


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
        "Formed by the merger of Nordre Follo (3207), Ås (3218)."
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


# New codes and names ------------------------------------------------------------------------

RENUMBERED = (
    HEAD
    + """
[[renumbered]]
of = "municipality"
before = "3218"
after = "3298"

[[area]]
kind = "municipality"
code = "3298"
name = "Aas"
"""
)


def test_a_new_code_and_name_do_not_make_another_area(areas, load):
    aas = municipality("3218")

    load(RENUMBERED)

    assert municipality("3298", on=NEW_YEAR) == aas
    assert municipality("3218", on=NEW_YEARS_EVE) == aas
    assert area_with_code("no", "3218", on=NEW_YEAR) is None
    assert [m.text for m in history_of(aas)][:2] == [
        "The name changed from Ås to Aas.",
        "The code changed from 3218 to 3298.",
    ]


def test_what_is_loaded_ahead_shows_from_its_day(areas, load):
    aas = municipality("3218")
    load(RENUMBERED)
    aas.refresh_from_db()
    assert (aas.name, aas.code) == ("Ås", "3218")

    assert bring_names_up_to_date(on=NEW_YEAR) == 1

    aas.refresh_from_db()
    assert (aas.name, aas.code) == ("Aas", "3298")
    assert bring_names_up_to_date(on=NEW_YEAR) == 0


def test_the_daily_task_lets_a_name_take_effect(areas, load):
    load(RENUMBERED)
    assert TASKS["areas.bring_names_up_to_date"].work is take_todays_names

    with held_at(datetime(2027, 1, 1, 0, 5, tzinfo=UTC)):
        take_todays_names()

    assert Area.objects.get(country="no", code="3298").name == "Aas"


def test_a_renumbering_is_loaded_once(areas, load):
    load(RENUMBERED)
    before = everything()

    assert load(RENUMBERED + "# again\n").changes == ()
    assert everything() == before


def test_a_moved_boundary_ends_nobody(areas, load):
    load(
        HEAD + '[[succession]]\nkind = "boundary"\nof = "municipality"\n'
        'before = ["3207"]\nafter = ["3218"]\n'
    )

    assert municipality("3207").valid_to is None
    assert history_of(municipality("3218"))[0].text == "Received ground from Nordre Follo (3207)."


# Overlapping divisions ----------------------------------------------------------------------

OVERLAPPING = (
    HEAD.replace("2027-01-01", "2026-01-01")
    + """
own_codes = ["local_police_area", "named_area"]

[[area]]
kind = "local_police_area"
code = "follo"
name = "Follo (invented)"
part_of = "police_district:ost ~municipality:3207"

[[area]]
kind = "municipality"
code = "3218"
name = "Ås"
part_of = "local_police_area:follo"

[[area]]
kind = "local_police_area"
code = "oslo-west"
name = "Oslo west (invented)"
part_of = "police_district:oslo municipality:0301"

[[area]]
kind = "local_police_area"
code = "oslo-east"
name = "Oslo east (invented)"
part_of = "police_district:oslo municipality:0301"

[[area]]
kind = "named_area"
code = "road-centre"
name = "The road centre’s ground (invented)"

[[area]]
kind = "municipality"
code = "3207"
name = "Nordre Follo"
part_of = "named_area:road-centre"
"""
)


def test_divisions_overlap(areas, load):
    load(OVERLAPPING)
    names = {
        code: set(
            Area.objects.covered_by(
                [Area.objects.get(country="no", code=code).pk], on=TODAY
            ).values_list("code", flat=True)
        )
        for code in ("follo", "0301", "road-centre")
    }

    assert names["follo"] == {"follo", "3218"}  # Nordre Follo only shares ground with it
    assert names["0301"] == {"0301", "oslo-west", "oslo-east"}
    assert names["road-centre"] == {"road-centre", "3207"}
    kinds = {p.kind for p in parents_of(municipality("3207"), TODAY)}
    assert kinds == {"police", "administrative", "catchment"}
    assert check_country(Country.NORWAY, TODAY).is_sound


def test_a_relation_the_file_does_not_speak_of_stays(areas, load):
    load(OVERLAPPING)

    held = {p.area.code for p in parents_of(municipality("3218"), TODAY)}
    assert held == {"ost", "32", "follo"}


# Figures ------------------------------------------------------------------------------------


def test_newer_figures_replace_older_ones_and_never_the_other_way(areas, load):
    row = '\n[[area]]\nkind = "municipality"\ncode = "3218"\nname = "Ås"\npopulation = {}\n'
    dated = HEAD + 'population_source = "Invented"\npopulation_date = {}\n'

    load(dated.format("2027-01-01") + row.format(23_000))
    load(dated.format("2020-01-01") + row.format(11))

    people = people_in(municipality("3218"), TODAY)
    assert people is not None
    assert (people.number, people.source) == (23_000, "Invented")


# Refusals -----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        (
            MERGER.replace('"3207"', '"9999"'),
            "test.toml, succession 1, before: There is no area 9999 of this kind on that day.",
        ),
        (
            MERGER.replace('after = ["3299"]', 'after = ["3298"]'),
            "test.toml, succession 1, after: There is no area 3298 of this kind on that day.",
        ),
        (
            MERGER.replace("county:32", "county:77"),
            "test.toml, area 1, part_of: There is no area 77 of this kind on that day.",
        ),
        (
            MERGER.replace("county:32 ", ""),
            "test.toml, area 1, part_of: 3299 Store Ås would not be part of any County.",
        ),
        (
            MERGER.replace("county:32", "county:32 county:31"),
            "test.toml, area 1, part_of: 3299 Store Ås would be part of two areas of the same"
            " kind at once: Akershus, Østfold.",
        ),
        (
            MERGER.replace("county:32", "county:32@2026-01-01.."),
            "test.toml, area 1, part_of: 3299 Store Ås would be part of Akershus on days when"
            " one of them does not exist.",
        ),
        (
            HEAD + 'complete = ["nation"]\n',
            "code: NO Norge is not in the file, and nothing says what became of it.",
        ),
        (
            RENUMBERED.replace('after = "3298"', 'after = "3207"'),
            "test.toml, renumbered 1, after: Another area has the code 3207 on the same day.",
        ),
        (
            HEAD + '[[area]]\nkind = "nation"\ncode = "NO"\nname = "Norge"\n'
            'part_of = "municipality:3218"\n',
            "part_of: These would contain each other: ",
        ),
        (
            MERGER.replace("2027-01-01", "2019-01-01"),
            "from: A structure from 2024-01-01 is loaded already; an older one would rewrite"
            " history.",
        ),
    ],
)
def test_what_cannot_be_is_refused_whole_with_row_field_and_reason(areas, text, reason):
    before = everything()

    told = refused(text)

    assert any(line.startswith(reason) for line in told), told
    assert everything() == before


def test_nothing_disappears_by_silence(areas, load):
    text = HEAD + 'complete = ["police_district"]\n'

    with pytest.raises(StructureRefused) as raised:
        load_structure(structure=structure(text), by=SYSTEM, at=NOON)

    kinds = {trouble.kind for trouble in raised.value.troubles}
    assert kinds == {TroubleKind.MISSING_WITHOUT_A_WORD}
    assert len(raised.value.troubles) == 12


def test_the_packaged_structure_never_takes_back_a_newer_one(areas, load):
    load(MERGER)

    packaged = packaged_structure(Country.NORWAY)

    assert is_superseded(packaged)
    assert load_structure(structure=packaged, by=SYSTEM, at=NOON).changes == ()
    assert municipality("3299", on=NEW_YEAR).name == "Store Ås"


def test_a_whole_year_later_the_old_is_still_readable(areas, load):
    load(MERGER)
    later = datetime(2028, 2, 1, 9, tzinfo=UTC)
    bring_names_up_to_date(on=later.date())

    found = list(Area.objects.named("as")[:2])

    assert [area.code for area in found][:1] == ["3218"]
    assert not found[0].is_valid_on(later.date())
