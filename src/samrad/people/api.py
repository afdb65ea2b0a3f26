"""What other apps may use about people."""

from __future__ import annotations

from samrad.people import handover
from samrad.people.actions.accounts import (
    invite_administrator,
    invite_person,
    sign_out_everywhere,
    withdraw_invitation,
)
from samrad.people.actions.appointments import (
    appoint,
    end_appointment,
    register_person,
    register_successor,
    replace_holder,
)
from samrad.people.actions.organisations import add_organisation, change_organisation
from samrad.people.actions.persons import (
    change_own_details,
    change_person,
    choose_language,
    choose_mail,
    end_absence,
    person_leaves,
    person_returns,
    record_absence,
    withhold_name,
)
from samrad.people.actions.roles import end_grant, grant_role, set_contact_chain
from samrad.people.queries.contact import PoliceContact, who_to_call_now
from samrad.people.queries.directory import units_within, works_within
from samrad.people.sources import actor_of_person

__all__ = [
    "PoliceContact",
    "actor_of_person",
    "add_organisation",
    "appoint",
    "change_organisation",
    "change_own_details",
    "change_person",
    "choose_language",
    "choose_mail",
    "end_absence",
    "end_appointment",
    "end_grant",
    "grant_role",
    "handover",
    "invite_administrator",
    "invite_person",
    "person_leaves",
    "person_returns",
    "record_absence",
    "register_person",
    "register_successor",
    "replace_holder",
    "set_contact_chain",
    "sign_out_everywhere",
    "units_within",
    "who_to_call_now",
    "withdraw_invitation",
    "withhold_name",
    "works_within",
]
