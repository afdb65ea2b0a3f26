"""What a form about a task begins with: the same values that the action compares."""

from __future__ import annotations

from typing import Any

from samrad.followup.models import Task


def of_deadline(task: Task) -> dict[str, Any]:
    """When it is to be done."""
    return {"deadline": task.deadline_date}
