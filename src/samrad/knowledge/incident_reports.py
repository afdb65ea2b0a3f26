"""Working out anew what the incidents of a data set say: the report, and the police's addresses."""

from __future__ import annotations

import secrets
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING, Any

from django.db import transaction
from django.db.models import F

from samrad.access.actor import SYSTEM
from samrad.kernel.clock import day_of
from samrad.knowledge.events import ADDRESSES_CORRECTED
from samrad.knowledge.incident_arrivals import not_laid_down, recipe_of_waiting
from samrad.knowledge.incident_models import (
    AddressList,
    AddressMonth,
    IncidentReport,
    RepeatAddress,
)
from samrad.knowledge.incident_terms import keep_terms
from samrad.knowledge.models import DataSet, IncidentMonth
from samrad.knowledge.packaged import packaged_recipes
from samrad.knowledge.response_quarters import response_content, whole_quarters
from samrad.knowledge.rules.quarters import months_in
from samrad.knowledge.rules.repeats import QUARTER, AddressState, goes_on, looked_at_until, year_to
from samrad.trail.api import record

if TYPE_CHECKING:
    from samrad.knowledge.incident_reckoning import Again

Came = Mapping[date, date | None]  # by month: the day it came, where that was late
LETTERS = "ABCDEFGHJKLMNPQRSTUVWXYZ23456789"  # none that is taken for another
MOST_TOLD = 60  # happenings of one address; the latest


def with_incidents() -> list[str]:
    """The data sets that incidents have been taken in of."""
    codes = DataSet.objects.filter(holds_incidents=True, releases__is_current=True)
    return sorted(set(codes.values_list("code", flat=True)))


@dataclass(frozen=True)
class Basis:
    """What a report and its addresses rest on; `came_at`: when a file last changed anything."""

    report: IncidentReport
    addresses: AddressList | None
    months: Sequence[IncidentMonth]
    came_at: datetime | None

    @property
    def mark(self) -> tuple[Any, ...]:
        """Another as soon as anything has changed that is reckoned with."""
        report, listed, data_set = self.report, self.addresses, self.report.data_set
        return (
            report.pk, report.first, report.response, report.police_id, report.made_at,
            data_set.codes, data_set.smallest_shown, data_set.keep_days, self.came_at,
            (listed.pk, listed.categories) if listed else None,
            [(one.month, one.content.name, one.rows, one.came_date) for one in self.months],
        )  # fmt: skip

    def contents(self, since: date, until: date) -> Iterator[tuple[date, bytes]]:
        """The files of some of the months, one at a time."""
        for one in self.months:
            if since <= one.month <= until:
                with one.content.open("rb") as file:
                    yield one.month, bytes(file.read())


@dataclass(frozen=True)
class WorkedOut:
    """What the report says from now on, and the addresses that come up."""

    content: dict[str, Any]
    found: Sequence[Again] | None  # None: there is nothing that one could come up in
    counted: dict[str, Any]


def work_out(*, data_set: str, at: datetime) -> None:
    """The report of a data set's incidents, and the addresses that come up in them.

    Both are worked out of what was taken in and can be made again, so neither is a change that the
    record tells of; what the police did about an address is kept. Nobody's writing waits while they
    are worked out; what came or went meanwhile is worked out anew.

    A quarter is told once, so it is not told of half of what counts: raises `NoRecipe` where the
    other half can never come.
    """
    while True:
        basis = _basis_of(data_set)
        if basis is None:
            return
        if not_laid_down(data_set).exists():
            recipe_of_waiting(data_set)
            return
        made = _worked_out(basis, at)
        with transaction.atomic():
            held = DataSet.objects.select_for_update(of=("self",)).filter(code=data_set)
            still = _basis_of(data_set) if held.first() is not None else None
            if still is not None and still.mark == basis.mark:
                _keep_all(still, made, at)
                return


def _basis_of(code: str) -> Basis | None:
    data_set = DataSet.objects.filter(code=code, holds_incidents=True).first()
    report = _report_of(data_set) if data_set is not None else None
    if report is None:
        return None
    lists = AddressList.objects.filter(data_set=report.data_set, police=report.police_id)
    months = IncidentMonth.objects.filter(data_set=report.data_set).order_by("month")
    release = report.data_set.releases.filter(is_current=True).first()
    came_at = release.retrieved_at if release else None
    return Basis(report, lists.select_related("data_set").first(), list(months), came_at)


def _report_of(data_set: DataSet) -> IncidentReport | None:
    """The report, made where an older version took the incidents in by a packaged recipe."""
    reports = IncidentReport.objects.filter(data_set=data_set).select_related("data_set")
    report = reports.first()
    recipe = packaged_recipes().get(data_set.code)
    if report is None and recipe is not None and recipe.incidents is not None:
        with transaction.atomic():
            keep_terms(data_set, recipe.incidents)
        report = reports.all().first()
    return report


def _worked_out(basis: Basis, at: datetime) -> WorkedOut:
    content: dict[str, Any] = {}
    if basis.report.response:
        content["response"] = response_content(basis)
    content["share"] = _share(basis)
    return WorkedOut(content, _come_up(basis, at), _counted_types(basis))


def _share(basis: Basis) -> dict[str, Any]:
    """How much of the year to the end of the latest whole quarter happened again; told once."""
    from samrad.knowledge.incident_reckoning import (  # noqa: PLC0415 - brings what computes
        once_each,
        rows_of,
        share_of,
    )

    kept, first = basis.report.content.get("share") or {}, basis.report.first
    quarters = whole_quarters(basis)
    last = months_in(quarters[-1])[-1] if quarters else None
    if last is None or f"{last:%Y-%m}" <= kept.get("until", ""):
        return kept
    rows = rows_of(basis.contents(year_to(last), last), [first])
    return share_of(once_each(rows, first, None), last=last) if rows else kept


def _come_up(basis: Basis, at: datetime) -> Sequence[Again] | None:
    """The addresses that come up in the months whose addresses are still kept."""
    from samrad.knowledge.incident_reckoning import (  # noqa: PLC0415
        again,
        counted,
        once_each,
        rows_of,
        uncounted,
    )

    since = _oldest_kept(basis.months, day_of(at))
    if basis.addresses is None or since is None:
        return None
    first, last = basis.report.first, basis.months[-1].month
    rows = rows_of(basis.contents(uncounted(counted(since) - QUARTER + 1), last), [first])
    words = basis.report.data_set.codes.get("category", [])
    kinds = _numbers(basis.addresses.categories, words)
    return again(once_each(rows, first, kinds), first, last=last, since=since) if rows else None


def _counted_types(basis: Basis) -> dict[str, Any]:
    """How many incidents of the types that count were in the newest month; a type with none too."""
    from samrad.knowledge.incident_reckoning import (  # noqa: PLC0415
        by_type,
        once_each,
        rows_of,
    )

    if basis.addresses is None or not basis.months:
        return {}
    newest, first = basis.months[-1].month, basis.report.first
    words, wanted = basis.report.data_set.codes.get("category", []), basis.addresses.categories
    rows = rows_of(basis.contents(newest, newest), [first])
    there = by_type(once_each(rows, first, _numbers(wanted, words))) if rows else {}
    told = {word: there.get(words.index(word), 0) if word in words else None for word in wanted}
    return {"month": f"{newest:%Y-%m}", "all": sum(there.values()), "of": told}


def _keep_all(basis: Basis, made: WorkedOut, at: datetime) -> None:
    report, addresses = basis.report, basis.addresses
    report.content, report.made_at = made.content, at
    report.save(update_fields=["content", "made_at"])
    if addresses is not None:
        addresses.made_at, addresses.counted = at, made.counted
        addresses.save(update_fields=["made_at", "counted"])
        if made.found is not None:
            came = {one.month: one.came_date for one in basis.months}
            _bring_up_to_date(addresses, made.found, came, at)


def _bring_up_to_date(
    addresses: AddressList, found: Sequence[Again], came: Came, at: datetime
) -> None:
    """Addresses that came up are added or brought up to date; those whose time is over wait to go.

    One that is there already stays the one it is, with what was done about it. One that does not
    come up any more, as its incidents were corrected, goes unless something was done about it.
    """
    rows = addresses.addresses.select_for_update(of=("self",)).order_by("pk")
    kept, on = {one.key: one for one in rows}, day_of(at)
    for one in found:
        _keep(addresses, one, kept.pop(one.key, None), came, on)
    wrong = [one for one in kept.values() if one.state == AddressState.OPEN and one.goes_date >= on]
    for row in wrong:
        AddressMonth.objects.filter(pk=row.counted_in_id).update(flagged=F("flagged") - 1)
        row.delete()
    if wrong:
        record(ADDRESSES_CORRECTED, about=addresses, by=SYSTEM, at=at, count=len(wrong))


def _oldest_kept(months: Sequence[IncidentMonth], on: date) -> date | None:
    """The first month whose addresses are still kept."""
    kept = [one.month for one in months if looked_at_until(one.month, one.came_date) >= on]
    return min(kept, default=None)


def _numbers(categories: Sequence[str], words: Sequence[str]) -> set[int] | None:
    if not categories:
        return None
    return {number for number, word in enumerate(words) if word in categories}


def _keep(
    addresses: AddressList, found: Again, kept: RepeatAddress | None, came: Came, on: date
) -> None:
    codes = addresses.data_set.codes
    categories, districts = codes.get("category", []), codes.get("district", [])
    goes = goes_on(
        last_month=found.months[-1], first_incident=found.first_incident,
        keep_days=addresses.data_set.keep_days, came=came.get(found.months[-1]),
    )  # fmt: skip
    if goes < on:
        return
    told = [[moment, _word(categories, category)] for moment, category in found.happenings]
    now_it_is: dict[str, Any] = {
        "place": _word(districts, found.district), "last_month": found.months[-1],
        "happenings": told[-MOST_TOLD:], "goes_date": goes,
    }  # fmt: skip
    if kept is None:
        RepeatAddress.objects.create(
            address_list=addresses, counted_in=_counted(addresses, found.months[0]),
            key=found.key, label=_new_label(addresses), **now_it_is,
        )  # fmt: skip
        return
    for name, value in now_it_is.items():
        setattr(kept, name, value)
    kept.save(update_fields=list(now_it_is))  # what was done about it is not ours to write


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
