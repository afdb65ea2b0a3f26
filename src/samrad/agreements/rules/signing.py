"""What exactly is signed: one canonical text, its hash, and the gaps that must not be in it.

The canonical text holds everything the parties bind themselves to and nothing else, in one order
and one spelling, so that the same agreement has the same hash on every machine and in every year.
Its version is part of it: should it ever be written otherwise, old hashes can still be made.
"""

from __future__ import annotations

import hashlib
import json
import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

CANONICAL = "samrad-agreement-1"
GAP = re.compile(r"\[[^\[\]\n]{1,120}\](?!\()")  # not the words of a link
SHOWN = 4  # characters of a group of the hash


@dataclass(frozen=True)
class SignedText:
    """All that a signature stands for."""

    council: str
    kind: str
    language: str
    title: str
    amends: str
    from_date: date | None
    to_date: date | None
    renewal_date: date | None
    meetings_per_year: int | None
    focus_areas: tuple[str, ...]
    parties: tuple[tuple[str, str], ...]  # the organisation's reference, the role that signs
    clauses: tuple[tuple[str, str], ...]  # heading, text


def canonical_text(text: SignedText) -> str:
    """One spelling of it: JSON with sorted keys, no spaces, Unicode in its composed form."""
    plain = {
        "form": CANONICAL,
        "council": text.council,
        "kind": text.kind,
        "language": text.language,
        "title": text.title,
        "amends": text.amends,
        "from": _day(text.from_date),
        "to": _day(text.to_date),
        "renewal": _day(text.renewal_date),
        "meetings_per_year": text.meetings_per_year,
        "focus_areas": list(text.focus_areas),
        "parties": sorted(list(party) for party in text.parties),
        "clauses": [list(clause) for clause in text.clauses],
    }
    spelled = json.dumps(plain, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return unicodedata.normalize("NFC", spelled)


def hash_of(text: SignedText) -> str:
    """The SHA-256 of the canonical text, in hexadecimal."""
    return hashlib.sha256(canonical_text(text).encode()).hexdigest()


def text_of(canonical: str) -> SignedText:
    """What a canonical text says: the way back."""
    plain = json.loads(canonical)
    return SignedText(
        council=plain["council"],
        kind=plain["kind"],
        language=plain["language"],
        title=plain["title"],
        amends=plain["amends"],
        from_date=_from(plain["from"]),
        to_date=_from(plain["to"]),
        renewal_date=_from(plain["renewal"]),
        meetings_per_year=plain["meetings_per_year"],
        focus_areas=tuple(plain["focus_areas"]),
        parties=tuple((organisation, role) for organisation, role in plain["parties"]),
        clauses=tuple((heading, text) for heading, text in plain["clauses"]),
    )


def _day(day: date | None) -> str:
    return day.isoformat() if day else ""


def _from(day: str) -> date | None:
    return date.fromisoformat(day) if day else None


def grouped(digest: str) -> str:
    """A hash that a person can compare with one on paper."""
    return " ".join(digest[at : at + SHOWN] for at in range(0, len(digest), SHOWN))


GROUPS_ASKED = 3  # of a paper: more than anybody hits by chance, few enough to copy
MISREAD = str.maketrans({"o": "0", "l": "1", "i": "1"})  # no letters of a hash


def number_on_paper(written: str) -> str:
    """The beginning of a hash as somebody copied it from a paper, with or without its spaces."""
    return re.sub(r"[\s.-]+", "", written).lower().translate(MISREAD)


def fits_paper(number: str, digest: str) -> bool:
    """Whether a paper that carries the number is of the text with that hash."""
    read = number_on_paper(number)
    return len(read) >= GROUPS_ASKED * SHOWN and digest.startswith(read)


def gaps_in(text: str) -> list[str]:
    """The places of a template that nobody has filled in yet: words in square brackets."""
    return GAP.findall(text)


def gaps_in_all(texts: Iterable[str]) -> list[str]:
    """The same of several texts, one after the other."""
    return [gap for text in texts for gap in gaps_in(text)]


REMINDED_AFTER = (7, 14, 28, 56)  # days since they were asked; then every eight weeks


def reminder_due(asked: date, on: date) -> int | None:
    """Which reminder to sign is due `on`, in days since they were asked; none too early."""
    days = (on - asked).days
    longest = REMINDED_AFTER[-1]
    if days >= longest:
        return days // longest * longest
    return next((step for step in reversed(REMINDED_AFTER) if days >= step), None)
