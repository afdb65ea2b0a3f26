"""Learns what speaks for each clause: `python -m tests.reading.learning`.

Only from the labelled agreements written to develop on; never from what is held out. With
`--left-out` it writes nothing and says how right the reader would be on documents it has not
learned from: six times it learns from five sixths of them and reads the rest. With `--by-lot` it
leaves out one lot of agreements at a time, all of them written by other people than the rest.
"""

from __future__ import annotations

import hashlib
import json
import random
import sys
import tomllib
import zlib
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial
from itertools import cycle
from typing import Any

import numpy as np

from samrad.profiles.reader import profile_codes
from samrad.reading import mending
from samrad.reading.blocks import blocks_of
from samrad.reading.concepts import FILE as CONCEPTS
from samrad.reading.evidence import LINKS, STAYS, Looking
from samrad.reading.extraction import extract
from samrad.reading.features import BUCKETS
from samrad.reading.furniture import without_furniture
from samrad.reading.headings import Headings
from samrad.reading.learned import BUCKETS_FILE, NAMED, NONE
from samrad.reading.limits import Deadline
from samrad.reading.passages import passages_of
from samrad.reading.reader import title_of
from samrad.reading.repeats import repeats_in
from samrad.reading.templates import GENERAL, Template, agreement_kinds, agreement_template
from samrad.reading.vocabulary import DATA
from tests.reading.chains import ROUNDS, Learner, Read
from tests.reading.composed import FOLDER as WORDINGS
from tests.reading.composed import KINDS as WORDED
from tests.reading.composed import composed, headed_otherwise, led_by_its_headings
from tests.reading.labelled import NO_CLAUSE, Labelled, label_of, labelled, scanned, shingles
from tests.reading.measuring import PARTS, expected

STRENGTHS = (0, 2, 3)
"""The noise documents are learned from with: as written, and as a scanner may have read them."""

MIXED = (0, 2, 0, 1, 0, 3)
"""The noise of one agreement put together after the other."""

BLURRED, SILENT = 0.5, 0.4
"""How many of a blurred copy's features are gone, and in how many passages the template's words."""

FOLDS = 6
TEMPERATURE, OPEN = 1.15, 0.4
"""How much less sure, and how much likelier to belong to no clause, a passage of a document by
other people is than the chain says: chosen by lots left out."""

_LARGEST = 127


def labels() -> list[str]:
    """Every clause of every template, and none."""
    found = (
        clause.key
        for country in profile_codes()
        for kind in agreement_kinds(country)
        for clause in agreement_template(country, kind).clauses
    )
    return [*dict.fromkeys(found), NONE]


def as_read(document: Labelled, kind: str, strength: int) -> Read:
    """What the reader sees of a document."""
    template = agreement_template(document.country, kind)
    headings = Headings(template)
    source = extract(scanned(document.text, strength).encode(), "a.txt", Deadline())
    blocks = blocks_of(without_furniture(source.lines), headings.strength)
    at = title_of(blocks, headings, template)[1]
    every = passages_of([block for n, block in enumerate(blocks) if n not in at], headings)
    again = {repeat.passage for repeat in repeats_in(every)}
    passages = [passage for n, passage in enumerate(every) if n not in again]
    texts = [template.lexicon.read(passage.text) for passage in passages]
    parts = [(label, shingles(text)) for label, text in document.parts()]
    found = [label_of(passage.text, parts) for passage in passages]
    return Read(
        name=document.name,
        country=document.country,
        kind=kind,
        strength=strength,
        steps=list(Looking(passages, texts, template, headings, at.start).all()),
        labels=[NONE if label == NO_CLAUSE else label for label in found],
        guidance=[False] * len(passages),
    )


def of_templates() -> Iterator[Read]:
    """The templates' own wording: under its titles, without any, all under the first one."""
    for country in profile_codes():
        for kind in agreement_kinds(country):
            for titles in ("all", "none", "first"):
                lines = list(_wording(agreement_template(country, kind), titles))
                texts, marks = zip(*lines, strict=True)
                yield as_read(Labelled(f"{country}_{kind}_{titles}", texts, marks), kind, 0)


def of_wordings() -> Iterator[Read]:
    """Agreements put together from many ways of saying each clause."""
    for name in WORDED:
        for document, strength in zip(composed(name), cycle(MIXED), strict=False):
            yield as_read(document, name.partition("_")[2], strength)


def _wording(template: Template, titles: str) -> Iterator[tuple[str, str]]:
    """Each clause's title, if it is to have one, and what the template would say there."""
    for number, clause in enumerate(template.clauses):
        for language in template.words.languages:
            titled = titles == "all" or (titles == "first" and not number)
            text = clause.text.in_language(language) if clause.text else ""
            said = text or clause.guidance.in_language(language)
            body = [clause.title.in_language(language), ""] if titled else []
            yield from ((line, f"{clause.key}#{number}") for line in (*body, said, ""))


def known_words(out: frozenset[str] = frozenset()) -> list[str]:
    """The words a misread one may be mended to, the most usual first, without those documents."""
    found = Counter[str]()
    for folder, name in PARTS["developed"]:
        if name not in out:
            found.update(mending.words_in(labelled(name, folder).text))
    for file in sorted(WORDINGS.glob("*.txt")):
        found.update(mending.words_in(file.read_text(encoding="utf-8")))
    for country in profile_codes():
        for kind in agreement_kinds(country):
            for line, _ in _wording(agreement_template(country, kind), "all"):
                found.update(mending.words_in(line))
    return [word for word, _ in sorted(found.items(), key=lambda pair: (-pair[1], pair[0]))]


def mend_by(words: list[str]) -> None:
    """Read with these words known, and forget what was read with others."""
    known = mending.sorted_out(words)
    mending.known = lambda: known
    mending.forget()
    agreement_template.cache_clear()


def documents() -> list[Read]:
    """Every agreement written to develop on, as written and as scanned."""
    return [
        as_read(labelled(name, folder), _kind(folder, name), strength)
        for folder, name in PARTS["developed"]
        for strength in STRENGTHS
    ]


def without_headings() -> list[Read]:
    """The same without any heading: what is said must tell where it belongs."""
    found = []
    for folder, name in PARTS["developed"]:
        document = labelled(name, folder)
        pairs = zip(document.lines, document.labels, strict=True)
        kept = [(line, label) for line, label in pairs if not label.startswith("-")]
        lines, marks = zip(*kept, strict=True)
        found.append(as_read(Labelled(name, lines, marks), _kind(folder, name), 0))
    return found


def under_other_headings() -> list[Read]:
    """The same under headings that others would give those clauses."""
    found = []
    for folder, name in PARTS["developed"]:
        document, kind = labelled(name, folder), _kind(folder, name)
        if f"{document.country}_{kind}" in WORDED:
            found.append(as_read(headed_otherwise(document, kind), kind, 1))
    return found


def with_headings_run_in() -> list[Read]:
    """The same with every heading run into the text it stood over."""
    return [
        as_read(led_by_its_headings(labelled(name, folder)), _kind(folder, name), strength)
        for (folder, name), strength in zip(PARTS["developed"], cycle(MIXED), strict=False)
    ]


def alongside() -> list[Read]:
    """What is learned from beside the documents as they are."""
    return [
        *without_headings(),
        *under_other_headings(),
        *with_headings_run_in(),
        *of_wordings(),
        *of_templates(),
    ]


def blurred(read: Read) -> Read:
    """A document with half of its features, and here and there without the template's words.

    Nobody knows the words the next writer will choose; so no few words are relied on too much.
    """
    chance = random.Random(f"{read.name}{read.strength}")
    steps = [
        replace(
            step,
            buckets={b: v for b, v in step.buckets.items() if chance.random() >= BLURRED},
            speaks=silenced(step.speaks) if chance.random() < SILENT else step.speaks,
        )
        for step in read.steps
    ]
    return replace(read, steps=steps)


def silenced(speaks: Mapping[str, tuple[float, ...]]) -> dict[str, tuple[float, ...]]:
    """Nothing said for any clause."""
    return {clause: (0.0,) * len(said) for clause, said in speaks.items()}


def taught(reads: Sequence[Read]) -> list[Read]:
    """What is learned from: each document as it is, and blurred."""
    return [*reads, *map(blurred, reads)]


def _kind(folder: Any, name: str) -> str:
    return str(expected(folder).get(name, {}).get("kind", GENERAL))


def fitted(reads: Sequence[Read], rounds: int = ROUNDS) -> tuple[dict[str, Any], bytes]:
    """What is kept of learning: the weights with a name, and those of the buckets."""
    names = labels()
    learner = Learner(taught(reads), names)
    parts = learner.learn(rounds)
    wide = np.zeros((BUCKETS, len(names)))
    wide[learner.kept] = parts["features"] @ learner.mix
    step = float(np.abs(wide).max()) / _LARGEST
    table = np.round(wide / step).astype(np.int8).tobytes()
    return _named(parts, names, step), table


def _named(parts: Mapping[str, Any], names: Sequence[str], step: float) -> dict[str, Any]:
    def rounded(values: Any) -> list[float]:
        return [round(float(value), 3) for value in values]

    return {
        "from": digest(),
        "labels": names,
        "speaks": rounded(parts["named"][:-1]),
        "apart": rounded(parts["named"][-1:])[0],
        "moves": {link: rounded(row) for link, row in zip(LINKS, parts["moves"], strict=True)},
        "pairs": {
            group: _pairs(table, names)
            for group, table in zip(("within", "between"), parts["pairs"], strict=True)
        },
        "stays": rounded(parts["stays"]),
        "step": step,
        "temperature": TEMPERATURE,
        "open": OPEN,
    }


def _pairs(table: Any, names: Sequence[str]) -> dict[str, dict[str, float]]:
    return {
        one: {
            other: round(float(worth), 3)
            for other, worth in zip(names, row, strict=True)
            if abs(worth) > 0.001
        }
        for one, row in zip(names, table, strict=True)
    }


def digest() -> str:
    """What was learned from: the labelled texts, the clauses, how many buckets."""
    found = hashlib.sha256(f"{BUCKETS} {STAYS} {labels()}".encode())
    found.update((DATA / CONCEPTS).read_bytes())
    for file in sorted(WORDINGS.glob("*.txt")):
        found.update(file.read_bytes())
    for folder, name in sorted(PARTS["developed"], key=lambda pair: pair[1]):
        found.update(f"{name} {_kind(folder, name)}".encode())
        found.update((folder / f"{name}.txt").read_text(encoding="utf-8").encode())
    return found.hexdigest()


def by_chance(names: set[str]) -> list[set[str]]:
    """The documents in equal parts."""
    shuffled = sorted(names)
    random.Random(7).shuffle(shuffled)
    return [set(shuffled[fold::FOLDS]) for fold in range(FOLDS)]


def by_lot() -> list[set[str]]:
    """The documents by the lot they were written in: by other people, at another time."""
    lots: dict[str, set[str]] = {}
    for folder in dict.fromkeys(folder for folder, _ in PARTS["developed"]):
        for file in sorted(folder.glob("expected*.toml")):
            number = file.stem[-1] if file.stem[-1].isdigit() else "1"
            named = tomllib.loads(file.read_text(encoding="utf-8"))
            lots.setdefault(number, set()).update(named)
    return [lots[number] for number in sorted(lots)]


@dataclass(frozen=True)
class Outcome:
    """A passage left out in its turn: its label, the likeliest clause, how likely that and none."""

    read: Read
    label: str
    best: str
    likely: float
    none: float
    left_out: int

    def clause(self, worth: float) -> str:
        """The clause it is placed in, where a mistake is worth so much."""
        sure = self.likely - self.none >= worth * (1 - self.likely)
        return self.best if sure else NONE


def left_out() -> Iterator[str]:
    """How right the reader is on documents it did not learn from."""
    from samrad.reading import learned, sequence

    found: list[Outcome] = []
    names = {name for _, name in PARTS["developed"]}
    parts = by_lot() if "--by-lot" in sys.argv else by_chance(names)
    for number, out in enumerate(parts, start=1):
        mend_by(known_words(frozenset(out)))
        reads = documents()
        named, table = fitted([read for read in (*reads, *alongside()) if read.name not in out])
        named.pop("from")
        sequence.learned = partial(learned.Weights, **named, table=table)
        learned.forget()
        for read in (read for read in reads if read.name in out):
            found += _outcomes(read, number)
        yield f"{number} of {len(parts)}"
    for title, some in _groups(found):
        yield f"{title:28} {_told(some)}"


def _outcomes(read: Read, number: int) -> Iterator[Outcome]:
    from samrad.reading.sequence import likelihoods

    clauses = tuple(read.steps[0].speaks)
    for likely, label in zip(likelihoods(read.steps, clauses), read.labels, strict=True):
        best = max(clauses, key=lambda clause: likely[clause])
        if label is not None:
            yield Outcome(read, label, best, likely[best], likely[NONE], number)


def _groups(found: Sequence[Outcome]) -> Iterator[tuple[str, Sequence[Outcome]]]:
    yield "all", found
    for of in (
        lambda one: f"{one.read.country} {one.read.kind}",
        lambda one: f"noise {one.read.strength}",
        lambda one: f"{one.left_out} left out, {one.read.country}",
    ):
        for title in sorted({of(one) for one in found}):
            yield title, [one for one in found if of(one) == title]


def _told(found: Sequence[Outcome]) -> str:
    """How many are right and wrong, the more the less likelihood is asked of a clause."""
    said = []
    for worth in (0.2, 0.4, 0.6, 0.8, 1.0):
        right = sum(one.clause(worth) == one.label for one in found)
        wrong = sum(one.clause(worth) not in (one.label, NONE) for one in found)
        said.append(f"{worth}: {100 * right / len(found):.1f}/{100 * wrong / len(found):.1f}")
    return f"{'  '.join(said)}  of {len(found)}"


def main() -> None:
    """Write the three files, or say how right the reader is on what is left out."""
    if "--left-out" in sys.argv:
        for line in left_out():
            print(line, flush=True)
        return
    words = known_words()
    (DATA / mending.WORDS_FILE).write_bytes(mending.packed(words))
    mend_by(words)
    named, table = fitted([*documents(), *alongside()])
    (DATA / NAMED).write_text(json.dumps(named, indent=1) + "\n", encoding="utf-8")
    (DATA / BUCKETS_FILE).write_bytes(zlib.compress(table, 9))


if __name__ == "__main__":
    main()
