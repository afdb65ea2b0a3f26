"""What was promised and kept stays told, also when an agreement takes the place of another."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from samrad.agreements.actions.commitments import HowKept, follow_commitment
from samrad.agreements.actions.settling import promise_here_too, say_it_is, take_out
from samrad.agreements.models import FollowedBefore, Following
from samrad.agreements.queries.commitments import carried_of, own_of, promised_in, sums_of
from samrad.agreements.rules.commitments import Pace, Times
from samrad.cooperation.actions import WantedAgreement, bring_into_force
from samrad.cooperation.models import Agreement, Commitment
from samrad.followup.api import report_task
from samrad.followup.models import Task
from samrad.followup.rules import TaskState
from samrad.kernel.clock import held_at
from samrad.kernel.verdict import Refused
from samrad.search.actions import rebuild
from samrad.search.models import Entry
from samrad.trail.api import event_codes_of
from samrad.wheel.api import entries_of, mark_occasion
from samrad.wheel.models import Activity
from samrad.wheel.rules import Mark
from tests.cast import NOON, TODAY, Cast, signed_in
from tests.wheel.bricks import in_use

pytestmark = pytest.mark.django_db
VISITS, WALK = "Politiet besøker skolene hver høst", "Trygghetsvandring i ett tettsted"
IN_MAY, BY_DECEMBER = Times(Pace.YEARLY, (5,)), Times(Pace.ONCE, due_date=date(2026, 12, 18))
NEW_YEAR, IN_FEBRUARY = date(2027, 1, 1), NOON.replace(year=2027, month=2, day=3)


@pytest.fixture(autouse=True)
def noon() -> Any:
    with held_at(NOON):
        yield


def read_in(cast: Cast, start: date, *titles: str, text: str = "", at: Any = NOON) -> Agreement:
    """An agreement from paper, with these promises of the municipality."""
    clause = {"key": "measures", "heading": "Tiltak", "origin": "local", "text": text or "Ingen."}
    wanted = WantedAgreement(
        title=f"Avtale {start.year}", from_date=start, clauses=(clause,),
        commitments=tuple((one, "municipality", "") for one in titles),
    )  # fmt: skip
    return bring_into_force(council=cast.council, wanted=wanted, by=cast.secretary.actor, at=at)


@pytest.fixture
def agreement(cast: Cast) -> Agreement:
    return read_in(cast, date(2026, 1, 1), WALK, VISITS)


@pytest.fixture
def walk(agreement: Agreement) -> Commitment:
    return agreement.commitments.get(title=WALK)


def follow(cast: Cast, one: Commitment, times: Times = IN_MAY, **more: Any) -> Following:
    given = {"title": one.title, "organisation": cast.no.kommune, "times": times, **more}
    how = HowKept(**given)
    return follow_commitment(commitment=one, kept=how, by=cast.secretary.actor, at=NOON)


def done_in_may(cast: Cast) -> None:
    actor = cast.secretary.actor
    for entry in entries_of([cast.council], actor, [2026], TODAY):
        if entry.told.activity:
            mark_occasion(entry=entry, to=Mark.DONE, by=actor, at=NOON)


def is_done(task: Task, cast: Cast) -> Task:
    report_task(task=task, to=TaskState.DONE, note="Gått", by=cast.secretary.actor, at=NOON)
    return task


def said_of(agreement: Agreement, cast: Cast, year: int, title: str = WALK) -> Any:
    on = IN_FEBRUARY.date()
    agreement.refresh_from_db()
    found = promised_in(agreement, cast.secretary.actor, year, on)
    return next(one for one in found if one.commitment.title == title)


# Done once ---------------------------------------------------------------------------------------


def test_a_promise_that_is_kept_stays_kept_whatever_word_of_it_is_put_right(
    cast: Cast, agreement: Agreement, walk: Commitment
) -> None:
    task = is_done(follow(cast, walk, BY_DECEMBER).task, cast)

    again = follow(cast, walk, BY_DECEMBER, title="Tryggleiksvandring", role="mayor")

    assert again.task == task
    assert Task.objects.count() == 1
    [promised] = [
        one
        for one in promised_in(agreement, cast.secretary.actor, 2026, TODAY)
        if one.commitment == walk
    ]
    assert (promised.state, promised.commitment.title) == ("Kept", "Tryggleiksvandring")


def test_another_day_asks_for_it_once_more_and_what_was_done_stays_counted(
    cast: Cast, agreement: Agreement, walk: Commitment
) -> None:
    is_done(follow(cast, walk, BY_DECEMBER).task, cast)

    again = follow(cast, walk, Times(Pace.ONCE, due_date=date(2027, 6, 1))).task

    assert again is not None
    assert again.state == TaskState.OPEN
    assert said_of(agreement, cast, 2026).count.done == 1
    assert said_of(agreement, cast, 2027).count.ahead == 1


def test_what_another_organisation_is_to_do_leaves_the_hands_of_the_first_ones_employee(
    cast: Cast, walk: Commitment
) -> None:
    task = follow(cast, walk, BY_DECEMBER).task
    Task.objects.update(responsible_person=cast.director.person, responsible_organisation=None)

    same = follow(cast, walk, BY_DECEMBER, role="mayor").task
    assert same is not None
    assert same.responsible_person == cast.director.person
    follow(cast, walk, BY_DECEMBER, organisation=cast.no.station)

    task = Task.objects.get()
    assert (task.responsible_person, task.responsible_organisation) == (None, cast.no.station)


# After a new agreement ----------------------------------------------------------------------------


def test_the_old_agreement_goes_on_telling_what_was_kept_in_it(
    cast: Cast, client: Client, agreement: Agreement, walk: Commitment
) -> None:
    in_use(cast.council)
    follow(cast, walk)
    done_in_may(cast)
    new = read_in(cast, NEW_YEAR, WALK, at=IN_FEBRUARY)

    old = said_of(agreement, cast, 2026)
    assert (old.count.done, old.state) == (1, "Kept")
    assert old.goes_on == new.commitments.get()
    assert sums_of(promised_in(agreement, cast.secretary.actor, 2026, TODAY)).kept == 1
    assert said_of(agreement, cast, 2027).state == "Goes on"  # that is told in the new one
    assert said_of(new, cast, 2027).count.ahead == 1

    with held_at(IN_FEBRUARY):
        reader = signed_in(client, cast.secretary)
        page = reader.get(reverse("agreements:commitments", args=[agreement.ref]))
        assert (page.context["year"], page.context["after"]) == ("2026", "")
        assert "Goes on in “Avtale 2027”" in page.content.decode()
        newer = reader.get(reverse("agreements:commitments", args=[new.ref]))
        assert newer.context["before"] == "2026"


def test_what_is_kept_at_each_meeting_is_not_asked_about_in_the_agreement_that_ended(
    cast: Cast, agreement: Agreement, walk: Commitment
) -> None:
    in_use(cast.council)
    follow(cast, walk, Times(Pace.EACH_MEETING))
    new = read_in(cast, NEW_YEAR, WALK, at=IN_FEBRUARY)

    assert said_of(agreement, cast, 2027).state == "Goes on"
    assert said_of(new, cast, 2027).state == "Asked when evaluated"


def test_a_second_renewal_takes_nothing_from_the_first_agreement(
    cast: Cast, agreement: Agreement, walk: Commitment
) -> None:
    is_done(follow(cast, walk, BY_DECEMBER).task, cast)
    for year in (2027, 2028):
        read_in(cast, date(year, 1, 1), WALK, at=NOON.replace(year=year, month=1, day=5))

    assert said_of(agreement, cast, 2026).state == "Kept"
    assert Following.objects.get().commitment.agreement.title == "Avtale 2028"


def test_what_is_done_after_the_last_day_belongs_to_the_next_agreement(
    cast: Cast, agreement: Agreement, walk: Commitment
) -> None:
    task = follow(cast, walk, Times(Pace.ONCE, due_date=date(2027, 1, 20))).task
    new = read_in(cast, NEW_YEAR, WALK, at=IN_FEBRUARY)
    Task.objects.update(state=TaskState.DONE, closed_at=IN_FEBRUARY)

    assert task is not None
    assert said_of(agreement, cast, 2027).count.total == 0
    assert said_of(new, cast, 2027).state == "Kept"


def test_only_what_is_followed_goes_on_and_as_what_the_old_one_promised(
    cast: Cast, client: Client, agreement: Agreement, walk: Commitment
) -> None:
    follow(cast, walk)
    new = read_in(cast, NEW_YEAR, "Vi går sammen i sentrum", at=IN_FEBRUARY)

    promised = promised_in(new, cast.secretary.actor, 2027, IN_FEBRUARY.date())
    assert [one.commitment.title for one in own_of(promised)] == ["Vi går sammen i sentrum"]
    [carried] = carried_of(promised)
    assert (carried.commitment.title, carried.carried_from) == (WALK, agreement)
    assert sums_of(promised).total == 1

    rebuild(at=IN_FEBRUARY)
    found = Entry.objects.filter(kind="commitment", title=WALK)
    assert [one.page for one in found] == [agreement.ref]
    assert "Avtale 2026" in Activity.objects.get().text
    page = signed_in(client, cast.secretary).get(reverse("agreements:commitments", args=[new.ref]))
    assert "Still followed from an earlier agreement" in page.content.decode()


def test_what_the_new_text_says_in_the_same_words_is_promised_in_it(
    cast: Cast, agreement: Agreement, walk: Commitment
) -> None:
    follow(cast, walk)
    new = read_in(cast, NEW_YEAR, text=f"Kommunen lover: {WALK}, hvert år.", at=IN_FEBRUARY)

    assert new.commitments.get().carried_from is None
    assert "Avtale 2027" in Activity.objects.get().text


def carried(cast: Cast, walk: Commitment, *own: str) -> tuple[Agreement, Commitment]:
    """One that is followed from before, in an agreement with these promises of its own."""
    follow(cast, walk)
    new = read_in(cast, NEW_YEAR, *own, at=IN_FEBRUARY)
    return new, new.commitments.get(title=WALK)


def test_the_secretary_says_that_it_is_promised_here_too(cast: Cast, walk: Commitment) -> None:
    new, one = carried(cast, walk)

    promise_here_too(commitment=one, by=cast.secretary.actor, at=IN_FEBRUARY)

    assert new.commitments.get().carried_from is None
    assert "Avtale 2027" in Activity.objects.get().text
    assert event_codes_of(one)[-1] == "commitment.here_too"
    with pytest.raises(Refused, match="promises it already"):
        promise_here_too(commitment=one, by=cast.secretary.actor, at=IN_FEBRUARY)


@pytest.mark.parametrize("is_followed", [False, True])
def test_the_secretary_says_that_it_is_one_of_the_new_promises_in_other_words(
    cast: Cast, agreement: Agreement, walk: Commitment, is_followed: bool
) -> None:
    in_use(cast.council)
    follow(cast, walk)
    done_in_may(cast)
    new, one = carried(cast, walk, "Vi går sammen i sentrum")
    own = new.commitments.get(carried_from=None)
    if is_followed:
        follow(cast, own)

    say_it_is(commitment=one, own=own, by=cast.secretary.actor, at=IN_FEBRUARY)

    assert new.commitments.get() == own
    assert Following.objects.get().commitment == own
    assert Activity.objects.filter(ended_date=None).get().title == "Vi går sammen i sentrum"
    assert FollowedBefore.objects.count() == int(is_followed)
    assert said_of(agreement, cast, 2026).count.done == 1
    assert said_of(new, cast, 2026, own.title).count.done == 1


def test_it_is_settled_on_a_page_of_its_own(cast: Cast, client: Client, walk: Commitment) -> None:
    new, one = carried(cast, walk, "Vi går sammen i sentrum")
    own = new.commitments.get(carried_from=None)
    address = reverse("agreements:settle", args=[one.ref])
    with held_at(IN_FEBRUARY):
        secretary = signed_in(client, cast.secretary)
        page = secretary.get(address).content.decode()
        assert "Promised in “Avtale 2026”" in page
        assert own.title in page
        assert secretary.post(address, {}).status_code == 422
        assert secretary.post(address, {"now": str(own.ref)}).status_code == 302
    assert new.commitments.get() == own


def test_what_was_noted_and_never_followed_is_taken_out_with_a_reason(
    cast: Cast, client: Client, agreement: Agreement, walk: Commitment
) -> None:
    visits = agreement.commitments.get(title=VISITS)
    follow(cast, walk)
    by = cast.secretary.actor
    with pytest.raises(Refused, match="Say why"):
        take_out(commitment=visits, reason=" ", by=by, at=NOON)
    with pytest.raises(Refused, match="has been followed"):
        take_out(commitment=walk, reason="Feil", by=by, at=NOON)

    secretary = signed_in(client, cast.secretary)
    page = secretary.get(reverse("agreements:commitments", args=[agreement.ref])).content.decode()
    address = reverse("agreements:take_out", args=[visits.ref])
    assert address in page
    assert reverse("agreements:take_out", args=[walk.ref]) not in page
    assert secretary.post(address, {"reason": "Det står ikke i avtalen"}).status_code == 302

    assert agreement.commitments.get() == walk
    assert event_codes_of(agreement)[-1] == "agreement.promise_taken_out"


def test_one_that_goes_on_in_the_next_agreement_is_not_taken_out(
    cast: Cast, agreement: Agreement, walk: Commitment
) -> None:
    follow(cast, walk)
    read_in(cast, NEW_YEAR, WALK, at=IN_FEBRUARY)
    with pytest.raises(Refused, match="goes on"):
        take_out(commitment=walk, reason="Feil", by=cast.secretary.actor, at=IN_FEBRUARY)
