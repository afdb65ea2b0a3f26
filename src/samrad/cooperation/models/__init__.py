"""Councils with seats bound to roles at organisations, and agreements with their clauses."""

from samrad.cooperation.models.agreements import (
    Agreement,
    AgreementClause,
    AgreementQuerySet,
    AgreementReading,
    AgreementReadingQuerySet,
)
from samrad.cooperation.models.bodies import Consideration, FinalReport, TermsOfReference
from samrad.cooperation.models.contacts import ContactPoint, Representation, RepresentationNote
from samrad.cooperation.models.councils import Council, CouncilQuerySet, overseen, oversees
from samrad.cooperation.models.goals import Commitment, CommitmentQuerySet, FocusArea
from samrad.cooperation.models.seats import Seat, SeatQuerySet

__all__ = [
    "Agreement",
    "AgreementClause",
    "AgreementQuerySet",
    "AgreementReading",
    "AgreementReadingQuerySet",
    "Commitment",
    "CommitmentQuerySet",
    "Consideration",
    "ContactPoint",
    "Council",
    "CouncilQuerySet",
    "FinalReport",
    "FocusArea",
    "Representation",
    "RepresentationNote",
    "Seat",
    "SeatQuerySet",
    "TermsOfReference",
    "overseen",
    "oversees",
]
