"""How a council's year wheel is told: taken into use, added to, ticked off as the year goes."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date, datetime, timedelta
from functools import partial
from typing import Any

from django.utils import translation

from samrad.agreements.actions.commitments import HowKept, follow_commitment
from samrad.agreements.rules.commitments import Pace, Times
from samrad.cooperation.models import Commitment, Council
from samrad.documents.rules import Classification
from samrad.kernel.clock import day_of
from samrad.site.demo.world import World
from samrad.wheel import api
from samrad.wheel.models import Activity
from samrad.wheel.profile import activities_for
from samrad.wheel.rules import Calls, Mark, Part, Rhythm, When, Window, windows_in

A_DAY = timedelta(days=1)


class Told:
    """One council's wheel as the file has it: all that was due is done, but for one."""

    def __init__(self, world: World, data: dict[str, Any]) -> None:
        self.world, self.data = world, data
        self.council: str = data["council"]
        self.started = world.days.day(data["day"])
        self.notes: dict[str, str] = data.get("note", {})

    def tell(self) -> None:
        """Note every step of it."""
        self.world.step(self.started, "12:10", self._start)
        past = sorted(self._past(), key=lambda one: one[1].due_date)
        late = next((one for one in reversed(past) if one[0] in self.data["late"]), None)
        for code, window in past:
            if (code, window) != late:
                day = self._before(window.due_date)
                self.world.step(day, "15:25", partial(self._done, code, window))

    def _past(self) -> Iterator[tuple[str, Window]]:
        """What was due between the beginning and today."""
        council = self.world.council_data(self.council)
        for one in activities_for(self.world.country, council["tier"]):
            for window in self._past_of(one.when):
                yield one.code, window

    def _past_of(self, when: When) -> Iterator[Window]:
        today = self.world.days.today
        for year in range(self.started.year, today.year + 1):
            for window in windows_in(when, year):
                if self.started < window.due_date < today:
                    yield window

    def _before(self, due: date) -> date:
        """A working day by which it was done, not before the wheel was there."""
        day = due
        while day.weekday() > 4:  # noqa: PLR2004 - Friday
            day -= A_DAY
        return max(day, self.started)

    def _start(self, at: datetime) -> None:
        council, by = self.world.councils[self.council], self._keeper(at)
        api.start_wheel(council=council, by=by, at=at)
        for row in self.data.get("own", []):
            mine = wanted(row, self.started.year)
            activity = api.add_activity(council=council, wanted=mine, by=by, at=at)
            self._come_back_to(activity, list(self._past_of(mine.when)))
        for row in self.data.get("promised", []):
            self._promise(council, row, by=by, at=at)

    def _promise(self, council: Council, row: dict[str, Any], *, by: Any, at: datetime) -> None:
        """Something the agreement promises is followed; its last time may have been missed."""
        promises = Commitment.objects.filter(council=council, title=row["title"])
        owner = self.world.organisations[row["owner"]]
        times = Times(Pace(row.get("pace", "yearly")), tuple(row["months"]))
        followed = follow_commitment(
            commitment=promises.get(), by=by, at=at,
            kept=HowKept(row["title"], owner, times, row.get("role", "")),
        )  # fmt: skip
        if followed.activity is not None and times.when is not None:
            past = list(self._past_of(times.when))
            self._come_back_to(followed.activity, past[:-1] if row.get("late") else past)

    def _come_back_to(self, activity: Activity, past: Iterable[Window]) -> None:
        """Tick it off each time it was due."""
        for window in past:
            day = self._before(window.due_date)
            self.world.step(day, "15:35", partial(self._done, str(activity.ref), window))

    def _done(self, code: str, window: Window, at: datetime) -> None:
        council, by = self.world.councils[self.council], self._keeper(at)
        key = f"{window.due_date.year}-{code}-{window.number}"
        with translation.override(self.world.days.language):
            entry = api.entry_with_key(council, by, key, day_of(at))
            if entry is not None:
                note = self.world.days.words(self.notes.get(code, ""))
                api.mark_occasion(entry=entry, to=Mark.DONE, note=note, by=by, at=at)

    def _keeper(self, at: datetime) -> Any:
        return self.world.actor(self.world.secretary_of(self.council), at)


def wanted(row: dict[str, Any], first_year: int) -> api.WantedActivity:
    """An activity that a council has added itself."""
    return api.WantedActivity(
        title=row["title"],
        text=row.get("text", ""),
        when=When(
            Rhythm(row.get("rhythm", "yearly")),
            tuple(row.get("months", ())),
            Part(row.get("part", "whole")),
            first_year=first_year,
        ),
        calls_for=Calls(row.get("calls_for", "nothing")),
        classification=Classification(row.get("for", "internal")),
    )


def tell_of_wheels(world: World) -> None:
    """Every wheel of the country's file."""
    for data in world.data.get("wheel", []):
        Told(world, data).tell()
