"""What was planned in one press is taken back in one, but for what somebody has done with it."""

from __future__ import annotations

import threading
from datetime import timedelta
from itertools import count
from typing import Any

import pytest
from django.db import DatabaseError, connections
from django.test import Client
from django.urls import reverse

from samrad.documents.rules import Classification
from samrad.documents.uploads import handed_in
from samrad.kernel.clock import held_at
from samrad.kernel.verdict import Refused
from samrad.meetings import api
from samrad.meetings.actions import taking_back
from samrad.meetings.actions.taking_back import PlanChanged, take_plan_back
from samrad.meetings.models import Meeting
from samrad.meetings.queries.plans import PlanBack, plan_back
from samrad.post.guards import is_still_for
from samrad.post.models import Message
from samrad.trail.models import TrailEntry
from samrad.wheel.models import Occasion
from samrad.wheel.rules import Stand
from tests.cast import NOON, Cast, Country, signed_in
from tests.meetings.bricks import item_on, thirteen_councils
from tests.meetings.test_years import TOGETHER, posted
from tests.wheel.bricks import entry, in_use

pytestmark = pytest.mark.django_db
TWO_HOURS = timedelta(hours=2)
LAST_LOOK = 2  # at the plan, before it is taken back


@pytest.fixture(autouse=True)
def noon() -> Any:
    with held_at(NOON):
        yield


@pytest.fixture
def district(cast: Cast) -> Country:
    return thirteen_councils(cast.dk)


def days(number: int, first: int = 100) -> list[api.Planned]:
    starts = [NOON + timedelta(days=first + 7 * n) for n in range(number)]
    return [api.Planned(one, one + TWO_HOURS) for one in starts]


def plan(cast: Cast, number: int = 5) -> list[Meeting]:
    return api.plan_meetings(
        council=cast.council, meetings=days(number), by=cast.secretary.actor, at=NOON
    )


def page(meeting: Meeting) -> str:
    return reverse("meetings:take_back", args=[meeting.ref])


def take_back(cast: Cast, meeting: Meeting) -> list[Meeting]:
    by = cast.secretary.actor
    shown = plan_back(meeting, by, NOON).mark
    return take_plan_back(meeting=meeting, by=by, at=NOON, shown=shown)


def test_the_year_of_thirteen_councils_is_taken_back_with_one_press(
    cast: Cast, client: Client, district: Country
) -> None:
    earlier = api.plan_meetings(
        council=district.kredsraad, meetings=days(1), by=district.secretary.actor, at=NOON
    )
    signed_in(client, district.secretary)
    client.post(TOGETHER, posted(client.get(TOGETHER, {"year": 2027})))
    made = Meeting.objects.exclude(pk=earlier[0].pk)
    assert made.count() > 40
    again = client.get(TOGETHER, {"year": 2027})
    assert page(again.context["latest_plan"]) in again.text
    back = client.get(page(again.context["latest_plan"]))
    assert f"Take back {made.count()} meetings" in back.text

    done = client.post(back.request["PATH_INFO"], {"shown": back.context["back"].mark}, follow=True)

    assert "They are no longer planned" in done.text
    assert "Those who keep these councils get a mail about it" in done.text
    assert list(Meeting.objects.all()) == earlier, "what was planned by itself is another plan"


def test_those_who_were_told_of_the_plan_are_told_that_it_is_gone(
    cast: Cast, client: Client, district: Country
) -> None:
    signed_in(client, district.secretary)
    client.post(TOGETHER, posted(client.get(TOGETHER, {"year": 2027})))
    told = {one.person_id for one in Message.objects.filter(template__endswith="/planned")}
    back = client.get(page(Meeting.objects.latest("pk")))
    client.post(back.request["PATH_INFO"], {"shown": back.context["back"].mark})

    mails = Message.objects.filter(template__endswith="/plan_taken_back")
    assert {one.person_id for one in mails} == told
    assert district.secretary.person.pk not in told


def test_the_plan_is_told_although_its_first_meeting_is_gone_before_the_mail_is(
    cast: Cast, district: Country
) -> None:
    api.plan_meetings(
        council=district.lokalraad, meetings=days(3), by=district.secretary.actor, at=NOON
    )
    told = list(Message.objects.filter(template__endswith="/planned"))
    Meeting.objects.order_by("starts_at")[0].delete()

    assert told
    assert all(is_still_for(one, NOON) for one in told)


def test_the_list_asks_a_bounded_number_of_questions(
    cast: Cast, client: Client, district: Country, django_assert_max_num_queries: Any
) -> None:
    signed_in(client, district.secretary)
    client.post(TOGETHER, posted(client.get(TOGETHER, {"year": 2027})))
    address = page(Meeting.objects.latest("pk"))
    client.get(address)

    with django_assert_max_num_queries(12):
        client.get(address)


def test_what_somebody_has_done_something_with_stays_and_the_list_says_why(
    cast: Cast, client: Client
) -> None:
    by = cast.secretary.actor
    free, sent, prepared, papers, moved, off = plan(cast, 6)
    item_on(sent, by)
    api.send_agenda(meeting=sent, by=by, at=NOON)
    item_on(prepared, by)
    api.add_paper(
        meeting=papers, item=None, handed_in=handed_in("Notat.txt", b"Notat"), by=by, at=NOON,
        readers=api.For(Classification.OPEN),
    )  # fmt: skip
    later = moved.starts_at + timedelta(days=1)
    api.move_meeting(
        meeting=moved, starts_at=later, ends_at=later + TWO_HOURS, place="", by=by, at=NOON
    )
    api.cancel_meeting(meeting=off, reason="Ferie.", by=by, at=NOON)

    shown = signed_in(client, cast.secretary).get(page(free))

    assert shown.context["back"].goes == [free]
    told = {one.meeting: one.why for one in shown.context["back"].stays}
    assert told == {
        sent: "People have been called to it.",
        prepared: "Somebody has begun to prepare it.",
        papers: "Somebody has begun to prepare it.",
        moved: "Its time or place has been changed since.",
        off: "It is cancelled already.",
    }
    assert all(why in shown.text for why in told.values())
    assert take_back(cast, free) == [free]
    assert set(Meeting.objects.all()) == set(told)


def test_a_meeting_that_the_wheel_leads_to_stays(cast: Cast) -> None:
    in_use(cast.council)
    meeting, other = plan(cast, 2)
    Occasion.objects.create(
        council=cast.council, code="year_evaluation", year=2026, number=1, label="x",
        made_kind="meeting", made_ref=meeting.ref,
    )  # fmt: skip

    found = plan_back(other, cast.secretary.actor, NOON)

    assert found.goes == [other]
    assert found.stays[0].why == "An activity of the year wheel is taken up there."


def test_what_was_ticked_off_with_the_plan_is_to_be_done_again(cast: Cast, client: Client) -> None:
    from tests.wheel.test_taken_back import PLAN, year_sent_in

    in_use(cast.council)
    year_sent_in(cast, client, 4)
    by = cast.secretary.actor
    assert entry(cast.council, by, PLAN).stand is Stand.DONE

    take_back(cast, Meeting.objects.latest("pk"))

    assert entry(cast.council, by, PLAN).stand is Stand.DUE


def test_it_stands_in_the_record_and_nobody_is_called_off(cast: Cast) -> None:
    meetings = plan(cast, 3)
    mails = Message.objects.count()

    take_back(cast, meetings[0])

    told = TrailEntry.objects.filter(event="meeting.taken_back")
    assert {one.about_ref for one in told} == {str(one.ref) for one in meetings}
    assert Message.objects.count() == mails


def test_what_was_prepared_after_the_list_was_shown_is_not_lost(cast: Cast, client: Client) -> None:
    meetings = plan(cast, 3)
    shown = signed_in(client, cast.secretary).get(page(meetings[0])).context["back"].mark
    item_on(meetings[2], cast.secretary.actor)

    answer = client.post(page(meetings[0]), {"shown": shown})

    assert answer.status_code == 409
    assert "after you opened the page" in answer.text
    assert Meeting.objects.count() == 3
    with pytest.raises(PlanChanged):
        take_plan_back(meeting=meetings[0], by=cast.secretary.actor, at=NOON, shown="")


@pytest.mark.django_db(transaction=True)
def test_nobody_puts_anything_on_a_meeting_while_it_is_taken_back(
    cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    meeting, refused = plan(cast, 2)[0], []

    def put_something_on_it() -> None:
        try:
            item_on(Meeting.objects.get(pk=meeting.pk), cast.secretary.actor)
        except (Refused, DatabaseError) as error:
            refused.append(error)
        finally:
            connections.close_all()

    somebody = threading.Thread(target=put_something_on_it)

    looks = count(1)

    def looked_at(*given: Any) -> PlanBack:
        found = plan_back(*given)
        if next(looks) == LAST_LOOK:
            somebody.start()
            somebody.join(timeout=0.5)
        return found

    shown = plan_back(meeting, cast.secretary.actor, NOON).mark
    monkeypatch.setattr(taking_back, "plan_back", looked_at)
    take_plan_back(meeting=meeting, by=cast.secretary.actor, at=NOON, shown=shown)
    somebody.join()

    assert not Meeting.objects.exists()
    assert refused, "what was put there would have gone with the meeting, unseen"


def test_only_who_plans_takes_back_and_only_where_they_plan(cast: Cast, district: Country) -> None:
    meeting = plan(cast)[0]
    with pytest.raises(Refused, match="plans its meetings"):
        take_plan_back(meeting=meeting, by=cast.director.actor, at=NOON, shown="")
    both = api.plan_years(
        plans=[(district.kredsraad, days(1)), (district.lokalraad, days(1))],
        by=district.secretary.actor, at=NOON,
    )  # fmt: skip
    theirs = plan_back(both[1], district.coordinator.actor, NOON)
    assert [one.council_id for one in theirs.goes] == [district.lokalraad.pk]


def test_a_meeting_planned_later_does_not_stand_before_the_plan_of_the_year(
    cast: Cast, client: Client
) -> None:
    council = reverse("meetings:council", args=[cast.council.ref])
    meetings = plan(cast, 3)
    start = NOON + timedelta(days=150)
    for extra in (True, False):
        start += timedelta(days=1)
        api.plan_meetings(
            council=cast.council, by=cast.secretary.actor, at=NOON,
            meetings=[api.Planned(start, start + TWO_HOURS, is_extra=extra)],
        )  # fmt: skip

    shown = signed_in(client, cast.secretary).get(council, {"year": 2027})
    assert shown.context["latest_plan"] in meetings

    take_back(cast, meetings[0])
    left = client.get(council, {"year": 2027}).context["latest_plan"]
    assert left is not None
    assert not left.is_extra


def test_the_council_page_offers_it_while_there_is_something_to_take_back(
    cast: Cast, client: Client
) -> None:
    council = reverse("meetings:council", args=[cast.council.ref])
    meetings = plan(cast, 2)
    signed_in(client, cast.secretary)
    assert "Take back what was planned" in client.get(council, {"year": 2027}).text

    take_back(cast, meetings[0])

    assert "Take back what was planned" not in client.get(council, {"year": 2027}).text
