"""What a form about a thing of the councils begins with, field by field.

Actions compare the same values before they write over them, so both are made here and nowhere else.
"""

from __future__ import annotations

from typing import Any

from samrad.cooperation.models import (
    Consideration,
    ContactPoint,
    Council,
    FinalReport,
    Representation,
    Seat,
    TermsOfReference,
)
from samrad.profiles.reader import profile

OTHER = "other"  # a theme that the country's profile does not have


def of_council(council: Council) -> dict[str, Any]:
    """What is recorded about a council."""
    names = (
        "name", "purpose", "slt_relation", "meetings_per_year", "notice_days", "mandate",
        "planned_end_date",
    )  # fmt: skip
    return {name: getattr(council, name) for name in names}


def of_focus_areas(council: Council, year: int) -> dict[str, Any]:
    """The focus areas of a year, one a line."""
    titles = council.focus_areas.filter(year=year).values_list("title", flat=True)
    return {"year": year, "titles": "\n".join(titles)}


def of_seat(seat: Seat) -> dict[str, Any]:
    """What a seat does in its council, and until when."""
    return {
        "function": seat.function,
        "theme": seat.theme,
        "rhythm": seat.rhythm,
        "last_date": seat.to_date,
    }


def of_terms(last: TermsOfReference | None) -> dict[str, Any]:
    """The latest terms of reference."""
    return {"text": last.text if last else ""}


def of_report(report: FinalReport | None) -> dict[str, Any]:
    """A final report, also before it is there."""
    return {"text": report.text if report else "", "advice": report.advice if report else ""}


def of_consideration(last: Consideration | None) -> dict[str, Any]:
    """How it stood with a body that is not set up; when to look again is said anew each time."""
    names = ("course", "initiative", "asked_date", "answered_date", "reason", "watched")
    return {name: getattr(last, name, None) for name in names}


def of_contact(point: ContactPoint) -> dict[str, Any]:
    """Whom to turn to about a theme."""
    is_known = point.theme in profile(point.area.country).contact_themes
    return {
        "theme": point.theme if is_known else OTHER,
        "own_theme": "" if is_known else point.theme,
        "organisation": point.organisation.ref,
        "role": point.role,
        "person": str(point.person.ref) if point.person else "",
        "note": point.note,
    }


def of_representation(one: Representation) -> dict[str, Any]:
    """Who represents a council where."""
    return {
        "forum": one.forum,
        "area": one.area.ref if one.area else None,
        "person": str(one.person.ref),
        "stand_in": str(one.stand_in.ref) if one.stand_in else "",
        "from_date": one.from_date,
        "to_date": one.to_date,
    }
