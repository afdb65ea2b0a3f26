"""Laying the figures of a data set out by indicator and area, so that a page only reads."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from samrad.areas.api import areas_as_sums
from samrad.areas.models import Area
from samrad.knowledge.models import DataSet, Indicator, Release, Sheet, SheetRow
from samrad.knowledge.rules.figures import Figures, people_in
from samrad.knowledge.rules.periods import Period, read_period
from samrad.knowledge.rules.picture import Line, Picture
from samrad.knowledge.rules.protection import WAY_OF_PROTECTING
from samrad.knowledge.rules.table import Nothing, Number
from samrad.knowledge.seen_before import remember, shown_before
from samrad.knowledge.smallest_counts import smallest_of
from samrad.knowledge.staging import figures_in

BATCH = 500


@dataclass
class Laid:
    """One area of an indicator: its figures along the periods, and why some are none."""

    code: str
    name: str
    place: str
    values: list[Number | None]
    nothing: dict[int, str] = field(default_factory=dict)


@dataclass
class MadeSheet:
    """A sheet with its rows, worked out and not yet kept."""

    sheet: Sheet
    rows: list[SheetRow]


def sheets_of(
    data_set: DataSet, release: Release, pictures: Mapping[str, Picture]
) -> list[MadeSheet]:
    """The sheets of a release, worked out; nobody's writing waits for it.

    What anybody has read is protected also while it is taken back: it may be published again.
    """
    if not release.figures:
        return []
    indicators = {one.code: one for one in data_set.indicators.all()}
    known = list(Area.objects.values_list("ref", "pk", "kind"))
    areas, kinds = (
        {str(ref): pk for ref, pk, _kind in known},
        {pk: kind for _ref, pk, kind in known},
    )
    laid = laid_out(figures_in(release))
    people, smallest = _people_of(indicators.values()), smallest_of(data_set)
    found = []
    for code, (periods, own) in laid.items():
        if code not in indicators:
            continue
        sheet = Sheet(
            indicator=indicators[code],
            release=release,
            periods=[one.code for one in periods],
            protected_by=WAY_OF_PROTECTING,
            smallest_shown=smallest.of(code),
        )
        lived = people.get(indicators[code].base, {})
        made = [_row(sheet, one, _along(lived.get(one.place, {}), periods)) for one in own]
        for row, one in zip(made, own, strict=True):
            line = _line(pictures, one.place, code)
            row.area_id, row.finding = areas.get(one.place), line.as_finding() if line else None
        found.append(MadeSheet(sheet, made))
    _hold_back(data_set, found, kinds)
    return found


def _hold_back(data_set: DataSet, made: Sequence[MadeSheet], kinds: Mapping[int, str]) -> None:
    """Mark what only the signed in see, where anybody else reads any of it, or has."""
    from samrad.knowledge.holding_back import hold_back, together  # noqa: PLC0415 - computes

    shown, smallest = shown_before(data_set), smallest_of(data_set)
    part_of = {one.code: one.part_of for one in data_set.indicators.exclude(part_of="")}
    sums = areas_as_sums()
    for read in together([(one.sheet, one.rows) for one in made], part_of):
        own = [sheet.indicator for sheet, _rows in read.sheets]
        if data_set.published_at or any(one.code in shown for one in own):
            hold_back(read, shown, smallest=smallest.of_all, kinds=kinds, sums=sums)


def keep_sheets(data_set: DataSet, made: Sequence[MadeSheet]) -> int:
    """These instead of the data set's sheets; how many rows they have. Inside a transaction."""
    if not made:
        return 0
    remember(data_set, {one.sheet.indicator.code: one.rows for one in made})
    Sheet.objects.filter(indicator__data_set=data_set).delete()
    for one in made:
        one.sheet.save()
        for row in one.rows:
            row.sheet = one.sheet
        SheetRow.objects.bulk_create(one.rows, batch_size=BATCH)
    return sum(len(one.rows) for one in made)


def laid_out(figures: Figures) -> dict[str, tuple[list[Period], list[Laid]]]:
    """By indicator its periods, the oldest first, and its areas. What is split is left."""
    seen: dict[str, dict[str, list[int]]] = {}
    for number, (indicator, split, area) in enumerate(
        zip(figures.indicator, figures.split, figures.area, strict=True)
    ):
        if not split:
            seen.setdefault(indicator, {}).setdefault(area, []).append(number)
    return {code: _of_one(figures, by_area) for code, by_area in seen.items()}


def _of_one(
    figures: Figures, by_area: Mapping[str, Sequence[int]]
) -> tuple[list[Period], list[Laid]]:
    told = {figures.period[number] for numbers in by_area.values() for number in numbers}
    periods = sorted(read_period(code) for code in told)
    column = {period.code: at for at, period in enumerate(periods)}
    rows = []
    for area, numbers in by_area.items():
        last = numbers[-1]
        row = Laid(area, figures.area_name[last], figures.place[last], [None] * len(periods))
        row.nothing = dict.fromkeys(range(len(periods)), str(Nothing.MISSING))
        for number in numbers:
            at, value = column[figures.period[number]], figures.value[number]
            row.values[at] = value
            row.nothing.pop(at)
            if value is None:
                row.nothing[at] = figures.nothing[number] or str(Nothing.MISSING)
        rows.append(row)
    return periods, rows


def _row(sheet: Sheet, laid: Laid, people: list[float | None]) -> SheetRow:
    last = len(laid.values) - 1
    return SheetRow(
        sheet=sheet,
        code=laid.code,
        name=laid.name,
        values=laid.values,
        nothing={str(at): why for at, why in laid.nothing.items()},
        people=people,
        lived=people[last] if people else None,
        latest=laid.values[last],
        latest_nothing=laid.nothing.get(last, ""),
    )


def _line(pictures: Mapping[str, Picture], place: str, code: str) -> Line | None:
    found = pictures.get(place)
    return next((one for one in found.lines if one.indicator == code), None) if found else None


def _people_of(indicators: Iterable[Indicator]) -> dict[str, dict[str, dict[int, Number]]]:
    """How many lived where in which year, by the indicator that rates are taken of."""
    bases = {one.base for one in indicators if one.base}
    found: dict[str, dict[str, dict[int, Number]]] = {base: {} for base in bases}
    releases = Release.objects.filter(is_current=True, data_set__indicators__code__in=bases)
    for release in releases.distinct():
        for base, (periods, rows) in laid_out(figures_in(release)).items():
            if base not in bases:
                continue
            for row in rows:
                of_place = found[base].setdefault(row.place, {})
                for period, value in zip(periods, row.values, strict=True):
                    if row.place and value is not None:
                        of_place.setdefault(period.start.year, value)
    return found


def _along(known: Mapping[int, Number], periods: Sequence[Period]) -> list[float | None]:
    """People for each period, None where no year near it is known."""
    return [people_in(one.start.year, known) for one in periods] if known else []
