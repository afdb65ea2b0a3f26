"""What an agreement lacks whose clauses are known: kept here, being written here, or just read.

The one measure of all three, so that the same text lacks the same wherever it stands. A document is
read into clauses first (`placed.clauses_of`). What does not belong here: what a requirement is
(`completeness`).
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from samrad.reading.blocks import blocks_of
from samrad.reading.completeness import missing_in
from samrad.reading.extraction.plain import lines_of
from samrad.reading.facts import find_facts
from samrad.reading.facts.places import names_of_places
from samrad.reading.headings import Headings
from samrad.reading.lines import Line
from samrad.reading.mending import wholly_mended
from samrad.reading.model import Fact, Missing
from samrad.reading.origin import is_guidance, judge
from samrad.reading.passages import RawPassage, passages_of, sentences_of
from samrad.reading.study import Study, Told
from samrad.reading.templates import Template


@dataclass(frozen=True)
class Written:
    """A clause as it stands: whose key it has among the template's, its heading and its text."""

    key: str
    heading: str
    text: str


@dataclass(frozen=True)
class Beside:
    """What is settled beside the text, in fields of its own; the text counts where both say it."""

    focus_areas: tuple[str, ...] = ()
    meetings_a_year: int | None = None


NOTHING = Beside()


def missing_in_clauses(
    clauses: Iterable[Written], template: Template, *, title: str = "", beside: Beside = NOTHING
) -> tuple[Missing, ...]:
    """What the template asks for and neither the clauses nor what stands beside them settle."""
    headings = Headings(template)
    found = [(one.key, raw) for one in clauses for raw in _passages(one, headings)]
    study = _study([key for key, _raw in found], [raw for _key, raw in found], template, title)
    facts = find_facts(study)
    told = {one.key for one in facts}
    return missing_in(study, [*facts, *(one for one in _beside(beside) if one.key not in told)])


def _passages(clause: Written, headings: Headings) -> list[RawPassage]:
    lines = [Line(clause.heading, heading_level=1), Line(""), *lines_of(clause.text)]
    return passages_of(blocks_of(lines, headings.strength), headings)


def _study(
    keys: Sequence[str], passages: Sequence[RawPassage], template: Template, title: str
) -> Study:
    texts = [template.lexicon.read(one.text) for one in passages]
    sentences = [
        [
            (one, template.lexicon.read(one.text))
            for one in sentences_of(passage, template.words.abbreviations)
        ]
        for passage in passages
    ]
    names = names_of_places([*texts, template.lexicon.read(title)], template.words)
    judged = judge(passages, texts, sentences, names, template.words)
    told = [
        Told(
            text=text,
            mended=wholly_mended(text.text),
            passage=number,
            part=sentence.part,
            item=sentence.item,
            clause=keys[number],
            heading=passages[number].heading,
            origin=judged[number].origin,
            guidance=judged[number].guidance or is_guidance(text, template.words),
        )
        for number, own in enumerate(sentences)
        for sentence, text in own
    ]
    return Study(template, passages, told, title, Headings(template))


def _beside(beside: Beside) -> Iterator[Fact]:
    for text in beside.focus_areas:
        yield _fact("focus_areas", {"text": text, "expected_result": ""})
    if beside.meetings_a_year:
        yield _fact("meetings_a_year", {"count": beside.meetings_a_year})


def _fact(key: str, value: Mapping[str, Any]) -> Fact:
    return Fact(key=key, value=value, passage=-1, quote="", confidence=1.0)
