"""The way from an area's page to its picture."""

from __future__ import annotations

from django.urls import reverse
from django.utils.translation import gettext as _

from samrad.access.actor import Actor
from samrad.areas.models import Area
from samrad.areas.panels import AreaPanel, PanelLine
from samrad.kernel.clock import today
from samrad.knowledge.models import AreaPicture
from samrad.knowledge.overviews import WIDE_KINDS, has_overview


def picture_panel(area: Area, actor: Actor) -> AreaPanel | None:
    """A line that leads to the picture, or of a wide area to its overview, where there is one."""
    if area.kind in WIDE_KINDS:
        if not has_overview(area, actor, today()):
            return None
        line = PanelLine(_("What stands out, municipality by municipality"),
                         reverse("knowledge:overview", args=[area.ref]))  # fmt: skip
        return AreaPanel(_("Figures"), [line])
    if not AreaPicture.objects.visible_to(actor).filter(area=area).exists():
        return None
    url = reverse("knowledge:picture", args=[area.ref])
    line = PanelLine(_("What rises, what falls and what is unusual"), url)
    return AreaPanel(_("Crime picture"), [line])
