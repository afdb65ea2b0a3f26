"""What a passage is like, as plain features that can be counted and weighed.

Words are folded until the sister languages look alike (`møte`, `møde` and `möte` are one word) and
cut to beginnings, pairs and short runs of letters, so that an inflection, a compound or a letter a
scanner misread changes little. Each feature is a number of a bucket; nothing of a text remains.
"""

import re
from array import array
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import pairwise
from zlib import crc32

from samrad.reading.concepts import Concepts, concepts_in
from samrad.reading.mending import mended
from samrad.reading.ocr import skeleton
from samrad.reading.passages import RawPassage
from samrad.reading.spelling import folded

OWN, SHARED = 1 << 15, 1 << 15
BUCKETS = OWN + SHARED
"""Those of a passage by itself, and those of its company: its neighbours, and its template."""

_AS_NEIGHBOUR, _BY_TEMPLATE = 0.3, 0.5
_SPREAD, _APART, _KEPT = 2654435761, 97, 13
"""How a bucket is carried over into those of company: multiplied, moved, its middle digits."""

_WORD = re.compile(r"[^\W_]+")
_NUMBER = re.compile(r"\d")
_LEAD = re.compile(r"^[\W\d]*((?:[^\s.:;–|(]+ ){0,5}[^\s.:;–|(]+) ?[.:–|(]")
"""A few words set off at the beginning: a heading run into the text, a cell of a table."""

_STEM, _PAIR, _RUN = 6, 4, 5
_SKELETON, _TELLING = 8, 4
_MOST_WORDS = 400
_FIRST_WORDS, _NEAR = 5, 3
_LENGTHS = (40, 90, 180, 320, 600)
_THIRDS = 5

Weighed = Mapping[int, float]


def words_of(text: str) -> list[str]:
    """The folded words of a text; numbers are all alike."""
    found = _WORD.findall(text)[:_MOST_WORDS]
    return ["0" if _is_number(word) else folded(word) for word in found]


def _is_number(word: str) -> bool:
    """Whether it is a number, rather than a word with a letter that a scanner took for a digit."""
    return 2 * len(_NUMBER.findall(word)) >= len(word)


def _runs(word: str) -> Iterator[str]:
    marked = f"^{word}$"
    if len(marked) <= _RUN:
        yield marked
    for at in range(len(marked) - _RUN + 1):
        yield marked[at : at + _RUN]


def _stems(words: Iterable[str]) -> Iterator[str]:
    return (word[:_STEM] for word in words)


def _pairs(words: list[str]) -> Iterator[str]:
    return (f"{one[:_PAIR]} {other[:_PAIR]}" for one, other in pairwise(words))


def _skeletons(text: str) -> Iterator[str]:
    return (
        skeleton(word)[:_SKELETON]
        for word in _WORD.findall(text)[:_MOST_WORDS]
        if len(word) >= _TELLING
    )


def _bare_runs(text: str) -> Iterator[str]:
    """Runs of letters in which nothing is left that a scanner confuses."""
    for word in set(_WORD.findall(text)[:_MOST_WORDS]):
        bare = f"^{skeleton(word)}$"
        if len(bare) > _TELLING + 1:
            yield from (bare[at : at + _RUN] for at in range(len(bare) - _RUN + 1))


def _together(about: list[Concepts]) -> Iterator[str]:
    """Concepts that stand near each other, whichever comes first."""
    told = [many for many in about if many]
    for place, many in enumerate(told):
        for others in told[place + 1 : place + 1 + _NEAR]:
            for one in many:
                yield from (" ".join(sorted((one, other))) for other in others if other != one)


@dataclass(frozen=True, slots=True)
class Where:
    """Which passage it is, of how many, whether before the title, how firmly its heading holds."""

    place: int
    count: int
    before_title: bool
    firmness: float


def lead_of(text: str) -> str:
    """A few words set off at the beginning, or nothing."""
    found = _LEAD.match(text)
    return found[1] if found else ""


def _shape(passage: RawPassage, where: Where) -> Iterator[str]:
    place, count = where.place, where.count
    text = passage.text.strip()
    yield f"length {sum(len(text) > most for most in _LENGTHS)}"
    yield f"place {place * _THIRDS // count}"
    yield f"from the end {min(3, count - 1 - place)}"
    yield f"from the beginning {min(3, place)}"
    yield f"before the title {where.before_title}"
    yield f"items {min(4, sum(part.item for part in passage.parts))}"
    yield f"headed {bool(passage.heading)} {passage.level}"
    yield f"ends {text[-1:] if text[-1:] in '.!?:]' else ''}"
    yield f"begins {text[:1] if text[:1] in '[(_' else ''} {text[:1].islower()}"


_SCALES = {
    "s": 1.0,
    "g": 1.0,
    "b": 0.7,
    "k": 0.7,
    "q": 0.7,
    "f": 0.6,
    "c": 1.0,
    "d": 0.7,
    "e": 0.6,
    "H": 1.0,
    "C": 1.0,
    "G": 1.0,
    "U": 0.6,
    "z": 0.6,
}
"""How much each family counts: words, their runs of letters, pairs, as scanners read them and the
runs of that, the first ones; the heading's words and their runs, those of the heading above it;
the shape."""

_OF_HEADINGS = ("H", "G", "C")


def _families(
    passage: RawPassage, above: str, where: Where, kind: str
) -> Iterator[tuple[str, Iterable[str]]]:
    text = mended(passage.text)
    words = words_of(text)
    yield "s", _stems(words)
    yield "g", (run for word in set(words) for run in _runs(word))
    yield "b", _pairs(words)
    yield "k", _skeletons(text)
    yield "q", _bare_runs(text)
    yield "f", (*_stems(words[:3]), " ".join(word[:_PAIR] for word in words[:2]))
    about = concepts_in(text)[:_MOST_WORDS]
    yield "c", (concept for many in about for concept in many)
    yield "d", _together(about)
    yield "e", (concept for many in about[:_FIRST_WORDS] for concept in many)
    title = mended(f"{passage.heading} {lead_of(passage.text)}")
    yield "C", (concept for many in concepts_in(title) for concept in many)
    heading = words_of(title)
    yield "H", _stems(heading)
    yield "G", (run for word in set(heading) for run in _runs(word))
    if above != passage.heading:
        yield "U", _stems(words_of(mended(above)))
    yield "z", (*_shape(passage, where), kind)


def weighed(passage: RawPassage, above: str, where: Where, kind: str) -> dict[int, float]:
    """The buckets of a passage, each family counting the same however long the text."""
    found: dict[int, float] = {}
    for family, many in _families(passage, above, where, kind):
        names = set(many)
        worth = _SCALES[family] / max(1, len(names)) ** 0.5
        if family in _OF_HEADINGS:
            worth *= where.firmness
        for name in names:
            bucket = crc32(f"{family}{name}".encode()) % OWN
            found[bucket] = found.get(bucket, 0.0) + worth
    return found


def in_company(many: Sequence[Weighed], kind: str) -> list[dict[int, float]]:
    """The buckets of every passage with those of the one before and the one after it.

    And once more as what they say in agreements of this kind, where they may say something else.
    """
    of_kind = crc32(kind.encode())
    carried = [
        [_carried(own, _AS_NEIGHBOUR, move) for move in (_APART, 2 * _APART)] for own in many
    ]
    found = []
    for place, own in enumerate(many):
        company = [_carried(own, _BY_TEMPLATE, of_kind)]
        company += [carried[place - 1][0]] if place else []
        company += [carried[place + 1][1]] if place + 1 < len(many) else []
        whole = dict(own)
        for one in company:
            for bucket, weight in one:
                whole[bucket] = whole.get(bucket, 0.0) + weight
        found.append(whole)
    return found


def _carried(own: Weighed, worth: float, move: int) -> list[tuple[int, float]]:
    carried_to = _moved(move)
    return [(carried_to[bucket], worth * weight) for bucket, weight in own.items()]


@cache
def _moved(move: int) -> Sequence[int]:
    """Where each bucket of a passage's own is carried to."""
    return array(
        "H",
        (OWN + ((bucket * _SPREAD + move) % (1 << 32) >> _KEPT) % SHARED for bucket in range(OWN)),
    )
