"""How what lies beside the councils is told: terms, bodies not there, contacts, representatives."""

from __future__ import annotations

from datetime import datetime
from functools import partial
from typing import Any

from samrad.cooperation.actions import (
    HowItStands,
    WantedContact,
    WantedCouncil,
    WantedRepresentation,
    add_contact_point,
    adopt_terms,
    consider_council,
    deliver_report,
    end_council,
    note_representation,
    send_representative,
)
from samrad.cooperation.models import Representation
from samrad.kernel.clock import day_of
from samrad.site.demo.world import World


def tell_of_bodies(world: World) -> None:
    """Note every step, on the day the file says."""
    for told, key in (
        (_adopt, "terms"),
        (_consider, "considered"),
        (_name_contacts, "theme_contacts"),
        (_send, "represents"),
    ):
        for data in world.data.get(key, []):
            day = world.days.day(data["day"])
            world.step(day, data.get("at", "13:00"), partial(told, world, data))
    for data in world.data["council"]:
        if "report" in data:
            world.step(
                world.days.day(data["report"]["day"]), "14:30", partial(_deliver, world, data)
            )
        if "ended" in data:
            world.step(world.days.day(data["ended"]["day"]), "09:40", partial(_end, world, data))


def _deliver(world: World, data: dict[str, Any], at: datetime) -> None:
    report = data["report"]
    deliver_report(
        council=world.councils[data["key"]],
        text=world.days.words(report["text"]),
        advice=world.days.words(report["advice"]),
        by=world.actor(report["by"], at),
        at=at,
    )


def _end(world: World, data: dict[str, Any], at: datetime) -> None:
    ended = data["ended"]
    by = world.actor(ended["by"], at)
    end_council(council=world.councils[data["key"]], reason=ended["reason"], by=by, at=at)


def _adopt(world: World, data: dict[str, Any], at: datetime) -> None:
    adopt_terms(
        council=world.councils[data["council"]],
        text=world.days.words(data["text"]),
        adopted_date=world.days.day(data["day"]),
        by=world.actor(data["by"], at),
        at=at,
    )


def _consider(world: World, data: dict[str, Any], at: datetime) -> None:
    days = {
        f"{name}_date": world.days.day(data[name])
        for name in ("asked", "answered", "review")
        if name in data
    }
    consider_council(
        wanted=WantedCouncil(
            tier=data["tier"],
            name=data["name"],
            area=world.area(data["area"]),
            parent=world.councils[data["parent"]],
            purpose=data.get("purpose", ""),
        ),
        stands=HowItStands(
            course=data["course"],
            initiative=data.get("initiative", ""),
            reason=data["reason"],
            watched=data.get("watched", ""),
            **days,
        ),
        by=world.actor(data["by"], at),
        at=at,
    )


def _name_contacts(world: World, data: dict[str, Any], at: datetime) -> None:
    by = world.actor(data["by"], at)
    for theme, organisation, role, person, *note in data["contacts"]:
        wanted = WantedContact(
            theme=theme,
            organisation=world.organisations[organisation],
            role=role,
            person=world.people[person] if person else None,
            note=note[0] if note else "",
        )
        add_contact_point(area=world.area(data["area"]), wanted=wanted, by=by, at=at)


def _send(world: World, data: dict[str, Any], at: datetime) -> None:
    """One person may sit for us in the same forum of many municipalities."""
    for area in data["areas"]:
        made = send_representative(
            council=world.councils[data["council"]],
            wanted=WantedRepresentation(
                forum=data["forum"],
                area=world.area(area),
                person=world.people[data["person"]],
                stand_in=world.people[data["stand_in"]] if "stand_in" in data else None,
                from_date=world.days.day(data["day"]),
            ),
            by=world.actor(data["by"], at),
            at=at,
        )
        for offset, where, text in data.get("notes", []):
            if where == area:
                day = world.days.day(offset)
                told = partial(_note, world, made, data["person"], text)
                world.step(day, "15:40", told)


def _note(world: World, made: Representation, who: str, text: str, at: datetime) -> None:
    by, day = world.actor(who, at), day_of(at)
    note_representation(representation=made, noted_date=day, text=text, by=by, at=at)
