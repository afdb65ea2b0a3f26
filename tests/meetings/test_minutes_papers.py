"""Minutes and extracts as files: each reader gets what this reader may read, and it is told."""

from __future__ import annotations

import io
from datetime import date, timedelta

import pytest
from django.urls import reverse
from django.utils.translation import override
from pypdf import PdfReader

from samrad.documents.actions import store_file
from samrad.documents.rules import Classification
from samrad.followup.models import Decision
from samrad.kernel.clock import held_at
from samrad.meetings import api
from samrad.meetings.models import Attendance, Paper
from samrad.meetings.rules import CouldDecide, Presence
from samrad.people.models import Person
from samrad.trail.models import TrailEntry
from samrad.ui.formats import day
from tests.cast import NOON, signed_in
from tests.documents.papers_read_back import (
    headings_of_docx,
    headings_of_pdf,
    text_of_docx,
    text_of_pdf,
)
from tests.meetings.bricks import (
    approved,
    decide,
    item_on,
    planned,
    restricted_on,
    sent_out,
    written,
)


@pytest.fixture(autouse=True)
def noon():
    with held_at(NOON):
        yield


@pytest.fixture
def minutes(cast):
    """An internal item with a decision, and one that is for the mayor's seat."""
    meeting, by = planned(cast), cast.secretary.actor
    item_on(meeting, by, "Lyset")
    restricted_on(meeting, by, "Skjermet sak", cast.council.seats.get(role="mayor"))
    api.send_agenda(meeting=meeting, by=by, at=NOON)
    meeting.refresh_from_db()
    minutes = api.begin_minutes(meeting=meeting, by=by, at=NOON)
    api.note_attendance(
        meeting=meeting, seat=cast.council.seats.get(role="station_chief"),
        presence=Presence.EXCUSED, stand_in="Vidar Tenktmann", from_item=meeting.items.last(),
        by=by, at=NOON,
    )  # fmt: skip
    api.note_everybody_present(meeting=meeting, by=by, at=NOON)
    api.note_ability(
        meeting=meeting, could_decide=CouldDecide.YES, note="Alle var der.", by=by, at=NOON
    )
    for item in meeting.items.all():
        api.save_text(item=item, text=f"Ord om {item.title}.", expected=0, by=by, at=NOON)
    decide(cast, meeting.items.first(), "Lyset rettes.")
    api.record_decision(item=meeting.items.last(), text="Skjermet vedtak.", by=by, at=NOON)
    api.set_needs_no_task(item=meeting.items.last(), value=True, by=by, at=NOON)
    sent_out(minutes=minutes, by=by, at=NOON)
    api.approve_minutes(minutes=minutes, by=cast.chair.actor, at=NOON)
    minutes.refresh_from_db()
    return minutes


READERS = {"pdf": text_of_pdf, "docx": text_of_docx}


def fetched(client, who, name, thing):
    Person.objects.update(language="nb")
    answer = signed_in(client, who).get(reverse(f"meetings:{name}", args=[thing.ref]))
    assert answer.status_code == 200, answer.status_code
    return answer.content


@pytest.mark.parametrize("form", ["pdf", "docx"])
def test_the_file_says_what_the_minutes_say(cast, client, minutes, form):
    text = READERS[form](fetched(client, cast.chair, form, minutes.meeting)).replace("\xa0", " ")

    with override("nb"):
        in_norwegian = day(date(2026, 12, 21)).replace("\xa0", " ")
    for words in (
        cast.council.name, "Vidar Tenktmann", "Alle var der", "Ord om Lyset.", "Lyset rettes.",
        "Rette lyset", cast.station_chief.name, in_norwegian, "Ord om Skjermet sak.",
        "Stedfortreder, fra sak 2",
    ):  # fmt: skip
        assert words in text, words
    assert text.index("Ord om Lyset.") < text.index("Ord om Skjermet sak.")


@pytest.mark.parametrize("form", ["pdf", "docx"])
def test_restricted_items_are_only_in_the_copy_of_those_they_are_for(cast, client, minutes, form):
    open_copy = READERS[form](fetched(client, cast.police_member, form, minutes.meeting))
    assert "Ord om Lyset." in open_copy
    assert "kjermet" not in open_copy
    assert not TrailEntry.objects.filter(event="minutes.downloaded").exists()

    for _twice in range(2):
        fetched(client, cast.chair, form, minutes.meeting)
    assert TrailEntry.objects.filter(event="minutes.downloaded").count() == 2


def test_a_covering_level_gets_open_items_and_nobodys_name(cast, client, minutes):
    minutes.meeting.items.filter(title="Lyset").update(classification=Classification.OPEN)

    text = text_of_pdf(fetched(client, cast.analyst, "pdf", minutes.meeting))

    assert "Ord om Lyset." in text
    assert cast.station_chief.name not in text
    assert "Vidar Tenktmann" not in text
    assert "Alle var der" not in text
    assert "Lyset rettes." not in text  # the decision is internal


def test_who_does_what_is_never_told_to_a_covering_level(cast, client):
    meeting, by = planned(cast), cast.secretary.actor
    item = item_on(meeting, by, "Lyset", classification=Classification.OPEN)
    api.send_agenda(meeting=meeting, by=by, at=NOON)
    minutes = api.begin_minutes(meeting=meeting, by=by, at=NOON)
    api.note_everybody_present(meeting=meeting, by=by, at=NOON)
    decision = decide(cast, item, "Lampene byttes.", title="Ringe vaktmesteren")
    sent_out(minutes=minutes, by=by, at=NOON)
    api.approve_minutes(minutes=minutes, by=cast.chair.actor, at=NOON)
    version = minutes.versions.get()
    for task in version.said["items"][0]["decisions"][0]["tasks"]:
        task.pop("ref")  # as versions were kept at first
    asked = [("read", meeting), ("docx", meeting), ("extract_docx", decision)]
    asked += [("version", version), ("version_docx", version)]

    def told(who):
        answers = [(name, fetched(client, who, name, thing)) for name, thing in asked]
        return [text_of_docx(one) if "docx" in name else one.decode() for name, one in answers]

    for _turn in ("with references", "without"):
        for text in told(cast.analyst):
            assert "Lampene byttes." in text
            assert "Ringe vaktmesteren" not in text
            assert str(cast.station_chief.person.label) not in text
            assert "Ingen oppgave" not in text
        assert all("Ringe vaktmesteren" in text for text in told(cast.police_member))
        version.save()


def test_the_headings_lead_from_the_title_to_each_item(cast, client, minutes):
    levels = [
        kind for kind, _t in headings_of_pdf(fetched(client, cast.chair, "pdf", minutes.meeting))
    ]
    same = [
        level
        for level, _t in headings_of_docx(fetched(client, cast.chair, "docx", minutes.meeting))
    ]

    assert levels == [f"H{level}" for level in same] == ["H1", "H2", "H2", "H3", "H3", "H2"]


@pytest.fixture
def with_papers(cast, minutes):
    """An internal paper on the first item, replaced once; a restricted one; one of the meeting."""
    meeting, by = minutes.meeting, cast.secretary.actor
    first, last = meeting.items.first(), meeting.items.last()

    def paper(item, title, **given):
        return Paper.objects.create(meeting=meeting, item=item, order=1, title=title, **given)

    def version(paper, number, at=NOON):
        file = store_file(
            name=f"{paper.title}{number}.txt", content=f"{paper.title} {number}".encode(),
            text="", chain=meeting.trail_chain, by=by, at=NOON,
        )  # fmt: skip
        paper.versions.create(number=number, file=file, added_at=at, added_by=by_person)

    by_person = cast.secretary.person
    light = paper(first, "Lysplan")
    version(light, 1)
    version(light, 2, NOON + timedelta(days=2))
    secret = paper(last, "Skjermet notat", classification="restricted", legal_basis="offl. § 13")
    secret.audience.set(last.audience.all())
    version(secret, 1)
    version(paper(None, "Årsmelding", classification="open"), 1)
    gone = paper(first, "Feil fil", withdrawn_at=NOON, withdrawn_reason="Feil")
    version(gone, 1)
    return minutes


@pytest.mark.parametrize("form", ["pdf", "docx"])
def test_the_papers_of_each_item_are_named_for_those_who_may_read_them(
    cast, client, with_papers, form
):
    chairs = READERS[form](fetched(client, cast.chair, form, with_papers.meeting))
    members = READERS[form](fetched(client, cast.police_member, form, with_papers.meeting))

    for words in ("Årsmelding", "Lysplan", "Skjermet notat"):
        assert words in chairs, words
    assert chairs.index("Årsmelding") < chairs.index("Lysplan") < chairs.index("Skjermet notat")
    assert "Feil fil" not in chairs, "withdrawn"
    for words in ("Årsmelding", "Lysplan", "Intern"):
        assert words in members, words
    assert "kjermet" not in members
    outside = READERS[form](fetched(client, cast.analyst, form, with_papers.meeting))
    assert "Årsmelding" in outside
    assert "Lysplan" not in outside


def test_a_kept_version_names_the_papers_as_they_were_then(cast, client, with_papers):
    def versions(name, thing):
        words = text_of_docx(fetched(client, cast.police_member, name, thing)).split()
        return words[words.index("Lysplan") + 1]

    assert versions("docx", with_papers.meeting) == "2"
    assert versions("version_docx", with_papers.versions.get()) == "1"


def test_an_extract_is_one_page_about_one_decision(cast, client, minutes):
    decision = Decision.objects.get(text="Lyset rettes.")
    data = fetched(client, cast.police_member, "extract_pdf", decision)
    text = text_of_pdf(data)

    assert len(PdfReader(io.BytesIO(data)).pages) == 1
    for words in (cast.council.name, "Lyset rettes.", "Rette lyset", cast.station_chief.name):
        assert words in text, words
    assert "Ord om" not in text
    word = text_of_docx(fetched(client, cast.police_member, "extract_docx", decision))
    assert "Rette lyset" in word


def test_the_extract_is_offered_on_the_decisions_own_page(cast, client, minutes):
    decision = Decision.objects.get(text="Lyset rettes.")
    elsewhere = Decision.objects.create(
        council=cast.council, text="Tatt utenom et møte.", state="binding", decided_date=NOON.date()
    )

    html = signed_in(client, cast.police_member).get(decision.get_absolute_url()).content.decode()
    for form in ("pdf", "docx"):
        assert reverse(f"meetings:extract_{form}", args=[decision.ref]) in html
    html = client.get(elsewhere.get_absolute_url()).content.decode()
    assert "Extract of the minutes" not in html, "it was not decided at a meeting"


def test_an_extract_of_a_restricted_decision_is_told_and_kept_from_others(cast, client, minutes):
    decision = Decision.objects.get(text="Skjermet vedtak.")
    url = reverse("meetings:extract_pdf", args=[decision.ref])

    assert signed_in(client, cast.police_member).get(url).status_code == 404
    fetched(client, cast.chair, "extract_pdf", decision)
    assert TrailEntry.objects.filter(event="decision.downloaded").count() == 1


def test_a_withheld_name_is_withheld_in_files_and_old_versions(cast, client, minutes):
    Person.objects.filter(pk=cast.station_chief.person.pk).update(name_withheld=True)
    version = minutes.versions.get()

    for name, thing in (("pdf", minutes.meeting), ("version_pdf", version)):
        text = text_of_pdf(fetched(client, cast.chair, name, thing))
        assert cast.station_chief.name not in text


def test_minutes_with_nothing_in_them_make_a_paper_too(cast, client):
    minutes = written(cast)
    Attendance.objects.all().delete()
    minutes.meeting.items.update(minutes_text="")

    assert "Nattlivet" in text_of_pdf(fetched(client, cast.secretary, "pdf", minutes.meeting))
    assert approved(cast, starts_at=NOON.replace(month=12)).versions.count() == 1
