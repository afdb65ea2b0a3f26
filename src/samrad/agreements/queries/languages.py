"""In which language an agreement is written: its own, not the reader's."""

from __future__ import annotations

from samrad.agreements.models import Draft
from samrad.cooperation.models import Agreement
from samrad.profiles.reader import profile
from samrad.reading.language import language_of as language_of_text


def language_of(agreement: Agreement, draft: Draft | None = None) -> str:
    """As it was signed here; of one that was read in, what its words tell, else the country's."""
    if draft is None:
        draft = Draft.objects.filter(agreement=agreement).first()
    if draft is not None:
        return draft.language
    spoken = profile(agreement.council.country).languages
    told = language_of_text(" ".join(one.text for one in agreement.clauses.all()))
    return told if told in spoken else spoken[0]
