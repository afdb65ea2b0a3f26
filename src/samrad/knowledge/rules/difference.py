"""What a new release changes in what was known before."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass

from samrad.knowledge.rules.figures import Figures, Key
from samrad.knowledge.rules.table import Number

_COUNTED = (
    "is_first", "added", "removed", "revised", "newly_hidden", "newly_shown", "described_anew",
)  # fmt: skip

Standing = Mapping[Key, tuple[Number | None, str]]


@dataclass(frozen=True)
class Revision:
    """A figure that is another now."""

    indicator: str
    area: str
    period: str
    before: Number | None
    after: Number | None


@dataclass(frozen=True)
class Difference:
    """Counts, with the largest revision by name."""

    is_first: bool = False
    new_periods: tuple[str, ...] = ()
    gone_periods: tuple[str, ...] = ()
    added: int = 0
    removed: int = 0
    revised: int = 0
    newly_hidden: int = 0
    newly_shown: int = 0
    largest: Revision | None = None
    described_anew: int = 0  # indicators of which the recipe says something else now

    @property
    def is_nothing(self) -> bool:
        """Whether all is as it was."""
        return not self.is_one(asdict(self))

    @staticmethod
    def is_one(said: Mapping[str, object]) -> bool:
        """Whether what was kept of a difference is one."""
        return any(said.get(name) for name in _COUNTED)

    def as_json(self) -> dict[str, object]:
        """As it is kept with the release."""
        return asdict(self)


def difference(before: Figures | None, after: Figures) -> Difference:
    """What is different, `before` being None for a first release."""
    if before is None:
        return Difference(is_first=True, added=len(after))
    old, new = before.stands(), after.stands()
    shared = old.keys() & new.keys()
    changed = [key for key in shared if old[key] != new[key]]
    revised = [key for key in changed if old[key][0] is not None and new[key][0] is not None]
    largest = max(revised, key=lambda key: (_change(old, new, key), key), default=None)
    old_periods, new_periods = set(before.period), set(after.period)
    return Difference(
        new_periods=tuple(sorted(new_periods - old_periods)),
        gone_periods=tuple(sorted(old_periods - new_periods)),
        added=len(new) - len(shared),
        removed=len(old) - len(shared),
        revised=len(revised),
        newly_hidden=sum(old[key][0] is not None and new[key][0] is None for key in changed),
        newly_shown=sum(old[key][0] is None and new[key][0] is not None for key in changed),
        largest=largest and Revision(
            largest[0], largest[2], largest[3], old[largest][0], new[largest][0]
        ),
    )  # fmt: skip


def _change(old: Standing, new: Standing, key: Key) -> float:
    before, after = old[key][0], new[key][0]
    return abs((after or 0) - (before or 0))
