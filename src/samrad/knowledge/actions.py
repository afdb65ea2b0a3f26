"""Taking data in: all of a file or nothing of it, once."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from dataclasses import asdict
from datetime import datetime
from functools import partial
from pathlib import PurePosixPath
from typing import Any

from django.core.files.base import ContentFile
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from samrad.access.actor import Actor
from samrad.documents.rules import Classification
from samrad.kernel.multilingual import Words
from samrad.kernel.verdict import Refused
from samrad.knowledge.described import as_kept, of_others
from samrad.knowledge.drawing import DRAW, drawn_from
from samrad.knowledge.events import RELEASE_TAKEN_IN
from samrad.knowledge.models import DataSet, Indicator, Release, ReleaseState
from samrad.knowledge.permissions import may_take_in_of
from samrad.knowledge.publishing import take_back
from samrad.knowledge.rules.doubts import Doubt
from samrad.knowledge.rules.recipes import IndicatorRule, Recipe
from samrad.knowledge.staging import Staged
from samrad.knowledge.store import statistics
from samrad.knowledge.store.parquet import as_parquet
from samrad.trail.api import record
from samrad.work.api import enqueue

_ENDINGS = {".csv", ".json", ".xlsx", ".gz", ".txt", ".tsv"}


@transaction.atomic
def take_in(*, staged: Staged, by: Actor, at: datetime) -> Release:
    """Let what was staged count from now on; what is known already changes nothing.

    The file and its figures are written first: should the transaction fail, they are two files
    that no release speaks of, and nobody sees them. The store may be another database: it is given
    the figures once they count. Where that fails, it is given them before anything is drawn.
    """
    may_take_in_of(by, staged.recipe.country).enforce()
    if staged.doubts:
        raise Refused(_("Something about this file has not been answered yet."))
    data_set = keep_data_set(recipe=staged.recipe, by=by, at=at)
    current = data_set.releases.filter(is_current=True).first()
    if current is not None and staged.changes_nothing:
        statistics().take(current.ref, staged.figures)  # it may be another store than last time
        return current
    release = _release(staged, data_set, by, at)
    let_count(release, indicators=staged.indicators, notes=staged.recipe.notes, by=by, at=at)
    transaction.on_commit(partial(statistics().take, release.ref, staged.figures))
    return release


def let_count(
    release: Release, *, indicators: Iterable[IndicatorRule], notes: Words, by: Actor, at: datetime
) -> None:
    """It is the release in force from now on. The data set is locked, and whoever asks may."""
    data_set, count = release.data_set, release.count
    _keep_indicators(indicators, data_set, notes)
    data_set.releases.filter(is_current=True).update(is_current=False)
    release.is_current, release.state = True, ReleaseState.COMMITTED
    release.save()
    for code in drawn_from(data_set):
        enqueue(DRAW, data_set=code)
    record(
        RELEASE_TAKEN_IN, about=release, by=by, at=at, file=release.file_name,
        rows=count["rows"], hidden=count["hidden"], missing=count["missing"],
        sha256=release.sha256,
    )  # fmt: skip


def keep_data_set(*, recipe: Recipe, by: Actor, at: datetime) -> DataSet:
    """The data set as its recipe describes it now, locked until the transaction ends.

    Where other counts are small from now on, what is laid out is protected anew. What is no longer
    for all who are signed in is not published either, nor when it is for them again.
    """
    said = _said(recipe)
    data_set = data_set_for(recipe=recipe)
    changed = [name for name, value in said.items() if getattr(data_set, name) != value]
    for name in changed:
        setattr(data_set, name, said[name])
    if changed:
        data_set.save(update_fields=changed)
    if data_set.classification != Classification.OPEN:
        take_back(data_set, by=by, at=at)
    if "smallest_shown" in changed:
        enqueue(DRAW, data_set=data_set.code)
    return data_set


def data_set_for(*, recipe: Recipe) -> DataSet:
    """The data set as it is, made where there is none yet; locked until the transaction ends."""
    DataSet.objects.get_or_create(code=recipe.code, defaults=_said(recipe))
    return DataSet.objects.select_for_update(of=("self",)).get(code=recipe.code)


def _said(recipe: Recipe) -> dict[str, Any]:
    return {
        "title": recipe.title.as_mapping(),
        "publisher": recipe.publisher,
        "table": recipe.table,
        "licence": recipe.licence,
        "citation": recipe.citation,
        "address": recipe.address,
        "schedule": recipe.schedule,
        "smallest_shown": recipe.smallest_shown,
        "theme": recipe.theme,
        "country": recipe.country,
        "classification": recipe.classification,
        "legal_basis": recipe.legal_basis,
        "holds_incidents": recipe.incidents is not None,
        "keep_days": recipe.incidents.keep_days if recipe.incidents else 0,
    }


def _release(staged: Staged, data_set: DataSet, by: Actor, at: datetime) -> Release:
    figures = as_parquet(staged.figures)
    release = Release(
        data_set=data_set,
        number=next_number(data_set),
        file_name=PurePosixPath(staged.name.replace("\\", "/")).name[:255],
        sha256=staged.sha256,
        size=len(staged.content),
        figures_sha256=hashlib.sha256(figures).hexdigest(),
        retrieved_at=at,
        published=staged.published[:60],
        count=asdict(staged.count),
        doubts=[_kept(doubt) for doubt in staged.doubts],
        answers=dict(staged.answers),
        difference=staged.difference.as_json(),
        taken_in_by_id=by.person_id,
    )
    keep_file(release, staged.content)
    release.figures.save(f"{release.ref}.parquet", ContentFile(figures), save=False)
    return release


def next_number(data_set: DataSet) -> int:
    """The number of the data set's next release."""
    last = data_set.releases.order_by("-number").first()
    return last.number + 1 if last else 1


def keep_file(release: Release, content: bytes) -> None:
    """Write the file as it came, under a name of ours."""
    ending = PurePosixPath(release.file_name).suffix.lower()
    ending = ending if ending in _ENDINGS else ".data"
    release.file.save(f"{release.ref}{ending}", ContentFile(content), save=False)


def _kept(doubt: Doubt) -> dict[str, object]:
    return {"kind": doubt.kind, "about": doubt.about, "values": dict(doubt.values)}


def _keep_indicators(rules: Iterable[IndicatorRule], data_set: DataSet, notes: Words) -> None:
    """As the recipe describes them; what another data set counts is never described by this one."""
    rules = list(rules)
    if of_others(rules, than=data_set.code):
        raise Refused(_("Another data set counts one of these indicators already."))
    Indicator.objects.bulk_create(
        [Indicator(data_set=data_set, code=rule.code, **as_kept(rule, notes)) for rule in rules],
        update_conflicts=True,
        unique_fields=["code"],
        update_fields=[
            "name", "definition", "unit", "direction", "base", "part_of", "target", "target_source",
            "smallest_shown",
        ],
    )  # fmt: skip
