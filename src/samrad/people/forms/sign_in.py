"""The library's sign-in forms in our own words, without placeholders."""

from __future__ import annotations

from typing import Any

from allauth.account import forms as account
from allauth.mfa.base import forms as mfa
from allauth.mfa.totp.forms import ActivateTOTPForm
from allauth.mfa.webauthn import forms as webauthn
from django import forms
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from samrad.people.forms.credentials import CredentialField, refused_unless_sound
from samrad.people.models import User
from samrad.ui.fields import NameLine

EMAIL = _("E-mail address")
PASSWORD = _("Password")
NEW_PASSWORD = _("New password")
AGAIN = _("The same password again")
LENGTH = _("At least 12 characters. Three or four words that do not belong together are good.")
CODE = _("Code from your app, or a recovery code")
KEY_NAME = _("What you call this key")


def _say(form: forms.BaseForm, **labels: Any) -> None:
    """Give fields their labels; a placeholder is no label and disappears when one types."""
    for name, label in labels.items():
        field = form.fields[name]
        field.label = label
        field.widget.attrs.pop("placeholder", None)
        if field.widget.attrs.get("autocomplete") == "current-password":
            field.help_text = ""
        if name == "password1":
            field.help_text = LENGTH


class SignInForm(account.LoginForm):  # type: ignore[misc]
    """Address and password."""

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        _say(self, login=EMAIL, password=PASSWORD)
        self.fields["login"].widget.attrs["autocomplete"] = "username"


class ChangePasswordForm(account.ChangePasswordForm):  # type: ignore[misc]
    """The present password and a new one."""

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        _say(self, oldpassword=_("Present password"), password1=NEW_PASSWORD, password2=AGAIN)


class ResetPasswordForm(account.ResetPasswordForm):  # type: ignore[misc]
    """Where to send a link for a new password."""

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        _say(self, email=EMAIL)


class ResetPasswordKeyForm(account.ResetPasswordKeyForm):  # type: ignore[misc]
    """A new password, by the link."""

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        _say(self, password1=NEW_PASSWORD, password2=AGAIN)


class ReauthenticateForm(account.ReauthenticateForm):  # type: ignore[misc]
    """The password once more, before something delicate."""

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        _say(self, password=PASSWORD)


class CodeForm(mfa.AuthenticateForm):  # type: ignore[misc]
    """The second step of signing in."""

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        _say(self, code=CODE)


class CodeAgainForm(mfa.ReauthenticateForm):  # type: ignore[misc]
    """A code once more, before something delicate."""

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        _say(self, code=CODE)


class ActivateAppForm(ActivateTOTPForm):  # type: ignore[misc]
    """The first code from an authenticator app."""

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        _say(self, code=_("The code your app shows now"))


class SignInWithKeyForm(webauthn.LoginWebAuthnForm):  # type: ignore[misc]
    """A passkey alone."""

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["credential"] = CredentialField()

    def clean_credential(self) -> Any:
        """The key, if it is known and signs what it should."""
        with refused_unless_sound():
            return super().clean_credential()


class KeyForm(webauthn.AuthenticateWebAuthnForm):  # type: ignore[misc]
    """A key as the second step of signing in."""

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["credential"] = CredentialField()

    def clean_credential(self) -> Any:
        """The key, if it is known and signs what it should."""
        with refused_unless_sound():
            return super().clean_credential()


class KeyAgainForm(KeyForm):
    """A key once more, before something delicate."""

    reauthenticated = True


class AddKeyForm(webauthn.AddWebAuthnForm):  # type: ignore[misc]
    """A new passkey or security key, with a name to know it by."""

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["credential"] = CredentialField()
        _say(self, name=KEY_NAME, passwordless=_("Sign in with this key alone, without a password"))
        self.fields["name"] = NameLine(label=KEY_NAME, required=False, max_length=60)
        self.fields["passwordless"].help_text = _(
            "The device asks for your finger, face or PIN each time."
        )
        self.fields["passwordless"].initial = True
        self.order_fields(["name", "passwordless", "credential"])

    def clean(self) -> dict[str, Any]:
        """The new key, if it answers what it was asked."""
        with refused_unless_sound():
            data: dict[str, Any] = super().clean()
            return data


class RenameKeyForm(webauthn.EditWebAuthnForm):  # type: ignore[misc]
    """Another name for a key."""

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["name"] = NameLine(label=KEY_NAME, max_length=60)


class ChoosePasswordForm(forms.Form):
    """The password of a new account."""

    password1 = forms.CharField(
        label=PASSWORD,
        help_text=LENGTH,
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )
    password2 = forms.CharField(
        label=AGAIN,
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )

    def __init__(self, email: str, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.email = email

    def clean_password1(self) -> str:
        """Long enough, not a common one, not the address."""
        password: str = self.cleaned_data["password1"]
        validate_password(password, User(email=self.email))
        return password

    def clean(self) -> dict[str, Any]:
        """Typed the same twice."""
        data: dict[str, Any] = super().clean() or {}
        if {"password1", "password2"} <= data.keys() and data["password1"] != data["password2"]:
            self.add_error("password2", ValidationError(_("The two passwords differ.")))
        return data
