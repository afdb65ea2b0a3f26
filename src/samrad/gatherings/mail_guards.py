"""Whether somebody may still have a mail about a theme day at the moment it is sent."""

from __future__ import annotations

from uuid import UUID

from samrad.access.actor import Actor
from samrad.gatherings.models import ThemeDay


def sees_theme_day(actor: Actor, ref: UUID) -> bool:
    """A removed seat gets no more invitations."""
    return ThemeDay.objects.visible_to(actor).filter(ref=ref).exists()
