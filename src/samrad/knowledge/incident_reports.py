"""Working out anew what the incidents of a data set say: the report, and the police's addresses."""

from __future__ import annotations

import secrets
from collections.abc import Sequence
from datetime import date, datetime
from typing import TYPE_CHECKING

from django.db import transaction
from django.db.models import F

from samrad.kernel.clock import day_of
from samrad.knowledge.incident_models import (
    AddressList,
    AddressMonth,
    IncidentReport,
    RepeatAddress,
)
from samrad.knowledge.incident_terms import keep_terms
from samrad.knowledge.models import DataSet, IncidentMonth
from samrad.knowledge.packaged import packaged_recipes
from samrad.knowledge.rules.repeats import KEPT_DAYS, goes_on, last_day_of

if TYPE_CHECKING:
    from samrad.knowledge.incident_reckoning import Again, Rows

LETTERS = "ABCDEFGHJKLMNPQRSTUVWXYZ23456789"  # none that is taken for another
MOST_TOLD = 60  # happenings of one address; the latest


def with_incidents() -> list[str]:
    """The data sets that incidents have been taken in of."""
    codes = DataSet.objects.filter(holds_incidents=True, releases__is_current=True)
    return sorted(set(codes.values_list("code", flat=True)))


def work_out(*, data_set: str, at: datetime) -> None:
    """The report of a data set's incidents, and the addresses that come up in them.

    Both are worked out of what was taken in and can be made again, so neither is a change that the
    record tells of; what the police did about an address is kept.
    """
    from samrad.knowledge.incident_reckoning import rows_of  # noqa: PLC0415 - brings what computes

    found = DataSet.objects.filter(code=data_set, holds_incidents=True).first()
    if found is None:
        return
    months = list(IncidentMonth.objects.filter(data_set=found).order_by("month"))
    rows = rows_of((one.month, _content(one)) for one in months)
    with transaction.atomic():
        DataSet.objects.select_for_update(of=("self",)).get(pk=found.pk)
        report = _report_of(found)
        if report is None:
            return
        addresses = AddressList.objects.select_for_update(of=("self",)).filter(
            data_set=found, police=report.police_id
        )
        _work_out_report(report, rows, at)
        for one in addresses.select_related("data_set"):
            _bring_up_to_date(one, rows, report.first, [month.month for month in months], at)


def _content(month: IncidentMonth) -> bytes:
    with month.content.open("rb") as file:
        return bytes(file.read())


def _report_of(data_set: DataSet) -> IncidentReport | None:
    """The report, made where an older version took the incidents in by a packaged recipe."""
    report = IncidentReport.objects.filter(data_set=data_set).first()
    recipe = packaged_recipes().get(data_set.code)
    if report is None and recipe is not None and recipe.incidents is not None:
        keep_terms(data_set, recipe.incidents)
        report = IncidentReport.objects.filter(data_set=data_set).first()
    return report


def _work_out_report(report: IncidentReport, rows: Rows | None, at: datetime) -> None:
    from samrad.knowledge.incident_reckoning import (  # noqa: PLC0415
        once_each,
        response_of,
        share_of,
        uncounted,
    )

    data_set, content = report.data_set, {}
    if rows is not None:
        before = report.content.get("response", {})
        if report.response:
            content["response"] = response_of(
                rows, report.response, data_set.codes.get("district", []), code=data_set.code,
                before=before, smallest=data_set.smallest_shown,
            )  # fmt: skip
        last = uncounted(int(rows.month.max()))
        content["share"] = share_of(once_each(rows, report.first, None), last=last)
    report.content, report.made_at = content, at
    report.save(update_fields=["content", "made_at"])


def _bring_up_to_date(
    addresses: AddressList, rows: Rows | None, first: str, months: Sequence[date], at: datetime
) -> None:
    """Addresses that came up are added or brought up to date; those whose time is over wait to go.

    One that is there already stays the one it is, with what was done about it.
    """
    from samrad.knowledge.incident_reckoning import again, once_each  # noqa: PLC0415

    addresses.made_at = at
    addresses.save(update_fields=["made_at"])
    since = _oldest_kept(months, day_of(at))
    if rows is None or since is None:
        return
    words = addresses.data_set.codes.get("category", [])
    events = once_each(rows, first, _numbers(addresses.categories, words))
    kept = {one.key: one for one in addresses.addresses.select_related("counted_in")}
    for one in again(events, first, last=months[-1], since=since):
        _keep(addresses, one, kept.get(one.key), day_of(at))


def _oldest_kept(months: Sequence[date], on: date) -> date | None:
    """The first month whose addresses are still kept."""
    kept = [one for one in months if (on - last_day_of(one)).days <= KEPT_DAYS]
    return min(kept, default=None)


def _numbers(categories: Sequence[str], words: Sequence[str]) -> set[int] | None:
    if not categories:
        return None
    return {number for number, word in enumerate(words) if word in categories}


def _keep(addresses: AddressList, found: Again, kept: RepeatAddress | None, on: date) -> None:
    codes = addresses.data_set.codes
    categories, districts = codes.get("category", []), codes.get("district", [])
    goes = goes_on(
        last_month=found.months[-1], first_incident=found.first_incident,
        keep_days=addresses.data_set.keep_days,
    )  # fmt: skip
    if goes < on:
        return
    told = [[moment, _word(categories, category)] for moment, category in found.happenings]
    if kept is None:
        month = _counted(addresses, found.months[0])
        kept = RepeatAddress(
            address_list=addresses, counted_in=month, key=found.key, label=_new_label(addresses)
        )
    kept.place, kept.last_month = _word(districts, found.district), found.months[-1]
    kept.happenings, kept.goes_date = told[-MOST_TOLD:], goes
    kept.save()


def _counted(addresses: AddressList, month: date) -> AddressMonth:
    """One more address that came up in that month."""
    found, _new = AddressMonth.objects.get_or_create(address_list=addresses, month=month)
    AddressMonth.objects.filter(pk=found.pk).update(flagged=F("flagged") + 1)
    return found


def _word(words: Sequence[str], number: int) -> str:
    return words[number] if 0 <= number < len(words) else ""


def _new_label(addresses: AddressList) -> str:
    """Six signs drawn by lot that no other address of the list has."""
    while True:
        drawn = "".join(secrets.choice(LETTERS) for _sign in range(6))
        label = f"{drawn[:3]}-{drawn[3:]}"
        if not addresses.addresses.filter(label=label).exists():
            return label
