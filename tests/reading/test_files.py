"""Files of every kind: read as what they are, or refused with a reason and a way on."""

from __future__ import annotations

import io
import re
import time
import zipfile

import docx
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from samrad.reading.extraction import extract
from samrad.reading.extraction.plain import decoded
from samrad.reading.limits import BYTES, CHARACTERS, Deadline
from samrad.reading.messages import note, trouble
from samrad.reading.model import Reading
from samrad.reading.reader import read_document
from samrad.reading.unreadable import Note, Trouble, Unreadable
from tests.reading import files
from tests.reading.labelled import labelled, scanned, score

TEXT = labelled("no_bokmaal_nummerert").text
WORD, PDF = files.word(TEXT), files.pdf(TEXT)


def refused(data: bytes, name: str = "avtale", profile: str = "no") -> Trouble:
    started = time.process_time()
    with pytest.raises(Unreadable) as caught:
        read_document(data, name, profile)
    assert time.process_time() - started < 5
    assert trouble(caught.value).endswith(".")
    return caught.value.code


# What can be read ------------------------------------------------------------------------------


@pytest.mark.parametrize("data", [WORD, PDF], ids=["docx", "pdf"])
def test_a_word_document_and_a_pdf_read_like_the_text(data):
    of_text = read_document(TEXT.encode(), "a.txt", "no")
    of_file = read_document(data, "a", "no")

    assert [one.key for one in of_file.missing] == [one.key for one in of_text.missing]
    kinds = ("chair", "vice_chair", "secretary", "meetings_a_year", "renewal", "participants")
    for key in kinds:
        assert [fact.value for fact in of_file.facts_of(key)] == [
            fact.value for fact in of_text.facts_of(key)
        ], key
    placed = score(of_file, list(labelled("no_bokmaal_nummerert").parts()))
    assert placed.right >= 0.9 * placed.total, placed.mistakes
    assert not any("Side" in passage.text for passage in of_file.passages)


def test_members_in_a_table_of_two_columns():
    document = docx.Document()
    document.add_paragraph("Samarbeidsavtale mellom Hå kommune og politiet")
    document.add_heading("Politirådet", 1)
    document.add_paragraph("Rådet har to møter i året.")
    document.add_heading("Faste deltakere", 2)
    table = document.add_table(rows=1, cols=2)
    for cell, text in zip(table.rows[0].cells, ("Fra kommunen", "Fra politiet"), strict=True):
        cell.text = text
    for pair in (("Ordfører", "Lensmann"), ("Kommunedirektør", "Politikontakt")):
        for cell, text in zip(table.add_row().cells, pair, strict=True):
            cell.text = text
    document.add_heading("Evaluering", 1)
    document.add_paragraph("Politirådet evaluerer arbeidet hvert år.")

    found = read_document(files.saved(document), "a.docx", "no")

    members = [(one.value["side"], one.value["role"]) for one in found.facts_of("participants")]
    assert members == [
        ("municipality", "mayor"),
        ("municipality", "municipal_director"),
        ("police", "station_chief"),
        ("police", "police_contact"),
    ]


def test_goals_in_a_table_keep_their_expected_results():
    document = docx.Document()
    document.add_heading("Satsingsområder", 1)
    table = document.add_table(rows=1, cols=3)
    for cell, text in zip(
        table.rows[0].cells, ("Område", "Ansvarlig", "Forventet resultat"), strict=True
    ):
        cell.text = text
    rows = (
        (
            "Rus på skolene og i sentrum om kvelden, særlig i helgene",
            "Politiet",
            "Halvparten så mange saker",
        ),
        ("Vold i nære relasjoner", "Kommunen", "Flere tidlige meldinger"),
    )
    for row in rows:
        for cell, text in zip(table.add_row().cells, row, strict=True):
            cell.text = text
    document.add_heading("Politirådet", 1)
    document.add_paragraph(
        "Ordføreren leder politirådet. Politiet og kommunen møtes hvert kvartal."
    )

    found = read_document(files.saved(document), "a.docx", "no")

    assert len(found.facts_of("focus_areas")) == 2
    assert not found.is_missing("expected_results")


@pytest.mark.parametrize("encoding", ["cp1252", "mac_roman", "cp865", "utf-16", "utf-16-le"])
def test_other_encodings_are_recognised_and_told(encoding):
    found = read_document(TEXT.replace("–", "-").encode(encoding), "a.txt", "no")

    assert "Ordføreren leder rådet" in " ".join(passage.text for passage in found.passages)
    codes = dict(found.notes)
    assert Note.ENCODING in codes
    assert note(Note.ENCODING, codes[Note.ENCODING]).endswith(".")


def test_letters_that_went_through_the_wrong_encoding_are_mended():
    twice = TEXT.encode().decode("cp1252", errors="ignore").encode()

    assert "Ordføreren" in decoded(twice)[0]
    assert "Ordføreren" in decoded(TEXT.translate(str.maketrans("æøåÆØÅ", "{|}[\\]")).encode())[0]


def test_a_file_is_read_as_what_it_is_whatever_it_is_called():
    source = extract(WORD, "avtale.pdf", Deadline())

    assert source.notes == ((Note.NOT_WHAT_IT_IS_CALLED, {"ending": "pdf", "kind": "docx"}),)


def test_a_pdf_that_only_forbids_changes_is_read():
    found = read_document(files.locked(PDF, reader_password=""), "a.pdf", "no")

    assert found.fact("chair")


# What cannot -----------------------------------------------------------------------------------


def test_nothing_at_all():
    assert refused(b"") is Trouble.EMPTY
    assert refused(b" \n\t\n ") is Trouble.EMPTY
    assert refused(files.saved(docx.Document())) is Trouble.EMPTY


def test_too_much():
    assert refused(b"a" * (BYTES + 1)) is Trouble.TOO_LARGE
    assert refused(b"politi kommune avtale. " * (CHARACTERS // 20)) is Trouble.TOO_LONG
    assert refused(b"\n".join([b"kommune"] * 30_000)) is Trouble.TOO_LONG


def test_a_title_of_ten_thousand_characters_is_no_title_and_the_rest_is_read():
    title = "Samarbeidsavtale" * 625
    started = time.process_time()
    found = read_document(f"{title}\n\n{TEXT}".encode(), "a.txt", "no")

    assert len(title) == 10_000
    assert time.process_time() - started < 3
    assert len(found.title) < 200
    assert found.fact("chair")


def test_a_long_title_and_long_lines_are_bounded():
    title = "Samarbeidsavtale " * 600
    found = read_document(f"{title}\n\n{TEXT}".encode(), "a.txt", "no")

    assert found.fact("chair")


@pytest.mark.parametrize(
    ("data", "why"),
    [
        (bytes(range(256)) * 40, Trouble.BINARY),
        (b"\x7fELF" + b"\x00\x01" * 500, Trouble.BINARY),
        (files.picture(), Trouble.PICTURE),
        (b"\xff\xd8\xff\xe0" + b"\x00" * 50, Trouble.PICTURE),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\x00" * 600, Trouble.OLD_WORD),
        (
            b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "EncryptedPackage".encode("utf-16-le") * 2,
            Trouble.PASSWORD,
        ),
        (b"{\\rtf1 Hei}", Trouble.OTHER_FORMAT),
        (b"<!DOCTYPE html><p>Hei</p>", Trouble.OTHER_FORMAT),
        (b"PK\x03\x04 and then nothing", Trouble.BROKEN),
        (b"%PDF-1.7 and then nothing", Trouble.BROKEN),
    ],
)
def test_files_that_are_something_else(data, why):
    assert refused(data) is why


def test_other_archives_are_named():
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("content.xml", "<a/>")
    assert refused(out.getvalue()) is Trouble.OTHER_FORMAT


def test_a_locked_pdf():
    assert refused(files.locked(PDF, reader_password="hemmelig")) is Trouble.PASSWORD


def test_a_pdf_of_pictures_only():
    assert refused(files.pdf_of_a_picture(3)) is Trouble.NO_TEXT_LAYER


def test_a_word_document_with_macros():
    data = files.with_part(WORD, "word/vbaProject.bin", b"Sub Auto_Open()")

    assert refused(data) is Trouble.MACROS


def test_a_word_document_that_unpacks_to_far_too_much():
    bomb = files.with_part(WORD, "word/document.xml", b"<w:t>" + b" " * 30_000_000)
    many = files.with_part(WORD, "word/media/image.bin", b"\0" * 70_000_000)

    assert len(bomb) < 200_000
    assert refused(bomb) is Trouble.ZIP_BOMB
    assert refused(many) is Trouble.ZIP_BOMB


def test_a_word_document_whose_xml_is_broken_or_expands():
    laughs = (
        b'<?xml version="1.0"?><!DOCTYPE a [<!ENTITY b "'
        + b"ha" * 1000
        + b'"><!ENTITY c "&b;&b;&b;&b;&b;&b;&b;&b;">]><a>&c;&c;&c;</a>'
    )

    assert refused(files.with_part(WORD, "word/document.xml", b"<w:")) is Trouble.BROKEN
    assert refused(files.with_part(WORD, "word/document.xml", laughs)) is Trouble.BROKEN


@pytest.mark.parametrize(
    "text",
    [
        "Oppskrift på vafler. Bland mel, egg og melk. Stek i varmt jern. Server med syltetøy.\n"
        * 8,
        "This agreement is made between the parties and shall govern the lease of the premises.\n"
        * 8,
        "Sehr geehrte Damen und Herren, wir bestätigen Ihre Buchung für den Sommer.\n" * 8,
    ],
)
def test_a_document_about_something_else(text):
    why = Trouble.NOT_AN_AGREEMENT if text.startswith("Oppskrift") else Trouble.OTHER_LANGUAGE
    assert refused(text.encode()) is why


COPIER = """LEIEAVTALE FOR KOPIMASKIN

Mellom Nittedal kommune og Kontorutstyr AS er det inngått avtale om leie av en kopimaskin.

1. Formål
Avtalen regulerer leie, service og forbruk for maskinen i kommunens servicetorg.

2. Varighet
Avtalen gjelder fra 1. mars 2024 i tre år og kan sies opp med tre måneders varsel.

3. Pris
Leien er 1 200 kroner i måneden. Kommunen betaler papir og strøm og melder feil på telefon.

4. Underskrift
Avtalen er undertegnet i to eksemplarer.
"""


@pytest.mark.parametrize(
    "text", [COPIER, COPIER.replace("Kontorutstyr AS", "politiet, for politiet i Nittedal")]
)
def test_what_has_something_of_an_agreement_is_asked_about_and_read_when_told_to(text):
    assert refused(text.encode()) is Trouble.UNLIKELY

    found = read_document(text.encode(), "a.txt", "no", anyway=True)
    assert (Note.UNLIKELY, {}) in found.notes
    assert note(Note.UNLIKELY, {}).endswith(".")


def test_what_has_nothing_of_an_agreement_is_refused_whatever_one_says():
    recipe = "Oppskrift på vafler. Bland mel, egg og melk. Stek i varmt jern.\n" * 8
    with pytest.raises(Unreadable) as caught:
        read_document(recipe.encode(), "a.txt", "no", anyway=True)
    assert caught.value.code is Trouble.NOT_AN_AGREEMENT


def test_an_agreement_read_by_the_wrong_country_says_so():
    danish = labelled("dk_kredsraad").text.encode()
    swedish = labelled("se_overenskommelse").text.encode()

    notes = read_document(danish, "a.txt", "no").notes
    assert (Note.OTHER_LANGUAGE, {"language": "da"}) in notes
    with pytest.raises(Unreadable) as caught:
        read_document(swedish, "a.txt", "no")
    assert caught.value.code is Trouble.OTHER_LANGUAGE
    assert re.search("swedish|svensk", trouble(caught.value).lower())


# Whatever comes --------------------------------------------------------------------------------

WHATEVER = settings(max_examples=30, deadline=4000, suppress_health_check=list(HealthCheck))


def reads_or_refuses(data: bytes, profile: str) -> None:
    """Anything else than these two, such as an error of another kind, fails the test."""
    try:
        found: Reading | None = read_document(data, "x", profile)
    except Unreadable as refusal:
        sentence, found = trouble(refusal), None
    assert Reading.from_json(found.to_json()) == found if found else sentence.endswith(".")


@WHATEVER
@given(st.binary(max_size=2_000), st.sampled_from(["no", "dk", "se"]))
def test_any_bytes_are_read_or_refused(data, profile):
    reads_or_refuses(data, profile)


@WHATEVER
@given(st.text(max_size=1_500), st.sampled_from(["no", "dk", "se"]))
def test_any_text_is_read_or_refused(text, profile):
    reads_or_refuses(text.encode("utf-8", "surrogatepass"), profile)


@WHATEVER
@given(st.lists(st.sampled_from(TEXT.split()), max_size=200), st.integers(1, 9))
def test_the_words_of_an_agreement_in_any_order_are_read_or_refused(words, every):
    lines = [" ".join(words[at : at + every]) for at in range(0, len(words), every)]
    reads_or_refuses("\n".join(lines).encode(), "no")


@WHATEVER
@given(st.data())
def test_damaged_files_are_read_or_refused(data):
    whole = data.draw(st.sampled_from([WORD, PDF]))
    at = data.draw(st.integers(0, len(whole) - 1))
    length = data.draw(st.integers(1, 400))
    reads_or_refuses(whole[:at] + data.draw(st.binary(max_size=40)) + whole[at + length :], "no")


@pytest.mark.slow
@pytest.mark.parametrize(
    "piece",
    [
        "Rus på skolen og kommunen og politiet\n\n",
        "Politiet skal besøke skolen og holde foredrag for kommunen.\n\n",
        "- Politirådet i Hå kommune skal holde trygghetsvandring hvert år\n",
        "1. Mål\n",
        "politi",
    ],
)
def test_cost_grows_with_the_length_and_not_faster(piece):
    """The same piece over and over, as no agreement has it: four times as long, not 16 times."""

    def cost(times: int) -> float:
        text = f"{TEXT}\n\nMål\n\nPolitiet og kommunen har følgende mål:\n{piece * times}"
        started = time.process_time()
        reads_or_refuses(text.encode(), "no")
        return time.process_time() - started

    cost(10)
    short, long = cost(250), cost(1_000)
    assert long < 8 * short + 0.2
    assert long < 8


def test_ten_pages_that_were_badly_scanned_take_little_longer():
    """How long they take is measured by `bench documents`; here one beside the other."""

    def cost(text: str) -> float:
        started = time.process_time()
        read_document(text.encode(), "a.txt", "no")
        return time.process_time() - started

    names = ("no_bokmaal_nummerert", "no_skannet_mal", "no_nynorsk", "no_klarspraak")
    pages = "\n\n".join(labelled(name).text for name in names)
    ten_pages = "\n\n".join(pages.replace("Politi", f"Politi{number}") for number in range(3))
    scanned_pages = "\n\n".join(scanned(pages, 3, seed) for seed in range(3))
    assert min(len(ten_pages), len(scanned_pages)) > 20_000
    cost(ten_pages)  # the template is loaded once for a process

    assert cost(scanned_pages) < 4 * max(cost(ten_pages), cost(ten_pages))


def test_only_the_time_that_reading_itself_takes_counts():
    started = time.thread_time()
    waits, works = Deadline(0.05), Deadline(0.01)
    time.sleep(0.1)
    waits.check()
    while time.thread_time() - started < 0.02:
        sum(range(10_000))
    with pytest.raises(Unreadable) as caught:
        works.check()
    assert caught.value.code is Trouble.TOO_SLOW
