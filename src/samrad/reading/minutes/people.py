"""Who came and who did not, as minutes list them: a name and a role a line, or many on one."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence

from samrad.reading.minutes.labels import Labels
from samrad.reading.minutes.model import Attendee

_BULLET = re.compile(r"^(?:[•·▪*–—-]|\d{1,2}[.)])\s+")
_SIDE = re.compile(r"^(?:fra|frå|från)\s[^:]{2,40}:\s*", re.IGNORECASE)
_IN_BRACKETS = re.compile(r"^(.*?)\s*\(([^()]*)\)\s*$")
_OUTSIDE_BRACKETS = re.compile(r"[,;](?![^(]*\))")
_AND = re.compile(r"\s(?:og|och|samt)\s(?=[A-ZÆØÅÄÖ])")
_NAME = re.compile(r"^(?:[A-ZÆØÅÄÖÉ][\w.'’-]*)(?:\s+(?:av|af|von|de|[A-ZÆØÅÄÖÉ][\w.'’-]*)){1,3}$")
LONGEST = 120
MOST = 80
_KINDS = ("present", "excused", "absent")


def attendees_in(lines: Sequence[str], labels: Labels) -> tuple[Attendee, ...]:
    """Everybody listed under a label, until the next label."""
    found: list[Attendee] = []
    presence = ""
    for line in lines:
        labelled = labels.kind_of(line, *_KINDS)
        if labelled:
            presence, line = labelled  # noqa: PLW2901 - what follows the label is a line too
        elif labels.kind_of(line, "date", "place", "others"):
            presence = ""
        if presence and line:
            found += (Attendee(name, role, presence) for name, role in people_on(line))
    return tuple(_once(found))[:MOST]


def _once(found: Iterable[Attendee]) -> Iterator[Attendee]:
    seen = set()
    for one in found:
        key = (one.name.lower(), one.role.lower())
        if key not in seen:
            seen.add(key)
            yield one


def people_on(line: str) -> list[tuple[str, str]]:
    """Names with roles on one line; either may be empty, never both."""
    return [one for one in _people_on(" ".join(line.split())) if any(one)]


def _people_on(line: str) -> list[tuple[str, str]]:
    line = _SIDE.sub("", _BULLET.sub("", line)).strip(" .")
    if not line or len(line) > LONGEST * 4:
        return []
    if ";" in line:
        return [one for part in line.split(";") for one in people_on(part)]
    parts = [part.strip(" .") for part in _OUTSIDE_BRACKETS.split(line) if part.strip(" .")]
    parts = [piece for part in parts for piece in _AND.split(part)]
    if len(parts) == 1 or all(_is_person(part) for part in parts):
        return [_person(part) for part in parts if len(part) <= LONGEST]
    return [_named(parts[0], ", ".join(parts[1:]))]


def _is_person(part: str) -> bool:
    bracketed = _IN_BRACKETS.match(part)
    return _NAME.match(bracketed[1] if bracketed else part) is not None


def _person(part: str) -> tuple[str, str]:
    bracketed = _IN_BRACKETS.match(part)
    if bracketed:
        return _named(bracketed[1], bracketed[2])
    name, dash, role = re.sub(r"\s+[–—-]\s+", "\0", part, count=1).partition("\0")
    return _named(name, role) if dash else _named(part, "")


def _named(name: str, role: str) -> tuple[str, str]:
    """Where the first words are no name, they are a role."""
    name, role = name.strip(), role.strip()[:LONGEST]
    if _NAME.match(name):
        return name[:LONGEST], role
    return "", ", ".join(part for part in (name, role) if part)[:LONGEST]
