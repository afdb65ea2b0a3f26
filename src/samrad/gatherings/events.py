"""What happens to theme days, in words."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from samrad.trail.events import event

PLANNED = event("theme_day.planned", _("%(by)s planned the day “%(about)s”."))
CHANGED = event("theme_day.changed", _("%(by)s changed the day “%(about)s”."))
OPENED = event("theme_day.opened", _("%(by)s invited %(recipients)s people to name participants."))
HELD = event("theme_day.held", _("%(by)s noted that the day was held."))
DONE = event("theme_day.done", _("%(by)s closed the day: everything it came to has been sent on."))
CANCELLED = event("theme_day.cancelled", _("%(by)s cancelled the day: %(reason)s"))

WORKSHOP_ADDED = event("workshop.added", _("%(by)s added the workshop “%(about)s”."))
WORKSHOP_CHANGED = event("workshop.changed", _("%(by)s changed the workshop “%(about)s”."))
WORKSHOP_REMOVED = event("workshop.removed", _("%(by)s removed the workshop “%(about)s”."))
OUTCOME_WRITTEN = event("workshop.outcome", _("%(by)s wrote what “%(about)s” came to."))
SENT_ON = event("workshop.sent_on", _("%(by)s sent what “%(about)s” came to on to %(to)s."))

NOMINATED = event("nomination.made", _("%(by)s named %(about)s."))
WITHDRAWN = event("nomination.withdrawn", _("%(by)s withdrew %(about)s."))
