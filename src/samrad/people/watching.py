"""What the sign-in library changes on an account, told to the record: it says so by signals."""

from __future__ import annotations

from typing import Any

from allauth.account.signals import password_changed, password_reset, password_set
from allauth.mfa.models import Authenticator
from allauth.mfa.signals import authenticator_added, authenticator_removed, authenticator_reset
from django.dispatch import Signal

from samrad.kernel.clock import now
from samrad.people.actions.accounts import note_about_account
from samrad.people.events import (
    APP_ADDED,
    APP_REMOVED,
    CODES_MADE,
    KEY_ADDED,
    KEY_REMOVED,
    PASSWORD_CHOSEN,
    PASSWORD_RESET,
)
from samrad.people.models import User
from samrad.trail.events import Event

KINDS = Authenticator.Type
# Recovery codes come and go with the first and last key by themselves: those need no line.
OF_ANYTHING = {
    password_reset: PASSWORD_RESET,
    password_changed: PASSWORD_CHOSEN,
    password_set: PASSWORD_CHOSEN,
}
BY_KIND = {
    authenticator_added: {KINDS.WEBAUTHN: KEY_ADDED, KINDS.TOTP: APP_ADDED},
    authenticator_removed: {KINDS.WEBAUTHN: KEY_REMOVED, KINDS.TOTP: APP_REMOVED},
    authenticator_reset: {KINDS.RECOVERY_CODES: CODES_MADE},
}


def begin() -> None:
    """Listen from now on."""
    for signal in (*OF_ANYTHING, *BY_KIND):
        signal.connect(_note, dispatch_uid="samrad.people.watching")


def _note(*, signal: Signal, user: User, **about: Any) -> None:
    event = _event_of(signal, about.get("authenticator"))
    if event is not None:
        note_about_account(user=user, event=event, at=now())


def _event_of(signal: Signal, authenticator: Authenticator | None) -> Event | None:
    if authenticator is None:
        return OF_ANYTHING.get(signal)
    return BY_KIND[signal].get(authenticator.type)
