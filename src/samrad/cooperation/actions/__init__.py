"""What can be done with councils, one file a concept."""

from samrad.cooperation.actions.agreements import (
    WantedAgreement,
    bring_into_force,
    confirm_reading,
    discard_reading,
    set_focus_areas,
    stage_reading,
)
from samrad.cooperation.actions.bodies import (
    HowItStands,
    adopt_terms,
    consider_council,
    deliver_report,
    drop_considered,
    reconsider,
    set_up_considered,
)
from samrad.cooperation.actions.contacts import (
    WantedContact,
    WantedRepresentation,
    add_contact_point,
    change_contact_point,
    change_representation,
    end_contact_point,
    note_representation,
    send_representative,
)
from samrad.cooperation.actions.councils import (
    WantedCouncil,
    change_council,
    end_council,
    rest_council,
    set_up_below,
    set_up_council,
    wake_council,
)
from samrad.cooperation.actions.seats import WantedSeat, add_seat, change_seat, end_seat

__all__ = [
    "HowItStands",
    "WantedAgreement",
    "WantedContact",
    "WantedCouncil",
    "WantedRepresentation",
    "WantedSeat",
    "add_contact_point",
    "add_seat",
    "adopt_terms",
    "bring_into_force",
    "change_contact_point",
    "change_council",
    "change_representation",
    "change_seat",
    "confirm_reading",
    "consider_council",
    "deliver_report",
    "discard_reading",
    "drop_considered",
    "end_contact_point",
    "end_council",
    "end_seat",
    "note_representation",
    "reconsider",
    "rest_council",
    "send_representative",
    "set_focus_areas",
    "set_up_below",
    "set_up_considered",
    "set_up_council",
    "stage_reading",
    "wake_council",
]
