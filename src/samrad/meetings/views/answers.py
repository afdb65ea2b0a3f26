"""Answering an invitation: on the page, and by a link in a mail without signing in."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_POST

from samrad.access.actor import Actor
from samrad.access.gate import ANYONE, SIGNED_IN, declare
from samrad.access.requests import ActorRequest
from samrad.documents.api import note_answers
from samrad.kernel.clock import now, today
from samrad.kernel.verdict import Refused
from samrad.meetings.actions.answers import NothingChosen, answer_invitation, call_again
from samrad.meetings.actions.calling import ANSWERING, ANSWERS, answer_path
from samrad.meetings.forms.answers import StandInForm
from samrad.meetings.models import Called, Meeting
from samrad.meetings.permissions import may_answer_invitation
from samrad.meetings.queries.answering import who_answers
from samrad.meetings.queries.answers import own_answer
from samrad.meetings.queries.recipients import called_to, recipient_among
from samrad.meetings.rules import MeetingState
from samrad.meetings.rules.invitations import Answer, Way
from samrad.meetings.views.found import meeting_or_404, posted
from samrad.meetings.words import ANSWER_BUTTONS, ANSWER_THANKS
from samrad.people.models import Person
from samrad.post.api import Offer, Other, Over, broken, offered, over, refused_for_now, spoken
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
    return redirect(meeting)  # where the thanks stand, and who comes instead is asked


@declare(SIGNED_IN)
@require_http_methods(["GET", "POST"])
def stand_in(request: ActorRequest, ref: UUID) -> HttpResponse:
    """Say that one does not come, and who comes instead."""
    meeting, actor = meeting_or_404(request, ref), request.actor
    recipients = called_to(meeting, today(meeting.council.zone))
    is_called = any(one.person.pk == actor.person_id for one in recipients)
    may_answer_invitation(actor, meeting, is_called=is_called, at=now()).enforce()
    initial = {"stand_in": own_answer(meeting, actor).own_stand_in}
    form = StandInForm(posted(request), actor=actor, council=meeting.council, initial=initial)
    if request.method == "POST" and form.is_valid():
        _say_who_comes_instead(form, meeting, actor, Way.PAGE)
        messages.success(request, ANSWER_THANKS[Answer.DECLINED])
        return redirect(meeting)
    context = {
        "council": meeting.council,
        "meeting": meeting,
        "form": form,
        "title": _("Who comes instead of you?"),
        "lead": _("The secretary sees it, and it is proposed in the minutes."),
    }
    status = 422 if form.is_bound else 200
    return render(request, "meetings/form.html", context, status=status)


@transaction.atomic
def _say_who_comes_instead(form: StandInForm, meeting: Meeting, actor: Actor, way: Way) -> None:
    answer_invitation(
        meeting=meeting, answer=Answer.DECLINED, stand_in=form.cleaned_data["stand_in"],
        by=actor, at=now(), way=way,
    )  # fmt: skip
    note_answers(form.number_answers, about=meeting, by=actor, at=now())


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
    actor = who_answers(called, today(called.meeting.council.zone))
    if called.meeting.state == MeetingState.CANCELLED and _is_called(called):
        return over(request, lambda: _cancelled(called), language=_language(called))
    if not _may_answer(called, actor):
        return broken(request)
    form = _stand_in_form(request, called, chosen, actor)
    if request.method == "GET":
        return offered(request, lambda: _offer(called, chosen, form), language=_language(called))
    return refused_for_now(request, called.person_id) or _answer(
        request, called, chosen, actor, form
    )


def _stand_in_form(
    request: ActorRequest, called: Called, chosen: Answer, actor: Actor
) -> StandInForm | None:
    """Only who has said no is asked who comes instead."""
    if chosen != Answer.DECLINED or called.answer != chosen:
        return None
    data = request.POST if "stand_in" in request.POST else None
    initial = {"stand_in": called.stand_in}
    return StandInForm(data, actor=actor, council=called.meeting.council, initial=initial)


def _answer(
    request: ActorRequest,
    called: Called,
    chosen: Answer,
    actor: Actor,
    form: StandInForm | None,
) -> HttpResponse:
    meeting, language = called.meeting, _language(called)
    with spoken(request, language):
        is_wrong = form is not None and form.is_bound and not form.is_valid()
    if is_wrong:
        return offered(request, lambda: _offer(called, chosen, form), language=language, status=422)
    try:
        if form and form.is_bound:
            _say_who_comes_instead(form, meeting, actor, Way.LINK)
        else:
            answer_invitation(meeting=meeting, answer=chosen, by=actor, at=now(), way=Way.LINK)
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
    is_called = _is_called(called)
    return bool(may_answer_invitation(actor, called.meeting, is_called=is_called, at=now()))


def _is_called(called: Called) -> bool:
    on = today(called.meeting.council.zone)
    return recipient_among(called_to(called.meeting, on), called.person) is not None


def _offer(called: Called, chosen: Answer, form: StandInForm | None) -> Offer:
    meeting, council = called.meeting, called.meeting.council
    when = span(meeting.starts_at, meeting.ends_at, council.zone)
    return Offer(
        title=council.name,
        to=called.person.name,
        lines=[line for line in (when, meeting.place) if line],
        button=ANSWER_BUTTONS[chosen],
        done=ANSWER_THANKS[chosen] if called.answer == chosen else "",
        told=_told(called),
        before=_answered_before(called, chosen),
        form=form,
        others=[
            Other(ANSWER_BUTTONS[one], answer_path(called, one)) for one in ANSWERS if one != chosen
        ],
        page=meeting.get_absolute_url(),
    )


def _cancelled(called: Called) -> Over:
    meeting, council = called.meeting, called.meeting.council
    when = span(meeting.starts_at, meeting.ends_at, council.zone)
    return Over(council.name, [when], _("The meeting is cancelled"), meeting.get_absolute_url())


def _told(called: Called) -> str:
    if not called.stand_in:
        return ""
    return _("Comes instead of you: %(name)s") % {"name": called.stand_in}


def _answered_before(called: Called, chosen: Answer) -> str:
    """What somebody who comes back with another of the links has answered already."""
    if called.answer in {Answer.NONE, chosen}:
        return ""
    return _("You have answered: %(answer)s") % {"answer": ANSWER_BUTTONS[Answer(called.answer)]}


def _language(called: Called) -> str:
    """The language of the mail that the link stood in."""
    return called.person.language or profile(called.meeting.council.country).languages[0]
