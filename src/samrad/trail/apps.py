from django.apps import AppConfig


class TrailConfig(AppConfig):
    name = "samrad.trail"
    label = "trail"

    def ready(self) -> None:
        """Tell forms who saved a thing last."""
        from samrad.trail.api import latest_of  # noqa: PLC0415
        from samrad.ui.changing import register_teller  # noqa: PLC0415

        register_teller(latest_of)
