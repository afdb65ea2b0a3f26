"""Who may do what with theme days; every answer says why not."""

from __future__ import annotations

from collections.abc import Collection

from django.utils.translation import gettext_lazy as _

from samrad.access.actor import Actor
from samrad.access.vocabulary import Permission
from samrad.cooperation.models import Council
from samrad.cooperation.rules import CouncilState
from samrad.gatherings.models import Nomination, ThemeDay, Workshop
from samrad.gatherings.rules import AHEAD, NEXT_STATES, ThemeDayState
from samrad.kernel.clock import today
from samrad.kernel.verdict import ALLOWED, Verdict, refuse


def may_arrange(actor: Actor, council: Council) -> Verdict:
    """The secretary or chair arranges, in a council that is at work."""
    if not actor.holds(Permission.MEETING_PLAN, in_council=council.pk):
        return refuse(_("Only the council's secretary or chair arranges this."))
    if council.state != CouncilState.ACTIVE:
        return refuse(_("This council is not at work, so nothing is arranged."))
    return ALLOWED


def _arranges(actor: Actor, day: ThemeDay) -> Verdict:
    if not actor.holds(Permission.MEETING_PLAN, in_council=day.council_id):
        return refuse(_("Only the council's secretary or chair arranges this."))
    return ALLOWED


def may_change_theme_day(actor: Actor, day: ThemeDay) -> Verdict:
    """Those who arrange, until the day has been held or cancelled."""
    verdict = _arranges(actor, day)
    if verdict and day.state not in AHEAD:
        return refuse(_("The day has been held or cancelled, so this is closed."))
    return verdict


def may_bring_to(actor: Actor, day: ThemeDay, to: ThemeDayState) -> Verdict:
    """Those who arrange bring it one step further, as the table of its states says."""
    verdict = _arranges(actor, day)
    if verdict and to not in NEXT_STATES[ThemeDayState(day.state)]:
        return refuse(_("The day has come to another point meanwhile."))
    return verdict


def may_nominate(actor: Actor, day: ThemeDay) -> Verdict:
    """Permanent members of the council and of those invited, while it is open and in time."""
    if not councils_of(actor, day):
        return refuse(_("Only members of the councils that are invited name participants."))
    if day.state != ThemeDayState.OPEN:
        return refuse(_("Participants are named while the day is open for it."))
    if day.nominate_by < today(day.council.zone) and not _arranges(actor, day):
        return refuse(_("The time for naming participants is over. Ask whoever arranges it."))
    return ALLOWED


def councils_of(actor: Actor, day: ThemeDay) -> Collection[int]:
    """The councils for which the actor could name somebody: one query, or none once it is read."""
    inside = actor.councils_where(Permission.INTERNAL_SEE)
    if not inside:
        return ()
    asked = {day.council_id, *(council.pk for council in day.invited.all())}
    return inside & asked


def may_withdraw(actor: Actor, nomination: Nomination) -> Verdict:
    """Whoever named them, and those who arrange, while the day is open."""
    if nomination.theme_day.state != ThemeDayState.OPEN:
        return refuse(_("Participants are named while the day is open for it."))
    if actor.person_id is not None and nomination.nominated_by_id == actor.person_id:
        return ALLOWED
    if _arranges(actor, nomination.theme_day):
        return ALLOWED
    return refuse(_("Only whoever named them, or those who arrange the day, withdraw somebody."))


def may_write_outcome(actor: Actor, workshop: Workshop) -> Verdict:
    """Those who arrange write what it came to, once the day has been held."""
    verdict = _arranges(actor, workshop.theme_day)
    if verdict and workshop.theme_day.state != ThemeDayState.HELD:
        return refuse(_("What a workshop came to is written when the day has been held."))
    return verdict


def may_send_on(actor: Actor, workshop: Workshop) -> Verdict:
    """What has been written is sent on."""
    verdict = may_write_outcome(actor, workshop)
    if verdict and not workshop.outcome:
        return refuse(_("Write what the workshop came to first."))
    return verdict


def reads_outcomes(actor: Actor, day: ThemeDay) -> bool:
    """Permanent members of the council and of those invited read what it came to."""
    return bool(councils_of(actor, day))
