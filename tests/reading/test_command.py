"""`samrad agreement read`: the answer for programs, the table for people, errors without traces."""

from __future__ import annotations

import json

import pytest
from django.core.management import call_command
from django.core.management.base import CommandError

from samrad.reading.management.commands.agreement import Command
from samrad.reading.templates import agreement_template
from tests.reading import files
from tests.reading.labelled import DEVELOPED, labelled
from tests.reading.test_files import COPIER


@pytest.fixture
def agreement(tmp_path):
    path = tmp_path / "avtale.txt"
    path.write_text(labelled("no_skannet_mal").text, encoding="utf-8")
    return path


def told(capsys, *arguments) -> str:
    call_command("agreement", "read", *map(str, arguments))
    return capsys.readouterr().out


def test_the_answer_for_programs(agreement, capsys):
    answer = json.loads(told(capsys, agreement, "--json"))

    assert set(answer) == {"clauses", "facts", "missing", "folded"}
    assert all(
        set(one) == {"key", "heading", "origin", "text", "confidence"} for one in answer["clauses"]
    )
    assert {one["origin"] for one in answer["clauses"]} == {"template", "local"}
    assert all(set(one) == {"key", "strength", "citation"} for one in answer["missing"])
    chair = answer["facts"]["chair"]
    assert chair["role"] == "mayor"
    assert chair["quote"] in answer["clauses"][chair["passage"]]["text"]


def test_the_table_for_people_begins_with_what_is_missing(agreement, capsys):
    text = told(capsys, agreement)

    assert text.startswith(("Missing:", "Mangler:"))
    assert "Hvem som journalfører" in text or "Who journals" in text
    assert "Stange" in text


def test_the_kind_is_named_or_told_by_the_title(tmp_path, capsys):
    path = tmp_path / "aftale.txt"
    path.write_text(labelled("dk_ssp_faxe", DEVELOPED).text, encoding="utf-8")

    assert told(capsys, path, "--profile", "dk").startswith("SSP")
    keys = {one["key"] for one in json.loads(told(
        capsys, path, "--profile", "dk", "--kind", "theme", "--json"))["clauses"]}  # fmt: skip
    assert keys <= {None, *(clause.key for clause in agreement_template("dk", "theme").clauses)}
    with pytest.raises(CommandError, match="ssp") as caught:
        call_command("agreement", "read", str(path), "--kind", "ssp")
    assert caught.value.returncode == 2


def test_what_may_be_no_agreement_is_read_anyway_when_asked(tmp_path, capsys):
    path = tmp_path / "kopimaskin.txt"
    path.write_text(COPIER, encoding="utf-8")

    with pytest.raises(CommandError, match="does not look like"):
        call_command("agreement", "read", str(path))
    assert json.loads(told(capsys, path, "--anyway", "--json"))["clauses"]


def test_another_country(tmp_path, capsys):
    path = tmp_path / "aftale.txt"
    path.write_text(labelled("dk_kredsraad").text, encoding="utf-8")

    answer = json.loads(told(capsys, path, "--profile", "dk", "--json"))
    assert answer["facts"]["chair"]["role"] == "police_director"


@pytest.mark.parametrize(
    ("content", "says"),
    [(b"", "empty"), (files.picture(), "picture"), (files.pdf_of_a_picture(), "PDF")],
)
def test_what_cannot_be_read_ends_with_one_and_says_why(tmp_path, content, says):
    path = tmp_path / "avtale"
    path.write_bytes(content)

    with pytest.raises(CommandError, match=says) as caught:
        call_command("agreement", "read", str(path))
    assert caught.value.returncode == 1


def test_what_was_called_wrongly_ends_with_two(tmp_path):
    for path in (tmp_path / "nothing.txt", tmp_path):
        with pytest.raises(CommandError) as caught:
            call_command("agreement", "read", str(path))
        assert caught.value.returncode == 2
    command = Command()
    command._called_from_command_line = True
    with pytest.raises(SystemExit) as ended:
        command.create_parser("samrad", "agreement").parse_args(["read", "x", "--profile", "fi"])
    assert ended.value.code == 2


def test_a_note_on_how_it_was_read_goes_beside_the_answer(tmp_path, capsys):
    path = tmp_path / "avtale.txt"
    path.write_bytes(labelled("no_skannet_mal").text.encode("cp1252"))

    call_command("agreement", "read", str(path), "--json")
    out, err = capsys.readouterr()
    json.loads(out)
    assert "cp1252" in err
