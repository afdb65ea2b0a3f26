from django.apps import AppConfig


class CooperationConfig(AppConfig):
    name = "samrad.cooperation"
    label = "cooperation"

    def ready(self) -> None:
        """Seats give roles; councils have their place in the navigation and on area pages."""
        from django.utils.translation import gettext_lazy as _  # noqa: PLC0415

        from samrad.access import findable  # noqa: PLC0415
        from samrad.access.sources import register_roles  # noqa: PLC0415
        from samrad.areas.panels import register_panel  # noqa: PLC0415
        from samrad.cooperation import findable as texts  # noqa: PLC0415
        from samrad.cooperation.area_panel import on_area_page  # noqa: PLC0415
        from samrad.cooperation.queries import in_councils_of  # noqa: PLC0415
        from samrad.cooperation.sources import names_in_focus, roles_from_seats  # noqa: PLC0415
        from samrad.cooperation.waiting import keeps_several  # noqa: PLC0415
        from samrad.knowledge import insiders, named  # noqa: PLC0415
        from samrad.ui import navigation  # noqa: PLC0415

        register_roles(roles_from_seats)
        insiders.register(in_councils_of)
        named.register(names_in_focus)
        register_panel(on_area_page)
        navigation.register(_("Councils"), "cooperation:councils", icon="people", order=10)
        navigation.register(
            _("Overview"),
            "cooperation:cockpit",
            icon="chart",
            order=12,
            visible=lambda actor: bool(actor and keeps_several(actor)),
        )
        for path in ("/agreements/", "/seats/", "/representation/", "/contact-points/"):
            navigation.belongs(path, "cooperation:councils")
        for found in (texts.COUNCILS, texts.AGREEMENTS):
            findable.register(found)
