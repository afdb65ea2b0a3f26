"""A file of incidents through the pages: read, told, put into use, and gone from the disk."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from io import StringIO
from pathlib import Path

import pytest
from django.core.files.storage import FileSystemStorage
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import call_command
from django.test import TestCase
from django.urls import reverse

from samrad.knowledge.arrivals import drop_forgotten
from samrad.knowledge.arrivals_shown import Arrival, Stage
from samrad.knowledge.checking import check_releases
from samrad.knowledge.incident_actions import delete_lost_files
from samrad.knowledge.incident_models import AddressList, IncidentMonth, IncidentReport
from samrad.knowledge.incident_reports import work_out
from samrad.knowledge.models import DataSet, Release
from samrad.knowledge.own_recipe_models import OwnRecipe
from samrad.people.models import Person
from samrad.site.safekeeping.archive import _file_names
from samrad.trail.api import event_codes_of
from samrad.work.api import work_off
from tests.cast import signed_in
from tests.knowledge.incident_bricks import CODE, POLICE, RECIPE, keep_recipe

MOST_QUERIES = 12
HEAD = "nr,sted,krets,art,meldt,framme"
HOME = "Hemmelig vei 7"
ROWS = (
    f"1,{HOME},Sentrum,Husbråk,2026-07-01 20:00:00,2026-07-01 20:09:00",
    f"2,{HOME},Sentrum,Husbråk,2026-07-11 21:00:00,",
    "3,Torget 1,Vest,Trafikk,2026-08-02 09:00:00,2026-08-02 09:08:00",
)


@pytest.fixture
def analyst(cast, client):
    return signed_in(client, cast.analyst)


@pytest.fixture(autouse=True)
def known(db):
    """The recipe of a police district of Norway, known as those that ship are."""
    return keep_recipe()


def calls(*rows: str, head: str = HEAD) -> bytes:
    return "\n".join([head, *rows, ""]).encode()


def handed_in(client, content: bytes, recipe: str = ""):
    given = {"file": SimpleUploadedFile("anrop.csv", content), "recipe": recipe}
    return client.post(reverse("knowledge:hand_in"), given)


def worked_off() -> None:
    """What the worker does, with what is done once a transaction stands."""
    with TestCase.captureOnCommitCallbacks(execute=True):
        work_off()


def read(client, content: bytes, recipe: str = "") -> Release:
    """The file as it is when the worker has read it."""
    answer = handed_in(client, content, recipe)
    assert answer.status_code == 302, answer.content.decode()
    worked_off()
    return Release.objects.arriving().select_related("data_set").get()


def page(client, release: Release) -> str:
    return client.get(reverse("knowledge:arrival", args=[release.ref])).content.decode()


def put_into_use(client, release: Release) -> None:
    url = reverse("knowledge:arrival_use", args=[release.ref])
    with TestCase.captureOnCommitCallbacks(execute=True):
        client.post(url, {"seen": release.figures_sha256})
    worked_off()


@pytest.fixture
def on_disk(monkeypatch, tmp_path):
    """Asks for all that lies in the folder of files, which is this test's own."""
    kept = (Release, "file"), (Release, "figures"), (IncidentMonth, "content")
    for model, name in kept:
        storage = FileSystemStorage(tmp_path)
        monkeypatch.setattr(model._meta.get_field(name), "storage", storage)
    return lambda: b"".join(one.read_bytes() for one in Path(tmp_path).rglob("*") if one.is_file())


def test_what_is_in_a_file_is_told_and_no_address_waits_with_it(analyst, on_disk):
    release = read(analyst, calls(*ROWS))
    told = page(analyst, release)

    assert Arrival(release).stage is Stage.READY
    assert "3 rows are new." in told
    assert "July 2026 to August 2026" in told
    assert "Rows without “framme”" in told
    assert HOME.encode() not in on_disk()
    assert HOME not in str(release.count) + str(release.difference)
    assert not IncidentMonth.objects.exists()


def test_nothing_counts_before_somebody_says_yes_and_then_all_of_it_does(analyst, on_disk):
    release = read(analyst, calls(*ROWS))
    assert not AddressList.objects.exists()

    put_into_use(analyst, release)

    data_set = DataSet.objects.get(code=CODE)
    assert [one.rows for one in data_set.months.order_by("month")] == [2, 1]
    assert AddressList.objects.get().data_set == data_set
    current = Release.objects.get(is_current=True)
    assert (current.file, current.figures, current.difference) == ("", "", {})
    assert HOME.encode() not in on_disk()


def test_words_that_came_meanwhile_are_not_taken_for_others(analyst):
    """Two files wait; each has its own numbers for its words."""
    first = read(analyst, calls(ROWS[2]))
    assert handed_in(analyst, calls(*ROWS[:2])).status_code == 302
    worked_off()
    second = Release.objects.arriving().exclude(pk=first.pk).get()
    put_into_use(analyst, first)
    put_into_use(analyst, second)  # what it would change is looked at once more
    second.refresh_from_db()
    assert second.is_staged
    put_into_use(analyst, second)

    data_set = DataSet.objects.get(code=CODE)
    assert data_set.codes["district"] == ["Vest", "Sentrum"]
    assert data_set.codes["category"] == ["Trafikk", "Husbråk"]
    assert [one.rows for one in data_set.months.order_by("month")] == [2, 1]


def test_a_corrected_incident_is_told_as_known_and_the_same_file_as_nothing_new(analyst):
    put_into_use(analyst, read(analyst, calls(*ROWS)))
    corrected = ROWS[1] + "2026-07-11 21:20:00"

    assert "2 incidents came in an earlier file as well" in page(
        analyst, read(analyst, calls(ROWS[0], corrected))
    )
    Release.objects.arriving().delete()
    same = read(analyst, calls(*ROWS))
    assert Arrival(same).stage is Stage.KNOWN
    assert "All of this is known already" in page(analyst, same)


def test_a_file_that_is_refused_leaves_nothing_but_why(analyst, on_disk):
    release = read(analyst, calls(ROWS[0], f"2,Torget,Vest,Husbråk,{HOME},"))
    told = page(analyst, release)

    assert "Nothing was taken in" in told
    assert "“xxxxxxxx xxx 0” is not a moment" in told
    assert "meldt" in told
    assert HOME not in told + str(release.doubts)
    assert HOME.encode() not in on_disk()
    assert not release.file


@pytest.mark.parametrize(
    "row",
    [
        "9,13097248022,V,Husbråk,2026-07-01 20:00:00,",
        "9,Torget,V,Husbråk,2026-07-01 20:00:00,,13097248022",
    ],
)
def test_nothing_about_a_person_is_accepted_in_columns_nobody_reads_either(analyst, row, on_disk):
    head = HEAD + (",hvem" if row.count(",") > HEAD.count(",") else "")
    release = read(analyst, calls(row, head=head))

    assert "looks like a person" in page(analyst, release)
    assert b"13097248022" not in on_disk()


def test_a_column_with_another_name_is_asked_about_and_the_file_comes_once_more(analyst, on_disk):
    content = calls(*ROWS, head=HEAD.replace("krets", "bydel"))
    release = read(analyst, content, recipe=CODE)
    told = page(analyst, release)
    assert "Which column or dimension is “krets” now?" in told
    assert "The file once more" in told
    assert HOME.encode() not in on_disk()
    url = reverse("knowledge:arrival_answer", args=[release.ref])

    assert analyst.post(url, {"q1": "bydel"}).status_code == 200  # without the file
    analyst.post(url, {"q1": "bydel", "file": SimpleUploadedFile("anrop.csv", content)})
    worked_off()

    release.refresh_from_db()
    assert Arrival(release).stage is Stage.READY
    assert release.count["rows"] == 3
    assert HOME.encode() not in on_disk()


def test_a_file_whose_first_row_is_no_names_is_refused_and_no_cell_of_it_kept(analyst):
    release = read(analyst, ("\n".join([*ROWS, ""])).encode(), recipe=CODE)

    assert Arrival(release).stage is Stage.REFUSED
    assert HOME not in str(release.doubts)


def test_months_older_than_incidents_are_kept_are_left_out_and_that_is_told(analyst, known):
    known.delete()
    keep_recipe(keep_days=10)
    recent = f"4,Torget 2,Vest,Trafikk,{datetime.now(UTC):%Y-%m-%d} 00:10:00,"
    release = read(analyst, calls(*ROWS, recent))

    assert "3 rows are left out" in page(analyst, release)
    put_into_use(analyst, release)
    assert [one.rows for one in IncidentMonth.objects.all()] == [1]


@pytest.mark.parametrize("name", ["other_analyst", "national_officer"])
def test_only_who_reads_the_addresses_of_the_district_hands_its_files_in(
    cast, client, name, on_disk
):
    answer = handed_in(signed_in(client, getattr(cast, name)), calls(*ROWS), recipe="")

    assert answer.status_code == 200
    assert "who reads them" in answer.content.decode()
    assert not Release.objects.exists()
    assert HOME.encode() not in on_disk()


def test_nobody_else_sees_a_file_of_incidents_on_its_way_in(analyst, cast, client):
    release = read(analyst, calls(*ROWS))
    release.taken_in_by = Person.objects.get(pk=cast.police_member.person.pk)
    release.save(update_fields=["taken_in_by"])

    assert analyst.get(reverse("knowledge:arrival", args=[release.ref])).status_code == 404
    assert "anrop.csv" not in analyst.get(reverse("knowledge:hand_in")).content.decode()


def test_a_file_that_no_worker_has_read_is_in_no_backup_and_goes_by_itself(analyst, on_disk):
    handed_in(analyst, calls(*ROWS))
    assert HOME.encode() in on_disk()  # the worker reads it within moments

    assert not [name for name in _file_names("default") if "arriving" in name]
    delete_lost_files(at=datetime.now(UTC) + timedelta(days=2))
    assert HOME.encode() not in on_disk()
    worked_off()
    assert Arrival(Release.objects.get()).stage is Stage.REFUSED


def test_what_nobody_decides_on_goes_after_a_week(analyst):
    release = read(analyst, calls(*ROWS))

    assert drop_forgotten(at=release.retrieved_at + timedelta(days=6)) == 0
    assert drop_forgotten(at=release.retrieved_at + timedelta(days=8)) == 1
    assert not DataSet.objects.filter(code=CODE).exists()


def test_dropping_leaves_no_trace_of_the_file(analyst):
    release = read(analyst, calls(*ROWS))
    analyst.post(reverse("knowledge:arrival_drop", args=[release.ref]))

    assert not Release.objects.exists()
    assert not DataSet.objects.filter(code=CODE).exists()


def test_the_pages_ask_little(analyst, django_assert_max_num_queries):
    release = read(analyst, calls(*ROWS))
    for url in (
        reverse("knowledge:arrival", args=[release.ref]), reverse("knowledge:hand_in"),
    ):  # fmt: skip
        with django_assert_max_num_queries(MOST_QUERIES):
            assert analyst.get(url).status_code == 200


def test_the_page_of_the_data_set_leads_to_a_newer_file(analyst):
    put_into_use(analyst, read(analyst, calls(*ROWS)))
    url = reverse("knowledge:data_set", args=[DataSet.objects.get(code=CODE).ref])

    assert "Take in a newer file" in analyst.get(url).content.decode()


def test_what_the_operator_took_in_once_the_analyst_hands_in_from_then_on(analyst, known, tmp_path):
    known.delete()
    (tmp_path / "own-calls.toml").write_text(RECIPE.format(police=POLICE, keep_days=36_500))
    (tmp_path / "anrop.csv").write_bytes(calls(*ROWS[:2]))
    given = str(tmp_path / "anrop.csv"), "--recipe", str(tmp_path / "own-calls.toml")
    for _time in range(2):
        call_command("data", "import", *given, stdout=StringIO())

    release = read(analyst, calls(ROWS[2]))
    assert release.data_set.code == "own-calls"
    assert "1 row is new." in page(analyst, release)
    kept = OwnRecipe.objects.get()
    assert (kept.number, event_codes_of(kept)) == (1, ["knowledge.recipe_made"])
    assert "Recipes made here" not in analyst.get(reverse("knowledge:hand_in")).content.decode()


def test_a_page_lays_nothing_down_and_nothing_is_worked_out_of_half_of_it(analyst):
    release = read(analyst, calls(*ROWS))
    url = reverse("knowledge:arrival_use", args=[release.ref])
    analyst.post(url, {"seen": release.figures_sha256})

    assert not IncidentMonth.objects.exists()
    work_out(data_set=CODE, at=datetime.now(UTC))
    assert IncidentReport.objects.get().made_at is None
    assert not any(one["wrong"] for one in check_releases())
    shown = analyst.get(reverse("knowledge:data_set", args=[release.data_set.ref]))
    assert "Nothing is different" not in shown.content.decode()
    worked_off()
    assert sum(one.rows for one in IncidentMonth.objects.all()) == 3
    assert IncidentReport.objects.get().made_at is not None
