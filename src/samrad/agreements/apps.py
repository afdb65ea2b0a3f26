from django.apps import AppConfig


class AgreementsConfig(AppConfig):
    name = "samrad.agreements"
    label = "agreements"

    def ready(self) -> None:
        """Each part of the app registers itself with those below."""
        from samrad.agreements import events  # noqa: F401, PLC0415
