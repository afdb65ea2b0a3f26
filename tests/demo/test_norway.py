"""One country of the demo, loaded as `samrad demo` does: quick enough for every run."""

from __future__ import annotations

import pytest
from django.core.management import CommandError, call_command

from samrad.areas.models import Area
from samrad.cooperation.models import Council
from samrad.cooperation.rules import CouncilState
from samrad.followup.models import Task
from samrad.gatherings.models import SentOn, ThemeDay
from samrad.gatherings.rules import ThemeDayState
from samrad.kernel.clock import now, today
from samrad.meetings.models import AgendaItem, Called, Minutes
from samrad.meetings.rules import MinutesState
from samrad.people.demo import account_of
from samrad.people.models import DemoMarker, DemoPerson, Person
from samrad.people.queries.contact import who_to_call_now
from samrad.post.models import Message
from samrad.post.rules import MessageState
from samrad.site.demo.mailbox import letters
from samrad.trail.verify import verify
from samrad.work.api import queue_figures
from tests.cast import actor_of_person
from tests.demo import invariants

pytestmark = [pytest.mark.slow, pytest.mark.once]

COUNTRIES = ("no",)


def person(name: str) -> Person:
    return Person.objects.get(name=name)


def home(client, name: str):
    client.logout()
    client.force_login(
        account_of(DemoPerson.objects.get(person__name=name)),
        backend="samrad.people.backends.AccountBackend",
    )
    return client.get("/")


def test_the_year_is_whole(demo):
    assert demo > 80
    invariants.check_meetings()
    invariants.check_tasks()
    invariants.check_what_was_followed_up()
    invariants.check_nobody_is_real()
    invariants.check_the_record()


def test_the_record_of_it_verifies(demo):
    assert verify().whole


def test_loading_it_again_changes_nothing(demo, capsys):
    before = Message.objects.count(), Task.objects.count(), DemoMarker.objects.count()
    call_command("load_demo")
    assert "there already" in capsys.readouterr().out
    assert (Message.objects.count(), Task.objects.count(), DemoMarker.objects.count()) == before


def test_it_is_not_loaded_over_somebodys_own_data(demo):
    DemoMarker.objects.all().delete()
    with pytest.raises(CommandError, match="empty"):
        call_command("load_demo")


def test_no_mail_of_the_past_is_sent_as_news(demo):
    ended = {MessageState.SENT, MessageState.WITHHELD}  # what was over by then was not sent
    assert set(Message.objects.values_list("state", flat=True)) == ended
    assert queue_figures(now()).waiting == 0
    for message in Message.objects.all():
        assert (message.settled_at - message.queued_at).total_seconds() < 120


def test_the_mail_lies_in_the_mailbox(demo, mail_folder, settings):
    settings.EMAIL_FILE_PATH = str(mail_folder)
    found = letters()
    assert len(found) == Message.objects.filter(state=MessageState.SENT).count()
    assert found == sorted(found, key=lambda letter: letter.sent_at, reverse=True)
    assert all(letter.to.endswith("@example.org") and letter.text for letter in found)
    to_maja = letters(to=person("Maja Prøvestad").email)
    assert 0 < len(to_maja) < len(found)


def test_restricted_words_are_in_no_mail(demo, mail_folder, settings):
    settings.EMAIL_FILE_PATH = str(mail_folder)
    secret = AgendaItem.objects.get(classification="restricted")
    everything = "\n".join(letter.subject + letter.text for letter in letters())
    assert "Uro på Vinterbro" not in everything  # internal
    assert "Sykkeltyverier ved stasjonen" in everything  # open
    assert secret.title not in everything


def test_the_restricted_item_is_for_few(demo):
    seen = {
        name: AgendaItem.objects.visible_to(actor_of_person(person(name), today()))
        .filter(classification="restricted")
        .exists()
        for name in (
            "Stein Oppdiktet", "Didrik Prøvemo", "Sara Eksempelsen", "Maja Prøvestad",
            "Tone Diktestad", "Gro Fiksjon", "Sindre Nabovik", "Anna Distriktsen",
        )
    }  # fmt: skip
    assert {name for name, sees in seen.items() if sees} == {
        "Stein Oppdiktet", "Didrik Prøvemo", "Sara Eksempelsen", "Maja Prøvestad",
    }  # fmt: skip


def test_who_cannot_come_has_named_somebody(demo):
    excused = Called.objects.get(person=person("Berit Fantasivik"), meeting__starts_at__gt=now())
    assert (excused.answer, excused.stand_in) == ("declined", "Ingrid Tenkeby, barnevernkonsulent")


def test_a_project_group_has_done_its_work_and_said_so(demo):
    group = Council.objects.get(tier="prosjektgruppe")
    assert group.state == CouncilState.ENDED
    assert group.mandate
    assert "hjertesoner" in group.final_report.text
    assert group.final_report.advice
    assert group.final_report.delivered_at.date() < group.ended_date


def test_a_theme_day_has_been_and_every_outcome_went_somewhere(demo):
    day = ThemeDay.objects.get()
    assert day.state == ThemeDayState.DONE
    sent = SentOn.objects.filter(workshop__theme_day=day)
    assert all(workshop.outcome for workshop in day.workshops.all())
    assert [bool(one.proposal) for one in sent.order_by("workshop__order")] == [True, False]
    assert sent.get(proposal=None).task.deadline_date > today()


def test_somebody_answers_while_the_police_contact_is_away(demo):
    aas = Area.objects.municipalities().get(country="no", code="3218")
    contact = who_to_call_now(aas, today())
    assert contact.now.name == "Vidar Papirås"
    assert [place.name for place in contact.stands_in_for] == ["Pia Påfunn"]


@pytest.mark.parametrize(
    ("name", "first"),
    [
        ("Maja Prøvestad", "meetings/"),
        ("Sara Eksempelsen", "/send/"),
        ("Stein Oppdiktet", "tasks/"),
        ("Tone Diktestad", "tasks/"),
        ("Pia Påfunn", "tasks/"),
        ("Gro Fiksjon", "meetings/"),
        ("Anna Distriktsen", "analyses/"),
        ("Nora Riksheim", "councils/"),
        ("Ada Driftsen", "people/"),
    ],
)
def test_everybodys_first_screen_has_an_obvious_next_step(demo, client, name, first):
    page = home(client, name)
    assert first in page.context["first"].url


def test_homes_show_the_tasks_of_their_people(demo, client):
    for row in DemoPerson.objects.select_related("person"):
        page = home(client, row.person.name).content.decode()
        for task in Task.objects.open().filter(responsible_person=row.person):
            if (task.deadline_date - today()).days <= 14:
                assert task.title in page, (row.person, task)


def test_homes_ask_the_database_little(demo, client, django_assert_max_num_queries):
    for row in DemoPerson.objects.select_related("person__user"):
        account = account_of(row)
        client.force_login(account, backend="samrad.people.backends.AccountBackend")
        with django_assert_max_num_queries(12, info=row.person.name):
            assert client.get("/").status_code == 200


def test_a_covering_level_sees_states_and_no_drafts(demo, client):
    page = home(client, "Anna Distriktsen")
    names = [one.council.name for one in page.context["overseen"]]
    assert names[0] == "Politirådet i Nordre Follo"  # what lacks most stands first
    assert set(names) == {
        "Politirådet i Ås", "Positivt oppvekstmiljø (POM)", "Arbeidsgruppen for trygge kvelder",
        "Politirådet i Nordre Follo",
    }  # fmt: skip
    assert page.context["wanting"] >= 1
    assert "Uro på Vinterbro" not in page.content.decode()


def test_the_neighbour_sees_nothing_of_aas(demo, client):
    page = home(client, "Sindre Nabovik").content.decode()
    assert "Nordre Follo" in page
    assert "Politirådet i Ås" not in page


def test_the_chair_approves_and_the_decisions_bind(demo, client):
    from samrad.meetings import api

    waiting = Minutes.objects.get(
        state=MinutesState.CIRCULATED, meeting__council__name="Politirådet i Ås"
    )
    maja = actor_of_person(person("Maja Prøvestad"), today())
    api.approve_minutes(minutes=waiting, by=maja, at=now())
    assert all(decision.state == "binding" for decision in api.decisions_of(waiting.meeting))
