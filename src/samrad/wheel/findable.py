"""What a council has added to its year wheel, as it is found."""

from __future__ import annotations

from collections.abc import Iterator

from django.utils.translation import gettext_lazy as _

from samrad.access.findable import Findable, Rows, Sight, Text
from samrad.documents.richtext import words_of
from samrad.wheel.models import Activity


def _activities(rows: Rows) -> Iterator[Text]:
    for one in rows.filter(ended_date=None).select_related("council").iterator():
        yield Text(one.pk, one.council.ref, one.title, words_of(one.text), council=one.council_id)


ACTIVITIES = Findable(
    kind="activity",
    one=_("Year wheel"),
    many=_("In the year wheel"),
    order=110,
    icon="wheel",
    page="wheel:wheel",
    council="council",
    rows=Activity.objects.all,
    texts=_activities,
    seen_by=lambda actor: [Sight(Activity.objects.visible_to(actor))],
)
