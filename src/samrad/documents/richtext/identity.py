"""Ids that stay with a block while the text around it, and the block itself, is edited."""

from __future__ import annotations

from collections.abc import Sequence
from difflib import SequenceMatcher

from samrad.documents.richtext.blocks import Block
from samrad.documents.richtext.marks import blocks_of, with_id
from samrad.kernel.ids import uuid7

ALIKE = 0.6


def blocks_with_ids(text: str, before: Sequence[Block] = ()) -> tuple[Block, ...]:
    """The blocks of `text`; those that were in `before`, unchanged or reworded, keep their ids."""
    blocks = blocks_of(text)
    kept: dict[int, str] = {}
    matcher = SequenceMatcher(
        a=[(old.kind, old.lines) for old in before],
        b=[(new.kind, new.lines) for new in blocks],
        autojunk=False,
    )
    for what, old_from, old_to, new_from, new_to in matcher.get_opcodes():
        if what == "equal":
            kept |= {
                new_from + step: before[old_from + step].id for step in range(old_to - old_from)
            }
        elif what == "replace":
            kept |= _reworded(before, blocks, range(old_from, old_to), range(new_from, new_to))
    return tuple(
        with_id(block, kept.get(number) or uuid7().hex) for number, block in enumerate(blocks)
    )


def _reworded(
    before: Sequence[Block], blocks: Sequence[Block], old: range, new: range
) -> dict[int, str]:
    """In order, each old block with the first new one that is much alike."""
    kept: dict[int, str] = {}
    start = new.start
    for place in old:
        for candidate in range(start, new.stop):
            ratio = SequenceMatcher(
                a=before[place].text(), b=blocks[candidate].text(), autojunk=False
            ).ratio()
            if ratio >= ALIKE:
                kept[candidate] = before[place].id
                start = candidate + 1
                break
    return kept
