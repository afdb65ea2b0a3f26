"""Everybody chooses what comes by mail, and how: on their own page or from the mail itself."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse

from samrad.kernel.clock import held_at, now
from samrad.kernel.verdict import Refused
from samrad.people.api import choose_mail
from samrad.people.models import Person
from samrad.people.rules import Delivery, MailKind, chosen_delivery
from samrad.post.choices import choice_path, kinds_of_the_day
from samrad.trail.api import event_codes_of
from tests.cast import NOON, Cast, signed_in

pytestmark = pytest.mark.django_db
CHOSEN = "people.mail_chosen"


def chosen_by(person: Person) -> dict[str, str]:
    return Person.objects.get(pk=person.pk).mail_choices


def test_who_has_not_chosen_gets_everything_at_once(cast: Cast) -> None:
    assert {cast.chair.person.delivery_of(kind) for kind in MailKind} == {Delivery.AT_ONCE}
    assert chosen_delivery({"tasks": "by pigeon"}, MailKind.TASKS) == Delivery.AT_ONCE


def test_the_page_keeps_what_was_chosen_and_the_trail_says_so(client: Client, cast: Cast) -> None:
    signed_in(client, cast.chair)
    answer = {f"mail-{kind}": "at_once" for kind in MailKind}
    answer |= {"mail-tasks": "daily", "mail-councils": "none"}

    page = client.post(reverse("people:mail"), answer, follow=True)

    assert chosen_by(cast.chair.person) == {"tasks": "daily", "councils": "none"}
    assert event_codes_of(cast.chair.person) == [CHOSEN]
    assert "From now on mail comes as you have chosen." in page.content.decode()
    account = client.get(reverse("people:account")).content.decode()
    (daily,) = re.findall(r'<input[^>]*name="mail-tasks" value="daily"[^>]*>', account)
    assert "checked" in daily
    assert "These mails come at once, whatever you choose" in account


def test_whichever_save_is_pressed_on_the_account_nothing_on_it_is_lost(
    client: Client, cast: Cast
) -> None:
    page = signed_in(client, cast.chair).get(reverse("people:account")).content.decode()
    fields = re.findall(r'<input[^>]*name="mail-[^>]*>', page)
    assert fields
    assert all('form="details"' in one for one in fields), "one form with the telephone number"
    answer = {f"mail-{kind}": "at_once" for kind in MailKind} | {"mail-tasks": "daily"}

    client.post(reverse("people:account"), {"phone": "22 33 44 55", "language": "nb", **answer})

    assert Person.objects.get(pk=cast.chair.person.pk).phone == "22 33 44 55"
    assert chosen_by(cast.chair.person) == {"tasks": "daily"}


def test_choosing_the_same_again_leaves_no_trace(cast: Cast) -> None:
    for _time in range(2):
        choose_mail(
            person=cast.chair.person, choices={MailKind.TASKS: Delivery.DAILY},
            by=cast.chair.actor, at=NOON,
        )  # fmt: skip

    assert event_codes_of(cast.chair.person) == [CHOSEN]


def test_a_choice_that_is_none_is_answered_in_words(client: Client, cast: Cast) -> None:
    signed_in(client, cast.chair)

    page = client.post(reverse("people:mail"), {"mail-tasks": "by pigeon"})

    assert page.status_code == 200
    assert "s-error" in page.content.decode() or "aria-invalid" in page.content.decode()
    assert chosen_by(cast.chair.person) == {}


def test_nobody_chooses_for_somebody_else(cast: Cast) -> None:
    with pytest.raises(Refused, match="Everybody chooses for themselves"):
        choose_mail(
            person=cast.police_member.person, choices={MailKind.TASKS: Delivery.NONE},
            by=cast.administrator.actor, at=NOON,
        )  # fmt: skip


def test_a_link_in_a_mail_chooses_with_one_press(client: Client, cast: Cast) -> None:
    person = cast.chair.person
    path = choice_path(person, [MailKind.TASKS], Delivery.NONE)

    page = client.get(path).content.decode()
    assert chosen_by(person) == {}, "opening a link changes nothing: programs open links too"
    assert "Tasks and reminders" in page
    assert "Once a day, in one mail" in page

    pressed = client.post(path, {"List-Unsubscribe": "One-Click"})
    assert pressed.status_code == 200, "a mail program follows no redirect"
    assert chosen_by(person) == {"tasks": "none"}
    assert "No such mail comes any more" in pressed.content.decode()


def test_the_link_of_the_daily_mail_is_about_what_comes_daily(client: Client, cast: Cast) -> None:
    person = cast.chair.person
    choices = {
        MailKind.TASKS: Delivery.DAILY, MailKind.MINUTES: Delivery.DAILY,
        MailKind.COUNCILS: Delivery.NONE,
    }  # fmt: skip
    choose_mail(person=person, choices=choices, by=cast.chair.actor, at=NOON)
    before = chosen_by(person)
    person.refresh_from_db()
    link = choice_path(person, kinds_of_the_day(person, []), Delivery.NONE)

    page = client.post(link, follow=True).content.decode()
    assert chosen_by(person) == {"tasks": "none", "minutes": "none", "councils": "none"}
    assert "News about councils" not in page, "what is switched off already is not its business"

    back = re.search(r'action="(/mail/[^"]+)">\s*<button[^>]*>Once a day, in one mail<', page)
    assert back is not None, "the same page takes it back"
    client.post(back[1])
    assert chosen_by(person) == before


def test_a_link_ends_with_time_and_with_the_persons_work(client: Client, cast: Cast) -> None:
    with held_at(now() - timedelta(days=401)):
        old = choice_path(cast.chair.person, [MailKind.TASKS], Delivery.NONE)
    gone = choice_path(cast.guest.person, [MailKind.TASKS], Delivery.NONE)
    Person.objects.filter(pk=cast.guest.person.pk).update(left_date=NOON.date() - timedelta(days=9))

    for path in (gone, old[:-4] + "zzz/"):
        assert client.post(path).status_code == 404
    assert chosen_by(cast.chair.person) == chosen_by(cast.guest.person) == {}
