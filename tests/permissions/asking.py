"""Questions put to the rules directly: does somebody hold, see, may."""

from __future__ import annotations

from collections.abc import Callable
from importlib import import_module
from operator import attrgetter
from typing import Any

from django.apps import apps
from django.utils.module_loading import module_has_submodule

from samrad.access.actor import ANONYMOUS, Actor
from samrad.access.vocabulary import Permission
from samrad.agreements.rules import DraftState
from samrad.cooperation.rules import SeatFunction
from samrad.followup.rules import DecisionState, PoliceState, TaskState
from samrad.gatherings.rules import ThemeDayState
from samrad.kernel.verdict import Verdict
from samrad.knowledge.rules.repeats import AddressState
from samrad.meetings.queries.corrections import correction_slots
from samrad.meetings.queries.minutes import slots_of
from samrad.meetings.queries.recipients import recipients_of
from samrad.meetings.rules import ProposalState
from samrad.people.models import Person
from samrad.picture.rules import OrderState
from samrad.search.actions import rebuild
from samrad.search.models import Entry
from tests.cast import NOON, TODAY, Cast
from tests.permissions.pages import pages_by_name
from tests.permissions.reading_the_table import COLUMNS, Row, people_of, rows_in

QUESTIONS = "questions.txt"


def questions() -> list[Row]:
    """Every row of the questions."""
    return rows_in(QUESTIONS)


def all_rules() -> list[tuple[str, str]]:
    """Every `may_…` there is, as app and name."""
    found = []
    for config in apps.get_app_configs():
        if config.name.startswith("samrad.") and module_has_submodule(config.module, "permissions"):
            module = import_module(f"{config.name}.permissions")
            found += [
                (config.name.removeprefix("samrad."), name)
                for name, thing in vars(module).items()
                if name.startswith("may_") and thing.__module__ == module.__name__
            ]
    return found


def actors(cast: Cast) -> dict[str, Actor]:
    """What each of the people may do today, built as for a request."""
    return {column: who.actor if who else ANONYMOUS for column, who in people_of(cast).items()}


def ask(row: Row, actor: Actor, things: dict[str, Any]) -> str:
    """The letter that answers."""
    if row.method == "HOLD":
        return _holds(actor, Permission(row.page), things.get(row.about))
    if row.method == "GATE":
        return "y" if pages_by_name()[row.page].audience.admits(actor) else "n"
    thing = None if row.about == "-" else attrgetter(*[row.about])(_Named(things))
    if row.method == "FIND":
        return "y" if _finds(row.page, actor, thing) else "n"
    if row.method == "SEE":
        seen = type(thing)._default_manager.visible_to(actor)
        return "y" if seen.filter(pk=thing.pk).exists() else "n"
    return "y" if _may(row.page, actor, thing, things) else "w"


def _finds(kind: str, actor: Actor, thing: Any) -> bool:
    """Whether a search can bring the thing before this person, by whatever word."""
    return Entry.objects.filter(kind=kind, key=thing.pk).visible_to(actor).exists()


class _Named:
    """The things of the stage as attributes, so that `in_draft.minutes` can be followed."""

    def __init__(self, things: dict[str, Any]) -> None:
        self.__dict__.update(things)


def _holds(actor: Actor, permission: Permission, council: Any) -> str:
    held = (
        actor.holds_anywhere(permission)
        if council is None
        else actor.holds(permission, in_council=council)
    )
    return "y" if held else "n"


def _may(name: str, actor: Actor, thing: Any, things: dict[str, Any]) -> Verdict:
    app, function = name.split(":")
    may = getattr(import_module(f"samrad.{app}.permissions"), function)
    return MORE.get(function, _plainly)(may, actor, thing, things)


Asked = Callable[..., Verdict]


def _plainly(may: Asked, actor: Actor, thing: Any, _things: dict[str, Any]) -> Verdict:
    return may(actor) if thing is None else may(actor, thing)


MORE: dict[str, Callable[[Asked, Actor, Any, dict[str, Any]], Verdict]] = {
    "may_mark_address": lambda may, actor, thing, _: may(actor, thing, AddressState.ASSESSED),
    "may_take_in_of": lambda may, actor, thing, _: may(actor, thing.country),
    "may_bring_draft": lambda may, actor, thing, _: may(actor, thing, DraftState.SIGNING),
    "may_answer_proposal": lambda may, actor, thing, _: may(actor, thing, ProposalState.PLACED),
    "may_answer_invitation": lambda may, actor, thing, _: may(
        actor,
        thing,
        is_called=actor.person_id in [one.person.pk for one in recipients_of(thing, TODAY)],
        at=NOON,
    ),
    "may_circulate_minutes": lambda may, actor, thing, _: may(actor, thing, NOON),
    "may_approve_minutes": lambda may, actor, thing, _: may(actor, thing, slots_of(thing, TODAY)),
    "may_send_back_minutes": lambda may, actor, thing, _: may(actor, thing, slots_of(thing, TODAY)),
    "may_correct_minutes": lambda may, actor, thing, _: may(actor, thing, False),
    "may_approve_correction": lambda may, actor, thing, _: may(
        actor, thing, correction_slots(thing, TODAY)
    ),
    "may_send_back_correction": lambda may, actor, thing, _: may(
        actor, thing, correction_slots(thing, TODAY)
    ),
    "may_close_decision": lambda may, actor, thing, _: may(actor, thing, DecisionState.DONE),
    "may_report_task": lambda may, actor, thing, _: may(actor, thing, TaskState.DONE),
    "may_answer_for_police": lambda may, actor, thing, _: may(actor, thing, PoliceState.DONE),
    "may_appoint": lambda may, actor, _, things: may(
        actor, things["member"], things["station"], "prevention_section_leader"
    ),
    "may_place_seat": lambda may, actor, thing, _: may(actor, thing, SeatFunction.CHAIR),
    "may_place_first_seat": lambda may, actor, thing, _: may(actor, thing, SeatFunction.CHAIR),
    "may_end_council": lambda may, actor, thing, _: may(actor, thing, TODAY, on=TODAY),
    "may_end_seat": lambda may, actor, thing, _: may(actor, thing, TODAY),
    "may_replace_holder": lambda may, actor, thing, _: may(actor, thing, Person(name="Ny")),
    "may_invite": lambda may, actor, thing, _: may(actor, thing, TODAY),
    "may_bring_to": lambda may, actor, thing, _: may(actor, thing, ThemeDayState.OPEN),
    "may_answer_order": lambda may, actor, thing, _: may(actor, thing, OrderState.ACCEPTED),
    "may_pass_on": lambda may, actor, thing, _: may(actor, thing, thing),
    "may_confirm_number": lambda may, actor, thing, _: may(actor, in_council=thing),
}


def wrong_answers(cast: Cast, things: dict[str, Any]) -> list[str]:
    """Every question whose answer is not the one written down."""
    asking = actors(cast)
    rebuild(at=NOON)
    return [
        f"{row} {column}: expected {expected}, found {found}"
        for row in questions()
        for column, expected in zip(COLUMNS, row.letters, strict=True)
        if (found := ask(row, asking[column], things)) != expected
    ]
