"""What happens to findings and agreed statements, in words."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from samrad.trail.events import event

FINDING_WRITTEN = event("finding.written", _("%(by)s wrote a finding for the picture."))
FINDING_CHANGED = event("finding.changed", _("%(by)s changed a finding."))
FINDING_WITHDRAWN = event("finding.withdrawn", _("%(by)s withdrew a finding."))

AGREED_WRITTEN = event("agreed.written", _("%(by)s wrote what both sides may agree on."))
AGREED_CHANGED = event(
    "agreed.changed",
    _("%(by)s changed what both sides agree on; confirmations of the earlier text fell away."),
)
AGREED_CONFIRMED = event("agreed.confirmed", _("%(by)s confirmed what both sides agree on."))
AGREED_WITHDRAWN = event("agreed.withdrawn", _("%(by)s withdrew a statement of both sides."))

FINDING_READ = event("finding.read", _("%(by)s read the restricted finding."), reads=True)
AGREED_READ = event("agreed.read", _("%(by)s read the restricted statement."), reads=True)

ANALYSIS_ORDERED = event("analysis.ordered", _("%(by)s ordered an analysis from %(to)s."))
ANALYSIS_ACCEPTED = event("analysis.accepted", _("%(by)s accepted to answer the analysis."))
ANALYSIS_DECLINED = event("analysis.declined", _("%(by)s declined the analysis: %(reason)s"))
ANALYSIS_ANSWERED = event("analysis.answered", _("%(by)s answered the analysis."))
ANALYSIS_USED = event("analysis.used", _("%(by)s noted what the analysis served."))
ANALYSIS_READ = event("analysis.read", _("%(by)s read the restricted analysis."), reads=True)
