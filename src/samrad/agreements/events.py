"""What happens to agreements and what they promise, in words."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from samrad.trail.events import event

COMMITMENT_FOLLOWED = event(
    "commitment.followed", _("%(by)s settled how “%(about)s” is kept; %(owner)s answers for it.")
)
COMMITMENT_LEFT = event("commitment.left", _("%(by)s stopped following “%(about)s”: %(reason)s"))
