"""What origins and degrees of certainty are called."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from samrad.picture.rules import HowSure, OrderState, Origin

ORIGINS = {
    Origin.SURVEY: _("Survey among inhabitants"),
    Origin.SCHOOL: _("School or youth survey"),
    Origin.OUTREACH: _("Night ravens and outreach work"),
    Origin.HOUSING: _("Housing company or neighbourhood"),
    Origin.BUSINESS: _("Shops and night life"),
    Origin.PATROLS: _("The police on patrol"),
    Origin.REPORTS: _("Reports and figures of our own"),
    Origin.OTHER: pgettext_lazy("origin of a finding", "Something else"),
}
HOW_SURE = {
    HowSure.SURE: _("Well founded"),
    HowSure.LIKELY: _("Likely"),
    HowSure.UNSURE: _("Uncertain"),
}
TONES = {HowSure.SURE: "success", HowSure.LIKELY: "info", HowSure.UNSURE: "neutral"}

ORDER_STATES = {
    OrderState.ORDERED: pgettext_lazy("analysis", "Ordered"),
    OrderState.ACCEPTED: pgettext_lazy("analysis", "Accepted"),
    OrderState.DECLINED: pgettext_lazy("analysis", "Declined"),
    OrderState.ANSWERED: pgettext_lazy("analysis", "Answered"),
    OrderState.USED: pgettext_lazy("analysis", "Used"),
}
ORDER_TONES = {
    OrderState.ORDERED: "info",
    OrderState.ACCEPTED: "accent",
    OrderState.DECLINED: "neutral",
    OrderState.ANSWERED: "warning",
    OrderState.USED: "success",
}
