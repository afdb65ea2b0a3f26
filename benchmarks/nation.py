"""A generated nation: councils in every municipality of three countries, with years behind them.

Rows, not actions, so that it stands in a minute or two, and some councils at a time, so that it
fits in memory; but every council has its chain of trail entries, sealed as the product seals them,
and `samrad trail verify` finds it whole. The same seed gives the same nation. Everybody in it is
invented.
"""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from typing import Any

TODAY = date(2026, 11, 21)
YEARS = (2024, 2025, 2026)
MONTHS = (3, 6, 10)
ITEMS = 8
LARGE_MEETING = 30
LARGE_REGISTER = 100
PEOPLE = 20
TOGETHER = 40  # councils written at a time
BATCH = 2_000
FIRST = ("Ada", "Bo", "Cille", "Dag", "Eva", "Finn", "Gro", "Hans", "Iben", "Jon", "Kari", "Lars")
LAST = ("Prøve", "Eksempel", "Påfunn", "Tenkt", "Fiksjon", "Oppdikt", "Liksom", "Skinn")
ROLES = (
    ("municipality", "mayor", "chair"),
    ("municipality", "municipal_director", "member"),
    ("municipality", "sector_head", "member"),
    ("municipality", "prevention_coordinator", "secretary"),
    ("police", "station_chief", "member"),
    ("police", "unit_leader", "member"),
)
TIERS = {"no": "politiraad", "dk": "lokalraad", "se": "brottsforebyggande_rad"}


@dataclass
class Nation:
    """What a benchmark needs to find its way."""

    councils: int
    people: int
    rows: dict[str, int] = field(default_factory=dict)
    secretary: Any = None
    officer: Any = None
    council: Any = None
    large_meeting: Any = None
    latest_held: Any = None


def generate(*, councils: int, seed: int = 7) -> Nation:
    """Fill an empty, migrated database with areas and this many councils."""
    from django.core.management import call_command
    from django.db import transaction

    from samrad.areas.models import Area

    call_command("areas", "load", verbosity=0)
    areas = list(Area.objects.municipalities().order_by("country", "code", "pk")[:councils])
    with transaction.atomic():
        return Generator(random.Random(seed)).run(areas)


class Generator:
    """Makes some councils at a time in memory, and writes each of their tables in bulk."""

    def __init__(self, chance: random.Random) -> None:
        self.chance = chance
        self.entries: dict[str, list[tuple[datetime, str, Any]]] = {}

    def run(self, areas: list[Any]) -> Nation:
        """Councils in these areas."""
        from samrad.cooperation.models import Council
        from samrad.followup.models import Decision, Task
        from samrad.meetings.models import AgendaItem, Meeting
        from samrad.people.models import Person
        from samrad.trail.models import TrailEntry

        organisations = self.organisations(areas)
        people = self.people(organisations)
        made = self.councils(areas, organisations)
        chosen, theirs = made[len(made) // 2], []
        for first in range(0, len(made), TOGETHER):
            some = made[first : first + TOGETHER]
            meetings = self.meetings(some)
            self.items_and_decisions(meetings, people)
            self.write_trail(some)
            if chosen.pk in meetings:
                theirs = meetings[chosen.pk]
        nation = Nation(councils=len(made), people=Person.objects.count())
        nation.rows = {
            model._meta.label_lower: model.objects.count()  # type: ignore[attr-defined]
            for model in (Council, Person, Meeting, AgendaItem, Decision, Task, TrailEntry)
        }
        nation.council, nation.latest_held, nation.large_meeting = chosen, *theirs[-2:]
        nation.officer = self.national_officer(chosen.country)
        nation.secretary = people[nation.council.area_id, "prevention_coordinator"]
        return nation

    def organisations(self, areas: list[Any]) -> dict[tuple[int, str], Any]:
        """A municipality and a police station in every area."""
        from samrad.people.models import Organisation

        rows = []
        for area in areas:
            for kind, name in (
                ("municipality", f"{area.name} kommune"),
                ("police_station", f"{area.name} politistation"),
            ):
                rows.append(Organisation(kind=kind, country=area.country, name=name, area=area))
        Organisation.objects.bulk_create(rows, batch_size=BATCH)
        sides = {"municipality": "municipality", "police_station": "police"}
        return {(row.area_id, sides[row.kind]): row for row in rows}

    def people(self, organisations: dict[tuple[int, str], Any]) -> dict[tuple[int, str], Any]:
        """Twenty people an area, six of them in the roles that sit in councils."""
        from samrad.people.models import Appointment, Person, User

        persons, appointments, holders = [], [], {}
        for area_id in sorted({area for area, _side in organisations}):
            for number in range(PEOPLE):
                name = f"{self.chance.choice(FIRST)} {self.chance.choice(LAST)} {len(persons)}"
                person = Person(name=name, email=f"p{len(persons)}@example.org")
                persons.append(person)
                side, role, _function = ROLES[number] if number < len(ROLES) else (
                    "municipality", "service_head", "",
                )  # fmt: skip
                appointments.append(
                    Appointment(
                        person=person,
                        organisation=organisations[area_id, side],
                        role=role,
                        from_date=date(2023, 1, 1),
                    )
                )
                holders.setdefault((area_id, role), person)
        Person.objects.bulk_create(persons, batch_size=BATCH)
        Appointment.objects.bulk_create(appointments, batch_size=BATCH)
        secretaries = [
            p for (_area, role), p in holders.items() if role == "prevention_coordinator"
        ]
        users = User.objects.bulk_create(
            [User(email=person.email) for person in secretaries], batch_size=BATCH
        )
        for person, user in zip(secretaries, users, strict=True):
            person.user = user
        Person.objects.bulk_update(secretaries, ["user"], batch_size=BATCH)
        return holders

    def national_officer(self, country: str) -> Any:
        """Somebody whose lists are as long as the country."""
        from samrad.areas.models import Area
        from samrad.people.models import Appointment, Organisation, Person, User

        area = Area.objects.get(country=country, kind="nation")
        directorate = Organisation.objects.create(
            kind="national_police", country=country, name="Prøvedirektoratet", area=area
        )
        user = User.objects.create(email="nora@example.org")
        person = Person.objects.create(name="Nora Påfunn", email=user.email, user=user)
        Appointment.objects.create(
            person=person,
            organisation=directorate,
            role="national_officer",
            from_date=date(2023, 1, 1),
        )
        return person

    def councils(self, areas: list[Any], organisations: dict[tuple[int, str], Any]) -> list[Any]:
        """One an area, with its seats and a year's focus areas."""
        from samrad.cooperation.models import Council, FocusArea, Seat

        councils = [
            Council(
                country=area.country,
                tier=TIERS[area.country],
                name=f"Rådet i {area.name}",
                area=area,
                meetings_per_year=3,
            )
            for area in areas
        ]
        Council.objects.bulk_create(councils, batch_size=BATCH)
        Seat.objects.bulk_create(
            [
                Seat(
                    council=council,
                    organisation=organisations[council.area_id, side],
                    role=role,
                    function=function,
                    side=side,
                    order=order,
                )
                for council in councils
                for order, (side, role, function) in enumerate(ROLES)
            ],
            batch_size=BATCH,
        )
        FocusArea.objects.bulk_create(
            [
                FocusArea(council=council, title=f"Innsats {number}", year=2026, order=number)
                for council in councils
                for number in range(4)
            ],
            batch_size=BATCH,
        )
        for council in councils:
            self.enter(council, "council.set_up", council, datetime(2024, 1, 2, tzinfo=UTC))
        return councils

    def meetings(self, councils: list[Any]) -> dict[int, list[Any]]:
        """Three a year, held with approved minutes; the last one is ahead and large."""
        from samrad.meetings.models import Meeting, Minutes
        from samrad.people.models import Person

        rows, minutes = [], []
        writer = Person.objects.order_by("pk").first()
        for council in councils:
            days = [date(year, month, 12) for year in YEARS for month in MONTHS]
            for day in [*days, date(2026, 12, 10)]:
                starts = datetime(day.year, day.month, day.day, 9, 0, tzinfo=UTC)
                held = day < TODAY
                rows.append(
                    Meeting(
                        council=council,
                        starts_at=starts,
                        ends_at=starts + timedelta(hours=2),
                        place="Rådhuset",
                        state="held" if held else "called",
                        called_at=starts - timedelta(days=14),
                        held_at=starts if held else None,
                    )
                )
        Meeting.objects.bulk_create(rows, batch_size=BATCH)
        found: dict[int, list[Any]] = {}
        for meeting in rows:
            found.setdefault(meeting.council_id, []).append(meeting)
            self.enter(meeting.council, "meeting.called", meeting, meeting.called_at)
            if meeting.state == "held":
                minutes.append(
                    Minutes(
                        meeting=meeting,
                        state="approved",
                        written_by=writer,
                        started_at=meeting.starts_at,
                        circulated_at=meeting.ends_at,
                        approved_at=meeting.ends_at + timedelta(days=3),
                    )
                )
        Minutes.objects.bulk_create(minutes, batch_size=BATCH)
        for one in minutes:
            self.enter(one.meeting.council, "minutes.approved", one, one.approved_at)
        return found

    def items_and_decisions(
        self, meetings: dict[int, list[Any]], people: dict[tuple[int, str], Any]
    ) -> None:
        """Eight items a meeting and thirty on the last; two decisions each, with a task."""
        from samrad.followup.models import Decision, Task
        from samrad.meetings.models import AgendaItem

        items, decisions, tasks = [], [], []
        for held in meetings.values():
            for number, meeting in enumerate(held):
                last = number == len(held) - 1
                for order in range(LARGE_MEETING if last else ITEMS):
                    items.append(
                        AgendaItem(
                            meeting=meeting,
                            order=order + 1,
                            kind="discussion",
                            title=f"Sak {number + 1}/{order + 1}",
                            text="Det saken gjelder, i to setninger. Og hva rådet blir bedt om.",
                            classification="open" if order % 2 else "internal",
                            minutes_text="" if last else "Rådet drøftet saken.",
                            minutes_version=0 if last else 1,
                        )
                    )
                if last:
                    continue
                for order in range(LARGE_REGISTER // (len(held) - 1) + 1):
                    decision = Decision(
                        council=meeting.council,
                        text=f"Vedtak {number + 1}/{order + 1}: partene følger opp sammen.",
                        state="done" if number < len(held) - 3 else "binding",
                        decided_date=meeting.starts_at.date(),
                        classification="open" if order % 2 else "internal",
                        source_label=f"Sak {number + 1}/{order + 1}",
                    )
                    decisions.append(decision)
                    if order < 2:
                        tasks.append(
                            Task(
                                council=meeting.council,
                                decision=decision,
                                title=f"Oppgave {number + 1}/{order + 1}",
                                responsible_person=people[
                                    meeting.council.area_id,
                                    "prevention_coordinator" if order else "station_chief",
                                ],
                                deadline_date=meeting.starts_at.date() + timedelta(days=60),
                                state=decision.state if decision.state == "done" else "open",
                                classification=decision.classification,
                            )
                        )
        AgendaItem.objects.bulk_create(items, batch_size=BATCH)
        Decision.objects.bulk_create(decisions, batch_size=BATCH)
        Task.objects.bulk_create(tasks, batch_size=BATCH)
        for row in decisions:
            self.enter(row.council, "decision.taken", row, _at(row.decided_date))
        for row in tasks:
            self.enter(row.council, "task.done", row, _at(row.deadline_date))

    def enter(self, council: Any, event: str, about: Any, at: datetime) -> None:
        """Remember an entry; chains are sealed when all are known."""
        self.entries.setdefault(council.trail_chain, []).append((at, event, about))

    def write_trail(self, councils: list[Any]) -> None:
        """Seal the chains of these councils and write them, in the shape the product gives them."""
        from samrad.trail.models import ChainHead, TrailEntry, TrailValue

        rows: list[Any] = []
        kept: list[Any] = []
        heads: list[Any] = []
        for chain in [council.trail_chain for council in councils]:
            for entry, values in self.sealed(chain, self.entries.pop(chain)):
                rows.append(entry)
                kept += values
            heads.append(ChainHead(chain=chain, sequence=rows[-1].sequence, hash=rows[-1].hash))
        TrailEntry.objects.bulk_create(rows, batch_size=BATCH)
        for value in kept:
            value.entry_id = value.entry.pk
        TrailValue.objects.bulk_create(kept, batch_size=BATCH)
        ChainHead.objects.bulk_create(heads, batch_size=BATCH)

    def sealed(
        self, chain: str, happened: list[tuple[datetime, str, Any]]
    ) -> Iterator[tuple[Any, list[Any]]]:
        """The entries of a chain with their values, each sealed onto the one before."""
        from samrad.trail import rules
        from samrad.trail.models import TrailEntry, TrailValue

        previous = ""
        ordered = sorted(happened, key=lambda one: one[0])
        for sequence, (at, event, about) in enumerate(ordered, start=1):
            values = {"by": "Siv Sekretær", "about": about.trail_label}
            salts = {name: f"{self.chance.getrandbits(128):032x}" for name in values}
            entry = TrailEntry(
                chain=chain,
                sequence=sequence,
                at=at,
                event=event,
                actor_ref="",
                about_kind=about.trail_kind,
                about_ref=str(about.ref),
                digests={n: rules.digest(salts[n], value) for n, value in values.items()},
                previous=previous,
            )
            entry.hash = previous = rules.seal(entry.sealed())
            yield (
                entry,
                [
                    TrailValue(entry=entry, name=name, salt=salts[name], value=value)
                    for name, value in values.items()
                ],
            )


def _at(day: date) -> datetime:
    return datetime(day.year, day.month, day.day, 12, 0, tzinfo=UTC)
