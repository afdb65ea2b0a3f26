"""The packaged areas, loaded once for a module, and the files that come with the tests."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from django.db import transaction

from samrad.knowledge.packaged import packaged_recipes
from samrad.knowledge.staging import Staged, stage
from tests.areas.conftest import areas, three_countries  # noqa: F401 (fixtures)

FILES = Path(__file__).with_name("files")
SHIPPED = Path(__file__).resolve().parents[2] / "src/samrad/knowledge/data"

#: Every file with the recipe that reads it.
KNOWN = {
    "dk-straf11": SHIPPED / "dk_straf11_2016_2025.csv.gz",
    "dk-folk1a": SHIPPED / "dk_folk1a_2016_2025.csv",
    "no-population": SHIPPED / "no_population_2024.csv",
    "se-population": SHIPPED / "se_population_2024.csv",
    "no-ssb-01222": FILES / "ssb_01222.json.gz",
    "no-ssb-06913": FILES / "ssb_06913.json",
    "no-ssb-07459": FILES / "ssb_07459.json",
    "no-ssb-08487": FILES / "ssb_08487.json",
    "se-causes-of-death": FILES / "statswe_causes_of_death.json",
    "london-mps-monthly": FILES / "london_mps.csv.gz",
    "ca-population": FILES / "canada.json",
    "es-galicia-population": FILES / "galicia-2.0.json",
    "oecd-unemployment": FILES / "oecd-canada.json",
    "gb-short-term-residents": FILES / "ons.json",
}


def read_file(code: str, **answers: str) -> Staged:
    """A file of the above read by its recipe."""
    path = KNOWN[code]
    return stage(
        content=path.read_bytes(), name=path.name, recipe=packaged_recipes()[code], answers=answers
    )


@pytest.fixture
def staged(areas: None) -> Callable[..., Staged]:  # noqa: F811
    """Read one of the files, with the areas there."""
    return read_file


@pytest.fixture(scope="module")
def held_for_the_module(three_countries: None, django_db_blocker: Any) -> Any:  # noqa: F811
    """`with held_for_the_module():` what happens inside is there for every test of the module.

    Each test begins with it, and what a test does is taken back; so is all of it at the end.
    """
    holding = transaction.atomic()

    @contextmanager
    def unblocked() -> Iterator[None]:
        with django_db_blocker.unblock():
            yield

    with unblocked():
        holding.__enter__()
    yield unblocked
    with unblocked():
        transaction.set_rollback(True)
        holding.__exit__(None, None, None)
