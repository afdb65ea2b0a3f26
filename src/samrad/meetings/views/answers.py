"""Answering an invitation: on the page, and by a link in a mail without signing in."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_POST

from samrad.access.actor import Actor
from samrad.access.gate import ANYONE, SIGNED_IN, declare
from samrad.access.requests import ActorRequest
from samrad.kernel.clock import now, today
from samrad.kernel.verdict import Refused
from samrad.meetings.actions.answers import NothingChosen, answer_invitation, call_again
from samrad.meetings.actions.calling import ANSWERING, ANSWERS, answer_path
from samrad.meetings.models import Called
from samrad.meetings.permissions import may_answer_invitation
from samrad.meetings.queries.recipients import recipient_among, recipients_of
from samrad.meetings.rules.invitations import Answer, Way
from samrad.meetings.views.found import meeting_or_404
from samrad.meetings.words import ANSWER_BUTTONS, ANSWER_THANKS
from samrad.people.models import Person
from samrad.people.sources import actor_of_person
from samrad.post.api import Offer, Other, broken, offered, refused_for_now
from samrad.profiles.reader import profile
from samrad.ui.formats import span


@declare(SIGNED_IN)
@require_POST
def answer(request: ActorRequest, ref: UUID) -> HttpResponse:
    """Say on the meeting's page whether one comes."""
    meeting = meeting_or_404(request, ref)
    given = request.POST.get("answer", "")
    chosen = Answer(given) if given in set(Answer) else Answer.NONE
    try:
        answer_invitation(meeting=meeting, answer=chosen, by=request.actor, at=now())
        messages.success(request, ANSWER_THANKS[chosen])
    except NothingChosen as nothing:
        messages.warning(request, str(nothing.reason))
    return redirect(f"{meeting.get_absolute_url()}#answers")


@declare(SIGNED_IN)
@require_POST
def again(request: ActorRequest, ref: UUID, person: UUID) -> HttpResponse:
    """Send the invitation to one person again."""
    meeting = meeting_or_404(request, ref)
    found = get_object_or_404(Person, ref=person)
    call_again(meeting=meeting, person=found, by=request.actor, at=now())
    messages.success(
        request, _("The invitation is on its way to %(name)s.") % {"name": found.label}
    )
    return redirect(f"{meeting.get_absolute_url()}#answers")


@declare(ANYONE)
@csrf_exempt  # whoever holds the link may press it; a page elsewhere that had it could press it too
@require_http_methods(["GET", "POST"])
def by_link(request: ActorRequest, signed: str) -> HttpResponse:
    """Look at the answer a link gives, and press the button: as the one it was sent to."""
    wait = refused_for_now(request)
    if wait is not None:
        return wait
    called, chosen = _called(signed)
    if called is None:
        return broken(request)
    actor = actor_of_person(called.person, today(called.meeting.council.zone))
    if not _may_answer(called, actor):
        return broken(request)
    if request.method == "GET":
        return offered(request, lambda: _offer(called, chosen), language=_language(called))
    return refused_for_now(request, called.person_id) or _answer(request, called, chosen, actor)


def _answer(request: ActorRequest, called: Called, chosen: Answer, actor: Actor) -> HttpResponse:
    try:
        answer_invitation(meeting=called.meeting, answer=chosen, by=actor, at=now(), way=Way.LINK)
    except Refused:  # the meeting was moved or called off while the page was open
        return broken(request)
    return redirect(request.path)


def _called(signed: str) -> tuple[Called | None, Answer]:
    """Whose link it is and what it answers, as long as the meeting is at the time it was for."""
    token, given, asked_from = ANSWERING.words_of(signed, 3) or ("", "", "")
    rows = Called.objects.select_related("person", "meeting__council", "meeting__minutes")
    called = rows.filter(token=token).first() if token else None
    if called is None or given not in ANSWERS or str(called.meeting.answers_from) != asked_from:
        return None, Answer.NONE
    return called, Answer(given)


def _may_answer(called: Called, actor: Actor) -> bool:
    meeting, on = called.meeting, today(called.meeting.council.zone)
    is_called = recipient_among(recipients_of(meeting, on), called.person) is not None
    return bool(may_answer_invitation(actor, meeting, is_called=is_called, at=now()))


def _offer(called: Called, chosen: Answer) -> Offer:
    meeting, council = called.meeting, called.meeting.council
    when = span(meeting.starts_at, meeting.ends_at, council.zone)
    return Offer(
        title=council.name,
        to=called.person.name,
        lines=[line for line in (when, meeting.place) if line],
        button=ANSWER_BUTTONS[chosen],
        done=ANSWER_THANKS[chosen] if called.answer == chosen else "",
        others=[
            Other(ANSWER_BUTTONS[one], answer_path(called, one)) for one in ANSWERS if one != chosen
        ],
        page=meeting.get_absolute_url(),
    )


def _language(called: Called) -> str:
    """The language of the mail that the link stood in."""
    return called.person.language or profile(called.meeting.council.country).languages[0]
