"""Whether somebody may still have a mail about a theme day at the moment it is sent."""

from __future__ import annotations

from uuid import UUID

from samrad.access.actor import Actor
from samrad.gatherings.models import ThemeDay
from samrad.gatherings.rules import ThemeDayState
from samrad.kernel.clock import now
from samrad.post.api import Message


def is_still_held(_message: Message, ref: UUID) -> bool:
    """Nobody is invited to a day that has been called off or is over."""
    days = ThemeDay.objects.exclude(state=ThemeDayState.CANCELLED)
    return days.filter(ref=ref, ends_at__gt=now()).exists()


def sees_theme_day(actor: Actor, ref: UUID) -> bool:
    """A removed seat gets no more invitations."""
    return ThemeDay.objects.visible_to(actor).filter(ref=ref).exists()
