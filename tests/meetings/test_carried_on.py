"""What is unfinished comes back until it is done, and gives nothing away early."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from samrad.cooperation.models import Council
from samrad.documents.rules import Classification
from samrad.followup.api import close_decision, give_task, report_task
from samrad.followup.models import Decision, Task
from samrad.followup.returns import times_back
from samrad.followup.rules import DecisionState, TaskState
from samrad.meetings import api
from samrad.meetings.actions.approval import ask_those_who_approve_now
from samrad.meetings.models import AgendaItem, Meeting
from samrad.meetings.rules import ItemKind
from samrad.people.actions.appointments import end_appointment
from samrad.people.models import Person
from samrad.post.api import Message
from tests.cast import NOON, TODAY, Cast
from tests.meetings.bricks import (
    IN_THREE_WEEKS,
    circulated,
    decide,
    item_on,
    planned,
    planned_in,
    sent_out,
    written,
)

pytestmark = pytest.mark.django_db
WORDS = "Lyset langs gangveien rettes innen jul."


def bound_decision(cast: Cast) -> Decision:
    """A decision of approved minutes, with its task."""
    minutes = written(cast)
    decision = decide(cast, minutes.meeting.items.get(), WORDS)
    sent_out(minutes=minutes, by=cast.secretary.actor, at=NOON)
    minutes.refresh_from_db()
    api.approve_minutes(minutes=minutes, by=cast.chair.actor, at=NOON)
    decision.refresh_from_db()
    return decision  # type: ignore[no-any-return]


def next_with_unfinished(cast: Cast, number: int, *, send: bool = True) -> list[AgendaItem]:
    """The next meeting with everything unfinished on it, sent."""
    meeting = planned(cast, starts_at=IN_THREE_WEEKS + timedelta(days=30 * number))
    made = api.add_unfinished(meeting=meeting, by=cast.secretary.actor, at=NOON)
    item_on(meeting, cast.secretary.actor)
    if send:
        api.send_agenda(meeting=meeting, by=cast.secretary.actor, at=NOON)
    return made


def test_a_decision_and_a_loose_task_come_back_until_they_are_done(cast: Cast) -> None:
    decision = bound_decision(cast)
    by = cast.secretary.actor
    loose = give_task(
        council=cast.council, title="Skaffe nøkkel", person=cast.director.person, by=by, at=NOON
    )
    for number in (1, 2, 3):
        made = next_with_unfinished(cast, number)
        assert {one.source_ref for one in made} == {decision.ref, loose.ref}
        back = times_back(by, [decision.ref, loose.ref])
        assert back == {decision.ref: number, loose.ref: number}

    report_task(task=loose, to=TaskState.DONE, by=by, at=NOON)
    assert [one.source_ref for one in next_with_unfinished(cast, 4)] == [decision.ref]

    close_decision(
        decision=decision, to=DecisionState.DROPPED, reason="Veien legges om.", by=by, at=NOON
    )
    assert next_with_unfinished(cast, 5) == []


def test_an_agenda_that_was_not_sent_or_was_cancelled_is_not_counted(cast: Cast) -> None:
    decision = bound_decision(cast)
    next_with_unfinished(cast, 1, send=False)
    cancelled = next_with_unfinished(cast, 2)[0].meeting
    api.cancel_meeting(meeting=cancelled, reason="Storm", by=cast.secretary.actor, at=NOON)

    assert times_back(cast.secretary.actor, [decision.ref]) == {}
    assert times_back(cast.stranger.actor, [decision.ref]) == {}


def danish(cast: Cast) -> tuple[Council, Any]:
    return cast.dk.kredsraad, cast.dk.secretary.actor


def danish_minutes(
    cast: Cast,
    classification: Classification = Classification.INTERNAL,
    *,
    texts: tuple[str, ...] = (WORDS,),
) -> Meeting:
    """A Danish meeting whose minutes wait for approval, with a decision members do not read yet."""
    council, by = danish(cast)
    meeting = planned_in(council, by)
    item = item_on(meeting, by, classification=classification)
    api.send_agenda(meeting=meeting, by=by, at=NOON)
    meeting.refresh_from_db()
    minutes = api.begin_minutes(meeting=meeting, by=by, at=NOON)
    api.note_everybody_present(meeting=meeting, by=by, at=NOON)
    for text in texts:
        decision = api.record_decision(item=item, text=text, by=by, at=NOON)
        give_task(
            council=council, title="Lys", person=cast.dk.mayor.person, decision=decision,
            deadline_date=NOON.date(), by=by, at=NOON,
        )  # fmt: skip
    sent_out(minutes=minutes, by=by, at=NOON)
    meeting.refresh_from_db()
    return meeting


@pytest.mark.parametrize("classification", [Classification.INTERNAL, Classification.OPEN])
def test_a_danish_agenda_does_not_tell_what_members_may_not_read_yet(
    cast: Cast, classification: Classification
) -> None:
    danish_minutes(cast, classification)
    council, by = danish(cast)
    following = planned_in(council, by, starts_at=IN_THREE_WEEKS + timedelta(days=60))

    made = api.add_unfinished(meeting=following, by=by, at=NOON)
    api.send_agenda(meeting=following, by=by, at=NOON)

    assert [one.classification for one in made] == [classification]
    assert "2026" in made[0].title
    said = [made[0].title, *(m.subject + m.text for m in Message.objects.all())]
    assert not [text for text in said if "Lyset" in text]


def test_two_decisions_of_the_same_minutes_are_told_apart_before_they_may_be_read(
    cast: Cast,
) -> None:
    council, by = danish(cast)
    danish_minutes(cast, texts=(WORDS, "Hækken klippes ned."))
    following = planned_in(council, by, starts_at=IN_THREE_WEEKS + timedelta(days=60))

    made = api.add_unfinished(meeting=following, by=by, at=NOON)
    api.send_agenda(meeting=following, by=by, at=NOON)

    numbered = {one.text: n for n, one in enumerate(Decision.objects.order_by("pk"), start=1)}
    assert set(numbered) == {WORDS, "Hækken klippes ned."}
    by_ref = {one.ref: numbered[one.text] for one in Decision.objects.all()}
    for item in following.items.filter(source_kind="decision"):
        assert str(by_ref[item.source_ref]) in item.title.split("2026")[0].split("af")[0]
    assert len({one.title for one in made}) == 2


def test_what_was_put_on_before_its_minutes_came_back_is_kept_quiet_when_it_is_sent(
    cast: Cast,
) -> None:
    minutes = circulated_with_a_decision(cast)
    made = next_with_unfinished(cast, 1, send=False)
    assert made[0].title == WORDS
    api.send_back_minutes(minutes=minutes, comment="Feil dato.", by=cast.chair.actor, at=NOON)

    api.send_agenda(meeting=made[0].meeting, by=cast.secretary.actor, at=NOON)

    made[0].refresh_from_db()
    assert "Lyset" not in made[0].title


def circulated_with_a_decision(cast: Cast) -> Any:
    minutes = written(cast)
    decide(cast, minutes.meeting.items.get(), WORDS)
    sent_out(minutes=minutes, by=cast.secretary.actor, at=NOON)
    minutes.refresh_from_db()
    return minutes


def test_once_the_minutes_are_approved_the_next_agenda_says_what_was_decided(cast: Cast) -> None:
    meeting = danish_minutes(cast)
    council, by = danish(cast)
    following = planned_in(council, by, starts_at=IN_THREE_WEEKS + timedelta(days=60))
    made = api.add_unfinished(meeting=following, by=by, at=NOON)
    for approver in (cast.dk.police_director, cast.dk.mayor):
        meeting.minutes.refresh_from_db()
        api.approve_minutes(minutes=meeting.minutes, by=approver.actor, at=NOON)

    api.send_agenda(meeting=following, by=by, at=NOON)

    made[0].refresh_from_db()
    assert made[0].title == WORDS


def test_a_title_the_secretary_has_written_stays(cast: Cast) -> None:
    circulated_with_a_decision(cast)
    item = next_with_unfinished(cast, 1, send=False)[0]
    api.change_item(
        item=item, title="Gangveien", kind=ItemKind.DISCUSSION, by=cast.secretary.actor, at=NOON
    )

    api.send_agenda(meeting=item.meeting, by=cast.secretary.actor, at=NOON)

    item.refresh_from_db()
    assert item.title == "Gangveien"


def neutral_when_sent(cast: Cast, item: AgendaItem) -> bool:
    api.send_agenda(meeting=item.meeting, by=cast.secretary.actor, at=NOON)
    item.refresh_from_db()
    mailed = [mail.subject + mail.text + mail.bare_text for mail in Message.objects.all()]
    return "Lyset" not in item.title and not any("Lyset" in text for text in mailed)


def test_words_of_a_draft_that_were_written_anew_since_do_not_stay_on_the_agenda(
    cast: Cast,
) -> None:
    minutes = circulated_with_a_decision(cast)
    item = next_with_unfinished(cast, 1, send=False)[0]
    api.send_back_minutes(minutes=minutes, comment="Feil.", by=cast.chair.actor, at=NOON)
    Decision.objects.update(text="Noe ganske annet er bestemt.")

    assert neutral_when_sent(cast, item)
    assert "annet" not in item.title


def test_words_of_a_draft_that_is_gone_do_not_stay_on_the_agenda(cast: Cast) -> None:
    minutes = circulated_with_a_decision(cast)
    item = next_with_unfinished(cast, 1, send=False)[0]
    api.send_back_minutes(minutes=minutes, comment="Feil.", by=cast.chair.actor, at=NOON)
    Task.objects.all().delete()
    Decision.objects.all().delete()

    assert neutral_when_sent(cast, item)


def test_an_item_opened_to_more_readers_than_its_decision_does_not_say_it(cast: Cast) -> None:
    bound_decision(cast)
    item = next_with_unfinished(cast, 1, send=False)[0]
    api.change_item(
        item=item, title=item.title, kind=ItemKind.DISCUSSION,
        classification=Classification.OPEN, by=cast.secretary.actor, at=NOON,
    )  # fmt: skip

    assert neutral_when_sent(cast, item)


def test_an_item_opened_to_more_readers_than_its_task_does_not_say_it(cast: Cast) -> None:
    give_task(
        council=cast.council, title="KANARI ved havna", person=cast.director.person,
        deadline_date=TODAY + timedelta(days=9), by=cast.secretary.actor, at=NOON,
        classification=Classification.RESTRICTED, legal_basis="politiregisterloven § 27",
        audience=[cast.council.seats.get(role="municipal_director")],
    )  # fmt: skip
    item = next_with_unfinished(cast, 1, send=False)[0]
    assert item.title == "KANARI ved havna"

    api.change_item(
        item=item, title=item.title, kind=ItemKind.DISCUSSION, by=cast.secretary.actor, at=NOON,
        classification=Classification.INTERNAL,
    )  # fmt: skip
    api.send_agenda(meeting=item.meeting, by=cast.secretary.actor, at=NOON)

    item.refresh_from_db()
    assert "KANARI" not in item.title
    assert not Message.objects.filter(text__contains="KANARI").exists()


def test_whoever_comes_to_approve_later_is_asked_and_nobody_twice(cast: Cast) -> None:
    circulated(cast)
    assert asked_to_approve() == [cast.chair.person]
    ask_those_who_approve_now(on=TODAY)
    assert asked_to_approve() == [cast.chair.person]

    gone = cast.chair.appointment
    assert gone is not None
    end_appointment(appointment=gone, to_date=TODAY, by=cast.secretary.actor, at=NOON)
    tomorrow = TODAY + timedelta(days=1)
    for _day in range(2):
        ask_those_who_approve_now(on=tomorrow)

    asked = asked_to_approve()
    assert cast.director.person in asked
    assert cast.secretary.person not in asked
    assert len(asked) == len(set(asked))


def asked_to_approve() -> list[Person | None]:
    mails = Message.objects.filter(template="meetings/mail/approve")
    return [one.person for one in mails.select_related("person")]
