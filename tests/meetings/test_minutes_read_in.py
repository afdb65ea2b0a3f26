"""Minutes from before: read, looked through, taken over as a draft that is approved as usual."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from samrad.cooperation.models import Seat
from samrad.documents.models import StoredFile
from samrad.followup.models import Decision, Task
from samrad.followup.rules import DecisionState
from samrad.kernel.clock import held_at
from samrad.meetings.models import Meeting, Minutes, MinutesReading
from samrad.meetings.rules import MeetingState, MinutesState, Presence
from samrad.meetings.rules.minutes import LONGEST_TEXT
from samrad.people.models import Appointment
from samrad.reading.minutes import ReadMinutes
from samrad.trail.api import event_codes_of
from tests.cast import NOON, TODAY, Cast, person, signed_in
from tests.documents.made_files import AUTHOR, docx_of, names_in, part_of, with_parts
from tests.everywhere.forms_on_a_page import read
from tests.meetings.bricks import called

pytestmark = pytest.mark.django_db
IN_SPRING = NOON - timedelta(days=240)
PAPER = Path(__file__).parents[1] / "reading/minutes/no_politiraad.txt"


def handed_over(client: Client, cast: Cast, data: bytes | None = None) -> Any:
    file = SimpleUploadedFile("referat.txt", PAPER.read_bytes() if data is None else data)
    url = reverse("meetings:read_in", args=[cast.council.ref])
    return signed_in(client, cast.secretary).post(url, {"file": file}, follow=True)


def taken_over(client: Client, cast: Cast, **instead: str) -> Any:
    page = handed_over(client, cast)
    form = next(
        one for one in read(page.content.decode()).forms if one.action.endswith("/take-over/")
    )
    return client.post(form.action, form.sent(**instead), follow=True)


def test_what_was_read_is_shown_before_anything_counts(client: Client, cast: Cast) -> None:
    page = handed_over(client, cast).content.decode()

    assert "Uro rundt stasjonen" in page
    assert "Natteravnene går to runder" in page
    assert not Meeting.objects.exists()
    assert MinutesReading.objects.get().read_by == cast.secretary.person


def test_taken_over_they_are_a_draft_with_decisions_and_tasks(client: Client, cast: Cast) -> None:
    with held_at(IN_SPRING):  # before the deadlines the minutes set have passed
        answer = taken_over(client, cast)

    assert answer.status_code == 200
    meeting = Meeting.objects.get()
    assert meeting.state == MeetingState.CALLED
    assert meeting.starts_at.isoformat() == "2026-03-12T08:00:00+00:00"
    assert Minutes.objects.get().state == MinutesState.DRAFT
    assert [item.title for item in meeting.items.all()][1] == "Uro rundt stasjonen"
    assert {one.state for one in Decision.objects.all()} == {DecisionState.DRAFTED}
    task = Task.objects.get(responsible_person=cast.guest.person)
    assert task.deadline_date == date(2026, 6, 1)
    assert "minutes.taken_over" in event_codes_of(meeting)


def test_who_was_there_is_found_among_the_seats_of_that_day(client: Client, cast: Cast) -> None:
    taken_over(client, cast)

    meeting = Meeting.objects.get()
    noted = {one.seat_id: one.presence for one in meeting.attendance.all()}
    seat = {one.role: one.pk for one in Seat.objects.filter(council=cast.council)}
    assert noted[seat["mayor"]] == Presence.PRESENT
    assert noted[seat["police_contact"]] == Presence.PRESENT
    assert noted[seat["partner_representative"]] == Presence.EXCUSED


def test_nothing_is_taken_over_when_what_was_answered_is_not_kept(
    client: Client, cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    def out_of_order(*_given: Any, **_named: Any) -> None:
        raise RuntimeError

    monkeypatch.setattr("samrad.meetings.views.readings.note_answers", out_of_order)
    with pytest.raises(RuntimeError):
        taken_over(client, cast)

    assert not Meeting.objects.exists()
    assert MinutesReading.objects.get().meeting is None


def test_an_item_without_its_tick_stays_behind(client: Client, cast: Cast) -> None:
    taken_over(client, cast, item_2="")

    assert Meeting.objects.get().items.count() == 3


def test_the_same_day_is_not_taken_twice(client: Client, cast: Cast) -> None:
    taken_over(client, cast)
    again = taken_over(client, cast)

    assert again.status_code == 422
    assert "has a meeting on that day already" in again.content.decode()
    assert Meeting.objects.count() == 1


def test_minutes_of_a_day_to_come_are_refused(client: Client, cast: Cast) -> None:
    answer = taken_over(client, cast, day="2027-03-12")

    assert answer.status_code == 422
    assert "a meeting that has been" in answer.content.decode()
    assert not Meeting.objects.exists()


def test_a_birth_number_in_the_file_keeps_it_out(client: Client, cast: Cast) -> None:
    page = handed_over(client, cast, b"1. Sak\nGjelder 01010750160.").content.decode()

    assert "identity number" in page
    assert "01010750160" not in page
    assert not MinutesReading.objects.exists()


def test_a_file_without_items_says_what_to_do(client: Client, cast: Cast) -> None:
    page = handed_over(client, cast, "Hei på deg".encode())

    assert page.status_code == 422
    assert "No items were found" in page.content.decode()


def test_what_is_kept_says_no_longer_who_made_it(client: Client, cast: Cast) -> None:
    handed_over(client, cast, docx_of(*PAPER.read_text(encoding="utf-8").splitlines()))

    kept = StoredFile.objects.get().content.read()
    assert AUTHOR.encode() not in b"".join(part_of(kept, name) for name in names_in(kept))


def test_a_file_with_another_inside_it_is_refused_in_words(client: Client, cast: Cast) -> None:
    word = docx_of(*PAPER.read_text(encoding="utf-8").splitlines())
    object_inside = {"word/embeddings/oleObject1.bin": b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"}
    page = handed_over(client, cast, with_parts(word, object_inside))

    assert page.status_code == 422
    assert "Another file lies inside it" in page.content.decode()
    assert not StoredFile.objects.exists()


def test_discarded_it_leaves_nothing(client: Client, cast: Cast) -> None:
    handed_over(client, cast)
    reading = MinutesReading.objects.get()
    client.post(reverse("meetings:discard_reading", args=[reading.ref]))

    reading.refresh_from_db()
    assert (reading.state, reading.file, reading.result) == ("discarded", None, {})
    assert not StoredFile.objects.exists()
    assert client.get(reading.get_absolute_url()).status_code == 403
    assert not Meeting.objects.exists()


def test_that_names_can_be_left_open_is_said_once_for_them_all(client: Client, cast: Cast) -> None:
    handed_over(client, cast)
    page = client.get(MinutesReading.objects.get().get_absolute_url())

    seats = page.context["form"].seats()
    assert len(seats) > 3
    assert not [seat for seat in seats if "optional" in seat.as_field_group()]
    assert page.text.count("can stay as not noted") == 1


def test_the_page_is_bounded(
    client: Client, cast: Cast, django_assert_max_num_queries: Any
) -> None:
    handed_over(client, cast)
    url = MinutesReading.objects.get().get_absolute_url()
    client.get(url)
    with django_assert_max_num_queries(12):
        client.get(url)


def test_nothing_says_how_long_ahead_an_agenda_of_minutes_read_in_went_out(
    client: Client, cast: Cast
) -> None:
    taken_over(client, cast)
    sent = called(cast, starts_at=NOON + timedelta(days=20))
    at = reverse("meetings:council", args=[cast.council.ref])

    with held_at(NOON):
        page = signed_in(client, cast.secretary).get(at, {"year": 2026})

    assert {one.pk for one in page.context["meetings"]} == {one.pk for one in Meeting.objects.all()}
    assert page.context["leads"] == {sent.pk: 20}
    assert page.context["in_time"] == 1


def confirming(client: Client, cast: Cast, data: bytes | None = None) -> Any:
    page = handed_over(client, cast, data).content.decode()
    return next(one for one in read(page).forms if one.action.endswith("/take-over/"))


def test_what_was_due_long_ago_is_done_or_no_task_unless_somebody_is_chosen(
    client: Client, cast: Cast
) -> None:
    form = confirming(client, cast)
    page = client.get(MinutesReading.objects.get().get_absolute_url()).content.decode()
    assert "Done, or no task" in page

    client.post(form.action, form.sent(), follow=True)

    assert not Task.objects.filter(deadline_date__lt=TODAY).exists()
    with_decisions = Meeting.objects.get().items.filter(kind="decision")
    assert with_decisions.filter(needs_no_task=True).exists()


def test_what_old_minutes_set_no_deadline_for_is_given_to_nobody_unless_somebody_is_chosen(
    client: Client, cast: Cast
) -> None:
    paper = PAPER.read_text(encoding="utf-8").replace(" Frist: 1. juni", "")
    chosen = f"p:{cast.guest.person.ref}"
    assert [chosen] in confirming(client, cast, paper.encode()).sent().values()

    old = paper.replace("torsdag 12. mars 2026", "tirsdag 5. november 2024")
    assert [chosen] not in confirming(client, cast, old.encode()).sent().values()


def test_who_sat_there_on_the_day_that_is_filled_in_is_offered(client: Client, cast: Cast) -> None:
    appointment = cast.chair.appointment
    assert appointment is not None
    Appointment.objects.filter(pk=appointment.pk).update(from_date=date(2025, 1, 1))
    before = person(cast.no, "before", "Nora Tidligere", appointment.organisation, "mayor")
    Appointment.objects.filter(pk=before.appointment.pk).update(  # type: ignore[union-attr]
        to_date=date(2024, 12, 31)
    )
    form = confirming(client, cast)
    place = {"day": "2024-11-05", "place": "Gamle rådhus"}

    looked = client.post(form.action, {**form.sent(**place), "look": "yes"})

    page = looked.content.decode()
    assert looked.status_code == 200
    assert "Nora Tidligere" in page
    assert "Gamle rådhus" in page
    assert not Meeting.objects.exists()
    again = next(one for one in read(page).forms if one.action.endswith("/take-over/"))
    client.post(again.action, again.sent(), follow=True)
    seat = cast.council.seats.get(role="mayor")
    assert Meeting.objects.get().attendance.get(seat=seat).person == before.person


def test_a_text_longer_than_an_item_holds_becomes_several_that_can_be_saved(
    client: Client, cast: Cast
) -> None:
    said = "\n\n".join(f"Avsnitt {n}. " + "Det ble sagt mye om lyset. " * 30 for n in range(70))
    assert len(said) > LONGEST_TEXT
    paper = PAPER.read_text(encoding="utf-8")
    first = next(one for one in ReadMinutes.from_json(_result(client, cast)).items if one.text)
    form = confirming(
        client, cast, paper.replace(first.text[:40], f"{said}\n\n{first.text[:40]}").encode()
    )
    with held_at(IN_SPRING):
        client.post(form.action, form.sent(), follow=True)

    texts = [one.minutes_text for one in Meeting.objects.get().items.all()]
    assert max(len(one) for one in texts) <= LONGEST_TEXT
    whole = " ".join(texts)
    assert all(f"Avsnitt {n}." in whole for n in range(70))


def _result(client: Client, cast: Cast) -> Any:
    handed_over(client, cast)
    return MinutesReading.objects.latest("pk").result
