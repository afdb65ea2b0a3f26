"""The agencies that vouch for their own people: one OpenID Connect issuer each, from a TOML file.

[[agency]]
id = "aas-kommune"                    # part of the address; never changes
name = "Ås kommune"
issuer = "https://login.example/…"    # exactly as the tokens say it
client_id = "…"
client_secret_file = "/run/secrets/…" # or client_secret
organisation = "0197f2c4-…"           # the reference of the organisation it vouches for
acr = ["idporten-loa-high"]           # optional: one of these must be in the token
scopes = ["openid"]                   # optional; asks for nothing more unless told to

[agency.claims]                       # optional: each must be in the token, such as the tenant
tid = "…"
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path
from typing import Any
from uuid import UUID

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured

_ID = re.compile(r"[a-z0-9][a-z0-9-]{1,39}")
_KEYS = {
    "id", "name", "issuer", "client_id", "client_secret", "client_secret_file", "organisation",
    "acr", "scopes", "claims",
}  # fmt: skip


@dataclass(frozen=True)
class Agency:
    """One agency's way of signing in."""

    id: str
    name: str
    issuer: str
    client_id: str
    organisation: UUID
    client_secret: str = field(default="", repr=False)
    acr: tuple[str, ...] = ()
    scopes: tuple[str, ...] = ("openid",)
    claims: Mapping[str, Any] = field(default_factory=dict)


def agencies() -> tuple[Agency, ...]:
    """Those of the file named in the settings; none when there is no file."""
    if not settings.AGENCIES_FILE:
        return ()
    path = Path(settings.AGENCIES_FILE)
    return _read(path, path.stat().st_mtime_ns)


def agency_named(identifier: str) -> Agency | None:
    """The agency with that id."""
    return next((agency for agency in agencies() if agency.id == identifier), None)


@lru_cache(maxsize=4)
def _read(path: Path, _changed: int) -> tuple[Agency, ...]:
    try:
        tables = tomllib.loads(path.read_text(encoding="utf-8")).get("agency", [])
    except (OSError, tomllib.TOMLDecodeError) as error:
        raise ImproperlyConfigured(f"SAMRAD_AGENCIES: {path.name}: {error}") from None
    found = tuple(_agency(table, path) for table in tables)
    if len({agency.id for agency in found}) < len(found):
        raise ImproperlyConfigured("SAMRAD_AGENCIES: two agencies have the same id.")
    return found


def _agency(table: dict[str, Any], path: Path) -> Agency:
    """One table, checked: a misspelt key would otherwise leave a demand out unnoticed."""
    where = f"SAMRAD_AGENCIES: agency “{table.get('id', '?')}”"
    if unknown := set(table) - _KEYS:
        raise ImproperlyConfigured(f"{where}: {sorted(unknown)[0]} is not a key used here.")
    for key in ("id", "name", "issuer", "client_id", "organisation"):
        if not isinstance(table.get(key), str) or not table[key].strip():
            raise ImproperlyConfigured(f"{where}: {key} is missing.")
    if not _ID.fullmatch(table["id"]):
        raise ImproperlyConfigured(f"{where}: an id is small letters, digits and hyphens.")
    try:
        organisation = UUID(table["organisation"])
    except ValueError:
        raise ImproperlyConfigured(f"{where}: organisation is not a reference.") from None
    return Agency(
        id=table["id"],
        name=table["name"],
        issuer=table["issuer"],
        client_id=table["client_id"],
        client_secret=_secret(table, path),
        organisation=organisation,
        acr=tuple(table.get("acr", ())),
        scopes=tuple(table.get("scopes", ("openid",))),
        claims=dict(table.get("claims", {})),
    )


def _secret(table: dict[str, Any], path: Path) -> str:
    if "client_secret_file" in table:
        file: Path = path.parent / str(table["client_secret_file"])
        return file.read_text(encoding="utf-8").strip()
    return str(table.get("client_secret", ""))
