"""Who may take data in. Reading published statistics is for everybody who is signed in."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from samrad.access.actor import Actor
from samrad.access.vocabulary import Permission
from samrad.kernel.verdict import ALLOWED, Verdict, refuse
from samrad.knowledge.models import Release
from samrad.knowledge.rules.difference import Difference


def may_publish(actor: Actor) -> Verdict:
    """Whoever runs the installation: its owner answers for what anybody may read."""
    if actor.is_system or actor.holds_anywhere(Permission.INSTALLATION_MANAGE):
        return ALLOWED
    return refuse(_("Only whoever runs the installation decides what anybody may read."))


def may_put_into_use(actor: Actor, release: Release) -> Verdict:
    """Whoever takes data in, once the file has been read and nothing about it is open."""
    if not (verdict := may_take_in(actor)):
        return verdict
    if not release.is_staged or release.is_being_read:
        return refuse(_("This file is not waiting to be put into use."))
    if release.doubts:
        return refuse(_("Something about this file has not been answered yet."))
    if not Difference.is_one(release.difference):
        return refuse(_("All of this is known already; there is nothing to put into use."))
    return ALLOWED


def may_drop(actor: Actor, release: Release) -> Verdict:
    """Whoever takes data in, as long as the file counts for nothing."""
    if not (verdict := may_take_in(actor)):
        return verdict
    if not release.is_staged:
        return refuse(_("These figures are in use; they are replaced by a newer release."))
    return ALLOWED


def may_take_in(actor: Actor) -> Verdict:
    """Analysts of a police district or of the directorate, or the installation itself."""
    if actor.is_system or actor.holds_anywhere(Permission.FIGURES_TAKE_IN):
        return ALLOWED
    return refuse(_("Only an analyst of a police district or of the directorate can do this."))
