"""Below what number counts are held back: as was kept, or as the recipe has it now if that is more.

An upgrade may bring a recipe that asks for more than the one figures were taken in by.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from samrad.knowledge.known_recipes import known_recipe, own_recipes
from samrad.knowledge.models import DataSet, Sheet
from samrad.knowledge.packaged import packaged_recipes
from samrad.knowledge.rules.recipes import Recipe


@dataclass(frozen=True)
class Smallest:
    """The smallest count that is shown: of the whole data set, and of some that ask for more."""

    of_all: int
    of_one: Mapping[str, int] = field(default_factory=dict)

    def of(self, indicator: str) -> int:
        """That of an indicator, by its code."""
        return max(self.of_all, self.of_one.get(indicator, 0))


def smallest_of(data_set: DataSet) -> Smallest:
    """The larger of what is kept and of what its recipe says, where it is known."""
    asked = _asked(known_recipe(data_set.code))
    kept = data_set.indicators.values_list("code", "smallest_shown")
    return Smallest(
        max(data_set.smallest_shown, asked.of_all),
        {code: max(smallest, asked.of_one.get(code, 0)) for code, smallest in kept},
    )


def held_back_by_less() -> set[str]:
    """The published data sets of which a sheet was protected by less than their recipe asks for."""
    asked = {one.code: _asked(one) for one in (*packaged_recipes().values(), *own_recipes())}
    laid_out = Sheet.objects.filter(indicator__data_set__published_at__isnull=False)
    told = laid_out.values_list("indicator__data_set__code", "indicator__code", "smallest_shown")
    return {
        data_set for data_set, indicator, smallest in told
        if data_set in asked and smallest < asked[data_set].of(indicator)
    }  # fmt: skip


def _asked(recipe: Recipe | None) -> Smallest:
    if recipe is None:
        return Smallest(0)
    own = {one.code: one.smallest_shown for one in recipe.indicators}
    return Smallest(recipe.smallest_shown, own)
