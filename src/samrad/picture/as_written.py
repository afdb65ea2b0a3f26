"""Values as their forms show them, so that nothing is written over unseen (ADR 0018)."""

from __future__ import annotations

from typing import Any

from samrad.picture.models import Agreed, Finding


def of_finding(finding: Finding) -> dict[str, Any]:
    """A finding."""
    return {
        "what": finding.what,
        "origin": finding.origin,
        "origin_name": finding.origin_name,
        "how_sure": finding.how_sure,
        "from_date": finding.from_date,
        "to_date": finding.to_date,
        **_readers(finding),
    }


def of_agreed(agreed: Agreed) -> dict[str, Any]:
    """A statement of both sides."""
    return {"text": agreed.text, **_readers(agreed)}


def _readers(thing: Finding | Agreed) -> dict[str, Any]:
    return {
        "classification": thing.classification,
        "legal_basis": thing.legal_basis,
        "audience": [str(ref) for ref in thing.audience.values_list("ref", flat=True)],
    }
