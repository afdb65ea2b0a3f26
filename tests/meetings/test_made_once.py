"""A decision and its task are made once, however often the page with them is sent (D5).

The answer is lost after the commit, Save is pressed twice, somebody goes back and saves again.
"""

from __future__ import annotations

import re

import pytest
from django.urls import reverse

from samrad.followup.models import Decision, Task
from samrad.kernel.clock import held_at
from samrad.meetings import api
from tests.cast import NOON, signed_in
from tests.meetings.bricks import called, decide, item_on
from tests.meetings.the_minutes_page import filled_in, page_of

TO_MEND = "p:{}"


@pytest.fixture(autouse=True)
def noon():
    with held_at(NOON):
        yield


@pytest.fixture
def item(cast):
    meeting = called(cast)
    api.begin_minutes(meeting=meeting, by=cast.secretary.actor, at=NOON)
    return meeting.items.get()


def with_marks(page, **changes):
    """What a browser posts, with the mark of every empty row."""
    marks = dict(re.findall(r'name="(new_\w+-[\w-]+-once)" value="([\w-]+)"', page.text))
    assert marks
    return filled_in(page, **marks, **changes)


def new_decision(cast, item, text="Lyset rettes.", task="Rette lyset"):
    return {
        f"new_decision-{item.ref}": text,
        f"new_task-{item.ref}-title": task,
        f"new_task-{item.ref}-who": TO_MEND.format(cast.station_chief.person.ref),
        f"new_task-{item.ref}-by": "2026-12-15",
    }


def post(client, item, data):
    return client.post(reverse("meetings:minutes", args=[item.meeting.ref]), data)


def decided():
    return list(Decision.objects.values_list("text", flat=True).order_by("pk"))


def given():
    return list(Task.objects.values_list("title", flat=True).order_by("pk"))


def test_the_same_page_sent_twice_decides_once_and_gives_its_task_once(cast, client, item):
    page = page_of(signed_in(client, cast.secretary), item.meeting)
    data = with_marks(page, **new_decision(cast, item))

    assert post(client, item, data).status_code == 302
    assert post(client, item, data).status_code == 302

    assert decided() == ["Lyset rettes."]
    assert given() == ["Rette lyset"]


def test_the_same_words_on_a_new_page_are_another_decision(cast, client, item):
    signed_in(client, cast.secretary)
    for _time in range(2):
        page = page_of(client, item.meeting)
        post(client, item, with_marks(page, **new_decision(cast, item)))

    assert len(decided()) == len(given()) == 2


def test_a_task_under_a_decision_is_given_once_too(cast, client, item):
    decision = decide(cast, item)
    page = page_of(signed_in(client, cast.secretary), item.meeting)
    row = f"new_task-{decision.ref}"
    who = TO_MEND.format(cast.station_chief.person.ref)
    data = with_marks(page, **{f"{row}-title": "Måle lyset", f"{row}-who": who})

    post(client, item, data)
    post(client, item, data)

    assert given() == ["Rette lyset", "Måle lyset"]


def test_other_words_from_the_same_row_are_shown_and_not_lost(cast, client, item):
    page = page_of(signed_in(client, cast.secretary), item.meeting)
    data = with_marks(page, **new_decision(cast, item))
    post(client, item, data)

    answer = post(client, item, data | {f"new_decision-{item.ref}": "Lyset rettes i mai."})

    assert answer.status_code == 409
    assert "This was saved before, and said something else" in answer.text
    assert "Lyset rettes i mai.</textarea>" in answer.text
    assert decided() == ["Lyset rettes."]
    again = with_marks(answer, **new_decision(cast, item, "Lyset rettes i mai.", task=""))
    assert post(client, item, again).status_code == 302
    assert decided() == ["Lyset rettes.", "Lyset rettes i mai."]


def test_a_page_sent_back_with_something_to_mend_keeps_its_marks(cast, client, item):
    page = page_of(signed_in(client, cast.secretary), item.meeting)
    who = f"new_task-{item.ref}-who"
    data = with_marks(page, **new_decision(cast, item))

    mended = post(client, item, data | {who: ""})

    assert mended.status_code == 422
    assert data[f"new_decision-{item.ref}-once"] in mended.text
    assert not decided()


def test_a_mark_from_another_item_or_none_at_all_loses_nothing(cast, client, item):
    other = item_on(item.meeting, cast.secretary.actor, "Lyset")
    page = page_of(signed_in(client, cast.secretary), item.meeting)
    data = with_marks(page, **new_decision(cast, item))
    post(client, item, data)
    mark = {f"new_decision-{other.ref}-once": data[f"new_decision-{item.ref}-once"]}

    post(client, item, filled_in(page, **new_decision(cast, other, "To.", "B"), **mark))
    no_mark = {f"new_decision-{other.ref}-once": "tull"}
    post(client, item, filled_in(page, **new_decision(cast, other, "Tre.", "C"), **no_mark))

    assert decided() == ["Lyset rettes.", "To.", "Tre."]
    assert given() == ["Rette lyset", "B", "C"]
