"""What other apps use: enqueue a task by name, register tasks and schedules, read the figures."""

from samrad.work.actions import drop_job, enqueue, retry_job
from samrad.work.figures import QueueFigures, heartbeat_age, queue_figures
from samrad.work.models import Job
from samrad.work.registry import GiveUp, every, task
from samrad.work.worker import work_off

__all__ = [
    "GiveUp",
    "Job",
    "QueueFigures",
    "drop_job",
    "enqueue",
    "every",
    "heartbeat_age",
    "queue_figures",
    "retry_job",
    "task",
    "work_off",
]
