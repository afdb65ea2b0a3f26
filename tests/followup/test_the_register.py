"""The register: across meetings, years and councils, sifted, as a file, and how old things are."""

from __future__ import annotations

import csv
import io
import json
import zipfile
from datetime import date, timedelta
from typing import Any
from xml.etree import ElementTree as ET  # only what the product has just written

import pytest
from django.test import Client
from django.urls import reverse

from samrad.documents.rules import Classification
from samrad.documents.tables import cell
from samrad.followup import events
from samrad.followup.actions import (
    close_decision,
    give_task,
    make_binding,
    put_forward,
    take_decision,
)
from samrad.followup.models import Decision, Task
from samrad.followup.queries.ageing import ages_by_council, ages_by_organisation
from samrad.followup.rules import DecisionState
from samrad.people.models import Organisation, Person
from samrad.trail.models import TrailEntry
from tests.cast import NOON, TODAY, Cast, account_of, signed_in

pytestmark = pytest.mark.django_db
BASIS = "politiregisterloven § 27"


def settled(cast: Cast, text: str, *, days: int = 10, **more: Any) -> Decision:
    """A binding decision made so many days ago."""
    decision = take_decision(
        council=cast.council, text=text, decided_date=TODAY - timedelta(days=days),
        by=cast.secretary.actor, at=NOON - timedelta(days=days), **more,
    )  # fmt: skip
    put_forward(decisions=[decision], by=cast.secretary.actor, at=NOON)
    make_binding(decisions=[decision], by=cast.chair.actor, at=NOON)
    return decision


def task(cast: Cast, title: str, *, due: int = 20, days: int = 10, **more: Any) -> Task:
    """A task given so many days ago, due so many days from today."""
    return give_task(
        council=cast.council, title=title, deadline_date=TODAY + timedelta(days=due),
        by=cast.secretary.actor, at=NOON - timedelta(days=days), **more,
    )  # fmt: skip


def shown(client: Client, reader: Any, /, **asked: Any) -> list[str]:
    """What the register lists for somebody."""
    page = signed_in(client, reader).get(reverse("followup:everywhere"), asked)
    assert page.status_code == 200
    return [str(getattr(row, "decision", None) or row.task) for row in page.context["rows"]]


def test_the_register_is_sifted_by_what_stands_in_its_address(cast: Cast, client: Client) -> None:
    light = settled(cast, "Lyset på ØSTSIDEN rettes", days=400)
    walk = settled(cast, "Trygghetsvandring i mai")
    task(cast, "Rette", person=cast.station_chief.person, decision=light, due=-3)
    task(cast, "Kalle inn", organisation=cast.no.kommune, decision=walk)
    close_decision(
        decision=settled(cast, "Rapport"), to=DecisionState.DONE, by=cast.secretary.actor, at=NOON
    )
    chief, kommune = cast.station_chief.person.ref, cast.no.kommune.ref

    def found(**asked: Any) -> list[str]:
        return shown(client, cast.chair, **asked)

    assert found() == ["Rapport", walk.text, light.text]
    assert found(sort="oldest")[0] == light.text
    assert found(text="østsiden") == [light.text]
    assert found(year=(TODAY - timedelta(days=400)).year) == [light.text]
    assert found(overdue="on") == [light.text]
    assert found(who=f"p:{chief}") == [light.text]
    assert found(who=f"o:{kommune}") == [walk.text]
    assert found(state="done") == ["Rapport"]
    assert found(state="unfinished") == [walk.text, light.text]
    assert found(theme="nattlivet") == []
    assert found(year="i fjor", who="p:x", text="\x00") == ["Rapport", walk.text, light.text]
    assert found(show="tasks") == ["Rette", "Kalle inn"]
    assert found(show="tasks", overdue="on") == ["Rette"]


def test_each_sees_their_own_part_of_it(cast: Cast, client: Client) -> None:
    settled(cast, "Åpent", classification=Classification.OPEN)
    hidden = settled(
        cast,
        "Skjermet",
        classification=Classification.RESTRICTED,
        legal_basis="politiregisterloven",
    )
    task(cast, "Oppgave", person=cast.director.person, decision=hidden, due=-2)
    everything = ["Skjermet", "Åpent"]

    assert shown(client, cast.secretary) == everything
    assert shown(client, cast.police_member) == ["Åpent"]
    assert shown(client, cast.analyst) == ["Åpent"]
    assert shown(client, cast.analyst, show="tasks") == []
    assert shown(client, cast.stranger) == []
    # Nobody learns by sifting that there is a task they may not read.
    who = f"p:{cast.director.person.ref}"
    assert shown(client, cast.police_member, who=who) == ["Åpent"]
    assert shown(client, cast.police_member, overdue="on") in ([], ["Åpent"])


def test_nothing_is_said_of_tasks_to_a_level_that_reads_none(cast: Cast, client: Client) -> None:
    walk = settled(cast, "Trygghetsvandring", classification=Classification.OPEN)
    task(cast, "Kalle inn", person=cast.director.person, decision=walk, due=-3)
    every, here = reverse("followup:everywhere"), [cast.council.ref]

    for url in (every, reverse("followup:register", args=here)):
        page = signed_in(client, cast.analyst).get(url).content.decode()
        assert walk.text in page
        assert "Open tasks" not in page
        assert "show=tasks" not in page
        assert "Open tasks" in signed_in(client, cast.secretary).get(url).content.decode()
    ages = reverse("followup:ageing")
    assert "Past the deadline" not in signed_in(client, cast.analyst).get(ages).content.decode()
    assert "Past the deadline" in signed_in(client, cast.secretary).get(ages).content.decode()
    files = reverse("followup:export"), reverse("followup:export_council", args=here)
    for url in files:
        head = signed_in(client, cast.analyst).get(url).content.decode().splitlines()[0]
        assert "Decided" in head
        assert not [one for one in ("Open tasks", "Responsible", "deadline") if one in head]
        assert "Open tasks" in signed_in(client, cast.secretary).get(url).content.decode()


def exported(client: Client, who: Any, /, **asked: Any) -> list[list[str]]:
    url = reverse("followup:export_council", args=[who.council.ref])
    response = signed_in(client, who).get(url, asked)
    assert response.headers["Content-Disposition"].startswith("attachment")
    text = response.content.decode("utf-8")
    assert text.startswith("\ufeff")
    return list(csv.reader(io.StringIO(text[1:]), delimiter=";"))


def test_the_file_holds_exactly_what_the_page_shows(cast: Cast, client: Client) -> None:
    for number in range(60):
        settled(cast, f"Beslutning {number}; med «tegn»", days=number)
    settled(
        cast,
        "Skjermet",
        classification=Classification.RESTRICTED,
        legal_basis="politiregisterloven",
    )
    rows = exported(client, cast.police_member)
    assert len(rows) == 61
    assert not [row for row in rows if "Skjermet" in " ".join(row)]
    assert len(exported(client, cast.secretary)) == 62
    assert len(exported(client, cast.secretary, text="Beslutning 5")) == 12

    entry = TrailEntry.objects.filter(event=events.EXPORTED.code).latest("pk")
    values = {one.name: one.value for one in entry.values_kept.all()}
    assert (values["rows"], values["about"]) == (11, cast.council.name)
    read = TrailEntry.objects.filter(event=events.RESTRICTED_READ.code)
    assert read.count() == 1


def test_the_file_for_programs_has_the_same_rows(cast: Cast, client: Client) -> None:
    task(cast, "Rette lyset", person=cast.station_chief.person, due=-1)
    url = reverse("followup:export")
    answer = signed_in(client, cast.chair).get(url, {"show": "tasks", "as": "json"})
    rows = json.loads(answer.content)
    assert [(row["task"], row["responsible"]) for row in rows] == [
        ("Rette lyset", cast.station_chief.name)
    ]


SHEET = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"


def workbook(client: Client, who: Any, /, **asked: Any) -> tuple[list[list[Any]], ET.Element]:
    """The rows of the only sheet, read as a spreadsheet reads them, and the sheet."""
    url = reverse("followup:export_council", args=[who.council.ref])
    response = signed_in(client, who).get(url, {"as": "xlsx", **asked})
    assert response.headers["Content-Disposition"].endswith('.xlsx"')
    with zipfile.ZipFile(io.BytesIO(response.content)) as book:
        shared = ET.fromstring(book.read("xl/sharedStrings.xml"))  # noqa: S314
        sheet = ET.fromstring(book.read("xl/worksheets/sheet1.xml"))  # noqa: S314
    words = ["".join(one.itertext()) for one in shared]

    def read(cell: ET.Element) -> Any:
        value = cell.findtext(f"{SHEET}v") or "0"
        return words[int(value)] if cell.get("t") == "s" else int(float(value))

    return [[read(cell) for cell in row] for row in sheet.iter(f"{SHEET}row")], sheet


def test_the_workbook_has_the_rows_and_columns_of_the_spreadsheet(
    cast: Cast, client: Client
) -> None:
    light = settled(cast, "Lyset rettes\nfør jul", days=3)
    task(cast, "Rette", person=cast.station_chief.person, decision=light, due=-3)
    settled(cast, "Skjermet", classification=Classification.RESTRICTED, legal_basis=BASIS)

    for who in (cast.secretary, cast.police_member, cast.guest):
        account_of(who.person)
        Person.objects.filter(pk=who.person.pk).update(language="nb")
        rows, sheet = workbook(client, who)
        flat = exported(client, who)
        assert rows[0] == flat[0]
        assert [[str(one) for one in row] for row in rows[1:]] == [
            [_as_in_a_workbook(one) for one in row] for row in flat[1:]
        ]
        pane = next(sheet.iter(f"{SHEET}pane"))
        assert (pane.get("ySplit"), pane.get("state")) == ("1", "frozen")
    assert [row[1] for row in workbook(client, cast.police_member)[0]].count("Skjermet") == 0


def _as_in_a_workbook(told: str) -> str:
    """A day is the number of days a spreadsheet counts to it."""
    try:
        return str((date.fromisoformat(told) - date(1899, 12, 30)).days)
    except ValueError:
        return told


@pytest.mark.parametrize("text", ["=HYPERLINK(1)", "+47", "@SUM(A1)", "＝1", "=1\x01"])
def test_what_looks_like_a_formula_is_words_in_the_workbook(
    cast: Cast, client: Client, text: str
) -> None:
    decision = settled(cast, "Nattlivet")
    Decision.objects.filter(pk=decision.pk).update(text=text)

    rows, sheet = workbook(client, cast.secretary)

    assert rows[1][1] == text.replace("\x01", "_x0001_")
    assert not list(sheet.iter(f"{SHEET}f"))
    assert len(list(sheet.iter(f"{SHEET}col"))) == len(rows[0])


def test_a_text_longer_than_a_cell_is_cut_and_not_lost(cast: Cast, client: Client) -> None:
    decision = settled(cast, "Nattlivet")
    Decision.objects.filter(pk=decision.pk).update(text="å" * 40_000)

    assert workbook(client, cast.secretary)[0][1][1] == "å" * 32_000


@pytest.mark.parametrize("text", ["=1+1", "+47", "-2", "@SUM(A1)", "\t=1", "  =1", "＝1"])
def test_no_cell_is_taken_for_a_formula(text: str) -> None:
    assert cell(text) == f"'{text}"


def test_what_is_no_formula_stays_as_it_is() -> None:
    assert [cell(one) for one in ("a=b", 3, None, TODAY)] == ["a=b", "3", "", "2026-11-21"]


def test_a_formula_in_a_decision_is_text_in_the_file(cast: Cast, client: Client) -> None:
    settled(cast, "=HYPERLINK(1)")
    assert exported(client, cast.secretary)[1][1] == "'=HYPERLINK(1)"


def test_ages_are_counted_by_who_has_the_task(cast: Cast) -> None:
    task(cast, "Gammel", person=cast.station_chief.person, days=100, due=-5)
    task(cast, "Ny", organisation=cast.no.station, days=10)
    task(cast, "Kommunens", person=cast.director.person, days=30)
    task(cast, "Skjermet", person=cast.director.person, days=300, due=-1,
         classification=Classification.RESTRICTED, legal_basis=BASIS)  # fmt: skip

    def counted(who: Any) -> dict[str, tuple[int, int, int, int]]:
        ages = ages_by_organisation(who.actor, TODAY)
        return {a.name: (a.number, a.overdue, a.median_days, a.oldest_days) for a in ages}

    station, kommune = cast.no.station.name, cast.no.kommune.name
    assert counted(cast.police_member) == {station: (2, 1, 55, 100), kommune: (1, 0, 30, 30)}
    assert counted(cast.secretary)[kommune] == (2, 1, 165, 300)
    assert counted(cast.analyst) == {}


def test_a_covering_level_counts_open_decisions_and_reads_no_deadlines(cast: Cast) -> None:
    decision = settled(cast, "Åpent", days=40, classification=Classification.OPEN)
    task(cast, "Sen", person=cast.director.person, decision=decision, due=-5)
    settled(cast, "Internt", days=90)

    [seen] = ages_by_council(cast.analyst.actor, TODAY)
    assert (seen.number, seen.overdue, seen.oldest_days) == (1, 0, 40)
    [whole] = ages_by_council(cast.chair.actor, TODAY)
    assert (whole.number, whole.overdue, whole.oldest_days) == (2, 1, 90)
    assert ages_by_council(cast.stranger.actor, TODAY) == []


@pytest.mark.parametrize("page", ["followup:everywhere", "followup:ageing", "followup:my_tasks"])
def test_a_hundred_rows_cost_few_questions(
    cast: Cast, client: Client, page: str, django_assert_max_num_queries: Any
) -> None:
    decision = settled(cast, "Beslutning")
    Decision.objects.bulk_create(
        Decision(council=cast.council, text=f"Nr {n}", decided_date=TODAY, state="binding")
        for n in range(100)
    )
    Task.objects.bulk_create(
        Task(
            council=cast.council, decision=decision, title=f"Nr {n}", given_date=TODAY,
            deadline_date=TODAY, responsible_person=cast.secretary.person,
        )
        for n in range(100)
    )  # fmt: skip
    signed_in(client, cast.secretary)
    for asked in ({}, {"show": "tasks"}):
        with django_assert_max_num_queries(12):
            assert client.get(reverse(page), asked).status_code == 200


def test_a_long_list_of_who_has_what_shows_its_first_rows_and_all_when_asked(
    cast: Cast, client: Client
) -> None:
    at = Organisation.objects.create(kind="municipality", name="Nabo 0", area=cast.no.home)
    for n in range(1, 31):
        at = Organisation.objects.create(kind=at.kind, name=f"Nabo {n}", area=at.area)
        task(cast, f"Nr {n}", organisation=at)
    signed_in(client, cast.secretary)
    url = reverse("followup:ageing")

    def rows(asked: str = "") -> int:
        return client.get(url + asked).content.decode().count('class="s-bar"')

    assert "Show all (30)" in " ".join(client.get(url).content.decode().split())
    assert rows() == 25
    assert rows("?show=organisations") == 30
    assert rows("?show=councils") == 0
    assert rows("?show=elsewhere&page=x") == 25
