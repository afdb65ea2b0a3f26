"""Reading a document: from the bytes of a file to what stands in it. Start at `read_document`."""

from collections.abc import Sequence

from samrad.reading.blocks import blocks_of
from samrad.reading.classify import Placed, place
from samrad.reading.completeness import missing_in
from samrad.reading.extraction import extract
from samrad.reading.facts import find_facts
from samrad.reading.facts.places import names_of_places
from samrad.reading.furniture import without_furniture
from samrad.reading.headings import Headings
from samrad.reading.language import language_of
from samrad.reading.lexicon import Text
from samrad.reading.lines import Source
from samrad.reading.model import Folded, Passage, Reading
from samrad.reading.origin import Judged, is_guidance, judge
from samrad.reading.passages import RawPassage, Sentence, passages_of, sentences_of
from samrad.reading.repeats import repeats_in
from samrad.reading.study import Study, Told
from samrad.reading.templates import Template, agreement_template
from samrad.reading.unreadable import Note, Trouble, Unreadable

_FEWEST_CLAUSES = 2
_FEWEST_SHARE = 0.25

Sentences = list[tuple[Sentence, Text]]


def read_document(data: bytes, filename: str, profile: str = "no") -> Reading:
    """Read an agreement by a country's template; raises `Unreadable` with what to do instead."""
    return read_by_template(extract(data, filename), agreement_template(profile))


def read_by_template(source: Source, template: Template) -> Reading:
    """Read lines that have been extracted already."""
    headings = Headings(template)
    blocks = blocks_of(without_furniture(source.lines), headings.strength)
    all_passages = passages_of(blocks, headings)
    repeats = {repeat.passage: repeat for repeat in repeats_in(all_passages)}
    kept = [number for number in range(len(all_passages)) if number not in repeats]
    passages = [all_passages[number] for number in kept]
    title, passages, kept = _without_title(passages, kept, source, template)

    texts = [template.lexicon.read(passage.text) for passage in passages]
    sentences = [_sentences(passage, template) for passage in passages]
    placed = place(passages, texts, template, headings)
    _refuse_what_is_no_agreement(placed)
    names = names_of_places([*texts, template.lexicon.read(title)], template.words)
    judged = judge(passages, texts, sentences, names, template.words)

    told = _told(passages, sentences, placed, judged, template)
    study = Study(template, passages, told, title)
    facts = find_facts(study)
    numbers = {original: number for number, original in enumerate(kept)}
    return Reading(
        profile=template.country,
        template=template.kind,
        version=template.version,
        title=title,
        language=language_of(" ".join(passage.text for passage in passages)),
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
        notes=_notes(source, passages, template),
    )


def _sentences(passage: RawPassage, template: Template) -> Sentences:
    return [
        (sentence, template.lexicon.read(sentence.text))
        for sentence in sentences_of(passage, template.words.abbreviations)
    ]


def _without_title(
    passages: list[RawPassage], kept: list[int], source: Source, template: Template
) -> tuple[str, list[RawPassage], list[int]]:
    """The document's title, and the passages without it when it was taken for one."""
    if source.title:
        return source.title, passages, kept
    words = template.words
    for number, passage in enumerate(passages[:3]):
        text = template.lexicon.read(passage.text)
        is_title = (
            text.has(words["renewal.agreement"])
            and len(passage.text) <= 160  # noqa: PLR2004
            and not passage.text.endswith((".", ":"))
            and not passage.heading
        )
        if is_title:
            rest = [at for at in range(len(passages)) if at != number]
            return (
                " ".join(passage.text.split()),
                [passages[at] for at in rest],
                [kept[at] for at in rest],
            )
    return "", passages, kept


def _refuse_what_is_no_agreement(placed: Sequence[Placed]) -> None:
    """A document of which hardly anything fits the template is about something else."""
    found = {one.clause for one in placed if one.clause}
    share = sum(one.clause is not None for one in placed) / max(1, len(placed))
    if len(found) < _FEWEST_CLAUSES or share < _FEWEST_SHARE:
        raise Unreadable(Trouble.NOT_AN_AGREEMENT, passages=len(placed))


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
        )
        for number, (passage, one) in enumerate(zip(passages, placed, strict=True))
    )


def _notes(
    source: Source, passages: Sequence[RawPassage], template: Template
) -> tuple[tuple[Note, dict[str, str | int]], ...]:
    notes = [(code, dict(parameters)) for code, parameters in source.notes]
    language = language_of(" ".join(passage.text for passage in passages))
    if language and language not in template.words.languages:
        notes.append((Note.OTHER_LANGUAGE, {"language": language}))
    return tuple(notes)
