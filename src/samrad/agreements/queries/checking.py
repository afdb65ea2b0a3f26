"""Whether what was signed is what stands here: the text, the signatures and the record compared.

Three things must agree: the hash of the text as it is now, the hash that each signature carries,
and the hash that the record told when it was given. The record is a chain of its own, so whoever
wants to forge one of the three would have to forge them all, and `trail verify` finds that.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from samrad.agreements import events
from samrad.agreements.models import Draft, DraftClause, Party
from samrad.agreements.queries.parties import counted, with_signatures
from samrad.agreements.rules.signing import hash_of
from samrad.kernel.choices import Choices
from samrad.trail.models import TrailEntry

TOLD_BY = (events.SIGNED.code, events.SIGNED_ON_PAPER.code)


class Fault(Choices):
    """What does not agree with what."""

    TEXT = "text"  # the text is another one than was signed
    SIGNATURE = "signature"  # the signature is another one than the record tells of
    UNTOLD = "untold"  # the record tells of no such signature
    IN_FORCE = "in_force"  # the agreement in force reads otherwise than what was signed


@dataclass(frozen=True)
class Wrong:
    """One thing that does not agree, and whose signature it is about."""

    fault: Fault
    party: str = ""


@dataclass(frozen=True)
class Checked:
    """What a check of a draft's signatures came to."""

    sha256: str
    signed: int
    wrong: tuple[Wrong, ...] = ()

    @property
    def holds(self) -> bool:
        """Whether there are signatures, and all of them agree with everything."""
        return bool(self.signed) and not self.wrong


def checked(
    draft: Draft,
    parties: Sequence[Party] | None = None,
    clauses: Sequence[DraftClause] | None = None,
) -> Checked:
    """Compare text, signatures and record; two queries where parties and clauses are read."""
    parties = with_signatures(draft) if parties is None else parties
    clauses = list(draft.clauses.all()) if clauses is None else clauses
    digest = hash_of(draft.signed_text(parties, clauses))
    signatures = [(one, found) for one in parties if (found := counted(one))]
    if not signatures:
        return Checked(digest, 0)
    told = _told(draft)
    wrong: list[Wrong] = []
    for party, signature in signatures:
        name = party.organisation.name
        if signature.sha256 != digest:
            wrong.append(Wrong(Fault.TEXT, name))
        if str(signature.ref) not in told:
            wrong.append(Wrong(Fault.UNTOLD, name))
        elif told[str(signature.ref)] != signature.sha256:
            wrong.append(Wrong(Fault.SIGNATURE, name))
    return Checked(digest, len(signatures), (*wrong, *_in_force(draft, clauses)))


def _told(draft: Draft) -> dict[str, str]:
    """The hash that the record tells of each signature, by the signature's reference."""
    entries = TrailEntry.objects.filter(
        chain=draft.trail_chain, about_ref=str(draft.ref), event__in=TOLD_BY
    ).prefetch_related("values_kept")
    found = {}
    for entry in entries:
        values = {one.name: one.value for one in entry.values_kept.all()}
        found[str(values.get("signature"))] = str(values.get("sha256"))
    return found


def _in_force(draft: Draft, clauses: Sequence[DraftClause]) -> Iterator[Wrong]:
    """The agreement that came of it reads as it was signed."""
    if draft.agreement is None:
        return
    signed = [(one.heading, one.text) for one in clauses if one.text]
    there = [(one.heading, one.text) for one in draft.agreement.clauses.all()]
    if signed != there or draft.agreement.title != draft.title:
        yield Wrong(Fault.IN_FORCE)
