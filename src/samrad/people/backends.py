"""The account behind a session."""

from __future__ import annotations

from typing import Any

from allauth.account.auth_backends import AuthenticationBackend

from samrad.kernel.clock import today
from samrad.people.models import User
from samrad.people.sources import account_with_roles


class AccountBackend(AuthenticationBackend):  # type: ignore[misc]  # allauth is untyped
    """Finds the account of a session together with what its person may do: one query a page."""

    def get_user(self, user_id: Any) -> User | None:
        """The account, unless it is closed."""
        user = account_with_roles(user_id, today())
        return user if user is not None and self.user_can_authenticate(user) else None
