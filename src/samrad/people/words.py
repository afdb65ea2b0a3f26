"""Sentences about signing in, words for mail; roles and bodies are named by the profile."""

from __future__ import annotations

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from samrad.people.oidc import Reason
from samrad.people.rules import Delivery, MailKind

MAIL_KINDS = {
    MailKind.AGENDAS: gettext_lazy("Agendas and proposals"),
    MailKind.MINUTES: gettext_lazy("Minutes"),
    MailKind.TASKS: gettext_lazy("Tasks and reminders"),
    MailKind.COUNCILS: gettext_lazy("News about councils"),
}
MAIL_KINDS_MEAN = {
    MailKind.AGENDAS: gettext_lazy(
        "An agenda has changed after you had it; what became of what you proposed."
    ),
    MailKind.MINUTES: gettext_lazy("Minutes are approved, or corrected later."),
    MailKind.TASKS: gettext_lazy(
        "A task comes to you, falls due or is late; the police have answered."
    ),
    MailKind.COUNCILS: gettext_lazy(
        "Meetings of a council you keep have been planned; you are invited to a theme day."
    ),
}
DELIVERIES = {
    Delivery.AT_ONCE: gettext_lazy("At once"),
    Delivery.DAILY: gettext_lazy("Once a day, in one mail"),
    Delivery.NONE: gettext_lazy("No mail"),
}


def why_refused(reason: Reason) -> str:
    """What went wrong with a sign-in through an agency, and what to do about it."""
    sentences = {
        Reason.CANCELLED: _("You stopped the sign-in. Nothing has happened."),
        Reason.UNREACHABLE: _("Your agency’s sign-in does not answer. Try again in a while."),
        Reason.INTERRUPTED: _("The sign-in was interrupted or took too long. Begin again."),
        Reason.WRONG_ISSUER: _(
            "The answer did not come from the sign-in we know for this agency. Tell those who"
            " run Samråd for you."
        ),
        Reason.WRONG_AUDIENCE: _(
            "The answer was meant for another service. Tell those who run Samråd for you."
        ),
        Reason.EXPIRED: _("The answer from your agency was too old. Begin again."),
        Reason.WRONG_NONCE: _("The answer did not belong to this sign-in. Begin again."),
        Reason.BAD_TOKEN: _(
            "The answer from your agency could not be verified. Tell those who run Samråd for you."
        ),
        Reason.MISSING_CLAIM: _(
            "Your agency did not confirm that you belong to it. Choose the agency you work for."
        ),
        Reason.TOO_WEAK: _("Samråd needs a stronger sign-in than the one you used."),
        Reason.NOT_INVITED: _(
            "Nobody in Samråd is connected with this sign-in yet. Ask your coordinator for an"
            " invitation, open its link here, and choose your agency there."
        ),
        Reason.INVITATION_GONE: _("Your invitation can no longer be used. Ask for a new one."),
        Reason.NOT_OF_AGENCY: _("This agency does not vouch for anybody who works where you do."),
        Reason.MOVED: _(
            "You no longer work where this agency vouches for people. If you have moved to"
            " another agency, ask there for an invitation."
        ),
    }
    return sentences[reason]
