"""The demo's front door: what Samråd is, and the people one can be in each country."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from samrad.areas.models import COUNTRY_NAMES
from samrad.areas.rules.kinds import Country
from samrad.people import demo
from samrad.profiles.reader import profile

ALL_COUNTRIES = "Samråd"  # the group of those who run the installation for everybody


@dataclass(frozen=True)
class CountryDoor:
    """A country and the groups of people one can be there; without a code, the whole."""

    code: str
    groups: list[demo.Group]

    @property
    def name(self) -> str:
        """The country, for a reader."""
        return str(COUNTRY_NAMES[Country(self.code)] if self.code else _("All three countries"))


def doors() -> list[CountryDoor]:
    """The countries with their people, the reader's own first: two queries."""
    found: dict[str, list[demo.Group]] = {}
    for group in demo.groups():
        found.setdefault(_country_of(group), []).append(group)
    own = _own_country()
    codes = sorted(found, key=lambda code: (not code, code != own))
    return [CountryDoor(code, found[code]) for code in codes]


def _country_of(group: demo.Group) -> str:
    if group.name == ALL_COUNTRIES:
        return ""
    return str(group.parts[0].person.posts[0].organisation.country)  # type: ignore[attr-defined]


def _own_country() -> str:
    """The country whose people read the page in this language."""
    language = get_language() or ""
    return next((one.value for one in Country if language in profile(one.value).languages[:2]), "")
