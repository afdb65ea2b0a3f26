"""Who answers at the police today, on the area's page."""

from __future__ import annotations

from django.urls import reverse
from django.utils.translation import gettext as _

from samrad.access.actor import Actor
from samrad.areas.models import Area
from samrad.areas.panels import AreaPanel, PanelLine
from samrad.areas.rules.kinds import AreaKind
from samrad.kernel.clock import today
from samrad.people.permissions import may_see_contact
from samrad.people.queries.contact import Place, who_to_call_now


def whom_to_call(area: Area, actor: Actor) -> AreaPanel | None:
    """For those who work in the municipality, and for levels that cover it: one query."""
    if area.kind != AreaKind.MUNICIPALITY:
        return None
    contact = who_to_call_now(area, today())
    works_there = area.is_near or contact.is_served_by(actor)  # type: ignore[attr-defined]
    if not may_see_contact(actor, area, works_there=works_there):
        return None
    url = reverse("people:contact", args=[area.ref])
    if contact.now:
        line = PanelLine(_answering(contact.now), url, contact.now.phone)
    elif contact.is_set:
        line = PanelLine(_("Nobody in the chain answers today."), url)
    else:
        line = PanelLine(_("It is not recorded whom to call."), url)
    return AreaPanel(_("Whom to call at the police"), [line])


def _answering(place: Place) -> str:
    return f"{place.name}, {place.role_name}" if place.name else place.role_name
