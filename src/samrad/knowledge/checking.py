"""Whether what was taken in is still what it was: files by their marks, figures by their counts."""

from __future__ import annotations

import hashlib
from dataclasses import asdict
from typing import Any
from uuid import UUID

from django.db.models.fields.files import FieldFile

from samrad.knowledge.models import Release, ReleaseState
from samrad.knowledge.rules.figures import Count
from samrad.knowledge.staging import figures_in
from samrad.knowledge.store import statistics
from samrad.knowledge.store.asking import sums


def check_releases() -> list[dict[str, Any]]:
    """Every committed release with its rows and what is wrong with it."""
    found = Release.objects.filter(state=ReleaseState.COMMITTED).select_related("data_set")
    return [
        {"release": release.trail_label, "rows": release.count.get("rows", 0),
         "wrong": _wrong_with(release)}
        for release in found.order_by("data_set__code", "number")
    ]  # fmt: skip


def strangers_in_the_store() -> list[UUID]:
    """What a store elsewhere holds and no release speaks of: nobody sees it.

    An installation that was stopped, or set back to a copy of before, may have left it, or another
    one that uses the same store, or something is being taken in at this moment.
    """
    held = statistics().held()
    known = set(Release.objects.filter(ref__in=held).values_list("ref", flat=True)) if held else ()
    return sorted(held.difference(known))


def forget_strangers() -> int:
    """Have the store forget them; how many they were."""
    strangers = strangers_in_the_store()
    for ref in strangers:
        statistics().forget(ref)
    return len(strangers)


def _wrong_with(release: Release) -> list[str]:
    wrong = []
    for name, file, mark in (
        ("file", release.file, release.sha256),
        ("figures", release.figures, release.figures_sha256),
    ):
        if file and _mark_of(file) != mark:
            wrong.append(f"{release.trail_label}: the {name} are not what was taken in.")
    if wrong or not release.figures or release.data_set.holds_incidents:
        return wrong
    figures = figures_in(release)
    if asdict(Count.of(figures)) != release.count:
        wrong.append(f"{release.trail_label}: the figures do not count as they did.")
    held = sums(statistics(), [release], periods=sorted(set(figures.period)))
    if sum(one.numbers for one in held) != sum(value is not None for value in figures.value):
        wrong.append(f"{release.trail_label}: the store does not hold all figures.")
    return wrong


def _mark_of(file: FieldFile) -> str:
    try:
        with file.open("rb") as opened:
            return hashlib.sha256(opened.read()).hexdigest()
    except OSError:
        return ""
