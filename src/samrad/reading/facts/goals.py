"""Focus areas with their expected results."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from samrad.reading.facts.counted import (
    chosen,
    counted,
    counted_by_signs,
    says_only_result,
    sentences_in,
)
from samrad.reading.facts.names import Area, asks, label_of_area, named_among
from samrad.reading.facts.promises import promises
from samrad.reading.facts.tables import table_in
from samrad.reading.facts.targets import is_unknown, target_in
from samrad.reading.lexicon import Text
from samrad.reading.marks import is_list_line
from samrad.reading.model import Fact
from samrad.reading.passages import RawPassage
from samrad.reading.study import Study, Told

_CLAUSE = "focus_areas"
_LONGEST_AREA = 320
_SHORTEST_AREA = 4
_NUMBERED_INLINE = re.compile(r"(?:^|[,;\s])\(?\d{1,2}[.)]\s+")
_COMMAS = re.compile(r"\s*,\s*(?:og |samt |och )?|\s*;\s*|\s+(?:og|samt|och)\s+")
_AFTER_COLON = re.compile(r":\s*(\S.{10,400})$")
_OF_RESULTS = re.compile(
    r"resultat|effekt|\bmål\b|ambi[st]|ændring|endring|\b(?:opnå|oppnå|uppnå)\b|vil vi nå",
    re.IGNORECASE,
)
_OF_AREAS = re.compile(
    r"område|indsats|innsats|insats|satsing|satsning|problem|tema|emne|fokus|hva|hvad|vad|kva",
    re.IGNORECASE,
)
_AIM = "Mål"
_NUMBERED_AREA = re.compile(
    r"^\W*(?:\w*(?:indsats|innsats|insats|satsing|satsning|område)|problem|spor|tema|mål|"
    r"utfordring|udfordring|utmaning)\s+\d{1,2}\b\W*",
    re.IGNORECASE,
)
_ONLY_AIM = re.compile(
    r"^(?:mål|forvent\w+ resultat\w*|venta resultat|resultat\w*|effektmål|ambi[st]\w+|"
    r"hvornår er vi tilfredse\W*)$",
    re.IGNORECASE,
)
_OF_MEASURES = re.compile(
    r"^\W*(?:\w+\s+){0,1}?(?:tiltak|tiltaka|tiltakene|tiltag|tiltagene|åtgärd|åtgärder|åtgärderna|"
    r"åtgärdsplan\w*|handlings?plan\w*|handleplan\w*|aktivitetsplan\w*)\b|"
    r"^\W*(?:ikke|ikkje|ej|inte)\s\w+\W*$",
    re.IGNORECASE,
)
"""What is done about the areas is no area."""

_MOST_AREAS = 80
_SEVERAL = 2
_STEM = 5
_PLACES = tuple(
    re.compile(rf"\b(?:{words})\b", re.IGNORECASE)
    for words in (
        "første|fyrste|første|först|första",
        "andet|andre|annet|andra",
        "tredje|sidste|siste|sista",
    )
)
_ENOUGH = 24
"""Letters of a piece that tell where it stands."""

_VERB_WITHIN = 4


def focus_areas(study: Study) -> Iterator[Fact]:
    """The goals and focus areas, each as written, with its expected result where it has one."""
    numbers = [
        number
        for number in range(len(study.raw))
        if (told := study.passage(number)) and told[0].clause == _CLAUSE and not told[0].guidance
    ]
    areas = _in_a_table(study, numbers) or _under_headings(study, numbers)
    areas = areas or _counted_up(study, numbers) or _by_labels(study, numbers)
    areas = areas or named_among(_with_what_follows(study, numbers))
    if len(areas) <= _SEVERAL and not any(area.listed for area in areas):
        areas = _chosen_in_prose(study, numbers) or areas
    listed = [place for place, area in enumerate(areas) if area.listed]
    if len(listed) >= _SEVERAL:  # what stands around them only leads on
        areas = _areas_among(areas[listed[0] :])
    areas = _with_what_is_said_later(study, numbers, areas)
    of_measures = [area for area in areas if _OF_MEASURES.match(area.text)]
    if len(areas) - len(of_measures) >= _SEVERAL:
        areas = [area for area in areas if area not in of_measures]
    for area in areas[:_MOST_AREAS]:
        yield Fact(
            _CLAUSE,
            {
                "text": area.text.strip(" .;"),
                "origin": str(area.told.origin),
                "expected_result": _result_of(study, area),
            },
            area.told.passage,
            area.told.words,
            0.85,
        )


def _with_what_follows(study: Study, numbers: Sequence[int]) -> list[Area]:
    """Each passage's areas; where paragraphs stand between the items, each is said of the last."""
    found: list[Area] = []
    marked = [number for number in numbers if study.raw[number].marker]
    between = [number for number in numbers if number - 1 in marked and number not in marked]
    told_of = between if len(between) >= _SEVERAL and len(between) + 1 >= len(marked) else []
    for number in numbers:
        told_by = _label_above(study, number)
        if told_by and found:
            found[-1] = replace(found[-1], said=f"{found[-1].said}\n{told_by}")
        elif number in told_of and found:
            found[-1] = replace(found[-1], said=f"{found[-1].said}\n{study.raw[number].text}")
        else:
            found += _areas_in(study, number)
    return found


def _label_above(study: Study, number: int) -> str:
    """What a passage says of the area before it: `Mål: …` or `Åtgärder: …` on a line of its own."""
    raw = study.raw[number]
    if raw.marker or not (_ONLY_AIM.match(raw.heading) or _OF_MEASURES.match(raw.heading)):
        return ""
    return f"{raw.heading}: {raw.text}"


def _by_labels(study: Study, numbers: Sequence[int]) -> list[Area]:
    """Areas that their paragraphs begin with: `Narkotika i centrum: minst 20 kontroller …`."""
    found: list[Area] = []
    for number in numbers:
        raw = study.raw[number]
        name = label_of_area(raw.text) if not raw.marker else ""
        if name:
            found.append(Area(study.passage(number)[0], name, raw.text, listed=True))
    enough = len(found) >= _SEVERAL and 2 * len(found) >= len(numbers)
    return found if enough else []


def _areas_among(areas: list[Area]) -> list[Area]:
    """Without a sentence or two that only lead on to the listed ones, or tell more of them."""
    listed = [area for area in areas if not (area.listed and area.text.endswith(":"))]
    prose = [a for a in listed if not a.listed and a.told.words.rstrip().endswith(".")]
    return [a for a in listed if a not in prose] if len(prose) <= _SEVERAL else listed


def _with_what_is_said_later(study: Study, numbers: Sequence[int], areas: list[Area]) -> list[Area]:
    """A sentence with a figure after areas that were counted up is said of the one it names."""
    if not areas or any(area.said != area.text for area in areas):
        return areas
    found = list(areas)
    for number in numbers:
        for told in study.passage(number):
            figure = target_in(told.words)
            if not figure or told.item or any(area.text in told.words for area in areas):
                continue
            if _OF_MEASURES.match(told.heading):
                continue
            shared = [len(_stems(told.words) & _stems(area.text)) for area in found]
            place = shared.index(max(shared)) if max(shared) else _place_named(told.mended)
            if place is not None and place < len(found):
                one = found[place]
                found[place] = replace(one, said=f"{one.said}\n{figure}")
    return found


def _stems(text: str) -> set[str]:
    return {word[:_STEM] for word in re.findall(r"\w+", text.lower()) if len(word) >= _STEM}


def _place_named(text: str) -> int | None:
    """Which area `the first` or `the last` is."""
    return next((place for place, sign in enumerate(_PLACES) if sign.search(text)), None)


def _in_a_table(study: Study, numbers: Sequence[int]) -> list[Area]:
    """Areas that are rows of a table; under the column of results stands what is expected."""
    table = table_in((study.raw[number].text for number in numbers), _OF_RESULTS)
    if not table:
        return []
    at, named = table.column(_OF_RESULTS), table.column(_OF_AREAS)
    if named is None or named == at:
        named = table.first_words()
    return [
        Area(_told_where(study, numbers, row[named]), row[named], said, listed=True)
        for row in table.rows
        if row[named] and (said := _said_in(row, named, at))
    ]


def _said_in(row: Sequence[str], named: int, at: int | None) -> str:
    if at is not None and not is_unknown(row[at]):
        return f"{row[named]}\n{_AIM}: {row[at]}"
    if at is not None:
        return row[named]
    return "\n".join(row[named:])


def _told_where(study: Study, numbers: Sequence[int], words: str) -> Told:
    """The sentence some words stand in."""
    every = [told for number in numbers for told in study.passage(number)]
    return next((told for told in every if words in told.words), every[0])


def _under_headings(study: Study, numbers: Sequence[int]) -> list[Area]:
    """Areas that are headings of their own: several, numbered or announcing no clause."""
    headings = [study.raw[number].heading for number in numbers]
    numbered = {heading for heading in headings if _NUMBERED_AREA.match(heading)}
    if len(numbered) < _SEVERAL:
        numbered = set()
    found: dict[str, Area] = {}
    aims: list[tuple[int, str]] = []
    for number, heading in zip(numbers, headings, strict=True):
        text = study.raw[number].text
        if _ONLY_AIM.match(heading):
            aims.append((len(found), f"{_AIM}: {text}"))
        elif heading in numbered or (not numbered and _names_an_area(study, heading)):
            if heading in found:
                found[heading] = replace(found[heading], said=f"{found[heading].said}\n{text}")
                continue
            named = _NUMBERED_AREA.sub("", heading).strip(" .:–-") or text
            found[heading] = Area(study.passage(number)[0], named, text, listed=True)
    areas = list(found.values()) if len(found) >= _SEVERAL else []
    follows = bool(aims) and aims[0][0] > 0
    for before, aim in aims:
        place = before - 1 if follows else before
        if place < len(areas):
            areas[place] = replace(areas[place], said=f"{areas[place].said}\n{aim}")
    return areas


def _names_an_area(study: Study, heading: str) -> bool:
    """Whether a heading of the document's own may be an area; a question is none."""
    return study.is_own_heading(heading) and not asks(heading)


def _counted_up(study: Study, numbers: Sequence[int]) -> list[Area]:
    """Areas with signs that count them up, through all the passages of the clause."""
    whole = "\n".join(_as_written(study.raw[number]) for number in numbers)
    return [
        area for piece in counted_by_signs(whole) if (area := _where_said(study, numbers, piece))
    ]


def _as_written(raw: RawPassage) -> str:
    return "\n".join(f"{part.marker} {part.text}".strip() for part in raw.parts)


def _where_said(study: Study, numbers: Sequence[int], piece: str) -> Area | None:
    """The sentence a piece begins in."""
    first = sentences_in(piece)[0].strip()
    beginning = first[:_ENOUGH]
    for number in numbers:
        for told in study.passage(number):
            if beginning in told.words:
                return Area(told, first, piece, listed=True)
    return None


def _areas_in(study: Study, number: int) -> Iterator[Area]:
    """Items of a list; else what a sentence counts up; else the paragraph itself."""
    sentences = study.passage(number)
    items = [told for told in sentences if told.item]
    if items and len(items) < len(sentences):
        yield from _items(study, items)
        return
    first = sentences[0]
    pieces = [] if items else counted(study.raw[number].text)
    if pieces:
        for piece in pieces:
            yield _where_said(study, [number], piece) or Area(first, piece, piece, listed=True)
        return
    if promises(study, first.text) or _states_result(study, first.text):
        return
    after_colon = _AFTER_COLON.search(first.words)
    if after_colon and first.text.has(study.words["focus.signs"]):
        yield from (Area(first, text, text, listed=True) for text in _counted(after_colon[1]))
    elif items:
        yield from _items(study, items)
    elif _is_an_area(study, sentences):
        yield Area(
            first, first.words, study.raw[number].text, listed=bool(study.raw[number].marker)
        )


def _chosen_in_prose(study: Study, numbers: Sequence[int]) -> list[Area]:
    """Areas that one sentence names in a row: `we choose a, b and c`."""
    for number in numbers:
        for told in study.passage(number):
            pieces = chosen(told.words)
            if pieces:
                return [Area(told, piece, piece, listed=True) for piece in pieces]
    return []


def _items(study: Study, items: Sequence[Told]) -> Iterator[Area]:
    """Each item by its first sentence; one that only says the result belongs to the one before."""
    held: Area | None = None
    for told in items:
        same_item = held is not None and told.part == held.told.part
        says_result = _states_result(study, told.text) or says_only_result(told.mended)
        if held and (same_item or says_result):
            held = replace(held, said=f"{held.said}\n{told.words}")
        elif not says_result and not promises(study, told.text):
            if held:
                yield held
            held = Area(told, told.words, told.words, listed=True)
    if held:
        yield held


def _is_an_area(study: Study, sentences: list[Told]) -> bool:
    """A paragraph that names an area begins with it; one that introduces the list talks of it."""
    first = sentences[0]
    if len(first.words) > _LONGEST_AREA or first.words.endswith(":"):
        return False
    if any(hit.first <= _VERB_WITHIN for hit in first.text.having(study.words["focus.prose"])):
        return False
    return not first.text.has(study.words["focus.intro"]) or is_list_line(first.words)


def _counted(text: str) -> list[str]:
    pieces = _NUMBERED_INLINE.split(text)
    if len(pieces) < 3:  # noqa: PLR2004 - not numbered
        pieces = _COMMAS.split(text)
    areas = [piece.strip(" .;,") for piece in pieces]
    return [area for area in areas if len(area) >= _SHORTEST_AREA]


def _states_result(study: Study, text: Text) -> bool:
    """Whether a sentence is nothing but an expected result: it begins with saying so."""
    return any(hit.first == 0 for hit in text.having(study.words["focus.result_says"]))


def _result_of(study: Study, area: Area) -> str | None:
    """What shall have come of an area: of one among several in a sentence, only its own part."""
    if area.listed and (area.text != area.told.words or area.said != area.text):
        terms = (*study.words["focus.result"], *study.words["focus.result_says"])
        for sentence in sentences_in(area.said):
            if study.template.lexicon.read(sentence).has(terms) and not is_unknown(sentence):
                return sentence
        return target_in(area.said, area.text)
    found = _result(study, area.told)
    return found if found and not is_unknown(found) else target_in(area.said, area.text)


def _result(study: Study, told: Told) -> str | None:
    """The expected result of an area: in its own words, its sub-items or the sentence after it."""
    terms = (*study.words["focus.result"], *study.words["focus.result_says"])
    if told.text.has(terms):
        return told.words
    sentences = study.passage(told.passage)
    at = sentences.index(told)
    depth = _depth(study, told)
    for other in sentences[at + 1 :]:
        same_kind = other.item and _depth(study, other) <= depth
        if same_kind and told.item and not _states_result(study, other.text):
            break
        if other.text.has(terms):
            return other.words
    if told.item and at + 1 < len(sentences):
        return None
    after = study.passage(told.passage + 1)
    if after and after[0].clause == _CLAUSE and _states_result(study, after[0].text):
        return after[0].words
    return None


def _depth(study: Study, told: Told) -> int:
    return study.raw[told.passage].parts[told.part].depth
