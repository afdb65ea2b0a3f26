"""What can happen to people, organisations and accounts, and the sentence for each."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from samrad.trail.events import event

ORGANISATION_ADDED = event("people.organisation_added", _("%(by)s added %(about)s."))
ORGANISATION_CHANGED = event("people.organisation_changed", _("%(by)s corrected %(about)s."))

PERSON_REGISTERED = event("people.person_registered", _("%(by)s registered %(about)s."))
PERSON_CHANGED = event("people.person_changed", _("%(by)s changed how %(about)s can be reached."))
PERSON_LEFT = event("people.person_left", _("%(by)s noted that %(about)s leaves on %(left_date)s."))
PERSON_RETURNED = event("people.person_returned", _("%(by)s noted that %(about)s is back."))
MAIL_CHOSEN = event("people.mail_chosen", _("%(by)s chose anew what comes by mail, and how often."))
NAME_WITHHELD = event("people.name_withheld", _("%(by)s withheld the name from lists and pages."))
NAME_SHOWN = event("people.name_shown", _("%(by)s let the name be shown again."))

APPOINTED = event(
    "people.appointed",
    _("%(by)s appointed %(person)s as %(role)s at %(organisation)s from %(from_date)s."),
)
APPOINTMENT_ENDED = event(
    "people.appointment_ended",
    _("%(by)s ended %(person)s’s time as %(role)s at %(organisation)s on %(to_date)s."),
)
HOLDER_REPLACED = event(
    "people.holder_replaced",
    _(
        "%(by)s recorded that %(person)s follows %(before)s as %(role)s at %(organisation)s"
        " from %(from_date)s."
    ),
)
HANDED_OVER = event(
    "people.handed_over", _("What %(before)s had open as %(role)s went over to %(person)s.")
)

ABSENCE_RECORDED = event(
    "people.absence_recorded", _("%(by)s recorded an absence from %(from_date)s to %(to_date)s.")
)
ABSENCE_SHORTENED = event(
    "people.absence_shortened", _("%(by)s recorded that the absence ends on %(to_date)s.")
)

CONTACT_CHAIN_SET = event(
    "people.contact_chain_set",
    _("%(by)s set whom %(area)s calls at the police: %(roles)s at %(organisation)s."),
)

ROLE_GRANTED = event("people.role_granted", _("%(by)s gave %(person)s a role by name: %(reason)s"))
GRANT_ENDED = event("people.grant_ended", _("%(by)s ended a role that %(person)s had by name."))

INVITED = event("people.invited", _("%(by)s invited %(person)s to sign in."))
INVITATION_WITHDRAWN = event(
    "people.invitation_withdrawn", _("%(by)s withdrew the invitation to %(person)s.")
)
INVITATION_ACCEPTED = event(
    "people.invitation_accepted", _("%(person)s accepted the invitation and has an account.")
)
AGENCY_CONNECTED = event(
    "people.agency_connected", _("%(person)s can now sign in through %(agency)s.")
)
PASSWORD_CHOSEN = event("people.password_chosen", _("%(about)s chose a new password."))
PASSWORD_RESET = event(
    "people.password_reset",
    _("%(about)s chose a new password by a link that came by mail."),
)
KEY_ADDED = event("people.key_added", _("%(about)s added a passkey."))
KEY_REMOVED = event("people.key_removed", _("%(about)s removed a passkey."))
APP_ADDED = event("people.app_added", _("%(about)s switched codes from an app on."))
APP_REMOVED = event("people.app_removed", _("%(about)s switched codes from an app off."))
CODES_MADE = event("people.codes_made", _("%(about)s made new recovery codes."))
SIGNED_OUT_EVERYWHERE = event(
    "people.signed_out_everywhere", _("%(by)s signed out everywhere %(about)s was signed in.")
)
