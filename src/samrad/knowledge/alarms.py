"""Keeping alarms: each found once, brought up to date while it stands, lapsed when it does not."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict
from datetime import datetime
from typing import TYPE_CHECKING, Any

from samrad.access.actor import SYSTEM
from samrad.areas.models import Area
from samrad.knowledge import events
from samrad.knowledge.models import Alarm, DataSet
from samrad.knowledge.rules.alarms import Found, Key, before, fallen_away, news, recent
from samrad.knowledge.rules.picture import Past, Picture
from samrad.trail.api import record
from samrad.trail.events import Event

if TYPE_CHECKING:
    from samrad.knowledge.reckoning import Reckoned  # brings what computes

FIGURES = ("observed", "expected", "limit", "survives")
SHOWN_PERIODS = 20  # of a series' past before the alarm: five years of quarters


def keep_alarms(
    *,
    data_set: DataSet,
    reckoned: Reckoned,
    areas: Mapping[str, Area],
    periods: Sequence[str],
    a_year: int,
    at: datetime,
) -> list[Alarm]:
    """Those of the newest periods that stand; whoever calls has locked the data set.

    What stood out in the two latest years is kept as well, as past: it is told on its own page and
    proposed to nobody. An older one that was never kept stays unkept; a kept one is kept for good.
    """
    kept = {one.key: one for one in data_set.alarms.select_related("indicator", "area")}
    found = {one.key: one for one in reckoned.alarms}
    for key in fallen_away(kept.values(), found.values(), reckoned.looked_at):
        if not kept[key].has_lapsed:
            _tell(kept[key], events.ALARM_LAPSED, at, lapsed_at=at)
    pasts = _Pasts(reckoned.pictures)
    for key in found.keys() & kept.keys():
        _bring_up_to_date(kept[key], found[key], pasts, at)
    new = recent(periods, a_year=a_year)
    indicators = {one.code: one for one in data_set.indicators.all()}
    for key, one in found.items():
        if key in kept or one.period not in new:
            continue
        alarm = Alarm(
            data_set=data_set, indicator=indicators[one.indicator], area=areas[one.place],
            period=one.period, tail=one.tail, p=one.p, past=pasts.of(one), found_at=at,
            continues=kept.get(_one_before(one, periods)), **_figures(one),
        )  # fmt: skip
        alarm.save(force_insert=True)
        kept[key] = alarm
        _record(alarm, events.ALARM_FOUND, at)
    _join_to_those_before(kept, found.values(), periods)
    newest = news(periods)
    return [one for one in kept.values() if one.period in newest and not one.has_lapsed]


def _join_to_those_before(
    kept: Mapping[Key, Alarm], found: Iterable[Found], periods: Sequence[str]
) -> None:
    """A revision may find the one before after the one that continues it."""
    for one in found:
        alarm, earlier = kept.get(one.key), kept.get(_one_before(one, periods))
        if alarm is not None and earlier is not None and alarm.continues_id is None:
            alarm.continues = earlier
            alarm.save(update_fields=["continues"])


def _one_before(one: Found, periods: Sequence[str]) -> Key:
    return one.place, one.indicator, before(periods, one.period), one.tail.value


def _figures(one: Found) -> dict[str, Any]:
    return {name: getattr(one, name) for name in FIGURES}


def _bring_up_to_date(alarm: Alarm, found: Found, pasts: _Pasts, at: datetime) -> None:
    """What the figures are now; the record tells of it only where they changed."""
    changed = any(getattr(alarm, name) != value for name, value in _figures(found).items())
    if not changed and not alarm.has_lapsed:
        past = pasts.of(found)
        if past != alarm.past:  # what came after it is no change of the alarm
            alarm.past = past
            alarm.save(update_fields=["past"])
        return
    event = events.ALARM_BACK if alarm.has_lapsed else events.ALARM_REVISED
    _tell(
        alarm, event, at, lapsed_at=None, revised_at=at if changed else alarm.revised_at,
        p=found.p, past=pasts.of(found), **_figures(found),
    )  # fmt: skip


def _tell(alarm: Alarm, event: Event, at: datetime, **values: Any) -> None:
    for name, value in values.items():
        setattr(alarm, name, value)
    alarm.save(update_fields=list(values))
    _record(alarm, event, at)


def _record(alarm: Alarm, event: Event, at: datetime) -> None:
    said = {"area": alarm.area.name}
    if event in {events.ALARM_FOUND, events.ALARM_REVISED}:
        said["observed"] = f"{alarm.observed:g}"
    if event is events.ALARM_FOUND:
        said["expected"] = f"{alarm.expected:.0f}"
    record(event, about=alarm, by=SYSTEM, at=at, **said)


class _Pasts:
    """The past of every series up to a period, as alarms keep it."""

    def __init__(self, pictures: Mapping[str, Picture]) -> None:
        self.lines: dict[tuple[str, str], tuple[Past, ...]] = {
            (place, line.indicator): line.past
            for place, picture in pictures.items()
            for line in picture.lines
        }

    def of(self, found: Found) -> list[dict[str, Any]]:
        """What is drawn of one alarm: its past, and what has come since, to the newest figure."""
        past = self.lines[found.place, found.indicator]
        upto = next(n for n, one in enumerate(past, 1) if one.period == found.period)
        return [asdict(one) for one in past[max(0, upto - SHOWN_PERIODS) :]]
