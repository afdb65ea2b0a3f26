"""What pages of other apps may show about people: sign-in, and whom to call at the police."""

from __future__ import annotations

from typing import Any

from django import template

from samrad.areas.models import Area
from samrad.kernel.clock import today
from samrad.people.agencies import Agency, agencies
from samrad.people.queries.contact import who_to_call_now

register = template.Library()


@register.simple_tag
def sign_in_agencies() -> tuple[Agency, ...]:
    """The agencies one can sign in through."""
    return agencies()


@register.inclusion_tag("people/parts/contact_card.html")
def police_contact(area: Area) -> dict[str, Any]:
    """A card with whom the municipality calls now; three queries.

    The page that shows it has made sure that its reader works there.
    """
    return {"contact": who_to_call_now(area, today())}
