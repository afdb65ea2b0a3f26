"""Pages about people: who finds what, what one can do there, and how much it costs."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.urls import reverse

from samrad.kernel.clock import held_at, now
from samrad.kernel.verdict import Refused
from samrad.people.actions.accounts import accept_invitation, invite_person
from samrad.people.actions.persons import change_person
from samrad.people.models import (
    Absence,
    Appointment,
    ContactPost,
    ExplicitGrant,
    Invitation,
    Organisation,
    Person,
)
from samrad.people.permissions import may_change_person, may_see_contact
from samrad.people.queries.directory import found_people
from samrad.trail.api import event_codes_of
from samrad.ui import formats
from tests.cast import NOON, SINCE, TODAY, signed_in

pytestmark = pytest.mark.slow


@pytest.fixture(autouse=True)
def clock():
    with held_at(NOON):
        yield


def person_url(who, name="person"):
    return reverse(f"people:{name}", args=[who.person.ref])


def texts(response):
    return response.content.decode()


@pytest.fixture
def crowd(cast):
    """A hundred more colleagues in Ås."""
    people = Person.objects.bulk_create(
        Person(name=f"Kollega {number:03}", folded=f" kollega {number:03}") for number in range(100)
    )
    Appointment.objects.bulk_create(
        Appointment(
            person=person, organisation=cast.no.kommune, role="service_head", from_date=SINCE
        )
        for person in people
    )
    return people


# The directory ----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("maja", {"Maja Prøvestad"}),
        ("provestad", {"Maja Prøvestad"}),
        ("ordforer as", {"Maja Prøvestad"}),
        ("ordfører", {"Maja Prøvestad", "Oda Nabostrand", "Mads Prøvegaard", "Karin Påhittad"}),
        ("nordre follo", {"Sindre Nabovik", "Oda Nabostrand"}),
        ("politikontakt", {"Pia Påfunn", "Nils Nabodal"}),
        ("nobody at all", set()),
        ("%", None),
    ],
)
def test_people_are_found_by_name_organisation_and_role(cast, client, text, found):
    page = signed_in(client, cast.chair).get(reverse("people:list"), {"q": text})

    names = {person.name for person in page.context["page"]}
    if found is None:  # nothing to search for: everybody
        assert len(names) > 20
    else:
        assert names == found


def test_the_directory_costs_the_same_for_ten_people_and_for_a_hundred(
    cast, crowd, client, django_assert_max_num_queries
):
    signed_in(client, cast.chair)
    with django_assert_max_num_queries(10):
        page = client.get(reverse("people:list"))

    assert len(page.context["page"].object_list) == 40


def test_somebody_who_has_left_is_not_in_the_directory(cast, client):
    Person.objects.filter(pk=cast.guest.person.pk).update(left_date=TODAY - timedelta(days=1))

    page = signed_in(client, cast.chair).get(reverse("people:list"), {"q": "Fiksjon"})
    assert list(page.context["page"]) == []


def test_a_withheld_name_is_nowhere_in_what_a_colleague_sees(cast, client):
    Person.objects.filter(pk=cast.police_member.person.pk).update(name_withheld=True)
    signed_in(client, cast.director)

    assert client.get(person_url(cast.police_member)).status_code == 404
    for url in (
        reverse("people:list"),
        cast.no.station.get_absolute_url(),
        reverse("people:contact", args=[cast.no.home.ref]),
    ):
        page = client.get(url)
        assert page.status_code == 200
        assert "Pia Påfunn" not in texts(page)


# A person, an organisation ----------------------------------------------------------------------


@pytest.mark.parametrize("who", ["chair", "secretary", "administrator", "guest"])
def test_the_page_of_a_person_is_bounded(cast, client, django_assert_max_num_queries, who):
    for year in range(10):
        Appointment.objects.create(
            person=cast.director.person, organisation=cast.no.kommune, role="service_head",
            from_date=SINCE - timedelta(days=365 * (year + 2)),
            to_date=SINCE - timedelta(days=365 * (year + 1) + 1),
        )  # fmt: skip
    invite_person(person=cast.director.person, by=cast.administrator.actor, at=NOON)
    signed_in(client, cast.everybody[who])
    with django_assert_max_num_queries(12):  # one of them: whose names the history must not tell
        page = client.get(person_url(cast.director))

    assert len(page.context["earlier"]) == 10
    keeps = who in {"secretary", "administrator"}
    assert ("invited Didrik Prøvemo" in texts(page)) == keeps


def test_the_page_of_a_police_contact_is_bounded_for_everybody(
    cast, client, django_assert_max_num_queries
):
    """With a history, an invitation, an absence and several chains that the role stands in."""
    who = cast.police_member.person
    invite_person(person=who, by=cast.administrator.actor, at=NOON)
    Absence.objects.create(person=who, from_date=TODAY, to_date=TODAY)
    for area in (cast.no.next_door, cast.no.district):
        ContactPost.objects.create(
            area=area, organisation=cast.no.station, role="police_contact", order=1
        )
    for name, reader in cast.everybody.items():
        signed_in(client, reader)
        with django_assert_max_num_queries(12, info=name):
            page = client.get(person_url(cast.police_member))
        contact = page.context["contact"]
        assert contact is None or may_see_contact(reader.actor, contact.area)
        assert (contact is None) == name.startswith(("dk.", "se.", "other_analyst")), name


def test_somebody_with_a_role_by_name_is_changed_by_administrators_alone(cast, client):
    offered = {}
    for who in ("secretary", "administrator"):
        page = signed_in(client, cast.everybody[who]).get(person_url(cast.director))
        offered[who] = bool(page.context["may_change"])
    assert offered == {"secretary": True, "administrator": True}

    ExplicitGrant.objects.create(
        person=cast.director.person, role="administrator", reason="x", from_date=SINCE
    )
    page = signed_in(client, cast.secretary).get(person_url(cast.director))
    assert not page.context["may_change"]
    assert not may_change_person(cast.secretary.actor, cast.director.person)


def test_who_also_works_elsewhere_from_next_week_is_not_changed_by_one_keeper(cast, client):
    post = Appointment.objects.create(
        person=cast.director.person, organisation=cast.no.next_kommune, role="service_head",
        from_date=TODAY + timedelta(days=7),
    )  # fmt: skip
    signed_in(client, cast.secretary)
    assert not client.get(person_url(cast.director)).context["may_change"]

    Appointment.objects.filter(pk=post.pk).update(
        from_date=SINCE, to_date=TODAY - timedelta(days=1)
    )
    assert client.get(person_url(cast.director)).context["may_change"]


@pytest.mark.parametrize("who", ["chair", "secretary", "administrator"])
def test_the_page_of_an_organisation_is_bounded(
    cast, crowd, client, django_assert_max_num_queries, who
):
    signed_in(client, cast.everybody[who])
    with django_assert_max_num_queries(12):
        page = client.get(cast.no.kommune.get_absolute_url())

    assert "Kollega 099" in texts(page)


def test_only_those_who_keep_people_there_are_offered_to_change_them(cast, client):
    offers = {}
    for who in ("chair", "secretary", "stranger", "analyst", "administrator"):
        page = signed_in(client, cast.everybody[who]).get(cast.no.kommune.get_absolute_url())
        offers[who] = "/holder/" in texts(page)

    assert offers == {
        "chair": False, "secretary": True, "stranger": False, "analyst": False,
        "administrator": True,
    }  # fmt: skip


# Changing who holds a role ----------------------------------------------------------------------


def holder_url(cast):
    return reverse("people:change_holder", args=[cast.chair.appointment.ref])


def test_the_secretary_records_the_new_mayor_on_one_page(cast, client):
    signed_in(client, cast.secretary)
    page = client.post(
        holder_url(cast),
        {"name": "  Ny   Nyvalgt ", "email": "NY@example.org", "from_date": TODAY.isoformat()},
    )

    assert page.status_code == 302, page.context["form"].errors
    newcomer = Person.objects.get(email="ny@example.org")
    assert newcomer.name == "Ny Nyvalgt"
    assert [a.role for a in Appointment.objects.on(TODAY).filter(person=newcomer)] == ["mayor"]
    assert not Appointment.objects.on(TODAY).filter(person=cast.chair.person).exists()
    assert page["Location"] == newcomer.get_absolute_url()
    assert "Invite to sign in" in client.get(page["Location"]).text, "the next step"


def test_somebody_who_is_here_already_is_chosen_by_searching(cast, client):
    signed_in(client, cast.secretary)
    page = client.get(holder_url(cast), {"q": "didrik"})
    assert [person.name for person in page.context["matches"]] == ["Didrik Prøvemo"]

    data = {"person": str(cast.director.person.ref), "from_date": TODAY.isoformat()}
    assert client.post(holder_url(cast), data).status_code == 302
    assert Appointment.objects.on(TODAY).get(role="mayor", organisation=cast.no.kommune).person == (
        cast.director.person
    )


def test_a_refusal_is_told_beside_the_answers_and_nothing_is_kept(cast, client):
    signed_in(client, cast.secretary)
    page = client.post(
        holder_url(cast),
        {"name": "Ny Nyvalgt", "email": "ny@example.org", "from_date": SINCE.isoformat()},
    )

    assert page.status_code == 200
    assert "must begin after" in texts(page)
    assert not Person.objects.filter(email="ny@example.org").exists()


@pytest.mark.parametrize(("who", "status"), [("stranger", 403), ("chair", 404), ("analyst", 404)])
def test_others_cannot_change_the_mayor(cast, client, who, status):
    signed_in(client, cast.everybody[who])
    data = {"name": "Ny", "from_date": TODAY.isoformat()}

    assert client.post(holder_url(cast), data).status_code == status
    assert Appointment.objects.on(TODAY).get(role="mayor", organisation=cast.no.kommune).person == (
        cast.chair.person
    )


@pytest.mark.parametrize("given", ["nonsense", "0", "%00"])
def test_a_reference_that_is_none_is_not_found(cast, client, given):
    page = signed_in(client, cast.secretary).get(holder_url(cast), {"person": given})

    assert page.status_code == 404


def test_a_role_is_given_on_the_organisations_page(cast, client):
    signed_in(client, cast.secretary)
    url = reverse("people:appoint", args=[cast.no.kommune.ref])
    roles = dict(client.get(url).context["form"].fields["role"].choices)
    assert roles["sector_head"] == "head of sector (kommunalsjef)"
    assert "station_chief" not in roles

    data = {"name": "Ny Kollega", "role": "sector_head", "from_date": TODAY.isoformat()}
    assert client.post(url, data).status_code == 302
    assert Appointment.objects.filter(person__name="Ny Kollega", role="sector_head").exists()


def test_absence_leaving_and_ending_a_role_by_form(cast, client):
    signed_in(client, cast.secretary)
    day = TODAY.isoformat()
    away = {"absence-from_date": day, "absence-to_date": day}
    assert client.post(person_url(cast.director, "absence"), away).status_code == 302
    assert Absence.objects.filter(person=cast.director.person).count() == 1

    bad = {"absence-from_date": "31.12", "absence-to_date": ""}
    assert client.post(person_url(cast.director, "absence"), bad).status_code == 200

    end = reverse("people:end_role", args=[cast.director.appointment.ref])
    ended = client.post(end, {"to_date": day}, follow=True).text
    since = formats.day(cast.director.appointment.from_date)
    assert f"<span>{since} to {formats.day(TODAY)}</span>" in ended
    assert client.post(person_url(cast.guest, "leave"), {"leave-to_date": day}).status_code == 302
    assert Person.objects.get(pk=cast.guest.person.pk).left_date == TODAY


def test_a_deputy_is_promised_only_to_those_the_municipality_calls(cast, client):
    away = {"absence-from_date": TODAY.isoformat(), "absence-to_date": TODAY.isoformat()}
    promise, told = "whoever stands in", "The others see"
    for who, said, other in (
        (cast.police_member, promise, told),
        (cast.director, told, promise),
    ):
        page = signed_in(client, who).get(reverse("people:account")).content.decode()
        assert said in page
        assert other not in page
        answer = client.post(person_url(who, "absence"), away, follow=True).content.decode()
        assert said in answer
        assert other not in answer


def test_an_invitation_can_be_sent_and_withdrawn_from_the_persons_page(cast, client):
    signed_in(client, cast.secretary)
    assert client.post(person_url(cast.guest, "invite")).status_code == 302
    invitation = Invitation.objects.get(person=cast.guest.person)

    withdraw = reverse("people:withdraw", args=[invitation.ref])
    assert signed_in(client, cast.stranger).post(withdraw).status_code == 403
    assert signed_in(client, cast.secretary).post(withdraw).status_code == 302
    invitation.refresh_from_db()
    assert invitation.withdrawn_at is not None
    Person.objects.filter(pk=cast.guest.person.pk).update(user=None)
    page = client.get(cast.guest.person.get_absolute_url()).text
    assert "and there is no account yet." in page


def test_an_invitation_that_went_to_a_wrong_address_lets_nobody_in(cast, client):
    """Whoever reads the wrong mailbox is not the person."""
    guest, by = cast.guest.person, cast.secretary.actor
    sent = invite_person(person=guest, by=by, at=now())

    change_person(person=guest, name=guest.name, email="riktig@example.org", by=by, at=now())

    sent.refresh_from_db()
    assert sent.withdrawn_at is not None
    with pytest.raises(Refused, match="withdrawn"):
        accept_invitation(invitation=sent, password="korrekt hest batteri stift", at=now())
    assert event_codes_of(guest)[-1] == "people.invitation_withdrawn"
    again = invite_person(person=guest, by=by, at=now())
    Person.objects.filter(pk=guest.pk).update(email="enda.en@example.org")
    with pytest.raises(Refused, match="withdrawn"):
        accept_invitation(invitation=again, password="korrekt hest batteri stift", at=now())


# Whom to call -----------------------------------------------------------------------------------


def test_everybody_in_the_municipality_sees_whom_to_call_and_a_stranger_sees_nothing(cast, client):
    url = reverse("people:contact", args=[cast.no.home.ref])
    answers = {
        name: signed_in(client, who).get(url).status_code for name, who in cast.everybody.items()
    }

    assert {name for name, status in answers.items() if status == 200} == {
        "chair", "director", "secretary", "station_chief", "police_member", "vice_police", "guest",
        "analyst", "national_officer", "administrator",
    }  # fmt: skip
    assert set(answers.values()) == {200, 404}


def test_the_page_has_a_number_to_press(cast, client, django_assert_max_num_queries):
    signed_in(client, cast.guest)
    with django_assert_max_num_queries(12):
        page = client.get(reverse("people:contact", args=[cast.no.home.ref]))

    assert 'href="tel:00000000"' in texts(page)
    assert "Pia Påfunn" in texts(page)


def test_the_way_to_the_page_is_on_the_pages_of_colleagues_and_their_organisation(cast, client):
    for who, offered in (("chair", True), ("stranger", False)):
        signed_in(client, cast.everybody[who])
        for url in (cast.director.person.get_absolute_url(), cast.no.kommune.get_absolute_url()):
            link = reverse("people:contact", args=[cast.no.home.ref])
            assert (link in texts(client.get(url))) is offered


def test_the_coordinator_chooses_the_unit(cast, client):
    url = reverse("people:set_contact", args=[cast.no.next_door.ref])
    signed_in(client, cast.stranger)
    units = client.get(url).context["form"].fields["unit"].queryset
    assert {unit.name for unit in units} == {
        "Follo politistasjon", "Øst politidistrikt", "Politidirektoratet",
    }  # fmt: skip

    assert client.post(url, {"unit": cast.no.next_station.pk}).status_code == 302
    page = client.get(reverse("people:contact", args=[cast.no.next_door.ref]))
    assert "Nils Nabodal" in texts(page)


# Texts ------------------------------------------------------------------------------------------


def test_an_identity_number_is_refused_in_a_name(cast, client):
    from tests.ui.test_fields import synthetic_number

    number = synthetic_number()
    signed_in(client, cast.secretary)
    url = person_url(cast.director, "details")
    page = client.post(url, {"name": f"Didrik {number}", "email": ""})

    assert page.status_code == 200
    assert number not in texts(page)
    assert Person.objects.get(pk=cast.director.person.pk).name == "Didrik Prøvemo"


def test_organisations_are_listed_and_found(cast, client, django_assert_max_num_queries):
    signed_in(client, cast.chair)
    with django_assert_max_num_queries(10):
        page = client.get(reverse("people:organisations"), {"q": "as kommune"})

    assert [organisation.name for organisation in page.context["page"]] == ["Ås kommune"]
    assert Organisation.objects.count() > 5


def test_a_colleagues_history_is_for_those_who_keep_the_person(client, cast):
    url = cast.police_member.person.get_absolute_url()

    assert "history" in signed_in(client, cast.secretary).get(url).context
    assert "history" in signed_in(client, cast.police_member).get(url).context
    assert "history" not in signed_in(client, cast.stranger).get(url).context
    assert "history" not in signed_in(client, cast.station_chief).get(url).context


def test_those_of_the_readers_own_country_come_first_in_the_directory(cast):
    found = found_people(cast.secretary.actor, text="", on=TODAY)

    abroad = [all(post.organisation.country != "no" for post in one.posts) for one in found]
    assert True in abroad
    assert abroad == sorted(abroad)
