"""States of a job, how long to wait after a failure, and when a schedule comes round again."""

from __future__ import annotations

import random
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

from samrad.kernel.choices import Choices


class JobState(Choices):
    """A running job whose lease has run out may be taken again; a dead one waits for a person."""

    WAITING = "waiting"
    RUNNING = "running"
    DONE = "done"
    DEAD = "dead"


UNFINISHED = (JobState.WAITING, JobState.RUNNING)
FIRST_WAIT = timedelta(seconds=15)
LONGEST_WAIT = timedelta(hours=6)


def wait_after(attempt: int) -> timedelta:
    """15 s, 1 min, 4 min, 16 min, 64 min … up to six hours, each spread by a tenth.

    The spread keeps a hundred mails that failed together from all coming back together.
    """
    wait = min(FIRST_WAIT * int(4 ** (attempt - 1)), LONGEST_WAIT)
    return wait * random.uniform(0.9, 1.1)  # noqa: S311 (not a secret)


@dataclass(frozen=True)
class Rhythm:
    """How often a task comes round: at a fixed interval, or daily at a local time."""

    interval: timedelta = timedelta(days=1)
    daily_at: time | None = None
    zone: str = "Europe/Oslo"

    def next_after(self, moment: datetime) -> datetime:
        """The first tick after `moment`; ticks that were missed are not made up for one by one."""
        if self.daily_at is None:
            seconds = int(self.interval.total_seconds())
            return datetime.fromtimestamp(
                (moment.timestamp() // seconds + 1) * seconds, moment.tzinfo
            )
        local = moment.astimezone(ZoneInfo(self.zone))
        tick = datetime.combine(local.date(), self.daily_at, local.tzinfo)
        if tick <= local:
            tick = datetime.combine(local.date() + timedelta(days=1), self.daily_at, local.tzinfo)
        return tick.astimezone(moment.tzinfo)
