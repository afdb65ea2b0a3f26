"""What happens to councils, seats and agreements, in words."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from samrad.trail.events import event

COUNCIL_SET_UP = event("council.set_up", _("%(by)s set up %(about)s."))
COUNCIL_CHANGED = event("council.changed", _("%(by)s changed what is recorded about %(about)s."))
COUNCIL_ENDED = event("council.ended", _("%(by)s ended %(about)s: %(reason)s"))
SEAT_ADDED = event("seat.added", _("%(by)s added the seat %(about)s."))
SEAT_CHANGED = event("seat.changed", _("%(by)s changed the seat %(about)s."))
SEAT_FUNCTION = event("seat.function", _("%(by)s made the seat %(about)s: %(function)s."))
SEAT_ENDED = event("seat.ended", _("%(by)s ended the seat %(about)s."))
FOCUS_AREA_SET = event("focus_area.set", _("%(by)s made “%(about)s” a focus area for %(year)s."))
FOCUS_AREA_DROPPED = event(
    "focus_area.dropped", _("%(by)s took “%(about)s” off the focus areas of %(year)s.")
)
COMMITMENT_MADE = event("commitment.made", _("%(by)s recorded the commitment “%(about)s”."))
AGREEMENT_READ = event("agreement.read_in", _("%(by)s read in %(about)s."))
AGREEMENT_DISCARDED = event("agreement.discarded", _("%(by)s discarded what was read in."))
AGREEMENT_CONFIRMED = event(
    "agreement.confirmed", _("%(by)s confirmed %(about)s; it is in force from %(start)s.")
)
AGREEMENT_KEPT = event(
    "agreement.kept",
    _("%(by)s confirmed %(about)s as an earlier agreement, from %(start)s to %(end)s."),
)
AGREEMENT_ENDED = event("agreement.ended", _("%(about)s ended when a new one came into force."))
