from django.apps import AppConfig


class PostConfig(AppConfig):
    name = "samrad.post"
    label = "post"

    def ready(self) -> None:
        """Mail about accounts, which lie below, goes the way all mail goes."""
        from samrad.people import letters  # noqa: PLC0415
        from samrad.post import api  # noqa: PLC0415

        letters.register(api.send)
