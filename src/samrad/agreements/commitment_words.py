"""What paces and standings are called, for a reader."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from samrad.agreements.rules.commitments import Finding, Pace

PACES = {
    Pace.YEARLY: _("Once a year"),
    Pace.HALF_YEARLY: _("Twice a year"),
    Pace.TERTIAL: _("Three times a year"),
    Pace.QUARTERLY: _("Four times a year"),
    Pace.MONTHLY: _("Every month"),
    Pace.EACH_MEETING: _("At each meeting"),
    Pace.STANDING: _("All the time"),
    Pace.ONCE: _("Once, by a day"),
}

FINDINGS = {
    Finding.HELD: pgettext_lazy("a promise", "Held"),
    Finding.PARTLY: pgettext_lazy("a promise", "Partly held"),
    Finding.NOT_HELD: pgettext_lazy("a promise", "Not held"),
}
FINDING_TONES = {
    Finding.HELD: "success", Finding.PARTLY: "warning", Finding.NOT_HELD: "danger",
}  # fmt: skip
