"""Who may write findings and confirm what both sides agree on; every answer says why not."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from samrad.access.actor import Actor
from samrad.access.vocabulary import Permission
from samrad.cooperation.models import Council
from samrad.cooperation.rules import CouncilState
from samrad.kernel.verdict import ALLOWED, Verdict, refuse
from samrad.picture.models import Agreed, Finding, Order
from samrad.picture.rules import BOTH, NEXT_ORDER_STATES, OrderState


def side_in(actor: Actor, council_id: int) -> str:
    """The side the actor sits for in the council; empty without a permanent seat. No query."""
    if not actor.holds(Permission.AGENDA_PROPOSE, in_council=council_id):
        return ""
    sides = {held.side for held in actor.held if held.council_id == council_id and held.side}
    return next((side for side in BOTH if side in sides), "")


def may_write_for_picture(actor: Actor, council: Council) -> Verdict:
    """Permanent members from the police and the municipality, in a council that is at work."""
    if not side_in(actor, council.pk):
        return refuse(
            _("Only the council's members from the police and the municipality write here.")
        )
    if council.state != CouncilState.ACTIVE:
        return refuse(_("This council is not at work, so nothing is written here."))
    return ALLOWED


def may_change_finding(actor: Actor, finding: Finding) -> Verdict:
    """The side whose finding it is."""
    if finding.is_withdrawn:
        return refuse(_("It has been withdrawn."))
    if side_in(actor, finding.council_id) != finding.side:
        return refuse(_("Only the side whose finding it is changes it."))
    return ALLOWED


def may_change_agreed(actor: Actor, agreed: Agreed) -> Verdict:
    """Either side: what was confirmed falls away, and both confirm again."""
    if agreed.is_withdrawn:
        return refuse(_("It has been withdrawn."))
    return may_write_for_picture(actor, agreed.council)


def may_confirm(actor: Actor, agreed: Agreed) -> Verdict:
    """Each side once, for the text as it reads."""
    verdict = may_change_agreed(actor, agreed)
    if verdict and side_in(actor, agreed.council_id) not in agreed.lacks:
        return refuse(_("Your side has already confirmed it as it reads."))
    return verdict


def may_order(actor: Actor, council: Council) -> Verdict:
    """Whoever writes for the picture orders what is lacking in it."""
    return may_write_for_picture(actor, council)


def may_answer_order(actor: Actor, order: Order, to: OrderState) -> Verdict:
    """Somebody at the organisation that was asked, one step of the table at a time."""
    if order.answers_id not in actor.organisation_ids:
        return refuse(_("Only the organisation that was asked answers."))
    return _next(order, to)


def may_note_use(actor: Actor, order: Order) -> Verdict:
    """The council's secretary or chair says what the answer served."""
    if not actor.holds(Permission.AGENDA_SET, in_council=order.council_id):
        return refuse(_("Only the council's secretary or chair says what it served."))
    return _next(order, OrderState.USED)


def _next(order: Order, to: OrderState) -> Verdict:
    if to not in NEXT_ORDER_STATES[OrderState(order.state)]:
        return refuse(_("The analysis has come to another point meanwhile."))
    return ALLOWED
