"""Reading a file of incidents that was handed in: what the worker does, outside of any page."""

from __future__ import annotations

import hashlib
from dataclasses import asdict
from typing import Any

from django.core.files.base import ContentFile
from django.db import transaction

from samrad.kernel.clock import now
from samrad.knowledge.arrivals import mark_of
from samrad.knowledge.incident_actions import (
    Merging,
    StagedIncidents,
    is_as_merged_with,
    merging,
    stage_incidents,
)
from samrad.knowledge.incident_arrivals import (
    NO_FILE,
    are_columns_of_another_file,
    keyed_in,
    laid_aside,
    lay_down_waiting,
    let_go,
    told_without_content,
)
from samrad.knowledge.incidents import Keyed, address_secret, keyed
from samrad.knowledge.models import DataSet, Release
from samrad.knowledge.reading_in import doubt_as_kept, look_for_people, refuse
from samrad.knowledge.rules.doubts import Doubt, Doubtful
from samrad.knowledge.rules.recipes import Recipe
from samrad.knowledge.rules.table import NotRead, Trouble, Why
from samrad.knowledge.staging import current_release


def read_incident_file(*, release: Release, recipe: Recipe) -> None:
    """Read a staged release of incidents. Doing it twice comes to the same.

    One that was read already has only what it would change looked at anew: its file is gone.
    """
    ref = str(release.ref)
    if release.figures:
        _keep(release, keyed_in(release), release.difference["read"], recipe)
        return
    content = laid_aside(release)
    if content is None:
        refuse(ref=ref, troubles=[NO_FILE])
        return
    try:
        look_for_people(content)
        staged = stage_incidents(
            content=content, name=release.file_name, recipe=recipe, answers=dict(release.answers)
        )
    except NotRead as error:
        refuse(ref=ref, troubles=told_without_content(error))
    except Doubtful as doubtful:
        if are_columns_of_another_file(doubtful.doubts, recipe):
            refuse(ref=ref, troubles=[Trouble(Why.UNKNOWN_FORMAT)])
        else:
            _ask(release, doubtful.doubts)
    else:
        _keep(release, keyed(staged.incidents, address_secret()), _read(staged), recipe)


def _read(staged: StagedIncidents) -> dict[str, Any]:
    return {**staged.counted(), "unmet": staged.unmet()}


@transaction.atomic
def _ask(release: Release, doubts: tuple[Doubt, ...]) -> None:
    """Note what it leaves open; it is answered with the file, which does not lie here for that."""
    if kept := _still_read(release):
        kept.doubts = [doubt_as_kept(one) for one in doubts]
        kept.save(update_fields=["doubts"])
        let_go(kept)


def _keep(release: Release, came: Keyed, read: dict[str, Any], recipe: Recipe) -> None:
    """Write down what was read, beside what it would change; nobody waits for that to be known.

    It is compared with all that counts, so what waits for its months is laid down first.
    """
    code, content = release.data_set.code, came.as_one_file()
    is_kept = False
    while not is_kept:
        lay_down_waiting(data_set=code, at=now(), recipe=recipe)
        current = current_release(code)
        made = merging(DataSet.objects.get(pk=release.data_set_id), came, at=now())
        told = {
            "is_first": current is None and made.found.changed, "against": mark_of(current),
            "words": dict(came.words), "read": read, "incidents": asdict(made.found),
            "added": made.found.new, "revised": int(made.found.changed),
        }  # fmt: skip
        is_kept = _is_kept(release, content, told, made)


@transaction.atomic
def _is_kept(release: Release, content: bytes, told: dict[str, Any], made: Merging) -> bool:
    """Unless what it was compared with has changed; not where somebody answered or dropped it."""
    data_set = DataSet.objects.select_for_update(of=("self",)).filter(pk=release.data_set_id)
    locked = data_set.first()
    kept = _still_read(release)
    if kept is None or locked is None:
        return True
    current = mark_of(current_release(locked.code))
    if current != told["against"] or not is_as_merged_with(locked, made.against):
        return False
    kept.count = {name: value for name, value in told["read"].items() if name != "unmet"}
    kept.difference = told
    if not kept.figures:
        kept.figures_sha256 = hashlib.sha256(content).hexdigest()
        kept.figures.save(f"{kept.ref}.parquet", ContentFile(content), save=False)
    kept.save()
    let_go(kept)
    return True


def _still_read(release: Release) -> Release | None:
    rows = Release.objects.select_for_update(of=("self",)).select_related("data_set")
    kept = rows.filter(pk=release.pk).first()
    if kept is None or not kept.is_being_read or kept.answers != release.answers:
        return None
    return kept
