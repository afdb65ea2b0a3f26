from django.apps import AppConfig


class MeetingsConfig(AppConfig):
    name = "samrad.meetings"
    label = "meetings"

    def ready(self) -> None:
        """What meetings say on the pages of the apps below."""
        from samrad.meetings import events  # noqa: F401, PLC0415
        from samrad.meetings.registered import register_meetings  # noqa: PLC0415

        register_meetings()
