"""What most actions begin with: the council and the draft as they are now, held."""

from __future__ import annotations

from samrad.access.rows import locked
from samrad.agreements.models import Draft, Party


def held(draft: Draft) -> Draft:
    """The draft as it is now. The council first: whoever brings an agreement into force holds both.

    Two people who sign at once come one after the other, and the second sees the first.
    """
    council = locked(draft.council, "area")
    found = locked(draft, "agreement", "amends", "revises", "template__area")
    found.council = council
    return found


def held_party(party: Party) -> Party:
    """The same for one who signs."""
    draft = held(party.draft)
    found = locked(party, "organisation")
    found.draft = draft
    return found
