from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class PeopleConfig(AppConfig):
    name = "samrad.people"
    label = "people"

    def ready(self) -> None:
        """People say who a user is, and put the directory and the account into the menus."""
        from django.core.checks import register  # noqa: PLC0415

        from samrad.access import findable  # noqa: PLC0415
        from samrad.access.sources import register_identity  # noqa: PLC0415
        from samrad.areas.panels import register_panel  # noqa: PLC0415
        from samrad.people import checks, sources, watching  # noqa: PLC0415
        from samrad.people import findable as texts  # noqa: PLC0415
        from samrad.people.area_panel import whom_to_call  # noqa: PLC0415
        from samrad.people.queries.withheld import names_withheld  # noqa: PLC0415
        from samrad.trail.api import register_withheld  # noqa: PLC0415
        from samrad.ui import navigation  # noqa: PLC0415

        register(checks.agencies_can_be_read)
        register_identity(sources.actor_from_user)
        watching.begin()
        register_withheld(names_withheld)
        register_panel(whom_to_call)
        navigation.register(_("People"), "people:list", icon="person", order=60)
        navigation.belongs("/organisations/", "people:list")
        navigation.belongs("/grants/", "people:list")
        navigation.register_account(_("My account"), "people:account", icon="key", order=10)
        for found in (texts.PERSONS, texts.ORGANISATIONS):
            findable.register(found)
