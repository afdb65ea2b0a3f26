"""The words of access: what can be permitted, which roles there are, and the one table between.

A role is what somebody is to a council, an area or the installation; titles such as mayor belong
to appointments and the country's profile. Where a permission is held it still takes the
`may_…` function of the thing itself to say yes.
"""

from __future__ import annotations

from enum import StrEnum


class Permission(StrEnum):
    """Everything that can be permitted. Codes are stable."""

    COUNCIL_SEE = "council.see"
    COUNCIL_OVERSEE = "council.oversee"
    COUNCIL_SET_UP = "council.set_up"
    COUNCIL_MANAGE = "council.manage"
    AGREEMENT_READ_IN = "agreement.read_in"
    MEETING_PLAN = "meeting.plan"
    AGENDA_PROPOSE = "agenda.propose"
    AGENDA_SET = "agenda.set"
    AGENDA_SEND = "agenda.send"
    MINUTES_WRITE = "minutes.write"
    MINUTES_APPROVE = "minutes.approve"
    DECISION_FOLLOW_UP = "decision.follow_up"
    INTERNAL_SEE = "internal.see"
    RESTRICTED_KEEP = "restricted.keep"
    PEOPLE_SEE = "people.see"
    PEOPLE_MANAGE = "people.manage"
    FIGURES_TAKE_IN = "figures.take_in"
    ADDRESSES_SEE = "addresses.see"
    IDENTITY_NUMBER_OVERRIDE = "identity_number.override"
    INSTALLATION_MANAGE = "installation.manage"


class Role(StrEnum):
    """What somebody is to a council, an area or the installation."""

    CHAIR = "chair"
    VICE_CHAIR = "vice_chair"
    SECRETARY = "secretary"
    MEMBER = "member"
    GUEST = "guest"
    COORDINATOR = "coordinator"
    COVERING = "covering"
    ANALYST = "analyst"
    ADDRESS_READER = "address_reader"
    ADMINISTRATOR = "administrator"


P = Permission

PERMISSIONS_OF: dict[Role, frozenset[Permission]] = {
    Role.CHAIR: frozenset(
        {
            P.COUNCIL_SEE, P.INTERNAL_SEE, P.RESTRICTED_KEEP, P.COUNCIL_MANAGE, P.MEETING_PLAN,
            P.AGENDA_PROPOSE, P.AGENDA_SET, P.AGENDA_SEND, P.MINUTES_WRITE, P.MINUTES_APPROVE,
            P.DECISION_FOLLOW_UP, P.PEOPLE_SEE, P.IDENTITY_NUMBER_OVERRIDE,
        }
    ),
    Role.VICE_CHAIR: frozenset(
        {
            P.COUNCIL_SEE, P.INTERNAL_SEE, P.AGENDA_PROPOSE, P.MINUTES_APPROVE, P.PEOPLE_SEE,
            P.IDENTITY_NUMBER_OVERRIDE,
        }
    ),
    Role.SECRETARY: frozenset(
        {
            P.COUNCIL_SEE, P.INTERNAL_SEE, P.RESTRICTED_KEEP, P.COUNCIL_MANAGE, P.MEETING_PLAN,
            P.AGENDA_PROPOSE, P.AGENDA_SET, P.AGENDA_SEND, P.MINUTES_WRITE, P.DECISION_FOLLOW_UP,
            P.PEOPLE_SEE, P.IDENTITY_NUMBER_OVERRIDE,
        }
    ),
    Role.MEMBER: frozenset({P.COUNCIL_SEE, P.INTERNAL_SEE, P.AGENDA_PROPOSE, P.PEOPLE_SEE}),
    Role.GUEST: frozenset({P.COUNCIL_SEE}),
    Role.COORDINATOR: frozenset(
        {P.COUNCIL_SET_UP, P.AGREEMENT_READ_IN, P.PEOPLE_SEE, P.PEOPLE_MANAGE}
    ),
    Role.COVERING: frozenset({P.COUNCIL_OVERSEE, P.PEOPLE_SEE}),
    Role.ANALYST: frozenset({P.FIGURES_TAKE_IN}),
    Role.ADDRESS_READER: frozenset({P.ADDRESSES_SEE}),
    Role.ADMINISTRATOR: frozenset({P.INSTALLATION_MANAGE, P.PEOPLE_SEE, P.PEOPLE_MANAGE}),
}  # fmt: skip
