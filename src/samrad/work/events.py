"""What people do to the queue by hand."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from samrad.trail.events import event

JOB_RETRIED = event("work.job_retried", _("%(by)s let queued work that had failed run again"))
JOB_DROPPED = event("work.job_dropped", _("%(by)s dropped queued work that had failed"))
