"""Phone numbers and case numbers: no identity numbers, but they lead to people all the same."""

import re
from collections.abc import Iterator

from samrad.kernel.identity.kinds import Hit, NumberKind

# Spaces, dashes and brackets inside; no digit, point or stroke joined to the end.
_LONG_NUMBER = re.compile(r"[+0-9](?:[ \-()]{0,2}[0-9]){7,}(?![.,:/\-][0-9])")
_PHONE_LAYOUT = re.compile(
    r"""
      (?: \+ | 00 (?= 4[4-9] | 35 ) ) [1-9] [\d \-()]{7,20}
    | [2-9]\d (?: [ ]\d\d ){3}
    | [49]\d\d [ ] \d\d [ ] \d{3}
    | 0\d{1,3} - \d{2,3} (?: [ ]?\d{2,3} ){1,3}
    """,
    re.VERBOSE | re.ASCII,
)
_PHONE_WORD = re.compile(
    r"\b(?:tlf|tel|(?:telefon|mobil)(?:nr|nummer)?|mob|phone|ring)[.:]{0,2} ?$", re.IGNORECASE
)
_ORGANISATION_WORD = re.compile(r"\b(?:cvr|se-?nr|org)[\w. -]{0,16}:? ?$", re.IGNORECASE)


def phone_numbers(plain: str) -> Iterator[Hit]:
    for match in _LONG_NUMBER.finditer(plain):
        before = plain[max(0, match.start() - 24) : match.start()]
        if before[-1:] in {".", ",", ":", "/", "-", "_"} and before[-2:-1].isdigit():
            continue
        after_word = _PHONE_WORD.search(before) and len(match.group()) <= 16  # noqa: PLR2004
        in_layout = _PHONE_LAYOUT.fullmatch(match.group())
        if after_word or (in_layout and not _ORGANISATION_WORD.search(before)):
            yield Hit(NumberKind.PHONE_NUMBER, True, *match.span())


_YEAR_AND_SERIAL = re.compile(
    r"(?<![0-9/.\-])(?:19|20)?[0-9]{2}/([0-9]{4,7})(?:-[0-9]{1,4})?(?![0-9/])"
)
_POLICE_SERIAL = re.compile(r"\b[0-9]{4}-(?:K?[0-9]{5,7}-[0-9]{2}|[0-9]{5}-[0-9]{5}-[0-9]{2})\b")
_SERIAL = re.compile(r"[0-9]{5,12}(?![0-9])")
_CASE_WORD = re.compile(
    r"\b(?:straffesak|anmeldelse|anmälan|(?:saks?|sags?|journal|ärende|mål)(?:nr|nummer))\w{0,3}"
    r"[.: ]{0,3}(?:nr|nummer|no)?[.: ]{0,3}$",
    re.IGNORECASE,
)
_LAW_WORD = re.compile(
    r"(?:\bE[UØFG]S?\)?|direktiv\w*|forordning\w*|förordning\w*|regulation|rundskriv|circular|\blov"
    r"|\bprop\.?|\bsou|\bbek\w*|\blbk)[ (]*(?:nr\.? ?)?$",
    re.IGNORECASE,
)


def case_numbers(plain: str) -> Iterator[Hit]:
    for match in _YEAR_AND_SERIAL.finditer(plain):
        is_year = match[1][:2] in {"19", "20"} and len(match[1]) == 4  # noqa: PLR2004 - 2018/2019
        if not is_year and not _LAW_WORD.search(plain[max(0, match.start() - 32) : match.start()]):
            yield Hit(NumberKind.CASE_NUMBER, True, *match.span())
    for match in _POLICE_SERIAL.finditer(plain):
        yield Hit(NumberKind.CASE_NUMBER, True, *match.span())
    for match in _SERIAL.finditer(plain):
        if _CASE_WORD.search(plain[max(0, match.start() - 32) : match.start()]):
            yield Hit(NumberKind.CASE_NUMBER, True, *match.span())
