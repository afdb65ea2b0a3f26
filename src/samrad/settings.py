"""Every setting, read from the environment in this one module.

A setting is given as a value (`SAMRAD_MAIL_URL`) or as a file with it (`SAMRAD_MAIL_URL_FILE`).
`./samrad manage settings` lists them all with their meaning.
"""

from __future__ import annotations

import fcntl
import os
import secrets
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, unquote, urlsplit

from csp.constants import NONE, SELF

from samrad.kernel.given import flag, setting, words

BASE_DIR = Path(__file__).resolve().parent
DATA_DIR = Path(
    setting("DATA", ".samrad", "Folder that holds everything written: database, files, mail.")
).absolute()

DEBUG = flag("DEBUG", False, "Show developers' error pages. Never on a server others can reach.")
HTTPS = flag("HTTPS", True, "Pages are served over HTTPS: secure cookies, HSTS, redirect.")
PUBLIC_URL = setting(
    "PUBLIC_URL", "http://localhost:8000", "Address people reach the installation at; used in mail."
).rstrip("/")
ALLOWED_HOSTS = words(
    "HOSTS", "localhost,127.0.0.1,[::1]", "Host names the server answers to, with commas."
)
CSRF_TRUSTED_ORIGINS = [PUBLIC_URL] if HTTPS else []


def _secret_key() -> str:
    key = setting(
        "SECRET_KEY", "", "Signs sessions and links; made in the data folder if not given.",
        secret=True,
    )  # fmt: skip
    if key:
        return key
    path = DATA_DIR / "secret-key"
    if not path.exists() or not path.stat().st_size:
        DATA_DIR.mkdir(parents=True, exist_ok=True)
        _make_key(path)
    return path.read_text(encoding="ascii")


def _make_key(path: Path) -> None:
    """One key, however many processes begin at once, or were stopped while they began."""
    with os.fdopen(os.open(path, os.O_RDWR | os.O_CREAT, 0o600), "r+", encoding="ascii") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        if not file.read():
            file.write(secrets.token_urlsafe(64))


SECRET_KEY = _secret_key()
SECRET_KEY_FALLBACKS = words(
    "OLD_SECRET_KEYS", "", "Earlier secret keys still accepted while a new one takes over.",
    secret=True,
)  # fmt: skip
SQLITE_OPTIONS = {
    "transaction_mode": "IMMEDIATE",
    "timeout": 20,
    "init_command": (
        "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA foreign_keys=ON;"
        " PRAGMA temp_store=MEMORY; PRAGMA cache_size=-2000;"
    ),
}


def database(url: str) -> dict[str, Any]:
    """Django's description of the database at `url`: sqlite:///FILE or postgresql://…"""
    parts = urlsplit(url)
    if parts.scheme == "sqlite":
        return {
            "ENGINE": "django.db.backends.sqlite3",
            "NAME": unquote(parts.path)[1:] or str(DATA_DIR / "samrad.sqlite3"),
            "OPTIONS": SQLITE_OPTIONS,
            "CONN_MAX_AGE": None,
        }
    if parts.scheme not in {"postgres", "postgresql"}:
        message = (
            f"SAMRAD_DATABASE_URL: expected sqlite:/// or postgresql://, not {parts.scheme}://"
        )
        raise ValueError(message)
    query = dict(parse_qsl(parts.query))
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": unquote(parts.path)[1:],
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": query.pop("host", parts.hostname or ""),
        "PORT": str(query.pop("port", parts.port or "")),
        "OPTIONS": query,
        "CONN_MAX_AGE": 60,
        "CONN_HEALTH_CHECKS": True,
    }


database_url = setting(  # in small letters, so that no list of settings shows the password
    "DATABASE_URL",
    "sqlite:///",
    "sqlite:///FILE or postgresql://user:password@host/name.",
    secret=True,
)
DATABASES = {"default": database(database_url)}
CACHES = {"default": {"BACKEND": "samrad.access.shared.SharedCache"}}  # attempts to sign in
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

OWN_APPS = [
    "samrad.site",
    "samrad.search",
    "samrad.agreements",
    "samrad.wheel",
    "samrad.gatherings",
    "samrad.picture",
    "samrad.meetings",
    "samrad.followup",
    "samrad.cooperation",
    "samrad.reading",
    "samrad.knowledge",
    "samrad.post",
    "samrad.documents",
    "samrad.people",
    "samrad.areas",
    "samrad.work",
    "samrad.access",
    "samrad.trail",
    "samrad.ui",
    "samrad.profiles",
]
INSTALLED_APPS = [
    *OWN_APPS,
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.forms",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.socialaccount",
    "allauth.socialaccount.providers.openid_connect",
    "csp",
]

MIDDLEWARE = [
    "samrad.site.middleware.RequestRecord",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "samrad.site.middleware.HeadAsGet",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "samrad.access.middleware.ActorMiddleware",
    "samrad.site.middleware.ReaderLanguage",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "samrad.access.middleware.GateMiddleware",
    "samrad.site.middleware.WhatWasDone",
]

ROOT_URLCONF = "samrad.site.urls"
WSGI_APPLICATION = "samrad.site.wsgi.application"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.messages.context_processors.messages",
                "samrad.site.context.page",
            ],
        },
    }
]
FORM_RENDERER = "samrad.ui.forms.Renderer"

LANGUAGE_CODE = "nb"
LANGUAGES = [
    ("nb", "Bokmål"),
    ("nn", "Nynorsk"),
    ("da", "Dansk"),
    ("sv", "Svenska"),
    ("en", "English"),
]
LOCALE_PATHS = [BASE_DIR / "locale"]
LANGUAGE_COOKIE_NAME = "samrad_language"
USE_I18N = True
USE_TZ = True
TIME_ZONE = "Europe/Oslo"

STATIC_URL = "static/"
STATIC_ROOT = DATA_DIR / "static"
STORAGES = {
    "default": {
        "BACKEND": "django.core.files.storage.FileSystemStorage",
        "OPTIONS": {"location": DATA_DIR / "files"},
    },
    "staticfiles": {"BACKEND": "samrad.ui.storage.StampedFiles"},
}
WHITENOISE_USE_FINDERS = False
MEDIA_ROOT = DATA_DIR / "files"
FILE_UPLOAD_MAX_MEMORY_SIZE = 2 * 1024 * 1024
DATA_UPLOAD_MAX_MEMORY_SIZE = 5 * 1024 * 1024
# Minutes are saved whole: thirty items make 800 fields. A document read in makes two a passage.
DATA_UPLOAD_MAX_NUMBER_FIELDS = 20_000
UPLOAD_LIMIT_BYTES = int(setting("UPLOAD_LIMIT", str(20 * 2**20), "Largest upload, in bytes."))
FETCH_STATISTICS = flag("FETCH", False, "Ask publishers for newer figures, every morning.")
STATISTICS = setting("STATISTICS", "", "postgresql://… to ask statistics there.", secret=True)
ESCALATE_AFTER = words("ESCALATE_AFTER", "8,22", "Days late when a secretary, then a chair, hears.")

# Signing in ---------------------------------------------------------------------------------
AUTH_USER_MODEL = "people.User"
AUTHENTICATION_BACKENDS = ["samrad.people.backends.AccountBackend"]
AUTH_PASSWORD_VALIDATORS = [
    {
        "NAME": "django.contrib.auth.password_validation.MinimumLengthValidator",
        "OPTIONS": {"min_length": 12},
    },
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
]
HASHERS = ("ScryptPasswordHasher", "PBKDF2PasswordHasher")
PASSWORD_HASHERS = [f"django.contrib.auth.hashers.{name}" for name in HASHERS]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "/"
LOCAL_ACCOUNTS = flag(
    "LOCAL_ACCOUNTS", True, "People may sign in with a password kept here, besides their agency's."
)
DEMO = flag(
    "DEMO",
    False,
    "Let visitors be anybody. Set by `samrad demo` alone, which serves this machine only.",
)
ACCOUNT_ADAPTER = "samrad.people.adapters.AccountAdapter"
ACCOUNT_FORMS = {
    "login": "samrad.people.forms.sign_in.SignInForm",
    "change_password": "samrad.people.forms.sign_in.ChangePasswordForm",
    "reset_password": "samrad.people.forms.sign_in.ResetPasswordForm",
    "reset_password_from_key": "samrad.people.forms.sign_in.ResetPasswordKeyForm",
    "reauthenticate": "samrad.people.forms.sign_in.ReauthenticateForm",
}
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*", "password2*"]
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_EMAIL_SUBJECT_PREFIX = ""
ACCOUNT_PREVENT_ENUMERATION = True
ACCOUNT_EMAIL_UNKNOWN_ACCOUNTS = False
ACCOUNT_SESSION_REMEMBER = False
ACCOUNT_LOGOUT_ON_GET = False
SOCIALACCOUNT_ADAPTER = "samrad.people.adapters.AgencyAdapter"
SOCIALACCOUNT_ONLY = not LOCAL_ACCOUNTS
SOCIALACCOUNT_EMAIL_AUTHENTICATION = False
SOCIALACCOUNT_EMAIL_AUTHENTICATION_AUTO_CONNECT = False
SOCIALACCOUNT_AUTO_SIGNUP = False
SOCIALACCOUNT_LOGIN_ON_GET = False
SOCIALACCOUNT_STORE_TOKENS = False
MFA_ADAPTER = "samrad.people.adapters.MFAAdapter"
MFA_FORMS = {
    "authenticate": "samrad.people.forms.sign_in.CodeForm",
    "reauthenticate": "samrad.people.forms.sign_in.CodeAgainForm",
    "login_webauthn": "samrad.people.forms.sign_in.SignInWithKeyForm",
    "authenticate_webauthn": "samrad.people.forms.sign_in.KeyForm",
    "reauthenticate_webauthn": "samrad.people.forms.sign_in.KeyAgainForm",
    "activate_totp": "samrad.people.forms.sign_in.ActivateAppForm",
    "add_webauthn": "samrad.people.forms.sign_in.AddKeyForm",
    "edit_webauthn": "samrad.people.forms.sign_in.RenameKeyForm",
}
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = not HTTPS
MFA_TOTP_ISSUER = "Samråd"

SESSION_ENGINE = "django.contrib.sessions.backends.db"
SESSION_COOKIE_AGE = 60 * 60 * 12
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
CSRF_COOKIE_HTTPONLY = True
CSRF_FAILURE_VIEW = "samrad.site.errors.csrf_failed"
MESSAGE_STORAGE = "django.contrib.messages.storage.session.SessionStorage"

SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = SECURE_SSL_REDIRECT = HTTPS
SECURE_HSTS_SECONDS = 60 * 60 * 24 * 365 if HTTPS else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = SECURE_HSTS_PRELOAD = HTTPS
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
if flag("BEHIND_PROXY", False, "A proxy in front sets X-Forwarded-Proto and -For; trust it."):
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
    # Attempts to sign in are counted for each address; without this, everybody would share one.
    ALLAUTH_TRUSTED_PROXY_COUNT = 1

CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF, "data:"],
        "font-src": [SELF],
        "connect-src": [SELF],
        "manifest-src": [SELF],
        "form-action": [SELF],
        "base-uri": [NONE],
        "frame-ancestors": [NONE],
    }
}

# Mail -----------------------------------------------------------------------------------------
MAIL_URL = setting(
    "MAIL_URL", "", "smtp://user:password@host:port, smtp+tls:// or smtps://; empty: a folder.",
    secret=True,
)  # fmt: skip
DEFAULT_FROM_EMAIL = SERVER_EMAIL = setting(
    "MAIL_FROM", "Samråd <samrad@localhost>", "Sender of every mail the installation sends."
)
MAIL_INBOX = setting("MAIL_INBOX", "", "Mailbox piped into `mail receive`, also as NAME+TAG@HOST.")
_mail = urlsplit(MAIL_URL)
if MAIL_URL:
    EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    EMAIL_HOST, EMAIL_PORT = _mail.hostname or "localhost", _mail.port or 25
    EMAIL_HOST_USER = unquote(_mail.username or "")
    EMAIL_HOST_PASSWORD = unquote(_mail.password or "")
    EMAIL_USE_SSL = _mail.scheme == "smtps"
    EMAIL_USE_TLS = _mail.scheme == "smtp+tls"
    EMAIL_TIMEOUT = 20
else:
    EMAIL_BACKEND = "django.core.mail.backends.filebased.EmailBackend"
    EMAIL_FILE_PATH = DATA_DIR / "mail"

# Watching over it -----------------------------------------------------------------------------
METRICS_TOKEN = setting(
    "METRICS_TOKEN", "", "Bearer token that may read /metrics; empty closes the page.", secret=True
)
AGENCIES_FILE = setting(
    "AGENCIES", "", "TOML file with an OpenID Connect issuer per agency (see the operator's guide)."
)
LOG_LEVEL = setting("LOG_LEVEL", "INFO", "How much is logged: DEBUG, INFO, WARNING or ERROR.")
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "filters": {"no_content": {"()": "samrad.site.logs.WithoutContent"}},
    "formatters": {"json": {"()": "samrad.site.logs.Lines"}},
    "handlers": {
        "stderr": {
            "class": "logging.StreamHandler",
            "formatter": "json",
            "filters": ["no_content"],
        }
    },
    "root": {"handlers": ["stderr"], "level": LOG_LEVEL},
    "loggers": {
        "django.server": {"handlers": ["stderr"], "level": "WARNING", "propagate": False},
        "django.request": {"level": "ERROR"},
    },
}
