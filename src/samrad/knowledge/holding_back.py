"""Marking in a sheet what only the signed in see, beside what its readers have seen before."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence

from samrad.areas.rules.kinds import AreaKind
from samrad.knowledge.models import DataSet, Sheet, SheetRow
from samrad.knowledge.protecting import NotCounts, Seen, protected

PARTS = ("municipality", "unincorporated")  # which add up to the whole, with what is in no area


def shown_before(data_set: DataSet) -> dict[str, list[SheetRow]]:
    """The rows that readers who were not signed in have seen, by indicator.

    Also of figures that were taken back: what was seen is known, and is kept in mind as long as
    they are laid out, so that they can be published again.
    """
    found: dict[str, list[SheetRow]] = defaultdict(list)
    rows = SheetRow.objects.filter(sheet__indicator__data_set=data_set, sheet__is_protected=True)
    for row in rows.select_related("sheet__indicator").order_by("pk").iterator():
        found[row.sheet.indicator.code].append(row)
    return found


def hold_back(
    sheet: Sheet, rows: Sequence[SheetRow], before: Sequence[SheetRow], *,
    smallest: int, kinds: Mapping[int, str],
) -> None:  # fmt: skip
    """Mark what only the signed in see; a sheet that cannot be protected is for them alone."""
    parts, wholes = _parts_of(rows, kinds), _wholes_of(rows, kinds)
    earlier = _parts_of(before, kinds)
    names = _names_now(parts, earlier)
    try:
        held = protected(
            {row.code: row.values for row in parts},
            {names[row.code]: _seen(row, sheet.periods) for row in earlier},
            smallest=smallest, code=sheet.indicator.code,
            whole_held={
                at for row in _wholes_of(before, kinds) for at in _seen(row, sheet.periods).held
            },
        )  # fmt: skip
    except NotCounts:
        return
    for row in parts:
        row.protected = held.parts[row.code]
    for row in wholes:
        row.protected = held.whole
    sheet.is_protected = True


def _parts_of(rows: Sequence[SheetRow], kinds: Mapping[int, str]) -> list[SheetRow]:
    return [row for row in rows if not row.area_id or kinds.get(row.area_id) in PARTS]


def _wholes_of(rows: Sequence[SheetRow], kinds: Mapping[int, str]) -> list[SheetRow]:
    return [row for row in rows if row.area_id and kinds.get(row.area_id) == AreaKind.NATION]


def _seen(row: SheetRow, periods: Sequence[str]) -> Seen:
    """What was seen of a row, along the periods there are now."""
    place = {code: at for at, code in enumerate(row.sheet.periods)}
    then = [place.get(code) for code in periods]
    return Seen(
        [None if at is None else row.values[at] for at in then],
        {now for now, at in enumerate(then) if at in row.protected},
    )


def _names_now(now: Sequence[SheetRow], then: Sequence[SheetRow]) -> dict[str, str]:
    """What each earlier part is called now: its code, or the one new code that its area got."""
    codes, known = {row.code for row in now}, {row.code for row in then}
    gone = Counter(row.area_id for row in then if row.code not in codes)
    new: dict[int | None, list[str]] = defaultdict(list)
    for row in now:
        if row.area_id and row.code not in known:
            new[row.area_id].append(row.code)
    found = {}
    for row in then:
        is_renamed = row.code not in codes and gone[row.area_id] == len(new[row.area_id]) == 1
        found[row.code] = new[row.area_id][0] if is_renamed else row.code
    return found
