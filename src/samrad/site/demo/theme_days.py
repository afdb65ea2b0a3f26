"""How a theme day is told: planned, opened, people named, held, its outcomes sent on."""

from __future__ import annotations

from datetime import datetime, timedelta
from functools import partial
from typing import Any

from samrad.gatherings import api
from samrad.gatherings.models import ThemeDay, Workshop
from samrad.site.demo.world import World

NAMES_BEFORE = 14  # days before the day itself
WRITTEN_AFTER = 5


class Told:
    """One theme day of the file, and what has become of it so far."""

    def __init__(self, world: World, data: dict[str, Any]) -> None:
        self.world, self.data = world, data
        self.council: str = data["council"]
        self.by = world.secretary_of(self.council)
        self.on = world.days.meeting_day(data["day"])
        self.day: ThemeDay
        self.workshops: list[Workshop] = []

    def tell(self) -> None:
        """Note every step that the day has come to."""
        world = self.world
        world.step(world.days.day(self.data["planned"]), "10:20", self._plan)
        if "opened" in self.data:
            world.step(world.days.day(self.data["opened"]), "10:40", self._open)
        for council, who, name, role, workshop in self.data.get("named", []):
            act = partial(self._name, council, who, name, role, workshop)
            world.step(world.days.day(self.data["opened"] + 6), "13:15", act)
        if self.data["day"] < 0:
            world.step(self.on + timedelta(days=1), "09:10", self._hold)
            written = self.on + timedelta(days=WRITTEN_AFTER)
            world.step(written, "11:00", self._send_on)
            if self.data.get("finished"):
                world.step(written, "11:30", self._finish)

    def _plan(self, at: datetime) -> None:
        moment = self.world.days.moment
        wanted = api.Wanted(
            title=self.data["title"],
            invitation=self.data["invitation"],
            starts_at=moment(self.on, "09:00"),
            ends_at=moment(self.on, "15:30"),
            nominate_by=self.on - timedelta(days=NAMES_BEFORE),
            place=self.data["place"],
            host=self.world.organisations[self.data["host"]],
            invited=tuple(self.world.councils[key] for key in self.data["invited"]),
        )
        by = self.world.actor(self.by, at)
        self.day = api.plan_theme_day(
            council=self.world.councils[self.council], wanted=wanted, by=by, at=at
        )
        for one in self.data["workshop"]:
            made = api.add_workshop(
                day=self.day, title=one["title"], text=one["text"], led_by=one["led_by"],
                by=by, at=at,
            )  # fmt: skip
            self.workshops.append(made)

    def _open(self, at: datetime) -> None:
        api.open_for_nominations(day=self.day, by=self.world.actor(self.by, at), at=at)

    def _name(  # noqa: PLR0917
        self, council: str, who: str, name: str, role: str, workshop: int, at: datetime
    ) -> None:
        organisation, _role = self.world.posts[who]
        api.nominate(
            day=self.day,
            organisation=self.world.organisations[organisation],
            council=self.world.councils[council].pk,
            name=name,
            role=role,
            workshop=self.workshops[workshop],
            by=self.world.actor(who, at),
            at=at,
        )

    def _hold(self, at: datetime) -> None:
        api.note_held(day=self.day, by=self.world.actor(self.by, at), at=at)

    def _send_on(self, at: datetime) -> None:
        by = self.world.actor(self.by, at)
        for workshop, one in zip(self.workshops, self.data["workshop"], strict=True):
            if "outcome" not in one:
                continue
            api.write_outcome(
                workshop=workshop, outcome=one["outcome"], goes_no_further=False, by=by, at=at
            )
            workshop.refresh_from_db()
            for key in one.get("to", []):
                council = self.world.councils[key]
                api.propose_outcome(workshop=workshop, to=council, by=by, at=at)
            for key, due in one.get("given", []):
                deadline = self.world.days.day(due)
                organisation = self.world.organisations[key]
                api.give_outcome(
                    workshop=workshop, to=organisation, deadline=deadline, by=by, at=at
                )

    def _finish(self, at: datetime) -> None:
        api.finish(day=self.day, by=self.world.actor(self.by, at), at=at)


def tell_of_theme_days(world: World) -> None:
    """Every theme day of the file."""
    for data in world.data.get("theme_day", []):
        Told(world, data).tell()
