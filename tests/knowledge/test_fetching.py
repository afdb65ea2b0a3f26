"""Figures fetched from publishers' services: whole, politely, only when something is newer."""

from __future__ import annotations

import itertools
import json
import math
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from hypothesis import given
from hypothesis import strategies as st

from samrad.access.actor import SYSTEM
from samrad.knowledge import packaged
from samrad.knowledge.actions import take_in
from samrad.knowledge.fetching.client import Client, NotFetched
from samrad.knowledge.fetching.fetching import NoService, fetch
from samrad.knowledge.models import Release
from samrad.knowledge.packaged import packaged_recipes
from samrad.knowledge.readers.jsonstat import read_jsonstat
from samrad.knowledge.rules.asking import Service as Kind
from samrad.knowledge.rules.asking import questions
from samrad.knowledge.rules.table import Dimension, NotRead, Role, Table
from samrad.knowledge.tasks import FETCH, fetch_data_set, fetch_what_is_kept
from samrad.work.models import Job
from tests.knowledge.conftest import KNOWN
from tests.knowledge.statistics_service import Service, serving

KNOWN_RECIPES = Path(packaged.__file__).with_name("recipes")
NOON = datetime(2026, 11, 21, 11, tzinfo=UTC)
TABLE = "08487"
ANNOUNCED = "2026-03-05T07:00:00Z"
PLACES = {Kind.PXWEB_1: f"/v1/{TABLE}", Kind.PXWEB_2: "/v2"}


@pytest.fixture(scope="module")
def norwegian() -> Table:
    (table,) = read_jsonstat(KNOWN["no-ssb-08487"].read_bytes())
    return replace(table, title=TABLE, updated=ANNOUNCED)


@pytest.fixture
def service(norwegian):
    with serving(norwegian) as one:
        yield one


def recipe_at(service: Service, kind: Kind = Kind.PXWEB_2, **said):
    recipe = packaged_recipes()["no-ssb-08487"]
    rule = replace(recipe.fetch, service=kind, address=service.address + PLACES[kind], **said)
    return replace(recipe, fetch=rule)


class Clock:
    """Waits without waiting, and remembers how long."""

    def __init__(self) -> None:
        self.waited: list[float] = []

    def __call__(self, seconds: float) -> None:
        self.waited.append(seconds)


def client(clock: Clock | None = None) -> Client:
    return Client(wait=clock or Clock())


def fetched(recipe, clock=None, **choices):
    return fetch(recipe=recipe, client=client(clock), answers={}, **choices)


# The whole table ---------------------------------------------------------------------------------


@pytest.mark.django_db
@pytest.mark.parametrize("kind", [Kind.PXWEB_1, Kind.PXWEB_2])
def test_a_table_asked_for_in_many_parts_is_the_table_in_the_file(service, staged, kind):
    service.most_cells = 60
    recipe = recipe_at(service, kind, most_cells=60 if kind is Kind.PXWEB_1 else 0)

    got = fetched(recipe)

    assert len(service.data_calls) > 5
    assert got.doubts == ()
    assert got.published == ANNOUNCED
    assert got.figures == staged("no-ssb-08487").figures


@pytest.mark.django_db
def test_statbank_gives_codes_that_the_recipe_of_its_file_reads(areas):
    table = Table(
        "STRAF11",
        (
            Dimension("OMRÅDE", ("661", "665"), ("Holstebro", "Lemvig"), Role.AREA),
            Dimension("OVERTRÆD", ("TOT", "1320"), ("Alle", "Indbrud"), Role.OTHER),
            Dimension("Tid", ("2025K3", "2025K4"), ("2025K3", "2025K4"), Role.TIME),
        ),
        range(8),
        (700, 690, 31, 28, 140, 133, 4, 0),
    )
    recipe = packaged_recipes()["dk-straf11"]
    rule = replace(recipe.fetch, select={**recipe.fetch.select, "OVERTRÆD": ("TOT", "1320")})
    with serving(table) as service:
        got = fetched(
            replace(
                recipe,
                whole="",
                parts=(),
                fetch=replace(rule, address=service.address + "/statbank"),
            )
        )

    assert got.doubts == ()
    cells = zip(got.figures.indicator, got.figures.area, got.figures.period, strict=True)
    found = dict(zip(cells, got.figures.value, strict=True))
    assert found["dk.offences.burglary-home", "665", "2025-Q4"] == 0
    assert found["dk.offences.all", "661", "2025-Q3"] == 700
    assert len(found) == 8


@given(
    st.lists(st.integers(1, 12), min_size=1, max_size=4),
    st.integers(1, 200),
)
def test_every_cell_is_asked_for_once_and_no_question_is_too_large(sizes, most):
    selection = {f"v{n}": tuple(f"{n}.{k}" for k in range(size)) for n, size in enumerate(sizes)}

    asked = list(questions(selection, most))

    assert all(math.prod(map(len, one.values())) <= most for one in asked)
    cells = [cell for one in asked for cell in itertools.product(*one.values())]
    assert sorted(cells) == sorted(itertools.product(*selection.values()))


# Only what is newer ------------------------------------------------------------------------------


@pytest.mark.django_db
def test_what_we_have_already_is_not_fetched_again(service, areas):
    recipe = recipe_at(service)
    take_in(staged=fetched(recipe), by=SYSTEM, at=NOON)
    before = len(service.data_calls)

    assert fetched(recipe) is None
    assert len(service.data_calls) == before
    assert fetched(recipe, again=True).changes_nothing


@pytest.mark.django_db
def test_the_newest_periods_can_be_asked_for_alone(service, areas):
    recipe = recipe_at(service)
    select = {**recipe.fetch.select, "Tid": ("newest:2",)}

    got = fetched(replace(recipe, fetch=replace(recipe.fetch, select=select)))

    everything = fetched(recipe).figures.period
    assert sorted(set(got.figures.period)) == sorted(set(everything))[-2:]


# Politely ----------------------------------------------------------------------------------------


@pytest.mark.django_db
def test_a_service_that_is_busy_is_asked_again_when_it_says(service, areas):
    service.failures = [(429, {"Retry-After": "7"}), (503, {})]
    clock = Clock()

    got = fetched(recipe_at(service), clock)

    assert got.count.rows > 0
    assert clock.waited[:2] == [7.0, 2.0]


@pytest.mark.django_db
def test_a_service_that_has_had_enough_calls_is_left_alone_until_it_says(service, areas):
    service.headers = {"x-ratelimit-remaining": "0", "x-ratelimit-reset": "31"}
    clock = Clock()

    fetched(recipe_at(service), clock)

    assert set(clock.waited) == {31.0}


@pytest.mark.django_db
def test_a_service_that_stays_away_is_given_up_with_what_it_said(service, areas):
    service.failures = [(503, {})] * 9

    with pytest.raises(NotFetched, match="503 come back later"):
        fetched(recipe_at(service))

    assert len(service.asked) == 5


@pytest.mark.django_db
@pytest.mark.parametrize("status", [301, 404])
def test_a_table_that_is_elsewhere_or_nowhere_is_not_looked_for_twice(service, areas, status):
    service.failures = [(status, {"Location": "http://127.0.0.1:1/"})]

    with pytest.raises(NotFetched, match=str(status)):
        fetched(recipe_at(service))

    assert len(service.asked) == 1


@pytest.mark.django_db
def test_nobody_there_is_said(service, areas):
    recipe = recipe_at(service)
    gone = replace(recipe, fetch=replace(recipe.fetch, address="http://127.0.0.1:9/v2"))

    with pytest.raises(NotFetched, match="ConnectionError"):
        fetched(gone)


@pytest.mark.django_db
def test_a_variable_the_publisher_has_renamed_is_named(service, areas):
    recipe = recipe_at(service)
    select = {"Sted": ("*",), **recipe.fetch.select}

    with pytest.raises(NotRead) as refused:
        fetched(replace(recipe, fetch=replace(recipe.fetch, select=select)))

    assert [trouble.field for trouble in refused.value.troubles] == ["Sted"]


# By command and by clock -------------------------------------------------------------------------


@pytest.fixture
def recipe_file(service, tmp_path):
    text = (KNOWN_RECIPES / "no-ssb-08487.toml").read_text(encoding="utf-8")
    path = tmp_path / "reported.toml"
    path.write_text(
        text.replace("https://data.ssb.no/api/pxwebapi/v2", f"{service.address}/v2"),
        encoding="utf-8",
    )
    return path


@pytest.mark.django_db
def test_the_command_takes_in_what_is_new_and_says_when_nothing_is(recipe_file, areas, capsys):
    call_command("data", "fetch", str(recipe_file), "--json")
    first = json.loads(capsys.readouterr().out)
    call_command("data", "fetch", str(recipe_file), "--json")
    second = json.loads(capsys.readouterr().out)

    assert (first["rows"], first["release"]) == (476, 1)
    assert second["changes_nothing"]
    assert Release.objects.count() == 1


@pytest.mark.django_db
def test_the_command_says_what_failed_and_takes_nothing_in(recipe_file, service, areas):
    service.failures = [(403, {})]

    with pytest.raises(CommandError, match="403 come back later"):
        call_command("data", "fetch", str(recipe_file))

    assert not Release.objects.exists()


@pytest.mark.django_db
def test_a_recipe_without_a_service_cannot_be_fetched(areas):
    with pytest.raises(CommandError, match="does not say where"):
        call_command("data", "fetch", "london-mps-monthly")
    with pytest.raises(NoService):
        fetched(packaged_recipes()["london-mps-monthly"])


@pytest.mark.django_db
def test_every_morning_what_is_kept_is_asked_for_where_the_operator_wants_it(
    staged, settings, monkeypatch, service
):
    take_in(staged=staged("no-ssb-08487"), by=SYSTEM, at=NOON)
    fetch_what_is_kept()
    assert not Job.objects.filter(name=FETCH).exists()

    settings.FETCH_STATISTICS = True
    fetch_what_is_kept()

    (job,) = Job.objects.filter(name=FETCH)
    there = {**packaged_recipes(), "no-ssb-08487": recipe_at(service)}
    monkeypatch.setattr("samrad.knowledge.tasks.packaged_recipes", lambda: there)
    fetch_data_set(**job.arguments)
    assert service.data_calls
