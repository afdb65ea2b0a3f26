"""Who may take data in. Reading published statistics is for everybody who is signed in."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from samrad.access.actor import Actor
from samrad.access.vocabulary import Permission
from samrad.kernel.verdict import ALLOWED, Verdict, refuse


def may_publish(actor: Actor) -> Verdict:
    """Whoever runs the installation: its owner answers for what anybody may read."""
    if actor.is_system or actor.holds_anywhere(Permission.INSTALLATION_MANAGE):
        return ALLOWED
    return refuse(_("Only whoever runs the installation decides what anybody may read."))


def may_take_in(actor: Actor) -> Verdict:
    """Analysts of a police district or of the directorate, or the installation itself."""
    if actor.is_system or actor.holds_anywhere(Permission.FIGURES_TAKE_IN):
        return ALLOWED
    return refuse(_("Only an analyst of a police district or of the directorate can do this."))
