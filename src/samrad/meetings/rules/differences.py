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
    matcher = SequenceMatcher(a=old, b=new, autojunk=False)
    return [
        piece
        for _what, old_from, old_to, new_from, new_to in matcher.get_opcodes()
        for piece in _pieces(old[old_from:old_to], new[new_from:new_to])
    ]


def _pieces(old: Sequence[str], new: Sequence[str]) -> Iterator[Piece]:
    if old == new:
        yield Piece(Change.KEPT, "".join(old))
        return
    if old:
        yield Piece(Change.REMOVED, "".join(old))
    if new:
        yield Piece(Change.ADDED, "".join(new))
