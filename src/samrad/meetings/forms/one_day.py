"""One meeting's day, looked at before it is planned or moved: what stands in the way of it."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime
from zoneinfo import ZoneInfo

from django.http import QueryDict

from samrad.access.actor import Actor
from samrad.cooperation.models import Council
from samrad.meetings.forms.planning import PlannedForm
from samrad.meetings.forms.year import value_of
from samrad.meetings.models import Meeting
from samrad.meetings.queries.clashes import ClashTold, surroundings_of
from samrad.meetings.rules.sending import fingerprint


@dataclass(frozen=True)
class DayLook:
    """What to know about a day; `mark` stands for the warnings that are shown with it."""

    day: date | None = None
    clashes: list[ClashTold] = field(default_factory=list)

    @property
    def mark(self) -> str:
        """Nothing when nobody has to be elsewhere."""
        hard = [clash.text for clash in self.clashes if clash.is_hard]
        return fingerprint(self.day, *hard) if hard else ""

    def was_shown(self, posted: QueryDict) -> bool:
        """Whether whoever sends the form in has seen these warnings."""
        return self.mark == posted.get("clashes", "")


def look_at(
    form: PlannedForm, council: Council, actor: Actor, *, without: Meeting | None = None
) -> DayLook:
    """The form's day as it stands now; three queries once there is a day."""
    day, starts, ends = (value_of(form, name) for name in ("day", "starts", "ends"))
    if not (day and starts and ends and starts < ends):
        return DayLook(day)
    zone = ZoneInfo(council.zone)
    around = surroundings_of([council], actor, day, day, without=without)
    slot = around.slot(
        "day", council, datetime.combine(day, starts, zone), datetime.combine(day, ends, zone)
    )
    return DayLook(day, around.clashes([slot], [council])["day"])
