"""Bodies below a council and beside it, and who is named or sent for it."""

from __future__ import annotations

from typing import Any

from samrad.cooperation.actions import (
    HowItStands,
    WantedContact,
    WantedCouncil,
    WantedRepresentation,
    WantedSeat,
    add_contact_point,
    adopt_terms,
    consider_council,
    deliver_report,
    drop_considered,
    rest_council,
    send_representative,
    set_up_below,
)
from tests.cast import NOON, TODAY, Cast


def bodies(cast: Cast) -> dict[str, Any]:
    """A group with its report, one at rest, one not set up; terms, a contact, a representative."""
    by, at, council = cast.secretary.actor, {"at": NOON}, cast.council
    own = council.seats.get(function="secretary")
    seat = WantedSeat(
        role=own.role, organisation=own.organisation, side=own.side, function="secretary"
    )
    group = set_up_below(
        parent=council,
        wanted=WantedCouncil(
            tier="prosjektgruppe", name="Trygge bad", area=cast.no.home, seats=(seat,),
            mandate="Badevett på stranda", planned_end_date=TODAY,
        ),
        by=by, **at,
    )  # fmt: skip
    by = cast.secretary.actor
    report = deliver_report(council=group, text="Levert", advice="Fortsett", by=by, **at)
    resting = set_up_below(
        parent=council,
        wanted=WantedCouncil(
            tier="nettverk", name="Miljønettverket", area=cast.no.home, seats=(seat,)
        ),
        by=by, **at,
    )  # fmt: skip
    rest_council(council=resting, reason="Venter", by=cast.secretary.actor, **at)
    considered = consider_council(
        wanted=WantedCouncil(
            tier="arbeidsgruppe", name="Banderåd", area=cast.no.home, parent=council
        ),
        stands=HowItStands(course="not_now", reason="Ikke nå", review_date=TODAY),
        by=by, **at,
    )  # fmt: skip
    dropped = consider_council(
        wanted=WantedCouncil(
            tier="nettverk", name="Nettverk for utesteder", area=cast.no.home, parent=council
        ),
        stands=HowItStands(course="not_now", reason="Få utesteder", review_date=TODAY),
        by=by, **at,
    )  # fmt: skip
    drop_considered(council=dropped, reason="Ingen ville", by=by, **at)
    dropped.refresh_from_db()
    resting.refresh_from_db()
    return {
        "group": group, "group_seat": group.seats.get(), "final_report": report,
        "resting": resting, "considered": considered, "dropped": dropped,
        "consideration": considered.considerations.get(),
        "terms": adopt_terms(council=council, text="Slik", adopted_date=TODAY, by=by, **at),
        "contact_point": contact_points(cast),
        "representation": send_representative(
            council=council,
            wanted=WantedRepresentation(
                forum="Beredskapsrådet", person=cast.police_member.person, from_date=TODAY,
                stand_in=cast.station_chief.person,
            ),
            by=by, **at,
        ),
    }  # fmt: skip


def contact_points(cast: Cast) -> Any:
    """One for whoever holds a role, and one by name, whose name is withheld."""
    by, area = cast.secretary.actor, cast.no.home
    withheld = WantedContact(
        theme="honour", organisation=cast.no.station, person=cast.vice_police.person
    )
    add_contact_point(area=area, wanted=withheld, by=by, at=NOON)
    wanted = WantedContact(theme="school", organisation=cast.no.station, role="police_contact")
    return add_contact_point(area=area, wanted=wanted, by=by, at=NOON)
