"""The year of several councils in one press; how many there will be; how long before (D2, D3)."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as st

from samrad.cooperation.actions import change_council
from samrad.cooperation.seats import seats_filled
from samrad.kernel.clock import held_at
from samrad.kernel.verdict import Refused
from samrad.meetings import api
from samrad.meetings.models import Meeting
from samrad.meetings.queries.heard import who_hears
from samrad.meetings.queries.lists import next_step
from samrad.meetings.queries.notice import lead_of, leads_of, notice_of
from samrad.meetings.queries.planning import councils_to_plan
from samrad.meetings.rules.notice import Notice
from samrad.meetings.rules.planning import still_to_plan
from samrad.people.models import Person
from samrad.post.models import Message
from tests.cast import NOON, council, signed_in
from tests.meetings.bricks import (
    IN_THREE_WEEKS,
    called,
    item_on,
    planned,
    planned_in,
    thirteen_councils,
)

TOGETHER = reverse("meetings:plan_together")


@pytest.fixture(autouse=True)
def noon():
    with held_at(NOON):
        yield


@pytest.fixture
def district(cast):
    return thirteen_councils(cast.dk)


def posted(page, **more):
    """What the page sends when its one button is pressed."""
    years = page.context["years"]
    data = {"year": str(years.year), "clashes": years.hard_clashes, "do": "plan"}
    for one in years.each:
        if one.rows is None:
            continue
        data |= {
            f"{one.prefix}-TOTAL_FORMS": len(one.rows.forms),
            f"{one.prefix}-INITIAL_FORMS": len(one.rows.forms),
        }
        for form in one.rows.forms:
            for name in ("day", "starts", "ends", "place"):
                data[f"{form.prefix}-{name}"] = str(form.initial.get(name, ""))
    return data | more


def test_thirteen_councils_are_called_for_a_year_with_one_press(cast, client, district):
    signed_in(client, district.secretary)

    page = client.get(TOGETHER, {"year": 2027})
    asked = posted(page)
    answer = client.post(TOGETHER, asked)

    assert answer.status_code == 302
    years = page.context["years"]
    assert len(years.councils) == 13
    assert years.councils[0] == district.kredsraad
    made = Meeting.objects.filter(council__country="dk", starts_at__year=2027)
    assert {one.council_id for one in made} == {one.pk for one in years.councils}
    assert made.filter(council=district.kredsraad).count() == 4
    again = client.get(TOGETHER, {"year": 2027})
    assert again.context["years"].new == 0, "the year has what was asked for"
    assert "are planned, and none is to be added" in again.content.decode()
    assert "will then have" not in again.content.decode()


def test_the_councils_own_people_hear_that_somebody_has_planned_for_them(cast, client, district):
    signed_in(client, district.secretary)
    client.post(TOGETHER, posted(client.get(TOGETHER, {"year": 2027})))

    told = {message.person for message in Message.objects.all()}

    assert district.coordinator.person in told, "the secretary of a lokalråd"
    assert district.people["leder3"].person in told, "its chair where it has no secretary"
    assert district.station_chief.person not in told, "the chair of one that has a secretary"
    assert district.secretary.person not in told


def without_mail(council):
    Person.objects.filter(
        appointments__organisation__in=council.seats.values("organisation")
    ).update(email="")


def test_a_council_where_nobody_has_mail_is_named_before_and_after_it_is_planned(
    cast, client, district
):
    """The secretariat hears that nobody heard, so that it can ring them."""
    silent = cast.dk.lokalraad
    without_mail(silent)
    page = signed_in(client, cast.dk.secretary).get(TOGETHER, {"year": 2027})
    assert silent in page.context["unheard"]
    assert "Nobody here will be told" in page.content.decode()

    after = client.post(TOGETHER, posted(page), follow=True).content.decode()

    assert "Nobody was told in: " in after
    assert silent.name in after[after.index("Nobody was told in: ") :][:600]


def test_where_only_a_member_has_mail_the_member_hears_of_the_plan(cast):
    seats = seats_filled(cast.council, NOON.date())
    chair, secretary = cast.chair.person, cast.secretary.person
    assert who_hears(seats) == [secretary]
    Person.objects.filter(pk__in=[chair.pk, secretary.pk]).update(email="")
    Person.objects.filter(pk=cast.police_member.person.pk).update(email="pia@example.org")

    heard = who_hears(seats_filled(cast.council, NOON.date()))

    assert cast.police_member.person in heard
    assert not {chair, secretary, cast.guest.person} & set(heard)


def test_whoever_sends_an_agenda_to_nobody_is_told_so(cast, client):
    meeting = planned(cast)
    item_on(meeting, cast.secretary.actor, "Nattlivet")
    without_mail(cast.council)
    url = reverse("meetings:send", args=[meeting.ref])

    assert "Nobody would be invited" in signed_in(client, cast.secretary).get(url).content.decode()
    assert "Nobody was invited" in client.post(url, follow=True).content.decode()


def test_one_wrong_day_plans_nothing_anywhere_and_loses_nothing(cast, client, district):
    signed_in(client, district.secretary)
    asked = posted(client.get(TOGETHER, {"year": 2027}))
    day = next(name for name in asked if name.endswith("-1-day"))

    answer = client.post(TOGETHER, {**asked, day: "2027-12-25"})

    assert answer.status_code == 422
    assert not Meeting.objects.exists()
    assert "2027-12-25" in answer.text


def test_each_council_has_its_own_number_and_nought_leaves_it_out(cast, client, district):
    signed_in(client, district.secretary)
    ref = str(district.lokalraad.ref)
    asked = {
        "year": 2027, f"{ref}-count": 0, f"{ref}-weekday": 2, f"{ref}-starts": "09:00",
        f"{ref}-ends": "10:00",
    }  # fmt: skip

    years = client.get(TOGETHER, asked).context["years"]

    new = {one.council: one.new for one in years.each}
    assert new.pop(district.lokalraad) == 0
    assert set(new.values()) == {4}


def test_a_group_that_meets_at_need_or_has_ended_is_left_as_it_is(cast, client, district):
    home, above = district.kredsraad.area, district.kredsraad
    group = council(district, "gruppe", "arbejdsgruppe", "Arbejdsgruppen", home, parent=above)
    ended = council(district, "projekt", "projektgruppe", "Projektgruppen", home, parent=above)
    ended.planned_end_date = date(2026, 12, 1)
    ended.save()

    page = signed_in(client, district.secretary).get(TOGETHER, {"year": 2027})

    new = {one.council: one.new for one in page.context["years"].each}
    assert (new.pop(group), new.pop(ended)) == (0, 0)
    assert set(new.values()) == {4}
    assert "Meets when needed" in page.content.decode()


def test_the_page_of_thirteen_asks_a_bounded_number_of_questions(
    cast, client, district, django_assert_max_num_queries
):
    signed_in(client, district.secretary)
    client.get(TOGETHER)

    with django_assert_max_num_queries(12):
        client.get(TOGETHER, {"year": 2027})


def test_a_coordinator_plans_and_moves_until_the_councils_own_secretary_has_called(cast):
    by, own = cast.dk.secretary.actor, cast.dk.coordinator.actor
    meeting = planned_in(cast.dk.lokalraad, by)
    later = {"starts_at": meeting.starts_at + timedelta(days=1), "place": "",
             "ends_at": meeting.ends_at + timedelta(days=1)}  # fmt: skip

    api.move_meeting(meeting=meeting, **later, by=by, at=NOON)
    api.add_item(meeting=meeting, title="Nattelivet", by=own, at=NOON)
    with pytest.raises(Refused):
        api.add_item(meeting=meeting, title="Andet", by=by, at=NOON)
    api.send_agenda(meeting=meeting, by=own, at=NOON)

    with pytest.raises(Refused):
        api.move_meeting(meeting=meeting, **later, by=by, at=NOON)
    with pytest.raises(Refused):
        api.cancel_meeting(meeting=meeting, reason="Nej", by=by, at=NOON)


def test_what_somebody_plans_for_is_what_they_keep_or_coordinate(cast, district):
    def names(who):
        return {one.name for one in councils_to_plan(who.actor)}

    assert names(cast.secretary) == {cast.council.name}
    assert len(names(district.secretary)) == 13
    assert names(district.coordinator) == {district.lokalraad.name}
    for who in (cast.police_member, cast.guest, cast.analyst, cast.administrator, cast.director):
        assert not names(who)


@given(wanted=st.integers(0, 24), planned=st.integers(0, 40))
def test_the_number_asked_for_counts_what_is_there(wanted, planned):
    new = still_to_plan(wanted, planned)

    assert planned + new == max(planned, wanted)


def test_a_year_that_has_one_of_three_gets_two_more(cast, client):
    planned(cast, starts_at=NOON + timedelta(days=60))
    address = reverse("meetings:plan", args=[cast.council.ref])

    one = signed_in(client, cast.secretary).get(address).context["one"]

    assert (one.planned, one.new, one.total) == (1, 2, 3)


def test_the_notice_is_the_councils_own_or_its_countrys_with_where_it_comes_from(cast):
    rule = notice_of(cast.council)
    assert (rule.days, rule.is_own, rule.is_certain) == (14, False, False)
    assert "2014" in rule.source

    change_council(
        council=cast.council, name=cast.council.name, purpose="", slt_relation="",
        meetings_per_year=None, notice_days=21, by=cast.secretary.actor, at=NOON,
    )  # fmt: skip
    cast.council.refresh_from_db()

    own = notice_of(cast.council)
    assert (own.days, own.is_own) == (21, True)
    assert own.out_by(date(2027, 3, 22)) == date(2027, 3, 1)


def test_the_next_step_names_the_day_that_follows_from_the_councils_own_notice(cast):
    cast.council.notice_days = 30
    cast.council.save()
    meeting = planned(cast, starts_at=NOON + timedelta(days=50))

    step = next_step(
        Meeting.objects.select_related("council").get(pk=meeting.pk),
        cast.secretary.actor, NOON, known=_nothing(),
    )  # fmt: skip

    assert step is not None
    assert "11" in step.hint, "30 days before 10 January is 11 December"


def _nothing():
    from samrad.meetings.queries.lists import Known

    return Known(has_items=lambda: False, said=lambda: None, says=dict, slots=lambda _minutes: ())


def test_lead_time_is_measured_and_the_year_says_how_many_were_in_time(cast, client):
    for days in (20, 30, 10):
        called(cast, starts_at=NOON + timedelta(days=days))
    planned(cast, starts_at=NOON + timedelta(days=33))
    meetings = list(Meeting.objects.select_related("council"))

    assert sorted(leads_of(meetings).values()) == [10, 20, 30]
    page = signed_in(client, cast.police_member).get(
        reverse("meetings:council", args=[cast.council.ref])
    )
    assert "3 agendas have gone out this year. In time: 2." in page.text
    page = signed_in(client, cast.analyst).get(reverse("meetings:council", args=[cast.council.ref]))
    assert "gone out this year" not in page.text, "when it was sent is for those who were called"


def test_a_meeting_that_is_moved_after_it_was_called_is_measured_as_it_stands(cast):
    meeting = called(cast, starts_at=IN_THREE_WEEKS)
    api.move_meeting(
        meeting=meeting, starts_at=meeting.starts_at + timedelta(days=7), place="",
        ends_at=meeting.ends_at + timedelta(days=7), by=cast.secretary.actor, at=NOON,
    )  # fmt: skip
    meeting.refresh_from_db()

    assert lead_of(meeting) == 28


def test_in_time_is_the_day_itself():
    notice = Notice(14)

    assert notice.is_kept_by(14)
    assert not notice.is_kept_by(13)


def test_councils_with_nothing_to_look_at_are_folded(cast, client, district):
    page = signed_in(client, district.secretary).get(TOGETHER, {"year": 2027})
    years = page.context["years"]
    assert page.text.count('<details class="s-reveal s-plan__days">') == sum(
        not one.wants_a_look for one in years.each if one.shown
    )
    asked = posted(page)
    touched = years.each[4].rows.forms[1].prefix

    after = client.post(TOGETHER, {**asked, "do": f"later:{touched}"})

    assert [one.prefix for one in after.context["years"].each if one.was_touched] == [
        years.each[4].prefix
    ]
    assert after.text.count('s-plan__days" open') == page.text.count('s-plan__days" open') + 1


def test_a_council_with_a_wrong_day_is_open(cast, client, district):
    asked = posted(signed_in(client, district.secretary).get(TOGETHER, {"year": 2027}))
    day = next(name for name in asked if name.endswith("-1-day"))

    answer = client.post(TOGETHER, {**asked, day: "2027-12-25"})

    wrong = [one for one in answer.context["years"].each if one.wants_a_look]
    assert day.startswith(wrong[0].prefix)
    assert 's-plan__days" open' in answer.text
