"""Who finds what: by the rights of the moment, never by what the index happens to hold."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.urls import reverse

from samrad.access import findable
from samrad.access.actor import Actor, Held
from samrad.access.vocabulary import Role
from samrad.cooperation.actions import set_focus_areas
from samrad.documents.rules import Classification
from samrad.followup.api import give_task
from samrad.meetings import api
from samrad.people.models import Person
from samrad.search.actions import Written, catch_up, rebuild
from samrad.search.database import holding
from samrad.search.models import Entry, Progress
from samrad.search.queries import MOST, entries, found
from samrad.search.rules import asked_for
from tests.cast import NOON, Cast, Character, signed_in
from tests.meetings.bricks import (
    approved,
    called,
    circulated,
    item_on,
    planned,
    planned_in,
    restricted_on,
    sent_out,
    written,
)
from tests.permissions.stage import things

pytestmark = pytest.mark.django_db


def titles(who: Character | Actor, words: str, **narrowed: Any) -> list[str]:
    """What somebody finds, as kind and title, after the index was brought up to date."""
    catch_up(at=NOON)
    return as_the_index_is(who, words, **narrowed)


def as_the_index_is(who: Character | Actor, words: str, **narrowed: Any) -> list[str]:
    actor = who.actor if isinstance(who, Character) else who
    hits = found(signed(actor), asked_for(words), **narrowed)
    return [f"{one.kind}: {one.title}" for one in entries(hits.keys)]


def signed(actor: Actor) -> Actor:
    return replace(actor, user_id=actor.user_id or 1)


# Words -------------------------------------------------------------------------------------------


def test_part_of_a_compound_finds_the_whole(cast: Cast) -> None:
    called(cast, "Ungdomskriminalitet i sentrum")

    assert titles(cast.chair, "kriminalitet") == ["item: Ungdomskriminalitet i sentrum"]
    assert titles(cast.chair, "kriminell") == []


def test_a_name_of_two_letters_is_found_and_is_not_another(cast: Cast) -> None:
    called(cast, "Gås på jordet", "As og Ås")
    kinds = titles(cast.chair, "Ås")

    assert "council: Politirådet i Ås" in kinds
    assert "organisation: Ås kommune" in kinds
    assert "item: As og Ås" in kinds
    assert "item: Gås på jordet" not in kinds
    assert "item: As og Ås" in titles(cast.chair, "as")
    assert "council: Politirådet i Ås" not in titles(cast.chair, "as")
    assert "council: Politirådet i Ås" in titles(cast.chair, "aas")


def test_one_letter_is_found_as_a_word_only(cast: Cast) -> None:
    called(cast, "Plan B", "Bading")

    assert titles(cast.chair, "b") == ["item: Plan B"]


def test_all_words_must_be_there_and_a_phrase_side_by_side(cast: Cast) -> None:
    called(cast, "Trygt sentrum om natta", "Sentrum skal være trygt")

    assert len(titles(cast.chair, "trygt sentrum")) == 2
    assert titles(cast.chair, '"trygt sentrum"') == ["item: Trygt sentrum om natta"]
    assert titles(cast.chair, "trygt sentrum brann") == []


def test_the_neighbours_way_of_writing_finds_it_too(cast: Cast) -> None:
    called(cast, "Kjørbøveien")

    assert titles(cast.chair, "kjörbö") == ["item: Kjørbøveien"]


def test_what_has_it_in_the_title_comes_first(cast: Cast) -> None:
    meeting = planned(cast)
    item_on(meeting, cast.secretary.actor, "Annet", text="Også nattlivet.")
    item_on(meeting, cast.secretary.actor, "Nattlivet")
    item_on(meeting, cast.secretary.actor, "Uteliv", text="Skjenking.")
    api.send_agenda(meeting=meeting, by=cast.secretary.actor, at=NOON)

    assert titles(cast.chair, "nattliv") == ["item: Nattlivet", "item: Annet"]


def test_a_road_is_found_before_whoever_is_called_solveig(cast: Cast) -> None:
    Person.objects.filter(pk=cast.chair.person.pk).update(name="Solveig Prøvestad")
    called(cast, "Gangveien er mørk", "Lys på Veitvet")
    rebuild(at=NOON)

    assert as_the_index_is(cast.chair, "vei") == [
        "item: Lys på Veitvet",
        "item: Gangveien er mørk",
        "person: Solveig Prøvestad",
    ]
    assert as_the_index_is(cast.chair, "solv") == ["person: Solveig Prøvestad"]


# Rights ------------------------------------------------------------------------------------------


def test_a_neighbour_finds_nothing_of_it_and_no_number_either(cast: Cast) -> None:
    approved(cast, "Kanarifugl")
    rebuild(at=NOON)

    assert as_the_index_is(cast.chair, "kanarifugl") != []
    for nobody in (cast.stranger, cast.other_analyst, cast.administrator, cast.se.chair):
        assert found(signed(nobody.actor), asked_for("kanarifugl")).keys == ()


def test_an_agenda_is_found_by_its_readers_when_it_is_sent(cast: Cast) -> None:
    meeting = planned(cast)
    item_on(meeting, cast.secretary.actor, "Kanarifugl")

    assert titles(cast.secretary, "kanarifugl") != []
    assert titles(cast.police_member, "kanarifugl") == []
    api.send_agenda(meeting=meeting, by=cast.secretary.actor, at=NOON)
    assert titles(cast.police_member, "kanarifugl") != []
    assert titles(cast.guest, "kanarifugl") == []  # internal


def test_minutes_are_found_once_they_are_out_by_those_who_may_open_them(cast: Cast) -> None:
    minutes = written(cast, "Nattlivet")
    item = minutes.meeting.items.get()
    api.save_text(item=item, text="Kanarifugl", expected=1, by=cast.secretary.actor, at=NOON)

    assert titles(cast.secretary, "kanarifugl") == []
    sent_out(minutes=minutes, by=cast.secretary.actor, at=NOON)
    assert titles(cast.police_member, "kanarifugl") == ["minutes: Nattlivet"]
    minutes.refresh_from_db()
    api.send_back_minutes(minutes=minutes, comment="Nei", by=cast.chair.actor, at=NOON)
    assert as_the_index_is(cast.police_member, "kanarifugl") == []
    catch_up(at=NOON)
    assert not Entry.objects.filter(folded__contains="kanarifugl").exists()


def test_a_covering_level_finds_what_is_open_and_approved(cast: Cast) -> None:
    meeting = planned(cast)
    by = cast.secretary.actor
    item_on(meeting, by, "Kanarifugl inne")
    item_on(meeting, by, "Kanarifugl ute", classification=Classification.OPEN)
    api.send_agenda(meeting=meeting, by=by, at=NOON)

    assert titles(cast.analyst, "kanarifugl") == []
    minutes = api.begin_minutes(meeting=meeting, by=by, at=NOON)
    api.note_everybody_present(meeting=meeting, by=by, at=NOON)
    for item in meeting.items.all():
        api.save_text(item=item, text="Sang.", expected=0, by=by, at=NOON)
    sent_out(minutes=minutes, by=by, at=NOON)
    minutes.refresh_from_db()
    api.approve_minutes(minutes=minutes, by=cast.chair.actor, at=NOON)
    assert titles(cast.analyst, "kanarifugl") == ["item: Kanarifugl ute"]
    assert titles(cast.analyst, "sang") == ["minutes: Kanarifugl ute"]


def test_restricted_text_is_not_in_the_index_at_all(cast: Cast) -> None:
    seat = cast.council.seats.get(role="police_contact")
    meeting = planned(cast)
    restricted_on(meeting, cast.secretary.actor, "Kanarifugl", seat)
    restricted = {
        "classification": Classification.RESTRICTED, "legal_basis": "politiregisterloven § 27",
    }  # fmt: skip
    by = cast.secretary.actor
    give_task(
        council=cast.council, title="Kanarifugl", person=cast.chair.person, by=by, at=NOON,
        **restricted,
    )  # fmt: skip
    rebuild(at=NOON)

    assert not Entry.objects.filter(folded__contains="kanarifugl").exists()


def test_what_has_just_been_restricted_is_not_found_though_the_index_is_older(cast: Cast) -> None:
    meeting = called(cast, "Kanarifugl")
    assert titles(cast.chair, "kanarifugl") != []
    meeting.items.update(
        classification=Classification.RESTRICTED, legal_basis="politiregisterloven § 27"
    )

    assert as_the_index_is(cast.chair, "kanarifugl") == []


def test_a_withheld_name_is_not_found(cast: Cast) -> None:
    assert titles(cast.guest, "Vidar Tenktmann") == ["person: Vidar Tenktmann"]
    person = cast.vice_police.person
    person.name_withheld = True
    person.save(update_fields=["name_withheld"])

    assert as_the_index_is(cast.chair, "Tenktmann") == []
    rebuild(at=NOON)
    assert not Entry.objects.filter(folded__contains="tenktmann").exists()


def test_whoever_has_not_signed_in_finds_nothing(cast: Cast) -> None:
    rebuild(at=NOON)

    assert found(Actor(label=""), asked_for("Ås")).keys == ()


def test_any_mixture_of_seats_and_areas_can_be_asked_for(cast: Cast) -> None:
    """SQLite's parser has a bottom; members of Danish councils come nearest to it."""
    approved(cast, "Kanarifugl")
    rebuild(at=NOON)
    more = {
        Held(Role.COVERING, area_id=cast.no.district.pk),
        Held(Role.COORDINATOR, area_id=cast.dk.home.pk),
        Held(Role.VICE_CHAIR, council_id=cast.sibling.pk, country="no", seat_id=1),
        Held(Role.MEMBER, council_id=cast.dk.lokalraad.pk, country="dk", seat_id=2),
        Held(Role.MEMBER, council_id=cast.se.council.pk, country="se", seat_id=3),
        Held(Role.GUEST, council_id=cast.dk.kredsraad.pk, country="dk", seat_id=4),
    }
    for name, who in cast.everybody.items():
        actor = signed(replace(who.actor, held=who.actor.held | more))
        assert found(actor, asked_for("kanarifugl ås")) is not None, name


# Keeping it current ------------------------------------------------------------------------------


def test_what_the_record_tells_is_all_that_the_index_needs(cast: Cast) -> None:
    rebuild(at=NOON)
    things(cast)
    catch_up(at=NOON)

    # The stage withholds a name by hand rather than by the action that tells of it.
    assert rebuild(at=NOON) in {Written(), Written(removed=1)}


def test_nothing_told_is_nothing_written(cast: Cast) -> None:
    called(cast)
    catch_up(at=NOON)

    assert catch_up(at=NOON + timedelta(minutes=10)) == Written()


def test_an_entry_that_came_late_is_read_all_the_same(cast: Cast) -> None:
    """A long transaction may tell of something with a number that the index is past already."""
    called(cast, "Kanarifugl")
    catch_up(at=NOON)
    Entry.objects.filter(kind="item").delete()
    assert Progress.objects.get().trail_entry > 0

    assert titles(cast.chair, "kanarifugl") == ["item: Kanarifugl"]


def test_a_thing_taken_away_is_no_longer_found(cast: Cast) -> None:
    meeting = planned(cast)
    item = item_on(meeting, cast.secretary.actor, "Kanarifugl")
    assert titles(cast.secretary, "kanarifugl") != []
    api.remove_item(item=item, by=cast.secretary.actor, at=NOON)

    assert titles(cast.secretary, "kanarifugl") == []


def test_focus_areas_are_found_with_their_council(cast: Cast) -> None:
    set_focus_areas(
        council=cast.council, year=2026, titles=["Kanarifugl"], by=cast.secretary.actor, at=NOON
    )

    assert titles(cast.analyst, "kanarifugl") == ["council: Politirådet i Ås"]


# The page ----------------------------------------------------------------------------------------


def page(client: Client, who: Character, **asked: str) -> str:
    catch_up(at=NOON)
    answer = signed_in(client, who).get(reverse("search:search"), asked)
    assert answer.status_code == 200
    return str(answer.content.decode())


def test_the_page_shows_what_was_found_and_where(cast: Cast, client: Client) -> None:
    called(cast, "Ungdomskriminalitet i sentrum")
    html = page(client, cast.chair, q="kriminalitet")

    assert "Ungdoms<mark>kriminalitet</mark> i sentrum" in html
    assert "One thing was found." in html
    assert f"#item-{cast.council.meetings.get().items.get().ref}" in html


def test_the_page_narrows_by_kind_and_council(cast: Cast, client: Client) -> None:
    approved(cast, "Kanarifugl")
    called(cast, "Kanarifugl igjen")
    other = planned_in(cast.sibling, cast.stranger.actor)
    item_on(other, cast.stranger.actor, "Kanarifugl hos naboen")
    whole = page(client, cast.chair, q="kanarifugl")
    narrow = page(client, cast.chair, q="kanarifugl", kind="minutes")
    there = page(client, cast.chair, q="kanarifugl", council=str(cast.council.ref))

    assert "3 things were found." in whole
    assert "naboen" not in whole
    assert "One thing was found." in narrow
    assert "3 things were found." in there


def test_a_council_one_does_not_see_narrows_nothing_and_tells_nothing(
    cast: Cast, client: Client
) -> None:
    called(cast, "Kanarifugl")
    html = page(client, cast.chair, q="kanarifugl", council=str(cast.dk.lokalraad.ref))

    assert "One thing was found." in html
    assert "Lokalrådet" not in html


ODD = [
    '"', "*", "'", '""', "a" * 10_000, "\x00", "%_\\", "ungdom OR 1=1", "NEAR(a b)", "((", "\ud83d",
]  # fmt: skip


@pytest.mark.parametrize("typed", ODD, ids=range(len(ODD)))
def test_odd_input_is_answered_in_words(cast: Cast, client: Client, typed: str) -> None:
    rebuild(at=NOON)
    typed = typed.encode("utf-8", "surrogatepass").decode("utf-8", "replace")
    html = page(client, cast.chair, q=typed)

    answers = (
        "There is no word in this", "Nothing you may see holds", "too long to search",
        "How to search</h2>",
    )  # fmt: skip
    assert any(words in html for words in answers)


def test_odd_narrowing_is_as_none(cast: Cast, client: Client) -> None:
    called(cast, "Kanarifugl")
    html = page(client, cast.chair, q="kanarifugl", kind="x", council="y", page="z")

    assert "One thing was found." in html


def test_the_page_costs_the_same_however_much_is_found(
    cast: Cast, client: Client, django_assert_max_num_queries: Any
) -> None:
    by = cast.secretary.actor
    for week in range(3):
        names = [f"Kanarifugl {n}" for n in range(12)]
        circulated(cast, *names, starts_at=NOON + timedelta(weeks=3 + week))
    for n in range(10):
        title = f"Kanarifugl {n}"
        give_task(council=cast.council, title=title, person=cast.chair.person, by=by, at=NOON)
    catch_up(at=NOON)
    signed_in(client, cast.chair)
    url = reverse("search:search")
    client.get(url)
    with django_assert_max_num_queries(12):
        html = client.get(url, {"q": "kanarifugl"}).content.decode()

    assert "82 things were found." in html
    assert html.count('class="s-hit"') == 20
    with django_assert_max_num_queries(12):
        client.get(url, {"q": "kanarifugl", "kind": "task", "council": str(cast.council.ref)})


def test_more_than_a_thousand_are_said_to_be_more(
    cast: Cast, client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert MOST == 1000
    monkeypatch.setattr("samrad.search.queries.MOST", 2)
    called(cast, "Kanarifugl en", "Kanarifugl to", "Kanarifugl tre")
    html = page(client, cast.chair, q="kanarifugl")

    assert "More than" in html
    assert html.count('class="s-hit"') == 2


@pytest.mark.slow
def test_everybody_finds_all_that_they_see_of_what_holds_the_words(
    cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("samrad.search.queries.AT_ONCE", 2)
    things(cast)
    rebuild(at=NOON)
    for word in ("ka", "råd"):
        held = Entry.objects.filter(holding(asked_for(word), connection.vendor))
        for name, who in cast.everybody.items():
            actor = signed(who.actor)
            keys = [key.entry for key in found(actor, asked_for(word)).keys]
            assert sorted(keys) == sorted(one.pk for one in held.visible_to(actor)), (name, word)


def test_every_hit_leads_to_a_page_that_opens(cast: Cast, client: Client) -> None:
    things(cast)
    rebuild(at=NOON)
    for who in (cast.chair, cast.police_member, cast.guest, cast.analyst):
        signed_in(client, who)
        seen = Entry.objects.visible_to(signed(who.actor))
        for entry in seen:
            kind = findable.kind_named(entry.kind)
            assert kind is not None
            url = reverse(kind.page, args=[entry.page])
            assert client.get(url).status_code == 200, (who.name, entry, url)


def test_without_searching_the_page_tells_how(cast: Cast, client: Client) -> None:
    html = page(client, cast.guest)

    assert "Restricted items" in html
    assert 'class="s-hit"' not in html
