"""A reading judged anew, when a person has said where its passages belong.

What the reader found stays found where it stands in a passage that was kept; what it had not looked
for, since it did not know what a passage was about, is looked for now. What does not belong here:
where a passage belongs.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from types import MappingProxyType

from samrad.reading.answer import SEVERAL
from samrad.reading.completeness import missing_in
from samrad.reading.facts import find_facts
from samrad.reading.headings import Headings
from samrad.reading.mending import wholly_mended
from samrad.reading.model import Fact, Passage, Reading, TextOrigin
from samrad.reading.origin import is_guidance
from samrad.reading.passages import Part, RawPassage, sentences_of
from samrad.reading.study import Study, Told
from samrad.reading.templates import Template

SAYS_NO_MORE = 0.9
"""A heading that speaks so clearly for a clause says no more than the template's own does."""

NO_TEXTS: Mapping[int, str] = MappingProxyType({})

_ITEM = re.compile(r"^((?:  )*)• ")


def as_placed(
    reading: Reading,
    places: Mapping[int, str | None],
    template: Template,
    texts: Mapping[int, str] = NO_TEXTS,
) -> Reading:
    """The reading with its passages where a person has placed them, by number.

    A passage placed nowhere is left out: neither what it says nor what was found in it counts. What
    a person has put right is looked through anew.
    """
    kept = [
        _put_right(replace(one, clause=places[one.number], likely=()), texts.get(one.number))
        for one in reading.passages
        if places.get(one.number)
    ]
    moved = {
        one.number
        for one in kept
        if one.clause != reading.passages[one.number].clause or one.number in texts
    }
    study = _study(reading, kept, template)
    unchanged = {one.number for one in kept} - set(texts)
    facts = _facts(reading, unchanged, moved, find_facts(study))
    return replace(reading, passages=tuple(kept), facts=facts, missing=missing_in(study, facts))


def _put_right(passage: Passage, text: str | None) -> Passage:
    """What a person wrote is the parties' own."""
    if text is None:
        return passage
    return replace(passage, text=text, origin=TextOrigin.LOCAL, guidance=False)


def clauses_of(
    placed: Reading, template: Template, titles: Mapping[str, str]
) -> Iterator[tuple[Passage, str]]:
    """Each passage in the template's order, with its text as the agreement has it.

    A heading of the document that is none of the template's stands, once, over what follows it.
    """
    order, under = list(titles), dict(_own_headings(placed, Headings(template)))
    for one in sorted(placed.passages, key=lambda one: (order.index(str(one.clause)), one.number)):
        heading = under.get(one.number)
        is_new = heading and heading != titles[str(one.clause)]
        yield one, f"### {heading}\n\n{one.text}" if is_new else one.text


def _own_headings(placed: Reading, headings: Headings) -> Iterator[tuple[int, str]]:
    """The document's headings that say more than the template's, by the first passage of each."""
    before = ""
    for one in placed.passages:
        if one.under != before and headings.strength(one.under) < SAYS_NO_MORE:
            yield one.number, one.under
        before = one.under


def _facts(
    reading: Reading, kept: set[int], moved: set[int], anew: Iterable[Fact]
) -> tuple[Fact, ...]:
    """What was found before, and in the passages that were moved what is found there now."""
    before = [fact for fact in reading.facts if fact.passage in kept]
    found = {(fact.key, fact.quote) for fact in before}
    settled = {fact.key for fact in before}
    new = [
        fact
        for fact in anew
        if (fact.passage in moved or fact.key not in settled)
        and (fact.key, fact.quote) not in found
        and (fact.key in SEVERAL or fact.key not in settled)
    ]
    order = {fact.key: number for number, fact in reversed(list(enumerate([*before, *new])))}
    return tuple(sorted([*before, *new], key=lambda fact: (order[fact.key], fact.passage)))


def _study(reading: Reading, kept: Iterable[Passage], template: Template) -> Study:
    """The passages as the finders of facts ask about them; one left out says nothing."""
    nothing = RawPassage((), "", 0, 1, 0, "", 0)
    raw = [nothing] * len(reading.passages)
    told: list[Told] = []
    for passage in kept:
        raw[passage.number] = _raw(passage)
        told += _told(passage, raw[passage.number], template)
    return Study(template, raw, told, reading.title, Headings(template))


def _raw(passage: Passage) -> RawPassage:
    parts = tuple(map(_part, passage.text.split("\n")))
    first = parts[0].marker if parts else ""
    return RawPassage(
        parts, passage.under or passage.heading or "", 0, passage.page, 0, first, passage.number
    )


def _part(line: str) -> Part:
    item = _ITEM.match(line)
    if not item:
        return Part(line)
    return Part(line[item.end() :], len(item[1]) // 2, item=True, marker="•")


def _told(passage: Passage, raw: RawPassage, template: Template) -> Iterable[Told]:
    for sentence in sentences_of(raw, template.words.abbreviations):
        text = template.lexicon.read(sentence.text)
        yield Told(
            text=text,
            mended=wholly_mended(text.text),
            passage=passage.number,
            part=sentence.part,
            item=sentence.item,
            clause=passage.clause,
            heading=raw.heading,
            origin=passage.origin,
            guidance=passage.guidance or is_guidance(text, template.words),
        )
