"""The same figures asked for on DuckDB over the files, and on PostgreSQL: the same answers."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime
from uuid import uuid4

import pytest

from samrad.access.actor import SYSTEM
from samrad.knowledge.actions import take_in
from samrad.knowledge.models import Release
from samrad.knowledge.staging import figures_in
from samrad.knowledge.store.asking import series, sums
from samrad.knowledge.store.choosing import ParquetStore, PostgresStore
from tests.knowledge.conftest import read_file

NOON = datetime(2026, 11, 21, 11, tzinfo=UTC)
QUARTERS = ("2020-Q2", "2025-Q4")
ISLAND = "411"  # Christiansø, which has no people of its own in the figures

pytestmark = [pytest.mark.postgresql, pytest.mark.django_db]


@pytest.fixture(scope="module")
def elsewhere(postgres_cluster) -> PostgresStore:
    return PostgresStore(postgres_cluster.create_database(f"statistics_{uuid4().hex[:8]}"))


@pytest.fixture(scope="module")
def held(held_for_the_module, elsewhere) -> list[Release]:
    """Taken in once, and in both stores."""
    with held_for_the_module():
        found = [take_in(staged=read_file(code), by=SYSTEM, at=NOON) for code in KINDS]
    for one in found:
        elsewhere.take(one.ref, figures_in(one))
    return found


@pytest.fixture
def releases(held, db) -> list[Release]:
    return held


@pytest.fixture
def changed(releases, elsewhere) -> Iterator[Release]:
    """The first of them, which a test does something to elsewhere; whole again afterwards."""
    yield releases[0]
    elsewhere.take(releases[0].ref, figures_in(releases[0]))


KINDS = ("dk-straf11", "no-ssb-06913", "no-ssb-08487")
ASKED = (
    {},
    {"indicators": ["dk.offences.burglary-home", "no.offences-mean.violence"]},
    {"areas": ["661", "665", "0", ISLAND]},
    {"indicators": ["dk.offences.all"], "areas": ["000"]},
    {"indicators": ["there.is.none"]},
)


@pytest.mark.slow
def test_every_series_is_the_same(releases, elsewhere):
    for asked in ASKED:
        here = series(ParquetStore(), releases, **asked)

        assert here == series(elsewhere, releases, **asked)
        assert bool(here) is ("there.is.none" not in asked.get("indicators", ()))


def test_every_sum_is_the_same_to_the_last_digit(releases, elsewhere):
    asked = {"periods": QUARTERS, "without": ["000", "081"]}

    here = sums(ParquetStore(), releases, **asked)

    assert len(here) > 10
    assert here == sums(elsewhere, releases, **asked)


def test_only_the_releases_asked_about_answer(releases, elsewhere):
    danish, *_others = releases

    assert series(ParquetStore(), [danish]) == series(elsewhere, [danish])


def test_a_release_taken_again_stands_there_once(releases, elsewhere):
    danish = releases[0]
    before = sums(elsewhere, [danish], periods=QUARTERS)

    elsewhere.take(danish.ref, figures_in(danish))

    assert sums(elsewhere, [danish], periods=QUARTERS) == before


def test_what_is_forgotten_is_gone_and_the_rest_stands(changed, releases, elsewhere):
    danish, norwegian = changed, releases[1]
    before = series(elsewhere, [norwegian])

    elsewhere.forget(danish.ref)

    assert (elsewhere.holds(danish.ref), elsewhere.holds(norwegian.ref)) == (False, True)
    assert series(elsewhere, [danish]) == []
    assert series(elsewhere, [norwegian]) == before


def test_a_store_that_holds_nothing_forgets_nothing(elsewhere):
    elsewhere.forget(uuid4())

    assert not elsewhere.holds(uuid4())


def test_nothing_has_a_reason_on_both(changed, elsewhere):
    """A figure hidden or missing is no zero, whichever database holds it."""
    figures = figures_in(changed)
    first = figures.nothing[0]
    hidden = replace(
        figures,
        value=[None, *figures.value[1:]],
        nothing=["hidden", *figures.nothing[1:]],
    )
    elsewhere.take(changed.ref, hidden)

    (point,) = [
        one
        for one in series(elsewhere, [changed], areas=[figures.area[0]])
        if (one.indicator, one.period) == (figures.indicator[0], figures.period[0])
    ]
    assert (point.value, point.nothing) == (None, "hidden")
    assert first == ""


def test_it_says_which_releases_it_holds(releases, elsewhere):
    first, *others = releases
    assert elsewhere.held() == {one.ref for one in releases}

    elsewhere.forget(first.ref)
    assert elsewhere.held() == {one.ref for one in others}
    assert ParquetStore().held() == set()
