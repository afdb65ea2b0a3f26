"""Activities of the council's own, and something ticked off."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

from samrad.wheel.api import mark_occasion
from samrad.wheel.rules import Mark
from tests.cast import NOON, TODAY, Cast
from tests.wheel.bricks import entry, of, open_activity, own_activity


def wheel(cast: Cast) -> dict[str, Any]:
    """Activities of the council's own, one of each classification, and something ticked off."""
    by = cast.secretary.actor
    own, public = own_activity(cast), open_activity(cast)
    ticked_off = f"{TODAY.year}-self_evaluation-1"

    def tick_off(key: str) -> Any:
        return mark_occasion(
            entry=entry(cast.council, by, key), to=Mark.DONE, note="Gjort", by=by, at=NOON
        )

    return {
        "activity": own,
        "open_activity": public,
        "evaluation": SimpleNamespace(ref=f"{TODAY.year}-year_evaluation-1"),
        "own_occasion": SimpleNamespace(ref=of(own, TODAY.year + 1)),
        "open_occasion": SimpleNamespace(ref=of(public, TODAY.year + 1)),
        "ticked_off": SimpleNamespace(ref=ticked_off),
        "occasion": tick_off(of(own)),
        "open_done": tick_off(ticked_off),
    }
