"""The pages of papers: adding several, opening one, and what each answer lets a browser do."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from samrad.documents.models import StoredFile
from samrad.documents.rules import Classification
from samrad.meetings import api
from samrad.meetings.models import Meeting, Paper
from samrad.trail.api import event_codes_of, history_of
from tests.cast import NOON, Cast, signed_in
from tests.documents.made_files import docx_of, pdf_of, picture, pptx_of
from tests.documents.test_forms import CERTAIN, SUSPECT
from tests.meetings.bricks import called, item_on, planned, restricted_on, written
from tests.meetings.test_papers import file, paper_on
from tests.support.examples import tries

pytestmark = pytest.mark.django_db
JSON = {"HTTP_ACCEPT": "application/json"}


def sent(*files: tuple[str, bytes], **more: str) -> dict[str, Any]:
    """What a browser sends."""
    return {
        "papers": [SimpleUploadedFile(name, content) for name, content in files],
        "classification": "as_item", "item": "", **more,
    }  # fmt: skip


def page_of(meeting: Meeting) -> str:
    return reverse("meetings:papers", args=[meeting.ref])


def opened(client: Client, paper: Paper) -> Any:
    return client.get(reverse("meetings:paper", args=[paper.ref]))


def read_whole(answer: Any) -> bytes:
    """What was handed out; reading it to the end closes the file, and nothing else."""
    return b"".join(answer)


def test_several_papers_are_added_at_once_and_stand_where_they_belong(
    client: Client, cast: Cast
) -> None:
    meeting = called(cast)
    item = meeting.items.get()
    signed_in(client, cast.secretary)
    files = [("Notat_om_lys.docx", docx_of("Om lyset")), ("Kart.jpg", picture(orientation=6))]

    answer = client.post(page_of(meeting), sent(*files, item=str(item.ref)), follow=True)
    assert "2 papers are added" in answer.content.decode()
    assert [str(one) for one in item.papers.all()] == ["Notat om lys", "Kart"]
    for page in ("detail", "agenda", "papers", "send"):
        shown = client.get(reverse(f"meetings:{page}", args=[meeting.ref])).content.decode()
        assert "Notat om lys" in shown, page
        assert "DOCX, " in shown, page


def test_a_bad_file_is_told_about_and_the_good_ones_are_kept(client: Client, cast: Cast) -> None:
    meeting = called(cast)
    signed_in(client, cast.secretary)
    answer = client.post(page_of(meeting), sent(("a.txt", b"a"), ("b.exe", b"MZ\x90\0")))

    page = answer.content.decode()
    assert answer.status_code == 422
    assert "b.exe: It is a program" in page
    assert "1 paper is added" in page
    assert [one.title for one in Paper.objects.all()] == ["a"]


def test_a_file_chosen_twice_or_there_already_is_one_paper(client: Client, cast: Cast) -> None:
    meeting = called(cast)
    signed_in(client, cast.secretary)
    twice = client.post(page_of(meeting), sent(("a.txt", b"a"), ("b.txt", b"a")))
    again = client.post(page_of(meeting), sent(("c.txt", b"a")))

    for answer, name in ((twice, "b.txt"), (again, "c.txt")):
        assert answer.status_code == 422
        assert f"{name} is already here" in answer.content.decode()
    assert [one.title for one in Paper.objects.all()] == ["a"]


def test_nothing_is_kept_while_it_is_not_settled_whom_it_is_for(client: Client, cast: Cast) -> None:
    meeting = planned(cast)
    item = restricted_on(meeting, cast.secretary.actor, "Skjermet")
    signed_in(client, cast.secretary)
    wider = sent(("a.txt", b"a"), item=str(item.ref), classification="open")
    lawless = sent(("a.txt", b"a"), classification="restricted")

    for given_, told in ((wider, "more readers than the item"), (lawless, "needs the legal basis")):
        answer = client.post(page_of(meeting), given_)
        assert answer.status_code == 422
        assert told in answer.content.decode()
    assert not Paper.objects.exists()


def test_no_file_at_all_is_answered_in_words(client: Client, cast: Cast) -> None:
    signed_in(client, cast.secretary)

    assert "Choose at least one file" in client.post(page_of(called(cast)), {}).content.decode()


def test_a_number_in_a_file_is_asked_about_and_the_other_files_are_kept(
    client: Client, cast: Cast
) -> None:
    meeting = called(cast)
    signed_in(client, cast.secretary)
    holding = ("Notat.docx", docx_of(f"Journal {SUSPECT}"))

    asked = client.post(page_of(meeting), sent(("a.txt", b"a"), holding))
    page = asked.content.decode()
    assert asked.status_code == 422
    assert 'name="number_is_harmless"' in page
    assert "Notat.docx holds" in page
    assert SUSPECT not in page
    assert [one.title for one in Paper.objects.all()] == ["a"]

    answered = {"number_is_harmless": "on", "number_reason": "Journalnummer"}
    assert client.post(page_of(meeting), sent(holding, **answered)).status_code == 302
    told = [str(one.text) for one in history_of(Paper.objects.get(title="Notat"))]
    assert any("Journalnummer" in one for one in told)


def test_what_is_surely_a_number_takes_a_second_person(client: Client, cast: Cast) -> None:
    meeting = called(cast)
    signed_in(client, cast.secretary)
    holding = ("Notat.pdf", pdf_of(f"Et varenummer i et notat: {CERTAIN}"))

    refused = client.post(page_of(meeting), sent(holding))
    page = refused.content.decode()
    assert refused.status_code == 422
    assert "Take the number out" in page
    assert 'name="number_asked_by"' in page
    assert not Paper.objects.exists()

    named = {"number_asked_by": cast.police_member.name, "number_reason": "Et varenummer"}
    assert client.post(page_of(meeting), sent(holding, **named)).status_code == 302
    assert "documents.identity_number_confirmed" in event_codes_of(Paper.objects.get())


def test_the_pages_script_is_answered_in_json(client: Client, cast: Cast) -> None:
    meeting = called(cast)
    signed_in(client, cast.secretary)
    url = page_of(meeting)
    added = client.post(url, sent(("Lysbilder.pptx", pptx_of("x", notes="y"))), **JSON)
    assert (added.status_code, added.json()["added"]) == (200, 1)
    assert "speaker notes" in added.json()["notes"][0]

    refused = client.post(url, sent(("b.exe", b"MZ\x90\0")), **JSON)
    assert (refused.status_code, refused.json()["questions"]) == (422, [])
    assert "It is a program" in refused.json()["error"]

    asked = client.post(url, sent(("c.txt", f"Journal {SUSPECT}".encode())), **JSON)
    names = [one["name"] for one in asked.json()["questions"]]
    assert names == ["number_is_harmless", "number_reason"]


@pytest.mark.parametrize(
    ("name", "content", "placed"),
    [
        ("a.txt", b"<script>alert(1)</script> x", "attachment"),
        ("a.csv", b"a;b", "attachment"),
        ("a.docx", docx_of("x"), "attachment"),
        ("a.pdf", pdf_of("Et notat om lyset i sentrum."), "inline"),
        ("a.png", picture("PNG"), "inline"),
        ("a.webp", picture("WEBP"), "inline"),
    ],
)
def test_an_opened_paper_can_do_nothing_in_the_browser(
    client: Client, cast: Cast, name: str, content: bytes, placed: str
) -> None:
    meeting = called(cast)
    signed_in(client, cast.secretary)
    client.post(page_of(meeting), sent((name, content)))
    answer = opened(client, Paper.objects.get())

    assert answer.status_code == 200
    assert answer["Content-Disposition"].startswith(placed)
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert "sandbox" in answer["Content-Security-Policy"]
    assert answer["Cache-Control"] == "private, no-store"
    answer.close()


def test_opening_a_restricted_paper_is_recorded_and_an_internal_one_is_not(
    client: Client, cast: Cast
) -> None:
    meeting = called(cast)
    internal = paper_on(meeting, cast)
    restricted = paper_on(
        meeting, cast, name="b.txt", readers=api.For(Classification.RESTRICTED, "offl. § 13")
    )
    signed_in(client, cast.chair)
    for paper in (internal, restricted):
        read_whole(opened(client, paper))
        read_whole(opened(client, paper))

    assert "paper.read" not in event_codes_of(internal)
    assert event_codes_of(restricted).count("paper.read") == 1


def test_a_withdrawn_paper_tells_its_readers_why_and_opens_for_its_keepers(
    client: Client, cast: Cast
) -> None:
    meeting = called(cast)
    paper = paper_on(meeting, cast)
    signed_in(client, cast.secretary)
    url = reverse("meetings:withdraw_paper", args=[paper.ref])
    assert client.post(url, {"withdraw-reason": ""}).status_code == 422
    assert client.post(url, {"withdraw-reason": "Feil tall."}).status_code == 302
    read_whole(opened(client, paper))

    signed_in(client, cast.police_member)
    refused = opened(client, paper)
    assert refused.status_code == 403
    assert "Feil tall." in refused.content.decode()
    assert "Withdrawn: Feil tall." in client.get(meeting.get_absolute_url()).content.decode()


def test_a_paper_whose_file_is_gone_is_answered_in_words(client: Client, cast: Cast) -> None:
    paper = paper_on(called(cast), cast)
    Path(StoredFile.objects.get().content.path).unlink()
    signed_in(client, cast.secretary)

    answer = client.get(reverse("meetings:paper", args=[paper.ref]), follow=True)
    assert "The file is gone" in answer.content.decode()


def test_a_paper_is_renamed_classified_replaced_moved_and_its_versions_read(
    client: Client, cast: Cast
) -> None:
    meeting = called(cast)
    first, paper = paper_on(meeting, cast, name="1.txt"), paper_on(meeting, cast, name="2.txt")
    signed_in(client, cast.secretary)

    def page(name: str) -> str:
        return reverse(f"meetings:{name}", args=[paper.ref])

    changed = {"title": "Regnskap", "classification": "restricted", "legal_basis": "offl. § 13"}
    assert client.post(page("change_paper"), changed).status_code == 302
    again = {"replace-file": SimpleUploadedFile("3.txt", b"Ny")}
    assert client.post(page("replace_paper"), again).status_code == 302
    wrong = {"replace-file": SimpleUploadedFile("3.exe", b"MZ\x90\0")}
    assert "It is a program" in client.post(page("replace_paper"), wrong).content.decode()
    assert client.post(page("shift_paper"), {"to": "up"}).status_code == 302

    paper.refresh_from_db()
    assert (paper.title, paper.is_restricted) == ("Regnskap", True)
    assert list(meeting.papers.all()) == [paper, first]
    assert {one.file.is_restricted for one in paper.versions.select_related("file")} == {True}
    shown = client.get(page("change_paper")).content.decode()
    assert "2.txt" in shown
    assert "3.txt" in shown
    earlier = reverse("meetings:paper_version", args=[paper.earlier[0].ref])
    answer = client.get(earlier)
    assert b"".join(answer.streaming_content) == b"2.txt: Til m\xc3\xb8tet."  # type: ignore[attr-defined]


def test_before_the_agenda_is_sent_the_paper_can_be_removed_on_its_page(
    client: Client, cast: Cast
) -> None:
    meeting = planned(cast)
    paper = paper_on(meeting, cast)
    signed_in(client, cast.secretary)
    page = client.get(reverse("meetings:change_paper", args=[paper.ref])).content.decode()
    assert "Remove the paper" in page
    assert "Withdraw" not in page

    client.post(reverse("meetings:remove_paper", args=[paper.ref]))
    assert not Paper.objects.exists()


def test_the_minutes_show_the_papers_while_they_are_written_and_when_they_are_read(
    client: Client, cast: Cast
) -> None:
    meeting = written(cast).meeting
    paper_on(meeting, cast, meeting.items.get(), "Kartet.txt")
    signed_in(client, cast.secretary)

    for page in ("minutes", "read"):
        assert (
            "Kartet" in client.get(reverse(f"meetings:{page}", args=[meeting.ref])).content.decode()
        )


def test_the_meetings_history_tells_of_papers_only_to_their_readers(
    client: Client, cast: Cast
) -> None:
    meeting = called(cast)
    paper_on(meeting, cast, name="Internt.txt")
    url = reverse("meetings:history", args=[meeting.ref])

    assert "Internt" in signed_in(client, cast.police_member).get(url).content.decode()
    assert "Internt" not in signed_in(client, cast.guest).get(url).content.decode()


def test_many_papers_cost_no_more_questions_than_few(
    client: Client, cast: Cast, django_assert_max_num_queries: Any
) -> None:
    meeting, by = planned(cast), cast.secretary.actor
    items = [item_on(meeting, by, f"Sak {n}") for n in range(4)]
    for item in items:
        for n in range(3):
            paper_on(meeting, cast, item, handed_in=file(f"{n}.txt"))
    api.send_agenda(meeting=meeting, by=by, at=NOON)
    signed_in(client, cast.secretary)
    for page, most in (("detail", 14), ("papers", 12), ("agenda", 16), ("send", 16)):
        with django_assert_max_num_queries(most):
            client.get(reverse(f"meetings:{page}", args=[meeting.ref]))


@settings(
    max_examples=tries(60),
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(
    st.lists(st.binary(max_size=80), max_size=3),
    st.sampled_from([b"", b"%PDF-1.4\n", b"PK\x03\x04", b"\xff\xd8\xff", b"\x89PNG\r\n\x1a\n"]),
    st.sampled_from(["a.txt", "b.exe", "", "\u202egpj.exe", "x" * 400, "../../etc/passwd"]),
    st.sampled_from(["as_item", "open", "restricted", "", "nonsense"]),
    st.sampled_from(["", "nonsense", "00000000-0000-0000-0000-000000000000"]),
)
def test_no_bytes_make_the_page_fail(  # noqa: PLR0917
    cast: Cast, client: Client, contents: list[bytes], beginning: bytes, name: str,
    classification: str, item: str,
) -> None:  # fmt: skip
    meeting = Meeting.objects.first() or called(cast)
    signed_in(client, cast.secretary)
    files = [(name or "x", beginning + content) for content in contents]

    answer = client.post(page_of(meeting), sent(*files, classification=classification, item=item))
    assert answer.status_code in {302, 422}
