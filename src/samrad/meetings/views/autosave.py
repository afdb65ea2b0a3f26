"""Parts of the minutes saved by the page's script, each with the mark it started from.

The answer comes after the commit: 200 with the new mark and the time, 409 with what somebody else
saved, 422 with what is wrong with the text, 403 with why not. When the text holds digits that could
be a person's, 422 brings the questions about them, and their answers come back among the values.
401 says that somebody else is signed in: nothing is saved in a name that is not the writer's.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from functools import wraps
from typing import Any
from uuid import UUID

from django.core.exceptions import ValidationError
from django.db import transaction
from django.http import HttpResponse, JsonResponse
from django.middleware.csrf import get_token
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from samrad.access.gate import SIGNED_IN, declare, not_there
from samrad.access.lookup import visible_or_404
from samrad.access.requests import ActorRequest
from samrad.cooperation.models import Seat
from samrad.cooperation.seats import seats_filled
from samrad.documents.api import note_answers
from samrad.followup.models import Decision, Task
from samrad.kernel.clock import now
from samrad.kernel.text import whole_number
from samrad.kernel.verdict import Refused
from samrad.meetings.actions.minutes import (
    Stale,
    attendance_mark,
    noted_for,
    save_text,
    settle_item,
)
from samrad.meetings.actions.minutes_page import (
    AbilityNote,
    DecisionNote,
    SeatNote,
    TaskNote,
    TaskWords,
    save_ability,
    save_seat,
    save_task,
    save_wording,
    task_mark,
    wording_mark,
)
from samrad.meetings.forms.minutes import DAY
from samrad.meetings.forms.people import responsible_for, value_of
from samrad.meetings.forms.texts import (
    ABILITY,
    STAND_IN,
    TEXT,
    TITLE,
    WORDING,
    Kind,
    Texts,
    Written,
)
from samrad.meetings.models import AgendaItem, Meeting
from samrad.meetings.permissions import may_write_minutes
from samrad.meetings.queries.minutes import day_of
from samrad.meetings.rules import CouldDecide, Mandate, Presence
from samrad.meetings.rules.attendance import presence_meant
from samrad.meetings.views.found import item_or_404, meeting_or_404, minutes_or_404
from samrad.ui.formats import clock

LONGEST_BODY = 500_000
View = Callable[..., HttpResponse]


class Unreadable(Exception):
    """The request is not what the page's script sends."""


class SomebodyElse(Exception):
    """Another person has signed in in this browser since the page was opened."""


class Asked(Exception):
    """A text cannot be taken like this; there may be something to answer first."""

    def __init__(self, form: Texts) -> None:
        super().__init__()
        self.form = form


def answers_in_json(view: View) -> View:
    """Refusals and wrong texts become answers that the script can show."""

    @wraps(view)
    def answered(request: ActorRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        try:
            return view(request, *args, **kwargs)
        except Refused as refused:
            return JsonResponse({"error": str(refused.reason)}, status=403)
        except SomebodyElse:
            return JsonResponse({"error": _("Somebody else is signed in now.")}, status=401)
        except Asked as asked:
            form = asked.form
            answer = {"error": form.refusal, "questions": form.questions_in_words()}
            return JsonResponse(answer, status=422)
        except ValidationError as error:
            return JsonResponse({"error": " ".join(error.messages)}, status=422)
        except Unreadable:
            return JsonResponse({"error": _("This could not be read.")}, status=400)

    return answered


def _sent(request: ActorRequest) -> tuple[dict[str, str], str]:
    """The values and the mark they started from."""
    if len(request.body) > LONGEST_BODY:
        raise Unreadable
    try:
        body = json.loads(request.body)
        values = {str(name): str(value) for name, value in body["values"].items()}
        expected, reader = str(body["expected"]), str(body.get("reader") or "")
    except (ValueError, TypeError, KeyError, AttributeError, RecursionError) as error:
        raise Unreadable from error
    if reader and reader != str(request.actor.person_ref):
        raise SomebodyElse
    return values, expected


def _read(  # noqa: PLR0917 - a text is looked at where it stands
    request: ActorRequest,
    meeting: Meeting,
    values: dict[str, str],
    name: str,
    kind: Kind,
    saved: str,
) -> tuple[str, Texts]:
    """The text of that name, and the form that holds what was answered about it."""
    form = Texts(
        values, [Written(name, kind, saved)], actor=request.actor, council=meeting.council_id
    )
    if not form.is_valid():
        raise Asked(form)
    return str(form.cleaned_data[name]), form


def _saved(mark: str, meeting: Meeting) -> JsonResponse:
    return JsonResponse({"mark": mark, "at": clock(now(), meeting.council.zone)})


def _stale(mark: str, values: dict[str, str], by: str = "", at: str = "") -> JsonResponse:
    return JsonResponse({"mark": mark, "values": values, "by": by, "at": at}, status=409)


@declare(SIGNED_IN)
@require_GET
def token(request: ActorRequest, ref: UUID) -> HttpResponse:
    """A new proof of origin, after the reader has signed in again elsewhere."""
    meeting = meeting_or_404(request, ref)
    if not may_write_minutes(request.actor, meeting):
        raise not_there()
    reader = str(request.actor.person_ref or "")
    response = JsonResponse({"token": get_token(request), "reader": reader})
    response["Cache-Control"] = "no-store"
    return response


@declare(SIGNED_IN)
@require_POST
@answers_in_json
def text(request: ActorRequest, ref: UUID) -> HttpResponse:
    """What was said on an item."""
    item = item_or_404(request, ref)
    may_write_minutes(request.actor, item.meeting).enforce()
    values, expected = _sent(request)
    if not expected.isdecimal():
        raise Unreadable
    said, form = _read(request, item.meeting, values, "text", TEXT, item.minutes_text)
    with transaction.atomic():
        answer = save_text(
            item=item, text=said, expected=whole_number(expected), by=request.actor, at=now()
        )
        if not isinstance(answer, Stale):
            note_answers(form.number_answers, about=item, by=request.actor, at=now())
    if isinstance(answer, Stale):
        at = clock(answer.saved_at, item.meeting.council.zone)
        return _stale(str(answer.version), {"text": answer.text}, answer.saved_by, at)
    return _saved(str(answer.version), item.meeting)


@declare(SIGNED_IN)
@require_POST
@answers_in_json
def attendance(request: ActorRequest, ref: UUID, seat: UUID) -> HttpResponse:
    """Whether a seat was filled, and by whom instead."""
    meeting = meeting_or_404(request, ref)
    may_write_minutes(request.actor, meeting).enforce()
    filled = seats_filled(meeting.council, day_of(meeting))
    found = next((one.seat for one in filled if one.seat.ref == seat), None)
    if found is None:
        raise not_there()
    values, expected = _sent(request)
    given = values.get("presence", "")
    said = Presence(given) if given in set(Presence) else None
    noted = noted_for(meeting, found)
    before = noted.stand_in if noted else ""
    stand_in, form = _read(request, meeting, values, "stand_in", STAND_IN, before)
    came = _chosen(request, meeting, values, "came", noted.from_item if noted else None)
    left = _chosen(request, meeting, values, "left", noted.until_item if noted else None)
    presence = presence_meant(said, stand_in, was=expected, partly=bool(came or left))
    note = SeatNote(found, presence, stand_in, expected, came, left)
    with transaction.atomic():
        mark = save_seat(meeting, note, by=request.actor, at=now())
        is_saved = mark == note.mark
        if is_saved:
            note_answers(form.number_answers, about=meeting, by=request.actor, at=now())
    return _saved(mark, meeting) if is_saved else _other_note(meeting, found)


def _chosen(
    request: ActorRequest,
    meeting: Meeting,
    values: dict[str, str],
    name: str,
    noted: AgendaItem | None,
) -> AgendaItem | None:
    """The item chosen by its reference; what is not sent stays as it is noted."""
    if name not in values:
        return noted
    items = AgendaItem.objects.visible_to(request.actor).filter(meeting=meeting)
    return next((item for item in items if str(item.ref) == values[name]), None)


def _other_note(meeting: Meeting, seat: Seat) -> JsonResponse:
    noted = noted_for(meeting, seat)
    came, left = (noted.from_item, noted.until_item) if noted else (None, None)
    other = {
        "presence": noted.presence if noted else "",
        "stand_in": noted.stand_in if noted else "",
        "came": str(came.ref) if came else "",
        "left": str(left.ref) if left else "",
    }
    return _stale(attendance_mark(noted), other)


@declare(SIGNED_IN)
@require_POST
@answers_in_json
def ability(request: ActorRequest, ref: UUID) -> HttpResponse:
    """Whether the council, as it sat there, could decide."""
    minutes = minutes_or_404(request, ref)
    meeting = minutes.meeting
    may_write_minutes(request.actor, meeting).enforce()
    values, expected = _sent(request)
    said = values.get("could_decide", "")
    words, form = _read(request, meeting, values, "note", ABILITY, minutes.could_decide_note)
    could = CouldDecide(said) if said in set(CouldDecide) else CouldDecide.NOT_SAID
    note = AbilityNote(could, words, expected)
    with transaction.atomic():
        mark = save_ability(meeting, note, by=request.actor, at=now())
        if mark == note.mark:
            note_answers(form.number_answers, about=minutes, by=request.actor, at=now())
    if mark == note.mark:
        return _saved(mark, meeting)
    minutes.refresh_from_db()
    other = {"could_decide": minutes.could_decide, "note": minutes.could_decide_note}
    return _stale(mark, other)


@declare(SIGNED_IN)
@require_POST
@answers_in_json
def settled(request: ActorRequest, ref: UUID) -> HttpResponse:
    """That no task follows from an item, and whether the mandate was there."""
    item = item_or_404(request, ref)
    may_write_minutes(request.actor, item.meeting).enforce()
    values, expected = _sent(request)
    chosen = values.get("mandate", item.mandate_there)
    if chosen not in set(Mandate):
        raise Unreadable
    ticked = bool(values.get("no_task"))
    wanted = f"{'on' if ticked else ''}|{chosen}"
    mark = settle_item(
        item=item, needs_no_task=ticked, mandate=Mandate(chosen), expected=expected,
        by=request.actor, at=now(),
    )  # fmt: skip
    if mark == wanted:
        return _saved(mark, item.meeting)
    no_task, _bar, mandate = mark.partition("|")
    return _stale(mark, {"no_task": no_task, "mandate": mandate})


@declare(SIGNED_IN)
@require_POST
@answers_in_json
def wording(request: ActorRequest, ref: UUID) -> HttpResponse:
    """The words of a decision."""
    found = visible_or_404(Decision.objects.select_related("council"), request.actor, ref=ref)
    meeting = _meeting_of(found)
    may_write_minutes(request.actor, meeting).enforce()
    values, expected = _sent(request)
    words, form = _read(request, meeting, values, "text", WORDING, found.text)
    if not words:
        raise ValidationError(_("A decision needs words. Take it out if it was not made."))
    note = DecisionNote(found, words, expected)
    with transaction.atomic():
        mark = save_wording(meeting, note, by=request.actor, at=now())
        if mark is not None:
            note_answers(form.number_answers, about=found, by=request.actor, at=now())
    if mark is None:
        return _stale(wording_mark(found.text), {"text": found.text})
    return _saved(mark, meeting)


@declare(SIGNED_IN)
@require_POST
@answers_in_json
def task(request: ActorRequest, ref: UUID) -> HttpResponse:
    """What, who and by when."""
    tasks = Task.objects.select_related(
        "decision", "council", "responsible_person", "responsible_organisation"
    )
    found = visible_or_404(tasks, request.actor, ref=ref)
    if found.decision is None:
        raise not_there()
    meeting = _meeting_of(found.decision)
    may_write_minutes(request.actor, meeting).enforce()
    values, expected = _sent(request)
    title, form = _read(request, meeting, values, "title", TITLE, found.title)
    note = TaskNote(found, _words(meeting, title, values, found), expected)
    with transaction.atomic():
        mark = save_task(meeting, note, by=request.actor, at=now())
        if mark is not None:
            note_answers(form.number_answers, about=found, by=request.actor, at=now())
    if mark is None:
        found.refresh_from_db()
        return _stale(task_mark(found), _task_values(found))
    return _saved(mark, meeting)


def _words(meeting: Meeting, title: str, values: dict[str, str], task: Task) -> TaskWords:
    if not title:
        raise ValidationError(_("A task needs words. Take it out if it is not to be done."))
    filled = seats_filled(meeting.council, day_of(meeting))
    person, organisation = responsible_for(task, filled, values.get("who", ""))
    if person is None and organisation is None:
        raise ValidationError(_("Choose who is responsible for the task."))
    return TaskWords(title, person, organisation, DAY.clean(values.get("by", "")))


def _task_values(task: Task) -> dict[str, str]:
    return {"title": task.title, "who": value_of(task), "by": str(task.deadline_date or "")}


def _meeting_of(decision: Decision) -> Meeting:
    """The meeting a decision was taken at; one from elsewhere is not minuted here."""
    items = AgendaItem.objects.select_related("meeting__council", "meeting__minutes")
    found = items.filter(ref=decision.source_ref).first() if decision.source_ref else None
    if found is None:
        raise not_there()
    return found.meeting
