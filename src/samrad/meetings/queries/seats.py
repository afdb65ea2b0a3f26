"""Who sits in a council's seats: `cooperation` knows, meetings ask."""

from __future__ import annotations

from samrad.cooperation.seats import FilledSeat, holders_by_function, seats_filled, side_of

__all__ = ["FilledSeat", "holders_by_function", "seats_filled", "side_of"]
