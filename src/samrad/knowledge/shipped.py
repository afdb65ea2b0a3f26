"""Figures that come with the program: taken in by the same door as any other file."""

from __future__ import annotations

from datetime import datetime
from importlib import resources

from samrad.access.actor import SYSTEM
from samrad.knowledge.actions import take_in
from samrad.knowledge.packaged import packaged_recipes
from samrad.knowledge.staging import stage

SHIPPED = {
    "no-ssb-06913": "no_ssb_06913_1951_2025.json",
    "no-population": "no_population_2024.csv",
    "se-population": "se_population_2024.csv",
    "dk-folk1a": "dk_folk1a_2016_2025.csv",
    "dk-straf11": "dk_straf11_2016_2025.csv.gz",
}


def take_in_shipped(*, at: datetime) -> None:
    """The people first, then what is counted of them; what is known already changes nothing."""
    folder = resources.files("samrad.knowledge") / "data"
    for code, name in SHIPPED.items():
        staged = stage(
            content=(folder / name).read_bytes(), name=name, recipe=packaged_recipes()[code],
            answers={},
        )  # fmt: skip
        take_in(staged=staged, by=SYSTEM, at=at)
