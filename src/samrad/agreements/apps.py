from django.apps import AppConfig


class AgreementsConfig(AppConfig):
    name = "samrad.agreements"
    label = "agreements"

    def ready(self) -> None:
        """What is due stands on home, council and agreement pages; each part registers itself."""
        from samrad.agreements import events  # noqa: F401, PLC0415
        from samrad.agreements.registered import register_life  # noqa: PLC0415
        from samrad.agreements.registered_promises import register_promises  # noqa: PLC0415

        register_life()
        register_promises()
