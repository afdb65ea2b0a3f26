"""The profiles as a Django app: a broken profile stops the program from starting."""

from django.apps import AppConfig
from django.core import checks


class ProfilesConfig(AppConfig):
    """Registers the check that reads every profile."""

    name = "samrad.profiles"
    label = "profiles"

    def ready(self) -> None:
        from samrad.profiles.checks import profiles_can_be_read  # noqa: PLC0415

        checks.register(profiles_can_be_read, "profiles")
