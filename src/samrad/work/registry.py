"""Which tasks there are, by name. A name is stored with every job, so it never changes."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import time, timedelta

from samrad.work.rules import Rhythm

Work = Callable[..., None]
OnDeath = Callable[..., None]


@dataclass(frozen=True)
class Task:
    """What a name stands for.

    Ordinarily the work and the job's completion are one transaction: whatever happens to the
    worker, the database shows the effect exactly once. `outside` is for work that reaches the
    world, such as mail: it runs without a transaction, at least once, and must bear being done
    again.
    """

    name: str
    work: Work
    outside: bool = False
    attempts: int = 8
    lease: timedelta = timedelta(minutes=2)
    on_death: OnDeath | None = None


TASKS: dict[str, Task] = {}
SCHEDULES: dict[str, Rhythm] = {}


class UnknownTask(LookupError):
    """No app has registered a task of that name."""


class GiveUp(Exception):
    """Raised by a task when trying again would not help: the job goes to the dead letters."""


def task(
    name: str,
    *,
    outside: bool = False,
    attempts: int = 8,
    lease: timedelta = timedelta(minutes=2),
    on_death: OnDeath | None = None,
) -> Callable[[Work], Work]:
    """Register the function below as the task `name`; `on_death` is called when it is given up."""

    def register(work: Work) -> Work:
        if name in TASKS:
            message = f"The task {name} is registered twice."
            raise ValueError(message)
        TASKS[name] = Task(name, work, outside, attempts, lease, on_death)
        return work

    return register


def every(*, minutes: int = 0, hours: int = 0, daily_at: str = "") -> Callable[[Work], Work]:
    """Put the registered task on the schedule: `@every(minutes=15)` above `@task("…")`."""
    rhythm = Rhythm(
        interval=timedelta(minutes=minutes, hours=hours),
        daily_at=time.fromisoformat(daily_at) if daily_at else None,
    )

    def schedule(work: Work) -> Work:
        name = next(task.name for task in TASKS.values() if task.work is work)
        SCHEDULES[name] = rhythm
        return work

    return schedule


def task_named(name: str) -> Task:
    """The task of that name."""
    try:
        return TASKS[name]
    except KeyError:
        message = f"No app has registered a task named {name!r}."
        raise UnknownTask(message) from None
