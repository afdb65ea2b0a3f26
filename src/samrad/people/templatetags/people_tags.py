"""What pages of other apps may show about people: sign-in, and whom to call at the police."""

from __future__ import annotations

from typing import Any

from django import template
from django.template import Context

from samrad.areas.models import Area
from samrad.areas.rules.kinds import AreaKind
from samrad.people.agencies import Agency, agencies
from samrad.people.permissions import may_see_contact

register = template.Library()


@register.simple_tag
def sign_in_agencies() -> tuple[Agency, ...]:
    """The agencies one can sign in through."""
    return agencies()


@register.inclusion_tag("people/parts/contact_link.html", takes_context=True)
def police_contact_link(context: Context, area: Area) -> dict[str, Any]:
    """A link to whom the municipality calls, for those who work there; at most two queries."""
    asked = area.kind == AreaKind.MUNICIPALITY
    sees = asked and bool(may_see_contact(context["request"].actor, area))
    return {"contact_area": area if sees else None}
