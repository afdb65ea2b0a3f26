"""What a form about an activity begins with, field by field.

The action compares the same values before it writes over them, so both are made here.
"""

from __future__ import annotations

from typing import Any

from samrad.wheel.models import Activity


def of_activity(activity: Activity) -> dict[str, Any]:
    """An activity of the council's own."""
    names = (
        "title", "text", "rhythm", "months", "part", "first_year", "calls_for", "classification",
    )  # fmt: skip
    return {name: getattr(activity, name) for name in names}
