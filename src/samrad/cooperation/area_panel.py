"""The councils of an area, and whom to turn to about what, on the area's page."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, NamedTuple
from uuid import UUID

from django.db.models import Case, CharField, F, Value, When
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from samrad.access.actor import Actor
from samrad.areas.models import Area
from samrad.areas.panels import AreaPanel, PanelLine
from samrad.cooperation.models import ContactPoint, Council
from samrad.profiles.model import Profile
from samrad.profiles.reader import profile
from samrad.ui.sorting import name_key

CONTACTS_SHOWN = 10
COUNCIL, CONTACT = "council", "contact"


class Line(NamedTuple):
    """A council by its name and tier, or a contact by theme, role, place and person."""

    kind: str
    ref: UUID
    what: str
    code: str
    place: str
    who: str


def on_area_page(area: Area, actor: Actor) -> Iterable[AreaPanel]:
    """Those the reader may see, in one query; nothing where there are none."""
    country = profile(area.country)
    lines = sorted(_lines(area, actor), key=lambda line: name_key(line.what))
    councils = [_of_council(line, country) for line in lines if line.kind == COUNCIL]
    page = reverse("cooperation:contacts", args=[area.ref])
    contacts = [_of_contact(line, country, page) for line in lines if line.kind == CONTACT]
    if councils:
        yield AreaPanel(_("Councils"), councils)
    if contacts:
        yield AreaPanel(_("Contacts by theme"), contacts[:CONTACTS_SHOWN])


def _lines(area: Area, actor: Actor) -> Iterable[Line]:
    def text(value: str) -> Any:
        return Value(value, output_field=CharField())

    councils = Council.objects.visible_to(actor).filter(area=area).active().order_by()
    contacts = ContactPoint.objects.visible_to(actor).current().filter(area=area).order_by()
    named = Case(When(person__name_withheld=False, then=F("person__name")), default=text(""))
    both = councils.annotate(
        kind=text(COUNCIL), what=F("name"), code=F("tier"), place=text(""), who=text("")
    ).values_list(*Line._fields).union(
        contacts.annotate(
            kind=text(CONTACT), what=F("theme"), code=F("role"), place=F("organisation__name"),
            who=named,
        ).values_list(*Line._fields),
        all=True,
    )  # fmt: skip
    return [Line(*row) for row in both]


def _of_council(line: Line, country: Profile) -> PanelLine:
    tier = country.tier(line.code).name.in_language(get_language() or "en")
    return PanelLine(line.what, reverse("cooperation:council", args=[line.ref]), tier)


def _of_contact(line: Line, country: Profile, page: str) -> PanelLine:
    language = get_language() or "en"
    words = country.contact_themes.get(line.what)
    if line.code:
        who = country.role(line.code).name.in_language(language)
    else:
        who = line.who or _("Name withheld")
    theme = words.in_language(language) if words else line.what
    return PanelLine(theme, page, f"{who}, {line.place}")
