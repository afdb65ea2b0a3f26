"""The text that can be signed is kept as it is, before it can be changed again."""

from __future__ import annotations

from datetime import datetime

from samrad.agreements.models import Draft, Wording
from samrad.agreements.rules import OUT_TO_SIGN
from samrad.agreements.rules.signing import canonical_text, hash_of


def keep_wording(draft: Draft, *, at: datetime) -> str:
    """Kept once under its hash, which is given back."""
    clauses = list(draft.clauses.all())
    text = draft.signed_text(clauses=clauses)
    digest = hash_of(text)
    Wording.objects.get_or_create(
        draft=draft, sha256=digest,
        defaults={
            "text": canonical_text(text), "keys": [one.key for one in clauses], "at": at,
        },
    )  # fmt: skip
    return digest


def note_change(draft: Draft, *, at: datetime) -> None:
    """The text is another one from now on: no paper that was signed before is of it."""
    draft.changed_at = at
    draft.save(update_fields=["changed_at"])
    if draft.state in OUT_TO_SIGN:
        keep_wording(draft, at=at)
