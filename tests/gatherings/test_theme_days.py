"""A theme day from the invitation to where its outcomes went (D8)."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from itertools import pairwise

import pytest
from django.urls import reverse
from django.utils import translation
from hypothesis import given
from hypothesis import strategies as st

from samrad.cooperation.endings import open_ends_of, settle
from samrad.cooperation.models import Council
from samrad.cooperation.rules import CouncilState
from samrad.followup.api import waiting_for
from samrad.followup.models import Task
from samrad.gatherings import api
from samrad.gatherings.models import Nomination, ThemeDay
from samrad.gatherings.queries import hosts_in_turn
from samrad.gatherings.rules import (
    ASKED_AHEAD,
    NEXT_STATES,
    STEPS,
    ThemeDayState,
    in_turn,
    not_sent_on,
)
from samrad.kernel.clock import held_at
from samrad.kernel.verdict import Refused
from samrad.meetings.models import Proposal
from samrad.people.models import Person
from samrad.post.models import Message
from samrad.trail.api import event_codes_of
from samrad.ui.pieces import StepState
from tests.cast import NOON, seat, signed_in

IN_TWO_MONTHS = NOON + timedelta(days=60)


@pytest.fixture(autouse=True)
def noon():
    with held_at(NOON):
        yield


def planned(cast, **more):
    """The kredsråd invites its lokalråd to a day on the nights in town."""
    dk = cast.dk
    wanted = api.Wanted(
        **{
            "title": "Nattelivet", "starts_at": IN_TWO_MONTHS, "place": "Regionshuset",
            "ends_at": IN_TWO_MONTHS + timedelta(hours=6), "host": dk.police,
            "nominate_by": (NOON + timedelta(days=30)).astimezone().date(),
            "invited": (dk.lokalraad,), **more,
        }
    )  # fmt: skip
    return api.plan_theme_day(council=dk.kredsraad, wanted=wanted, by=dk.secretary.actor, at=NOON)


def opened(cast):
    day = planned(cast)
    api.add_workshop(day=day, title="Indbrud i beboelse", by=cast.dk.secretary.actor, at=NOON)
    api.open_for_nominations(day=day, by=cast.dk.secretary.actor, at=NOON)
    day.refresh_from_db()
    return day


def held(cast):
    day, by = opened(cast), cast.dk.secretary.actor
    api.note_held(day=day, by=by, at=IN_TWO_MONTHS + timedelta(hours=7))
    day.refresh_from_db()
    return day


def sees(who, day):
    return ThemeDay.objects.visible_to(who.actor).filter(pk=day.pk).exists()


def test_until_it_is_open_only_those_who_arrange_it_know(cast):
    day = planned(cast)

    assert sees(cast.dk.secretary, day)
    assert sees(cast.dk.police_director, day)
    for who in (cast.dk.mayor, cast.dk.coordinator, cast.secretary, cast.national_officer):
        assert not sees(who, day)

    api.open_for_nominations(day=day, by=cast.dk.secretary.actor, at=NOON)

    assert sees(cast.dk.mayor, day)
    assert sees(cast.dk.coordinator, day)
    assert not sees(cast.secretary, day)


def test_the_invitation_goes_to_chairs_and_secretaries_once_each(cast):
    Person.objects.update(language="en")
    opened(cast)

    told = {message.person.name for message in Message.objects.all()}

    dk = cast.dk
    assert told == {
        one.name for one in (dk.police_director, dk.secretary, dk.station_chief, dk.coordinator)
    }
    mail = Message.objects.get(person=dk.coordinator.person)
    assert mail.subject == "Kredsrådet i Vestkredsen invites: Nattelivet"
    assert "name those who come" in mail.text


def test_organisations_name_their_people_and_others_do_not_read_the_names(cast):
    day, dk = opened(cast), cast.dk

    made = api.nominate(
        day=day, organisation=dk.kommune, council=dk.lokalraad.pk, name="Bo Ny", role="SSP",
        workshop=day.workshops.get(), by=dk.coordinator.actor, at=NOON,
    )  # fmt: skip

    def reads(who):
        return Nomination.objects.visible_to(who.actor).filter(pk=made.pk).exists()

    assert reads(dk.secretary)
    assert reads(dk.sector_head), "of the same council"
    assert not reads(cast.secretary)
    with pytest.raises(Refused):
        api.withdraw(nomination=made, by=dk.sector_head.actor, at=NOON)
    with pytest.raises(Refused, match="Only members"):
        api.nominate(
            day=day, organisation=cast.no.kommune, council=cast.council.pk, name="X", role="",
            by=cast.secretary.actor, at=NOON,
        )  # fmt: skip
    api.withdraw(nomination=made, by=dk.coordinator.actor, at=NOON)
    assert not Nomination.objects.exists()


def test_after_the_deadline_only_those_who_arrange_add_somebody(cast):
    day, dk = opened(cast), cast.dk
    with held_at(NOON + timedelta(days=31)):
        named = {"day": day, "organisation": dk.kommune, "name": "Bo", "role": "", "at": NOON}
        with pytest.raises(Refused, match="is over"):
            api.nominate(**named, council=dk.lokalraad.pk, by=dk.coordinator.actor)
        api.nominate(**named, council=dk.kredsraad.pk, by=dk.secretary.actor)


def test_an_outcome_becomes_a_proposal_of_a_council_and_a_task_and_then_it_is_done(cast):
    day, dk = held(cast), cast.dk
    by, workshop = dk.secretary.actor, day.workshops.get()
    with pytest.raises(Refused, match="first"):
        api.propose_outcome(workshop=workshop, to=dk.lokalraad, by=by, at=NOON)
    api.write_outcome(
        workshop=workshop, outcome="Lås og lys.", goes_no_further=False, by=by, at=NOON
    )
    with pytest.raises(Refused, match="not been sent on"):
        api.finish(day=day, by=by, at=NOON)
    day.refresh_from_db()
    assert day.state == ThemeDayState.HELD

    workshop.refresh_from_db()
    api.propose_outcome(workshop=workshop, to=dk.lokalraad, by=by, at=NOON)
    api.give_outcome(workshop=workshop, to=dk.police, deadline=date(2027, 3, 1), by=by, at=NOON)
    api.finish(day=day, by=by, at=IN_TWO_MONTHS + timedelta(hours=8))

    proposal = Proposal.objects.visible_to(dk.coordinator.actor).get()
    assert (proposal.title, proposal.reason) == ("Indbrud i beboelse", "Lås og lys.")
    assert proposal.council == dk.lokalraad
    task = Task.objects.get()
    assert (task.council, task.responsible_organisation) == (dk.kredsraad, dk.police)
    day.refresh_from_db()
    assert day.state == ThemeDayState.DONE
    assert event_codes_of(day) == [
        "theme_day.planned", "theme_day.opened", "theme_day.held", "theme_day.done"
    ]  # fmt: skip


def test_an_outcome_goes_to_councils_around_only(cast):
    day, by = held(cast), cast.dk.secretary.actor
    workshop = day.workshops.get()
    api.write_outcome(workshop=workshop, outcome="Lys.", goes_no_further=False, by=by, at=NOON)
    workshop.refresh_from_db()

    with pytest.raises(Refused, match="does not stand beside"):
        api.propose_outcome(workshop=workshop, to=cast.council, by=by, at=NOON)
    with pytest.raises(Refused, match="Only the councils around"):
        planned(cast, invited=(cast.council,))


def test_those_invited_hear_of_a_new_time_and_of_a_cancellation_without_its_reason(cast):
    day, by = opened(cast), cast.dk.secretary.actor
    Message.objects.all().delete()
    Person.objects.update(language="en")
    wanted = api.Wanted(
        title=day.title, starts_at=day.starts_at + timedelta(days=1), place=day.place,
        ends_at=day.ends_at + timedelta(days=1), nominate_by=day.nominate_by,
        invited=(cast.dk.lokalraad,),
    )  # fmt: skip

    api.change_theme_day(day=day, wanted=wanted, by=by, at=NOON)
    assert {m.subject for m in Message.objects.all()} == {"Changed: Nattelivet"}
    day.refresh_from_db()
    api.cancel_theme_day(day=day, reason="KANARI", by=by, at=NOON)

    assert Message.objects.filter(subject="Cancelled: Nattelivet").count() == 4
    assert not Message.objects.filter(text__contains="KANARI").exists()


def test_a_day_that_was_opened_meanwhile_is_not_cancelled_behind_the_backs_of_the_invited(cast):
    """Whoever cancels has the page from before the invitation went out."""
    day, by = planned(cast), cast.dk.secretary.actor
    as_the_page_had_it = ThemeDay.objects.get(pk=day.pk)
    api.open_for_nominations(day=day, by=by, at=NOON)
    Message.objects.all().delete()

    api.cancel_theme_day(day=as_the_page_had_it, reason="Salen er optaget", by=by, at=NOON)

    assert Message.objects.filter(template="gatherings/mail/cancelled").count() == 4


def test_a_day_is_not_held_before_it_comes_and_steps_are_not_skipped(cast):
    day, by = opened(cast), cast.dk.secretary.actor

    with pytest.raises(Refused, match="has not been"):
        api.note_held(day=day, by=by, at=NOON)
    with pytest.raises(Refused):
        api.finish(day=day, by=by, at=NOON)
    with pytest.raises(Refused):
        api.open_for_nominations(day=day, by=by, at=NOON)


def test_whoever_should_name_somebody_finds_it_on_the_first_page_until_it_is_done(cast):
    day, dk = opened(cast), cast.dk
    due = day.nominate_by - ASKED_AHEAD

    def titles(who, on=due):
        return [one.title for one in waiting_for(who.actor, on) if "Nattelivet" in one.title]

    assert not titles(dk.coordinator, due - timedelta(days=1)), "months ahead the mail is enough"
    assert titles(dk.coordinator)
    assert not titles(cast.secretary)
    api.nominate(
        day=day, organisation=dk.kommune, council=dk.lokalraad.pk, name="Bo", role="",
        by=dk.coordinator.actor, at=NOON,
    )  # fmt: skip
    assert not titles(dk.coordinator)
    with held_at(IN_TWO_MONTHS + timedelta(days=1)):
        assert titles(dk.secretary, (IN_TWO_MONTHS + timedelta(days=1)).astimezone().date())


def test_the_first_page_says_what_a_day_that_has_been_still_lacks(cast):
    day, dk = held(cast), cast.dk
    by, workshop = dk.secretary.actor, day.workshops.get()
    after = IN_TWO_MONTHS + timedelta(days=1)

    def titles():
        with held_at(after):
            found = waiting_for(by, after.astimezone().date())
            return [one.title for one in found if "Nattelivet" in one.title]

    with translation.override("en"):
        assert titles() == ["Send on what “Nattelivet” came to"]
        api.write_outcome(workshop=workshop, outcome="", goes_no_further=True, by=by, at=after)
        assert titles() == ["Close “Nattelivet”: its outcomes are sent on"]


NAMES = st.lists(st.text(min_size=1, max_size=5), min_size=1, max_size=8)


@given(names=NAMES, data=st.data())
def test_the_host_is_whoever_has_waited_longest(names, data):
    candidates = [(name, key) for key, name in enumerate(names)]
    keys = [key for _name, key in candidates]
    hosted = data.draw(st.dictionaries(st.sampled_from(keys), st.dates()))

    order = in_turn(candidates, hosted)

    assert sorted(order) == keys
    last = [hosted.get(key, date.min) for key in order]
    assert last == sorted(last)


def test_who_has_hosted_stands_last_next_time(cast):
    before = hosts_in_turn(cast.dk.kredsraad)
    assert {one.name for one in before} == {"Vestkredsens Politi", "Viborg Kommune"}

    planned(cast, host=before[0])

    assert hosts_in_turn(cast.dk.kredsraad) == before[::-1]


def test_whoever_the_country_says_never_hosts_is_not_in_turn(cast):
    """The directorate advises, and has no house in the municipality."""
    seat(cast.council, cast.no.directorate, "national_officer")
    seat(cast.council, cast.no.ravens, "partner_representative")

    names = {one.name for one in hosts_in_turn(cast.council)}

    assert "Natteravnene i Ås" in names
    assert cast.no.directorate.name not in names


@pytest.mark.parametrize(
    ("workshops", "waiting"),
    [
        ([], 0),
        ([("", False, 0)], 0),
        ([("Lys", False, 0), ("Lys", True, 0), ("Lys", False, 2)], 1),
    ],
)
def test_what_waits_is_written_and_sent_nowhere(workshops, waiting):
    assert not_sent_on(workshops) == waiting


def test_every_step_leads_to_the_next_and_an_end_is_an_end():
    for here, there in pairwise(STEPS):
        assert there in NEXT_STATES[here]
    assert not NEXT_STATES[ThemeDayState.DONE]
    assert not NEXT_STATES[ThemeDayState.CANCELLED]


def test_the_whole_day_is_arranged_on_its_pages(cast, client, django_assert_max_num_queries):
    dk = cast.dk
    signed_in(client, dk.secretary)
    new = reverse("gatherings:new", args=[dk.kredsraad.ref])
    form = client.get(new).context["form"]
    client.post(new, {
        "title": "Unge", "invitation": "Kom.", "day": "2027-03-02", "starts": "09:00",
        "ends": "15:00", "place": "Viborg", "host": form.initial["host"],
        "nominate_by": "2027-02-01", "invited": form.initial["invited"],
    })  # fmt: skip
    day = ThemeDay.objects.get()

    def url(name, thing):
        return reverse(f"gatherings:{name}", args=[thing.ref])

    client.post(url("new_workshop", day), {"title": "Skole", "text": "", "led_by": "Ida"})
    client.post(url("open", day))
    signed_in(client, dk.coordinator)
    named = client.get(url("nominate", day)).context["form"]
    own = named.organisations[named.initial["organisation"]][0]
    assert own.pk in dk.coordinator.actor.organisation_ids, "one's own organisation is chosen"
    ref = named.fields["organisation"].choices[0][0]
    client.post(url("nominate", day), {"organisation": ref, "name": "Bo Ny", "role": "Lærer"})
    page = client.get(url("detail", day))
    assert "Bo Ny" in page.text
    with held_at(day.starts_at + timedelta(hours=8)):
        signed_in(client, dk.secretary)
        client.post(url("held", day))
        workshop = day.workshops.get()
        client.post(url("outcome", workshop), {"outcome": "Et fælles forløb."})
        page = client.get(url("outcome", workshop))
        council = page.context["propose_form"].fields["council"].choices[0][0]
        client.post(url("propose", workshop), {"council": council})
        client.post(url("finish", day))
        with django_assert_max_num_queries(12):
            page = client.get(url("detail", day))
    day.refresh_from_db()
    assert day.state == ThemeDayState.DONE
    assert {one.state for one in page.context["steps"]} == {StepState.DONE}
    assert "Et fælles forløb." in page.text
    assert Proposal.objects.get().reason == "Et fælles forløb."


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("day", "2027-12-25"), ("day", "2020-01-02"), ("nominate_by", "2027-03-03"),
        ("ends", "08:00"), ("title", ""),
    ],
)  # fmt: skip
def test_bad_input_is_answered_in_words_and_plans_nothing(cast, client, field, value):
    new = reverse("gatherings:new", args=[cast.dk.kredsraad.ref])
    data = {
        "title": "Unge", "day": "2027-03-02", "starts": "09:00", "ends": "15:00",
        "nominate_by": "2027-02-01", "invitation": "Det jeg skrev",
    }  # fmt: skip

    answer = signed_in(client, cast.dk.secretary).post(new, data | {field: value})

    assert answer.status_code == 422
    assert "Det jeg skrev" in answer.text
    assert not ThemeDay.objects.exists()


def test_nobody_is_asked_for_a_workshop_where_there_is_none(cast, client):
    day = opened(cast)
    day.workshops.all().delete()

    page = signed_in(client, cast.dk.coordinator).get(
        reverse("gatherings:nominate", args=[day.ref])
    )

    assert "workshop" not in page.context["form"].fields
    ref = page.context["form"].fields["organisation"].choices[0][0]
    client.post(page.request["PATH_INFO"], {"organisation": ref, "name": "Bo Ny"})
    assert day.nominations.get().name == "Bo Ny"


def test_a_council_that_ends_cancels_its_theme_days_and_says_why(cast):
    day, council, by = opened(cast), cast.dk.kredsraad, cast.dk.secretary.actor

    ends = [one.text for one in open_ends_of(council, by)]
    settle(council, ends=True, reason="Kredsene lægges sammen", by=by, at=NOON)

    day.refresh_from_db()
    assert "1 theme day to come is cancelled, with a mail to those who were invited." in ends
    assert (day.state, day.state_reason) == (ThemeDayState.CANCELLED, "Kredsene lægges sammen")


def test_an_outcome_goes_to_the_same_place_once(cast):
    day, by = held(cast), cast.dk.secretary.actor
    workshop = day.workshops.get()
    api.write_outcome(workshop=workshop, outcome="Lys", goes_no_further=False, by=by, at=NOON)
    workshop.refresh_from_db()
    api.give_outcome(workshop=workshop, to=cast.dk.police, deadline=None, by=by, at=NOON)

    with pytest.raises(Refused, match="already"):
        api.give_outcome(workshop=workshop, to=cast.dk.police, deadline=None, by=by, at=NOON)

    assert workshop.sent_on.count() == 1


def test_a_council_through_which_somebody_comes_stays_invited(cast):
    day, dk = opened(cast), cast.dk
    api.nominate(
        day=day, organisation=dk.kommune, council=dk.lokalraad.pk, name="Bo Ny", role="",
        by=dk.coordinator.actor, at=NOON,
    )  # fmt: skip
    wanted = api.Wanted(
        title="Nattelivet", starts_at=day.starts_at, ends_at=day.ends_at, place=day.place,
        host=dk.police, nominate_by=day.nominate_by, invited=(),
    )  # fmt: skip

    with pytest.raises(Refused, match="has named participants"):
        api.change_theme_day(day=day, wanted=wanted, by=dk.secretary.actor, at=NOON)


def test_a_council_taken_off_the_circle_is_told_and_one_that_rests_stays_on_it(cast, client):
    Person.objects.update(language="en")
    day, dk = opened(cast), cast.dk
    Message.objects.all().delete()
    wanted = api.Wanted(
        title="Nattelivet", starts_at=day.starts_at, ends_at=day.ends_at, place="Et andet sted",
        host=dk.police, nominate_by=day.nominate_by, invited=tuple(day.invited.all()),
    )  # fmt: skip

    Council.objects.filter(pk=dk.lokalraad.pk).update(state=CouncilState.RESTING)
    page = signed_in(client, dk.secretary).get(reverse("gatherings:change", args=[day.ref]))
    assert dk.lokalraad.name in page.text
    api.change_theme_day(day=day, wanted=wanted, by=dk.secretary.actor, at=NOON)
    Message.objects.all().delete()
    api.change_theme_day(
        day=day, wanted=replace(wanted, place="Rådhuset", invited=()), by=dk.secretary.actor,
        at=NOON,
    )  # fmt: skip
    told = {mail.person.name: mail for mail in Message.objects.all()}
    assert told[dk.secretary.name].subject == "Changed: Nattelivet"
    assert told[dk.coordinator.name].subject == "No longer invited: Nattelivet"
    assert f"{dk.lokalraad.name} is no longer" in told[dk.coordinator.name].text


def test_an_organisation_is_named_for_through_a_council_it_sits_in(cast):
    day, dk = opened(cast), cast.dk

    with pytest.raises(Refused, match="no seat"):
        api.nominate(
            day=day, organisation=cast.no.kommune, council=dk.lokalraad.pk, name="Bo", role="",
            by=dk.coordinator.actor, at=NOON,
        )  # fmt: skip
