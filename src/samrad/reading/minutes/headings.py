"""Where each item begins: `Sak 3/26 …`, `Punkt 2: …`, `§ 12 …`, or plain numbers in order."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from samrad.reading.minutes.labels import Labels

LONGEST_TITLE = 160
_NUMBER = r"(\d{1,3}(?:\s?/\s?\d{2,4})?(?:[-–]\d{1,3})?)"
_PLAIN = re.compile(r"^(\d{1,2})[.)]\s+(\S.*)$")


@dataclass(frozen=True, slots=True)
class Heading:
    """The line an item begins at, its number and the title on that line."""

    at: int
    number: str
    title: str


def item_headings(lines: Sequence[str], labels: Labels) -> list[Heading]:
    """The items in their order; those that name themselves are preferred to plain numbers."""
    return _named(lines, labels) or _numbered(lines)


def _named(lines: Sequence[str], labels: Labels) -> list[Heading]:
    words = "|".join(re.escape(word) for word in sorted(labels.words["item"], key=len)[::-1])
    pattern = re.compile(
        rf"^(?:{words})\.?\s*(?:nr\.?\s*)?{_NUMBER}\s*[.:)–—-]?\s*(.*)$", re.IGNORECASE
    )
    found = []
    for at, line in enumerate(lines):
        match = pattern.match(line)
        if match and len(match[2]) <= LONGEST_TITLE:
            found.append(Heading(at, match[1].replace(" ", ""), match[2].strip()))
    return _with_text(_last_of_each(found), lines)


def _last_of_each(found: list[Heading]) -> list[Heading]:
    """An agenda before the minutes names every item once already; the later one has the text."""
    last = {heading.number: heading for heading in found}
    return sorted(last.values(), key=lambda heading: heading.at)


def _with_text(found: list[Heading], lines: Sequence[str]) -> list[Heading]:
    """Where only a number stands, the title is the next line that has any text."""
    whole = []
    for heading in found:
        title = heading.title or next((line for line in lines[heading.at + 1 :] if line), "")
        whole.append(Heading(heading.at, heading.number, title[:LONGEST_TITLE]))
    return whole


def _numbered(lines: Sequence[str]) -> list[Heading]:
    """The run 1, 2, 3 … with most text between its numbers: lists of names have none."""
    runs: list[list[Heading]] = []
    for at, line in enumerate(lines):
        match = _PLAIN.match(line)
        if not match or len(match[2]) > LONGEST_TITLE:
            continue
        number = int(match[1])
        if number == 1:
            runs.append([])
        if runs and number == len(runs[-1]) + 1:
            runs[-1].append(Heading(at, match[1], match[2].strip()))
    return max(runs, key=lambda run: _text_between(run, runs, len(lines)), default=[])


def _text_between(run: list[Heading], runs: list[list[Heading]], end: int) -> int:
    later = [other[0].at for other in runs if other[0].at > run[-1].at]
    return min([*later, end]) - run[0].at - len(run)
