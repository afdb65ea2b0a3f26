"""What a reading found and lacks, in the reader's language."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.translation import get_language

from samrad.cooperation.words import STRENGTHS
from samrad.reading.templates import Template, agreement_template


@dataclass(frozen=True)
class Lacking:
    """Something an agreement should settle and does not."""

    title: str
    strength: str
    citation: str
    is_required: bool


def missing_in_words(country: str, missing: Iterable[Mapping[str, Any]]) -> list[Lacking]:
    """What is missing, the required first; what the template no longer asks for is left out."""
    template = agreement_template(country)
    labels = {one.key: one.label for one in template.requirements}
    language = get_language() or "en"
    found = [
        Lacking(
            title=labels[one["key"]].in_language(language),
            strength=str(STRENGTHS.get(one["strength"], one["strength"])),
            citation=one["citation"],
            is_required=one["strength"] == "must",
        )
        for one in missing
        if one["key"] in labels
    ]
    return sorted(found, key=lambda one: not one.is_required)


def clause_titles(template: Template) -> dict[str, str]:
    """The template's headings by key, in the reader's language."""
    language = get_language() or "en"
    return {clause.key: clause.title.in_language(language) for clause in template.clauses}
