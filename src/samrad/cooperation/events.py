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
AGREEMENT_PART_OF = event("agreement.part_of", _("%(about)s became part of %(above)s."))
AGREEMENT_ENDED = event("agreement.ended", _("%(about)s ended when a new one came into force."))

COUNCIL_SET_UP_BELOW = event("council.set_up_below", _("%(by)s set up %(about)s below %(above)s."))
COUNCIL_RESTED = event("council.rested", _("%(by)s put %(about)s at rest: %(reason)s"))
COUNCIL_WOKEN = event("council.woken", _("%(by)s let %(about)s begin again."))
AGREEMENT_ENDED_WITH_COUNCIL = event(
    "agreement.ended_with_council", _("%(about)s ended together with the council.")
)
TERMS_ADOPTED = event(
    "terms.adopted", _("%(by)s put version %(number)s of the terms of reference in, of %(day)s.")
)
REPORT_DELIVERED = event("report.delivered", _("%(by)s delivered the final report of %(about)s."))
REPORT_CHANGED = event("report.changed", _("%(by)s changed the final report of %(about)s."))
COUNCIL_CONSIDERED = event("council.considered", _("%(by)s recorded that %(about)s is not set up."))
CONSIDERATION_NOTED = event(
    "consideration.noted", _("%(by)s recorded how it stands with %(about)s: %(course)s.")
)
CONSIDERATION_DROPPED = event(
    "consideration.dropped", _("%(by)s no longer considers %(about)s: %(reason)s")
)
CONTACT_POINT_ADDED = event("contact_point.added", _("%(by)s added the contact %(about)s."))
CONTACT_POINT_CHANGED = event("contact_point.changed", _("%(by)s changed the contact %(about)s."))
CONTACT_POINT_ENDED = event("contact_point.ended", _("%(by)s took the contact %(about)s away."))
REPRESENTATIVE_SENT = event(
    "representation.begun", _("%(by)s recorded that %(person)s represents us in %(about)s.")
)
REPRESENTATION_CHANGED = event(
    "representation.changed", _("%(by)s changed who represents us in %(about)s: %(person)s.")
)
REPRESENTATION_NOTED = event(
    "representation.noted", _("%(by)s noted what came of %(about)s on %(day)s.")
)
