"""Papers of a meeting: who adds, reads, replaces and withdraws them, and what is told of it."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from samrad.documents.actions import delete_discarded
from samrad.documents.models import DiscardedFile, StoredFile
from samrad.documents.rules import Classification
from samrad.documents.uploads import HandedIn, handed_in
from samrad.kernel.verdict import Refused
from samrad.meetings import api
from samrad.meetings.models import AgendaItem, Meeting, Paper, PaperVersion
from samrad.meetings.queries.papers import papers_seen
from samrad.meetings.queries.recipients import items_to_send, papers_to_send, snapshot_of
from samrad.meetings.queries.saying import says_now
from samrad.people.models import Person
from samrad.post.models import Enclosure, Message
from samrad.trail.api import event_codes_of
from tests.cast import NOON, Cast
from tests.documents.test_forms import CERTAIN
from tests.meetings.bricks import (
    IN_THREE_WEEKS,
    approved,
    called,
    has_changed,
    item_on,
    planned,
    planned_after,
    restricted_on,
    sent_out,
)

pytestmark = pytest.mark.django_db
RESTRICTED = {"classification": Classification.RESTRICTED, "legal_basis": "offl. § 13"}


def file(name: str = "Notat.txt", text: str = "Til møtet.") -> HandedIn:
    return handed_in(name, f"{name}: {text}".encode())


def paper_on(
    meeting: Meeting,
    cast: Cast,
    item: AgendaItem | None = None,
    name: str = "Notat.txt",
    **given: Any,
) -> Paper:
    """A paper that the secretary adds, unless somebody else does."""
    usual = {"handed_in": file(name), "by": cast.secretary.actor, "at": NOON}
    return api.add_paper(meeting=meeting, item=item, **(usual | given))


def sees(cast: Cast, paper: Paper) -> set[str]:
    """Who sees that a paper is there, of those the permission table speaks of."""
    people = (
        "chair", "secretary", "police_member", "station_chief", "guest", "analyst",
        "national_officer", "administrator", "stranger", "other_analyst",
    )  # fmt: skip
    return {
        name
        for name in people
        if Paper.objects.visible_to(getattr(cast, name).actor).filter(pk=paper.pk).exists()
    }


KEEPERS = {"chair", "secretary"}
MEMBERS = KEEPERS | {"police_member", "station_chief"}
ABOVE = {"analyst", "national_officer"}


# Who reads it -------------------------------------------------------------------------------------


def test_a_paper_is_for_whom_its_item_is_for_and_nobody_sees_it_before_the_agenda_is_sent(
    cast: Cast,
) -> None:
    meeting, by = planned(cast), cast.secretary.actor
    seat = cast.council.seats.get(role="police_contact")
    on_open = paper_on(meeting, cast, item_on(meeting, by, classification=Classification.OPEN))
    on_internal = paper_on(meeting, cast, item_on(meeting, by))
    on_restricted = paper_on(meeting, cast, restricted_on(meeting, by, "Skjermet", seat))
    of_meeting = paper_on(meeting, cast)
    everything = (on_open, on_internal, on_restricted, of_meeting)

    assert [sees(cast, one) for one in everything] == [KEEPERS] * 4
    assert on_restricted.legal_basis == "politiregisterloven § 27"

    api.send_agenda(meeting=meeting, by=by, at=NOON)
    assert [sees(cast, one) for one in everything] == [
        MEMBERS | {"guest"}, MEMBERS, KEEPERS | {"police_member"}, MEMBERS,
    ]  # fmt: skip


def test_a_paper_can_be_for_fewer_than_its_item(cast: Cast) -> None:
    meeting = called(cast)
    seat = cast.council.seats.get(role="police_contact")
    paper = paper_on(
        meeting, cast, meeting.items.get(), readers=api.For(audience=[seat], **RESTRICTED)
    )

    assert sees(cast, paper) == KEEPERS | {"police_member"}
    assert paper.current is not None
    assert paper.current.file is not None
    assert paper.current.file.is_restricted


@pytest.mark.parametrize("classification", [Classification.OPEN, Classification.INTERNAL])
def test_a_paper_is_never_for_more_than_its_item(
    cast: Cast, classification: Classification
) -> None:
    meeting = planned(cast)
    item = restricted_on(meeting, cast.secretary.actor, "Skjermet")

    with pytest.raises(Refused, match="cannot be for more readers"):
        paper_on(meeting, cast, item, readers=api.For(classification))


def test_restricted_papers_name_seats_of_the_item_and_the_law(cast: Cast) -> None:
    meeting, by = planned(cast), cast.secretary.actor
    seat, other = cast.council.seats.all()[:2]
    item = restricted_on(meeting, by, "Skjermet", seat)

    with pytest.raises(Refused, match="cannot be for more readers"):
        paper_on(meeting, cast, item, readers=api.For(audience=[seat, other], **RESTRICTED))
    with pytest.raises(Refused, match="legal basis"):
        paper_on(meeting, cast, item, readers=api.For(Classification.RESTRICTED))
    next_door = cast.sibling.seats.first()
    with pytest.raises(Refused, match="seats of this council"):
        paper_on(meeting, cast, item, readers=api.For(audience=[next_door], **RESTRICTED))


def test_when_an_item_is_for_fewer_so_are_its_papers(cast: Cast) -> None:
    meeting, by = planned(cast), cast.secretary.actor
    item = item_on(meeting, by, classification=Classification.OPEN)
    paper = paper_on(meeting, cast, item)
    seat = cast.council.seats.get(role="police_contact")

    api.change_item(
        item=item, title=item.title, kind=item.kind, audience=[seat], by=by, at=NOON, **RESTRICTED
    )
    paper.refresh_from_db()
    assert (paper.classification, paper.legal_basis) == (Classification.RESTRICTED, "offl. § 13")
    assert list(paper.audience.all()) == [seat]
    assert StoredFile.objects.get().is_restricted
    assert "paper.classified" in event_codes_of(paper)


def test_a_covering_level_sees_open_papers_once_the_minutes_are_approved(cast: Cast) -> None:
    meeting = called(cast)
    item = meeting.items.get()
    AgendaItem.objects.filter(pk=item.pk).update(classification=Classification.OPEN)
    item.refresh_from_db()
    open_paper = paper_on(meeting, cast, item)
    narrower = paper_on(meeting, cast, item, "Internt.txt", readers=api.For())

    by = cast.secretary.actor
    minutes = api.begin_minutes(meeting=meeting, by=by, at=NOON)
    api.note_everybody_present(meeting=meeting, by=by, at=NOON)
    assert sees(cast, open_paper) == MEMBERS | {"guest"}
    sent_out(minutes=minutes, by=by, at=NOON)
    api.approve_minutes(minutes=minutes, by=cast.chair.actor, at=NOON)
    assert sees(cast, open_paper) == MEMBERS | {"guest"} | ABOVE
    assert sees(cast, narrower) == MEMBERS


def test_versions_are_seen_by_whoever_sees_the_paper(cast: Cast) -> None:
    meeting = called(cast)
    paper = paper_on(meeting, cast)
    api.replace_paper(paper=paper, handed_in=file(text="Ny."), by=cast.secretary.actor, at=NOON)

    for who, count in ((cast.police_member, 2), (cast.guest, 0), (cast.stranger, 0)):
        assert PaperVersion.objects.visible_to(who.actor).count() == count


# Keeping them -------------------------------------------------------------------------------------


def test_only_those_who_set_the_agenda_keep_papers(cast: Cast) -> None:
    meeting = called(cast)
    for who in (cast.police_member, cast.guest, cast.analyst, cast.stranger):
        with pytest.raises(Refused, match="secretary or chair"):
            paper_on(meeting, cast, by=who.actor)
    assert paper_on(meeting, cast, by=cast.chair.actor)


def test_papers_can_come_in_the_meeting_and_no_more_when_its_minutes_are_approved(
    cast: Cast,
) -> None:
    meeting = approved(cast).meeting

    with pytest.raises(Refused, match="its agenda is closed"):
        paper_on(meeting, cast)


def test_the_same_file_is_not_added_twice_to_one_item(cast: Cast) -> None:
    meeting = called(cast)
    paper_on(meeting, cast)

    with pytest.raises(Refused, match="already among the papers"):
        paper_on(meeting, cast)
    assert paper_on(meeting, cast, meeting.items.get())


def test_what_a_council_has_says_nothing_to_another(cast: Cast) -> None:
    ours = paper_on(called(cast), cast)
    theirs = api.plan_meetings(
        council=cast.sibling,
        meetings=[api.Planned(IN_THREE_WEEKS, IN_THREE_WEEKS + timedelta(hours=1))],
        by=cast.stranger.actor,
        at=NOON,
    )[0]
    same = paper_on(theirs, cast, by=cast.stranger.actor)

    assert ours.current is not None
    assert same.current is not None
    assert ours.current.file != same.current.file
    assert ours.current.file.content.name != same.current.file.content.name  # type: ignore[union-attr]


def test_an_item_of_another_meeting_takes_no_paper(cast: Cast) -> None:
    meeting = called(cast)
    other = item_on(planned_after(cast), cast.secretary.actor)

    with pytest.raises(Refused, match="not on the agenda of this meeting"):
        paper_on(meeting, cast, other)


def test_papers_are_put_in_order_within_their_item(cast: Cast) -> None:
    meeting, by = called(cast), cast.secretary.actor
    first, second = paper_on(meeting, cast, name="1.txt"), paper_on(meeting, cast, name="2.txt")
    elsewhere = paper_on(meeting, cast, meeting.items.get(), name="3.txt")

    assert api.shift_paper(paper=second, up=True, by=by, at=NOON)
    assert not api.shift_paper(paper=second, up=True, by=by, at=NOON)
    assert not api.shift_paper(paper=elsewhere, up=False, by=by, at=NOON)
    listed = papers_seen(meeting, cast.police_member.actor).under(None)
    assert [one.paper for one in listed] == [second, first]


def test_replacing_keeps_the_old_version_and_says_so(cast: Cast) -> None:
    meeting, by = called(cast), cast.secretary.actor
    paper = paper_on(meeting, cast)
    api.replace_paper(paper=paper, handed_in=file(text="Ny."), by=by, at=NOON)

    assert paper.current is not None
    assert [one.number for one in [paper.current, *paper.earlier]] == [2, 1]
    assert "paper.replaced" in event_codes_of(paper)
    with pytest.raises(Refused, match="already among the papers"):
        api.replace_paper(paper=paper, handed_in=file(text="Ny."), by=by, at=NOON)


def test_a_number_in_a_paper_keeps_it_out_unless_somebody_answers_for_it(cast: Cast) -> None:
    from samrad.documents.api import NotKept
    from samrad.documents.rules import NumberAnswer

    meeting, holding = called(cast), file(text=f"Nummer {CERTAIN}")
    with pytest.raises(NotKept):
        paper_on(meeting, cast, handed_in=holding)
    assert not Paper.objects.exists()

    answer = NumberAnswer(("no.birth_number",), "Et varenummer", "Pia Påfunn")
    paper = paper_on(meeting, cast, handed_in=holding, answers=[answer])
    assert "documents.identity_number_confirmed" in event_codes_of(paper)


# Taking them away ---------------------------------------------------------------------------------


def test_before_the_agenda_is_sent_a_paper_is_removed_whole(cast: Cast) -> None:
    meeting, by = planned(cast), cast.secretary.actor
    paper = paper_on(meeting, cast)
    stored = Path(StoredFile.objects.get().content.path)

    with pytest.raises(Refused, match="Remove it instead"):
        api.withdraw_paper(paper=paper, reason="Feil", by=by, at=NOON)
    api.remove_paper(paper=paper, by=by, at=NOON)
    assert not StoredFile.objects.exists()
    assert not Paper.objects.exists()
    assert stored.exists()  # a backup may be reading it

    assert delete_discarded(at=NOON + timedelta(hours=23)) == 0
    assert delete_discarded(at=NOON + timedelta(hours=25)) == 1
    assert not stored.exists()
    assert not DiscardedFile.objects.exists()


def test_once_the_agenda_is_sent_a_paper_is_withdrawn_with_a_reason_all_its_readers_see(
    cast: Cast,
) -> None:
    meeting, by = called(cast), cast.secretary.actor
    paper = paper_on(meeting, cast)

    with pytest.raises(Refused, match="Withdraw the paper"):
        api.remove_paper(paper=paper, by=by, at=NOON)
    api.withdraw_paper(paper=paper, reason="Feil tall.", by=by, at=NOON)
    paper.refresh_from_db()
    assert sees(cast, paper) == MEMBERS
    assert paper.withdrawn_reason == "Feil tall."
    assert paper.versions.get().file is not None
    with pytest.raises(Refused, match="already been withdrawn"):
        api.withdraw_paper(paper=paper, reason="Igjen", by=by, at=NOON)


def test_what_should_never_have_been_here_can_be_withdrawn_and_deleted_after_approval(
    cast: Cast,
) -> None:
    meeting, by = called(cast), cast.secretary.actor
    paper = paper_on(meeting, cast)
    minutes = api.begin_minutes(meeting=meeting, by=by, at=NOON)
    api.note_everybody_present(meeting=meeting, by=by, at=NOON)
    sent_out(minutes=minutes, by=by, at=NOON)
    api.approve_minutes(minutes=minutes, by=cast.chair.actor, at=NOON)

    paper.meeting.refresh_from_db()
    api.withdraw_paper(paper=paper, reason="Feil dokument.", erase=True, by=by, at=NOON)
    assert paper.versions.get().file is None
    assert not StoredFile.objects.exists()
    assert DiscardedFile.objects.count() == 1
    assert {"paper.withdrawn", "paper.erased"} <= set(event_codes_of(paper))


def test_an_item_that_goes_takes_its_papers_along(cast: Cast) -> None:
    meeting, by = planned(cast), cast.secretary.actor
    item = item_on(meeting, by)
    paper = paper_on(meeting, cast, item)

    api.remove_item(item=item, by=by, at=NOON)
    assert not Paper.objects.exists()
    assert not StoredFile.objects.exists()
    assert "paper.removed" in event_codes_of(paper)


# What is sent -------------------------------------------------------------------------------------


def mail_to(who: Any) -> str:
    """What the latest mail to somebody says."""
    return Message.objects.filter(person=who.person).latest("pk").text


def test_the_mail_says_how_many_papers_there_are_for_its_reader_and_carries_none(
    cast: Cast,
) -> None:
    meeting, by = planned(cast), cast.secretary.actor
    seat = cast.council.seats.get(role="police_contact")
    Person.objects.update(language="en")
    paper_on(meeting, cast, item_on(meeting, by), "Budsjett.txt")
    paper_on(meeting, cast, restricted_on(meeting, by, "Skjermet", seat), "Hemmelig.txt")
    api.send_agenda(meeting=meeting, by=by, at=NOON)

    assert "2 papers are for you" in mail_to(cast.police_member)
    assert "One paper is for you" in mail_to(cast.station_chief)
    texts = " ".join(Message.objects.values_list("text", flat=True))
    assert "Budsjett" not in texts
    assert "Hemmelig" not in texts
    carried = set(Enclosure.objects.values_list("content_type", flat=True))
    assert all(one.startswith("text/calendar") for one in carried)


def changed(meeting: Meeting) -> bool:
    assert says_now(meeting) == snapshot_of(
        meeting, items_to_send(meeting), papers_to_send(meeting)
    )
    return has_changed(meeting)


def test_a_new_paper_means_that_the_agenda_has_changed_and_the_next_mail_names_open_ones(
    cast: Cast,
) -> None:
    meeting, by = called(cast), cast.secretary.actor
    assert not changed(meeting)

    opened = paper_on(meeting, cast, name="Statistikk.txt", readers=api.For(Classification.OPEN))
    paper_on(meeting, cast, meeting.items.get(), "Internt notat.txt")
    assert changed(meeting)
    api.send_agenda(meeting=meeting, by=by, at=NOON)
    assert not changed(meeting)
    assert "Statistikk" in mail_to(cast.police_member)
    assert "Internt notat" not in mail_to(cast.police_member)

    api.replace_paper(paper=opened, handed_in=file(text="Ny."), by=by, at=NOON)
    assert changed(meeting)
    api.send_agenda(meeting=meeting, by=by, at=NOON)
    api.withdraw_paper(paper=opened, reason="Feil", by=by, at=NOON)
    assert changed(meeting)


def test_a_paper_for_others_changes_nothing_for_a_reader(cast: Cast) -> None:
    meeting, by = called(cast), cast.secretary.actor
    Person.objects.update(language="en")
    seat = cast.council.seats.get(role="police_contact")
    paper_on(meeting, cast, meeting.items.get(), readers=api.For(audience=[seat], **RESTRICTED))
    api.send_agenda(meeting=meeting, by=by, at=NOON)

    assert "paper" not in mail_to(cast.station_chief)
    assert "One other paper is new" in mail_to(cast.police_member)
