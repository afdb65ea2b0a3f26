"""A recipe's table from its publisher, staged as any other file."""

from __future__ import annotations

from collections.abc import Mapping

from samrad.knowledge.fetching.client import Client
from samrad.knowledge.fetching.pxweb import from_pxweb_1, from_pxweb_2
from samrad.knowledge.fetching.statbank import from_statbank
from samrad.knowledge.models import Release
from samrad.knowledge.rules.asking import Service
from samrad.knowledge.rules.recipes import Recipe
from samrad.knowledge.staging import Staged, current_release, stage

_WAYS = {
    Service.PXWEB_1: (from_pxweb_1, "json"),
    Service.PXWEB_2: (from_pxweb_2, "json"),
    Service.STATBANK: (from_statbank, "csv"),
}


class NoService(Exception):
    """The recipe does not say where its table can be fetched."""


def fetch(
    *, recipe: Recipe, client: Client, answers: Mapping[str, str], again: bool = False,
    waiting_is_known: bool = False,
) -> Staged | None:  # fmt: skip
    """The newest of what the recipe describes, staged; nothing when it is what we have.

    `waiting_is_known`: what is on its way in already, and waits for somebody, is not fetched again.

    Raises `NoService`, `NotFetched` and, as a file does, `NotRead`.
    """
    if recipe.fetch is None:
        raise NoService(recipe.code)
    way, ending = _WAYS[recipe.fetch.service]
    known = "" if again else _known(recipe.code, waiting_is_known=waiting_is_known)
    content = way(client, recipe.fetch, known)
    if content is None:
        return None
    return stage(
        content=content, name=f"{recipe.code}.{ending}", recipe=recipe, answers=answers,
        older_are_left_out=recipe.fetch.asks_for_the_newest,
    )  # fmt: skip


def _known(code: str, *, waiting_is_known: bool) -> str:
    """When the publisher dated what we have."""
    waiting = Release.objects.arriving().filter(data_set__code=code).exclude(published="")
    if waiting_is_known and (found := waiting.first()) is not None:
        return found.published
    current = current_release(code)
    return current.published if current is not None else ""
