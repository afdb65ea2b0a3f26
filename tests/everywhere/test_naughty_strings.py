"""Every field of every page with strings that break programs: kept as documented, or refused.

The fields are read out of the pages themselves. A string is stored after the one normalisation of
`samrad.kernel.text`, or the page comes back and says why not; nothing fails, and nothing that was
typed runs in a browser.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode, urljoin, urlsplit

import pytest
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import transaction
from django.db.models import JSONField, Model
from django.db.models.signals import post_save
from django.test import Client
from django.urls import reverse

from samrad.documents.forms import UploadField
from samrad.documents.richtext import blocks_of, html_of, plain_of, sanitised
from samrad.kernel.text import normalise, normalise_line
from tests.cast import Cast
from tests.everywhere.every_page import Asked, as_columns, every_page
from tests.everywhere.forms_on_a_page import (
    FREE_TEXT,
    PARTICULAR_TEXT,
    FoundForm,
    read,
)
from tests.everywhere.naughty import LONE, OWN, by_the_handful, everything
from tests.permissions.stage import things

SHARES = 12
WHO = ("secr", "admin", "memb", "anon")
NOT_A_TRIAL = ("/account/logout/", "/language/", "/appearance/", "/everywhere/")
# A plan of days has to be asked for before there is a form to post.
MORE = [("meetings:plan", "?year=2027&count=2&weekday=1&starts=09:00&ends=11:00&place=x")]
SIGNS_OF_REFUSAL = ("ds-validation-message", "ds-error-summary", "s-errors", "ds-alert")
FOR_SEARCHING = {"folded"}
KEPT_ELSEWHERE = {"trail", "work", "post", "sessions", "account", "mfa"}


@dataclass
class Found:
    """A form, on which page it stands, and whose."""

    page: str
    url: str
    column: str
    form: FoundForm

    def __str__(self) -> str:
        return f"{self.page} as {self.column} → {self.form.method} {self.form.action}"


@pytest.fixture
def stage(cast: Cast) -> dict[str, Any]:
    return things(cast)


def opened(pages: list[list[Asked]]) -> Iterator[Asked]:
    """Each page once for each of the people who write most."""
    for cells in pages:
        for page, url, column in cells:
            if column in WHO:
                yield page, url, column
                for name, query in MORE:
                    if page.startswith(name) and column == "secr":
                        yield page, url + query, column


def forms_of(clients: dict[str, Client], stage: dict[str, Any]) -> list[Found]:
    """Every form that takes something, once."""
    found: dict[tuple[str, ...], Found] = {}
    for page, url, column in opened(every_page(stage)):
        response = clients[column].get(url)
        if response.status_code != 200 or "html" not in response.headers["Content-Type"]:
            continue
        for form in read(response.content.decode()).forms:
            form.action = urljoin(urlsplit(url).path, form.action or url)
            if form.fields and not any(part in form.action for part in NOT_A_TRIAL):
                found.setdefault(form.shape, Found(page, url, column, form))
    return list(found.values())


@contextmanager
def undone() -> Iterator[None]:
    """What happens inside is taken back."""
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


@contextmanager
def listening() -> Iterator[list[str]]:
    """The texts of everything that is saved meanwhile."""
    heard: list[str] = []

    def hear(instance: Model, **_: Any) -> None:
        if instance._meta.app_label in KEPT_ELSEWHERE:
            return
        for field in instance._meta.concrete_fields:
            value = getattr(instance, field.attname)
            if isinstance(field, JSONField):
                heard.append(json.dumps(value, ensure_ascii=False, default=str))
            elif isinstance(value, str) and field.name not in FOR_SEARCHING:
                heard.append(value)

    post_save.connect(hear, weak=False)
    try:
        yield heard
    finally:
        post_save.disconnect(hear)


def submitted(client: Client, found: Found, data: dict[str, list[str]]) -> Any:
    """Send the form as a browser would, and follow it to the page that answers."""
    form = found.form
    data = {name: values for name, values in data.items() if name != "csrfmiddlewaretoken"}
    if form.method == "get":
        query = urlencode(data, doseq=True, errors="replace")
        return client.get(f"{urlsplit(form.action).path}?{query}", follow=True)
    return client.post(form.action, data, follow=True)


def is_kept(string: str, heard: list[str]) -> bool:
    """It was saved, normalised, whole or line by line (where a field holds one thing a line)."""
    if {normalise(string), normalise_line(string)} & set(heard):
        return True
    lines = [line.lstrip("-•* ").strip() for line in normalise(string).splitlines()]
    return all(any(line[:300] in text for text in heard) for line in lines if line)


def judged(found: Found, string: str, response: Any, heard: list[str]) -> tuple[str, str]:
    """What became of it, and what is wrong with that."""
    if response.status_code >= 500:
        return "failed", f"{found} answered {response.status_code} to {string[:60]!r}"
    body = response.content.decode()
    if active := read(body).active:
        return "active", f"{found} lets {string[:60]!r} run: {active[:2]}"
    unlike = [one for one in heard if normalise(one) != one and normalise_line(one) != one]
    if unlike:
        return "kept as it came", f"{found} keeps {unlike[0][:60]!r} for {string[:60]!r}"
    outcome = _outcome(found, string, response, heard)
    silent = f"{found} neither keeps {string[:60]!r} nor says why" if outcome == "silent" else ""
    return outcome, silent


def _outcome(found: Found, string: str, response: Any, heard: list[str]) -> str:
    if found.form.method == "get":
        return "looked for"
    if response.status_code >= 400:
        return "refused"
    if response.redirect_chain:
        return "kept" if is_kept(string, heard) else "passed over"
    said = any(sign in response.content.decode() for sign in SIGNS_OF_REFUSAL)
    return "refused" if said else "silent"


def trials(found: Found) -> list[list[str]]:
    """The fields to fill at once: free text together, particular ones alone."""
    free = found.form.named(FREE_TEXT)
    return [
        names for names in (free, *([one] for one in found.form.named(PARTICULAR_TEXT))) if names
    ]


def try_all(
    clients: dict[str, Client], forms: list[Found], strings: list[str]
) -> tuple[Counter[str], list[str]]:
    """Every text field of every form with every string; figures, and what is wrong."""
    figures: Counter[str] = Counter()
    wrong = []
    for found in forms:
        for names in trials(found):
            for string in strings:
                client, cookies = clients[found.column], clients[found.column].cookies.copy()
                with undone(), listening() as heard:
                    response = submitted(
                        client, found, found.form.sent(**dict.fromkeys(names, string))
                    )
                client.cookies = cookies
                outcome, trouble = judged(found, string, response, heard)
                figures[outcome] += len(names)
                wrong += [trouble] if trouble else []
    return figures, wrong


@pytest.fixture
def everywhere(cast: Cast, stage: dict[str, Any], settings: Any) -> Any:
    """The browsers, and every form they find."""
    settings.ACCOUNT_RATE_LIMITS = False
    clients = as_columns(cast)
    return clients, forms_of(clients, stage)


def fields_in(forms: list[Found]) -> int:
    return sum(len(names) for found in forms for names in trials(found))


@pytest.mark.django_db
def test_every_text_field_takes_or_refuses_a_handful_of_everything(everywhere: Any) -> None:
    clients, forms = everywhere

    figures, wrong = try_all(clients, forms, by_the_handful())

    print(f"{fields_in(forms)} text fields in {len(forms)} forms: {dict(figures)}")
    assert wrong == []
    assert fields_in(forms) > 40
    assert figures["kept"] > 20
    assert figures["refused"] > 20


@pytest.mark.slow
@pytest.mark.django_db
@pytest.mark.parametrize("share", range(SHARES))
def test_every_text_field_takes_or_refuses_every_string(everywhere: Any, share: int) -> None:
    clients, forms = everywhere
    strings = everything()[share::SHARES]

    figures, wrong = try_all(clients, forms, strings)

    print(f"{fields_in(forms)} text fields × {len(strings)} strings: {dict(figures)}")
    assert wrong == []
    assert figures["kept"] > len(strings)


CONTROLS = [
    "\x00",
    "9" * 5000,
    "-1",
    "²",
    "٣",
    "x",
    "\u202e",
    "2027-13-45",
    "99999999999",
    "'\"<b>",
]


@pytest.mark.slow
@pytest.mark.django_db
def test_marks_choices_numbers_and_days_may_hold_anything(everywhere: Any) -> None:
    """A page never sends such values; somebody with a tool does."""
    clients, forms = everywhere
    tried, wrong = 0, []
    for found in forms:
        names = {one.name for one in found.form.fields} - {"csrfmiddlewaretoken"}
        free = {name for names in trials(found) for name in names}
        for name in sorted(names - free):
            for string in CONTROLS:
                client, cookies = clients[found.column], clients[found.column].cookies.copy()
                with undone():
                    response = submitted(client, found, found.form.sent(**{name: string}))
                client.cookies = cookies
                tried += 1
                if response.status_code >= 500:
                    wrong.append(f"{found}: {name}={string[:20]!r} answered {response.status_code}")

    print(f"{tried} values")
    assert wrong == []


ASKED = ("q", "page", "year", "person", "to", "show", "state", "country", "kind", "count", "next")


@pytest.mark.slow
@pytest.mark.django_db
def test_every_page_answers_whatever_its_address_asks(cast: Cast, stage: dict[str, Any]) -> None:
    clients = as_columns(cast)
    tried, wrong = 0, []
    for page, url, column in opened(every_page(stage)):
        if column not in {"secr", "anon"} or "?" in url:
            continue
        for string in ("\x00", "9" * 5000, "²", "%", "<script>alert(1)</script>", "\u202e'\""):
            query = urlencode(dict.fromkeys(ASKED, string))
            with undone():
                response = clients[column].get(f"{url}?{query}")
            tried += 1
            html = "html" in response.headers["Content-Type"]
            active = read(response.content.decode()).active if html else []
            if response.status_code >= 500 or active:
                wrong.append(f"{page}: {string[:20]!r} {response.status_code} {active}")

    print(f"{tried} addresses")
    assert wrong == []


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


@pytest.mark.django_db
@pytest.mark.parametrize(
    "strings",
    [
        pytest.param([*LONE, *OWN], id="own"),
        pytest.param(everything(), id="all", marks=pytest.mark.slow),
    ],
)
def test_what_saves_itself_takes_or_refuses_every_string(
    cast: Cast, stage: dict[str, Any], strings: list[str]
) -> None:
    client = as_columns(cast)["secr"]
    answers: Counter[int] = Counter()
    for url, values in saved_by_itself(stage):
        for string in strings:
            for expected in (string, "0"):
                body = json.dumps({"values": values(string), "expected": expected})
                with undone():
                    response = client.post(url, body, content_type="application/json")
                answers[response.status_code] += 1
                assert response.status_code in {200, 400, 409, 422}, (url, string[:60])
                assert response.headers["Content-Type"] == "application/json"
    print(dict(answers))


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
