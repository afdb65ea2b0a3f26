"""Who may do what with areas. Reading them is for everyone: names and codes are public facts."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from samrad.access.actor import Actor
from samrad.kernel.verdict import ALLOWED, Verdict, refuse


def may_load_structures(actor: Actor) -> Verdict:
    """Only whoever runs the installation, or the installation itself."""
    if actor.is_system or actor.manages_installation:
        return ALLOWED
    return refuse(_("Only an administrator of the installation can load areas."))
