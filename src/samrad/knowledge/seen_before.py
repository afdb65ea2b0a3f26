"""What readers who are not signed in have seen of a data set, also of what is no longer laid out.

Sheets say it as they stand. Of an area, a period or an indicator that went, the indicator keeps
what was seen, in `seen`, so that it is not forgotten when it comes back.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace

from samrad.knowledge.models import DataSet, Indicator, SheetRow

Known = tuple[float | None, bool]  # the figure, and whether it was held back


@dataclass
class SeenRow:
    """An area of an indicator under the code it had, by period; some had gone when it was laid out
    last."""

    code: str
    area_id: int | None
    cells: dict[str, Known] = field(default_factory=dict)
    gone: frozenset[str] = frozenset()


Seen = Mapping[str, Mapping[str, SeenRow]]  # by indicator and code
SeenRows = dict[str, dict[str, SeenRow]]


def shown_before(data_set: DataSet) -> SeenRows:
    """The rows that readers who were not signed in have seen, by indicator.

    Also of figures that were taken back: what was seen is known, and is kept in mind so that they
    can be published again.
    """
    gone: SeenRows = defaultdict(dict)
    for code, seen in data_set.indicators.exclude(seen={}).values_list("code", "seen"):
        for name, one in seen.items():
            cells = {period: (value, held) for period, (value, held) in one["cells"].items()}
            gone[code][name] = SeenRow(name, one["area"], cells, frozenset(cells))
    rows = SheetRow.objects.filter(sheet__indicator__data_set=data_set, sheet__is_protected=True)
    return seen_in(rows.select_related("sheet__indicator").order_by("pk").iterator(), gone)


def seen_in(rows: Iterable[SheetRow], gone: Seen) -> SeenRows:
    """What was seen of these rows, and of what had gone when they were laid out."""
    found = {code: {name: replace(one) for name, one in own.items()} for code, own in gone.items()}
    for row in rows:
        own = found.setdefault(row.sheet.indicator.code, {})
        before, cells = own.get(row.code, SeenRow(row.code, row.area_id)), figures_of(row)
        held = dict.fromkeys(_held_without(row), (None, True))
        own[row.code] = SeenRow(
            row.code, row.area_id, {**held, **before.cells, **cells}, before.gone - cells.keys()
        )
    return found


def figures_of(row: SheetRow) -> dict[str, Known]:
    """Every period of a row that there is a figure for."""
    along = enumerate(zip(row.sheet.periods, row.values, strict=True))
    return {code: (one, at in row.protected) for at, (code, one) in along if one is not None}


def _held_without(row: SheetRow) -> list[str]:
    """The periods whose figure was held back before the publisher left it out."""
    return [row.sheet.periods[at] for at in row.protected if row.values[at] is None]


def names_now(
    now: Iterable[tuple[str, int | None]], then: Iterable[tuple[str, int | None]]
) -> dict[str, str]:
    """What each earlier part is called now: its code, or the one new code that its area got."""
    present, past = dict(now), dict(then)
    gone = Counter(area for code, area in past.items() if code not in present)
    new: dict[int | None, list[str]] = defaultdict(list)
    for code, area in present.items():
        if area and code not in past:
            new[area].append(code)
    found = {}
    for code, area in past.items():
        is_renamed = code not in present and gone[area] == len(new[area]) == 1
        found[code] = new[area][0] if is_renamed else code
    return found


def what_is_gone(rows: Mapping[str, Iterable[SheetRow]], before: Seen) -> SeenRows:
    """What was seen and is in none of these rows, under the codes areas have now."""
    now = {(row.code, row.area_id) for own in rows.values() for row in own}
    then = {(one.code, one.area_id) for own in before.values() for one in own.values()}
    names = names_now(now, then)
    found: SeenRows = {}
    for indicator, seen in before.items():
        laid_out = {row.code: figures_of(row).keys() for row in rows.get(indicator, ())}
        own: dict[str, SeenRow] = {}
        found[indicator] = own
        for one in seen.values():
            name = names[one.code]
            there = laid_out.get(name, {}.keys())
            cells = {period: known for period, known in one.cells.items() if period not in there}
            if cells:
                cells |= own[name].cells if name in own else {}
                own[name] = SeenRow(name, one.area_id, cells, frozenset(cells))
    return found


def remember(data_set: DataSet, rows: Mapping[str, Iterable[SheetRow]]) -> None:
    """Keep with the indicators what was seen of them and is in none of these rows."""
    gone = what_is_gone(rows, shown_before(data_set))
    for indicator in data_set.indicators.filter(code__in=gone.keys()):
        seen = {
            one.code: {"area": one.area_id, "cells": {key: [*it] for key, it in one.cells.items()}}
            for one in gone[indicator.code].values()
        }
        if seen != indicator.seen:
            Indicator.objects.filter(pk=indicator.pk).update(seen=seen)
