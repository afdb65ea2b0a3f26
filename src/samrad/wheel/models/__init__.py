"""A council's wheel: what it adds to the profile's, what became of it, who follows it."""

from samrad.wheel.models.activities import Activity, ActivityQuerySet, Wheel
from samrad.wheel.models.calendars import CalendarAddress
from samrad.wheel.models.occasions import Occasion, OccasionQuerySet

__all__ = [
    "Activity",
    "ActivityQuerySet",
    "CalendarAddress",
    "Occasion",
    "OccasionQuerySet",
    "Wheel",
]
