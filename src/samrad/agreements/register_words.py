"""What the standings of agreements are called, and the tone they are shown in."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from samrad.agreements.queries.register import Standing

STANDINGS = {
    Standing.IN_FORCE: _("In force"),
    Standing.OVERDUE: _("Renewal overdue"),
    Standing.EXPIRED: _("Expired"),
    Standing.DRAFT: pgettext_lazy("agreement", "Draft"),
    Standing.ENDED: pgettext_lazy("agreement", "Ended"),
}
TONES = {
    Standing.IN_FORCE: "success",
    Standing.OVERDUE: "warning",
    Standing.EXPIRED: "danger",
    Standing.DRAFT: "neutral",
    Standing.ENDED: "neutral",
}
