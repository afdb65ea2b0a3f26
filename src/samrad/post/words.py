"""What states of mail are called, for a reader."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from samrad.post.rules import MessageState

MESSAGE_STATES = {
    MessageState.QUEUED: _("On its way"),
    MessageState.HELD: _("Waits for the daily mail"),
    MessageState.GATHERED: _("In the daily mail"),
    MessageState.DECLINED: _("Not wanted"),
    MessageState.SENT: _("Sent"),
    MessageState.FAILED: _("Not delivered"),
    MessageState.BOUNCED: _("Came back"),
    MessageState.WITHHELD: _("Withheld"),
    MessageState.FORGOTTEN: _("Forgotten"),
}
CAUSES = {
    "people/mail/invitation": _("They were invited to make an account"),
    "people/mail/password": _("A new password was asked for"),
    "post/mail/digest": _("They want such mail gathered, once a day"),
    "post/mail/link": _("There is something new for them to read"),
}
MESSAGE_TONES = {
    MessageState.QUEUED: "info",
    MessageState.HELD: "neutral",
    MessageState.GATHERED: "success",
    MessageState.DECLINED: "neutral",
    MessageState.SENT: "success",
    MessageState.FAILED: "danger",
    MessageState.BOUNCED: "danger",
    MessageState.WITHHELD: "neutral",
    MessageState.FORGOTTEN: "neutral",
}
