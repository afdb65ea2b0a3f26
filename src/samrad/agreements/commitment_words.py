"""What paces and standings are called, for a reader."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from samrad.agreements.rules.commitments import Pace

PACES = {
    Pace.YEARLY: _("Once a year"),
    Pace.TERTIAL: _("Three times a year"),
    Pace.MONTHLY: _("Every month"),
    Pace.ONCE: _("Once, by a day"),
}
