"""The identity-number guard, with the traps of the country rules (N3)."""

from __future__ import annotations

import pytest

from samrad.kernel.identity import (
    DEFAULT_POLICY,
    NumberKind,
    Severity,
    find_identity_numbers,
    is_blocked,
    masked,
)
from tests.kernel.made_numbers import danish, norwegian, swedish, with_wrong_check_digit

NO, SE, DK = norwegian(), swedish(), danish()


def kinds_in(text: str) -> list[str]:
    return [finding.kind.value for finding in find_identity_numbers(text)]


def says(text: str) -> list[tuple[str, str]]:
    return [(f.kind.value, f.severity.value) for f in find_identity_numbers(text)]


@pytest.mark.parametrize(
    ("number", "kind"),
    [
        (norwegian(), "no.birth_number"),
        (norwegian(day=40), "no.d_number"),
        (norwegian(month=40), "no.h_number"),
        (norwegian(month=80), "no.synthetic_number"),
        (norwegian(month=65), "no.synthetic_number"),
        (norwegian(day=40, month=80), "no.synthetic_number"),
        (swedish(), "se.personal_number"),
        (f"19{swedish()}", "se.personal_number"),
        (f"20{swedish('110203')}", "se.personal_number"),
        (f"18{swedish('950615')}", "se.personal_number"),
        (swedish(day=60), "se.coordination_number"),
        (f"19{swedish(day=60)}", "se.coordination_number"),
    ],
)
def test_every_kind_with_right_check_digits_is_blocked(number, kind):
    assert says(f"Gjelder {number}, se vedlegg.") == [(kind, "block")]


@pytest.mark.parametrize(
    "written",
    [
        NO,
        f"{NO[:6]} {NO[6:]}",
        f"{NO[:6]}-{NO[6:]}",
        f"{NO[:6]}\u00a0{NO[6:]}",
        f"{NO[:6]}\u2009{NO[6:]}",
        f"{NO[:6]}–{NO[6:]}",
        f"{NO[:6]}−{NO[6:]}",
        f"{NO[:6]}.{NO[6:]}",
        f"{NO[:6]} {NO[6:9]} {NO[9:]}",
        f"{NO[:2]}.{NO[2:4]}.{NO[4:6]} {NO[6:]}",
        f"{NO[:2]} {NO[2:4]} {NO[4:6]} {NO[6:]}",
        f"{NO[:2]}-{NO[2:4]}-{NO[4:6]}-{NO[6:]}",
        f"{NO[:6]}-\n{NO[6:]}",
        f"{NO[:3]} {NO[3:7]} {NO[7:]}",
        " ".join(NO),
        "\u200b".join(NO),
        f"{NO[:6]}\u00ad{NO[6:]}",
        "".join(chr(ord("０") + int(digit)) for digit in NO),
        "".join(chr(0x0660 + int(digit)) for digit in NO),
        f"fnr{NO}x",
        f"referat_{NO}.pdf",
        f"{NO},{NO[:1]}",
        f"({NO})",
    ],
)
def test_a_norwegian_number_is_blocked_however_it_is_written(written):
    assert kinds_in(written) == ["no.birth_number"]
    assert is_blocked(find_identity_numbers(written))


@pytest.mark.parametrize(
    "written",
    [
        SE,
        f"{SE[:6]}-{SE[6:]}",
        f"{SE[:6]}+{SE[6:]}",
        f"{SE[:6]} {SE[6:]}",
        f"19{SE[:6]}-{SE[6:]}",
        f"19{SE}",
        f"19{SE[:2]}-{SE[2:4]}-{SE[4:6]}-{SE[6:]}",
        f"{SE[:6]}\u2011{SE[6:]}",
        f"{SE[:4]} {SE[4:8]} {SE[8:]}",
        f"{SE[:6]}-\n{SE[6:]}",
    ],
)
def test_a_swedish_number_is_blocked_however_it_is_written(written):
    assert says(f"Enligt polisen\n{written}\n") == [("se.personal_number", "block")]


@pytest.mark.parametrize("dash", ["-", "–", "\u2011", " - "])
def test_a_danish_number_written_with_its_dash_is_blocked(dash):
    assert says(f"CPR {DK[:6]}{dash}{DK[6:]}.") == [("dk.cpr_written", "block")]


@pytest.mark.parametrize("written", [DK, f"{DK[:6]} {DK[6:]}", danish("010101", serial=1234)])
def test_a_danish_number_without_its_dash_is_only_suspect(written):
    assert says(written) == [("dk.cpr_like", "warn")]


def test_eleven_digits_that_begin_with_a_date_are_suspect_without_check_digits():
    wrong = with_wrong_check_digit(NO)

    assert says(wrong) == [("no.date_shaped", "warn")]
    assert says(f"{wrong[:6]} {wrong[6:]}") == [("no.date_shaped", "warn")]


@pytest.mark.parametrize(
    ("written", "kind"),
    [
        (f"{DK[:2]} {DK[2:4]} {DK[4:6]}-{DK[6:]}", "dk.cpr_like"),
        (f"{DK[:2]}.{DK[2:4]}.19{DK[4:6]}-{DK[6:]}", "dk.cpr_like"),
        (f"{DK[:2]}.{DK[2:4]}.19{DK[4:6]} – {DK[6:]}", "dk.cpr_like"),
        (f"{DK[:4]}19{DK[4:6]}-{DK[6:]}", "dk.cpr_like"),
        (f"{NO[:2]}.{NO[2:4]}.19{NO[4:6]}-{NO[6:]}", "no.date_shaped"),
        (f"{NO[:2]} {NO[2:4]} {NO[4:6]}-{with_wrong_check_digit(NO)[6:]}", "no.date_shaped"),
        (f"{SE[:2]} {SE[2:4]} {SE[4:6]}-{SE[6:]}", "se.personal_number"),
        (f"fnr {NO[:6]}, {NO[6:]}", "no.birth_number"),
        (f"fnr {NO[:6]} ({NO[6:]})", "no.birth_number"),
        (f"Barnet ({NO[:2]}.{NO[2:4]}.19{NO[4:6]}, {NO[6:]})", "no.birth_number"),
        (f"fødselsnummer: {with_wrong_check_digit(NO)[:6]}, {NO[6:10]}0", "no.date_shaped"),
        (f"CPR-nr. {DK[:6]}, {DK[6:]}", "dk.cpr_like"),
        (f"personnummer {SE[:6]} ({SE[6:]})", "se.personal_number"),
    ],
)
def test_a_number_in_an_unusual_writing_is_suspect(written: str, kind: str) -> None:
    assert says(f"Gjelder {written}.") == [(kind, "warn")]


@pytest.mark.parametrize(
    "text",
    [
        f"{with_wrong_check_digit(NO)[:6]}, {with_wrong_check_digit(NO)[6:]}",
        f"{DK[:6]}, {DK[6:]} og {DK[:6]} ({DK[6:]})",
        "Møte 15.01.2024 (1230 til 1400), 15.02.2024, 1230",
        "15.01.2024 - 16.02.2024 - 17.03.2024",
        "perioden 01.01.2019-31.12.2023",
        "Areal 5000 m², 120 000 m³ og 12 345 678¹²",
    ],
)
def test_dates_and_figures_beside_each_other_are_left_alone(text: str) -> None:
    assert says(text) == []


def test_digits_above_or_below_the_line_are_digits() -> None:
    raised = NO.translate(str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹"))
    lowered = NO.translate(str.maketrans("0123456789", "₀₁₂₃₄₅₆₇₈₉"))
    for written in (raised, lowered, f"{raised[:6]}⁻{raised[6:]}", f"{NO[:6]} {lowered[6:]}"):
        found = find_identity_numbers(f"Gjelder {written}.")
        assert is_blocked(found)
        assert written[6:] not in masked(f"Gjelder {written}.", found)


def test_a_footnote_does_not_hide_the_number_before_it() -> None:
    assert kinds_in(f"Gjelder {NO}¹ og {SE}²³.") == ["no.birth_number", "se.personal_number"]


def test_two_numbers_in_a_row_are_two_findings():
    other = norwegian("240691")

    assert kinds_in(f"{NO} {other}") == ["no.birth_number", "no.birth_number"]
    assert kinds_in(f"{NO};{SE[:6]}-{SE[6:]}") == ["no.birth_number", "se.personal_number"]


def test_a_number_with_right_check_digits_among_other_figures_is_at_least_suspect():
    in_pieces = f"{NO[:3]} {NO[3:7]} {NO[7:]}"

    assert says(f"Tabell 14 {in_pieces} 8") == [("no.birth_number", "warn")]


@pytest.mark.parametrize(
    "text",
    [
        "Orgnr. 974 760 673",
        "556036-0793 och 212000-1355",
        "165560360793",
        "CVR 30 15 08 17",
        "Org.nr. 912 34 567",
        "32 000 innbyggere, 12 345 678 901 kroner",
        "2024-01-15 12:34:56",
        "2024-01-15T12:34:56.123456",
        "Møte 15.01.2024 kl. 12.30–14.00",
        "01932f3a-8c7e-7b1d-9a4e-123456789012",
        "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
        "59.66312345678 10.79312345678",
        f"59.{with_wrong_check_digit(NO)} 10.{DK}",
        f"01932f3a-8c7e-7b1d-9a4e-19{SE}",
        f"{'ab' * 8}{NO}{'cd' * 8}",
        f"7 {' '.join(NO)} 8",
        "ISBN 978-82-15-03456-7",
        "192.168.100.101",
        "Rundskriv 2013/012 og lag (2023:196)",
        "prop. 2022/23:43, skoleåret 2018/2019",
        "Forordning (EU) 2024/1689",
        "2016 2017 2018 2019 2020 2021",
        "1 2 3 4 5 6 7 8 9 10 11 12",
        "99999999999",
        "4113991234",
        "",
        "Ingen tall her.",
    ],
)
def test_ordinary_figures_are_left_alone(text):
    assert says(text) == []


@pytest.mark.parametrize(
    "text",
    [
        "22 86 40 00",
        "912 34 567",
        "Tlf. 22864000",
        "telefon: 9614 1448",
        "+47 22 86 40 00",
        "+4511223344",
        "0046 70 123 45 67",
        "070-123 45 67",
    ],
)
def test_a_phone_number_is_suspect_and_nothing_worse(text):
    assert says(text) == [("any.phone_number", "warn")]


@pytest.mark.parametrize(
    "text",
    [
        "24/01234-5",
        "Saksnr. 2013/02111-2",
        "straffesak nr. 14512345",
        "5000-K123456-23",
        "4100-73111-00123-20",
    ],
)
def test_a_case_number_is_suspect(text):
    assert says(text) == [("any.case_number", "warn")]


def test_a_time_of_day_after_a_date_does_not_block_a_text():
    """One in ten of these passes the Swedish check digit; the space says what it is."""
    times = [
        f"2024-01-{day:02} {hour:02}{minute:02}"
        for day in range(1, 29)
        for hour in range(8, 18)
        for minute in (0, 15, 30, 45)
    ]

    assert not any(is_blocked(find_identity_numbers(time)) for time in times)
    assert any(find_identity_numbers(time) for time in times)


def test_a_bank_account_is_not_taken_for_a_person_in_its_own_writing():
    """Account numbers share the second check digit, so only the first one tells them apart."""
    account = with_wrong_check_digit(norwegian("150611"))

    assert says(f"Konto {account[:4]}.{account[4:6]}.{account[6:]}") == []


def test_an_amount_that_happens_to_pass_is_only_suspect():
    amount = f"{NO[:2]} {NO[2:5]} {NO[5:8]} {NO[8:]}"

    assert says(amount) == [("no.birth_number", "warn")]


def test_what_could_be_two_kinds_is_told_once_and_as_the_graver():
    both = swedish("101010")

    assert says(both) == [("se.personal_number", "block")]


def test_the_century_belongs_to_the_number():
    text = f"19 {SE[:6]} {SE[6:]}"

    [finding] = find_identity_numbers(text)

    assert (finding.start, finding.end) == (0, len(text))


def test_a_phone_number_with_its_country_code_is_no_swede():
    assert says(f"+{swedish('451122')}") == [("any.phone_number", "warn")]


def test_findings_never_repeat_the_digits():
    findings = find_identity_numbers(f"Barnet ({NO}) og {SE[:6]}-{SE[6:]}")

    for secret in (NO, NO[:6], NO[6:], SE[:6], SE[6:]):
        assert secret not in repr(findings)
        assert secret not in str([finding.kind for finding in findings])


def test_a_finding_tells_exactly_where_the_number_stands():
    text = f"før {NO[:6]}\u00a0{NO[6:]} etter"

    [finding] = find_identity_numbers(text)

    assert text[: finding.start] == "før "
    assert text[finding.end :] == " etter"
    assert finding.country == "no"


def test_a_text_can_be_shown_with_its_numbers_hidden():
    text = f"Barnet {NO[:6]} {NO[6:]} bor i Ås, tlf. 22 86 40 00."

    shown = masked(text, find_identity_numbers(text))

    assert shown == "Barnet •••••• ••••• bor i Ås, tlf. •• •• •• ••."


def test_a_country_can_be_stricter_than_the_rest():
    policy = {**DEFAULT_POLICY, NumberKind.DK_CPR_LIKE: Severity.BLOCK}

    assert is_blocked(find_identity_numbers(DK, policy=policy))
    assert not is_blocked(find_identity_numbers(DK))


def test_norwegian_and_swedish_numbers_block_and_suspicions_only_warn():
    warned = {kind for kind, severity in DEFAULT_POLICY.items() if severity is Severity.WARN}

    assert set(DEFAULT_POLICY) == set(NumberKind)
    assert warned == {
        NumberKind.NO_DATE_SHAPED,
        NumberKind.DK_CPR_LIKE,
        NumberKind.PHONE_NUMBER,
        NumberKind.CASE_NUMBER,
    }
