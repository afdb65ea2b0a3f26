"""What a draft still lacks, by the same measure as an agreement that holds or is read in."""

from __future__ import annotations

from samrad.agreements.models import Draft
from samrad.cooperation.lacking import Missing, lacking_in
from samrad.reading.written import Beside, Written


def missing_in_draft(draft: Draft) -> list[Missing]:
    """What the template of its kind asks for and neither the text nor the fields beside it settle.

    What is only added to an agreement need not settle anything anew; a draft without a word is
    not asked yet.
    """
    clauses = [Written(one.key, one.heading, one.text) for one in draft.clauses.all() if one.text]
    if not clauses or draft.is_amendment:
        return []
    beside = Beside(tuple(draft.focus_titles), draft.meetings_per_year)
    return lacking_in(draft.council.country, draft.kind, clauses, title=draft.title, beside=beside)
