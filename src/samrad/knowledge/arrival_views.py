"""The pages that a file of figures comes in by: handed in, looked at, put into use or dropped."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.db.models import QuerySet
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.text import slugify
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from samrad.access.gate import SIGNED_IN, declare
from samrad.access.lookup import visible_or_404
from samrad.access.requests import ActorRequest
from samrad.documents.tables import csv_response
from samrad.kernel.clock import now
from samrad.knowledge import arrivals
from samrad.knowledge.arrival_forms import AnswerForm, AnswerWithFileForm, HandInForm
from samrad.knowledge.arrivals_shown import Arrival, Stage, arriving, found_in
from samrad.knowledge.incident_arrivals_shown import incidents_told
from samrad.knowledge.known_recipes import own_recipes
from samrad.knowledge.models import Release
from samrad.knowledge.own_recipe_actions import begin_description
from samrad.knowledge.own_recipe_models import Description, OwnRecipe
from samrad.knowledge.packaged import packaged_recipes
from samrad.knowledge.permissions import may_take_in
from samrad.knowledge.rules.table import NotRead
from samrad.knowledge.words import trouble_in_words
from samrad.trail.api import history_of


@declare(SIGNED_IN)
def hand_in(request: ActorRequest) -> HttpResponse:
    """Choose a file; the worker reads it."""
    may_take_in(request.actor).enforce()
    posted = request.method == "POST"
    form = HandInForm(
        [*packaged_recipes().values(), *own_recipes(request.actor)], request.actor,
        request.POST if posted else None, request.FILES if posted else None,
        initial={"recipe": request.GET.get("data_set", "")},
    )  # fmt: skip
    if posted and form.is_valid() and form.unknown is None:
        file = form.cleaned_data["file"]
        release = arrivals.hand_in(
            name=file.name, content=file.content, recipe=form.cleaned_data["recipe"],
            by=request.actor, at=now(),
        )  # fmt: skip
        return redirect("knowledge:arrival", ref=release.ref)
    if form.unknown is not None and (begun := _begun(request, form)):
        return redirect("knowledge:describe", ref=begun.ref)
    context = {
        "form": form, "arriving": arriving(request.actor),
        "begun": Description.objects.visible_to(request.actor).order_by("-begun_at")[:10],
        "own": _made_here(request).order_by("code"),
    }  # fmt: skip
    return render(request, "knowledge/hand_in.html", context)


def _made_here(request: ActorRequest) -> QuerySet[OwnRecipe]:
    """Those with a page: of incidents a file says what its columns hold."""
    return OwnRecipe.objects.visible_to(request.actor).exclude(said__layout="incidents")


def _begun(request: ActorRequest, form: HandInForm) -> Description | None:
    """A file that nobody knows is described; one that cannot be is told why beside the form."""
    assert form.unknown is not None  # noqa: S101
    try:
        return begin_description(
            name=form.unknown.name, content=form.unknown.content, by=request.actor, at=now()
        )
    except NotRead as refused:
        form.add_error("file", trouble_in_words(refused.troubles[0]))
    return None


@declare(SIGNED_IN)
def show_arrival(request: ActorRequest, ref: UUID) -> HttpResponse:
    """How far a file is, and what is in it; one that is in use has its data set's page."""
    release = _arrival(request, ref)
    if not release.is_staged:
        return redirect("knowledge:data_set", ref=release.data_set.ref)
    return _shown(request, release)


def _shown(
    request: ActorRequest, release: Release, form: AnswerForm | None = None
) -> HttpResponse:  # fmt: skip
    arrival = Arrival.of(release)
    if form is None and arrival.stage is Stage.ASKED:
        form = _answer_form(arrival)
    context = {
        "arrival": arrival, "release": release, "data_set": release.data_set, "form": form,
        "incidents": incidents_told(release),
        "history": history_of(release),
        "own_recipe": _made_here(request).filter(code=release.data_set.code).first(),
    }  # fmt: skip
    return render(request, "knowledge/arrival.html", context)


def _answer_form(arrival: Arrival, request: ActorRequest | None = None) -> AnswerForm:
    posted = request.POST if request else None
    if arrival.release.data_set.holds_incidents:
        files = request.FILES if request else None
        return AnswerWithFileForm(arrival.doubts, posted, files=files)
    return AnswerForm(arrival.doubts, posted, names=arrival.names)


@declare(SIGNED_IN)
def how_far(request: ActorRequest, ref: UUID) -> HttpResponse:
    """Asked by a page that waits: nothing yet, or it is to be shown anew."""
    response = HttpResponse(status=204)
    if not _arrival(request, ref).is_being_read:
        response["HX-Refresh"] = "true"
    response["Cache-Control"] = "private, no-store"
    return response


@declare(SIGNED_IN)
def found(request: ActorRequest, ref: UUID) -> HttpResponse:
    """Everything that was found, as a file to take along."""
    arrival = Arrival.of(_arrival(request, ref))
    name = slugify(f"{arrival.release.data_set.code} {_('what was found')}", allow_unicode=True)
    heads = [_("What"), _("Row"), _("Field"), _("What it says")]
    return csv_response(name, heads, list(found_in(arrival)))


@declare(SIGNED_IN)
@require_POST
def answer(request: ActorRequest, ref: UUID) -> HttpResponse:
    """What the file leaves open is answered, and it is read again."""
    release = _arrival(request, ref)
    form = _answer_form(Arrival.of(release), request)
    if not form.is_valid():
        return _shown(request, release, form)
    anew = form.cleaned_data.get("file")
    arrivals.answer(
        release=release, answers=form.answers, by=request.actor, at=now(),
        content=anew.content if anew else b"",
    )  # fmt: skip
    return redirect("knowledge:arrival", ref=ref)


@declare(SIGNED_IN)
@require_POST
def put_into_use(request: ActorRequest, ref: UUID) -> HttpResponse:
    """The figures count from now on."""
    release = arrivals.put_into_use(
        release=_arrival(request, ref), seen=request.POST.get("seen", ""),
        by=request.actor, at=now(),
    )  # fmt: skip
    if release.is_staged:
        messages.warning(
            request,
            _("Something has changed since you looked. The file is read again; look once more."),
        )
        return redirect("knowledge:arrival", ref=ref)
    messages.success(request, _in_use(release))
    return redirect("knowledge:data_set", ref=release.data_set.ref)


def _in_use(release: Release) -> str:
    if release.data_set.holds_incidents:
        return _(
            "The incidents are in use. Response times, and addresses that come back, are worked out"
            " anew in a moment."
        )
    return _("The figures are in use. Pictures and tables are worked out anew in a moment.")


@declare(SIGNED_IN)
@require_POST
def drop(request: ActorRequest, ref: UUID) -> HttpResponse:
    """The file goes, and nothing of it was ever in use."""
    arrivals.drop(release=_arrival(request, ref), by=request.actor, at=now())
    messages.success(request, _("The file is dropped. Nothing has changed."))
    return redirect("knowledge:data_sets")


def _arrival(request: ActorRequest, ref: UUID) -> Release:
    """A release that came in by a page, for those who take data in; to others there is none."""
    rows = Release.objects.select_related("data_set", "taken_in_by")
    return visible_or_404(rows, request.actor, ref=ref)
