"""The extract of the minutes, offered on the page of the decision that it is about."""

from __future__ import annotations

from collections.abc import Iterable

from django.urls import reverse
from django.utils.translation import gettext as _

from samrad.followup.copies import Copy
from samrad.followup.models import Decision
from samrad.meetings.models import AgendaItem


def extracts_of(decision: Decision) -> Iterable[Copy]:
    """One page of the minutes, as PDF and for Word; what was not decided at a meeting has none."""
    if decision.source_kind != AgendaItem.trail_kind:
        return []
    return [
        Copy(_("Download as PDF"), reverse("meetings:extract_pdf", args=[decision.ref])),
        Copy(_("Download for Word"), reverse("meetings:extract_docx", args=[decision.ref])),
    ]
