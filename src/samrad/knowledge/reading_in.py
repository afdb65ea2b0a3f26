"""Reading a file that was handed in: what the worker does, outside of any page.

It ends in one of three ways, each on the staged release: figures that wait for a yes, questions, or
why the file is refused. A file that is refused is not kept.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from dataclasses import asdict
from functools import partial
from typing import Any

from django.core.files.base import ContentFile
from django.db import transaction

from samrad.documents.intake import NotTaken, examine
from samrad.documents.models import DiscardedFile
from samrad.kernel.clock import now
from samrad.kernel.identity import Severity, find_identity_numbers
from samrad.knowledge.arrivals import mark_of, read_anew
from samrad.knowledge.incident_arrivals import let_go
from samrad.knowledge.known_recipes import known_recipe
from samrad.knowledge.models import Release
from samrad.knowledge.readers.reading import unpacked
from samrad.knowledge.readers.text import text_in
from samrad.knowledge.rules.doubts import REFUSED, Doubt
from samrad.knowledge.rules.preview import Preview
from samrad.knowledge.rules.recipes import Recipe
from samrad.knowledge.rules.table import MOST_TROUBLES, NotRead, Trouble, Why, refused
from samrad.knowledge.staging import Staged, current_release, stage
from samrad.knowledge.store import statistics
from samrad.knowledge.store.parquet import as_parquet


def read_file(*, ref: str) -> None:
    """Read a staged release. Doing it twice comes to the same."""
    release = Release.objects.filter(ref=ref).select_related("data_set").first()
    if release is None or not release.is_being_read:
        return
    answers = dict(release.answers)
    against = mark_of(current_release(release.data_set.code))
    recipe = known_recipe(release.data_set.code)
    if recipe is None:
        refuse(ref=ref, troubles=[Trouble(Why.NOT_FINISHED)])
        return
    if recipe.incidents is not None:
        from samrad.knowledge.incident_reading import read_incident_file  # noqa: PLC0415

        read_incident_file(release=release, recipe=recipe)
        return
    with release.file.open("rb") as file:
        content = file.read()
    try:
        look_for_people(content)
        staged = stage(content=content, name=release.file_name, recipe=recipe, answers=answers)
    except NotRead as error:
        refuse(ref=ref, troubles=error.troubles, read_by=recipe)
        return
    _keep(release, staged, against)


def look_for_people(content: bytes) -> None:
    """Figures count people and never point at one: a file with such numbers is refused whole."""
    troubles = []
    for line, text in _lines(content):
        found = [
            one for one in find_identity_numbers(text) if one.severity is Severity.BLOCK
        ]  # fmt: skip
        places = {text.count("\n", 0, one.start) for one in found}
        troubles += [Trouble(Why.ABOUT_A_PERSON, line and line + at) for at in sorted(places)]
    if troubles:
        raise NotRead(*troubles[:MOST_TROUBLES])


def _lines(content: bytes) -> Iterable[tuple[int | None, str]]:
    """The text in the file, with the number of its first line; a workbook has no lines."""
    plain = unpacked(content)
    if not plain.startswith(b"PK"):
        yield 1, text_in(plain)
        return
    try:
        yield None, examine(plain).text
    except NotTaken as error:
        raise refused(Why.BROKEN) from error


@transaction.atomic
def _keep(release: Release, staged: Staged, against: str) -> None:
    """Write down what was read, unless somebody has answered or dropped it meanwhile."""
    now_it_is = Release.objects.select_for_update(of=("self",)).filter(pk=release.pk).first()
    if now_it_is is None or not now_it_is.is_being_read or now_it_is.answers != release.answers:
        return
    if _reads_otherwise(now_it_is, staged.recipe):
        read_anew(now_it_is)
        return
    kept = now_it_is
    kept.count = asdict(staged.count)
    kept.doubts = [doubt_as_kept(one) for one in staged.doubts]
    kept.published = staged.published[:60]
    kept.difference = {
        **staged.difference.as_json(),
        "against": against,
        "preview": Preview.of(staged.figures, staged.indicators).as_json(),
    }
    _discard(kept.figures.name)
    kept.figures, kept.figures_sha256 = "", ""
    if not staged.doubts:
        figures = as_parquet(staged.figures)
        kept.figures_sha256 = hashlib.sha256(figures).hexdigest()
        kept.figures.save(f"{kept.ref}.parquet", ContentFile(figures), save=False)
        transaction.on_commit(partial(statistics().take, kept.ref, staged.figures))
    kept.save()


def _reads_otherwise(release: Release, recipe: Recipe) -> bool:
    """Whether the recipe has been changed while the file was read by it; the release is locked.

    Whoever changes a recipe lets its files be read anew in the same transaction.
    """
    return known_recipe(release.data_set.code) != recipe


@transaction.atomic
def refuse(*, ref: str, troubles: Iterable[Trouble], read_by: Recipe | None = None) -> None:
    """Note why, and let the file go; not where another recipe than it was read by counts now."""
    release = Release.objects.select_for_update(of=("self",)).filter(ref=ref).first()
    if release is None or not release.is_being_read:
        return
    if read_by is not None and _reads_otherwise(release, read_by):
        read_anew(release)
        return
    release.doubts = [why_as_kept(one) for one in troubles]
    let_go(release)
    _discard(release.file.name)
    release.file = ""
    release.save(update_fields=["doubts", "file"])


def give_up(*, ref: str) -> None:
    """Reading has failed for good, for a reason that is no fault of the file's."""
    refuse(ref=ref, troubles=[Trouble(Why.NOT_FINISHED)])


def _discard(name: str | None) -> None:
    if name:
        DiscardedFile.objects.create(content=name, discarded_at=now())


def doubt_as_kept(doubt: Doubt) -> dict[str, Any]:
    """A question as it lies on the release."""
    return {"kind": str(doubt.kind), "about": doubt.about, "values": dict(doubt.values),
            "choices": list(doubt.choices)}  # fmt: skip


def why_as_kept(trouble: Trouble) -> dict[str, Any]:
    """A reason as it is kept beside what it is a reason against."""
    return {"kind": REFUSED, "why": str(trouble.why), "row": trouble.row, "field": trouble.field,
            "values": dict(trouble.values)}  # fmt: skip
