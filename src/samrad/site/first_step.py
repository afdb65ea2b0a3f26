"""The one thing a reader's home begins with, whatever their role."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.urls import reverse
from django.utils.translation import gettext as _

from samrad.followup.attention import Attention
from samrad.site.queries import Beginning, Health, Standing
from samrad.ui import formats


@dataclass(frozen=True)
class FirstStep:
    """What to do, why now, and the button."""

    title: str
    hint: str
    label: str
    url: str


def first_step(
    waiting: Sequence[Attention],
    overseen: Sequence[Standing],
    coming: Sequence[Standing],
    health: Health | None,
    beginning: Beginning | None = None,
) -> FirstStep | None:
    """What waits for me, else what lacks something below me, else the next time we meet.

    Before there is a council: what brings the first one nearer.
    """
    if waiting:
        return _of_attention(waiting[0])
    lacking = next((one for one in overseen if one.wants_a_look), None)
    if lacking:
        url = lacking.council.get_absolute_url()
        return FirstStep(lacking.council.name, what_it_lacks(lacking), _("Look at it"), url)
    if beginning and (step := _of_beginning(beginning, health)):
        return step
    if health:
        return _of_health(health)
    return _of_meeting(coming[0]) if coming else None


def _of_attention(one: Attention) -> FirstStep:
    parts = [one.where]
    if one.due:
        parts.append(f"{formats.day(one.due)} ({formats.relative_day(one.due)})")
    return FirstStep(one.title, " · ".join(filter(None, parts)), one.verb, one.url)


def what_it_lacks(one: Standing) -> str:
    """What a council should have and has not, in a few words."""
    found = []
    if one.lacks_meeting:
        found.append(_("No meeting is planned."))
    if one.lacks_agreement:
        found.append(_("No agreement or plan is in force."))
    if one.is_slow:
        found.append(_("The last minutes have taken more than three weeks."))
    return " ".join(found)


def _of_beginning(beginning: Beginning, health: Health | None) -> FirstStep | None:
    """Organisations, then somebody who coordinates, who is let in and sets up the council."""
    if beginning.may_set_up:
        return FirstStep(
            _("Set up the first council"),
            _("From its agreement, or by hand if there is none."),
            _("Begin"),
            reverse("cooperation:councils"),
        )
    if health is None:
        return None
    if not beginning.has_organisations:
        return FirstStep(
            _("Add the first organisation"),
            _("A municipality or a police unit. Its people come next, and then the council."),
            _("Add an organisation"),
            reverse("people:add_organisation"),
        )
    coordinator = beginning.coordinator
    if coordinator is None:
        return FirstStep(
            _("Give somebody the role of coordinator"),
            _("Open the organisation where they work. Coordinators set up the councils."),
            _("Choose the organisation"),
            reverse("people:organisations"),
        )
    waits = any(one.person_id == coordinator.pk for one in health.invited)
    if coordinator.user_id is not None or waits:
        return None
    hint = _("Coordinates, and sets up the first council after having signed in.")
    return FirstStep(coordinator.name, hint, _("Invite"), coordinator.get_absolute_url())


def _of_health(health: Health) -> FirstStep | None:
    late = next((one for one in health.invited if one.expires_at < health.at), None)
    if late is None:
        return None
    hint = _("Was invited %(when)s and has not come; the invitation has expired.") % {
        "when": formats.relative_day(late.invited_at)
    }
    return FirstStep(late.person.name, hint, _("Invite again"), late.person.get_absolute_url())


def _of_meeting(one: Standing) -> FirstStep | None:
    meeting = one.next
    if meeting is None:
        return None
    when = formats.span(meeting.starts_at, meeting.ends_at, one.council.zone)
    return FirstStep(one.council.name, when, _("Open the meeting"), meeting.get_absolute_url())
