"""A file on its way in through the pages: handed in, read by the worker, then used or dropped.

Until somebody says yes it is a staged release, which nothing but these pages reads.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from datetime import datetime, timedelta
from functools import partial
from pathlib import PurePosixPath

from django.db import transaction
from django.db.models import Q

from samrad.access.actor import SYSTEM, Actor
from samrad.documents.models import DiscardedFile
from samrad.kernel.identity import find_identity_numbers, masked
from samrad.knowledge import incident_arrivals
from samrad.knowledge.actions import (
    data_set_for,
    keep_data_set,
    keep_file,
    let_count,
    next_number,
)
from samrad.knowledge.events import FILE_ANSWERED, FILE_DROPPED, FILE_HANDED_IN
from samrad.knowledge.known_recipes import known_recipe
from samrad.knowledge.models import DataSet, Release, ReleaseState
from samrad.knowledge.permissions import (
    may_drop,
    may_hand_in,
    may_put_into_use,
    may_take_in_of,
)
from samrad.knowledge.rules.doubts import REFUSED
from samrad.knowledge.rules.preview import Preview
from samrad.knowledge.rules.recipes import Recipe
from samrad.knowledge.store import statistics
from samrad.trail.api import record
from samrad.work.api import enqueue

READ = "knowledge.read_file"
LOOK_THROUGH = "knowledge.look_through"  # files that are described first
KEPT_WAITING = timedelta(days=30)


@transaction.atomic
def hand_in(
    *, name: str, content: bytes, recipe: Recipe, by: Actor, at: datetime,
    answers: Mapping[str, str] | None = None,
) -> Release:  # fmt: skip
    """Keep the file and let the worker read it; one that is on its way in already is that one.

    One that was refused is read once more, by the recipe as it is now: the refusal goes.

    `answers` are those that whoever hands it in knows before anybody asks.
    """
    may_hand_in(by, recipe).enforce()
    data_set = data_set_for(recipe=recipe)
    digest = hashlib.sha256(content).hexdigest()
    already = list(data_set.releases.visible_to(by).arriving().filter(sha256=digest))
    if being_read := next((one for one in already if not _is_refused(one)), None):
        return being_read
    release = Release(
        data_set=data_set,
        number=next_number(data_set),
        state=ReleaseState.STAGED,
        file_name=_plain_name(name),
        sha256=digest,
        size=len(content),
        retrieved_at=at,
        answers=dict(answers or {}),
        taken_in_by_id=by.person_id,
    )
    _keep_for_the_worker(release, content)
    release.save(force_insert=True)
    enqueue(READ, release=str(release.ref))
    record(FILE_HANDED_IN, about=release, by=by, at=at, file=release.file_name)
    for refused in already:
        drop(release=refused, by=by, at=at)
    return release


def _is_refused(release: Release) -> bool:
    return any(one["kind"] == REFUSED for one in release.doubts)


def _keep_for_the_worker(release: Release, content: bytes) -> None:
    """Figures with their release; a file with addresses only until it has been read."""
    if release.data_set.holds_incidents:
        incident_arrivals.lay_aside(release, content)
    else:
        keep_file(release, content)


def _plain_name(name: str) -> str:
    """Without folders, and without digits that could be a person's."""
    last = PurePosixPath(name.replace("\\", "/")).name
    return masked(last, find_identity_numbers(last))[:255]


@transaction.atomic
def answer(
    *, release: Release, answers: Mapping[str, str], by: Actor, at: datetime, content: bytes = b""
) -> None:  # fmt: skip
    """Note what the file left open, and read it again with that.

    A file of incidents has not waited for that: it comes once more, as `content`.
    """
    may_take_in_of(by, release.data_set.country).enforce()
    release = _locked(release)
    if not release.is_staged or not answers:
        return
    if release.data_set.holds_incidents:
        incident_arrivals.lay_aside(release, content)
        release.sha256, release.size = hashlib.sha256(content).hexdigest(), len(content)
        release.save(update_fields=["sha256", "size"])
    release.answers = {**release.answers, **answers}
    read_anew(release)
    told = ", ".join(f"{key}={value}" for key, value in sorted(answers.items()))
    record(FILE_ANSWERED, about=release, by=by, at=at, answers=told)


@transaction.atomic
def put_into_use(*, release: Release, seen: str, by: Actor, at: datetime) -> Release:
    """Let it count from now on, if it is what `seen` says and what it was compared with stands.

    Where other figures have come into use since, it is read again instead, and still staged.
    """
    may_take_in_of(by, release.data_set.country).enforce()
    release = _locked(release)
    if not release.is_staged:
        return release
    may_put_into_use(by, release).enforce()
    current = release.data_set.releases.filter(is_current=True).first()
    if seen != release.figures_sha256 or release.difference["against"] != mark_of(current):
        read_anew(release)
        return release
    recipe = known_recipe(release.data_set.code)
    assert recipe is not None  # noqa: S101 (what is on its way in keeps its recipe)
    if current is not None and current.number > release.number:
        release.number = next_number(release.data_set)
    if recipe.incidents is not None:
        may_hand_in(by, recipe).enforce()
        incident_arrivals.put_incidents_into_use(release=release, recipe=recipe, by=by, at=at)
        return release
    preview = Preview.from_json(release.difference.pop("preview"))
    del release.difference["against"]
    release.data_set = keep_data_set(recipe=recipe, by=by, at=at)
    release.taken_in_by_id = by.person_id
    let_count(
        release, indicators=[one.rule for one in preview.indicators], notes=recipe.notes,
        by=by, at=at,
    )  # fmt: skip
    return release


@transaction.atomic
def drop(*, release: Release, by: Actor, at: datetime) -> None:
    """It is gone, and its file; a data set that has nothing else goes with it."""
    may_take_in_of(by, release.data_set.country).enforce()
    release = _locked(release)
    may_drop(by, release).enforce()
    data_set = release.data_set
    record(FILE_DROPPED, about=release, by=by, at=at, file=release.file_name)
    for kept in (release.file, release.figures):
        if kept:
            DiscardedFile.objects.create(content=str(kept.name), discarded_at=at)
    incident_arrivals.let_go(release)
    # The store may be another database: it forgets once this has happened.
    transaction.on_commit(partial(statistics().forget, release.ref))
    release.delete()
    if not data_set.releases.exists() and not data_set.indicators.exists():
        data_set.delete()


def drop_forgotten(*, at: datetime) -> int:
    """What nobody has decided on in a month goes, incidents in a week; how many that were."""
    long_ago = Q(retrieved_at__lt=at - KEPT_WAITING) | Q(
        data_set__holds_incidents=True, retrieved_at__lt=at - incident_arrivals.KEPT_WAITING
    )
    forgotten = list(Release.objects.arriving().filter(long_ago))
    for release in forgotten:
        drop(release=release, by=SYSTEM, at=at)
    return len(forgotten)


def mark_of(current: Release | None) -> str:
    """What a file is compared with, to know it again."""
    return str(current.ref) if current is not None else ""


def _locked(release: Release) -> Release:
    """As it is now; its data set first, so that two who act on it wait for each other."""
    data_set = DataSet.objects.select_for_update(of=("self",)).get(pk=release.data_set_id)
    found = Release.objects.select_for_update(of=("self",)).get(pk=release.pk)
    found.data_set = data_set
    return found


def read_anew(release: Release) -> None:
    """Let the worker read a file that is on its way in once more."""
    release.count, release.doubts = {}, []
    if not release.data_set.holds_incidents:  # of these only what they would change is looked at
        release.difference = {}
    release.save(update_fields=["answers", "count", "doubts", "difference"])
    enqueue(READ, release=str(release.ref))
