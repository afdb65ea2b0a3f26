"""A text that is put out is kept as it is, before it can be changed again."""

from __future__ import annotations

from datetime import datetime

from samrad.agreements.models import Draft, Wording
from samrad.agreements.rules import OUT_TO_SIGN
from samrad.agreements.rules.signing import canonical_text, hash_of


def keep_wording(draft: Draft, *, at: datetime) -> str:
    """The text that can be signed, kept once under its hash, which is given back."""
    wording = _kept(draft, at=at)
    if wording.signable_at is None:
        wording.signable_at = at
        wording.save(update_fields=["signable_at"])
    return wording.sha256


def keep_what_is_heard(draft: Draft, *, at: datetime) -> None:
    """The text that the council's members are asked about, from now on."""
    wording = _kept(draft, at=at)
    wording.heard_at = at
    wording.save(update_fields=["heard_at"])


def _kept(draft: Draft, *, at: datetime) -> Wording:
    clauses = list(draft.clauses.all())
    text = draft.signed_text(clauses=clauses)
    found, _is_new = Wording.objects.get_or_create(
        draft=draft, sha256=hash_of(text),
        defaults={
            "text": canonical_text(text), "keys": [one.key for one in clauses], "at": at,
        },
    )  # fmt: skip
    return found


def note_change(draft: Draft, *, at: datetime) -> None:
    """The text is another one from now on: no paper that was signed before is of it."""
    draft.changed_at = at
    draft.save(update_fields=["changed_at"])
    if draft.state in OUT_TO_SIGN:
        keep_wording(draft, at=at)
