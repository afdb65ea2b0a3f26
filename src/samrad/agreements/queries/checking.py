"""Whether what was signed is what stands here: the text, the signatures and the record compared.

Three things must agree: the hash of the text as it is now, the hash that each signature carries,
and the hash that the record told when it was given. The record is a chain of its own, so whoever
wants to forge one of the three would have to forge them all, and `trail verify` finds that.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from samrad.agreements import events
from samrad.agreements.models import Draft, DraftClause, Party, Signature
from samrad.agreements.queries.parties import counted, with_signatures
from samrad.agreements.rules import SIGNED_BY_ALL, SIGNED_HERE
from samrad.agreements.rules.signing import hash_of
from samrad.cooperation.models import Agreement
from samrad.cooperation.rules import AgreementState
from samrad.kernel.choices import Choices
from samrad.people.models import Person
from samrad.trail.models import TrailEntry

ON_PAPER = events.SIGNED_ON_PAPER.code
TOLD_BY = (events.SIGNED.code, ON_PAPER)


class Fault(Choices):
    """What does not agree with what."""

    TEXT = "text"  # the text is another one than was signed
    SIGNATURE = "signature"  # the signature is another one than the record tells of
    UNTOLD = "untold"  # the record tells of no such signature
    MISSING = "missing"  # signed by all, it is said, and here is a party without a signature
    IN_FORCE = "in_force"  # the agreement in force reads otherwise than what was signed


@dataclass(frozen=True)
class Wrong:
    """One thing that does not agree, and whose signature it is about."""

    fault: Fault
    party: str = ""


@dataclass(frozen=True)
class Checked:
    """What a check of a draft's signatures came to."""

    sha256: str  # of the text as it stands
    signed: int
    wrong: tuple[Wrong, ...] = ()
    carried: tuple[str, ...] = ()  # by the signatures, each once

    @property
    def holds(self) -> bool:
        """Whether there are signatures, and all of them agree with everything."""
        return bool(self.signed) and not self.wrong

    @property
    def signed_hashes(self) -> tuple[str, ...]:
        """What was signed; before anybody has, what is to be signed."""
        return self.carried or (self.sha256,)


def checked(
    draft: Draft,
    parties: Sequence[Party] | None = None,
    clauses: Sequence[DraftClause] | None = None,
) -> Checked:
    """Compare text, signatures and record; two queries where parties and clauses are read."""
    parties = with_signatures(draft) if parties is None else parties
    clauses = list(draft.clauses.all()) if clauses is None else clauses
    digest = hash_of(draft.signed_text(parties, clauses))
    signatures = [found for one in parties if (found := counted(one))]
    told = _told(draft) if signatures else {}
    wrong = [
        *_missing(draft, parties),
        *(one for party in parties for one in _of_party(party, digest, told)),
        *_in_force(draft, clauses, digest),
    ]
    carried = tuple(dict.fromkeys(one.sha256 for one in signatures))
    return Checked(digest, len(signatures), tuple(wrong), carried)


def _missing(draft: Draft, parties: Sequence[Party]) -> Iterator[Wrong]:
    """What is signed by all carries a signature of each."""
    if draft.state not in SIGNED_BY_ALL:
        return
    if not parties:
        yield Wrong(Fault.MISSING)
    for one in parties:
        if counted(one) is None:
            yield Wrong(Fault.MISSING, one.organisation.name)


def _of_party(party: Party, digest: str, told: Mapping[str, Told]) -> Iterator[Wrong]:
    """What does not agree with the signature of one party."""
    signature, name = counted(party), party.organisation.name
    if signature is None:
        return
    if signature.sha256 != digest:
        yield Wrong(Fault.TEXT, name)
    if str(signature.ref) not in told:
        yield Wrong(Fault.UNTOLD, name)
        return
    was, stands = told[str(signature.ref)], _as_told(party, signature)
    if not was.page:  # told before pages were
        stands = replace(stands, page="")
    if was != stands:
        yield Wrong(Fault.SIGNATURE, name)


@dataclass(frozen=True)
class Told:
    """A signature as the record tells of it, and as it stands here."""

    sha256: str
    party: str  # the party's reference
    day: str
    on_paper: bool
    who: str  # here a person's reference, on paper a name
    page: str = ""  # the hash of the page that was scanned


def _as_told(party: Party, signature: Signature) -> Told:
    return Told(
        sha256=signature.sha256,
        party=str(party.ref),
        day=signature.signed_date.isoformat(),
        on_paper=signature.on_paper,
        who=signature.signatory if signature.on_paper else _ref_of(signature.person),
        page=signature.scan.sha256 if signature.scan else "",
    )


def _ref_of(person: Person | None) -> str:
    return str(person.ref) if person else ""


def _told(draft: Draft) -> dict[str, Told]:
    """What the record tells of each signature, by the signature's reference."""
    entries = TrailEntry.objects.filter(
        chain=draft.trail_chain, about_ref=str(draft.ref), event__in=TOLD_BY
    ).prefetch_related("values_kept")
    found = {}
    for entry in entries:
        values = {one.name: str(one.value) for one in entry.values_kept.all()}
        on_paper = entry.event == ON_PAPER
        found[values.get("signature", "")] = Told(
            sha256=values.get("sha256", ""),
            party=values.get("party_ref", ""),
            day=values.get("day", ""),
            on_paper=on_paper,
            who=values.get("signatory", "") if on_paper else entry.actor_ref,
            page=values.get("page", ""),
        )
    return found


def _in_force(draft: Draft, clauses: Sequence[DraftClause], digest: str) -> Iterator[Wrong]:
    """The agreement that came of it reads as it was signed."""
    agreement = draft.agreement
    if agreement is None:
        return
    signed = [(one.heading, one.text) for one in clauses if one.text]
    there = [(one.heading, one.text) for one in agreement.clauses.all()]
    if signed != there or _frame_signed(draft, digest) != _frame_there(draft, agreement):
        yield Wrong(Fault.IN_FORCE)


def _frame_signed(draft: Draft, digest: str) -> tuple[object, ...]:
    return (draft.title, draft.kind, draft.from_date, draft.to_date, draft.renewal_date, digest)


def _frame_there(draft: Draft, agreement: Agreement) -> tuple[object, ...]:
    """The agreement's own. Its last day is the parties' until it has ended.

    Where they agreed on no day of renewal, the one that it has was reckoned and is no promise.
    """
    has_ended = agreement.state == AgreementState.ENDED
    return (
        agreement.title,
        agreement.kind,
        agreement.from_date,
        draft.to_date if has_ended else agreement.to_date,
        agreement.renewal_date if draft.renewal_date else None,
        agreement.facts.get(SIGNED_HERE),
    )
