from django.apps import AppConfig
from django.utils.module_loading import autodiscover_modules


class WorkConfig(AppConfig):
    name = "samrad.work"
    label = "work"

    def ready(self) -> None:
        """Tasks register themselves in every app's `tasks` module; figures go to the metrics."""
        from samrad.work import figures  # noqa: PLC0415

        autodiscover_modules("tasks")
        figures.publish()
