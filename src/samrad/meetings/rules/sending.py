"""What was sent, to whom, and what has changed since: only open titles are kept in words."""

from __future__ import annotations

import hashlib
from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from typing import Any

OPEN = "open"
INTERNAL = "internal"
Readers = str | list[int]  # everybody called, permanent members, or the seats named


@dataclass(frozen=True)
class SentItem:
    """An item or a paper as it was sent: a fingerprint, and its title only when it is open."""

    ref: str
    print: str
    readers: Readers
    title: str = ""


@dataclass(frozen=True)
class Reader:
    """What decides which items somebody reads: the seats filled, and what these are."""

    seats: Collection[int] = field(default=())
    is_permanent: bool = True
    keeps_restricted: bool = False

    def reads(self, readers: Readers) -> bool:
        """The rule of `cooperation.classified`, asked of a seat instead of the database."""
        if readers == OPEN:
            return True
        if readers == INTERNAL:
            return self.is_permanent
        return self.keeps_restricted or not set(self.seats).isdisjoint(readers)


Snapshot = dict[str, Any]


def fingerprint(*parts: object) -> str:
    """A short digest of what somebody was shown, to see later whether it has changed."""
    joined = "\x1f".join(str(part) for part in parts)
    return hashlib.sha256(joined.encode()).hexdigest()[:20]


def snapshot(
    *,
    starts: str,
    ends: str,
    place: str,
    items: Sequence[SentItem],
    papers: Sequence[SentItem] = (),
) -> Snapshot:
    """What a sending is remembered by, as JSON; one without papers does not mention them."""
    return {
        "starts": starts,
        "ends": ends,
        "place": place,
        "items": _as_json(items),
        **({"papers": _as_json(papers)} if papers else {}),
    }


def is_same_agenda(before: Snapshot, after: Snapshot) -> bool:
    """Whether items and papers are as they were sent.

    Of another time or place those who are called have had a mail of its own already.
    """
    return all(before.get(kind, []) == after.get(kind, []) for kind in ("items", "papers"))


def _as_json(sent: Sequence[SentItem]) -> list[list[Any]]:
    return [
        [one.ref, one.print, one.readers, one.title if one.readers == OPEN else ""] for one in sent
    ]


@dataclass(frozen=True)
class Changes:
    """The difference between two sendings; words where they are open, numbers for the rest."""

    moved: bool = False
    elsewhere: bool = False
    added: tuple[str, ...] = ()
    removed: tuple[str, ...] = ()
    changed: tuple[str, ...] = ()
    further: int = 0  # items that are not open and were added, removed or changed
    reordered: bool = False
    papers: tuple[str, ...] = ()  # open ones that are new, or not what they were
    further_papers: int = 0  # all others that are new, changed or gone

    def __bool__(self) -> bool:
        return self != Changes()


def changes_between(before: Snapshot, after: Snapshot, reader: Reader) -> Changes:
    """What a reader of `before` has to know about `after`; items not for them never count."""
    old, new = _read_by(before, reader), _read_by(after, reader)
    added = [new[ref][1] for ref in new if ref not in old]
    kept = {ref for ref, *_rest in after["items"]}  # for others now: its old title is not told
    removed = ["" if ref in kept else old[ref][1] for ref in old if ref not in new]
    changed = [new[ref][1] for ref in new if ref in old and new[ref] != old[ref]]
    papers = _changed_papers(before, after, reader)
    return Changes(
        moved=(before["starts"], before["ends"]) != (after["starts"], after["ends"]),
        elsewhere=before["place"] != after["place"],
        added=tuple(filter(None, added)),
        removed=tuple(filter(None, removed)),
        changed=tuple(filter(None, changed)),
        further=[*added, *removed, *changed].count(""),
        reordered=[ref for ref in old if ref in new] != [ref for ref in new if ref in old],
        papers=tuple(filter(None, papers)),
        further_papers=papers.count(""),
    )


def _changed_papers(before: Snapshot, after: Snapshot, reader: Reader) -> list[str]:
    """The titles of open papers to read anew, and an empty one for each other that differs."""
    old, new = _read_by(before, reader, "papers"), _read_by(after, reader, "papers")
    differing = [title for ref, (seen, title) in new.items() if old.get(ref) != (seen, title)]
    return differing + ["" for ref in old if ref not in new]


def _read_by(said: Snapshot, reader: Reader, kind: str = "items") -> dict[str, tuple[str, str]]:
    return {
        ref: (seen, title)
        for ref, seen, readers, title in said.get(kind, [])
        if reader.reads(readers)
    }
