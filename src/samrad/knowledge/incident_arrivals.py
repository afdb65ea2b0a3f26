"""A file of incidents on its way in by a page: what waits are keys and numbers, never addresses.

The file lies in a folder that no row names, so that no backup has it, from when it is handed in
until the worker has read it. After that it is gone from the disk, whatever came of it: keyed
incidents that wait for a yes, questions, with which it is handed in anew, or why it is refused.
"""

from __future__ import annotations

import string
from dataclasses import replace
from datetime import datetime, timedelta
from functools import partial

from django.core.files.base import ContentFile
from django.core.files.storage import Storage
from django.db import transaction
from django.db.models import QuerySet

from samrad.access.actor import Actor
from samrad.documents.models import DiscardedFile
from samrad.knowledge.actions import keep_data_set
from samrad.knowledge.incident_actions import (
    INCIDENTS_FOLDER,
    Merging,
    incidents_count,
    is_as_merged_with,
    lay_down,
    merging,
)
from samrad.knowledge.incident_terms import keep_terms
from samrad.knowledge.incidents import Keyed
from samrad.knowledge.known_recipes import known_recipe
from samrad.knowledge.models import DataSet, Release, ReleaseState
from samrad.knowledge.rules.doubts import Doubt, DoubtKind
from samrad.knowledge.rules.recipes import Recipe
from samrad.knowledge.rules.table import NotRead, Trouble, Why
from samrad.work.api import enqueue

LAY = "knowledge.lay_down_incidents"
KEPT_WAITING = timedelta(days=7)  # keyed incidents that nobody decides on
_LETTERS = str.maketrans(
    string.ascii_letters + string.digits, "x" * len(string.ascii_letters) + "0" * 10
)


def lay_aside(release: Release, content: bytes) -> None:
    """Keep the file for the worker. Where the transaction fails a nightly sweep finds it."""
    let_go_now(release.ref.hex)
    _storage().save(_name(release.ref.hex), ContentFile(content))


def laid_aside(release: Release) -> bytes | None:
    """The file, as long as the worker has not read it."""
    name = _name(release.ref.hex)
    if not _storage().exists(name):
        return None
    with _storage().open(name) as file:
        return bytes(file.read())


def let_go(release: Release) -> None:
    """The file goes from the disk as soon as this transaction stands."""
    transaction.on_commit(partial(let_go_now, release.ref.hex))


def let_go_now(ref: str) -> None:
    """The file goes from the disk."""
    _storage().delete(_name(ref))


def keyed_in(release: Release) -> Keyed:
    """The incidents that wait, as they will be kept."""
    with release.figures.open("rb") as file:
        return Keyed.of_one_file(bytes(file.read()), release.difference["words"])


def put_incidents_into_use(
    *, release: Release, recipe: Recipe, by: Actor, at: datetime
) -> None:  # fmt: skip
    """Let them count; the release and its data set are locked, and whoever asks may.

    The worker lays them into their months: a page neither reads nor writes those. Until then the
    release keeps them, and nothing is worked out of the data set.
    """
    assert recipe.incidents is not None  # noqa: S101 (it is of incidents)
    new = release.difference["incidents"]["new"]
    release.data_set = keep_data_set(recipe=recipe, by=by, at=at)
    keep_terms(release.data_set, recipe.incidents)
    release.difference = {"words": release.difference["words"]}
    release.taken_in_by_id = by.person_id
    incidents_count(release, new=new, by=by, at=at)
    enqueue(LAY, data_set=release.data_set.code)


class NoRecipe(LookupError):
    """Incidents count, and nobody knows any more what they are: whoever runs this has to look."""


def lay_down_waiting(*, data_set: str, at: datetime, recipe: Recipe | None = None) -> int:
    """Lay what counts and waits for it into its months, in the order it came; how many files.

    `recipe`: that of whoever has it in a file. Raises `NoRecipe` where there is none.
    """
    keys = list(not_laid_down(data_set).order_by("number").values_list("pk", flat=True))
    by = recipe or recipe_of_waiting(data_set) if keys else None
    for key in keys:
        assert by is not None  # noqa: S101 (where there are any)
        while not _is_laid_down(key, by, at):
            continue  # the months have changed meanwhile
    return len(keys)


def recipe_of_waiting(data_set: str) -> Recipe:
    """By what the incidents are laid down that count and wait for it; raises `NoRecipe`."""
    found = known_recipe(data_set)
    if found is None:
        raise NoRecipe(data_set)
    return found


def not_laid_down(data_set: str) -> QuerySet[Release]:
    """What counts, and no month has yet."""
    found = Release.objects.filter(data_set__code=data_set, data_set__holds_incidents=True)
    return found.filter(state=ReleaseState.COMMITTED).exclude(figures="")


def _is_laid_down(key: int, recipe: Recipe, at: datetime) -> bool:
    """Merge a file into its months while nobody waits, and write them where they still stand."""
    waiting = Release.objects.select_related("data_set").exclude(figures="").filter(pk=key).first()
    if waiting is None:
        return True
    return _is_written(key, recipe, merging(waiting.data_set, keyed_in(waiting), at=at), at)


@transaction.atomic
def _is_written(key: int, recipe: Recipe, made: Merging, at: datetime) -> bool:
    data_set = DataSet.objects.select_for_update(of=("self",)).get(releases=key)
    release = Release.objects.select_for_update(of=("self",)).get(pk=key)
    if not release.figures:
        return True
    if not is_as_merged_with(data_set, made.against):
        return False
    lay_down(data_set=data_set, recipe=recipe, made=made, at=at)
    DiscardedFile.objects.create(content=str(release.figures.name), discarded_at=at)
    release.figures, release.figures_sha256, release.difference = "", "", {}
    release.save(update_fields=["figures", "figures_sha256", "difference"])
    return True


def told_without_content(troubles: NotRead) -> list[Trouble]:
    """Why it is refused, with what stands in a cell as its shape alone: it may be a home."""
    return [replace(one, values=_shaped(one)) for one in troubles.troubles]


def _shaped(trouble: Trouble) -> dict[str, object]:
    """`2026-01-01 kl. 12` as `0000-00-00 xx. 00`: enough to see what is wrong with it."""
    values = dict(trouble.values)
    if "text" in values:
        text = str(values["text"])
        shape = text.translate(_LETTERS)
        values["text"] = "".join("x" if one.isalpha() else one for one in shape)
    return values


def are_columns_of_another_file(doubts: tuple[Doubt, ...], recipe: Recipe) -> bool:
    """Whether no column is what it should be: then its first row is none of names, perhaps."""
    rule = recipe.incidents
    assert rule is not None  # noqa: S101 (incidents are read by it)
    return sum(one.kind is DoubtKind.COLUMN for one in doubts) == len(rule.columns)


NO_FILE = Trouble(Why.NOT_FINISHED)


def _storage() -> Storage:
    return Release._meta.get_field("file").storage


def _name(ref: str) -> str:
    return f"{INCIDENTS_FOLDER}/arriving/{ref}.data"
