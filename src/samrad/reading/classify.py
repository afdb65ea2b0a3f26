"""Which clause of the template each passage belongs to, with a confidence one can rely on.

What speaks for each passage by itself is looked up (`evidence`) and weighed by what the labelled
agreements have taught (`learned`). Then the document speaks as a whole (`sequence`): what stands
under one heading belongs together, a new heading begins something new, and clauses tend to follow
each other. Where no clause is likely enough the reader is unsure.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from samrad.reading.evidence import Evidence, Looking
from samrad.reading.headings import Headings
from samrad.reading.learned import NONE
from samrad.reading.lexicon import Text
from samrad.reading.passages import RawPassage
from samrad.reading.sequence import likelihoods
from samrad.reading.templates import Template

WORTH_A_MISTAKE = 0.8
"""How much likelier than none its clause must be, for each part in which it may be wrong.

Below that a person decides: to leave a passage open is right where it belongs to no clause. So much
is asked that in no country and no lot of agreements, read by what the others have taught
(`--left-out --by-lot`), more than one passage in twenty is wrong: over all of them 2.5 % are, and
94.0 % right. The margin is for people who write as nobody here has."""

_NAMED_SO = 0.55
"""The least probability of a clause that a sentence begins by naming."""


_NAMED_WITHIN = 2
"""In an introduction the clause a sentence begins by naming comes before a likelier one."""


@dataclass(frozen=True, slots=True)
class Placed:
    """The clause of a passage, or None, with the probability and the next best clauses."""

    clause: str | None
    confidence: float
    likely: tuple[str, ...]
    heading_fits: bool


def place(
    passages: Sequence[RawPassage],
    texts: Sequence[Text],
    template: Template,
    headings: Headings,
    untitled: int = 0,
) -> list[Placed]:
    """The clause of every passage; `untitled` is how many blocks stand before the title."""
    steps = list(Looking(passages, texts, template, headings, untitled).all())
    clauses = tuple(clause.key for clause in template.clauses)
    found = likelihoods(steps, clauses)
    return [_decided(one, step) for one, step in zip(found, steps, strict=True)]


def _decided(likely: Mapping[str, float], step: Evidence) -> Placed:
    ranked = sorted((key for key in likely if key != NONE), key=lambda key: -likely[key])
    if step.names in ranked[1:_NAMED_WITHIN]:
        ranked.remove(step.names)
        ranked.insert(0, step.names)
    best = ranked[0]
    named = best == step.names
    confidence = round(max(likely[best], _NAMED_SO if named else 0.0), 3)
    sure = named or likely[best] - likely[NONE] >= WORTH_A_MISTAKE * (1 - likely[best])
    return Placed(
        clause=best if sure else None,
        confidence=confidence,
        likely=tuple(ranked[1:3] if sure else ranked[:3]),
        heading_fits=sure and best in (step.under, step.above),
    )
