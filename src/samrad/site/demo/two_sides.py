"""How findings, what both sides agree on and ordered analyses are told."""

from __future__ import annotations

from datetime import datetime, timedelta
from functools import partial
from typing import Any

from samrad.meetings.models import Meeting
from samrad.picture import actions, ordering
from samrad.picture.models import Agreed, Order
from samrad.picture.rules import HowSure, Origin
from samrad.site.demo.world import World


def tell_of_two_sides(world: World) -> None:
    """Every finding and statement of the file, on its day."""
    for data in world.data.get("finding", []):
        world.step(world.days.day(data["day"]), "14:10", partial(_find, world, data))
    for data in world.data.get("agreed", []):
        world.step(world.days.day(data["day"]), "14:40", partial(_state, world, data))
    for data in world.data.get("order", []):
        world.step(world.days.day(data["day"]), "14:50", partial(_order, world, data))


def _find(world: World, data: dict[str, Any], at: datetime) -> None:
    last = world.days.day(data["day"])
    found = actions.Found(
        what=data["what"], origin=Origin(data["origin"]), how_sure=HowSure(data["how_sure"]),
        from_date=last - timedelta(days=data["over"]), to_date=last,
        origin_name=data.get("origin_name", ""),
    )  # fmt: skip
    actions.write_finding(
        council=world.councils[data["council"]], found=found, by=world.actor(data["by"], at), at=at
    )


def _state(world: World, data: dict[str, Any], at: datetime) -> None:
    agreed = actions.state_agreed(
        council=world.councils[data["council"]], text=data["text"],
        by=world.actor(data["by"], at), at=at,
    )  # fmt: skip
    for key, later in data.get("confirmed", {}).items():
        day = world.days.day(data["day"] + later)
        world.step(day, "15:00", partial(_confirm, world, agreed, key))


def _confirm(world: World, agreed: Agreed, key: str, at: datetime) -> None:
    actions.confirm_agreed(agreed=agreed, version=agreed.version, by=world.actor(key, at), at=at)


def _order(world: World, data: dict[str, Any], at: datetime) -> None:
    wanted = ordering.Wanted(
        data["question"], data["why"], world.organisations[data["answers"]],
        world.days.day(data["due"]),
    )  # fmt: skip
    order = ordering.order_analysis(
        council=world.councils[data["council"]], wanted=wanted, by=world.actor(data["by"], at),
        at=at,
    )  # fmt: skip
    for name, act in (("accepted", _accept), ("answered", _answer), ("used", _use)):
        if name in data:
            world.step(world.days.day(data[name]), "15:10", partial(act, world, order, data))


def _accept(world: World, order: Order, data: dict[str, Any], at: datetime) -> None:
    ordering.accept_order(order=order, by=world.actor(data["who"], at), at=at)


def _answer(world: World, order: Order, data: dict[str, Any], at: datetime) -> None:
    by = world.actor(data["who"], at)
    ordering.answer_order(order=order, answer=data["answer"], by=by, at=at)


def _use(world: World, order: Order, data: dict[str, Any], at: datetime) -> None:
    """The latest meeting took it up."""
    held = Meeting.objects.filter(council=order.council, starts_at__lt=at).latest("starts_at")
    ordering.note_use(order=order, served=held, by=world.actor(data["by"], at), at=at)
