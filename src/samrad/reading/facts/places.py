"""Which municipality and which police the agreement is between."""

import re
from collections import Counter
from collections.abc import Iterator

from samrad.reading.gazetteer import official_name
from samrad.reading.lexicon import Text, Word
from samrad.reading.model import Fact
from samrad.reading.ocr import skeleton
from samrad.reading.study import Study, written
from samrad.reading.vocabulary import Vocabulary

_CAPITAL = re.compile(r"^[A-ZÆØÅÄÖÉ@]")
_MOST_NAME_WORDS = 3
_LINKS = ("og", "och", "&")
_MOST_MUNICIPALITIES = 100


def places(study: Study) -> Iterator[Fact]:
    """The municipality or municipalities, and the police unit and district."""
    municipalities: dict[str, Fact] = {}
    units: dict[str, Fact] = {}
    counted: Counter[str] = Counter()
    for text, passage in _texts(study):
        for as_written in municipality_names(text, study.words):
            name = official_name(study.template.country, as_written) or as_written
            counted[name] += 1
            municipalities.setdefault(
                name,
                Fact(
                    "municipality",
                    {"name": name, "as_written": as_written},
                    passage,
                    text.text,
                    0.95 if official_name(study.template.country, as_written) else 0.7,
                ),
            )
        for unit, district in police_units(text, study.words):
            key = "police_district" if district else "police_unit"
            units.setdefault(skeleton(unit), Fact(key, {"name": unit}, passage, text.text, 0.85))
    known = [name for name, _ in counted.most_common(_MOST_MUNICIPALITIES)]
    sure = [name for name in known if municipalities[name].confidence > 0.9]  # noqa: PLR2004
    yield from (municipalities[name] for name in sure or known)
    yield from units.values()


def _texts(study: Study) -> Iterator[tuple[Text, int]]:
    """The title first, it names the parties; then every sentence."""
    if study.title:
        yield study.template.lexicon.read(study.title), 0
    yield from ((told.text, told.passage) for told in study.told)


def names_of_places(texts: list[Text], words: Vocabulary) -> frozenset[str]:
    """Every word that is part of a local name, as written: what only local text says."""
    found: set[str] = set()
    for text in texts:
        for name in municipality_names(text, words):
            found.update(re.findall(r"\w+", name))
        for unit, district in police_units(text, words):
            if not district:
                found.add(re.findall(r"\w+", unit)[-1 if words.municipality_first else 0])
    return frozenset(word for word in found if _CAPITAL.match(word))


def municipality_names(text: Text, words: Vocabulary) -> Iterator[str]:
    """The names that stand beside the word for a municipality."""
    for hit in text.having(words["places.municipality"]):
        before = _name_before(text, hit.first, words)
        if before:
            yield before
        elif words.municipality_first:
            after = _name_after(text, hit.last, words)
            if after:
                yield after


def police_units(text: Text, words: Vocabulary) -> Iterator[tuple[str, bool]]:
    """Police units named in a text, and whether each is a district."""
    districts = {hit.first for hit in text.having(words["places.district"])}
    for hit in text.having(words["places.unit_after"]):
        name = _name_before(text, hit.first, words)
        if name:
            yield f"{name} {written(text, hit.first, hit.last)}", hit.first in districts
    for hit in text.having(words["places.unit_before"]):
        name = _name_after(text, hit.last, words)
        if name:
            yield f"{written(text, hit.first, hit.last)} {name}", hit.first in districts


def _name_before(text: Text, place: int, words: Vocabulary) -> str | None:
    """The capitalised words right before a word, such as `Midt-Telemark` or `Nord-Aurdal`."""
    first = place
    while first > 0 and place - first < _MOST_NAME_WORDS:
        word = text.words[first - 1].text
        between = text.text[text.words[first - 1].end : text.words[first].start]
        if (
            not _CAPITAL.match(word)
            or between.strip(" -–'’")
            or _not_a_name(text.words[first - 1], words)
        ):
            break
        first -= 1
    if first == place:
        return None
    first = _with_first_half(text, first)
    name = written(text, first, place - 1)
    return name if len(name) > 1 else None


def _with_first_half(text: Text, first: int) -> int:
    """`Midt- og Vestjyllands Politi` is one name: a half that ends in a hyphen belongs to it."""
    if first < 2:  # noqa: PLR2004
        return first
    half, link = text.words[first - 2], text.words[first - 1]
    hyphen = text.text[half.end : half.end + 1] == "-"
    linked = link.text.lower() in _LINKS or text.text[link.start] == "&"
    return first - 2 if hyphen and linked and _CAPITAL.match(half.text) else first


def _name_after(text: Text, place: int, words: Vocabulary) -> str | None:
    last = place
    while last + 1 < len(text.words) and last - place < _MOST_NAME_WORDS:
        word = text.words[last + 1].text
        between = text.text[text.words[last].end : text.words[last + 1].start]
        if (
            not _CAPITAL.match(word)
            or between.strip(" -–")
            or _not_a_name(text.words[last + 1], words)
        ):
            break
        last += 1
    return written(text, place + 1, last) if last > place else None


def _not_a_name(word: Word, words: Vocabulary) -> bool:
    """Words that begin sentences, and titles such as `Politistasjonssjef`, are no names."""
    of_sides = {*words["sides.municipality"], *words["sides.police"]}
    return word.text.lower() in words["places.not_names"] or bool(word.atoms & of_sides)
