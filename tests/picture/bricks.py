"""Findings and statements of the politiråd of Ås."""

from __future__ import annotations

from typing import Any

from samrad.documents.rules import Classification
from samrad.picture import actions
from samrad.picture.actions import Found, Readers
from samrad.picture.models import Agreed, Finding
from samrad.picture.rules import HowSure, Origin
from tests.cast import NOON, TODAY, Cast


def found(what: str = "Utrygt ved stasjonen etter klokka 22") -> Found:
    """What night ravens have seen in the autumn."""
    return Found(
        what=what, origin=Origin.OUTREACH, how_sure=HowSure.LIKELY,
        from_date=TODAY.replace(month=9), to_date=TODAY, origin_name="Natteravnene i Ås",
    )  # fmt: skip


def a_finding(cast: Cast, who: Any = None, **readers: Any) -> Finding:
    """Written by the secretary, of the municipality, or by somebody else."""
    by = (who or cast.secretary).actor
    return actions.write_finding(
        council=cast.council, found=found(), readers=Readers(**readers), by=by, at=NOON
    )


def a_statement(cast: Cast, **readers: Any) -> Agreed:
    """Written by the secretary, confirmed by nobody yet."""
    return actions.state_agreed(
        council=cast.council, text="Stasjonen er det viktigste stedet å trygge i vinter.",
        readers=Readers(**readers), by=cast.secretary.actor, at=NOON,
    )  # fmt: skip


def confirmed(agreed: Agreed, *whos: Any) -> Agreed:
    """Each of them stands behind it."""
    for who in whos:
        agreed.refresh_from_db()
        actions.confirm_agreed(agreed=agreed, version=agreed.version, by=who.actor, at=NOON)
    agreed.refresh_from_db()
    return agreed


def two_sides(cast: Cast) -> dict[str, Any]:
    """By the names the table of permissions uses."""
    return {
        "finding": a_finding(cast),
        "open_finding": a_finding(cast, cast.police_member, classification=Classification.OPEN),
        "agreed": confirmed(a_statement(cast), cast.secretary),
    }
