"""What the parties promise each other is followed through the year (C7)."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from samrad.access.rows import locked
from samrad.agreements.actions import commitments
from samrad.agreements.actions.commitments import (
    HowKept,
    add_commitment,
    follow_commitment,
    stop_following,
)
from samrad.agreements.commitment_panel import promises
from samrad.agreements.models import Following
from samrad.agreements.queries.commitments import promised_in, sums_of
from samrad.agreements.rules.commitments import Pace, Times
from samrad.cooperation.actions import WantedAgreement, bring_into_force
from samrad.cooperation.models import Agreement, Commitment, Council
from samrad.cooperation.panels import Panel
from samrad.cooperation.rules import AgreementState
from samrad.followup.api import report_task
from samrad.followup.models import Task
from samrad.followup.rules import TaskState
from samrad.kernel.verdict import Refused
from samrad.trail.api import event_codes_of
from samrad.wheel.api import entries_of, mark_occasion
from samrad.wheel.models import Activity
from samrad.wheel.rules import Mark
from tests.cast import NOON, TODAY, Cast, signed_in
from tests.wheel.bricks import in_use

pytestmark = pytest.mark.django_db
WALK = "Trygghetsvandring i ett tettsted, med rapport til rådet"
IN_MAY, BY_CHRISTMAS = Times(Pace.YEARLY, (5,)), Times(Pace.ONCE, due_date=date(2026, 12, 18))


@pytest.fixture
def agreement(cast: Cast) -> Agreement:
    text = f"Kommunen venter svar innen to uker. {WALK}, hvert år."
    wanted = WantedAgreement(
        title="Samarbeidsavtale",
        from_date=date(2026, 1, 1),
        clauses=(
            {"key": "expectations", "heading": "Forventninger", "origin": "local", "text": text},
        ),
        commitments=((WALK, "municipality", "En gang i året"),),
    )
    return bring_into_force(council=cast.council, wanted=wanted, by=cast.secretary.actor, at=NOON)


@pytest.fixture
def walk(agreement: Agreement) -> Commitment:
    return agreement.commitments.get()


def kept(cast: Cast, times: Times = IN_MAY, title: str = WALK, role: str = "") -> HowKept:
    return HowKept(title, cast.no.kommune, times, role)


def follow(cast: Cast, one: Commitment, how: HowKept) -> Following:
    return follow_commitment(commitment=one, kept=how, by=cast.secretary.actor, at=NOON)


def test_a_promise_that_comes_back_stands_in_the_year_wheel_for_all_who_see_the_council(
    cast: Cast, walk: Commitment
) -> None:
    follow(cast, walk, kept(cast))

    activity = Activity.objects.get()
    assert (activity.title, activity.months) == (WALK, [5])
    assert "Samarbeidsavtale" in activity.text
    for who in (cast.guest, cast.analyst):
        assert Activity.objects.visible_to(who.actor).exists()
    assert event_codes_of(walk)[-1] == "commitment.followed"


def test_a_promise_that_is_kept_once_is_a_task_with_the_organisation(
    cast: Cast, walk: Commitment
) -> None:
    follow(cast, walk, kept(cast, BY_CHRISTMAS))

    task = Task.objects.get()
    assert task.responsible_organisation == cast.no.kommune
    assert task.deadline_date == date(2026, 12, 18)
    assert not Activity.objects.exists()


def test_what_came_of_it_through_the_year_is_counted(
    cast: Cast, agreement: Agreement, walk: Commitment
) -> None:
    in_use(cast.council)
    actor, in_january = cast.secretary.actor, NOON.replace(month=1, day=5)
    thrice = kept(cast, Times(Pace.TERTIAL, (2, 6, 10)))
    follow_commitment(commitment=walk, kept=thrice, by=actor, at=in_january)
    first, *_rest = [
        one for one in entries_of([cast.council], actor, [2026], TODAY) if one.told.activity
    ]
    mark_occasion(entry=first, to=Mark.DONE, by=actor, at=NOON)

    [promised] = promised_in(agreement, actor, 2026, TODAY)

    assert (promised.count.done, promised.count.late, promised.count.total) == (1, 2, 3)
    assert len(promised.late_entries) == 2
    assert promised.tone == "danger"
    assert promised.clause is not None
    assert promised.clause.key == "expectations"
    [later] = promised_in(agreement, actor, 2027, TODAY)
    assert (later.count.done, later.count.ahead) == (0, 3)


def test_a_task_that_is_done_keeps_the_promise(
    cast: Cast, agreement: Agreement, walk: Commitment
) -> None:
    follow(cast, walk, kept(cast, BY_CHRISTMAS))
    Task.objects.update(state=TaskState.DONE, closed_at=NOON)

    [promised] = promised_in(agreement, cast.secretary.actor, 2026, TODAY)

    assert promised.is_kept
    assert sums_of([promised]).kept == 1


def test_what_is_done_once_counts_in_the_year_it_was_done(
    cast: Cast, agreement: Agreement, walk: Commitment
) -> None:
    follow(cast, walk, kept(cast, BY_CHRISTMAS))
    actor = cast.secretary.actor
    in_2027 = date(2027, 6, 1)
    [before] = promised_in(agreement, actor, 2025, TODAY)
    assert (before.count.total, before.state) == (0, "Due in 2026")
    [late] = promised_in(agreement, actor, 2027, in_2027)
    assert (late.count.late, late.state) == (1, "Late")

    Task.objects.update(state=TaskState.DONE, closed_at=NOON.replace(year=2027))

    [due] = promised_in(agreement, actor, 2026, in_2027)
    [done] = promised_in(agreement, actor, 2027, in_2027)
    [after] = promised_in(agreement, actor, 2028, date(2028, 6, 1))
    assert (due.count.late, done.count.done, after.count.total) == (1, 1, 0)
    assert (done.state, after.state) == ("Kept", "Kept in 2027")
    assert [sums_of([one]).kept for one in (due, done, after)] == [0, 1, 0]


def done_in_may(cast: Cast) -> None:
    """The walk of May is done."""
    actor = cast.secretary.actor
    [entry] = [one for one in entries_of([cast.council], actor, [2026], TODAY) if one.told.activity]
    mark_occasion(entry=entry, to=Mark.DONE, by=actor, at=NOON)


@pytest.mark.parametrize("how", [Times(Pace.MONTHLY), BY_CHRISTMAS])
def test_what_was_done_counts_although_it_is_followed_otherwise_from_then_on(
    cast: Cast, agreement: Agreement, walk: Commitment, how: Times
) -> None:
    in_use(cast.council)
    follow(cast, walk, kept(cast))
    done_in_may(cast)

    follow(cast, walk, kept(cast, how))

    [promised] = promised_in(agreement, cast.secretary.actor, 2026, TODAY)
    assert promised.count.done == 1


def test_what_was_done_counts_although_it_is_followed_no_more(
    cast: Cast, agreement: Agreement, walk: Commitment
) -> None:
    in_use(cast.council)
    follow(cast, walk, kept(cast))
    done_in_may(cast)
    by = cast.secretary.actor

    stop_following(commitment=walk, reason="Vi gjør noe annet", by=by, at=NOON)

    [promised] = promised_in(agreement, by, 2026, TODAY)
    assert (promised.count.done, promised.state) == (1, "Followed no more")
    [nothing] = promised_in(agreement, by, 2027, TODAY)
    assert nothing.state == "Not set up"


def test_a_covering_level_reads_that_it_is_followed_and_nothing_of_the_task(
    cast: Cast, agreement: Agreement, walk: Commitment
) -> None:
    follow(cast, walk, kept(cast, BY_CHRISTMAS))

    [promised] = promised_in(agreement, cast.analyst.actor, 2026, TODAY)

    assert promised.task is None
    assert promised.count.total == 0


def test_another_rhythm_moves_it_from_the_wheel_to_the_tasks_and_back(
    cast: Cast, walk: Commitment
) -> None:
    follow(cast, walk, kept(cast))
    follow(cast, walk, kept(cast, BY_CHRISTMAS))
    assert Activity.objects.get().ended_date is not None
    follow(cast, walk, kept(cast, Times(Pace.MONTHLY)))

    following = Following.objects.get()
    assert following.activity is not None
    assert following.activity.ended_date is None
    assert following.activity.rhythm == "monthly"


def test_other_months_change_the_activity_there_is(cast: Cast, walk: Commitment) -> None:
    follow(cast, walk, kept(cast))
    follow(cast, walk, kept(cast, Times(Pace.YEARLY, (9,)), title="Vandring"))

    assert Activity.objects.get().months == [9]
    walk.refresh_from_db()
    assert walk.title == "Vandring"


def test_it_is_followed_no_more_with_a_reason_and_the_activity_ends(
    cast: Cast, walk: Commitment
) -> None:
    follow(cast, walk, kept(cast))
    by = cast.secretary.actor
    with pytest.raises(Refused):
        stop_following(commitment=walk, reason=" ", by=by, at=NOON)

    stop_following(commitment=walk, reason="Rådet gjør det på en annen måte", by=by, at=NOON)

    assert Activity.objects.get().ended_date == TODAY
    assert event_codes_of(walk)[-1] == "commitment.left"
    with pytest.raises(Refused):
        stop_following(commitment=walk, reason="Igjen", by=by, at=NOON)


def test_a_task_is_dropped_with_the_promise_and_one_that_is_done_stays(
    cast: Cast, walk: Commitment
) -> None:
    follow(cast, walk, kept(cast, BY_CHRISTMAS))
    by = cast.secretary.actor
    stop_following(commitment=walk, reason="Det blir ikke noe av", by=by, at=NOON)
    task = Task.objects.get()
    assert (task.state, task.outcome) == (TaskState.DROPPED, "Det blir ikke noe av")

    task = follow(cast, walk, kept(cast, BY_CHRISTMAS)).task
    assert task is not None
    report_task(task=task, to=TaskState.DONE, note="Gått", by=by, at=NOON)
    stop_following(commitment=walk, reason="Ferdig", by=by, at=NOON)
    task.refresh_from_db()
    assert task.state == TaskState.DONE


def test_another_rhythm_drops_the_task(cast: Cast, walk: Commitment) -> None:
    follow(cast, walk, kept(cast, BY_CHRISTMAS))
    following = follow(cast, walk, kept(cast))
    assert Task.objects.get().state == TaskState.DROPPED
    assert following.task is None


def test_the_council_is_held_before_anything_else_so_that_nobody_waits_in_a_ring(
    cast: Cast, agreement: Agreement, walk: Commitment, monkeypatch: pytest.MonkeyPatch
) -> None:
    order: list[type] = []

    def noted(row: Any, *related: str) -> Any:
        order.append(type(row))
        return locked(row, *related)

    monkeypatch.setattr(commitments, "locked", noted)
    by = cast.secretary.actor
    for act in (
        lambda: add_commitment(agreement=agreement, kept=kept(cast, title="Ny"), by=by, at=NOON),
        lambda: follow_commitment(commitment=walk, kept=kept(cast), by=by, at=NOON),
        lambda: stop_following(commitment=walk, reason="Nei", by=by, at=NOON),
    ):
        order.clear()
        act()
        assert order[0] is Council


@pytest.mark.parametrize(
    "times",
    [Times(Pace.ONCE), Times(Pace.TERTIAL, (1, 2)), Times(Pace.YEARLY, (), date(2027, 1, 1))],
)
def test_times_that_do_not_fit_are_refused(cast: Cast, walk: Commitment, times: Times) -> None:
    with pytest.raises(Refused):
        follow(cast, walk, kept(cast, times))


def test_nothing_is_followed_of_an_agreement_that_has_ended(
    cast: Cast, agreement: Agreement, walk: Commitment
) -> None:
    Agreement.objects.update(state=AgreementState.ENDED)

    with pytest.raises(Refused):
        follow(cast, walk, kept(cast))


def test_a_promise_is_noted_and_settled_in_one_step_on_the_page(
    client: Client, cast: Cast, agreement: Agreement
) -> None:
    signed_in(client, cast.secretary)
    url = reverse("agreements:add_commitment", args=[agreement.ref])
    owner = f"{cast.no.station.ref}:police_contact"
    given = {"title": "Politiet besøker skolene", "owner": owner, "pace": "tertial"}

    refused = client.post(url, {**given, "months": ["3"]})
    assert refused.status_code == 422
    assert "Politiet besøker skolene" in refused.content.decode()
    assert client.post(url, {**given, "months": ["3", "9", "11"]}).status_code == 302

    made = agreement.commitments.get(title="Politiet besøker skolene")
    assert made.side == "police"
    assert made.following.role == "police_contact"


def test_the_page_of_the_year_needs_few_questions_however_much_is_promised(
    client: Client,
    cast: Cast,
    agreement: Agreement,
    walk: Commitment,
    django_assert_max_num_queries: Any,
) -> None:
    follow(cast, walk, kept(cast))
    for number in range(8):
        how = kept(cast, title=f"Løfte {number}", times=IN_MAY if number % 2 else BY_CHRISTMAS)
        add_commitment(agreement=agreement, kept=how, by=cast.secretary.actor, at=NOON)
    signed_in(client, cast.secretary)

    url = reverse("agreements:commitments", args=[agreement.ref])
    client.get(url)
    with django_assert_max_num_queries(12):
        assert client.get(url).status_code == 200
    page = client.get(agreement.get_absolute_url()).content.decode()
    assert page.count(WALK) >= 1


def test_the_agreement_asks_once_for_all_that_is_promised(
    cast: Cast, agreement: Agreement, django_assert_num_queries: Any
) -> None:
    for number in range(5):
        how = kept(cast, title=f"Løfte {number}")
        add_commitment(agreement=agreement, kept=how, by=cast.secretary.actor, at=NOON)
    actor = cast.guest.actor
    found = Agreement.objects.select_related("council").get()

    with django_assert_num_queries(1):
        [panel] = promises(found, actor)

    assert isinstance(panel, Panel)
    assert len(panel.context["promised"]) == 6
    assert not panel.context["links"]


def test_a_year_that_is_not_there_is_the_nearest_one(
    client: Client, cast: Cast, agreement: Agreement
) -> None:
    signed_in(client, cast.guest)
    url = reverse("agreements:commitments", args=[agreement.ref])

    for asked in ("9999", "²", "-1", "0001", "x" * 50):
        assert client.get(url, {"year": asked}).status_code == 200
