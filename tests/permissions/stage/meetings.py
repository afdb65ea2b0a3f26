"""A meeting in each state, with items, papers and minutes of each classification."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from samrad.documents.rules import Classification
from samrad.documents.uploads import handed_in
from samrad.followup.actions import give_task
from samrad.meetings import api
from samrad.meetings.actions.corrections import part_mark
from samrad.meetings.rules import PartKind
from tests.cast import NOON, TODAY, Cast
from tests.meetings.bricks import (
    IN_THREE_WEEKS,
    approved,
    begun,
    decide,
    item_on,
    planned,
    restricted_on,
    sent_out,
    written,
)

BASIS = "politiregisterloven § 27"


def meetings(cast: Cast, seat: Any) -> dict[str, Any]:
    """A meeting in each state, and items of each classification."""
    by = cast.secretary.actor
    ahead = planned(cast)
    sent = planned(cast, starts_at=IN_THREE_WEEKS + timedelta(days=7))
    sent_item = item_on(sent, by, "Åpen sak", classification=Classification.OPEN)
    sent_restricted = restricted_on(sent, by, "Skjermet sak", seat)
    api.send_agenda(meeting=sent, by=by, at=NOON)
    sent.refresh_from_db()
    found = {
        "planned": ahead,
        "open_item": item_on(ahead, by, "Åpen sak", classification=Classification.OPEN),
        "internal_item": item_on(ahead, by, "Intern sak"),
        "restricted_item": restricted_on(ahead, by, "Skjermet sak", seat),
        "called": sent,
        "sent_item": sent_item,
        "sent_restricted": sent_restricted,
        "proposal": api.propose_item(
            council=cast.council,
            title="Forslag",
            reason="",
            kind="discussion",
            by=cast.station_chief.actor,
            at=NOON,
        ),
    }
    draft = written(cast, starts_at=IN_THREE_WEEKS + timedelta(days=14))
    begun(draft.meeting)
    item = draft.meeting.items.get()
    item.classification = Classification.OPEN
    item.save(update_fields=["classification"])
    decision = api.record_decision(item=item, text="Foreløpig vedtak", by=by, at=NOON)
    found |= {
        "in_draft": draft.meeting,
        "draft_item": item,
        "draft_decision": decision,
        "draft_task": give_task(
            council=cast.council,
            title="Foreløpig oppgave",
            person=cast.station_chief.person,
            deadline_date=TODAY + timedelta(days=60),
            classification=Classification.INTERNAL,
            by=by,
            at=NOON,
        ),
        **papers(found, by, seat),
        **approved_with_a_paper(cast),
    }
    found["draft_task"].decision = decision
    found["draft_task"].save(update_fields=["decision"])
    return found | waiting(cast) | corrections(cast)


def papers(found: dict[str, Any], by: Any, seat: Any) -> dict[str, Any]:
    """Papers of each classification on a meeting that is called, one withdrawn, one not sent."""

    def paper(meeting: Any, item: Any = None, **more: Any) -> Any:
        file = handed_in("Notat.txt", b"Til moetet.")
        return api.add_paper(meeting=meeting, item=item, handed_in=file, by=by, at=NOON, **more)

    called, whole = found["called"], found["sent_item"]
    restricted = api.For(Classification.RESTRICTED, BASIS, [seat])
    internal = paper(called)
    withdrawn = paper(called, whole, readers=api.For())
    api.withdraw_paper(paper=withdrawn, reason="Feil", by=by, at=NOON)
    withdrawn.refresh_from_db()
    return {
        "planned_paper": paper(found["planned"], readers=api.For(Classification.OPEN)),
        "open_paper": paper(called, whole),
        "internal_paper": internal,
        "paper_version": internal.versions.get(),
        "restricted_paper": paper(called, found["sent_restricted"]),
        "narrow_paper": paper(found["planned"], found["open_item"], readers=restricted),
        "withdrawn_paper": withdrawn,
    }


def approved_with_a_paper(cast: Cast) -> dict[str, Any]:
    """Approved minutes, and an open paper that was read at the meeting."""
    by = cast.secretary.actor
    minutes = written(cast, starts_at=IN_THREE_WEEKS + timedelta(days=28))
    paper = api.add_paper(
        meeting=minutes.meeting, handed_in=handed_in("Lysbilder.txt", b"Til moetet."),
        readers=api.For(Classification.OPEN), by=by, at=NOON,
    )  # fmt: skip
    sent_out(minutes=minutes, by=by, at=NOON)
    api.approve_minutes(minutes=minutes, by=cast.chair.actor, at=NOON)
    minutes.refresh_from_db()
    minutes.meeting.refresh_from_db()
    return {"approved": minutes.meeting, "approved_paper": paper}


def waiting(cast: Cast) -> dict[str, Any]:
    """A meeting whose minutes wait for approval, with an open decision and its task."""
    by, minutes = cast.secretary.actor, written(cast, starts_at=IN_THREE_WEEKS + timedelta(days=21))
    minutes.meeting.items.update(classification=Classification.OPEN)
    decision = decide(cast, minutes.meeting.items.get(), "Åpent, men foreløpig")
    sent_out(minutes=minutes, by=by, at=NOON)
    minutes.refresh_from_db()
    decision.refresh_from_db()
    return {
        "waiting": minutes.meeting,
        "waiting_decision": decision,
        "waiting_task": decision.tasks.get(),
    }


def corrections(cast: Cast) -> dict[str, Any]:
    """Approved minutes with a correction being written, and others with one that waits."""
    by, found = cast.secretary.actor, {}
    for name, weeks in (("draft_correction", 5), ("sent_correction", 6)):
        minutes = approved(cast, starts_at=IN_THREE_WEEKS + timedelta(weeks=weeks))
        found[name] = api.open_correction(
            minutes=minutes, reason="Feil gate.", asked_by="Stein", by=by, at=NOON
        )
    sent, item = found["sent_correction"], minutes.meeting.items.get()
    parts = [
        api.PartNote(PartKind.TEXT, item.ref, "Rettet.", part_mark(item.minutes_text)),
    ]
    api.save_correction(correction=sent, parts=parts, by=by, at=NOON)
    api.circulate_correction(correction=sent, by=by, at=NOON)
    sent.refresh_from_db()
    return {**found, "first_version": minutes.versions.get()}
