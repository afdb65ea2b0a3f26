"""What was decided, and who does what by when."""

from samrad.followup.models.decisions import DRAFT_READERS, Decision, DecisionQuerySet
from samrad.followup.models.tasks import Task, TaskQuerySet

__all__ = [
    "DRAFT_READERS",
    "Decision",
    "DecisionQuerySet",
    "Task",
    "TaskQuerySet",
]
