"""What an agreement lacks by its country's template: one measure in force, in draft and read in.

What does not belong here: telling it in words (`reading_words`).
"""

from __future__ import annotations

from collections.abc import Iterable

from samrad.cooperation.models import Agreement
from samrad.reading.templates import agreement_template
from samrad.reading.written import NOTHING, Beside, Written, missing_in_clauses

Missing = dict[str, str]


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


def lacking_of(agreement: Agreement) -> list[Missing]:
    """What one that is kept lacks: two queries."""
    council = agreement.council
    meetings = council.meetings_per_year if agreement.parent_id is None else None
    focus = tuple(one.title for one in agreement.focus_areas.all())
    return lacking_in(
        council.country,
        agreement.kind,
        [Written(one.key, one.heading, one.text) for one in agreement.clauses.all()],
        title=agreement.title,
        beside=Beside(focus, meetings),
    )
