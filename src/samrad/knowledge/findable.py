"""Crime pictures as they are found: by the place, and by what is counted there."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from samrad.access.findable import Findable, Rows, Sight, Text
from samrad.documents.rules import Classification
from samrad.knowledge.models import AreaPicture
from samrad.profiles.reader import profile


def _texts(rows: Rows) -> Iterator[Text]:
    """What is counted, in the country's own words; of restricted figures nothing."""
    told = rows.exclude(data_set__classification=Classification.RESTRICTED)
    found = told.select_related("area", "data_set").defer("content", "shown")
    names: dict[tuple[int, str], list[str]] = {}
    for one in found.prefetch_related("data_set__indicators"):
        country = one.area.country
        with translation.override(profile(country).languages[0]):
            counted = names.setdefault(
                (one.data_set_id, country), [str(each) for each in one.data_set.indicators.all()]
            )
            words = [_headed(one.area.name), *counted]
        yield Text(one.pk, one.area.ref, one.area.name, "\n".join(words))


def _headed(name: str, _day: date | None = None) -> str:
    return _("The crime picture of %(name)s") % {"name": name}


PICTURES = Findable(
    kind="crime_picture",
    one=gettext_lazy("Crime picture"),
    many=gettext_lazy("Crime pictures"),
    order=140,
    icon="chart",
    page="knowledge:picture",
    rows=AreaPicture.objects.all,
    texts=_texts,
    seen_by=lambda actor: [Sight(AreaPicture.objects.visible_to(actor))],
    follows={"data_release": "release__ref", "data_set": "data_set__ref"},
    has_a_name=True,
    heading=_headed,
)
