"""Signatures fall when what was signed is changed, and whoever gave them hears it.

So does whoever was asked for one that is no longer wanted.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from django.utils.translation import gettext_lazy as _

from samrad.access.actor import Actor
from samrad.agreements import events, letters
from samrad.agreements.actions.wordings import keep_wording
from samrad.agreements.models import Draft, Party, Signature
from samrad.agreements.queries.parties import holders_of
from samrad.agreements.rules import FALLS_BACK, DraftState
from samrad.kernel.clock import day_of
from samrad.kernel.verdict import Refused
from samrad.people.models import Person
from samrad.post.api import absolute_url
from samrad.trail.api import record

KNOWINGLY = _(
    "This has been signed. Tick that you know: the signatures fall, and everybody signs again."
)


def void_signatures(draft: Draft, *, knowing: bool, by: Actor, at: datetime) -> Sequence[Signature]:
    """Before an edit after the first signature: those given no longer hold. Whoever edits tells
    their givers, once it is clear who is still asked to sign."""
    found = Signature.objects.filter(party__draft=draft, voided_at=None)
    given = list(found.select_related("person", "party__organisation"))
    if not given:
        return given
    if not knowing:
        raise Refused(KNOWINGLY)
    keep_wording(draft, at=draft.changed_at or draft.signing_at or at)
    Signature.objects.filter(pk__in=[one.pk for one in given]).update(voided_at=at)
    if DraftState(draft.state) in FALLS_BACK:
        draft.state = FALLS_BACK[DraftState(draft.state)]
        draft.save(update_fields=["state"])
    who = ", ".join(one.party.organisation.name for one in given)
    record(events.SIGNATURES_VOIDED, about=draft, by=by, at=at, who=who)
    return given


def tell_that_they_fell(draft: Draft, given: Sequence[Signature], *, at: datetime) -> None:
    """Each giver once: to sign again, or that their party or office is no longer asked to.

    Where the giver has left the office, whoever holds it now is asked to sign instead; where nobody
    does, the board says so.
    """
    offices = [_office_of(one) for one in given]
    holders = holders_of(offices, day_of(at, draft.council.zone))
    now = Party.ever.select_related("organisation").in_bulk([one.party_id for one in given])
    told: set[int] = set()
    for one in given:
        party, held = now[one.party_id], holders[one.party_id]
        if _still_signs(party, one) and one.person and one.person not in held:
            name = party.organisation.name
            letters.tell(draft, held, "sign", about=party, party=name)
            continue
        givers = [one.person, *(held if one.on_paper else [])]
        persons = {p.pk: p for p in givers if p and p.pk not in told}
        _tell(draft, list(persons.values()), one, party)
        told |= set(persons)


def tell_no_longer_asked(
    draft: Draft, before: Sequence[Party], given: Sequence[Signature], *, by: Actor, at: datetime
) -> None:
    """Whoever had been asked to sign and is left out before they did, their party or their office.

    Not who has just heard that the signature they had given fell, nor who signs in another office.
    """
    on = day_of(at, draft.council.zone)
    now = list(draft.parties.all())
    asked = {(one.organisation_id, one.role) for one in now}
    heard = {one.party_id for one in given}
    gone = [
        one
        for one in before
        if (one.organisation_id, one.role) not in asked and one.pk not in heard
    ]
    told = {person.pk for held in holders_of(now, on).values() for person in held}
    told |= {by.person_id or 0}
    held_before = holders_of(gone, on)
    for one in gone:
        persons = {person.pk: person for person in held_before[one.pk] if person.pk not in told}
        letters.tell(
            draft, persons.values(), "no_longer_asked", about=draft.council,
            party=one.organisation.name,
            is_party=one.organisation_id in {organisation for organisation, _role in asked},
        )  # fmt: skip
        told |= set(persons)


def _office_of(one: Signature) -> Party:
    """The party with the office that signed, which may be another one by now."""
    return Party(pk=one.party_id, organisation=one.party.organisation, role=one.role)


def _still_signs(party: Party, one: Signature) -> bool:
    """Whether the office that signed is the one that is asked to."""
    return party.left_at is None and party.role == (one.role or party.role)


def _tell(draft: Draft, persons: list[Person], one: Signature, party: Party) -> None:
    if _still_signs(party, one):
        url = absolute_url(letters.what_is_new(party))
        letters.tell(draft, persons, "voided", url=url)
        return
    letters.tell(
        draft, persons, "left_out", about=one, party=one.party.organisation.name,
        is_party=party.left_at is None,
    )  # fmt: skip
