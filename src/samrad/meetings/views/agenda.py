"""Setting the agenda, and sending it."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.db import transaction
from django.http import HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST

from samrad.access.gate import SIGNED_IN, declare
from samrad.access.requests import ActorRequest
from samrad.cooperation.seats import seats_filled
from samrad.documents.api import note_answers
from samrad.documents.rules import Classification
from samrad.followup.api import unfinished_for
from samrad.kernel.clock import now, today
from samrad.meetings.actions.agenda import (
    OrderChanged,
    add_item,
    add_suggested,
    add_unfinished,
    change_item,
    order_items,
    remove_item,
    shift_item,
)
from samrad.meetings.actions.reading import record_reading
from samrad.meetings.actions.sending import choose_guests, send_agenda
from samrad.meetings.forms.agenda import GuestsForm, ItemForm
from samrad.meetings.forms.people import person_choices
from samrad.meetings.permissions import may_remove_item, may_send_agenda, may_set_agenda
from samrad.meetings.queries.agenda import (
    NumberedItem,
    agenda_of,
    hours_of,
    left_over,
    to_place_with_joined,
    with_hours,
)
from samrad.meetings.queries.guests import guests_due
from samrad.meetings.queries.mandate import who_binds, without_mandate
from samrad.meetings.queries.minutes import day_of
from samrad.meetings.queries.notice import notice_of
from samrad.meetings.queries.papers import papers_seen
from samrad.meetings.queries.recipients import Recipient, called_among, recipients_among
from samrad.meetings.rules import ItemKind, MeetingState
from samrad.meetings.rules.agenda import mark_of_order
from samrad.meetings.rules.planning import lead_days
from samrad.meetings.sources import show_sources, suggested_for
from samrad.meetings.views.found import item_or_404, meeting_or_404, posted
from samrad.people.models import Person
from samrad.ui.changing import on_what_is_there
from samrad.ui.formats import clock


@declare(SIGNED_IN)
@require_http_methods(["GET", "POST"])
def agenda(request: ActorRequest, ref: UUID) -> HttpResponse:
    """The agenda in the making: items, their order, what could be put on it."""
    meeting, actor = meeting_or_404(request, ref), request.actor
    may_set_agenda(actor, meeting).enforce()
    filled = seats_filled(meeting.council, day_of(meeting))
    form = ItemForm(
        posted(request),
        filled=filled,
        actor=actor,
        council=meeting.council_id,
    )
    if request.method == "POST" and form.is_valid():
        with transaction.atomic():
            made = add_item(meeting=meeting, **form.fields_of_item(), by=actor, at=now())
            note_answers(form.number_answers, about=made, by=actor, at=now())
        messages.success(request, _("The item is on the agenda."))
        return redirect("meetings:agenda", meeting.ref)
    items = with_hours(agenda_of(meeting, actor), meeting)
    whole = [one.item for one in items]
    waiting = to_place_with_joined(whole, actor, meeting.council_id)
    for proposal in waiting:
        proposal.council = meeting.council
    show_sources([*whole, *waiting], actor)
    due = suggested_for(meeting, actor, besides={one.source_ref for one in whole})
    again = [one.again for one in due if one.again]
    record_reading(items=[*whole, *waiting, *again], by=actor, at=now())
    context = {
        "meeting": meeting,
        "council": meeting.council,
        "agenda": items,
        "papers": papers_seen(meeting, actor, whole, withdrawn=False),
        "hours": hours_of(items, meeting),
        "seen": mark_of_order(item.ref for item in whole),
        "form": form,
        "binding": who_binds(meeting.council, filled),
        "left_over": left_over(whole, unfinished_for(meeting.council, actor)),
        "suggested": due,
        "proposals": waiting,
        "presenters": person_choices(filled),
        "may_send": bool(items) and bool(may_send_agenda(actor, meeting)),
    }
    status = 422 if form.is_bound else 200
    return render(request, "meetings/agenda.html", context, status=status)


@declare(SIGNED_IN)
@require_POST
def order(request: ActorRequest, ref: UUID) -> HttpResponse:
    """The whole agenda in another order, as it was dragged: asked for and answered in JSON."""
    meeting = meeting_or_404(request, ref)
    wanted = request.POST.getlist("order")
    try:
        items = order_items(
            meeting=meeting,
            order=wanted,
            seen=request.POST.get("seen", ""),
            by=request.actor,
            at=now(),
        )
    except OrderChanged as changed:
        return JsonResponse({"told": str(changed)}, status=409)
    timed = with_hours([NumberedItem(n, one) for n, one in enumerate(items, start=1)], meeting)
    told = {
        str(one.item.ref): {
            "number": one.number,
            "from": clock(one.starts_at, meeting.council.zone),
        }
        for one in timed
    }
    return JsonResponse({"seen": mark_of_order(told), "items": told})


@declare(SIGNED_IN)
@require_POST
def suggested(request: ActorRequest, ref: UUID) -> HttpResponse:
    """Put what a source suggests on the agenda: everything, or one thing."""
    meeting = meeting_or_404(request, ref)
    only = request.POST.get("only", "")
    made = add_suggested(meeting=meeting, only=only, by=request.actor, at=now())
    told = ngettext(
        "%(n)s suggested matter is on the agenda.",
        "%(n)s suggested matters are on the agenda.",
        len(made),
    )
    messages.success(request, told % {"n": len(made)})
    return redirect("meetings:agenda", meeting.ref)


@declare(SIGNED_IN)
@require_POST
def unfinished(request: ActorRequest, ref: UUID) -> HttpResponse:
    """Put what is unfinished on the agenda: everything, or one thing."""
    meeting = meeting_or_404(request, ref)
    made = add_unfinished(
        meeting=meeting, only=request.POST.get("only", ""), by=request.actor, at=now()
    )
    told = ngettext(
        "%(n)s unfinished matter is on the agenda.",
        "%(n)s unfinished matters are on the agenda.",
        len(made),
    )
    messages.success(request, told % {"n": len(made)})
    return redirect("meetings:agenda", meeting.ref)


@declare(SIGNED_IN)
@require_http_methods(["GET", "POST"])
@on_what_is_there
def item(request: ActorRequest, ref: UUID) -> HttpResponse:
    """Change one item."""
    found = item_or_404(request, ref)
    meeting = found.meeting
    may_set_agenda(request.actor, meeting).enforce()
    record_reading(items=[found], by=request.actor, at=now())
    filled = seats_filled(meeting.council, day_of(meeting))
    form = ItemForm(
        posted(request), filled=filled, item=found, actor=request.actor, council=meeting.council_id
    )
    if request.method == "POST" and form.is_valid():
        with transaction.atomic():
            change_item(
                item=found, **form.fields_of_item(), seen=form.seen, by=request.actor, at=now()
            )
            note_answers(form.number_answers, about=found, by=request.actor, at=now())
        messages.success(request, _("The item is changed."))
        return redirect("meetings:agenda", meeting.ref)
    context = {
        "council": meeting.council,
        "meeting": meeting,
        "form": form,
        "title": _("Change the item"),
        "back": reverse("meetings:agenda", args=[meeting.ref]),
        "item": found,
        "binding": who_binds(meeting.council, filled),
        "may_remove": bool(may_remove_item(request.actor, found)),
    }
    status = 422 if form.is_bound else 200
    return render(request, "meetings/item.html", context, status=status)


@declare(SIGNED_IN)
@require_POST
def shift(request: ActorRequest, ref: UUID) -> HttpResponse:
    """Up or down by one."""
    found = item_or_404(request, ref)
    shift_item(item=found, up=request.POST.get("to") == "up", by=request.actor, at=now())
    return redirect(f"{reverse('meetings:agenda', args=[found.meeting.ref])}#item-{found.ref}")


@declare(SIGNED_IN)
@require_POST
def remove(request: ActorRequest, ref: UUID) -> HttpResponse:
    """Take an item off."""
    found = item_or_404(request, ref)
    has_moved = remove_item(item=found, by=request.actor, at=now())
    messages.success(request, _("The item is off the agenda."))
    if has_moved:
        told = _("Whoever came or left at it is noted at the neighbouring item. Look it over.")
        messages.warning(request, told)
    return redirect("meetings:agenda", found.meeting.ref)


@declare(SIGNED_IN)
@require_http_methods(["GET", "POST"])
def send(request: ActorRequest, ref: UUID) -> HttpResponse:
    """Look over who gets it and what is still open; then send."""
    meeting, actor = meeting_or_404(request, ref), request.actor
    may_send_agenda(actor, meeting).enforce()
    day = today(meeting.council.zone)
    filled = seats_filled(meeting.council, day)
    invited = set(meeting.guests.values_list("pk", flat=True))
    due = set() if meeting.is_extra else guests_due(meeting, filled)
    asked = invited if invited or meeting.state == MeetingState.CALLED else due
    chosen = [str(one.seat.ref) for one in filled if one.seat.pk in asked]
    form = GuestsForm(posted(request), filled=filled, due=due, initial={"guests": chosen})
    if request.method == "POST" and (form.is_valid() or not form.guest_seats):
        if form.guest_seats:
            choose_guests(meeting=meeting, seat_ids=form.chosen(), by=actor, at=now())
        sending = send_agenda(meeting=meeting, by=actor, at=now())
        told = ngettext(
            "The agenda is on its way to %(n)s person.",
            "The agenda is on its way to %(n)s people.",
            sending.recipients,
        )
        if sending.recipients:
            messages.success(request, told % {"n": sending.recipients})
        else:
            messages.warning(request, _("Nobody was invited: none of them has an e-mail address."))
        return redirect(meeting)
    then = seats_filled(meeting.council, day_of(meeting))
    recipients = called_among(filled, then, asked)
    items = with_hours(agenda_of(meeting, actor), meeting)
    whole = [one.item for one in items]
    record_reading(items=whole, by=actor, at=now())
    lead, notice = lead_days(day, day_of(meeting)), notice_of(meeting.council)
    members = {one.person.pk for one in recipients_among(filled, ())}
    reached = [one.person for one in recipients if one.is_reached]
    context = {
        "meeting": meeting,
        "council": meeting.council,
        "agenda": items,
        "papers": papers_seen(meeting, actor, whole, withdrawn=False),
        "form": form,
        "reached": reached,
        "members": [person for person in reached if person.pk in members],
        "unnamed": sum(
            item.classification != Classification.OPEN and item.title != meeting.occasion
            for item in whole
        ),
        "not_reached": [one.person for one in recipients if not one.is_reached],
        **_changing_hands(recipients, recipients_among(then, asked)),
        "vacant": [one.seat for one in filled if not one.persons and not one.is_guest],
        "left_over": []
        if meeting.is_extra  # it is called for one matter
        else left_over(whole, unfinished_for(meeting.council, actor)),
        "hours": hours_of(items, meeting),
        "without_mandate": without_mandate(whole),
        "binding": who_binds(meeting.council, filled),
        "decides": any(item.kind == ItemKind.DECISION for item in whole),
        "lead": lead,
        "is_late": not notice.is_kept_by(lead),
        "notice": notice,
        "sendings": list(meeting.sendings.select_related("sent_by")) if meeting.called_at else [],
    }
    return render(request, "meetings/send.html", context)


def _changing_hands(called: list[Recipient], then: list[Recipient]) -> dict[str, list[Person]]:
    """Who is called and will have left by the meeting, and who will have come by then."""
    there = {one.person.pk for one in then}
    return {
        "leaving": [one.person for one in called if one.person.pk not in there],
        "coming": [one.person for one in called if one.is_yet_to_come],
    }
