"""Every page, every kind of person: what the table says is what happens."""

from __future__ import annotations

from typing import Any

import pytest
from django.db import transaction
from django.test import Client

from samrad.access.vocabulary import Permission
from tests.cast import Cast, signed_in
from tests.permissions.asking import all_rules, questions, wrong_answers
from tests.permissions.pages import pages_by_name
from tests.permissions.reading_the_table import COLUMNS, Row, letter_of, people_of, rows
from tests.permissions.stage import things

# Tested where they live: a page reached by a secret link, and the demo's own, which are not there.
BESIDE_THE_TABLE = {"people:invitation", "site:demo_mailbox", "wheel:feed"}


@pytest.fixture
def stage(cast: Cast) -> dict[str, Any]:
    return things(cast)


def clients(cast: Cast) -> dict[str, Client]:
    """A browser for each of the people, signed in once."""
    found = {}
    for column, who in people_of(cast).items():
        client = Client(raise_request_exception=False)
        found[column] = signed_in(client, who) if who else client
    return found


def answer(client: Client, row: Row, stage: dict[str, Any]) -> str:
    """Try a cell and put everything back."""
    kept = client.cookies.copy()
    with transaction.atomic():
        send = client.post if row.method == "POST" else client.get
        letter = letter_of(send(row.url(stage)))
        transaction.set_rollback(True)
    client.cookies = kept
    return letter


SHARES = 6
A_FEW = pytest.param(slice(0, None, 30), id="a few")


@pytest.mark.django_db
@pytest.mark.parametrize(
    "share",
    [
        A_FEW,
        *(
            pytest.param(slice(n, None, SHARES), id=f"{n + 1} of {SHARES}", marks=pytest.mark.slow)
            for n in range(SHARES)
        ),
    ],
)
def test_every_cell_of_the_table_is_as_it_says(
    cast: Cast, stage: dict[str, Any], share: slice
) -> None:
    """In shares, so that several processes can take them; `./samrad test` tries a few rows."""
    browsers = clients(cast)
    wrong, tried = [], 0
    for row in rows()[share]:
        for column, expected in zip(COLUMNS, row.letters, strict=True):
            tried += 1
            found = answer(browsers[column], row, stage)
            if found != expected:
                wrong.append(f"{row} {column}: expected {expected}, found {found}")
    assert not wrong, f"{len(wrong)} of {tried} cells:\n" + "\n".join(wrong)


def test_every_page_is_in_the_table() -> None:
    missing = set(pages_by_name()) - {row.page for row in rows()} - set(BESIDE_THE_TABLE)

    assert not missing, f"These pages are not in the table: {sorted(missing)}"


def test_nothing_in_the_table_is_gone() -> None:
    gone = {row.page for row in rows()} - set(pages_by_name())

    assert not gone, f"These pages are no longer there: {sorted(gone)}"


@pytest.mark.slow
@pytest.mark.django_db
def test_every_question_is_answered_as_written(cast: Cast, stage: dict[str, Any]) -> None:
    wrong = wrong_answers(cast, stage)

    assert not wrong, "\n".join(wrong)


def test_every_permission_every_rule_and_everything_seen_is_asked_about() -> None:
    asked = questions()
    held = {row.page for row in asked if row.method == "HOLD"}
    ruled = {row.page for row in asked if row.method == "MAY"}

    assert held == set(Permission)
    assert ruled == {f"{app}:{name}" for app, name in all_rules()}


def test_every_gate_that_is_narrower_than_signing_in_is_asked_about() -> None:
    narrow = {name for name, view in pages_by_name().items() if view.audience.permissions}

    assert narrow == {row.page for row in questions() if row.method == "GATE"}
