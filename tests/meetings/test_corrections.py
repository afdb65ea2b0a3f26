"""Approved minutes are put right as a new version, approved by the same rule; nothing is silent."""

from __future__ import annotations

from datetime import date
from uuid import uuid4

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse
from hypothesis import given, settings
from hypothesis import strategies as st

from samrad.cooperation.models import Seat
from samrad.followup.api import waiting_for
from samrad.followup.models import Decision
from samrad.followup.rules import DecisionState
from samrad.kernel.clock import held_at
from samrad.kernel.verdict import Refused
from samrad.meetings import api
from samrad.meetings.actions.corrections import part_mark
from samrad.meetings.models import Attendance, Correction, MinutesVersion
from samrad.meetings.rules import CorrectionState, PartKind, Presence
from samrad.meetings.rules.differences import Change, differences
from samrad.meetings.rules.said import said_from_json
from samrad.post.models import Message
from samrad.trail.models import TrailEntry
from tests.cast import NOON, signed_in
from tests.meetings.bricks import (
    approved,
    circulated,
    decide,
    item_on,
    planned,
    restricted_on,
    sent_out,
    written,
)
from tests.support.examples import tries


@pytest.fixture(autouse=True)
def noon():
    with held_at(NOON):
        yield


@pytest.fixture
def minutes(cast):
    """Approved minutes of two items, the first with a decision."""
    draft = written(cast, "Lyset", "Eventuelt")
    decide(cast, draft.meeting.items.first(), "Lyset rettes.")
    sent_out(minutes=draft, by=cast.secretary.actor, at=NOON)
    api.approve_minutes(minutes=draft, by=cast.chair.actor, at=NOON)
    draft.refresh_from_db()
    return draft


def opened(cast, minutes):
    return api.open_correction(
        minutes=minutes, reason="Feil gate.", asked_by="Stein Oppdiktet", by=cast.secretary.actor,
        at=NOON,
    )  # fmt: skip


def note(kind, ref, text, was):
    return api.PartNote(kind, ref, text, part_mark(was))


def corrected(cast, minutes):
    """A correction of a text, a decision and a seat, sent for approval."""
    correction = opened(cast, minutes)
    item, decision = minutes.meeting.items.first(), Decision.objects.get()
    seat = cast.council.seats.get(role="station_chief")
    parts = [
        note(PartKind.TEXT, item.ref, "Om lyset i Storgata.", "Om Lyset."),
        note(PartKind.DECISION, decision.ref, "Lyset i Storgata rettes.", "Lyset rettes."),
        note(PartKind.SEAT, seat.ref, "excused|Vidar T.", "present|"),
    ]
    by = cast.secretary.actor
    assert api.save_correction(correction=correction, parts=parts, by=by, at=NOON) == {}
    api.circulate_correction(correction=correction, by=by, at=NOON)
    correction.refresh_from_db()
    return correction


def approve(cast, correction, who=None, at=NOON):
    api.approve_correction(correction=correction, by=(who or cast.chair).actor, at=at)
    correction.refresh_from_db()


def test_what_was_approved_stands_until_the_correction_is_approved(cast, minutes):
    corrected(cast, minutes)

    assert minutes.meeting.items.first().minutes_text == "Om Lyset."
    assert Decision.objects.get().text == "Lyset rettes."
    assert minutes.versions.count() == 1


def test_an_approved_correction_is_a_new_version_beside_the_old(cast, minutes):
    correction = corrected(cast, minutes)

    approve(cast, correction, at=NOON.replace(hour=15))

    first, second = (said_from_json(one.said) for one in minutes.versions.all())
    item, decision = minutes.meeting.items.first(), Decision.objects.get()
    assert (first.items[0].text, second.items[0].text) == ("Om Lyset.", "Om lyset i Storgata.")
    assert item.minutes_text == "Om lyset i Storgata."
    assert list(item.revisions.values_list("text", flat=True)) == ["Om Lyset.", item.minutes_text]
    assert (decision.text, decision.state) == ("Lyset i Storgata rettes.", DecisionState.BINDING)
    noted = Attendance.objects.get(seat__role="station_chief")
    assert (noted.presence, noted.stand_in) == (Presence.EXCUSED, "Vidar T.")
    assert correction.state == CorrectionState.APPROVED
    assert first.approvals != second.approvals  # each version names those who approved it


def forgotten(cast, minutes, role="station_chief"):
    """The minutes were approved without a word of that seat."""
    seat = cast.council.seats.get(role=role)
    Attendance.objects.filter(meeting=minutes.meeting, seat=seat).delete()
    minutes.versions.all().delete()
    return seat


def test_somebody_who_held_a_seat_and_was_forgotten_is_added_to_the_attendance(
    cast, client, minutes
):
    seat, by = forgotten(cast, minutes), cast.secretary.actor
    correction = opened(cast, minutes)
    [row] = (
        signed_in(client, cast.secretary)
        .get(url("write_correction", correction))
        .context["form"]
        .forgotten
    )
    assert row.name == cast.station_chief.name
    assert len(row.presence.field.field.choices) == 1 + len(Presence)

    part = note(PartKind.SEAT, seat.ref, "present|", "|")
    assert api.save_correction(correction=correction, parts=[part], by=by, at=NOON) == {}
    shown = client.get(correction.get_absolute_url()).text
    assert "<ins>" in shown
    assert "<del>" not in shown, "nothing was said of them before"
    assert cast.station_chief.name in shown
    assert not minutes.meeting.attendance.filter(seat=seat).exists(), "not before it is approved"

    api.circulate_correction(correction=correction, by=by, at=NOON)
    correction.refresh_from_db()
    approve(cast, correction)

    noted = minutes.meeting.attendance.get(seat=seat)
    assert (noted.person, noted.presence) == (cast.station_chief.person, Presence.PRESENT)
    first, second = (said_from_json(one.said) for one in minutes.versions.all())
    assert str(seat.ref) not in {one.seat for one in first.seats}
    assert str(seat.ref) in {one.seat for one in second.seats}
    both = client.get(url("versions", minutes.meeting)).text
    assert cast.station_chief.name in both


def test_who_was_forgotten_is_taken_out_of_the_correction_again(cast, minutes):
    seat, by = forgotten(cast, minutes), cast.secretary.actor
    correction = opened(cast, minutes)
    api.save_correction(
        correction=correction, by=by, at=NOON,
        parts=[note(PartKind.SEAT, seat.ref, "present|", "|")],
    )  # fmt: skip
    api.save_correction(
        correction=correction, by=by, at=NOON,
        parts=[note(PartKind.SEAT, seat.ref, "|", "present|")],
    )  # fmt: skip

    assert not correction.parts.exists()


def test_who_had_no_seat_on_the_day_is_not_added(cast, minutes):
    seat = forgotten(cast, minutes)
    Seat.objects.filter(pk=seat.pk).update(from_date=date(2027, 6, 1))
    correction = opened(cast, minutes)

    with pytest.raises(Refused, match="does not stand in these minutes"):
        api.save_correction(
            correction=correction, by=cast.secretary.actor, at=NOON,
            parts=[note(PartKind.SEAT, seat.ref, "present|", "|")],
        )  # fmt: skip


def test_a_stand_in_alone_asks_whether_they_were_there(cast, client, minutes):
    seat = forgotten(cast, minutes)
    correction = opened(cast, minutes)
    signed_in(client, cast.secretary)
    form = client.get(url("write_correction", correction)).context["form"]
    data = {}
    for row in form.items:
        for part in (row.text, *row.decisions):
            data |= {part.name: part.field.value(), f"{part.name}-was": part.mark}
    for one in (*form.seats, *form.forgotten):
        name = one.presence.name
        data |= {name: one.presence.field.value(), f"{name}-was": one.presence.mark}
    data[f"seat-{seat.ref}-stand_in"] = "Vidar T."

    wrong = client.post(url("write_correction", correction), data)

    assert wrong.status_code == 422
    assert "Say whether they were there." in wrong.text
    assert "Vidar T." in wrong.text


def test_changed_words_of_a_binding_decision_are_told_and_the_history_is_whole(cast, minutes):
    approve(cast, corrected(cast, minutes))

    told = set(TrailEntry.objects.values_list("event", flat=True))
    assert {
        "correction.opened", "correction.circulated", "correction.approval_given",
        "correction.approved", "decision.corrected", "agenda_item.corrected",
    } <= told  # fmt: skip
    assert Message.objects.filter(template="meetings/mail/corrected").count() > 3


def test_nobody_approves_their_own_correction(cast, minutes):
    correction = opened(cast, minutes)
    item = minutes.meeting.items.first()
    parts = [note(PartKind.TEXT, item.ref, "Annet.", "Om Lyset.")]
    api.save_correction(correction=correction, parts=parts, by=cast.chair.actor, at=NOON)
    api.circulate_correction(correction=correction, by=cast.chair.actor, at=NOON)

    with pytest.raises(Refused, match="other than the writer"):
        approve(cast, correction)
    approve(cast, correction, cast.director)  # a member steps in, as for minutes
    assert correction.state == CorrectionState.APPROVED


def test_one_at_a_time_also_for_the_database(cast, minutes):
    opened(cast, minutes)

    with pytest.raises(Refused, match="under way"):
        opened(cast, minutes)
    with pytest.raises(IntegrityError), transaction.atomic():
        Correction.objects.create(
            minutes=minutes, reason="x", asked_by="y", written_by=cast.chair.person, opened_at=NOON
        )


def test_minutes_that_are_not_approved_are_not_corrected(cast):
    with pytest.raises(Refused, match="not corrected but written"):
        opened(cast, circulated(cast))


def test_a_correction_given_up_leaves_everything_and_makes_room(cast, minutes):
    correction = opened(cast, minutes)

    api.withdraw_correction(correction=correction, by=cast.secretary.actor, at=NOON)

    assert minutes.versions.count() == 1
    opened(cast, minutes)


def test_nothing_is_sent_when_nothing_is_changed_after_all(cast, minutes):
    correction = opened(cast, minutes)
    item, by = minutes.meeting.items.first(), cast.secretary.actor
    there = [note(PartKind.TEXT, item.ref, "Annet.", "Om Lyset.")]
    back = [note(PartKind.TEXT, item.ref, "Om Lyset.", "Annet.")]
    for parts in (there, back):
        api.save_correction(correction=correction, parts=parts, by=by, at=NOON)

    with pytest.raises(Refused, match="Nothing is corrected"):
        api.circulate_correction(correction=correction, by=by, at=NOON)


def test_two_who_correct_the_same_text_do_not_overwrite_each_other(cast, minutes):
    correction = opened(cast, minutes)
    item = minutes.meeting.items.first()
    name = f"text-{item.ref}"
    mine = [note(PartKind.TEXT, item.ref, "Mitt.", "Om Lyset.")]
    theirs = [note(PartKind.TEXT, item.ref, "Majas.", "Om Lyset.")]

    api.save_correction(correction=correction, parts=theirs, by=cast.chair.actor, at=NOON)
    stale = api.save_correction(correction=correction, parts=mine, by=cast.secretary.actor, at=NOON)

    assert stale == {name: "Majas."}
    assert correction.parts.get().text == "Majas."


@pytest.mark.parametrize(
    ("kind", "text"), [(PartKind.DECISION, ""), (PartKind.SEAT, "maybe|"), (PartKind.TEXT, "x")]
)
def test_what_makes_no_sense_is_refused(cast, minutes, kind, text):
    correction = opened(cast, minutes)
    refs = {
        PartKind.DECISION: Decision.objects.get().ref,
        PartKind.SEAT: cast.council.seats.get(role="mayor").ref,
        PartKind.TEXT: uuid4(),
    }
    was = {PartKind.DECISION: "Lyset rettes.", PartKind.SEAT: "present|", PartKind.TEXT: ""}

    with pytest.raises(Refused):
        api.save_correction(
            correction=correction, parts=[note(kind, refs[kind], text, was[kind])],
            by=cast.secretary.actor, at=NOON,
        )  # fmt: skip


def test_a_correction_sent_out_again_is_read_again(cast, minutes):
    correction = corrected(cast, minutes)
    read = correction.circulated_at.isoformat()
    by = cast.secretary.actor
    api.send_back_correction(correction=correction, comment="Hele gata?", by=by, at=NOON)
    later = NOON.replace(hour=12)
    api.circulate_correction(correction=correction, by=by, at=later)

    with pytest.raises(Refused, match="sent out again"):
        api.approve_correction(correction=correction, by=cast.chair.actor, at=later, read=read)


# The pages --------------------------------------------------------------------------------------


def url(name, thing):
    return reverse(f"meetings:{name}", args=[thing.ref])


def test_the_way_through_the_pages(cast, client, minutes):
    signed_in(client, cast.secretary)
    meeting, item = minutes.meeting, minutes.meeting.items.first()
    assert url("correct", meeting) in client.get(url("read", meeting)).text

    empty = client.post(url("correct", meeting), {"asked_by": "", "reason": ""})
    assert empty.status_code == 422
    begun = client.post(url("correct", meeting), {"asked_by": "Stein", "reason": "Feil gate."})
    correction = Correction.objects.get()
    assert begun.url == url("write_correction", correction)
    page = client.get(begun.url)
    data = {}
    for row in page.context["form"].items:
        for part in (row.text, *row.decisions):
            data |= {part.name: part.field.value(), f"{part.name}-was": part.mark}
    for seat in page.context["form"].seats:
        name = seat.presence.name
        data |= {name: seat.presence.field.value(), f"{name}-was": seat.presence.mark}
        data |= {f"{name}-stand_in": seat.stand_in.value()}
    data[f"text-{item.ref}"] = "Om lyset i Storgata."

    assert client.post(begun.url, data).url == correction.get_absolute_url()
    assert correction.parts.get().text == "Om lyset i Storgata."
    shown = client.get(correction.get_absolute_url()).text
    assert "i Storgata." in shown
    assert "<ins>" in shown
    client.post(url("circulate_correction", correction))
    signed_in(client, cast.chair)
    read = client.get(correction.get_absolute_url()).context["sending"]
    old = client.post(url("approve_correction", correction), {"sending": "yesterday"})
    assert old.status_code == 409
    client.post(url("approve_correction", correction), {"sending": read})

    both = client.get(url("versions", meeting)).text
    assert "Feil gate." in both
    assert "Version 2" in both
    first = client.get(url("version", MinutesVersion.objects.get(number=1))).text
    assert "Om Lyset." in first
    assert "A newer version holds" in first


def test_both_texts_stand_when_two_have_the_page_open(cast, client, minutes):
    correction = opened(cast, minutes)
    item = minutes.meeting.items.first()
    name = f"text-{item.ref}"
    theirs = [note(PartKind.TEXT, item.ref, "Majas ord.", "Om Lyset.")]
    api.save_correction(correction=correction, parts=theirs, by=cast.chair.actor, at=NOON)
    signed_in(client, cast.secretary)
    page = client.get(url("write_correction", correction))
    data = {f"seat-{s.presence.name[5:]}": "present" for s in page.context["form"].seats}
    data |= {
        f"decision-{Decision.objects.get().ref}": "Lyset rettes.",
        name: "Mine ord.", f"{name}-was": part_mark("Om Lyset."),
    }  # fmt: skip

    answer = client.post(url("write_correction", correction), data)

    assert answer.status_code == 409
    assert "Majas ord." in answer.text
    assert "Mine ord." in answer.text


def test_an_old_version_shows_each_reader_what_is_theirs(cast, client):
    meeting, by = planned(cast), cast.secretary.actor
    item_on(meeting, by, "Internt")
    restricted_on(meeting, by, "Skjermet", cast.council.seats.get(role="mayor"))
    api.send_agenda(meeting=meeting, by=by, at=NOON)
    meeting.refresh_from_db()
    minutes = api.begin_minutes(meeting=meeting, by=by, at=NOON)
    api.note_everybody_present(meeting=meeting, by=by, at=NOON)
    for item in meeting.items.all():
        api.save_text(item=item, text=f"Ord om {item.title}.", expected=0, by=by, at=NOON)
    sent_out(minutes=minutes, by=by, at=NOON)
    api.approve_minutes(minutes=minutes, by=cast.chair.actor, at=NOON)
    version = MinutesVersion.objects.get()
    hidden = meeting.items.get(title="Skjermet")
    correction = opened(cast, minutes)
    parts = [note(PartKind.TEXT, hidden.ref, "Hemmelig retting.", "Ord om Skjermet.")]
    api.save_correction(correction=correction, parts=parts, by=by, at=NOON)
    api.circulate_correction(correction=correction, by=by, at=NOON)

    pages = [url("version", version), url("versions", meeting), correction.get_absolute_url()]
    seen = [signed_in(client, cast.police_member).get(page).text for page in pages]
    assert "Ord om Internt." in seen[0]
    assert not any("Skjermet" in text or "Hemmelig" in text for text in seen)
    assert "Nothing that you may read is changed" in seen[2]
    kept = [signed_in(client, cast.chair).get(page).text for page in pages]
    assert "Ord om Skjermet." in kept[0]
    assert "Hemmelig retting." in kept[2]
    outside = signed_in(client, cast.analyst).get(pages[0])
    assert outside.status_code == 200
    assert "Internt" not in outside.text


def test_pages_of_versions_ask_a_bounded_number_of_questions(
    cast, client, minutes, django_assert_max_num_queries
):
    correction = corrected(cast, minutes)
    approve(cast, correction)
    latest = minutes.versions.last()
    signed_in(client, cast.secretary)

    pages = (url("versions", minutes.meeting), url("version", latest))
    for page in (*pages, correction.get_absolute_url(), url("version_docx", latest)):
        with django_assert_max_num_queries(12):
            assert client.get(page).status_code == 200
    with django_assert_max_num_queries(12):
        assert client.get(url("pdf", minutes.meeting)).status_code == 200


# What changed, in words -------------------------------------------------------------------------

WORDS = st.text(alphabet="ab c\n", max_size=40)


@settings(max_examples=tries(500))
@given(WORDS, WORDS)
def test_the_pieces_of_a_difference_make_both_texts(before, after):
    pieces = differences(before, after)

    assert "".join(p.text for p in pieces if p.change != Change.ADDED) == before
    assert "".join(p.text for p in pieces if p.change != Change.REMOVED) == after
    assert all(p.text for p in pieces)
    if before == after:
        assert {p.change for p in pieces} <= {Change.KEPT}


def test_only_the_word_that_changed_is_marked():
    pieces = [(str(p.change), p.text) for p in differences("Lyset i Storgata", "Lyset i Lillegata")]

    assert pieces == [("kept", "Lyset i "), ("removed", "Storgata"), ("added", "Lillegata")]


def test_minutes_approved_before_versions_were_kept_get_their_first_when_they_are_corrected(cast):
    minutes = approved(cast)
    minutes.versions.all().delete()

    opened(cast, minutes)

    assert minutes.versions.get().number == 1


def test_a_correction_stands_on_the_home_pages_of_those_it_waits_for(cast, minutes):
    correction = opened(cast, minutes)
    on = NOON.date()
    assert [one.title for one in waiting_for(cast.secretary.actor, on) if "correction" in one.title]
    correction.delete()

    corrected(cast, minutes)

    def titles(who):
        return [one.title for one in waiting_for(who.actor, on) if "correction" in one.title]

    assert len(titles(cast.chair)) == 1
    assert titles(cast.secretary) == []
    assert titles(cast.police_member) == []


def test_drafts_have_a_page_of_versions_that_says_there_is_none(cast, client):
    minutes = written(cast, "Nattlivet")

    page = signed_in(client, cast.secretary).get(
        reverse("meetings:versions", args=[minutes.meeting.ref])
    )

    assert "No version is kept yet" in page.content.decode()
