"""Which quarters of incidents are whole, and what stays told of each; what computes is elsewhere.

A quarter is worked out once, when nothing more is to come, and stands from then on: two reports
that say how many there were in the same area, before and after a file, would tell of the calls
between (docs/adr/0030).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date, datetime
from typing import Any, Protocol

from samrad.kernel.clock import day_of
from samrad.knowledge.incident_models import IncidentReport
from samrad.knowledge.models import IncidentMonth
from samrad.knowledge.rules.quarters import months_in, with_all_months
from samrad.knowledge.rules.repeats import last_day_of


class Basis(Protocol):
    """What a report rests on."""

    @property
    def report(self) -> IncidentReport: ...
    @property
    def months(self) -> Sequence[IncidentMonth]: ...
    @property
    def came_at(self) -> datetime | None: ...
    def contents(self, since: date, until: date) -> Iterator[tuple[date, bytes]]: ...


def whole_quarters(basis: Basis) -> list[str]:
    """Those with all their months, the oldest first, that a file has come in after.

    Of the last month that there is anything of it has to be read whether it is whole.
    """
    from samrad.knowledge.incident_reckoning import rows_of  # noqa: PLC0415 - brings what computes
    from samrad.knowledge.response_reckoning import reaches_its_end  # noqa: PLC0415

    months = [one.month for one in basis.months]
    found = with_all_months(months)
    if not found or months_in(found[-1])[-1] < months[-1]:
        return found
    last, first = months[-1], basis.report.first
    if basis.came_at is None or day_of(basis.came_at) <= last_day_of(last):
        return found[:-1]
    rows = rows_of(basis.contents(last, last), [first])
    is_whole = rows is not None and reaches_its_end(rows, first, found[-1])
    return found if is_whole else found[:-1]


def response_content(basis: Basis) -> dict[str, Any]:
    """What is told of waiting: the quarters that were told before, and those that are whole now.

    Where the recipe means another wait from now on, all of them are worked out anew. The quarters
    stay when their incidents are deleted: they are sums, and would else be told twice.
    """
    from samrad.knowledge.incident_reckoning import rows_of  # noqa: PLC0415 - brings what computes
    from samrad.knowledge.response_reckoning import against_nation, quarter_told  # noqa: PLC0415

    report, data_set = basis.report, basis.report.data_set
    rule = report.response
    by = {"start": rule["start"], "arrived": rule["arrived"], "first": report.first}
    told = _told_before(report, by)
    for quarter in whole_quarters(basis):
        first, _second, last = months_in(quarter)
        rows = rows_of(basis.contents(first, last)) if quarter not in told else None
        if rows is not None:
            told[quarter] = quarter_told(
                rows, rule, data_set.codes, quarter=quarter, code=data_set.code,
                smallest=data_set.smallest_shown,
            ) | {"files": _files(basis, quarter)}  # fmt: skip
    quarters = [
        one | {"against_nation": against_nation(one, rule), "is_changed": _is_changed(basis, one)}
        for _name, one in sorted(told.items())
    ]
    return {"by": by, "quarters": quarters}


def _told_before(report: IncidentReport, by: Mapping[str, str]) -> dict[str, dict[str, Any]]:
    before = report.content.get("response") or {}
    if before.get("by") != by:
        return {}
    return {one["name"]: one for one in before["quarters"]}


def _files(basis: Basis, quarter: str) -> dict[str, str]:
    """By month the name of the file that its incidents lie in; another one when they change."""
    wanted = set(months_in(quarter))
    return {f"{one.month:%Y-%m}": str(one.content.name) for one in basis.months
            if one.month in wanted}  # fmt: skip


def _is_changed(basis: Basis, told: Mapping[str, Any]) -> bool:
    """Whether a file that came later changed the quarter; that its time is over changes nothing."""
    files = told["files"]
    return any(files.get(month) != name for month, name in _files(basis, told["name"]).items())
