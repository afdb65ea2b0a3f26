"""Alarms as sources of proposals: what is shown of them beside one."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from uuid import UUID

from samrad.access.actor import Actor
from samrad.knowledge.alarms_told import told_by_ref
from samrad.meetings.sources import Shown

PART = "knowledge/part_alarm.html"
DRAWN = "knowledge/part_alarm_drawn.html"  # on an agenda, whose item has the words


def shown_alarms(refs: Collection[UUID], actor: Actor) -> Mapping[UUID, Shown]:
    """Those whose figures the actor reads: one query."""
    return {ref: Shown(PART, told, DRAWN) for ref, told in told_by_ref(refs, actor).items()}
