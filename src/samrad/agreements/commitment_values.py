"""What a form about a commitment begins with, field by field.

The action compares the same values before it writes over them, so both are made here.
"""

from __future__ import annotations

from typing import Any

from samrad.agreements.models import Following
from samrad.agreements.rules.commitments import pace_said
from samrad.cooperation.models import Commitment


def of_commitment(commitment: Commitment) -> dict[str, Any]:
    """What is promised, by whom it is kept, when; never followed, it begins as often as it says."""
    found = Following.objects.select_related("organisation").filter(commitment=commitment).first()
    written: dict[str, Any] = {"title": commitment.title}
    if found is None:
        return written | {
            "owner": "",
            "pace": str(pace_said(commitment.rhythm) or ""),
            "months": [],
            "due_date": None,
        }
    return written | {
        "owner": owner_key(str(found.organisation.ref), found.role),
        "pace": found.pace,
        "months": found.months,
        "due_date": found.due_date,
    }


def owner_key(organisation: str, role: str) -> str:
    """What a form names an owner by: an organisation, or a role there."""
    return f"{organisation}:{role}" if role else organisation
