"""Every recipe there is: those that come with the program, and those made on a page."""

from __future__ import annotations

from collections.abc import Iterable

from samrad.access.actor import SYSTEM, Actor
from samrad.knowledge import packaged
from samrad.knowledge.own_recipe_models import OwnRecipe
from samrad.knowledge.packaged import packaged_recipes
from samrad.knowledge.rules.recipes import Recipe, RecipeRefused, recipe_of


def known_recipe(code: str) -> Recipe | None:
    """The recipe of that code, which is that of its data set; none for those kept in a file."""
    found = packaged_recipes().get(code)
    if found is None:
        row = OwnRecipe.objects.filter(code=code).first()
        found = next(iter(_sound([row])), None) if row else None
    return found


def own_recipes(actor: Actor = SYSTEM) -> list[Recipe]:
    """Those made on a page that the reader takes files in by: one query."""
    return _sound(OwnRecipe.objects.visible_to(actor).order_by("code"))


def recipe_called(name: str) -> Recipe:
    """A recipe by its code, or one in a file by its path."""
    return known_recipe(name) or packaged.recipe_called(name)


def _sound(rows: Iterable[OwnRecipe]) -> list[Recipe]:
    """What a newer program no longer takes is left out, not a page that breaks."""
    found = []
    for row in rows:
        try:
            found.append(recipe_of(row.code, row.said))
        except RecipeRefused:
            continue
    return found
