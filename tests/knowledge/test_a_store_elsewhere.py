"""A store that is another database than ours: it keeps what we keep, and forgets when we have."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Any
from uuid import UUID

import pytest
from django.db import transaction

from samrad.access.actor import SYSTEM
from samrad.knowledge.arrivals import drop, hand_in, put_into_use
from samrad.knowledge.models import Release
from samrad.knowledge.packaged import packaged_recipes
from samrad.knowledge.rules.figures import Figures
from samrad.knowledge.store import choosing
from samrad.knowledge.store.choosing import Kept, ParquetStore
from samrad.work.api import work_off
from tests.cast import NOON
from tests.knowledge.test_arrivals import home, people


class Elsewhere(ParquetStore):
    """Holds what it was given, at once and for good, whatever becomes of our transaction."""

    def __init__(self) -> None:
        self.held: set[UUID] = set()

    def take(self, ref: UUID, figures: Figures) -> None:
        self.held.add(ref)

    def holds(self, ref: UUID) -> bool:
        return ref in self.held

    def forget(self, ref: UUID) -> None:
        self.held.discard(ref)

    @contextmanager
    def asked(self, releases: Sequence[Kept]) -> Iterator[Any]:
        assert all(one.ref in self.held for one in releases)
        with super().asked(releases) as table:
            yield table


@pytest.fixture
def elsewhere(monkeypatch) -> Elsewhere:
    store = Elsewhere()
    monkeypatch.setattr(choosing, "store_at", lambda _url: store)
    return store


@pytest.fixture
def staged_release(cast, elsewhere) -> Release:
    content, recipe = people(home(cast)), packaged_recipes()["no-population"]
    release = hand_in(name="x.csv", content=content, recipe=recipe, by=cast.analyst.actor, at=NOON)
    work_off()
    release.refresh_from_db()
    assert release.ref in elsewhere.held
    return release


def test_what_was_not_dropped_after_all_is_not_forgotten(staged_release, elsewhere):
    with transaction.atomic():
        drop(release=staged_release, by=SYSTEM, at=NOON)
        transaction.set_rollback(True)

    assert Release.objects.get() == staged_release
    assert staged_release.ref in elsewhere.held


def test_what_was_dropped_is_forgotten(
    staged_release, elsewhere, django_capture_on_commit_callbacks
):
    ref = staged_release.ref
    with django_capture_on_commit_callbacks(execute=True):
        drop(release=staged_release, by=SYSTEM, at=NOON)
        assert ref in elsewhere.held

    assert ref not in elsewhere.held


def test_what_the_store_lacks_it_is_given_before_anything_is_asked_of_it(
    staged_release, elsewhere, cast
):
    elsewhere.held.clear()  # another store than when the file was read

    put_into_use(
        release=staged_release, seen=staged_release.figures_sha256, by=cast.analyst.actor, at=NOON
    )
    work_off()

    assert staged_release.ref in elsewhere.held
    assert staged_release.data_set.indicators.filter(sheet__isnull=False).exists()
