"""The year's meetings: plan, proposals, agenda, minutes."""
