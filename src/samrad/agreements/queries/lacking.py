"""What a draft still lacks, told by the reader that reads agreements in."""

from __future__ import annotations

from samrad.agreements.models import Draft
from samrad.reading.api import Unreadable, read_document


def missing_in_draft(draft: Draft) -> list[dict[str, str]]:
    """What the template asks for and the text does not settle; nothing of a text too short to read.

    The same words that judge an agreement that is read in judge one that is written here, by the
    template of its own kind. What is only added to an agreement need not settle anything anew.
    """
    text = "\n\n".join(f"{one.heading}\n\n{one.text}" for one in draft.clauses.all() if one.text)
    if not text or draft.is_amendment:
        return []
    country = draft.council.country
    try:
        found = read_document(text.encode(), "agreement.txt", country, kind=draft.kind, anyway=True)
    except Unreadable:
        return []
    missing: list[dict[str, str]] = found.to_json()["missing"]
    return missing
