"""What is in a file that waits for a yes: areas we know and do not, and a count an indicator.

It goes to JSON and back, so that the page which shows it, and the yes, read no figures.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass
from typing import Any

from samrad.kernel.multilingual import Words
from samrad.knowledge.rules.figures import Figures
from samrad.knowledge.rules.recipe_parts import Direction, IndicatorRule
from samrad.knowledge.rules.table import Nothing

MOST_NAMED = 1_000  # areas of no place that are named; all are counted


@dataclass(frozen=True)
class Counted:
    """One indicator: its rule, and how many figures it has."""

    rule: IndicatorRule
    rows: int
    hidden: int
    missing: int


@dataclass(frozen=True)
class Preview:
    """What a file holds, in short."""

    known: int = 0  # areas that are ours
    unknown: int = 0
    unknown_named: tuple[tuple[str, str], ...] = ()  # code and the publisher's name
    indicators: tuple[Counted, ...] = ()

    @classmethod
    def of(cls, figures: Figures, rules: Iterable[IndicatorRule]) -> Preview:
        """What is in these figures."""
        names = dict(zip(figures.area, figures.area_name, strict=True))
        known = {
            area for area, place in zip(figures.area, figures.place, strict=True) if place
        }  # fmt: skip
        unknown = sorted(set(names) - known)
        stands = Counter(zip(figures.indicator, figures.nothing, strict=True))
        rows = Counter(figures.indicator)
        return cls(
            known=len(known),
            unknown=len(unknown),
            unknown_named=tuple((code, names[code]) for code in unknown[:MOST_NAMED]),
            indicators=tuple(
                Counted(
                    rule, rows[rule.code],
                    stands[rule.code, Nothing.HIDDEN], stands[rule.code, Nothing.MISSING],
                )
                for rule in rules
            ),
        )  # fmt: skip

    def as_json(self) -> dict[str, Any]:
        """As it is kept."""
        return asdict(self)

    @classmethod
    def from_json(cls, said: Mapping[str, Any]) -> Preview:
        """As it was."""
        return cls(
            known=said.get("known", 0),
            unknown=said.get("unknown", 0),
            unknown_named=tuple((code, name) for code, name in said.get("unknown_named", ())),
            indicators=tuple(
                Counted(_rule(one["rule"]), one["rows"], one["hidden"], one["missing"])
                for one in said.get("indicators", ())
            ),
        )


def _rule(said: Mapping[str, Any]) -> IndicatorRule:
    return IndicatorRule(
        code=said["code"],
        name=Words(**said["name"]),
        where=said["where"],
        unit=said["unit"],
        direction=Direction(said["direction"]),
        base=said["base"],
        part_of=said.get("part_of", ""),
        smallest_shown=said.get("smallest_shown", 0),
        target=said.get("target"),
        target_source=said.get("target_source", ""),
        definition=Words(**said["definition"]),
    )
