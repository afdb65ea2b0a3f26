from django.apps import AppConfig


class AgreementsConfig(AppConfig):
    name = "samrad.agreements"
    label = "agreements"

    def ready(self) -> None:
        """Each part of the app registers itself with those below."""
        from samrad.access import findable  # noqa: PLC0415
        from samrad.agreements import events, panel  # noqa: F401, PLC0415
        from samrad.agreements import findable as texts  # noqa: PLC0415
        from samrad.cooperation import agreement_parts  # noqa: PLC0415
        from samrad.ui import navigation  # noqa: PLC0415

        agreement_parts.register(panel.promises)
        findable.register(texts.COMMITMENTS)
        navigation.belongs("/promises/", "cooperation:councils")
