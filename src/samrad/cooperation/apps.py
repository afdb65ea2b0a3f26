from django.apps import AppConfig


class CooperationConfig(AppConfig):
    name = "samrad.cooperation"
    label = "cooperation"

    def ready(self) -> None:
        """Seats give roles."""
        from samrad.access.sources import register_roles  # noqa: PLC0415
        from samrad.cooperation.sources import roles_from_seats  # noqa: PLC0415

        register_roles(roles_from_seats)
