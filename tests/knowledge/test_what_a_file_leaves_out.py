"""A newer file that holds less than we have: what goes is asked about, and waits for a person."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from samrad.access.actor import SYSTEM
from samrad.kernel.verdict import Refused
from samrad.knowledge.actions import take_in
from samrad.knowledge.arrivals_shown import Arrival, Stage
from samrad.knowledge.drawing import DRAW
from samrad.knowledge.models import DataSet, Indicator, Release
from samrad.knowledge.packaged import packaged_recipes, read_recipe
from samrad.knowledge.readers.jsonstat import read_jsonstat
from samrad.knowledge.rules.doubts import DROP, KEEP, DoubtKind
from samrad.knowledge.rules.recipes import Recipe, RecipeRefused
from samrad.knowledge.rules.table import NotRead, Table, Why
from samrad.knowledge.staging import Staged, stage
from samrad.knowledge.tasks import fetch_data_set
from samrad.work.api import work_off
from samrad.work.models import Job
from tests.knowledge.conftest import KNOWN
from tests.knowledge.statistics_service import Service, serving

NOON = datetime(2026, 11, 21, 11, tzinfo=UTC)
HEAD = "omrade,omrade_navn,overtraedelse,overtraedelse_label,kvartal,antal"
KINDS = {"TOT": "I alt", "12": "Vold", "1320": "Indbrud i beboelse"}
PLACES = {"661": "Holstebro", "665": "Lemvig"}
QUARTERS = ("2025K3", "2025K4")


def offences(
    kinds: tuple[str, ...] = tuple(KINDS), places: tuple[str, ...] = tuple(PLACES),
    quarters: tuple[str, ...] = QUARTERS,
) -> bytes:  # fmt: skip
    """Denmark's table with some of its kinds, places and quarters: each counts its own number."""
    rows = [
        f"{place},{PLACES[place]},{kind},{KINDS[kind]},{quarter},{100 + len(kind) + int(place)}"
        for place in places
        for kind in kinds
        for quarter in quarters
    ]
    return "\n".join([HEAD, *rows, ""]).encode()


def reported(**changed: object) -> Recipe:
    """Denmark's recipe, for a file that does not hold the whole country."""
    return replace(packaged_recipes()["dk-straf11"], whole="", parts=(), **changed)


def read(content: bytes, recipe: Recipe | None = None, **answers: str) -> Staged:
    return stage(content=content, name="straf11.csv", recipe=recipe or reported(), answers=answers)


@pytest.fixture
def everything(areas) -> Release:
    """Three kinds of two places in two quarters are in use."""
    return take_in(staged=read(offences()), by=SYSTEM, at=NOON)


# What is gone ----------------------------------------------------------------------------------


def test_a_file_with_violence_alone_asks_before_the_other_kinds_go(everything):
    less = read(offences(kinds=("12",)))

    assert [one.kind for one in less.doubts] == [DoubtKind.GONE_INDICATORS]
    assert less.doubts[0].values["count"] == 2
    with pytest.raises(Refused):
        take_in(staged=less, by=SYSTEM, at=NOON)

    kept = read(offences(kinds=("12",)), gone_indicators=KEEP)
    assert (kept.doubts, kept.changes_nothing) == ((), True)
    gone = read(offences(kinds=("12",)), gone_indicators=DROP)
    assert (gone.doubts, gone.difference.removed) == ((), 8)


def test_a_file_without_an_area_asks_before_its_figures_go(everything):
    less = read(offences(places=("661",)))

    assert [(one.kind, one.values["names"]) for one in less.doubts] == [
        (DoubtKind.GONE_AREAS, "Lemvig")
    ]
    assert read(offences(places=("661",)), gone_areas=KEEP).changes_nothing


def test_figures_that_two_answers_are_about_stay_only_where_both_say_so(everything):
    some = offences(kinds=("12",), places=("661",))
    both = {DoubtKind.GONE_INDICATORS: KEEP, DoubtKind.GONE_AREAS: KEEP}

    assert len(read(some).doubts) == 2
    assert read(some, **both).changes_nothing
    dropped = read(some, **{**both, DoubtKind.GONE_INDICATORS: DROP})
    assert dropped.difference.removed == 8


def test_what_is_only_in_older_periods_is_asked_about_with_them_alone(everything):
    newest = read(offences(kinds=("12",), quarters=("2025K4",)), gone_indicators=KEEP)

    assert [one.kind for one in newest.doubts] == [DoubtKind.VANISHED]


# The morning's fetch -----------------------------------------------------------------------------


def norwegian(*periods: str, dated: str) -> Table:
    """Statistics Norway's table as it is that morning."""
    (table,) = read_jsonstat(KNOWN["no-ssb-08487"].read_bytes())
    there = next(one for one in table.dimensions if one.code == "Tid")
    at = table.dimensions.index(there)
    wanted = [there.codes.index(one) for one in periods]
    dimensions = tuple(
        replace(there, codes=periods, labels=periods) if one is there else one
        for one in table.dimensions
    )
    cells = [(place, value) for _n, place, value, _mark in table.cells() if place[at] in wanted]
    return Table(
        "08487", dimensions, range(len(cells)), tuple(value for _place, value in cells),
        updated=dated,
    )  # fmt: skip


TWO, NEXT_TWO = ("2007-2008", "2008-2009"), ("2008-2009", "2009-2010")


@pytest.fixture
def the_newest(monkeypatch):
    """The recipe asks a service of ours for the two newest periods; gives how to ask it."""

    def asked(service: Service, newest: str = "newest:2") -> None:
        recipe = packaged_recipes()["no-ssb-08487"]
        rule = replace(
            recipe.fetch, address=f"{service.address}/v2",
            select={**recipe.fetch.select, "Tid": (newest,)},
        )  # fmt: skip
        there = {**packaged_recipes(), "no-ssb-08487": replace(recipe, fetch=rule)}
        for module in ("tasks", "known_recipes"):
            monkeypatch.setattr(f"samrad.knowledge.{module}.packaged_recipes", lambda: there)

    return asked


def test_the_second_morning_adds_the_newer_period_and_leaves_the_older_where_they_are(
    areas, the_newest
):
    for periods, dated in ((TWO, "2026-03-05T07:00:00Z"), (NEXT_TWO, "2026-06-05T07:00:00Z")):
        with serving(norwegian(*periods, dated=dated)) as service:
            the_newest(service)
            fetch_on(first=periods == TWO)

    release = Release.objects.get(is_current=True)
    assert (release.number, release.difference["new_periods"]) == (2, ["2009-2010"])
    assert (release.count["first"], release.count["last"]) == ("2007-2008", "2009-2010")


def test_a_morning_that_leaves_a_question_waits_for_somebody_who_answers(areas, the_newest):
    with serving(norwegian(*TWO, dated="2026-03-05T07:00:00Z")) as service:
        the_newest(service, "*")
        fetch_on(first=True)
    with serving(norwegian(*NEXT_TWO, dated="2026-06-05T07:00:00Z")) as service:
        the_newest(service, "*")
        fetch_on()
        work_off()
        waiting = Release.objects.arriving().get()
        asked = len(service.data_calls)
        fetch_on()

        assert len(service.data_calls) == asked
    assert [one["kind"] for one in waiting.doubts] == [DoubtKind.VANISHED]
    assert Release.objects.get(is_current=True).number == 1
    assert Arrival(waiting).stage is Stage.ASKED


def fetch_on(*, first: bool = False) -> None:
    """A morning; on the first one somebody takes in what comes."""
    if first:
        from samrad.knowledge import tasks
        from samrad.knowledge.fetching.client import Client
        from samrad.knowledge.fetching.fetching import fetch

        recipe = tasks.packaged_recipes()["no-ssb-08487"]
        take_in(staged=fetch(recipe=recipe, client=Client(), answers={}), by=SYSTEM, at=NOON)
        return
    fetch_data_set(data_set="no-ssb-08487")


# What recipes say --------------------------------------------------------------------------------


def test_a_mended_recipe_reaches_figures_that_are_the_same(everything):
    Indicator.objects.filter(code="dk.offences.violence").update(part_of="", unit="things")
    Job.objects.all().delete()
    again = read(offences())

    assert not again.changes_nothing
    take_in(staged=again, by=SYSTEM, at=NOON)
    mended = Indicator.objects.get(code="dk.offences.violence")
    assert (mended.part_of, mended.unit) == ("dk.offences.all", "offences")
    assert Job.objects.filter(name=DRAW).exists()
    assert read(offences()).changes_nothing


def test_kinds_that_a_page_takes_in_know_their_total(areas):
    from samrad.knowledge.rules.preview import Preview

    found = read(offences())
    kept = Preview.from_json(Preview.of(found.figures, found.indicators).as_json())

    assert [one.rule for one in kept.indicators] == list(found.indicators)


OWN = """
layout = "long"
publisher = "We"
licence = "-"
citation = "Our own list"
values = ["n"]

[title]
nb = "Våre"
nn = "Våre"
da = "Vores"
sv = "Våra"
en = "Our own people"

[area]
field = "place"

[period]
field = "year"
kind = "year"

[[indicator]]
code = "dk.offences.all"
where = {}
unit = "persons"
direction = "neither"
name = { nb = "Våre", nn = "Våre", da = "Vores", sv = "Våra", en = "People of ours" }
"""


def test_a_recipe_of_ones_own_does_not_rename_what_another_data_set_counts(everything):
    with pytest.raises(NotRead) as refused:
        read(b"place,year,n\nhere,2025,7\n", read_recipe("own", OWN))

    assert [one.why for one in refused.value.troubles] == [Why.OF_ANOTHER]
    assert str(Indicator.objects.get(code="dk.offences.all")) == "All offences"
    assert not DataSet.objects.filter(code="own").exists()


# Rates and counts --------------------------------------------------------------------------------


def test_a_count_that_no_recipe_names_is_asked_about_and_never_called_a_rate(areas):
    (table,) = read_jsonstat(KNOWN["no-ssb-08487"].read_bytes())
    recipe = packaged_recipes()["no-ssb-08487"]
    fewer = replace(recipe, indicators=recipe.indicators[:1])
    found = stage(
        content=KNOWN["no-ssb-08487"].read_bytes(), name="x.json", recipe=fewer, answers={}
    )

    assert {one.kind for one in found.doubts} == {DoubtKind.HEADING}
    assert len(found.doubts) == 6
    counted = [one for one in found.indicators if one.unit == "per 1000"]
    assert len(counted) == 7
    assert all("per-1000" in one.code for one in counted)
    assert table.title


def test_the_rate_of_drug_offences_is_better_neither_way_as_their_count_is(staged):
    rules = {one.code: one.direction for one in staged("no-ssb-08487").indicators}

    found = [way for code, way in rules.items() if "drug" in code]
    assert found == ["neither", "neither"]
    assert [way for code, way in rules.items() if "violence" in code] == ["down", "down"]


def test_a_recipe_whose_rates_are_of_no_heading_is_refused():
    wrong = (
        OWN + '\n[each]\ncode = "x"\nunit = "y"\ndirection = "down"\nwhere = { Nothing = "1" }\n'
    )

    with pytest.raises(RecipeRefused, match="each: where"):
        read_recipe("own", wrong)
