"""Signs that tell what a passage is about whatever words it uses: who it names, rhythms, hours.

A template's clause lists the signs that speak for it (`reading.signs`); each is looked for here.
"""

import re
from collections.abc import Callable, Mapping

from samrad.reading.lexicon import Text
from samrad.reading.templates import Sign, Template

_HOURS = re.compile(r"\bkl\.?\s?\d{1,2}|\b\d{1,2}[.:]\d{2}\s?[-–]\s?\d{1,2}[.:]\d{2}\b")
_DATE = re.compile(r"\b\d{1,2}\.?\s?(?:[./]\s?\d{1,2}[./]|\w{3,10}\s)\s?(?:19|20)\d{2}\b")
_BLANK = re.compile(r"[_\W]+")
_LEADERS = re.compile(r"\.{4,}\s*\d+$", re.MULTILINE)
_ADDRESS = re.compile(
    r"\b\d{4} [A-ZÆØÅÄÖ][\w-]+$|\b(?:ref|j\.?\s?nr)\b\.?\s*:?", re.IGNORECASE | re.MULTILINE
)
_REMARK = re.compile(
    r"^\W*(?:\[.*\]\W*$|\([^()]*\)\W*$|\([A-ZÆØÅÄÖ]{2}\)\s)|^(?:#|@)[A-ZÆØÅÄÖ]{2,3}\b", re.DOTALL
)
"""A remark between the lines: wholly in brackets, or by somebody's initials."""

_OF_THE_PAGE = re.compile(
    r"^[^.\n]{2,40}(?: [>»] [^.\n>»]{2,40}){2,}$|\b(?:cookies|informasjonskapsl\w+|kakor)\b|"
    r"^\W*(?:lyssna|lytt|skriv ut|udskriv|last ned|del|dela|print)(?: ?[|/·] ?[\w ]{2,20}){1,5}$|"
    r"^\W*(?:ankomststäm\w+|mottatt|modtaget|inkom|skannad|skannet|scannet|journalisert|"
    r"journaliseret|dnr|diarienr|diarienummer|sagsnr|sagsnummer|journalnr|dokumentnr|löpnr)\b",
    re.IGNORECASE,
)
"""What belongs to the paper or the web page rather than to what is written on it."""

_LONGEST_DATELINE = 60
_LONGEST_SIGNATURE = 200
_SEVERAL = 3
_SUBJECT = 6


def signs_in(text: Text, template: Template) -> frozenset[Sign]:
    """Every sign a passage shows."""
    return frozenset(sign for sign, shown in _SHOWN.items() if shown(text, template))


def stands_apart(text: Text, heading: str, template: Template) -> bool:
    """Whether a passage is a letterhead, a greeting, a table of contents, a list of attachments."""
    first = text.having(template.words["apart.signs"])
    begins = any(hit.first <= 1 for hit in first)
    blank_to_fill = _BLANK.sub("", text.text).strip() == ""
    addressed = not heading and bool(_ADDRESS.search(text.text))
    remarked = bool(_REMARK.match(text.text) or _OF_THE_PAGE.search(text.text))
    return begins or blank_to_fill or addressed or remarked or bool(_LEADERS.search(text.text))


def is_signed(text: Text, template: Template) -> bool:
    """Whether a passage is where the parties sign: roles, a place, a date, a line, no sentence."""
    short = len(text.text) <= _LONGEST_SIGNATURE and not text.text.rstrip().endswith((".", ":"))
    named = any(text.has(terms) for terms in template.role_words.values())
    return short and (named or "____" in text.text or bool(_DATE.search(text.text)))


def _several_roles(text: Text, template: Template) -> bool:
    found = {role for role, terms in template.role_words.items() if text.has(terms)}
    return len(found) >= _SEVERAL


def _duty_holder(text: Text, template: Template) -> bool:
    words = template.words
    duties = (*words["duties.chair"], *words["duties.vice_chair"], *words["duties.secretary"])
    return text.has(duties) and any(text.has(terms) for terms in template.role_words.values())


def _meeting_rhythm(text: Text, template: Template) -> bool:
    words = template.words
    rhythms = ("yearly", "quarterly", "half_yearly", "monthly", "every_other_month")
    return text.has(words["rhythm.meeting"]) and any(
        text.has(words[f"rhythm.{rhythm}"]) for rhythm in rhythms
    )


def _promise(text: Text, template: Template) -> bool:
    return any(hit.first <= _SUBJECT for hit in text.having(template.words["focus.promise"]))


def _hours(text: Text, template: Template) -> bool:
    return bool(_HOURS.search(text.text))


def _term(text: Text, template: Template) -> bool:
    words = template.words
    ends = ("adoption.in_force", "renewal.until", "renewal.election", "renewal.notice")
    return text.has(words["renewal.agreement"]) and any(text.has(words[name]) for name in ends)


def _dateline(text: Text, template: Template) -> bool:
    return len(text.text) <= _LONGEST_DATELINE and bool(_DATE.search(text.text))


def _stated_result(text: Text, template: Template) -> bool:
    return text.has(template.words["focus.result_says"])


_SHOWN: Mapping[Sign, Callable[[Text, Template], bool]] = {
    Sign.SEVERAL_ROLES: _several_roles,
    Sign.DUTY_HOLDER: _duty_holder,
    Sign.MEETING_RHYTHM: _meeting_rhythm,
    Sign.PROMISE: _promise,
    Sign.HOURS: _hours,
    Sign.TERM: _term,
    Sign.DATELINE: _dateline,
    Sign.STATED_RESULT: _stated_result,
}
