"""Who keeps a council's wheel, and who has a calendar."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from samrad.access.actor import Actor
from samrad.access.vocabulary import Permission
from samrad.cooperation.models import Council
from samrad.cooperation.rules import CouncilState
from samrad.kernel.verdict import ALLOWED, Verdict, refuse
from samrad.people.models import Person
from samrad.wheel.models import Activity


def may_keep_wheel(actor: Actor, council: Council) -> Verdict:
    """The secretary or chair, in a council that is at work; and what follows by itself."""
    if not actor.is_system and not actor.holds(Permission.MEETING_PLAN, in_council=council.pk):
        return refuse(_("Only the council's secretary or chair keeps its year wheel."))
    if council.state != CouncilState.ACTIVE:
        return refuse(_("This council is not at work, so its year wheel stands still."))
    return ALLOWED


def may_change_activity(actor: Actor, activity: Activity) -> Verdict:
    """What the council has added itself, until it is ended."""
    verdict = may_keep_wheel(actor, activity.council)
    if verdict and activity.ended_date is not None:
        return refuse(_("This activity has been ended. Add it anew if it is to come back."))
    return verdict


def may_have_calendar(actor: Actor, person: Person) -> Verdict:
    """One's own, and nobody else's."""
    if actor.person_id is None or actor.person_id != person.pk:
        return refuse(_("Everybody makes and closes the address of their own calendar only."))
    return ALLOWED


def reads_notes(actor: Actor, council: Council) -> bool:
    """Whether the actor reads what was said when something was ticked off: permanent members."""
    return actor.holds(Permission.INTERNAL_SEE, in_council=council.pk)
