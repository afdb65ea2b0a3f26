"""The outlines of municipalities as a map in shades needs them: few points, credit beside them."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import Any

Ring = list[tuple[float, float]]


@dataclass(frozen=True)
class Outlines:
    """A country's municipalities by their code. `rings` are east, north, east … in a row."""

    credit: str
    per_degree: int
    rings: Mapping[str, Sequence[Sequence[int]]]

    def of(self, code: str) -> list[Ring]:
        """The outline of one in degrees east and north; nothing where it is not known."""
        return [
            [(x / self.per_degree, y / self.per_degree) for x, y in zip(*[iter(ring)] * 2)]  # noqa: B905 - pairs
            for ring in self.rings.get(code, ())
        ]


@cache
def outlines_of(country: str) -> Outlines:
    """Those that come with the program; none for a country without."""
    file = resources.files("samrad.areas") / "data" / "outlines" / f"{country}.json"
    if not file.is_file():
        return Outlines("", 1, {})
    said: Any = json.loads(file.read_text(encoding="utf-8"))
    return Outlines(said["credit"], said["per_degree"], said["outlines"])
