"""Recipes of incidents that whoever runs the installation keeps in a file: the pages learn them.

A police district's file has columns of its own. Once it has been taken in by command, its analysts
hand in the next one on a page (ADR 0030). Such a recipe is changed in its file, and read by the
command.
"""

from __future__ import annotations

import tomllib
from datetime import datetime
from pathlib import Path

from django.db import transaction

from samrad.access.actor import Actor
from samrad.knowledge.events import RECIPE_CHANGED, RECIPE_MADE
from samrad.knowledge.own_recipe_models import OwnRecipe
from samrad.knowledge.packaged import packaged_recipes
from samrad.knowledge.rules.recipes import Recipe
from samrad.trail.api import record


def keep_filed_recipe(*, recipe: Recipe, path: Path, by: Actor, at: datetime) -> bool:
    """Let the pages know it, as the file says it now; whether that changed anything."""
    if recipe.incidents is None or not recipe.country or recipe.code in packaged_recipes():
        return False
    return _keep(recipe, tomllib.loads(path.read_text(encoding="utf-8")), by, at)


@transaction.atomic
def _keep(recipe: Recipe, said: dict[str, object], by: Actor, at: datetime) -> bool:
    kept = OwnRecipe.objects.select_for_update().filter(code=recipe.code).first()
    if kept is None:
        made = OwnRecipe.objects.create(
            code=recipe.code, country=recipe.country, said=said, saved_at=at
        )
        record(RECIPE_MADE, about=made, by=by, at=at, publisher=recipe.publisher)
        return True
    if kept.said == said:
        return False
    kept.said, kept.country, kept.saved_at = said, recipe.country, at
    kept.number += 1
    kept.save(update_fields=["said", "country", "saved_at", "number"])
    record(RECIPE_CHANGED, about=kept, by=by, at=at, number=kept.number)
    return True
