"""What has changed between two texts, word by word, so that a person can read it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher

from samrad.kernel.choices import Choices

_WORDS = re.compile(r"\n|[^\S\n]+|[^\s]+")


class Change(Choices):
    """What became of some words."""

    KEPT = "kept"
    REMOVED = "removed"
    ADDED = "added"


@dataclass(frozen=True)
class Piece:
    """Some words and what became of them."""

    change: Change
    text: str


def differences(before: str, after: str) -> list[Piece]:
    """The words of both: kept and removed ones make `before`, kept and added ones make `after`."""
    old, new = _WORDS.findall(before), _WORDS.findall(after)
    found = list(_runs(old, new))
    last = len(found) - 1
    pieces: list[Piece] = []
    removed = added = ""
    for place, (was, now) in enumerate(found):
        kept = was == now
        if kept and (place in {0, last} or now.strip()):
            pieces += [*_changed(removed, added), Piece(Change.KEPT, now)]
            removed = added = ""
        else:  # white space between two changes goes with them: a phrase is read as one
            removed, added = removed + was, added + now
    return [*pieces, *_changed(removed, added)]


def _runs(old: Sequence[str], new: Sequence[str]) -> Iterator[tuple[str, str]]:
    matcher = SequenceMatcher(a=old, b=new, autojunk=False)
    for _what, old_from, old_to, new_from, new_to in matcher.get_opcodes():
        yield "".join(old[old_from:old_to]), "".join(new[new_from:new_to])


def _changed(removed: str, added: str) -> Iterator[Piece]:
    if removed:
        yield Piece(Change.REMOVED, removed)
    if added:
        yield Piece(Change.ADDED, added)
