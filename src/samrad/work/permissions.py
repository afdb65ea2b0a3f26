"""Who may tend the queue."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from samrad.access.actor import Actor
from samrad.kernel.verdict import ALLOWED, Verdict, refuse


def may_tend_queue(actor: Actor) -> Verdict:
    """Those who run the installation, and the command line of its server."""
    if actor.is_system or actor.manages_installation:
        return ALLOWED
    return refuse(_("Only those who run the installation can restart or drop queued work."))
