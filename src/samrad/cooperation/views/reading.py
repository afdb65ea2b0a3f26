"""Reading an agreement in: hand it over, look it through, confirm it (C4)."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.db import transaction
from django.forms import BaseFormSet, formset_factory
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from samrad.access.actor import Actor
from samrad.access.gate import declare, not_there
from samrad.access.lookup import visible_or_404
from samrad.access.requests import ActorRequest
from samrad.access.vocabulary import Permission
from samrad.cooperation import actions, reading_page
from samrad.cooperation.actions import WantedCouncil
from samrad.cooperation.intake import FILE_NOTES, Asked, NotTaken, take_in
from samrad.cooperation.models import Agreement, AgreementReading, Council
from samrad.cooperation.parties import organisations_of
from samrad.cooperation.permissions import may_settle_reading
from samrad.cooperation.reading_forms import (
    MOST_SEATS,
    NEW,
    SPARE_SEATS,
    ConfirmForm,
    ConfirmSeatForm,
    HandOverForm,
)
from samrad.cooperation.reading_guesses import holders_at, seat_guesses
from samrad.cooperation.reading_words import missing_in_words, not_found
from samrad.cooperation.rules import AgreementState, CouncilState
from samrad.documents.api import note_answers
from samrad.kernel.clock import now, today
from samrad.kernel.verdict import Refused
from samrad.profiles.reader import profile
from samrad.reading.model import Reading
from samrad.reading.scanned import scan_of
from samrad.ui.formats import day
from samrad.ui.sorting import by_name

SEATS_PREFIX = "seats"
SEATS = f"{SEATS_PREFIX}-TOTAL_FORMS"  # the page was sent with its seats
READINGS = AgreementReading.objects.select_related("area", "file", "read_by")


@declare(Permission.AGREEMENT_READ_IN)
@require_http_methods(["GET", "POST"])
def read_in(request: ActorRequest) -> HttpResponse:
    """Hand a document over to be read."""
    form = HandOverForm(request.POST or None, request.FILES or None, actor=request.actor)
    if request.method == "POST" and form.is_valid():
        try:
            staged = take_in(
                upload=form.cleaned_data["file"],
                area=form.cleaned_data["area"],
                kind=form.cleaned_data["kind"] or None,
                anyway=form.cleaned_data["anyway"],
                by=request.actor,
                at=now(),
            )
        except NotTaken as trouble:
            form.is_asked = form.is_asked or isinstance(trouble, Asked)
            form.add_error("file", str(trouble))
        else:
            return redirect(staged)
    waiting = READINGS.visible_to(request.actor).waiting().order_by("-read_at")[:10]
    status = 422 if form.is_bound else 200
    context = {"form": form, "waiting": waiting}
    return render(request, "cooperation/read_in.html", context, status=status)


def _staged(request: ActorRequest, ref: UUID) -> tuple[AgreementReading, Reading]:
    staged = visible_or_404(READINGS, request.actor, ref=ref)
    may_settle_reading(request.actor, staged).enforce()
    return staged, Reading.from_json(staged.result)


def _seats(
    staged: AgreementReading, reading: Reading, form: ConfirmForm, actor: Actor, data: Any = None
) -> BaseFormSet[Any]:
    """The seats of a new council, each role with whoever holds it and so would sit there."""
    parties = [str(form[name].value() or "") for name in ("municipality", "police")]
    on = today(profile(staged.country).zone)
    holders = holders_at(parties, staged.country, actor, on)
    make = formset_factory(
        ConfirmSeatForm, extra=SPARE_SEATS, max_num=MOST_SEATS, absolute_max=MOST_SEATS
    )
    return make(
        data,
        prefix=SEATS_PREFIX,
        initial=seat_guesses(reading),
        form_kwargs={"country": staged.country, "holders": holders},
    )


def _chosen(councils: list[Council], asked: str) -> Council | None:
    """The council there is that the agreement is for; none for a new one, or where none is said."""
    if asked in {"", NEW}:
        return None
    found = next((one for one in councils if str(one.ref) == asked), None)
    if found is None:
        raise not_there()
    return found


def _councils(
    request: ActorRequest, staged: AgreementReading, state: CouncilState = CouncilState.ACTIVE
) -> list[Council]:
    """Those of the area that are in that state: what rests is named, and is not to be chosen."""
    councils = Council.objects.visible_to(request.actor).filter(area=staged.area, state=state)
    return list(councils.order_by(by_name(), "pk"))


@declare(Permission.AGREEMENT_READ_IN)
@require_GET
def reading(request: ActorRequest, ref: UUID) -> HttpResponse:
    """What was read, passage by passage, to be put right and confirmed."""
    staged, read = _staged(request, ref)
    councils = _councils(request, staged)
    form = ConfirmForm(staged=staged, reading=read, councils=councils, actor=request.actor)
    seats = _seats(staged, read, form, request.actor)
    return _page(request, staged, read, form=form, seats=seats)


def _page(
    request: ActorRequest,
    staged: AgreementReading,
    read: Reading,
    *,
    form: ConfirmForm,
    seats: BaseFormSet[Any],
) -> HttpResponse:
    gaps = not_found(read, police=form.initial["police"])
    missing = missing_in_words(staged.country, form.lacking(), read.template)
    context = {
        "staged": staged,
        "read": read,
        "form": form,
        "seats": seats,
        "resting": _councils(request, staged, CouncilState.RESTING),
        "not_found": gaps,
        "only_of_new_council": not missing and all(one.is_of_new_council for one in gaps),
        "missing": missing,
        "kind": form.template.name.in_language(get_language() or "en"),
        "notes": reading_page.notes_on(read, staged.result.get(FILE_NOTES, ())),
        "document": reading_page.as_document(read),
        "places": reading_page.places(form),
        "facts": reading_page.facts_found(read, form.template),
        "scan": scan_of(passage.text for passage in read.passages),
        "put_right": form.put_right(),
        "doubts": sum(passage.unsure for passage in read.passages),
    }
    status = 422 if form.is_bound else 200
    return render(request, "cooperation/reading.html", context, status=status)


@declare(Permission.AGREEMENT_READ_IN)
@require_POST
def confirm(request: ActorRequest, ref: UUID) -> HttpResponse:
    """The council is set up, or its agreement replaced, from what a person has confirmed."""
    staged, read = _staged(request, ref)
    councils = _councils(request, staged)
    council = _chosen(councils, request.POST.get("council", ""))
    form = ConfirmForm(
        request.POST,
        staged=staged,
        reading=read,
        councils=councils,
        council=council,
        actor=request.actor,
    )
    sent = request.POST if council is None or SEATS in request.POST else None
    seats = _seats(staged, read, form, request.actor, sent)
    if not form.is_valid() or (council is None and not seats.is_valid()):
        return _page(request, staged, read, form=form, seats=seats)
    try:
        agreement = _confirm(staged, form, council or seats, by=request.actor)
    except Refused as refused:
        form.add_error(None, str(refused.reason))
        return _page(request, staged, read, form=form, seats=seats)
    return _told(request, agreement, is_new=council is None)


@transaction.atomic
def _confirm(
    staged: AgreementReading, form: ConfirmForm, council: Council | BaseFormSet[Any], *, by: Actor
) -> Agreement:
    wanted: Council | WantedCouncil
    if isinstance(council, Council):
        wanted = council
    else:
        parties = organisations_of(
            staged.area,
            municipality=form.cleaned_data["municipality"],
            police=form.cleaned_data["police"],
            by=by,
            at=now(),
        )
        wanted = form.wanted_council(council.cleaned_data, parties)
    agreement = actions.confirm_reading(
        reading=staged, council=wanted, agreement=form.wanted_agreement(), by=by, at=now()
    )
    note_answers(form.number_answers, about=agreement, by=by, at=now())
    return agreement


def _told(request: ActorRequest, agreement: Agreement, *, is_new: bool) -> HttpResponse:
    """An agreement that has ended is shown itself: its council goes by a newer one."""
    if agreement.state == AgreementState.ENDED:
        messages.success(
            request, _("The council has a newer agreement. This one is kept as an earlier one.")
        )
        return redirect(agreement)
    last_day, on = agreement.to_date, today(agreement.council.zone)
    has_run_out = last_day is not None and last_day < on
    if has_run_out:
        said = _("The agreement is kept. It held until %(day)s, and is to be made anew.") % {
            "day": day(last_day)
        }
    elif is_new:
        said = _("The agreement is in force, and the council is set up from it.")
    else:
        said = _("The agreement is in force.")
    messages.success(request, said)
    renewal = agreement.renewal_date
    if renewal and renewal < on and not has_run_out:
        late = _("By what it says it should have been made anew by %(day)s. Begin a new one now.")
        messages.warning(request, late % {"day": day(renewal)})
    return redirect(agreement.council)


@declare(Permission.AGREEMENT_READ_IN)
@require_POST
def discard(request: ActorRequest, ref: UUID) -> HttpResponse:
    """The document was not what it should be."""
    staged, _read = _staged(request, ref)
    actions.discard_reading(reading=staged, by=request.actor, at=now())
    messages.success(request, _("What was read in is discarded. Nothing of it was taken over."))
    return redirect("cooperation:read_in")
