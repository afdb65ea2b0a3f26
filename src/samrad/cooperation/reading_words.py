"""What a reading found and lacks, in the reader's language."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from samrad.cooperation.words import STRENGTHS
from samrad.reading.model import Reading
from samrad.reading.templates import GENERAL, Template, agreement_template

DAY_FIELD = "id_from_date"


@dataclass(frozen=True)
class Lacking:
    """Something an agreement should settle and does not."""

    title: str
    strength: str
    citation: str
    is_required: bool
    clause: str = ""  # where it would stand


def missing_in_words(
    country: str, missing: Iterable[Mapping[str, Any]], kind: str = GENERAL
) -> list[Lacking]:
    """What is missing, the required first; what the template no longer asks for is left out."""
    template = agreement_template(country, kind)
    labels = {one.key: one.label for one in template.requirements}
    language = get_language() or "en"
    found = [
        Lacking(
            title=labels[one["key"]].in_language(language),
            strength=str(STRENGTHS.get(one["strength"], one["strength"])),
            citation=one["citation"],
            is_required=one["strength"] == "must",
            clause=one.get("clause") or "",
        )
        for one in missing
        if one["key"] in labels
    ]
    return sorted(found, key=lambda one: not one.is_required)


@dataclass(frozen=True)
class NotFound:
    """Something a council needs that the document does not say, and the field to say it in."""

    text: str
    field: str

    @property
    def is_of_new_council(self) -> bool:
        """Whether it is asked about only when a council is set up."""
        return self.field != DAY_FIELD


def not_found(reading: Reading, *, police: str) -> list[NotFound]:
    """What a person has to look at before confirming; `police` is the party proposed."""
    seats, chair = reading.facts_of("participants"), reading.fact("chair")
    date_found = reading.fact("adoption") or reading.fact("in_force")
    police_found = reading.fact("police_unit") or reading.fact("police_district")
    asked = (
        (
            reading.fact("municipality"),
            _("The municipality is not named. The one whose area it is stands as the party."),
            "id_municipality",
        ),
        (
            police_found,
            _("The police party is not named. The unit that is known here stands as the party.")
            if police
            else _("The police party is not named. Write which unit it is."),
            "id_police",
        ),
        (seats, _("Nobody is named as taking part. Choose who sits in it."), "id_seats-0-role"),
        (chair, _("It is not said who chairs the council."), "id_seats-0-function"),
        (date_found, _("No date is found. Today stands as the first day."), DAY_FIELD),
    )
    return [NotFound(text, field) for found, text, field in asked if not found]


def clause_titles(template: Template, language: str = "") -> dict[str, str]:
    """The template's headings by key, in a language; the reader's where none is said."""
    language = language or get_language() or "en"
    return {clause.key: clause.title.in_language(language) for clause in template.clauses}
