"""What happens to mail, as far as it is recorded."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from samrad.trail.events import event

MAIL_WITHHELD = event(
    "post.withheld", _("A mail to %(to)s was not sent: they are no longer to have it")
)
MAIL_FAILED = event("post.failed", _("A mail to %(to)s could not be delivered (%(error)s)"))
MAIL_BOUNCED = event("post.bounced", _("A mail to %(to)s came back (%(error)s)"))
MAIL_RETRIED = event("post.retried", _("%(by)s let a mail to %(to)s be sent again"))
