"""Minutes that already exist: day, who came, items, decisions and tasks, in each country's form."""

from __future__ import annotations

import io
import json
from datetime import date, time
from pathlib import Path

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from samrad.reading.minutes import ReadMinutes, ReadTask, read_minutes
from samrad.reading.minutes.people import people_on
from samrad.reading.minutes.reader import minutes_of
from samrad.reading.unreadable import Trouble, Unreadable
from tests.support.examples import tries

pytestmark = pytest.mark.once
PAPERS = Path(__file__).parent / "minutes"


def read(name: str, country: str) -> ReadMinutes:
    return read_minutes((PAPERS / name).read_bytes(), name, country)


def who(minutes: ReadMinutes, presence: str) -> list[tuple[str, str]]:
    return [(one.name, one.role) for one in minutes.attendees if one.presence == presence]


def test_the_politiraad_met_one_thursday_in_march() -> None:
    minutes = read("no_politiraad.txt", "no")

    assert minutes.title == "Referat fra møte i politirådet"
    assert minutes.day == date(2026, 3, 12)
    assert (minutes.starts, minutes.ends) == (time(9), time(11))
    assert minutes.place == "Rådhuset, møterom Åkeren"
    assert who(minutes, "present") == [
        ("Maja Prøvestad", "ordfører (møteleder)"),
        ("Didrik Prøvemo", "kommunedirektør"),
        ("Stein Oppdiktet", "politistasjonssjef"),
        ("Pia Påfunn", "politikontakt"),
    ]
    assert who(minutes, "excused") == [("Gro Fiksjon", "Natteravnene")]


def test_what_was_said_is_kept_apart_from_what_was_decided() -> None:
    item = read("no_politiraad.txt", "no").items[1]

    assert (item.number, item.title) == ("2/26", "Uro rundt stasjonen")
    assert item.text.startswith("Politikontakten fortalte")
    assert item.text.endswith("\n\nDet er særlig elever fra ungdomstrinnet.")
    assert [one.text for one in item.decisions] == [
        "Natteravnene går to runder hver fredag fram til sommeren.",
        "Kommunen setter opp lys ved sykkelparkeringen.",
    ]
    assert item.decisions[0].tasks == (ReadTask("", "Gro Fiksjon", date(2026, 6, 1)),)
    assert item.decisions[1].tasks == (ReadTask("", "teknisk sektor", date(2026, 5, 15)),)


def test_a_title_may_stand_on_the_line_below_its_number() -> None:
    last = read("no_politiraad.txt", "no").items[-1]

    assert (last.number, last.title, last.text) == ("4/26", "Eventuelt", "Ingen saker.")


def test_numbered_names_are_no_items() -> None:
    minutes = read("no_nynorsk.txt", "no")

    assert [item.title for item in minutes.items] == [
        "Godkjenning av innkalling",
        "Snus og vape på ungdomstrinnet",
        "Nattevandring i vinterferien",
    ]
    assert who(minutes, "present") == [
        ("Sara Eksempelsen", "SLT-koordinator"),
        ("Pia Påfunn", "politikontakt"),
        ("", "Helsesjukepleiaren ved ungdomsskulen"),
    ]


def test_a_deadline_without_a_year_is_the_first_after_the_meeting() -> None:
    snus, night = read("no_nynorsk.txt", "no").items[1:]

    assert snus.decisions[0].tasks == (ReadTask("", "Helsesjukepleiaren", date(2026, 9, 1)),)
    assert night.decisions[0].tasks == (
        ReadTask("lage vaktliste", "Sara Eksempelsen", date(2026, 2, 16)),
    )


def test_an_agenda_before_the_minutes_is_not_read_twice() -> None:
    minutes = read("dk_lokalraad.txt", "dk")

    assert [item.number for item in minutes.items] == ["1", "2", "3"]
    assert minutes.items[1].text.startswith("Lokalrådet så på tallene")
    assert minutes.items[1].decisions[0].tasks == (ReadTask("", "Karen Tænkt", date(2026, 6, 15)),)
    assert (minutes.starts, minutes.ends) == (time(13), time(15))
    assert who(minutes, "present") == [
        ("Søren Påfund", "stationsleder"),
        ("Karen Tænkt", "SSP-konsulent"),
        ("Frede Fiktivsen", "forvaltningschef"),
    ]


def test_a_swedish_protocol_has_paragraphs() -> None:
    minutes = read("se_rad.txt", "se")

    assert minutes.day == date(2026, 2, 18)
    assert [item.number for item in minutes.items] == ["1", "2", "3", "4"]
    assert len(who(minutes, "present")) == 3
    assert minutes.items[1].decisions[0].tasks[0].deadline == date(2026, 4, 30)
    assert [one.text for one in minutes.items[2].decisions] == [
        "Rådet beslutade att löftena följs upp på nästa möte."
    ]


@pytest.mark.parametrize("kind", ["docx", "pdf"])
def test_word_and_pdf_say_the_same_as_plain_text(kind: str) -> None:
    name = "dk_lokalraad.txt"
    text = (PAPERS / name).read_text(encoding="utf-8")
    data = {"docx": as_docx, "pdf": as_pdf}[kind](text)

    minutes, plain = read_minutes(data, f"referat.{kind}", "dk"), read(name, "dk")

    assert minutes.day == plain.day
    assert [item.title for item in minutes.items] == [item.title for item in plain.items]
    assert minutes.items[1].decisions == plain.items[1].decisions


def test_a_letter_is_no_minutes() -> None:
    with pytest.raises(Unreadable) as refused:
        read_minutes(b"Hei!\n\nTakk for sist.\n", "brev.txt", "no")

    assert refused.value.code is Trouble.NOT_MINUTES


@pytest.mark.parametrize("name", sorted(path.name for path in PAPERS.glob("*.txt")))
def test_it_goes_to_json_and_back(name: str) -> None:
    minutes = read(name, name[:2])

    assert ReadMinutes.from_json(json.loads(json.dumps(minutes.to_json()))) == minutes


@given(st.lists(st.text(max_size=80), max_size=40), st.sampled_from(["no", "dk", "se"]))
@settings(max_examples=tries(200))
def test_any_lines_are_read_or_refused(lines: list[str], country: str) -> None:
    try:
        minutes = minutes_of([line.strip() for line in lines], country)
    except Unreadable:
        return
    assert minutes.items
    assert all(one.text for item in minutes.items for one in item.decisions)


@given(st.text(max_size=300))
@settings(max_examples=tries(200))
@example("\r")
@example("Fra kommunen: ()")
def test_everybody_on_a_line_has_a_name_or_a_role(line: str) -> None:
    assert all(name or role for name, role in people_on(line))


def as_docx(text: str) -> bytes:
    from docx import Document

    document = Document()
    for line in text.splitlines():
        document.add_paragraph(line)
    kept = io.BytesIO()
    document.save(kept)
    return kept.getvalue()


def as_pdf(text: str) -> bytes:
    import typst

    escaped = text.replace("\\", "\\\\").replace('"', '\\"')
    lines = ", ".join(f'"{line}"' for line in escaped.splitlines())
    body = f'#for line in ({lines},) [#if line == "" [#v(1em)] else [#text(line) \\ ]]'
    return bytes(typst.compile(body.encode()))
