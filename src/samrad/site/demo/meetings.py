"""How a meeting is told: planned, called, held, written down, approved, followed up."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from datetime import date, datetime, timedelta
from functools import partial
from typing import Any

from samrad.access.actor import Actor
from samrad.documents.rules import Classification
from samrad.followup.api import (
    answer_for_police,
    ask_police,
    change_deadline,
    close_decision,
    give_task,
    hand_to_police,
    note_progress,
    report_task,
)
from samrad.followup.models import Decision, Task
from samrad.followup.reminders import remind
from samrad.followup.rules import DAYS_AFTER_DEADLINE, DecisionState, PoliceState, TaskState
from samrad.kernel.clock import day_of
from samrad.meetings import api
from samrad.meetings.models import AgendaItem, Meeting, Proposal
from samrad.meetings.rules import ItemKind, Mandate
from samrad.meetings.rules.invitations import Answer
from samrad.site.demo.minutes import Told, correct, note_who_was_there, wish_for_later
from samrad.site.demo.papers import add_papers
from samrad.site.demo.world import Act, World

# Days between the steps of a meeting, where its file says nothing else.
AGENDA_AHEAD, PREPARED_AHEAD, PROPOSED_AHEAD, CIRCULATED_AFTER, APPROVED_AFTER = 14, 3, 8, 2, 9
ANSWERED = -1  # those who have answered did so the day before the demo is loaded


class Held:
    """One meeting of the file, and what has become of it so far."""

    def __init__(self, world: World, data: dict[str, Any]) -> None:
        self.world, self.data = world, data
        self.council: str = data["council"]
        self.keeper: str = data.get("by") or world.secretary_of(self.council)
        self.day = world.days.meeting_day(data["day"])
        self.starts_at = world.days.moment(self.day, data.get("at", "09:00"))
        self.ends_at = self.starts_at + timedelta(hours=data.get("hours", 2))
        self.stage: str = data["stage"]
        self.meeting: Meeting
        self.items: list[AgendaItem] = []
        self.proposals: dict[int, Proposal] = {}
        self.carried: list[AgendaItem] = []

    @property
    def plan(self) -> api.Planned:
        """The meeting before it exists."""
        return api.Planned(
            self.starts_at,
            self.ends_at,
            self.data.get("place", ""),
            is_extra="occasion" in self.data,
            occasion=self.data.get("occasion", ""),
        )

    def keeps(self, at: datetime) -> Actor:
        """Whoever prepares this meeting and writes its minutes."""
        return self.world.actor(self.keeper, at)

    def before(self, days: int) -> date:
        """So many days before the meeting."""
        return self.day - timedelta(days=days)

    # The steps ------------------------------------------------------------------------------

    def tell(self) -> None:
        """Note every step that the meeting has come to."""
        sent = self.data.get("sent")
        called = self.world.days.day(sent) if sent else self.before(AGENDA_AHEAD)
        prepared = self.data.get("prepared")
        ready = self.world.days.day(prepared) if prepared else called - timedelta(PREPARED_AHEAD)
        for number, item in enumerate(self.data.get("item", [])):
            if "proposed_by" in item:
                day = ready - timedelta(days=item.get("proposed", PROPOSED_AHEAD))
                self.world.step(day, "14:10", partial(self._propose, number, item))
        if self.data.get("item"):
            self.world.step(ready, "10:00", self._prepare)
        if self.stage == "planned":
            return
        self.world.step(called, "11:30", self._send)
        for minutes, (key, answer, *instead) in enumerate(self.data.get("answers", [])):
            act = partial(self._answer, key, Answer(answer), instead[0] if instead else None)
            self.world.step(self.world.days.day(ANSWERED), f"13:{10 + minutes}", act)
        if self.stage != "called":
            self._tell_of_minutes()

    def _tell_of_minutes(self) -> None:
        self._during(2, self._begin)
        for number, item in enumerate(self.data["item"]):
            self._during(12 + 9 * number, partial(self._write, number, item))
        if self.stage == "draft":
            return
        circulated = self.day + timedelta(days=self.data.get("circulated", CIRCULATED_AFTER))
        self.world.step(circulated, "14:20", self._circulate)
        if self.stage == "circulated":
            return
        last = self.day
        for place, (key, after) in enumerate(self._approvals()):
            last = self.day + timedelta(days=after)
            self.world.step(last, f"08:{10 + place}", partial(self._approve, key))
        if told := self.data.get("correction"):
            day, by = self.world.days.day(told["day"]), self._approvals()[0][0]
            self.world.step(day, "13:20", partial(self._correct, told))
            self.world.step(day + timedelta(days=2), "08:25", partial(self._approve_it, by))

    def _during(self, minutes: int, act: Act) -> None:
        moment = (self.starts_at + timedelta(minutes=minutes)).strftime("%H:%M")
        self.world.step(self.day, moment, act)

    def _approvals(self) -> list[tuple[str, int]]:
        if "approved" in self.data:
            return [(key, after) for key, after in self.data["approved"]]
        seats = self.world.council_data(self.council)["seats"]
        chair = next(key for key, function, *_ in seats if function == "chair")
        return [(chair, APPROVED_AFTER)]

    # Before the meeting -----------------------------------------------------------------------

    def _propose(self, number: int, item: dict[str, Any], at: datetime) -> None:
        self.proposals[number] = propose(self.world, self.council, item, at)

    def _prepare(self, at: datetime) -> None:
        by = self.keeps(at)
        if self.data.get("unfinished"):
            self.carried = api.add_unfinished(meeting=self.meeting, by=by, at=at)
        for number, item in enumerate(self.data["item"]):
            if number in self.proposals:
                proposal = self.proposals[number]
                made = api.place_proposal(proposal=proposal, meeting=self.meeting, by=by, at=at)
            else:
                made = self._add(item, by, at)
            self.items.append(made)
            add_papers(self.world, item, meeting=self.meeting, item=made, by=by, at=at)

    def _add(self, item: dict[str, Any], by: Actor, at: datetime) -> AgendaItem:
        presenter = item.get("presenter")
        return api.add_item(
            meeting=self.meeting,
            title=self.world.days.words(item["title"]),
            text=self.world.days.words(item.get("text", "")),
            kind=ItemKind(item.get("kind", "discussion")),
            presenter=self.world.people[presenter] if presenter else None,
            duration_minutes=item.get("lasts"),
            mandate=Mandate(item.get("mandate", "unknown")),
            by=by,
            at=at,
            **_classified(self.world, self.council, item),
        )

    def _send(self, at: datetime) -> None:
        by = self.keeps(at)
        if guests := self.data.get("guests"):
            seats = [seat.pk for seat in self.world.seats_of(self.council, guests)]
            api.choose_guests(meeting=self.meeting, seat_ids=seats, by=by, at=at)
        api.send_agenda(meeting=self.meeting, by=by, at=at)

    def _answer(self, key: str, answer: Answer, instead: str | None, at: datetime) -> None:
        by = self.world.actor(key, at)
        api.answer_invitation(meeting=self.meeting, answer=answer, stand_in=instead, by=by, at=at)

    # In it and after it -----------------------------------------------------------------------

    def _begin(self, at: datetime) -> None:
        by = self.keeps(at)
        self.minutes = api.begin_minutes(meeting=self.meeting, by=by, at=at)
        told = Told(self.world, self.council, self.data, self.meeting, self.items)
        note_who_was_there(told, by=by, at=at)
        for item, text in zip(self.carried, self.data.get("carried", []), strict=False):
            self._save(item, text, by, at)

    def _save(self, item: AgendaItem, text: str, by: Actor, at: datetime) -> None:
        api.save_text(item=item, text=self.world.days.words(text), expected=0, by=by, at=at)

    def _write(self, number: int, data: dict[str, Any], at: datetime) -> None:
        item, by = self.items[number], self.keeps(at)
        if "minutes" in data:
            self._save(item, data["minutes"], by, at)
        for decided in data.get("decision", []):
            self._decide(item, decided, by, at)
        if "mandate" in data and item.kind == ItemKind.DECISION:
            api.note_mandate(item=item, value=Mandate(data["mandate"]), by=by, at=at)
        if data.get("needs_no_task"):
            api.set_needs_no_task(item=item, value=True, by=by, at=at)

    def _decide(self, item: AgendaItem, data: dict[str, Any], by: Actor, at: datetime) -> None:
        text = self.world.days.words(data["text"])
        decision = api.record_decision(item=item, text=text, by=by, at=at)
        for given in data.get("task", []):
            task = give(self.world, self.council, given, by, at, decision=decision)
            _tell_of_task(self.world, self.keeper, task, given)
        if police := data.get("police"):
            asking = partial(_ask_police, self.world, self.keeper, decision, police)
            self.world.step(self.world.days.day(police["asked"]), "14:05", asking)
        if closed := data.get("closed"):
            self.world.step(self.world.days.day(closed), "15:40", partial(self._end, decision))

    def _end(self, decision: Decision, at: datetime) -> None:
        close_decision(decision=decision, to=DecisionState.DONE, by=self.keeps(at), at=at)

    def _circulate(self, at: datetime) -> None:
        api.circulate_minutes(minutes=self.minutes, by=self.keeps(at), at=at)

    def _correct(self, told: dict[str, Any], at: datetime) -> None:
        item = self.items[told["item"]]
        self.correction = correct(told, self.minutes, item, by=self.keeps(at), at=at)

    def _approve_it(self, key: str, at: datetime) -> None:
        by = self.world.actor(key, at)
        api.approve_correction(correction=self.correction, by=by, at=at)

    def _approve(self, key: str, at: datetime) -> None:
        api.approve_minutes(minutes=self.minutes, by=self.world.actor(key, at), at=at)


def tell_of_meetings(world: World) -> None:
    """Every meeting of the file, planned together with the others of its council."""
    together: dict[tuple[str, int], list[Held]] = defaultdict(list)
    for data in world.data.get("meeting", []):
        held = Held(world, data)
        planned = data.get("planned", world.council_data(held.council).get("planned"))
        together[held.council, planned].append(held)
        held.tell()
    for (_council, planned), meetings in together.items():
        world.step(world.days.day(planned), "13:00", partial(_plan, world, meetings))
    for data in world.data.get("proposal", []):
        _tell_of_proposal(world, data)


def _plan(world: World, meetings: Sequence[Held], at: datetime) -> None:
    made = api.plan_meetings(
        council=world.councils[meetings[0].council],
        meetings=[held.plan for held in meetings],
        by=meetings[0].keeps(at),
        at=at,
    )
    for held, meeting in zip(meetings, made, strict=True):
        held.meeting = meeting


def _classified(world: World, council: str, data: dict[str, Any]) -> dict[str, Any]:
    return {
        "classification": Classification(data.get("for", "internal")),
        "legal_basis": data.get("basis", ""),
        "audience": world.seats_of(council, data.get("audience", [])),
    }


def propose(world: World, council: str, data: dict[str, Any], at: datetime) -> Proposal:
    """Somebody wants something on the agenda."""
    return api.propose_item(
        council=world.councils[council],
        title=world.days.words(data["title"]),
        reason=world.days.words(data.get("text", "")),
        kind=ItemKind(data.get("kind", "discussion")),
        asks_for_meeting=data.get("asks_for_meeting", False),
        by=world.actor(data["proposed_by"], at),
        at=at,
        **_classified(world, council, data),
    )


def _tell_of_proposal(world: World, data: dict[str, Any]) -> None:
    """A proposal that still waits, is kept for later, or was declined with an answer."""

    def made(at: datetime) -> None:
        proposal = propose(world, data["council"], data, at)
        if "declined" in data:
            day = world.days.day(data["declined"])
            world.step(day, "13:30", partial(_decline, world, data, proposal))
        if "later" in data:
            day = world.days.day(data["later"])
            world.step(day, "13:40", partial(_keep_for_later, world, data, proposal))

    world.step(world.days.day(data["day"]), "12:40", made)


def _keep_for_later(world: World, data: dict[str, Any], proposal: Proposal, at: datetime) -> None:
    by = world.actor(world.secretary_of(data["council"]), at)
    api.keep_for_later(proposal=proposal, by=by, at=at)


def _decline(world: World, data: dict[str, Any], proposal: Proposal, at: datetime) -> None:
    by = world.actor(world.secretary_of(data["council"]), at)
    api.decline_proposal(proposal=proposal, answer=world.days.words(data["answer"]), by=by, at=at)


def give(
    world: World,
    council: str,
    data: dict[str, Any],
    by: Actor,
    at: datetime,
    *,
    decision: Decision,
) -> Task:
    """Somebody is to do something by a day."""
    person, organisation = data.get("who"), data.get("organisation")
    return give_task(
        council=world.councils[council],
        title=world.days.words(data["title"]),
        person=world.people[person] if person else None,
        organisation=world.organisations[organisation] if organisation else None,
        deadline_date=world.days.day(data["due"]),
        decision=decision,
        by=by,
        at=at,
    )


def _tell_of_task(world: World, keeper: str, task: Task, data: dict[str, Any]) -> None:
    """What happened to it: how far it came, another day, and that somebody was reminded."""
    for day, text in data.get("progress", []):
        world.step(world.days.day(day), "14:40", partial(_progress, world, task, data["who"], text))
    for day, to, reason in data.get("put_off", []):
        new = world.days.day(to)
        later = partial(_put_off, world, task, keeper=keeper, to=new, reason=reason)
        world.step(world.days.day(day), "14:50", later)
    for day, to, reason in data.get("asks_later", []):
        wanted = (world.days.day(to), reason)
        wish = partial(wish_for_later, world, task, data["who"], wanted)
        world.step(world.days.day(day), "14:45", wish)
    _tell_of_reminders(world, task, until=data.get("done"))
    _tell_of_report(world, task, data)


def _progress(world: World, task: Task, who: str, text: str, at: datetime) -> None:
    note_progress(task=task, text=text, by=world.actor(who, at), at=at)


def _put_off(world: World, task: Task, at: datetime, *, keeper: str, to: date, reason: str) -> None:
    by = world.actor(keeper, at)
    change_deadline(task=task, deadline_date=to, reason=reason, by=by, at=at)
    task.deadline_date = to
    _tell_of_reminders(world, task)


def _tell_of_reminders(world: World, task: Task, until: int | None = None) -> None:
    """The worker comes by on the days on which something about the task is due to be told."""
    if task.deadline_date is None:
        return
    last = world.days.day(until) if until is not None else world.days.today
    for after in DAYS_AFTER_DEADLINE.values():
        day = task.deadline_date + timedelta(days=after)
        if (task.given_date or day) < day < last:
            world.remind_on(day, _remind)


def _remind(at: datetime) -> None:
    remind(on=day_of(at), at=at)


def _ask_police(
    world: World, keeper: str, decision: Decision, data: dict[str, Any], at: datetime
) -> None:
    """The council asks; whoever sits for the unit hands it over, and answers."""
    decision.refresh_from_db()
    asked = ask_police(
        thing=decision,
        organisation=world.organisations[data["unit"]],
        wish=data["wish"],
        by=world.actor(keeper, at),
        at=at,
    )

    def hand_over(at: datetime) -> None:
        _day, who, reference = data["handed"]
        hand_to_police(request=asked, reference=reference, by=world.actor(who, at), at=at)

    def answer(at: datetime) -> None:
        _day, who, said = data["done"]
        done, by = PoliceState.DONE, world.actor(who, at)
        answer_for_police(request=asked, to=done, answer=said, by=by, at=at)

    for key, act in (("handed", hand_over), ("done", answer)):
        if key in data:
            world.step(world.days.day(data[key][0]), "14:25", act)


def _tell_of_report(world: World, task: Task, data: dict[str, Any]) -> None:
    if "done" not in data:
        return

    def report(at: datetime) -> None:
        note = world.days.words(data.get("outcome", ""))
        by = world.actor(data.get("reported_by") or data["who"], at)
        report_task(task=task, to=TaskState.DONE, note=note, by=by, at=at)

    world.step(world.days.day(data["done"]), "15:05", report)
