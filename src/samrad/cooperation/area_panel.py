"""The councils of an area, on the area's page."""

from __future__ import annotations

from django.urls import reverse
from django.utils.translation import gettext as _

from samrad.access.actor import Actor
from samrad.areas.models import Area
from samrad.areas.panels import AreaPanel, PanelLine
from samrad.cooperation.contacts import contacts_within
from samrad.cooperation.models import Council
from samrad.kernel.clock import today

CONTACTS_SHOWN = 8


def councils_in(area: Area, actor: Actor) -> AreaPanel | None:
    """Those the reader may see; nothing where there are none."""
    councils = Council.objects.visible_to(actor).filter(area=area).active()
    lines = [PanelLine(one.name, one.get_absolute_url(), one.tier_name) for one in councils]
    return AreaPanel(_("Councils"), lines) if lines else None


def contacts_in(area: Area, actor: Actor) -> AreaPanel | None:
    """Whom to turn to about what (A5); nothing where nobody is named, or the reader is far away."""
    page = reverse("cooperation:contacts", args=[area.ref])
    found = [one for theme in contacts_within(area, actor, today()) for one in theme.contacts]
    lines = [
        PanelLine(
            one.point.theme_name,
            page,
            ", ".join([*(who.label for who in one.persons), one.point.organisation.name]),
        )
        for one in found[:CONTACTS_SHOWN]
    ]
    return AreaPanel(_("Contacts by theme"), lines) if lines else None
