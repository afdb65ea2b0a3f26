from django.apps import AppConfig


class PictureConfig(AppConfig):
    name = "samrad.picture"
    label = "picture"

    def ready(self) -> None:
        """The two sides stand on the crime picture, and wait on home pages to be confirmed."""
        from samrad.cooperation import panels  # noqa: PLC0415
        from samrad.followup import attention  # noqa: PLC0415
        from samrad.knowledge import parts  # noqa: PLC0415
        from samrad.picture import events, panel, waiting  # noqa: F401, PLC0415
        from samrad.ui import navigation  # noqa: PLC0415

        for path in ("/findings/", "/agreed/", "/analyses/"):
            navigation.belongs(path, "cooperation:councils")
        panels.register(panel.on_council_page)
        parts.register(panel.on_the_picture)
        attention.register_parts(waiting.to_confirm)
        attention.register_parts(waiting.to_answer)
        attention.register_parts(waiting.to_use)
