"""What was said to stand in the way of signing is kept, whatever becomes of text and parties."""

from __future__ import annotations

from django.utils.translation import override

from samrad.agreements.models import Party
from samrad.kernel.clock import day_of
from samrad.ui import formats


def said_before(party: Party) -> str:
    """What was said last, headed by its office and day, above what was said before that."""
    said = "\n\n".join(filter(None, (party.not_yet, party.said_earlier)))
    if not said or party.not_yet_at is None:
        return said
    draft = party.draft
    with override(draft.language):
        day = formats.day(day_of(party.not_yet_at, draft.council.zone))
        office = Party(organisation=party.organisation, role=party.role).role_name
    return f"{office[:1].upper()}{office[1:]}, {day}: {said}"


def give_office(party: Party, role: str) -> None:
    """Another office signs for it: what was asked of the one before and said by it is not its."""
    if party.pk and party.role != role:
        party.said_earlier = said_before(party)
        party.not_yet, party.not_yet_at = "", None
        party.reminded_at = None
    party.role = role
