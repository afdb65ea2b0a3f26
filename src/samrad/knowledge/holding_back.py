"""Marking in sheets what only the signed in see, beside what their readers have seen before."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import product

from samrad.areas.rules.kinds import AreaKind
from samrad.knowledge.models import Sheet, SheetRow
from samrad.knowledge.one_table import WHOLE, Cell
from samrad.knowledge.protecting import Seen, Values, is_count, protected_together
from samrad.knowledge.rules.periods import read_period
from samrad.knowledge.seen_before import Seen as SeenBefore
from samrad.knowledge.seen_before import SeenRow, names_now

PARTS = ("municipality", "unincorporated")  # which add up to the whole, with what is in no area


@dataclass(frozen=True)
class Together:
    """Sheets that are read side by side: an indicator, or kinds of a thing beside their total.

    `part_of` says by indicator which other one it is counted in too.
    """

    sheets: Sequence[tuple[Sheet, Sequence[SheetRow]]]
    part_of: Mapping[str, str] = field(default_factory=dict)


def together(
    made: Iterable[tuple[Sheet, Sequence[SheetRow]]], part_of: Mapping[str, str]
) -> list[Together]:
    """Sheets by what they are part of in the end, each with what is read beside it."""
    found: dict[str, list[tuple[Sheet, Sequence[SheetRow]]]] = {}
    for sheet, rows in made:
        found.setdefault(_top(sheet.indicator.code, part_of), []).append((sheet, rows))
    return [Together(sheets, part_of) for sheets in found.values()]


def hold_back(
    read: Together, before: SeenBefore, *, smallest: int, kinds: Mapping[int, str],
    sums: Iterable[tuple[int, Sequence[int]]] = (),
) -> None:  # fmt: skip
    """Mark what only the signed in see; a sheet that cannot be protected is for them alone.

    Counts below `smallest` are, and of a sheet that says more itself those below that.
    `sums`: areas with those they are made of, as areas are that became one or were one.
    """
    counted = [(sheet, rows) for sheet, rows in read.sheets if _are_counts(rows, kinds)]
    if not counted:
        return
    every = {code for sheet, _rows in counted for code in sheet.periods}
    periods = sorted(every, key=read_period)
    codes = [sheet.indicator.code for sheet, _rows in counted]
    then = [one for code in codes for one in before.get(code, {}).values()]
    now = [row for _sheet, rows in counted for row in rows]
    names = names_now(_parts(now, kinds).items(), _parts(then, kinds).items())
    earlier = {
        (code, WHOLE if _is_whole(one, kinds) else names[one.code]): _seen(one, periods)
        for code in codes for one in before.get(code, {}).values()
        if _is_whole(one, kinds) or _is_part(one, kinds)
    }  # fmt: skip
    held = protected_together(
        {cell: values for sheet, rows in counted
         for cell, values in _cells(sheet, rows, periods, kinds).items()},
        earlier, part_of=read.part_of, smallest=smallest,
        stricter={sheet.indicator.code: sheet.smallest_shown for sheet, _rows in counted},
        code=_top(codes[0], read.part_of), sums=_by_code(sums, [*now, *then], names),
    )  # fmt: skip
    for sheet, rows in counted:
        _mark(sheet, rows, held, periods, kinds)
        sheet.is_protected = True


def _top(code: str, part_of: Mapping[str, str]) -> str:
    above = [code]
    while (code := part_of.get(code, "")) and code not in above:
        above.append(code)
    return above[-1]


def _are_counts(rows: Iterable[SheetRow], kinds: Mapping[int, str]) -> bool:
    return all(is_count(one) for row in rows if _is_part(row, kinds) for one in row.values)


def _is_part(row: SheetRow | SeenRow, kinds: Mapping[int, str]) -> bool:
    return not row.area_id or kinds.get(row.area_id) in PARTS


def _is_whole(row: SheetRow | SeenRow, kinds: Mapping[int, str]) -> bool:
    return bool(row.area_id) and kinds.get(row.area_id or 0) == AreaKind.NATION


def _parts(
    rows: Iterable[SheetRow | SeenRow], kinds: Mapping[int, str]
) -> dict[str, int | None]:  # fmt: skip
    return {row.code: row.area_id for row in rows if _is_part(row, kinds)}


def _seen(one: SeenRow, periods: Sequence[str]) -> Seen:
    """What was seen of a row, along these periods."""
    cells = [one.cells.get(code, (None, False)) for code in periods]
    return Seen(
        [value for value, _held in cells],
        {at for at, (_value, held) in enumerate(cells) if held},
        {at for at, code in enumerate(periods) if code in one.gone},
    )


def _cells(
    sheet: Sheet, rows: Iterable[SheetRow], periods: Sequence[str], kinds: Mapping[int, str]
) -> dict[Cell, Values]:
    place = {code: at for at, code in enumerate(sheet.periods)}
    found: dict[Cell, Values] = {}
    for row in rows:
        if _is_part(row, kinds):
            at = [place.get(code) for code in periods]
            found[sheet.indicator.code, row.code] = [
                None if one is None else row.values[one] for one in at
            ]
    return found


def _by_code(
    sums: Iterable[tuple[int, Sequence[int]]], rows: Iterable[SheetRow | SeenRow],
    names: Mapping[str, str],
) -> dict[str, list[tuple[str, ...]]]:  # fmt: skip
    """The same by the codes their rows have now; some have several in turn."""
    codes: dict[int, set[str]] = {}
    for row in rows:
        if row.area_id:
            codes.setdefault(row.area_id, set()).add(names.get(row.code, row.code))
    found: dict[str, list[tuple[str, ...]]] = {}
    for whole, parts in sums:
        for code in sorted(codes.get(whole, ())):
            others = [[code] if one == whole else sorted(codes.get(one, ())) for one in parts]
            found.setdefault(code, []).extend(product(*others))
    return {code: own for code, own in found.items() if own}


def _mark(
    sheet: Sheet, rows: Iterable[SheetRow], held: Mapping[Cell, list[int]],
    periods: Sequence[str], kinds: Mapping[int, str],
) -> None:  # fmt: skip
    place = {code: at for at, code in enumerate(sheet.periods)}
    for row in rows:
        if _is_part(row, kinds) or _is_whole(row, kinds):
            cell = sheet.indicator.code, row.code if _is_part(row, kinds) else WHOLE
            codes = [periods[at] for at in held.get(cell, ())]
            row.protected = sorted(place[code] for code in codes if code in place)
