"""Agreements put together from many people's ways of saying each clause, to learn from.

In `wordings/`, one file for a country's kind of agreement: `<<-council>>` and lines that could be
headings of that clause, `<<council>>` and a line for each passage (`¶` is a new line in it). Here
they are drawn, ordered and set as agreements are: numbered or not, headed or not, in the order of
the template or not quite.
"""

from __future__ import annotations

import random
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

from tests.reading.labelled import NO_CLAUSE, Labelled

FOLDER = Path(__file__).parent / "wordings"
KINDS = tuple(sorted(path.stem for path in FOLDER.glob("*.txt")))
EACH = 24
"""How many agreements are put together of one kind's wordings."""

HEADED = ("over", "led", "over", "none", "over", "led", "over", "number")
"""How the clauses of one after the other are headed: over the text, in it, not, by a number."""

_TAG = re.compile(r"^<<(-?)(\w+)>>$")
_NUMBERED = re.compile(r"^\W*(?:(?:§|Ruta|Art\w*|Kap\w*)\s*)?(?:\d+|[A-Z])(?:\.\d+)*[.):]?\s+")
_MOST, _SWAPPED, _UNHEADED, _APART = 4, 0.3, 0.15, 0.25
_TITLED_APART, _REMARKED = 0.4, 0.04
_LETTERS = "ABCDEFGHIJKLMNOP"
_SET: tuple[Callable[[int, str], str], ...] = (
    lambda number, title: title,
    lambda number, title: f"{number}. {title}",
    lambda number, title: f"§ {number} {title}",
    lambda number, title: title.upper(),
    lambda number, title: f"{title}:",
    lambda number, title: f"{_LETTERS[number % 16]}) {title}",
)


_LED: tuple[Callable[[int, str, str], str], ...] = (
    lambda number, title, text: f"{title}: {text}",
    lambda number, title, text: f"{title.upper()}. {text}",
    lambda number, title, text: f"{title} – {text}",
    lambda number, title, text: f"{number}. {title}. {text}",
    lambda number, title, text: f"• {title}: {text}",
    lambda number, title, text: f"- {title}: {text}",
    lambda number, title, text: f"{title} | {text}",
    lambda number, title, text: f"§ {number} ({title}) {text}",
)
"""How a clause may begin whose heading is run into its text."""

_NUMBERS_ONLY = ("Punkt {}", "Del {}", "Slide {}", "Ruta {}", "Afsnit {}", "§ {}", "Ad {}", "{})")
"""Headings that say nothing."""


@dataclass
class Wordings:
    """What may be said in each clause, and over it."""

    headings: dict[str, list[str]] = field(default_factory=dict)
    passages: dict[str, list[str]] = field(default_factory=dict)


def wordings(name: str) -> Wordings:
    """What one file has."""
    found, held = Wordings(), []
    for line in (FOLDER / f"{name}.txt").read_text(encoding="utf-8").splitlines():
        if tag := _TAG.match(line):
            held = (found.headings if tag[1] else found.passages).setdefault(tag[2], [])
        elif line.strip():
            held.append(line.strip().replace(" ¶ ", "\n"))
    return found


def composed(name: str, many: int = EACH) -> Iterator[Labelled]:
    """Agreements of one kind, each wording in several of them."""
    of = wordings(name)
    chance = random.Random(name)
    drawn = {clause: _endless(of.passages[clause], chance) for clause in of.passages}
    for number in range(many):
        lines = list(_document(of, drawn, chance, HEADED[number % len(HEADED)]))
        texts, labels = zip(*lines, strict=True)
        yield Labelled(f"{name}_composed_{number}", texts, labels)


def headed_otherwise(document: Labelled, kind: str) -> Labelled:
    """A document with each clause's headings exchanged for others, as they were numbered."""
    headings = wordings(f"{document.country}_{kind}").headings
    chance = random.Random(document.name)
    lines = [
        _exchanged(line, headings.get(label.strip("-").partition("#")[0], []), chance)
        if label.startswith("-")
        else line
        for line, label in zip(document.lines, document.labels, strict=True)
    ]
    return Labelled(document.name, tuple(lines), document.labels)


def led_by_its_headings(document: Labelled) -> Labelled:
    """A document whose headings are run into the text they stood over."""
    led = random.Random(document.name).choice(_LED)
    lines: list[tuple[str, str]] = []
    held, number = "", 0
    for line, label in zip(document.lines, document.labels, strict=True):
        if label.startswith("-"):
            numbered = _NUMBERED.match(line)
            held = line[numbered.end() :] if numbered else line or held
        elif held and line.strip() and label:
            number += 1
            lines.append((led(number, held.strip().rstrip(":"), line.strip("-•* ")), label))
            held = ""
        else:
            lines.append((line, label))
    texts, labels = zip(*lines, strict=True)
    return Labelled(document.name, texts, labels)


def _exchanged(line: str, headings: list[str], chance: random.Random) -> str:
    if not headings or not line.strip():
        return line
    numbered = _NUMBERED.match(line)
    return f"{numbered[0] if numbered else ''}{chance.choice(headings)}"


def _endless(these: list[str], chance: random.Random) -> Iterator[str]:
    while True:
        yield from chance.sample(these, len(these))


def _document(
    of: Wordings, drawn: dict[str, Iterator[str]], chance: random.Random, headed: str
) -> Iterator[tuple[str, str]]:
    setting, led, numbers = chance.choice(_SET), chance.choice(_LED), chance.choice(_NUMBERS_ONLY)
    count = 0
    yield from _apart(of, drawn, chance, "first")
    for number, clause in enumerate(_order(of, chance), start=1):
        title = chance.choice(of.headings[clause])
        has_title = headed != "none" and chance.random() >= _UNHEADED
        if has_title and headed != "led":
            shown = numbers.format(number) if headed == "number" else setting(number, title)
            yield shown, f"-{clause}#{number}"
            if chance.random() < 1 / 2:
                yield "", f"-{clause}#{number}"
        for nth in range(chance.randint(1, _MOST)):
            count += 1
            text = next(drawn[clause])
            if has_title and headed == "led" and not nth:
                text = led(number, title, text)
            yield from _passage(text, f"{clause}#{number}.{count}")
            if chance.random() < _REMARKED:
                yield from _passage(next(drawn[NO_CLAUSE]), f"{NO_CLAUSE}#{number}.{count}")
        if chance.random() < _APART / 2:
            yield from _apart(of, drawn, chance, f"{number}")
    yield from _apart(of, drawn, chance, "last")


def _order(of: Wordings, chance: random.Random) -> list[str]:
    """The template's clauses, here and there two the other way round, now and then one left out."""
    clauses = [c for c in of.headings if c != NO_CLAUSE and chance.random() > 1 / 12]
    for at in range(len(clauses) - 1):
        if chance.random() < _SWAPPED:
            other = min(len(clauses) - 1, at + chance.randint(1, 3))
            clauses[at], clauses[other] = clauses[other], clauses[at]
    return clauses


def _apart(
    of: Wordings, drawn: dict[str, Iterator[str]], chance: random.Random, place: str
) -> Iterator[tuple[str, str]]:
    """What belongs to no clause, sometimes under a heading that belongs to none either."""
    many = chance.choice((0, 1, 1, 2))
    if many and place != "first" and chance.random() < _TITLED_APART:
        yield chance.choice(of.headings[NO_CLAUSE]), f"-{NO_CLAUSE}#{place}"
    for number in range(many):
        yield from _passage(next(drawn[NO_CLAUSE]), f"{NO_CLAUSE}#{place}.{number}")


def _passage(text: str, label: str) -> Iterator[tuple[str, str]]:
    yield from ((line, label) for line in text.split("\n"))
    yield "", label
