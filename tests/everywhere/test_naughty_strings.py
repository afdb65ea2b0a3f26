"""Every field of every page with strings that break programs: kept as documented, or refused.

Here by the handful; `./samrad prove strings` tries each string alone in each field.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Callable
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from samrad.documents.richtext import blocks_of, html_of, plain_of, sanitised
from samrad.documents.uploads import UploadField
from samrad.kernel.text import normalise, normalise_line
from tests.cast import Cast
from tests.everywhere.every_page import as_columns, every_page
from tests.everywhere.forms_on_a_page import (
    read,
)
from tests.everywhere.naughty import LONE, OWN, by_the_handful, everything
from tests.everywhere.strings import (
    CONTROLS,
    QUESTIONS,
    fields_in,
    forms_of,
    try_addresses,
    try_all,
    try_values,
    undone,
)
from tests.permissions.stage import things


@pytest.fixture
def stage(cast: Cast) -> dict[str, Any]:
    return things(cast)


@pytest.fixture
def everywhere(cast: Cast, stage: dict[str, Any], settings: Any) -> Any:
    """The browsers, and the forms that the first of them finds who may open a page."""
    settings.ACCOUNT_RATE_LIMITS = False
    clients = as_columns(cast)
    return clients, forms_of(clients, every_page(stage), once=True)


@pytest.mark.slow
@pytest.mark.django_db
def test_every_field_takes_or_refuses_a_handful_of_everything(everywhere: Any) -> None:
    """Text fields many strings at once, the others of a form two strange values each.

    Each field all of them, one at a time, in the campaign.
    """
    clients, forms = everywhere

    figures, wrong = try_all(clients, forms, by_the_handful(), step=2)
    tried, wrong_values = try_values(clients, forms, step=len(CONTROLS) // 2, together=True)

    print(f"{fields_in(forms)} text fields in {len(forms)} forms: {dict(figures)}; {tried} values")
    assert wrong == []
    assert wrong_values == []
    assert fields_in(forms) > 40
    assert figures["kept"] > 20
    assert figures["refused"] > 20
    assert tried > 100


@pytest.mark.slow
@pytest.mark.django_db
def test_every_page_answers_whatever_its_address_asks(cast: Cast, stage: dict[str, Any]) -> None:
    tried, wrong = try_addresses(as_columns(cast), stage, step=len(QUESTIONS))

    print(f"{tried} addresses")
    assert wrong == []
    assert tried > 60


# What the page of minutes saves by itself -------------------------------------------------------


def saved_by_itself(stage: dict[str, Any]) -> list[tuple[str, Callable[[str], dict[str, str]]]]:
    """The addresses, and what the script sends to them about a text."""
    seat = stage["seat"].ref
    meeting, item = stage["in_draft"].ref, stage["draft_item"].ref
    return [
        (reverse("meetings:save_text", args=[item]), lambda s: {"text": s}),
        (reverse("meetings:save_wording", args=[stage["draft_decision"].ref]),
         lambda s: {"text": s}),
        (reverse("meetings:save_task", args=[stage["draft_task"].ref]),
         lambda s: {"title": s, "who": s, "by": s}),
        (reverse("meetings:save_attendance", args=[meeting, seat]),
         lambda s: {"presence": "deputy", "stand_in": s}),
    ]  # fmt: skip


@pytest.mark.slow
@pytest.mark.once
@pytest.mark.django_db
def test_what_saves_itself_takes_or_refuses_every_string(cast: Cast, stage: dict[str, Any]) -> None:
    client = as_columns(cast)["secr"]
    answers: Counter[int] = Counter()
    for url, values in saved_by_itself(stage):
        for number, string in enumerate([*LONE, *OWN]):
            expected = "0" if number % 2 else string
            body = json.dumps({"values": values(string), "expected": expected})
            with undone():
                response = client.post(url, body, content_type="application/json")
            answers[response.status_code] += 1
            assert response.status_code in {200, 400, 409, 422}, (url, string[:60])
            assert response.headers["Content-Type"] == "application/json"
    print(dict(answers))


@pytest.mark.slow
@pytest.mark.django_db
def test_a_text_that_saved_itself_is_the_normalised_one(cast: Cast, stage: dict[str, Any]) -> None:
    client, item = as_columns(cast)["secr"], stage["draft_item"]
    url = reverse("meetings:save_text", args=[item.ref])
    kept = 0
    for string in [*LONE, *OWN]:
        expected = str(type(item).objects.get(pk=item.pk).minutes_version)
        body = json.dumps({"values": {"text": string}, "expected": expected})
        if client.post(url, body, content_type="application/json").status_code == 200:
            kept += 1
            item.refresh_from_db()
            assert item.minutes_text == normalise(string)
    assert kept > 50


# Files, bytes, and the rules underneath ---------------------------------------------------------


def test_a_file_may_be_called_anything() -> None:
    field, taken = UploadField(), 0
    for string in [*LONE, *everything()]:
        try:
            upload = field.clean(SimpleUploadedFile(f"{string}.txt", b"En avtale om samarbeid."))
        except ValidationError:
            continue
        taken += 1
        assert upload.name.endswith(".txt"), string
        assert len(upload.name) <= 200, string
        assert not set(upload.name) & set('/\\\x00<>"\n\r'), string
        assert normalise_line(upload.name) == upload.name, string
    assert taken > 400


@pytest.mark.django_db
def test_an_agreement_may_be_called_anything(cast: Cast, stage: dict[str, Any]) -> None:
    client = as_columns(cast)["secr"]
    url = reverse("cooperation:read_in")
    for string in (
        "<img src=x onerror=alert(1)>",
        "a\x00b",
        "../../x",
        "\u202efdp",
        "x" * 400,
        "%s",
    ):
        file = SimpleUploadedFile(
            f"{string}.txt", "Samarbeidsavtale\n\n1. Formål\nTrygghet.".encode()
        )
        with undone():
            response = client.post(
                url, {"file": file, "country": "no", "area": str(stage["area"].ref)}, follow=True
            )
        assert response.status_code < 500
        assert read(response.content.decode()).active == []


@pytest.mark.django_db
def test_bytes_that_are_no_text_are_answered(cast: Cast) -> None:
    client = as_columns(cast)["secr"]
    for query in ("q=%ff%fe", "q=%ed%a0%80", "q=%00", "page=%f0%28%8c%28"):
        assert client.get(reverse("people:list") + "?" + query).status_code == 200
    body = b"name=%ed%a0%80&purpose=\xff\xfe%00"
    answer = client.post(
        reverse("cooperation:edit_council", args=[cast.council.ref]), body,
        content_type="application/x-www-form-urlencoded",
    )  # fmt: skip
    assert answer.status_code in {200, 302, 400}


def test_normalising_and_rendering_twice_changes_nothing() -> None:
    for string in [*LONE, *everything()]:
        once, line = normalise(string), normalise_line(string)
        assert (normalise(once), normalise_line(line)) == (once, line), string[:60]
        assert once.encode().decode() == once

        html = html_of(once)
        assert read(html).active == [], string[:60]
        assert sanitised(sanitised(html)) == sanitised(html), string[:60]
        plain = plain_of(blocks_of(once))
        assert plain_of(blocks_of(plain)) == plain, string[:60]
