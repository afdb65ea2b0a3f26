"""What a draft still lacks, and what it lacks once it holds: by one measure."""

from __future__ import annotations

from samrad.agreements.models import Draft
from samrad.agreements.queries.additions import additions_to
from samrad.cooperation.lacking import Missing, lacking_in, lacking_of
from samrad.cooperation.models import Agreement
from samrad.reading.written import Beside, Written


def missing_in_draft(draft: Draft) -> list[Missing]:
    """What the template of its kind asks for and neither the text nor the fields beside it settle.

    What is only added to an agreement need not settle anything anew; a draft without a word is
    not asked yet.
    """
    clauses = [Written(one.key, one.heading, one.text) for one in draft.clauses.all() if one.text]
    if not clauses or draft.is_amendment:
        return []
    beside = _beside(draft)
    return lacking_in(draft.council.country, draft.kind, clauses, title=draft.title, beside=beside)


def missing_as_it_holds(agreement: Agreement) -> list[Missing]:
    """The same of one that holds, with what was added to it since.

    Of one signed here counts what was signed beside the text; of one read in, what its council has.
    """
    signed = Draft.objects.filter(agreement=agreement).first()
    added = [Written(one.key, one.heading, one.text) for one in additions_to(agreement)]
    return lacking_of(agreement, added=added, beside=_beside(signed) if signed else None)


def _beside(draft: Draft) -> Beside:
    return Beside(tuple(draft.focus_titles), draft.meetings_per_year)
