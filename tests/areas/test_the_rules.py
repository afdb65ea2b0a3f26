"""Properties of the plain rules: covers, dated relations, names, and reading of files."""

from __future__ import annotations

import copy
from collections.abc import Callable
from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from samrad.areas.rules.closure import Cover, Edge, Window, closure, first_circle, joined
from samrad.areas.rules.difference import difference
from samrad.areas.rules.kinds import AreaKind
from samrad.areas.rules.names import fold, names_within, searchable
from samrad.areas.rules.picture import Picture
from samrad.areas.rules.reading import read_csv_structure
from samrad.areas.rules.soundness import troubles_in
from samrad.areas.rules.structure import Structure, StructureRefused, TroubleKind
from samrad.areas.words import trouble_in_words
from tests.areas.conftest import structure
from tests.support.examples import tries

FIRST = date(2020, 1, 1)
DAYS = 40

days = st.integers(0, DAYS).map(lambda n: FIRST + timedelta(days=n))
windows = st.tuples(days, days).map(lambda pair: Window(min(pair), max(pair)))


# What covers what ---------------------------------------------------------------------------


@st.composite
def divisions(draw: st.DrawFn) -> tuple[dict[int, Window], list[Edge], list[tuple[int, int, date]]]:
    """Areas with lives, relations within both lives from wider to narrower, and mergers."""
    count = draw(st.integers(2, 7))
    lives = {
        area: draw(st.one_of(st.just(Window()), windows, windows.map(lambda w: Window(end=w.end))))
        for area in range(count)
    }
    edges = []
    for child in range(1, count):
        for parent in draw(st.sets(st.integers(0, child - 1), max_size=3)):
            window = draw(windows).meeting(lives[parent]).meeting(lives[child])
            if window:
                edges.append(Edge(parent, child, window))
    merged = []
    for before, life in lives.items():
        if life.end != date.max and before and draw(st.booleans()):
            merged.append((before, draw(st.integers(0, before - 1)), life.end + timedelta(days=1)))
    return lives, edges, merged


def above_by_walking(area, day, lives, edges, merged):
    """What covers an area on one day, found by simply walking upward on that day."""
    was_merged = any(before == area for before, _after, _on in merged)
    is_over = day > lives[area].end and not was_merged
    asked = lives[area].end if is_over else day
    steps = [edge.parent for edge in edges if edge.child == area and asked in edge.window]
    steps += [after for before, after, on in merged if before == area and day >= on]
    found = {area}
    for step in steps:
        found |= above_by_walking(step, day, lives, edges, merged)
    return found


@settings(max_examples=tries(120), deadline=None)
@given(divisions(), st.integers(-3, DAYS + 3))
def test_the_closure_is_what_walking_upward_finds_on_any_day(ground, offset):
    lives, edges, merged = ground
    day = FIRST + timedelta(days=offset)

    covers = closure(lives, edges, merged)

    for area in lives:
        told = {c.ancestor for c in covers if c.descendant == area and day in c.window}
        assert told == above_by_walking(area, day, lives, edges, merged)


@settings(max_examples=tries(40))
@given(divisions())
def test_covers_of_the_same_pair_never_touch(ground):
    by_pair: dict[tuple[int, int], list[Window]] = {}
    for cover in closure(*ground):
        by_pair.setdefault((cover.ancestor, cover.descendant), []).append(cover.window)

    for found in by_pair.values():
        assert joined(found) == sorted(found)


def test_an_area_always_covers_itself():
    lives = {1: Window(date(2024, 1, 1), date(2024, 12, 31))}

    assert closure(lives, []) == {Cover(1, 1, Window())}


@given(st.lists(windows, max_size=8), days)
def test_joining_windows_keeps_every_day(many, day):
    assert any(day in w for w in joined(many)) == any(day in w for w in many)


def test_the_papers_of_a_municipality_merged_twice_keep_their_readers():
    nation, small, merged = 0, 1, 2
    lives = {
        nation: Window(),
        small: Window(end=date(2023, 12, 31)),
        merged: Window(date(2024, 1, 1), date(2025, 12, 31)),
    }
    edges = [Edge(nation, small, lives[small]), Edge(nation, merged, lives[merged])]

    covers = closure(lives, edges, [(small, merged, date(2024, 1, 1))])

    on = {(c.ancestor, c.descendant) for c in covers if date(2026, 6, 1) in c.window}
    assert {(nation, small), (nation, merged), (merged, small)} <= on


def test_windows_that_follow_each_other_become_one():
    first, second = Window(FIRST, FIRST + timedelta(2)), Window(FIRST + timedelta(3))

    assert joined([second, first]) == [Window(FIRST)]


def test_a_ring_of_areas_is_found():
    ring = [Edge(1, 2, Window()), Edge(2, 3, Window()), Edge(3, 1, Window())]

    assert sorted(first_circle(ring)) == [1, 2, 3]
    assert first_circle(ring[:2]) == ()


# Structures laid one over another -----------------------------------------------------------

DISTRICTS = ("east", "west")
COUNTIES = ("c1", "c2")


@st.composite
def years(draw: st.DrawFn) -> list[str]:
    """A first structure and some yearly ones after it, right or wrong."""
    municipalities = [f"m{n}" for n in range(draw(st.integers(1, 4)))]
    texts = [_first(draw, municipalities)]
    for year in range(2021, 2021 + draw(st.integers(1, 4))):
        texts.append(_year(draw, year, municipalities))
    return texts


def _row(kind: str, code: str, part_of: str) -> str:
    return f'[[area]]\nkind = "{kind}"\ncode = "{code}"\nname = "{code}"\npart_of = "{part_of}"\n'


def _head(year: int) -> str:
    return f'country = "no"\nfrom = {year}-01-01\ntitle = "{year}"\n'


def _place(draw: st.DrawFn) -> str:
    county, district = draw(st.sampled_from(COUNTIES)), draw(st.sampled_from(DISTRICTS))
    return f"county:{county} police_district:{district}"


def _first(draw: st.DrawFn, municipalities: list[str]) -> str:
    rows = [_row("nation", "NO", "")]
    rows += [_row("police_district", code, "nation:NO") for code in DISTRICTS]
    rows += [_row("county", code, "nation:NO") for code in COUNTIES]
    rows += [_row("municipality", code, _place(draw)) for code in municipalities]
    return _head(2020) + "".join(rows)


def _year(draw: st.DrawFn, year: int, municipalities: list[str]) -> str:
    known = [*municipalities, f"n{year - 1}"]
    moved = draw(st.sets(st.sampled_from(known), max_size=3))
    rows = [_row("municipality", code, _place(draw)) for code in sorted(moved)]
    if draw(st.booleans()):
        before = sorted(draw(st.sets(st.sampled_from(known), min_size=2, max_size=3)))
        rows.append(_row("municipality", f"n{year}", _place(draw)))
        listed = ", ".join(f'"{code}"' for code in before)
        rows.append(
            f'[[succession]]\nkind = "merge"\nof = "municipality"\nbefore = [{listed}]\n'
            f'after = ["n{year}"]\n'
        )
    return _head(year) + "".join(rows)


def settled(picture: Picture, laid: Structure) -> Picture:
    """The picture as it would be read back from the database."""
    for rows in (picture.names, picture.codes, picture.relations, picture.successions):
        rows[:] = [row for row in rows if not row.is_removed]
    everything = (
        *picture.areas.values(), *picture.names, *picture.codes,
        *picture.relations, *picture.successions,
    )  # fmt: skip
    for row in everything:
        row.pk, row.is_changed = row.pk or 1, False
    return Picture(
        areas=picture.areas,
        names=picture.names,
        codes=picture.codes,
        relations=picture.relations,
        successions=picture.successions,
        newest_from=laid.from_date,
        digests=picture.digests | {laid.digest},
    )


def held_on(picture: Picture, day: date) -> set[tuple[int, int, str]]:
    return {
        (relation.child, relation.parent, relation.kind)
        for area in picture.areas.values()
        for relation in picture.parents_of(area, day)
    }


@settings(max_examples=tries(60), deadline=None)
@given(years())
def test_no_year_breaks_the_relations_or_rewrites_the_years_before(texts):
    picture = Picture()
    for text in texts:
        laid = structure(text)
        eve = laid.from_date - timedelta(days=1)
        trial = copy.deepcopy(picture)
        try:
            plan = difference(laid, trial)
        except StructureRefused:
            continue
        assert troubles_in(plan.picture) == []
        for day in (FIRST, eve):
            assert held_on(plan.picture, day) == held_on(picture, day) or picture.areas == {}
        for area in plan.picture.areas.values():
            if area.kind is not AreaKind.MUNICIPALITY:
                continue
            for day in (FIRST, eve, laid.from_date, date(2030, 1, 1)):
                kinds = [
                    plan.picture.areas[r.parent].kind for r in plan.picture.parents_of(area, day)
                ]
                assert len(kinds) == len(set(kinds))
        picture = settled(plan.picture, laid)
        again = structure(text + "\n# the same once more\n")
        assert difference(again, copy.deepcopy(picture)).changes == ()


# Names --------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Ås", "as"),
        ("Ås", "AAS"),
        ("Høje-Taastrup", "hoje tåstrup"),
        ("Ærø", "aero"),
        ("Malmö", "malmø"),
        ("Älvkarleby", "Alvkarleby"),
        ("Porsáŋgu", "porsangu"),
        ("Kárášjohka", "karasjohka"),
    ],
)
def test_names_fold_to_what_people_type(one, other):
    assert fold(one) == fold(other)


@given(st.text(max_size=60))
def test_folding_twice_is_folding_once(text):
    assert fold(fold(text)) == fold(text)


@given(st.text(max_size=60))
def test_every_word_of_a_name_is_found_by_its_start(text):
    for word in fold(text).split():
        assert f" {word[:3]}" in searchable(text)


def test_a_bilingual_name_holds_its_halves():
    assert names_within("Kárášjohka - Karasjok") == ["Kárášjohka", "Karasjok"]
    assert names_within("Ringkøbing-Skjern") == ["Ringkøbing-Skjern"]


# Reading files ------------------------------------------------------------------------------

CSV = "kind,code,name,part_of,population\n"
CELL = st.one_of(
    st.sampled_from(
        [
            "municipality",
            "county",
            "0301",
            "11.0",
            "",
            "Oslo",
            "county:03",
            "~county:03@..",
            "@",
            "-1",
        ]
    ),
    st.text(max_size=12),
)


def read(rows: str) -> Structure:
    return read_csv_structure(CSV + rows, country="no", from_date=FIRST, called="rows.csv")


@settings(max_examples=tries(100))
@given(st.lists(st.lists(CELL, max_size=6), max_size=5))
def test_any_table_is_read_or_refused_with_reasons(table):
    text = "\n".join(",".join(cell.replace("\n", " ") for cell in row) for row in table)

    assert all(told(lambda: read(text)))


@settings(max_examples=tries(100))
@given(
    st.recursive(
        st.one_of(st.integers(), st.booleans(), st.text(st.characters(codec="ascii"), max_size=5)),
        lambda inner: st.lists(inner, max_size=3),
        max_leaves=4,
    ),
    st.sampled_from(
        [
            "area",
            "succession",
            "renumbered",
            "ended",
            "complete",
            "from",
            "population_date",
            "areas",
        ]
    ),
)
def test_any_value_in_the_head_is_read_or_refused(value, name):
    text = f'country = "no"\n{name} = {_toml(value)}\n'
    if name != "from":
        text += "from = 2027-01-01\n"

    assert all(told(lambda: structure(text)))


def told(reading: Callable[[], Structure]) -> list[str]:
    """The reasons, in words, for which a file was refused; a sentence too when it was not."""
    try:
        return [f"read: {reading().country}"]
    except StructureRefused as refused:
        return [trouble_in_words(trouble) for trouble in refused.troubles] or [""]


def _toml(value: object) -> str:
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, list):
        return "[" + ", ".join(map(_toml, value)) + "]"
    if isinstance(value, int):
        return str(value)
    escaped = "".join(f"\\u{ord(letter):04x}" for letter in str(value))
    return f'"{escaped}"'


@pytest.mark.parametrize(
    ("row", "place", "kind"),
    [
        ("municipality,11.0,X,,", "code", TroubleKind.NUMBER_NOT_TEXT),
        ("municipality,,X,,", "code", TroubleKind.MISSING),
        ("municipality,03 01,X,,", "code", TroubleKind.NOT_A_CODE),
        ("municipality,0301,,,", "name", TroubleKind.MISSING),
        ("kommune,0301,Oslo,,", "kind", TroubleKind.NOT_ONE_OF),
        ("municipality,0301,Oslo,fylke:03,", "part_of", TroubleKind.NOT_ONE_OF),
        ("municipality,0301,Oslo,county:03@x..,", "part_of", TroubleKind.NOT_A_DATE),
        (
            "municipality,0301,Oslo,county:03@2027-01-01..2026-01-01,",
            "part_of",
            TroubleKind.ENDS_BEFORE_IT_BEGINS,
        ),
        ("municipality,0301,Oslo,,717 710", "population", TroubleKind.NOT_A_COUNT),
        ("municipality,0301,Oslo,,-3", "population", TroubleKind.NOT_A_COUNT),
        ("municipality,0301," + "x" * 121 + ",,", "name", TroubleKind.TOO_LONG),
    ],
)
def test_a_wrong_cell_is_refused_by_row_and_field(row, place, kind):
    with pytest.raises(StructureRefused) as raised:
        read("county,03,Oslo,,\n" + row + "\n")

    (trouble,) = raised.value.troubles
    assert (trouble.where, trouble.place, trouble.kind) == ("rows.csv:3", place, kind)


def test_every_trouble_is_told_at_once():
    with pytest.raises(StructureRefused) as raised:
        read("kommune,11.0,,,x\nmunicipality,0301,Oslo,,\nmunicipality,0301,Oslo,,\n")

    assert [(t.where, t.place) for t in raised.value.troubles] == [
        ("rows.csv:2", "kind"),
        ("rows.csv:2", "code"),
        ("rows.csv:2", "name"),
        ("rows.csv:4", "code"),
    ]


def test_an_unknown_column_is_refused_rather_than_ignored():
    with pytest.raises(StructureRefused) as raised:
        read_csv_structure(
            "kind,code,name,politikreds\n", country="no", from_date=FIRST, called="rows.csv"
        )

    assert [(t.place, t.kind) for t in raised.value.troubles] == [
        ("politikreds", TroubleKind.UNKNOWN_FIELD)
    ]
