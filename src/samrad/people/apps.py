from django.apps import AppConfig


class PeopleConfig(AppConfig):
    name = "samrad.people"
    label = "people"

    def ready(self) -> None:
        """People say who a user is, and which roles come from appointments and grants."""
        from samrad.access import sources as access  # noqa: PLC0415
        from samrad.people import sources  # noqa: PLC0415

        access.register_identity(sources.actor_from_user)
        access.register_roles(sources.roles_from_appointments)
        access.register_roles(sources.roles_from_grants)
