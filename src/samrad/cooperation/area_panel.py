"""The councils of an area, on the area's page."""

from __future__ import annotations

from django.utils.translation import gettext as _

from samrad.access.actor import Actor
from samrad.areas.models import Area
from samrad.areas.panels import AreaPanel, PanelLine
from samrad.cooperation.models import Council


def councils_in(area: Area, actor: Actor) -> AreaPanel | None:
    """Those the reader may see; nothing where there are none."""
    councils = Council.objects.visible_to(actor).filter(area=area).active()
    lines = [PanelLine(one.name, one.get_absolute_url(), one.tier_name) for one in councils]
    return AreaPanel(_("Councils"), lines) if lines else None
