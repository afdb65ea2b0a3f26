"""Who can be a party to an agreement, and who signs for each today."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date

from django.db.models import Prefetch, QuerySet

from samrad.access.actor import Actor
from samrad.agreements.models import Draft, Party, Signature
from samrad.agreements.rules import SIGNABLE
from samrad.agreements.rules.names import is_named, may_mean
from samrad.cooperation.models import Agreement, Council
from samrad.cooperation.seats import FilledSeat, seats_filled
from samrad.kernel.clock import today
from samrad.kernel.verdict import ALLOWED, Verdict
from samrad.people.models import Appointment, Organisation, Person
from samrad.profiles.reader import profile
from samrad.ui.sorting import name_key


@dataclass(frozen=True)
class Candidate:
    """An organisation that sits in the council, and the office that can bind it."""

    organisation: Organisation
    role: str


def candidates(council: Council, on: date) -> list[Candidate]:
    """Every office in the council that may promise something for its organisation."""
    binding = [role.code for role in profile(council.country).roles if role.binds]
    found: dict[tuple[int, str], Candidate] = {}
    for one in seats_filled(council, on):
        seat = one.seat
        if seat.role in binding and not one.is_guest:
            found.setdefault(
                (seat.organisation_id, seat.role), Candidate(seat.organisation, seat.role)
            )
    order = {code: number for number, code in enumerate(binding)}
    return sorted(
        found.values(), key=lambda one: (name_key(one.organisation.name), order[one.role])
    )


def proposed_parties(council: Council, on: date) -> list[Candidate]:
    """One a party: the highest office of each organisation, those of municipalities first.

    A part of an organisation that signs itself is bound with it and is not asked apart.
    """
    first: dict[int, Candidate] = {}
    for one in candidates(council, on):
        first.setdefault(one.organisation.pk, one)
    above = _above([one.organisation for one in first.values()])
    first = {key: one for key, one in first.items() if above[key].isdisjoint(first)}
    own = profile(council.country).parties.municipality
    return sorted(first.values(), key=lambda one: one.organisation.kind != own)


def _above(organisations: Sequence[Organisation]) -> dict[int, set[int]]:
    """All that each is a part of, however many steps up: one query a step."""
    above: dict[int, set[int]] = {one.pk: set() for one in organisations}
    step = {one.pk: one.parent_id for one in organisations if one.parent_id is not None}
    while step:
        for key, parent in step.items():
            above[key].add(parent)
        rows = Organisation.objects.in_bulk(set(step.values()))
        step = {
            key: higher
            for key, parent in step.items()
            if (higher := rows[parent].parent_id) is not None and higher not in above[key]
        }
    return above


def bound_by(agreement: Agreement) -> list[Candidate]:
    """Who signed the agreement, as far as it was signed here; none that is no more."""
    on = today(agreement.council.zone)
    parties = Party.objects.filter(draft__agreement=agreement).select_related("organisation")
    return [
        Candidate(one.organisation, one.role)
        for one in parties
        if one.organisation.valid_to is None or one.organisation.valid_to >= on
    ]


def left_out_of(draft: Draft) -> list[str]:
    """Who signed the agreement that a draft adds to, and does not sign the addition."""
    if draft.amends is None:
        return []
    signs = set(draft.parties.values_list("organisation", flat=True))
    bound = [one.organisation for one in bound_by(draft.amends)]
    return [one.name for one in bound if one.pk not in signs]


def holders_of(parties: Iterable[Party], on: date) -> dict[int, list[Person]]:
    """Who signs for each party on that day, by the party's key: one query."""
    known = list(parties)
    posts = Appointment.objects.on(on).filter(
        organisation__in={one.organisation_id for one in known},
        role__in={one.role for one in known},
    )
    held: defaultdict[tuple[int, str], list[Person]] = defaultdict(list)
    for post in posts.select_related("person"):
        if not post.person.has_left_by(on):
            held[post.organisation_id, post.role].append(post.person)
    return {one.pk: held.get((one.organisation_id, one.role), []) for one in known}


def holder_named(holders: Iterable[Person], name: str) -> Person | None:
    """Which of them is meant by a name as it stands on a paper: "A. Berg", "Berg, Anna"."""
    return next((one for one in holders if is_named(one.name, name)), None)


def said_for(draft: Draft) -> list[Party]:
    """Whom somebody could not sign for at once, with what was said; also if left out since."""
    said = Party.ever.filter(draft=draft).exclude(not_yet="", said_earlier="")
    return list(said.select_related("organisation", "draft__council"))


def with_signatures(draft: Draft) -> list[Party]:
    """The parties of a draft, each with its signatures: two queries."""
    signatures = Signature.objects.select_related("person", "recorded_by", "scan")
    found = draft.parties.select_related("organisation").prefetch_related(
        Prefetch("signatures", queryset=signatures)
    )
    parties = list(found)
    for one in parties:
        one.draft = draft
    _cover([signature for one in parties for signature in one.signatures.all()])
    return parties


def _cover(signatures: Sequence[Signature]) -> None:
    """Say of each whether its name is covered: one query, none where all are known."""
    named = [one for one in signatures if one.person_id is None]
    if not named:
        return
    there = Appointment.objects.filter(
        organisation__in={one.party.organisation_id for one in named}, person__name_withheld=True
    )
    hidden = set(there.values_list("organisation", "person__name"))
    for one in named:
        names = [name for place, name in hidden if place == one.party.organisation_id]
        one.is_covered = any(may_mean(name, one.signatory) for name in names)


def names_covered(draft: Draft) -> list[str]:
    """The names on its papers, of this party or one left out, that may mean a withheld one."""
    signatures = list(
        Signature.objects.filter(party__draft=draft, person=None).select_related("party")
    )
    _cover(signatures)
    return [one.signatory for one in signatures if one.is_covered]


def counted(party: Party) -> Signature | None:
    """The party's signature that holds, among those that were read with it."""
    return next((one for one in party.signatures.all() if one.voided_at is None), None)


@dataclass(frozen=True)
class BoardRow:
    """A party on the board: who signs for it, and whether that has happened."""

    party: Party
    holders: Sequence[Person]
    signature: Signature | None
    voided: Sequence[Signature]
    is_mine: bool
    records: bool

    @property
    def shows_why(self) -> bool:
        """Whether whoever holds the office reads what was said last by it to stand in the way."""
        return self.is_mine and bool(self.party.not_yet)

    @property
    def names(self) -> str:
        """Who holds the office today."""
        return ", ".join(one.label for one in self.holders)


@dataclass(frozen=True)
class Board:
    """Who has signed and who has not."""

    rows: list[BoardRow] = field(default_factory=list)

    @property
    def signed(self) -> int:
        """How many parties have signed."""
        return sum(1 for one in self.rows if one.signature)

    @property
    def missing(self) -> list[BoardRow]:
        """Those that have not."""
        return [one for one in self.rows if not one.signature]

    @property
    def mine(self) -> BoardRow | None:
        """The party that waits for the reader's own signature."""
        return next((one for one in self.missing if one.is_mine), None)


def board_of(draft: Draft, actor: Actor, *, manages: Verdict = ALLOWED) -> Board:
    """The board as a reader sees it: in four queries, however many parties."""
    parties = with_signatures(draft)
    holders = holders_of(parties, today(draft.council.zone))
    signable = draft.state in SIGNABLE
    rows = []
    for one in parties:
        people, signature = holders[one.pk], counted(one)
        rows.append(
            BoardRow(
                party=one,
                holders=people,
                signature=signature,
                voided=[old for old in one.signatures.all() if old.voided_at],
                is_mine=signable and actor.person_id in {person.pk for person in people},
                records=bool(manages) and signable and signature is None,
            )
        )
    return Board(rows)


def signatures_of(agreement: Agreement) -> QuerySet[Signature]:
    """The signatures that an agreement in force came of."""
    return (
        Signature.objects.filter(party__draft__agreement=agreement, voided_at=None)
        .select_related("party__organisation", "person")
        .order_by("party__order")
    )


def members_of(council: Council, on: date) -> list[Person]:
    """The council's permanent members: whom a draft is put out to."""
    filled: list[FilledSeat] = seats_filled(council, on)
    return [person for one in filled if not one.is_guest for person in one.persons]
