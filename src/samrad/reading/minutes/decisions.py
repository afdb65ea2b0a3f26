"""What was decided under an item, and who does what by when."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date

from samrad.reading.facts.dates import days_in
from samrad.reading.minutes.labels import Labels
from samrad.reading.minutes.model import ReadDecision, ReadTask
from samrad.reading.vocabulary import Vocabulary

_BULLET = re.compile(r"^(?:[•·▪*–—-]|\d{1,2}[.)]|[a-zæøå]\))\s+")
_DAY_AND_MONTH = re.compile(r"\b(\d{1,2})\.?\s?(?:\.|/|\s)\s?(\d{1,2}|[^\W\d]{3,10})\b")
_WITHOUT_TASK = " .,;()[]"
LONGEST = 2_000


@dataclass
class _Found:
    """A decision being put together."""

    parts: list[str]
    what: str = ""
    who: list[str] = field(default_factory=list)
    deadlines: list[date | None] = field(default_factory=list)

    def finished(self) -> ReadDecision:
        pairs = max(len(self.who), len(self.deadlines), 1 if self.what else 0)
        tasks = tuple(
            ReadTask(
                what=self.what if number == 0 else "",
                who=self.who[number] if number < len(self.who) else "",
                deadline=self.deadlines[number] if number < len(self.deadlines) else None,
            )
            for number in range(pairs)
        )
        return ReadDecision(" ".join(self.parts)[:LONGEST], tasks)


class Decisions:
    """Goes through the lines of an item, keeping apart what was said and what was decided."""

    def __init__(self, labels: Labels, words: Vocabulary, held: date | None) -> None:
        self._labels = labels
        self._words = words
        self._held = held

    def of(self, lines: Sequence[str]) -> tuple[str, tuple[ReadDecision, ...]]:
        """The text of an item, and its decisions."""
        said: list[str] = []
        found: list[_Found] = []
        is_open = False  # whether the next line still belongs to the decision
        for line in lines:
            labelled = self._labels.at_start(line, "decision")
            if labelled is not None:
                found.append(_Found([]))
                is_open = True
                self._add(found, labelled)
            elif found and self._take_task(found[-1], line):
                is_open = False
            elif self._labels.begins(line, "decided"):
                found.append(_Found([]))
                is_open = True
                self._add(found, line)
            elif not line:
                is_open = is_open and not any(found[-1].parts)
                said.append(line)
            elif is_open:
                self._add(found, line)
            else:
                said.append(line)
        decisions = tuple(one.finished() for one in found if one.parts)
        return paragraphs(said), decisions

    def _add(self, found: list[_Found], line: str) -> None:
        """More of the decision; a list under the label is one decision a line."""
        bullet = _BULLET.match(line)
        if bullet and found[-1].parts:
            found.append(_Found([]))
        text = self._without_tasks(found[-1], _BULLET.sub("", line))
        if text:
            found[-1].parts.append(text)

    def _without_tasks(self, decision: _Found, text: str) -> str:
        """The text before `Ansvarlig:` or `Frist:` in the same line; these are noted."""
        starts = [
            match.start()
            for kind in ("responsible", "deadline")
            for match in [self._labels.inside(kind).search(text)]
            if match
        ]
        if not starts:
            return text.strip()
        self._note(decision, text[min(starts) :])
        return text[: min(starts)].strip(" (,;[–-")

    def _take_task(self, decision: _Found, line: str) -> bool:
        """Whether the line says who and when for the decision above it."""
        plain = _BULLET.sub("", line)
        what = self._labels.at_start(plain, "task")
        if what is not None:
            decision.what = self._without_tasks(decision, what).strip(_WITHOUT_TASK)
            return True
        if self._labels.kind_of(plain, "responsible", "deadline"):
            self._note(decision, plain)
            return True
        return False

    def _note(self, decision: _Found, text: str) -> None:
        responsible, deadline = self._labels.inside("responsible"), self._labels.inside("deadline")
        marks = sorted(
            [(match.start(), match.end(), "who") for match in responsible.finditer(text)]
            + [(match.start(), match.end(), "when") for match in deadline.finditer(text)]
        )
        for place, (_start, end, kind) in enumerate(marks):
            until = marks[place + 1][0] if place + 1 < len(marks) else len(text)
            value = text[end:until].strip(_WITHOUT_TASK)
            if kind == "who" and value:
                decision.who.append(value[:120])
            elif kind == "when" and value:
                decision.deadlines.append(day_in(value, self._words, self._held))


def day_in(text: str, words: Vocabulary, held: date | None) -> date | None:
    """The day a deadline names; one without a year is the first after the meeting."""
    named = days_in(text, words)
    if named:
        return named[0]
    match = _DAY_AND_MONTH.search(text)
    if match is None or held is None:
        return None
    month = _month(match[2].lower(), words)
    for year in (held.year, held.year + 1):
        try:
            day = date(year, month, int(match[1]))
        except ValueError:
            continue
        if day >= held:
            return day
    return None


def _month(word: str, words: Vocabulary) -> int:
    if word.isdigit():
        return int(word)
    months = [name.lower() for name in words.months]
    return next((n for n, name in enumerate(months, start=1) if name.startswith(word[:3])), 0)


def paragraphs(lines: Sequence[str]) -> str:
    """Lines as paragraphs: a blank line parts them, as it does on paper."""
    text, gap = "", False
    for line in lines:
        if not line:
            gap = bool(text)
            continue
        listed = _BULLET.match(line) is not None
        text += ("\n\n" if gap else "\n" if listed else " ") + line if text else line
        gap = False
    return text
