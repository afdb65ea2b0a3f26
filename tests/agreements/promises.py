"""Agreements and promises in the state a test needs."""

from __future__ import annotations

from typing import Any

from samrad.agreements.actions.commitments import HowKept, add_commitment
from samrad.agreements.rules.commitments import Pace, Times
from samrad.cooperation.models import Agreement, Commitment
from samrad.cooperation.rules import Side
from tests.cast import NOON, Cast


def promised(cast: Cast, agreement: Agreement) -> Commitment:
    """A promise of the police that is followed: school visits, once a year in September."""
    how = HowKept("Skolebesøk", cast.no.station, Times(Pace.YEARLY, (9,)))
    return add_commitment(agreement=agreement, kept=how, by=cast.secretary.actor, at=NOON)


def promises(cast: Cast, agreement: Agreement) -> dict[str, Commitment]:
    """By the name that the permission table knows it by."""
    return {
        "promise": promised(cast, agreement),
        "carried_promise": noted(agreement, "Nattevandring", carried_from=agreement),
        "noted_promise": noted(agreement, "Foreldremøter"),
    }


def noted(agreement: Agreement, title: str, **more: Any) -> Commitment:
    """A promise of the police that nobody has followed yet."""
    return Commitment.objects.create(
        council=agreement.council, agreement=agreement, title=title, side=Side.POLICE, **more
    )
