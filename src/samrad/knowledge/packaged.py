"""The recipes that come with the program, and those that somebody keeps in a file."""

from __future__ import annotations

import tomllib
from functools import cache
from importlib import resources
from pathlib import Path

from samrad.knowledge.rules.recipes import Recipe, RecipeRefused, recipe_of

_SUFFIX = ".toml"


@cache
def packaged_recipes() -> dict[str, Recipe]:
    """All by code; a recipe that is not sound stops whoever asks."""
    folder = resources.files("samrad.knowledge") / "recipes"
    return {
        name.removesuffix(_SUFFIX): read_recipe(
            name.removesuffix(_SUFFIX), (folder / name).read_text(encoding="utf-8")
        )
        for name in sorted(one.name for one in folder.iterdir() if one.name.endswith(_SUFFIX))
    }


def recipe_called(name: str) -> Recipe:
    """A packaged recipe by its code, or one in a file by its path."""
    packaged = packaged_recipes()
    if name in packaged:
        return packaged[name]
    path = Path(name)
    if path.suffix != _SUFFIX or not path.is_file():
        raise RecipeRefused(name, [f"one of {', '.join(packaged)}, or a file that ends in .toml"])
    return read_recipe(path.stem, path.read_text(encoding="utf-8"))


def read_recipe(code: str, text: str) -> Recipe:
    """The recipe in a TOML text; raises `RecipeRefused`."""
    try:
        said = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise RecipeRefused(code, [str(error)]) from error
    return recipe_of(code, said)
