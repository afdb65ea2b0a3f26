"""How scanners misread Nordic letters, and what it costs to believe that they did.

A scan turns `politirådet` into `politirddet`, `politirad8t` or `polititadet`. Two tools deal with
that. `skeleton` folds a word so far that the usual misreadings look alike; it finds candidates and
is quick. `reading_cost` then weighs a candidate letter by letter: a misreading that scanners are
known for costs little, any other difference costs 1.

What belongs here: letters. What does not: which words matter (`lexicon`, and the data files).
"""

import re
from collections.abc import Mapping
from functools import lru_cache

ROUND = "aeoåäøöæéèêëáàâóòôdgpqcz86034@&¢"
"""Letters that scanners take for one another, or for a Nordic vowel."""

UPRIGHT = "il1|!íìïı"

_FOLDED = str.maketrans({**dict.fromkeys(ROUND, "X"), **dict.fromkeys(UPRIGHT, "I"), "5": "s"})
_NOT_FOLDED = re.compile(r"[^a-zXI0-9]+")
_RUNS = re.compile(r"(.)\1+")

USUAL_COST = 0.2
POSSIBLE_COST = 0.5
OTHER_COST = 1.0
_LONGEST_STRETCH = 3
_TOLERATED = ((3, 0.2), (5, 0.5), (8, 1.0), (1_000, 1.6))
"""Up to which length of a word which cost: short words have too many neighbours."""

_USUAL: Mapping[str, str] = {
    "å": "ad8éei346áàäo&ls",
    "ø": "ogepq60@éöacs¢",
    "æ": "aezäwx",
    "ä": "adåáàæ4é",
    "ö": "oø06óòdeg",
    "i": "1l|jíìïı!",
    "l": "1i|!",
    "é": "e",
    "o": "0",
    "s": "5",
}
_POSSIBLE: Mapping[str, str] = {
    "a": "oáàäå4&",
    "b": "h6",
    "c": "eo",
    "d": "cál",
    "e": "coéæø",
    "f": "tr",
    "g": "q9yp8",
    "h": "bn",
    "k": "ht",
    "m": "nr",
    "n": "unrm",
    "o": "ceøöq",
    "p": "gn",
    "r": "tnf",
    "s": "z8",
    "t": "frl",
    "u": "nvi",
    "v": "yuw",
}
_COST: Mapping[tuple[str, str], float] = {
    **{(a, b): POSSIBLE_COST for a, many in _POSSIBLE.items() for b in many},
    **{(a, b): USUAL_COST for a, many in _USUAL.items() for b in many},
}
_EXTRA_AFTER: Mapping[str, str] = {"æ": "aez", "å": "a8éed", "ø": "e", "m": "n", "ä": "e", "ö": "e"}
"""A letter that one printed letter leaves behind when it is read as two: æ as `ee`, å as `aa`."""


@lru_cache(maxsize=16384)
def skeleton(word: str) -> str:
    """The word with everything a scanner confuses folded together: what candidates share."""
    folded = _NOT_FOLDED.sub("", word.lower().translate(_FOLDED)).replace("rn", "m")
    return _RUNS.sub(r"\1", folded)


def tolerance(length: int) -> float:
    """How much misreading to believe in a word of this length before it is another word."""
    return next(cost for longest, cost in _TOLERATED if length <= longest)


def reading_cost(printed: str, read: str, *, whole: bool, limit: float) -> float:
    """What it costs to believe that `read` was printed as `printed`, or as its beginning.

    With `whole` false, letters of `read` after the match are free: they are the ending or the rest
    of a compound. Returns a number above `limit` as soon as the match is hopeless.
    """
    if (read == printed) if whole else read.startswith(printed):
        return 0.0
    if limit < OTHER_COST:
        return _with_nothing_lost(printed, read, limit, whole=whole)
    if not whole:
        read = read[: len(printed) + _LONGEST_STRETCH]
    elif abs(len(read) - len(printed)) > _LONGEST_STRETCH:
        return limit + OTHER_COST
    row = [column * OTHER_COST for column in range(len(read) + 1)]
    for letter in printed:
        extra = _EXTRA_AFTER.get(letter, "")
        above, row = row, [row[0] + OTHER_COST]
        for column, seen in enumerate(read, start=1):
            same = 0.0 if seen == letter else _COST.get((letter, seen), OTHER_COST)
            insert = USUAL_COST if seen in extra and column > 1 else OTHER_COST
            row.append(
                min(above[column - 1] + same, above[column] + OTHER_COST, row[column - 1] + insert)
            )
        if min(row) > limit:
            return limit + OTHER_COST
    return row[-1] if whole else min(row)


def _with_nothing_lost(printed: str, read: str, limit: float, *, whole: bool) -> float:
    """The same where a lost letter would cost too much: what is left are letters read as two."""
    longer = len(read) - len(printed)
    leaves_more = not _EXTRA_AFTER.keys().isdisjoint(printed)
    if longer < 0 or (whole and longer > (_LONGEST_STRETCH if leaves_more else 0)):
        return limit + OTHER_COST
    if not longer or not leaves_more:
        return _letter_by_letter(printed, read, limit)
    costs = [0.0] + [limit + OTHER_COST] * min(longer, _LONGEST_STRETCH)
    for place, letter in enumerate(printed):
        extra = _EXTRA_AFTER.get(letter, "")
        for more, seen in enumerate(read[place : place + len(costs)]):
            if seen != letter:
                costs[more] += _COST.get((letter, seen), OTHER_COST)
            if more and seen in extra:
                costs[more] = min(costs[more], costs[more - 1] + USUAL_COST)
        if min(costs) > limit:
            return limit + OTHER_COST
    return costs[-1] if whole else min(costs)


def _letter_by_letter(printed: str, read: str, limit: float) -> float:
    cost = 0.0
    for letter, seen in zip(printed, read, strict=False):
        if letter != seen:
            cost += _COST.get((letter, seen), OTHER_COST)
            if cost > limit:
                return limit + OTHER_COST
    return cost


def letter_read_for(printed: str, read: str, letter: str) -> str | None:
    """What stands in `read` where `printed` has its first `letter`; None when that is unclear.

    Scanners misread each typeface in its own way, so this tells typefaces apart.
    """
    place = printed.find(letter)
    if place < 0 or len(read) <= place or read[:place] != printed[:place]:
        return None
    rest, seen = printed[place + 1 :], read[place + 1 :]
    if not seen.startswith(rest[:2]):
        return None
    return read[place]
