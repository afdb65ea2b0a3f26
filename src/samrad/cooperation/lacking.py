"""What an agreement lacks by its country's template: one measure in force, in draft and read in.

What does not belong here: telling it in words (`reading_words`).
"""

from __future__ import annotations

from collections.abc import Iterable

from samrad.cooperation.models import Agreement
from samrad.profiles.reader import profile
from samrad.reading.templates import agreement_template
from samrad.reading.written import NOTHING, Beside, Written, missing_in_clauses

Missing = dict[str, str]

MEASURE = 3  # raised when the measure itself finds otherwise than before


def measure_of(country: str) -> str:
    """The measure as it is today: how it is measured, and by which version of the templates."""
    return f"{MEASURE}:{profile(country).version}"


def lacking_in(
    country: str, kind: str, clauses: Iterable[Written], *, title: str, beside: Beside = NOTHING
) -> list[Missing]:
    """What a text of that kind lacks, as it is stored."""
    template = agreement_template(country, kind)
    told = [one for one in clauses if one.text.strip()]
    found = missing_in_clauses(told, template, title=title, beside=beside)
    return [
        {
            "key": one.key,
            "clause": one.clause,
            "strength": str(one.strength),
            "citation": one.citation,
        }
        for one in found
    ]


def lacking_of(
    agreement: Agreement, *, added: Iterable[Written] = (), beside: Beside | None = None
) -> list[Missing]:
    """What one that is kept lacks, with what was added to it: two queries.

    Without what was signed `beside` its text, what the council took from it counts.
    """
    told = [Written(one.key, one.heading, one.text) for one in agreement.clauses.all()]
    return lacking_in(
        agreement.council.country,
        agreement.kind,
        [*told, *added],
        title=agreement.title,
        beside=beside or _of_the_council(agreement),
    )


def _of_the_council(agreement: Agreement) -> Beside:
    meetings = agreement.council.meetings_per_year if agreement.parent_id is None else None
    return Beside(tuple(one.title for one in agreement.focus_areas.all()), meetings)
