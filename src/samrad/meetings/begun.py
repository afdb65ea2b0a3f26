"""Whether a meeting has begun: before that there is nothing to approve."""

from __future__ import annotations

from datetime import datetime

from django.utils.translation import gettext_lazy as _

from samrad.kernel.verdict import ALLOWED, Verdict, refuse
from samrad.meetings.models import Meeting


def has_begun(meeting: Meeting, at: datetime) -> Verdict:
    """What was said and decided cannot be sent out, nor approved, before anybody has met."""
    if meeting.starts_at <= at:
        return ALLOWED
    return refuse(
        _(
            "The meeting has not begun, so its minutes cannot be sent or approved. Write them if"
            " you like: they wait here until it has. If it was held earlier, say so under “Change"
            " time or place”."
        )
    )
