"""What the trail says about areas."""

from django.utils.translation import gettext_lazy as _

from samrad.trail.events import event

STRUCTURE_LOADED = event(
    "areas.structure_loaded",
    _(
        "%(by)s loaded the structure “%(about)s”, which holds from %(from_date)s:"
        " %(opened)s areas opened, %(ended)s ended, %(changes)s changes in all"
    ),
)
