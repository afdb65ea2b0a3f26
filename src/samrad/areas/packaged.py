"""The structure files that come with the program, and reading files from elsewhere."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from functools import cache
from importlib import resources
from pathlib import Path

from samrad.areas.rules.kinds import Country
from samrad.areas.rules.reading import read_csv_structure, read_structure
from samrad.areas.rules.structure import Structure, StructureRefused, Trouble, TroubleKind


@cache
def packaged_structure(country: Country) -> Structure:
    """The structure of a country that comes with the program."""
    folder = resources.files("samrad.areas") / "data"
    name = f"{country}.toml"
    return read_structure(
        (folder / name).read_text(encoding="utf-8"),
        lambda beside: (folder / beside).read_text(encoding="utf-8"),
        called=name,
    )


def structure_in_file(path: Path, *, country: str = "", from_date: date | None = None) -> Structure:
    """The structure in a TOML file, or in a CSV file whose country and day are given beside it."""
    try:
        text = path.read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        raise StructureRefused(
            [Trouble(path.name, "", TroubleKind.NOT_READABLE, {"reason": str(error)})]
        ) from error
    if path.suffix.lower() != ".csv":
        return read_structure(text, _beside(path), called=path.name)
    if not country or from_date is None:
        raise StructureRefused([Trouble(path.name, "from", TroubleKind.MISSING)])
    return read_csv_structure(text, country=country, from_date=from_date, called=path.name)


def _beside(path: Path) -> Callable[[str], str]:
    def read(name: str) -> str:
        if Path(name).name != name:
            raise OSError(name)
        return (path.parent / name).read_text(encoding="utf-8-sig")

    return read
