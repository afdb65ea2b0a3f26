"""What promises and the register of agreements register with the apps below."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from samrad.access import findable
from samrad.agreements import commitment_panel, commitment_search
from samrad.cooperation import agreement_parts
from samrad.ui import navigation


def register_promises() -> None:
    """Promises stand on the agreement's page and are found; the register is in the menu."""
    navigation.register(_("Agreements"), "agreements:register", icon="handshake", order=15)
    agreement_parts.register(commitment_panel.promises)
    findable.register(commitment_search.COMMITMENTS)
    navigation.belongs("/promises/", "cooperation:councils")
