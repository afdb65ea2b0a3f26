"""Danmarks Statistik's own service: `/tableinfo` says what there is, `/data` gives it as CSV."""

from __future__ import annotations

from typing import Any

from samrad.knowledge.fetching.client import Client, NotFetched
from samrad.knowledge.rules.asking import FetchRule, Variable, wanted
from samrad.knowledge.rules.table import Why, refused


def from_statbank(client: Client, rule: FetchRule, known: str) -> bytes | None:
    """The table as CSV with codes, in one call: the bulk format has no limit of cells."""
    base = rule.address.rstrip("/")
    language = rule.language or "da"
    described = client.json(
        f"{base}/tableinfo", asked={"table": rule.table, "format": "JSON", "lang": language}
    )
    if not isinstance(described, dict) or not isinstance(described.get("variables"), list):
        raise NotFetched(base, "no variables in its description")
    selection = wanted([_variable(one) for one in described["variables"]], rule)
    asked = {
        "table": rule.table,
        "format": "BULK",
        "lang": language,
        "valuePresentation": "Code",
        "variables": [{"code": code, "values": list(values)} for code, values in selection.items()],
    }
    return client.content(f"{base}/data", asked=asked)


def _variable(said: Any) -> Variable:
    values = said.get("values") if isinstance(said, dict) else None
    if not isinstance(values, list) or not all(isinstance(one, dict) for one in values):
        raise refused(Why.MISSING_FIELD, None, "variables")
    codes = tuple(str(one.get("id")) for one in values)
    return Variable(str(said.get("id")), codes, said.get("elimination") is True)
