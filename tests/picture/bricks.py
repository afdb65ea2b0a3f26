"""Findings and statements of the politiråd of Ås."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from samrad.documents.rules import Classification
from samrad.picture import actions, ordering
from samrad.picture.actions import Found, Readers
from samrad.picture.models import Agreed, Finding, Order
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


def an_order(cast: Cast, *, asked: Any = None, **readers: Any) -> Order:
    """The council asks the police district's analysts about its nights, or others."""
    wanted = ordering.Wanted(
        question="Hvor og når skjer volden i uteområdene?", why="Valget av tiltak i mars",
        answers=asked or cast.no.police, deadline_date=TODAY + timedelta(days=30),
    )  # fmt: skip
    return ordering.order_analysis(
        council=cast.council, wanted=wanted, readers=Readers(**readers), by=cast.secretary.actor,
        at=NOON,
    )  # fmt: skip


def accepted(cast: Cast) -> Order:
    """The analyst will answer."""
    order = an_order(cast)
    ordering.accept_order(order=order, by=cast.analyst.actor, at=NOON)
    order.refresh_from_db()
    return order


def answered(cast: Cast) -> Order:
    """The analyst has answered."""
    order = accepted(cast)
    ordering.answer_order(
        order=order, answer="Fredag mellom 22 og 02.", by=cast.analyst.actor, at=NOON
    )
    order.refresh_from_db()
    return order


def orders(cast: Cast) -> dict[str, Any]:
    """By the names the table of permissions uses."""
    return {
        "order": an_order(cast), "accepted_order": accepted(cast), "answered_order": answered(cast)
    }  # fmt: skip
