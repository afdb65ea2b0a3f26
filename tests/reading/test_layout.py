"""Lines into headings, paragraphs and items; page furniture dropped; repeats folded."""

from __future__ import annotations

from samrad.reading.blocks import Shape, blocks_of
from samrad.reading.extraction.plain import lines_of
from samrad.reading.furniture import without_furniture
from samrad.reading.headings import Headings
from samrad.reading.passages import passages_of, sentences_of
from samrad.reading.reader import read_document
from samrad.reading.repeats import repeats_in
from samrad.reading.templates import agreement_template

NORWEGIAN = Headings(agreement_template("no"))


def blocks(text: str):
    return blocks_of(without_furniture(list(lines_of(text))), NORWEGIAN.strength)


def shapes(text: str) -> list[tuple[str, str]]:
    return [(str(block.shape), block.text) for block in blocks(text)]


def test_a_heading_set_tight_against_its_text_is_found():
    assert shapes("Slutt på avsnittet.\n\nEvaluering\nSamarbeidet evalueres hvert år.")[1] == (
        "heading",
        "Evaluering",
    )


def test_numbered_headings_lose_their_number_and_keep_their_depth():
    found = blocks("1. Formål\n\nVi vil.\n\n2.1 Politirådet\n\nRådet møtes.\n")

    headings = [(block.text, block.level) for block in found if block.shape is Shape.HEADING]
    assert headings == [("Formål", 2), ("Politirådet", 2)]


def test_a_date_at_the_start_of_a_line_is_no_number_of_a_list():
    assert len(blocks("Avtalen er inngått den\n15. oktober 2018 mellom partene.")) == 1


def test_scanned_bullets_are_bullets_and_words_are_words():
    text = "Dette gjør vi:\ne Sørger for kunnskap\ne leggertil rette\n. Har god oversikt\n"

    assert [shape for shape, _ in shapes(text)] == ["paragraph", "item", "item", "item"]


def test_a_sub_list_lies_under_the_item_that_opens_it():
    found = blocks("- Fra kommunen:\no Ordfører\no Rådmann\n- Fra politiet:\no Lensmann\n")

    assert [(block.depth, block.text) for block in found] == [
        (0, "Fra kommunen:"), (1, "Ordfører"), (1, "Rådmann"),
        (0, "Fra politiet:"), (1, "Lensmann"),
    ]  # fmt: skip


def test_short_lines_under_a_colon_are_a_list_though_blank_lines_part_them():
    text = "Vi har fokus på dette:\n\nVold\n\nRus på skolen\n\nSykkeltyveri\n\nNy setning her.\n"
    found = passages_of(blocks(text), NORWEGIAN)

    assert [part.text for part in found[0].parts[1:]] == ["Vold", "Rus på skolen", "Sykkeltyveri"]
    assert found[1].text == "Ny setning her."


def test_page_numbers_and_running_headers_go():
    page = "Hå kommune – politiråd\n\n{told}\n\nSide {n} av 3\n"
    pages = ("Vi møtes om våren.", "Lensmannen ringer først.", "Slik ender avtalen.")
    text = "\f".join(page.format(n=n, told=told) for n, told in enumerate(pages, start=1))

    assert "".join(text for _, text in shapes(text)).count("Hå kommune") == 0
    assert "Side" not in " ".join(text for _, text in shapes(text))
    assert len(shapes(text)) == 3


def test_a_heading_run_into_its_paragraph_is_taken_out():
    found = passages_of(blocks("Formål: Avtalen skal gjøre folk trygge.\n"), NORWEGIAN)

    assert (found[0].heading, found[0].text) == ("Formål", "Avtalen skal gjøre folk trygge.")


def test_abbreviations_do_not_end_sentences():
    passage = passages_of(
        blocks("Vi møter f.eks. Natteravnene og bl.a. NAV. Så går vi hjem."), NORWEGIAN
    )[0]

    sentences = sentences_of(passage, agreement_template("no").words.abbreviations)
    assert [one.text for one in sentences] == [
        "Vi møter f.eks. Natteravnene og bl.a. NAV.", "Så går vi hjem.",
    ]  # fmt: skip


def test_a_page_scanned_twice_is_folded_and_a_repeated_phrase_is_not():
    one = "Politirådet skal følge med på utviklingen i tettstedene og melde fra til kommunestyret."
    two = (
        "Politikontakten har kontor på rådhuset hver torsdag og svarer på henvendelser fra skolene."
    )
    again = one.replace("ø", "g").replace("å", "d") + "\n\n" + two.replace("å", "a")
    found = passages_of(
        blocks(f"{one}\n\n{two}\n\nAndre etter behov.\n\n{again}\n\nAndre etter behov."), NORWEGIAN
    )

    assert [(repeat.passage, repeat.of) for repeat in repeats_in(found)] == [(3, 0), (4, 1)]


def test_what_is_folded_is_not_counted_twice():
    text = (
        "Politirådet\n\n"
        "Ordføreren leder politirådet. Rådet møtes fire ganger i året på rådhuset i Hå kommune.\n\n"
        "Mål\n\nSatsingsområdene er: vold i nære relasjoner, rus blant ungdom.\n\n"
        "Evaluering\n\n"
        "Arbeidet evalueres hvert år i siste møte, og politiet legger fram tall for kommunen.\n\n"
    )
    once = read_document(text.encode(), "a.txt", "no")
    twice = read_document((text + text).encode(), "a.txt", "no")

    assert once.folded == ()
    assert len(twice.folded) == 3
    assert [fact.value for fact in twice.facts] == [fact.value for fact in once.facts]


ANSWER = "Politiet og kommunen møtes fire ganger i året og snakker om det som haster mest nå."


def headings_of(text: str) -> list[str]:
    return [block.text for block in blocks(text) if block.shape is Shape.HEADING]


def test_parts_that_count_up_under_one_word_are_headings_without_any_space():
    text = "\n".join(f"Felt {number}* {name}\n{ANSWER}" for number, name in enumerate(
        ("Hensikt", "Hvem som er med", "Gyldighet"), start=1))  # fmt: skip

    assert headings_of(text) == ["Hensikt", "Hvem som er med", "Gyldighet"]


def test_a_list_of_contents_hides_no_heading_of_the_same_number():
    contents = "1 Innledning\n2 Rådet\n3 Oppgavene\n\n"
    text = "\n\n".join(
        f"{number} {name}\n\n{ANSWER}\n{ANSWER}"
        for number, name in enumerate(("Innledning", "Rådet", "Oppgavene"), start=1)
    )

    assert headings_of(contents + text)[-3:] == ["Innledning", "Rådet", "Oppgavene"]


def test_questions_each_right_over_its_answer_are_headings():
    asked = ["Hvem bestemmer?", "Kan jeg be rådet om hjelp til sønnen min?", "Hva skjer etterpå?"]
    text = "\n".join(f"{question}\n{ANSWER}" for question in asked)

    assert headings_of(text) == asked


def test_two_short_lines_over_long_ones_may_be_anything():
    text = f"{ANSWER}\nOrdføreren\n{ANSWER}\nLensmannen\n{ANSWER}"

    assert headings_of(text) == []


def test_what_is_worked_on_is_numbered_over_what_is_said_of_it():
    text = (
        f"Satsingsområder\n\nInnsatsområde 1: Trygg skolevei\n{ANSWER}\n\n"
        f"Innsatsområde 2: Rus blant unge\n{ANSWER}\n"
    )

    assert headings_of(text)[1:] == [
        "Innsatsområde 1: Trygg skolevei",
        "Innsatsområde 2: Rus blant unge",
    ]


def test_lines_with_dashes_after_each_other_are_a_list_though_no_colon_opens_it():
    found = shapes("Rådet består av\n- ordføreren, leder\n- lensmannen, nestleder\n- rådmannen")

    assert [shape for shape, _ in found][1:] == ["item", "item", "item"]
