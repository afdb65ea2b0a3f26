"""A signature that no longer holds, and the text that it stood for."""

from __future__ import annotations

from itertools import zip_longest

from samrad.agreements.models import Party, Signature, Wording
from samrad.agreements.queries.templates import Beginning


def fallen_of(party: Party) -> tuple[Signature, Wording] | None:
    """The party's last signature that fell, with its text, as long as it has not signed again."""
    if party.signatures.filter(voided_at=None).exists():
        return None
    fallen = party.signatures.select_related("person").order_by("-at", "-pk").first()
    if fallen is None:
        return None
    wording = Wording.objects.filter(draft=party.draft_id, sha256=fallen.sha256).first()
    return (fallen, wording) if wording else None


def clauses_of(wording: Wording) -> list[Beginning]:
    """The clauses as they were."""
    clauses = wording.signed_text.clauses
    keyed = zip_longest(wording.keys[: len(clauses)], clauses, fillvalue="")
    return [Beginning(key, *clause) for key, clause in keyed]
