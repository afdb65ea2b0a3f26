"""Parts of a document that stand in it twice, found in spite of misreadings."""

import re
import zlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from samrad.reading.ocr import skeleton
from samrad.reading.passages import RawPassage

_WORD = re.compile(r"\w+")
_SHINGLE = 5
_SKETCH = 12
_ALIKE = 0.62
_SHORTEST = 25
_LONG_ALONE = 120
_LONG_RUN = 150
_SAME_LENGTH = 0.7


@dataclass(frozen=True, slots=True)
class Repeat:
    """A passage that repeats an earlier one."""

    passage: int
    of: int
    similarity: float


def repeats_in(passages: Sequence[RawPassage]) -> list[Repeat]:
    """The passages that repeat earlier ones.

    One alone is a repeat when it is long; shorter ones when they follow each other in the same
    order as before, for a sentence may well be said twice but not a page.
    """
    shingles = [_shingles(passage.text) for passage in passages]
    nearest = _nearest_earlier(passages, shingles)
    found: list[Repeat] = []
    for run in _runs(nearest):
        length = sum(len(passages[repeat.passage].text) for repeat in run)
        alone = len(run) == 1
        if length >= (_LONG_ALONE if alone else _LONG_RUN):
            found.extend(run)
    return found


def _shingles(text: str) -> frozenset[str]:
    folded = "".join(skeleton(word) for word in _WORD.findall(text))
    return frozenset(folded[at : at + _SHINGLE] for at in range(len(folded) - _SHINGLE + 1))


def _nearest_earlier(
    passages: Sequence[RawPassage], shingles: Sequence[frozenset[str]]
) -> dict[int, Repeat]:
    """For each passage the earlier one it is most like, when it is like one."""
    by_sketch: dict[str, list[int]] = {}
    nearest: dict[int, Repeat] = {}
    for number, own in enumerate(shingles):
        if len(passages[number].text) < _SHORTEST or not own:
            continue
        sketch = sorted(own, key=lambda shingle: zlib.crc32(shingle.encode()))[:_SKETCH]
        candidates = {at for key in sketch for at in by_sketch.get(key, ())[:20]}
        for at in sorted(candidates):
            alike = _similarity(own, shingles[at])
            known = nearest.get(number)
            if alike >= _ALIKE and (known is None or alike > known.similarity):
                nearest[number] = Repeat(number, at, round(alike, 2))
        for key in sketch:
            by_sketch.setdefault(key, []).append(number)
    return {number: repeat for number, repeat in nearest.items() if repeat.of not in nearest}


def _similarity(one: frozenset[str], other: frozenset[str]) -> float:
    shorter, longer = sorted((len(one), len(other)))
    if shorter < _SAME_LENGTH * longer:
        return 0.0
    common = len(one & other)
    return common / (len(one) + len(other) - common)


def _runs(nearest: Mapping[int, Repeat]) -> list[list[Repeat]]:
    """Repeats that follow each other in the order of what they repeat."""
    runs: list[list[Repeat]] = []
    for number in sorted(nearest):
        repeat = nearest[number]
        last = runs[-1][-1] if runs else None
        follows = last and number - last.passage <= 2 and 0 < repeat.of - last.of <= 6  # noqa: PLR2004
        if follows:
            runs[-1].append(repeat)
        else:
            runs.append([repeat])
    return runs
