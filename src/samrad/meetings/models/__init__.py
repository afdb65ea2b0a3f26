"""Meetings of a council, what is on their agenda, who came, and what was written down."""

from samrad.meetings.models.agenda import AgendaItem, AgendaItemQuerySet, Proposal, ProposalQuerySet
from samrad.meetings.models.called import Called, CalledQuerySet
from samrad.meetings.models.corrections import (
    CorrectedPart,
    Correction,
    CorrectionApproval,
    CorrectionQuerySet,
    MinutesVersion,
    MinutesVersionQuerySet,
)
from samrad.meetings.models.meetings import AgendaSending, Meeting, MeetingQuerySet
from samrad.meetings.models.minutes import (
    Attendance,
    Minutes,
    MinutesApproval,
    MinutesQuerySet,
    MinutesRevision,
)
from samrad.meetings.models.papers import (
    Paper,
    PaperQuerySet,
    PaperVersion,
    PaperVersionQuerySet,
)
from samrad.meetings.models.readings import MinutesReading, MinutesReadingQuerySet

__all__ = [
    "AgendaItem",
    "AgendaItemQuerySet",
    "AgendaSending",
    "Attendance",
    "Called",
    "CalledQuerySet",
    "CorrectedPart",
    "Correction",
    "CorrectionApproval",
    "CorrectionQuerySet",
    "Meeting",
    "MeetingQuerySet",
    "Minutes",
    "MinutesApproval",
    "MinutesQuerySet",
    "MinutesReading",
    "MinutesReadingQuerySet",
    "MinutesRevision",
    "MinutesVersion",
    "MinutesVersionQuerySet",
    "Paper",
    "PaperQuerySet",
    "PaperVersion",
    "PaperVersionQuerySet",
    "Proposal",
    "ProposalQuerySet",
]
