"""What a new file no longer holds of what we have: whether it stays is asked, never guessed.

A file may hold the newest periods only, or one kind of all that is counted, or some of the areas.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from samrad.knowledge.rules.doubts import DROP, KEEP, Doubt, DoubtKind
from samrad.knowledge.rules.figures import SIDES, Figures
from samrad.knowledge.rules.table import Nothing

MOST_NAMED = 6
Gone = Mapping[DoubtKind, frozenset[str]]


def with_what_vanished(
    before: Figures | None, after: Figures, answers: Mapping[str, str]
) -> tuple[Figures, tuple[Doubt, ...]]:
    """The file's figures with those that are kept beside it, and what must be answered first."""
    if before is None:
        return after, ()
    gone = _gone(before, after)
    doubts = tuple(
        _doubt(kind, codes, before)
        for kind, codes in gone.items()
        if codes and answers.get(kind) not in {KEEP, DROP}
    )
    kept = before.taken([at for at, asked in _asked_of(before, gone) if _stays(asked, answers)])
    return _joined(kept, after), doubts


def only_older_ones_vanished(before: Figures | None, after: Figures) -> bool:
    """Whether every period that is gone begins before the file does, as where we ask for less."""
    if before is None or not after.start:
        return False
    there, first = set(after.period), min(after.start)
    rows = zip(before.period, before.start, strict=True)
    gone = {start for period, start in rows if period not in there}
    return bool(gone) and max(gone) < first


def _gone(before: Figures, after: Figures) -> Gone:
    """Periods; of those still there whole indicators, and of those still there whole areas.

    An area that was not there in a period has nothing to lose.
    """
    periods, indicators, areas = set(after.period), set(after.indicator), set(after.area)
    told = [
        (indicator, area)
        for indicator, area, period, why in zip(
            before.indicator, before.area, before.period, before.nothing, strict=True
        )
        if period in periods and why != Nothing.NOT_THEN
    ]
    return {
        DoubtKind.VANISHED: frozenset(set(before.period) - periods),
        DoubtKind.GONE_INDICATORS: frozenset({one for one, _area in told} - indicators),
        DoubtKind.GONE_AREAS: frozenset({area for one, area in told if one in indicators} - areas),
    }


def _asked_of(before: Figures, gone: Gone) -> Iterator[tuple[int, list[DoubtKind]]]:
    """The figures that are gone, each with the questions it hangs on."""
    rows = zip(before.period, before.indicator, before.area, strict=True)
    for at, (period, indicator, area) in enumerate(rows):
        if period in gone[DoubtKind.VANISHED]:
            yield at, [DoubtKind.VANISHED]
            continue
        asked = []
        if indicator in gone[DoubtKind.GONE_INDICATORS]:
            asked.append(DoubtKind.GONE_INDICATORS)
        if area in gone[DoubtKind.GONE_AREAS]:
            asked.append(DoubtKind.GONE_AREAS)
        if asked:
            yield at, asked


def _stays(asked: Iterable[DoubtKind], answers: Mapping[str, str]) -> bool:
    return all(answers.get(kind) == KEEP for kind in asked)


def _doubt(kind: DoubtKind, codes: frozenset[str], before: Figures) -> Doubt:
    ordered = sorted(codes)
    said: dict[str, object] = {"count": len(ordered), "first": ordered[0], "last": ordered[-1]}
    if kind is not DoubtKind.VANISHED:
        names = dict(zip(before.area, before.area_name, strict=True))
        named = [names.get(code) or code for code in ordered[:MOST_NAMED]]
        more = ["…"] if len(ordered) > MOST_NAMED else []
        said = {"count": len(ordered), "names": ", ".join([*named, *more])}
    return Doubt(kind, "", said, (KEEP, DROP))


def _joined(kept: Figures, after: Figures) -> Figures:
    if not kept:
        return after
    return Figures(**{side: [*getattr(kept, side), *getattr(after, side)] for side in SIDES})
