"""What happens to the year wheel and to calendar addresses, in words."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from samrad.trail.events import event

WHEEL_STARTED = event("wheel.started", _("%(by)s took the year wheel into use."))

WHEEL_YEARS_MOVED = event(
    "wheel.years", _("%(by)s moved “%(what)s” to %(year)s and every other year after that.")
)

ACTIVITY_ADDED = event("activity.added", _("%(by)s added “%(about)s” to the year wheel."))
ACTIVITY_CHANGED = event(
    "activity.changed", _("%(by)s changed “%(before)s” in the year wheel; it is now “%(about)s”.")
)
ACTIVITY_ENDED = event(
    "activity.ended", _("%(by)s ended “%(about)s” in the year wheel: %(reason)s")
)

OCCASION_DONE = event("occasion.done", _("%(by)s ticked off “%(about)s” for %(year)s. %(note)s"))
OCCASION_PLANNED = event(
    "occasion.planned", _("%(by)s planned the meetings of %(year)s, which “%(about)s” asks for.")
)
OCCASION_SKIPPED = event("occasion.skipped", _("%(by)s left out “%(about)s” in %(year)s: %(note)s"))
OCCASION_REOPENED = event("occasion.reopened", _("%(by)s took up “%(about)s” of %(year)s again."))
OCCASION_MEETING = event(
    "occasion.meeting", _("%(by)s tied “%(about)s” to the meeting of %(date)s.")
)
OCCASION_LOOSENED = event(
    "occasion.loosened", _("%(by)s took back that “%(about)s” is taken up at that meeting.")
)
OCCASION_TASK = event("occasion.task", _("%(by)s gave a task for “%(about)s”: %(task)s"))
# Until it is opened a theme day is known to those who arrange it: its title is not told here.
OCCASION_THEME_DAY = event(
    "occasion.theme_day", _("%(by)s began to plan the theme day that “%(about)s” calls for.")
)

CALENDAR_OPENED = event("calendar.opened", _("%(by)s made a secret address for their calendar."))
CALENDAR_RENEWED = event(
    "calendar.renewed", _("%(by)s made another secret address; the one before no longer works.")
)
CALENDAR_REVOKED = event(
    "calendar.revoked", _("%(by)s closed the secret address of their calendar.")
)
