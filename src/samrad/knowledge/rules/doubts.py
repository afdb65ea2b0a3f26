"""What a program cannot settle by itself when a file comes: it asks, and remembers the answer."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum

from samrad.knowledge.rules.recipes import Field


class DoubtKind(StrEnum):
    """What is asked about. Codes are stored with the answers."""

    COLUMN = "column"  # a field of the recipe is not there: renamed?
    AREA = "area"  # a code that no area we know carries
    HEADING = "heading"  # something is counted that the recipe does not list
    TOTALS = "totals"  # the parts do not add up to the publisher's whole
    VANISHED = "vanished"  # periods that we had are not in the new file
    GONE_INDICATORS = "gone_indicators"  # what we have figures of is not counted in it at all
    GONE_AREAS = "gone_areas"  # nor are these areas
    CUT_OFF = "cut_off"  # the last line does not end as the others do


REFUSED = "refused"  # kept in their place: why a file that waits is refused
LEAVE, ACCEPT, KEEP, DROP = "leave", "accept", "keep", "drop"

#: What can be answered where the choice is not among names of the file or of areas.
ANSWERS: Mapping[DoubtKind, tuple[str, ...]] = {
    DoubtKind.COLUMN: (),
    DoubtKind.AREA: (LEAVE,),
    DoubtKind.HEADING: (LEAVE,),
    DoubtKind.TOTALS: (ACCEPT,),
    DoubtKind.VANISHED: (KEEP, DROP),
    DoubtKind.GONE_INDICATORS: (KEEP, DROP),
    DoubtKind.GONE_AREAS: (KEEP, DROP),
    DoubtKind.CUT_OFF: (ACCEPT,),
}


@dataclass(frozen=True)
class Doubt:
    """One question about a file; `values` fill its sentence, `choices` are the answers."""

    kind: DoubtKind
    about: str = ""
    values: Mapping[str, object] = field(default_factory=dict)
    choices: tuple[str, ...] = ()

    @property
    def key(self) -> str:
        """What an answer to it is kept under."""
        return f"{self.kind}:{self.about}" if self.about else str(self.kind)


class Doubtful(Exception):
    """Reading cannot go on before somebody has answered."""

    def __init__(self, *doubts: Doubt) -> None:
        self.doubts = doubts
        super().__init__("; ".join(doubt.key for doubt in doubts))


def names_found(
    there: Sequence[str], wanted: Iterable[Field], answers: Mapping[str, str]
) -> dict[str, str]:
    """The name in the file for each field of the recipe; asks about those that are not there."""
    wanted = list(wanted)
    found: dict[str, str] = {}
    lacking = []
    for one in wanted:
        answered = answers.get(f"{DoubtKind.COLUMN}:{one.name}")
        candidates = ([answered] if answered else []) + list(one.names)
        name = next((name for name in candidates if name in there), None)
        if name is None:
            lacking.append(one)
        else:
            found[one.name] = name
    free = tuple(name for name in there if name not in found.values())
    if lacking:
        raise Doubtful(
            *(Doubt(DoubtKind.COLUMN, one.name, {"name": one.name}, free) for one in lacking)
        )
    return found
