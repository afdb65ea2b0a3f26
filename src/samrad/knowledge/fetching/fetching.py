"""A recipe's table from its publisher, staged as any other file."""

from __future__ import annotations

from collections.abc import Mapping

from samrad.knowledge.fetching.client import Client
from samrad.knowledge.fetching.pxweb import from_pxweb_1, from_pxweb_2
from samrad.knowledge.fetching.statbank import from_statbank
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
    *, recipe: Recipe, client: Client, answers: Mapping[str, str], again: bool = False
) -> Staged | None:
    """The newest of what the recipe describes, staged; nothing when it is what we have.

    Raises `NoService`, `NotFetched` and, as a file does, `NotRead`.
    """
    if recipe.fetch is None:
        raise NoService(recipe.code)
    way, ending = _WAYS[recipe.fetch.service]
    current = current_release(recipe.code)
    known = current.published if current is not None and not again else ""
    content = way(client, recipe.fetch, known)
    if content is None:
        return None
    return stage(content=content, name=f"{recipe.code}.{ending}", recipe=recipe, answers=answers)
