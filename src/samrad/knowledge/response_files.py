"""The file that the page about response times hands out: what it tells, in whole seconds."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext as _

from samrad.knowledge.response_times import SHOWN, ResponseTold, Times


def rows_to_take(told: ResponseTold) -> list[dict[str, Any]]:
    """The aggregates as a file holds them: whole seconds, nothing where a group is held back."""
    rows = []
    for quarter in told.quarters:
        groups = ("whole", [quarter.first, quarter.units]), ("area", quarter.areas)
        rows += [
            {"group": kind, "quarter": quarter.code} | _row(one, told)
            for kind, found in groups for one in found
        ]  # fmt: skip
    return rows


def _row(one: Times, told: ResponseTold) -> dict[str, Any]:
    row: dict[str, Any] = {"name": one.name, "calls": one.kept.get("n")}
    for name in (*SHOWN, *(("mixed",) if told.is_mixed else ())):
        values = one.kept.get(name) or (None, None, None)
        row |= dict(zip((name, f"{name}_low", f"{name}_high"), values, strict=True))
    if told.has_target:
        share = one.kept.get("within")
        row["within_per_mille"] = round(1000 * share[0]) if share else None
    return row


def heads_to_take(told: ResponseTold) -> list[str]:
    """The names of its columns."""
    times = [_("Median"), _("80 %"), _("90 %"), _("Mean")]
    times += [_("Mean at the same mix")] if told.is_mixed else []
    ends = (_("%(what)s, seconds"), _("%(what)s, at least"), _("%(what)s, at most"))
    found = [_("Group"), _("Quarter"), _("Name"), _("Calls")]
    found += [end % {"what": what} for what in times for end in ends]
    return [*found, _("Within the target, per mille")] if told.has_target else found
