"""The pages of django-allauth that we let in, each with who may come. What is not here is shut."""

from __future__ import annotations

from allauth.account import views as account
from allauth.mfa.base import views as mfa
from allauth.mfa.recovery_codes import views as codes
from allauth.mfa.totp import views as totp
from allauth.mfa.webauthn import views as webauthn
from django.conf import settings
from django.urls import path, re_path

from samrad.access.gate import ANYONE, SIGNED_IN, declared
from samrad.people.views import sign_in

_open = [
    path("login/", sign_in.sign_in, name="account_login"),
    path("logout/", account.logout, name="account_logout"),
    path("closed/", account.account_inactive, name="account_inactive"),
    path("signup/", account.signup, name="account_signup"),
    path("step/", mfa.authenticate, name="mfa_authenticate"),
    path("agency/<slug:provider_id>/", sign_in.to_agency, name="openid_connect_login"),
    path("agency/<slug:provider_id>/back/", sign_in.from_agency, name="openid_connect_callback"),
]
_mine = [
    path("again/code/", mfa.reauthenticate, name="mfa_reauthenticate"),
    path("again/key/", webauthn.reauthenticate_webauthn, name="mfa_reauthenticate_webauthn"),
    path("safer/", mfa.index, name="mfa_index"),
    path("app/connect/", totp.activate_totp, name="mfa_activate_totp"),
    path("app/off/", totp.deactivate_totp, name="mfa_deactivate_totp"),
    path("codes/", codes.view_recovery_codes, name="mfa_view_recovery_codes"),
    path("codes/new/", codes.generate_recovery_codes, name="mfa_generate_recovery_codes"),
    path("codes/file/", codes.download_recovery_codes, name="mfa_download_recovery_codes"),
    path("keys/", webauthn.list_webauthn, name="mfa_list_webauthn"),
    path("keys/add/", webauthn.add_webauthn, name="mfa_add_webauthn"),
    path("keys/<int:pk>/remove/", webauthn.remove_webauthn, name="mfa_remove_webauthn"),
    path("keys/<int:pk>/rename/", webauthn.edit_webauthn, name="mfa_edit_webauthn"),
]
if settings.LOCAL_ACCOUNTS:
    _open += [
        path("key/", webauthn.login_webauthn, name="mfa_login_webauthn"),
        path("forgotten/", account.password_reset, name="account_reset_password"),
        path("forgotten/sent/", account.password_reset_done, name="account_reset_password_done"),
        re_path(
            r"^forgotten/(?P<uidb36>[0-9A-Za-z]+)-(?P<key>.+)/$",
            account.password_reset_from_key,
            name="account_reset_password_from_key",
        ),
        path(
            "forgotten/done/",
            account.password_reset_from_key_done,
            name="account_reset_password_from_key_done",
        ),
    ]
    _mine += [
        path("again/", account.reauthenticate, name="account_reauthenticate"),
        path("password/", sign_in.change_password, name="account_change_password"),
    ]

urlpatterns = [*declared(_open, ANYONE), *declared(_mine, SIGNED_IN)]
