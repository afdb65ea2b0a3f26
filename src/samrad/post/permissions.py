"""Who may tend the outgoing mail."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from samrad.access.actor import Actor
from samrad.kernel.verdict import ALLOWED, Verdict, refuse
from samrad.post.models import Message
from samrad.post.rules import MessageState


def may_retry_message(actor: Actor, message: Message) -> Verdict:
    """Those who run the installation, and only what has failed and still has its words."""
    if not (actor.is_system or actor.manages_installation):
        return refuse(_("Only those who run the installation can send mail again."))
    if message.state == MessageState.BOUNCED:
        return refuse(
            _("It came back. Mend the recipient's address, then do again what it was sent for.")
        )
    if message.state != MessageState.FAILED:
        return refuse(_("This mail is not waiting to be sent again."))
    if not message.text:
        return refuse(_("What this mail said is no longer kept. Do again what it was sent for."))
    return ALLOWED
