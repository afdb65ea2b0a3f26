"""Two people with the same form open: nothing is written over that its writer has not seen."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from samrad.kernel.clock import held_at
from samrad.meetings.words import ITEM_KINDS
from samrad.trail.models import TrailEntry
from samrad.ui.changing import STARTED_FROM, TAKE_THEIRS, ChangingForm
from tests.cast import NOON, Cast, signed_in
from tests.everywhere.every_page import as_columns
from tests.everywhere.forms_on_a_page import FoundForm, read
from tests.everywhere.strings import undone
from tests.everywhere.two_people import ME, TOGETHER, Together
from tests.meetings.bricks import item_on, planned
from tests.permissions.stage import things

BESIDE = "Saved meanwhile"
pytestmark = pytest.mark.django_db


class Desk:
    """Somebody in front of the page with the form."""

    def __init__(self, client: Client, one: Together, stage: dict[str, Any]) -> None:
        self.client, self.one = client, one
        self.address = reverse(one.page, args=[stage[one.about].ref])
        self.shown_at = reverse(one.shown_on or one.page, args=[stage[one.about].ref])
        self.form = self.open()

    def open(self) -> FoundForm:
        """The form as the page shows it now."""
        return self.form_in(self.client.get(self.shown_at).content.decode())

    def form_in(self, html: str) -> FoundForm:
        marks = f"{self.one.both.rpartition('-')[0]}-{STARTED_FROM}".lstrip("-")
        found = [form for form in read(html).forms if {self.one.both, marks} <= names(form)]
        assert len(found) == 1, f"{self.one}: the form with its marks is not on the page"
        return found[0]

    def save(self, *changes: tuple[str, str], **more: str) -> tuple[bool, str]:
        """Whether it was saved, and the page that came back if it was not."""
        answer = self.client.post(
            self.address, self.form.sent(**dict(changes), **self.one.needed, **more)
        )
        html = answer.content.decode()
        if answer.status_code != 302:
            self.form = self.form_in(html)
        return answer.status_code == 302, html

    def stands(self, name: str) -> str:
        """What the page shows as saved."""
        return value(self.open(), name)


def names(form: FoundForm) -> set[str]:
    return {one.name for one in form.fields}


def value(form: FoundForm, name: str) -> str:
    sent = form.sent().get(name, [""])
    return sent[0].strip()


@pytest.fixture
def noon() -> Any:
    with held_at(NOON):
        yield


@pytest.fixture
def desks(cast: Cast, noon: None) -> Any:
    """Each of the forms opened by two people; what they do is taken back afterwards."""
    stage = things(cast)
    clients = as_columns(cast)

    def opened(forms: list[Together]) -> Any:
        for one in forms:
            with undone():
                yield one, Desk(clients[ME], one, stage), Desk(clients[one.other], one, stage)

    return opened


@pytest.mark.slow
def test_what_both_changed_comes_back_side_by_side_and_is_not_saved(desks: Any) -> None:
    for one, me, other in desks(TOGETHER):
        extra = [one.only_theirs] if one.only_theirs else []
        saved, html = other.save((one.both, one.theirs), *extra)
        assert saved, f"{one}: {html[html.find('<main') :][:2000]}"
        told = TrailEntry.objects.count()

        saved, html = me.save((one.both, one.mine))

        assert not saved, one
        assert BESIDE in html, one
        assert value(me.form, one.both) == one.mine, one
        assert other.stands(one.both) == one.theirs, f"{one}: nothing was saved"
        assert TrailEntry.objects.count() == told, f"{one}: what was refused is not told"
        for name, theirs in extra:
            assert value(me.form, name) == theirs, f"{one}: what only they changed is theirs"

        saved, html = me.save((one.both, one.mine))

        assert saved, f"{one}: the new page has the new marks"
        assert me.stands(one.both) == one.mine, one
        for name, theirs in extra:
            assert me.stands(name) == theirs, one


@pytest.mark.slow
def test_what_only_the_other_changed_is_kept_without_a_word(desks: Any) -> None:
    for one, me, other in desks([one for one in TOGETHER if one.only_theirs]):
        name, theirs = one.only_theirs
        assert other.save((name, theirs))[0], one

        assert me.save((one.both, one.mine))[0], one

        assert (me.stands(one.both), me.stands(name)) == (one.mine, theirs), one


@pytest.mark.slow
def test_what_was_saved_can_be_taken_with_a_tick(desks: Any) -> None:
    for one, me, other in desks(TOGETHER):
        other.save((one.both, one.theirs))
        _saved, html = me.save((one.both, one.mine))
        prefix, _dash, name = one.both.rpartition("-")
        tick = f"{prefix}-{TAKE_THEIRS}".lstrip("-")
        assert tick in names(me.form), one
        ticked = [one for one in me.form.fields if one.name == tick and one.value == name]

        ticked[0].is_sent = True
        saved, html = me.save()

        assert saved, f"{one}: {html[html.find('<main') :][:2000]}"
        assert me.stands(one.both) == one.theirs, one


@pytest.mark.slow
def test_nothing_slips_in_between_what_a_page_read_and_what_its_action_holds(
    desks: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    ask = ChangingForm.is_valid
    for one, me, other in desks(TOGETHER):
        waiting = [lambda other=other, one=one: other.save((one.both, one.theirs))]

        def meanwhile(form: ChangingForm, waiting: Any = waiting) -> bool:
            answer = ask(form)
            if waiting:
                waiting.pop()()
            return answer

        monkeypatch.setattr(ChangingForm, "is_valid", meanwhile)
        saved, html = me.save((one.both, one.mine))
        monkeypatch.undo()

        assert not saved, one
        assert BESIDE in html, one
        assert other.stands(one.both) == one.theirs, one


# One form is enough for the rest: the agenda item's -----------------------------------------------


@pytest.fixture
def item(cast: Cast, noon: None) -> Any:
    return item_on(planned(cast), cast.secretary.actor)


@pytest.fixture
def two(cast: Cast, item: Any) -> Any:
    """The secretary and the chair, each with the item's form open."""
    [agenda] = [one for one in TOGETHER if one.page == "meetings:item"]

    def sat_down() -> tuple[Desk, Desk]:
        return tuple(
            Desk(signed_in(Client(), who), agenda, {"open_item": item})
            for who in (cast.secretary, cast.chair)
        )

    return sat_down


def test_who_has_seen_no_page_changes_things_as_before(cast: Cast, client: Client) -> None:
    url = reverse("cooperation:edit_council", args=[cast.council.ref])

    answer = signed_in(client, cast.secretary).post(url, {"name": "Rådet", "purpose": "Trygghet"})

    assert answer.status_code == 302
    cast.council.refresh_from_db()
    assert cast.council.purpose == "Trygghet"


def test_marks_that_nobody_made_are_taken_for_none(two: Any) -> None:
    for marks in ("title", "title:", ":::", "nothing:here title", "\x00"):
        me, _other = two()
        assert me.save(("title", f"Ny {len(marks)}"), **{STARTED_FROM: marks})[0], marks


def test_it_is_said_who_saved_and_when_unless_the_name_is_withheld(two: Any, cast: Cast) -> None:
    me, other = two()
    other.save(("title", "Deres"))
    html = me.save(("title", "Min"))[1]
    assert "Maja Prøvestad saved this while you were writing (21 Nov 2026, 12:00)" in html

    cast.chair.person.name_withheld = True
    cast.chair.person.save()
    me, other = two()
    other.save(("title", "Deres igjen"))
    html = me.save(("title", "Min igjen"))[1]
    assert "Name withheld saved this while you were writing" in html


def test_a_choice_is_shown_in_the_words_of_the_page(two: Any) -> None:
    me, other = two()
    other.save(("kind", "decision"))

    html = me.save(("kind", "information"))[1]

    beside = html[html.index(BESIDE) :]
    assert str(ITEM_KINDS["decision"]) in beside[:200]


def test_readers_are_taken_from_one_of_the_two_and_never_mixed(two: Any, cast: Cast) -> None:
    me, other = two()
    seat = str(cast.council.seats.get(role="police_contact").ref)
    other.save(("classification", "restricted"), ("legal_basis", "§ 27"), ("audience", seat))

    saved, html = me.save(("classification", "open"))

    assert not saved
    assert value(me.form, "classification") == "open"
    assert "§ 27" in html
    assert other.stands("classification") == "restricted"


def test_what_one_may_no_longer_read_is_not_shown_beside(two: Any, item: Any, cast: Cast) -> None:
    me, _other = two()
    type(item).objects.filter(pk=item.pk).update(
        classification="restricted", legal_basis="§ 27", title="Hemmelig", text="Hemmelig tekst"
    )
    cast.council.seats.filter(function="secretary").update(function="member")

    answer = me.client.post(me.address, me.form.sent(title="Min"))

    assert answer.status_code == 404
    assert "Hemmelig" not in answer.content.decode()


def test_a_year_that_was_not_shown_is_not_written_over(cast: Cast, noon: None) -> None:
    [focus] = [one for one in TOGETHER if one.page == "cooperation:focus_areas"]
    me, other = (
        Desk(signed_in(Client(), who), focus, {"council": cast.council})
        for who in (cast.secretary, cast.chair)
    )
    other.save(("titles", "Neste år"), ("year", "2027"))

    saved, html = me.save(("titles", "Vold"), ("year", "2027"))

    assert not saved
    assert "Neste år" in html[html.index(BESIDE) :]
    assert me.save(("titles", "Vold"), ("year", "2028"))[0], "nothing stands there yet"
