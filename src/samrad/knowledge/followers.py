"""Who wants to know of alarms when figures have been taken in: higher apps register themselves.

They are called in the transaction that keeps the alarms, with all of the two latest years that
stand, so that what follows of an alarm and the alarm itself are there together or not at all.
Whoever follows sees an alarm again at every look and remembers what it has done about it.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Protocol

from samrad.documents.rules import Classification
from samrad.knowledge.models import Alarm, DataSet


class Follower(Protocol):
    """Does something about alarms."""

    def __call__(self, alarms: Sequence[Alarm], *, at: datetime) -> object: ...


_followers: list[Follower] = []


def register(follower: Follower) -> None:
    """`follower(alarms, at=…)` does something about alarms that stand."""
    if follower not in _followers:
        _followers.append(follower)


def tell(alarms: Sequence[Alarm], *, at: datetime) -> None:
    """Tell everybody who follows, save of figures that nobody reads: neither open nor of a country.

    All alarms are of one data set.
    """
    if alarms and not _is_read(alarms[0].data_set):
        return
    for follower in _followers:
        follower(alarms, at=at)


def _is_read(data_set: DataSet) -> bool:
    return data_set.classification == Classification.OPEN or bool(data_set.country)
