"""The page of what was found."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from urllib.parse import urlencode

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from samrad.access import findable
from samrad.access.findable import Findable, Words
from samrad.access.gate import SIGNED_IN, declare
from samrad.access.requests import ActorRequest
from samrad.cooperation.models import Council
from samrad.search.forms import SearchForm
from samrad.search.models import Entry
from samrad.search.queries import MOST, Found, council_chosen, councils_of, entries, found
from samrad.search.rules import MOST_TERMS, Asked, Piece, extract, marked
from samrad.ui.pieces import Tab

PER_PAGE = 20


@dataclass(frozen=True)
class Hit:
    """One thing that was found, as the page shows it."""

    kind: Words
    icon: str
    url: str
    title: Sequence[Piece]
    text: Sequence[Piece]
    council: Council | None
    day: date | None


@declare(SIGNED_IN)
@require_GET
def search(request: ActorRequest) -> HttpResponse:
    """Everything the reader may see that holds what they ask for."""
    form = SearchForm(request.GET if "q" in request.GET else None)
    asked, kind = form.asked(), findable.kind_named(request.GET.get("kind", ""))
    council = council_chosen(request.actor, request.GET.get("council", ""))
    hits = found(request.actor, asked, council=council)
    shown = hits.of(kind.kind) if kind else hits
    if kind and hits.is_cut:
        shown = found(request.actor, asked, kind=kind.kind, council=council)
    page = Paginator(shown.keys, PER_PAGE).get_page(request.GET.get("page"))
    form.offer(councils_of(hits, council))
    context = {
        "form": form,
        "asked": asked,
        "tabs": _tabs(request, hits, kind),
        "page": page,
        "hits": [_hit(one, asked) for one in entries(list(page.object_list))],
        "is_cut": shown.is_cut,
        "most": MOST,
        "most_terms": MOST_TERMS,
        "kind": kind,
        "council": council,
        "wider": f"{request.path}?{urlencode({'q': asked.said})}",
    }
    return render(request, "search/search.html", context)


def _tabs(request: ActorRequest, hits: Found, chosen: Findable | None) -> list[Tab]:
    """All, and each kind something was found of."""
    number = hits.by_kind()
    there = [one for one in findable.kinds() if number[one.kind] or one is chosen]
    if len(there) < 2 and chosen is None:  # noqa: PLR2004 - there is nothing to choose
        return []
    return [
        Tab(_("All"), _address(request, ""), chosen is None, len(hits.keys)),
        *(
            Tab(one.many, _address(request, one.kind), one is chosen, number[one.kind])
            for one in there
        ),
    ]


def _address(request: ActorRequest, kind: str) -> str:
    """The same search among things of that kind."""
    asked = request.GET.copy()
    asked.pop("page", None)
    asked.pop("kind", None)
    if kind:
        asked["kind"] = kind
    return f"{request.path}?{asked.urlencode()}"


def _hit(entry: Entry, asked: Asked) -> Hit:
    kind = findable.kind_named(entry.kind)
    assert kind is not None  # noqa: S101 - only kinds that there are were asked for
    url = reverse(kind.page, args=[entry.page])
    return Hit(
        kind=kind.one,
        icon=kind.icon,
        url=f"{url}#{entry.anchor}" if entry.anchor else url,
        title=marked(kind.heading(entry.title, entry.day), asked),
        text=extract(entry.text, asked),
        council=entry.council if entry.kind != "council" else None,
        day=entry.day,
    )
