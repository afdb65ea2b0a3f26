from django.apps import AppConfig


class PostConfig(AppConfig):
    name = "samrad.post"
    label = "post"

    def ready(self) -> None:
        """Carry the mail of `people`; show those who run the installation how it goes."""
        from django.utils.translation import gettext_lazy as _  # noqa: PLC0415

        from samrad.access.vocabulary import Permission  # noqa: PLC0415
        from samrad.people import letters  # noqa: PLC0415
        from samrad.post import words  # noqa: PLC0415
        from samrad.post.api import send_secret  # noqa: PLC0415
        from samrad.post.bounces import read_bounce  # noqa: PLC0415
        from samrad.post.causes import register_causes  # noqa: PLC0415
        from samrad.post.receiving import register_reader  # noqa: PLC0415
        from samrad.ui import navigation  # noqa: PLC0415

        letters.register(send_secret)
        register_reader(read_bounce)
        register_causes(words.CAUSES)
        navigation.register_account(
            _("Outgoing mail"),
            "post:outbox",
            icon="mail",
            order=60,
            visible=lambda actor: actor.holds_anywhere(Permission.INSTALLATION_MANAGE),
        )
