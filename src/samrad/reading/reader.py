"""Reading a document: from the bytes of a file to what stands in it. Start at `read_document`."""

from collections.abc import Iterator, Sequence

from samrad.reading import subject
from samrad.reading.blocks import Block, Shape, blocks_of
from samrad.reading.classify import Placed, place
from samrad.reading.completeness import missing_in
from samrad.reading.extraction import extract
from samrad.reading.facts import find_facts
from samrad.reading.facts.places import names_of_places
from samrad.reading.furniture import without_furniture
from samrad.reading.headings import Headings
from samrad.reading.kinds import kinds_to_try
from samrad.reading.language import language_of
from samrad.reading.lexicon import Text
from samrad.reading.limits import Deadline
from samrad.reading.lines import Source
from samrad.reading.mending import wholly_mended
from samrad.reading.model import Folded, Passage, Reading
from samrad.reading.origin import Judged, is_guidance, judge
from samrad.reading.passages import RawPassage, Sentence, passages_of, sentences_of
from samrad.reading.repeats import repeats_in
from samrad.reading.study import Study, Told
from samrad.reading.templates import GENERAL, Template, agreement_template
from samrad.reading.unreadable import Note

_TITLE_WITHIN = 4
_LONGEST_TITLE = 160
_TITLE_LINES = 4
_TITLE_AT_MOST = 0.9
_FITS_BETTER = 0.02
"""How much better another kind must fit than the general one."""

Sentences = list[tuple[Sentence, Text]]


def read_document(
    data: bytes,
    filename: str,
    profile: str = "no",
    *,
    kind: str | None = None,
    anyway: bool = False,
) -> Reading:
    """Read an agreement by a country's template; raises `Unreadable` with what to do instead.

    Without a `kind` the document's title and text say which template it is read by. What does not
    look like an agreement between police and municipality is read only `anyway`.
    """
    return read_with_its_text(data, filename, profile, kind=kind, anyway=anyway)[0]


def read_with_its_text(
    data: bytes,
    filename: str,
    profile: str = "no",
    *,
    kind: str | None = None,
    anyway: bool = False,
) -> tuple[Reading, str]:
    """The same with every line of the file, also those a reading leaves out: headers, repeats."""
    deadline = Deadline()
    source = extract(data, filename, deadline)
    template = agreement_template(profile, kind or fitting_kind(source, profile))
    reading = read_by_template(source, template, deadline, anyway=anyway)
    lines = (line.text for line in source.lines)
    passages = (passage.text for passage in reading.passages)
    return reading, "\n".join([source.title, *lines, *passages])


def fitting_kind(source: Source, country: str) -> str:
    """The kind a document is of: where its words do not tell, the one by which it reads best."""
    kinds = kinds_to_try(source, country)
    if len(kinds) == 1:
        return kinds[0]
    fits = {kind: _fit(source, agreement_template(country, kind)) for kind in kinds}
    best = max(fits, key=lambda kind: fits[kind])
    return best if fits[best] > fits[GENERAL] + _FITS_BETTER else GENERAL


def _fit(source: Source, template: Template) -> float:
    """How likely the likeliest clause of a passage is, on an average."""
    headings = Headings(template)
    passages, untitled = _as_passages(source, template, headings)[1:]
    texts = [template.lexicon.read(passage.text) for passage in passages]
    placed = place(passages, texts, template, headings, untitled)
    return sum(one.confidence for one in placed) / max(1, len(placed))


def _as_passages(
    source: Source, template: Template, headings: Headings
) -> tuple[str, list[RawPassage], int]:
    """The title, the passages, and how many blocks stand before the title."""
    blocks = blocks_of(without_furniture(source.lines), headings.strength)
    title, at = title_of(blocks, headings, template)
    passages = passages_of([b for n, b in enumerate(blocks) if n not in at], headings)
    return title, passages, at.start


def read_by_template(
    source: Source, template: Template, deadline: Deadline, *, anyway: bool = False
) -> Reading:
    """Read lines that have been extracted already."""
    headings = Headings(template)
    title, all_passages, untitled = _as_passages(source, template, headings)
    repeats = {repeat.passage: repeat for repeat in repeats_in(all_passages)}
    kept = [number for number in range(len(all_passages)) if number not in repeats]
    passages = [all_passages[number] for number in kept]
    deadline.check()
    texts = [template.lexicon.read(passage.text) for passage in passages]
    sentences = [_sentences(passage, template) for passage in passages]
    placed = place(passages, texts, template, headings, untitled)
    language = language_of(" ".join(passage.text for passage in passages))
    doubts = subject.doubts_about(texts, placed, template, language=language, anyway=anyway)
    names = names_of_places([*texts, template.lexicon.read(title)], template.words)
    judged = judge(passages, texts, sentences, names, template.words)

    deadline.check()
    told = _told(passages, sentences, placed, judged, template)
    study = Study(template, passages, told, title, headings)
    facts = find_facts(study)
    numbers = {original: number for number, original in enumerate(kept)}
    return Reading(
        profile=template.country,
        template=template.kind,
        version=template.version,
        title=title,
        language=language,
        passages=_passages(passages, placed, judged),
        facts=facts,
        missing=missing_in(study, facts),
        folded=tuple(
            Folded(
                text=all_passages[number].text,
                heading=all_passages[number].heading or None,
                repeats=numbers[repeat.of],
                similarity=repeat.similarity,
                page=all_passages[number].page,
            )
            for number, repeat in sorted(repeats.items())
            if repeat.of in numbers
        ),
        notes=(*_codes_of(source), *doubts),
    )


def _sentences(passage: RawPassage, template: Template) -> Sentences:
    return [
        (sentence, template.lexicon.read(sentence.text))
        for sentence in sentences_of(passage, template.words.abbreviations)
    ]


def title_of(blocks: list[Block], headings: Headings, template: Template) -> tuple[str, range]:
    """The document's title and the blocks it is, none when the text begins without one."""
    for number, block in enumerate(blocks[:_TITLE_WITHIN]):
        if len(block.text) > _LONGEST_TITLE:
            break
        text = template.lexicon.read(block.text)
        speaks = text.has(template.words["renewal.agreement"]) or block.level == 1
        sentence = block.text.endswith((".", ":")) or block.shape is Shape.ITEM
        if speaks and not sentence and headings.strength(block.text) < _TITLE_AT_MOST:
            return _whole_title(blocks, number, template)
    return "", range(0)


def _whole_title(blocks: list[Block], first: int, template: Template) -> tuple[str, range]:
    """A title may go on for a few lines: `Samarbejdsaftale / mellem / X Kommune og Y Politi`."""
    title, last = blocks[first].text, first
    small = template.words.small
    while last + 1 < min(len(blocks), first + _TITLE_LINES):
        following = blocks[last + 1].text
        words = template.lexicon.read(title).words
        unfinished = bool(words) and bool(words[-1].atoms.intersection(small))
        goes_on = len(following) <= _LONGEST_TITLE and not following.endswith(".")
        if not goes_on or not (unfinished or following[:1].islower()):
            break
        title, last = f"{title} {following}", last + 1
    return title, range(first, last + 1)


def _told(
    passages: Sequence[RawPassage],
    sentences: Sequence[Sentences],
    placed: Sequence[Placed],
    judged: Sequence[Judged],
    template: Template,
) -> list[Told]:
    return [
        Told(
            text=text,
            mended=wholly_mended(text.text),
            passage=number,
            part=sentence.part,
            item=sentence.item,
            clause=placed[number].clause,
            heading=passages[number].heading,
            origin=judged[number].origin,
            guidance=judged[number].guidance or is_guidance(text, template.words),
        )
        for number, own in enumerate(sentences)
        for sentence, text in own
    ]


def _passages(
    passages: Sequence[RawPassage], placed: Sequence[Placed], judged: Sequence[Judged]
) -> tuple[Passage, ...]:
    return tuple(
        Passage(
            number=number,
            clause=one.clause,
            heading=passage.heading if one.heading_fits else None,
            origin=judged[number].origin,
            text=passage.text,
            confidence=one.confidence,
            page=passage.page,
            guidance=judged[number].guidance,
            likely=one.likely,
            under=passage.heading,
        )
        for number, (passage, one) in enumerate(zip(passages, placed, strict=True))
    )


def _codes_of(source: Source) -> Iterator[tuple[Note, dict[str, str | int]]]:
    return ((code, dict(parameters)) for code, parameters in source.notes)
