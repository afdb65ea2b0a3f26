"""A file that is being described, and recipes made on a page."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from samrad.knowledge.arrivals import drop
from samrad.knowledge.own_recipe_actions import begin_description, save_recipe
from samrad.knowledge.own_recipe_models import OwnRecipe
from samrad.knowledge.rules.describing import Counted, Meaning
from tests.cast import NOON, Cast


def described_files(cast: Cast) -> dict[str, Any]:
    """A file that an analyst describes, a recipe that came of another, and one from abroad."""
    content = f"Kommune;År;Andel trygge\n{cast.no.home.code};2024;85,5\n".encode()
    by = cast.analyst.actor
    meaning = Meaning(
        "Trygghet", "Ås kommune", "Egne tall", "Ås kommune", "safety", "percent", "up"
    )
    found: dict[str, Any] = {}
    for name in ("own_recipe", "description"):
        begun = begin_description(name="trygghet.csv", content=content, by=by, at=NOON)
        found[name] = begun
        if name == "own_recipe":
            counted = (Counted({}, "Andel trygge"),)
            found[name], release = save_recipe(
                description=begun, meaning=replace(meaning, counted=counted), by=by, at=NOON
            )
            assert release is not None
            drop(release=release, by=by, at=NOON)
    found["recipe_abroad"] = OwnRecipe.objects.create(
        code="own-abroad", country="se", saved_at=NOON,
        said={**found["own_recipe"].said, "country": "se"}, columns=found["own_recipe"].columns,
    )  # fmt: skip
    return found
