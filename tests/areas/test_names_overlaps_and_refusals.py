"""New codes and names, overlapping divisions, newer figures, and what is refused."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from samrad.access.actor import SYSTEM
from samrad.areas.actions import bring_names_up_to_date, load_structure
from samrad.areas.checks import check_country
from samrad.areas.history import history_of
from samrad.areas.models import Area
from samrad.areas.packaged import packaged_structure
from samrad.areas.queries import area_with_code, is_superseded, parents_of, people_in
from samrad.areas.rules.kinds import Country
from samrad.areas.rules.structure import StructureRefused, TroubleKind
from samrad.areas.tasks import take_todays_names
from samrad.kernel.clock import held_at
from samrad.work.registry import TASKS
from tests.areas.conftest import NOON, structure
from tests.areas.inventions import (
    HEAD,
    MERGER,
    NEW_YEAR,
    NEW_YEARS_EVE,
    RENUMBERED,
    TODAY,
    everything,
    municipality,
    refused,
)

pytestmark = pytest.mark.slow

# New codes and names ------------------------------------------------------------------------


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
