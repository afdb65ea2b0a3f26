"""Promises as they are found."""

from __future__ import annotations

from collections.abc import Iterator

from django.utils.translation import gettext_lazy as _

from samrad.access.findable import Findable, Rows, Sight, Text
from samrad.cooperation.models import Commitment


def _texts(rows: Rows) -> Iterator[Text]:
    for one in rows.select_related("agreement").iterator(chunk_size=500):
        yield Text(
            one.pk, one.agreement.ref, one.title, one.rhythm, council=one.council_id,
            day=one.agreement.from_date,
        )  # fmt: skip


COMMITMENTS = Findable(
    kind="commitment",
    one=_("Promise"),
    many=_("Promises"),
    order=25,
    icon="handshake",
    page="agreements:commitments",
    council="council",
    rows=Commitment.objects.promised,
    texts=_texts,
    seen_by=lambda actor: [Sight(Commitment.objects.visible_to(actor))],
)
