"""What is kept of a file that somebody describes: what is needed, and nothing about a person."""

from __future__ import annotations

import json
from importlib import import_module
from types import SimpleNamespace

import pytest
from django.apps import apps
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.urls import reverse

from samrad.documents.models import DiscardedFile
from samrad.kernel.verdict import Refused
from samrad.knowledge import looking_through
from samrad.knowledge.own_recipe_actions import save_recipe
from samrad.knowledge.own_recipe_models import Description, OwnRecipe
from samrad.knowledge.readers.heads import SHOWN, head_of
from samrad.knowledge.rules.describing import Meaning, Use
from samrad.work.api import work_off
from tests.cast import NOON, signed_in
from tests.knowledge.test_own_recipes import begun, put_into_use, say_columns, say_meaning, told

MIGRATION = import_module(
    "samrad.knowledge.migrations.0014_no_more_of_a_file_than_is_needed"
)  # fmt: skip
ROWS = 60
SAID = {"title": "Egne saker", "unit": "saker"}
NUMBER = "13097248022"


@pytest.fixture
def analyst(cast, client):
    return signed_in(client, cast.analyst)


def survey(cast, rows: int = ROWS, *, said_last: str = "") -> bytes:
    """Cases by kind and year, with who sent them and what they wrote beside each."""
    lines = ["Kommune;År;Lovbrudd;Antall;Innsender;Kommentar"]
    for at in range(rows):
        kind = f"{2010 + at % 15};Lovbrudd nummer {at // 15}"
        sender = f"innsender{at}@example.org;Jeg er redd for naboen {at}"
        lines.append(f"{cast.no.home.code};{kind};{100 + at};{sender}")
    lines[-1] += said_last
    return "\n".join([*lines, ""]).encode()


def kept(cast, analyst) -> OwnRecipe:
    """Described and saved; nobody needs the sender nor what they wrote."""
    description = begun(analyst, survey(cast), "saker.csv")
    answer = say_columns(analyst, description, c5=Use.LEAVE, c6=Use.LEAVE)
    assert answer.status_code == 302, told(answer)
    answer = say_meaning(analyst, description, **SAID)
    assert answer.status_code == 302, told(answer)
    return OwnRecipe.objects.get()


def figures_in(head) -> list[str]:
    at = head["header"].index("Antall")
    return [row[at] for _line, row in head["rows"] if row[at]]


# The head of the file -----------------------------------------------------------------------------


def test_a_recipe_keeps_no_column_that_nobody_needs_and_few_figures(cast, analyst):
    recipe = kept(cast, analyst)
    head = json.dumps(recipe.head)

    assert "@example.org" not in head
    assert "redd" not in head
    assert "Innsender" in recipe.head["header"]
    assert len(figures_in(recipe.head)) == SHOWN
    assert {row[2] for _line, row in recipe.head["rows"]} == {
        f"Lovbrudd nummer {at}" for at in range(ROWS // 15)
    }
    assert {row[1] for _line, row in recipe.head["rows"]} == {
        str(2010 + at) for at in range(15)
    }  # fmt: skip


def test_the_recipe_is_changed_by_what_is_kept(cast, analyst):
    recipe = kept(cast, analyst)
    analyst.post(reverse("knowledge:change_recipe", args=[recipe.ref]))
    change = Description.objects.get()

    answer = say_columns(analyst, change, c6=Use.COUNTED)
    assert "Nothing that stands in this column is at hand here." in told(answer)
    assert say_columns(analyst, change).status_code == 302
    assert say_meaning(analyst, change, **SAID).status_code == 302
    assert OwnRecipe.objects.get().number == 2


def test_with_a_file_in_use_a_column_that_was_left_can_be_taken(cast, analyst):
    recipe = kept(cast, analyst)
    work_off()
    put_into_use(analyst)
    analyst.post(reverse("knowledge:change_recipe", args=[recipe.ref]))

    assert say_columns(analyst, Description.objects.get(), c6=Use.COUNTED).status_code == 302
    say_columns(analyst, Description.objects.get(), c6=Use.LEAVE)
    say_meaning(analyst, Description.objects.get(), **SAID)
    assert "redd" not in json.dumps(OwnRecipe.objects.get().head)


def test_what_older_versions_kept_is_cleaned(cast, analyst):
    recipe = kept(cast, analyst)
    clean, whole = recipe.head, head_of(survey(cast)).as_json()
    analyst.post(reverse("knowledge:change_recipe", args=[recipe.ref]))
    OwnRecipe.objects.update(head=whole)
    Description.objects.update(head=whole)

    MIGRATION.without_what_nobody_needs(apps, SimpleNamespace(connection=connection))
    assert OwnRecipe.objects.get().head == clean
    assert Description.objects.get().head == clean

    OwnRecipe.objects.update(head={}, columns={})
    MIGRATION.without_what_nobody_needs(apps, SimpleNamespace(connection=connection))
    assert OwnRecipe.objects.get().head == {}


# The whole of the file ----------------------------------------------------------------------------


def with_a_number(cast) -> bytes:
    """Far below what the page shows of it, in a row that brings nothing new."""
    return survey(cast, 900, said_last=f" {NUMBER}")


def test_a_number_of_a_person_far_down_lets_the_file_go_and_the_page_says_why(cast, analyst):
    description = begun(analyst, with_a_number(cast), "saker.csv")
    stored = str(description.file.name)
    assert NUMBER not in json.dumps(description.head)
    work_off()

    description.refresh_from_db()
    assert not description.file
    assert (description.head, description.columns) == ({}, {})
    assert DiscardedFile.objects.filter(content=stored).exists()
    for name in ("describe", "describe_meaning"):
        page = analyst.get(reverse(f"knowledge:{name}", args=[description.ref])).content.decode()
        assert "The file holds what looks like a person’s number." in page
        assert "901" in page
        assert NUMBER not in page
    analyst.post(reverse("knowledge:describe_drop", args=[description.ref]))
    assert not Description.objects.exists()


def test_what_was_let_go_is_neither_described_further_nor_saved(cast, analyst):
    description = begun(analyst, with_a_number(cast), "saker.csv")
    assert say_columns(analyst, description, c6=Use.LEAVE).status_code == 302
    description.refresh_from_db()
    work_off()
    meaning = Meaning("Egne saker", "Ås kommune", "-", "-", "crime", "saker", "down")

    with pytest.raises(Refused, match="refused meanwhile"):
        save_recipe(description=description, meaning=meaning, by=cast.analyst.actor, at=NOON)
    assert not OwnRecipe.objects.exists()


def test_a_file_without_is_described_as_before(cast, analyst):
    description = begun(analyst, survey(cast), "saker.csv")
    work_off()

    description.refresh_from_db()
    assert description.file
    assert description.refused == []
    assert say_columns(analyst, description, c5=Use.LEAVE, c6=Use.LEAVE).status_code == 302


def test_a_file_that_nobody_could_look_through_is_not_kept(cast, analyst):
    description = begun(analyst, survey(cast), "saker.csv")
    looking_through.give_up(ref=str(description.ref))
    page = analyst.get(reverse("knowledge:describe", args=[description.ref])).content.decode()

    assert "Nothing was taken in" in page
    assert not Description.objects.exclude(file="").exists()
    sent = {"file": SimpleUploadedFile("saker.csv", survey(cast))}
    assert analyst.post(reverse("knowledge:hand_in"), sent).status_code == 302
