"""Theme days as they are found: the invitation and the programme, not what workshops came to."""

from __future__ import annotations

from collections.abc import Iterator

from django.utils.translation import gettext_lazy as _

from samrad.access.findable import Findable, Rows, Sight, Text
from samrad.documents.richtext import words_of
from samrad.gatherings.models import ThemeDay
from samrad.kernel.clock import day_of


def _theme_days(rows: Rows) -> Iterator[Text]:
    found = rows.select_related("council").prefetch_related("workshops")
    for one in found.iterator(chunk_size=500):
        parts = [one.place, words_of(one.invitation)]
        parts += [f"{part.title}\n{words_of(part.text)}" for part in one.workshops.all()]
        yield Text(
            one.pk, one.ref, one.title, "\n".join(part for part in parts if part),
            council=one.council_id, day=day_of(one.starts_at, one.council.zone),
        )  # fmt: skip


THEME_DAYS = Findable(
    kind="theme_day",
    one=_("Theme day"),
    many=_("Theme days"),
    order=100,
    icon="calendar",
    page="gatherings:detail",
    council="council",
    rows=ThemeDay.objects.all,
    texts=_theme_days,
    seen_by=lambda actor: [Sight(ThemeDay.objects.visible_to(actor))],
)
