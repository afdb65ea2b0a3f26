"""What covers what, and when: the closure of dated relations."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Container, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from samrad.areas.rules.kinds import ALWAYS, FOREVER


@dataclass(frozen=True, order=True)
class Window:
    """A span of days, both ends included."""

    start: date = ALWAYS
    end: date = FOREVER

    @classmethod
    def between(cls, start: date | None, end: date | None) -> Window:
        """The window with open ends where nothing is known."""
        return cls(start or ALWAYS, end or FOREVER)

    def __contains__(self, day: date) -> bool:
        return self.start <= day <= self.end

    def __bool__(self) -> bool:
        return self.start <= self.end

    def meeting(self, other: Window) -> Window:
        """The days in both; false when there are none."""
        return Window(max(self.start, other.start), min(self.end, other.end))


@dataclass(frozen=True)
class Edge:
    """One area lies in another through a span of days."""

    parent: int
    child: int
    window: Window


@dataclass(frozen=True, order=True)
class Cover:
    """`ancestor` covers `descendant` through a span of days; everything covers itself."""

    ancestor: int
    descendant: int
    window: Window


def joined(windows: Iterable[Window]) -> list[Window]:
    """The same days in as few windows as possible, in order."""
    result: list[Window] = []
    for window in sorted(filter(None, windows)):
        if result and window.start <= next_day(result[-1].end):
            result[-1] = Window(result[-1].start, max(result[-1].end, window.end))
        else:
            result.append(window)
    return result


def next_day(day: date) -> date:
    """The day after, unless there is none."""
    return day if day == FOREVER else day + timedelta(days=1)


def day_before(day: date) -> date:
    """The day before, unless there is none."""
    return day if day == ALWAYS else day - timedelta(days=1)


def closure(
    lives: Mapping[int, Window],
    relations: Iterable[Edge],
    merged: Iterable[tuple[int, int, date]] = (),
) -> set[Cover]:
    """Everything that covers anything.

    `lives` says through which days each area exists. An area that has ended stays covered: by what
    it was merged into (`merged`: before, after, first day), or else by what it was part of on its
    last day, and by whatever covers those from then on. The papers of a dissolved municipality so
    never lose their readers.
    """
    merged = list(merged)
    parents: dict[int, list[Edge]] = defaultdict(list)
    ended_by_merger = {before for before, _after, _day in merged}
    for edge in relations:
        parents[edge.child].append(_outliving(edge, lives[edge.child], ended_by_merger))
    for before, after, day in merged:
        if lives[before].end < day:
            parents[before].append(Edge(after, before, Window(day, FOREVER)))
    return {
        Cover(ancestor, area, window)
        for area in lives
        for ancestor, windows in _above(area, parents).items()
        for window in windows
    }


def _outliving(edge: Edge, life: Window, ended_by_merger: Container[int]) -> Edge:
    """The relation, without an end when it held on the last day of an area that was not merged."""
    if life.end == FOREVER or life.end not in edge.window or edge.child in ended_by_merger:
        return edge
    return Edge(edge.parent, edge.child, Window(edge.window.start))


def _above(area: int, parents: Mapping[int, list[Edge]]) -> dict[int, list[Window]]:
    """Every ancestor of `area` with the days it covers it."""
    reached: dict[int, list[Window]] = defaultdict(list)
    waiting = [(area, Window())]
    while waiting:
        here, through = waiting.pop()
        reached[here].append(through)
        for edge in parents.get(here, ()):
            step = through.meeting(edge.window)
            if step and not any(step.meeting(seen) == step for seen in reached[edge.parent]):
                waiting.append((edge.parent, step))
    return {ancestor: joined(windows) for ancestor, windows in reached.items()}


def first_circle(relations: Iterable[Edge]) -> tuple[int, ...]:
    """Areas that contain each other in a ring (on whatever days), or nothing."""
    children: dict[int, set[int]] = defaultdict(set)
    for edge in relations:
        children[edge.parent].add(edge.child)
    done: set[int] = set()
    for start in list(children):
        path = _ring_from(start, children, done, ())
        if path:
            return path
    return ()


def _ring_from(
    here: int, children: Mapping[int, set[int]], done: set[int], path: tuple[int, ...]
) -> tuple[int, ...]:
    if here in path:
        return path[path.index(here) :]
    if here in done:
        return ()
    for child in children.get(here, ()):
        ring = _ring_from(child, children, done, (*path, here))
        if ring:
            return ring
    done.add(here)
    return ()
