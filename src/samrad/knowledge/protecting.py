"""Which figures readers who are not signed in do not see, so that small numbers stay untold.

By the rule of the data set's series (docs/adr/0024, 0028): counts below its smallest are held back
together with as many others as their sums would give away, and what was really shown of an earlier
release is reckoned with. What was held back once stays held back. Brings what computes; only the
worker imports it.
"""

from __future__ import annotations

import hashlib
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass

from django.conf import settings

from samrad.analysis.disclosure import Method, Rule
from samrad.knowledge.known_before import Areas, of_other_ground
from samrad.knowledge.one_period import OnePeriod
from samrad.knowledge.one_table import WHOLE, Cell, Kinds, Sums

Values = Sequence[float | None]


class NotCounts(ValueError):
    """Figures that are no whole counts: what is small among them cannot be told."""


@dataclass(frozen=True)
class Seen:
    """What an earlier release said of a part, and the positions that readers did not see.

    `gone`: the positions that were in releases before the last one alone.
    """

    values: Values
    held: Collection[int] = ()
    gone: Collection[int] = ()


@dataclass(frozen=True)
class Held:
    """The positions that are held back: of each part, and of the whole they add up to."""

    parts: Mapping[str, list[int]]
    whole: list[int]


def protected(
    rows: Mapping[str, Values], earlier: Mapping[str, Seen] | None = None,
    *, smallest: int, code: str, whole_held: Collection[int] = (),
) -> Held:  # fmt: skip
    """What is held back of the parts of one thing that is counted, and of the whole beside them.

    `earlier` are the parts as readers saw them before, under the names they have now; a part that
    is no more keeps the name it had. `whole_held`: where the whole was held back then. Raises
    NotCounts.
    """
    then = {(code, name): one for name, one in (earlier or {}).items()}
    then[code, WHOLE] = Seen((), whole_held)
    held = protected_together(
        {(code, name): row for name, row in rows.items()}, then,
        part_of={}, smallest=smallest, code=code,
    )  # fmt: skip
    return Held({name: held[code, name] for name in rows}, held[code, WHOLE])


def protected_together(
    rows: Mapping[Cell, Values], earlier: Mapping[Cell, Seen],
    *, part_of: Mapping[str, str], smallest: int, code: str,
    stricter: Mapping[str, int] | None = None, sums: Sums | None = None,
) -> dict[Cell, list[int]]:  # fmt: skip
    """What is held back of all that is counted by area, a value for each period in every row.

    The whole of what is counted, `WHOLE`, is what its areas add up to, and is held back too where
    that must be. `part_of` says which total a kind is counted in as well, `stricter` of which kinds
    more than `smallest` is asked, `sums` of which others an area may be made. Areas of `earlier`
    bear the names they have now. A cell without a figure, be it that the publisher holds it back,
    is taken for known to the attacker, unless it was held back here before. Raises NotCounts.
    """
    held: dict[Cell, list[int]] = {cell: [] for cell in rows}
    held |= {(kind, WHOLE): [] for kind, _area in rows}
    strictest = max(smallest, *(stricter or {}).values(), 0)
    if strictest <= 1 or not rows:
        before = {cell: sorted(set(earlier[cell].held)) for cell in earlier.keys() & held.keys()}
        return held | before  # what was held back once is never opened by asking for less
    rule = Rule(Method.SUPPRESS, strictest, seed_of(code), least=smallest)
    periods = list(_periods(rows))
    kinds = Kinds.of(part_of, periods, stricter)
    for at, now in enumerate(periods):
        then = _counts({cell: one.values[at] for cell, one in earlier.items() if one.values})
        kept = frozenset(cell for cell, one in earlier.items() if at in one.held)
        gone = frozenset(cell for cell, one in earlier.items() if at in one.gone)
        names, made_of = of_other_ground(now, then, gone, sums or {})

        def named(cell: Cell, names: Mapping[str, str] = names) -> Cell:
            return cell[0], names.get(cell[1], cell[1])

        period = OnePeriod(
            now, {named(cell): count for cell, count in then.items()},
            kept | {named(cell) for cell in kept}, {named(cell) for cell in gone},
            Areas(kinds, made_of), rule,
        )  # fmt: skip
        for cell in (period.hidden() | kept) & held.keys():
            held[cell].append(at)
    return held


def seed_of(code: str) -> int:
    """A number that nobody outside the installation knows, the same every time."""
    digest = hashlib.sha256(f"protecting\0{settings.SECRET_KEY}\0{code}".encode()).digest()
    return int.from_bytes(digest[:4], "big")


def _periods(rows: Mapping[Cell, Values]) -> Iterator[dict[Cell, int]]:
    for at in range(len(next(iter(rows.values())))):
        yield _counts({cell: row[at] for cell, row in rows.items()})


def _counts(column: Mapping[Cell, float | None]) -> dict[Cell, int]:
    """What is known of a period, as whole numbers."""
    known = {name: value for name, value in column.items() if value is not None}
    if not all(is_count(value) for value in known.values()):
        raise NotCounts
    return {name: int(value) for name, value in known.items() if name[1] != WHOLE}


def is_count(value: float | None) -> bool:
    """Whether it is a whole number of 0 or more, or nothing at all."""
    return value is None or (value >= 0 and value == int(value))
