"""How findings and statements are shown."""

from __future__ import annotations

from django import template
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from samrad.cooperation.rules import Side
from samrad.cooperation.words import SIDES
from samrad.documents.rules import Classification
from samrad.documents.words import CLASSIFICATIONS
from samrad.picture.models import Agreed, Finding, Order
from samrad.picture.queries import TwoSides
from samrad.picture.rules import HowSure, OrderState
from samrad.picture.words import ORDER_STATES, ORDER_TONES, TONES
from samrad.ui.components.small import chip

register = template.Library()


@register.filter
def by_side(sides: TwoSides) -> list[tuple[str, list[Finding]]]:
    """The two columns."""
    return [(Side.POLICE, sides.police), (Side.MUNICIPALITY, sides.municipality)]


@register.filter
def side_name(side: str) -> str:
    """What a side of the table is called."""
    return str(SIDES[Side(side)])


@register.simple_tag
def certainty_chip(finding: Finding) -> SafeString:
    """How sure a finding is."""
    return chip(finding.certainty_in_words, TONES[HowSure(finding.how_sure)])


@register.simple_tag
def agreed_chip(agreed: Agreed) -> SafeString:
    """Whether both sides stand behind it, or whose confirmation it waits for."""
    if agreed.is_both_sides_own:
        return chip(_("Confirmed by both sides"), "success")
    if len(agreed.lacks) > 1:
        return chip(_("Not confirmed yet"), "neutral")
    return chip(_("Waits for the other side"), "info")


@register.simple_tag
def said_for(thing: Finding | Agreed | Order) -> SafeString:
    """A mark on what is not internal, as elsewhere."""
    if thing.classification == Classification.INTERNAL:
        return SafeString("")
    restricted = thing.is_restricted
    name = CLASSIFICATIONS[Classification(thing.classification)]
    return chip(name, "warning" if restricted else "neutral", "lock" if restricted else "")


@register.simple_tag
def order_state(order: Order) -> SafeString:
    """How far an analysis has come."""
    state = OrderState(order.state)
    return chip(ORDER_STATES[state], ORDER_TONES[state])
