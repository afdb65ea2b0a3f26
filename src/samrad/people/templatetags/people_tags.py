"""What pages of other apps may show about people: the agencies one can sign in through."""

from __future__ import annotations

from django import template

from samrad.people.agencies import Agency, agencies

register = template.Library()


@register.simple_tag
def sign_in_agencies() -> tuple[Agency, ...]:
    """The agencies one can sign in through."""
    return agencies()
