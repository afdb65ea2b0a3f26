"""What is proposed when an agreement was read: from the facts found, in the document's language.

What does not belong here: the forms that ask about it.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from functools import reduce
from operator import or_
from typing import Any

from django.db.models import Q
from django.utils.translation import override

from samrad.access.actor import Actor
from samrad.areas.models import Area
from samrad.cooperation.models import AgreementReading, Council
from samrad.cooperation.rules import SeatFunction
from samrad.kernel.clock import today
from samrad.kernel.text import shortened
from samrad.people.models import Appointment, Organisation
from samrad.profiles.model import Profile
from samrad.profiles.reader import profile
from samrad.reading.messages import fact_in_words
from samrad.reading.model import Fact, Reading
from samrad.reading.templates import agreement_template

FIRST_YEAR, LAST_YEAR = 1990, 2100
LONGEST_LINE = 300


def first_guess(staged: AgreementReading, reading: Reading) -> dict[str, Any]:
    """What the form proposes, from the facts that were found."""
    country, area = profile(staged.country), staged.area
    own = country.languages[0]
    adoption = reading.fact("adoption") or reading.fact("in_force")
    on = today(country.zone)
    found = date.fromisoformat(adoption.value["date"]) if adoption else None
    start, last_day = found or on, _last_day(reading, found)
    meetings, slt = reading.fact("meetings_a_year"), reading.fact("coordination")
    years = reading.fact("focus_years")
    tier = next((one for one in country.tiers if one.level == "strategic"), country.tiers[0])
    return {
        "tier": tier.code,
        "name": f"{tier.name.in_language(own).capitalize()} i {area.name}",
        "municipality": _municipality(area),
        "police": _police(area, reading),
        "meetings_per_year": meetings.value["count"] if meetings else tier.min_meetings_a_year,
        "slt_relation": _in_its_language(slt, staged, reading) if slt else "",
        "title": reading.title or _template_title(staged, reading),
        "from_date": None if found is None and last_day and last_day < on else start,
        "to_date": last_day,
        "renewal_date": _renewal_day(reading, start, country),
        "focus_year": years.value["to"] if years else start.year,
        "focus_areas": _one_a_line(reading.facts_of("focus_areas")),
        "commitments": _one_a_line(reading.facts_of("commitments")),
    }


def language_of(staged: AgreementReading, reading: Reading) -> str:
    """The language the document is written in, where it is one of its country's."""
    languages = profile(staged.country).languages
    return reading.language if reading.language in languages else languages[0]


def _in_its_language(fact: Fact, staged: AgreementReading, reading: Reading) -> str:
    with override(language_of(staged, reading)):
        return fact_in_words(fact)


def _last_day(reading: Reading, start: date | None) -> date | None:
    """The day the document says that it holds until, unless that lies before the day it says that
    it begins."""
    renewal = reading.fact("renewal")
    if renewal is None or renewal.value.get("rule") != "until":
        return None
    day = date.fromisoformat(renewal.value["date"])
    makes_sense = FIRST_YEAR <= day.year <= LAST_YEAR and (start is None or start <= day)
    return day if makes_sense else None


def _renewal_day(reading: Reading, start: date, country: Profile) -> date | None:
    """After the next election, or after so many years, where the document says so."""
    renewal = reading.fact("renewal")
    rule = renewal.value.get("rule") if renewal else ""
    if rule == "after_municipal_election":
        return country.elections.next_after(start)
    if renewal is None or rule != "every_years":
        return None
    years = start.year + int(renewal.value["years"])
    last_of_february = (start.month, start.day) == (2, 29)
    return start.replace(year=years, day=28) if last_of_february else start.replace(year=years)


def _one_a_line(facts: Iterable[Fact]) -> str:
    """What each says, none longer than a line may be."""
    return "\n".join(shortened(fact.value["text"], at_most=LONGEST_LINE) for fact in facts)


def _template_title(staged: AgreementReading, reading: Reading) -> str:
    own = profile(staged.country).languages[0]
    return agreement_template(staged.country, reading.template).title.in_language(own)


def _municipality(area: Area) -> str:
    parties = profile(area.country).parties
    there = Organisation.objects.filter(area=area, kind=parties.municipality).first()
    return there.name if there else f"{area.name} {parties.municipality_word}"


def _police(area: Area, reading: Reading) -> str:
    unit = reading.fact("police_unit") or reading.fact("police_district")
    if unit:
        return str(unit.value["name"])
    kinds = profile(area.country).parties.police
    there = Organisation.objects.filter(area=area, kind__in=kinds).first()
    return there.name if there else ""


def seat_guesses(reading: Reading) -> list[dict[str, Any]]:
    """The seats the agreement names, each role once, with who chairs and who writes."""
    chair, secretary = reading.fact("chair"), reading.fact("secretary")
    functions = {
        fact.value["role"]: function
        for fact, function in ((secretary, SeatFunction.SECRETARY), (chair, SeatFunction.CHAIR))
        if fact and fact.value.get("role")
    }
    found: dict[tuple[str, str], dict[str, Any]] = {}
    for fact in reading.facts_of("participants"):
        role, side = fact.value["role"], fact.value["side"]
        if role and not fact.value["when_needed"]:
            function = functions.get(role, SeatFunction.MEMBER)
            found[role, side] = {"role": role, "side": side, "function": function}
    return list(found.values())


def likeliest_first(councils: Sequence[Council], tier: str) -> list[Council]:
    """The councils there are, first of the kind that the agreement would set up."""
    return sorted(councils, key=lambda one: one.tier != tier)


def likely_one(councils: Sequence[Council], tier: str) -> Council | None:
    """The only one of that kind; none where there are several, or one of another kind alone."""
    fitting = [one for one in councils if one.tier == tier]
    return fitting[0] if len(fitting) == 1 else None


def holders_at(names: Iterable[str], country: str, actor: Actor, on: date) -> dict[str, str]:
    """Who holds each role today at organisations of these names: they would get its seat."""
    held = Appointment.objects.visible_to(actor).on(on).select_related("person")
    called = reduce(or_, (Q(name__iexact=one) for one in names if one), Q(pk=None))
    there = Organisation.objects.filter(called, country=country)
    found: dict[str, list[str]] = {}
    for one in held.filter(organisation__in=there).order_by("from_date", "pk"):
        found.setdefault(one.role, []).append(one.person.label)
    return {role: ", ".join(people) for role, people in found.items()}
