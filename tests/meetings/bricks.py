"""Meetings in the state a test needs, reached by the actions that lead there."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from samrad.access.actor import Actor
from samrad.areas.rules.kinds import AreaKind
from samrad.cooperation.models import Council
from samrad.documents.rules import Classification
from samrad.followup.api import give_task
from samrad.meetings import api
from samrad.meetings.models import AgendaItem, Meeting, Minutes
from samrad.meetings.queries.lists import last_said
from samrad.meetings.queries.saying import says_now
from samrad.meetings.rules import ItemKind
from samrad.meetings.rules.sending import is_same_agenda
from tests.cast import NOON, Cast, Country, area, council, organisation, person

IN_THREE_WEEKS = NOON + timedelta(days=21)
LONG_AGO = timedelta(weeks=10)


def planned(cast: Cast, *, starts_at: datetime = IN_THREE_WEEKS, **given: Any) -> Meeting:
    """A meeting of the Norwegian council, planned by its secretary."""
    return planned_in(cast.council, cast.secretary.actor, starts_at=starts_at, **given)


def planned_in(
    council: Council, by: Actor, *, starts_at: datetime = IN_THREE_WEEKS, place: str = "Rådhuset"
) -> Meeting:
    """A meeting of any council."""
    return api.plan_meetings(
        council=council,
        meetings=[api.Planned(starts_at, starts_at + timedelta(hours=2), place)],
        by=by,
        at=NOON,
    )[0]


def planned_after(cast: Cast) -> Meeting:
    """The meeting after those that are planned already, a week from the last."""
    last = Meeting.objects.filter(council=cast.council).latest("starts_at")
    return planned(cast, starts_at=last.starts_at + timedelta(days=7))


def item_on(meeting: Meeting, by: Actor, title: str = "Nattlivet", **given: Any) -> AgendaItem:
    """An item, internal unless something else is said."""
    return api.add_item(meeting=meeting, title=title, by=by, at=NOON, **given)


def restricted_on(meeting: Meeting, by: Actor, title: str, *seats: Any) -> AgendaItem:
    """A restricted item for these seats."""
    return item_on(
        meeting,
        by,
        title,
        classification=Classification.RESTRICTED,
        legal_basis="politiregisterloven § 27",
        audience=seats,
    )


def called(cast: Cast, *titles: str, **given: Any) -> Meeting:
    """A meeting whose agenda has been sent."""
    meeting = planned(cast, **given)
    for title in titles or ("Nattlivet",):
        item_on(meeting, cast.secretary.actor, title)
    api.send_agenda(meeting=meeting, by=cast.secretary.actor, at=NOON)
    meeting.refresh_from_db()
    return meeting


def written(cast: Cast, *titles: str, **given: Any) -> Minutes:
    """Draft minutes with everybody present and something said on each item."""
    meeting = called(cast, *titles, **given)
    by = cast.secretary.actor
    minutes = api.begin_minutes(meeting=meeting, by=by, at=NOON)
    api.note_everybody_present(meeting=meeting, by=by, at=NOON)
    for item in meeting.items.all():
        api.save_text(item=item, text=f"Om {item.title}.", expected=0, by=by, at=NOON)
    return minutes


def decide(cast: Cast, item: AgendaItem, text: str = "Lyset rettes.", **task: Any) -> Any:
    """A decision under an item, with a task for the station chief in a month."""
    by = cast.secretary.actor
    decision = api.record_decision(item=item, text=text, by=by, at=NOON)
    give_task(
        council=cast.council,
        title=task.get("title", "Rette lyset"),
        person=task.get("person", cast.station_chief.person),
        deadline_date=task.get("deadline", (NOON + timedelta(days=30)).date()),
        decision=decision,
        by=by,
        at=NOON,
    )
    return decision


def begun(meeting: Meeting, at: datetime = NOON) -> None:
    """The meeting was some weeks ago: what waited for it can go out."""
    if meeting.starts_at > at:
        meeting.starts_at -= LONG_AGO
        meeting.ends_at -= LONG_AGO
        meeting.save(update_fields=["starts_at", "ends_at"])


def sent_out(*, minutes: Minutes, by: Actor, at: datetime) -> None:
    """The meeting has been, and its minutes go out for approval."""
    begun(minutes.meeting, at)
    api.circulate_minutes(minutes=minutes, by=by, at=at)


def circulated(cast: Cast, *titles: str, **given: Any) -> Minutes:
    """Minutes that wait for approval."""
    minutes = written(cast, *titles, **given)
    sent_out(minutes=minutes, by=cast.secretary.actor, at=NOON)
    minutes.refresh_from_db()
    return minutes


def approved(cast: Cast, *titles: str, **given: Any) -> Minutes:
    """Minutes the chair has approved."""
    minutes = circulated(cast, *titles, **given)
    api.approve_minutes(minutes=minutes, by=cast.chair.actor, at=NOON)
    minutes.refresh_from_db()
    return minutes


def decision_item(meeting: Meeting, by: Actor, title: str = "Skal lyset rettes?") -> AgendaItem:
    """An item on which the council is to decide."""
    return item_on(meeting, by, title, kind=ItemKind.DECISION)


def thirteen_councils(dk: Country) -> Country:
    """The secretariat of a Danish district over a kredsråd, its committee and eleven lokalråd."""
    nation, kreds = dk.nation, dk.district
    council(dk, "kontaktudvalg", "kontaktudvalg", "Kontaktudvalget", kreds, parent=dk.kredsraad)
    for n in range(10):
        home = area(
            dk, f"m{n}", AreaKind.MUNICIPALITY, f"9{n:02}", f"Kommune {n}", within=[kreds, nation]
        )
        made = council(dk, f"l{n}", "lokalraad", f"Lokalråd {n}", home, parent=dk.kredsraad)
        station = organisation(dk, f"s{n}", "police_station", f"Station {n}", home, dk.police)
        person(dk, f"leder{n}", f"Leder {n}", station, "station_chief", council=made,
               function="chair")  # fmt: skip
    return dk


def has_changed(meeting: Meeting) -> bool:
    """Whether its agenda or its papers say something else than was last sent."""
    said = last_said(meeting)
    return said is not None and not is_same_agenda(said, says_now(meeting))
