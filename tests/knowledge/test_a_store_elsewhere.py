"""A store that is another database than ours: it keeps what we keep, and forgets when we have."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from io import StringIO
from typing import Any
from uuid import UUID, uuid4

import pytest
from django.core.management import call_command
from django.db import transaction

from samrad.access.actor import SYSTEM
from samrad.knowledge.actions import take_in
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
        self.refs: set[UUID] = set()

    def take(self, ref: UUID, figures: Figures) -> None:
        self.refs.add(ref)

    def holds(self, ref: UUID) -> bool:
        return ref in self.refs

    def held(self) -> set[UUID]:
        return set(self.refs)

    def forget(self, ref: UUID) -> None:
        self.refs.discard(ref)

    @contextmanager
    def asked(self, releases: Sequence[Kept]) -> Iterator[Any]:
        assert all(one.ref in self.refs for one in releases)
        with super().asked(releases) as table:
            yield table


@pytest.fixture
def elsewhere(monkeypatch) -> Elsewhere:
    store = Elsewhere()
    monkeypatch.setattr(choosing, "store_at", lambda _url: store)
    return store


@pytest.fixture
def staged_release(cast, elsewhere, django_capture_on_commit_callbacks) -> Release:
    content, recipe = people(home(cast)), packaged_recipes()["no-population"]
    release = hand_in(name="x.csv", content=content, recipe=recipe, by=cast.analyst.actor, at=NOON)
    with django_capture_on_commit_callbacks(execute=True):
        work_off()
    release.refresh_from_db()
    assert release.ref in elsewhere.refs
    return release


def test_what_was_not_dropped_after_all_is_not_forgotten(staged_release, elsewhere):
    with transaction.atomic():
        drop(release=staged_release, by=SYSTEM, at=NOON)
        transaction.set_rollback(True)

    assert Release.objects.get() == staged_release
    assert staged_release.ref in elsewhere.refs


def test_what_was_dropped_is_forgotten(
    staged_release, elsewhere, django_capture_on_commit_callbacks
):
    ref = staged_release.ref
    with django_capture_on_commit_callbacks(execute=True):
        drop(release=staged_release, by=SYSTEM, at=NOON)
        assert ref in elsewhere.refs

    assert ref not in elsewhere.refs


def test_what_the_store_lacks_it_is_given_before_anything_is_asked_of_it(
    staged_release, elsewhere, cast
):
    elsewhere.refs.clear()  # another store than when the file was read

    put_into_use(
        release=staged_release, seen=staged_release.figures_sha256, by=cast.analyst.actor, at=NOON
    )
    work_off()

    assert staged_release.ref in elsewhere.refs
    assert staged_release.data_set.indicators.filter(sheet__isnull=False).exists()


def test_what_no_release_speaks_of_is_told_and_forgotten_when_asked(staged_release, elsewhere):
    """Left by an older version, or by an installation that was set back to a copy of before."""
    elsewhere.refs.add(uuid4())
    told = StringIO()
    call_command("data", "check", stdout=told)
    assert "figures of 1 releases that are not known here" in told.getvalue()
    assert len(elsewhere.refs) == 2

    call_command("data", "check", "--tidy", stdout=told)
    assert "has forgotten 1 releases" in told.getvalue()
    assert elsewhere.refs == {staged_release.ref}


# With the packaged areas, which stay until the end of the module ---------------------------------


def test_what_was_not_taken_in_after_all_is_in_no_store(staged, elsewhere):
    with transaction.atomic():
        take_in(staged=staged("no-population"), by=SYSTEM, at=NOON)
        transaction.set_rollback(True)

    assert not Release.objects.exists()
    assert elsewhere.refs == set()


def test_what_is_taken_in_is_in_the_store_once_it_counts(
    staged, elsewhere, django_capture_on_commit_callbacks
):
    with django_capture_on_commit_callbacks(execute=True):
        release = take_in(staged=staged("no-population"), by=SYSTEM, at=NOON)
        assert elsewhere.refs == set()

    assert elsewhere.refs == {release.ref}
