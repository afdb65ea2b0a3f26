"""People and organisations as they are found. A name that is withheld is not."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from django.db.models import Prefetch, Q
from django.utils.translation import gettext_lazy as _

from samrad.access.findable import Findable, Rows, Sight, Text
from samrad.kernel.clock import today
from samrad.people.models import Appointment, Organisation, Person
from samrad.profiles.reader import profile

if TYPE_CHECKING:
    from samrad.access.actor import Actor


def _persons(rows: Rows) -> Iterator[Text]:
    on = today()
    posts = Appointment.objects.on(on).select_related("organisation")
    here = Q(left_date=None) | Q(left_date__gte=on)
    found = rows.filter(here, name_withheld=False)
    for one in found.prefetch_related(Prefetch("appointments", posts)).iterator(chunk_size=500):
        yield Text(one.pk, one.ref, one.name, "\n".join(map(_post, one.appointments.all())))


def _post(one: Appointment) -> str:
    """A post as it is said where it is held."""
    country = profile(one.organisation.country)
    role = one.title or country.role(one.role).name.in_language(country.languages[0])
    return f"{role}, {one.organisation.name}"


def _organisations(rows: Rows) -> Iterator[Text]:
    for one in rows.select_related("area").iterator():
        parts = [one.short_name, one.area.name if one.area else ""]
        more = [part for part in parts if part and part not in one.name]
        yield Text(one.pk, one.ref, one.name, "\n".join(more))


def _persons_seen(actor: Actor) -> Sequence[Sight]:
    seen = Person.objects.visible_to(actor).filter(name_withheld=False)
    return [Sight(seen.here_on(today()))]


PERSONS = Findable(
    kind="person",
    one=_("Person"),
    many=_("People"),
    order=120,
    icon="person",
    page="people:person",
    rows=Person.objects.all,
    texts=_persons,
    seen_by=_persons_seen,
    follows={"person": "ref", "appointment": "appointments__ref"},
    has_a_name=True,
)
ORGANISATIONS = Findable(
    kind="organisation",
    one=_("Organisation"),
    many=_("Organisations"),
    order=130,
    icon="map",
    page="people:organisation",
    rows=Organisation.objects.all,
    texts=_organisations,
    seen_by=lambda actor: [Sight(Organisation.objects.visible_to(actor))],
    follows={"organisation": "ref"},
)
