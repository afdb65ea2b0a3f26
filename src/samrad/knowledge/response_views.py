"""The page about response times, and its file."""

from __future__ import annotations

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.text import slugify
from django.utils.translation import gettext as _

from samrad.access.gate import SIGNED_IN, declare
from samrad.access.requests import ActorRequest
from samrad.documents.tables import csv_response, xlsx_response
from samrad.knowledge.again import share_in_words
from samrad.knowledge.incident_models import IncidentReport
from samrad.knowledge.response_files import heads_to_take, rows_to_take
from samrad.knowledge.response_times import ResponseTold

FILES = {"csv": csv_response, "xlsx": xlsx_response}


@declare(SIGNED_IN)
def show_response(request: ActorRequest, ref: str) -> HttpResponse:
    """How long one waits, against the target and elsewhere, and what was left out."""
    report = _report(request, ref)
    told = ResponseTold(report, request.GET.get("quarter", ""))
    if told.wanted and told.shown is None:
        raise Http404
    context = {"report": report, "data_set": report.data_set, "told": told, "one": told.shown,
               "again": share_in_words(report)}  # fmt: skip
    return render(request, "knowledge/response.html", context)


@declare(SIGNED_IN)
def take_response(request: ActorRequest, ref: str, form: str) -> HttpResponse:
    """The aggregates as a file, with what is held back left out."""
    told = ResponseTold(_report(request, ref))
    if not told.told:
        raise Http404
    name = slugify(f"{_('Response times')} {told.report.data_set.code}", allow_unicode=True)
    return FILES[form](name, heads_to_take(told), rows_to_take(told))


def _report(request: ActorRequest, ref: str) -> IncidentReport:
    found = IncidentReport.objects.visible_to(request.actor).select_related("data_set", "police")
    return get_object_or_404(found, data_set__ref=ref)
