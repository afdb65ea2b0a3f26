"""Kinds of a thing beside their total are protected as the one table they are read as."""

from __future__ import annotations

import time
from collections.abc import Mapping

import numpy as np
import pytest

from samrad.access.actor import SYSTEM
from samrad.analysis.disclosure import audit
from samrad.knowledge.actions import take_in
from samrad.knowledge.drawing import draw_pictures
from samrad.knowledge.models import DataSet, SheetRow
from samrad.knowledge.one_table import WHOLE, Cell, Kinds, OneTable, Sums
from samrad.knowledge.packaged import packaged_recipes, read_recipe
from samrad.knowledge.protecting import Seen, protected_together
from samrad.knowledge.publishing import publish_data_set
from samrad.knowledge.rules.recipes import RecipeRefused
from tests.knowledge.bricks import NOON

PART_OF = {"theft": "all", "violence": "all", "drugs": "all"}
# Of all there is, what is listed is the most: there is a rest, but nothing of it in Åmli.
OFFENCES = {
    "theft": {"Åmli": 9, "Bygland": 40, "Valle": 50, "Iveland": 60},
    "violence": {"Åmli": 2, "Bygland": 20, "Valle": 30, "Iveland": 25},
    "drugs": {"Åmli": 8, "Bygland": 11, "Valle": 13, "Iveland": 17},
    "all": {"Åmli": 19, "Bygland": 90, "Valle": 110, "Iveland": 140},
}


Figures = Mapping[str, Mapping[str, float | None]]


def cells(counts: Figures) -> dict[Cell, list[float | None]]:
    return {(kind, area): [n] for kind, own in counts.items() for area, n in own.items()}


def held_back(
    counts: Figures, earlier: Mapping[Cell, Seen] | None = None,
    *, part_of: Mapping[str, str] = PART_OF, sums: Sums | None = None,
    stricter: Mapping[str, int] | None = None,
) -> set[Cell]:  # fmt: skip
    held = protected_together(
        cells(counts), earlier or {}, part_of=part_of, smallest=3, code="offences",
        stricter=stricter, sums=sums,
    )  # fmt: skip
    return {cell for cell, positions in held.items() if positions}


def worked_out(counts: Figures, hidden: set[Cell], sums: Sums | None = None) -> set[Cell]:
    """What somebody tells to within two who reads all of it beside each other."""
    now = {cell: int(row[0]) for cell, row in cells(counts).items() if row[0] is not None}
    read = OneTable(now, Kinds.of(PART_OF, [now]), sums)
    small = read.small(3)
    away = (read.marks(hidden) | read.never) & ~read.known
    found = audit(read.table, read.amounts, away | small, small, protection=3, insiders=False)
    open_ = np.zeros(small.size, dtype=bool)
    open_[found.under_protected] = True
    return read.named(open_ | (small & ~away))


def by_themselves(counts: Figures) -> set[Cell]:
    return {cell for kind, own in counts.items()
            for cell in held_back({kind: own}, part_of={})}  # fmt: skip


def test_a_total_does_not_tell_the_one_kind_that_is_held_back():
    """Of Åmli's 19 offences 17 are theft or about drugs."""
    apart, beside = by_themselves(OFFENCES), held_back(OFFENCES)

    assert worked_out(OFFENCES, apart) == {("violence", "Åmli")}
    assert worked_out(OFFENCES, beside) == set()
    assert len({kind for kind, area in beside if area == "Åmli"}) > 1


def test_where_there_is_enough_besides_what_is_listed_nothing_more_is_held_back():
    """18 other offences in Åmli: violence could be as many more or less."""
    counts = {**OFFENCES, "all": {**OFFENCES["all"], "Åmli": 37}}

    assert held_back(counts) == by_themselves(counts)


@pytest.mark.parametrize("seed", range(12))
def test_a_kind_that_asks_for_more_gets_it_and_the_others_keep_their_own(seed: int):
    """Two thresholds in one table: what is held back is as wide as the stricter of them."""
    chance, areas = np.random.default_rng(seed), [f"area {at}" for at in range(6)]
    counts: dict[str, dict[str, float | None]] = {
        kind: {area: int(chance.poisson(chance.choice([3, 9, 60]))) for area in areas}
        for kind in PART_OF
    }
    counts["all"] = {
        area: sum(int(counts[kind][area] or 0) for kind in PART_OF) + int(chance.poisson(6))
        for area in areas
    }
    hidden = held_back(counts, stricter={"violence": 5})

    now = {cell: int(row[0] or 0) for cell, row in cells(counts).items()}
    read = OneTable(now, Kinds.of(PART_OF, [now], {"violence": 5}))
    small, away = read.small(3), (read.marks(hidden) | read.never) & ~read.known
    few = {cell for cell, n in now.items() if 0 < n < (5 if cell[0] == "violence" else 3)}
    assert few <= hidden
    assert audit(read.table, read.amounts, away, small, protection=5, insiders=False).passed


def test_beside_a_kind_that_asks_for_more_three_of_another_may_be_told():
    counts = {**OFFENCES, "violence": {**OFFENCES["violence"], "Åmli": 30},
              "theft": {**OFFENCES["theft"], "Åmli": 3},
              "all": {**OFFENCES["all"], "Åmli": 60}}  # fmt: skip

    assert not held_back(counts, stricter={"violence": 5})
    counts["violence"] = {**OFFENCES["violence"], "Åmli": 4}
    assert not held_back(counts)
    assert ("violence", "Åmli") in held_back(counts, stricter={"violence": 5})


def test_that_the_kinds_are_all_there_is_is_found_in_the_figures():
    everything = {
        **OFFENCES,
        "all": {area: sum(OFFENCES[kind][area] for kind in PART_OF) for area in OFFENCES["all"]},
    }
    now = {cell: int(row[0] or 0) for cell, row in cells(everything).items()}
    some = {cell: int(row[0] or 0) for cell, row in cells(OFFENCES).items()}

    assert Kinds.of(PART_OF, [now]).without_rest == {"all"}
    assert Kinds.of(PART_OF, [now, some]).without_rest == set()
    assert worked_out(everything, by_themselves(everything))
    assert worked_out(everything, held_back(everything)) == set()


def test_totals_that_were_rounded_are_taken_to_be_their_parts():
    """Less than its parts no total is: by how much they differ is known, as if it were told."""
    rounded = {**OFFENCES, "all": {"Åmli": 20, "Bygland": 70, "Valle": 95, "Iveland": 100}}
    now = {cell: int(row[0] or 0) for cell, row in cells(rounded).items()}

    assert Kinds.of(PART_OF, [now]).without_rest == {"all"}
    assert worked_out(rounded, held_back(rounded)) == set()
    assert len({kind for kind, area in held_back(rounded) if area == "Åmli"}) > 1


def test_a_rest_that_is_small_is_not_told_by_what_is_listed():
    """One offence in Åmli is of no listed kind; no figure says so, but a subtraction would."""
    counts = {
        **OFFENCES, "violence": {**OFFENCES["violence"], "Åmli": 5},
        "all": {**OFFENCES["all"], "Åmli": 23},
    }  # fmt: skip

    assert {area for _kind, area in held_back(counts)} >= {"Åmli"}
    assert by_themselves(counts) == set()


def seen(counts: Figures, hidden: set[Cell]) -> dict[Cell, Seen]:
    found = {cell: Seen(row, {0} if cell in hidden else ()) for cell, row in cells(counts).items()}
    return found | {cell: Seen((), {0}) for cell in hidden if cell[1] == WHOLE}


def test_drawn_again_the_same_is_held_back():
    first = held_back(OFFENCES)

    assert held_back(OFFENCES, seen(OFFENCES, first)) == first


def test_after_a_revision_neither_release_tells_the_other():
    """Of Valle's 13 about drugs only 1 is left, and its total is 12 less."""
    first = held_back(OFFENCES)
    revised = {
        **OFFENCES, "drugs": {**OFFENCES["drugs"], "Valle": 1},
        "all": {**OFFENCES["all"], "Valle": 98},
    }  # fmt: skip
    second = held_back(revised, seen(OFFENCES, first))

    assert first <= second
    assert ("drugs", "Valle") in second
    assert worked_out(revised, second) == set()
    assert held_back(revised, seen(revised, second)) == second


def test_what_was_protected_kind_by_kind_is_protected_together_when_it_is_drawn_again():
    before = by_themselves(OFFENCES)
    again = held_back(OFFENCES, seen(OFFENCES, before))

    assert before < again
    assert worked_out(OFFENCES, again) == set()


def test_what_was_one_for_a_while_tells_its_parts_by_no_total():
    """North and South were one, with 6 of violence; South has 2 of these since they are two again.

    The 4 in North are what its total has beside theft and drugs.
    """
    elsewhere = {
        "theft": {"Valle": 50, "Iveland": 60}, "violence": {"Valle": 30, "Iveland": 25},
        "drugs": {"Valle": 13, "Iveland": 17}, "all": {"Valle": 93, "Iveland": 102},
    }  # fmt: skip
    before = {"theft": (6, 5), "violence": (4, 3), "drugs": (9, 10), "all": (19, 18)}
    while_one = {"theft": 11, "violence": 6, "drugs": 19, "all": 36}
    after = {**before, "violence": (4, 2), "all": (19, 17)}
    gone = {(kind, area): Seen([n], gone={0}) for kind, two in before.items()
            for area, n in zip(("North", "South"), two, strict=True)}  # fmt: skip
    counts = {kind: {**elsewhere[kind], "North": two[0], "South": two[1]}
              for kind, two in after.items()}  # fmt: skip
    last = {kind: {**elsewhere[kind], "Both": n} for kind, n in while_one.items()}
    sums = {"Both": [("North", "South")]}

    held = held_back(counts, {**seen(last, set()), **gone}, sums=sums)
    beside = {kind: {**counts[kind], "Both": n} for kind, n in while_one.items()}
    assert worked_out(beside, held, sums) == set()


def test_where_no_whole_is_shown_a_total_is_not_told_by_kinds_of_which_there_was_nothing():
    """Of the one offence in Åmli its publisher does not say that it was violence."""
    wholes = {(kind, WHOLE): Seen((), {0}) for kind in OFFENCES}
    one = {"theft": 0, "violence": None, "drugs": 0, "all": 1}
    counts = {kind: {**own, "Åmli": one[kind]} for kind, own in OFFENCES.items()}
    first = held_back(counts, wholes)

    assert worked_out(counts, first) == set()
    assert held_back(counts, seen(counts, first)) == first


@pytest.mark.once
def test_in_denmark_no_total_tells_a_kind(staged):
    """All forty quarters of all kinds and their total, with the attacker's own arithmetic."""
    for code in ("dk-folk1a", "dk-straf11"):
        take_in(staged=staged(code), by=SYSTEM, at=NOON)
    publish_data_set(data_set=DataSet.objects.get(code="dk-straf11"), by=SYSTEM, at=NOON)
    began = time.process_time()
    draw_pictures(data_set="dk-straf11", at=NOON)
    assert time.process_time() - began < 120  # some 10 s where nothing else runs
    rows = SheetRow.objects.filter(sheet__indicator__code__startswith="dk.offences.")
    read = [
        row for row in rows.select_related("area", "sheet__indicator")
        if row.area is None or row.area.kind != "county"
    ]  # fmt: skip
    part_of = {
        one.code: one.part_of for one in packaged_recipes()["dk-straf11"].indicators if one.part_of
    }
    places = {row.pk: WHOLE if row.area and row.area.kind == "nation" else row.code for row in read}
    assert len(part_of) == 7
    for at in range(40):
        cell = {row.pk: (row.sheet.indicator.code, places[row.pk]) for row in read}
        now = {cell[row.pk]: int(row.values[at]) for row in read if places[row.pk] != WHOLE}
        table = OneTable(now, Kinds(part_of, stricter={"dk.offences.violence": 5}))
        hidden = table.marks(cell[row.pk] for row in read if at in row.protected) | table.never
        small = table.small(3)
        assert not (small & ~hidden).any()
        assert audit(table.table, table.amounts, hidden, small, protection=5).passed
    told = [(row.sheet.indicator.code, row.values[at]) for row in read for at in range(40)
            if at not in row.protected]  # fmt: skip
    assert min(value for _kind, value in told if value) == 3
    assert min(value for kind, value in told if value and kind.endswith("violence")) == 5


def test_norways_means_of_two_years_are_less_than_their_parts_by_rounding(staged):
    figures = staged("no-ssb-08487").figures
    rules = {one.code: one for one in packaged_recipes()["no-ssb-08487"].indicators}
    part_of = {code: one.part_of for code, one in rules.items() if one.part_of}
    periods: dict[str, dict[Cell, int]] = {}
    for (code, _split, area, period), (value, _nothing) in figures.stands().items():
        if code in rules and value is not None:
            periods.setdefault(period, {})[code, area] = int(value)

    assert len(part_of) == 6
    assert Kinds.of(part_of, periods.values()).without_rest == {"no.offences-mean.all"}


RECIPE = """
layout = "long"
publisher = "Somebody"
licence = "-"
citation = "Somebody"
title = "Offences"
values = [{ name = "n" }]
[area]
field = { name = "where" }
country = "no"
[period]
field = { name = "when" }
kind = "year"
"""


def recipe_with(parts: Mapping[str, str]) -> str:
    return RECIPE + "".join(
        f'[[indicator]]\ncode = "{code}"\nname = "{code}"\nunit = "offences"\n'
        f'direction = "down"\npart_of = "{whole}"\n'
        for code, whole in parts.items()
    ).replace('part_of = ""\n', "")


@pytest.mark.parametrize("parts", [{"a": "a"}, {"a": "b", "b": "a"}, {"a": "nothing"}])
def test_a_recipe_says_what_is_part_of_what_without_going_round(parts):
    with pytest.raises(RecipeRefused, match="part_of"):
        read_recipe("sample", recipe_with(parts))

    sound = read_recipe("sample", recipe_with({"a": "b", "b": "c", "c": ""}))
    assert [one.part_of for one in sound.indicators] == ["b", "c", ""]
