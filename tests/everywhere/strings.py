"""Trying strings in every field: the fields are read out of the pages themselves.

A string is stored after the one normalisation of `samrad.kernel.text`, or the page comes back and
says why not; nothing fails, and nothing that was typed runs in a browser.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode, urljoin, urlsplit

from django.db import transaction
from django.db.models import JSONField, Model
from django.db.models.signals import post_save
from django.test import Client

from samrad.kernel.text import normalise, normalise_line
from tests.everywhere.every_page import Asked, every_page
from tests.everywhere.forms_on_a_page import (
    FREE_TEXT,
    PARTICULAR_TEXT,
    FoundForm,
    read,
)

WHO = ("secr", "admin", "memb", "anon")
NOT_A_TRIAL = ("/account/logout/", "/language/", "/appearance/", "/everywhere/")
# A plan of days has to be asked for before there is a form to post.
MORE = [("meetings:plan", "?year=2027&count=2&weekday=1&starts=09:00&ends=11:00&place=x")]
SIGNS_OF_REFUSAL = ("ds-validation-message", "ds-error-summary", "s-errors", "ds-alert")
REDIRECTED = {302, 303}
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


def opened(pages: list[list[Asked]], *, once: bool = False) -> Iterator[Asked]:
    """Each page for each of the people who write most, or for the first of them who may."""
    for cells in pages:
        theirs = [cell for cell in cells if cell[2] in WHO]
        for page, url, column in theirs[:1] if once else theirs:
            yield page, url, column
            for name, query in MORE:
                if page.startswith(name) and column == "secr":
                    yield page, url + query, column


def forms_of(
    clients: dict[str, Client], pages: list[list[Asked]], *, once: bool = False
) -> list[Found]:
    """Every form on these pages that takes something, once; see `opened` for who looks."""
    found: dict[tuple[str, ...], Found] = {}
    for page, url, column in opened(pages, once=once):
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


def of_each_kind(forms: list[Found]) -> tuple[list[Found], list[Found]]:
    """The first form of each kind, and the rest: the same form about another thing."""
    first: dict[tuple[Any, ...], Found] = {}
    for found in forms:
        fields = tuple(sorted(name for names in trials(found) for name in names))
        first.setdefault((found.page.split()[0], found.column, fields), found)
    kept = list(first.values())
    return kept, [found for found in forms if found not in kept]


def submitted(
    client: Client, found: Found, data: dict[str, list[str]], *, follow: bool = True
) -> Any:
    """Send the form as a browser would, and follow it to the page that answers."""
    form = found.form
    data = {name: values for name, values in data.items() if name != "csrfmiddlewaretoken"}
    if form.method == "get":
        query = urlencode(data, doseq=True, errors="replace")
        return client.get(f"{urlsplit(form.action).path}?{query}", follow=follow)
    return client.post(form.action, data, follow=follow)


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
    if getattr(response, "redirect_chain", None) or response.status_code in REDIRECTED:
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
    clients: dict[str, Client],
    forms: list[Found],
    strings: list[str],
    *,
    step: int = 1,
    follow: bool = True,
) -> tuple[Counter[str], list[str]]:
    """Every text field of every form with every string; figures, and what is wrong.

    Every `step`-th of the strings for each, beginning with another one each time. Without `follow`
    the page that answers what was saved is not opened.
    """
    figures: Counter[str] = Counter()
    wrong, turn = [], 0
    for found in forms:
        for names in trials(found):
            turn += 1
            for string in strings[turn % step :: step]:
                client, cookies = clients[found.column], clients[found.column].cookies.copy()
                with undone(), listening() as heard:
                    sent = found.form.sent(**dict.fromkeys(names, string))
                    response = submitted(client, found, sent, follow=follow)
                client.cookies = cookies
                outcome, trouble = judged(found, string, response, heard)
                figures[outcome] += len(names)
                wrong += [trouble] if trouble else []
    return figures, wrong


def fields_in(forms: list[Found]) -> int:
    return sum(len(names) for found in forms for names in trials(found))


CONTROLS = [
    "\x00", "9" * 5000, "-1", "²", "٣", "x", "\u202e", "2027-13-45", "99999999999", "'\"<b>",
]  # fmt: skip
ASKED = ("q", "page", "year", "person", "to", "show", "state", "country", "kind", "count", "next")
QUESTIONS = ("\x00", "9" * 5000, "²", "%", "<script>alert(1)</script>", "\u202e'\"")


def controls(found: Found) -> list[str]:
    """The names of everything in a form that is no text of one's own."""
    names = {one.name for one in found.form.fields} - {"csrfmiddlewaretoken"}
    return sorted(names - {name for names in trials(found) for name in names})


def try_values(
    clients: dict[str, Client], forms: list[Found], *, step: int = 1, together: bool = False
) -> tuple[int, list[str]]:
    """Marks, choices, numbers and days with values that a page never sends, but a tool may.

    Each alone, or all of a form together; every `step`-th of the values, beginning with another
    one each time. Answers how many fields had a value.
    """
    tried, wrong, turn = 0, [], 0
    for found in forms:
        names = controls(found)
        for group in [names] if together and names else [[name] for name in names]:
            turn += 1
            for string in CONTROLS[turn % step :: step]:
                client, cookies = clients[found.column], clients[found.column].cookies.copy()
                with undone():
                    sent = found.form.sent(**dict.fromkeys(group, string))
                    response = submitted(client, found, sent)
                client.cookies = cookies
                tried += len(group)
                if response.status_code >= 500:
                    answered = f"answered {response.status_code} to {string[:20]!r}"
                    wrong.append(f"{found}: {group} {answered}")
    return tried, wrong


def try_addresses(
    clients: dict[str, Client], stage: dict[str, Any], *, step: int = 1
) -> tuple[int, list[str]]:
    """Every page with strange questions in its address; every `step`-th of them for each."""
    tried, wrong = 0, []
    for turn, (page, url, column) in enumerate(opened(every_page(stage))):
        if column not in {"secr", "anon"} or "?" in url:
            continue
        for string in QUESTIONS[turn % step :: step]:
            query = urlencode(dict.fromkeys(ASKED, string))
            with undone():
                response = clients[column].get(f"{url}?{query}")
            tried += 1
            html = "html" in response.headers["Content-Type"]
            active = read(response.content.decode()).active if html else []
            if response.status_code >= 500 or active:
                wrong.append(f"{page}: {string[:20]!r} {response.status_code} {active}")
    return tried, wrong
