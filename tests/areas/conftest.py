"""The packaged structures, loaded once for a module; and small structures written in a test."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from typing import Any

import pytest
from django.db import transaction

from samrad.access.actor import SYSTEM
from samrad.areas.actions import load_structure
from samrad.areas.packaged import packaged_structure
from samrad.areas.rules.difference import Plan
from samrad.areas.rules.kinds import Country
from samrad.areas.rules.reading import read_structure
from samrad.areas.rules.structure import Structure

NOON = datetime(2026, 11, 21, 11, tzinfo=UTC)


def structure(text: str) -> Structure:
    """A structure written in a test."""

    def beside(name: str) -> str:
        raise FileNotFoundError(name)

    return read_structure(text, beside, called="test.toml")


@pytest.fixture(scope="module")
def three_countries(django_db_setup: Any, django_db_blocker: Any) -> Iterator[None]:
    """Norway, Denmark and Sweden as packaged; taken back when the module is done."""
    with django_db_blocker.unblock():
        holding = transaction.atomic()
        holding.__enter__()
        for country in Country:
            load_structure(structure=packaged_structure(country), by=SYSTEM, at=NOON)
    yield
    with django_db_blocker.unblock():
        transaction.set_rollback(True)
        holding.__exit__(None, None, None)


@pytest.fixture
def areas(three_countries: None, db: None) -> None:
    """The packaged areas are there; what the test does to them is taken back."""


@pytest.fixture
def load(db: None) -> Callable[[str], Plan]:
    """Load a structure written in the test."""
    return lambda text: load_structure(structure=structure(text), by=SYSTEM, at=NOON)
