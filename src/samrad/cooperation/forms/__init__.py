"""Forms of councils, one file a concept."""

from samrad.cooperation.forms.councils import (
    ChangeSeatForm,
    CouncilForm,
    FocusAreasForm,
    NewCouncilForm,
    SeatForm,
    areas_for,
    role_choices,
    tier_choices,
)

__all__ = [
    "ChangeSeatForm",
    "CouncilForm",
    "FocusAreasForm",
    "NewCouncilForm",
    "SeatForm",
    "areas_for",
    "role_choices",
    "tier_choices",
]
