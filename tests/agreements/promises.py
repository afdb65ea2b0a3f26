"""Agreements and promises in the state a test needs."""

from __future__ import annotations

from samrad.agreements.actions.commitments import HowKept, add_commitment
from samrad.agreements.rules.commitments import Pace, Times
from samrad.cooperation.models import Agreement, Commitment
from tests.cast import NOON, Cast


def promised(cast: Cast, agreement: Agreement) -> Commitment:
    """A promise of the police that is followed: school visits, once a year in September."""
    how = HowKept("Skolebesøk", cast.no.station, Times(Pace.YEARLY, (9,)))
    return add_commitment(agreement=agreement, kept=how, by=cast.secretary.actor, at=NOON)


def promises(cast: Cast, agreement: Agreement) -> dict[str, Commitment]:
    """By the name that the permission table knows it by."""
    return {"promise": promised(cast, agreement)}
