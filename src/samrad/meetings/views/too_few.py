"""Which councils meet less than the rule asks for, for those who oversee them."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import get_language
from django.views.decorators.http import require_GET

from samrad.access.gate import declare
from samrad.access.requests import ActorRequest
from samrad.access.vocabulary import Permission
from samrad.kernel.clock import now, today
from samrad.kernel.text import whole_number
from samrad.meetings.queries.too_few import countries_overseen, too_few
from samrad.profiles.reader import profile

YEARS_BACK = 3


@declare(Permission.COUNCIL_OVERSEE, Permission.COUNCIL_SET_UP)
@require_GET
def too_few_meetings(request: ActorRequest) -> HttpResponse:
    """A year, a country: how many fall short in each district, and which."""
    this_year = today().year
    choices = range(this_year, this_year - YEARS_BACK, -1)
    given = whole_number(request.GET.get("year", ""))
    year = given if given in choices else this_year
    countries = countries_overseen(request.actor)
    asked = request.GET.get("country", "")
    country = asked if asked in countries else next(iter(countries), "")
    language = get_language() or "en"
    context = {
        "year": year,
        "years": choices,
        "is_this_year": year == this_year,
        "country": country,
        "countries": [(one, profile(one).name.in_language(language)) for one in countries],
        "found": too_few(request.actor, country, year, now()) if country else None,
    }
    return render(request, "meetings/too_few.html", context)
