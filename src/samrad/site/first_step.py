"""The one thing a reader's home begins with, whatever their role."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _

from samrad.followup.attention import Attention
from samrad.site.queries import Health, Standing
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
) -> FirstStep | None:
    """What waits for me, else what lacks something below me, else the next time we meet."""
    if waiting:
        return _of_attention(waiting[0])
    lacking = next((one for one in overseen if one.wants_a_look), None)
    if lacking:
        url = lacking.council.get_absolute_url()
        return FirstStep(lacking.council.name, what_it_lacks(lacking), _("Look at it"), url)
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
