"""What meetings themselves suggest for an agenda: minutes to approve, agreements to renew."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import timedelta

from django.db.models import Q
from django.utils import translation
from django.utils.translation import gettext as _

from samrad.access.actor import Actor
from samrad.cooperation.models import Agreement
from samrad.cooperation.rules import AgreementState
from samrad.meetings.models import Meeting, Minutes
from samrad.meetings.queries.minutes import day_of
from samrad.meetings.rules import ItemKind, MinutesState
from samrad.meetings.sources import Suggestion
from samrad.profiles.reader import profile
from samrad.ui.formats import day

RENEWED_AHEAD = timedelta(days=183)  # half a year is what hearing and signing take


def renewals(meeting: Meeting, actor: Actor) -> Iterable[Suggestion]:
    """The agreement in force, if it ends or is to be renewed within half a year of the meeting."""
    latest = day_of(meeting) + RENEWED_AHEAD
    due = Agreement.objects.visible_to(actor).filter(
        Q(to_date__lte=latest) | Q(renewal_date__lte=latest),
        council=meeting.council_id,
        state=AgreementState.IN_FORCE,
    )
    for agreement in due:
        until = min(filter(None, (agreement.to_date, agreement.renewal_date)))
        why = _("It is to be renewed by %(day)s.") % {"day": day(until)}
        with translation.override(_language(meeting)):
            title = _("Renewal: %(agreement)s") % {"agreement": agreement.title}
        yield Suggestion(
            Agreement.trail_kind, agreement.ref, title[:200], why, asks=ItemKind.DECISION, due=until
        )


def minutes_to_approve(meeting: Meeting, actor: Actor) -> Iterable[Suggestion]:
    """Minutes of earlier meetings that still wait for somebody's approval."""
    waiting = (
        Minutes.objects.visible_to(actor)
        .filter(
            meeting__council=meeting.council_id,
            meeting__starts_at__lt=meeting.starts_at,
            state=MinutesState.CIRCULATED,
        )
        .select_related("meeting")
        .order_by("meeting__starts_at")
    )
    for minutes in waiting:
        zone = meeting.council.zone
        with translation.override(_language(meeting)):
            title = _("Approval of the minutes of %(day)s") % {
                "day": day(minutes.meeting.starts_at, zone)
            }
        why = _("They have not been approved by everybody yet.")
        yield Suggestion(
            Meeting.trail_kind, minutes.meeting.ref, title, why, asks=ItemKind.DECISION
        )


def _language(meeting: Meeting) -> str:
    """What the council writes in."""
    return profile(meeting.council.country).languages[0]
