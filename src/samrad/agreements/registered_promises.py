"""What promises register with the apps below."""

from __future__ import annotations

from samrad.access import findable
from samrad.agreements import commitment_panel, commitment_search
from samrad.cooperation import agreement_parts
from samrad.ui import navigation


def register_promises() -> None:
    """Promises stand on the agreement's page and are found by searching."""
    agreement_parts.register(commitment_panel.promises)
    findable.register(commitment_search.COMMITMENTS)
    navigation.belongs("/promises/", "cooperation:councils")
