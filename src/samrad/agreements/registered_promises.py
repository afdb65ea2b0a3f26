"""What promises and the register of agreements register with the apps below."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from samrad.access import findable
from samrad.agreements import addition_search, commitment_panel, commitment_search
from samrad.agreements.actions.carrying import carry_promises
from samrad.cooperation import agreement_parts, panels, successions
from samrad.cooperation.findable import register_words
from samrad.ui import navigation


def register_promises() -> None:
    """Promises stand on the agreement's page, go on in the next one and are found; the register is
    by the councils."""
    panels.register_list(_("All agreements"), "agreements:register")
    agreement_parts.register(commitment_panel.promises)
    agreement_parts.register(commitment_panel.last_evaluated)
    successions.register(carry_promises)
    findable.register(commitment_search.COMMITMENTS)
    register_words(addition_search.READ_WITH, addition_search.words)
    navigation.belongs("/promises/", "cooperation:councils")
