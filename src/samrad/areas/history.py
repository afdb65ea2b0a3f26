"""What an area has been called, numbered and part of, and what it came from: in words, by day."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from typing import TypeVar

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from samrad.areas.models import Area, AreaCode, AreaName, AreaRelation, AreaSuccession
from samrad.areas.rules.kinds import MAIN_SCHEMES, NameKind, SuccessionKind
from samrad.ui.sorting import by_name

_Row = TypeVar("_Row", AreaCode, AreaName, AreaRelation)


@dataclass(frozen=True)
class Milestone:
    """One thing that happened to an area, or will."""

    on: date
    text: str


def history_of(area: Area, relations_up: Iterable[AreaRelation] | None = None) -> list[Milestone]:
    """Everything that is certain about the area's past and what is decided ahead, newest first.

    `relations_up` where the caller has read what the area is and was part of.
    """
    relations_up = area.relations_up.all() if relations_up is None else relations_up
    found = [
        *_from_successions(area),
        *_from_codes(area),
        *_from_names(area),
        *_from_relations(relations_up),
    ]
    return sorted(found, key=lambda milestone: (milestone.on, milestone.text), reverse=True)


_FORMED = {
    SuccessionKind.MERGE: gettext_lazy("Formed by the merger of %(names)s."),
    SuccessionKind.SPLIT: gettext_lazy("Formed when %(names)s was split."),
    SuccessionKind.BOUNDARY: gettext_lazy("Received ground from %(names)s."),
}
_BECAME = {
    SuccessionKind.MERGE: gettext_lazy("Merged into %(names)s."),
    SuccessionKind.SPLIT: gettext_lazy("Split into %(names)s."),
    SuccessionKind.BOUNDARY: gettext_lazy("Gave ground to %(names)s."),
}


def _from_successions(area: Area) -> Iterator[Milestone]:
    both = AreaSuccession.objects.filter(before=area) | AreaSuccession.objects.filter(after=area)
    grouped: dict[tuple[date, SuccessionKind, bool], list[str]] = defaultdict(list)
    for row in both.select_related("before", "after").order_by(
        by_name("after__name"), by_name("before__name")
    ):
        is_origin = row.after_id == area.pk
        other = row.before if is_origin else row.after
        grouped[row.on_date, SuccessionKind(row.kind), is_origin].append(
            f"{other.name} ({other.code})"
        )
    for (on, kind, is_origin), names in grouped.items():
        sentence = _FORMED[kind] if is_origin else _BECAME[kind]
        yield Milestone(on, str(sentence) % {"names": ", ".join(names)})


def _from_codes(area: Area) -> Iterator[Milestone]:
    rows = [row for row in area.codes.all() if row.scheme in MAIN_SCHEMES]
    for row, following in _followed(rows):
        values = {"before": row.code, "after": following.code}
        yield Milestone(
            _next(row.valid_to), _("The code changed from %(before)s to %(after)s.") % values
        )


def _from_names(area: Area) -> Iterator[Milestone]:
    rows = [row for row in area.names.all() if row.kind == NameKind.OFFICIAL]
    for row, following in _followed(rows):
        values = {"before": row.name, "after": following.name}
        yield Milestone(
            _next(row.valid_to), _("The name changed from %(before)s to %(after)s.") % values
        )


def _from_relations(relations_up: Iterable[AreaRelation]) -> Iterator[Milestone]:
    by_kind: dict[str, list[AreaRelation]] = defaultdict(list)
    for row in relations_up:
        by_kind[row.parent.kind].append(row)
    for same_kind in by_kind.values():
        for row, following in _followed(same_kind):
            values = {"before": row.parent.name, "after": following.parent.name}
            yield Milestone(_next(row.valid_to), _("Moved from %(before)s to %(after)s.") % values)


def _followed(rows: Iterable[_Row]) -> Iterator[tuple[_Row, _Row]]:
    """Each row that ended with the one that began the day after."""
    listed = list(rows)
    for row in listed:
        for following in listed:
            if row.valid_to and following.valid_from == _next(row.valid_to):
                yield row, following


def _next(day: date | None) -> date:
    return (day or date.min) + timedelta(days=1)


def areas_as_sums() -> list[tuple[int, list[int]]]:
    """Areas that became one with those it was made of, and areas that parted with what they became.

    One that takes up others, or that others leave, and stays the area it was, is among its own
    parts. Areas of which only a piece went are in none.
    """
    kinds = [SuccessionKind.MERGE, SuccessionKind.SPLIT]
    rows = AreaSuccession.objects.filter(kind__in=kinds).select_related("before", "after")
    origins: dict[tuple[int, date], list[Area]] = defaultdict(list)
    heirs: dict[tuple[int, date], list[Area]] = defaultdict(list)
    areas: dict[int, Area] = {}
    for row in rows.order_by("on_date", "pk"):
        origins[row.after_id, row.on_date].append(row.before)
        heirs[row.before_id, row.on_date].append(row.after)
        areas |= {row.before_id: row.before, row.after_id: row.after}
    found = []
    for own, others in ((origins, heirs), (heirs, origins)):
        for (key, day), parts in own.items():
            same = [areas[key]] if _is_there_on_both_sides(areas[key], day) else []
            if len(parts) + len(same) > 1 and all(len(others[one.pk, day]) == 1 for one in parts):
                found.append((key, [one.pk for one in (*same, *parts)]))
    return found


def _is_there_on_both_sides(area: Area, day: date) -> bool:
    return area.is_valid_on(day) and area.is_valid_on(day - timedelta(days=1))
