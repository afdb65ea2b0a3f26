"""One country's part of the demo while it is being told: its people, councils and steps in time.

Telling has two parts. First every step of the country's story is noted with its moment; then all
steps of all countries are taken in the order of time, each with the clock held at its moment, by
somebody who may do it. What comes out is what a year of use would have left behind.
"""

from __future__ import annotations

import heapq
import itertools
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Any

from django.utils import translation

from samrad.access.actor import SYSTEM, Actor
from samrad.agreements.actions.looking_through import note_what_lacks
from samrad.areas.models import Area
from samrad.areas.queries import area_with_code
from samrad.areas.rules.names import fold
from samrad.cooperation.actions import (
    WantedAgreement,
    WantedCouncil,
    WantedSeat,
    bring_into_force,
    set_up_council,
)
from samrad.cooperation.lacking import lacking_of
from samrad.cooperation.models import Council, Seat
from samrad.cooperation.reading_words import clause_titles
from samrad.kernel.clock import day_of, held_at
from samrad.people.actions.accounts import invite_person
from samrad.people.api import (
    actor_of_person,
    add_organisation,
    appoint,
    record_absence,
    register_person,
    set_contact_chain,
)
from samrad.people.models import Organisation, Person
from samrad.profiles.reader import profile
from samrad.reading.templates import GENERAL, Template, agreement_template
from samrad.site.demo.calendar import Calendar

Act = Callable[[datetime], None]


@dataclass(frozen=True, order=True)
class Step:
    """Something that somebody did at a moment; steps of one moment keep the order they have."""

    at: datetime
    number: int
    act: Act = field(compare=False)


class Timeline:
    """The steps of all countries; a step may note others that come after it."""

    def __init__(self) -> None:
        self._steps: list[Step] = []
        self._numbers = itertools.count()

    def note(self, at: datetime, act: Act) -> None:
        """Something is to be done at a moment."""
        heapq.heappush(self._steps, Step(at, next(self._numbers), act))

    def run(self, until: datetime) -> int:
        """Take every step in the order of time; how many there were. None lies ahead of `until`."""
        taken = 0
        while self._steps:
            step = heapq.heappop(self._steps)
            if step.at > until:
                message = f"A step of the demo lies ahead of its time: {step.at:%Y-%m-%d %H:%M}."
                raise ValueError(message)
            with held_at(step.at):
                step.act(step.at)
            taken += 1
        return taken


class World:
    """A country's file, with everything that has been made of it so far, by short names."""

    def __init__(self, data: dict[str, Any], timeline: Timeline, today: date) -> None:
        self.data, self.timeline = data, timeline
        self.country: str = data["country"]
        self.days = Calendar(today, self.country, data["language"], profile(self.country).zone)
        self.organisations: dict[str, Organisation] = {}
        self.people: dict[str, Person] = {}
        self.posts: dict[str, tuple[str, str]] = {
            key: (organisation, role) for key, _name, organisation, role, *_ in data["people"]
        }
        self.councils: dict[str, Council] = {}
        self.seats: dict[tuple[str, str], Seat] = {}
        self._actors: dict[tuple[str, date], Actor] = {}
        self._reminded: set[date] = set()

    def step(self, day: date, clock: str, act: Act) -> None:
        """Note that something is done on a day, by the country's own clock."""
        self.timeline.note(self.days.moment(day, clock), act)

    def remind_on(self, day: date, act: Act) -> None:
        """Note that the worker comes by early that day, once."""
        if day not in self._reminded:
            self._reminded.add(day)
            self.step(day, "06:00", act)

    def actor(self, key: str, at: datetime) -> Actor:
        """Somebody with what they might do on that day; the same until councils change."""
        known = self._actors.get((key, day_of(at)))
        if known is None:
            known = self._actors[key, day_of(at)] = actor_of_person(self.people[key], day_of(at))
        return known

    def area(self, named: str) -> Area:
        """An area by kind and code, as `municipality:3218`."""
        kind, _colon, code = named.partition(":")
        found = area_with_code(self.country, code, on=self.days.today, kind=kind)
        if found is None:
            raise LookupError(named)
        return found

    def secretary_of(self, council: str) -> str:
        """Who keeps a council: its secretary, or its chair where it has none."""
        functions = {
            function: key for key, function, *_ in reversed(self.council_data(council)["seats"])
        }
        return str(functions.get("secretary") or functions["chair"])

    def council_data(self, key: str) -> dict[str, Any]:
        """What the file says about a council."""
        return next(one for one in self.data["council"] if one["key"] == key)

    def seats_of(self, council: str, people: Sequence[str]) -> list[Seat]:
        """The seats that these people fill in a council."""
        return [self.seats[council, key] for key in people]

    # Who there is ---------------------------------------------------------------------------

    def tell_of_people(self, administrator: Person) -> None:
        """Organisations and people come first; an administrator enters them."""
        day = self.days.day(self.data["started"])

        def enter(at: datetime) -> None:
            by = actor_of_person(administrator, day_of(at))
            for row in self.data["organisations"]:
                self._add_organisation(row, by, at)
            for row in self.data["people"]:
                self._register(row, by, at)
            for key, organisation, role in self.data.get("further_roles", []):
                appoint(
                    person=self.people[key], organisation=self.organisations[organisation],
                    role=role, from_date=day - timedelta(days=200), by=by, at=at,
                )  # fmt: skip

        self.step(day, "08:00", enter)
        for key, offset in self.data.get("invited", []):
            self.step(self.days.day(offset), "09:30", self._invite(key, administrator))
        for place in self.data.get("contact", []):
            self.step(day, "11:00", self._set_contact(place))
        for key, first, last in self.data.get("away", []):
            self.step(self.days.day(first - 9), "15:30", self._go_away(key, first, last))

    def _add_organisation(self, row: Sequence[str], by: Actor, at: datetime) -> None:
        key, kind, name, area, parent = row
        self.organisations[key] = add_organisation(
            kind=kind,
            country=self.country,
            name=name,
            area=self.area(area) if area else None,
            parent=self.organisations[parent] if parent else None,
            phone=self.data["switchboard"],
            by=by,
            at=at,
        )

    def _register(self, row: Sequence[str], by: Actor, at: datetime) -> None:
        key, name, organisation, role, *title = row
        appointment = register_person(
            name=name,
            organisation=self.organisations[organisation],
            role=role,
            title=title[0] if title else "",
            from_date=day_of(at) - timedelta(days=200),
            email=address_of(name),
            phone=self.data["phone"],
            language=self.data["language"],
            by=by,
            at=at,
        )
        self.people[key] = appointment.person

    def _invite(self, key: str, administrator: Person) -> Act:
        def invite(at: datetime) -> None:
            by = actor_of_person(administrator, day_of(at))
            invite_person(person=self.people[key], by=by, at=at)

        return invite

    def _set_contact(self, place: dict[str, str]) -> Act:
        def set_contact(at: datetime) -> None:
            set_contact_chain(
                area=self.area(place["area"]),
                organisation=self.organisations[place["at"]],
                by=self.actor(place["by"], at),
                at=at,
            )

        return set_contact

    def _go_away(self, key: str, first: int, last: int) -> Act:
        def go(at: datetime) -> None:
            record_absence(
                person=self.people[key],
                from_date=self.days.today + timedelta(days=first),
                to_date=self.days.today + timedelta(days=last),
                by=self.actor(key, at),
                at=at,
            )

        return go

    # Councils and what they rest on -----------------------------------------------------------

    def tell_of_councils(self) -> None:
        """Councils are set up by whoever coordinates the area, and their agreements follow."""
        for data in self.data["council"]:
            day = self.days.day(data.get("day", self.data["started"] + 3))
            self.step(day, data.get("at", "09:00"), self._set_up(data))
        for data in self.data.get("agreement", []):
            start = self._first_day(data)
            earliest = self.days.day(self.data["started"] + 5)
            day = max(earliest, min(start - timedelta(days=20), self.days.day(-1)))
            self.step(day, "12:00", self._agree(data, start))

    def _set_up(self, data: dict[str, Any]) -> Act:
        def set_up(at: datetime) -> None:
            key = data["key"]
            council = set_up_council(
                wanted=WantedCouncil(
                    tier=data["tier"],
                    name=data["name"],
                    area=self.area(data["area"]),
                    parent=self.councils[data["parent"]] if "parent" in data else None,
                    purpose=data.get("purpose", ""),
                    slt_relation=data.get("relation", ""),
                    mandate=data.get("mandate", ""),
                    planned_end_date=self.days.day(data["ends"]) if "ends" in data else None,
                    meetings_per_year=data.get("meetings_per_year"),
                    notice_days=data.get("notice_days"),
                    seats=tuple(self._wanted_seat(*seat) for seat in data["seats"]),
                ),
                by=self._setter(data, at),
                at=at,
            )
            self.councils[key] = council
            self._actors.clear()
            for (person, *_), seat in zip(
                data["seats"], council.seats.order_by("order"), strict=True
            ):
                self.seats[key, person] = seat

        return set_up

    def _setter(self, data: dict[str, Any], at: datetime) -> Actor:
        """Nobody gives themselves more than the secretary's seat; such a council was there before.

        It came with the installation, as a council does that is taken over from elsewhere.
        """
        own = {function for person, function, *_ in data["seats"] if person == data["by"]}
        return self.actor(data["by"], at) if own <= {"secretary"} else SYSTEM

    def _wanted_seat(
        self, person: str, function: str, theme: str = "", rhythm: str = ""
    ) -> WantedSeat:
        key, role = self.posts[person]
        organisation = self.organisations[key]
        side = organisation.side
        return WantedSeat(
            role=role, organisation=organisation, side=side, function=function, theme=theme,
            rhythm=rhythm,
        )  # fmt: skip

    def _first_day(self, data: dict[str, Any]) -> date:
        """A plan holds for the calendar year; other agreements from a day of their own."""
        if data["from"] == "year":
            return date(self.days.today.year, 1, 1)
        return self.days.today + timedelta(days=data["from"])

    def _agree(self, data: dict[str, Any], start: date) -> Act:
        kind = data.get("kind", GENERAL)
        template = agreement_template(self.country, kind)
        titles = clause_titles_in(self.days.language, template)

        def agree(at: datetime) -> None:
            made = bring_into_force(
                council=self.councils[data["council"]],
                wanted=WantedAgreement(
                    title=self.days.words(data["title"]),
                    from_date=start,
                    kind=kind,
                    to_date=date(start.year, 12, 31) if data.get("until") == "year" else None,
                    renewal_date=profile(self.country).elections.next_after(start)
                    if data.get("renewed_after_election")
                    else None,
                    clauses=tuple(
                        {
                            "key": key,
                            "heading": titles[key],
                            "origin": "local",
                            "text": self.days.words(text),
                        }
                        for key, text in data["clauses"].items()
                    ),
                    focus_areas=tuple(data.get("focus_areas", [])),
                    focus_year=self.days.today.year,
                    commitments=tuple((t, side, rhythm) for t, side, rhythm in data["commitments"]),
                ),
                by=self.actor(data["by"], at),
                at=at,
            )
            note_what_lacks(agreement=made, missing=lacking_of(made))

        return agree


def clause_titles_in(language: str, template: Template) -> dict[str, str]:
    """The template's headings in the language the agreement is written in."""
    with translation.override(language):
        return clause_titles(template)


def address_of(name: str) -> str:
    """An address at a domain that is kept for examples and never delivers."""
    return ".".join(fold(name).split()) + "@example.org"
