"""What a new release changes in what was known before."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
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
    area_name: str = ""


@dataclass(frozen=True)
class Vanished:
    """Figures of one area that are gone: how many, and of which periods."""

    area: str
    area_name: str
    count: int
    first: str
    last: str


MOST_TOLD = 10
JUMP, LEAST_JUMP = 10, 100  # times the largest known of the series, and at least so many


@dataclass(frozen=True)
class Difference:
    """Counts, with the largest revision by name.

    `changes` are the ten largest, `vanished` the ten areas that lose most, `jumps` figures so far
    beyond all that was known of their series that somebody should look at them.
    """

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
    changes: tuple[Revision, ...] = ()
    vanished: tuple[Vanished, ...] = ()
    jumps: tuple[Revision, ...] = ()

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
    names = _names(before, after)
    ordered = sorted(revised, key=lambda key: (_change(old, new, key), key), reverse=True)
    told = tuple(_revision(key, old, new, names) for key in ordered[:MOST_TOLD])
    old_periods, new_periods = set(before.period), set(after.period)
    return Difference(
        new_periods=tuple(sorted(new_periods - old_periods)),
        gone_periods=tuple(sorted(old_periods - new_periods)),
        added=len(new) - len(shared),
        removed=len(old) - len(shared),
        revised=len(revised),
        newly_hidden=sum(old[key][0] is not None and new[key][0] is None for key in changed),
        newly_shown=sum(old[key][0] is None and new[key][0] is not None for key in changed),
        largest=told[0] if told else None, changes=told,
        vanished=_vanished(old.keys() - new.keys(), names), jumps=_jumps(old, new, names),
    )  # fmt: skip


def _names(before: Figures, after: Figures) -> dict[str, str]:
    return {
        **dict(zip(before.area, before.area_name, strict=True)),
        **dict(zip(after.area, after.area_name, strict=True)),
    }


def _revision(key: Key, old: Standing, new: Standing, names: Mapping[str, str]) -> Revision:
    indicator, _split, area, period = key
    before = old[key][0] if key in old else None
    return Revision(indicator, area, period, before, new[key][0], names.get(area, ""))


def _vanished(gone: Iterable[Key], names: Mapping[str, str]) -> tuple[Vanished, ...]:
    periods: dict[str, list[str]] = {}
    for _indicator, _split, area, period in gone:
        periods.setdefault(area, []).append(period)
    most = sorted(periods, key=lambda area: (-len(periods[area]), area))[:MOST_TOLD]
    return tuple(
        Vanished(area, names.get(area, ""), len(periods[area]), min(periods[area]),
                 max(periods[area]))
        for area in most
    )  # fmt: skip


def _jumps(old: Standing, new: Standing, names: Mapping[str, str]) -> tuple[Revision, ...]:
    """Figures that are new or another and many times what their series ever was."""
    largest: dict[tuple[str, str, str], Number] = {}
    for key, (value, _nothing) in old.items():
        if value is not None:
            series = key[:3]
            largest[series] = max(largest.get(series, value), value)
    found = [
        key
        for key, (value, _nothing) in new.items()
        if value is not None
        and value >= LEAST_JUMP
        and old.get(key, (None, ""))[0] != value
        and 0 < largest.get(key[:3], 0) * JUMP < value
    ]
    found.sort(key=lambda key: (-(new[key][0] or 0), key))
    return tuple(_revision(key, old, new, names) for key in found[:MOST_TOLD])


def _change(old: Standing, new: Standing, key: Key) -> float:
    before, after = old[key][0], new[key][0]
    return abs((after or 0) - (before or 0))
