"""What a recipe says of the indicators in a file, beside what is kept of them."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from samrad.kernel.multilingual import Words
from samrad.knowledge.models import Indicator
from samrad.knowledge.rules.recipe_parts import IndicatorRule


def as_kept(rule: IndicatorRule, notes: Words) -> dict[str, Any]:
    """The fields of an indicator as its recipe has them; the notes stand in for a definition."""
    return {
        "name": rule.name.as_mapping(),
        "definition": (rule.definition or notes).as_mapping(),
        "unit": rule.unit,
        "direction": rule.direction,
        "base": rule.base,
        "part_of": rule.part_of,
        "smallest_shown": rule.smallest_shown,
        "target": rule.target,
        "target_source": rule.target_source,
    }


def described_anew(rules: Iterable[IndicatorRule], notes: Words, *, of: str) -> int:
    """How many of the data set's indicators another recipe described than this one."""
    said = {rule.code: as_kept(rule, notes) for rule in rules}
    kept = Indicator.objects.filter(data_set__code=of, code__in=said)
    return sum(
        any(getattr(one, name) != value for name, value in said[one.code].items()) for one in kept
    )


def of_others(rules: Iterable[IndicatorRule], *, than: str) -> list[tuple[str, str]]:
    """Codes among these that are another data set's, with the code of that one."""
    codes = [rule.code for rule in rules]
    found = Indicator.objects.filter(code__in=codes).exclude(data_set__code=than)
    return list(found.order_by("code").values_list("code", "data_set__code"))
