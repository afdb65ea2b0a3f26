"""Making a recipe of what a person says of a file, changing it, and letting it go."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from contextlib import suppress
from datetime import datetime, timedelta
from pathlib import PurePosixPath
from typing import Any

from django.core.files.base import ContentFile
from django.db import IntegrityError, transaction
from django.utils.translation import gettext_lazy as _

from samrad.access.actor import Actor
from samrad.access.vocabulary import Permission
from samrad.documents.models import DiscardedFile
from samrad.kernel.clock import day_of
from samrad.kernel.identity import find_identity_numbers, masked
from samrad.kernel.verdict import Refused
from samrad.knowledge import arrivals
from samrad.knowledge.actions import keep_data_set
from samrad.knowledge.analysing import where_one_analyses
from samrad.knowledge.events import (
    RECIPE_CHANGED,
    RECIPE_MADE,
    RECIPE_READERS_CHANGED,
    RECIPE_REMOVED,
    RECIPE_SMALLEST_CHANGED,
)
from samrad.knowledge.models import DataSet, Release
from samrad.knowledge.own_recipe_models import Description, OwnRecipe, OwnRecipeVersion
from samrad.knowledge.packaged import packaged_recipes
from samrad.knowledge.permissions import may_change_recipe, may_remove_recipe, may_take_in_of
from samrad.knowledge.publishing import take_back_where_it_opens
from samrad.knowledge.readers.heads import Head, head_of
from samrad.knowledge.rules.describing import OWN, Columns, Meaning, Use, code_for, said_of
from samrad.knowledge.rules.guessing import Areas, guess
from samrad.knowledge.rules.recipes import Recipe, recipe_of
from samrad.knowledge.rules.table import NotRead
from samrad.knowledge.staging import gazetteer_of, names_of
from samrad.profiles.reader import profile
from samrad.trail.api import record
from samrad.work.api import enqueue

KEPT_DESCRIBED = timedelta(days=7)
MOST_TRIES = 5  # to find a code that nobody else takes at the same moment


def countries_of(actor: Actor) -> list[str]:
    """The countries whose figures the person takes in."""
    return sorted(actor.countries_where(Permission.FIGURES_TAKE_IN) - {""})


@transaction.atomic
def begin_description(*, name: str, content: bytes, by: Actor, at: datetime) -> Description:
    """Keep a file that no recipe is known for, with a guess at its columns.

    Raises `NotRead` for a file that cannot be described. The worker looks through the whole of it.
    """
    countries = countries_of(by)
    may_take_in_of(by, countries[0] if countries else "").enforce()
    head = head_of(content)
    areas = {one: Areas(gazetteer_of(one), names_of(one)) for one in countries}
    column = {name: [text for _line, text in head.column(name)] for name in head.names}
    last = PurePosixPath(name.replace("\\", "/")).name
    description = Description(
        file_name=masked(last, find_identity_numbers(last))[:255], head=head.as_json(),
        columns=guess(head.header, column, areas).as_json(),
        begun_at=at, begun_by_id=by.person_id,
    )  # fmt: skip
    ending = PurePosixPath(last).suffix.lower()
    ending = ending if ending in {".csv", ".xlsx", ".txt", ".tsv", ".gz"} else ".data"
    description.file.save(f"{description.ref}{ending}", ContentFile(content), save=False)
    description.save(force_insert=True)
    enqueue(arrivals.LOOK_THROUGH, description=str(description.ref))
    return description


def keep_columns(*, description: Description, columns: Columns) -> None:
    """Note what is in the columns; nothing counts yet."""
    description.columns = columns.as_json()
    Description.objects.filter(pk=description.pk, refused=[]).update(columns=description.columns)


def begin_change(*, recipe: OwnRecipe, by: Actor, at: datetime) -> Description:
    """Describe once more what a recipe describes; it stays as it is until that is saved."""
    may_change_recipe(by, recipe).enforce()
    there = Description.objects.visible_to(by).filter(recipe=recipe, recipe_number=recipe.number)
    return there.first() or Description.objects.create(
        recipe=recipe, recipe_number=recipe.number, file_name=str(recipe)[:255],
        head=_head_at_hand(recipe), columns=recipe.columns, begun_at=at, begun_by_id=by.person_id,
    )  # fmt: skip


def _head_at_hand(recipe: OwnRecipe) -> dict[str, Any]:
    """That of the file in use where its columns are still those; else what the recipe keeps."""
    kept: dict[str, Any] = recipe.head
    used = Release.objects.filter(data_set__code=recipe.code, is_current=True).exclude(file="")
    release = used.first()
    if release is None:
        return kept
    try:
        with release.file.open("rb") as file:
            head = head_of(file.read())
    except NotRead:
        return kept
    columns = Columns.from_json(recipe.columns)
    names = {name for name in head.names if name in columns.uses or not columns.periods}
    return head.as_json() if names == columns.uses.keys() else kept


def described(description: Description, columns: Columns, meaning: Meaning) -> Recipe:
    """The recipe that would come of it; raises `RecipeRefused`. Nothing is kept."""
    code, said = _said(description, columns, meaning)
    return recipe_of(code, said)


@transaction.atomic
def save_recipe(
    *, description: Description, meaning: Meaning, by: Actor, at: datetime
) -> tuple[OwnRecipe, Release | None]:
    """Keep the recipe, and let the worker read the file by it: the one that waits, if any."""
    locked = Description.objects.select_for_update(of=("self",)).filter(pk=description.pk)
    found = locked.first()
    if found is None:
        raise Refused(_("This has been saved or dropped already."))
    if found.refused:
        raise Refused(_("The file has been refused meanwhile. Look at why, and hand in another."))
    columns = Columns.from_json(description.columns)
    may_take_in_of(by, columns.country).enforce()
    if description.recipe_id is None:
        kept, recipe = _made(description, columns, meaning, by=by, at=at)
    else:
        code, said = _said(description, columns, meaning)
        recipe = recipe_of(code, said)
        kept = _changed(description, said, by, at)
    OwnRecipeVersion.objects.create(
        recipe=kept, number=kept.number, said=kept.said, saved_at=at, saved_by_id=by.person_id
    )
    release = _read_by(kept, recipe, description, by=by, at=at)
    _discard(description, at=at)
    return kept, release


def _said(
    description: Description, columns: Columns, meaning: Meaning
) -> tuple[str, dict[str, Any]]:
    recipe = description.recipe
    before: Sequence[Mapping[str, Any]] = recipe.said.get("indicator", []) if recipe else ()
    code = recipe.code if recipe else code_for(meaning.title, _taken())
    return code, said_of(code, columns, meaning, before)


def _taken() -> list[str]:
    own = OwnRecipe.objects.values_list("code", flat=True)
    sets = DataSet.objects.filter(code__startswith=OWN).values_list("code", flat=True)
    return [*packaged_recipes(), *own, *sets]


def _made(
    description: Description, columns: Columns, meaning: Meaning, *, by: Actor, at: datetime
) -> tuple[OwnRecipe, Recipe]:
    """A new one; whoever saves another of that title at the same moment leaves the next number."""
    for _tried in range(MOST_TRIES):
        code, said = _said(description, columns, meaning)
        recipe = recipe_of(code, said)
        with suppress(IntegrityError), transaction.atomic():
            return _added(description, said, recipe, by=by, at=at), recipe
    raise Refused(_("Others are saving recipes of this title just now. Save it again."))


def _added(
    description: Description, said: dict[str, Any], recipe: Recipe, *, by: Actor, at: datetime
) -> OwnRecipe:
    on = day_of(at, profile(recipe.country).zone)
    kept = OwnRecipe.objects.create(
        code=recipe.code, country=recipe.country,
        organisation=where_one_analyses(by, recipe.country, on=on),
        said=said, head=_needed(description), columns=description.columns, saved_at=at,
    )  # fmt: skip
    record(RECIPE_MADE, about=kept, by=by, at=at, publisher=recipe.publisher)
    return kept


def _needed(description: Description) -> dict[str, Any]:
    """What is kept of the head for good."""
    columns = Columns.from_json(description.columns)
    figures = [*columns.periods, *columns.named(Use.FIGURES)]
    told_by = [name for name, use in columns.uses.items() if use not in {Use.FIGURES, Use.LEAVE}]
    return Head.from_json(description.head).needed(told_by, figures).as_json()


def _changed(description: Description, said: dict[str, Any], by: Actor, at: datetime) -> OwnRecipe:
    kept = OwnRecipe.objects.select_for_update(of=("self",)).get(pk=description.recipe_id or 0)
    may_change_recipe(by, kept).enforce()
    if kept.number != description.recipe_number:
        raise Refused(_("Somebody has changed this recipe meanwhile. Look at it, and begin anew."))
    if said["country"] != kept.country:
        raise Refused(_("A recipe stays in its country: others read the figures there."))
    before = kept.said
    kept.said, kept.head, kept.columns = said, _needed(description), description.columns
    kept.number, kept.saved_at = kept.number + 1, at
    kept.save()
    record(RECIPE_CHANGED, about=kept, by=by, at=at, number=kept.number)
    _record_who_reads(kept, before, by=by, at=at)
    return kept


def _record_who_reads(
    kept: OwnRecipe, before: Mapping[str, Any], *, by: Actor, at: datetime
) -> None:  # fmt: skip
    """What decides who may read which figures stands in the record as it was and as it is."""
    for what, key in (
        (RECIPE_SMALLEST_CHANGED, "smallest_shown"),
        (RECIPE_READERS_CHANGED, "classification"),
    ):
        was, now = before.get(key, ""), kept.said.get(key, "")
        if was != now:
            record(what, about=kept, by=by, at=at, before=was, now=now)


def _read_by(
    kept: OwnRecipe, recipe: Recipe, description: Description, *, by: Actor, at: datetime
) -> Release | None:
    """Files of it that wait are read again, and the one in use: what differs is shown first."""
    if description.file:
        with description.file.open("rb") as file:
            content = file.read()
        return arrivals.hand_in(
            name=description.file_name, content=content, recipe=recipe, by=by, at=at
        )
    data_set = DataSet.objects.select_for_update(of=("self",)).filter(code=kept.code).first()
    if data_set is None:
        return None
    take_back_where_it_opens(data_set, recipe, by=by, at=at)
    keep_data_set(recipe=recipe, by=by, at=at)  # who reads it is so from now on
    waiting = [one for one in data_set.releases.arriving() if one.file]
    for release in waiting:
        arrivals.read_anew(release)
    current = data_set.releases.filter(is_current=True).first()
    if waiting or current is None or not current.file:
        return waiting[0] if waiting else None
    with current.file.open("rb") as file:
        content = file.read()
    return arrivals.hand_in(
        name=current.file_name, content=content, recipe=recipe, by=by, at=at,
        answers=current.answers,
    )  # fmt: skip


@transaction.atomic
def remove_recipe(*, recipe: OwnRecipe, by: Actor, at: datetime) -> None:
    """It is gone, where nothing has been taken in by it."""
    recipe = OwnRecipe.objects.select_for_update(of=("self",)).get(pk=recipe.pk)
    may_remove_recipe(by, recipe).enforce()
    for one in Description.objects.filter(recipe=recipe):
        _discard(one, at=at)
    record(RECIPE_REMOVED, about=recipe, by=by, at=at)
    recipe.delete()


@transaction.atomic
def drop_description(*, description: Description, at: datetime) -> None:
    """The file goes, and nothing of it was ever in use."""
    _discard(description, at=at)


def drop_forgotten(*, at: datetime) -> int:
    """What nobody went on with in a week goes; how many that were."""
    forgotten = list(Description.objects.filter(begun_at__lt=at - KEPT_DESCRIBED))
    for one in forgotten:
        drop_description(description=one, at=at)
    return len(forgotten)


def _discard(description: Description, *, at: datetime) -> None:
    if description.file:
        DiscardedFile.objects.create(content=str(description.file.name), discarded_at=at)
    description.delete()
