"""Reading a file of incidents that was handed in: what the worker does, outside of any page."""

from __future__ import annotations

import hashlib
from dataclasses import asdict
from typing import Any

from django.core.files.base import ContentFile
from django.db import transaction

from samrad.kernel.clock import now
from samrad.knowledge.arrivals import mark_of
from samrad.knowledge.incident_actions import StagedIncidents, stage_incidents, what_would_change
from samrad.knowledge.incident_arrivals import (
    NO_FILE,
    are_columns_of_another_file,
    keyed_in,
    laid_aside,
    let_go,
    told_without_content,
)
from samrad.knowledge.incidents import Keyed, address_secret, keyed
from samrad.knowledge.models import Release
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
        _keep(release, keyed_in(release), release.difference["read"])
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
        _keep(release, keyed(staged.incidents, address_secret()), _read(staged))


def _read(staged: StagedIncidents) -> dict[str, Any]:
    return {**staged.counted(), "unmet": staged.unmet()}


@transaction.atomic
def _ask(release: Release, doubts: tuple[Doubt, ...]) -> None:
    """Note what it leaves open; it is answered with the file, which does not lie here for that."""
    if kept := _still_read(release):
        kept.doubts = [doubt_as_kept(one) for one in doubts]
        kept.save(update_fields=["doubts"])
        let_go(kept)


@transaction.atomic
def _keep(release: Release, came: Keyed, read: dict[str, Any]) -> None:
    """Write down what was read, unless somebody has answered or dropped it meanwhile."""
    kept = _still_read(release)
    if kept is None:
        return
    current = current_release(kept.data_set.code)
    found = what_would_change(kept.data_set, came, at=now())
    kept.count = {name: value for name, value in read.items() if name != "unmet"}
    kept.difference = {
        "is_first": current is None, "against": mark_of(current), "words": dict(came.words),
        "read": read, "incidents": asdict(found), "added": found.new,
        "revised": int(found.changed),
    }  # fmt: skip
    if not kept.figures:
        content = came.as_one_file()
        kept.figures_sha256 = hashlib.sha256(content).hexdigest()
        kept.figures.save(f"{kept.ref}.parquet", ContentFile(content), save=False)
    kept.save()
    let_go(kept)


def _still_read(release: Release) -> Release | None:
    rows = Release.objects.select_for_update(of=("self",)).select_related("data_set")
    kept = rows.filter(pk=release.pk).first()
    if kept is None or not kept.is_being_read or kept.answers != release.answers:
        return None
    return kept
