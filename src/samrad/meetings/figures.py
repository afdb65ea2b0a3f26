"""Alarms as sources of proposals: what is shown of them beside one."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from uuid import UUID

from samrad.access.actor import Actor
from samrad.documents.rules import Classification
from samrad.knowledge.alarms_told import seen_alarms, told_by_ref
from samrad.knowledge.models import AlarmQuerySet
from samrad.meetings.sources import Shown

PART = "knowledge/part_alarm.html"
DRAWN = "knowledge/part_alarm_drawn.html"  # on an agenda, whose item has the words


def shown_alarms(refs: Collection[UUID], actor: Actor) -> Mapping[UUID, Shown]:
    """Those whose figures the actor reads: one query."""
    return {ref: Shown(PART, told, DRAWN) for ref, told in told_by_ref(refs, actor).items()}


def passable_alarms(actor: Actor) -> AlarmQuerySet:
    """Those that may be laid before another council, as their figures are today.

    Who read them when they were proposed says nothing: figures may have become restricted since.
    """
    standing = seen_alarms(actor).standing()
    return standing.exclude(data_set__classification=Classification.RESTRICTED)
