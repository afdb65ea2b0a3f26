from django.apps import AppConfig


class PeopleConfig(AppConfig):
    name = "samrad.people"
    label = "people"

    def ready(self) -> None:
        """People say who a user is and what appointments and grants make of them."""
        from samrad.access.sources import register_identity  # noqa: PLC0415
        from samrad.people import sources  # noqa: PLC0415

        register_identity(sources.actor_from_user)
