"""Meetings of a council, what is on their agenda, who came, and what was written down."""

from samrad.meetings.models.agenda import AgendaItem, AgendaItemQuerySet, Proposal, ProposalQuerySet
from samrad.meetings.models.called import Called, CalledQuerySet
from samrad.meetings.models.meetings import AgendaSending, Meeting, MeetingQuerySet
from samrad.meetings.models.minutes import (
    Attendance,
    Minutes,
    MinutesApproval,
    MinutesQuerySet,
    MinutesRevision,
)

__all__ = [
    "AgendaItem",
    "AgendaItemQuerySet",
    "AgendaSending",
    "Attendance",
    "Called",
    "CalledQuerySet",
    "Meeting",
    "MeetingQuerySet",
    "Minutes",
    "MinutesApproval",
    "MinutesQuerySet",
    "MinutesRevision",
    "Proposal",
    "ProposalQuerySet",
]
