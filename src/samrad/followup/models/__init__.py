"""What was decided, who does what by when, and what is asked of the police."""

from samrad.followup.models.decisions import DRAFT_READERS, Decision, DecisionQuerySet
from samrad.followup.models.later import LaterDeadline, LaterDeadlineQuerySet
from samrad.followup.models.police import PoliceRequest, PoliceRequestQuerySet
from samrad.followup.models.tasks import ProgressNote, Task, TaskQuerySet, Told

__all__ = [
    "DRAFT_READERS",
    "Decision",
    "DecisionQuerySet",
    "LaterDeadline",
    "LaterDeadlineQuerySet",
    "PoliceRequest",
    "PoliceRequestQuerySet",
    "ProgressNote",
    "Task",
    "TaskQuerySet",
    "Told",
]
