from django.apps import AppConfig


class WheelConfig(AppConfig):
    name = "samrad.wheel"
    label = "wheel"

    def ready(self) -> None:
        """The wheel stands on council pages, and what is late in it on home pages."""
        from django.core import checks  # noqa: PLC0415
        from django.utils.translation import gettext_lazy as _  # noqa: PLC0415

        from samrad.access import findable  # noqa: PLC0415
        from samrad.cooperation import panels  # noqa: PLC0415
        from samrad.followup import attention  # noqa: PLC0415
        from samrad.meetings import planned  # noqa: PLC0415
        from samrad.ui import navigation  # noqa: PLC0415
        from samrad.wheel import events, panel, planning, waiting  # noqa: F401, PLC0415
        from samrad.wheel import findable as texts  # noqa: PLC0415
        from samrad.wheel.checks import wheels_can_be_read  # noqa: PLC0415

        checks.register(wheels_can_be_read, "profiles")
        planned.register(
            planning.year_is_planned,
            untold=planning.plan_is_taken_back,
            holds=planning.led_to,
        )
        panels.register(panel.on_council_page)
        attention.register(waiting.late_activities)
        navigation.belongs("/wheel/", "cooperation:councils")
        navigation.register_account(_("My calendar"), "wheel:calendar", icon="calendar", order=20)
        for found in (texts.ACTIVITIES,):
            findable.register(found)
