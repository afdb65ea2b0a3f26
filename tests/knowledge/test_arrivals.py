"""A file of figures through the pages: handed in, read, looked at, put into use or dropped."""

from __future__ import annotations

import gzip
import io
import zipfile
from datetime import timedelta

import pytest
import xlsxwriter
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import translation

from samrad.knowledge.arrivals import KEPT_WAITING, drop_forgotten
from samrad.knowledge.arrivals_shown import Arrival, Stage
from samrad.knowledge.events import FILE_DROPPED, FILE_HANDED_IN, RELEASE_TAKEN_IN
from samrad.knowledge.models import DataSet, Indicator, Release, ReleaseState
from samrad.knowledge.reading_in import give_up, read_file
from samrad.knowledge.words import reason_in_words
from samrad.people.models import Person
from samrad.trail.api import event_codes_of
from samrad.work.api import work_off
from tests.cast import signed_in

MOST_QUERIES = 12
HEAD = "kommunenummer,kommunenavn,population,area_km2,language,adm_center,year"


@pytest.fixture
def analyst(cast, client):
    return signed_in(client, cast.analyst)


def people(*rows: str, head: str = HEAD) -> bytes:
    """Norway's file of inhabitants with these rows."""
    return "\n".join([head, *rows, ""]).encode()


def handed_in(analyst, content: bytes, name: str = "folketall.csv", recipe: str = "") -> Release:
    """The file as it is when the worker has read it."""
    answer = analyst.post(
        reverse("knowledge:hand_in"), {"file": SimpleUploadedFile(name, content), "recipe": recipe}
    )
    assert answer.status_code == 302, answer.content.decode()
    work_off()
    return Release.objects.arriving().select_related("data_set").get()


def page(analyst, release: Release) -> str:
    return analyst.get(reverse("knowledge:arrival", args=[release.ref])).content.decode()


def put_into_use(analyst, release: Release):
    return analyst.post(
        reverse("knowledge:arrival_use", args=[release.ref]), {"seen": release.figures_sha256},
        follow=True,
    )  # fmt: skip


def told_about(analyst, content: bytes, name: str = "folketall.csv", recipe: str = "") -> str:
    """What the form says of a file that it does not take."""
    answer = analyst.post(
        reverse("knowledge:hand_in"), {"file": SimpleUploadedFile(name, content), "recipe": recipe}
    )
    assert answer.status_code == 200
    assert not Release.objects.exists()
    return answer.content.decode()


def home(cast, inhabitants: object = 5000, year: int = 2024) -> str:
    """A row of the file about the home municipality."""
    code = cast.no.home.code
    return f"{code},Hjemme,{inhabitants},10.5,Nøytral,Hjemme,{year}"


def test_a_file_is_recognised_read_and_shown_before_anything_changes(cast, analyst):
    release = handed_in(analyst, people(home(cast), home(cast, "", 2023), home(cast, 0, 2022)))

    assert release.data_set.code == "no-population"
    assert Arrival(release).stage is Stage.READY
    shown = page(analyst, release)
    assert "This is the first release." in shown
    assert "3, from 2022 to 2024" in shown
    assert "1 that are ours, 0 that are not" in shown
    assert not Indicator.objects.exists()
    assert event_codes_of(release) == [FILE_HANDED_IN.code]
    assert Arrival(release).count["missing"] == 1
    assert Arrival(release).count["zero"] == 1


def test_what_is_put_into_use_counts_and_is_told(cast, analyst):
    release = handed_in(analyst, people(home(cast)))

    answer = put_into_use(analyst, release)

    assert "The figures are in use." in answer.content.decode()
    release.refresh_from_db()
    assert release.is_current
    assert release.state == ReleaseState.COMMITTED
    assert not {"preview", "against"} & set(release.difference)
    assert set(Indicator.objects.values_list("code", flat=True)) == {"no.population", "no.ground"}
    assert event_codes_of(release) == [FILE_HANDED_IN.code, RELEASE_TAKEN_IN.code]


def test_pressing_twice_puts_into_use_once(cast, analyst):
    release = handed_in(analyst, people(home(cast)))

    for _time in range(2):
        assert put_into_use(analyst, release).status_code == 200

    release.refresh_from_db()
    assert event_codes_of(release).count(RELEASE_TAKEN_IN.code) == 1
    in_use = analyst.post(reverse("knowledge:arrival_drop", args=[release.ref]))
    assert in_use.status_code == 403


def test_the_same_file_again_is_said_to_change_nothing(cast, analyst):
    put_into_use(analyst, handed_in(analyst, people(home(cast))))

    again = handed_in(analyst, people(home(cast)), "igjen.csv")

    assert Arrival(again).stage is Stage.KNOWN
    assert "All of this is known already" in page(analyst, again)
    assert put_into_use(analyst, again).status_code == 403
    assert Release.objects.get(is_current=True).number == 1


def test_a_revision_is_told_before_it_counts(cast, analyst):
    put_into_use(analyst, handed_in(analyst, people(home(cast))))

    shown = page(analyst, handed_in(analyst, people(home(cast, 5200), home(cast, 5300, 2025))))

    assert "New periods: 2025." in shown
    assert "1 figure was revised." in shown
    assert "5,000 is 5,200 now" in shown


def test_what_came_into_use_meanwhile_is_compared_with_anew(cast, analyst):
    waiting = handed_in(analyst, people(home(cast, 5200)))
    analyst.post(
        reverse("knowledge:hand_in"),
        {"file": SimpleUploadedFile("b.csv", people(home(cast)))},
    )  # fmt: skip
    work_off()
    other = Release.objects.arriving().exclude(pk=waiting.pk).get()
    put_into_use(analyst, other)

    answer = put_into_use(analyst, waiting)

    assert "Something has changed since you looked" in answer.content.decode()
    work_off()
    waiting = Release.objects.arriving().select_related("data_set").get()
    assert "1 figure was revised." in page(analyst, waiting)
    put_into_use(analyst, waiting)
    assert Release.objects.get(is_current=True).pk == waiting.pk
    assert Release.objects.get(is_current=True).number == 3


def test_what_is_dropped_leaves_nothing_behind(cast, analyst):
    release = handed_in(analyst, people(home(cast)))

    analyst.post(reverse("knowledge:arrival_drop", args=[release.ref]))

    assert not Release.objects.exists()
    assert not DataSet.objects.exists()
    assert event_codes_of(release)[-1] == FILE_DROPPED.code


def test_what_nobody_decides_on_goes_after_a_month(cast, analyst):
    release = handed_in(analyst, people(home(cast)))

    assert drop_forgotten(at=release.retrieved_at + KEPT_WAITING) == 0
    assert drop_forgotten(at=release.retrieved_at + KEPT_WAITING + timedelta(days=1)) == 1
    assert not Release.objects.exists()


def test_an_unknown_area_is_asked_about_and_the_answer_leads_on(cast, analyst):
    release = handed_in(analyst, people(home(cast), "9876,Ukjent,10,1,Nøytral,X,2024"))

    assert Arrival(release).stage is Stage.ASKED
    assert "9876 (Ukjent)" in page(analyst, release)
    assert put_into_use(analyst, release).status_code == 403
    unanswered = analyst.post(reverse("knowledge:arrival_answer", args=[release.ref]))
    assert "s-errors" in unanswered.content.decode()

    analyst.post(reverse("knowledge:arrival_answer", args=[release.ref]), {"q1": "on"})
    work_off()

    shown = page(analyst, release)
    assert "1 that are ours, 1 that are not" in shown
    assert "Ukjent (9876)" in shown
    release.refresh_from_db()
    assert release.answers == {"area": "leave"}


def test_a_code_can_be_given_an_area_of_ours(cast, analyst):
    strange = home(cast).replace(cast.no.home.code, "9876", 1)
    release = handed_in(analyst, people(strange))
    answers = reverse("knowledge:arrival_answer", args=[release.ref])

    told = analyst.post(answers, {"q1_1": "ni"}).content.decode()
    assert "Tick this, or give every one the code of an area." in told
    analyst.post(answers, {"q1_1": cast.no.home.code})
    work_off()

    assert "1 that are ours, 0 that are not" in page(analyst, release)
    release.refresh_from_db()
    assert release.answers == {"area:9876": cast.no.home.code}


def test_every_bad_row_is_told_with_row_field_and_reason(cast, analyst):
    bad = [home(cast, "mange", 2000 + n) for n in range(25)]
    release = handed_in(analyst, people(home(cast, 5000, 2099), *bad))

    assert Arrival(release).stage is Stage.REFUSED
    assert not release.file
    shown = page(analyst, release)
    assert "“mange” is no number." in shown
    assert "5 more are in the file to take along." in shown
    found = analyst.get(reverse("knowledge:arrival_found", args=[release.ref]))
    lines = found.content.decode("utf-8-sig").splitlines()
    assert len(lines) == 26
    assert lines[1] == '"Refused";"3";"population";"“mange” is no number."'


def test_a_file_with_a_persons_number_is_refused_and_not_kept(cast, analyst):
    number = "01010750160"  # made for tests: it has the check digits, and nobody has it
    release = handed_in(analyst, people(home(cast), home(cast, 1, 2023).replace("Hjemme", number)))

    assert Arrival(release).stage is Stage.REFUSED
    assert not release.file
    shown = page(analyst, release)
    assert "looks like a person’s number" in shown
    assert number not in shown
    assert [trouble.row for trouble in Arrival(release).troubles] == [3]


def test_what_is_no_file_of_figures_is_answered_in_words(analyst, settings):
    assert "It is empty." in told_about(analyst, b" \n", recipe="no-population")
    assert "empty" in told_about(analyst, b"")
    assert "It is a program" in told_about(analyst, b"MZ\x90\x00 and more")
    assert "CSV, JSON, XLSX" in told_about(analyst, bytes(range(256)) * 40)
    assert "those of no data set we know" in told_about(analyst, b"{}")
    assert "It is an archive" in told_about(analyst, _packed({"a.csv": b"a"}), "a.xlsx")
    assert "damaged" in told_about(analyst, b"\x1f\x8b\x08 no gzip", "a.csv.gz")
    settings.UPLOAD_LIMIT_BYTES = 1000
    assert "larger than" in told_about(analyst, b"x" * 2000)


def test_a_workbook_that_swells_is_refused(analyst):
    parts = {"[Content_Types].xml": b"<Types/>", "xl/workbook.xml": b"<w/>"}
    told = told_about(
        analyst, _packed({**parts, "xl/worksheets/sheet1.xml": b" " * 300_000_000}), "b.xlsx"
    )

    assert "unpacks to far more than it weighs" in told


def _packed(parts: dict[str, bytes]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return out.getvalue()


def test_a_page_that_waits_is_shown_anew_when_the_file_is_read(cast, analyst):
    analyst.post(
        reverse("knowledge:hand_in"), {"file": SimpleUploadedFile("a.csv", people(home(cast)))}
    )
    release = Release.objects.get()
    state = reverse("knowledge:arrival_state", args=[release.ref])

    assert "The file is being read" in page(analyst, release)
    assert "HX-Refresh" not in analyst.get(state).headers
    work_off()
    assert analyst.get(state).headers["HX-Refresh"] == "true"


def test_a_workbook_and_a_packed_file_are_taken_in_as_well(cast, analyst):
    release = handed_in(analyst, gzip.compress(people(home(cast))), "folketall.csv.gz")
    put_into_use(analyst, release)

    same = handed_in(analyst, _workbook(people(home(cast))), "folketall.xlsx")

    assert Arrival(same).stage is Stage.KNOWN


def _workbook(content: bytes) -> bytes:
    out = io.BytesIO()
    book = xlsxwriter.Workbook(out)
    sheet = book.add_worksheet()
    for number, row in enumerate(content.decode().splitlines()):
        sheet.write_row(number + 2, 0, row.split(","))  # two rows above the header
    book.close()
    return out.getvalue()


def test_what_a_publisher_left_out_is_asked_about(cast, analyst):
    put_into_use(analyst, handed_in(analyst, people(home(cast), home(cast, 4900, 2023))))
    release = handed_in(analyst, people(home(cast, 5100, 2025)), "ny.csv")

    assert "Keep what we have of these periods" in page(analyst, release)
    analyst.post(reverse("knowledge:arrival_answer", args=[release.ref]), {"q1": "keep"})
    work_off()

    shown = page(analyst, release)
    assert "3, from 2023 to 2025" in shown
    assert "New periods: 2025." in shown


@pytest.mark.parametrize("language", ["nb", "nn", "da", "sv"])
def test_a_refusal_is_in_the_readers_language(cast, analyst, language):
    Person.objects.filter(pk=cast.analyst.person.pk).update(language=language)
    release = handed_in(analyst, people(home(cast, "mange")))

    with translation.override(language):
        told = reason_in_words(Arrival(release).troubles[0])
    assert "is no number" not in told
    assert told in page(analyst, release)


def test_reading_that_fails_for_good_is_told(cast, analyst):
    analyst.post(
        reverse("knowledge:hand_in"), {"file": SimpleUploadedFile("a.csv", people(home(cast)))}
    )
    release = Release.objects.get()

    give_up(ref=str(release.ref))
    read_file(ref=str(release.ref))

    release.refresh_from_db()
    assert "did not come to an end" in page(analyst, release)


def test_a_file_handed_in_twice_is_on_its_way_once(cast, analyst):
    for _time in range(2):
        handed_in(analyst, people(home(cast)))

    assert Release.objects.count() == 1


def test_nobody_but_an_analyst_sees_what_is_on_its_way(cast, analyst, client):
    release = handed_in(analyst, people(home(cast)))
    chair = signed_in(type(client)(), cast.chair)

    assert chair.get(reverse("knowledge:arrival", args=[release.ref])).status_code == 404
    assert chair.get(reverse("knowledge:hand_in")).status_code == 403
    assert "folketall.csv" not in chair.get(reverse("knowledge:data_sets")).content.decode()


@pytest.mark.parametrize("rows", [1, 40])
def test_the_pages_ask_little(cast, analyst, rows, django_assert_max_num_queries):
    release = handed_in(analyst, people(*(home(cast, n, 1980 + n) for n in range(rows))))

    for name, refs in (("hand_in", []), ("arrival", [release.ref]), ("data_sets", [])):
        with django_assert_max_num_queries(MOST_QUERIES):
            assert analyst.get(reverse(f"knowledge:{name}", args=refs)).status_code == 200
