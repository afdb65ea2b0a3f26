"""Agreements written for these tests, with the clause of every part, and noise as scanners make it.

In the files, `<<council>>` says that what follows belongs to the council clause, `<<-council>>`
that a heading of that clause follows, `<<title>>` that the document's title does, and `<<none>>`
that it belongs to no clause: there it is right to be unsure, or to know it for guidance.

How the same thing is labelled in every document, where a template leaves a choice:
who the parties are, said in a sentence, belongs to `purpose` unless the template has `parties`; a
bare `Indgået mellem A og B` under the title is part of the title and belongs to none. The legal
basis and why the agreement exists: `purpose`. Signatures and adoption: `duration`. Costs:
`administration`, and `organisation` where the template has no such clause. That nobody is legally
bound: `commitments`. Headers, letters, comments, attachments, other points of minutes: none.
"""

from __future__ import annotations

import random
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from samrad.reading.model import Reading
from samrad.reading.ocr import skeleton

FOLDER = Path(__file__).parent / "agreements"
DEVELOPED, HELD_OUT = FOLDER.parent / "developed", FOLDER.parent / "heldout"
NAMES = tuple(sorted(path.stem for path in FOLDER.glob("*.txt")))
NO_CLAUSE = "none"
STRENGTHS = (0, 1, 2, 3)
ENOUGH_SHARED = 0.3
"""How much of a passage must stand in a part for it to have its label."""

_TAG = re.compile(r"^<<(-?)(\w+)>>$")
_WORD = re.compile(r"\w+")


@dataclass(frozen=True)
class Labelled:
    """A document and what each part of it is."""

    name: str
    lines: tuple[str, ...]
    labels: tuple[str, ...]

    @property
    def country(self) -> str:
        """The profile it is read by."""
        return self.name[:2]

    @property
    def text(self) -> str:
        """The document without its labels."""
        return "\n".join(self.lines)

    def parts(self) -> Iterator[tuple[str, str]]:
        """Each labelled part with its text; headings and titles are left out."""
        held: list[str] = []
        label = ""
        for line, own in [*zip(self.lines, self.labels, strict=True), ("", "end")]:
            if own != label and held:
                if label and not label.startswith(("-", "title")):
                    yield label.partition("#")[0], "\n".join(held)
                held = []
            label = own
            held.append(line)


def labelled(name: str, folder: Path = FOLDER) -> Labelled:
    """One of the agreements in the folder."""
    lines, labels = [], []
    label, count = "", 0
    for line in (folder / f"{name}.txt").read_text(encoding="utf-8").splitlines():
        tag = _TAG.match(line)
        if tag:
            count += 1
            label = tag[2] if tag[2] == "title" else f"{tag[1]}{tag[2]}#{count}"
            continue
        lines.append(line)
        labels.append(label)
    return Labelled(name, tuple(lines), tuple(labels))


_MISREAD = {
    "ø": "goe", "å": "da8é", "æ": ("ae", "ee", "e"), "ö": "o0", "ä": "aå",
    "Ø": "@O", "Å": "A", "l": "1I", "i": "1l", "m": ("rn", "nn"), "e": "co", "n": "ur",
    "r": "nt", "t": "fr", "s": "5z", "u": "n", "k": "h", "a": "o",
}  # fmt: skip
_NORDIC = frozenset("øåæöäØÅ")


@dataclass(frozen=True)
class _Noise:
    """How often each thing goes wrong, at one strength."""

    nordic: float
    other: float
    space_lost: float
    space_found: float
    gap_lost: float
    gap_found: float
    hyphened: float


_NOISE = {
    1: _Noise(0.35, 0.003, 0.0, 0.0, 0.0, 0.0, 0.1),
    2: _Noise(0.8, 0.008, 0.003, 0.001, 0.1, 0.03, 0.2),
    3: _Noise(0.97, 0.02, 0.008, 0.003, 0.25, 0.08, 0.3),
}


def scanned(text: str, strength: int, seed: int = 1) -> str:
    """The text as a scanner might have read it: 0 not at all, 3 badly."""
    if not strength:
        return text
    chance, noise = random.Random(f"{seed}/{strength}/{len(text)}"), _NOISE[strength]
    lines = _hyphened(text.split("\n"), chance, noise)
    read: list[str] = []
    for line in lines:
        if not line.strip():
            if chance.random() >= noise.gap_lost:
                read.append("")
            continue
        seen = "".join(_seen(letter, chance, noise) for letter in line)
        if strength > 1 and line.startswith(("- ", "• ")):
            seen = chance.choice(["- ", "e ", ". ", "* "]) + seen[2:]
        read.append(seen)
        if chance.random() < noise.gap_found:
            read.append("")
    return "\n".join(read)


def _seen(letter: str, chance: random.Random, noise: _Noise) -> str:
    if letter == " ":
        return "" if chance.random() < noise.space_lost else " "
    rate = noise.nordic if letter in _NORDIC else noise.other
    if letter in _MISREAD and chance.random() < rate:
        return chance.choice(_MISREAD[letter])
    return f"{letter} " if chance.random() < noise.space_found else letter


def _hyphened(lines: list[str], chance: random.Random, noise: _Noise) -> list[str]:
    """Some long last words broken over the line's end."""
    broken = list(lines)
    for at in range(len(broken) - 1):
        head, _, last = broken[at].rpartition(" ")
        goes_on = broken[at + 1][:1].islower() and broken[at + 1][1:2] not in (" ", ")")
        if (
            head
            and len(last) > 8
            and last.isalpha()
            and goes_on
            and chance.random() < noise.hyphened
        ):
            broken[at] = f"{head} {last[:4]}-"
            broken[at + 1] = f"{last[4:]} {broken[at + 1]}"
    return broken


@dataclass(frozen=True)
class Score:
    """How many passages were placed right, wrong, or left to a person."""

    right: int
    wrong: int
    unsure: int
    mistakes: tuple[str, ...] = ()
    confident: tuple[tuple[float, bool], ...] = ()

    @property
    def total(self) -> int:
        """Every passage that has a label."""
        return self.right + self.wrong + self.unsure

    def __add__(self, other: Score) -> Score:
        return Score(
            self.right + other.right,
            self.wrong + other.wrong,
            self.unsure + other.unsure,
            self.mistakes + other.mistakes,
            self.confident + other.confident,
        )


def score(reading: Reading, parts: list[tuple[str, str]]) -> Score:
    """Each passage against the label of the part it shares most with."""
    told = [(label, shingles(text)) for label, text in parts]
    right = wrong = unsure = 0
    mistakes: list[str] = []
    confident: list[tuple[float, bool]] = []
    for passage in reading.passages:
        label = label_of(passage.text, told)
        if label is None:
            continue
        if label == NO_CLAUSE and (passage.clause is None or passage.guidance):
            right += 1
            if passage.clause is None:  # the clause it would be in, were it in one, is wrong
                confident.append((passage.confidence, False))
            continue
        confident.append((passage.confidence, (passage.clause or passage.likely[0]) == label))
        if passage.clause is None:
            unsure += 1
        elif passage.clause == label:
            right += 1
        else:
            wrong += 1
        if passage.clause != label:
            mistakes.append(
                f"{label} → {passage.clause} {passage.confidence:.2f}: {passage.text[:60]!r}"
            )
    return Score(right, wrong, unsure, tuple(mistakes), tuple(confident))


def label_of(text: str, parts: list[tuple[str, frozenset[str]]]) -> str | None:
    """The label of the part a passage shares most with, if it shares enough."""
    own = shingles(text)
    label, shared = max(
        ((label, len(own & other)) for label, other in parts), key=lambda pair: pair[1]
    )
    return label if own and shared >= ENOUGH_SHARED * len(own) else None


def shingles(text: str) -> frozenset[str]:
    """What a text is told by however a scanner read it."""
    folded = "".join(skeleton(word) for word in _WORD.findall(text))
    return frozenset(folded[at : at + 5] for at in range(len(folded) - 4))
