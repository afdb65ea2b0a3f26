"""Every text of the minutes that was approved is kept as it was."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from samrad.meetings.models import Correction, Minutes, MinutesVersion
from samrad.meetings.queries.said import everything_said


@transaction.atomic
def keep_version(
    minutes: Minutes, *, at: datetime, correction: Correction | None = None
) -> MinutesVersion:
    """What the minutes say now, kept as it was approved."""
    number = minutes.versions.count() + 1
    return MinutesVersion.objects.create(
        minutes=minutes,
        number=number,
        approved_at=at,
        correction=correction,
        said=everything_said(minutes).to_json(),
    )
