"""The sentences people read about a reading. Everything else in this app is codes."""

from collections.abc import Callable, Mapping
from contextlib import suppress
from datetime import date
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import get_language_info, gettext_lazy, ngettext
from django.utils.translation import gettext as _

from samrad.reading.model import Fact, Missing
from samrad.reading.templates import Need
from samrad.reading.unreadable import Note, Parameters, Trouble, Unreadable
from samrad.ui.formats import day

_TROUBLES: Mapping[Trouble, str | Promise] = {
    Trouble.EMPTY: gettext_lazy("The document is empty. Choose the file that has the agreement."),
    Trouble.TOO_LARGE: gettext_lazy(
        "The file is %(megabytes)s MB, and at most %(most)s MB can be read. Save the agreement "
        "without pictures, or only its text."
    ),
    Trouble.TOO_LONG: gettext_lazy(
        "The document is longer than %(characters)s characters. An agreement is a few pages: "
        "choose the agreement itself, without its attachments."
    ),
    Trouble.TOO_SLOW: gettext_lazy(
        "Reading was stopped after %(seconds)s seconds. Save the document anew, "
        "as DOCX or PDF, and try again."
    ),
    Trouble.BINARY: gettext_lazy(
        "This is not a text document. Use a DOCX, PDF or plain text file."
    ),
    Trouble.PICTURE: gettext_lazy(
        "This is a picture. Let a scanner program recognise the text and save it as PDF, "
        "then read that in."
    ),
    Trouble.OLD_WORD: gettext_lazy(
        "This is Word's old format. Open it in Word or LibreOffice, save it as DOCX, "
        "then read that in."
    ),
    Trouble.OTHER_FORMAT: gettext_lazy(
        "This is a file of the format %(format)s. Save it as DOCX, PDF or plain text, "
        "then read that in."
    ),
    Trouble.BROKEN: gettext_lazy(
        "The %(format)s file is damaged and cannot be opened. Save or fetch it anew."
    ),
    Trouble.PASSWORD: gettext_lazy(
        "The document is locked with a password. Save a copy without password, then read that in."
    ),
    Trouble.NO_TEXT_LAYER: gettext_lazy(
        "The PDF holds pictures of pages and no text. Let a scanner program recognise the text "
        "(OCR), then read that in."
    ),
    Trouble.MACROS: gettext_lazy(
        "The document carries a program (macros) and is not opened. Save it as an ordinary DOCX, "
        "then read that in."
    ),
    Trouble.ZIP_BOMB: gettext_lazy(
        "The document unpacks to far more than it weighs and is not opened. Save it anew in Word "
        "or LibreOffice."
    ),
    Trouble.NOT_AN_AGREEMENT: gettext_lazy(
        "Nothing in this document was recognised as an agreement between police and municipality. "
        "Check that it is the right document and the right country."
    ),
    Trouble.UNLIKELY: gettext_lazy(
        "This does not look like an agreement between police and municipality. Check that it is "
        "the right document. If it is, it can be read all the same."
    ),
    Trouble.OTHER_LANGUAGE: gettext_lazy(
        "The document seems to be in another language than agreements of this country "
        "(%(language)s). Check that it is the right document and the right country."
    ),
    Trouble.NOT_MINUTES: gettext_lazy(
        "No items were found in this document. Minutes number what was dealt with, such as "
        "“1.” or “Item 3/26”; check that it is the right document."
    ),
}

_NOTES: Mapping[Note, str | Promise] = {
    Note.ENCODING: gettext_lazy(
        "The text was written in the encoding %(encoding)s; check that its letters are right."
    ),
    Note.PAGES_WITHOUT_TEXT: gettext_lazy(
        "Some pages are pictures without text and could not be read: %(pages)s."
    ),
    Note.OTHER_LANGUAGE: gettext_lazy(
        "The document seems to be in another language than agreements of this country "
        "(%(language)s)."
    ),
    Note.UNLIKELY: gettext_lazy(
        "This does not look like an agreement between police and municipality. Look it through "
        "with care."
    ),
    Note.NOT_WHAT_IT_IS_CALLED: gettext_lazy(
        "The file is called %(ending)s but is %(kind)s; it was read as what it is."
    ),
    Note.CHANGES: gettext_lazy(
        "The document holds tracked changes: what was put in is read, what was struck out is not. "
        "Whoever opens the file that is kept can see both."
    ),
    Note.COMMENTS: gettext_lazy(
        "The document holds comments. They are not read, but whoever opens the file that is kept "
        "can see them."
    ),
}

STRENGTHS: Mapping[Need, str | Promise] = {
    Need.MUST: gettext_lazy("must"),
    Need.SHOULD: gettext_lazy("should"),
    Need.RECOMMENDED: gettext_lazy("recommended"),
}

FACTS: Mapping[str, str | Promise] = {
    "municipality": gettext_lazy("Municipality"),
    "police_unit": gettext_lazy("Police unit"),
    "police_district": gettext_lazy("Police district"),
    "participants": gettext_lazy("Participants"),
    "chair": gettext_lazy("Chair"),
    "vice_chair": gettext_lazy("Vice-chair"),
    "secretary": gettext_lazy("Secretary"),
    "meetings_a_year": gettext_lazy("Meetings a year"),
    "focus_areas": gettext_lazy("Goals and focus areas"),
    "commitments": gettext_lazy("Commitments"),
    "renewal": gettext_lazy("Renewal"),
    "evaluation": gettext_lazy("Evaluation"),
    "police_contact_deputies": gettext_lazy("Deputies of the police contact"),
    "coordination": gettext_lazy("Steering and coordination"),
    "adoption": gettext_lazy("Adoption"),
    "in_force": gettext_lazy("In force from"),
    "focus_years": gettext_lazy("Years of the focus areas"),
}


def trouble(unreadable: Unreadable) -> str:
    """What is wrong with the document and what to do about it."""
    return str(_TROUBLES[unreadable.code]) % _in_words(unreadable.parameters)


def note(code: Note, parameters: Parameters) -> str:
    """Something to keep in mind about how the document was read."""
    return str(_NOTES[code]) % _in_words(parameters)


def _in_words(parameters: Parameters) -> dict[str, str | int]:
    """The parameters of a sentence, a language by its name."""
    told = dict(parameters)
    if "language" in told:
        with suppress(KeyError):
            told["language"] = get_language_info(str(told["language"]))["name_translated"].lower()
    return told


def missing_detail(missing: Missing) -> str:
    """How far the agreement gets with what it lacks; empty when it says nothing of it."""
    detail = missing.detail
    if "roles" in detail:
        return _("Not among the participants: %(roles)s.") % {"roles": detail["roles"]}
    if "needed" not in detail:
        return ""
    return ngettext(
        "Found %(found)s of %(needed)s.", "Found %(found)s of %(needed)s.", int(detail["needed"])
    ) % {"found": detail["found"], "needed": detail["needed"]}


def _day(value: Mapping[str, Any]) -> str:
    return day(date.fromisoformat(value["date"]))


def _renewal(value: Mapping[str, Any]) -> str:
    if value["rule"] == "after_municipal_election":
        return _("after every municipal election")
    if value["rule"] == "every_years":
        years = int(value["years"])
        return ngettext("every year", "every %(years)s years", years) % {"years": years}
    if value["rule"] == "until":
        return _("in force until %(date)s") % {"date": _day(value)}
    return _("in force until one of the parties ends it")


def _meetings(value: Mapping[str, Any]) -> str:
    text = _("at least %(count)s") if value["at_least"] else "%(count)s"
    return text % {"count": value["count"]}


def _evaluation(value: Mapping[str, Any]) -> str:
    if value["when"]:
        return _("every year, in the last meeting of the year")
    return _("every year")


def _coordination(value: Mapping[str, Any]) -> str:
    said = []
    if "steering" in value:
        said.append(_("steered by %(body)s") % {"body": value["steering"]})
    if "coordinating" in value:
        said.append(_("coordinated by %(body)s") % {"body": value["coordinating"]})
    return "; ".join(said)


def _participant(value: Mapping[str, Any]) -> str:
    if value["side"] == "municipality":
        return _("%(title)s (municipality)") % {"title": value["title"]}
    if value["side"] == "police":
        return _("%(title)s (police)") % {"title": value["title"]}
    return str(value["title"])


def _years(value: Mapping[str, Any]) -> str:
    return str(value["from"]) if value["from"] == value["to"] else f"{value['from']}–{value['to']}"


_IN_WORDS: Mapping[str, Callable[[Mapping[str, Any]], str]] = {
    "municipality": lambda value: str(value["name"]),
    "police_unit": lambda value: str(value["name"]),
    "police_district": lambda value: str(value["name"]),
    "participants": _participant,
    "chair": lambda value: str(value["title"]),
    "vice_chair": lambda value: str(value["title"]),
    "secretary": lambda value: str(value["title"]),
    "meetings_a_year": _meetings,
    "focus_areas": lambda value: str(value["text"]),
    "commitments": lambda value: str(value["text"]),
    "renewal": _renewal,
    "evaluation": _evaluation,
    "police_contact_deputies": lambda value: " → ".join(one["title"] for one in value["chain"]),
    "coordination": _coordination,
    "adoption": _day,
    "in_force": _day,
    "focus_years": _years,
}


def fact_in_words(fact: Fact) -> str:
    """What a fact says, in the reader's language."""
    return _IN_WORDS[fact.key](fact.value)
