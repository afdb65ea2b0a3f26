from django.apps import AppConfig


class GatheringsConfig(AppConfig):
    name = "samrad.gatherings"
    label = "gatherings"

    def ready(self) -> None:
        """Theme days stand on council pages, and on the home page of who should name somebody."""
        from samrad.access import findable  # noqa: PLC0415
        from samrad.cooperation import endings as ends  # noqa: PLC0415
        from samrad.cooperation import panels  # noqa: PLC0415
        from samrad.followup import attention  # noqa: PLC0415
        from samrad.gatherings import (  # noqa: PLC0415
            endings,
            events,  # noqa: F401
            mail_guards,
            panel,
            waiting,
            words,
        )
        from samrad.gatherings import findable as texts  # noqa: PLC0415
        from samrad.post import api as post  # noqa: PLC0415
        from samrad.ui import navigation  # noqa: PLC0415

        for path in ("/theme-days/", "/workshops/", "/nominations/"):
            navigation.belongs(path, "cooperation:councils")
        panels.register(panel.on_council_page)
        ends.register(endings.open_ends, endings.cancel_what_is_ahead)
        attention.register_parts(waiting.theme_days)
        post.register_causes(words.MAIL_CAUSES, under="gatherings/mail/")
        post.register_guard("theme_day", mail_guards.sees_theme_day)
        post.register_condition("theme_day", mail_guards.is_still_held)
        for found in (texts.THEME_DAYS,):
            findable.register(found)
