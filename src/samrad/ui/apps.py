from django.apps import AppConfig
from django.db.backends.signals import connection_created


class UiConfig(AppConfig):
    name = "samrad.ui"
    label = "ui"

    def ready(self) -> None:
        """Every connection knows the alphabets from its first query on."""
        from samrad.ui.sorting import teach  # noqa: PLC0415 (apps are ready first)

        connection_created.connect(teach, dispatch_uid="samrad.ui.alphabet")
