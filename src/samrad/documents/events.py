"""What happens to texts and files, as far as it is recorded here."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from samrad.trail.events import event

IDENTITY_WARNING_OVERRIDDEN = event(
    "documents.identity_warning_overridden",
    _("%(by)s kept a number that looks like a person's, because it is not: %(reason)s"),
)
IDENTITY_NUMBER_CONFIRMED = event(
    "documents.identity_number_confirmed",
    _(
        "%(by)s, asked by %(asked_by)s, confirmed that a number is nobody's identity number:"
        " %(reason)s"
    ),
)
FILE_STORED = event("documents.file_stored", _("%(by)s added the file %(about)s"))
FILE_READ = event("documents.file_read", _("%(by)s opened the file %(about)s"), reads=True)
FILE_DISCARDED = event("documents.file_discarded", _("%(by)s deleted the file %(about)s"))
