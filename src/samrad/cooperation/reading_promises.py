"""The promises of a document as a person confirms them: each line with whose it is and how often.

What does not belong here: finding them in the document.
"""

from __future__ import annotations

from collections.abc import Sequence
from difflib import get_close_matches

from samrad.cooperation.rules import Side
from samrad.kernel.text import normalise_line, shortened
from samrad.reading.facts.rhythm import how_often
from samrad.reading.model import Fact, Reading
from samrad.reading.templates import Template

LONGEST_RHYTHM = 120
_SIDES = {"municipality": Side.MUNICIPALITY, "police": Side.POLICE}
_ALIKE = 0.5
"""How much of a line must stand in what was read for it to be that, put in other words."""


def promises_in(
    lines: Sequence[str], reading: Reading, template: Template
) -> tuple[tuple[str, str, str], ...]:
    """Each line with its side and its rhythm, in the document's own words."""
    there = {normalise_line(str(one.value["text"])): one for one in reading.facts_of("commitments")}
    left = {text: fact for text, fact in there.items() if text not in lines}
    found = []
    for line in lines:
        fact = there.get(line) or _nearest(line, left)
        side = side_of(fact) if fact else Side.OTHER
        found.append((line, str(side), rhythm_of(line, fact, template)))
    return tuple(found)


def _nearest(line: str, left: dict[str, Fact]) -> Fact | None:
    """What a changed line was before, and no other line is."""
    near = get_close_matches(line, left, n=1, cutoff=_ALIKE)
    return left.pop(near[0]) if near else None


def side_of(fact: Fact) -> Side:
    """Whose promise it is; one of both, or of the council, is of neither side."""
    return _SIDES.get(str(fact.value["owner"]), Side.OTHER)


def rhythm_of(line: str, fact: Fact | None, template: Template) -> str:
    """How often, as the line says it, or as the document did before the line was changed."""
    said = how_often(template.lexicon.read(line), template.words)
    if not said and fact is not None:
        said = how_often(template.lexicon.read(str(fact.value["text"])), template.words)
    return shortened(said, at_most=LONGEST_RHYTHM)
