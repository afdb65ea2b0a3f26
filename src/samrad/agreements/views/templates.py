"""Templates that areas make of the country's; and what a newer one means for what was written."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from samrad.access.gate import SIGNED_IN, declare, not_there
from samrad.access.lookup import visible_or_404
from samrad.access.requests import ActorRequest
from samrad.agreements import as_written
from samrad.agreements.actions.templates import (
    begin_template,
    drop_template,
    publish_template,
    take_over,
    write_template,
)
from samrad.agreements.forms.templates import (
    BeginTemplateForm,
    PublishTemplateForm,
    TakeOverForm,
    WriteTemplateForm,
)
from samrad.agreements.models import Draft, Signature, TemplateVersion, template_areas
from samrad.agreements.permissions import (
    is_being_written,
    may_keep_template,
    may_write_draft,
    reads_inside,
)
from samrad.agreements.queries.areas import (
    changes_in,
    listed,
    newer_for,
    offered_to,
    required_by_the_country,
    versions_of,
)
from samrad.agreements.queries.templates import template_of
from samrad.agreements.views.common import (
    DRAFTS,
    FORM,
    REFUSED,
    agreement_or_404,
    made_or_404,
    posted,
)
from samrad.documents.api import note_answers
from samrad.kernel.clock import now
from samrad.kernel.meanwhile import SavedMeanwhile, mark_of_all
from samrad.kernel.verdict import Refused
from samrad.ui.changing import on_what_is_there

TEMPLATES = TemplateVersion.objects.select_related("area")


def _template_or_404(request: ActorRequest, ref: UUID) -> TemplateVersion:
    return visible_or_404(TEMPLATES, request.actor, ref=ref)


@declare(SIGNED_IN)
@require_GET
def templates(request: ActorRequest) -> HttpResponse:
    """The templates of the areas around the reader's councils."""
    context = {
        "templates": listed(request.actor),
        "keeps": template_areas(request.actor).exists(),
    }
    return render(request, "agreements/templates.html", context)


@declare(SIGNED_IN)
@FORM
def begin(request: ActorRequest) -> HttpResponse:
    """Make a template of one's own, or the next version of it."""
    areas = list(template_areas(request.actor))
    if not areas:
        raise not_there()
    form = BeginTemplateForm(posted(request), areas=areas, actor=request.actor)
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        made = begin_template(
            area=given["area"], kind=given["kind"], language=given["language"],
            by=request.actor, at=now(),
        )  # fmt: skip
        return redirect("agreements:write_template", made.ref)
    status = REFUSED if form.is_bound else 200
    return render(request, "agreements/template_begin.html", {"form": form}, status=status)


@declare(SIGNED_IN)
@require_GET
def template(request: ActorRequest, ref: UUID) -> HttpResponse:
    """One version as it stands, with what it changed."""
    found = _template_or_404(request, ref)
    earlier, changes = changes_in(found)
    country = template_of(found.area.country, found.kind)
    context = {
        "template": found,
        "clauses": found.clauses.all(),
        "earlier": earlier,
        "changes": [one for one in changes if one.became != "same"],
        "versions": versions_of(found, request.actor),
        "keeps": bool(may_keep_template(request.actor, found.area)),
        "moved_on": country.version if country.version != found.national_version else "",
    }
    return render(request, "agreements/template.html", context)


@declare(SIGNED_IN)
@require_POST
def next_version(request: ActorRequest, ref: UUID) -> HttpResponse:
    """Change a published template: its next version is begun."""
    found = _template_or_404(request, ref)
    may_keep_template(request.actor, found.area).enforce()
    made = begin_template(
        area=found.area, kind=found.kind, language=found.language, by=request.actor, at=now()
    )
    return redirect("agreements:write_template", made.ref)


@declare(SIGNED_IN)
@FORM
@on_what_is_there
def write(request: ActorRequest, ref: UUID) -> HttpResponse:
    """Every clause with its heading, text and guidance."""
    found, actor = _kept(request, ref), request.actor
    required = required_by_the_country(found)
    form = WriteTemplateForm(posted(request), template=found, required=required, actor=actor)
    if request.method == "POST" and form.is_valid():
        with transaction.atomic():
            write_template(
                template=found, given=form.cleaned_data, without=form.without,
                adding=form.adding, seen=form.seen, by=actor, at=now(),
            )  # fmt: skip
            note_answers(form.number_answers, about=found, by=actor, at=now())
        messages.success(request, _("The template is saved. It counts once it is published."))
        return redirect(found)
    context = {"template": found, "form": form}
    status = REFUSED if form.is_bound else 200
    return render(request, "agreements/template_write.html", context, status=status)


def _kept(request: ActorRequest, ref: UUID) -> TemplateVersion:
    """A version that is being written, for those who write it."""
    found = _template_or_404(request, ref)
    may_keep_template(request.actor, found.area).enforce()
    is_being_written(found).enforce()
    return found


@declare(SIGNED_IN)
@FORM
def publish(request: ActorRequest, ref: UUID) -> HttpResponse:
    """From now on councils begin from it."""
    found, actor = _kept(request, ref), request.actor
    form = PublishTemplateForm(posted(request), actor=actor)
    if request.method == "POST" and form.is_valid():
        with transaction.atomic():
            publish_template(template=found, note=form.cleaned_data["note"], by=actor, at=now())
            note_answers(form.number_answers, about=found, by=actor, at=now())
        messages.success(request, _("The template is published. New drafts begin from it."))
        return redirect(found)
    earlier, changes = changes_in(found)
    context = {
        "template": found,
        "form": form,
        "earlier": earlier,
        "changes": [one for one in changes if one.became != "same"],
    }
    status = REFUSED if form.is_bound else 200
    return render(request, "agreements/template_publish.html", context, status=status)


@declare(SIGNED_IN)
@require_POST
def drop(request: ActorRequest, ref: UUID) -> HttpResponse:
    """Throw away a version that was never published."""
    found = _kept(request, ref)
    drop_template(template=found, by=request.actor, at=now())
    messages.success(request, _("What was being written is thrown away."))
    return redirect("agreements:templates")


@declare(SIGNED_IN)
@FORM
def newer(request: ActorRequest, ref: UUID) -> HttpResponse:
    """What the template says otherwise since the draft was begun, and what the draft takes over."""
    found, actor = made_or_404(request, ref), request.actor
    latest = newer_for(found)
    if latest is None:
        if request.method == "POST":
            return redirect(found)
        raise not_there()
    writes = bool(verdict := may_write_draft(actor, found))
    if request.method == "POST":
        verdict.enforce()
    offered, signed = offered_to(found, latest), _signed(found)
    form = TakeOverForm(
        posted(request), offered=offered, signed=signed, actor=actor, council=found.council_id,
        initial={"seen": mark_of_all(as_written.of_draft(found))},
    )  # fmt: skip
    is_sound = request.method == "POST" and form.is_valid()
    if is_sound and _took_over(found, latest, form, request):
        messages.success(request, _("The draft is brought up to the newer template."))
        return redirect(found)
    context: dict[str, Any] = {
        "back": found,
        "council": found.council,
        "title": found.title,
        "older": found.template,
        "newer": latest,
        "offered": [(one, form.field_of(one) if writes else None) for one in offered],
        "form": form if writes else None,
        "signed": signed,
    }
    status = REFUSED if form.is_bound else 200
    return render(request, "agreements/template_newer.html", context, status=status)


def _took_over(
    found: Draft, latest: TemplateVersion, form: TakeOverForm, request: ActorRequest
) -> bool:
    """Whether it was done; what stood in the way is said on the form."""
    try:
        take_over(
            draft=found, template=latest, chosen=form.chosen, seen=form.cleaned_data["seen"],
            voids=form.voids, by=request.actor, at=now(),
        )  # fmt: skip
    except SavedMeanwhile:
        form.starts_anew_from(mark_of_all(as_written.of_draft(found)))
        form.add_error(None, _("Somebody saved the draft meanwhile. Look at it again, then save."))
    except Refused as refused:
        form.add_error(None, str(refused.reason))
    else:
        return True
    return False


def _signed(found: Draft) -> list[str]:
    given = Signature.objects.filter(party__draft=found, voided_at=None)
    return list(given.values_list("party__organisation__name", flat=True))


@declare(SIGNED_IN)
@require_GET
def since(request: ActorRequest, ref: UUID) -> HttpResponse:
    """What the template says otherwise since an agreement was signed, which stays."""
    agreement = agreement_or_404(request, ref)
    made = DRAFTS.filter(agreement=agreement).first()
    if made is None or not reads_inside(request.actor, agreement.council):
        raise not_there()
    latest = newer_for(made)
    if latest is None:
        raise not_there()
    context: dict[str, Any] = {
        "back": agreement,
        "council": agreement.council,
        "title": agreement.title,
        "older": made.template,
        "newer": latest,
        "offered": [(one, None) for one in offered_to(made, latest)],
        "in_force": True,
    }
    return render(request, "agreements/template_newer.html", context)
