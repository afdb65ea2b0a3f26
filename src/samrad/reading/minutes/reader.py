"""Reading minutes: from the bytes of a file to what stands in them. Start at `read_minutes`."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date, time

from samrad.reading.extraction import extract
from samrad.reading.facts.dates import days_in
from samrad.reading.furniture import without_furniture
from samrad.reading.limits import Deadline
from samrad.reading.minutes.decisions import Decisions
from samrad.reading.minutes.headings import Heading, item_headings
from samrad.reading.minutes.labels import Labels, labels
from samrad.reading.minutes.model import ReadItem, ReadMinutes
from samrad.reading.minutes.people import attendees_in
from samrad.reading.unreadable import Trouble, Unreadable
from samrad.reading.vocabulary import Vocabulary, vocabulary

MOST_ITEMS = 60
_LONGEST = 200
_BOLD = re.compile(r"^#{1,6}\s+|\*\*|__")
_CLOCK = r"(\d{1,2})[.:](\d{2})"
_TIMES = re.compile(rf"{_CLOCK}(?:\s*(?:[-–—]|til|till)\s*(?:kl\.?\s*)?{_CLOCK})?")
_HOURS = re.compile(r"\bkl\.?\s*(\d{1,2})(?:\s*(?:[-–—]|til|till)\s*(\d{1,2}))?(?![.:\d])")


def read_minutes(data: bytes, filename: str, country: str) -> ReadMinutes:
    """Read minutes of a country; raises `Unreadable` with what to do instead."""
    return minutes_with_their_text(data, filename, country)[0]


def minutes_with_their_text(data: bytes, filename: str, country: str) -> tuple[ReadMinutes, str]:
    """The same with every line of the file, for who looks for numbers in it."""
    source = extract(data, filename, Deadline())
    lines = [_BOLD.sub("", line.text).strip() for line in without_furniture(source.lines)]
    read = minutes_of(lines, country)
    return read, "\n".join([source.title, *(line.text for line in source.lines)])


def minutes_of(lines: Sequence[str], country: str) -> ReadMinutes:
    """Read lines that have been extracted already."""
    named, words = labels(country), vocabulary(country)
    headings = item_headings(lines, named)[:MOST_ITEMS]
    if not headings:
        raise Unreadable(Trouble.NOT_MINUTES)
    head = lines[: headings[0].at]
    day = _day(head, named, words)
    starts, ends = _times(head, named)
    return ReadMinutes(
        country=country,
        title=_title(head, named)[:_LONGEST],
        day=day,
        starts=starts,
        ends=ends,
        place=_labelled(head, named, "place")[:_LONGEST],
        attendees=attendees_in(head, named),
        items=_items(lines, headings, Decisions(named, words, day)),
    )


def _items(
    lines: Sequence[str], headings: Sequence[Heading], decisions: Decisions
) -> tuple[ReadItem, ...]:
    ends = [heading.at for heading in headings[1:]] + [len(lines)]
    found = []
    for heading, end in zip(headings, ends, strict=True):
        own = list(lines[heading.at + 1 : end])
        if not _title_on_its_line(lines[heading.at], heading) and heading.title in own:
            own.remove(heading.title)
        text, decided = decisions.of(own)
        found.append(ReadItem(heading.number, heading.title, text, decided))
    return tuple(found)


def _title_on_its_line(line: str, heading: Heading) -> bool:
    return bool(heading.title) and heading.title in line


def _title(head: Sequence[str], named: Labels) -> str:
    """The first line that says these are minutes; otherwise the first line."""
    words = named.words["title"]
    telling = [line for line in head if any(word in line.lower() for word in words)]
    return next((line for line in [*telling, *head] if line), "")


def _day(head: Sequence[str], named: Labels, words: Vocabulary) -> date | None:
    """The day a label names; otherwise the first one that stands above the items."""
    for line in [_labelled(head, named, "date"), *head]:
        days = days_in(line, words)
        if days:
            return days[0]
    return None


def _labelled(head: Sequence[str], named: Labels, kind: str) -> str:
    """What stands after a label, on its line or on the next."""
    for at, line in enumerate(head):
        rest = named.at_start(line, kind)
        if rest is not None:
            return rest or next((later for later in head[at + 1 :] if later), "")
    return ""


def _times(head: Sequence[str], named: Labels) -> tuple[time | None, time | None]:
    """When it began and ended; a day such as 12.03.2026 is no time of day."""
    for line in [_labelled(head, named, "date"), *head]:
        text = re.sub(r"\d{1,2}\.\d{1,2}\.\d{2,4}|\d{4}-\d{2}-\d{2}", " ", line)
        match = _TIMES.search(text)
        if match:
            return _clock(match[1], match[2]), _clock(match[3], match[4])
        hours = _HOURS.search(text)
        if hours:
            return _clock(hours[1], "0"), _clock(hours[2], "0")
    return None, None


def _clock(hour: str | None, minute: str | None) -> time | None:
    try:
        return time(int(hour), int(minute)) if hour and minute else None
    except ValueError:
        return None
